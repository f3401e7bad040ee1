"""A git that is killed, or whose answer is cut off: nothing passes for what was not read."""

import os
import shutil
import sys
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
import os, subprocess, sys
left = int(os.environ["BYTES"])
with subprocess.Popen(["{git}", *sys.argv[1:]], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, bufsize=0) as real:
    while left and (part := real.stdout.read(left)):
        left -= os.write(1, part)
    real.kill()
if {status} < 0:
    os.kill(os.getpid(), 9)
os._exit({status})
"""
KILLED, NO, WELL = -9, 1, 0
WAYS = {
    "--staged": (("--staged",), {}),
    "a commit": (("a.py",), {"PRE_COMMIT": "1"}),
    "since": (("--since", "HEAD"), {}),
    "all": (("--scope", "all"), {}),
}


def spoiled(repo: Repo, folder: Path, status: int, size: int, subcommand: str) -> None:
    """Have `git SUBCOMMAND` give that many bytes of its answer."""
    folder.mkdir()
    git = shutil.which("git")
    (folder / "spoiled.py").write_text(_SPOILED.format(git=git, status=status))
    for name in ("git", "git.exe"):
        (folder / name).write_text(_SPOILING.format(python=sys.executable, spoiled=folder / "spoiled.py", git=git))
        (folder / name).chmod(0o755)
    path = os.pathsep.join([str(folder), os.environ["PATH"]])
    repo.environment |= {"PATH": path, "SPOILED": subcommand, "BYTES": str(size)}


ENDS = {  # the status, and how much it gives
    "killed at once": (KILLED, 0),
    "killed": (KILLED, 9),
    "killed on Windows": (NO, 9),
    "killed on Windows at once": (NO, 0),
    "cut off": (WELL, 9),
    "killed in a file": (KILLED, 70_000),
    "cut off in a file": (WELL, 70_000),
}
ASKED = {"cat-file": ["--staged", "a commit", "since"], "diff": ["--staged", "since"], "ls-files": ["--staged", "all"]}
ASKED["ls-tree"] = ["a commit"]


@pytest.mark.parametrize("end", ENDS)
@pytest.mark.parametrize(("subcommand", "way"), [(name, way) for name, ways in ASKED.items() for way in ways])
def test_no_import_passes(repo: Repo, tmp_path: Path, way: str, subcommand: str, end: str) -> None:
    ran = run_with_spoiled_git(repo, tmp_path / "bin", way, subcommand, end)
    assert ran.status == 2 or (ran.status == 1 and "`redis`" in ran.out), ran


@pytest.mark.parametrize("end", ENDS)
def test_nor_does_it_on_windows(repo: Repo, tmp_path: Path, end: str) -> None:
    ran = run_with_spoiled_git(repo, tmp_path / "bin", "--staged", "cat-file", end, on_windows=True)
    assert ran.status == 2, ran


def run_with_spoiled_git(
    repo: Repo, folder: Path, way: str, subcommand: str, end: str, *, on_windows: bool = False
) -> Ran:
    repo.stage({"pyproject.toml": PROJECT, "a.py": "x = 1\n"})
    repo.commit()
    repo.stage(NEW)
    spoiled(repo, folder, *ENDS[end], subcommand)
    arguments, environment = WAYS[way]
    run, path = (repo.windows if on_windows else repo.customs), repo.environment["PATH"]
    ran = run(*arguments, PATH=path, **environment)
    assert "Traceback" not in ran.err
    assert "`httpx`" not in ran.out, "a declared package was taken for a missing one"
    return ran


REMOVING = {
    "in a commit": (("--staged",), {}),
    "under pre-commit": ((), {"PRE_COMMIT": "1"}),
    "since": (("--since", "HEAD"), {}),
    "a push": ((), {"PRE_COMMIT": "1", "PRE_COMMIT_FROM_REF": "HEAD~1", "PRE_COMMIT_TO_REF": "HEAD"}),
}
LEFT_BEHIND = [(name, end) for name in (*ASKED, "config", "diff-tree", "rev-parse") for end in ENDS]
LEFT_BEHIND += [(name, "gives nothing") for name in ("cat-file", "config", "rev-parse")]  # others may have none to give


@pytest.mark.parametrize(("subcommand", "end"), LEFT_BEHIND)
@pytest.mark.parametrize("way", REMOVING)
def test_what_a_removed_declaration_leaves_behind(
    repo: Repo, tmp_path: Path, way: str, subcommand: str, end: str
) -> None:
    """Files that this change leaves alone are looked at, those that are not checked out as well."""
    repo.stage({"pyproject.toml": PROJECT, "here.py": "x = 1\n", "away/a.py": "import httpx\n"})
    repo.commit()
    repo.git("sparse-checkout", "set", "here")
    repo.stage({"pyproject.toml": PROJECT.replace('"httpx"', "")})
    if way == "a push":
        repo.commit()
    spoiled(repo, tmp_path / "bin", *(ENDS | {"gives nothing": (WELL, 0)})[end], subcommand)
    arguments, environment = REMOVING[way]
    ran = repo.customs(*arguments, PATH=repo.environment["PATH"], **environment)
    assert "Traceback" not in ran.err
    assert ran.status == 2 or (ran.status == 1 and "`httpx`" in ran.out), ran
