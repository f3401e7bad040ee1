"""What a lock file or an environment says of distributions in; out what extras bring, and by which way one arrives."""

from collections import deque
from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

from import_customs.project.requirement import Name


class Need(NamedTuple):
    """A distribution that is required, with these of its extras."""

    name: Name
    extras: tuple[Name, ...] = ()


class Package(NamedTuple):
    """One distribution, as a lock file or its metadata describes it."""

    name: Name
    version: str  # "" where it is not said; several are joined by " or "
    needs: tuple[Need, ...]
    extras: Mapping[Name, tuple[Need, ...]]  # what each extra requires besides


Lookup = Callable[[Name], Package | None]


def merged(packages: list[Package]) -> Package:
    """One of several that describe the same distribution: a lock file holds one for each fork."""
    extras: dict[Name, tuple[Need, ...]] = {}
    for package in packages:
        for extra, needs in package.extras.items():
            extras[extra] = (*extras.get(extra, ()), *needs)
    versions = dict.fromkeys(package.version for package in packages if package.version)
    every = dict.fromkeys(need for package in packages for need in package.needs)
    return Package(packages[0].name, " or ".join(versions), tuple(every), extras)


def brought(need: Need, lookup: Callable[[Name, Name], tuple[Need, ...] | None]) -> set[Name] | None:
    """The distributions that the extras of a requirement name, and those that extras named there name in turn.

    What those distributions require in their turn does not count. `lookup` gives what an extra of a distribution
    requires, None where that is not known; None where it is known of none of the requirement's extras.
    """
    found: set[Name] = set()
    is_known = False
    queue = deque((need.name, extra) for extra in need.extras)
    seen = set(queue)
    while queue:
        name, extra = queue.popleft()
        needs = lookup(name, extra)
        is_known = is_known or (needs is not None and name == need.name)
        for one in needs or ():
            found.add(one.name)
            more = [(one.name, inner) for inner in one.extras if (one.name, inner) not in seen]
            seen.update(more)
            queue.extend(more)
    return found - {need.name} if is_known else None


def arrivals(wanted: Name, declared: Iterable[Need], lookup: Lookup) -> list[tuple[Name, ...]]:
    """The shortest way from each declared distribution that requires `wanted`, however far down; shortest first.

    A way begins with `wanted` and ends with the declared one, and leads through no other declared one.
    """
    needs = list(declared)
    stops = {need.name for need in needs}
    ways = (_way(wanted, name, [one for one in needs if one.name == name], stops, lookup) for name in sorted(stops))
    return sorted((way for way in ways if way), key=lambda way: (len(way), way))


def _way(wanted: Name, start: Name, needs: list[Need], stops: set[Name], lookup: Lookup) -> tuple[Name, ...] | None:
    queue: deque[tuple[Need, tuple[Name, ...]]] = deque((need, (start,)) for need in needs)
    seen = set(needs)
    while queue:
        need, way = queue.popleft()
        for one in _required(need, lookup):
            if one.name == wanted:
                return (wanted, *way)
            if one not in seen and one.name not in stops - {start}:
                seen.add(one)
                queue.append((one, way if one.name == way[0] else (one.name, *way)))
    return None


def _required(need: Need, lookup: Lookup) -> list[Need]:
    package = lookup(need.name)
    if package is None:
        return []
    return [*package.needs, *(one for extra in need.extras for one in package.extras.get(extra, ()))]
