"""Real git repositories in `tmp_path`, and this project as pre-commit and prek install it."""

import gc
import os
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).resolve().parent.parent
_INHERITED = ("GIT_", "PRE_COMMIT", "PYTHON", "VIRTUAL_ENV", "NO_COLOR", "FORCE_COLOR", "COLUMNS")
_IDENTITY = {
    "GIT_AUTHOR_NAME": "A",
    "GIT_AUTHOR_EMAIL": "a@example.invalid",
    "GIT_COMMITTER_NAME": "A",
    "GIT_COMMITTER_EMAIL": "a@example.invalid",
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
}


def clean_environment() -> dict[str, str]:
    """The environment of a developer's shell: nothing of the test run's own git, pre-commit or Python."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith(_INHERITED)}
    return kept | _IDENTITY


class Ran(NamedTuple):
    """How a command ended."""

    status: int
    out: str
    err: str


class Repo:
    """One git repository that a test fills, and the command run in it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.environment = clean_environment()
        path.mkdir(parents=True, exist_ok=True)
        self.git("init", "-q", "-b", "main")

    def write(self, files: Mapping[str, str | bytes]) -> None:
        for name, text in files.items():
            path = self.path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text if isinstance(text, bytes) else text.encode())

    def stage(self, files: Mapping[str, str | bytes]) -> None:
        self.write(files)
        self.git("add", "--", *files)

    def run(self, *command: str, cwd: str = ".", **environment: str) -> Ran:
        done = subprocess.run(
            command, cwd=self.path / cwd, env=self.environment | environment, capture_output=True, check=False
        )
        return Ran(done.returncode, done.stdout.decode(errors="surrogateescape"), done.stderr.decode(errors="replace"))

    def git(self, *arguments: str, **environment: str) -> str:
        ran = self.run("git", *arguments, **environment)
        assert ran.status == 0, ran
        return ran.out

    def commit(self, *arguments: str, **environment: str) -> Ran:
        return self.run("git", "commit", "-q", "-m", "x", *arguments, **environment)

    def customs(self, *arguments: str, cwd: str = ".", **environment: str) -> Ran:
        """Run the command as the hook's entry does."""
        return self.run(sys.executable, "-I", "-m", "import_customs", *arguments, cwd=cwd, **environment)


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    return Repo(tmp_path / "repo")


def seconds(run: Callable[[], object]) -> float:
    """What it takes of the processor, without the collector's passes over all that the tests hold, as `timeit`."""
    gc.disable()
    try:
        began = time.process_time()
        run()
        return time.process_time() - began
    finally:
        gc.enable()
