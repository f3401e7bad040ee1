"""What a replay of past commits finds."""

from __future__ import annotations

from import_customs.model import CheckError, Finding
from import_customs.model.value import NamedTuple


class Commit(NamedTuple):
    """One commit of the first-parent history."""

    id: str
    parent: str | None  # its first parent; None for a first commit, and where a shallow clone ends
    time_s: int  # when it was committed, in seconds since 1970


class Blocked(NamedTuple):
    """One distribution, or one module that no known one provides, for which a commit would have been blocked."""

    name: str
    first: Finding
    commit: Commit  # the first that would have been blocked for it
    commits: int = 1  # how many would have been, until it was declared
    declared: Commit | None = None  # the first later one in which its project declares it

    @property
    def days(self) -> int | None:
        """The days from the blocked commit to the declaration; None without one."""
        return None if self.declared is None else max(0, self.declared.time_s - self.commit.time_s) // 86_400


class Failed(NamedTuple):
    """One commit that would have been blocked for what could not be checked in it: the exit status is 2."""

    commit: Commit
    error: CheckError  # the first


class History(NamedTuple):
    """What came of the commits that were replayed, the oldest first."""

    commits: tuple[Commit, ...] = ()  # that were replayed
    blocked_commits: int = 0  # those that failed are among them
    blocked: tuple[Blocked, ...] = ()
    failed: tuple[Failed, ...] = ()
    is_shallow: bool = False  # whether the clone lacks older commits
