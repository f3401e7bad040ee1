"""The pipeline: what the caller asked for in, findings and warnings out. Here the parts meet."""

from __future__ import annotations

import os
import posixpath

from import_customs import providers
from import_customs.check import judge
from import_customs.check.scope import decide, judged
from import_customs.check.state import State, project_of
from import_customs.model import (
    INDEX,
    PYPROJECT,
    WORKTREE,
    CheckError,
    Finding,
    Locations,
    Request,
    Result,
    Scope,
    TooLarge,
    Tree,
)
from import_customs.project import may_be_named, may_declare, must_be_there, nearest
from import_customs.repository import git, select
from import_customs.repository.tree import Layered, OutsideIndex, Recorded, Unsaved, Worktree

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence

    from import_customs.check.baseline import Baseline
    from import_customs.model.outcome import MissingDeclaration

_STAGE = "it is there and not staged: `git add` the file that declares or holds it"
_NAME = (
    "it is there and no part of this commit: name the file that declares or holds it too, after `git add` if it is new"
)


def run(request: Request) -> Result:
    """Check the files of the request. Raises CheckError where that cannot be done."""
    with git.Objects(git.root(request.cwd)) as objects:
        try:
            return _run(objects, request)
        except git.ObjectMissing as error:
            hint = "see what `git fsck` says; in a partial clone, `git fetch --refetch --no-filter` brings everything"
            raise CheckError(f"git cannot read the object {error}", hint=hint) from None


def _run(objects: git.Objects, request: Request) -> Result:
    root = objects.root
    given = _given(root, request)
    scope = decide(root, given, request.asked)
    _must_be_there(root, request, given, scope)
    tree = _state(objects, scope.text)
    if request.typed:
        tree = Layered(Unsaved(given[0], request.typed[1]), tree)
    surroundings = _around(root, request)
    must_be_there(tree, surroundings.requirements_files)
    state = State(tree, surroundings)
    paths = _selected(root, request, given, scope, state)
    base = None
    if scope.kind == "new" and (redeclared := _redeclared(root, scope, state)):
        base = _base(objects, scope, surroundings)
        state = State(_with_unchecked_out(objects, tree), surroundings)
        paths = _with_governed(root, scope, paths, base.losing(redeclared, state), state)
    findings = _findings(state, paths, request.progress)
    if findings:
        providers.verify()
        findings = _settled_by_more(objects, scope, state, findings)
    if scope.kind == "new" and findings:
        base = base or _base(objects, scope, surroundings)
        findings = base.introduced(findings)
    warnings = [*_not_followed(request), *state.warnings, *(base.notes if base else ()), *_outside(root, scope, state)]
    if not request.names_files and scope.kind == "all":
        warnings.extend(judge.unused_ignores(state))
    missing = _missing(state, findings) if findings else ()
    return Result(sorted(findings), warnings, len(paths), scope, missing)


def _redeclared(root: str, scope: Scope, state: State) -> set[str]:
    """The files that may carry declarations and that changed, came or went; in a merge against what it brings too."""
    brought = git.merge_heads(root) if "MERGE_HEAD" in scope.bases else ()
    changes = [*scope.changes, *(change for head in brought for change in git.staged_differences(root, head))]
    paths = {path for change in changes for path in (change.old, change.new)}
    return {path for path in paths if may_declare(path)} | _named({path for path in paths if may_be_named(path)}, state)


def _named(paths: set[str], state: State) -> set[str]:
    """Those of the paths that the projects above them read."""
    reading = Recorded(state.tree)
    above = State(reading, state.locations, lenient=True)
    for folder in {posixpath.dirname(path) for path in paths}:
        project_of(above, folder)
    return paths & reading.paths


def _base(objects: git.Objects, scope: Scope, around: Locations) -> Baseline:
    from import_customs.check.baseline import (
        Baseline,  # 0.3 ms; most commits are clean and leave the declarations alone
    )

    return Baseline(objects, scope, around)


