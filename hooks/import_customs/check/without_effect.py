"""Tell which options and settings have no effect on what was checked: none is passed over in silence."""

from __future__ import annotations

import posixpath
from contextlib import suppress

from import_customs.check import judge
from import_customs.check.judge import exactly
from import_customs.check.state import State, projects_read, readable_project_of, text_of
from import_customs.check.submodules import paths_of
from import_customs.imports import read_source
from import_customs.model import INDEX, PYPROJECT, WORKTREE, CheckError, Site, relative
from import_customs.project.config import ignore_entries, is_within, matches
from import_customs.project.dialects.dialect import joined
from import_customs.project.module_files import but_packages
from import_customs.project.source_roots import configured_roots
from import_customs.project.workspace import expanded
from import_customs.repository import git, revisions
from import_customs.repository.snapshot import snapshot

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from import_customs.check.scope import Request
    from import_customs.model import Project, Scope, Tree


def notes(objects: git.Objects, request: Request, scope: Scope, state: State, paths: Sequence[str]) -> Iterator[str]:
    """A sentence for each option that has no effect on the files looked at, for each comment, and for each setting.

    What a fresh checkout would need is not said to have none: it lacks what git ignores, what an environment shows and
    what submodules hold, and has what a sparse checkout leaves out.
    """
    yield from options(request, state, paths)
    all_paths = paths if scope.kind == "all" and not request.names_files else ()
    found = [*_found(state, all_paths)]
    if found:
        fresh = _in_fresh_checkout(objects, scope, state)
        is_of_all = len(found) > len([*_found(state, ())])  # that no file needs a setting, only all of them can say
        judged = [_is_judged(fresh, path) for path in (paths if is_of_all else dict.fromkeys(state.commented))]
        also = {*_found(fresh, all_paths if all(judged) else ())}
        yield from (sentence for sentence in found if sentence in also)


def _found(state: State, all_paths: Sequence[str]) -> Iterator[str]:
    for path in list(dict.fromkeys(state.commented)):
        with suppress(CheckError):  # it is told, of the file or of its project
            yield from _comments(state, path)
    yield from settings(state, all_paths)


def _in_fresh_checkout(objects: git.Objects, scope: Scope, state: State) -> State:
    where = state.locations and state.locations._replace(reads_environment=False)
    tree = snapshot(objects, INDEX if scope.text == WORKTREE else scope.text)
    fresh = State(tree, where, tracked=state.tracked)
    for project in projects_read(state):
        readable_project_of(fresh, project.folder)
    return fresh


def _is_judged(state: State, path: str) -> bool:
    try:
        source = state.tree.read(path)
        if source is not None:
            judge.findings(state, path, source)
    except CheckError:
        return False
    return source is not None


def options(request: Request, state: State, paths: Sequence[str]) -> Iterator[str]:
    if request.requirements_files and paths and state.of_requirements is None:
        yield (
            "--requirements-file has no effect, because a project governs all files: "
            "name the files in its pyproject.toml, [tool.import-customs] requirements-files"
        )


def _comments(state: State, path: str) -> Iterator[str]:
    """A sentence for each comment of the file that exempts nothing. Raises CheckError if that cannot be told."""
    file = read_source(path, text_of(state, path))
    project = judge.governing_project(state, file)
    site = Site(project if project and project.path else state.of_none, path)
    for one in exactly.needless_comments(state, site, file):
        place = f"cell {':'.join(map(str, one.cell[:2]))}" if one.cell else one.line
        yield f"{path}:{place}: ignore: the comment is no longer needed, remove it"


def settings(state: State, all_paths: Sequence[str] = ()) -> Iterator[str]:
    """A sentence for each; where all files were checked, `all_paths`, also for what none of them needs."""
    projects = {posixpath.join(one.folder, PYPROJECT): one for one in projects_read(state)}
    for path, project in sorted(projects.items()):
        found = [*_in_vain(state, project), *(_needless(state, project, all_paths) if all_paths else ())]
        yield from (f"{path}: {sentence}" for sentence in found)


def _in_vain(state: State, project: Project) -> Iterator[str]:
    """What has no effect, whatever the files hold."""
    config = project.config
    for named in config.source_roots:
        if not _has_folder(state.tree, project.folder, named) and not _may_appear(state, project.folder, named):
            yield f"source-roots: `{named}` has no effect, because the repository has no such folder"
    if config.misplaced_paths and "misplaced" not in config.rules:
        yield 'misplaced-paths only says where --fix writes, because the rule is not on: rules = ["misplaced"]'
    for glob, entries in config.per_file_ignores:
        if not entries:
            yield f"per-file-ignores: `{glob}` has no effect, because it lists no module"


def _has_folder(tree: Tree, folder: str, named: str) -> bool:
    """Whether an entry of `source-roots` names a folder, or stands for one, as `find_source_roots` takes it."""
    if "*" not in named or "**" in named:
        return any(map(tree.listing, configured_roots(folder, (named,))))
    found = (relative(path, folder) for path in expanded(tree, folder, (named,)))
    return any(but_packages(tree, folder, found, but_projects=False))


def _may_appear(state: State, folder: str, named: str) -> bool:
    """Whether the folder lies in a submodule, or git ignores it, as what is generated."""
    path = joined(folder, named.partition("*")[0])
    if any(f"{path}/".startswith(f"{submodule}/") for submodule in paths_of(state)):
        return True
    return state.locations is not None and revisions.is_ignored(state.locations.root, path)


def _needless(state: State, project: Project, paths: Sequence[str]) -> Iterator[str]:
    """What none of the files needs."""
    config = project.config
    for entry in ignore_entries(config):
        if (project.folder, entry) not in state.used_ignores:
            glob, is_of_files, module = entry.rpartition(": ")
            shown = f"per-file-ignores: `{module}` for {glob}" if is_of_files else f"ignore: `{module}`"
            yield f"{shown} is no longer needed, remove it"
    provided = {key: one for key, one in state.declared.items() if one and one.kind == "provides"}
    covering = {*project.declared, *(reason.name for reason in provided.values())}  # a script declares some itself
    for name in dict.fromkeys(name for _, names in config.provides for name in names):
        if name not in covering:
            yield f"provides: `{name}` covers nothing, because it is not declared"
    met = [module for _, module in provided]
    for module, names in config.provides:
        if not project.declared.isdisjoint(names) and not any(is_within(one, module) for one in met):
            yield f"provides: `{module}` is no longer needed, because nothing imports it"
    folder = posixpath.join(project.folder, "")
    inside = [one.removeprefix(folder) for one in paths if one.startswith(folder)]
    for glob in config.misplaced_paths:
        if not any(matches(path, glob) for path in inside):
            yield f"misplaced-paths: `{glob}` has no effect, because it matches no file"
