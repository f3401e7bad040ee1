"""What a Pipfile declares: its text in, declarations out."""

from pathlib import Path

import pytest

from import_customs.model import CheckError
from import_customs.project.dialects.pipfile import read_pipfile, requires_python
from import_customs.repository.tree import Worktree


def read(folder: Path, text: str) -> list[tuple[str, str, int]]:
    (folder / "Pipfile").write_text(text)
    found = read_pipfile(Worktree(str(folder)), "Pipfile")
    return [(one.name, str(one.place), one.line) for one in found.declarations]


@pytest.mark.parametrize(
    ("text", "declared"),
    [
        pytest.param('[packages]\nRedis = "*"\n', [("redis", "runtime", 2)], id="for runtime"),
        pytest.param('[dev-packages]\n"pytest" = ">=8"\n', [("pytest", "group dev", 2)], id="for development"),
        pytest.param('[docs]\nsphinx = "*"\n', [("sphinx", "group docs", 2)], id="a category of its own"),
        pytest.param('[packages.flask]\nversion = "*"\nextras = ["async"]\n', [("flask", "runtime", 1)], id="a table"),
        pytest.param('[[source]]\nname = "a"\n[requires]\n[scripts]\nx = "y"\n[pipenv]\n', [], id="settings"),
        pytest.param('[packages]\n"$(touch x)" = "*"\n', [], id="no name of a package"),
        pytest.param("", [], id="nothing"),
    ],
)
def test_declarations(tmp_path: Path, text: str, declared: list[tuple[str, str, int]]) -> None:
    assert read(tmp_path, text) == declared


def test_a_path_declares_what_lies_there(tmp_path: Path) -> None:
    (tmp_path / "libs/two").mkdir(parents=True)
    (tmp_path / "libs/two/setup.py").write_text("from setuptools import setup\nsetup(name='two-dist')\n")
    entries = '"e1839a8" = {path = "libs/two"}\none = {path = "libs/none"}\nup = {path = "../out"}\n'
    assert [name for name, _, _ in read(tmp_path, f"[packages]\n{entries}")] == ["two-dist", "one", "up"]


@pytest.mark.parametrize(
    ("entry", "extras", "marker", "folder", "is_elsewhere"),
    [
        pytest.param('"==1"', (), "", None, False, id="a version"),
        pytest.param('{extras = ["b", "A"], version = "*"}', ("a", "b"), "", None, False, id="extras"),
        pytest.param("{markers = \"os_name == 'nt'\"}", (), "os_name == 'nt'", None, False, id="a marker"),
        pytest.param("{path = 'libs/x', editable = true}", (), "", "libs/x", True, id="a folder of the repository"),
        pytest.param("{path = '.'}", (), "", "", True, id="the folder itself"),
        pytest.param("{git = 'https://example.invalid/x.git'}", (), "", None, True, id="a repository"),
    ],
)
def test_an_entry(
    tmp_path: Path, entry: str, extras: tuple[str, ...], marker: str, folder: str | None, *, is_elsewhere: bool
) -> None:
    (tmp_path / "Pipfile").write_text(f"[packages]\nx = {entry}\n")
    (one,) = read_pipfile(Worktree(str(tmp_path)), "Pipfile").declarations
    assert (one.extras, one.marker, one.folder, one.is_elsewhere) == (extras, marker, folder, is_elsewhere)


@pytest.mark.parametrize(
    ("requires", "specifier"),
    [
        pytest.param('python_version = "3.12"', "==3.12.*", id="minor"),
        pytest.param('python_full_version = "3.12.1"', "==3.12.1", id="full"),
        pytest.param('python_version = "3"', "", id="any"),
        pytest.param("", "", id="none"),
    ],
)
def test_pythons(tmp_path: Path, requires: str, specifier: str) -> None:
    (tmp_path / "Pipfile").write_text(f"[requires]\n{requires}\n")
    assert requires_python(Worktree(str(tmp_path)), "Pipfile") == specifier


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("[packages\n", id="no TOML"),
        pytest.param("packages = []\n", id="no table"),
        pytest.param("[packages]\nx = { extras = 1 }\n", id="extras that are no array"),
    ],
)
def test_bad_input_is_an_error(tmp_path: Path, text: str) -> None:
    with pytest.raises(CheckError):
        read(tmp_path, text)
