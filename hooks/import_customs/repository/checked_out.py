"""Add what a worktree lacks of the tracked files: those of a sparse checkout, and symlinks that git made text of."""

import os
from collections.abc import Collection

from import_customs.model import INDEX, CheckError, Listing, Tree, upwards
from import_customs.repository import git
from import_customs.repository.snapshot import Layered, Snapshot, snapshot
from import_customs.repository.tree import Noted, Worktree, content, lets_make_links


class Links:
    """Symlinks of a state, and what they lead to there."""

    def __init__(self, state: Snapshot, paths: Collection[str]) -> None:
        self._state = state
        self._paths = paths

    def _holds(self, path: str) -> bool:
        return any(one in self._paths for one in upwards(path))

    def read(self, path: str) -> bytes | None:
        return self._state.read(path) if self._holds(path) else None

    def listing(self, folder: str) -> Listing:
        listing = self._state.listing(folder)
        prefix = f"{folder}/" if folder else ""
        return listing if self._holds(folder) else {one: listing[one] for one in listing if prefix + one in self._paths}

    def is_executable(self, path: str) -> bool:
        return self._holds(path) and self._state.is_executable(path)

    def is_link(self, path: str) -> bool:
        return path in self._paths


def with_unchecked_out(objects: git.Objects, tree: Tree) -> Tree:
    """The state on disk, with the tracked files that are not there as git has them; the same if all are."""
    if isinstance(tree, Noted):
        more = with_unchecked_out(objects, tree.tree)
        return tree if more is tree.tree else Noted(more, tree.paths)
    return with_index(objects, tree) if isinstance(tree, Worktree) else tree


def with_index(objects: git.Objects, tree: Tree) -> Tree:
    """The same of any state that holds what is on disk."""
    if git.is_sparse(objects.root):
        tree = Layered(tree, snapshot(objects, INDEX))
    if _may_lack_links(objects.root) and (paths := _links_as_text(objects)):
        return Layered(Links(snapshot(objects, INDEX), paths), tree)
    return tree


def _may_lack_links(root: str) -> bool:
    """Whether git may make text of symlinks. It notes in its configuration that a file system has none."""
    try:
        return not lets_make_links() or b"symlinks" in content(os.path.join(git.git_folder(root), "config")).lower()
    except (OSError, CheckError):
        return False


def _links_as_text(objects: git.Objects) -> set[str]:
    """The symlinks of the index in whose place a file holds their target. Source: git-config(1), core.symlinks."""
    disk, found = Worktree(objects.root), set()
    for path, entry in git.index_entries(objects.root).items():
        if blob := git.symlink_blob(entry):
            try:
                if not disk.is_link(path) and disk.read(path) == objects.read(blob):
                    found.add(path)
            except (CheckError, git.ObjectMissing):
                continue
    return found
