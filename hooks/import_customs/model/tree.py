"""What a state of the files can be asked. Only type checkers read this file, and nothing loads it."""

from collections.abc import Mapping
from typing import Protocol

Listing = Mapping[str, bool]  # the names in a folder, and whether each is a folder


class Tree(Protocol):
    """One state of all files of a repository: the worktree, the index, or a revision."""

    def read(self, path: str) -> bytes | None:
        """The content of a regular file; None if there is none. Raises CheckError if it cannot be read."""

    def listing(self, folder: str) -> Listing:
        """The names in a folder; empty if there is no such folder."""

    def is_executable(self, path: str) -> bool:
        """True for a regular file that may be run."""

    def is_link(self, path: str) -> bool:
        """True for a symlink. Walks through files and folders skip them, because a symlink may lead back up."""
