"""Decide whether a module is first-party: in which order the places where the repository may contain it count.

`project.first_party` says what exists; not all of it counts where a popular distribution has the module's name.
"""

from __future__ import annotations

import posixpath

from import_customs import providers
from import_customs.check.covered.own_files import defines, imports_itself, imports_of
from import_customs.check.covered.popular import (
    has_popular_provider,
    is_among_well_known,
    is_provided_by_popular,
    is_well_known,
)
from import_customs.check.state import text_of
from import_customs.model import Reason, upwards
from import_customs.model.names import top
from import_customs.model.requirement import normalized
from import_customs.model.source_text import is_file
from import_customs.project import first_party, runners, source_roots
from import_customs.project.module_files import RUNNABLE, holds

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from import_customs.check.state import State
    from import_customs.model import Project, Site

# What compiles modules while a project is built: distributions, and the files that other programs build by.
_COMPILERS = frozenset(
    "cffi cython hatch-cython hatch-mypyc maturin meson-python mypy nanobind py-build-cmake pybind11 scikit-build "
    "scikit-build-core setuptools-golang setuptools-rust sip swig".split()
)
_BUILD_FILES = frozenset({"BUILD", "BUILD.bazel", "CMakeLists.txt", "Cargo.toml", "meson.build"})
_FIRST_PARTY = Reason("first-party")


def contained_by(state: State, site: Site, module: str) -> Reason | None:
    """Why the module counts as the repository's own, or as that of what runs the file; None if it does not."""
    project, tree = site.project, state.tree
    found = under = _beside_or_under_source_roots(state, site, module)
    if found != "whole":
        if _is_said_to_be_installed(state, site, module) or is_called_like(project, module):
            return _FIRST_PARTY
        is_built_here = project.has_build_system and project.folder == site.file.rpartition("/")[0]
        if runners.comes_with_host(site.file, module, is_built_here):
            return Reason("host")
        at_manage_py = first_party.under_source_roots(tree, folders_of_django(state, site), site.file, module)
        found = first_party.surest([under, at_manage_py])
    if found == "whole":
        return None if is_shadowed_by_itself(state, site, module) else _FIRST_PARTY
    if site.for_types and (found == "stub" or first_party.has_stubs(tree, project.source_roots, module)):
        return _FIRST_PARTY
    return _FIRST_PARTY if _is_seen(state, site, module, under) else None


def _is_seen(state: State, site: Site, module: str, under: first_party.Found | None) -> bool:
    """Whether less than a module counts as ours: a stub or an open folder under the source roots, or what lies above.

    A folder without `__init__` never hides an installed package: the path finder goes on (PEP 420). A stub installs
    nothing; where the project compiles, and nothing popular has the name, the build may make its module.
    """
    tree, file = state.tree, site.file
    if under == "open" and ("." in module or not has_popular_provider(module, site.project)):
        return True
    there = under or _above(state, site, module)
    is_there = there is not None and (there != "stub" or _may_be_compiled(state, site, module))
    is_theirs = under == "open" or (is_there and is_well_known(module, site.project))
    is_theirs = is_theirs or (under is None and _lacks_part(state, site, module))
    counts = first_party.above_to_its_end(tree, file, module) or (
        is_there and (not is_theirs or runners.put_there_by_pytest(tree, file, module) == "whole")
    )
    return counts and not is_shadowed_by_itself(
        state, site, module, [*upwards(file.rpartition("/")[0])], any_known=True
    )


def _lacks_part(state: State, site: Site, module: str) -> bool:
    """Whether no folder above the file has a dotted module to its end, and a popular distribution may have it."""
    folders = upwards(site.file.rpartition("/")[0]) if "." in module else ()
    is_lacking = bool(folders) and not any(first_party.exists(state.tree, folder, module) for folder in folders)
    return is_lacking and has_popular_provider(module, site.project)


def _above(state: State, site: Site, module: str) -> first_party.Found | None:
    project, namespace = site.project, ""
    if f"/{top(module)}/" in site.file:
        namespace = source_roots.top_of_namespace(project.name, project.folder, site.file)
    return first_party.above(state.tree, site.file, module, namespace)


def _may_be_compiled(state: State, site: Site, module: str) -> bool:
    """Whether a module of which only a stub is there may be one that the build makes.

    Not where a folder has stubs alone: type checkers are told of other people's modules there (`mypy_path = stubs`).
    """
    stubs = first_party.holding(state.tree, site.project.source_roots, site.file, module)
    return _compiles(state, site.project) and all(holds(state.tree, root, RUNNABLE) for root, _ in stubs)


def _compiles(state: State, project: Project) -> bool:
    """Whether the build of the project may make modules: by what it requires, runs or finds in the folders around."""
    if not _COMPILERS.isdisjoint(project.built_with):
        return True
    setup, *hooks = project.build_scripts or ("setup.py",)
    if any(is_file(state.tree, path) for path in hooks):
        return True
    if any(word in text_of(state, setup) for word in (b"xtension", b"ext_modules", b"cythonize", b"cffi_modules")):
        return True
    return any(not _BUILD_FILES.isdisjoint(state.tree.listing(folder)) for folder in upwards(project.folder))


def folders_of_django(state: State, site: Site) -> tuple[str, ...]:
    """The folders with a manage.py, of the project and above the file."""
    project, tree = site.project, state.tree
    if project.path not in state.django_roots:
        state.django_roots[project.path] = runners.roots_of_django(tree, project.source_roots)
    return (*state.django_roots[project.path], *runners.folders_of_manage_py(tree, site.file))


