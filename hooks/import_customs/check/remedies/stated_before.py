"""Read what a base states of a distribution that the change takes away: each requirement, at its place."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Sequence
from functools import lru_cache

from import_customs.model import PYPROJECT, RUNTIME, CheckError, Declaration, Place, Project, Tree, WritablePlace
from import_customs.model.later import pattern
from import_customs.model.requirement import Name, leading, normalized
from import_customs.model.toml import Document, parse
from import_customs.model.value import NamedTuple
from import_customs.project.dialects.dialect import table_at
from import_customs.project.edit import places
from import_customs.project.purpose import is_for_users
from import_customs.project.requirements_kept import OF_TOOLS

_MOST_READ = 8  # files that are kept as they were read
_STRING = pattern(r""""([^"\\]*)"|'([^'\\]*)'""")


class Removed(NamedTuple):
    """What the base states of a distribution at one place."""

    place: Place
    path: str  # of the file that states it
    slot: WritablePlace | None  # None outside a pyproject.toml
    texts: tuple[str, ...]  # requirements of a list, or what a table gives to the name, as TOML
    header: str = ""  # of the table in a file that a tool keeps


def removed_from(tree: Tree, before: Project, name: Name) -> list[Removed]:
    """All that a project of the base states of a distribution, runtime first; nothing of what cannot be read there."""
    stated = [one for one in before.declarations if one.name == name and one.folder is None]
    found: list[Removed] = []
    try:
        for path in dict.fromkeys(one.path for one in stated):
            source = tree.read(path) or b""
            if posixpath.basename(path) == PYPROJECT:
                found.extend(_in_document(source, path, name))
            else:
                found.extend(_in_lines(source, [one for one in stated if one.path == path]))
    except CheckError:
        return []
    return sorted(found, key=lambda one: (one.place != RUNTIME, not is_for_users(one.place)))


def _in_document(source: bytes, path: str, name: Name) -> Iterator[Removed]:
    document, listed = _lists_in(source, path)
    for slot, by_name in listed:
        texts = by_name.get(name, ())
        if texts and slot.form == "table":
            texts = _values(document.text, slot.keys)[name]
        if texts and all(texts):
            yield Removed(slot.place, path, slot, tuple(texts))


@lru_cache(maxsize=_MOST_READ)  # it is asked for each distribution that is gone
def _lists_in(source: bytes, path: str) -> tuple[Document, list[tuple[WritablePlace, dict[str, list[str]]]]]:
    """The places of a document, each with what it declares by name: of a list, as that has it."""
    document = parse(source, path)
    found = []
    for slot in places.places_of(document.table):
        there = table_at(document.table, *slot.keys[:-1]).get(slot.keys[-1])
        by_name: dict[str, list[str]] = {}
        for text in there if slot.form == "list" and isinstance(there, list) else ():
            if isinstance(text, str) and (begins := leading(text)):
                by_name.setdefault(begins.name, []).append(_plainly_quoted(text))
        if slot.form == "table":
            by_name = {one: [one] for one in places.declared_names(document.table, slot)}
        found.append((slot, by_name))
    return document, found


@lru_cache(maxsize=_MOST_READ)
def _values(text: str, keys: tuple[str, ...]) -> dict[str, list[str]]:
    """What a table gives to each name, as its document writes it; "" for a table with a header."""
    import tomlkit  # 27 ms; only what was removed from a table gets here

    found: dict[str, list[str]] = {}
    for key, item in table_at(tomlkit.parse(text), *keys).items():
        has_header = isinstance(item, (tomlkit.items.Table, tomlkit.items.AoT))
        found.setdefault(normalized(key), []).append("" if has_header else item.as_string())
    return found


def _in_lines(source: bytes, stated: Sequence[Declaration]) -> Iterator[Removed]:
    """The requirements that stand on a line of their own, or in a string of setup.py on one line."""
    lines = _lines_of(source)
    for place in dict.fromkeys(one.place for one in stated):
        here = [one for one in stated if one.place == place]
        texts = [_on_line(line, one) for one in here for line in lines[one.line - 1 : one.line]]
        if texts and all(texts):
            above = reversed(lines[: here[0].line - 1] if posixpath.basename(here[0].path) in OF_TOOLS else ())
            header = next((line.strip() for line in above if line.startswith("[")), "")
            yield Removed(place, here[0].path, None, tuple(dict.fromkeys(texts)), header)


@lru_cache(maxsize=_MOST_READ)
def _lines_of(source: bytes) -> list[str]:
    return source.decode("utf-8", "replace").splitlines()


def _on_line(line: str, one: Declaration) -> str:
    """The requirement that the line states, or the entry of a tool's table; "" if it states it in another way."""
    if posixpath.basename(one.path) in OF_TOOLS:
        key, _, value = line.partition("=")
        return line.strip() if value and normalized(key.strip().strip("\"'")) == one.name else ""
    if one.path.endswith(".py"):
        texts = [found[1] or found[2] or "" for found in _STRING.finditer(line)]
    else:
        texts = [line.partition(" #")[0].partition(" --")[0].strip(" \t\\")]
    named = (text for text in texts if (found := leading(text)) and found.name == one.name)
    return max(map(_plainly_quoted, named), key=len, default="")


def _plainly_quoted(requirement: str) -> str:
    """The requirement so that it can stand between double quotes, in TOML and for a shell; "" if it cannot."""
    text = requirement if "'" in requirement else requirement.replace('"', "'")
    return "" if {'"', "\\", "\n"} & {*text} else text.strip()
