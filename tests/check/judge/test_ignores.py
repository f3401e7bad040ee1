"""What exempts an import: inline comments, `ignore`, `per-file-ignores`, `provides`, `guarded`."""

import json
from pathlib import Path

import pytest

from conftest import Repo
from import_customs.check import judge, without_effect
from import_customs.check.state import State
from import_customs.project.config import matches
from import_customs.repository.tree import Worktree

PROJECT = '[project]\nname = "demo"\ndependencies = ["acme-thing", "zzacme"]\n[tool.import-customs]\n'


def judged(folder: Path, table: str, source: str) -> tuple[list[str], list[str]]:
    """The modules blocked in tests/test_a.py, and the warnings of ignores that meet nothing."""
    (folder / "tests").mkdir()
    (folder / "pyproject.toml").write_text(PROJECT + table)
    (folder / "tests" / "test_a.py").write_text(source)
    state = State(Worktree(str(folder)))
    found = judge.findings(state, "tests/test_a.py", source.encode())
    return [one.module for one in found], [*without_effect.settings(state, ["tests/test_a.py"])]


def unused(entry: str) -> list[str]:
    return [f"pyproject.toml: {entry} is no longer needed, remove it"]


@pytest.mark.parametrize(
    ("table", "source", "found", "warned"),
    [
        pytest.param("", "import celery  # import-customs: ignore", [], [], id="inline"),
        pytest.param("", "import celery  # noqa  # import-customs:ignore because", [], [], id="inline, among others"),
        pytest.param("", "s = '# import-customs: ignored'; import celery", ["celery"], [], id="not that word"),
        pytest.param("", "import celery; x = '# import-customs: ignore'", ["celery"], [], id="in a string"),
        pytest.param("", "__import__('celery', f('# import-customs: ignore'))", ["celery"], [], id="in an argument"),
        pytest.param(
            "",
            "f(\n__import__('celery'),  # why\n__import__('yaml'),  # import-customs: ignore\n)",
            ["celery"],
            [],
            id="of one of two, each with a comment",
        ),
        pytest.param("", "__import__('celery')  # import-customs: ignore", [], [], id="behind a string"),
        pytest.param("", "import celery; x = '# import-customs: ignore'  # import-customs: ignore", [], [], id="both"),
        pytest.param("", "import celery\n# import-customs: ignore", ["celery"], [], id="on a line of its own"),
        pytest.param('ignore = ["celery"]', "import celery.utils", [], [], id="with submodules"),
        pytest.param(
            'ignore = ["celery.utils"]', "import celery", ["celery"], unused("ignore: `celery.utils`"), id="not above"
        ),
        pytest.param('ignore = ["os"]', "import os", [], unused("ignore: `os`"), id="needless"),
        pytest.param(
            'ignore = ["google.cloud.storage"]', "from google.cloud import storage", [], [], id="in a namespace"
        ),
        pytest.param('per-file-ignores = {"tests/*" = ["celery"]}', "import celery", [], [], id="glob of paths"),
        pytest.param('per-file-ignores = {"test_*.py" = ["celery"]}', "import celery", [], [], id="glob of names"),
        pytest.param(
            'per-file-ignores = {"/test_a.py" = ["celery"]}',
            "import celery",
            ["celery"],
            unused("per-file-ignores: `celery` for /test_a.py"),
            id="a glob that begins at the project's folder",
        ),
        pytest.param('per-file-ignores = {"/tests/*" = ["celery"]}', "import celery", [], [], id="and meets there"),
        pytest.param(
            'per-file-ignores = {"src/*" = ["celery"]}',
            "import celery",
            ["celery"],
            unused("per-file-ignores: `celery` for src/*"),
            id="other files",
        ),
        pytest.param('per-file-ignores = {"tests/*" = ["*"]}', "import celery.x, redis", [], [], id="every module"),
        pytest.param(
            'per-file-ignores = {"tests/**/*.py" = ["*"]}', "import redis", [], [], id="`**/`: no folder, too"
        ),
        pytest.param('per-file-ignores = {"**/tests/**" = ["*"]}', "import redis", [], [], id="`**/` at its beginning"),
        pytest.param(
            'per-file-ignores = {"src/*" = ["*"]}',
            "import celery",
            ["celery"],
            unused("per-file-ignores: `*` for src/*"),
            id="not of others",
        ),
        pytest.param('provides = {zzacme = ["platform_x"]}', "import platform_x.y", [], [], id="provides, declared"),
        pytest.param(
            'provides = {other = ["platform_x"]}',
            "import platform_x",
            ["platform_x"],
            ["pyproject.toml: provides: `other` covers nothing, because it is not declared"],
            id="provides, not declared",
        ),
        pytest.param(
            'guarded = "ignore"',
            "try:\n  import celery\nexcept ImportError: pass\nimport boto3",
            ["boto3"],
            [],
            id="guarded",
        ),
    ],
)
def test_ignored(tmp_path: Path, table: str, source: str, found: list[str], warned: list[str]) -> None:
    assert judged(tmp_path, table, source) == (found, warned)


