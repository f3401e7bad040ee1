"""Judge an import that nothing plainly covers: the lock file or the environment may, or else it is a finding.

Only likely findings come here: it takes 5 ms to load, and reads what lies around the project.
"""

from collections.abc import Iterator, Sequence

from import_customs import providers
from import_customs.check.covered import configured_providers, covered_by, gathered_projects, local_projects
from import_customs.check.covered.build_files import is_for_build_alone, is_left_over
from import_customs.check.learnt import ProjectEvidence
from import_customs.check.rules import opted_in, stdlib_version, transitive, undeclared, unknown
from import_customs.check.rules.rule import Hints, placed
from import_customs.check.state import State
from import_customs.check.uncovered import held_elsewhere, itself
from import_customs.check.uncovered.likely_spelling import likely_spelling, own_near
from import_customs.check.uncovered.project_evidence import covered_by_evidence, evidence_of, extra_in
from import_customs.check.uncovered.started import shown_first_party
from import_customs.model import BUILD, Finding, Import, Project, Reason, Site, Tree
from import_customs.model.names import prefixes, top
from import_customs.model.option_advice import settings_table
from import_customs.model.requirement import Name, normalized
from import_customs.project.local_projects import Meant, is_own
from import_customs.providers import distributions, stdlib
from import_customs.providers.common_names import is_common_word
from import_customs.providers.evidence import Evidence
from import_customs.providers.hosts import Host, host_of, hosts_with

_MOST_CANDIDATES = 5
_OF_ALL = frozenset({"all", "full", "complete", "standard", "everything", "extras"})  # extras that say nothing else


def judge_uncovered(
    state: State, site: Site, module: str, imported: Import, elsewhere: Reason | None
) -> Iterator[Finding | Reason]:
    """The findings of an import that nothing covers, or the reasons why it passes after all.

    What files around it show comes first, then lock file and environment. `elsewhere` covers it in files of no build.
    """
    if elsewhere:
        yield undeclared.finding_of_build(site, module, imported, elsewhere.name)
        return
    if shown := shown_first_party(state, site, module, imported):
        yield shown
        return
    name, requires = top(module), site.project.requires_python
    # what only Python 2 had is a module like any other
    if stdlib.in_stdlib(name, requires) == "sometimes" and stdlib.versions_with(name)[0][-1] >= "3":
        yield stdlib_version.finding(site, name, imported)
        return
    is_bare = module == imported.module and not imported.names
    if imported.guard and is_bare and local_projects.is_filled_alone(state, site, module):
        yield Reason("first-party")  # it looks for what is plugged in
        return
    yield from _judged_once(state, site, module, imported)


def broken_rules(tree: Tree, site: Site, module: str, imported: Import, reason: Reason) -> list[Finding]:
    """The findings of the rules that the project opted in to, for an import that a declaration covers."""
    known = {reason.name, *configured_providers(site.project, module), *providers.providers(module)}
    return list(opted_in(tree, site, module, imported, known))


def _judged_once(state: State, site: Site, module: str, imported: Import) -> Iterator[Finding | Reason]:
    """What the lock file and the environment make of the import: judged for its first file, placed in each."""
    meant = tuple(local_projects.meant(state, site, module))
    if any(is_own(one, site) for one in meant):
        yield Reason("first-party")
        return
    known = providers.providers(module)
    own = own_near(state, site, module) if not known or providers.rank(known[0]) is None else ()
    key = (site.project.path, module, imported.names, site.for_types, meant, own)
    if key not in state.uncovered:
        state.uncovered[key] = list(_judge_by_evidence(state, site, module, imported))
    for one in state.uncovered[key]:
        if isinstance(one, Finding):
            found = placed(one, imported)._replace(path=site.file, guard=imported.guard)
            found = undeclared.for_nobody(found) if is_left_over(state, site) else found
            yield undeclared.for_build(found, site.project) if is_for_build_alone(state, site) else found
            continue
        if one.kind == "likely extra":
            note = f"`{top(module)}` is taken for what `{one.name}` brings, of which nothing is known"
            state.warnings[f"{site.project.path}: {note}"] = None
        yield one
    state.warnings.update(dict.fromkeys(evidence_of(state, site.project).evidence.warnings))


