"""--verbose: a line for each decision, on standard error, and nothing else changes."""

import pytest

APP = """\
import os
import requests
import yaml  # import-customs: ignore
from demo import other
import celery
"""
SAID = """\
scope all; the text is that of the worktree
project pyproject.toml: 1 declarations
  Python: >=3.11
  source roots: ./, src/
  lock file: none
  environment: none
demo/app.py: project pyproject.toml
demo/app.py:1: os: passes: it is standard library on every Python that the project supports
demo/app.py:2: requests: passes: `requests` is declared, and installs it
demo/app.py:3: yaml: passes: a comment in its statement exempts it
demo/app.py:4: demo: passes: it is first-party
demo/app.py:5: celery: undeclared: """
FILES = {
    "pyproject.toml": '[project]\nname = "demo"\nrequires-python = ">=3.11"\ndependencies = ["requests"]\n',
    "demo/__init__.py": "",
    "demo/other.py": "",
    "demo/app.py": APP,
}


def test_each_decision_has_a_line(repo):
    repo.stage(FILES)
    plain = repo.customs("--scope", "all", "demo/app.py")
    ran = repo.customs("--scope", "all", "--verbose", "demo/app.py")
    assert ran.err.startswith(SAID)
    assert (ran.status, ran.out) == (plain.status, plain.out)


def test_a_commit_says_what_it_is_measured_against(repo):
    repo.stage(FILES)
    assert repo.customs("--verbose", "--staged").err.startswith(
        "scope new, since HEAD; the text is that of the index\n"
    )
    repo.commit()
    repo.git("update-ref", "MERGE_HEAD", "HEAD")
    ran = repo.customs("--verbose", "--staged")
    assert ran.err.startswith("scope new, since HEAD, MERGE_HEAD; the text is that of the index\n")


@pytest.mark.parametrize("imports", ["import os", "import celery", "if x:\n  import celery"], ids=ascii)
def test_a_file_that_does_not_parse_says_so_once(repo, imports):
    repo.stage(FILES | {"demo/app.py": f"{imports}\nx = = 1\n"})
    said = repo.customs("--scope", "all", "--verbose", "demo/app.py").err
    assert said.count("demo/app.py does not parse as Python") == 1


def test_a_file_that_no_project_governs(repo):
    repo.stage(FILES | {"pyproject.toml": "", "a/pyproject.toml": FILES["pyproject.toml"]})
    ran = repo.customs("--scope", "all", "--verbose", "demo/other.py")
    assert "demo/other.py: no project governs it\n" in ran.err


def test_what_is_not_judged_is_said(repo):
    repo.stage(FILES | {"gone.py": "", "script.py": "# /// script\n# dependencies = [1\n# ///\n"})
    (repo.path / "gone.py").unlink()
    said = repo.customs("--scope", "all", "--verbose").err
    assert "gone.py: not there as a regular file\n" in said
    assert "script.py: not judged: invalid TOML: Unclosed array\n" in said