@pytest.mark.parametrize(
    ("source", "found"),
    [
        pytest.param(
            "import boto3\nfrom celery import (\n  a,\n)  # import-customs: ignore\nimport redis",
            ["boto3", "redis"],
            id="behind the closing bracket",
        ),
        pytest.param("from celery import (  # import-customs: ignore\n  a,\n)", [], id="behind the opening one"),
        pytest.param(
            "from celery import (\n  a,  # import-customs: ignore\n  b,\n)\nimport redis", ["redis"], id="behind a name"
        ),
        pytest.param("import celery, \\\n  os  # import-customs: ignore", [], id="behind a backslash"),
        pytest.param(
            "x = f(\n  __import__(\n    'celery'\n  )\n)  # import-customs: ignore\ny = __import__('redis')",
            ["redis"],
            id="a call that a formatter broke",
        ),
        pytest.param(
            "x = {\n  1: __import__(\n    'celery',\n  ),  # import-customs: ignore\n  2: __import__('redis'),\n}",
            ["redis"],
            id="one of several calls in a statement",
        ),
        pytest.param(
            "x = [\n  __import__('celery'),\n  __import__('redis'),\n]  # import-customs: ignore",
            [],
            id="all calls in a statement",
        ),
        pytest.param(
            "from celery import (\n  a\n)\nx = '''\n  # import-customs: ignore\n'''", ["celery"], id="in a string"
        ),
        pytest.param(
            "from celery import (\n  a,\n)  # import-customs: ignore\nx = = 1\nimport redis",
            ["redis"],
            id="in a file that does not parse",
        ),
        pytest.param(
            "if True:\n  from celery import (\n    a\n  )  # import-customs: ignore\n  import redis",
            ["redis"],
            id="in a block",
        ),
    ],
)
def test_a_comment_on_any_line_of_the_statement(tmp_path: Path, source: str, found: list[str]) -> None:
    assert judged(tmp_path, "", source) == (found, [])


@pytest.mark.parametrize("indent", [None, 1], ids=["one line", "line by line"])
def test_a_comment_in_a_notebook_exempts_its_own_statement(repo: Repo, indent: int | None) -> None:
    sources = ["import redis  # import-customs: ignore\nfrom celery import (\n  a\n)\n", "import httpx"]
    cells = [{"cell_type": "code", "metadata": {}, "source": source.splitlines(keepends=True)} for source in sources]
    notebook = json.dumps({"cells": cells, "metadata": {}, "nbformat": 4}, indent=indent)
    repo.stage({"pyproject.toml": PROJECT, "a.ipynb": notebook})
    found = json.loads(repo.customs("--format", "json", "a.ipynb").out)["findings"]
    assert [one["module"] for one in found] == ["celery", "httpx"]


def test_unused_ignores_are_told_when_all_is_looked_at(repo: Repo) -> None:
    repo.stage({"pyproject.toml": PROJECT + 'ignore = ["celery"]\n', "a.py": "import os\n"})
    assert repo.customs().err == f"note: {unused('ignore: `celery`')[0]}\n"
    repo.commit()
    assert repo.customs().err == f"note: {unused('ignore: `celery`')[0]}\n"
    for names, manager in (("a.py", ""), (".", ""), ("a.py", "1")):
        ran = repo.customs(names, PRE_COMMIT=manager)
        assert ("checked everything" in ran.out, ran.err) == (True, ""), names


def test_dropping_an_ignore_is_a_change(repo: Repo) -> None:
    repo.stage({"pyproject.toml": PROJECT + 'ignore = ["celery"]\n', "a.py": "import celery\n"})
    repo.commit()
    repo.stage({"pyproject.toml": PROJECT})
    assert "a.py:1:8: undeclared: `celery`" in repo.customs("--staged").out


@pytest.mark.parametrize(
    ("path", "glob", "matched"),
    [
        ("tests/a.py", "tests/*", True),
        ("tests/x/a.py", "tests/*", True),
        ("a.py", "a.py", True),
        ("b/a.py", "a.*", True),
        ("b/a.py", "b", False),
    ],
)
def test_matches(path: str, glob: str, *, matched: bool) -> None:
    assert matches(path, glob) == matched
