"""Tell which files of the worktree are as they were when they were staged, by what git's index notes of each."""

import os
from collections.abc import Sequence

from import_customs.repository import git

_MOST_SIZE = 1 << 32  # an index has 32 bits for it


def index_and_unchanged(root: str) -> tuple[list[str], set[str]]:
    """All paths of the index, and those that are on disk as they were when they were staged.

    As git does it: by size and times, and a file that is as new as the index may have changed after it was noted. What
    is not seen to be unchanged may be so all the same; git would run the repository's clean filters to tell.
    Source: gitformat-index(5); git's technical/racy-git.
    """
    odd = git.INTENDED | sum(git.HELD_BACK)
    paths, unchanged, newest = [], set(), _time_of(git.index_path(root))
    for flags, lines, record in git.noted(root):
        path = record.partition("\t")[2]
        paths.append(path)
        if not flags & odd and _is_as_noted(os.path.join(root, path), lines, newest):
            unchanged.add(path)
    return paths, unchanged


def _is_as_noted(path: str, lines: Sequence[str], newest: int) -> bool:
    try:
        there = os.lstat(path)
    except (OSError, ValueError):
        return False
    size = lines[-1].partition("size: ")[2].partition("\t")[0]
    times = [_nanoseconds(line) for line in lines[:2]]  # "  ctime: 1795934965:162869246"
    is_older = there.st_mtime_ns < newest
    return is_older and times == [there.st_ctime_ns, there.st_mtime_ns] and size == str(there.st_size % _MOST_SIZE)


def _nanoseconds(line: str) -> int:
    seconds, _, rest = line.partition(": ")[2].partition(":")
    return int(seconds) * 10**9 + int(rest)


def _time_of(path: str) -> int:
    """When a file was written, in nanoseconds; 0, before any other, if it is not there."""
    try:
        return os.stat(path).st_mtime_ns
    except OSError:
        return 0