def _judge_by_evidence(state: State, site: Site, module: str, imported: Import) -> Iterator[Finding | Reason]:
    project, here = site.project, evidence_of(state, site.project)
    for meant in _modules_meant(state, here.evidence, site, module, imported):
        covering = local_projects.declared(state, site, meant) or local_projects.declared_part(state, site, meant)
        if covering:
            yield covering
            continue
        stated = configured_providers(project, meant)
        installing = here.evidence.installed_providers(meant)
        local = [] if stated else local_projects.meant(state, site, meant)
        known = stated or _that_run(meant, [*installing, *providers.providers(meant)], for_types=site.for_types)
        others = [name for name in known if name != project.name]  # a project is no dependency of itself
        is_own = not (stated or local) and itself.installs(state, project, meant, imported.names)
        is_installed = project.name in known and project.name in installing
        # a folder that stands in a source root by accident could hide a popular one: `alembic`, `docs`
        may_hide = any(providers.rank(name) is not None for name in others)
        if is_own or (is_installed and not may_hide and not local):
            yield Reason("itself", project.name)
            continue
        reason = covered_by_evidence(here, meant, installing, others, for_types=site.for_types)
        named = known if not stated and providers.is_own_module(meant, project.name) else others
        if local:
            found = reason or _finding_of_local(here, site, imported, local)
        else:
            found = reason or _finding(state, here, site, meant, imported, named, is_stated=bool(stated))
        yield itself.naming_project(project, found) if isinstance(found, Finding) else found


def _that_run(module: str, names: Sequence[str], *, for_types: bool) -> list[str]:
    """The names, each once, without stub distributions: no import that runs is met by one.

    One that the module is called after is meant all the same: `types_aiobotocore`. Sources: typeshed, PEP 561.
    """
    if for_types:
        return list(dict.fromkeys(names))
    own = providers.own_names(module)
    return [name for name in dict.fromkeys(names) if name in own or not _is_of_stubs(name)]


def _modules_meant(state: State, evidence: Evidence, site: Site, module: str, imported: Import) -> list[str]:
    """The modules that are meant if the environment or the repository shows a bare namespace, or if a host has them.

    `from maya import OpenMaya` means maya.OpenMaya of the program, and not the distribution maya.
    """
    if module != imported.module or not imported.names:
        return [module]
    submodules = [f"{module}.{name}" for name in imported.names]
    is_open = evidence.installed is not None and evidence.installed.is_bare_namespace(module)
    if is_open or local_projects.is_namespace(state, site, module, everywhere=True):
        return submodules
    if host_of(module) or not (hosted := [one for one in submodules if host_of(one)]):
        return [module]
    return hosted if len(hosted) == len(submodules) else [module, *hosted]


def _finding(
    state: State,
    here: ProjectEvidence,
    site: Site,
    module: str,
    imported: Import,
    providing: Sequence[str],
    *,
    is_stated: bool,
) -> Finding:
    shown = _shown(here.evidence, module)
    present = [Name(name) for name in providing if here.evidence.package(Name(name))]
    if not (present or is_stated) and (host := host_of(module) or _host_with(module, providing)):
        return unknown.of_host(site, host, imported)
    if ways := next(filter(None, map(here.arrivals.paths_to, present)), None):
        return transitive.finding(site, module, imported, ways, shown)
    best = [*present, *(name for name in providing if name not in present)]
    doubt = _why_not(state, here, best[0], module) if best and not (present or is_stated) else ""
    obscure = bool(best) and not (present or is_stated) and providers.rank(best[0]) is None
    spelling = likely_spelling(state, site, module) if obscure or not best else None
    needed = providers.providers(spelling)[:1] if spelling and not covered_by(state, site, spelling) else []
    hints = Hints(shown, spelling, _likely_extra(here, module, best), obscure, doubt, needs="".join(needed))
    if best:
        found = undeclared.finding(site, module, imported, best, hints)
    else:
        found = unknown.finding(site, module, imported, hints._replace(candidates=_candidates(state, here)))
    if not (present or is_stated):
        found = held_elsewhere.naming_place(state, site, module, imported, found)
    lacks_all = site.project.built_with.isdisjoint(best)
    return found if lacks_all else found._replace(message=f"{found.message}; {_only_for_build(site.project, best)}")


def _only_for_build(project: Project, names: Sequence[str]) -> str:
    """Why what the build has installed does not count: what names it there."""
    stating = next((one.path for one in project.declarations if one.place == BUILD and one.name in names), "")
    if not stating:
        return "the build brings it, and nothing else has that installed"
    key = "setup_requires" if stating.endswith(("setup.py", "setup.cfg")) else "[build-system] requires"
    return f"{key} names it, which only the build has installed"


