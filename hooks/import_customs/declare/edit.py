"""The text of a pyproject.toml and what to add in, the text with it out: by tomlkit, and with no other byte changed.

Source: the TOML 1.0 specification. What was made is read again and compared before anyone gets it.
"""

import json
import re
import tomllib
from collections.abc import Iterable, Mapping, MutableMapping, Sequence
from itertools import groupby
from typing import Any, NamedTuple

import tomlkit
from tomlkit.container import OutOfOrderTableProxy
from tomlkit.exceptions import TOMLKitError
from tomlkit.items import AoT, Array, InlineTable, Item, Table
from tomlkit.toml_document import TOMLDocument

from import_customs.declare.array import with_strings
from import_customs.errors import CheckError
from import_customs.project.document import parse
from import_customs.project.requirement import normalized

_BOM = "\ufeff"
_BARE = re.compile(r"[A-Za-z0-9_-]+", re.ASCII)
_HINT = "add it by hand; nothing was written"


class Addition(NamedTuple):
    """Strings for the array at `keys`, or keys with their values, as TOML writes them, for the table there."""

    keys: tuple[str, ...]
    strings: tuple[str, ...] = ()
    pairs: tuple[tuple[str, str], ...] = ()


def edited(source: bytes, path: str, additions: Sequence[Addition]) -> bytes:
    """The file with the additions. Raises CheckError where it is no TOML, or cannot be changed so."""
    parse(source, path)
    text = source.decode("utf-8")
    mark, text = (_BOM, text[1:]) if text.startswith(_BOM) else ("", text)
    try:
        document = tomlkit.parse(text)
        if document.as_string() != text:
            raise CheckError("cannot be edited without changing more than is meant", hint=_HINT, path=path)
        made = _edited(document, additions, "\r\n" if "\r\n" in text else "\n")
        is_meant = _without(tomllib.loads(made), tomllib.loads(text), additions)
    except (TOMLKitError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
        is_meant = False
    if not is_meant:
        keys = " and ".join(dict.fromkeys(".".join(one.keys) for one in additions))
        raise CheckError(f"is laid out so that nothing can be added to {keys}", hint=_HINT, path=path)
    return (mark + made).encode("utf-8")


def quoted(text: str) -> str:
    """A basic string. Raises ValueError for what TOML cannot hold: lone surrogates, of names that are not UTF-8."""
    text.encode("utf-8")
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _edited(document: TOMLDocument, additions: Sequence[Addition], newline: str) -> str:
    pairs: dict[tuple[str, ...], list[tuple[str, str]]] = {}
    for addition in additions:
        pairs.setdefault(addition.keys, []).extend(addition.pairs)
        if not addition.strings:
            continue
        parent, name = _at(document, addition.keys[:-1]), addition.keys[-1]
        if parent is not None and name in parent:
            parent[name] = _value(with_strings(_array(parent[name]), addition.strings, newline))
        else:
            pairs.setdefault(addition.keys[:-1], []).append((name, with_strings("[]", addition.strings, newline)))
    blocks = [block for keys, listed in pairs.items() if listed for block in _add(document, keys, listed, newline)]
    return _with_blocks(document.as_string(), blocks, newline)


def _array(item: Any) -> str:
    if not isinstance(item, Array):
        raise TypeError
    return item.as_string()


def _value(text: str) -> Any:
    return tomlkit.parse(f"x = {text}")["x"]


def _at(document: TOMLDocument, keys: Iterable[str]) -> Any:
    found: Any = document
    for key in keys:
        found = found.get(key) if isinstance(found, Mapping) else None
    return found


def _add(document: TOMLDocument, keys: tuple[str, ...], pairs: list[tuple[str, str]], newline: str) -> list[str]:
    """Put the pairs into the table; where it has no header yet, the block to be put at the document's end."""
    table = _at(document, keys)
    if isinstance(table, InlineTable):
        _at(document, keys[:-1])[keys[-1]] = _value(_inline(table.as_string(), pairs))
        return []
    is_dotted = isinstance(table, Table) and table.is_super_table() and bool(_plain(table))
    if table is None or (isinstance(table, Table) and table.is_super_table() and not is_dotted):
        return [_block(keys, pairs, newline)]
    _add_lines(table, _prefix(document, keys) if is_dotted else "", pairs, newline)
    return []


def _inline(text: str, pairs: list[tuple[str, str]]) -> str:
    """An inline table with the pairs at its end."""
    body = text[1:-1].rstrip()
    added = ", ".join(f"{_key(name)} = {value}" for name, value in sorted(pairs))
    return f"{{{body}, {added}{text[len(body) + 1 :]}" if body.strip() else f"{{ {added} }}"


def _prefix(document: TOMLDocument, keys: tuple[str, ...]) -> str:
    """What of the keys stands before each name in a table that is made of dotted keys: below the nearest header."""
    tables = [_at(document, keys[:depth]) for depth in range(1, len(keys) + 1)]
    headed = [depth for depth, one in enumerate(tables, 1) if isinstance(one, Table) and not one.is_super_table()]
    return "".join(f"{_key(key)}." for key in keys[headed[-1] if headed else 0 :])


def _block(keys: tuple[str, ...], pairs: list[tuple[str, str]], newline: str) -> str:
    header = ".".join(map(_key, keys))
    return f"[{header}]{newline}{''.join(_line('', name, value, newline) for name, value in sorted(pairs))}"


def _with_blocks(text: str, blocks: Sequence[str], newline: str) -> str:
    """The document with the blocks at its end, each after an empty line; it ends in a newline if it did."""
    if not blocks:
        return text
    is_ended = not text or text.endswith("\n")
    apart = "" if not text else newline if is_ended else newline * 2
    added = apart + newline.join(blocks)
    return text + (added if is_ended else added.removesuffix(newline))


def _line(before: str, name: str, value: str, newline: str) -> str:
    return f"{before}{_key(name)} = {value}{newline}"


def _key(name: str) -> str:
    return name if _BARE.fullmatch(name) else quoted(name)


def _plain(table: Any) -> list[tuple[str, Item]]:
    """The values of a table that stand on lines of their own, in order."""
    items = ((name, table[name]) for name in table)
    tables = (AoT, OutOfOrderTableProxy)
    return [
        (name, item)
        for name, item in items
        if isinstance(item, Item)
        and not isinstance(item, tables)
        and not (isinstance(item, Table) and not isinstance(item, InlineTable))
    ]


def _add_lines(table: Any, prefix: str, pairs: list[tuple[str, str]], newline: str) -> None:
    """Lines for the pairs, each behind the value that it belongs after, or behind the header."""
    there = _plain(table)
    placed = [(_predecessor(there, name), name, value) for name, value in sorted(pairs, key=lambda one: _order(one[0]))]
    for at, group in groupby(sorted(placed, key=lambda one: one[0]), key=lambda one: one[0]):
        item = there[at][1] if at >= 0 else table
        indent = (there[max(at, 0)][1] if there else item).trivia.indent
        lines = "".join(_line(indent + prefix, name, value, newline) for _, name, value in group)
        trail = item.trivia.trail
        item.trivia.trail = trail + lines if trail else newline + lines.removesuffix(newline)


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


def _without(made: dict[str, Any], before: dict[str, Any], additions: Sequence[Addition]) -> bool:
    """Whether the document that was made is the old one once the additions are taken out of it."""
    for addition in additions:
        for string in addition.strings:
            found = _at_plain(made, addition.keys)
            found.remove(string)
        for name, _ in addition.pairs:
            del _at_plain(made, addition.keys)[name]
    for addition in additions:
        for depth in range(len(addition.keys), 0, -1):
            _prune(made, before, addition.keys[:depth])
    return made == before


def _prune(made: MutableMapping[str, Any], before: Mapping[str, Any], keys: tuple[str, ...]) -> None:
    """Take out what holds nothing now and was not there."""
    parent, old = _at_plain(made, keys[:-1]), before
    is_old = True
    for key in keys:
        is_old = is_old and isinstance(old, Mapping) and key in old
        old = old[key] if is_old else {}
    if not is_old and isinstance(parent, MutableMapping) and not parent.get(keys[-1], True):
        del parent[keys[-1]]


def _at_plain(table: Any, keys: Iterable[str]) -> Any:
    for key in keys:
        table = table.get(key, {})
    return table
