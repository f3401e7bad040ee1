"""Judge the imports of a file one by one, each by its line and its guards: what the screen leaves open."""

from collections.abc import Iterator, Sequence

from import_customs import providers
from import_customs.check.covered import covered_alike, covered_or_exempt, local_projects
from import_customs.check.covered.build_files import built_with, reaches_build
from import_customs.check.covered.first_party import is_open_folder, is_own_package, is_shared_folder, own_namespace
from import_customs.check.covered.own_files import parts_lacking
from import_customs.check.judge import ignores
from import_customs.check.judge.in_file import settled_in_file
from import_customs.check.state import State
from import_customs.imports.source_file import SourceFile
from import_customs.model import Finding, Import, Project, Reason, Site
from import_customs.project.sys_path import folders_added, folders_of_steps
from import_customs.providers import stdlib

_PLATFORMS = ("linux", "darwin", "win32")  # as sys.platform has them
_WHERE_IT_RUNS = frozenset({"version", "platform"})  # guards that may tell where an import runs
_MAY_BE_MISSING = frozenset({"try", "version"})  # guards by which a module of the standard library may be missing


def findings(state: State, site: Site, file: SourceFile, modules: set[str] | None) -> list[Finding]:
    """The findings of the file for these modules, each module once at a place."""
    found: dict[tuple[object, ...], Finding] = {}
    for _, one in judged_imports(state, site, file, modules):
        if isinstance(one, Finding):
            key = one.module, one.line, one.column, one.cell
            found.setdefault(key, one._replace(excerpt=file.excerpt(one)))
    return list(found.values())


def judged_imports(
    state: State, site: Site, file: SourceFile, modules: set[str] | None = None, *, but_comments: bool = False
) -> Iterator[tuple[Import, Finding | Reason]]:
    """Each import of the file, as far as it imports these modules (None: any), with its finding or why it passes.

    `but_comments`: as if no comment exempted any.
    """
    imports, warnings = file.imports(modules)
    exempt = ignores.exempted_by_comment(file, imports) if "import-customs" in file.python and not but_comments else ()
    state.warnings.update(dict.fromkeys(f"{file.path} {warning}" for warning in warnings))
    if "sys.path" in file.python or "syspath_prepend" in file.python:
        site = site._replace(added=folders_added(state.tree, file.path, file.python))
    steps, sites = file.folders_entered, {0: site}
    for imported in imports:
        if modules is None or imported.module in modules:
            here = _gone_to(state, site, steps, imported, sites) if steps else site
            judged = [Reason("comment")] if imported in exempt else _judge_in_file(state, here, file, imported)
            yield from ((imported, one) for one in judged)


def needless_comments(state: State, site: Site, file: SourceFile) -> Iterator[Import]:
    """The first import of each comment that exempts only what passes without it."""
    exempted = ignores.exempted_by_comment(file, file.imports(None)[0])
    judged = judged_imports(state, site, file, {one.module for one in exempted}, but_comments=True)
    needed = {exempted.get(imported) for imported, one in judged if isinstance(one, Finding)}
    first: dict[ignores.Comment, Import] = {}
    for imported, comment in exempted.items():
        first.setdefault(comment, imported)
    yield from (imported for comment, imported in first.items() if comment not in needed)


def _gone_to(
    state: State, site: Site, steps: Sequence[tuple[int, str]], imported: Import, sites: dict[int, Site]
) -> Site:
    """The site, with the folders that the notebook has gone to by then; `sites` has those made before, by steps."""
    at = imported.cell[0] if imported.cell else 0
    taken = [folder for number, folder in steps if number <= at]
    if len(taken) not in sites:
        added = folders_of_steps(state.tree, site.file, taken)
        sites[len(taken)] = site._replace(added=(*site.added, *added))
    return sites[len(taken)]


def _judge_in_file(state: State, site: Site, file: SourceFile, imported: Import) -> list[Finding | Reason]:
    """As `judge_import`, with what the lines of the file itself say of the import."""
    if imported.guard and site.project.config.guarded == "ignore":
        return [Reason("guarded")]
    if "conditional" in site.project.config.rules and _WHERE_IT_RUNS.issuperset(imported.guards):
        pythons = stdlib.supported(site.project.requires_python)
        wheres = frozenset((python, platform) for python in pythons for platform in _PLATFORMS)
        site = site._replace(runs_on=file.runs_on(imported, wheres) if imported.guards else wheres)
    judged = list(judge_import(state, site, imported))
    if not any(isinstance(one, Finding) for one in judged):
        return judged
    return settled_in_file(state, site, file, imported, judged)


def judge_import(state: State, site: Site, imported: Import) -> Iterator[Finding | Reason]:
    """For each module that the import may mean: its findings, or the reason why it passes."""
    exact = site._replace(
        for_types="type-checking" in imported.guards or site.file.endswith(".pyi"),
        guarded=not _MAY_BE_MISSING.isdisjoint(imported.guards),
    )
    for module in modules_meant(state, exact, imported):
        covering = covered_alike(state, exact, module) or built_with(state, exact, module)
        reason = covered_or_exempt(state, exact, module, covering)
        covered = reason if reason and reaches_build(state, exact, reason) else None
        if covered and not (site.project.config.rules and covered.kind in ("declared", "provides")):
            yield covered
            continue
        if not covered:
            state.begin_tracked()
        from import_customs.check import uncovered  # 5 ms, while git works; only likely findings, and opted-in rules

        if covered:
            yield from uncovered.broken_rules(state.tree, exact, module, imported, covered) or (covered,)
        else:
            for one in uncovered.judge_uncovered(state, exact, module, imported, elsewhere=reason):
                yield _exempt_part(state, exact, module, one) or one


def _exempt_part(state: State, site: Site, module: str, one: Finding | Reason) -> Reason | None:
    """The ignore that exempts the part of the module that a finding names: `maya.cmds` of `from maya import cmds`."""
    if not isinstance(one, Finding) or not one.module.startswith(f"{module}."):
        return None
    return covered_or_exempt(state, site, one.module, None)


def modules_meant(state: State, site: Site, imported: Import) -> list[str]:
    """The modules that an import may mean: `from google.cloud import storage` means google.cloud.storage.

    Likewise if a folder without `__init__` stands for the module, which holds nothing but its submodules, if all that
    is named are submodules of a folder above the file, and for what an own package lacks to which others may add. What
    only an own package may hold is that: others have a part below `opentelemetry.instrumentation.openai_agents`.
    """
    module = imported.module
    submodules = [f"{module}.{name}" for name in imported.names]
    if submodules and (
        providers.is_namespace(module)
        or is_shared_folder(state, site, module, submodules)
        or (is_open_folder(state, site, module) and own_namespace(state, site.project, module))
        or local_projects.is_namespace(state, site, module, everywhere=is_open_folder(state, site, module))
        or (is_open_folder(state, site, module) and local_projects.is_package_of_another(state, site, module))
    ):
        known = providers.providers(module) if is_own_package(state, site, module) else None
        return list(dict.fromkeys(module if providers.providers(one) == known else one for one in submodules))
    if lacking := parts_lacking(state, site, module, imported.names):
        return lacking if len(lacking) == len(submodules) else [module, *lacking]
    private = [one for one in submodules if _is_private(site.project, one)]
    return private if private and len(private) == len(submodules) else [*private, module]


def _is_private(project: Project, module: str) -> bool:
    """Whether a declared distribution that no index can know is called by the whole dotted name."""
    _, whole = next(providers.dotted_names(module))
    return whole in project.declared and providers.private_provider(module, {whole}, project.elsewhere) == whole
