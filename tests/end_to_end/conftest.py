"""pre-commit and prek as a team has them: the hook comes from a git repository and is installed into its own cache."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from conftest import ROOT, Repo, clean_environment

_CONFIG = """\
repos:
  - repo: {url}
    rev: {rev}
    hooks:
      - id: undeclared-imports
"""


@pytest.fixture(scope="session")
def published(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, str]:
    """The project's files as a git repository of their own: its address and a revision."""
    where = Repo(tmp_path_factory.mktemp("published") / "import-customs")
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, check=True)
    for name in filter(None, listed.stdout.decode().split("\0")):
        if (ROOT / name).is_file():
            (where.path / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, where.path / name)
    where.git("add", ".")
    where.commit()
    return where.path.as_uri(), where.git("rev-parse", "HEAD").strip()


@pytest.fixture(scope="session")
def caches(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Where the two tools keep what they install: made once a test run."""
    folder = tmp_path_factory.mktemp("caches")
    return {"PRE_COMMIT_HOME": str(folder / "pre-commit"), "PREK_HOME": str(folder / "prek")}


@pytest.fixture(params=["pre-commit", "prek"])
def tool(request: pytest.FixtureRequest) -> str:
    """The path of the hook manager under test."""
    return str(Path(sys.executable).parent / request.param)


@pytest.fixture
def hooked(repo: Repo, tool: str, published: tuple[str, str], caches: dict[str, str]) -> Repo:
    """A repository whose commits run the hook, as the README says to set it up. Its first commit holds the config."""
    url, rev = published
    path = f"{Path(tool).parent}:{clean_environment()['PATH']}"
    repo.environment |= caches | {"PATH": path}
    repo.stage({".pre-commit-config.yaml": _CONFIG.format(url=url, rev=rev)})
    repo.commit()
    done = repo.run(tool, "install", "-t", "pre-commit", "-t", "pre-merge-commit", "-t", "pre-push")
    assert done.status == 0, done
    return repo


@pytest.fixture(scope="session")
def managers(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder with the managers' commands, in an environment of their own."""
    folder = tmp_path_factory.mktemp("managers")
    subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True, env=clean_environment())
    pip = [str(folder / "bin" / "pip"), "install", "--quiet", "uv", "poetry", "pdm", "hatch"]
    subprocess.run(pip, check=True, env=clean_environment())
    return folder / "bin"
