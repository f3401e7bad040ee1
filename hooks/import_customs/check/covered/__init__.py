"""Decide whether an import is covered, and by what: the standard library, a declaration or the repository."""

from __future__ import annotations

from import_customs import providers
from import_customs.check.covered.first_party import contained_by
from import_customs.model import Reason, relative
from import_customs.model.names import prefixes, top
from import_customs.project import runners
from import_customs.project.config import exempted_by
from import_customs.project.first_party import shared_package, under_source_roots
from import_customs.providers import stdlib

TYPE_CHECKING = False
if TYPE_CHECKING:
    from import_customs.check.state import State
    from import_customs.model import Project, Site

# What type checkers and other Pythons bring, and what is made by who installs Python. Sources: typeshed; the
# documentation of PyPy, GraalPy and Pyodide, and of `site`; PEP 600.
_OF_THE_PLATFORM = frozenset(
    {"_typeshed", "__pypy__", "__graalpython__", "pyodide_js", "sitecustomize", "usercustomize", "_manylinux"}
)
# What every type checker, or one of them, has the types of: no distribution is needed for what only it reads.
# Sources: typeshed, stdlib/VERSIONS; ty's documentation, "Typing FAQ".
_OF_TYPE_CHECKERS = frozenset({"typing_extensions", "ty_extensions"})
_GUESSED = {"likely private": "of which nothing is known", "repository": "whose repository or its folder is called so"}
_STANDARD = Reason("standard library")


def covered_by(state: State, site: Site, module: str) -> Reason | None:
    """Why an import of the module is covered at this site; None if nothing covers it."""
    if stdlib.is_core(top(module), site.project.requires_python):
        return _STANDARD
    if declared := _declared(state, site.project, module):
        return declared
    held, roots = contained_by(state, site, module), site.project.source_roots
    if held and (held.kind != "first-party" or under_source_roots(state.tree, roots, site.file, module)):
        return held
    otherwise = _standard_library(site, top(module)) or (stubs_of(site.project, module) if site.for_types else None)
    if otherwise and not held:
        return otherwise
    from import_customs.check.covered import local_projects  # 1 ms; only what nothing above covers plainly gets here

    if held and not local_projects.by_path(state, site, module):
        return held
    return otherwise or local_projects.covering(state, site, module)


def covered_alike(state: State, site: Site, module: str) -> Reason | None:
    """As `covered_by`, asked once for all files of a folder, except where it may depend on the one file."""
    file = site.file
    by_name = stem_of(file) == top(module) or runners.comes_with_host(file, module, has_build_system=False)
    if site.added or by_name:
        return covered_by(state, site, module)
    kind = runners.is_collected(file), site.for_types, site.guarded
    key = site.project.path, file.rpartition("/")[0], module, kind
    if key not in state.reasons:
        state.reasons[key] = covered_by(state, site, module)
    return state.reasons[key]


def stem_of(path: str) -> str:
    """The name of a file up to its first dot."""
    return path.rpartition("/")[2].partition(".")[0]


def is_covered_everywhere(state: State, project: Project, module: str) -> bool:
    """Whether the module is covered wherever in the project it is imported, except in a file of its own name."""
    key = project.path, module
    if key not in state.everywhere:
        state.everywhere[key] = _is_everywhere(state, project, module)
    return state.everywhere[key]


def _is_everywhere(state: State, project: Project, module: str) -> bool:
    return (
        stdlib.is_core(top(module), project.requires_python)
        or _declared(state, project, module) is not None
        or (
            under_source_roots(state.tree, project.source_roots, "", module) == "whole"
            and not shared_package(state.tree, project.source_roots, module)
        )
    )


def _declared(state: State, project: Project, module: str) -> Reason | None:
    key = project.path, module
    if key not in state.declared:
        state.declared[key] = declared_by(project, module)
    return state.declared[key]


def declared_by(project: Project, module: str) -> Reason | None:
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


def stubs_of(project: Project, module: str) -> Reason | None:
    """A declared stub distribution of either naming. Sources: typeshed (types-x), PEP 561 (x-stubs)."""
    for name in (*providers.providers(module), *providers.own_names(module)):
        for stubs in (f"types-{name}", f"{name}-stubs"):
            if stubs in project.declared:
                return Reason("stubs", stubs)
    return None


def covered_or_exempt(state: State, site: Site, module: str, covering: Reason | None) -> Reason | None:
    """What covers the module, else the ignore that exempts it. A guess, and the use of an ignore, are recorded."""
    if covering and covering.kind in _GUESSED:
        note = f"`{top(module)}` is taken for a module of `{covering.name}`, {_GUESSED[covering.kind]}"
        state.warnings[f"{site.project.path}: {note}"] = None
    config = site.project.config
    if covering or not (config.ignore or config.per_file_ignores):
        return covering
    exempting = exempted_by(config, relative(site.file, site.project.folder), module)
    if exempting:
        state.used_ignores.add((site.project.folder, exempting.name))
    return exempting
