"""Read files and list folders, on disk or in several states at once: each class is a `Tree`.

Paths are relative to the repository's root and `/`-separated; "" is the root. Here alone the package knows how the
systems name, open and list files.
"""

from __future__ import annotations

import os
import stat
from itertools import takewhile

from import_customs.model import CheckError, Listing, TooLarge, Tree, upwards
from import_customs.model.later import cache

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import BinaryIO

_MODULES = (".py", ".pyi", ".pyx", ".so", ".pyd")
LARGEST = 64 * 1024**2  # bytes of a file that is read
_LONG = 240  # characters of a path that Windows takes without a mark; for the names in a folder 12 more count


class Worktree:
    """The files on disk, tracked or not; none outside the root, and none of git's own."""

    def __init__(self, root: str) -> None:
        self._root = root
        self._prefix = os.path.join(root, "")
        self._listings: dict[str, Listing] = {}
        self._inside: dict[str, bool] = {"": True}  # by folder

    def read(self, path: str) -> bytes | None:
        folder = path.rpartition("/")[0]
        try:
            return self._read(path) if self._inside.get(folder) or self._is_inside(folder) else None
        except (FileNotFoundError, NotADirectoryError, _NotRegular):
            return None
        except TooLarge:
            raise TooLarge(LARGEST, path) from None
        except (OSError, ValueError) as error:  # ValueError: a null byte in the name
            why = getattr(error, "strerror", None) or error
            raise CheckError(f"cannot be read: {why}", hint="check that it can be opened here", path=path) from None

    def opened(self, path: str) -> BinaryIO | None:
        """A regular file, to read parts of it; None where only `read` says what it is."""
        name = _on_disk(os.path.join(self._root, path))
        try:
            is_plain = self._is_inside(path.rpartition("/")[0]) and stat.S_ISREG(os.lstat(name).st_mode)
            return open(name, "rb", 0) if is_plain else None
        except (OSError, ValueError, CheckError):
            return None

    def _read(self, path: str) -> bytes:
        name = self._prefix + path  # `join` takes as long as to open it
        try:
            return content(name)
        except OSError:
            if not os.path.islink(name):
                raise
        return content(self._target(path))

    def _target(self, path: str) -> str:
        """The file that a symlink leads to. Raises CheckError if that is outside the repository."""
        name = os.path.join(self._root, path)
        real = name if _is_endless(name) else real_path(name)
        if not _is_below(real, real_path(self._root)):
            hint = "only the files of the repository are read"
            raise CheckError("is a symlink that leads out of the repository", hint=hint, path=path)
        return real

    def listing(self, folder: str) -> Listing:
        if folder not in self._listings:
            self._listings[folder] = self._listed(folder)
        return self._listings[folder]

    def _listed(self, folder: str) -> Listing:
        try:
            if not self._is_inside(folder):
                return {}
            with os.scandir(_on_disk(os.path.join(self._root, folder))) as opened:
                entries = list(opened)
        except (OSError, ValueError, CheckError):  # to read a file in it is an error
            return {}
        try:
            return {entry.name: entry.is_dir() for entry in entries}
        except OSError:  # a symlink that leads to itself
            return {entry.name: _is_folder(entry) for entry in entries}

    def is_executable(self, path: str) -> bool:
        return os.access(_on_disk(os.path.join(self._root, path)), os.X_OK)

    def is_link(self, path: str) -> bool:
        return os.path.islink(_on_disk(os.path.join(self._root, path)))

    def is_there(self, path: str) -> bool:
        """Whether there is anything at the path, a link that leads nowhere included."""
        return os.path.lexists(_on_disk(os.path.join(self._root, path)))

    def _is_inside(self, folder: str) -> bool:
        """True if the folder is in the repository with all links followed, and not git's own."""
        if folder not in self._inside:
            for one in reversed(list(takewhile(lambda one: one not in self._inside, upwards(folder)))):
                self._inside[one] = self._is_inside_next(one)
        return self._inside[folder]

    def _is_inside_next(self, folder: str) -> bool:
        """As `_is_inside`, for a folder whose parent has been looked at."""
        above, _, name = folder.rpartition("/")
        if not self._inside[above] or os.path.isabs(folder) or name.lower() in ("..", ".git"):
            return False
        path = os.path.join(self._root, folder)
        if os.name != "nt" and not os.path.islink(path):  # Windows knows other links, and short names
            return True
        try:
            return not _is_endless(path) and _is_below(real_path(path), real_path(self._root))
        except CheckError as error:
            raise CheckError(error.message, hint=error.hint, path=folder) from None


def _is_endless(link: str) -> bool:
    """True if more links follow than the system allows, about 40; `realpath` would recurse through all of them."""
    try:
        os.stat(link)
    except OSError as error:
        from errno import ELOOP  # 0.4 ms; only a link that leads nowhere gets here

        return error.errno == ELOOP
    return False


def _is_below(path: str, folder: str) -> bool:
    inner = path.removeprefix(os.path.join(folder, ""))
    return path == folder or (inner != path and ".git" not in inner.lower().split(os.sep))


