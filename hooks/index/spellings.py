"""Arrange by their length the names that a misspelt one may mean: a reader looks at a few lines of 30."""

from collections import defaultdict
from collections.abc import Iterator, Mapping

from index.namespaces_and_ranks import WELL_KNOWN


def spelling_lines(distributions: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """By kind and length the names of well-known distributions and of their top-level modules, each with its best rank.

    The kind is `both` where a distribution is as well known as the module that is called like it, but for its hyphens.
    `distributions` are the lines of distributions.txt. One of which no module is known has none here.
    """
    named: dict[str, int] = {}
    modules: dict[str, int] = {}
    for name, fields in distributions.items():
        rank, _, rest = fields.partition("\t")
        if int(rank) <= WELL_KNOWN:
            named[name] = int(rank)
            for module in rest.partition("\t")[0].split() or [_own_module(name)]:
                top = module.partition(".")[0]
                modules[top] = min(modules.get(top, WELL_KNOWN), int(rank))
    modules.pop("?", None)  # stands for those that are not known
    both = {name: rank for name, rank in named.items() if modules.get(_own_module(name)) == rank}
    others = modules.keys() - set(map(_own_module, both))
    yield from _by_length("both", both)
    yield from _by_length("distribution", {name: rank for name, rank in named.items() if name not in both})
    yield from _by_length("module", {name: modules[name] for name in others})


def _own_module(distribution: str) -> str:
    return distribution.replace("-", "_")


def _by_length(kind: str, ranks: Mapping[str, int]) -> Iterator[tuple[str, str]]:
    found: defaultdict[int, list[str]] = defaultdict(list)
    for name in sorted(ranks, key=lambda name: (ranks[name], name)):
        found[len(name)].append(f"{name} {ranks[name]}")
    for length, names in found.items():
        yield f"{kind} {length}", " ".join(names)
