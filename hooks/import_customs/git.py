"""Every git command. Arguments in, what git prints out; nothing else in the package runs git.

git is given the caller's own environment (a commit's GIT_INDEX_FILE, a worktree's GIT_DIR) and a fixed
configuration under which it runs nothing, asks nothing and fetches nothing.
"""

import os
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from import_customs.errors import CheckError

_FIXED = (
    "--no-pager",
    "--no-optional-locks",
    "--literal-pathspecs",
    "-c",
    "core.fsmonitor=false",
    "-c",
    "core.hooksPath=/dev/null",
    "-c",
    "diff.relative=false",
    "-c",
    "diff.external=",
)
_NAMES = ("--name-status", "-z", "-M", "-C", "--no-ext-diff", "--no-textconv", "--ignore-submodules=all")
_QUIET = {
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_ALLOW_PROTOCOL": "",
    "GIT_TERMINAL_PROMPT": "0",
    "LC_ALL": "C",
}
REGULAR = frozenset({"100644", "100755"})


class Entry(NamedTuple):
    """One file of an index or a tree."""

    mode: str  # octal, as git prints it: 100644, 100755, 120000 (symlink), 160000 (submodule)
    blob: str  # object id


class Change(NamedTuple):
    """One difference between two states of the files."""

    status: str  # A, M, D, T, R, C, U: git-diff, --diff-filter
    old: str  # the path before; the same as `new` unless renamed or copied
    new: str  # the path after


class GitFailed(CheckError):
    """git ended with an error; `message` is its own last line."""


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
        mode, blob, stage = about.split(" ")
        if stage == "0":
            entries[path] = Entry(mode, blob)
    return entries


def tree(root: str, revision: str) -> dict[str, Entry]:
    """The files of a revision by path."""
    entries = {}
    for record in _records(run(["ls-tree", "-r", "-z", "--full-tree", revision], root)):
        about, _, path = record.partition("\t")
        mode, _, blob = about.split(" ")
        entries[path] = Entry(mode, blob)
    return entries


def blobs(root: str, ids: Iterable[str]) -> dict[str, bytes]:
    """The contents of blobs by object id, in one process; an id that is missing is left out."""
    wanted = sorted(set(ids))
    if not wanted:
        return {}
    output = run(["cat-file", "--batch"], root, stdin="".join(f"{blob}\n" for blob in wanted).encode())
    found, at = {}, 0
    for blob in wanted:
        end = output.index(b"\n", at)
        header = output[at:end].split(b" ")
        at = end + 1
        if header[-1] != b"missing":
            size = int(header[2])
            found[blob] = output[at : at + size]
            at += size + 1
    return found


def staged(root: str, base: str | None = None) -> list[Change]:
    """What the index changes against a revision, or HEAD; before the first commit, everything in it."""
    return _changes(run(_staged(base), root))


def begin_staged(cwd: str) -> None:
    """Let git begin on what `staged` will ask, where `cwd` is plainly the root: it works while the caller does."""
    if hasattr(os, "posix_spawn") and _is_plainly_root(cwd):
        command = _command(_staged(None), cwd)
        begun = _begin(command)
        if begun:
            _begun[tuple(command)] = begun


def _staged(base: str | None) -> list[str]:
    return ["diff", "--cached", *_NAMES, *([base] if base else []), "--"]


def changed(root: str, old: str, new: str | None) -> list[Change]:
    """What differs between two revisions, or, with None as the new one, between a revision and the worktree."""
    if new is None:
        return _changes(run(["diff-index", *_NAMES, old, "--"], root))
    return _changes(run(["diff-tree", "-r", *_NAMES, old, new, "--"], root))


def commit(root: str, revision: str) -> str | None:
    """The id of the commit that a revision names; None where there is none here."""
    try:
        return run(["rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}"], root).decode().strip()
    except GitFailed:
        return None


def merge_base(root: str, one: str, other: str) -> str | None:
    """The id of the best common ancestor of two commits; None where they have none here."""
    try:
        return run(["merge-base", one, other], root).decode().strip()
    except GitFailed:
        return None


def is_shallow(root: str) -> bool:
    """Whether the clone lacks older commits."""
    return run(["rev-parse", "--is-shallow-repository"], root).strip() == b"true"


