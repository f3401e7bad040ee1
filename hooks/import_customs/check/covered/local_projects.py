"""Decide which local project an import means: by what each installs, and by whose folder the path leads into.

Those that a workspace or a path joins with the importing project are looked at first. All that git tracks are gathered
only before a finding is reported.
"""

from __future__ import annotations

import posixpath

from import_customs import providers
from import_customs.check import submodules
from import_customs.check.covered.by_repository import of_repository
from import_customs.check.covered.first_party import contained_by, is_well_known
from import_customs.check.state import project_of
from import_customs.model import PYPROJECT, CheckError, Reason, relative, upwards
from import_customs.model.names import prefixes, top
from import_customs.model.requirement import Name, normalized
from import_customs.project import first_party, local_projects, workspace
from import_customs.project.dialects.dialect import PROJECT_FILES, is_member
from import_customs.project.local_projects import Meant

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from import_customs.check.state import State
    from import_customs.model import Project, Site
    from import_customs.project.local_projects import LocalContents, LocalIndex, Required


def covering(state: State, site: Site, module: str) -> Reason | None:
    """The declared project that holds the module, of those joined with the importing one, else what likely has it."""
    path = by_path(state, site, module)
    joined = _declared(site.project, [*([path] if path else []), *_joined(state, site.project, module)])
    return joined or _likely_private(state, site, module) or of_repository(state, site.project, module)


def declared(state: State, site: Site, module: str) -> Reason | None:
    """The declared project that holds the module, wherever in the repository it is."""
    return _declared(site.project, _everywhere(state, site, module))


def declared_part(state: State, site: Site, module: str) -> Reason | None:
    """The declared project that holds a part of the module, which is a bare namespace."""
    found = _everywhere(state, site, module)
    return _declared(site.project, [one._replace(held="held") for one in found if one.held == "part"])


def _declared(project: Project, found: Iterable[Meant]) -> Reason | None:
    names = (meant.project.name for meant in found if meant.held != "part")
    return next((Reason("local project", name) for name in names if name in project.declared), None)


def meant(state: State, site: Site, module: str) -> list[Meant]:
    """The projects that an import of the module means, all equally likely.

    Where a popular distribution installs the module, a folder that no build puts into a distribution is none.
    """
    path = by_path(state, site, module)
    if path and contained_by(state, site, module):  # else nothing says that the folder is the module
        return [path]
    every = _everywhere(state, site, module)
    if every and all(one.held == "part" for one in every):
        return every if is_filled_alone(state, site, module) else []
    found = [one for one in every if one.held != "part"]
    installed = [one for one in found if one.held == "installed"]
    if installed or is_well_known(module, site.project):
        found = installed
    known = providers.providers(module)
    ranks = [_rank(one, known) for one in found]
    return [one for one, rank in zip(found, ranks, strict=True) if rank == min(ranks)]


def _rank(one: Meant, known: Sequence[str]) -> tuple[bool, bool, int, bool]:
    """What says more comes first: a workspace, the index, more of the name, the project's own name."""
    is_called_like = one.project.name in map(normalized, prefixes(one.module))
    return not one.is_joined, one.project.name not in known, -one.module.count("."), not is_called_like


def is_namespace(state: State, site: Site, module: str, *, everywhere: bool) -> bool:
    """Whether local projects fill the module as a namespace, and none of them is the module."""
    found = _everywhere(state, site, module) if everywhere else _joined(state, site.project, module)
    return {one.held for one in found} == {"part"}


def is_filled_alone(state: State, site: Site, module: str) -> bool:
    """Whether the module is a namespace that local projects fill, and nothing else does."""
    is_others = providers.is_namespace(module) or bool(providers.providers(module))
    return not is_others and is_namespace(state, site, module, everywhere=True)


def is_held_nearby(state: State, project: Project, module: str) -> bool:
    """Whether a project that is joined with this one holds the module or a part of it."""
    return any(True for _ in _joined(state, project, module))


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


def by_path(state: State, site: Site, module: str) -> Meant | None:
    """The project that the module belongs to where its path is found beside the file or above it.

    That is a project which the path leads into and that does not hold the file, or one above the file's own whose
    distribution has the module. None if the module is plainly found somewhere, or nowhere.
    """
    led = None
    for base in dict.fromkeys([*site.added, *upwards(site.file.rpartition("/")[0])]):
        if not first_party.under_source_roots(state.tree, (base,), site.file, module):
            continue
        led = _entered(state, base, module, site.file) or _of_project_above(state, site.project, base, module)
        if led is None:
            return None
    return led


def _entered(state: State, base: str, module: str, file: str) -> Meant | None:
    """The first project below `base` that the path of the module leads into and that does not hold the file."""
    folder, parts = base, module.split(".")
    for number, part in enumerate(parts, start=1):
        if not state.tree.listing(folder).get(part):
            return None
        folder = posixpath.join(folder, part)
        if not file.startswith(f"{folder}/") and _states_project(state, folder):
            contents = None if local_projects.is_aside(folder, file) else contents_of(state, folder)
            return Meant(contents, ".".join(parts[:number]), "held", is_joined=True) if contents else None
    return None


