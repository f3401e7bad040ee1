"""One run tells everything: what cannot be read in one place hides nothing that was found in another."""

import json

import pytest

from conftest import Repo

PROJECT = '[project]\nname = "{}"\nversion = "1"\nrequires-python = ">=3.11"\ndependencies = []\n'
DYNAMIC = "the dependencies of this project cannot be read: `dynamic` leaves dependencies to the build backend"
BROKEN = {
    "p03": ("pyproject.toml", "[project\n"),
    "p08": ("pyproject.toml", PROJECT.format("p08") + "[tool.import-customs]\nguardd = 1\n"),
    "p15": ("pyproject.toml", '[project]\nname = "p15"\nversion = "1"\ndynamic = ["dependencies"]\n'),
}


@pytest.fixture
def twenty(repo: Repo) -> Repo:
    """Twenty projects that each import something undeclared; three of them are broken in different ways."""
    for name in (f"p{number:02}" for number in range(20)):
        file, text = BROKEN.get(name, ("pyproject.toml", PROJECT.format(name)))
        repo.stage({f"{name}/{file}": text, f"{name}/a.py": "import celery\n"})
    return repo


def test_all_errors_beside_all_findings(twenty: Repo) -> None:
    ran = twenty.customs("--scope", "all", "--format", "json")
    told = json.loads(ran.out)
    assert ran.status == 2
    assert [one["path"] for one in told["errors"]] == [f"{name}/pyproject.toml" for name in BROKEN]
    assert [one["path"] for one in told["findings"]] == [
        f"p{number:02}/a.py" for number in range(20) if f"p{number:02}" not in BROKEN
    ]
    assert [line for line in ran.err.splitlines() if ": error: " in line] == [
        "p03/pyproject.toml:1:9: error: invalid TOML: Expected ']' at the end of a table declaration",
        "p08/pyproject.toml:7:1: error: unknown key in [tool.import-customs]: `guardd` (did you mean `guarded`?)",
        f"p15/pyproject.toml: error: {DYNAMIC}",
    ]


@pytest.mark.parametrize("name", ["text", "github", "gitlab", "sarif", "junit"])
def test_every_format_has_them(twenty: Repo, name: str) -> None:
    ran = twenty.customs("--scope", "all", "--format", name)
    assert ran.status == 2
    assert "p00/a.py" in ran.out
    assert "guardd" in (ran.err if name == "text" else ran.out)


def test_a_broken_project_further_up_governs_nobody_below(repo: Repo) -> None:
    repo.stage({"pyproject.toml": "[project\n", "sub/pyproject.toml": PROJECT.format("sub"), "sub/a.py": "import os\n"})
    assert repo.customs("--scope", "all").status == 0


def test_a_commit_beside_a_broken_project(twenty: Repo) -> None:
    ran = twenty.customs("p00/a.py", "p03/a.py", PRE_COMMIT="1")
    assert ran.status == 2
    assert "p00/a.py:1:8: undeclared" in ran.out
    assert "p03/pyproject.toml:1:9: error" in ran.err
