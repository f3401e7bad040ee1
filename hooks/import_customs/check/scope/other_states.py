"""Compare states of the files other than a commit's: a push, `--since`, and the worktree that nobody stashed."""

from collections.abc import Collection

from import_customs.model import INDEX, WORKTREE, Difference, Scope
from import_customs.repository import git, revisions
from import_customs.repository.unchanged import index_and_unchanged


class OtherStates:
    """What a repository has besides HEAD and what is staged. Each function raises CheckError for what it lacks."""

    __slots__ = ("_root",)

    def __init__(self, root: str) -> None:
        self._root = root

    def commit(self, revision: str) -> str:
        """The commit that a revision means."""
        return revisions.commit(self._root, revision, revision)

    def since(self, given: Collection[str], revision: str, named: str, text: str) -> Scope:
        """What the judged state holds beyond its common ancestor with the revision."""
        base = revisions.merge_base(self._root, revision, "HEAD" if text in (WORKTREE, INDEX) else text, named)
        if text == INDEX:
            changes = git.staged_differences(self._root, base)
        elif text == WORKTREE:
            changes = self.changes_of_worktree(given, base)
        else:
            changes = git.differences(self._root, base, text)
        return Scope("new", text, (base,), revision, changes)

    def changes_of_worktree(self, given: Collection[str], base: str | None = None) -> list[Difference]:
        """What may differ between a base, HEAD without one, and the worktree: what is staged, or written again later.

        Whether the text of the latter differs only git could tell, and would run the repository's clean filters for it.
        """
        staged = [one for one in git.staged_differences(self._root, base) if one.status != "U"]  # that are among others
        paths, unchanged = index_and_unchanged(self._root)
        others = dict.fromkeys([*paths, *given]).keys() - {change.new for change in staged} - unchanged
        return [*staged, *(Difference("M", path, path) for path in sorted(others))]