def _of_project_above(state: State, project: Project, base: str, module: str) -> Meant | None:
    """The project above the importing one that governs `base`, if its distribution has the module from there."""
    if base == project.folder or base.startswith(posixpath.join(project.folder, "")) or not project.folder:
        return None
    above = _project_of(state, base)
    contents = contents_of(state, above.folder) if above else None
    if contents is None or not contents.name or base not in contents.roots:
        return None
    is_its = local_projects.held(state.tree, contents._replace(roots=(base,)), module) == "installed"
    return Meant(contents, top(module), "installed", is_joined=True) if is_its else None


def _states_project(state: State, folder: str) -> bool:
    listing = state.tree.listing(folder)
    if not any(name in listing for name in PROJECT_FILES):
        return False
    try:
        project = project_of(state, folder)
    except CheckError:
        return PYPROJECT in listing  # it cannot be read
    return project is not None and project.folder == folder


def _project_of(state: State, folder: str) -> Project | None:
    try:
        return project_of(state, folder)
    except CheckError:  # of another project than the file's: its own files tell of it
        return None


def _everywhere(state: State, site: Site, module: str) -> list[Meant]:
    """Each project that holds the module or a part of it, those that are joined with the importing one first."""
    joined = list(_joined(state, site.project, module))
    folders = {site.project.folder, *(one.project.folder for one in joined)}
    others = (one for one in _holding(state, _tracked(state), module) if one.project.folder not in folders)
    return [*joined, *(one for one in others if not local_projects.is_aside(one.project.folder, site.file))]


def _joined(state: State, project: Project, module: str) -> Iterator[Meant]:
    for index in _joined_indexes(state, project):
        for one in _holding(state, index, module):
            if one.project.folder != project.folder:
                yield one._replace(is_joined=True)


def _holding(state: State, index: LocalIndex, module: str) -> list[Meant]:
    """The projects of the index that hold the module. Most stand in two indexes, and each is asked once."""
    if module not in index.holding:
        known, projects = state.local_held.setdefault(module, {}), index.by_module.get(top(module), ())
        for one in projects:
            if (one.folder, one.name) not in known:
                known[one.folder, one.name] = _how_held(state, one, module)
        index.holding[module] = [meant for one in projects if (meant := known[one.folder, one.name])]
    return index.holding[module]


def _how_held(state: State, project: LocalContents, module: str) -> Meant | None:
    """How the project holds the module; None if it does not, or in a folder that is of a project inside it."""
    held = local_projects.held(state.tree, project, module)
    if held is None:
        return None
    if held != "installed" and any(_entered(state, root, module, f"{project.folder}/") for root in project.roots):
        return None
    shortest_first = list(prefixes(module))[::-1]
    told = (one for one in shortest_first if not first_party.shared_package(state.tree, project.roots, one))
    enough = next((one for one in told if local_projects.held(state.tree, project, one) == held), module)
    if held != "part" and providers.is_namespace(enough):  # `packages = ["src/google"]`, before it is built
        whole = (
            one
            for one in shortest_first
            if first_party.under_source_roots(state.tree, project.roots, "", one) == "whole"
        )
        seen = next(whole, "")  # a part of the namespace that is there already
        enough, held = (seen, held) if seen else (enough, "part")
    return Meant(project, enough, held, is_joined=False)


def _joined_indexes(state: State, project: Project) -> list[LocalIndex]:
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
        root = _project_of(state, folder)
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


def _tracked(state: State) -> LocalIndex:
    """All local projects that git tracks, here and in submodules; those that have no name are none."""
    if state.local_tracked is None:
        paths = (*state.tracked(), *submodules.files_of(state))
        named = (path.rpartition("/") for path in paths if path.endswith(tuple(PROJECT_FILES)))
        folders = dict.fromkeys(folder for folder, _, name in named if name in PROJECT_FILES)
        found = [contents for folder in folders if (contents := contents_of(state, folder)) and contents.name]
        state.local_tracked = local_projects.indexed(state.tree, found)
    return state.local_tracked


def _called(state: State, project: Project, name: str) -> Iterator[LocalContents]:
    """The other projects of that name, those that are joined with this one first."""
    for index in _joined_indexes(state, project):
        yield from (one for one in index.by_name.get(name, ()) if one.folder != project.folder)
    others = _tracked(state).by_name.get(name, ())
    yield from (one for one in others if not local_projects.is_aside(one.folder, project.path))


def contents_of(state: State, folder: str) -> LocalContents | None:
    """What the project of a folder installs, likely so where it cannot be read; None where there is none."""
    if folder not in state.local_contents:
        try:
            state.local_contents[folder] = local_projects.read_contents(state.tree, folder)
        except CheckError:  # it is this repository's all the same
            state.local_contents[folder] = local_projects.contents_unread(state.tree, folder)
    return state.local_contents[folder]


def _likely_private(state: State, site: Site, module: str) -> Reason | None:
    """A declared distribution of which nothing is known and whose name begins with the module's.

    Not for the modules of popular ones: `requests-of-ours` does not bring requests. Not where the repository holds
    the distribution, and so tells what it installs, or holds what is meant.
    """
    project = site.project
    if is_well_known(module, project) or not providers.likely_private_provider(module, project.declared):
        return None
    if found := declared(state, site, module):
        return found
    others = [name for name in project.declared if not is_local(state, project, name)]
    private = providers.likely_private_provider(module, others)
    return Reason("likely private", private) if private and not meant(state, site, module) else None
