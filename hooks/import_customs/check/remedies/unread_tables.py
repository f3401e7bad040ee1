"""Find the table of a pyproject.toml that names what is missing and declares nothing: misspelt, or of another use."""

from __future__ import annotations

import posixpath

from import_customs.check.state import State, text_of
from import_customs.model import PYPROJECT, CheckError
from import_customs.model.requirement import leading, normalized
from import_customs.model.toml import parse

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from import_customs.model.toml import Document

_WORDS = ("depend", "requires", "deps")  # one of them is in the name of a table or a list of dependencies
_BUILD = ("build-system",)  # a finding says of itself what that has installed
# Tables that declare, whose names are misspelt with `_`.
_READ = {
    ("dependency-groups",),
    ("project", "optional-dependencies"),
    ("tool", "poetry", "dev-dependencies"),
    ("tool", "uv", "dev-dependencies"),
    ("tool", "pdm", "dev-dependencies"),
}


class UnreadTables:
    """Such tables of one project's file, which is read once, and only if it holds the letters of a name."""

    def __init__(self, state: State, path: str) -> None:
        self._path = path
        self._source = text_of(state, path) if posixpath.basename(path) == PYPROJECT else b""
        self._letters = self._source.lower().translate(None, b"-_.")
        self._document: Document | None = None
        self._named: dict[str, tuple[tuple[str, ...], str, str]] = {}  # where each stands first, and how

    def naming(self, name: str) -> str:
        """Where one names the distribution, as a clause; "" if none does."""
        if name.replace("-", "").encode() not in self._letters:
            return ""
        if self._document is None:
            self._read()
        if self._document is None or name not in self._named:
            return ""
        table, key, word = self._named[name]
        header, at = f"[{'.'.join(table)}]{f' {key}' if key else ''}", self._document.line_of(word, ".".join(table))
        return f"{self._path}:{at} names `{name}` in {header}{_spelled((*table, key))}"

    def _read(self) -> None:
        try:
            self._document = parse(self._source, self._path)
        except CheckError:
            self._letters = b""
            return
        for table, key, word in _names_in(self._document.table, (), ""):
            keys = (*table, key)
            if keys[:1] != _BUILD and any(part in one for one in keys for part in _WORDS):
                self._named.setdefault(_name_of(word), (table, key, word))


def _names_in(value: Any, table: tuple[str, ...], of_list: str) -> Iterator[tuple[tuple[str, ...], str, str]]:
    """Each string of a list, with its table and its key there, and each key of a table, with that and "".

    No key of a list: it is called what a group or an extra is.
    """
    for key, inner in value.items() if isinstance(value, dict) else ():
        if isinstance(inner, str | dict):
            yield table, "", key
        yield from _names_in(inner, table if isinstance(inner, list) else (*table, key), key)
    for inner in value if isinstance(value, list) else ():
        if isinstance(inner, str):
            yield table, of_list, inner
        else:
            yield from _names_in(inner, (*table, of_list), "")


def _name_of(word: str) -> str:
    found = leading(word)
    return found.name if found else normalized(word)


def _spelled(keys: tuple[str, ...]) -> str:
    """How the table is spelled that declares, if it is misspelt."""
    plain = tuple(key.replace("_", "-") for key in keys)
    right = next((one for one in _READ if plain[: len(one)] == one != keys[: len(one)]), ())
    return f" (it is spelled `{'.'.join(right)}`)" if right else ""
