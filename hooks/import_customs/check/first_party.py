"""Decide whether a module is first-party: in which order the places where the repository may contain it count.

`project.first_party` says what exists; a popular distribution of the module's name makes some of it too little.
"""

from __future__ import annotations

import posixpath

from import_customs import providers
from import_customs.model import Reason
from import_customs.project import first_party

TYPE_CHECKING = False
if TYPE_CHECKING:
    from import_customs.check.state import State
    from import_customs.model import Project, Site

_FIRST_PARTY = Reason("first-party")


def contained_by(state: State, site: Site, module: str) -> Reason | None:
    """Why the module counts as the repository's own, or as that of what runs the file; None if it does not."""
    project, tree = site.project, state.tree
    found = _beside_or_under_source_roots(state, site, module)
    if found == "whole" or first_party.is_import_name(project.import_names, module) or is_called_like(project, module):
        return _FIRST_PARTY
    if first_party.comes_with_host(site.file, module, _has_build_system(site)):
        return Reason("host")
    found = first_party.surest(
        [found, first_party.beside_manage_py(tree, _django_roots(state, project), site.file, module)]
    )
    if found == "whole" or (found == "stub" and site.for_types):
        return _FIRST_PARTY
    # A folder without `__init__` never hides an installed package: the path finder goes on (PEP 420). A stub
    # installs nothing; where nothing popular would, it may stand for a module that is compiled or made elsewhere.
    if not found and not first_party.above(tree, site.file, module):
        return None
    if (
        not is_popular(module, project)
        or first_party.above_to_its_end(tree, site.file, module)
        or first_party.put_there_by_pytest(tree, site.file, module) == "whole"
    ):
        return _FIRST_PARTY
    return None


def is_shared_folder(state: State, site: Site, module: str, submodules: list[str]) -> bool:
    """Whether a popular module is, in the repository, no more than a folder that other files share.

    That is a folder without `__init__`, or one above the file that has each of the submodules.
    """
    if not is_popular(module, site.project):
        return False
    return _beside_or_under_source_roots(state, site, module) == "open" or all(
        first_party.above_to_its_end(state.tree, site.file, submodule) for submodule in submodules
    )


def place(state: State, site: Site, module: str) -> str:
    """Where the repository has the module, whether or not that counts, as --explain says it; "" if nowhere."""
    project, tree = site.project, state.tree
    for root in project.source_roots:
        if first_party.under_source_roots(tree, (root,), site.file, module):
            return f"under the source root {root or '.'}/"
    if is_called_like(project, module):
        return "called like the project, which is built"
    if first_party.is_import_name(project.import_names, module):
        return "the project says that it provides it"
    return "beside this folder or one above it" if first_party.above(tree, site.file, module) else ""


def is_called_like(project: Project, module: str) -> bool:
    """Whether the module is called like the project, which is built: it installs the module, whatever it is made of.

    False if a popular distribution is what people mean by that name; a little known one that the index names is no
    reason against it. `providers.is_own_module` says which modules the index knows to be the project's.
    """
    if not project.has_build_system or project.name not in providers.own_names(module):
        return False
    first = next(iter(providers.providers(module)), project.name)
    return first == project.name or not _is_among_popular(first)


def is_popular(module: str, project: Project) -> bool:
    """Whether one of the most downloaded distributions, and not the project itself, provides the module."""
    return any(_is_among_popular(name) for name in providers.providers(module) if name != project.name)


def _is_among_popular(name: str) -> bool:
    rank = providers.rank(name)
    return rank is not None and rank <= providers.WELL_KNOWN


def _beside_or_under_source_roots(state: State, site: Site, module: str) -> first_party.Found | None:
    roots = (*site.project.source_roots, *site.added)
    found = first_party.under_source_roots(state.tree, roots, site.file, module)
    if found == "whole":
        return found
    return first_party.surest([found, first_party.beside(state.tree, site.file, module)])


def _django_roots(state: State, project: Project) -> tuple[str, ...]:
    if project.path not in state.django_roots:
        state.django_roots[project.path] = first_party.roots_of_django(state.tree, project.source_roots)
    return state.django_roots[project.path]


def _has_build_system(site: Site) -> bool:
    """Whether the pyproject.toml beside the file names one."""
    return site.project.has_build_system and site.project.folder == posixpath.dirname(site.file)
