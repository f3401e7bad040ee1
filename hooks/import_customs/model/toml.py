"""Read a TOML file, and find the lines of its keys and values."""

from __future__ import annotations

from import_customs.model import CheckError, usual_toml
from import_customs.model.later import lru_cache, re
from import_customs.model.source_text import line_at
from import_customs.model.value import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    Table = dict[str, Any]
else:
    Table = dict

_AT = r" \(at line (\d+), column (\d+)\)$"
_PLACEHOLDER = r"\{[{%]"
_NAMED = rf"""^\[(?:project|tool\.poetry)\].*\n(?:(?!\[).*\n)*?[ \t]*name[ \t]*=[ \t]*["']{_PLACEHOLDER}"""
_LIMIT_BYTES = 4 * 1024 * 1024
_SMALL = 32 * 1024  # characters of a text that is searched for each word, without a table of its words
# tomllib takes a minute for one dotted key of 50,000 parts; no real key has 32.
_PARTS = 32
_DEEP = rf"(?<![\w\"'-])(?:[\w\"'-]++[ \t]*+\.[ \t]*+){{{_PARTS}}}"
_KINDS: dict[object, str] = {dict: "a table", list: "an array", str: "a string"}


class Document(NamedTuple):
    """One parsed TOML file."""

    path: str  # from the repository's root
    text: str
    table: Table

    def get(self, keys: str, kind: type, *last: str) -> Any:
        """The value at the dotted `keys`, then at each of `last`; an empty value of `kind` if it is missing.

        Raises CheckError, with file and line, if it, or a table on the way to it, is of another kind.
        """
        value: Any = self.table
        parts = [*keys.split("."), *last]
        for depth, key in enumerate(parts, start=1):
            wanted = kind if depth == len(parts) else dict
            value = value.get(key, wanted())
            if not isinstance(value, wanted):
                raise self.wrong(".".join(parts[:depth]), _KINDS[wanted], value)
        return value

    def strings(self, keys: str, *last: str) -> list[str]:
        """The array of strings at the dotted `keys`, then at each of `last`; raises CheckError as `get`."""
        values: list[str] = self.get(keys, list, *last)
        if wrong := [value for value in values if not isinstance(value, str)]:
            raise self.wrong(".".join((keys, *last)), "an array of strings", wrong[0])
        return values

    def wrong(self, keys: str, wanted: str, value: object) -> CheckError:
        """The error for a value at `keys` that is of the wrong kind."""
        return CheckError(
            f"{keys} must be {wanted}, not {_KINDS.get(type(value), str(value).lower())}",
            hint="correct it, then run again",
            path=self.path,
            line=self.line_of(keys.rpartition(".")[2], keys.rpartition(".")[0]),
            column=1,
        )

    def line_of(self, word: str, table: str = "") -> int:
        """The first line, from 1, that holds `word` after the header of `table`, as a string rather than bare.

        The header's line if there is none, and 1 if there is no such header either.
        """
        return self.line_after(_headers(self.text).get(table, 0), word)

    def line_after(self, start: int, word: str) -> int:
        """The same after a place in the text, whose line it is if there is none."""
        if len(self.text) <= _SMALL:
            forms = (self.text.find(form, start) for form in (f'"{word}"', f"'{word}'", word))
        else:
            forms = (_after(places, start) for places in (_strings(self.text).get(word), _keys(self.text).get(word)))
        return line_at(self.text, next((place for place in forms if place >= 0), start))

    def start_of(self, keys: str) -> int:
        """The place from which the list at the dotted keys stands, if a line gives it; else that of its table."""
        table, _, key = keys.rpartition(".")
        header = _headers(self.text).get(table, 0)
        if len(self.text) > _SMALL:
            found = _after(_keys(self.text).get(key), header)
            return found if found >= 0 else header
        forms = (self.text.find(f"\n{form}", header) for form in (f"{key} =", f"{key}=", f'"{key}"'))
        return min((place + 1 for place in forms if place >= 0), default=header)

    def line_of_key(self, key: str, table: str) -> int:
        """The line, from 1, on which the table gives `key` a value; as `line_of` if no line begins so."""
        header, is_small = _headers(self.text).get(table, 0), key and len(self.text) <= _SMALL
        found = _key_after(self.text, key, header) if is_small else _after(_keys(self.text).get(key), header)
        return line_at(self.text, found) if found >= 0 else self.line_of(key, table)


def _after(places: list[int] | None, header: int) -> int:
    """The first of the places from `header` on; -1 if there is none."""
    from bisect import bisect_left

    at = bisect_left(places or [], header)
    return places[at] if places and at < len(places) else -1


def _key_after(text: str, key: str, start: int) -> int:
    """The first of the places that `_keys` has, from `start` on; -1 if there is none. It spares a commit `re`: 6 ms."""
    is_bare = not any(one.isspace() or one in "\"'.=[]#" for one in key)
    at = text.find(key, start)
    while at >= 0:
        begin, end = text.rfind("\n", 0, at) + 1, at + len(key)
        quote = text[begin:at].lstrip(" \t")
        is_whole = is_bare if not quote else quote in ("'", '"') and quote not in key and text[end : end + 1] == quote
        line_end = text.find("\n", end)
        rest = text[end + len(quote) : line_end if line_end >= 0 else len(text)]
        if is_whole and "\n" not in key and begin >= start and rest.lstrip(" \t")[:1] in ("=", "."):
            return begin
        at = text.find(key, at + 1)
    return -1


