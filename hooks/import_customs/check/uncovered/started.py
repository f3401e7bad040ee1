"""Decide whether the files around an import show that its module is first-party: most show where Python is started.

Only an import that nothing else covers gets here. Each folder, and each project, is looked through once: the files are
those that git tracks, and no file is read twice for the same question.
"""

import posixpath
from collections.abc import Iterable, Iterator

from import_customs import providers
from import_customs.check.covered.first_party import holds_submodules, is_shadowed_by_itself
from import_customs.check.covered.local_projects import by_path, is_held_nearby
from import_customs.check.covered.own_files import imports_itself, imports_of
from import_customs.check.covered.popular import has_popular_provider, is_provided_by_popular
from import_customs.check.state import State, text_of
from import_customs.check.uncovered.generated import is_generated
from import_customs.check.uncovered.on_path import (
    folders_added_before,
    folders_added_by_django,
    is_put_on_path,
    roots_of_editors,
)
from import_customs.imports import NOTEBOOK, read_source
from import_customs.model import Import, Project, Reason, Site, upwards
from import_customs.model.names import top
from import_customs.project import first_party, module_files, runners
from import_customs.project.local_projects import is_aside
from import_customs.project.purpose import is_run_by_pytest_in
from import_customs.providers import stdlib

_FIRST_PARTY = Reason("first-party")
_ADDING = (b"sys.modules", b"__path__", b"__getattr__")


def shown_first_party(state: State, site: Site, module: str, imported: Import) -> Reason | None:
    """Why the module counts as the repository's own by what other files show; None if none shows it."""
    roots = roots_of_editors(state, site.project)
    above = [one for one in upwards(site.file.rpartition("/")[0]) if one not in site.project.source_roots]
    folders = [
        *_holding(state, site, module, imported, [*roots, *folders_added_before(state, site)]),
        *(folder for folder in _holding(state, site, module, imported, above) if is_started_in(state, site, folder)),
        *_reached_by_django(state, site, module, imported),
    ]
    if is_shadowed_by_itself(state, site, module, folders, any_known=True):
        return None
    submodules = [f"{module}.{name}" for name in imported.names] if module == imported.module else []
    if holds_submodules(state, site, submodules) and not by_path(state, site, module):
        return _FIRST_PARTY
    if is_generated(state, site, module, imported) or _is_installed_from(state, site, module):
        return _FIRST_PARTY
    return _FIRST_PARTY if folders or _is_in_own_package(state, site, module) else None


def _is_installed_from(state: State, site: Site, module: str) -> bool:
    """Whether a file that git tracks says that its folder is installed under the module's name, or one above."""
    if top(module) not in first_party.STATING_NAMES:
        return False
    file, _ = first_party.STATING_NAMES[top(module)]
    folders = (posixpath.dirname(path) for path in state.tracked() if posixpath.basename(path) == file)
    return first_party.is_installed_as(state.tree, (one for one in folders if not is_aside(one, site.file)), module)


def is_started_in(state: State, site: Site, folder: str) -> bool:
    """Whether something shows that Python is started in the folder, or has it on sys.path, when the file is run."""
    project, is_tested = site.project, is_run_by_pytest_in(site.project, site.file, folder)
    key = (project.path, folder, is_tested)
    if key not in state.started:
        state.started[key] = (
            (is_tested and runners.is_inserted_by_pytest(state.tree, folder))
            or _is_shown_by_files(state, project, folder, with_tests=is_tested)
            or is_put_on_path(state, project, folder)
        )
    return state.started[key]


def _holding(state: State, site: Site, module: str, imported: Import, folders: Iterable[str]) -> Iterator[str]:
    """The folders that hold the module; a folder without `__init__` counts where what is named is in it."""
    for folder, found in first_party.holding(state.tree, folders, site.file, module):
        named = _named(module, imported)
        if (
            (found == "whole" and not _lacks(state, site, folder, module))
            or (found == "stub" and site.for_types)
            or (found == "open" and not has_popular_provider(module, site.project))
            or any(first_party.exists(state.tree, folder, name) for name in named)
        ):
            yield folder


def _named(module: str, imported: Import) -> list[str]:
    """The modules of several names that are imported, if all are modules."""
    return [module] if "." in module else [f"{module}.{name}" for name in imported.names]


def _reached_by_django(state: State, site: Site, module: str, imported: Import) -> list[str]:
    """The folders that Django puts on sys.path and that hold the module; a popular one only to the end of its name."""
    found = [*_holding(state, site, module, imported, folders_added_by_django(state, site))]
    if not found or not is_provided_by_popular(module, site.project):
        return found
    named = _named(module, imported)
    return [folder for folder in found if named and all(first_party.exists(state.tree, folder, one) for one in named)]


