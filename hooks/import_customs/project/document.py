"""The text of a TOML file in, its tables out, and where in the text something stands."""

import re
import tomllib
from functools import lru_cache
from typing import Any, NamedTuple

from import_customs.errors import CheckError

Table = dict[str, Any]

_AT = r" \(at line (\d+), column (\d+)\)$"
_LIMIT_BYTES = 4 * 1024 * 1024
# tomllib takes a minute for one dotted key of 50,000 parts; no real key has 100.
_PARTS = 100
_DEEP = rf"(?<![\w\"'-])(?:[\w\"'-]++[ \t]*+\.[ \t]*+){{{_PARTS}}}"
_HEADER = re.compile(r"^[ \t]*+\[++([^\[\]\n]++)\]", re.MULTILINE)
_KINDS: dict[object, str] = {dict: "a table", list: "an array", str: "a string"}


class Document(NamedTuple):
    """One parsed TOML file."""

    path: str  # from the repository's root
    text: str
    table: Table

    def get(self, keys: str, kind: type, *last: str) -> Any:
        """The value at the dotted `keys`, then at each of `last`; an empty one of `kind` where it is missing.

        Raises CheckError, with file and line, where it, or a table on the way to it, is of another kind.
        """
        value: Any = self.table
        parts = [*keys.split("."), *last]
        for depth, key in enumerate(parts, start=1):
            wanted = kind if depth == len(parts) else dict
            value = value.get(key, wanted())
            if not isinstance(value, wanted):
                raise self.wrong(".".join(parts[:depth]), _KINDS[wanted], value)
        return value

    def wrong(self, keys: str, wanted: str, value: object) -> CheckError:
        """The error that says that the value at `keys` is not what the format asks for."""
        return CheckError(
            f"{keys} must be {wanted}, not {_KINDS.get(type(value), repr(value))}",
            hint="mend it; nothing was checked",
            path=self.path,
            line=self.line_of(keys.rpartition(".")[2], keys.rpartition(".")[0]),
            column=1,
        )

    def line_of(self, word: str, table: str = "") -> int:
        """The line, from 1, that holds `word`, as a string if it can be, looked for from the header of `table` on.

        That of the header where none does, and 1 where that is missing too.
        """
        header = _headers(self.text).get(table, 0)
        places = (self.text.find(form, header) for form in (f'"{word}"', f"'{word}'", word))
        start = next((place for place in places if place >= 0), header)
        return self.text.count("\n", 0, start) + 1

    def line_of_key(self, key: str, table: str) -> int:
        """The line, from 1, on which the table gives `key` a value; as `line_of` where that is not plain to see."""
        header = _headers(self.text).get(table, 0)
        found = re.compile(rf"^[ \t]*[\"']?{re.escape(key)}[\"']?[ \t]*[.=]", re.MULTILINE).search(self.text, header)
        return self.text.count("\n", 0, found.start()) + 1 if found else self.line_of(key, table)


@lru_cache(maxsize=1)
def _headers(text: str) -> dict[str, int]:
    """Where each table's header ends, the first where there are several."""
    return {header[1].strip(): header.end() for header in reversed(list(_HEADER.finditer(text)))}


@lru_cache(maxsize=64)  # for findings a project's file is read again: 80 ms on a workspace of 41 projects
def parse(source: bytes, path: str) -> Document:
    """The document, which is not to be changed. Raises CheckError, with line and column, where it is not TOML."""
    try:
        text = source.removeprefix(b"\xef\xbb\xbf").decode("utf-8")
    except UnicodeDecodeError as error:
        line = source.count(b"\n", 0, error.start) + 1
        raise CheckError("is not UTF-8, which TOML must be", hint="save it as UTF-8", path=path, line=line) from None
    if len(source) > _LIMIT_BYTES or _is_deep(text):
        raise CheckError("is too large or too deep to be read as TOML", hint="nothing was checked", path=path)
    try:
        return Document(path, text, tomllib.loads(text))
    except RecursionError:
        raise CheckError("is nested too deep to be read as TOML", hint="nothing was checked", path=path) from None
    except ValueError as error:  # TOMLDecodeError, and what int() and datetime() say inside it
        raise _invalid(str(error), text, path) from None


def _is_deep(text: str) -> bool:
    """Whether a dotted key, which is on one line, has too many parts. 0.3 ms less than the pattern on every text."""
    return any(line.count(".") >= _PARTS and re.search(_DEEP, line) for line in text.split("\n"))


def _invalid(said: str, text: str, path: str) -> CheckError:
    at = re.search(_AT, said)
    line, column = (int(at[1]), int(at[2])) if at else (text.count("\n") + 1, len(text) - text.rfind("\n"))
    message = f"invalid TOML: {re.sub(_AT, '', said).removesuffix(' (at end of document)')}"
    return CheckError(message, hint="mend it; nothing was checked", path=path, line=line, column=column)
