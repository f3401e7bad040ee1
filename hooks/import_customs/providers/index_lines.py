"""Look keys up in the sorted files of the bundled index, by bisecting them in place instead of reading them whole."""

from __future__ import annotations

import os

from import_customs.model import CheckError
from import_customs.model.later import cache

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from mmap import mmap

FOLDER = os.path.join(os.path.dirname(os.path.abspath(__file__)), "bundled")
ABOUT = "about.txt"
_TITLE, _VERSION = "import-customs index", "3"  # of the files' form: hooks/index/files.py says what stands in them
_BLOCK = 14  # bits of the length of a block: each has a checksum of its own, for a commit reads few of them
_DIGITS = 8  # of a checksum
_KEPT = 10  # steps of a bisection whose lines are kept: every look-up takes the first ones
_used: dict[str, mmap] = {}
_steps: dict[str, dict[int, tuple[bytes, int, int]]] = {}  # by file and place: the key there, and where its line is
_read: dict[str, set[int]] = {}  # by file: the numbers of the blocks that were read


class IndexDamagedError(CheckError):
    """A file of the bundled index is missing, or is not what was installed."""


def damaged(name: str, what: str) -> IndexDamagedError:
    """The error that says which file is damaged and what to do about it."""
    return IndexDamagedError(
        f"the bundled index is damaged: {os.path.join(FOLDER, name)} {what}",
        hint="reinstall import-customs (under pre-commit: `pre-commit clean`); nothing was checked",
    )


def rank_in(text: str, name: str = "distributions.txt") -> int:
    """The rank that a line of the file states; one without is damage."""
    if not (text.isascii() and text.isdigit()):
        raise damaged(name, "has a line without a rank")
    return int(text)


