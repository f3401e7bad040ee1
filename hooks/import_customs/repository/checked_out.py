"""Add what a worktree lacks of the tracked files: those of a sparse checkout, and symlinks that git made text of."""

import os
import posixpath
from collections.abc import Collection

from import_customs.model import INDEX, CheckError, Listing, Tree, upwards
from import_customs.model.source_text import what_can_be_read
from import_customs.repository import git, select
from import_customs.repository.snapshot import Layered, Snapshot, snapshot
from import_customs.repository.tree import Noted, Worktree, content, lets_make_links


class Links:
    """Symlinks of a state, and what another one holds where they lead to."""

    def __init__(self, state: Snapshot, paths: Collection[str], there: Tree) -> None:
        self._state = state
        self._paths = paths
        self._there = there

    def _holds(self, path: str) -> bool:
        return any(one in self._paths for one in upwards(path))

    def read(self, path: str) -> bytes | None:
        real = self._state.real(path) if self._holds(path) else None
        return self._there.read(real) if real is not None else None

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
        return Layered(Links(snapshot(objects, INDEX), paths, tree), tree)
    return tree


def file_meant(root: str, path: str) -> str:
    """The path of the file that is read and written for it: links are followed, also those that git made text of."""
    path = select.followed(root, path)
    if not _may_lack_links(root) or not git.symlink_blob(git.index_entries(root).get(path)):
        return path
    target = git.as_path(what_can_be_read(Worktree(root), path))
    meant = posixpath.normpath(posixpath.join(posixpath.dirname(path), target))
    return path if meant.startswith(("../", "/")) or not os.path.isfile(os.path.join(root, meant)) else meant


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