def is_shadowed_by_itself(
    state: State, site: Site, module: str, started: Sequence[str] = (), *, any_known: bool = False
) -> bool:
    """Whether a file of the module's name imports that name, and so shows that a popular distribution is meant.

    `celery.py` with `from celery import Celery` says so for its folder, and for all below it; not of a dotted name
    that a package on sys.path has to its end: `model/sam2.py` may need `sam2.modeling`. There are the source roots,
    and the folders where Python is, or may be, `started`. `any_known`: a little known distribution will do.
    `langgraph/graph.py` in a folder without `__init__` says so by `from langgraph.graph import StateGraph`.
    """
    if first_party.is_itself(state.tree, site.file, module) and is_provided_by_popular(module, site.project):
        own = [one.names for one in imports_of(state, site.file, {top(module)}) if one.module == module]
        return any(names and not defines(state, site.file, names) for names in own)
    name, roots = f"{top(module)}.py", (*site.project.source_roots, *site.added)
    folders = dict.fromkeys((*upwards(site.file.rpartition("/")[0]), *roots))
    paths = [posixpath.join(folder, name) for folder in folders if state.tree.listing(folder).get(name) is False]
    if not paths:
        return False
    roots = (*roots, *folders_of_django(state, site), *started)
    if "." in module and any(first_party.exists(state.tree, root, module) for root in roots):
        return False
    if not any(imports_itself(state, path, roots) for path in paths):
        return False
    is_known = any_known and any(name != site.project.name for name in providers.providers(module))
    return is_known or is_provided_by_popular(module, site.project)


def is_shared_folder(state: State, site: Site, module: str, submodules: list[str]) -> bool:
    """Whether a popular module is, in the repository, no more than a folder that other files share.

    That is a folder without `__init__`, or one above the file that has each of the submodules.
    """
    if not has_popular_provider(module, site.project):
        return False
    return _beside_or_under_source_roots(state, site, module) == "open" or all(
        first_party.above_to_its_end(state.tree, site.file, submodule) for submodule in submodules
    )


def is_open_folder(state: State, site: Site, module: str) -> bool:
    """Whether the module is, under the source roots, a folder without `__init__`, which other projects may share."""
    return first_party.under_source_roots(state.tree, site.project.source_roots, site.file, module) == "open"


def is_own_package(state: State, site: Site, module: str) -> bool:
    """Whether the module is a package under the source roots to which nobody else adds."""
    roots = site.project.source_roots
    is_whole = first_party.under_source_roots(state.tree, roots, site.file, module) == "whole"
    return is_whole and not first_party.shared_package(state.tree, roots, module)


def may_lack_parts(state: State, site: Site, module: str) -> bool:
    """Whether others may add to the module: it is an open folder, or a package whose `__init__` lets them."""
    roots = site.project.source_roots
    return is_open_folder(state, site, module) or bool(first_party.shared_package(state.tree, roots, module))


def own_namespace(state: State, project: Project, name: str) -> str:
    """The folder of the bare namespace that the project is called after, and adds its part to; "" for none.

    `src/acme/` of acme-billing, which has `src/acme/billing/`. Beside a distribution's package of that name a folder
    right in the project's own may hold scripts.
    """
    part = project.name.removeprefix(f"{normalized(name)}-")
    if part == project.name or providers.is_shared(name):
        return ""
    known = has_popular_provider(name, project)
    for root in project.source_roots:
        folder = posixpath.join(root, *name.split("."))
        if first_party.lies_in_package(state.tree, folder) or (known and root == project.folder):
            continue
        if any(first_party.exists(state.tree, folder, part.replace("-", by)) for by in "_."):
            return folder
    return ""


def holds_submodules(state: State, site: Site, submodules: list[str]) -> bool:
    """Whether the repository has each of the submodules, to its end.

    So are the packages of a bare namespace, what protoc makes, and what a build puts into a package of that name.
    """
    tree, roots = state.tree, (*site.project.source_roots, *site.added)
    return bool(submodules) and all(
        _is_said_to_be_installed(state, site, one)
        or first_party.above_to_its_end(tree, site.file, one)
        or any(first_party.exists(tree, root, one) for root in roots)
        for one in submodules
    )


def place(state: State, site: Site, module: str) -> str:
    """Where the repository has the module, whether or not that counts, as --explain says it; "" if nowhere."""
    project, tree = site.project, state.tree
    for root in project.source_roots:
        if first_party.under_source_roots(tree, (root,), site.file, module):
            return f"under the source root {root or '.'}/"
    if is_called_like(project, module):
        return "called like the project, which is built"
    if _is_said_to_be_installed(state, site, module):
        return "the project says that it provides it"
    return "beside this folder or one above it" if _above(state, site, module) else ""


def _is_said_to_be_installed(state: State, site: Site, module: str) -> bool:
    """Whether the project says that it installs the module, or a file above says that of its own folder."""
    if first_party.is_import_name(site.project.import_names, module):
        return True
    return first_party.is_installed_as(state.tree, upwards(site.file.rpartition("/")[0]), module)


def is_called_like(project: Project, module: str) -> bool:
    """Whether the module is called like the project, whose build backend compiles: it installs the module.

    `check.uncovered.itself` has what shows it for other projects, and for modules that by the index are the project's.
    """
    return project.compiles and is_named_like(project, module)


def is_named_like(project: Project, module: str) -> bool:
    """Whether the module is called like the project, and people mean no popular distribution by that name.

    A little known one that the index names is no reason against it.
    """
    if project.name not in providers.own_names(module):
        return False
    first = next(iter(providers.providers(module)), project.name)
    return first == project.name or not is_among_well_known(first)


def _beside_or_under_source_roots(state: State, site: Site, module: str) -> first_party.Found | None:
    roots = (*site.project.source_roots, *site.added)
    found = first_party.under_source_roots(state.tree, roots, site.file, module)
    if found == "whole":
        return found
    return first_party.surest([found, first_party.beside(state.tree, site.file, module)])
