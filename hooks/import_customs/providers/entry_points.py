"""Tell the entry points of a distribution, as its newest release has them: its commands, and what it adds to others."""

from __future__ import annotations

from import_customs.model.value import NamedTuple
from import_customs.providers.index_lines import SortedLines

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

_OWN_NAME = "="  # hooks/index/other_uses.py writes it
_STARTS = ".pth"
_lines = SortedLines("entry-points.txt")


class EntryPoints(NamedTuple):
    """What one distribution installs to be run, or to be loaded by others."""

    commands: tuple[str, ...]
    groups: Mapping[str, tuple[str, ...]]  # the names in each
    starts_itself: bool  # a `.pth` file of it runs with every Python


def entry_points_of(distribution: str) -> EntryPoints | None:
    """None if none are known. Raises IndexDamagedError."""
    value = _lines.value(distribution)
    if not value:
        return None
    commands, *groups = value.split("\t")
    by_group = {group: tuple(names.split()) for group, _, names in (one.partition("=") for one in groups)}
    starts_itself = by_group.pop(_STARTS, None) is not None
    own = (distribution if one == _OWN_NAME else one for one in commands.split())
    return EntryPoints(tuple(own), by_group, starts_itself)
