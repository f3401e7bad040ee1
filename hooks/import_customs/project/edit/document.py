"""Add strings and keys to the text of a pyproject.toml, by tomlkit; no other byte changes.

Source: the TOML 1.0 specification. The new text is read again and compared with the old one before it is given away.
"""

import re
import tomllib
from collections.abc import Iterable, Mapping, MutableMapping, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

import tomlkit
from tomlkit.exceptions import TOMLKitError
from tomlkit.items import Array

from import_customs.model import CheckError
from import_customs.model.later import pattern
from import_customs.model.requirement import leading, normalized
from import_customs.model.toml import parse
from import_customs.project.edit.array import newline_of, with_strings, without_strings
from import_customs.project.edit.tables import add_pairs, is_implied, parse_value, table_text, value_at

_BOM = "\ufeff"
_HEADER = pattern(r"^[ \t]*(\[[^\[\]\n]+\]|\[\[[^\[\]\n]+\]\])[ \t]*(?:#[^\n]*)?\r?$", re.MULTILINE)
# A line of such a string may look like a header; what is matched before it is passed over.
_STRING = pattern(
    r"""\#[^\n]*|"{3}(?:[^\\]|\\.)*?"{3,5}|'{3}.*?'{3,5}|"(?:[^"\\\n]|\\.)*"|'[^'\n]*'""",
    re.DOTALL,
)
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
    made = text
    try:
        for keys, wanted in _by_table(additions).items():
            made = _in_table(made, keys, wanted)
        is_meant = _is_meant(_compared(made), _compared(text), additions)
    except (TOMLKitError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
        is_meant = False
    if not is_meant:
        keys_named = " and ".join(dict.fromkeys(".".join(one.keys) for one in additions))
        raise CheckError(f"is laid out so that nothing can be added to {keys_named}", hint=_HINT, path=path)
    return (mark + made).encode("utf-8")


class Removal(NamedTuple):
    """Distributions that the array at `keys` loses, or the table there."""

    keys: tuple[str, ...]
    names: frozenset[str]  # normalized


def shortened(source: bytes, path: str, removals: Sequence[Removal]) -> bytes:
    """The file without these requirements. Raises CheckError where it is no TOML, or cannot be changed so."""
    parse(source, path)
    text = source.decode("utf-8")
    mark, text = (_BOM, text[1:]) if text.startswith(_BOM) else ("", text)
    made = text
    try:
        for removal in removals:
            made = _without(made, removal)
        wanted = _compared(text)
        for removal in removals:
            _lose(wanted, removal)
        is_meant = _compared(made) == wanted
    except (TOMLKitError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
        is_meant = False
    if not is_meant:
        keys_named = " and ".join(dict.fromkeys(".".join(one.keys) for one in removals))
        hint = "take it out by hand; nothing was written"
        raise CheckError(f"is laid out so that nothing can be taken out of {keys_named}", hint=hint, path=path)
    return (mark + made).encode("utf-8")


def _without(text: str, removal: Removal) -> str:
    in_array = isinstance(_at_plain(_compared(text), removal.keys), list)
    keys = removal.keys[:-1] if in_array else removal.keys
    start, end = _span(text, keys) or (0, len(text))
    document = tomlkit.parse(text[start:end])
    if document.as_string() != text[start:end]:
        raise ValueError
    table = value_at(document, keys)
    if in_array:
        array = _array(table[removal.keys[-1]])
        table[removal.keys[-1]] = parse_value(without_strings(array.as_string(), removal.names))
    else:
        for key in [key for key in table if normalized(key) in removal.names]:
            del table[key]
    return text[:start] + document.as_string() + text[end:]


def _lose(document: dict[str, Any], removal: Removal) -> None:
    """Take the requirements out of the plain document."""
    there = _at_plain(document, removal.keys)
    if isinstance(there, list):
        there[:] = [one for one in there if not (isinstance(one, str) and _name_of(one) in removal.names)]
    else:
        for key in [key for key in there if normalized(key) in removal.names]:
            del there[key]


def _name_of(requirement: str) -> str:
    found = leading(requirement)
    return found.name if found else ""


class _Wanted(NamedTuple):
    """What one table gains."""

    lists: dict[str, tuple[str, ...]]  # by the key of an array in it: further strings
    pairs: list[tuple[str, str]]


def _by_table(additions: Sequence[Addition]) -> dict[tuple[str, ...], _Wanted]:
    found: dict[tuple[str, ...], _Wanted] = {}
    for addition in additions:
        if addition.strings:
            lists = found.setdefault(addition.keys[:-1], _Wanted({}, [])).lists
            lists[addition.keys[-1]] = (*lists.get(addition.keys[-1], ()), *addition.strings)
        if addition.pairs:
            found.setdefault(addition.keys, _Wanted({}, [])).pairs.extend(addition.pairs)
    return found


def _in_table(text: str, keys: tuple[str, ...], wanted: _Wanted) -> str:
    """The text with what the table gains. The table's own lines are read alone where it has a header.

    tomlkit writes some whole documents in another order: arrays of tables among tables that are out of order.
    """
    span = _span(text, keys)
    start, end = span or (0, len(text))
    piece = text[start:end]
    document = tomlkit.parse(piece)
    table = value_at(document, keys)
    newline = newline_of(text) or "\n"
    if table is None or (span is None and is_implied(table)):
        new = [(name, with_strings("[]", strings, newline)) for name, strings in wanted.lists.items()]
        return _with_block(text, table_text(keys, [*new, *wanted.pairs], newline), newline)
    if document.as_string() != piece:
        raise ValueError
    pairs, newline = list(wanted.pairs), newline_of(piece) or newline
    for name, strings in wanted.lists.items():
        if name in table:
            array = _array(table[name])
            made = with_strings(array.as_string(), strings, newline_of(array.trivia.trail) or newline)
            table[name] = parse_value(made)
        else:
            pairs.append((name, with_strings("[]", strings, newline)))
    if pairs:
        add_pairs(document, keys, pairs, newline, is_dotted=span is None)
    return text[:start] + document.as_string() + text[end:]


def _span(text: str, keys: tuple[str, ...]) -> tuple[int, int] | None:
    """The range of the table with that header, up to the next header; None if there is no such header."""
    headers = list(_HEADER.finditer(_STRING.sub(_without_lines, text) if '"""' in text or "'''" in text else text))
    for header, after in pairwise([*headers, None]):
        if header and keys[-1] in header[0] and _header_keys(header[1]) == keys:
            return header.start(), after.start() if after else len(text)
    return None


def _without_lines(string: re.Match[str]) -> str:
    """The string, with other characters if it has several lines: none of its lines may look like a header."""
    return "x" * len(string[0]) if "\n" in string[0] else string[0]


def _header_keys(header: str) -> tuple[str, ...]:
    try:
        inner: Any = tomllib.loads(header)
    except tomllib.TOMLDecodeError:
        return ()
    found = []
    while isinstance(inner, dict) and inner:
        ((key, inner),) = inner.items()
        found.append(key)
    return tuple(found)


def _array(item: Any) -> Array:
    if not isinstance(item, Array):
        raise TypeError
    return item


def _with_block(text: str, block: str, newline: str) -> str:
    """The text with the block at its end, after an empty line; it ends in a newline if it did."""
    if not text or text.endswith("\n"):
        return f"{text}{newline if text.strip() else ''}{block}"
    return f"{text}{newline * 2}{block.removesuffix(newline)}"


def _compared(text: str) -> dict[str, Any]:
    """The document, with its floats as they are written: `nan` is not equal to itself."""
    return tomllib.loads(text, parse_float=str)


def _is_meant(made: dict[str, Any], before: dict[str, Any], additions: Sequence[Addition]) -> bool:
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
    """Take out a table that is empty now and was not there before."""
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
