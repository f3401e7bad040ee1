"""A module that a file imports in; out whether a declaration, the standard library or the repository gives it."""

import posixpath
from collections.abc import Iterable

from import_customs import providers
from import_customs.model import Import, Project, Site, Tree
from import_customs.model.requirement import Name
from import_customs.project import first_party, siblings
from import_customs.providers import stdlib

_POPULAR = 8000  # of the most downloaded distributions, how many are not hidden by a folder of their module's name
# What type checkers and other Pythons bring, and what is made by who installs Python. Sources: typeshed; the
# documentation of PyPy, GraalPy and Pyodide, and of `site`; PEP 600.
OF_THE_PLATFORM = frozenset(
    {"_typeshed", "__pypy__", "__graalpython__", "pyodide_js", "sitecustomize", "usercustomize", "_manylinux"}
)


class Cover:
    """What gives modules in one state of the files; keeps what it read of local projects for the next question."""

    def __init__(self, tree: Tree, projects: dict[str, Project | None], warnings: dict[str, None]) -> None:
        """`projects` are those that were read, by folder; to `warnings` a note is added where a module is a guess."""
        self._tree = tree
        self._projects = projects
        self._warnings = warnings
        self._of_django: dict[str, tuple[str, ...]] = {}  # by project: the folders of its manage.py
        self._siblings: dict[str, dict[str, Name]] = {}  # by project: the modules of the local projects around it

    def is_given(self, site: Site, module: str) -> bool:
        """Whether the module is covered wherever in the project it is imported, but in a file of its own name."""
        top, project = module.partition(".")[0], site.project
        return (
            stdlib.is_core(top, project.requires_python)
            or met_by(project, module) is not None
            or first_party.under_source_roots(self._tree, project.source_roots, "", module) == "whole"
        )

    def covers(self, site: Site, module: str) -> bool:
        """Whether a declaration, the standard library or the repository itself gives the module."""
        top = module.partition(".")[0]
        return (
            stdlib.is_core(top, site.project.requires_python)
            or met_by(site.project, module) is not None
            or self._is_first_party(site, module)
            or _is_standard(site, top)
            or (site.for_types and _met_by_stubs(module, site.project))
            or self._sibling(site.project, module) in site.project.declared
            or self._seems_private(site, module)
        )

    def local(self, project: Project, module: str) -> list[str]:
        """The providers that the project itself tells of: by its `provides`, and its siblings."""
        sibling = self._sibling(project, module)
        return [*provided(project, module), *([sibling] if sibling else [])]

    def siblings(self, project: Project) -> dict[str, Name]:
        """The modules that local projects install, such as other members of the workspace, with these projects."""
        if project.path not in self._siblings:
            self._siblings[project.path] = siblings(self._tree, project, self._projects)
        return self._siblings[project.path]

    def _sibling(self, project: Project, module: str) -> Name | None:
        known, parts = self.siblings(project), module.split(".")
        prefixes = (".".join(parts[:end]) for end in range(len(parts), 0, -1))
        return next((known[prefix] for prefix in prefixes if prefix in known), None)

    def _is_first_party(self, site: Site, module: str) -> bool:
        project, found = site.project, self._found(site, module)
        is_own = first_party.is_stated(project.import_names, module) or is_called_like(project, module)
        if found == "whole" or is_own or first_party.is_brought(site.file, module, _has_build_system(site)):
            return True
        found = first_party.surest([found, self._beside_manage_py(site, module)])
        if found == "whole" or (found == "stub" and site.for_types):
            return True
        # A folder without `__init__` never hides an installed package: the path finder goes on (PEP 420). A stub
        # installs nothing; where nothing popular would, it may stand for a module that is compiled or made elsewhere.
        is_there = found or first_party.above(self._tree, site.file, module)
        if is_there is None or not _is_popular(module, project):
            return is_there is not None
        if first_party.above_to_its_end(self._tree, site.file, module):
            return True
        return first_party.put_there_by_pytest(self._tree, site.file, module) == "whole"

    def _beside_manage_py(self, site: Site, module: str) -> first_party.Found | None:
        path = site.project.path
        if path not in self._of_django:
            self._of_django[path] = first_party.roots_of_django(self._tree, site.project.source_roots)
        return first_party.beside_manage_py(self._tree, self._of_django[path], site.file, module)

    def _found(self, site: Site, module: str) -> first_party.Found | None:
        roots = (*site.project.source_roots, *site.added)
        found = first_party.under_source_roots(self._tree, roots, site.file, module)
        if found == "whole":
            return found
        return first_party.surest([found, first_party.beside(self._tree, site.file, module)])

    def candidates(self, site: Site, imported: Import) -> Iterable[str]:
        """The modules that may be meant: `from google.cloud import storage` means google.cloud.storage.

        Likewise where a folder without `__init__` stands for the module, which holds nothing but its submodules, and
        where all that is named are submodules of a folder above the file.
        """
        module = imported.module
        submodules = [f"{module}.{name}" for name in imported.names]
        if submodules and (
            providers.is_namespace(module)
            or self._is_folder(site, module, submodules)
            or self._is_shared_by_siblings(site.project, module)
        ):
            return submodules
        return [module]

    def _is_folder(self, site: Site, module: str, submodules: list[str]) -> bool:
        if not _is_popular(module, site.project):
            return False
        return self._found(site, module) == "open" or all(
            first_party.above_to_its_end(self._tree, site.file, submodule) for submodule in submodules
        )

    def _is_shared_by_siblings(self, project: Project, module: str) -> bool:
        """Whether local projects install parts below the module, and none installs it."""
        is_theirs = self._sibling(project, module) is not None
        return not is_theirs and any(known.startswith(f"{module}.") for known in self.siblings(project))

    def _seems_private(self, site: Site, module: str) -> bool:
        """Whether a declared distribution of which nothing is known has a name that begins with the module's.

        Not for the modules of popular ones: `requests-of-ours` does not bring requests.
        """
        if _is_popular(module, site.project):
            return False
        private = providers.likely_private(module, site.project.declared)
        if private:
            note = f"`{module.partition('.')[0]}` is taken for a module of `{private}`, of which nothing is known"
            self._warnings[f"{site.project.path}: {note}"] = None
        return private is not None


