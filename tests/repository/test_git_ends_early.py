"""A git that is killed, or whose answer is cut off: nothing passes for what was not read."""

import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import Ran, Repo

PROJECT = '[project]\nname = "demo"\ndependencies = ["httpx"]\n'
LONG = "".join(f"# a comment of about fifty bytes, line number {number}\n" for number in range(6_000))
NEW = {"a.py": f"import httpx\n{LONG}import redis\n", "tool": "#!/usr/bin/env python\nimport httpx\n"}
# Hands every call on to git, but one.
_SPOILING = """#!/bin/sh
case " $* " in *" $SPOILED "*) exec "{python}" -IS "{spoiled}" "$@" ;; esac
exec "{git}" "$@"
"""
# Of its answer this one gives the first bytes, and ends as asked.
_SPOILED = """
import os, sys
open("{was_asked}", "w").close()
ends, left = int(os.environ["ENDS"]), int(os.environ["BYTES"])
answer, written = os.pipe()
actions = [(os.POSIX_SPAWN_DUP2, written, 1), (os.POSIX_SPAWN_OPEN, 2, os.devnull, os.O_WRONLY, 0)]
real = os.posix_spawn("{git}", ["{git}", *sys.argv[1:]], os.environ, file_actions=actions)
os.close(written)
while left and (part := os.read(answer, left)):
    left -= os.write(1, part)
os.kill(real, 9)
if ends < 0:
    os.kill(os.getpid(), 9)
os._exit(ends)
"""
KILLED, NO, WELL = -9, 1, 0
WAYS = {
    "--staged": (("--staged",), {}),
    "a commit": (("a.py",), {"PRE_COMMIT": "1"}),
    "since": (("--since", "HEAD"), {}),
    "all": (("--scope", "all"), {}),
}


@pytest.fixture(scope="module")
def bin_path(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A PATH on which git gives `BYTES` bytes of its answer to the subcommand `SPOILED`, and ends with `ENDS`."""
    folder, git = tmp_path_factory.mktemp("bin"), shutil.which("git")
    (folder / "spoiled.py").write_text(_SPOILED.format(git=git, was_asked=folder / "was-asked"))
    for name in ("git", "git.exe"):
        (folder / name).write_text(_SPOILING.format(python=sys.executable, spoiled=folder / "spoiled.py", git=git))
        (folder / name).chmod(0o755)
    return os.pathsep.join([str(folder), os.environ["PATH"]])


ENDS = {  # the status, and how much it gives
    "killed at once": (KILLED, 0),
    "killed": (KILLED, 9),
    "killed on Windows": (NO, 9),
    "killed on Windows at once": (NO, 0),
    "cut off": (WELL, 9),
    "killed in a file": (KILLED, 70_000),
    "cut off in a file": (WELL, 70_000),
    "gives nothing": (WELL, 0),  # what some have, who have nothing to give
}
WHOLE = {"cut off in a file"}  # of another answer than that of cat-file it is all
BROKEN = [end for end in ENDS if end != "gives nothing"]
ASKED = {"cat-file": ["--staged", "a commit", "since"], "diff": ["--staged", "since"]}
ASKED["ls-files"] = ["--staged", "a commit", "all"]


def rows(asked: dict[str, list[str]]) -> list[tuple[str, str, str]]:
    """Each way, with each subcommand that is asked in it, and each end that spoils what this one says."""
    return [
        (way, subcommand, end)
        for subcommand, ways in asked.items()
        for way in ways
        for end in BROKEN
        if subcommand == "cat-file" or end not in WHOLE
    ]


def checked(run: Callable[..., Ran], path: str, subcommand: str, end: str, *arguments: str, **environment: str) -> Ran:
    """A run for which that answer of git is spoiled."""
    (status, size), was_asked = ENDS[end], Path(path.partition(os.pathsep)[0], "was-asked")
    was_asked.unlink(missing_ok=True)
    spoiled = {"PATH": path, "SPOILED": subcommand, "ENDS": str(status), "BYTES": str(size)}
    ran = run(*arguments, **environment, **spoiled)
    assert was_asked.exists(), "the row tests nothing"
    assert "Traceback" not in ran.err
    return ran


@pytest.fixture(scope="module")
def staged(tmp_path_factory: pytest.TempPathFactory) -> Repo:
    """A commit, and what the next one adds: a check only reads it, so the rows share it."""
    repo = Repo(tmp_path_factory.mktemp("staged"))
    repo.stage({"pyproject.toml": PROJECT, "a.py": "x = 1\n"})
    repo.commit()
    repo.stage(NEW)
    return repo


@pytest.mark.parametrize(("way", "subcommand", "end"), rows(ASKED))
def test_no_import_passes(staged: Repo, bin_path: str, way: str, subcommand: str, end: str) -> None:
    arguments, environment = WAYS[way]
    ran = checked(staged.customs, bin_path, subcommand, end, *arguments, **environment)
    assert "`httpx`" not in ran.out, "a declared package was taken for a missing one"
    assert ran.status == 2 or (ran.status == 1 and "`redis`" in ran.out), ran


@pytest.mark.parametrize("end", BROKEN)
def test_nor_does_it_on_windows(staged: Repo, bin_path: str, end: str) -> None:
    ran = checked(staged.windows, bin_path, "cat-file", end, "--staged")
    assert (ran.status, "`httpx`" in ran.out) == (2, False)


REMOVING = {
    "in a commit": (("--staged",), {}),
    "under pre-commit": ((), {"PRE_COMMIT": "1"}),
    "since": (("--since", "HEAD"), {}),
    "a push": ((), {"PRE_COMMIT": "1", "PRE_COMMIT_FROM_REF": "HEAD~1", "PRE_COMMIT_TO_REF": "HEAD"}),
}
LEFT_BEHIND = {name: list(REMOVING) for name in ("cat-file", "ls-files", "ls-tree")}
LEFT_BEHIND |= {"diff": ["in a commit", "under pre-commit", "since"], "diff-tree": ["a push"]}
LEFT_BEHIND["config"] = ["under pre-commit", "since"]
# Of the others some have nothing to give.
NOTHING = [(way, name, "gives nothing") for name in ("cat-file", "config") for way in LEFT_BEHIND[name]]


@pytest.fixture(scope="module")
def removed(tmp_path_factory: pytest.TempPathFactory) -> dict[bool, Repo]:
    """A declaration is removed that a file needs which is not checked out; whether that is committed."""
    repos = {is_committed: Repo(tmp_path_factory.mktemp("removed")) for is_committed in (False, True)}
    for is_committed, repo in repos.items():
        repo.stage({"pyproject.toml": PROJECT, "here.py": "x = 1\n", "away/a.py": "import httpx\n"})
        repo.commit()
        repo.git("sparse-checkout", "set", "here")
        repo.stage({"pyproject.toml": PROJECT.replace('"httpx"', "")})
        if is_committed:
            repo.commit()
    return repos


@pytest.mark.parametrize(("way", "subcommand", "end"), rows(LEFT_BEHIND) + NOTHING)
def test_what_a_removed_declaration_leaves_behind(
    removed: dict[bool, Repo], bin_path: str, way: str, subcommand: str, end: str
) -> None:
    """Files that this change leaves alone are looked at, those that are not checked out as well."""
    arguments, environment = REMOVING[way]
    ran = checked(removed[way == "a push"].customs, bin_path, subcommand, end, *arguments, **environment)
    assert ran.status == 2 or (ran.status == 1 and "`httpx`" in ran.out), ran
