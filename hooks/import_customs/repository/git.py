"""Ask git where the repository is, what its index and its commits hold, and what differs between them.

What a revision means stands in `revisions`; with which environment and configuration git runs, in `git_process`.
"""

from __future__ import annotations

import os

from import_customs.model import INDEX, WORKTREE, CheckError, Difference, TooLarge
from import_customs.repository import index_file
from import_customs.repository.git_process import GitFailed, ObjectMissing, Objects, as_path, begin, cut_off, run
from import_customs.repository.tree import content

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Sequence

__all__ = ["Difference", "Entry", "GitFailed", "ObjectMissing", "Objects", "as_path", "begin"]

_NAMES = "--raw --no-abbrev -z -l1000 --no-ext-diff --no-textconv --ignore-submodules=all -O/dev/null".split()
_STAGED = ("diff", "--cached")
_LISTED = ("ls-files", "-z", "--stage")
_LISTED_AT = ("ls-tree", "-r", "-z", "--full-tree")
_IGNORED = ("ls-files", "-z", "--others", "--ignored", "--exclude-standard")
UNTRACKED = ("ls-files", "-z", "--others", "--exclude-standard")  # the command of `untracked_paths`
_REGULAR = ("100644", "100755")
_SMALL, _LARGE = 64 * 1024, 4 * 1024**2  # bytes of one of git's own files that is read; of one that lists paths
_NO_INTENTION = 2  # the version of an index file without extended flags
_LINES = 5  # that `ls-files --debug` adds to a record
INTENDED = 1 << 29  # of its flags: git's CE_INTENT_TO_ADD
HELD_BACK = {1 << 15: "--no-assume-unchanged", 1 << 30: "--no-skip-worktree"}  # CE_VALID, CE_SKIP_WORKTREE
_MOST_NAMED = 500  # paths that one command is given
_COMMENT = 3  # characters that begin one, at most
_LENGTHS = (40, 64)  # of an object's name: SHA-1, SHA-256
_HEXADECIMAL = frozenset(b"0123456789abcdef")
_MERGE = "see what `git status` says; `git merge --abort` ends the merge"


# One file of the index or of a revision: its mode in octal (100755 executable, 120000 symlink, 160000 submodule), and,
# last, the object's id. It stays the text that git prints, because few of them are looked at: making 10,000 tuples
# would take 8 ms.
Entry = str


def root(cwd: str) -> str:
    """The absolute path of the worktree that `cwd` is in. Raises GitFailed outside a repository and in a bare one."""
    if _is_plainly_root(cwd):  # 3 ms: the usual case needs no process
        return cwd
    said = run(["rev-parse", "--show-toplevel"], cwd)
    if not said.endswith(b"\n"):
        raise cut_off()
    return os.path.normpath(as_path(said[:-1]))


def _is_plainly_root(cwd: str) -> bool:
    """Whether git takes this folder for a root: not one whose `.git` is damaged, in another repository.

    Source: git's setup.c, is_git_directory.
    """
    if "GIT_DIR" in os.environ or "GIT_WORK_TREE" in os.environ:
        return False
    folder = os.path.join(cwd, ".git")
    head = _content(os.path.join(folder, "HEAD"), _SMALL)
    if not head:
        return os.path.isfile(folder)  # it names another folder, or is an error
    is_head = head.startswith(b"ref: refs/") or is_object_name(head.strip())
    return is_head and all(os.path.isdir(os.path.join(folder, name)) for name in ("objects", "refs"))


def index_entries(root: str, *, intended: bool = True) -> dict[str, Entry]:
    """The files of the index by path; without the unmerged ones and those of `git add -N`, unless `intended`."""
    entries = {}
    ask_flags = not intended and may_hold_intended(root)
    staged = (record for flags, _, record in noted(root) if not flags & INTENDED) if ask_flags else None
    for record in staged or _records(run(_LISTED, root, once=True)):
        about, _, path = record.partition("\t")
        if about[-1] == "0" or intended:  # the stage; above it the sides of a conflict
            entries[path] = about[:-2]
    return entries


def may_hold_intended(root: str) -> bool:
    """Whether `git add -N` may have been used: an index file of version 2 has no room for it, unless it is split."""
    try:
        is_split = any(name.startswith("sharedindex.") for name in os.listdir(git_folder(root)))
    except OSError:
        return True
    return is_split or index_file.version(index_path(root)) != _NO_INTENTION


