"""Files whose statements pass in all of their project are judged by what these begin with: the same is found."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from conftest import examples, written
from import_customs.check import judge
from import_customs.check.state import State
from import_customs.model import CheckError
from import_customs.repository.tree import Worktree

_PYPROJECT = """\
[build-system]
requires = ["hatchling", "cython"]
build-backend = "hatchling.build"
[project]
name = "demo"
requires-python = ">=3.9"
dependencies = ["pyyaml", "google-cloud-storage", "acme", "paste"]
[dependency-groups]
dev = ["pytest"]
[tool.import-customs]
ignore = ["ignored"]
[tool.hatch.build.hooks.custom]
"""
_RULES = """\
[project]
name = "sub"
requires-python = ">=3.9"
[dependency-groups]
dev = ["pyyaml"]
[tool.import-customs]
rules = ["misplaced"]
"""
_LINES = st.sampled_from(
    [
        "import yaml",
        "import pytest",
        "import yaml as y, os",
        "from yaml import safe_load",
        "    from os.path import join",
        "from google.cloud import storage",
        "import google.cloud.storage as s, yaml",
        "import google.cloud",
        "from google.cloud import bigquery",
        "import os; from paste import script",
        "import requests",
        "from requests.adapters import HTTPAdapter  # import-customs: ignore",
        "import tomllib",
        "import demo.a, own",
        "from demo.yaml import x",
        "from .yaml import x",
        "import ignored",
        "import acme.core",
        "import cython",
        "import_module('requests')",
        "from os \\\n import path",
        "# coding: latin-1",
        "# /// script\n# dependencies = []\n# ///",
        "\r",
        "\0",
        "import \ufb01le",
        "'''",
    ]
)
_PATHS = st.sampled_from(
    "hatch_build.py a.py demo/__init__.py demo/a.py demo/yaml.py demo/os.py src/own.py src/a.py tests/yaml.py "
    "tests/test_a.py sub/a.py sub/requests.py broken/a.py t.ipynb".split()
)


def _judged(state, files, *, quickly):
    """By file: its findings, or why it cannot be checked; then the notes and the ignores that were met."""
    with pytest.MonkeyPatch.context() as patch:
        if not quickly:
            patch.setattr(judge, "usual_starts", lambda _: None)
        said = {}
        for path, text in files.items():
            try:
                said[path] = judge.findings(state, path, text.encode())
            except CheckError as error:
                said[path] = [str(error)]
    return said, list(state.warnings), state.used_ignores, state.outside


@example({"src/a.py": "import own", "src/own.py": "import own"})  # a file is not what it imports
@example({"src/a.py": "import pytest", "hatch_build.py": "import pytest"})  # the build installs no groups
@example(dict.fromkeys(("demo/a.py", "tests/test_b.py"), "import os; from paste import script"))  # a namespace's part
@example(dict.fromkeys(("sub/x/a.py", "sub/x/b.py"), "import yaml"))  # a rule finds it
@settings(max_examples=examples(150))
@given(st.dictionaries(_PATHS, st.lists(_LINES, max_size=5).map("\n".join), min_size=2, max_size=8))
def test_the_same_is_found_by_the_full_way(tmp_path_factory, files):
    folder = tmp_path_factory.mktemp("tree")
    projects = {"pyproject.toml": _PYPROJECT, "sub/pyproject.toml": _RULES, "broken/pyproject.toml": "["}
    written(folder, projects | files)
    quick, full = (_judged(State(Worktree(str(folder))), files, quickly=quickly) for quickly in (True, False))
    assert quick == full
