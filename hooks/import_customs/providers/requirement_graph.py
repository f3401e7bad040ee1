"""What a lock file or an environment says of distributions in; out what extras bring, and by which way one arrives."""

from collections import deque
from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

from import_customs.model.requirement import Name

_LONGEST = 20  # names of a way that are kept


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


class Arrivals:
    """By which ways distributions arrive that a project does not declare."""

    def __init__(self, declared: Iterable[Need], lookup: Lookup) -> None:
        needs = list(declared)
        self._declared = {need.name for need in needs}
        self._above: dict[Name, set[Name]] = {}  # who requires it
        queue, seen = deque(needs), set(needs)
        while queue:
            need = queue.popleft()
            for one in _required(need, lookup):
                self._above.setdefault(one.name, set()).add(need.name)
                if one not in seen:
                    seen.add(one)
                    queue.append(one)

    def ways(self, wanted: Name) -> list[tuple[Name, ...]]:
        """The shortest way from each declared distribution that requires `wanted`, however far down; shortest first.

        A way begins with `wanted` and ends with the declared one, and leads through no other declared one.
        """
        found: dict[Name, Name] = {}  # by the declared one: what it requires
        below: dict[Name, Name] = {}  # the next one towards `wanted`
        queue, seen = deque([wanted]), {wanted}
        while queue:
            name = queue.popleft()
            for above in sorted(self._above.get(name, ())):
                if above in self._declared:
                    found.setdefault(above, name)
                elif above not in seen:
                    seen.add(above)
                    below[above] = name
                    queue.append(above)
        ways = [_way(declared, name, wanted, below) for declared, name in found.items()]
        return sorted(ways, key=lambda way: (len(way), way))


def _way(declared: Name, name: Name, wanted: Name, below: Mapping[Name, Name]) -> tuple[Name, ...]:
    way = [declared]
    while name != wanted and len(way) < _LONGEST:
        way.append(name)
        name = below[name]
    return (wanted, *(() if name == wanted else (Name("…"),)), *reversed(way))


def _required(need: Need, lookup: Lookup) -> list[Need]:
    package = lookup(need.name)
    if package is None:
        return []
    return [*package.needs, *(one for extra in need.extras for one in package.extras.get(extra, ()))]
