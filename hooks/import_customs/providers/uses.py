"""Tell how a distribution may be used that nothing imports: `uses.txt` is the table, and its head explains it."""

from __future__ import annotations

import os
from functools import cache

from import_customs.model.value import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

_TABLE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "uses.txt")
_FLAGS = ("tool", "starts", "data", "interactive")
_LISTS = ("command", "word", "scheme", "loaded", "named", "for")


class Facts(NamedTuple):
    """What the table says of one distribution; each list is empty where it says nothing."""

    commands: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    schemes: tuple[str, ...] = ()
    loaded_by: tuple[str, ...] = ()  # hosts that load it once it is installed
    named_in: tuple[str, ...] = ()  # names of the files that alone can name it
    hosts: tuple[str, ...] = ()  # that may load it, though no extra of them says so
    is_tool: bool = False
    starts_itself: bool = False
    is_data: bool = False
    is_interactive: bool = False


def facts_of(distribution: str) -> Facts:
    """What is known of a distribution; by its whole name, else by the longest beginning that a line has with `*`."""
    whole, beginnings = _table()
    if distribution in whole:
        return whole[distribution]
    fitting = [one for one in beginnings if distribution.startswith(one)]
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
    return Facts._make([*(known.get(kind, ()) for kind in _LISTS), *(kind in known for kind in _FLAGS)])
