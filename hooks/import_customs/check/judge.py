"""Judge one file of a state: which of its imports are findings, and why the others pass. No git, no printing."""

from __future__ import annotations

import posixpath

from import_customs import providers
from import_customs.check.covered import (
    built_with,
    configured_providers,
    covered_by,
    is_covered_everywhere,
    modules_meant,
)
from import_customs.check.first_party import is_provided_by_popular
from import_customs.check.state import project_of
from import_customs.imports import read_source
from import_customs.model import NO_PROJECT, PLATFORMS, SCRIPT_MARK, CheckError, Config, Finding, Project, Reason, Site
from import_customs.model.names import top
from import_customs.project import first_party, of_script
from import_customs.providers import stdlib

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from import_customs.check.state import State
    from import_customs.imports.source_file import SourceFile
    from import_customs.model import Import


_WHERE_IT_RUNS = frozenset({"version", "platform"})  # guards that may tell where an import runs
_MAY_BE_MISSING = frozenset({"try", "version"})  # guards by which a module of the standard library may be missing


def findings(state: State, path: str, source: bytes) -> list[Finding]:
    """The findings of one file, by line; if it belongs to no project they are kept as `state.outside`.

    Raises CheckError if it cannot be read, nor its project, or if that leaves its dependencies to what cannot be.
    """
    file = read_source(path, source)
    if not state.lenient:
        file.refuse_unreadable()
    governing = governing_project(state, file)
    project = governing or NO_PROJECT
    state.warnings.update(dict.fromkeys(project.warnings))
    modules, unclear = file.screened()
    site = Site(project, path, for_types=False, guarded=False)
    left = None if unclear or project.config.rules else _not_settled_by_screen(state, site, modules, file)
    found = [] if left == set() else _judged_exactly(state, site, file, left)
    if governing is None:
        state.outside.extend(found)
        return []
    if found:
        refuse_unread(state, project)
    return found


def governing_project(state: State, file: SourceFile) -> Project | None:
    """The project of a file, which a script may be itself. Raises CheckError if the project cannot be read."""
    return _of_script(state, file) or project_of(state, posixpath.dirname(file.path))


def judged_imports(
    state: State, site: Site, file: SourceFile, modules: set[str] | None = None
) -> Iterator[tuple[Import, Finding | Reason]]:
    """Each import of the file, as far as it imports these modules (None: any), with its finding or why it passes."""
    imports, warnings = file.imports(modules)
    exempt = _exempted_by_comment(file, imports)
    state.warnings.update(dict.fromkeys(f"{file.path} {warning}" for warning in warnings))
    if "sys.path" in file.python or "syspath_prepend" in file.python:
        from import_customs.project.sys_path import folders_added  # 0.4 ms; few files do it

        site = site._replace(added=folders_added(state.tree, file.path, file.python))
    for imported in imports:
        if modules is None or imported.module in modules:
            judged = [Reason("comment")] if imported in exempt else _judge_in_file(state, site, file, imported)
            yield from ((imported, one) for one in judged)


def _exempted_by_comment(file: SourceFile, imports: list[Import]) -> set[Import]:
    if "import-customs" not in file.python:
        return set()
    from import_customs.check import ignores  # 0.2 ms; few files hold such a comment

    return ignores.exempted_by_comment(file, imports)


def judge_import(state: State, site: Site, imported: Import) -> Iterator[Finding | Reason]:
    """Of each module that the import may mean the findings, or the reason why it passes."""
    exact = site._replace(
        for_types="type-checking" in imported.guards or site.file.endswith(".pyi"),
        guarded=not _MAY_BE_MISSING.isdisjoint(imported.guards),
    )
    for module in modules_meant(state, exact, imported):
        covering = covered_by(state, exact, module) or built_with(state, exact, module)
        reason = _why_it_passes(state, exact, module, covering)
        if reason is None:
            yield from _judge_uncovered(state, exact, module, imported)
        elif broken := _broken_rules(exact, module, imported, reason):
            yield from broken
        else:
            yield reason


