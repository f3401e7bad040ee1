"""Find the table of a pyproject.toml that names what is missing but declares nothing: misspelt, or for another use."""

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

    from import_customs.model import Project
    from import_customs.model.toml import Document

_WORDS = ("depend", "requires", "deps")  # one of them begins a word in the name of a table or a list of dependencies
# Words of what depends on no package, as tasks on tasks and modules on modules; and of what a tool leaves out.
_OTHERS = frozenset("depends exclude excluded ignore ignored scripts tasks".split())
_GROUPS = ("groups", "optional-dependencies", "optional_dependencies")  # what ends a list of their names, or a table
_BUILD = "build-system"  # a finding says of itself what that has installed
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

    def __init__(self, state: State, project: Project) -> None:
        self._path, self._declared = project.path, project.declared
        self._source = text_of(state, self._path) if posixpath.basename(self._path) == PYPROJECT else b""
        self._letters = self._source.lower().translate(None, b"-_.")
        self._document: Document | None = None
        self._named: dict[str, tuple[tuple[str, ...], str, str]] = {}  # where each stands first, and how

    def naming(self, name: str) -> str:
        """Where one names the distribution, as a clause; "" if none does, or one declares it (pillow, not PIL)."""
        if name in self._declared or name.replace("-", "").encode() not in self._letters:
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
            if _holds_dependencies((*table, key)):
                self._named.setdefault(_name_of(word), (table, key, word))


def _holds_dependencies(keys: tuple[str, ...]) -> bool:
    """Whether a list, or a table whose key is "", holds dependencies by what it and those above it are called."""
    below = keys[2:] if keys[0] == "tool" else keys  # what a tool is called says nothing of its tables
    words = {word for key in below for word in key.replace("_", "-").split("-")}
    is_called_so = any(word.startswith(_WORDS) for word in words) and words.isdisjoint(_OTHERS)
    holder = keys[-1] or "".join(keys[-2:-1])
    return is_called_so and keys[0] != _BUILD and not holder.endswith(_GROUPS)


def _names_in(value: Any, table: tuple[str, ...], of_list: str) -> Iterator[tuple[tuple[str, ...], str, str]]:
    """Each string of a list, with its table and its key there, and each key of a table, with that and "".

    Not the key of a list, which is the name of a group or an extra, nor one in an entry of a list.
    """
    for key, inner in value.items() if isinstance(value, dict) else ():
        if isinstance(inner, str | dict):
            yield table, "", key
        yield from _names_in(inner, table if isinstance(inner, list) else (*table, key), key)
    for inner in value if isinstance(value, list) else ():
        if isinstance(inner, str):
            yield table, of_list, inner
        else:
            entry = (*table, of_list)
            yield from (one for one in _names_in(inner, entry, "") if one[:2] != (entry, ""))


def _name_of(word: str) -> str:
    found = leading(word)
    return found.name if found else normalized(word)


def _spelled(keys: tuple[str, ...]) -> str:
    """How the table is spelled that declares, if it is misspelt."""
    plain = tuple(key.replace("_", "-") for key in keys)
    right = next((one for one in _READ if plain[: len(one)] == one != keys[: len(one)]), ())
    return f" (it is spelled `{'.'.join(right)}`)" if right else ""
