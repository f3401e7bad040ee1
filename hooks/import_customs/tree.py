"""The state that is judged: paths in, text and folder listings out, from the worktree or from git's objects.

Paths are relative to the repository's root, `/`-separated; "" is the root.
"""

import os
import stat
from collections.abc import Iterable, Mapping
from typing import Protocol

from import_customs import git
from import_customs.errors import CheckError, TooLarge

Listing = Mapping[str, bool]  # name -> whether it is a folder

LARGEST = 64 * 1024**2  # bytes of a file that is read
_NOFOLLOW = getattr(os, "O_NOFOLLOW", 0)
_READING = os.O_RDONLY | _NOFOLLOW | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)


class Tree(Protocol):
    """One state of all files."""

    def read(self, path: str) -> bytes | None:
        """The text of a regular file; None where there is none. Raises CheckError where it cannot be read."""

    def listing(self, folder: str) -> Listing:
        """What the folder holds; empty where there is none."""

    def is_link(self, folder: str) -> bool:
        """Whether the folder is a symlink: what walks through folders leaves it out, for it may lead back."""


class Worktree:
    """The files as they lie on disk, also those that git does not track; nothing outside the root, nothing of git's."""

    def __init__(self, root: str) -> None:
        self._root = root
        self._listings: dict[str, Listing] = {}
        self._inside: dict[str, bool] = {"": True}  # by folder

    def read(self, path: str) -> bytes | None:
        try:
            return self._read(path) if self._is_inside(path.rpartition("/")[0]) else None
        except (FileNotFoundError, NotADirectoryError, _NotRegular):
            return None
        except TooLarge:
            raise TooLarge(LARGEST, path) from None
        except (OSError, ValueError) as error:  # ValueError: a null byte in the name
            why = getattr(error, "strerror", None) or error
            raise CheckError(f"cannot be read: {why}", hint="see that it can be opened here", path=path) from None

    def _read(self, path: str) -> bytes:
        name = os.path.join(self._root, path)
        if not _NOFOLLOW and os.path.islink(name):
            name = self._target(path)
        try:
            return _content(name)
        except OSError:
            if not os.path.islink(name):
                raise
        return _content(self._target(path))

    def _target(self, path: str) -> str:
        """Where the symlink leads. Raises CheckError where that is outside the repository, or nowhere."""
        real = os.path.realpath(os.path.join(self._root, path))
        if not _is_below(real, os.path.realpath(self._root)):
            hint = "only the files of the repository are read"
            raise CheckError("is a symlink that leads out of the repository", hint=hint, path=path)
        return real

    def listing(self, folder: str) -> Listing:
        if folder not in self._listings:
            self._listings[folder] = self._listed(folder) if self._is_inside(folder) else {}
        return self._listings[folder]

    def _listed(self, folder: str) -> Listing:
        try:
            with os.scandir(os.path.join(self._root, folder)) as entries:
                return {entry.name: _is_folder(entry) for entry in entries}
        except (OSError, ValueError):
            return {}

    def is_link(self, folder: str) -> bool:
        return os.path.islink(os.path.join(self._root, folder))

    def _is_inside(self, folder: str) -> bool:
        """Whether the folder is in the repository, through all links, and not git's own."""
        if folder not in self._inside:
            above, _, name = folder.rpartition("/")
            inside = not os.path.isabs(folder) and name not in ("..", ".git") and self._is_inside(above)
            path = os.path.join(self._root, folder)
            if inside and (os.path.islink(path) or os.sep != "/"):
                inside = _is_below(os.path.realpath(path), os.path.realpath(self._root))
            self._inside[folder] = inside
        return self._inside[folder]


def _is_below(path: str, folder: str) -> bool:
    inner = path.removeprefix(os.path.join(folder, ""))
    return path == folder or (inner != path and ".git" not in inner.split(os.sep))


def leads_out(path: str, root: str) -> bool:
    """Whether a path that enters the repository leaves it, or goes into git's own files, through a symlink."""
    top, real = os.path.realpath(root), os.path.realpath(path)
    name = above = os.path.abspath(path)
    while not _is_below(os.path.realpath(above := os.path.dirname(above)), top):
        if above == os.path.dirname(above):
            return False
    plainly = os.path.realpath(above) + name.removeprefix(above)
    return real != plainly and not _is_below(real, top)


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
        try:
            return None if blob is None else self._objects.read(blob, LARGEST)
        except TooLarge:
            raise TooLarge(LARGEST, path) from None

    def listing(self, folder: str) -> Listing:
        return self._listings.get(folder, {})

    def is_link(self, folder: str) -> bool:
        return self._entries.get(folder, "").startswith("120000")


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

    def is_link(self, folder: str) -> bool:
        return self._upper.is_link(folder) or self._lower.is_link(folder)


class Typed:
    """One file, of which the text comes from elsewhere than its path: an editor asks before it saves."""

    def __init__(self, path: str, text: bytes) -> None:
        self._path = path
        self._text = text

    def read(self, path: str) -> bytes | None:
        return self._text if path == self._path else None

    def listing(self, folder: str) -> Listing:
        return {self._path.rpartition("/")[2]: False} if folder == _folder(self._path) else {}

    def is_link(self, folder: str) -> bool:
        del folder  # one that holds the file is none
        return False


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

    def is_link(self, folder: str) -> bool:
        return self._disk.is_link(folder)


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
    """The bytes of a regular file; folders, devices, links are not read. By open() it would take twice as long.

    A FIFO is opened without waiting for its writer.
    """
    descriptor = os.open(path, _READING)
    try:
        about = os.fstat(descriptor)
        if not stat.S_ISREG(about.st_mode):
            raise _NotRegular
        if about.st_size > LARGEST:
            raise TooLarge(LARGEST)
        parts = []
        while part := os.read(descriptor, about.st_size + 1):  # at the second time nothing, where it did not grow
            parts.append(part)
        return b"".join(parts)
    finally:
        os.close(descriptor)