def is_called_like(project: Project, module: str) -> bool:
    """Whether the module is called like the project, which is built: it installs the module, whatever it is made of.

    Not where a popular distribution is what people mean by that name; a little known one that the index names is no
    reason against it. Of what the index knows to be the project's, built or not and however called: providers.is_of.
    """
    if not project.has_build_system or project.name not in providers.own_names(module):
        return False
    first = next(iter(providers.providers(module)), project.name)
    return first == project.name or not _is_among_popular(first)


def _has_build_system(site: Site) -> bool:
    """Whether the pyproject.toml beside the file names one."""
    return site.project.has_build_system and site.project.folder == posixpath.dirname(site.file)


def _is_standard(site: Site, top: str) -> bool:
    standing = stdlib.standing(top, site.project.requires_python)
    brought = site.guarded or stdlib.substitute(top) in site.project.declared
    return standing == "always" or (standing == "sometimes" and brought) or top in OF_THE_PLATFORM


def _met_by_stubs(module: str, project: Project) -> bool:
    """Whether a stub distribution of either naming is declared. Sources: typeshed (types-x), PEP 561 (x-stubs)."""
    named = [*providers.providers(module), *providers.own_names(module)]
    return any(f"types-{name}" in project.declared or f"{name}-stubs" in project.declared for name in named)


def _is_popular(module: str, project: Project) -> bool:
    """Whether one of the most downloaded distributions, and not the project itself, provides the module."""
    return any(_is_among_popular(name) for name in providers.providers(module) if name != project.name)


def _is_among_popular(name: str) -> bool:
    rank = providers.rank(name)
    return rank is not None and rank <= _POPULAR


def provided(project: Project, module: str) -> list[str]:
    """The distributions that the user's `provides` table names for the module, the longest prefix first."""
    table = dict(project.config.provides)
    parts = module.split(".")
    prefixes = (".".join(parts[:end]) for end in range(len(parts), 0, -1))
    return [name for prefix in prefixes for name in table.get(prefix, ())]


def met_by(project: Project, module: str) -> str | None:
    """The declared distribution that gives the module."""
    named = provided(project, module) if project.config.provides else []
    first = next((name for name in named if name in project.declared), None)
    return first or providers.met_by(module, project.declared)
