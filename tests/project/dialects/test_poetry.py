"""Constraints as Poetry writes them, by its documentation ("Dependency specification"): PEP 440 and 508 out."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from import_customs.model import Project
from import_customs.project import load
from import_customs.project.dialects.poetry_constraint import _CLAUSE, _usual
from import_customs.repository.tree import Worktree


def project(folder: Path, table: str) -> Project:
    (folder / "pyproject.toml").write_text(f"[tool.poetry.dependencies]\n{table}\n")
    found = load(Worktree(str(folder)), "")
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("python", "requires"),
    [
        ("^3.9", ">=3.9,<4"),
        ("^3.9.1", ">=3.9.1,<4"),
        ("~3.9", ">=3.9,<3.10"),
        ("~3", ">=3,<4"),
        ("~=3.9", "~=3.9"),
        (">=3.8,<4.0", ">=3.8,<4.0"),
        (">=3.8, <3.13", ">=3.8,<3.13"),
        (">= 3.8 <4.0", ">=3.8,<4.0"),
        ("^3.9,!=3.9.7", ">=3.9,<4,!=3.9.7"),
        ("3.11.*", "==3.11.*"),
        ("3.11", "==3.11.*"),
        ("3.*", "==3.*"),
        ("*", ""),
        ("^3.8 || ^3.11", ">=3.8"),
        ("~3.9 | ~3.11", ">=3.9,<3.12,!=3.10.*"),
        ("3.9 || ~=3.11.2", ">=3.9,<3.12,!=3.10.*"),
        ("<=2.7 || ~=3.1,!=3.2.4", ">=2.7,!=3.0.*"),
        (">=4 || <2", ""),
        ("~2.7 || >=3.2,<3.4", ">=2.7,<3.4,!=3.0.*,!=3.1.*"),
        ("any of them", ""),
    ],
)
def test_python_of_poetry(tmp_path: Path, python: str, requires: str) -> None:
    assert project(tmp_path, f'python = "{python}"').requires_python == requires


@pytest.mark.parametrize(
    ("keys", "marker"),
    [
        ('version = "*"', ""),
        ("markers = 'os_name == \"nt\"'", 'os_name == "nt"'),
        ('python = ">=3.8,<3.11"', 'python_version >= "3.8" and python_version < "3.11"'),
        ('platform = "darwin"', 'sys_platform == "darwin"'),
        (
            "python = '<3.11', markers = 'os_name == \"nt\" or extra == \"x\"'",
            '(os_name == "nt" or extra == "x") and python_version < "3.11"',
        ),
    ],
)
def test_markers_of_poetry(tmp_path: Path, keys: str, marker: str) -> None:
    found = project(tmp_path, f"a = {{ {keys} }}")
    assert [one.marker for one in found.declarations] == [marker]


@given(st.lists(st.sampled_from([*"^~=!><.v*x", "3", "11", ".*", "\N{SUPERSCRIPT TWO}"]), max_size=6).map("".join))
def test_a_usual_clause_is_what_the_pattern_makes_of_it(word: str) -> None:
    usual, found = _usual(word), _CLAUSE.fullmatch(word)
    assert usual is None or (found is not None and usual == (found[1] or "", found[2], bool(found[3])))