def _host_with(module: str, providing: Sequence[str]) -> Host | None:
    """A program that has a module installed which nothing else installs."""
    return None if providing else next((one for one in hosts_with(module) if not one.advice), None)


def _why_not(state: State, here: ProjectEvidence, name: str, module: str) -> str:
    """Why no line names the distribution, and what to do; "" where one may: its newest release has the module."""
    if is_common_word(module, name):
        return (
            f"`{name}` and others bring a module of this common name along: declare the one that you mean, "
            "or, if your own is meant, name its folder in `source-roots`"
        )
    newest = distributions.newest_release(name)
    if newest and distributions.newest_installs(name, module) is False and not distributions.bound_for(name, module):
        return f"`{name}` had it, and no longer has it in {newest[0]}: declare a release that does"
    return _declared_alike(state, here, module, name)


def _is_of_stubs(name: str) -> bool:
    return name.startswith("types-") or name.endswith("-stubs")


def _is_told(name: str) -> bool:
    """Whether the index knows a module that the distribution installs."""
    return providers.rank(name) is not None or providers.installs(name, name.replace("-", "_")) is True


def _is_fork(name: str, of: str) -> bool:
    """Whether the names differ only in their first or their last word, which one of them may lack."""
    if _is_of_stubs(name):
        return False
    heads = {of, of.rpartition("-")[0]}, name.rpartition("-")[0]
    tails = {of, of.partition("-")[2]}, name.partition("-")[2]
    return any(rest != "" and rest in others for others, rest in (heads, tails))


def _declared_alike(state: State, here: ProjectEvidence, module: str, best: str) -> str:
    """What to do where a declared package is called like a fork of the best one, and no module of it is known.

    So is bw-file-resubmit, of django-file-resubmit. One of the best known packages is meant all the same.
    """
    place = providers.rank(best)
    if providers.is_shared(module) or (place is not None and place <= providers.BEYOND_DOUBT):
        return ""
    words, told = f"-{normalized(top(module))}-", {name for _, named in here.project.config.provides for name in named}
    alike = (name for name in sorted(here.project.declared - told) if words in f"-{name}-" and _is_fork(name, best))
    for name in alike:
        is_known = here.evidence.package(Name(name)) or _is_told(name)
        if not (is_known or gathered_projects.is_local(state, here.project, name)):
            saying = f"say so in `provides`, under {settings_table(here.project.path)}"
            return f"`{name}` is declared: if it installs `{top(module)}`, {saying}; if not, see whether `{best}` does"
    return ""


def _finding_of_local(here: ProjectEvidence, site: Site, imported: Import, local: Sequence[Meant]) -> Finding:
    """The finding for a module of another project of the repository: no index is asked who else has such a module."""
    best, shown = local[0].project, local[0].module
    if ways := here.arrivals.paths_to(best.name):
        return transitive.finding(site, shown, imported, ways, shown)._replace(local=best.folder)
    holding = [(one.project.name, one.project.folder) for one in local]
    return undeclared.finding_of_local(site, shown, imported, holding, is_joined=local[0].is_joined)


def _shown(evidence: Evidence, module: str) -> str:
    """The shortest part of the name by which the environment tells the provider; "" if the index tells."""
    installed, installing = evidence.installed, evidence.installed_providers(module)
    if installed is None or not installing or providers.is_shared(module):
        return ""
    shortest_first = reversed(list(prefixes(module)))
    enough = (
        one
        for one in shortest_first
        if installed.installed_providers(one) == installing and not installed.is_bare_namespace(one)
    )
    return next(enough, module)


def _likely_extra(here: ProjectEvidence, module: str, providing: Sequence[str]) -> str:
    """An extra in use of which nothing is known, called after the module or its provider, or after everything."""
    named = {top(module).lower().replace("_", "-"), *providing[:1]}
    for unclear in here.unclear:
        extra = extra_in(unclear)
        if extra in _OF_ALL or extra in named or any(extra in name.split("-") for name in named):
            return unclear
    return ""


def _candidates(state: State, here: ProjectEvidence) -> tuple[str, ...]:
    """Declared distributions whose modules neither `provides`, the index, the environment nor the repository tells."""
    installed, told = here.evidence.installed, {name for _, named in here.project.config.provides for name in named}
    names = [name for name in sorted(here.project.declared - told) if not providers.is_known(name)]
    left = (name for name in names if not (installed and installed.package(name)))
    return tuple(name for name in left if not gathered_projects.is_local(state, here.project, name))[:_MOST_CANDIDATES]
