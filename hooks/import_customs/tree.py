"""The state that is judged: paths in, text and folder listings out, from the worktree or from git's objects.

Paths are relative to the repository's root, `/`-separated; "" is the root.
"""

import os
import stat
from collections.abc import Iterable, Mapping
from typing import Protocol

from import_customs import git
from import_customs.errors import CheckError

_READING = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)

Listing = Mapping[str, bool]  # name -> whether it is a folder


class Tree(Protocol):
    """One state of all files."""

    def read(self, path: str) -> bytes | None:
        """The text of a regular file; None where there is none. Raises CheckError where it cannot be read."""

    def listing(self, folder: str) -> Listing:
        """What the folder holds; empty where there is none."""


class Worktree:
    """The files as they lie on disk, also those that git does not track."""

    def __init__(self, root: str) -> None:
        self._root = root
        self._listings: dict[str, Listing] = {}

    def read(self, path: str) -> bytes | None:
        try:
            return _content(os.path.join(self._root, path))
        except (FileNotFoundError, NotADirectoryError, _NotRegular):
            return None
        except OSError as error:
            raise CheckError(
                f"cannot be read: {error.strerror}", hint="see that it can be opened here", path=path
            ) from None

    def listing(self, folder: str) -> Listing:
        if folder not in self._listings:
            try:
                with os.scandir(os.path.join(self._root, folder)) as entries:
                    self._listings[folder] = {entry.name: _is_folder(entry) for entry in entries}
            except OSError:
                self._listings[folder] = {}
        return self._listings[folder]


def _is_folder(entry: "os.DirEntry[str]") -> bool:
    try:
        return entry.is_dir()
    except OSError:  # a symlink that leads to itself
        return False


class Snapshot:
    """The files of an index or a revision, read from git's objects and never from disk."""

    def __init__(self, objects: git.Objects, entries: Mapping[str, git.Entry]) -> None:
        self._objects = objects
        self._entries = entries
        self._listings: dict[str, dict[str, bool]] = {}
        for path in entries:
            folder, _, name = path.rpartition("/")
            if folder in self._listings:  # 2 of 4 ms for 10,000 files: most folders are there by then
                self._listings[folder][name] = False
            else:
                _enter(self._listings, path, False)

    def read(self, path: str) -> bytes | None:
        """The text of a regular file; None where there is none. Raises git.Missing where git lacks its blob."""
        blob = git.regular(self._entries.get(path))
        return None if blob is None else self._objects.read(blob)

    def listing(self, folder: str) -> Listing:
        return self._listings.get(folder, {})


class Layered:
    """One state on top of another: what the upper one lacks is the lower one's."""

    def __init__(self, upper: Tree, lower: Tree) -> None:
        self._upper = upper
        self._lower = lower

    def read(self, path: str) -> bytes | None:
        found = self._upper.read(path)
        return self._lower.read(path) if found is None else found

    def listing(self, folder: str) -> Listing:
        return {**self._lower.listing(folder), **self._upper.listing(folder)}


class Typed:
    """One file, of which the text comes from elsewhere than its path: an editor asks before it saves."""

    def __init__(self, path: str, text: bytes) -> None:
        self._path = path
        self._text = text

    def read(self, path: str) -> bytes | None:
        return self._text if path == self._path else None

    def listing(self, folder: str) -> Listing:
        return {self._path.rpartition("/")[2]: False} if folder == _folder(self._path) else {}


class Ignored:
    """Of the files on disk those that git ignores, such as generated modules."""

    def __init__(self, root: str, paths: Iterable[str]) -> None:
        """`paths` as git lists them: a folder that is ignored whole ends in "/"."""
        self._disk = Worktree(root)
        self._whole = tuple(path for path in paths if path.endswith("/"))
        self._listings: dict[str, dict[str, bool]] = {}
        for path in paths:
            _enter(self._listings, path.removesuffix("/"), path.endswith("/"))

    def read(self, path: str) -> bytes | None:
        return self._disk.read(path) if path.rpartition("/")[2] in self.listing(_folder(path)) else None

    def listing(self, folder: str) -> Listing:
        if f"{folder}/".startswith(self._whole):
            return self._disk.listing(folder)
        return self._listings.get(folder, {})


def _folder(path: str) -> str:
    return path.rpartition("/")[0]


def _enter(listings: dict[str, dict[str, bool]], path: str, is_folder: bool) -> None:
    """Put the path, and the folders above it, into the listings."""
    while path:
        folder, _, name = path.rpartition("/")
        if folder in listings:
            listings[folder][name] = is_folder
            return
        listings[folder] = {name: is_folder}
        path, is_folder = folder, True


class _NotRegular(OSError):
    pass


def _content(path: str) -> bytes:
    """The bytes of a regular file; folders, devices and the like are not read. By open() it would take twice as long.

    A FIFO is opened without waiting for its writer.
    """
    descriptor = os.open(path, _READING)
    try:
        about = os.fstat(descriptor)
        if not stat.S_ISREG(about.st_mode):
            raise _NotRegular
        parts = []
        while part := os.read(descriptor, about.st_size + 1):  # at the second time nothing, where it did not grow
            parts.append(part)
        return b"".join(parts)
    finally:
        os.close(descriptor)
