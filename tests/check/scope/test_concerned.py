"""Where a declaration goes, only the files that it may concern are judged, and the same is found as in all of them."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conftest import Repo, clean_environment, examples, written
from import_customs import providers
from import_customs.check import confirm, judge, pipeline
from import_customs.check.scope import Request, ScopeRequest
from import_customs.check.scope.concerned import _governing, _may_cover, _projects_of
from import_customs.check.state import State
from import_customs.model import CheckError, Project
from import_customs.model.names import top
from import_customs.model.requirement import Name
from import_customs.providers import distributions, stdlib
from import_customs.providers.index_lines import SortedLines

LOCK = """version = 1

[[package]]
name = "boto3"
version = "1.40.0"
dependencies = [{ name = "botocore" }]

[[package]]
name = "botocore"
version = "1.40.0"
dependencies = [{ name = "jmespath" }]

[[package]]
name = "jmespath"
version = "1.0.1"
"""


def _project(declared, extra=(), group=(), more=""):
    return (
        '[project]\nname = "demo"\nversion = "1"\nrequires-python = ">=3.9"\n'
        f"dependencies = {json.dumps(list(declared))}\n"
        f"[project.optional-dependencies]\nall = {json.dumps(list(extra))}\n"
        f"[dependency-groups]\ndev = {json.dumps(list(group))}\n{more}"
    )


@pytest.mark.parametrize(
    ("gone", "judged", "others"),
    [
        pytest.param("pyyaml", {"a.py": "import yaml\n"}, {"b.py": "import boto3, os\n"}, id="what it installs"),
        pytest.param("stripe", {}, {"a.py": "import os\n", "b.py": "from . import stripe\n"}, id="nobody imports it"),
        pytest.param("boto3", {"a.py": "import jmespath\n"}, {"b.py": "import yaml\n"}, id="what came with it"),
        pytest.param(
            "celery[redis]", {"a.py": "import redis\n"}, {"b.py": "import yaml\n"}, id="what its extra brings"
        ),
        pytest.param("types-PyYAML", {"a.py": "import yaml\n"}, {"b.py": "import boto3\n"}, id="stubs"),
        pytest.param(
            "google-cloud-storage",
            {"a.py": "from google.cloud import storage\n"},
            {"b.py": "from opentelemetry import trace\n"},
            id="part of a namespace",
        ),
        pytest.param("acme-sdk", {"a.py": "import prices\n"}, {"b.py": "import price\n"}, id="what the project says"),
        pytest.param(
            "acme-sdk", {"a.py": "import acme.core\n"}, {"b.py": "import sdk\n"}, id="private, of that beginning"
        ),
        pytest.param(
            "stripe",
            {
                "a.py": "from importlib import import_module\nimport_module('stri' 'pe')\n",
                "c.py": "import \u017ftripe\n",
            },
            {"b.py": "import boto3\n"},
            id="a call, and other letters",
        ),
        pytest.param(
            "stripe", {}, {"a.ipynb": '{"cells": ["import stripe", ]}'}, id="a notebook that is broken on purpose"
        ),
        pytest.param("stripe", {"s.py": "# /// script\n# dependencies = []\n# ///\n"}, {"b.py": ""}, id="a script"),
    ],
)
def test_files_that_are_judged(repo: Repo, monkeypatch, gone, judged, others):
    more = '[tool.import-customs]\nprovides = { acme-sdk = ["prices"] }\n'
    kept = [] if gone == "boto3" else ["boto3"]
    _committed(repo, {"pyproject.toml": _project([*kept, gone], more=more), "uv.lock": LOCK, **judged, **others})
    repo.stage({"pyproject.toml": _project(kept, more=more)})
    assert _judged(repo, monkeypatch) == judged.keys()


@pytest.mark.parametrize(
    ("gone", "noted"),
    [
        pytest.param("stripe", {"gates/stripe/a.py": False, "b.py": True}, id="a folder is called so"),
        pytest.param("boto3", {}, id="none is"),
    ],
)
def test_what_may_add_folders_is_noted(repo: Repo, monkeypatch, gone, noted):
    """Then it is asked what is on sys.path, and no file is read once more for that."""
    files = {"gates/stripe/a.py": "import stripe, boto3\n", "b.py": "import sys\nsys.path.append('lib')\n"}
    _committed(repo, {"pyproject.toml": _project(["stripe", "boto3"]), **files})
    repo.stage({"pyproject.toml": _project({"stripe", "boto3"} - {gone})})
    states = []
    whole = judge.findings
    monkeypatch.setattr(judge, "findings", lambda state, *file: states.append(state) or whole(state, *file))
    _run(repo)
    assert states[0].may_add == noted


@pytest.mark.parametrize(
    ("change", "removed"),
    [
        pytest.param({"pyproject.toml": _project(["celery"])}, "", id="another is declared"),
        pytest.param({"pyproject.toml": _project([]).replace("3.9", "3.10")}, "", id="other Pythons"),
        pytest.param({"pyproject.toml": _project([])}, "helper.py", id="a file goes"),
        pytest.param({"pyproject.toml": _project([]), "pytest.ini": ""}, "", id="settings come"),
        pytest.param({"pyproject.toml": _project([]), "sub/pyproject.toml": _project([])}, "", id="a project comes"),
        pytest.param(
            {"pyproject.toml": _project([], more='[tool.import-customs]\nrules = ["misplaced"]\n')}, "", id="a rule"
        ),
    ],
)
def test_all_are_judged_where_more_changes(repo: Repo, monkeypatch, change, removed):
    files = {"helper.py": "X = 1\n", "a.py": "import os\n", "sub/b.py": "import re\n"}
    _committed(repo, {"pyproject.toml": _project(["stripe"]), **files})
    if removed:
        repo.git("rm", "-q", removed)
    repo.stage(change)
    assert _judged(repo, monkeypatch) == files.keys() - {removed}


DECLARED = st.sampled_from(
    "boto3 pyyaml google-cloud-storage google-cloud-bigquery acme-sdk acme-billing types-requests requests "
    "celery[redis] uvicorn[standard] acme-kit[redis] typing-extensions tomli pythonnet django-filter "
    "apache-airflow-providers-amazon opencv-python kafka-python-ng setuptools langchain stripe-api attrs".split()
)
LINES = st.sampled_from(
    [
        "import boto3",
        "import botocore, jmespath",
        "import yaml as y; import celery",
        "from google.cloud import storage",
        "from google.cloud import (",
        "    bigquery)",
        "import google.cloud.bigquery",
        "import acme.billing",
        "from acme import core",
        "import prices",
        "if TYPE_CHECKING:",
        "    import requests",
        "from typing_extensions import Self",
        "try:",
        "    import tomllib",
        "except ImportError:",
        "    import tomli as tomllib",
        "import redis, kombu",
        "import watchfiles",
        "import clr",
        "import System",
        "import django_filters",
        "from airflow.providers.amazon.aws import x",
        "import cv2, attr",
        "import kafka",
        "import pkg_resources, distutils",
        "import langchain_core",
        "import stripe",
        "import_module('bo' 'to3')",
        "from importlib import import_module as f",
        "import \uff42oto3",
        "import helper",
        'sys.path.insert(0, "gates")',
        "import boto3  # import-customs: ignore",
        "import yaml \\",
        "  .nodes",
        '"""',
    ]
)
PATHS = st.sampled_from(
    "a.py pkg/b.py src/demo/c.py t.pyi n.ipynb boto3.py helper.py sub/d.py setup.py x.md gates/e.py "
    "gates/boto3/__init__.py gates/boto3/f.py gates/stripe.py".split()
)
FILES = st.dictionaries(PATHS, st.lists(LINES, max_size=5), min_size=1, max_size=5)
MORE = st.sampled_from(
    [
        "",
        '[tool.import-customs]\nprovides = { acme-sdk = ["prices"], boto3 = ["stripe.api"] }\n',
        '[tool.import-customs]\nignore = ["redis"]\n',
        '[build-system]\nrequires = ["setuptools", "pyyaml"]\nbuild-backend = "setuptools.build_meta"\n',
    ]
)
PLACES = st.tuples(*[st.lists(DECLARED, max_size=4, unique=True)] * 3)


