"""JSON: a repository in; what settles each finding out, and all of it as the schema says."""

# ruff: noqa: E501  a row is one line

import json
from typing import Any

import jsonschema
import pytest

from conftest import ROOT, Repo

SCHEMA = json.loads((ROOT / "hooks/import_customs/report/schema.json").read_text())
NAMED = '[project]\nname = "demo"\nversion = "1"\nrequires-python = ">=3.11"\n'
PROJECT = f"{NAMED}dependencies = []\n"
TEST = "import redis\n"


def made(repo: Repo, *arguments: str) -> dict[str, Any]:
    """The object, which the schema holds."""
    read: dict[str, Any] = json.loads(repo.customs(*arguments, "--format", "json").out)
    jsonschema.Draft7Validator(SCHEMA).validate(read)
    return read


def declare(requirement: str, file: str = "pyproject.toml", place: str = "runtime") -> dict[str, str]:
    return {"file": file, "requirement": requirement, "place": place}


ANY = PROJECT.replace('requires-python = ">=3.11"\n', "")  # of any Python: no release, and so no version is named
OR = " (or `opencv-python-headless` or `opencv-contrib-python`)"
LOCK = 'version = 1\n\n[[package]]\nname = "redis"\nversion = "5.0.1"\n'


@pytest.mark.parametrize(
    ("files", "remedy", "declared"),
    [
        pytest.param({"a.py": TEST, "pdm.lock": f'{LOCK}\n[metadata]\nlock_version = "4.5"\n'}, "run `pdm add redis`", declare("redis>=5.0.1"), id="the tool's command"),
        pytest.param({"a.py": TEST, "uv.lock": LOCK}, "run `uv add redis`", declare("redis>=5.0.1"), id="uv, by its lock file"),
        pytest.param({"a.py": TEST, "pylock.toml": LOCK.replace("version = 1", 'lock-version = "1.0"', 1).replace("[[package]]", "[[packages]]")}, 'add `"redis>=5.0.1"` to [project] dependencies', declare("redis>=5.0.1"), id="a line"),
        pytest.param({"sub/a.py": TEST, "sub/uv.lock": LOCK, "sub/pyproject.toml": PROJECT}, "run `uv add redis` in sub/", declare("redis>=5.0.1", "sub/pyproject.toml"), id="in a folder"),
        pytest.param({"tests/test_a.py": TEST, "uv.lock": LOCK, "pyproject.toml": f"{PROJECT}[dependency-groups]\ntest = []\n"}, "run `uv add --group test redis`", declare("redis>=5.0.1", place="group test"), id="a group"),
        pytest.param({"a.py": TEST, "uv.lock": LOCK, "requirements-dev.txt": "six\nredis\n"}, 'requirements-dev.txt:2 states it: add `requirements-files = ["requirements-dev.txt"]` under [tool.import-customs], or run `uv add redis`', declare("redis>=5.0.1"), id="a file beside states it"),
        pytest.param({"a.py": TEST, "requirements.txt": "six\n", "pyproject.toml": "[tool.ruff]\n"}, "add `redis` to requirements.txt", declare("redis", "requirements.txt"), id="a project of requirements"),
        pytest.param({"a.py": f"# /// script\n# dependencies = []\n# ///\n{TEST}"}, 'add `"redis"` to the dependencies of its script metadata', declare("redis", "a.py", "script"), id="a script"),
        pytest.param({"a.py": "import cv2\n", "pyproject.toml": ANY}, f'add `"opencv-python"`{OR} to [project] dependencies', declare("opencv-python"), id="several are as likely"),
        pytest.param({"a.py": "import cv2\n", "uv.lock": LOCK, "pyproject.toml": ANY}, f"run `uv add opencv-python`{OR}", declare("opencv-python"), id="several are as likely, by uv"),
        pytest.param({"a.py": "import cv2\n", "requirements.txt": "six\n", "pyproject.toml": "[tool.ruff]\n"}, f"add `opencv-python`{OR} to requirements.txt", declare("opencv-python", "requirements.txt"), id="several are as likely, in a requirements file"),
        pytest.param({"a.py": "import zz_made_up\n"}, "correct the spelling, or declare a package called `zz-made-up`, or say in `provides`, under [tool.import-customs], which declared package installs it", None, id="nothing is known"),
        pytest.param({"a.py": "import _zz_made_up\n"}, "correct the spelling, or say in `provides`, under [tool.import-customs], which declared package installs it", None, id="no package can be called so"),
        pytest.param({"a.py": "import reqeusts\n"}, "did you mean `requests`? That needs `requests`, which is not declared", None, id="a misspelling"),
        pytest.param({"a.py": "import bpy\n"}, 'if Blender runs this file, add "bpy" to `ignore`, under [tool.import-customs]', None, id="a host's"),
        pytest.param({"a.py": "import imp\n", "pyproject.toml": NAMED.replace("3.11", "3.12")}, "remove the import, or guard the import (`try`)", None, id="gone from Python"),
        pytest.param({"a.py": "import lib_b\n", "libs/b/pyproject.toml": '[project]\nname = "lib-b"\nversion = "1"\n', "libs/b/lib_b/__init__.py": ""}, "list `-e ./libs/b` in a requirements file that `requirements-files`, under [tool.import-customs], names; or declare `lib-b` itself if you publish it: without a path it is taken from an index", None, id="a local project"),
    ],
)  # fmt: skip
def test_what_settles_a_finding(repo: Repo, files: dict[str, str], remedy: str, declared: object) -> None:
    repo.stage({"pyproject.toml": PROJECT, **files})
    (found,) = made(repo, "--scope", "all")["findings"]
    assert (found["remedy"], found["declare"]) == (remedy, declared)


