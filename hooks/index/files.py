"""Write the shipped files from what the sources and the rules say.

Every text file is sorted by the bytes of its lines' keys, so that a reader bisects it in place; a key ends at the
first tab. `import_customs.providers` reads them:

    modules.txt        module, its providers best first. `*` first: a namespace that no one distribution provides,
                       then those that install a part of it and are not called after that;
                       `+` or `+prefix` before the providers: others add parts to it; `=prefix`: its parts are called
                       prefix-part; nothing: nobody, not even a distribution of that name
    distributions.txt  popular distribution, its rank, its modules, its newest release, what Python that requires, the
                       `sys_platform` that it is for alone, those of its modules that it no longer holds;
                       of modules `?` where they are not known, nothing where it is the one of its own name; in a
                       namespace the dotted ones; a module no longer held has `<VERSION` where the first release
                       without it is known
    spellings.txt      `module`, `distribution` or `both` and a length, the well-known names of that length with their
                       ranks; of `both` the distribution's, of which the module has `_` for `-`
    left-out.txt       module, hashes of distributions that install it as well but stand neither in modules.txt nor
                       among the popular ones: 24 bits of the CRC-32 of each name in four letters of base64, sorted
    members.txt        distribution called after the part of a namespace that it installs
    umbrellas.txt      distribution without modules of its own, the distributions that it always brings
    extras.txt         `distribution[extra]`, the requirements that it brings
    entry-points.txt   distribution, its commands (`=`: of its own name), then `group=names` for each group of its entry
                       points, `.pth` for a file that runs code with every Python; tabs between them
    requires.bin       what popular distributions always require, as ranks (import_customs.providers.requires tells how)
    names.bin          every other distribution, as hashes (import_customs.providers.index tells how)
    about.txt          the sources, and each file's size and the CRC-32 of each 16 KiB of it
"""

import hashlib
import struct
import zlib
from base64 import b64encode
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import accumulate
from types import MappingProxyType
from typing import NamedTuple, TypeVar

from packaging.utils import NormalizedName, canonicalize_name

from index import merge
from index.corrections import Corrections
from index.merge import Releases
from index.namespaces_and_ranks import (
    LEFTOVERS,
    Namespaces,
    flatten,
    is_importable,
    namespaces,
    providers_of,
    ranked,
    without_noise,
)
from index.other_uses import entry_point_lines, requires_by_rank
from index.releases import RELEASES, Release, read_date
from index.sources import FURTHER, PIGAR_SHA256, PIGAR_VERSION, POPULAR, Installed, Ranks
from index.spellings import spelling_lines

ABOUT = "about.txt"
_BLOCK = 16 * 1024

Name = TypeVar("Name", bound=str)


def shipped_files(
    installed: Installed,
    ranks: Ranks,
    said: Corrections,
    extras: Mapping[str, str] = MappingProxyType({}),
    releases: Releases = MappingProxyType({}),
) -> dict[str, bytes]:
    """Name and content of every shipped file."""
    held = merge.with_releases(installed, releases)
    meant = merge.with_meant(installed, releases, ranks)
    shared = namespaces(providers_of(installed), meant, ranks, said, releases)
    usable = _with_assumed(meant, ranks, shared)
    lines = _Lines(providers_of(usable), usable, ranks, said, shared, releases)
    modules = dict(_module_lines(lines))
    modules |= dict(merge.untold(releases, modules, shared, ranks))
    parts = merge.parts(releases, shared)
    by_hand = {key: value.split() for key, value in extras.items()}
    umbrellas = _united(said.umbrellas, merge.umbrellas(releases, installed))
    distributions = dict(_distribution_lines(held, parts, ranks, said, releases))
    files = {
        "modules.txt": _sorted_lines(modules.items()),
        "left-out.txt": _sorted_lines(_left_out_lines(providers_of(held), modules, lines)),
        "distributions.txt": _sorted_lines(distributions.items()),
        "spellings.txt": _sorted_lines(spelling_lines(distributions)),
        "members.txt": _sorted_lines((name, "") for name in shared.members),
        "umbrellas.txt": _sorted_lines(_to_the_end(dict(umbrellas))),
        "extras.txt": _sorted_lines(_united(by_hand, merge.extras(releases, ranks, by_hand))),
        "entry-points.txt": _sorted_lines(entry_point_lines(releases)),
        "requires.bin": requires_by_rank(releases, ranks),
        "names.bin": _hashes(held, ranks),
    }
    return {**files, ABOUT: _about(files)}