@pytest.mark.parametrize(
    "stating",
    [
        pytest.param({"pyproject.toml": _project([])}, id="one for all"),
        pytest.param({"pyproject.toml": _project([]), "a/b/pyproject.toml": _project([])}, id="one further down"),
        pytest.param({"pyproject.toml": _project([]), "a/b/pyproject.toml": "[tool.ruff]\n"}, id="only settings there"),
        pytest.param({"pyproject.toml": _project([]), "a/pyproject.toml": "["}, id="one that cannot be read"),
        pytest.param(
            {"a/setup.py": "import setuptools\nsetuptools.setup(name='x', install_requires=['boto3'])\n"}, id="setup.py"
        ),
        pytest.param({"a/setup.cfg": "[metadata]\nname = x\n[options]\ninstall_requires = boto3\n"}, id="setup.cfg"),
        pytest.param({"requirements.txt": "boto3\n", "a/b/requirements.txt": "yaml\n"}, id="requirements files alone"),
        pytest.param({"pyproject.toml": _project([]), "a/{{x}}/y.txt": ""}, id="a placeholder"),
        pytest.param({"pyproject.toml": _project([]), "a/templates/pyproject.toml.jinja": ""}, id="a template"),
    ],
)
def test_the_project_of_each_folder(tmp_path, stating):
    paths = [f"{folder}m.py" for folder in ("", "a/", "a/b/", "a/b/c/d/", "a/{{x}}/", "a/templates/", "e/f/")]
    tracked = dict.fromkeys([*stating, *paths], "100644 0")
    tree = written(tmp_path, stating | dict.fromkeys(paths, ""))
    folders = {path.rpartition("/")[0] for path in paths}
    each = State(tree, tracked=lambda: tracked)
    expected = {folder: _governing(each, folder) for folder in folders}
    found = _projects_of(State(tree, tracked=lambda: tracked), folders)
    assert {folder: comparable(found[folder]) for folder in folders} == {
        folder: comparable(one) for folder, one in expected.items()
    }


