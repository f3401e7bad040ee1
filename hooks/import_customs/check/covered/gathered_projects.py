"""Gather the local projects of the repository: those of a workspace, those named by path, and all that git tracks.

All that git tracks are gathered only before a finding is reported.
"""

from __future__ import annotations

from import_customs.check import submodules
from import_customs.check.state import project_if_readable
from import_customs.model import CheckError, relative, upwards
from import_customs.model.option_advice import is_script
from import_customs.project import local_projects, workspace
from import_customs.project.dialects.dialect import PROJECT_FILES, is_member

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from import_customs.check.state import State
    from import_customs.model import Project
    from import_customs.model.requirement import Name
    from import_customs.project.local_projects import LocalContents, LocalIndex, Required


def own_folder(project: Project) -> str | None:
    """The folder of the project itself; None for a script, for which the project around it is another one."""
    return None if is_script(project.path) else project.folder


def joined_indexes(state: State, project: Project) -> list[LocalIndex]:
    """The workspaces that the project is in, and the local projects that it names by their paths."""
    if project.path not in state.local_indexes:
        found = [_workspace(state, root) for root in _workspaces(state, project)]
        named = workspace.named_by_path(state.tree, project).items()
        contents = ((contents_of(state, folder), name) for folder, name in named)
        by_path = [one._replace(name=one.name or name) for one, name in contents if one]
        state.local_indexes[project.path] = [*found, local_projects.indexed(state.tree, by_path)]
    return state.local_indexes[project.path]


def _workspaces(state: State, project: Project) -> Iterator[Project]:
    """The roots of the workspaces that the project is in."""
    for folder in upwards(project.folder):
        root = project_if_readable(state, folder)
        if root and root.members and root.folder == folder:
            inside = project.folder[len(folder) :].lstrip("/")
            if not inside or is_member(root.members, inside):
                yield root


def _workspace(state: State, root: Project) -> LocalIndex:
    if root.folder not in state.local_workspaces:
        folders = dict.fromkeys([root.folder, *workspace.members_of(state.tree, root)])
        found = [contents for folder in folders if (contents := contents_of(state, folder))]
        state.local_workspaces[root.folder] = local_projects.indexed(state.tree, found)
    return state.local_workspaces[root.folder]


def tracked_projects(state: State) -> LocalIndex:
    """All local projects that git tracks, here and in submodules; those that have no name are none."""
    if state.local_tracked is None:
        paths = (*state.tracked(), *submodules.files_of(state))
        named = (path.rpartition("/") for path in paths if path.endswith(tuple(PROJECT_FILES)))
        folders = dict.fromkeys(folder for folder, _, name in named if name in PROJECT_FILES)
        found = [contents for folder in folders if (contents := contents_of(state, folder)) and contents.name]
        state.local_tracked = local_projects.indexed(state.tree, found)
    return state.local_tracked


def contents_of(state: State, folder: str) -> LocalContents | None:
    """What the project of a folder installs, likely so where it cannot be read; None where there is none."""
    if folder not in state.local_contents:
        try:
            state.local_contents[folder] = local_projects.read_contents(state.tree, folder)
        except CheckError:  # it is this repository's all the same
            state.local_contents[folder] = local_projects.contents_unread(state.tree, folder)
    return state.local_contents[folder]


def is_local(state: State, project: Project, name: str) -> bool:
    """Whether a distribution is another project of the repository."""
    return next(_called(state, project, name), None) is not None


def is_joined(state: State, project: Project, folder: str) -> bool:
    """Whether a workspace or a path joins a project of the folder, which may not be there, with this one."""
    inside = f"{folder}/"
    return any(f"{one.path}/".startswith(inside) for one in project.locals) or any(
        is_member(root.members, relative(folder, root.folder)) for root in _workspaces(state, project)
    )


def extra_requirements(state: State, project: Project, name: Name, extra: Name) -> tuple[Required, ...] | None:
    """What an extra of a local project requires; None if nothing is known of it."""
    for contents in _called(state, project, name):
        if contents.folder not in state.local_extras:
            try:
                state.local_extras[contents.folder] = local_projects.extras(state.tree, contents.folder)
            except CheckError:
                state.local_extras[contents.folder] = {}
        if extra in state.local_extras[contents.folder]:
            return state.local_extras[contents.folder][extra]
    return None


def _called(state: State, project: Project, name: str) -> Iterator[LocalContents]:
    """The other projects of that name, those that are joined with this one first."""
    for index in joined_indexes(state, project):
        yield from (one for one in index.by_name.get(name, ()) if one.folder != own_folder(project))
    others = tracked_projects(state).by_name.get(name, ())
    yield from (one for one in others if not local_projects.is_aside(one.folder, project.path))
