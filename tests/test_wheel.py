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


def build(target: Path) -> Path:
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", str(target), str(ROOT)]
    subprocess.run(command, check=True, env=clean_environment())
    return next(target.glob("*.whl"))


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    if find_spec("pip") is None:
        pytest.skip("this Python has no pip")
    return build(tmp_path_factory.mktemp("wheel"))


def test_contents(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
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
    assert size <= 8_850_000  # a refresh brings 340 kB of entry points and requirements


def test_two_builds_are_one(wheel: Path, tmp_path: Path) -> None:
    assert hashlib.sha256(wheel.read_bytes()).digest() == hashlib.sha256(build(tmp_path).read_bytes()).digest()


def test_a_checkout_has_the_bytes_that_were_committed(tmp_path: Path) -> None:
    """Also under git's setting on Windows; hook managers install from a clone, and the index states its sizes."""
    Repo.git(
        _here(), "clone", "-q", "-c", "core.autocrlf=true", "-c", "core.eol=crlf", str(ROOT), str(tmp_path / "clone")
    )
    listed = Repo.git(_here(), "-C", str(tmp_path / "clone"), "ls-files", "--eol").splitlines()
    assert [line for line in listed if "w/crlf" in line or "w/mixed" in line] == []


def test_runtime_dependencies_are_three() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    assert [name.partition(">=")[0] for name in project["dependencies"]] == ["packaging", "stdlib-list", "tomlkit"]


def _here() -> Repo:
    repo = Repo.__new__(Repo)
    repo.path, repo.environment = ROOT, clean_environment()
    return repo
