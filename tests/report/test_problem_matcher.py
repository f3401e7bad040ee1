"""GitHub's problem matcher takes what the text report prints: each finding and each error, and nothing else."""

import json
import re

import pytest

from conftest import ROOT, Repo

MATCHER = json.loads((ROOT / ".github/import-customs.json").read_text())
(PATTERN,) = MATCHER["problemMatcher"][0]["pattern"]
PROJECT = '[project]\nname = "demo"\nversion = "1"\nrequires-python = ">=3.9"\n'
FILES = {
    "pyproject.toml": PROJECT,
    "sub dir/a.py": "import os, celery\nfrom google.cloud import storage\nimport zz_made_up, tomllib\n",
    "other/pyproject.toml": "[project\n",
    "other/a.py": "import six\n",
}


def matched(printed: str) -> list[dict[str, str]]:
    """What GitHub would read out of the lines. Colors do not matter: its runner takes them away."""
    fields = {key: PATTERN[key] for key in ("file", "line", "column", "code", "message")}
    found = (re.search(PATTERN["regexp"], line) for line in printed.splitlines())
    return [{key: match[group] for key, group in fields.items()} for match in found if match]


@pytest.mark.parametrize("arguments", [(), ("--quiet",)], ids=["the whole report", "a line each"])
def test_it_takes_each_finding_and_nothing_else(repo: Repo, arguments: tuple[str, ...]) -> None:
    repo.stage(FILES)
    told = json.loads(repo.customs("--scope", "all", "--format", "json").out)["findings"]
    ran = repo.customs("--scope", "all", *arguments)
    assert [(one["file"], int(one["line"]), int(one["column"]), one["code"]) for one in matched(ran.out)] == [
        (one["path"], one["line"], one["column"], one["rule"]) for one in told
    ]
    assert [one["message"].split("`")[1] for one in matched(ran.out)] == [one["module"] for one in told]


def test_it_takes_errors_and_no_notes(repo: Repo) -> None:
    repo.stage(FILES | {"b.py": "x = 1; import celery\n)\n"})
    ran = repo.customs("--scope", "all")
    assert "note: b.py" in ran.err
    assert [(one["file"], one["line"], one["code"]) for one in matched(ran.err)] == [
        ("other/pyproject.toml", "1", "error")
    ]


@pytest.mark.parametrize(
    ("line", "place"),
    [
        pytest.param("n.ipynb:cell 2:4:8: undeclared: `a` is not declared", ("n.ipynb", "4", "8"), id="a notebook"),
        pytest.param("left: a.py:1:8: unknown: `a`", ("a.py", "1", "8"), id="what --fix leaves"),
        pytest.param("a:b.py:1:8: stdlib-version: `a`", ("a:b.py", "1", "8"), id="a colon in the name"),
    ],
)
def test_other_places(line: str, place: tuple[str, str, str]) -> None:
    assert [(one["file"], one["line"], one["column"]) for one in matched(line)] == [place]
