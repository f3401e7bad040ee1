"""Gather what is known of a project beyond its declarations, and tell what of it covers an import.

That is the lock file, the environment, and what the extras of its requirements bring.
"""

from collections.abc import Sequence

from import_customs import providers
from import_customs.check.covered import gathered_projects
from import_customs.check.learnt import ProjectEvidence
from import_customs.check.state import State
from import_customs.model import BUILD, Project, Reason
from import_customs.model.requirement import Name
from import_customs.providers import common_names, distributions
from import_customs.providers.evidence import Evidence, gather_evidence
from import_customs.providers.requirement_graph import Need, RequirementGraph, distributions_of_extras


def evidence_of(state: State, project: Project) -> ProjectEvidence:
    """The project with its evidence, gathered once."""
    if project.path not in state.evidence:
        where = state.locations
        found = gather_evidence(state.tree, project.folder, where, state.locks) if where else Evidence()
        state.evidence[project.path] = with_extras(state, project, found)
    return state.evidence[project.path]


def with_extras(state: State, project: Project, evidence: Evidence) -> ProjectEvidence:
    """The project with this evidence, and what that says of its declarations."""

    def requirements(name: Name, extra: Name) -> tuple[Need, ...] | None:
        """What an extra requires; of a local project the repository itself tells."""
        local = gathered_projects.extra_requirements(state, project, name, extra)
        return evidence.extra_requirements(name, extra) if local is None else tuple(Need(*one) for one in local)

    by_extras, unclear = set[Name](), list[str]()
    needs = sorted({Need(one.name, one.extras) for one in project.declarations if one.place != BUILD})
    for need in needs:
        for extra in need.extras if need.name != project.name else ():  # its own are places, as the repository has them
            asked = Need(need.name, (extra,))
            found = distributions_of_extras(asked, requirements, evidence.package)
            by_extras.update(found or ())
            if found is None:
                unclear.append(f"{need.name}[{extra}]")
    modules = frozenset(module for name in project.declared | by_extras for module in distributions.known_modules(name))
    arrivals = RequirementGraph(needs, evidence.package)
    return ProjectEvidence(project, evidence, frozenset(by_extras), modules, tuple(unclear), arrivals)


def covered_by_evidence(
    here: ProjectEvidence, module: str, installing: Sequence[Name], known: Sequence[str], *, for_types: bool
) -> Reason | None:
    """The declared distribution that is installed with the module, or what a declared extra brings."""
    declared, by_extras = here.project.declared, here.by_extras
    if installed := declared.intersection(installing):
        return Reason("environment", min(installed))
    stubs = [stub for name in known for stub in (f"types-{name}", f"{name}-stubs")] if for_types else []
    if brought_by_extra := by_extras.intersection(map(Name, (*known, *stubs))):
        return Reason("extra", min(brought_by_extra))
    if containing := _containing(here, module):
        stated = containing & declared
        return Reason("contains", min(stated)) if stated else Reason("extra", min(containing))
    met = providers.declared_provider(module, by_extras) if by_extras else None
    if met:
        return Reason("extra", met)
    called = {*providers.own_names(module), *known[:1]}
    likely = next((one for one in here.unclear if extra_in(one) in called), None)
    return Reason("likely extra", likely) if likely else None


def extra_in(unclear: str) -> str:
    """The name of the extra in `acme-sdk[redis]`."""
    return unclear.partition("[")[2].rstrip("]")


def _containing(here: ProjectEvidence, module: str) -> set[str]:
    """What is declared, or brought by extras, and was seen to install the module, under whatever name."""
    given = here.project.declared | here.by_extras
    containing = set(common_names.unlisted_providers(module, given))
    if providers.is_module_among(module, here.modules):
        containing |= {name for name in given if providers.is_module_among(module, distributions.known_modules(name))}
    return containing
