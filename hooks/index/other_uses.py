"""Write what the newest releases say of other uses than an import: their entry points, and what they require."""

import struct
from collections.abc import Iterator, Mapping

from packaging.utils import canonicalize_name

from index.entry_points import COMMANDS, to_text
from index.merge import Releases
from index.sources import Ranks

OWN_NAME = "="  # stands for a command that is called like the distribution
_NOT_KNOWN = 255  # instead of a count, which is one byte
_MOST_REQUIRED = 254
_MOST_LETTERS = 1_000  # of a line: those of a few distributions would be as long as all others together


def entry_point_lines(releases: Releases) -> Iterator[tuple[str, str]]:
    """By distribution its commands, then each group with the names in it, a tab between them."""
    for name, release in releases.items():
        by_group = dict(release.entry_points)
        commands = by_group.pop(COMMANDS, ())
        if commands or by_group:
            listed = " ".join(OWN_NAME if canonicalize_name(one) == name else one for one in commands)
            yield name, _shortened(listed, by_group)


def _shortened(commands: str, by_group: Mapping[str, tuple[str, ...]]) -> str:
    """The line's value; without the longest groups' names where it is too long."""
    left = dict(by_group)
    value = f"{commands}\t{to_text(left, chr(9))}".rstrip("\t")
    while len(value) > _MOST_LETTERS and any(left.values()):
        left[max(left, key=lambda group: (len(" ".join(left[group])), group))] = ()
        value = f"{commands}\t{to_text(left, chr(9))}".rstrip("\t")
    return value


def requires_by_rank(releases: Releases, ranks: Ranks) -> bytes:
    """By rank, of those that are always required, the ranks: `import_customs.providers.requires` says in which form."""
    counts, values = list[int](), list[int]()
    for name in sorted(ranks, key=lambda name: ranks[name]):
        words = releases[name].requires.get("") if name in releases else None
        if words is None:
            counts.append(_NOT_KNOWN)
            continue
        required = {ranks.get(canonicalize_name(word.partition("[")[0]), 0) for word in words} - {0}
        listed = sorted(required)[:_MOST_REQUIRED]
        counts.append(len(listed))
        values += listed
    return struct.pack(f"<H{len(counts)}B{len(values)}H", len(counts), *counts, *values)
