"""Tell how a distribution may be used that nothing imports: by `uses.txt`, and by the entry points of the index.

The head of `uses.txt` explains its lines.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from functools import cache

from import_customs.model.value import NamedTuple
from import_customs.providers.index_lines import SortedLines

_TABLE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "uses.txt")
_FLAGS = ("tool", "starts", "data", "interactive", "aside")
_GROUP = "group:"
_OWN_NAME = "="  # in the place of a command; hooks/index/other_uses.py writes it
_STARTS = ".pth"
_entry_points = SortedLines("entry-points.txt")
_LISTS = ("command", "word", "scheme", "loaded", "named", "for", "file")


class Facts(NamedTuple):
    """What the table says of one distribution; each list is empty where it says nothing."""

    commands: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    schemes: tuple[str, ...] = ()
    loaded_by: tuple[str, ...] = ()  # hosts that load it once it is installed
    named_in: tuple[str, ...] = ()  # names of the files that alone can name it
    hosts: tuple[str, ...] = ()  # that may load it, though no extra of them says so
    files: tuple[str, ...] = ()  # forms of the names of files that it runs
    is_tool: bool = False
    starts_itself: bool = False
    is_data: bool = False
    is_interactive: bool = False
    is_aside: bool = False  # of a group of entry points: it says nothing of a use
    entry_points: tuple[str, ...] = ()  # names by which settings may take it
    has_commands: bool = False  # as the index knows


class EntryPoints(NamedTuple):
    """What one distribution installs to be run, or to be loaded by others."""

    commands: tuple[str, ...]
    groups: Mapping[str, tuple[str, ...]]  # the names in each
    starts_itself: bool  # a `.pth` file of it runs with every Python


def facts_of(distribution: str) -> Facts:
    """What is known of a distribution. Of `uses.txt` its own line counts, else the one with the longest beginning."""
    facts, said = _by_hand(distribution), entry_points_of(distribution)
    if said is None:
        return facts
    loaded_by, named_in, names = list[str](), list[str](), list[str]()
    for group, ones in said.groups.items():
        of_group = _by_hand(_GROUP + group)
        if of_group.is_aside or _is_own(group, distribution):
            continue
        loaded_by += of_group.loaded_by
        named_in += of_group.named_in
        names += () if of_group.loaded_by else ones
    return facts._replace(
        commands=_united(facts.commands, said.commands),
        loaded_by=_united(facts.loaded_by, loaded_by),
        named_in=_united(facts.named_in, named_in),
        starts_itself=facts.starts_itself or said.starts_itself,
        entry_points=tuple(names),
        has_commands=bool(said.commands),
    )


def entry_points_of(distribution: str) -> EntryPoints | None:
    """None if none are known. Raises IndexDamagedError."""
    value = _entry_points.value(distribution)
    if not value:
        return None
    commands, *groups = value.split("\t")
    by_group = {group: tuple(names.split()) for group, _, names in (one.partition("=") for one in groups)}
    starts_itself = by_group.pop(_STARTS, None) is not None
    own = (distribution if one == _OWN_NAME else one for one in commands.split())
    return EntryPoints(tuple(own), by_group, starts_itself)


def _is_own(group: str, distribution: str) -> bool:
    """Whether it is the host of the group itself: mkdocs of `mkdocs.plugins`."""
    return group.lower().replace("_", "-").partition(".")[0] == distribution


def _united(known: Iterable[str], more: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys([*known, *more]))


def _by_hand(name: str) -> Facts:
    whole, beginnings = _table()
    if name in whole:
        return whole[name]
    fitting = [one for one in beginnings if name.startswith(one)]
    return beginnings[max(fitting, key=len)] if fitting else Facts()


@cache
def _table() -> tuple[Mapping[str, Facts], Mapping[str, Facts]]:
    with open(_TABLE, encoding="utf-8") as table:
        return read_table(table.read())


def read_table(text: str) -> tuple[dict[str, Facts], dict[str, Facts]]:
    """The facts by whole name, and by the beginning of names. Of several lines for a name all count.

    Raises ValueError for a line that is not of the form.
    """
    said: dict[str, dict[str, tuple[str, ...]]] = {}
    for number, line in enumerate(text.split("\n"), 1):
        names, bar, facts = line.partition(" | ")
        if not line.strip() or line.startswith("#"):
            continue
        for fact in facts.split(";"):
            kind, *words = fact.split() or [""]
            if not bar or kind not in (_LISTS if words else _FLAGS):
                raise ValueError(f"uses.txt:{number}: {fact!r} is no fact")
            for name in names.split():
                known = said.setdefault(name, {})
                known[kind] = tuple(dict.fromkeys((*known.get(kind, ()), *words)))
    made = {name: _facts(known) for name, known in said.items()}
    whole = {name: facts for name, facts in made.items() if not name.endswith("*")}
    return whole, {name[:-1]: facts for name, facts in made.items() if name.endswith("*")}


def _facts(known: Mapping[str, tuple[str, ...]]) -> Facts:
    by_hand = (*(known.get(kind, ()) for kind in _LISTS), *(kind in known for kind in _FLAGS))
    return Facts._make([*by_hand, (), False])
