"""pre-commit and prek as a team has them: the hook comes from a git repository and is installed into its own cache."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import ROOT, Repo, clean_environment

try:
    import fcntl
except ImportError:  # Windows: there each worker makes its own
    fcntl = None

_CONFIG = """\
repos:
  - repo: {url}
    rev: {rev}
    hooks:
      - id: undeclared-imports
"""
_COMMANDS = "Scripts" if os.name == "nt" else "bin"  # the folder of an environment that has them
_MADE = "made"  # the file that tells that all is installed
Once = Callable[[str, Callable[[Path], object]], Path]


@pytest.fixture(scope="session")
def once(tmp_path_factory: pytest.TempPathFactory) -> Once:
    """Have a folder made once a test run: the first worker of pytest-xdist that asks makes it, the others wait."""
    base = tmp_path_factory.getbasetemp()
    if fcntl and "PYTEST_XDIST_WORKER" in os.environ:
        base = base.parent

    def folder(name: str, make: Callable[[Path], object]) -> Path:
        with (base / f"{name}.lock").open("a+") as lock:
            if fcntl:
                fcntl.flock(lock, fcntl.LOCK_EX)
            lock.seek(0)
            if lock.read() != "made":
                make(base / name)
                lock.write("made")
        return base / name

    return folder


@pytest.fixture(scope="session")
def published(once: Once) -> tuple[str, str]:
    """The project's files as a git repository of their own: its address and a revision."""
    where = Repo(once("published", _publish) / "import-customs")
    return where.path.as_uri(), where.git("rev-parse", "HEAD").strip()


def _publish(folder: Path) -> None:
    where = Repo(folder / "import-customs")
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, check=True)
    for name in filter(None, listed.stdout.decode().split("\0")):
        if (ROOT / name).is_file():
            (where.path / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, where.path / name)
    where.git("config", "pack.window", "0")  # each clone would look for what the files have in common
    where.git("add", ".")
    where.commit()


@pytest.fixture(scope="session")
def caches(once: Once) -> dict[str, str]:
    """Where the two tools keep what they install, of which pip compiles nothing that is not run, itself only once."""
    folder = once("caches", Path.mkdir)
    homes = {"PRE_COMMIT_HOME": str(folder / "pre-commit"), "PREK_HOME": str(folder / "prek")}
    return homes | {"PIP_NO_COMPILE": "1", "VIRTUALENV_SYMLINK_APP_DATA": "1"}


@pytest.fixture(params=["pre-commit", "prek"])
def tool(request: pytest.FixtureRequest) -> str:
    """The path of the hook manager under test."""
    return str(Path(sys.executable).parent / request.param)


@pytest.fixture
def equipped(repo: Repo, tool: str, caches: dict[str, str]) -> Repo:
    """A repository in which the hook manager can be run."""
    uv = os.path.join(caches["PREK_HOME"], "tools", "uv")  # which prek installs where it finds none
    repo.environment |= caches | {"PATH": os.pathsep.join([str(Path(tool).parent), uv, clean_environment()["PATH"]])}
    return repo


@pytest.fixture
def hooked(equipped: Repo, tool: str, published: tuple[str, str], once: Once) -> Repo:
    """A repository whose commits run the hook, as the README says to set it up. Its first commit holds the config."""
    url, rev = published

    def make(folder: Path) -> None:
        first = Repo(folder)
        first.environment = equipped.environment
        first.stage({".pre-commit-config.yaml": _CONFIG.format(url=url, rev=rev)})
        first.commit()
        kinds = ("-t", "pre-commit", "-t", "pre-merge-commit", "-t", "pre-push")
        done = first.run(tool, "install", "--install-hooks", *kinds)
        assert done.status == 0, done

    shutil.copytree(once(f"hooked-{Path(tool).name}", make), equipped.path, dirs_exist_ok=True)
    equipped.git("update-index", "--refresh")  # as far as git knows they are other files
    return equipped


@pytest.fixture(scope="session")
def managers(once: Once, request: pytest.FixtureRequest) -> Path:
    """The folder with the managers' commands, in an environment of their own, which pytest's cache keeps."""
    pytest.importorskip("ensurepip", reason="this Python makes no environments")
    if not hasattr(request.config, "cache"):
        return once("managers", _install_managers) / _COMMANDS
    kept = request.config.cache.mkdir(f"managers-{sys.hexversion:x}")
    once("managers", lambda _: (kept / _MADE).exists() or _install_managers(kept))
    return kept / _COMMANDS


def _install_managers(folder: Path) -> None:
    make = [
        sys.executable,
        "-m",
        "virtualenv",
        "--quiet",
        "--clear",
        str(folder),
    ]  # pre-commit brings it; venv takes 4 s
    subprocess.run(make, check=True, env=clean_environment())
    pip = [str(folder / _COMMANDS / "pip"), "install", "--quiet", "--no-compile", "uv", "poetry", "pdm", "hatch"]
    subprocess.run(pip, check=True, env=clean_environment())
    (folder / _MADE).touch()
