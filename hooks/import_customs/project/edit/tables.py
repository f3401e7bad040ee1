"""Add lines with keys and values to a table of a document that tomlkit parsed.

tomlkit keeps every byte of what it parsed; a new line goes into the text that it keeps after the value before.
"""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import Any

import tomlkit
from tomlkit.items import AoT, InlineTable, Item, Table
from tomlkit.toml_document import TOMLDocument

from import_customs.model.later import pattern
from import_customs.model.requirement import normalized
from import_customs.project.edit.array import newline_of

_BARE = pattern(r"[A-Za-z0-9_-]+", re.ASCII)
Pairs = Sequence[tuple[str, str]]  # keys, and their values as TOML writes them


def value_at(document: TOMLDocument, keys: Iterable[str]) -> Any:
    """The value at the keys; None if there is none."""
    found: Any = document
    for key in keys:
        found = found.get(key) if isinstance(found, Mapping) else None
    return found


def add_pairs(document: TOMLDocument, keys: tuple[str, ...], pairs: Pairs, newline: str, *, is_dotted: bool) -> None:
    """Put the pairs into a table of the document; `is_dotted` if it has no header and is made of dotted keys."""
    table = value_at(document, keys)
    if isinstance(table, InlineTable):
        value_at(document, keys[:-1])[keys[-1]] = parse_value(_inline(table.as_string(), pairs))
        return
    _add_lines(table, _prefix(document, keys) if is_dotted else "", pairs, newline)


def table_text(keys: tuple[str, ...], pairs: Pairs, newline: str) -> str:
    """The text of a new table."""
    header = ".".join(map(_key, keys))
    return f"[{header}]{newline}{''.join(_line('', name, value, newline) for name, value in sorted(pairs))}"


def is_implied(table: Any) -> bool:
    """True if the table has no header of its own and exists only because of its sub-tables."""
    return isinstance(table, Mapping) and not isinstance(table, InlineTable) and not _plain(table)


def parse_value(text: str) -> Any:
    """The value of a TOML text; it keeps the text as it is."""
    return tomlkit.parse(f"x = {text}")["x"]


def quoted(text: str) -> str:
    """A basic string. Raises ValueError for what TOML cannot hold: lone surrogates, of names that are not UTF-8."""
    text.encode("utf-8")
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _inline(text: str, pairs: Pairs) -> str:
    """An inline table with the pairs at its end."""
    body = text[1:-1].rstrip()
    added = ", ".join(f"{_key(name)} = {value}" for name, value in sorted(pairs))
    return f"{{{body}, {added}{text[len(body) + 1 :]}" if body.strip() else f"{{ {added} }}"


def _prefix(document: TOMLDocument, keys: tuple[str, ...]) -> str:
    """What stands before each name in a table that is made of dotted keys: the keys below the nearest header."""
    tables = [value_at(document, keys[:depth]) for depth in range(1, len(keys) + 1)]
    headed = [depth for depth, one in enumerate(tables, 1) if isinstance(one, Table) and not one.is_super_table()]
    return "".join(f"{_key(key)}." for key in keys[headed[-1] if headed else 0 :])


def _plain(table: Any) -> list[tuple[str, Item]]:
    """The values of a table that stand on lines of their own, in order."""
    items = ((name, table[name]) for name in table)
    return [(name, item) for name, item in items if isinstance(item, Item) and not isinstance(item, (AoT, Table))]


def _add_lines(table: Any, prefix: str, pairs: Pairs, newline: str) -> None:
    """Put in a line for each pair, after the value that it belongs after, or after the header."""
    there = _plain(table)
    first = 0 if prefix else -1  # dotted keys have no header that they could stand behind
    placed = [
        (max(_predecessor(there, name), first), name, value)
        for name, value in sorted(pairs, key=lambda one: _order(one[0]))
    ]
    for behind, group in groupby(sorted(placed, key=lambda one: one[0]), key=lambda one: one[0]):
        item = there[behind][1] if behind >= 0 else table
        indent = (there[max(behind, 0)][1] if there else item).trivia.indent
        trail = item.trivia.trail
        end = newline_of(trail) or newline
        lines = "".join(_line(indent + prefix, name, value, end) for _, name, value in group)
        item.trivia.trail = trail + lines if trail else end + lines.removesuffix(end)


def _predecessor(there: Sequence[tuple[str, Item]], name: str) -> int:
    """Which value a new one comes after: the last, or the one before it where they are sorted; -1 is the header.

    What stands beside `dependencies` is no list of names, and sorted by chance.
    """
    first = 1 if there and there[0][0] == "python" else 0
    keys = [_order(key) for key, _ in there[first:]]
    if keys != sorted(keys) or name == "dependencies":
        return len(there) - 1
    return first - 1 + sum(key <= _order(name) for key in keys)


def _order(name: str) -> str:
    return normalized(name)


def _line(before: str, name: str, value: str, newline: str) -> str:
    return f"{before}{_key(name)} = {value}{newline}"


def _key(name: str) -> str:
    return name if _BARE.fullmatch(name) else quoted(name)