def _missing(state: State, findings: Sequence[Finding]) -> Sequence[MissingDeclaration]:
    from import_customs.check.missing_declarations import missing_declarations  # 3 ms; most commits are clean

    return missing_declarations(state, findings)


def locations(root: str, cwd: str, variables: Mapping[str, str], python: str | None) -> Locations:
    """Where evidence is looked for. Raises CheckError where there is nothing at the path of --python."""
    path = os.path.join(cwd, python) if python else None
    if path and not os.path.exists(path):
        raise CheckError("no such interpreter or environment", hint="see the path after --python", path=path)
    return Locations(root, variables, path)


def _around(root: str, request: Request) -> Locations:
    found = locations(root, request.cwd, request.asked.environment, request.python)
    named = (select.path_from_root(root, request.cwd, file) for file in request.requirements_files)
    return found._replace(requirements_files=tuple(named))


def _given(root: str, request: Request) -> list[str]:
    """The files that the arguments name, folders as the tracked files in them, of the state that is judged."""
    if request.typed:
        return [select.path_from_root(root, request.cwd, request.typed[0])]
    paths, entries = [], None
    for argument in request.arguments:
        path = select.path_from_root(root, request.cwd, argument)
        there = os.path.join(request.cwd, argument)
        if os.path.isdir(there) and not os.path.islink(there):
            entries = entries or _entries(root, judged(root, request.asked))
            paths.extend(select.paths_below(path, entries))
        else:
            paths.append(path)
    return list(dict.fromkeys(paths))


def _not_followed(request: Request) -> list[str]:
    """A warning for each argument that is a symlink to a folder; hook managers give none."""
    named = () if request.asked.under_pre_commit else map(os.path.normpath, request.arguments)
    there = ((name, os.path.join(request.cwd, name)) for name in named)
    links = (name for name, path in there if os.path.islink(path) and os.path.isdir(path))
    return [f"{name}: is a symlink to a folder, and not followed; name that folder" for name in links]


def _must_be_there(root: str, request: Request, given: Sequence[str], scope: Scope) -> None:
    """Raises CheckError for a given file that is neither on disk nor git's; a file that is deleted is."""
    if request.asked.under_pre_commit or request.typed:
        return
    missing = [path for path in given if not os.path.lexists(os.path.join(root, path))]
    known = {*(change.old for change in scope.changes), *_entries(root, scope.text)} if missing else set()
    for path in missing:
        if path not in known:
            raise CheckError("no such file", hint="see the spelling of the name", path=path)


def _state(objects: git.Objects, text: str) -> Tree:
    return Worktree(objects.root) if text == WORKTREE else _held(objects, text)


def _held(objects: git.Objects, text: str) -> Tree:
    from import_customs.repository.snapshot import Snapshot  # 0.3 ms; most commits read the worktree

    return Snapshot(objects, _entries(objects.root, text))


def _entries(root: str, text: str) -> Mapping[str, git.Entry]:
    """The tracked files of the judged state; those of the worktree are the index's."""
    return git.index_entries(root) if text in (WORKTREE, INDEX) else git.revision_entries(root, text)


def _selected(root: str, request: Request, given: Sequence[str], scope: Scope, state: State) -> list[str]:
    """The Python files to look at. The given files stay the filter, whatever else the change holds."""
    changed = {change.new for change in scope.changes if change.status not in "DU"}
    if request.names_files:
        wanted: Collection[str] = [path for path in given if scope.kind == "all" or path in changed]
    elif scope.kind == "new":
        wanted = () if request.asked.under_pre_commit else sorted(changed)
    else:
        return select.tracked_python_files(_entries(root, scope.text), state.tree)
    return [path for path in wanted if select.is_python(path, state.tree)]


def _with_governed(root: str, scope: Scope, paths: list[str], folders: Sequence[str], state: State) -> list[str]:
    """The paths, and every tracked Python file that the projects of these folders govern, changed or not."""
    if not folders:
        return paths
    governing = {project_of(state, folder) for folder in folders}
    tracked = select.tracked_python_files(_entries(root, scope.text), state.tree)
    governed = [path for path in tracked if project_of(state, posixpath.dirname(path)) in governing]
    return list(dict.fromkeys([*paths, *governed]))


