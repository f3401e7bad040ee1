"""What a commit without findings loads: modules, counted and named, for a time would depend on the machine.

On Python 3.11 a module of this project costs about 0.2 ms, tomllib with what it needs 16, the interpreter's own start
10. tests/benchmarks measures the whole.
"""

import sys

import pytest

# What each would cost, in ms on Python 3.11. Only findings, options or unusual files may bring it.
AVOIDED = {
    "packaging": 41,  # its requirements
    "importlib.metadata": 39,
    "tomlkit": 27,
    "importlib.resources": 22,
    "dataclasses": 17,
    "inspect": 16,
    "logging": 14,
    "stdlib_list": 13,
    "subprocess": 12,
    "tempfile": 11,
    "pathlib": 11,
    "traceback": 9,
    "ast": 9,
    "argparse": 9,
    "shutil": 9,
    "json": 8,
    "configparser": 8,
    "tokenize": 8,
    "unicodedata": 0.4,
}
OWN_AVOIDED = {"import_customs.imports.exact_ast", "import_customs.imports.notebook", "import_customs.project.edit"}
MOST_MODULES = 78  # beyond those of the interpreter's own start; 73 on Python 3.11
PYPROJECT = """\
[project]
name = "demo"
requires-python = ">=3.11"
dependencies = ["requests>=2", "PyYAML", "google-cloud-storage~=2.1"]

[project.optional-dependencies]
fast = ["uvloop>=0.19,<1"]

[dependency-groups]
test = ["pytest>=8"]
dev = [{ include-group = "test" }]

[tool.ruff]
line-length = 120
"""
CLEAN = """\
from __future__ import annotations

import json
import os.path

import requests
import yaml
from google.cloud import storage

from demo import other
"""


@pytest.fixture
def loaded(repo):
    """The modules that a clean staged file has the hook load, without those of the interpreter's start."""
    repo.stage({"pyproject.toml": PYPROJECT, "demo/__init__.py": "", "demo/other.py": ""})
    assert repo.commit().status == 0
    repo.stage({"demo/app.py": CLEAN})
    at_start = _modules(repo, "-c", "pass")
    modules = _modules(repo, "-m", "import_customs", "demo/app.py")
    assert "import_customs.check.pipeline" in modules
    return modules - at_start


def test_nothing_avoidable_is_loaded(loaded):
    assert loaded & (AVOIDED.keys() | OWN_AVOIDED) == set()


def test_few_modules_are_loaded(loaded):
    assert len(loaded) <= MOST_MODULES, sorted(loaded)


def test_the_other_hook_loads_no_more(repo, loaded):
    """`--fix` and `--staged` are read without argparse, and nothing that writes is loaded where nothing is missing."""
    at_start = _modules(repo, "-c", "pass")
    for option, needed in (("--fix", set()), ("--staged", {"import_customs.repository.snapshot"})):
        more = _modules(repo, "-m", "import_customs", option, "demo/app.py") - at_start - loaded
        assert more == needed, option


def _modules(repo, *arguments):
    """The modules that Python says it loads; the run itself must be clean."""
    ran = repo.run(sys.executable, "-I", "-X", "importtime", *arguments, PRE_COMMIT="1")
    assert (ran.status, ran.out) in [
        (0, ""),
        (0, "checked what this commit introduces in 1 file: nothing to declare\n"),
    ]
    lines = [line for line in ran.err.splitlines() if line.startswith("import time:")]
    return {line.rpartition("|")[2].strip() for line in lines} - {"imported package"}