class _Lines(NamedTuple):
    """What the lines of modules.txt are made of."""

    providers: Mapping[str, set[NormalizedName]]
    installed: Installed
    ranks: Ranks
    said: Corrections
    shared: Namespaces
    releases: Releases


def _to_the_end(brought: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """With what the umbrellas bring that an umbrella brings: pytest-coverage brings pytest-cover, that pytest-cov."""
    for name in brought:
        found, at = [name], 0
        while at < len(found):
            found += [one for one in brought.get(found[at], "").split() if one not in found]
            at += 1
        yield name, " ".join(found[1:])


def _united(first: Mapping[Name, Sequence[str]], second: Mapping[Name, Sequence[str]]) -> Iterator[tuple[str, str]]:
    """What either says, the first before the second."""
    for key in {**first, **second}:
        yield key, " ".join(dict.fromkeys([*first.get(key, ()), *second.get(key, ())]))


def _with_assumed(installed: Installed, ranks: Ranks, shared: Namespaces) -> Installed:
    """With the module of its own name for each popular distribution of which the source knows none.

    pigar has no modules for 604 of them, typing-extensions and mypy-extensions among them.
    """
    silent = {name for name in ranks if not installed.get(name) and name not in shared.members}
    return {**installed, **{name: frozenset({name.replace("-", "_")}) for name in silent}}


def _module_lines(of: _Lines) -> Iterator[tuple[str, str]]:
    modules = of.providers.keys() | of.said.first.keys() | of.said.only.keys() | of.shared.shared | of.shared.extended
    for module in modules:
        if module in of.shared.shared:
            yield module, _shared_line(module, of)
        elif module in of.shared.extended:
            yield module, _extended_line(module, of)
        else:
            names = _providers(module, of)
            if names != [flatten(module)] or module in of.said.first or module in of.said.only:
                yield module, " ".join(names)
    yield from ((module, f"={prefix}") for module, prefix in of.shared.prefixes.items() if module not in modules)


def _shared_line(module: str, of: _Lines) -> str:
    others = of.providers.get(module, set()) - of.shared.members - {flatten(module)}
    return " ".join(["*", *ranked(module, others, of.installed, of.ranks)])


def _extended_line(module: str, of: _Lines) -> str:
    """Without its members, and without those that hold parts of it alone (PyQt5.sip): what has no line finds them."""
    named_first = of.said.first.get(module, of.said.only.get(module, []))
    names = [name for name in _providers(module, of) if name in named_first or name not in of.shared.members]
    whole = [name for name in names if name in named_first or not merge.is_part_holder(of.releases.get(name), module)]
    return " ".join([f"+{of.shared.prefixes.get(module, '')}", *whole])


def _providers(module: str, of: _Lines) -> list[NormalizedName]:
    if module in of.said.only:
        return of.said.only[module]
    first = of.said.first.get(module, [])
    names = without_noise(module, set(of.providers.get(module, ())), of.ranks) - set(first)
    return [*first, *_holding_first(module, ranked(module, names, of.installed, of.ranks), of)]


def _holding_first(module: str, names: list[NormalizedName], of: _Lines) -> list[NormalizedName]:
    """The names; of the popular ones those whose newest release no longer holds the module behind the others.

    Not where none is known to hold it. encutils left cssutils for a distribution of its own.
    """
    told = {name: one for name in names if name in of.ranks and (one := of.releases.get(name)) and one.modules}
    holding = {name for name, one in told.items() if module in merge.tops_of(one)}
    gone = told.keys() - holding if holding else set()
    return sorted(names, key=lambda name: (name not in of.ranks, name in gone))


def _left_out_lines(
    providers: Mapping[str, set[NormalizedName]], told: Mapping[str, str], of: _Lines
) -> Iterator[tuple[str, str]]:
    """Those that a common word, or a long tail of providers, kept out of modules.txt; of build leftovers none.

    The parts of a namespace that are called after it are told by their names.
    """
    for module, names in providers.items():
        if module not in of.said.only and module.lower() not in LEFTOVERS:
            listed = told[module].split(" ") if module in told else [flatten(module)]
            is_open = module in of.shared.shared or module in of.shared.extended
            told_by_name = of.shared.members if is_open else ()
            others = {name for name in names.difference(listed) if name not in of.ranks and name not in told_by_name}
            if others:
                yield module, "".join(sorted(_hash_of(name) for name in others))


def _hash_of(name: str) -> str:
    return b64encode((zlib.crc32(name.encode()) >> 8).to_bytes(3)).decode()


def _distribution_lines(
    installed: Installed, parts: Mapping[NormalizedName, set[str]], ranks: Ranks, said: Corrections, releases: Releases
) -> Iterator[tuple[str, str]]:
    by_hand: defaultdict[NormalizedName, set[str]] = defaultdict(set)
    for module, names in (said.first | said.only).items():
        for name in names if "." not in module else ():
            by_hand[name].add(module)
    for name, rank in ranks.items():
        own = name.replace("-", "_")
        kept = {
            module
            for module in installed.get(name, ())
            if (is_importable(module) and module.lower() not in LEFTOVERS) or module == own or module.endswith("-stubs")
        }
        listed = kept | by_hand[name] | parts.get(name, set())
        modules = "" if listed == {own} else " ".join(sorted(listed)) or "?"
        fields = [str(rank), modules, *_release_fields(releases.get(name), kept or {own}, said)]
        yield name, "\t".join(fields).rstrip("\t")


def _release_fields(release: Release | None, modules: set[str], said: Corrections) -> list[str]:
    """Of the newest release: its version, the Pythons, the one platform, the modules that it does not hold."""
    if release is None:
        return []
    name = canonicalize_name(release.name)
    until = {module: f"{module}<{version}" for (one, module), version in said.until.items() if one == name}
    gone = set() if release.modules is None else {one for one in modules - merge.tops_of(release) if is_importable(one)}
    lacking = [until.get(module, module) for module in sorted(gone | until.keys())]
    return [release.version, release.requires_python, release.platform, " ".join(lacking)]


def _hashes(installed: Installed, ranks: Ranks) -> bytes:
    """Bucket of the upper 16 bits of CRC-32, then 15 bits and whether the module of its own name is installed."""
    found = set()
    for name, modules in installed.items():
        if name not in ranks:
            own = not modules or any(flatten(module) == name for module in modules)
            found.add(zlib.crc32(name.encode()) & 0xFFFFFFFE | own)
    values, sizes = sorted(found), [0] * (1 << 16)
    for value in values:
        sizes[value >> 16] += 1
    ends = list(accumulate(sizes, initial=0))
    return struct.pack(f"<{len(ends)}I{len(values)}H", *ends, *(value & 0xFFFF for value in values))


def _sorted_lines(rows: Iterable[tuple[str, str]]) -> bytes:
    encoded = sorted((key.encode(), value.encode()) for key, value in rows)
    return b"".join(b"%s\t%s\n" % row if row[1] else b"%s\n" % row[0] for row in encoded)


def _about(files: Mapping[str, bytes]) -> bytes:
    popular, further = (hashlib.sha256(path.read_bytes()).hexdigest() for path in (POPULAR, FURTHER))
    sources = [
        f"source\tpigar {PIGAR_VERSION}\t{PIGAR_SHA256}",
        f"source\tpopular-distributions.txt, autumn 2026\t{popular}",
        f"source\tfurther-distributions.txt\t{further}",
        f"source\treleases.txt, {read_date()}\t{hashlib.sha256(RELEASES.read_bytes()).hexdigest()}",
    ]
    sizes = [f"file\t{name}\t{len(data)}\t{_checksums(data)}" for name, data in sorted(files.items())]
    return "\n".join(["import-customs index\t3", *sources, *sizes, ""]).encode()


def _checksums(data: bytes) -> str:
    return "".join(f"{zlib.crc32(data[start : start + _BLOCK]):08x}" for start in range(0, len(data), _BLOCK))
