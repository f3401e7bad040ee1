"""Say what a check decided, a line for each decision: what --verbose prints and a bug report should hold."""

import posixpath
from collections.abc import Iterator, Sequence

from import_customs import providers
from import_customs.check import judge
from import_customs.check.judge import exactly
from import_customs.check.state import State
from import_customs.check.uncovered.project_evidence import evidence_of
from import_customs.imports import NOTEBOOK, read_source
from import_customs.imports.source_file import syntax_of
from import_customs.model import INDEX, WORKTREE, CheckError, Finding, Project, Reason, Scope, Site
from import_customs.repository import git

_STATES = {WORKTREE: "the worktree", INDEX: "the index"}
_WORDS = {  # by the kind of a reason
    "standard library": "it is standard library on every Python that the project supports",
    "guard": "it is standard library on some supported Pythons, and the import is guarded",
    "substitute": "`{}` is declared, and brings it to Pythons without it",
    "build requirement": "`{}` is a build requirement, and the build runs this file",
    "provides": "`{}` is declared, and `provides` says that it installs it",
    "stubs": "`{}` is declared, and only type checkers read the import",
    "local project": "`{}` is declared, and is another project of this repository",
    "likely private": "it is taken for a module of `{}`, of which nothing is known",
    "repository": "it is taken for a module of `{}`, whose repository or its folder is called so",
    "first-party": "it is first-party",
    "itself": "it is the project itself",
    "host": "what runs the file brings it",
    "platform": "type checkers, other Pythons or who installs Python bring it",
    "environment": "`{}` is declared, and installs it in the environment",
    "contains": "`{}` is declared, and holds it",
    "extra": "an extra that is declared brings `{}`",
    "likely extra": "it is taken for what `{}` brings, of which nothing is known",
    "ignore": "`ignore` exempts it",
    "per-file-ignores": "`per-file-ignores` exempts it",
    "comment": "a comment in its statement exempts it",
    "guarded": "`guarded` exempts imports under a guard",
    "expected to fail": "a test expects that it cannot be imported",
    "never runs": "a test of the version lets it run on no supported Python",
}


def decisions(state: State, scope: Scope, paths: Sequence[str]) -> Iterator[str]:
    """The lines, not escaped yet: the scope, and for each file its project and why each import passes or not."""
    is_merge = "MERGE_HEAD" in scope.bases and state.locations and git.merge_heads(state.locations.root)
    bases = [one for one in scope.bases if one != "MERGE_HEAD" or is_merge]
    base = f", since {', '.join(bases)}" if bases else ""
    yield f"scope {scope.kind}{base}; the text is that of {_STATES.get(scope.text, scope.text)}"
    described: set[str] = set()
    for path in paths:
        try:
            yield from _of_file(state, path, described)
        except CheckError as error:
            yield f"{path}: not judged: {error.message}"


def _of_file(state: State, path: str, described: set[str]) -> Iterator[str]:
    source = state.tree.read(path)
    if source is None:
        yield f"{path}: not there as a regular file"
        return
    file = read_source(path, source)
    project = judge.governing_project(state, file)
    if project and project.path not in described:
        described.add(project.path)
        yield from _of_project(state, project)
    yield f"{path}: {f'project {project.path}' if project else 'no project governs it'}"
    yield from (f"{path}: {sentence}" for sentence in file.passed_over)
    broken = None if path.endswith(NOTEBOOK) else syntax_of(file.python).imports()[1]
    if broken and f"{path} {broken}" not in state.warnings:  # where its imports stand plainly, nothing else asks
        yield f"{path} {broken}"
    site = Site(project or state.of_none, path, for_types=False, guarded=False)
    for imported, one in exactly.judged_imports(state, site, file):
        if isinstance(one, Finding):
            outcome = f"{one.rule}: {one.message}"
        else:
            outcome = f"passes: {why_it_passes(one, imported.module)}"
        yield f"{path}:{imported.cell or imported.line}: {imported.module}: {outcome}"


def why_it_passes(reason: Reason, module: str) -> str:
    """The reason as a sentence without its subject, the import."""
    if reason.kind != "declared":
        return _WORDS[reason.kind].format(reason.name)
    known = providers.providers(module)
    if reason.name in known:
        return f"`{reason.name}` is declared, and installs it"
    if providers.stands_for(reason.name, known):
        return f"`{reason.name}` is declared, and always brings what installs it"
    return f"`{reason.name}` is declared, and is called after it"


def _of_project(state: State, project: Project) -> Iterator[str]:
    known = evidence_of(state, project).evidence
    yield f"project {project.path}: {len(project.declarations)} declarations"
    yield f"  Python: {project.requires_python or 'any'}"
    yield f"  source roots: {', '.join(posixpath.join(root, '') if root else './' for root in project.source_roots)}"
    yield f"  lock file: {known.lock.path if known.lock else 'none'}"
    yield f"  environment: {known.place or 'none'}"
