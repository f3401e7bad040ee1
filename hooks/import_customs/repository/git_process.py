"""Run git: start its process, give it its environment and configuration, and say why it failed.

What git answers is read whole, or is an error. Here alone the package knows how the systems start processes.

git gets the caller's own environment (a commit's GIT_INDEX_FILE, a worktree's GIT_DIR) and a fixed configuration
under which it runs no other program, asks nothing and fetches nothing.
"""

from __future__ import annotations

import os

from import_customs.model import CheckError, NotInClone, TooLarge
from import_customs.model.later import cache
from import_customs.model.value import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import BinaryIO, Self

    from import_customs.repository.by_subprocess import BySubprocess

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
_QUIET = {"GIT_NO_LAZY_FETCH": "1", "GIT_ALLOW_PROTOCOL": "", "GIT_TERMINAL_PROMPT": "0", "LC_ALL": "C"}
_FOLDERS = ("GIT_DIR", "GIT_WORK_TREE", "GIT_COMMON_DIR", "GIT_OBJECT_DIRECTORY")  # paths from the working folder
_OUTSIDE = "usage: git diff --no-index"  # all that it says of options that it has in a repository alone
_DIED = 128  # git's own status after an error that it names


class GitFailed(CheckError):
    """git ended with an error; `message` is its own last line."""


def run(arguments: Sequence[str], cwd: str, given: bytes = b"", *, once: bool = False) -> bytes:
    """The output of `git ARGUMENTS`, run in `cwd` and `given` a few lines on its standard input.

    `once`: while some `Objects` are open, in a check, what stays the same is not asked again.
    Raises GitFailed if git is missing or its status is not 0.
    """
    command = _command(arguments, cwd)
    known = _known[-1] if once and _known else {}
    if tuple(command) not in known:
        output, status = _ended(command, given)
        if status != 0:
            raise _failure(command, status, given)
        known[tuple(command)] = output
    return known[tuple(command)]


def ask(arguments: Sequence[str], cwd: str) -> bytes | None:
    """The output of `git ARGUMENTS`; None if its status is 1, by which git says no.

    Raises GitFailed if git is missing, and for any other status. Only where no import passes by a no: a git that is
    killed before it says anything ends with 1 on Windows.
    """
    command = _command(arguments, cwd)
    output, status = _ended(command, b"")
    if status > 1 or status < 0 or (status == 1 and output):
        raise _failure(command, status)
    return output if status == 0 else None


def _ended(command: list[str], given: bytes) -> tuple[bytes, int]:
    """The output of a command and its exit status, once it has ended."""
    started = _begun.pop(tuple(command), None) or _start(command)
    try:
        started.to.write(given)
        started.to.close()
    except OSError:  # it has ended, and its status says why
        pass
    with started.out:
        output = started.out.read()
    return output, started.wait()


def begin(arguments: Sequence[str], cwd: str) -> None:
    """Start a command whose output `run` or `ask` will most likely be asked for, with the same arguments."""
    command = tuple(_command(arguments, cwd))
    if command not in _begun and not any(command in one for one in _known):
        _begun[command] = _start(list(command))


class ObjectMissing(Exception):
    """An object that git does not have here, or cannot read; the argument is its id."""

    def as_error(self, path: str = "") -> NotInClone:
        """What is told where the file, or anything at all, cannot be judged without it."""
        hint = "see what `git fsck` says; in a partial clone, `git fetch --refetch --no-filter` brings everything"
        return NotInClone(f"git cannot read the object {self}", hint=hint, path=path)


class _Ended(Exception):
    """git ended before its answer did. No CheckError, which some callers take for a file that cannot be read."""


class Objects:
    """The contents of git's objects, by one process that starts with the first read and ends with `close`.

    As a context manager it raises GitFailed where that process ends before its time, and ends what else was begun.
    """

    def __init__(self, root: str) -> None:
        self.root = root
        self._started: _Started | None = None

    def __enter__(self) -> Self:
        _known.append({})
        return self

    def __exit__(self, _: object, error: BaseException | None, __: object) -> None:
        self.close()
        _known.pop()
        while _begun:  # what nobody asked for after all
            _end(_begun.popitem()[1])
        if isinstance(error, _Ended):
            raise GitFailed(f"git cat-file {error}", hint="run it again; see what `git fsck` says") from None

    def begin(self) -> None:
        """Start the process, which takes 2 ms until it answers, while the caller works."""
        self._process()

    def _process(self) -> _Started:
        self._started = self._started or _start(_command(["cat-file", "--batch"], self.root))
        return self._started

    def commit_id(self, revision: str) -> str | None:
        """The id of the commit that a revision means; None where this process does not plainly say it."""
        try:
            name, kind, _ = self._read(f"{revision}^{{commit}}", None)[0]
        except (ObjectMissing, _Ended):
            return None
        return name.decode() if kind == b"commit" else None

    def read(self, blob: str, most: int | None = None) -> bytes:
        """The content of the blob with that id. Raises ObjectMissing, and TooLarge if it has more than `most` bytes."""
        return self._read(blob, most)[1]

    def _read(self, blob: str, most: int | None) -> tuple[list[bytes], bytes]:
        """Id, type and size of an object, and its content."""
        started = self._process()
        header = self._header(started, blob)
        if len(header) != 3 or not header[2].isdigit():  # `<id> missing`, and what is no id is ambiguous
            raise ObjectMissing(blob)
        size = int(header[2])
        if most is not None and size > most:
            self.close()  # instead of reading to the end
            raise TooLarge(most)
        content = started.out.read(size + 1)  # with the newline that ends it
        if len(content) != size + 1:
            raise _Ended(f"ended with status {self.close()} after {len(content):,} of {size:,} bytes of {blob}")
        return header, content[:-1]

    def _header(self, started: _Started, blob: str) -> list[bytes]:
        """The words of the line before the content: id, type, size."""
        try:
            started.to.write(f"{blob}\n".encode())
            started.to.flush()
            line = started.out.readline()
        except OSError:  # it has ended
            line = b""
        if line.endswith(b"\n"):
            return line.split()
        status = self.close()
        if status == _DIED:  # in a partial clone, where it may not fetch, and for an object that is damaged
            raise ObjectMissing(blob)
        raise _Ended(f"ended with status {status} when it was asked for {blob}")

    def close(self) -> int:
        """End the process, if it runs; its exit status."""
        started, self._started = self._started, None
        return 0 if started is None else _end(started)