def comparable(governing):
    return str(governing) if isinstance(governing, CheckError) else governing


@settings(max_examples=examples(80))
@given(FILES, PLACES, st.lists(st.integers(0, 11), min_size=1, max_size=3), MORE, st.sampled_from(["", LOCK, "bad"]))
def test_the_same_is_found_by_the_full_way(tmp_path_factory, files, places, gone, more, lock):
    repo = Repo(tmp_path_factory.mktemp("repo"))
    texts = {path: _text(path, lines) for path, lines in files.items()}
    _committed(
        repo, {"pyproject.toml": _project(*places, more=more), "sub/pyproject.toml": _project(["boto3"]), **texts}
    )
    if lock:
        repo.stage({"uv.lock": lock})
        repo.commit()
    every = [(place, one) for place, names in enumerate(places) for one in names]
    lost = {at % len(every) for at in gone} if every else set()
    left = [[one for at, (where, one) in enumerate(every) if where == place and at not in lost] for place in range(3)]
    repo.stage({"pyproject.toml": _project(*left, more=more)})
    with pytest.MonkeyPatch.context() as patch:
        for key in set(clean_environment()) ^ set(repo.environment):
            patch.delenv(key, raising=False)
        quick = _result(repo)
        patch.setattr(confirm, "files_concerned", lambda _state, _scope, _baseline, governed: list(governed))
        assert quick == _result(repo)


def test_whatever_the_index_says_of_a_popular_distribution_may_be_covered_by_it():
    popular = {name: distributions.known_modules(name) for name, _ in SortedLines("distributions.txt").items()}
    known = [module for module, _ in SortedLines("modules.txt").items()]
    asked = [one for at, one in enumerate(known) if at % 50 == 0 or "." in one]
    said = {(module, name) for module in asked for name in providers.providers(module) if name in popular}
    said |= {(module, name) for name, modules in popular.items() for module in modules if "." in module}
    assert len(said) > 1_000
    assert [one for one in sorted(said) if not (stdlib.is_core(top(one[0]), "") or _may_be_of(*one))] == []


def _may_be_of(module, name):
    known = {top(one) for one in distributions.known_modules(name)}
    return top(module) in known or _may_cover(Project(declared=frozenset({Name(name)})), top(module))


def _text(path, lines):
    source = [f"{line}\n" for line in lines]
    if not path.endswith(".ipynb"):
        return "".join(source)
    cell = {"cell_type": "code", "metadata": {}, "outputs": [], "source": source, "execution_count": None}
    return json.dumps({"cells": [cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 5})


def _committed(repo, files):
    repo.stage(files)
    assert repo.commit().status == 0


def _run(repo):
    return pipeline.run(Request(str(repo.path), (), ScopeRequest(scope="new", staged=True)))


def _result(repo):
    result = _run(repo)
    return result.findings, result.errors, result.missing, result.files


def _judged(repo, patch):
    """The Python files that are judged, of those that did not change."""
    for key in set(clean_environment()) ^ set(repo.environment):
        patch.delenv(key, raising=False)
    judged = set()
    whole = judge.findings
    patch.setattr(judge, "findings", lambda state, path, source: judged.add(path) or whole(state, path, source))
    _run(repo)
    return judged
