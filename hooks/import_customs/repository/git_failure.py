"""Say why a command of git failed, and what to do about it."""

from __future__ import annotations

import os
from subprocess import run

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

_OUTSIDE = "usage: git diff --no-index"  # what it says of an option that it has in a repository alone


def explained(
    command: list[str] | str,
    given: bytes,
    environment: Mapping[str, str],
    flags: int,
    *,
    status: int,
    subcommand: str,
    folder: str,
) -> tuple[str, str]:
    """The error and its hint. The command ended with `status` and is run once more, for its message."""
    done = run(command, input=given, capture_output=True, env=environment, check=False, creationflags=flags)
    message = done.stderr.decode("utf-8", "replace")
    lines = [line for line in message.splitlines() if line.strip()] or [f"it ended with status {status}"]
    is_none = "not a git repository" in message or _OUTSIDE in message
    if is_none and os.path.lexists(os.path.join(folder, ".git")):
        hint = "`.git` is damaged, such as its HEAD: see what `git rev-parse` says, and mend that"
        return "git does not take this for a repository", hint
    if is_none:
        return "this is not a git repository", "run it inside one, or `git init` first"
    if "must be run in a work tree" in message:
        return "this is a bare repository, or git's own folder", "run it in a checkout, where files are"
    if "dubious ownership" in message:
        return lines[0], "the repository belongs to another user: see `git help config`, safe.directory"
    if "promisor" in message:
        hint = "this partial clone lacks it: `git fetch --refetch --no-filter` brings everything"
        return lines[-1].strip(), hint
    return f"git {subcommand} failed: {lines[-1].strip()}", "see what `git status` and `git fsck` say here"