def test_findings_are_sorted_and_none_is_said_twice(repo: Repo) -> None:
    repo.stage(
        {
            "pyproject.toml": PROJECT,
            "b.py": "import redis, celery; import boto3\nfrom google.cloud import storage, bigquery\n",
            "a.py": "if x:\n    import redis\nimport redis.asyncio, redis.client\n",
        }
    )
    found = made(repo)["findings"]
    places = [(one["path"], one["line"], one["column"], one["end_column"], one["module"]) for one in found]
    assert places == [
        ("a.py", 2, 12, 17, "redis"),
        ("a.py", 3, 8, 13, "redis"),
        ("a.py", 3, 23, 28, "redis"),
        ("b.py", 1, 8, 13, "redis"),
        ("b.py", 1, 15, 21, "celery"),
        ("b.py", 1, 30, 35, "boto3"),
        ("b.py", 2, 26, 33, "google.cloud.storage"),
        ("b.py", 2, 35, 43, "google.cloud.bigquery"),
    ]


def test_a_notebook(repo: Repo) -> None:
    cell = {"cell_type": "code", "source": ["x = 1\n", "from celery import Task"]}
    text = json.dumps({"cells": [cell], "metadata": {}, "nbformat": 4}, indent=1)
    repo.stage({"pyproject.toml": PROJECT, "n.ipynb": text})
    (found,) = made(repo)["findings"]
    assert found["cell"] == {"number": 1, "line": 2, "column": 6}
    line = text.split("\n")[found["line"] - 1]
    assert line[found["column"] - 1 : found["end_column"] - 1] == "celery"


def test_the_root_provides_a_module(repo: Repo) -> None:
    repo.stage({"pyproject.toml": PROJECT, "demo/__init__.py": "", "libs/b/a.py": "import demo\n"})
    repo.stage({"libs/b/pyproject.toml": PROJECT.replace("demo", "b")})
    (found,) = made(repo)["findings"]
    assert (found["local"], found["providers"]) == (".", ["demo"])


def test_output_takes_the_object(repo: Repo) -> None:
    repo.stage({"pyproject.toml": PROJECT, "a.py": TEST})
    printed = repo.customs("--format", "json").out
    ran = repo.customs("--format", "json", "--output", "out.json")
    assert (ran.status, ran.out, ran.err) == (1, "", "")
    assert (repo.path / "out.json").read_text() == printed


@pytest.mark.parametrize(
    ("files", "arguments"),
    [
        pytest.param({"pyproject.toml": "[project\n", "a.py": TEST}, (), id="what is broken beside what is not"),
        pytest.param({"pyproject.toml": PROJECT, "a.py": ""}, ("--python", "none"), id="nothing could be judged"),
        pytest.param({"pyproject.toml": PROJECT, "a.py": ""}, ("--scop", "all"), id="bad arguments"),
    ],
)
def test_what_is_wrong_is_in_it(repo: Repo, files: dict[str, str], arguments: tuple[str, ...]) -> None:
    repo.stage(files)
    read = made(repo, *arguments)
    assert repo.customs(*arguments, "--format", "json").status == 2
    assert len(read["errors"]) == 1
    assert ("findings" in read) == (not arguments)
    assert repo.customs(*arguments).out.startswith("{") is False
