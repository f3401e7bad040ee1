"""Merge the sources: pigar's database knows everything, somewhat; a release knows itself exactly.

What the newest release holds is added, never taken for all: older releases are in use, and held other modules.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from packaging.utils import NormalizedName

from index.namespaces_and_ranks import (
    LEFTOVERS,
    WELL_KNOWN,
    Namespaces,
    flatten,
    is_importable,
    is_related,
    providers_of,
)
from index.releases import Release
from index.sources import Installed, Ranks

_VERSION = re.compile(r"_v\d[^.]*$")  # of an API: google.cloud.vision_v1
Releases = Mapping[NormalizedName, Release]
# So many others that install a module make a common word of it: of 95 contested ones below stand pywin32's win32 and
# mistral-vibe's vibe, above `agent` (hermes-agent) and `data` (teradataml).
CONTESTED = 8


def tops_of(release: Release) -> set[str]:
    """The top-level modules of a release, as far as an import statement can name them."""
    tops = {module.partition(".")[0] for module in release.modules or ()}
    return {top for top in tops if is_importable(top)}


def with_releases(installed: Installed, releases: Releases) -> Installed:
    """What each distribution installs by either source."""
    return {**installed, **{name: installed.get(name, frozenset()) | tops_of(one) for name, one in releases.items()}}


def with_meant(installed: Installed, releases: Releases, ranks: Ranks) -> Installed:
    """What each distribution is a provider of: of what a release alone shows, what it seems to hold on purpose.

    That is a module that nothing else installs, or, where few do, one that the distribution is called after, or that
    nobody is called after and no other popular one installs; no build leftover, nothing private. More would make a
    popular module of every common word: `data`, `agent`.
    """
    others = providers_of(installed)
    found = dict(installed)
    for name, release in releases.items():
        tops = tops_of(release)
        meant = {top for top in tops - LEFTOVERS if not top.startswith("_")}
        is_tidy = tops.isdisjoint(LEFTOVERS) and name in ranks
        added = {top for top in meant if _is_meant(top, name, others.get(top, set()), ranks, is_tidy=is_tidy)}
        found[name] = installed.get(name, frozenset()) | added
    return found


def _is_meant(
    module: str, distribution: NormalizedName, others: set[NormalizedName], ranks: Ranks, *, is_tidy: bool
) -> bool:
    """Of a tidy release (popular, no leftovers of a build) more is believed: win32con of pywin32, hwp5 of pyhwp."""
    if not others or len(others) >= CONTESTED or is_related(module, distribution):
        return len(others) < CONTESTED
    return is_tidy and ranks.keys().isdisjoint(others) and not any(is_related(module, other) for other in others)


def parts(releases: Releases, shared: Namespaces) -> dict[NormalizedName, set[str]]:
    """By distribution the dotted modules that it installs in namespaces, without those that others have parts in."""
    tops = shared.shared | shared.extended
    held = {
        name: {module for module in release.modules or () if "." in module and module.partition(".")[0] in tops}
        for name, release in releases.items()
    }
    inner = {above for modules in held.values() for module in modules for above in _prefixes(module)[1:]}
    return {name: modules - inner for name, modules in held.items() if modules - inner}


def untold(releases: Releases, told: Mapping[str, str], shared: Namespaces, ranks: Ranks) -> Iterator[tuple[str, str]]:
    """The parts of namespaces that no rule leads to their distribution, each with those that install it.

    `told` are the lines of modules.txt so far. What one of the module's own providers holds is told by that, and what a
    line or a name leads to that may hold it.
    """
    found: defaultdict[str, list[NormalizedName]] = defaultdict(list)
    for name, modules in sorted(parts(releases, shared).items(), key=lambda item: ranks.get(item[0], len(ranks) + 1)):
        for module in modules:
            mark, *mains = told.get(module.partition(".")[0], "*").split(" ")
            led = next(filter(None, (_led_to(prefix, told, shared) for prefix in _prefixes(module))), [])
            is_told = name in led or any(_may_hold(releases.get(NormalizedName(one)), module) for one in led)
            if not is_told and not (mark != "*" and any(_holds(releases.get(flatten(main)), module) for main in mains)):
                found[module].append(name)
    yield from ((module, " ".join(names)) for module, names in sorted(found.items()))


def is_part_holder(release: Release | None, module: str) -> bool:
    """Whether the newest release holds parts of a module, and not the module itself."""
    modules = release.modules or () if release else ()
    return module not in modules and any(one.startswith(f"{module}.") for one in modules)


def _holds(release: Release | None, module: str) -> bool:
    top = module.partition(".")[0]
    return release is not None and not {top, *_prefixes(module)}.isdisjoint(release.modules or ())


def _may_hold(release: Release | None, module: str) -> bool:
    """Whether the release holds the module, one above it or a part of it; one without modules may hold any folder."""
    known = release.modules if release else None
    return not known or any(f"{one}.".startswith(f"{module}.") or module.startswith(f"{one}.") for one in known)


def _led_to(prefix: str, told: Mapping[str, str], shared: Namespaces) -> Sequence[str]:
    """The distributions that a reader of the index finds by this prefix of a dotted module."""
    plain = _VERSION.sub("", prefix)
    values = (value for value in (told.get(prefix), told.get(plain)) if value)
    if value := next((value for value in values if value[0] not in "=*+"), ""):
        return value.split()
    return [name for one in (prefix, plain) for name in _named_after(one, shared) if name in shared.members]


def _named_after(module: str, shared: Namespaces) -> Iterator[str]:
    yield flatten(module)
    for above in _prefixes(module):
        if above in shared.prefixes and above != module:
            yield f"{shared.prefixes[above]}-{flatten(module[len(above) + 1 :])}"


def _prefixes(module: str) -> list[str]:
    words = module.split(".")
    return [".".join(words[:end]) for end in range(len(words), 1, -1)]


def umbrellas(releases: Releases, installed: Installed) -> dict[NormalizedName, list[str]]:
    """The distributions without any module, with what they always bring; packages of stubs are none."""
    return {
        name: [word.partition("[")[0] for word in release.requires[""]]
        for name, release in releases.items()
        if release.modules == () and release.requires.get("") and _is_umbrella(name, release, installed)
    }


def _is_umbrella(name: NormalizedName, release: Release, installed: Installed) -> bool:
    """Whether a release without modules stands for what it requires.

    pigar's data may have modules of an older release (pypiwin32), or of this one in folders that no rule finds
    (proxsuite, in a prefix of its own): then it must require one thing alone, or parts that are called after it.
    """
    words = release.requires[""]
    is_empty = len(words) == 1 or not installed.get(name) or any(word.startswith(f"{name}-") for word in words)
    return is_empty and not _is_of_stubs(name)


def extras(releases: Releases, ranks: Ranks, said: Mapping[str, Sequence[str]]) -> dict[str, Sequence[str]]:
    """By `distribution[extra]` the requirements that it brings, where the lines by hand do not say as much.

    Of the best known alone, and of those outside the popular that a release is known of: those of the others are half
    as much again as all else that is known of distributions.
    """
    found: dict[str, Sequence[str]] = {}
    for name, release in releases.items():
        for extra, words in release.requires.items() if ranks.get(name, 0) <= WELL_KNOWN else ():
            known = said.get(f"{name}[{extra}]") or [one.replace("*", extra) for one in said.get(f"{name}[*]", ())]
            more = [word for word in words if word not in known]
            if extra and more:
                found[f"{name}[{extra}]"] = [*known, *more]
    return found


def _is_of_stubs(name: str) -> bool:
    return name.startswith("types-") or name.endswith(("-stubs", "-types"))