def _lacks(state: State, site: Site, folder: str, module: str) -> bool:
    """Whether the folder's package has no such module, and a popular distribution of its name has.

    What an `__init__` adds while it is imported cannot be told: then it may have it.
    """
    own, tree = posixpath.join(folder, top(module)), state.tree
    if "." not in module or not module_files.is_package(tree, own) or first_party.exists(tree, folder, module):
        return False
    source = text_of(state, posixpath.join(own, "__init__.py"))
    return not any(word in source for word in _ADDING) and is_provided_by_popular(module, site.project)


# What the files directly in a folder show.


def _is_shown_by_files(state: State, project: Project, folder: str, *, with_tests: bool) -> bool:
    """Whether a file of the folder is run there, or imports by bare name what only that folder can give it."""
    tree, listing = state.tree, state.tree.listing(folder)
    is_package = module_files.is_package(tree, folder)
    has_pages = listing.get("pages", False)
    names = sorted(name for name, is_folder in listing.items() if not is_folder and name.endswith((".py", NOTEBOOK)))
    names = names if with_tests else [one for one in names if one != "conftest.py" and not runners.is_collected(one)]
    tracked = state.tracked()
    for path in (one for name in names if (one := posixpath.join(folder, name)) in tracked):
        source = text_of(state, path)
        if not is_package and (runners.is_run(source) or posixpath.basename(path) == "manage.py"):
            return True
        if has_pages and imports_of(state, path, {"streamlit"}):
            return True
        if _imports_neighbour(state, project, path, source):
            return True
    return False


def _imports_neighbour(state: State, project: Project, path: str, source: bytes) -> bool:
    """Whether the file imports, not under `try`, a module of its folder that nothing else can be."""
    folder = posixpath.dirname(path)
    if path.endswith(NOTEBOOK):  # the JSON of one may be large, and what it imports is seldom beside it
        listing = state.tree.listing(folder)
        beside = (name.partition(".")[0] for name in listing if listing[name] or name.endswith(".py"))
        if not any(name.encode() in source for name in beside):
            return False
    modules = read_source(path, source).screened()[0]
    names = {
        name
        for name in map(top, modules)
        if any(first_party.holding(state.tree, [folder], path, name)) and not _is_elsewhere(state, project, path, name)
    }
    return any(
        "try" not in imported.guards and not _is_part_of_namespace(imported, project)
        for imported in (imports_of(state, path, names) if names else ())
    )


def _is_part_of_namespace(imported: Import, project: Project) -> bool:
    """Whether the import may mean a part of a namespace that a popular distribution installs; a bare `google` may."""
    module = imported.module
    if not providers.is_namespace(top(module)):
        return False
    parts = [f"{module}.{name}" for name in imported.names] if providers.is_namespace(module) else [module]
    return not parts or any(is_provided_by_popular(part, project) for part in parts)


def _is_elsewhere(state: State, project: Project, path: str, name: str) -> bool:
    """Whether the standard library, a popular or a declared distribution, or a source root has a module of the name.

    Or one that is hardly known, as the folder's own file of that name shows by importing it: `cppyy.py`.
    """
    return bool(
        stdlib.in_stdlib(name, project.requires_python) != "never"
        or is_provided_by_popular(name, project)
        or providers.declared_provider(name, project.declared)
        or providers.likely_private_provider(name, project.declared)
        or first_party.is_import_name(project.import_names, name)
        or first_party.under_source_roots(state.tree, project.source_roots, path, name)
        or is_held_nearby(state, project, name)
        or (providers.providers(name) and imports_itself(state, posixpath.join(posixpath.dirname(path), f"{name}.py")))
    )


# What the files of a package show that is called like a popular distribution.


def _is_in_own_package(state: State, site: Site, module: str) -> bool:
    """Whether the file is in a package of the module's name, in no other one, whose files import its parts by that.

    A folder without `__init__` is one of several that make a namespace: `google`. So is one whose `__init__` lets
    others add to it: it has only those parts that stand in it.
    """
    tree, name = state.tree, top(module)
    for folder in upwards(site.file.rpartition("/")[0]):
        if posixpath.basename(folder) != name or not module_files.is_package(tree, folder):
            continue
        if not any(first_party.holding(tree, [posixpath.dirname(folder)], site.file, module)):
            continue
        if folder not in state.own_packages:
            is_outermost = not first_party.lies_in_package(tree, posixpath.dirname(folder))
            state.own_packages[folder] = is_outermost and _imports_its_parts(state, folder)
        if state.own_packages[folder]:
            return True
    return False


def _imports_its_parts(state: State, folder: str) -> bool:
    base, name = posixpath.split(folder)
    tracked = state.tracked_python()
    for path in (path for one in tracked if f"{one}/".startswith(f"{folder}/") for path in tracked[one]):
        for imported in imports_of(state, path, {name}):
            parts = [imported.module, *(f"{imported.module}.{one}" for one in imported.names)]
            if any("." in part and first_party.exists(state.tree, base, part) for part in parts):
                return True
    return False
