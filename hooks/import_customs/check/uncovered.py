"""An import that no declaration is known to give in; its findings out, or none where the project's lock file or
environment shows that one gives it after all. Only findings come here: 40 ms to load, and what lies around to read.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from import_customs import providers
from import_customs.check import rules
from import_customs.check.rules import Known
from import_customs.model import Finding, Import, Locations, Project, Site, Tree
from import_customs.model.requirement import Name
from import_customs.providers import index
from import_customs.providers.evidence import Evidence, gather
from import_customs.providers.misspelling import near
from import_customs.providers.requirement_graph import Arrivals, Need, brought

if TYPE_CHECKING:
    from import_customs.providers.lock import Lock

_MOST_SOUGHT = 200  # modules for which a likely spelling is looked for
_MOST = 5  # candidates that are listed
_OF_ALL = frozenset({"all", "full", "complete", "standard", "everything", "extras"})  # extras that say nothing else


class Surrounded(NamedTuple):
    """A project, and what is known of it beyond its declarations."""

    project: Project
    evidence: Evidence
    given: frozenset[Name]  # what the extras of its requirements bring
    held: frozenset[str]  # the modules that those and the declared ones are known to hold, under whatever name
    unclear: tuple[str, ...]  # extras in use of which nothing is known: `acme-sdk[redis]`
    arrivals: Arrivals


class Unmet:
    """Makes the findings of one state; keeps what it read for the next one."""

    def __init__(self, tree: Tree, around: Locations | None) -> None:
        self._tree = tree
        self._around = around
        self._surrounded: dict[str, Surrounded] = {}
        self._locks: dict[str, Lock] = {}
        self._sought = 0
        self._made: dict[object, list[Finding]] = {}

    def findings(
        self, site: Site, module: str, imported: Import, provided: list[str], excerpt: str
    ) -> Iterator[Finding]:
        """The findings of one import. `provided` is what the user's own table and other local projects tell of it."""
        key = (site.project.path, module, imported.names, site.for_types)
        if key not in self._made:
            self._made[key] = list(self._make(site, module, imported, provided))
        for finding in self._made[key]:
            yield finding._replace(
                path=site.file,
                line=imported.line,
                column=imported.column,
                guard=imported.guard,
                excerpt=excerpt,
            )

    def surrounded(self, project: Project) -> Surrounded:
        """The project with its evidence, gathered once."""
        if project.path not in self._surrounded:
            around = self._around
            evidence = gather(self._tree, project.folder, around, self._locks) if around else Evidence()
            self._surrounded[project.path] = _surrounded(project, evidence)
        return self._surrounded[project.path]

    def _make(self, site: Site, module: str, imported: Import, provided: list[str]) -> Iterator[Finding]:
        here = self.surrounded(site.project)
        for meant in _meant(here.evidence, module, imported):
            if not provided and providers.is_of(meant, site.project.name):  # compiled or generated: in no folder
                continue
            installing: list[str] = [*here.evidence.installing(meant)]
            known = provided or list(dict.fromkeys([*installing, *providers.providers(meant)]))
            if site.project.name in known:  # it is no dependency of itself
                known.remove(site.project.name)
                if site.project.name in installing and not _are_popular(known):
                    continue
            if not _is_given(here, meant, installing, known, for_types=site.for_types):
                yield self._finding(here, site, meant, imported, known, is_told=bool(provided))

    def _finding(
        self, here: Surrounded, site: Site, module: str, imported: Import, providing: list[str], *, is_told: bool
    ) -> Finding:
        shown = _shown(here.evidence, module)
        present = [Name(name) for name in providing if here.evidence.package(Name(name))]
        ways = next((ways for name in present if (ways := here.arrivals.ways(name))), None)
        if ways:
            return rules.transitive(site, module, imported, ways, "", Known(shown))
        best = [*present, *(name for name in providing if name not in present)]
        obscure = bool(best) and not (present or is_told) and providers.rank(best[0]) is None
        known = Known(
            shown,
            near=self._near(site.project, module) if obscure or not best else None,
            extra=_likely_extra(here, module, best),
            obscure=obscure,
            candidates=_candidates(here) if not best else (),
        )
        return rules.undeclared(site, module, imported, best, "", known)

    def _near(self, project: Project, module: str) -> str | None:
        """What it may be a misspelling of; None for all but the first: 2 to 6 ms each, and there may be 100,000."""
        self._sought += 1
        return near(module, self._ours(project)) if self._sought <= _MOST_SOUGHT else None

    def _ours(self, project: Project) -> set[str]:
        """The modules that the project's declarations are known to give, and its own."""
        given = {module for name in project.declared for module in index.modules_of(name)}
        own = {name.partition(".")[0] for root in project.source_roots for name in self._tree.listing(root)}
        return {module for module in given | own if module.isidentifier()}


