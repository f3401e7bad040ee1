"""What the rules say in, the bytes of the shipped files out.

Every text file is sorted by the bytes of its lines' keys, so that a reader bisects it in place; a key ends at the
first tab. `import_customs.providers` reads them:

    modules.txt        module, its providers best first. `*` first: a namespace that no one distribution provides,
                       then those that install a part of it and are not called after that;
                       `+` or `+prefix` before the providers: others add parts to it; `=prefix`: its parts are called
                       prefix-part; nothing: nobody, not even a distribution of that name
    distributions.txt  popular distribution, its rank, its modules, its newest release and what Python that requires;
                       of modules `?` where they are not known, nothing where it is the one of its own name; in a
                       namespace the dotted ones
    members.txt        distribution called after the part of a namespace that it installs
    umbrellas.txt      distribution without modules of its own, the distributions that it always brings
    extras.txt         `distribution[extra]`, the requirements that it brings
    names.bin          every other distribution, as hashes (import_customs.providers.names tells how)
    about.txt          the sources, and each file's size and CRC-32
"""

import hashlib
import struct
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import TypeVar

from packaging.utils import NormalizedName

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
from index.releases import RELEASES, read_date
from index.sources import PIGAR_SHA256, PIGAR_VERSION, POPULAR, Installed, Ranks

ABOUT = "about.txt"

Name = TypeVar("Name", bound=str)


def shipped_files(
    installed: Installed,
    ranks: Ranks,
    said: Corrections,
    extras: Mapping[str, str] = MappingProxyType({}),
    releases: Releases = MappingProxyType({}),
) -> dict[str, bytes]:
    """Name and content of every shipped file."""
    meant = merge.with_meant(installed, releases)
    shared = namespaces(providers_of(installed), meant, ranks, said)
    usable = _with_assumed(meant, ranks, shared)
    modules = dict(_module_lines(providers_of(usable), usable, ranks, said, shared))
    modules |= dict(merge.untold(releases, modules, shared, ranks))
    held, parts = merge.with_releases(installed, releases), merge.parts(releases, shared)
    by_hand = {key: value.split() for key, value in extras.items()}
    files = {
        "modules.txt": _lines(modules.items()),
        "distributions.txt": _lines(_distribution_lines(held, parts, ranks, said, releases)),
        "members.txt": _lines((name, "") for name in shared.members),
        "umbrellas.txt": _lines(_united(said.umbrellas, merge.umbrellas(releases, installed))),
        "extras.txt": _lines(_united(by_hand, merge.extras(releases, ranks, by_hand))),
        "names.bin": _hashes(installed, ranks),
    }
    return {**files, ABOUT: _about(files)}


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


def _module_lines(
    providers: Mapping[str, set[NormalizedName]],
    installed: Installed,
    ranks: Ranks,
    said: Corrections,
    shared: Namespaces,
) -> Iterable[tuple[str, str]]:
    modules = providers.keys() | said.first.keys() | said.only.keys() | shared.shared | shared.extended
    for module in modules:
        if module in shared.shared:
            others = providers.get(module, set()) - shared.members - {flatten(module)}
            yield module, " ".join(["*", *ranked(module, others, installed, ranks)])
            continue
        names = _providers(module, set(providers.get(module, ())), installed, ranks, said)
        if module in shared.extended:
            named_first = said.first.get(module, said.only.get(module, []))
            prefix = shared.prefixes.get(module, "")
            yield module, " ".join([f"+{prefix}", *(n for n in names if n in named_first or n not in shared.members)])
        elif names != [flatten(module)] or module in said.first or module in said.only:
            yield module, " ".join(names)
    for module, prefix in shared.prefixes.items():
        if module not in modules:
            yield module, f"={prefix}"


def _providers(
    module: str, names: set[NormalizedName], installed: Installed, ranks: Ranks, said: Corrections
) -> list[NormalizedName]:
    if module in said.only:
        return said.only[module]
    first = said.first.get(module, [])
    return [*first, *ranked(module, without_noise(module, names, ranks) - set(first), installed, ranks)]


def _distribution_lines(
    installed: Installed, parts: Mapping[NormalizedName, set[str]], ranks: Ranks, said: Corrections, releases: Releases
) -> Iterable[tuple[str, str]]:
    tops = [(module, names) for module, names in (said.first | said.only).items() if "." not in module]
    for name, rank in ranks.items():
        own = name.replace("-", "_")
        kept = {
            module
            for module in installed.get(name, ())
            if (is_importable(module) and module.lower() not in LEFTOVERS) or module == own or module.endswith("-stubs")
        }
        kept |= {module for module, names in tops if name in names} | parts.get(name, set())
        modules = "" if kept == {own} else " ".join(sorted(kept)) or "?"
        release = releases.get(name)
        newest = [release.version, release.requires_python] if release else []
        yield name, "\t".join([str(rank), modules, *newest]).rstrip("\t")


def _hashes(installed: Installed, ranks: Ranks) -> bytes:
    """Bucket of the upper 16 bits of CRC-32, then 15 bits and whether the module of its own name is installed."""
    buckets: list[set[int]] = [set() for _ in range(1 << 16)]
    for name, modules in installed.items():
        if name not in ranks:
            crc = zlib.crc32(name.encode())
            own = not modules or any(flatten(module) == name for module in modules)
            buckets[crc >> 16].add(crc & 0xFFFE | own)
    ends, values = [0], list[int]()
    for bucket in buckets:
        values += sorted(bucket)
        ends.append(len(values))
    return struct.pack(f"<{len(ends)}I{len(values)}H", *ends, *values)


def _lines(rows: Iterable[tuple[str, str]]) -> bytes:
    encoded = sorted((key.encode(), value.encode()) for key, value in rows)
    return b"".join(b"%s\t%s\n" % row if row[1] else b"%s\n" % row[0] for row in encoded)


def _about(files: Mapping[str, bytes]) -> bytes:
    popular = hashlib.sha256(POPULAR.read_bytes()).hexdigest()
    sources = [
        f"source\tpigar {PIGAR_VERSION}\t{PIGAR_SHA256}",
        f"source\tpopular-distributions.txt, autumn 2026\t{popular}",
        f"source\treleases.txt, {read_date()}\t{hashlib.sha256(RELEASES.read_bytes()).hexdigest()}",
    ]
    sizes = [f"file\t{name}\t{len(data)}\t{zlib.crc32(data):08x}" for name, data in sorted(files.items())]
    return "\n".join(["import-customs index\t1", *sources, *sizes, ""]).encode()
