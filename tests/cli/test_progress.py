"""What a terminal shows of a run that takes a while."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from conftest import Repo

pty = pytest.importorskip("pty", reason="terminals of this kind are POSIX's")

PROJECT = '[project]\nname = "demo"\ndependencies = []\n'
FILES = {"a.py": "import celery\n", "b.py": "", "c.py": ""}
# Takes more than a second to begin with the contents of files.
LATE_GIT = """#!/bin/sh
case " $* " in *" cat-file "*) sleep 1.2 ;; esac
exec "{git}" "$@"
"""


@pytest.mark.parametrize(
    ("is_late", "options", "shown"),
    [
        pytest.param(True, [], True, id="more than a second"),
        pytest.param(True, ["--quiet"], False, id="quiet"),
        pytest.param(False, [], False, id="less"),
    ],
)
def test_progress(repo: Repo, tmp_path: Path, options: list[str], *, is_late: bool, shown: bool) -> None:
    repo.stage({"pyproject.toml": PROJECT, **FILES})
    if is_late:
        (tmp_path / "git").write_text(LATE_GIT.format(git=shutil.which("git")))
        (tmp_path / "git").chmod(0o755)
        repo.environment["PATH"] = f"{tmp_path}:{repo.environment['PATH']}"
    for _ in range(3):  # a busy machine may take a second for anything
        told = on_a_terminal(repo, "--staged", *options)
        if ("checked 1 of 3 files\r" in told) is shown:
            break
    assert ("checked 1 of 3 files\r" in told) is shown
    assert told.endswith("\r" if shown else told[-1:]), "it is cleared at the end"


def on_a_terminal(repo: Repo, *options: str) -> str:
    """What the command writes to a standard error that is a terminal."""
    ours, its = pty.openpty()
    command = [sys.executable, "-I", "-m", "import_customs", *options]
    environment = repo.environment | {"TERM": "xterm"}
    with subprocess.Popen(command, cwd=repo.path, env=environment, stdout=subprocess.DEVNULL, stderr=its) as child:
        os.close(its)
        told = b"".join(iter(lambda: _read(ours), b""))
    os.close(ours)
    assert child.returncode == 1
    return told.decode()


def _read(descriptor: int) -> bytes:
    try:
        return os.read(descriptor, 4096)
    except OSError:  # what Linux says once the other end is closed
        return b""
