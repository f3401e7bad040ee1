"""One state of the files in, the findings of each file out: the rules, with no git and no printing."""

import posixpath
from collections.abc import Iterable
from typing import NamedTuple

from import_customs import findings, providers, stdlib
from import_customs.errors import CheckError
from import_customs.findings import Finding
from import_customs.imports import Import, imports_of, screen_file
from import_customs.project import NONE, Project, first_party, nearest
from import_customs.tree import Tree

_POPULAR = 8000  # of the most downloaded distributions, how many are not hidden by a folder of their module's name
_OF_TYPE_CHECKERS = frozenset({"_typeshed"})  # what they bring themselves


class Site(NamedTuple):
    """Where an import stands: what its judgement depends on besides its module."""

    project: Project
    file: str
    for_types: bool  # under TYPE_CHECKING or in a stub file: a stub distribution meets it too
    guarded: bool  # by `try` or by a version test


class Judge:
    """Judges the files of one state; keeps what it learnt of projects and modules for the next file."""

    def __init__(self, tree: Tree, *, lenient: bool = False) -> None:
        """A `lenient` judge takes a project that is missing or cannot be read for one that declares nothing."""
        self.tree = tree
        self._lenient = lenient
        self.warnings: dict[str, None] = {}
        self.outside: list[Finding] = []  # what would be findings if a project governed their files
        self._projects: dict[str, Project | None] = {}
        self._settled: dict[tuple[str, str], bool] = {}

    def project_of(self, folder: str) -> Project | None:
        """The project that governs the files of a folder. Raises CheckError where its pyproject.toml cannot be read."""
        try:
            return nearest(self.tree, folder, self._projects) or (NONE if self._lenient else None)
        except CheckError:
            if self._lenient:
                return NONE
            raise

    def findings(self, path: str, source: bytes) -> list[Finding]:
        """The findings of one file, by line; where it belongs to no project they are kept as `outside`.

        Raises CheckError where its project cannot be read, or leaves its dependencies to what cannot be read.
        """
        governing = self.project_of(posixpath.dirname(path))
        project = governing or NONE
        self.warnings.update(dict.fromkeys(project.warnings))
        modules, unclear = screen_file(path, source)
        site = Site(project, path, for_types=False, guarded=False)
        if not unclear and all(self._is_settled(site, module) for module in modules):
            return []
        found = self._exact(site, source)
        if governing is None:
            self.outside.extend(found)
            return []
        if found and project.unread and not self._lenient:
            raise CheckError(
                f"the dependencies of this project cannot be read: {project.unread}",
                hint="state them in [project] dependencies or in [dependency-groups]; nothing was checked",
                path=project.path,
            )
        return found

    def tools(self, findings: Iterable[Finding]) -> dict[str, str | None]:
        """By the path of each project with findings: the tool that visibly manages it."""
        projects = {finding.project: self.project_of(posixpath.dirname(finding.project)) for finding in findings}
        return {path: project.tool if project else None for path, project in projects.items()}

    def _is_settled(self, site: Site, module: str) -> bool:
        """Whether any import of the module in the site's folder is covered, however it is guarded."""
        key = (posixpath.dirname(site.file), module)
        if posixpath.basename(site.file).partition(".")[0] == module.partition(".")[0]:
            return not providers.is_namespace(module) and self._covers(site, module)  # a file is not what it imports
        if key not in self._settled:
            self._settled[key] = not providers.is_namespace(module) and self._covers(site, module)
        return self._settled[key]

    def _exact(self, site: Site, source: bytes) -> list[Finding]:
        imports, warnings = imports_of(site.file, source)
        self.warnings.update(dict.fromkeys(f"{site.file}: {warning}" for warning in warnings))
        found: dict[tuple[str, int], Finding] = {}
        lines = source.decode("utf-8", "replace").splitlines()
        for imported in imports:
            exact = site._replace(
                for_types=imported.guard == "type-checking" or site.file.endswith(".pyi"),
                guarded=imported.guard in ("try", "version"),
            )
            for module in self._candidates(exact, imported):
                if not self._covers(exact, module):
                    excerpt = lines[imported.line - 1] if imported.line <= len(lines) else ""
                    finding = _finding(exact, module, imported, excerpt)
                    found.setdefault((finding.module, finding.line), finding)
        return list(found.values())

    def _covers(self, site: Site, module: str) -> bool:
        """Whether a declaration, the standard library or the repository itself gives the module."""
        top = module.partition(".")[0]
        return (
            stdlib.is_core(top, site.project.requires_python)
            or providers.met_by(module, site.project.declared) is not None
            or self._is_first_party(site, module)
            or _is_standard(site, top)
            or (site.for_types and _met_by_stubs(module, site.project))
            or self._seems_private(site, module)
        )

    def _is_first_party(self, site: Site, module: str) -> bool:
        found = self._found(site, module)
        if found == "whole" or _is_brought(site, module):
            return True
        # A folder without `__init__` never hides an installed package: the path finder goes on (PEP 420).
        is_there = found == "open" or first_party.above(self.tree, site.file, module) is not None
        return is_there and not _is_popular(module, site.project)

    def _found(self, site: Site, module: str) -> first_party.Found | None:
        roots = site.project.source_roots
        found = first_party.under_source_roots(self.tree, roots, site.file, module)
        return found if found == "whole" else first_party.beside(self.tree, site.file, module) or found

    def _candidates(self, site: Site, imported: Import) -> Iterable[str]:
        """The modules that may be meant: `from google.cloud import storage` means google.cloud.storage.

        Likewise where a folder without `__init__` stands for the module, which holds nothing but its submodules.
        """
        module = imported.module
        if imported.names and (providers.is_namespace(module) or self._is_shared_folder(site, module)):
            return [f"{module}.{name}" for name in imported.names]
        return [module]

    def _is_shared_folder(self, site: Site, module: str) -> bool:
        return self._found(site, module) == "open" and _is_popular(module, site.project)

    def _seems_private(self, site: Site, module: str) -> bool:
        """Whether a declared distribution of which nothing is known has a name that begins with the module's."""
        private = providers.likely_private(module, site.project.declared)
        if private:
            note = f"`{module.partition('.')[0]}` is taken for a module of `{private}`, of which nothing is known"
            self.warnings[f"{site.project.path}: {note}"] = None
        return private is not None


