"""Tell which popular distributions always require another one, at any depth, as their newest releases say.

requires.bin holds, by rank from 1, the ranks of those that each requires: how many distributions there are (16 bits,
little-endian), how many each requires (8 bits; 255 where that is not known), then the ranks (16 bits each), one list
after the other.
"""

import struct
from collections.abc import Iterable
from functools import cache
from itertools import accumulate
from mmap import mmap

from import_customs.providers.index import rank
from import_customs.providers.index_lines import damaged, mapped

NAME = "requires.bin"
_HEAD = 2  # bytes
_NOT_KNOWN = b"\xff"


def who_requires(distributions: Iterable[str]) -> dict[int, list[str]]:
    """By the rank of what is always required: those of the distributions that require it, in their order.

    Raises IndexDamagedError.
    """
    found: dict[int, list[str]] = {}
    for one in distributions:
        place = rank(one)
        for required in _closure(place) if place else ():
            if required != place:
                found.setdefault(required, []).append(one)
    return found


def is_read(distribution: str) -> bool:
    """Whether its newest release was read for what it requires and for its entry points."""
    place, (data, starts) = rank(distribution), _table()
    return place is not None and place < len(starts) and data[_HEAD + place - 1 : _HEAD + place] != _NOT_KNOWN


def _closure(place: int) -> set[int]:
    """What the distribution of that rank requires, at any depth."""
    found, left = set[int](), [place]
    while left:
        new = set(_required(left.pop())) - found
        found |= new
        left += new
    return found


def _required(place: int) -> tuple[int, ...]:
    data, starts = _table()
    try:
        start, end = starts[place - 1], starts[place]
        return struct.unpack_from(f"<{end - start}H", data, _HEAD + len(starts) - 1 + 2 * start)
    except (IndexError, struct.error):
        raise damaged(NAME, "points beyond its end") from None


@cache
def _table() -> tuple[mmap, list[int]]:
    """The file, and where each list starts, with the end of the last."""
    data = mapped(NAME)
    count = int.from_bytes(data[:_HEAD], "little")
    return data, [0, *accumulate(data[_HEAD : _HEAD + count].replace(_NOT_KNOWN, b"\0"))]
