"""Decide which local project an import means: by what each installs, and by whose folder the path leads into.

Those that a workspace or a path joins with the importing project are looked at first (`gathered_projects.py`).
"""

import posixpath
from collections.abc import Iterable, Iterator, Sequence

from import_customs import providers
from import_customs.check.covered.by_repository import of_repository
from import_customs.check.covered.first_party import contained_by, own_namespace
from import_customs.check.covered.gathered_projects import (
    contents_of,
    is_local,
    joined_indexes,
    own_folder,
    tracked_projects,
)
from import_customs.check.covered.popular import is_meant_beyond_doubt, is_well_known
from import_customs.check.state import State, project_if_readable, project_of
from import_customs.model import PYPROJECT, CheckError, Project, Reason, Site, upwards
from import_customs.model.names import prefixes, top
from import_customs.model.requirement import normalized
from import_customs.project import first_party, local_projects
from import_customs.project.dialects.dialect import PROJECT_FILES
from import_customs.project.local_projects import LocalContents, LocalIndex, Meant


def covering(state: State, site: Site, module: str) -> Reason | None:
    """The declared project that holds the module, among those joined with the importing one, else what likely does."""
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


def is_package_of_another(state: State, site: Site, module: str) -> bool:
    """Whether another project of the repository is the module as a package: no open folder hides that."""
    own = site.project.folder
    return any(one.held == "installed" and one.project.folder != own for one in _everywhere(state, site, module))


def is_held_nearby(state: State, project: Project, module: str) -> bool:
    """Whether a project that is joined with this one holds the module or a part of it."""
    return any(True for _ in _joined(state, project, module))


def by_path(state: State, site: Site, module: str) -> Meant | None:
    """The project that the module belongs to where its path is found beside the file or above it.

    That is a project which the path leads into and that does not hold the file, or one above the file's own whose
    distribution has the module. None if the module is plainly found somewhere, or nowhere.
    """
    led = None
    for base in dict.fromkeys([*site.added, *upwards(site.file.rpartition("/")[0])]):
        if not first_party.under_source_roots(state.tree, (base,), site.file, module):
            continue
        is_added = base in site.added and own_folder(site.project) is None  # by a script, which runs as it is
        above = None if is_added else _of_project_above(state, site.project, base, module)
        led = _entered(state, base, module, site.file) or above
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
    own = project.folder if own_folder(project) is not None else posixpath.dirname(project.path)
    if base == own or base.startswith(posixpath.join(own, "")) or not own:
        return None
    above = project_if_readable(state, base)
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


def _everywhere(state: State, site: Site, module: str) -> list[Meant]:
    """Each project that holds the module or a part of it, those that are joined with the importing one first."""
    joined = list(_joined(state, site.project, module))
    folders = {own_folder(site.project), *(one.project.folder for one in joined)}
    others = (one for one in _holding(state, tracked_projects(state), module) if one.project.folder not in folders)
    return [*joined, *(one for one in others if not local_projects.is_aside(one.project.folder, site.file))]


def _joined(state: State, project: Project, module: str) -> Iterator[Meant]:
    for index in joined_indexes(state, project):
        for one in _holding(state, index, module):
            if one.project.folder != own_folder(project):
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


def _likely_private(state: State, site: Site, module: str) -> Reason | None:
    """A declared distribution of which nothing is known and whose name begins with the module's.

    Not for the modules of popular ones: `requests-of-ours` does not bring requests, unless the project itself is a part
    of such a namespace, and none of the best known is called so. Not where the repository holds the distribution, and
    so tells what it installs, or holds what is meant.
    """
    project = site.project
    may_be_own = not is_meant_beyond_doubt(module) and own_namespace(state, project, top(module))
    is_theirs = is_well_known(module, project) and not may_be_own
    if is_theirs or not providers.likely_private_provider(module, project.declared):
        return None
    if found := declared(state, site, module):
        return found
    others = [name for name in project.declared if not is_local(state, project, name)]
    private = providers.likely_private_provider(module, others)
    return Reason("likely private", private) if private and not meant(state, site, module) else None