def _meant(evidence: Evidence, module: str, imported: Import) -> list[str]:
    """The modules that are meant where the environment shows that the module is a bare namespace."""
    is_open = evidence.installed is not None and evidence.installed.is_open(module)
    is_whole = module == imported.module and imported.names
    return [f"{module}.{name}" for name in imported.names] if is_open and is_whole else [module]


def _surrounded(project: Project, evidence: Evidence) -> Surrounded:
    given: set[Name] = set()
    unclear = []
    needs = {Need(one.name, one.extras) for one in project.declarations}
    for need in sorted(needs):
        for extra in need.extras:
            found = brought(Need(need.name, (extra,)), evidence.of_extra)
            given.update(found or ())
            if found is None:
                unclear.append(f"{need.name}[{extra}]")
    held = frozenset(module for name in project.declared | given for module in index.held(name))
    arrivals = Arrivals(sorted(needs), evidence.package)
    return Surrounded(project, evidence, frozenset(given), held, tuple(unclear), arrivals)


def _is_given(here: Surrounded, module: str, installing: list[str], known: list[str], *, for_types: bool) -> bool:
    """Whether a declared distribution is installed with the module, or an extra that is declared brings it."""
    given = here.given
    if not here.project.declared.isdisjoint(installing) or not given.isdisjoint(map(Name, known)):
        return True
    if for_types and any(f"types-{name}" in given or f"{name}-stubs" in given for name in known):
        return True
    if index.is_among(module, here.held):
        return True
    return bool(given) and providers.met_by(module, given) is not None


def _are_popular(names: list[str]) -> bool:
    """Whether a folder that stands in a source root by accident could hide one of them: `alembic`, `docs`."""
    return any(providers.rank(name) is not None for name in names)


def _shown(evidence: Evidence, module: str) -> str:
    """As much of the name as it takes for the environment to tell the provider; "" where the index tells."""
    installed, installing = evidence.installed, evidence.installing(module)
    if installed is None or not installing or index.is_shared(module):
        return ""
    parts = module.split(".")
    prefixes = (".".join(parts[:end]) for end in range(1, len(parts) + 1))
    told = (one for one in prefixes if installed.installing(one) == installing and not installed.is_open(one))
    return next(told, module)


def _likely_extra(here: Surrounded, module: str, providing: list[str]) -> str:
    """An extra in use of which nothing is known, called after the module or its provider, or after everything."""
    named = {module.partition(".")[0].lower().replace("_", "-"), *providing[:1]}
    for unclear in here.unclear:
        extra = unclear.partition("[")[2].rstrip("]")
        if extra in _OF_ALL or extra in named or any(extra in name.split("-") for name in named):
            return unclear
    return ""


def _candidates(here: Surrounded) -> tuple[str, ...]:
    """Declared distributions of which neither the index nor the environment knows the modules."""
    installed = here.evidence.installed
    names = [name for name in sorted(here.project.declared) if not providers.is_known(name)]
    return tuple(name for name in names if not (installed and installed.package(name)))[:_MOST]
