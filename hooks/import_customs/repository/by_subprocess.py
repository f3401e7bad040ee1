"""Run git by `subprocess`: where there is no posix_spawn, and to hear from a command that failed why it did.

Loading it takes 12 ms, where posix_spawn takes 2.
"""

import os
import subprocess
from collections.abc import Mapping

from import_customs.repository.windows import batch_line


class BySubprocess:
    """A command of git with its environment. Each function raises OSError if it cannot be run."""

    __slots__ = ("_command", "_environment", "_flags")

    def __init__(self, command: list[str], environment: Mapping[str, str]) -> None:
        is_batch = command[0].lower().endswith((".cmd", ".bat"))
        self._command = batch_line(command) if is_batch else command  # which cmd.exe runs
        self._environment = environment
        # on Windows no console is opened for the process: it would flash up in an editor
        self._flags = getattr(subprocess, "CREATE_NO_WINDOW", 0)

    def started(self) -> subprocess.Popen[bytes]:
        """Its process, with buffered pipes: an unbuffered one gives what is there by now, however little that is."""
        pipe, silent = subprocess.PIPE, subprocess.DEVNULL
        return subprocess.Popen(
            self._command, stdin=pipe, stdout=pipe, stderr=silent, env=self._environment, creationflags=self._flags
        )

    def message(self, given: bytes) -> str:
        """What it says on its standard error, run to its end."""
        done = subprocess.run(
            self._command,
            input=given,
            capture_output=True,
            env=self._environment,
            check=False,
            creationflags=self._flags,
        )
        return done.stderr.decode("utf-8", "replace")

    @staticmethod
    def failure(message: str, *, status: int, subcommand: str, folder: str) -> tuple[str, str]:
        """The error and its hint, by the message of a command that ended with `status`."""
        lines = [line.strip() for line in message.splitlines() if line.strip()] or [f"it ended with status {status}"]
        is_none = "not a git repository" in message
        if is_none and os.path.lexists(os.path.join(folder, ".git")):
            hint = "`.git` is damaged, such as its HEAD, or belongs to another user: see what `git rev-parse` says"
            return "git does not take this for a repository", hint
        if is_none:
            return "this is not a git repository", "run it inside one, or `git init` first"
        if "must be run in a work tree" in message:
            return "this is a bare repository, or git's own folder", "run it in a checkout, where files are"
        if "dubious ownership" in message:
            return lines[0].removeprefix("fatal: "), f"it belongs to another user; if you trust it, run `{lines[-1]}`"
        if "promisor" in message:
            hint = "this partial clone lacks it: `git fetch --refetch --no-filter` brings everything"
            return lines[-1].removeprefix("fatal: "), hint
        return f"git {subcommand} failed: {lines[-1]}", "see what `git status` and `git fsck` say here"