class SortedLines:
    """One sorted text file of the bundled index, mapped into memory at the first look-up."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._values: dict[str, str | None] = {}

    def value(self, key: str) -> str | None:
        """The text after the key on its line, "" if there is none; None if the file does not have the key."""
        if key not in self._values:  # 0.1 µs instead of 16; a whole tree asks 20 times for each
            found, value = _key_and_value(next(self._lines_from(_encoded(key)), b""))
            self._values[key] = self._text(value) if found == _encoded(key) else None
        return self._values[key]

    def keys(self) -> frozenset[str]:
        """Every key. This reads the whole file."""
        return frozenset(key for key, _ in self.items())

    def items(self) -> Iterator[tuple[str, str]]:
        """Every key with its value. This reads the whole file."""
        for line in self._text(mapped(self.name)[:]).split("\n"):
            key, _, value = line.partition("\t")
            if line:
                yield key, value

    def begins(self, prefix: str) -> bool:
        """True if some key begins with the prefix."""
        return next(self._lines_from(_encoded(prefix)), b"").startswith(_encoded(prefix))

    def values_below(self, prefix: str) -> Iterator[str]:
        """The value of each key that begins with the prefix, in the order of the keys."""
        return (value for _, value in self.below(prefix))

    def below(self, prefix: str) -> Iterator[tuple[str, str]]:
        """Each key that begins with the prefix, in their order, with its value."""
        for line in self._lines_from(_encoded(prefix)):
            if not line.startswith(_encoded(prefix)):
                return
            key, value = _key_and_value(line)
            yield self._text(key), self._text(value)

    def _lines_from(self, key: bytes) -> Iterator[bytes]:
        data, read = _mapped(self.name), _read.setdefault(self.name, set())
        start = start_of(key, data, read, _steps.setdefault(self.name, {}))
        while start < len(data):
            end = _end_of_line(data, start)
            _note(read, start, end)
            yield data[start:end]
            start = end + 1

    def _text(self, value: bytes) -> str:
        try:
            return value.decode()
        except UnicodeDecodeError:
            raise damaged(self.name, "is not UTF-8") from None


def start_of(key: bytes, data: mmap | bytes, read: set[int], steps: dict[int, tuple[bytes, int, int]]) -> int:
    """The position of the first line whose key is not below the given one; the length of `data` if there is none.

    A file of 4 MB takes 22 steps of 1 µs; the first ones are kept in `steps`. The numbers of the blocks that tell it
    are added to `read`.
    """
    low, high = 0, len(data)  # each begins a line or ends the last one, and the position is one of them or between them
    short = high >> _KEPT
    while low < high:
        middle = (low + high) // 2
        step = steps.get(middle)
        if step is None:
            start = data.rfind(b"\n", low, middle) + 1 or low
            end = _end_of_line(data, start)
            _note(read, start and start - 1, end)
            step = _key_and_value(data[start:end])[0], start, end
            if high - low > short:
                steps[middle] = step
        found, start, end = step
        if found >= key:
            high = start
        else:
            low = end + 1
    return low


def _note(read: set[int], start: int, end: int) -> None:
    first, last = start >> _BLOCK, end >> _BLOCK
    read.add(first)
    if first != last:
        read.update(range(first + 1, last + 1))


def _end_of_line(data: mmap | bytes, start: int) -> int:
    end = data.find(b"\n", start)
    return end if end >= 0 else len(data)


def _key_and_value(line: bytes) -> tuple[bytes, bytes]:
    key, _, value = line.partition(b"\t")
    return key, value


def _encoded(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def verify_used() -> None:
    """Compare what was read since the last time with its checksums: 1 ms for 2 MB. Raises IndexDamagedError."""
    from zlib import crc32  # 0.3 ms

    for name, data in _used.items():
        stated = stated_files()[name][1]
        for block in _read.get(name, ()):
            start = block << _BLOCK
            if f"{crc32(data[start : start + (1 << _BLOCK)]):08x}" != stated[block * _DIGITS :][:_DIGITS]:
                raise damaged(name, "does not have the checksum that it was installed with")
        _read.pop(name, None)


def mapped(name: str) -> mmap:
    """The whole file, mapped into memory. Raises IndexDamagedError if it cannot be read, or has another size."""
    data = _mapped(name)
    _read.setdefault(name, set()).update(range(_blocks(len(data))))
    return data


def _mapped(name: str) -> mmap:
    if name not in _used:
        _used[name] = _map(name)
    return _used[name]


def _map(name: str) -> mmap:
    from mmap import ACCESS_READ, mmap  # 0.2 ms

    if name not in stated_files():
        raise damaged(ABOUT, f"does not state {name}")
    size = stated_files()[name][0]
    try:
        with open(os.path.join(FOLDER, name), "rb") as file:
            if os.fstat(file.fileno()).st_size != size:
                raise damaged(name, f"is not {size:,} bytes long as {ABOUT} states")
            return mmap(file.fileno(), 0, access=ACCESS_READ)
    except (OSError, ValueError) as error:  # ValueError: an empty file cannot be mapped
        raise damaged(name, f"cannot be read ({error})") from None


@cache
def stated_files() -> dict[str, tuple[int, str]]:
    """Size of every file, and the CRC-32 of each of its blocks, as about.txt states them. Raises IndexDamagedError."""
    try:
        found = {row[1]: (int(row[2]), row[3]) for row in _about() if row[0] == "file"}
    except (ValueError, IndexError):
        raise damaged(ABOUT, "cannot be understood") from None
    if any(len(stated) != _DIGITS * _blocks(size) for size, stated in found.values()):
        raise damaged(ABOUT, "cannot be understood")
    return found


def _blocks(size: int) -> int:
    return -(-size >> _BLOCK)


def index_day() -> str:
    """The day whose releases the index knows, as "2026-11-25"; "" if about.txt does not say. As `stated_files`."""
    named = (row[1].partition(", ") for row in _about() if row[0] == "source")
    return next((about for name, _, about in named if name == "releases.txt"), "")


@cache
def _about() -> list[list[str]]:
    """The rows of about.txt. Raises IndexDamagedError."""
    try:
        with open(os.path.join(FOLDER, ABOUT), encoding="utf-8") as file:
            (title, version), *rows = [line.rstrip("\n").split("\t") for line in file]
        if title != _TITLE:
            raise ValueError(title)
        if version != _VERSION:
            raise damaged(ABOUT, f"is of version {version}; version {_VERSION} is read")
        return rows
    except OSError as error:
        raise damaged(ABOUT, f"cannot be read ({error})") from None
    except ValueError:  # UnicodeDecodeError too
        raise damaged(ABOUT, "cannot be understood") from None
