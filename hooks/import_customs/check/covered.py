"""Decide whether an import is covered, and by what: the standard library, a declaration or the repository."""

from __future__ import annotations

from import_customs import providers
from import_customs.check.first_party import contained_by, is_popular, is_shared_folder
from import_customs.model import Reason
from import_customs.model.names import prefixes, top
from import_customs.project import first_party
from import_customs.providers import stdlib

TYPE_CHECKING = False
if TYPE_CHECKING:
    from import_customs.check.state import State
    from import_customs.model import Import, Project, Site

# What type checkers and other Pythons bring, and what is made by who installs Python. Sources: typeshed; the
# documentation of PyPy, GraalPy and Pyodide, and of `site`; PEP 600.
_OF_THE_PLATFORM = frozenset(
    {"_typeshed", "__pypy__", "__graalpython__", "pyodide_js", "sitecustomize", "usercustomize", "_manylinux"}
)
# What every type checker, or one of them, has the types of: no distribution is needed for what only it reads.
# Sources: typeshed, stdlib/VERSIONS; ty's documentation, "Typing FAQ".
_OF_TYPE_CHECKERS = frozenset({"typing_extensions", "ty_extensions"})
_STANDARD = Reason("standard library")


def covered_by(state: State, site: Site, module: str) -> Reason | None:
    """Why an import of the module is covered at this site; None if nothing covers it."""
    if stdlib.is_core(top(module), site.project.requires_python):
        return _STANDARD
    return (
        _declaration(site.project, module)
        or _contained(state, site, module)
        or _standard_library(site, top(module))
        or (_stubs(site.project, module) if site.for_types else None)
        or _declared_local_project(state, site, module)
        or _likely_private(state, site, module)
    )


def is_covered_everywhere(state: State, project: Project, module: str) -> bool:
    """Whether the module is covered wherever in the project it is imported, except in a file of its own name."""
    return (
        stdlib.is_core(top(module), project.requires_python)
        or _declaration(project, module) is not None
        or first_party.under_source_roots(state.tree, project.source_roots, "", module) == "whole"
    )


def modules_meant(state: State, site: Site, imported: Import) -> list[str]:
    """The modules that an import may mean: `from google.cloud import storage` means google.cloud.storage.

    Likewise if a folder without `__init__` stands for the module, which holds nothing but its submodules, and if
    all that is named are submodules of a folder above the file.
    """
    module = imported.module
    submodules = [f"{module}.{name}" for name in imported.names]
    if submodules and (
        providers.is_namespace(module)
        or is_shared_folder(state, site, module, submodules)
        or _is_shared_by_local_projects(state, site, module)
    ):
        return submodules
    private = [one for one in submodules if _is_private(site.project, one)]
    return private if private and len(private) == len(submodules) else [*private, module]


def _is_private(project: Project, module: str) -> bool:
    """Whether a declared distribution that no index can know is called by the whole dotted name."""
    _, whole = next(providers.dotted_names(module))
    return whole in project.declared and providers.private_provider(module, {whole}, project.elsewhere) == whole


def _contained(state: State, site: Site, module: str) -> Reason | None:
    """Why the repository contains the module for this project; what is found above may be another project's."""
    found = contained_by(state, site, module)
    if found is None or found.kind != "first-party":
        return found
    if first_party.under_source_roots(state.tree, site.project.source_roots, site.file, module):
        return found
    from import_customs.check import local_projects  # 0.6 ms; only what stands beside the file or above gets here

    return None if local_projects.by_path(state, site, module) else found


def _declaration(project: Project, module: str) -> Reason | None:
    """The declared distribution that installs the module, as `provides` says or as the index knows."""
    configured = configured_providers(project, module) if project.config.provides else []
    for name in configured:
        if name in project.declared:
            return Reason("provides", name)
    declared = providers.declared_provider(module, project.declared)
    declared = declared or providers.private_provider(module, project.declared, project.elsewhere)
    return Reason("declared", declared) if declared else None


def configured_providers(project: Project, module: str) -> list[str]:
    """The distributions that the user's `provides` table names for the module, the longest prefix first."""
    table = dict(project.config.provides)
    return [name for prefix in prefixes(module) for name in table.get(prefix, ())]


def _standard_library(site: Site, module: str) -> Reason | None:
    standing = stdlib.in_stdlib(module, site.project.requires_python)
    if standing == "always":
        return _STANDARD
    if standing == "sometimes":
        if site.guarded:
            return Reason("guard")
        substitute = stdlib.substitute(module)
        if substitute in site.project.declared:
            return Reason("substitute", str(substitute))
    is_there = module in _OF_THE_PLATFORM or (site.for_types and module in _OF_TYPE_CHECKERS)
    return Reason("platform") if is_there else None


def built_with(state: State, site: Site, module: str) -> Reason | None:
    """The build requirement that covers the module, where the build runs the file: nothing else has it installed."""
    name = providers.declared_provider(module, site.project.built_with) if site.project.built_with else None
    if name is None:
        return None
    from import_customs.check.build_files import is_run_by_build  # 0.5 ms; few files import what builds the project

    return Reason("build requirement", name) if is_run_by_build(state, site) else None


def _stubs(project: Project, module: str) -> Reason | None:
    """A declared stub distribution of either naming. Sources: typeshed (types-x), PEP 561 (x-stubs)."""
    for name in (*providers.providers(module), *providers.own_names(module)):
        for stubs in (f"types-{name}", f"{name}-stubs"):
            if stubs in project.declared:
                return Reason("stubs", stubs)
    return None


def _declared_local_project(state: State, site: Site, module: str) -> Reason | None:
    from import_customs.check import local_projects  # 0.6 ms; only an import that nothing else covers gets here

    return local_projects.declared_joined(state, site, module)


def _is_shared_by_local_projects(state: State, site: Site, module: str) -> bool:
    """Whether local projects install parts below the module, and none installs it."""
    from import_customs.check import local_projects  # 0.6 ms; only what is read exactly gets here

    return local_projects.is_namespace(state, site, module, everywhere=False)


def _likely_private(state: State, site: Site, module: str) -> Reason | None:
    """A declared distribution of which nothing is known and whose name begins with the module's.

    Not for the modules of popular ones: `requests-of-ours` does not bring requests. Not where the repository holds
    the distribution, and so tells what it installs, or holds what is meant.
    """
    project = site.project
    if is_popular(module, project) or not providers.likely_private_provider(module, project.declared):
        return None
    from import_customs.check import local_projects  # 0.6 ms; seldom is a name all that is known

    if found := local_projects.declared(state, site, module):
        return found
    others = [name for name in project.declared if not local_projects.is_local(state, project, name)]
    private = providers.likely_private_provider(module, others)
    return Reason("likely private", private) if private and not local_projects.meant(state, site, module) else None
