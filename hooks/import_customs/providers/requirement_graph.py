"""Follow requirements from distribution to distribution, as a lock file or an environment describes them."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Mapping
from functools import cached_property

from import_customs.model.requirement import Name
from import_customs.model.value import NamedTuple

Lookup = Callable[[Name], "Package | None"]
ExtraLookup = Callable[[Name, Name], "tuple[Need, ...] | None"]
_LONGEST = 20  # names of a path that are kept


class Need(NamedTuple):
    """A required distribution, with the extras that are asked for."""

    name: Name
    extras: tuple[Name, ...] = ()


class Package(NamedTuple):
    """One distribution, as a lock file or its metadata describes it."""

    name: Name
    version: str  # "" if not known; several are joined by " or "
    needs: tuple[Need, ...]
    extras: Mapping[Name, tuple[Need, ...]]  # what each extra requires in addition


def merged_packages(packages: list[Package]) -> Package:
    """One package for several of the same distribution: a lock file holds one for each fork."""
    extras: dict[Name, tuple[Need, ...]] = {}
    for package in packages:
        for extra, needs in package.extras.items():
            extras[extra] = (*extras.get(extra, ()), *needs)
    versions = dict.fromkeys(package.version for package in packages if package.version)
    every = dict.fromkeys(need for package in packages for need in package.needs)
    return Package(packages[0].name, " or ".join(versions), tuple(every), extras)


def distributions_of_extras(
    need: Need, extra_requirements: ExtraLookup, package: Lookup = lambda _: None
) -> set[Name] | None:
    """The distributions that a requirement with extras covers: importing them needs no declaration of their own.

    An extra covers what it requires itself, and what further extras of the same distribution require. A requirement of
    these counts only if it is called like the extra: celery[redis] requires kombu[redis], and that requires redis.
    `extra_requirements` gives what an extra of a distribution requires, or None if that is not known. The result is
    None if nothing is known of any extra of the requirement.
    """
    found: set[Name] = set()
    is_known = False
    queue = deque(need.extras)
    seen = set(queue)
    while queue:
        extra = queue.popleft()
        needs = extra_requirements(need.name, extra)
        is_known = is_known or needs is not None
        others = [one for one in needs or () if one.name != need.name]
        found.update(one.name for one in others)
        if extra != need.name and extra not in found and _arrives(extra, others, extra_requirements, package):
            found.add(extra)
        further = {inner for one in needs or () if one.name == need.name for inner in one.extras} - seen
        seen |= further
        queue.extend(sorted(further))
    return found if is_known else None


def _arrives(wanted: Name, needs: Iterable[Need], extra_requirements: ExtraLookup, package: Lookup) -> bool:
    """Whether one of the needs brings the wanted distribution, by its plain requirements or by those of its extras."""
    queue = deque(needs)
    seen = set(queue)
    while queue:
        need = queue.popleft()
        if need.name == wanted:
            return True
        known = package(need.name)
        more = [*(known.needs if known else ())]
        more.extend(one for extra in need.extras for one in extra_requirements(need.name, extra) or ())
        queue.extend(dict.fromkeys(one for one in more if one not in seen))
        seen.update(more)
    return False


class RequirementGraph:
    """Who requires whom, below the declared distributions of a project.

    It is followed when a path is first asked for, which takes the most of a large lock file's time: few findings ask.
    """

    def __init__(self, declared: Iterable[Need], lookup: Lookup) -> None:
        self._needs = list(declared)
        self._declared = {need.name for need in self._needs}
        self._lookup = lookup

    @cached_property
    def _required_by(self) -> dict[Name, set[Name]]:
        found: dict[Name, set[Name]] = {}
        queue, seen = deque(self._needs), set(self._needs)
        while queue:
            need = queue.popleft()
            package = self._lookup(need.name)
            brought = (one for extra in need.extras for one in package.extras.get(extra, ())) if package else ()
            for one in (*package.needs, *brought) if package else ():
                found.setdefault(one.name, set()).add(need.name)
                if one not in seen:
                    seen.add(one)
                    queue.append(one)
        return found

    def arriving(self) -> set[Name]:
        """All that they require, directly or not."""
        return set(self._required_by)

    def paths_to(self, wanted: Name) -> list[tuple[Name, ...]]:
        """The shortest path from each declared distribution that requires `wanted`, directly or not; shortest first.

        A path begins with `wanted`, ends with the declared distribution, and has no other declared one in it.
        """
        found: dict[Name, Name] = {}  # by declared distribution: the one that it requires
        below: dict[Name, Name] = {}  # the next one towards `wanted`
        queue, seen = deque([wanted]), {wanted}
        while queue:
            name = queue.popleft()
            for above in sorted(self._required_by.get(name, ())):
                if above in self._declared:
                    found.setdefault(above, name)
                elif above not in seen:
                    seen.add(above)
                    below[above] = name
                    queue.append(above)
        paths = [_path(declared, name, wanted, below) for declared, name in found.items()]
        return sorted(paths, key=lambda path: (len(path), path))


def _path(declared: Name, name: Name, wanted: Name, below: Mapping[Name, Name]) -> tuple[Name, ...]:
    path = [declared]
    while name != wanted and len(path) < _LONGEST:
        path.append(name)
        name = below[name]
    return (wanted, *(() if name == wanted else (Name("…"),)), *reversed(path))
