"""Look again before something is reported, at files that the repository has and the judged state does not.

A finding may go away with them, and they may say why no project governs a file.
"""

import posixpath

from import_customs.check import judge
from import_customs.check.state import State, project_of
from import_customs.model import INDEX, PYPROJECT, WORKTREE, CheckError, Finding, Scope, Tree
from import_customs.project import nearest
from import_customs.project.dialects.dialect import PROJECT_FILES
from import_customs.repository import git
from import_customs.repository.snapshot import with_unchecked_out
from import_customs.repository.tree import Layered, OutsideIndex, Worktree

_STAGE = "it is there and not staged: `git add` the file that declares or holds it"
_NAME = (
    "it is there and no part of this commit: name the file that declares or holds it too, after `git add` if it is new"
)


def still_found(objects: git.Objects, scope: Scope, state: State, findings: list[Finding]) -> list[Finding]:
    """The findings that stay if files count that the judged state does not hold: ignored ones, those of submodules.

    A finding that only files on disk would settle, which are not staged, stays and says so.
    """
    if scope.text == WORKTREE:
        more = with_unchecked_out(objects, state.tree)
        return findings if more is state.tree else _judged_in(more, state, findings)
    findings = _judged_in(Layered(state.tree, _never_held(objects.root, scope)), state, findings)
    if scope.text != INDEX or not findings:
        return findings
    staying = {_place(finding) for finding in _judged_in(Worktree(objects.root), state, findings)}
    remedy = _NAME if git.is_commit_of_paths() else _STAGE
    return [
        finding if _place(finding) in staying else finding._replace(remedy=remedy, settled_by="")
        for finding in findings
    ]


def ungoverned(root: str, scope: Scope, state: State) -> list[str]:
    """A warning for the files with imports that no project governs, of which there are some.

    Raises CheckError if the whole repository has no project.
    """
    first = state.outside[0]
    why, hint = _unstaged_project(root, posixpath.dirname(first.path)) if scope.text == INDEX else ("", "")
    entries = git.entries(root, scope.text)
    stating = (posixpath.dirname(path) for path in entries if posixpath.basename(path) in PROJECT_FILES)
    if not any(project_of(state, folder) for folder in stating):
        raise CheckError(
            f"imports {first.module}, and {why or f'no {PYPROJECT} here states a project that could declare it'}",
            hint=hint or f"add a {PYPROJECT} with a [project] table, or name what declares: --requirements-file FILE",
            path=first.path,
            line=first.line,
        )
    others = {finding.path for finding in state.outside} - {first.path}
    more = f" and {len(others)} more" if others else ""
    because = f"{why}: {hint}" if why else f"no {PYPROJECT} above it states a project (a template states none)"
    return [f"{first.path}{more}: not checked, {because}"]


def _judged_in(tree: Tree, state: State, findings: list[Finding]) -> list[Finding]:
    """The findings of the same text, if another state of the files says what is declared and what is first-party.

    What of that state cannot be read, such as a pyproject.toml in the middle of an edit, declares nothing.
    """
    other = State(tree, state.locations, tracked=state.tracked, lenient=True)
    sources = {path: state.tree.read(path) or b"" for path in dict.fromkeys(finding.path for finding in findings)}
    return [finding for path, source in sources.items() for finding in judge.findings(other, path, source)]


def _never_held(root: str, scope: Scope) -> Tree:
    """The files on disk that git never holds for this repository: those that it ignores, and those of submodules."""
    submodules = (f"{path}/" for path, entry in git.entries(root, scope.text).items() if git.is_submodule(entry))
    return OutsideIndex(root, [*git.ignored_paths(root), *submodules])


def _place(finding: Finding) -> tuple[str, int, str]:
    return finding.path, finding.line, finding.module


def _unstaged_project(root: str, folder: str) -> tuple[str, str]:
    """Why the project that governs the folder on disk is not in the index, and what settles it; "" if none does."""
    try:
        project = nearest(Worktree(root), folder, {})
        path = project.path if project else ""
    except CheckError as error:  # such as the marks of a conflict
        path = error.path
    if not path:
        return "", ""
    if path in git.unmerged_paths(root):
        return f"{path}, which governs it, has a conflict", f"resolve it, then `git add {path}`"
    return f"{path}, which governs it, is there and not staged", f"`git add {path}`"
