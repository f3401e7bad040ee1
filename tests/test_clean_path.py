"""What a commit without findings loads: modules, counted and named, for a time would depend on the machine.

On Python 3.11 a module of this project costs about 0.2 ms, the interpreter's own start 10. tests/benchmarks measures
the whole.
"""

import ast
import re
import sys

import pytest

from conftest import HOOK, ROOT

PACKAGE = ROOT / "hooks" / "import_customs"
# What each costs, in ms on Python 3.11, where nothing else has loaded a part of it: the one table of such numbers. Only
# findings, options or unusual files may load it.
AVOIDED = {
    "xml.sax": 47,  # its saxutils load a client of HTTP
    "packaging": 41,  # its requirements and markers
    "packaging.version": 14,
    "importlib.metadata": 39,
    "tomlkit": 27,
    "importlib.resources": 22,
    "dataclasses": 17,
    "tomllib": 16,
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
    "re": 5,
    "hashlib": 4,
    "enum": 3,
    "urllib.parse": 3,
    "difflib": 5,
    "typing": 4,
    "unicodedata": 0.4,
}
# The modules of this project that a clean commit loads. A door that is left open shows here by name.
OWN = {
    "__main__",
    "check",
    "check.covered",
    "check.covered.first_party",
    "check.covered.own_files",
    "check.covered.popular",
    "check.judge",
    "check.pipeline",
    "check.scope",
    "check.state",
    "cli",
    "cli.streams",
    "imports",
    "imports.screen",
    "imports.screen_names",
    "imports.source_file",
    "imports.statement_starts",
    "model",
    "model.later",
    "model.names",
    "model.requirement",
    "model.source_text",
    "model.toml",
    "model.usual_toml",
    "model.value",
    "project",
    "project.config",
    "project.declarations",
    "project.dialects",
    "project.dialects.dialect",
    "project.dialects.standard_tables",
    "project.first_party",
    "project.module_files",
    "project.runners",
    "project.source_roots",
    "providers",
    "providers.index",
    "providers.index_lines",
    "providers.stdlib",
    "report",
    "repository",
    "repository.git",
    "repository.git_process",
    "repository.index_file",
    "repository.select",
    "repository.tree",
}
_RUN = HOOK[1:]  # the hook's entry, without Python
MOST_MODULES = 52  # beyond those of the interpreter's own start, on Python 3.11
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
    at_start = _modules(repo, "-I", "-c", "pass")
    modules = _modules(repo, *_RUN, "demo/app.py")
    assert "import_customs.check.pipeline" in modules
    return modules - at_start


def test_nothing_avoidable_is_loaded(loaded):
    assert loaded & AVOIDED.keys() == set()


def test_functools_is_not_loaded(loaded):
    """With what it brings it takes 2 ms: of 96 million instructions 9, on Python 3.13. `-m` would load it on 3.11."""
    assert loaded & {"functools", "runpy"} == set()


def test_the_own_modules_are_those_of_the_list(loaded):
    assert {one.removeprefix("import_customs.") for one in loaded if one.startswith("import_customs.")} == OWN


@pytest.mark.parametrize("module", sorted(OWN))
def test_no_own_module_imports_typing(module):
    """It costs 4 ms."""
    path = PACKAGE.joinpath(*module.split("."))
    source = path.with_suffix(".py") if path.with_suffix(".py").is_file() else path / "__init__.py"
    assert "typing" not in _imported(ast.parse(source.read_bytes()))


def test_comments_name_the_costs_of_the_table():
    """`import json  # 8 ms`, or `# 8 ms, for json` at the import of a module of ours."""
    wrong = []
    for path in PACKAGE.rglob("*.py"):
        for line in path.read_text().splitlines():
            if found := re.search(r"(?:from|import) ([\w.]+).*# ([\d.]+) ms(?:, for ([\w.]+))?", line):
                module, cost, cause = found.groups()
                top = (cause or module).partition(".")[0]
                known = AVOIDED.get(cause or module, AVOIDED.get(top))
                wrong += [line] if known is not None and known != float(cost) else []
    assert wrong == []


def test_few_modules_are_loaded(loaded):
    assert len(loaded) <= MOST_MODULES, sorted(loaded)


def test_the_other_hook_loads_no_more(repo, loaded):
    """`--fix` and `--staged` are read without argparse, and nothing that writes is loaded where nothing is missing."""
    at_start = _modules(repo, "-I", "-c", "pass")
    of_index = {"import_customs.repository.commit", "import_customs.repository.snapshot"}
    for option, needed in (("--fix", set()), ("--staged", of_index)):
        more = _modules(repo, *_RUN, option, "demo/app.py") - at_start - loaded
        assert more == needed, option


def test_old_debt_loads_none_of_them_either(repo):
    repo.stage({"pyproject.toml": PYPROJECT, "demo/__init__.py": "", "demo/app.py": f"{CLEAN}import boto3\n"})
    assert repo.commit().status == 0
    repo.stage({"demo/app.py": f"{CLEAN}import boto3\n\nX = 1\n"})
    modules = _modules(repo, *_RUN, "demo/app.py") - _modules(repo, "-I", "-c", "pass")
    assert "import_customs.check.imported_before" in modules
    assert modules & {*AVOIDED, "collections", "functools"} == set()


def test_a_plain_finding_loads_none_of_them_either(repo):
    repo.stage({"pyproject.toml": PYPROJECT, "demo/__init__.py": ""})
    assert repo.commit().status == 0
    repo.stage({"demo/app.py": f"{CLEAN}import boto3\n"})
    ran = _timed(repo, *_RUN, "demo/app.py")
    assert ran.status == 1
    assert _named(ran.err) & AVOIDED.keys() == set()


def test_a_table_of_data_is_not_read_as_requirements(repo):
    """Any text may be a list that a project names. To parse its lines takes a minute for some MB."""
    repo.stage({"pyproject.toml": PYPROJECT, "demo/__init__.py": "", "movies.txt": "1::Heat (1995)::Crime|Drama\n"})
    assert repo.commit().status == 0
    repo.stage(
        {"demo/app.py": CLEAN.replace("demo import other", "demo import x"), "movies.txt": "2::Up (2009)::Comedy\n"}
    )
    assert "packaging" not in _modules(repo, *_RUN, "demo/app.py")


def test_patterns_are_compiled_when_they_are_used():
    compiled = re.compile(r"^[_A-Z]+ = re\.compile", re.MULTILINE)
    assert [path for path in PACKAGE.rglob("*.py") if compiled.search(path.read_text())] == []


def _imported(node):
    """The top-level modules that a syntax tree imports at run time, wherever in it."""
    if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
        return set().union(*map(_imported, node.orelse))
    if isinstance(node, ast.Import):
        return {alias.name.partition(".")[0] for alias in node.names}
    if isinstance(node, ast.ImportFrom):
        return {str(node.module).partition(".")[0]}
    return set().union(*map(_imported, ast.iter_child_nodes(node)))


def _modules(repo, *arguments):
    """The modules that Python says it loads; the run itself must be clean."""
    ran = _timed(repo, *arguments)
    assert (ran.status, ran.out) in [
        (0, ""),
        (0, "checked what this commit introduces in 1 file: nothing to declare\n"),
    ]
    return _named(ran.err)


def _timed(repo, *arguments):
    return repo.run(sys.executable, "-X", "importtime", *arguments, PRE_COMMIT="1")


def _named(err):
    lines = [line for line in err.splitlines() if line.startswith("import time:")]
    return {line.rpartition("|")[2].strip() for line in lines} - {"imported package"}
