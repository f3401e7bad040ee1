"""Read the files of the index or of a revision from git's objects, as a `Tree`; lay one such state on another."""

from __future__ import annotations

import posixpath

from import_customs.model import LONGEST_PATH, Listing, TooLarge, Tree
from import_customs.repository import git
from import_customs.repository.tree import LARGEST, add_to_listings

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

_MOST_LINKS = 40  # symlinks that are followed in one path, as on Linux


class Snapshot:
    """The files of an index or a revision, read from git's objects and never from disk.

    Symlinks are followed inside this state. A submodule is an empty folder.
    """

    def __init__(self, objects: git.Objects, entries: Mapping[str, git.Entry]) -> None:
        self._objects = objects
        self._entries = entries
        self._listings: dict[str, dict[str, bool]] = {}
        self._followed: dict[str, Listing] = {}  # with symlinks to folders as folders
        for path in entries:
            folder, _, name = path.rpartition("/")
            if folder in self._listings:  # 2 of 4 ms for 10,000 files, because most folders are there already
                self._listings[folder][name] = False
            else:
                add_to_listings(self._listings, path, False)

    def read(self, path: str) -> bytes | None:
        """The content of a regular file; None if there is none. Raises git.ObjectMissing if git lacks its blob."""
        blob = git.regular_blob(self._entries.get(path)) or git.regular_blob(self._entries.get(self.real(path) or ""))
        try:
            return None if blob is None else self._objects.read(blob, LARGEST)
        except TooLarge:
            raise TooLarge(LARGEST, path) from None

    def listing(self, folder: str) -> Listing:
        if folder not in self._followed:
            real = folder if folder in self._listings else self.real(folder)
            self._followed[folder] = {} if real is None else self._listed(real)
        return self._followed[folder]

    def _listed(self, folder: str) -> Listing:
        listing, prefix = self._listings.get(folder, {}), f"{folder}/" if folder else ""
        # a tenth of the time that `_is_folder` takes for each of 10,000 files
        odd = [name for name in listing if self._entries.get(prefix + name, "100")[:3] != "100"]
        return listing | {name: self._is_folder(prefix + name) for name in odd}

    def is_executable(self, path: str) -> bool:
        return git.is_executable(self._entries.get(path, ""))

    def is_link(self, path: str) -> bool:
        return git.symlink_blob(self._entries.get(path)) is not None

    def _is_folder(self, path: str) -> bool:
        """True for an entry that is a folder on disk: a symlink to a folder, or a submodule."""
        entry = self._entries.get(path, "")
        return git.is_submodule(entry) or (git.symlink_blob(entry) is not None and self.real(path) in self._listings)

    def real(self, path: str) -> str | None:
        """The path with its symlinks followed; None if one leads to nothing, out of this state, or in a circle."""
        real, left, links = "", path.split("/")[::-1], 0
        while left:
            inside = posixpath.normpath(posixpath.join(real, left.pop()))
            target = self._target(inside)
            if target is None:
                real = "" if inside == "." else inside
                leads_on = not left or real in self._listings
            else:
                left.extend(target.split("/")[::-1])
                links += 1
                leads_on = links <= _MOST_LINKS and not target.startswith("/")
            if not leads_on:
                return None
        return real

    def _target(self, path: str) -> str | None:
        """The target of a symlink, relative to its folder; None if it is no symlink, or git lacks its blob."""
        blob = git.symlink_blob(self._entries.get(path))
        try:
            return None if blob is None else git.as_path(self._objects.read(blob, LONGEST_PATH))
        except (git.ObjectMissing, TooLarge):
            return None


class Judged(Snapshot):
    """The state that is judged: a file whose content git lacks cannot be read, and hides nothing of the others."""

    def read(self, path: str) -> bytes | None:
        """As of any state. Raises NotInClone if git lacks its blob."""
        try:
            return super().read(path)
        except git.ObjectMissing as missing:
            raise missing.as_error(path) from None


class OneFile:
    """One file with the text that an editor holds and has not saved, or that is not staged."""

    def __init__(self, path: str, text: bytes) -> None:
        self._path = path
        self._text = text
        self._listings: dict[str, dict[str, bool]] = {}
        add_to_listings(self._listings, path, False)

    def read(self, path: str) -> bytes | None:
        return self._text if path == self._path else None

    def listing(self, folder: str) -> Listing:
        return self._listings.get(folder, {})

    def is_executable(self, path: str) -> bool:
        return path == self._path  # what an editor sends as Python may be a script

    def is_link(self, path: str) -> bool:
        del path  # neither the file nor a folder above it is a symlink
        return False


class Layered:
    """One state on top of another: a file that the upper one lacks is read from the lower one."""

    def __init__(self, upper: Tree, lower: Tree) -> None:
        self._upper = upper
        self._lower = lower
        self._listings: dict[str, Listing] = {}

    def read(self, path: str) -> bytes | None:
        found = self._upper.read(path)
        return self._lower.read(path) if found is None else found

    def listing(self, folder: str) -> Listing:
        if folder not in self._listings:
            self._listings[folder] = {**self._lower.listing(folder), **self._upper.listing(folder)}
        return self._listings[folder]

    def is_executable(self, path: str) -> bool:
        return self._upper.is_executable(path) or self._lower.is_executable(path)

    def is_link(self, path: str) -> bool:
        return self._upper.is_link(path) or self._lower.is_link(path)


def snapshot(objects: git.Objects, text: str) -> Judged:
    """The index, or a revision."""
    return Judged(objects, git.entries(objects.root, text))