def noted(root: str, paths: Iterable[str] = ()) -> Iterator[tuple[int, list[str], str]]:
    """Of each file of the index, or of these paths in it: its flags, the lines about it, and its record.

    Source: git-ls-files, --debug; gitformat-index(5). Each record is followed by five lines, the last with the flags.
    """
    records = as_path(run(["ls-files", "-z", "--stage", "--debug", "--", *paths], root, once=True)).split("\0")
    for number, following in enumerate(records[1:]):
        *lines, after = following.split("\n", _LINES)
        if len(lines) != _LINES:
            raise cut_off()
        yield int(lines[-1].rpartition("flags: ")[2], 16), lines, records[number]
        records[number + 1] = after
    if records[-1]:
        raise cut_off()


def unmerged_paths(root: str) -> set[str]:
    """The paths with a conflict that is not resolved in the index."""
    return {record.partition("\t")[2] for record in _records(run(["ls-files", "-z", "--unmerged"], root))}


def revision_entries(root: str, revision: str) -> dict[str, Entry]:
    """The files of a revision by path."""
    entries = {}
    for record in _records(run([*_LISTED_AT, revision], root)):
        about, _, path = record.partition("\t")
        entries[path] = about
    return entries


def entries(root: str, text: str) -> dict[str, Entry]:
    """The tracked files of a state of the files, by path; those of the worktree are the index's."""
    if text in (WORKTREE, INDEX):
        return index_entries(root, intended=text == WORKTREE)
    return revision_entries(root, text)


def begin_entries(root: str, text: str) -> None:
    """Start the command of `entries`, to run while the caller works; not for the index, which may take several."""
    if text != INDEX:
        begin(_LISTED if text == WORKTREE else [*_LISTED_AT, text], root)


def regular_blob(entry: Entry | None) -> str | None:
    """The object id of a regular file; None for everything else."""
    return entry.rpartition(" ")[2] if entry and entry.startswith(_REGULAR) else None


def is_executable(entry: Entry) -> bool:
    """True for a regular file that may be run."""
    return entry.startswith("100755")


def symlink_blob(entry: Entry | None) -> str | None:
    """The object id of a symlink, whose content is its target; None for everything else."""
    return entry.rpartition(" ")[2] if entry and entry.startswith("120000") else None


def is_submodule(entry: Entry) -> bool:
    """True for the commit of another repository that is checked out in a folder of this one."""
    return entry.startswith("160000")


def uncommitted(
    root: str, paths: Collection[str], *, is_there: Callable[[str], bool], ignored: Callable[[str], bool]
) -> set[str]:
    """The paths on disk that the next commit lacks, or may hold with another text, as `commit.held_back` has them.

    Without those that git ignores and for which `ignored` is true. Most often the index file itself tells, and no
    process is needed.
    """
    left = set(filter(is_there, index_file.not_found(index_path(root), paths)))
    if left:
        named = left if len(left) <= _MOST_NAMED else ()
        held = INTENDED | sum(HELD_BACK)
        records = (record.partition("\t") for flags, _, record in noted(root, named) if not flags & held)
        left -= {path for about, _, path in records if about.startswith(_REGULAR) and about[-1] == "0"}
    if left and len(left) <= _MOST_NAMED and any(map(ignored, left)):
        left -= {path for path in _records(run([*_IGNORED, "--", *left], root)) if ignored(path)}
    return left


def staged_differences(root: str, base: str | None = None) -> list[Difference]:
    """From a revision, or HEAD, to the index; before the first commit, every file of the index is new."""
    return _differences(_STAGED, [base] if base else [], root)


def begin_staged(cwd: str) -> None:
    """Start the command of `staged_differences`, to run while the caller works. Only where `cwd` is the root."""
    if _is_plainly_root(cwd):
        begin(_with_renames(_STAGED, [], "50%"), cwd)


def begin_listing(cwd: str) -> None:
    """Start the command of `entries` for the worktree in the same way."""
    if _is_plainly_root(cwd):
        begin_entries(cwd, WORKTREE)


def differences(root: str, old: str, new: str) -> list[Difference]:
    """From one revision to another."""
    return _differences(["diff-tree", "-r"], [old, new], root)


