"""The rules that make the index of the sources: what is noise, who comes first, what is shared.

What was found over the 14,985 popular distributions (3,000 looked at by eye) stands beside each rule.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cache
from keyword import iskeyword
from types import MappingProxyType

from packaging.utils import NormalizedName, canonicalize_name

from index.corrections import Corrections
from index.releases import Release
from index.sources import Installed, Ranks

# Folders that a careless build installs beside the package. Each is in some popular distribution by accident
# (`test` in sendgrid, `images` in azure-identity); a popular distribution that is called so is meant (`build`).
LEFTOVERS = frozenset(
    """
    tests test testing_tests unit_tests unittests integration_tests test_data testdata test_project testproject
    test_app testapp tests_unit conftest docs doc docs_src documentation example examples example_project _examples
    sample samples sample_app demo demos tutorial tutorials notebooks notebook_examples src source build dist
    build_tools build_backend wheelhouse bin scripts script tools ci cd deploy deployment docker_files include
    licenses license third_party vendor external tmp temp venv env node_modules htmlcov benchmarks benchmark
    experiments playground recipes setup setup_utils manage fabfile ez_setup distribute_setup main
    version changelog release img images assets static templates themes resources e2e
    extension_templates website conda cpp org com packaging_tests project mysite dummy misc
    """.split()
)
# From so many families of distributions on, a module that no popular one is called after is a common word
# (`utils` 1,080 distributions, `cli` 690, `core` 531). Below it stand real ones with many copies: cv2 has 27.
COMMON_WORD_FAMILIES = 30
# An own name this close to the most downloaded provider comes before it: mlflow (646) before mlflow-skinny (635),
# pypandoc (2,075) before pypandoc-binary (1,514), but not bson (4,772) before pymongo (311).
OWN_NAME_FACTOR = 1.5
# A distribution of more modules than this bundles others' (types-boto3-full has 406, workspace-mcp 15).
BUNDLE = 10
# So many unpopular providers of a module are kept, the best: a line of 260 kB (odoo's 6,700 addons of old names) made
# every look-up that passes it on its way 20 times slower. left-out.txt has the others, in a quarter of the bytes.
LONG_TAIL = 5
# Long-tail namespaces found by rule: so many parts, and so large a share of all that install the module.
NAMESPACE_PARTS = 8
NAMESPACE_SHARE = 0.8
# How popular a distribution is whose own top-level module is never called a namespace without a correction.
WELL_KNOWN = 8_000


@cache
def flatten(module: str) -> NormalizedName:
    """The distribution that a dotted module is called after: `google.api_core` is `google-api-core`."""
    return canonicalize_name(module)


def providers_of(installed: Installed) -> dict[str, set[NormalizedName]]:
    """The distributions that install each importable top-level module; stubs (`x-stubs`) are none."""
    found: defaultdict[str, set[NormalizedName]] = defaultdict(set)
    for distribution, modules in installed.items():
        for module in modules:
            if is_importable(module):
                found[module].add(distribution)
    return dict(found)


@cache
def is_importable(module: str) -> bool:
    """False for what no import statement names: `csvsort-1.6.1`, `__init__`, `__main__`, keywords."""
    return module.isidentifier() and not module.startswith("__") and not iskeyword(module)


def without_noise(module: str, providers: set[NormalizedName], ranks: Ranks) -> set[NormalizedName]:
    """Those that install the module on purpose.

    Of a build leftover only a popular namesake (`build`), be it with a number (static3). Of a common word likewise; but
    where the most downloaded provider is called after it (docker, datasets, discord-py), all popular ones and the long
    tail called after it.
    """
    if len(providers) < COMMON_WORD_FAMILIES and module.lower() not in LEFTOVERS:
        return providers  # as below, for all modules in 0.4 s instead of 2
    own = flatten(module)
    namesake = {name for name in providers if own in (name, _without_number(name)) and name in ranks}
    if module.lower() in LEFTOVERS:
        return namesake
    related = {name for name in providers if is_related(module, name)}
    if len({name.partition("-")[0] for name in providers - related}) < COMMON_WORD_FAMILIES:
        return providers
    best = min(providers, key=lambda name: ranks.get(name, len(ranks) + 1))
    return related | (providers & ranks.keys()) if best in ranks and best in related else namesake


def _without_number(distribution: NormalizedName) -> str:
    return distribution.rstrip("0123456789").rstrip("-")


def is_related(module: str, distribution: NormalizedName) -> bool:
    """Whether the distribution is called after the module, among other words."""
    return flatten(module).replace("-", "") in distribution.replace("-", "")


def ranked(
    module: str, providers: Collection[NormalizedName], installed: Installed, ranks: Ranks
) -> list[NormalizedName]:
    """Best first: the popular by downloads, an own name of nearly that popularity before them, then the long tail.

    In the long tail an own name comes first, then who installs the fewest modules (vendored copies come last).
    Of 217 popular own names that are not the most downloaded provider, downloads alone decide 180 rightly.
    """
    if len(providers) < 2:
        return list(providers)
    own = flatten(module)
    last = len(ranks) + 1

    def place(name: NormalizedName) -> tuple[float, bool, int, str]:
        rank = float(ranks.get(name, last))
        modules = len(installed.get(name, ()))
        if name in ranks and name == own:
            rank /= OWN_NAME_FACTOR
        if name in ranks and modules > BUNDLE and own in ranks and name != own:
            rank = last - 0.5
        return rank, name != own, modules, name

    best = sorted(providers, key=place)
    tail = [name for name in best if name not in ranks][LONG_TAIL:]
    return [name for name in best if name not in set(tail)] if tail else best


@dataclass(frozen=True, slots=True)
class Namespaces:
    shared: frozenset[str]  # top-level modules that no one distribution provides
    extended: frozenset[str]  # top-level modules that one provides and others add parts to
    prefixes: dict[str, str]  # dotted module: what its parts' distributions begin with, where that is not the rule
    members: frozenset[NormalizedName]  # distributions called after the dotted module that they install


def namespaces(
    known: Mapping[str, set[NormalizedName]],
    installed: Installed,
    ranks: Ranks,
    said: Corrections,
    releases: Mapping[NormalizedName, Release] = MappingProxyType({}),
) -> Namespaces:
    """The shared top-level modules, and the distributions that are called after the part they install.

    `known` are the providers by pigar's data alone: that a popular release holds a part makes no package of the module.
    A distribution is a part where its name begins with the module's and it installs the module, or nothing that the
    source knows of: pigar sees no modules in a folder without `__init__.py`.
    """
    providers = providers_of(installed)
    found = {m for m, names in known.items() if m not in said.first and _is_shared(m, names, ranks)}
    stated = {one.partition(".")[0] for one in (*said.first, *said.only, *(part.module for part in said.parts))}
    found |= {m for m in _held_in_parts(releases, ranks) - stated if flatten(m) not in known.get(m, ())}
    shared = frozenset(said.namespaces | found)
    members = set(_members(shared, providers, installed, ranks))
    silent = {name for name in installed.keys() | ranks.keys() if not installed.get(name)}
    for parts in said.parts:
        candidates = silent | providers.get(parts.module.partition(".")[0], set())
        members |= {name for name in candidates if any(fnmatchcase(name, pattern) for pattern in parts.patterns)}
    extended = {part.module.partition(".")[0] for part in said.parts} | {
        module.partition(".")[0] for module in (*said.first, *said.only) if "." in module
    }
    prefixes = {part.module: part.prefix for part in said.parts if part.prefix != flatten(part.module)}
    return Namespaces(shared, frozenset(extended - shared), prefixes, frozenset(members - said.umbrellas.keys()))


def _is_shared(module: str, providers: Collection[NormalizedName], ranks: Ranks) -> bool:
    own = flatten(module)
    if own in providers or any(ranks.get(name, WELL_KNOWN + 1) <= WELL_KNOWN for name in providers):
        return False
    parts = sum(name.startswith(f"{own}-") for name in providers)
    return parts >= NAMESPACE_PARTS and parts >= NAMESPACE_SHARE * len(providers) and module.lower() not in LEFTOVERS


def _held_in_parts(releases: Mapping[NormalizedName, Release], ranks: Ranks) -> set[str]:
    """The modules of which popular releases hold parts alone, several of them and each its own (`keboola`).

    None that a popular distribution is called after, and none of which two hold the same part: these are copies.
    """
    wholes: set[str] = set()
    holders: defaultdict[str, defaultdict[str, list[NormalizedName]]] = defaultdict(lambda: defaultdict(list))
    for name, release in releases.items():
        for module in release.modules or ():
            top, dot, _ = module.partition(".")
            if not dot:
                wholes.add(top)
            elif name in ranks:
                holders[top][module].append(name)
    meant = (top for top in holders.keys() - wholes - LEFTOVERS if is_importable(top) and flatten(top) not in ranks)
    return {top for top in meant if _are_apart([*holders[top].values()])}


def _are_apart(holders: list[list[NormalizedName]]) -> bool:
    return all(len(names) == 1 for names in holders) and len({name for names in holders for name in names}) > 1


def _members(
    shared: Iterable[str], providers: dict[str, set[NormalizedName]], installed: Installed, ranks: Ranks
) -> Iterable[NormalizedName]:
    silent = {name for name in installed.keys() | ranks.keys() if not installed.get(name)}
    by_head: defaultdict[str, list[NormalizedName]] = defaultdict(list)
    for name in silent:
        by_head[name.partition("-")[0]].append(name)
    for module in shared:
        own = flatten(module)
        candidates = [*providers.get(module, ()), *by_head[own.partition("-")[0]]]
        yield from (name for name in candidates if name.startswith(f"{own}-"))
