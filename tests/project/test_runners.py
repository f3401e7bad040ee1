"""What the program that runs a file puts on sys.path, and what it brings: files in, answer out."""

from pathlib import Path

import pytest

from conftest import written
from import_customs.project import runners
from import_customs.repository.tree import Worktree


@pytest.mark.parametrize(
    ("files", "found"),
    [
        pytest.param("tests/conftest.py tests/fixtures/a.py", "whole", id="the folder of a conftest"),
        pytest.param("tests/conftest.py tests/__init__.py fixtures/a.py", "whole", id="above the package it is in"),
        pytest.param("tests/fixtures/a.py", None, id="no conftest"),
        pytest.param("other/conftest.py other/fixtures/a.py", None, id="a conftest elsewhere"),
        pytest.param("tests/conftest.py tests/fixtures/b.py", None, id="a folder without it may be shared"),
    ],
)
def test_beside_a_conftest(tmp_path: Path, files: str, found: str | None) -> None:
    assert runners.put_there_by_pytest(written(tmp_path, files), "tests/unit/t.py", "fixtures.a") == found


@pytest.mark.parametrize(
    ("file", "found"),
    [
        pytest.param("f/tests/test_h.py", "whole", id="above the package of a test module"),
        pytest.param("f/tests/h_test.py", "whole", id="of the other form"),
        pytest.param("f/tests/deep/test_h.py", None, id="its own folder is no package"),
        pytest.param("f/tests/helpers.py", None, id="what pytest does not collect"),
        pytest.param("f/tests/tested.py", None, id="of another name"),
    ],
)
def test_beside_a_test_module(tmp_path: Path, file: str, found: str | None) -> None:
    tree = written(tmp_path, f"f/utils.py f/tests/__init__.py {file}")
    assert runners.put_there_by_pytest(tree, file, "utils") == found
    (tmp_path / "pytest.ini").write_text("[pytest]\naddopts = --import-mode=importlib")
    assert runners.put_there_by_pytest(Worktree(str(tmp_path)), file, "utils") is None


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("pyproject.toml", 'addopts = "-v --import-mode=importlib"'),
        ("pytest.toml", 'addopts = ["--import-mode", "importlib"]'),
        ("tests/pytest.ini", "addopts = --import-mode importlib"),
    ],
)
def test_a_conftest_adds_no_folder_where_pytest_is_told_not_to(tmp_path: Path, name: str, text: str) -> None:
    tree = written(tmp_path, f"tests/conftest.py tests/fixtures/a.py {name}")
    (tmp_path / name).write_text(text)
    assert runners.put_there_by_pytest(tree, "tests/unit/t.py", "fixtures.a") is None


@pytest.mark.parametrize(
    ("file", "module", "has_build_system", "brought"),
    [
        ("noxfile.py", "nox", True, True),
        ("a.py", "nox", True, False),
        ("docs/n.ipynb", "IPython.display", True, True),
        ("docs/n.ipynb", "ipywidgets", True, False),
        ("docs/n.py", "IPython.display", True, False),
        ("setup.py", "setuptools", False, True),
        ("setup.py", "setuptools", True, False),
        ("setup.py", "numpy", False, False),
    ],
)
def test_is_brought(file: str, module: str, *, has_build_system: bool, brought: bool) -> None:
    assert runners.comes_with_host(file, module, has_build_system) == brought


@pytest.mark.parametrize(
    ("files", "is_inserted"),
    [
        pytest.param("f/test_a.py", True, id="a test module in it"),
        pytest.param(
            "f/tests/__init__.py f/tests/unit/__init__.py f/tests/unit/a_test.py", True, id="in packages in it"
        ),
        pytest.param("f/tests/__init__.py f/tests/conftest.py", True, id="a conftest"),
        pytest.param("f/tests/test_a.py", False, id="that folder itself is inserted"),
        pytest.param("f/__init__.py f/test_a.py", False, id="the folder above it is inserted"),
        pytest.param("f/a.py", False, id="no test"),
    ],
)
def test_folders_inserted_by_pytest(tmp_path: Path, files: str, *, is_inserted: bool) -> None:
    assert runners.is_inserted_by_pytest(written(tmp_path, files), "f") == is_inserted
    (tmp_path / "pytest.ini").write_text("[pytest]\naddopts = --import-mode=importlib")
    assert not runners.is_inserted_by_pytest(Worktree(str(tmp_path)), "f")
