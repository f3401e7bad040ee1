"""Say what a check decided, a line for each decision: what --verbose prints and a bug report should hold."""

import posixpath
from collections.abc import Iterator, Sequence

from import_customs.check import judge
from import_customs.check.judge import exactly
from import_customs.check.reasons import why_it_passes
from import_customs.check.state import State
from import_customs.check.uncovered.project_evidence import evidence_of
from import_customs.imports import NOTEBOOK, read_source
from import_customs.imports.source_file import syntax_of
from import_customs.model import INDEX, WORKTREE, CheckError, Finding, Project, Scope, Site
from import_customs.repository import git

_STATES = {WORKTREE: "the worktree", INDEX: "the index"}


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


def _of_project(state: State, project: Project) -> Iterator[str]:
    known = evidence_of(state, project).evidence
    yield f"project {project.path}: {len(project.declarations)} declarations"
    yield f"  Python: {project.requires_python or 'any'}"
    yield f"  source roots: {', '.join(posixpath.join(root, '') if root else './' for root in project.source_roots)}"
    yield f"  lock file: {known.lock.path if known.lock else 'none'}"
    yield f"  environment: {known.place or 'none'}"