def cut_off() -> GitFailed:
    """The error for an answer that lacks its end."""
    return GitFailed("git's answer is cut off", hint="run it again")


def as_path(octets: bytes) -> str:
    """A path as the system takes it. Windows decodes none that is no UTF-8, and has no file of that name."""
    try:
        return os.fsdecode(octets)
    except UnicodeDecodeError:
        return octets.decode("utf-8", "surrogateescape")


def _command(arguments: Sequence[str], cwd: str) -> list[str]:
    return [_executable(os.environ.get("PATH", os.defpath)), "-C", cwd, *_FIXED, *arguments]


@cache
def _executable(path: str) -> str:
    """The first git on PATH, never one from a relative folder (the working folder is not trusted).

    Windows runs what its suffix says: a script for other systems may stand beside as `git`, and a batch file calls the
    real one.
    """
    suffixes = (".exe", ".cmd", ".bat") if os.name == "nt" else ("",)
    folders = [folder for folder in _folders(path) if os.path.isabs(folder)]
    for suffix in suffixes:
        for folder in folders:
            git = os.path.join(folder, f"git{suffix}")
            if os.access(git, os.X_OK) and not os.path.isdir(git):
                return git
    raise GitFailed("git is not installed", hint="install git, or put it on PATH")


def _folders(path: str) -> list[str]:
    """The folders of PATH. On Windows some stand in quotes, and a quoted one may hold the separator."""
    if os.name != "nt":
        return path.split(os.pathsep)
    parts = path.split('"')  # every second one stands in quotes
    parts[::2] = [part.replace(os.pathsep, "\0") for part in parts[::2]]
    return "".join(parts).split("\0")


_begun: dict[tuple[str, ...], _Started] = {}  # by command
_known: list[dict[tuple[str, ...], bytes]] = []  # by command: what it printed; for each `Objects` that are open


class _Started(NamedTuple):
    """A running command."""

    to: BinaryIO  # its standard input
    out: BinaryIO  # its standard output
    wait: Callable[[], int]  # its exit status, once it has ended


def _end(started: _Started) -> int:
    """End a command by asking no more of it; its exit status."""
    try:  # noqa: SIM105  the clean path loads no contextlib
        started.to.close()
    except OSError:  # it has ended, and has not read all
        pass
    started.out.close()
    return started.wait()


def _environment() -> dict[str, str]:
    """The caller's environment, with what keeps git quiet. Folders become absolute, because git runs in another one."""
    folders = {key: os.path.abspath(value) for key in _FOLDERS if (value := os.environ.get(key))}
    return {**os.environ, **folders, **_QUIET}


def _start(command: list[str]) -> _Started:
    if not hasattr(os, "posix_spawn"):
        try:
            process = _by_subprocess(command).started()
        except OSError as error:
            raise _cannot_run(error) from None
        return _Started(process.stdin, process.stdout, process.wait)  # type: ignore[arg-type]  # both are pipes
    from_us, to = os.pipe()
    out, from_it = os.pipe()
    silent = (os.POSIX_SPAWN_OPEN, 2, os.devnull, os.O_WRONLY, 0)
    actions = [(os.POSIX_SPAWN_DUP2, from_us, 0), (os.POSIX_SPAWN_DUP2, from_it, 1), silent]
    try:
        child = os.posix_spawn(command[0], command, _environment(), file_actions=actions)
    except OSError as error:
        os.close(to)
        os.close(out)
        raise _cannot_run(error) from None
    finally:
        os.close(from_us)
        os.close(from_it)
    return _Started(open(to, "wb", 0), open(out, "rb"), lambda: os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))


def _by_subprocess(command: list[str]) -> BySubprocess:
    from import_customs.repository.by_subprocess import BySubprocess  # 12 ms, with subprocess

    return BySubprocess(command, _environment())


def _cannot_run(error: OSError) -> GitFailed:
    return GitFailed(f"git cannot be run: {error.strerror}", hint="check that git works here")


def _failure(command: list[str], status: int, given: bytes = b"") -> GitFailed:
    """Why the command failed: it is run once more, for its message."""
    subcommand = next(word for word in command[3 + len(_FIXED) :] if not word.startswith("-"))
    again = _by_subprocess(command)
    said = again.message(given)
    if _OUTSIDE in said:
        said = _by_subprocess(_command(["rev-parse", "--git-dir"], command[2])).message(b"")
    message, hint = again.failure(said, status=status, subcommand=subcommand, folder=command[2])
    return GitFailed(message, hint=hint)
