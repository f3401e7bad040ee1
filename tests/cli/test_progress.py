"""What a terminal shows of a run that takes a while."""

import os
import subprocess
import sys

import pytest

from conftest import Repo

pty = pytest.importorskip("pty", reason="terminals of this kind are POSIX's")

PROJECT = '[project]\nname = "demo"\ndependencies = []\n'
SLOW = (
    "x = 1; import celery\n" + "def load(items, limit=4):\n    return sorted(items.items())\n" * 60_000
)  # 2 s to parse


@pytest.mark.parametrize(
    ("files", "options", "shown"),
    [
        pytest.param({"a.py": SLOW, "b.py": "", "c.py": ""}, [], True, id="more than a second"),
        pytest.param({"a.py": SLOW, "b.py": "", "c.py": ""}, ["--quiet"], False, id="quiet"),
        pytest.param({"a.py": "import celery", "b.py": "", "c.py": ""}, [], False, id="less"),
    ],
)
def test_progress(repo: Repo, files: dict[str, str], options: list[str], shown: bool) -> None:
    repo.stage({"pyproject.toml": PROJECT, **files})
    told = on_a_terminal(repo, *options)
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