@lru_cache(maxsize=1)
def _strings(text: str) -> dict[str, list[int]]:
    """The positions of each string that is on one line."""
    return _by_text(re.compile(r"\"([^\"\n]*+)\"|'([^'\n]*+)'"), text)


@lru_cache(maxsize=1)
def _keys(text: str) -> dict[str, list[int]]:
    """The beginnings of the lines that give a value to each key, or to a key below it."""
    key = r"^[ \t]*+(?:\"([^\"\n]*+)\"|'([^'\n]*+)'|([^\s\"'.=\[\]#]++))[ \t]*+[.=]"
    return _by_text(re.compile(key, re.MULTILINE), text)


def _by_text(pattern: re.Pattern[str], text: str) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for match in pattern.finditer(text):
        found.setdefault(match[match.lastindex or 0], []).append(match.start())
    return found


def is_template(source: bytes, path: str, *, is_marked: bool) -> bool:
    """True for a template: it has a placeholder in the project's name.

    Or in the line that makes it invalid TOML, but only where something else marks it: that line may be just a fault.
    Sources: the documentation of Jinja (`{{ … }}`, `{% … %}`) and Cookiecutter.
    """
    try:
        table = parse(source, path).table
    except CheckError as error:
        text = source.decode("utf-8", "replace")
        line = text.split("\n")[error.line - 1] if error.line and is_marked else ""
        return re.search(_NAMED, text, re.MULTILINE) is not None or re.search(_PLACEHOLDER, line) is not None
    names = (at(table, keys) for keys in ("project.name", "tool.poetry.name"))
    return any(isinstance(name, str) and re.match(_PLACEHOLDER, name) for name in names)


@lru_cache(maxsize=1)
def _headers(text: str) -> dict[str, int]:
    """The end of each table's header; the first one if there are several."""
    found: dict[str, int] = {}
    at = text.find("[")
    while at >= 0:
        begin = text.rfind("\n", 0, at) + 1
        line_end = text.find("\n", at)
        end = line_end if line_end >= 0 else len(text)
        if not text[begin:at].strip(" \t"):
            inner = text[at:end].lstrip("[")
            name, bracket, _ = inner.partition("]")
            if name and bracket and "[" not in name:
                found.setdefault(name.strip(), end - len(inner) + len(name) + 1)
        at = text.find("[", end)
    return found


@lru_cache(maxsize=512)  # findings need the projects' files again: this saves 80 ms in a workspace of 41 projects
def parse(source: bytes, path: str) -> Document:
    """The document, which nobody may change. Raises CheckError, with line and column, if it is not TOML."""
    try:
        text = source.removeprefix(b"\xef\xbb\xbf").decode("utf-8")
    except UnicodeDecodeError as error:
        line = source.count(b"\n", 0, error.start) + 1
        raise CheckError("is not UTF-8, which TOML must be", hint="save it as UTF-8", path=path, line=line) from None
    if len(source) > _LIMIT_BYTES or is_deep(text):
        raise CheckError("is too large or too deep to be read as TOML", hint="make it smaller", path=path)
    try:
        return Document(path, text, _table(text))
    except RecursionError:
        raise CheckError("is nested too deep to be read as TOML", hint="make it smaller", path=path) from None
    except ValueError as error:  # TOMLDecodeError, and what int() and datetime() say inside it
        raise _invalid(str(error), text, path) from None


def _table(text: str) -> Table:
    table = usual_toml.read(text)
    if table is not None:
        return table
    from tomllib import loads  # 16 ms; nearly all files are of the usual form

    return loads(text)


def is_deep(text: str) -> bool:
    """True if a dotted key has too many parts. The count of dots saves 0.3 ms, for the pattern on each text."""
    return any(line.count(".") >= _PARTS and re.search(_DEEP, line) for line in text.split("\n"))


def _invalid(reason: str, text: str, path: str) -> CheckError:
    place = re.search(_AT, reason)
    line, column = (int(place[1]), int(place[2])) if place else (text.count("\n") + 1, len(text) - text.rfind("\n"))
    message = f"invalid TOML: {re.sub(_AT, '', reason).removesuffix(' (at end of document)')}"
    return CheckError(message, hint="correct it, then run again", path=path, line=line, column=column)


def at(table: Any, keys: str) -> Any:
    """The value at the dotted keys, None if there is none. The tables of other tools may have any form."""
    for key in keys.split("."):
        table = table.get(key) if isinstance(table, dict) else None
    return table


def strings(value: Any) -> Iterator[str]:
    """The text itself, or the texts in an array; everything else is skipped."""
    values = value if isinstance(value, list) else [value]
    return (text for text in values if isinstance(text, str))
