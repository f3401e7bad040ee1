"""Run git: start its process, give it its environment and configuration, and say why it failed."""

from __future__ import annotations

import os

from import_customs.model import CheckError, TooLarge
from import_customs.model.value import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import BinaryIO, Self

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
_QUIET = {
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_ALLOW_PROTOCOL": "",
    "GIT_TERMINAL_PROMPT": "0",
    "LC_ALL": "C",
}
_FOLDERS = ("GIT_DIR", "GIT_WORK_TREE", "GIT_COMMON_DIR", "GIT_OBJECT_DIRECTORY")  # paths from the working folder


class GitFailed(CheckError):
    """git ended with an error; `message` is its own last line."""


def run(arguments: Sequence[str], cwd: str) -> bytes:
    """The output of `git ARGUMENTS`, run in `cwd`. Raises GitFailed if git is missing or its status is not 0."""
    output = ask(arguments, cwd)
    if output is None:
        raise _failure(_command(arguments, cwd))
    return output


def ask(arguments: Sequence[str], cwd: str) -> bytes | None:
    """The output of `git ARGUMENTS`; None if its status is 1, by which git says no.

    Raises GitFailed if git is missing, and for any other status.
    """
    command = _command(arguments, cwd)
    started = _begun.pop(tuple(command), None) or _start(command)
    started.to.close()
    with started.out:
        output = started.out.read()
    status = started.wait()
    if status not in (0, 1):
        raise _failure(command)
    return output if status == 0 else None


def begin(arguments: Sequence[str], cwd: str) -> None:
    """Start a command whose output `run` or `ask` will be asked for, with the same arguments."""
    command = _command(arguments, cwd)
    _begun[tuple(command)] = _start(command)


class ObjectMissing(Exception):
    """An object that git does not have here, or cannot read; the argument is its id."""


class Objects:
    """The contents of git's objects, by one process that starts with the first read and ends with `close`."""

    def __init__(self, root: str) -> None:
        self.root = root
        self._started: _Started | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def read(self, blob: str, most: int | None = None) -> bytes:
        """The content of the blob with that id. Raises ObjectMissing, and TooLarge if it has more than `most` bytes."""
        self._started = self._started or _start(_command(["cat-file", "--batch"], self.root))
        try:
            self._started.to.write(f"{blob}\n".encode())
            header = self._started.out.readline().split()
            size = int(header[2])
            content = b"" if most is not None and size > most else self._started.out.read(size + 1)[:-1]
        except (OSError, IndexError, ValueError):
            # git printed "missing", or it ended, as it does in a partial clone, where it may not fetch
            self.close()
            raise ObjectMissing(blob) from None
        if len(content) < size and most is not None:
            self.close()  # instead of reading to the end
            raise TooLarge(most)
        return content

    def close(self) -> None:
        """End the process, if it runs."""
        if self._started:
            self._started.to.close()
            self._started.out.close()
            self._started.wait()
        self._started = None


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


_begun: dict[tuple[str, ...], _Started] = {}  # by command


class _Started(NamedTuple):
    """A running command."""

    to: BinaryIO  # its standard input
    out: BinaryIO  # its standard output
    wait: Callable[[], int]  # its exit status, once it has ended


def _environment() -> dict[str, str]:
    """The caller's environment, with what keeps git quiet. Folders become absolute, because git runs in another one."""
    folders = {key: os.path.abspath(value) for key in _FOLDERS if (value := os.environ.get(key))}
    return {**os.environ, **folders, **_QUIET}


def _start(command: list[str]) -> _Started:
    if not hasattr(os, "posix_spawn"):
        return _popen(command)
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


def _popen(command: list[str]) -> _Started:
    from subprocess import DEVNULL, PIPE, Popen  # 12 ms, where posix_spawn takes 2

    try:
        child = Popen(command, stdin=PIPE, stdout=PIPE, stderr=DEVNULL, env=_environment(), bufsize=0)
    except OSError as error:
        raise _cannot_run(error) from None
    return _Started(child.stdin, child.stdout, child.wait)  # type: ignore[arg-type]  # both are pipes


def _cannot_run(error: OSError) -> GitFailed:
    return GitFailed(f"git cannot be run: {error.strerror}", hint="see that git works here")


def _failure(command: list[str]) -> GitFailed:
    """Why the command failed: it is run once more, for its message."""
    from subprocess import DEVNULL, run  # 12 ms

    done = run(command, stdin=DEVNULL, capture_output=True, env=_environment(), check=False)
    message = done.stderr.decode("utf-8", "replace")
    lines = [line for line in message.splitlines() if line.strip()] or ["no message"]
    if "not a git repository" in message:
        return GitFailed("this is not a git repository", hint="run it inside one, or `git init` first")
    if "must be run in a work tree" in message:
        return GitFailed("this is a bare repository, or git's own folder", hint="run it in a checkout, where files are")
    if "dubious ownership" in message:
        return GitFailed(lines[0], hint="the repository belongs to another user: see `git help config`, safe.directory")
    if "promisor" in message:
        hint = "this partial clone lacks it: `git fetch --refetch --no-filter` brings everything"
        return GitFailed(lines[-1].strip(), hint=hint)
    subcommand = next(word for word in command[3 + len(_FIXED) :] if not word.startswith("-"))
    return GitFailed(
        f"git {subcommand} failed: {lines[-1].strip()}", hint="see what `git status` and `git fsck` say here"
    )