def is_sparse(root: str) -> bool:
    """Whether tracked files may be missing from the worktree on purpose."""
    try:
        return run(["config", "--bool", "core.sparseCheckout"], root).strip() == b"true"
    except GitFailed:
        return False


def ignored(root: str) -> list[str]:
    """The files and folders on disk that git ignores; a folder that is ignored whole ends in "/"."""
    listed = ["ls-files", "-z", "--others", "--ignored", "--exclude-standard", "--directory"]
    return list(_records(run(listed, root)))


def _changes(output: bytes) -> list[Change]:
    """Source: git-diff, "Raw output format": with -z a status, then one path, or two after R and C."""
    fields = _records(output)
    found = []
    for status in fields:
        old = next(fields)
        found.append(Change(status[0], old, next(fields) if status[0] in "RC" else old))
    return found


def _records(output: bytes) -> Iterator[str]:
    return (os.fsdecode(record) for record in output.split(b"\0") if record)


def run(arguments: Sequence[str], cwd: str, *, stdin: bytes = b"") -> bytes:
    """What `git ARGUMENTS` prints, run in `cwd` with `stdin` as its input.

    Raises GitFailed where git is missing or ends with another status than 0.
    """
    command = _command(arguments, cwd)
    if not stdin and hasattr(os, "posix_spawn"):
        begun = _begun.pop(tuple(command), None) or _begin(command)
        output = _ended(*begun) if begun else None
        if output is not None:
            return output
    return _run(command, stdin)


def _command(arguments: Sequence[str], cwd: str) -> list[str]:
    return [_executable(), "-C", cwd, *_FIXED, *arguments]


def _executable() -> str:
    """The first git on PATH, never one from a relative folder (the working folder is not trusted)."""
    for folder in os.environ.get("PATH", os.defpath).split(os.pathsep):
        for name in ("git", "git.exe") if os.name == "nt" else ("git",):
            path = os.path.join(folder, name)
            if os.path.isabs(folder) and os.access(path, os.X_OK) and not os.path.isdir(path):
                return path
    raise GitFailed("git is not installed", hint="install git, or put it on PATH")


_begun: dict[tuple[str, ...], tuple[int, int]] = {}  # by command, as `_begin` gives it


def _begin(command: list[str]) -> tuple[int, int] | None:
    """The id of the process and the pipe that it prints to. 2 ms where subprocess takes 16."""
    read, write = os.pipe()
    quiet = (os.POSIX_SPAWN_OPEN, 2, os.devnull, os.O_WRONLY, 0)
    nothing = (os.POSIX_SPAWN_OPEN, 0, os.devnull, os.O_RDONLY, 0)
    actions = [nothing, (os.POSIX_SPAWN_DUP2, write, 1), quiet]
    try:
        child = os.posix_spawn(command[0], command, {**os.environ, **_QUIET}, file_actions=actions)
    except OSError:
        os.close(read)
        return None
    finally:
        os.close(write)
    return child, read


def _ended(child: int, read: int) -> bytes | None:
    """What the process printed; None where it failed (`_run` then says why)."""
    with open(read, "rb") as pipe:
        output = pipe.read()
    _, status = os.waitpid(child, 0)
    return output if status == 0 else None


def _run(command: list[str], stdin: bytes) -> bytes:
    import subprocess  # 16 ms

    try:
        done = subprocess.run(command, input=stdin, capture_output=True, env={**os.environ, **_QUIET}, check=False)
    except OSError as error:
        raise GitFailed(f"git cannot be run: {error.strerror}", hint="see that git works here") from None
    if done.returncode:
        raise _failure(command, done.stderr.decode("utf-8", "replace"))
    return done.stdout


def _failure(command: list[str], said: str) -> GitFailed:
    lines = [line for line in said.splitlines() if line.strip()] or ["no message"]
    if "not a git repository" in said:
        return GitFailed("this is not a git repository", hint="run it inside one, or `git init` first")
    if "dubious ownership" in said:
        return GitFailed(lines[0], hint="the repository belongs to another user: see `git help config`, safe.directory")
    named = next(word for word in command[3 + len(_FIXED) :] if not word.startswith("-"))
    return GitFailed(f"git {named} failed: {lines[-1].strip()}", hint="see that `git status` works here")