def _is_brought(site: Site, module: str) -> bool:
    return first_party.brought_by_runner(site.file, module.partition(".")[0], site.project.has_build_system)


def _is_standard(site: Site, top: str) -> bool:
    standing = stdlib.standing(top, site.project.requires_python)
    brought = site.guarded or stdlib.substitute(top) in site.project.declared
    return standing == "always" or (standing == "sometimes" and brought) or top in _OF_TYPE_CHECKERS


def _met_by_stubs(module: str, project: Project) -> bool:
    """Whether a stub distribution of either naming is declared. Sources: typeshed (types-x), PEP 561 (x-stubs)."""
    named = [*providers.providers(module), *providers.own_names(module)]
    return any(f"types-{name}" in project.declared or f"{name}-stubs" in project.declared for name in named)


def _is_popular(module: str, project: Project) -> bool:
    """Whether one of the most downloaded distributions, and not the project itself, provides the module."""
    ranks = [providers.rank(name) for name in providers.providers(module) if name != project.name]
    return any(rank is not None and rank <= _POPULAR for rank in ranks)


def _worth_naming(known: list[str]) -> list[str]:
    """The best provider, and the popular ones after it: the long tail of forks helps nobody."""
    return known[:1] + [name for name in known[1:] if providers.rank(name) is not None]


def _named(module: str, known: list[str]) -> str:
    """As much of the dotted name as it takes to tell the provider; where none is known, the part that names one."""
    if not known:
        return module if providers.is_namespace(module.partition(".")[0]) else module.partition(".")[0]
    parts = module.split(".")
    prefixes = (".".join(parts[:end]) for end in range(1, len(parts)))
    return next((prefix for prefix in prefixes if providers.providers(prefix) == known), module)


def _finding(site: Site, module: str, imported: Import, excerpt: str) -> Finding:
    project, top = site.project, module.partition(".")[0]
    known = providers.providers(module)
    if stdlib.standing(top, project.requires_python) == "sometimes":
        rule, shown, known = "stdlib-version", top, [stdlib.substitute(top) or ""]
        message = findings.stdlib_version(top, project.requires_python, stdlib.backport(top))
    elif known:
        rule, shown = "undeclared", _named(module, known)
        message = findings.undeclared(shown, known, project.path)
    else:
        rule, shown = "unknown", _named(module, known)
        message = findings.unknown(shown, project.path)
    return Finding(
        path=site.file,
        line=imported.line,
        column=imported.column,
        module=shown,
        rule=rule,
        providers=tuple(_worth_naming([name for name in known if name])),
        project=project.path,
        guard=imported.guard,
        via=(),
        message=message,
        excerpt=excerpt,
    )
