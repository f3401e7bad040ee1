"""One state of the files in, the findings of each file out: the rules, with no git and no printing."""

import posixpath
from collections.abc import Iterable
from typing import TYPE_CHECKING

from import_customs import providers
from import_customs.check import rules
from import_customs.check.covered import Cover, met_by, provided
from import_customs.imports import read_source
from import_customs.imports.source_file import SourceFile
from import_customs.model import NO_PROJECT, CheckError, Config, Finding, Import, Locations, Project, Site, Tree
from import_customs.model.requirement import Name
from import_customs.project import first_party, nearest, of_requirements, of_script
from import_customs.providers import stdlib
from import_customs.repository.select import SCRIPT

if TYPE_CHECKING:
    from import_customs.check.uncovered import Unmet
    from import_customs.providers.evidence import Evidence


class Judge:
    """Judges the files of one state; keeps what it learnt of projects and modules for the next file."""

    def __init__(self, tree: Tree, around: Locations | None = None, *, lenient: bool = False) -> None:
        """`around` says where a lock file and an environment are looked for; without it there are none.

        A `lenient` judge takes a project that is missing or cannot be read for one that declares nothing.
        """
        self.tree = tree
        self.around = around
        self._unmet: Unmet | None = None
        self._lenient = lenient
        self.warnings: dict[str, None] = {}
        self.outside: list[Finding] = []  # what would be findings if a project governed their files
        self._projects: dict[str, Project | None] = {}
        self._of_requirements: Project | None = None
        self._given: dict[str, set[str]] = {}  # by project: modules that are covered in all its files
        self._settled: dict[tuple[str, str, str, bool], bool] = {}  # by project, folder, module, whether in a test
        self._cover = Cover(tree, self._projects, self.warnings)
        self._used: set[tuple[str, str]] = set()  # a project's folder, and an entry of its ignores that met something

    def project_of(self, folder: str) -> Project | None:
        """The project that governs the files of a folder. Raises CheckError where its pyproject.toml cannot be read."""
        try:
            return nearest(self.tree, folder, self._projects) or self._without_pyproject()
        except CheckError:
            if self._lenient:
                return NO_PROJECT
            raise

    def _without_pyproject(self) -> Project | None:
        """What governs a file with no pyproject.toml above it: the requirements files that the command line names."""
        if self.around is None or not self.around.requirements_files:
            return NO_PROJECT if self._lenient else None
        if self._of_requirements is None:
            self._of_requirements = of_requirements(self.tree, self.around.requirements_files)
        return self._of_requirements

    def findings(self, path: str, source: bytes) -> list[Finding]:
        """The findings of one file, by line; where it belongs to no project they are kept as `outside`.

        Raises CheckError where its project cannot be read, or leaves its dependencies to what cannot be read.
        """
        governing = self._script(path, source) or self.project_of(posixpath.dirname(path))
        project = governing or NO_PROJECT
        self.warnings.update(dict.fromkeys(project.warnings))
        file = read_source(path, source)
        modules, unclear = file.screened()
        site = Site(project, path, for_types=False, guarded=False)
        left = None if unclear or project.config.rules else self._unsettled(site, modules, file)
        found = [] if left == set() else self._exact(site, file, left)
        if governing is None:
            self.outside.extend(found)
            return []
        if found and project.unread and not self._lenient:
            raise CheckError(
                f"the dependencies of this project cannot be read: {project.unread}",
                hint='name the files that have them: [tool.import-customs] requirements-files = ["…"]',
                path=project.path,
            )
        return found

    def _script(self, path: str, source: bytes) -> Project | None:
        """The project that a script with metadata is to itself, checked as the project around it asks for."""
        if SCRIPT not in source:
            return None
        try:
            script = of_script(self.tree, path, source)
            around = self.project_of(posixpath.dirname(path)) if script and script.config == Config() else None
        except CheckError:
            if self._lenient:
                return NO_PROJECT
            raise
        return script._replace(config=around.config, folder=around.folder) if script and around else script

    def tools(self, findings: Iterable[Finding]) -> dict[str, str | None]:
        """By the path of each project with findings: the tool that visibly manages it."""
        projects = {finding.project: self.project_of(posixpath.dirname(finding.project)) for finding in findings}
        return {path: project.tool if project else None for path, project in projects.items()}

    def unused_ignores(self) -> list[str]:
        """A warning for each entry of the projects' ignores that met nothing so far."""
        from import_customs.check import ignores

        projects = {project.path: project for project in self._projects.values() if project}
        return [
            f"{path}: the ignore `{entry}` meets nothing"
            for path, project in sorted(projects.items())
            for entry in ignores.entries(project.config)
            if (project.folder, entry) not in self._used
        ]

    def _unsettled(self, site: Site, modules: set[str], file: SourceFile) -> set[str]:
        """Those of the modules that are not covered or ignored in the site's file however they are imported."""
        given = self._given.setdefault(site.project.path, set())
        stem = posixpath.basename(site.file).partition(".")[0]
        left = set()
        for module in modules:
            if module in given and stem not in module:  # a file is not what it imports
                continue
            is_namespace = providers.is_namespace(module)
            parts = _parts(file, module) if is_namespace else [module]
            if not parts or not all(self._is_settled(site, part) for part in parts):
                left.add(module)
            elif not is_namespace and self._cover.is_given(site, module):
                given.add(module)
        return left

    def _is_settled(self, site: Site, module: str) -> bool:
        """Whether any import of the module in the site's folder is covered or ignored, however it is guarded."""
        key = (site.project.path, posixpath.dirname(site.file), module, first_party.is_collected(site.file))
        stem = posixpath.basename(site.file).partition(".")[0]
        if stem == module.partition(".")[0] or first_party.is_brought(site.file, module, has_build_system=False):
            covered = self._cover.covers(site, module)  # not what its neighbour has
        else:
            if key not in self._settled:
                self._settled[key] = self._cover.covers(site, module)
            covered = self._settled[key]
        return covered or self._is_ignored(site, module)

    def _is_ignored(self, site: Site, module: str) -> bool:
        config = site.project.config
        if not config.ignore and not config.per_file_ignores:
            return False
        from import_customs.check import ignores  # 0.2 ms; most projects have none

        path = posixpath.relpath(site.file, site.project.folder or ".")
        entry = ignores.by_config(config, path, module)
        if entry:
            self._used.add((site.project.folder, entry))
        return entry is not None

    def _exact(self, site: Site, file: SourceFile, modules: set[str] | None) -> list[Finding]:
        """The findings of the file, as far as these modules have some; None: of any."""
        from import_customs.check import ignores

        imports, warnings = file.imports(modules)
        self.warnings.update(dict.fromkeys(f"{site.file} {warning}" for warning in warnings))
        found: dict[tuple[str, int], Finding] = {}
        if "sys.path" in file.python:
            site = site._replace(added=first_party.added(self.tree, site.file, file.python))
        for imported in imports:
            if modules is not None and imported.module not in modules:
                continue
            excerpt = file.lines[imported.line - 1] if imported.line <= len(file.lines) else ""
            if ignores.is_inline(excerpt) or (site.project.config.guarded == "ignore" and imported.guard):
                continue
            blocked = list(self._of_import(site, imported, excerpt))
            if (
                blocked
                and imported.guard == "version"
                and file.never_runs(imported, stdlib.supported(site.project.requires_python))
            ):
                continue
            if blocked and first_party.beside_what_is_run(self.tree, site.file, file.python, _named(imported)):
                continue
            for finding in blocked:
                found.setdefault((finding.module, finding.line), finding)
        return list(found.values())

    def _of_import(self, site: Site, imported: Import, excerpt: str) -> Iterable[Finding]:
        exact = site._replace(
            for_types=imported.guard == "type-checking" or site.file.endswith(".pyi"),
            guarded=imported.guard in ("try", "version"),
        )
        for module in self._cover.candidates(exact, imported):
            if self._cover.covers(exact, module):
                if site.project.config.rules and (met := met_by(site.project, module)):
                    from import_customs.check.rules import opt_in  # 0.1 ms; only where a project opts in

                    known = {met, *provided(site.project, module), *providers.providers(module)}
                    yield from opt_in.broken(exact, module, imported, known, excerpt)
            elif not self._is_ignored(exact, module):
                yield from self._blocked(exact, module, imported, excerpt)

    def _blocked(self, site: Site, module: str, imported: Import, excerpt: str) -> Iterable[Finding]:
        """The findings of an import that nothing covers; none where a lock file or an environment shows otherwise."""
        top = module.partition(".")[0]
        if stdlib.standing(top, site.project.requires_python) == "sometimes":
            yield rules.stdlib_version(site, top, imported, excerpt)
            return
        yield from self._beyond().findings(site, module, imported, self._cover.local(site.project, module), excerpt)
        self.warnings.update(dict.fromkeys(self.evidence(site.project).warnings))

    def evidence(self, project: Project) -> "Evidence":
        """What a lock file and an environment say of the project, gathered once."""
        return self._beyond().surrounded(project).evidence

    def siblings(self, project: Project) -> dict[str, Name]:
        """The modules that the local projects around this one install, with the name of each one's."""
        return self._cover.siblings(project)

    def _beyond(self) -> "Unmet":
        if self._unmet is None:
            from import_customs.check.uncovered import Unmet  # 40 ms; only what is about to be a finding gets here

            self._unmet = Unmet(self.tree, self.around)
        return self._unmet


def _named(imported: Import) -> list[str]:
    """The submodules that an import may mean, by their dotted names."""
    module, is_dotted = imported.module, "." in imported.module
    return [module] if is_dotted else [f"{module}.{name}" for name in imported.names] or [module]


def _parts(file: SourceFile, module: str) -> list[str]:
    """A namespace and at least the parts of it that the file imports; none where only `_exact` can tell."""
    taken = file.screened_names(module)
    return [] if taken is None else [module, *(f"{module}.{name}" for name in taken)]
