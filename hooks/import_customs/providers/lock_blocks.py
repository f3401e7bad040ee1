"""Find the blocks of a lock file, and read one as a table.

Tools write one block for each `[[package]]`; a file of another layout is parsed as a whole.
"""

from __future__ import annotations

from itertools import pairwise

from import_customs.model import usual_toml
from import_customs.model.later import pattern
from import_customs.model.requirement import Name, normalized
from import_customs.model.toml import is_deep

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from import_customs.providers.large_lock import LargeLock

_BEGIN, _USUAL = b"[[package", {b"]]\nname = ", b"s]]\nname = "}  # of a block, as tools write it
_LONGEST_HEAD = 200  # bytes of a block that hold its name
# Only at the start of a line, which `_blocks` checks: with `^` the pattern takes 6 ms for 1.3 MB instead of 0.4.
_HEADER = pattern(r"(?m)\[\[(?:package|packages)\]\][ \t]*$")
_NAME = pattern(r"(?m)^name[ \t]*=[ \t]*[\"']([^\"'\n]+)[\"']")
_FILES = pattern(r"(?m)^(?:(?:wheels|files)[ \t]*=[ \t]*\[\n(?:[ \t].*\n|\n)*?\]\n|sdist[ \t]*=[ \t]*\{.*\}[ \t]*\n)")


class LockError(Exception):
    """A lock file that cannot be read; the message says why."""


class Blocks:
    """The blocks of a lock file. Raises LockError if its text has to be parsed whole, and is not TOML.

    The text is UTF-8 with line ends of one character. It is not decoded as a whole where tools wrote it: 2 of 12 ms.
    """

    def __init__(self, source: bytes, searched: LargeLock | None = None) -> None:
        """The blocks of one that can be searched are listed when one that is asked for may be there."""
        self._source = source
        self._searched = searched
        self._by_name = None if searched else _by_name(source)
        self._is_certain = False

    def names(self) -> frozenset[Name]:
        """All distributions that have a block."""
        return frozenset(self._certain())

    def of(self, name: Name) -> list[bytes]:
        """The blocks of a distribution."""
        if self._by_name is None and self._searched and self._searched.lacks(name):
            return []
        if name not in self._all():  # a line of a string that looks like a header only adds to these
            return []
        return self._certain().get(name, [])

    def _all(self) -> dict[Name, list[bytes]]:
        """The blocks by name."""
        if self._by_name is None:
            try:
                self._by_name = _by_name(self._source)
            except LockError:  # uv did not write it after all
                self._by_name = {}
        return self._by_name

    def _certain(self) -> dict[Name, list[bytes]]:
        """The blocks by name, of which none begins in a string."""
        if not self._is_certain and _has_strings_of_lines(self._source):
            try:
                self._by_name = _parsed_whole(self._source.decode())
            except LockError:
                self._by_name = {}
        self._is_certain = True
        return self._all()


def _by_name(source: bytes) -> dict[Name, list[bytes]]:
    return _usual_blocks(source) or _blocks(source.decode())


def _usual_blocks(source: bytes) -> dict[Name, list[bytes]]:
    """As `_blocks`, in a tenth of its time, without the first letters; none if tools write no such file."""
    blocks = source.split(b"\n" + _BEGIN)[1:]
    heads = [block[:_LONGEST_HEAD].split(b'"', 2) for block in blocks]
    if source.startswith(_BEGIN) or not all(len(head) == 3 and head[0] in _USUAL for head in heads):
        return {}
    written = b"\n".join([head[1] for head in heads]).decode()
    names = normalized(written).split("\n")  # all at once
    if "'" in written or "" in names or len(names) != len(blocks):
        return {}
    found: dict[Name, list[bytes]] = {}
    for name, block in zip(map(Name, names), blocks, strict=True):
        found.setdefault(name, []).append(block)
    return found


def _blocks(text: str) -> dict[Name, list[bytes]]:
    """The text of each distribution's blocks. Raises LockError if a text that has to be parsed whole is not TOML."""
    if _has_strings_of_lines(text.encode()):
        return _parsed_whole(text)
    starts = [
        found.start() for found in _HEADER.finditer(text) if text.endswith("\n", 0, found.start()) or not found.start()
    ]
    found: dict[Name, list[bytes]] = {}
    for start, end in pairwise([*starts, len(text)]):
        inner = text.find("\n[", start, end)  # of a sub-table, which has a name of its own
        named = _NAME.search(text, start, inner if inner > 0 else end)
        if named is None:
            return _parsed_whole(text)
        found.setdefault(normalized(named[1]), []).append(text[start:end].encode())
    return found


def _has_strings_of_lines(source: bytes) -> bool:
    """Whether a string may hold lines, of which one may look like a header."""
    return b'"""' in source or (b"'" in source and b"'''" in source)


def _parsed_whole(text: str) -> dict[Name, list[bytes]]:
    """As `_blocks`, with each block written as JSON, which `tables` reads too."""
    from json import dumps  # 8 ms; no tool writes what is parsed whole

    found: dict[Name, list[bytes]] = {}
    for table in _packages(_toml(text)):
        if isinstance(table.get("name"), str):
            found.setdefault(normalized(table["name"]), []).append(dumps(table, default=str).encode())
    return found


def tables(block: bytes) -> list[dict[str, Any]]:
    """What a block holds: one table, or none if it is not TOML."""
    if block.startswith(b"{"):
        from json import loads  # 8 ms; likewise

        return [loads(block)]
    try:
        whole = block if block.startswith(_BEGIN) else b"%b%b\n" % (_BEGIN, block)
        return _packages(_toml(_FILES.sub("", whole.decode())))[:1]
    except LockError:
        return []


def _toml(text: str) -> dict[str, Any]:
    if is_deep(text):
        raise LockError("is too deep to be read as TOML")
    if (table := usual_toml.read(text)) is not None:
        return table
    import tomllib  # 16 ms; the blocks that tools write are of the usual form

    try:
        return tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        raise LockError(f"is no valid TOML ({error})") from None


def _packages(table: dict[str, Any]) -> list[dict[str, Any]]:
    listed = table.get("package", table.get("packages", []))
    return [one for one in listed if isinstance(one, dict)] if isinstance(listed, list) else []