def _judge_uncovered(state: State, site: Site, module: str, imported: Import) -> Iterator[Finding | Reason]:
    """What files around the import show of it, then what the lock file and the environment do."""
    from import_customs.check.started import contained_by_evidence  # 1 ms; only likely findings get here

    reason = contained_by_evidence(state, site, module, imported)
    if reason:
        yield reason
        return
    from import_customs.check.uncovered import judge_uncovered  # 16 ms

    yield from judge_uncovered(state, site, module, imported)


def refuse_unread(state: State, project: Project) -> None:
    """Raise CheckError if the project leaves its dependencies to what cannot be read: a finding may be wrong."""
    if project.unread and not state.lenient:
        raise CheckError(
            f"the dependencies of this project cannot be read: {project.unread}",
            hint='name the files that have them: [tool.import-customs] requirements-files = ["…"]',
            path=project.path,
        )


def unused_ignores(state: State) -> list[str]:
    """A warning for each entry of the projects' ignores that exempted nothing so far."""
    from import_customs.check import ignores

    projects = {project.path: project for project in state.projects.values() if isinstance(project, Project)}
    return [
        f"{path}: the ignore `{entry}` meets nothing"
        for path, project in sorted(projects.items())
        for entry in ignores.entries(project.config)
        if (project.folder, entry) not in state.used_ignores
    ]


def lacking_declarations(state: State, findings: list[Finding]) -> list[CheckError]:
    """An error for each project with findings of which some declarations cannot be read; without any, a note each."""
    blocked = {finding.project for finding in findings}
    projects = (project for project in state.projects.values() if isinstance(project, Project))
    known = {project.path: project for project in projects if project.lacking}
    for project in known.values():
        if project.path not in blocked:
            state.warnings.update(dict.fromkeys(project.lacking))
    errors = []
    for path in sorted(blocked & known.keys()):
        first, *others = known[path].lacking
        more = f" (and {len(others)} more)" if others else ""
        hint = "see whether that declares what is missing"
        errors.append(CheckError(f"not all declarations can be read: {first}{more}", hint=hint, path=path))
    return errors


def _of_script(state: State, file: SourceFile) -> Project | None:
    """The project that a script with metadata is to itself, checked as the project around it asks for."""
    if SCRIPT_MARK not in file.source:
        return None
    try:
        script = of_script(state.tree, file.path, file.script)
        around = project_of(state, posixpath.dirname(file.path)) if script and script.config == Config() else None
    except CheckError:
        if state.lenient:
            return NO_PROJECT
        raise
    return script._replace(config=around.config, folder=around.folder) if script and around else script


def _not_settled_by_screen(state: State, site: Site, modules: set[str], file: SourceFile) -> set[str]:
    """Those of the modules of which an import may be a finding, depending on its form or its guard."""
    everywhere = state.covered_everywhere.setdefault(site.project.path, set())
    stem = _stem(site.file)
    left = set()
    for module in modules:
        if module in everywhere and stem not in module:  # a file is not what it imports
            continue
        is_namespace = providers.is_namespace(module)
        parts = _parts(file, module) if is_namespace else [module]
        if not parts or not all(_passes_anyhow(state, site, part) for part in parts):
            left.add(module)
        elif not is_namespace and is_covered_everywhere(state, site.project, module):
            everywhere.add(module)
    return left


def _parts(file: SourceFile, module: str) -> list[str]:
    """A namespace and at least the parts of it that the file imports; none if only an exact reading can tell."""
    names = file.screened_names(module)
    return [] if names is None else [module, *(f"{module}.{name}" for name in names)]


def _passes_anyhow(state: State, site: Site, module: str) -> bool:
    """Whether any import of the module in this file passes, however it is guarded.

    What covers it is asked once for all files of a folder, except if it may depend on the file's name.
    """
    key = (site.project.path, posixpath.dirname(site.file), module, first_party.is_collected(site.file))
    if _stem(site.file) == top(module) or first_party.comes_with_host(site.file, module, has_build_system=False):
        reason = covered_by(state, site, module)
    elif key in state.reasons:
        reason = state.reasons[key]
    else:
        reason = state.reasons[key] = covered_by(state, site, module)
    return _why_it_passes(state, site, module, reason or built_with(state, site, module)) is not None


