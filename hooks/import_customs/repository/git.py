"""Every git command. Arguments in, what git prints out; nothing else in the package runs git.

git is given the caller's own environment (a commit's GIT_INDEX_FILE, a worktree's GIT_DIR) and a fixed
configuration under which it runs nothing, asks nothing and fetches nothing.
"""

from __future__ import annotations

import os
from stat import S_ISREG

from import_customs.model import CheckError, Difference
from import_customs.repository.git_process import GitFailed, Missing, Objects, ask, begin, run

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

__all__ = ["Difference", "Entry", "GitFailed", "Missing", "Objects"]

_NAMES = ("--name-status", "-z", "-l1000", "--no-ext-diff", "--no-textconv", "--ignore-submodules=all")
_STAGED = ("diff", "--cached")
_REGULAR = ("100644", "100755")
_SMALL, _LARGE = 64 * 1024, 4 * 1024**2  # bytes of a file of git's own that is read; of one that lists files
_READING = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
_LENGTHS = (40, 64)  # of an object's name: SHA-1, SHA-256
_HEXADECIMAL = frozenset(b"0123456789abcdef")
_MERGE = "see what `git status` says; `git merge --abort` ends the merge"


# One file of an index or a tree: its mode in octal (100755 executable, 120000 symlink, 160000 submodule), and, last,
# the object's id. It is the text that git prints, for of 10,000 few are looked at: a tuple of each would cost 8 ms.
Entry = str


def root(cwd: str) -> str:
    """The top of the worktree that `cwd` is in, absolute.

    Raises GitFailed outside a repository and in a bare one.
    """
    if _is_plainly_root(cwd):  # 3 ms: the usual case needs no process
        return cwd
    return os.fsdecode(run(["rev-parse", "--show-toplevel"], cwd)).removesuffix("\n")


def _is_plainly_root(cwd: str) -> bool:
    is_told = "GIT_DIR" in os.environ or "GIT_WORK_TREE" in os.environ
    return not is_told and os.path.exists(os.path.join(cwd, ".git"))


def index(root: str) -> dict[str, Entry]:
    """The files of the index by path; unmerged ones left out."""
    entries = {}
    for record in _records(run(["ls-files", "-z", "--stage"], root)):
        about, _, path = record.partition("\t")
        if about[-1] == "0":  # the stage; above it the sides of a conflict
            entries[path] = about[:-2]
    return entries


def unmerged(root: str) -> set[str]:
    """The paths of which the index holds the sides of a conflict."""
    return {record.partition("\t")[2] for record in _records(run(["ls-files", "-z", "--unmerged"], root))}


def tree(root: str, revision: str) -> dict[str, Entry]:
    """The files of a revision by path."""
    entries = {}
    for record in _records(run(["ls-tree", "-r", "-z", "--full-tree", revision], root)):
        about, _, path = record.partition("\t")
        entries[path] = about
    return entries


def regular(entry: Entry | None) -> str | None:
    """The object id of a regular file; None for what is none."""
    return entry.rpartition(" ")[2] if entry and entry.startswith(_REGULAR) else None


def is_executable(entry: Entry) -> bool:
    """Whether it is a regular file that may be run."""
    return entry.startswith("100755")


def link(entry: Entry | None) -> str | None:
    """The object id of a symlink, of which the content is where it leads; None for what is none."""
    return entry.rpartition(" ")[2] if entry and entry.startswith("120000") else None


def is_submodule(entry: Entry) -> bool:
    """Whether it is the commit of another repository, which is checked out in a folder of this one."""
    return entry.startswith("160000")


def staged(root: str, base: str | None = None) -> list[Difference]:
    """What the index changes against a revision, or HEAD; before the first commit, everything in it."""
    return _differing(_STAGED, [base] if base else [], root)


def begin_staged(cwd: str) -> None:
    """Let git begin on what `staged` will ask, where `cwd` is plainly the root: it works while the caller does."""
    if _is_plainly_root(cwd):
        begin(_like(_STAGED, [], "50%"), cwd)


def takes_only_paths() -> bool:
    """Whether `git commit PATH` made the index, which lacks what else is staged. Source: git's builtin/commit.c."""
    return os.path.basename(os.environ.get("GIT_INDEX_FILE", "")).startswith("next-index-")


def changed(root: str, old: str, new: str) -> list[Difference]:
    """What differs between two revisions."""
    return _differing(["diff-tree", "-r"], [old, new], root)