def _findings(state: State, paths: Sequence[str], progress: Callable[[int, int], None] | None = None) -> list[Finding]:
    found: list[Finding] = []
    for done, path in enumerate(paths, start=1):
        try:
            source = state.tree.read(path)
        except TooLarge as error:
            state.warnings[f"{path} {error.message}; it was not checked"] = None
            source = None
        if source is not None:
            found.extend(judge.findings(state, path, source))
        if progress:
            progress(done, len(paths))
    return found


def _with_unchecked_out(objects: git.Objects, tree: Tree) -> Tree:
    """The state, with the tracked files that a sparse checkout leaves out of the worktree."""
    sparse = isinstance(tree, Worktree) and git.is_sparse(objects.root)
    return Layered(tree, _held(objects, INDEX)) if sparse else tree


def _settled_by_more(objects: git.Objects, scope: Scope, state: State, findings: list[Finding]) -> list[Finding]:
    """The findings that stay where modules count that the judged state does not hold, though the repository does."""
    if scope.text == WORKTREE:
        more = _with_unchecked_out(objects, state.tree)
        return findings if more is state.tree else _again(more, state, findings)
    findings = _again(Layered(state.tree, _beside(objects.root, scope)), state, findings)
    if scope.text != INDEX or not findings:
        return findings
    staying = {_place(finding) for finding in _again(Worktree(objects.root), state, findings)}
    remedy = _NAME if git.is_commit_of_paths() else _STAGE
    return [one if _place(one) in staying else one._replace(remedy=remedy, settled_by="") for one in findings]


def _beside(root: str, scope: Scope) -> Tree:
    """The files on disk that the judged state never holds: those that git ignores, and those of submodules."""
    submodules = (f"{path}/" for path, entry in _entries(root, scope.text).items() if git.is_submodule(entry))
    return OutsideIndex(root, [*git.ignored_paths(root), *submodules])


def _place(finding: Finding) -> tuple[str, int, str]:
    return finding.path, finding.line, finding.module


def _again(tree: Tree, state: State, findings: list[Finding]) -> list[Finding]:
    """The findings of the same text, where another state of the files says what is declared and what is first-party.

    What of that state cannot be read, such as a pyproject.toml in the middle of an edit, declares nothing.
    """
    other = State(tree, state.locations, lenient=True)
    sources = {path: state.tree.read(path) or b"" for path in dict.fromkeys(finding.path for finding in findings)}
    return [finding for path, source in sources.items() for finding in judge.findings(other, path, source)]


def _outside(root: str, scope: Scope, state: State) -> list[str]:
    """A warning for files with imports that no project governs.

    Raises CheckError where the whole repository has no project.
    """
    if not state.outside:
        return []
    first = state.outside[0]
    why, hint = _left_out(root, posixpath.dirname(first.path)) if scope.text == INDEX else ("", "")
    stated = (posixpath.dirname(path) for path in _entries(root, scope.text) if posixpath.basename(path) == PYPROJECT)
    if not any(project_of(state, folder) for folder in stated):
        raise CheckError(
            f"imports {first.module}, and {why or f'no {PYPROJECT} here states a project that could declare it'}",
            hint=hint or f"add a {PYPROJECT} with a [project] table, or name what declares: --requirements-file FILE",
            path=first.path,
            line=first.line,
        )
    others = {finding.path for finding in state.outside} - {first.path}
    more = f" and {len(others)} more" if others else ""
    stating = f"{why}: {hint}" if why else f"no {PYPROJECT} above it states a project (a template states none)"
    return [f"{first.path}{more}: not checked, {stating}"]


def _left_out(root: str, folder: str) -> tuple[str, str]:
    """Why the project that governs the folder on disk is not in the index, and what settles it; "" where none does."""
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