def _why_it_passes(state: State, site: Site, module: str, covering: Reason | None) -> Reason | None:
    """What covers the module, else the ignore that exempts it. A guess, and the use of an ignore, are recorded."""
    if covering and covering.kind == "likely private":
        note = f"`{top(module)}` is taken for a module of `{covering.name}`, of which nothing is known"
        state.warnings[f"{site.project.path}: {note}"] = None
    config = site.project.config
    if covering or not (config.ignore or config.per_file_ignores):
        return covering
    from import_customs.check import ignores  # 0.2 ms; most projects have none

    exempting = ignores.exempted_by(config, posixpath.relpath(site.file, site.project.folder or "."), module)
    if exempting:
        state.used_ignores.add((site.project.folder, exempting.name))
    return exempting


def _judged_exactly(state: State, site: Site, file: SourceFile, modules: set[str] | None) -> list[Finding]:
    """The findings of the file, as far as these modules have some, a module once a place."""
    found: dict[tuple[object, ...], Finding] = {}
    for _, one in judged_imports(state, site, file, modules):
        if isinstance(one, Finding):
            key = one.module, one.line, one.column, one.cell
            found.setdefault(key, one._replace(excerpt=file.excerpt(one)))
    return list(found.values())


def _judge_in_file(state: State, site: Site, file: SourceFile, imported: Import) -> list[Finding | Reason]:
    """As `judge_import`, with what the lines of the file itself say of the import."""
    if imported.guard and site.project.config.guarded == "ignore":
        return [Reason("guarded")]
    if "conditional" in site.project.config.rules and _WHERE_IT_RUNS.issuperset(imported.guards):
        pythons = stdlib.supported(site.project.requires_python)
        wheres = frozenset((python, platform) for python in pythons for platform in PLATFORMS)
        site = site._replace(runs_on=file.runs_on(imported, wheres) if imported.guards else wheres)
    judged = list(judge_import(state, site, imported))
    if any(isinstance(one, Finding) for one in judged):
        requires = site.project.requires_python
        if "version" in imported.guards and file.never_runs(imported, stdlib.supported(requires)):
            return [Reason("never runs")]
        if first_party.beside_what_is_run(state.tree, file.path, file.python, _submodules(imported)):
            return [Reason("first-party")]
        if _is_made_by_the_file(site, file, imported.module):
            return [Reason("first-party")]
        from import_customs.check.hosts import without_host  # 0.5 ms; only findings get here

        return without_host(state, site, file, judged)
    return judged


def _is_made_by_the_file(site: Site, file: SourceFile, module: str) -> bool:
    """Whether the file, a test, writes the module itself before it imports it. Never if it is a popular one's."""
    from import_customs.project.sys_path import makes_module

    return makes_module(file.python, top(module)) and not is_provided_by_popular(module, site.project)


def _submodules(imported: Import) -> list[str]:
    """The submodules that an import may mean, by their dotted names."""
    module, is_dotted = imported.module, "." in imported.module
    return [module] if is_dotted else [f"{module}.{name}" for name in imported.names] or [module]


def _broken_rules(site: Site, module: str, imported: Import, reason: Reason) -> list[Finding]:
    """The findings of the rules that the project opted in to, for an import that a declaration covers."""
    if not site.project.config.rules or reason.kind not in ("declared", "provides"):
        return []
    from import_customs.check.rules import opted_in  # 2 ms; only projects that opt in get here

    known = {reason.name, *configured_providers(site.project, module), *providers.providers(module)}
    return list(opted_in(site, module, imported, known))


def _stem(path: str) -> str:
    """The name of a file up to its first dot."""
    return posixpath.basename(path).partition(".")[0]
