"""States of the files other than those on disk: what a commit holds of them and what it lacks, a revision, an editor's.

Each class is a `Tree`.
"""

from __future__ import annotations

from import_customs.model import INDEX, WORKTREE, Listing, Tree
from import_customs.repository import git
from import_customs.repository.snapshot import Judged, Layered, OneFile, snapshot
from import_customs.repository.tree import Worktree, add_to_listings, is_module_file

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable


def state_of(objects: git.Objects, text: str, typed: tuple[str, bytes] | None) -> Tree:
    """The worktree, the index or a revision, with a file that an editor holds on top: its path and its text."""
    tree = Worktree(objects.root) if text == WORKTREE else snapshot(objects, text)
    return Layered(OneFile(*typed), tree) if typed else tree


def committed(objects: git.Objects, given: Collection[str]) -> Tree:
    """The files on disk that the next commit holds, and what comes with it; the `given` ones are read anyway."""
    staged = snapshot(objects, INDEX)
    tree = Restricted(Worktree(objects.root), Layered(staged, beside_index(objects.root, INDEX)), given)
    held = {path: entry for path, (entry, _) in held_back(objects.root).items()}
    return Layered(Judged(objects, held), tree) if held else tree


def held_back(root: str) -> dict[str, tuple[git.Entry, str]]:
    """The files of the index that git does not look at on disk, and the option of update-index that ends that."""
    found = {}
    for flags, _, record in git.noted(root):
        about, _, path = record.partition("\t")
        if ending := [option for flag, option in git.HELD_BACK.items() if flags & flag]:
            found[path] = about[:-2], ending[0]
    return found


def beside_index(root: str, text: str) -> Tree:
    """The files on disk that git never holds for this repository: modules that it ignores, and all of submodules."""
    submodules = [f"{path}/" for path, entry in git.entries(root, text).items() if git.is_submodule(entry)]
    ignored = OutsideIndex(root, git.ignored_paths(root), is_module_file)
    return Layered(ignored, OutsideIndex(root, submodules, lambda _: True)) if submodules else ignored


class OutsideIndex:
    """The files on disk that the index does not hold: those that git ignores, or a submodule's."""

    def __init__(self, root: str, paths: Iterable[str], counts: Callable[[str], bool]) -> None:
        """`paths` are as git lists them: that of a folder with all its files ends in "/". `counts` picks the files."""
        self._disk = disk = Worktree(root)
        self.is_executable, self.is_link = disk.is_executable, disk.is_link
        self._counts = counts
        self._whole = tuple(path for path in paths if path.endswith("/"))
        self._listings: dict[str, dict[str, bool]] = {}
        for path in paths:
            add_to_listings(self._listings, path.removesuffix("/"), path.endswith("/"))

    def read(self, path: str) -> bytes | None:
        return self._disk.read(path) if path.rpartition("/")[2] in self.listing(path.rpartition("/")[0]) else None

    def listing(self, folder: str) -> Listing:
        whole = f"{folder}/".startswith(self._whole)
        listing = self._disk.listing(folder) if whole else self._listings.get(folder, {})
        return {name: is_folder for name, is_folder in listing.items() if is_folder or self._counts(name)}


class Restricted:
    """The files on disk whose paths another state holds; those of `given` are read too, and not listed."""

    def __init__(self, disk: Tree, holding: Tree, given: Collection[str]) -> None:
        self._disk = disk
        self.is_executable, self.is_link = disk.is_executable, disk.is_link
        self._holding = holding
        self._given = given
        self._listings: dict[str, Listing] = {}

    def read(self, path: str) -> bytes | None:
        is_held = path in self._given or path.rpartition("/")[2] in self._holding.listing(path.rpartition("/")[0])
        return self._disk.read(path) if is_held else None

    def listing(self, folder: str) -> Listing:
        if folder not in self._listings:
            held = self._holding.listing(folder)
            found = self._disk.listing(folder)
            self._listings[folder] = {name: is_folder for name, is_folder in found.items() if name in held}
        return self._listings[folder]
