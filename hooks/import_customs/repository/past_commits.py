"""List the commits of the past, as the main line of a branch has them."""

from import_customs.model.history import Commit
from import_customs.repository.git_process import run
from import_customs.repository.revisions import commit_id


def first_parents(root: str, most: int) -> list[Commit]:
    """The last commits up to HEAD by their first parents, the oldest first; none before the first commit."""
    if commit_id(root, "HEAD") is None:
        return []
    listed = run(["rev-list", "--first-parent", "--timestamp", "--parents", f"--max-count={most}", "HEAD", "--"], root)
    commits = []
    for line in listed.decode().splitlines():
        time_s, own, *parents = line.split()
        commits.append(Commit(own, parents[0] if parents else None, int(time_s)))
    return commits[::-1]
