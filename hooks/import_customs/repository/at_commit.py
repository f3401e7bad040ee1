"""Read single files of a commit by their paths: without a list of all its files, which takes time with their number."""

from __future__ import annotations

from import_customs.model import TooLarge
from import_customs.repository import git
from import_customs.repository.tree import LARGEST

TYPE_CHECKING = False
if TYPE_CHECKING:
    from import_customs.model import Listing


class AtCommit:
    """The files of a commit, of which only the content is known: a `Tree` without listings."""

    def __init__(self, objects: git.Objects, commit: str) -> None:
        self._objects = objects
        self._commit = commit

    def read(self, path: str) -> bytes | None:
        """The content of a file, of a symlink its target; None if there is none, and for a name with a line end."""
        if "\n" in path:
            return None
        try:
            return self._objects.read(f"{self._commit}:{path}", LARGEST)
        except git.ObjectMissing:
            return None
        except TooLarge:
            raise TooLarge(LARGEST, path) from None

    def listing(self, folder: str) -> Listing:
        del folder  # nothing is listed
        return {}

    def is_executable(self, path: str) -> bool:
        del path
        return False

    def is_link(self, path: str) -> bool:
        del path
        return False
