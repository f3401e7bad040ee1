"""States of which only a part is known: the content of a commit's files, or the paths of submodules."""

from collections.abc import Iterable

from import_customs.model import Listing, TooLarge
from import_customs.repository import git
from import_customs.repository.tree import LARGEST, add_to_listings


class _Plain:
    """A `Tree` whose files are neither executable nor links."""

    def is_executable(self, path: str) -> bool:
        del path
        return False

    def is_link(self, path: str) -> bool:
        del path
        return False


class AtCommit(_Plain):
    """The files of a commit, of which only the content is known: to list all of them takes time with their number."""

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


class NotCheckedOut(_Plain):
    """Submodules of which only the path is known: each counts as a package with whatever is imported from it."""

    def __init__(self, paths: Iterable[str]) -> None:
        self._listings: dict[str, dict[str, bool]] = {}
        for path in paths:
            add_to_listings(self._listings, f"{path}/__init__.py", False)

    def read(self, path: str) -> bytes | None:
        del path  # nothing of it is here
        return None

    def listing(self, folder: str) -> Listing:
        return self._listings.get(folder, {})
