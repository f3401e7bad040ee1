"""What is built and shipped: the package with its data, nothing of the tests, the same bytes each time."""

import hashlib
import subprocess
import sys
import tomllib
import zipfile
from importlib.util import find_spec
from pathlib import Path

import pytest

from conftest import ROOT, Repo, clean_environment

PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
BUILD = f"""
import sys
from {PYPROJECT["build-system"]["build-backend"]} import build_wheel
for folder in sys.argv[1:]:
    build_wheel(folder)
"""


@pytest.fixture(scope="module")
def wheels(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """What the backend builds, twice. That pip can have it do so: end_to_end/, which installs the hook."""
    if find_spec("pip") is None:
        pytest.skip("this Python has no pip")
    backend, *folders = (tmp_path_factory.mktemp(name) for name in ("backend", "one", "other"))
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--no-compile", "--target", str(backend)]
    subprocess.run([*pip, *PYPROJECT["build-system"]["requires"]], check=True, env=clean_environment())
    environment = clean_environment() | {"PYTHONPATH": str(backend)}
    subprocess.run([sys.executable, "-c", BUILD, *map(str, folders)], cwd=ROOT, check=True, env=environment)
    return [next(folder.glob("*.whl")) for folder in folders]


def test_contents(wheels: list[Path]) -> None:
    with zipfile.ZipFile(wheels[0]) as archive:
        names = set(archive.namelist())
        size = sum(info.file_size for info in archive.infolist())
    package = {name for name in names if name.startswith("import_customs/")}
    tracked = Repo.git(_here(), "ls-files", "-z", "--cached", "--others", "--exclude-standard", "hooks/import_customs")
    assert package == {name.removeprefix("hooks/") for name in tracked.split("\0") if name}
    assert {"import_customs/py.typed", "import_customs/providers/bundled/modules.txt"} <= package
    assert all(name.startswith(("import_customs/", "import_customs-")) for name in names)
    assert {name.partition(".data/data/")[2] for name in names if ".data/data/" in name} == {
        "share/bash-completion/completions/import-customs",
        "share/zsh/site-functions/_import-customs",
        "share/fish/vendor_completions.d/import-customs.fish",
    }
    assert size <= 9_120_000  # a refresh brings 340 kB of entry points and requirements


def test_two_builds_are_one(wheels: list[Path]) -> None:
    assert len({hashlib.sha256(wheel.read_bytes()).digest() for wheel in wheels}) == 1


def test_a_checkout_has_the_bytes_that_were_committed(tmp_path: Path) -> None:
    """Also under git's setting on Windows; hook managers install from a clone, and the index states its sizes."""
    Repo.git(
        _here(), "clone", "-q", "-c", "core.autocrlf=true", "-c", "core.eol=crlf", str(ROOT), str(tmp_path / "clone")
    )
    listed = Repo.git(_here(), "-C", str(tmp_path / "clone"), "ls-files", "--eol").splitlines()
    assert [line for line in listed if "w/crlf" in line or "w/mixed" in line] == []


def test_runtime_dependencies_are_three() -> None:
    assert [name.partition(">=")[0] for name in PYPROJECT["project"]["dependencies"]] == [
        "packaging",
        "stdlib-list",
        "tomlkit",
    ]


def _here() -> Repo:
    repo = Repo.__new__(Repo)
    repo.path, repo.environment = ROOT, clean_environment()
    return repo