def commit(root: str, revision: str) -> str | None:
    """The id of the commit that a revision names; None where there is none here, as HEAD before the first commit.

    Raises GitFailed where HEAD names one that is not here.
    """
    verify = ["rev-parse", "--verify", "--quiet", "--end-of-options"]
    found = _id(ask([*verify, f"{revision}^{{commit}}"], root))
    if found is None and revision == "HEAD" and ask([*verify, "HEAD"], root):
        raise GitFailed("the commit of HEAD is missing", hint="see what `git fsck` says")
    return found


def merge_heads(root: str) -> list[str]:
    """The ids of the commits that a merge in progress brings, several in an octopus; none outside a merge.

    Raises CheckError where the file that has them holds something else, or is none.
    """
    path = os.path.join(_folder(root), "MERGE_HEAD")
    found = _little(path, _SMALL).split()
    if not all(len(name) in _LENGTHS and _HEXADECIMAL.issuperset(name) for name in found):
        raise CheckError("does not name the commits that a merge brings", hint=_MERGE, path=os.path.relpath(path, root))
    return [name.decode() for name in found]


def conflicted(root: str) -> list[str]:
    """The files that the merge in progress could not merge, resolved by now or not; none outside a merge.

    git notes them for the message, behind a tab: git-merge, and hook managers read them there.
    """
    noted = _little(os.path.join(_folder(root), "MERGE_MSG"), _LARGE) if merge_heads(root) else b""
    lines = os.fsdecode(noted).split("\n")
    return [line.removeprefix("#").strip() for line in lines if line.startswith(("\t", "#\t"))]


def _folder(root: str) -> str:
    """Where git keeps what is this worktree's own, which a file may name. Source: gitrepository-layout(5), gitfile."""
    told = os.environ.get("GIT_DIR")
    path = os.path.abspath(told) if told else os.path.join(root, ".git")
    if not os.path.isfile(path):
        return path
    named = os.fsdecode(_little(path, _SMALL)).removeprefix("gitdir:").strip()
    return os.path.join(os.path.dirname(path), named)


def _little(path: str, most: int) -> bytes:
    """What a small file of git's holds; nothing where there is none, and "?" where it is no such file.

    Nothing is waited for, and no symlink followed.
    """
    try:
        descriptor = os.open(path, _READING)
    except (FileNotFoundError, NotADirectoryError):
        return b""
    except OSError:
        return b"?"
    try:
        about = os.fstat(descriptor)
        return os.read(descriptor, most) if S_ISREG(about.st_mode) and about.st_size < most else b"?"
    finally:
        os.close(descriptor)


def merge_base(root: str, one: str, other: str) -> str | None:
    """The id of the best common ancestor of two commits; None where they have none here."""
    return _id(ask(["merge-base", one, other], root))


def is_shallow(root: str) -> bool:
    """Whether the clone lacks older commits."""
    return run(["rev-parse", "--is-shallow-repository"], root).strip() == b"true"


def is_partial(root: str) -> bool:
    """Whether the clone may lack objects on purpose. Source: git's technical/partial-clone, promisor remotes."""
    return ask(["config", "--get-regexp", r"^(remote\..*\.promisor|extensions\.partialclone)$"], root) is not None


def is_sparse(root: str) -> bool:
    """Whether tracked files may be missing from the worktree on purpose."""
    return (ask(["config", "--bool", "core.sparseCheckout"], root) or b"").strip() == b"true"


def ignored(root: str) -> list[str]:
    """The files and folders on disk that git ignores; a folder that is ignored whole ends in "/"."""
    listed = ["ls-files", "-z", "--others", "--ignored", "--exclude-standard", "--directory"]
    return list(_records(run(listed, root)))


def _differing(command: Sequence[str], states: list[str], root: str) -> list[Difference]:
    """The differences; where a partial clone lacks what tells likeness, only unchanged files are seen as renamed."""
    try:
        return _changes(run(_like(command, states, "50%"), root))
    except GitFailed:
        return _changes(run(_like(command, states, "100%"), root))


def _like(command: Sequence[str], states: list[str], least: str) -> list[str]:
    return [*command, *_NAMES, f"-M{least}", f"-C{least}", *states, "--"]


def _changes(output: bytes) -> list[Difference]:
    """Source: git-diff, "Raw output format": with -z a status, then one path, or two after R and C."""
    fields = _records(output)
    found = []
    for status in fields:
        old = next(fields)
        found.append(Difference(status[0], old, next(fields) if status[0] in "RC" else old))
    return found


def _records(output: bytes) -> Iterator[str]:
    return filter(None, os.fsdecode(output).split("\0"))


def _id(output: bytes | None) -> str | None:
    return None if output is None else output.decode().split("\n")[0]