def real_path(path: str) -> str:
    """The path with all symlinks followed, without the mark that Windows puts before a long one.

    Raises CheckError where the system cannot say it, as Windows of a folder whose files a service holds.
    """
    try:
        real = os.path.realpath(_on_disk(path))
    except OSError as error:
        message = f"the system does not say where it is: {error.strerror}"
        raise CheckError(message, hint="check that it can be opened here", path=path) from None
    if real.startswith("\\\\?\\UNC\\"):
        return "\\" + real.removeprefix("\\\\?\\UNC")
    return real.removeprefix("\\\\?\\")


def _on_disk(path: str) -> str:
    """The absolute path as the system takes it: Windows takes a long one only with a mark.

    Source: Microsoft's documentation, "Maximum Path Length Limitation".
    """
    if os.name != "nt" or len(path) < _LONG or path.startswith("\\\\?\\"):
        return path
    plain = os.path.abspath(path)
    return f"\\\\?\\UNC{plain[1:]}" if plain.startswith("\\\\") else f"\\\\?\\{plain}"


def leads_out(path: str, root: str) -> bool:
    """True if a path inside the repository leads out of it, or to git's own files, through a symlink."""
    top, real = real_path(root), real_path(path)
    name = above = os.path.abspath(path)
    while not _is_below(real_path(above := os.path.dirname(above)), top):
        if above == os.path.dirname(above):
            return False
    plainly = real_path(above) + name.removeprefix(above)
    return real != plainly and not _is_below(real, top)


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:
        return False


class Noted:
    """Another state; `paths` are the files that were read from it or found in it by name.

    Only a look-up by name is noted. Code that iterates over a listing must look up each name that it relies on.
    """

    def __init__(self, tree: Tree, paths: set[str] | None = None) -> None:
        self.tree = tree
        self.paths: set[str] = set() if paths is None else paths
        self._listings: dict[str, Listing] = {}
        self.is_link = tree.is_link
        self.is_executable = tree.is_executable

    def read(self, path: str) -> bytes | None:
        self.paths.add(path)
        return self.tree.read(path)

    def opened(self, path: str) -> BinaryIO | None:
        self.paths.add(path)
        return self.tree.opened(path) if isinstance(self.tree, Worktree) else None

    def listing(self, folder: str) -> Listing:
        if folder not in self._listings:
            listing = _NotedNames(self.tree.listing(folder))
            listing.prefix, listing.paths = f"{folder}/" if folder else "", self.paths
            self._listings[folder] = listing
        return self._listings[folder]


class _NotedNames(dict[str, bool]):
    """A listing that notes the files it is asked for by name."""

    prefix: str  # of the paths of its files
    paths: set[str]

    def __contains__(self, name: object) -> bool:
        return self.get(str(name)) is not None

    def __getitem__(self, name: str) -> bool:
        found = super().__getitem__(name)
        if not found:
            self.paths.add(self.prefix + name)
        return found

    def get(self, name: str, default: bool | None = None) -> bool | None:  # type: ignore[override]
        return self[name] if super().__contains__(name) else default


def is_module_file(path: str) -> bool:
    """Whether the file may be generated or compiled to be imported; a setup.py only declares."""
    return path.endswith(_MODULES) and path.rpartition("/")[2] != "setup.py"


def add_to_listings(listings: dict[str, dict[str, bool]], path: str, is_folder: bool) -> None:
    """Add the path, and the folders above it that are missing, to the listings of their folders."""
    while path:
        folder, _, name = path.rpartition("/")
        if folder in listings:
            listings[folder][name] = is_folder
            return
        listings[folder] = {name: is_folder}
        path, is_folder = folder, True


def lets_make_links() -> bool:
    """Whether the system lets anyone make symlinks, where the file system has them."""
    return os.name != "nt"


class _NotRegular(OSError):
    pass


def content(path: str, most: int = LARGEST) -> bytes:
    """The bytes of a regular file, up to `most`. `open()` would take twice as long.

    A FIFO is opened without waiting for its writer. Raises OSError for folders, devices and links, and TooLarge.
    """
    flags, refuses_links = _reading()
    if not refuses_links and os.path.islink(path):
        from errno import ELOOP  # 0.4 ms; only for a link, on Windows

        raise OSError(ELOOP, "Too many levels of symbolic links")
    try:
        descriptor = os.open(_on_disk(path), flags)
    except PermissionError:
        if os.path.isdir(path):  # Windows opens no folder
            raise _NotRegular from None
        raise
    try:
        about = os.fstat(descriptor)
        if not stat.S_ISREG(about.st_mode):
            raise _NotRegular
        if about.st_size > most:
            raise TooLarge(most)
        whole = os.read(descriptor, about.st_size + 1)
        if len(whole) == about.st_size:
            return whole
        parts = [whole]
        while parts[-1] and sum(map(len, parts)) != about.st_size:  # it has grown, or not all of it was read
            parts.append(os.read(descriptor, about.st_size + 1))
        return b"".join(parts)
    finally:
        os.close(descriptor)


@cache  # to ask `os` for a flag that it lacks takes as long as to open the file
def _reading() -> tuple[int, bool]:
    """The flags to open a file with that is no link, and whether opening refuses a link."""
    nofollow = getattr(os, "O_NOFOLLOW", 0)
    return reading() | nofollow, bool(nofollow)


def reading() -> int:
    """The flags to open a file with, as far as the system has them: without waiting, and its bytes as they are."""
    return os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