def merge_heads(root: str) -> list[str]:
    """The ids of the commits that are being merged, several in an octopus merge; none outside a merge.

    Raises CheckError if MERGE_HEAD holds something else, or is no regular file.
    """
    path = os.path.join(git_folder(root), "MERGE_HEAD")
    found = _content(path, _SMALL).split()
    if not all(map(is_object_name, found)):
        shown = path.removeprefix(os.path.join(root, "")).replace(os.sep, "/")  # from the root, where it is below it
        raise CheckError("does not name the commits that a merge brings", hint=_MERGE, path=shown)
    return [name.decode() for name in found]


def is_object_name(text: bytes) -> bool:
    """True for an id in full."""
    return len(text) in _LENGTHS and _HEXADECIMAL.issuperset(text)


def conflicted_paths(root: str) -> list[str]:
    """The files that had conflicts in the merge in progress, resolved by now or not; none outside a merge.

    git lists them in the proposed commit message, each after a tab, before which a comment may begin.
    """
    message = _content(os.path.join(git_folder(root), "MERGE_MSG"), _LARGE) if merge_heads(root) else b""
    lines = (line.partition("\t") for line in as_path(message).split("\n"))
    return [path.strip() for before, tab, path in lines if tab and len(before) <= _COMMENT]


def index_path(root: str) -> str:
    """The index file that git uses: a commit of some paths, or of all changes, has one of its own."""
    return os.path.join(root, os.environ.get("GIT_INDEX_FILE") or os.path.join(git_folder(root), "index"))


def git_folder(root: str) -> str:
    """Where git keeps this worktree's own files. Source: gitrepository-layout(5), gitfile: `.git` may name a folder."""
    variable = os.environ.get("GIT_DIR")
    path = os.path.abspath(variable) if variable else os.path.join(root, ".git")
    if not os.path.isfile(path):
        return path
    target = as_path(_content(path, _SMALL)).removeprefix("gitdir:").strip()
    return os.path.join(os.path.dirname(path), target)


def _content(path: str, most: int) -> bytes:
    """The content of one of git's own files; b"" if it is missing, b"?" if it is no regular file or larger than `most`.

    A FIFO is not waited for, and a symlink is not followed.
    """
    try:
        return content(path, most)
    except (FileNotFoundError, NotADirectoryError):
        return b""
    except (OSError, TooLarge):
        return b"?"


def is_sparse(root: str) -> bool:
    """True if tracked files may be missing from the worktree on purpose. Source: git-sparse-checkout(1), Internals."""
    if not os.path.lexists(os.path.join(git_folder(root), "info", "sparse-checkout")):
        return False  # 2.7 ms: nothing says which, and no process is needed
    said = run(["config", "--bool", "--default", "false", "--get", "core.sparseCheckout"], root)
    if said not in (b"true\n", b"false\n"):
        raise cut_off()
    return said == b"true\n"


def ignored_paths(root: str) -> list[str]:
    """The files and folders on disk that git ignores; the path of a folder that is wholly ignored ends in "/"."""
    return list(_records(run([*_IGNORED, "--directory"], root, once=True)))


def untracked_paths(root: str) -> list[str]:
    """The files on disk that git neither tracks nor ignores."""
    return list(_records(run(UNTRACKED, root, once=True)))


def _differences(command: Sequence[str], states: list[str], root: str) -> list[Difference]:
    """A partial clone may lack the contents that a rename is recognized by: then only exact renames are found."""
    try:
        output = run(_with_renames(command, states, "50%"), root)
    except GitFailed:
        output = run(_with_renames(command, states, "100%"), root)
    fields = _records(output)
    found = []
    try:
        for about in fields:  # git-diff, "Raw output format": with -z one path after it, or two after R and C
            old_mode, mode, blob, _, status = about.removeprefix(":").split(" ")
            old = next(fields)
            new = next(fields) if status[0] in "RC" else old
            found.append(Difference(status[0], old, new, f"{old_mode} {blob}", mode))
    except (StopIteration, ValueError):
        raise cut_off() from None
    return found


def _with_renames(command: Sequence[str], states: list[str], least: str) -> list[str]:
    """The command that also finds renamed and copied files, which are alike to `least` per cent."""
    return [*command, *_NAMES, f"-M{least}", f"-C{least}", *states, "--"]


def _records(output: bytes) -> Iterator[str]:
    """What git prints with -z. Raises GitFailed where the last record is cut off."""
    if output and not output.endswith(b"\0"):
        raise cut_off()
    return filter(None, as_path(output).split("\0"))
