"""The rules: the files of a project in, findings out."""

# ruff: noqa: E501  a row is one line

import json
from pathlib import Path

import pytest

from conftest import written
from import_customs.check import judge
from import_customs.check.state import State
from import_customs.model import CheckError
from import_customs.repository.tree import Worktree

ABOVE = {
    "demo/__init__.py": "",
    "demo/config.py": "",
    "sub/setup.py": "setup(name='sub', install_requires=['idna'])",
}
PROJECT = '[project]\nname = "demo"\nrequires-python = ">=3.9"\ndependencies = ["pyyaml", "attrs"]\n'


def judged(folder: Path, files: dict[str, str], path: str = "app/a.py") -> list[tuple[int, str, str, list[str]]]:
    """The findings of one file: line, module, rule, providers."""
    found = judge.findings(
        State(written(folder, {"pyproject.toml": PROJECT, **files})), path, (folder / path).read_bytes()
    )
    return [(one.line, one.module, one.rule, list(one.providers)) for one in found]


@pytest.mark.parametrize(
    ("source", "found"),
    [
        pytest.param("import os, sys", [], id="standard library"),
        pytest.param("import yaml", [], id="declared under another name"),
        pytest.param("import attr, attrs", [], id="one distribution, two modules"),
        pytest.param("import requests", [(1, "requests", "undeclared", ["requests"])], id="declared nowhere"),
        pytest.param("import requests.adapters", [(1, "requests", "undeclared", ["requests"])], id="told by its top"),
        pytest.param(
            "import os\nimport jwt", [(2, "jwt", "undeclared", ["pyjwt", "jwt"])], id="provider of another name"
        ),
        pytest.param(
            "import requests, requests.adapters", [(1, "requests", "undeclared", ["requests"])] * 2, id="once a place"
        ),
        pytest.param(
            "import no_such_thing_at_all", [(1, "no_such_thing_at_all", "unknown", [])], id="provided by nothing known"
        ),
        pytest.param('"""\nimport made_up_word\n"""', [], id="a word in a docstring"),
        pytest.param("# import requests", [], id="commented out"),
        pytest.param("from . import requests", [], id="relative"),
        pytest.param("import app.b", [], id="first-party"),
        pytest.param("import tomllib", [(1, "tomllib", "stdlib-version", [])], id="not on all supported Pythons"),
        pytest.param("try:\n  import tomllib\nexcept ImportError:\n  pass", [], id="guarded by try"),
        pytest.param("import sys\nif sys.version_info >= (3, 11):\n  import tomllib", [], id="guarded by version"),
        pytest.param("import sys\nif sys.version_info < (3, 9):\n  import requests", [], id="on no supported Python"),
        pytest.param("with raises(ImportError):\n  import requests\nstop()", [], id="a test expects it to fail"),
        pytest.param(
            "import sys\nif sys.version_info < (3, 10):\n  import requests",
            [(3, "requests", "undeclared", ["requests"])],
            id="on some",
        ),
        pytest.param(
            "import distutils", [(1, "distutils", "stdlib-version", ["setuptools"])], id="brought back by setuptools"
        ),
        pytest.param("import urllib2", [(1, "urllib2", "undeclared", ["httpsproxy-urllib2"])], id="Python 2"),
        pytest.param(
            "try:\n  import requests\nexcept ImportError:\n  pass",
            [(2, "requests", "undeclared", ["requests"])],
            id="a guarded import is one",
        ),
        pytest.param(
            "from google.cloud import storage",
            [(1, "google.cloud.storage", "undeclared", ["google-cloud-storage"])],
            id="namespace: told by its part",
        ),
        pytest.param(
            "import importlib\nimportlib.import_module('requests')",
            [(2, "requests", "undeclared", ["requests"])],
            id="import_module",
        ),
        pytest.param("def f(:\nimport requests", [(2, "requests", "undeclared", ["requests"])], id="does not parse"),
        pytest.param(
            "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n  from _typeshed import X", [], id="of type checkers"
        ),
        pytest.param(
            "import typing\nif typing.TYPE_CHECKING:\n  from typing_extensions import Self\n  import ty_extensions",
            [],
            id="type checkers have their types",
        ),
        pytest.param(
            "import typing_extensions, ty_extensions",
            [
                (1, "typing_extensions", "undeclared", ["typing-extensions"]),
                (1, "ty_extensions", "unknown", []),
            ],
            id="at run time they are imports like any other",
        ),
        pytest.param("import sitecustomize, usercustomize, _manylinux, __pypy__", [], id="of a Python itself"),
    ],
)
def test_findings(tmp_path: Path, source: str, found: list[tuple[int, str, str, list[str]]]) -> None:
    assert judged(tmp_path, {"app/a.py": source, "app/b.py": ""}) == found


@pytest.mark.parametrize(
    ("declared", "source", "found"),
    [
        pytest.param("types-requests", "import requests", ["requests"], id="stubs do not meet an import that runs"),
        pytest.param(
            "types-requests", "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n  import requests", [], id="types-x"
        ),
        pytest.param(
            "types-requests",
            "from typing import TYPE_CHECKING\nif TYPE_CHECKING or True:\n  import requests",
            ["requests"],
            id="under a test of type checking that runs as well",
        ),
        pytest.param("pandas-stubs", "import typing\nif typing.TYPE_CHECKING:\n  import pandas", [], id="x-stubs"),
        pytest.param(
            "acmecorp-platform-sdk", "import acmecorp.things", [], id="a private distribution called after the module"
        ),
        pytest.param("requests-of-ours-zz", "import requests", ["requests"], id="called after a popular one"),
        pytest.param("acmecorpplatform", "import acmecorp", ["acmecorp"], id="no such private distribution"),
        pytest.param("opencv-python-headless", "import cv2", [], id="any provider will do"),
        pytest.param("google-cloud-storage", "from google.cloud import storage", [], id="namespace part"),
        pytest.param(
            "google-cloud-storage", "from google.cloud import bigquery", ["google.cloud.bigquery"], id="other part"
        ),
        pytest.param("setuptools", "import distutils", [], id="declared, it brings distutils"),
        pytest.param("tomli", "import tomllib", ["tomllib"], id="a backport of another name does not"),
    ],
)
def test_declared(tmp_path: Path, declared: str, source: str, found: list[str]) -> None:
    files = {"pyproject.toml": PROJECT.replace("pyyaml", declared), "app/a.py": source}
    assert [module for _, module, _, _ in judged(tmp_path, files)] == found


GUARD = "guard the import (`try`)"
INSTEAD = "{} where it is missing (`try`), or require Python {} or newer"


@pytest.mark.parametrize(
    ("requires", "module", "declared", "says", "settling"),
    [
        pytest.param(">=3.8", "tomllib", "six", "since 3.11", INSTEAD.format("declare and import `tomli`", 3.11), id="a backport of another name"),
        pytest.param(">=3.8", "tomllib", "tomli", "since 3.11", INSTEAD.format("import `tomli`", 3.11), id="it is declared"),
        pytest.param(">=3.8", "zoneinfo", "Backports.ZoneInfo", "since 3.9", INSTEAD.format("import `backports.zoneinfo`", 3.9), id="of any spelling"),
        pytest.param(">=3.8", "distutils", "six", "up to 3.11", f"declare `setuptools`, {GUARD}, or require Python 3.11 or older", id="a backport of its name"),
        pytest.param(">=3.12", "distutils", "six", "up to 3.11", "declare `setuptools`, or guard the import (`try`)", id="gone from all, a backport"),
        pytest.param(">=3.8", "aifc", "six", "up to 3.12", f"declare `standard-aifc`, {GUARD}, or require Python 3.12 or older", id="the index knows who carries it on"),
        pytest.param(">=3.8", "nis", "six", "up to 3.12", f"{GUARD}, or require Python 3.12 or older", id="none"),
        pytest.param(">=3.12", "imp", "six", "up to 3.11", "remove the import, or guard the import (`try`)", id="gone from all, and none"),
        pytest.param(">=3.10", "parser", "six", "up to 3.9", "remove the import, or guard the import (`try`)", id="a stranger with a module of its name"),
    ],
)  # fmt: skip
def test_what_settles_a_module_of_some_pythons(
    tmp_path: Path, requires: str, module: str, declared: str, says: str, settling: str
) -> None:
    project = PROJECT.replace(">=3.9", requires).replace("pyyaml", declared)
    (tmp_path / "pyproject.toml").write_text(project)
    (found,) = judge.findings(State(Worktree(str(tmp_path))), "a.py", f"import {module}\n".encode())
    assert found.message == f"`{module}` is in the standard library {says}, and requires-python is {requires}"
    assert found.remedy == settling
    guarded = f"try:\n  import {module}\nexcept ImportError:\n  import {declared.lower()}\n"
    assert judge.findings(State(Worktree(str(tmp_path))), "a.py", guarded.encode()) == []


@pytest.mark.parametrize(
    ("files", "path", "found"),
    [
        pytest.param(
            {"alembic/env.py": "import alembic"},
            "alembic/env.py",
            ["alembic"],
            id="a folder of migrations does not hide a popular one",
        ),
        pytest.param(
            {"backend/shared/x.py": "", "backend/app/a.py": "import shared.x"},
            "backend/app/a.py",
            [],
            id="beside a folder above",
        ),
        pytest.param(
            {"x/requests/y.py": "", "x/app/a.py": "import requests"},
            "x/app/a.py",
            ["requests"],
            id="popular: not hidden by that",
        ),
        pytest.param(
            {"site/manage.py": "", "site/core/__init__.py": "", "tests/a.py": "import core, shop.models, celery"},
            "tests/a.py",
            ["shop", "celery"],
            id="beside a manage.py, from anywhere in the project",
        ),
        pytest.param(
            {
                "src/backend/manage.py": "",
                "src/backend/config/__init__.py": "",
                "config/x.py": "",
                "src/backend/users/models.py": "from config import settings",
            },
            "src/backend/users/models.py",
            [],
            id="beside a manage.py above it, also of a popular name",
        ),
        pytest.param(
            {"src/backend/manage.py": "", "src/backend/config/__init__.py": "", "tests/a.py": "import config"},
            "tests/a.py",
            [],
            id="beside a manage.py right inside a source root",
        ),
        pytest.param(
            {"a/b/c/manage.py": "", "a/b/c/config/__init__.py": "", "a/b/d.py": "import config"},
            "a/b/d.py",
            ["config"],
            id="beside a manage.py further down that is not above it",
        ),
        pytest.param(
            {
                "pyproject.toml": "[project]\nname = 'acme-plugins-hume'\ndependencies = []\n",
                "acme/plugins/hume/__init__.py": "",
                "acme/plugins/hume/a.py": "import hume, plugins, acme.plugins.hume",
            },
            "acme/plugins/hume/a.py",
            ["hume", "plugins"],
            id="a part of the namespace that the project is called after",
        ),
        pytest.param(
            {
                "acme/plugins/hume/__init__.py": "",
                "acme/plugins/hume/a.py": "import own_zz, plugins",
                "acme/plugins/own_zz.py": "",
            },
            "acme/plugins/hume/a.py",
            [],
            id="folders that nothing shows to be one",
        ),
        pytest.param(
            {"mcp/server.py": "from mcp.server.fastmcp import FastMCP\nimport mcp.server"},
            "mcp/server.py",
            ["mcp"],
            id="a folder without __init__ that has no such module",
        ),
        pytest.param(
            {"langgraph/graph.py": "from langgraph.graph import StateGraph"},
            "langgraph/graph.py",
            ["langgraph"],
            id="no file imports itself",
        ),
        pytest.param(
            {"zz_own/graph.py": "from zz_own.graph import StateGraph"},
            "zz_own/graph.py",
            [],
            id="a file imports itself by a name that no popular distribution has",
        ),
        pytest.param(
            {"langgraph/graph.py": "from langgraph.graph import own\ndef own(): ..."},
            "langgraph/graph.py",
            [],
            id="a file imports what it defines",
        ),
        pytest.param(
            {"langgraph/__init__.py": "", "langgraph/graph.py": "from langgraph.graph import StateGraph"},
            "langgraph/graph.py",
            [],
            id="a file of a package may",
        ),
        pytest.param(
            {"mcp/server/__init__.py": "", "a.py": "from mcp.server.fastmcp import FastMCP\nfrom mcp.server import x"},
            "a.py",
            ["mcp"],
            id="though it leads to a package",
        ),
        pytest.param(
            {"mcp/__init__.py": "", "a.py": "from mcp.server.fastmcp import FastMCP"}, "a.py", [], id="a package may"
        ),
        pytest.param(
            {
                "utils/six.py": "import sys\nsys.modules[__name__ + '.moves'] = x",
                "a.py": "from utils.six.moves import y",
            },
            "a.py",
            [],
            id="and a file that changes what its name means",
        ),
        pytest.param({"ns_zz/train.py": "", "a.py": "import ns_zz.train.x"}, "a.py", [], id="nothing is called so"),
        pytest.param(
            ABOVE | {"sub/app/a.py": "from demo import config"},
            "sub/app/a.py",
            ["demo"],
            id="the package of the project above, by the module that is imported",
        ),
        pytest.param(
            {"sub/pyproject.toml": "[project]\nname='s'", "sub/a.py": "import yaml"},
            "sub/a.py",
            ["yaml"],
            id="the nearest project decides",
        ),
        pytest.param(
            {"sub/pyproject.toml": "[tool.ruff]", "sub/a.py": "import yaml"},
            "sub/a.py",
            [],
            id="a file of tool settings is no project",
        ),
        pytest.param(
            {"pyproject.toml": PROJECT + "[build-system]\nrequires = []", "old/setup.py": "import setuptools"},
            "old/setup.py",
            [],
            id="a setup.py with no pyproject.toml beside it is built by setuptools",
        ),
        pytest.param(
            {"pyproject.toml": PROJECT + "[build-system]\nrequires = []", "setup.py": "import setuptools"},
            "setup.py",
            ["setuptools"],
            id="beside a build-system it brings none",
        ),
        pytest.param(
            {"tests/conftest.py": "", "tests/fixtures/b.py": "", "tests/unit/a.py": "import fixtures.b"},
            "tests/unit/a.py",
            [],
            id="beside a conftest, also of a popular name",
        ),
        pytest.param(
            {
                "setup.py": "setup(package_dir={'psycopg2': 'lib'}, packages=['psycopg2'])",
                "lib/__init__.py": "",
                "tests/a.py": "import psycopg2.extras, celery",
            },
            "tests/a.py",
            ["celery"],
            id="a folder that setuptools installs under another name, though popular",
        ),
        pytest.param(
            {
                "p/__init__.py": "",
                "p/flask/app.py": "",
                "p/a.py": "from flask.app import x\nfrom flask import app\nif __name__ == '__main__':\n  main()",
            },
            "p/a.py",
            [],
            id="a submodule beside a file that is run, in a package",
        ),
        pytest.param(
            {"p/__init__.py": "", "p/flask/app.py": "", "p/a.py": "from flask.app import x"},
            "p/a.py",
            ["flask"],
            id="beside a file that is not",
        ),
        pytest.param(
            {
                "p/__init__.py": "",
                "p/flask/app.py": "",
                "p/celery.py": "",
                "p/a.py": "import celery\nfrom flask.views import x\nfrom flask import app, views\n"
                "if __name__ == '__main__':\n  main()",
            },
            "p/a.py",
            ["celery", "flask", "flask"],
            id="but not a module, nor a submodule that is not there",
        ),
        pytest.param(
            {
                "backend/routers/__init__.py": "",
                "backend/utils/auth.py": "",
                "backend/routers/users.py": "from utils.auth import x\nfrom utils import auth\nimport utils.auth as y",
            },
            "backend/routers/users.py",
            [],
            id="a dotted module to its end, also of a popular name",
        ),
        pytest.param(
            {
                "backend/routers/__init__.py": "",
                "backend/utils/__init__.py": "",
                "backend/utils/auth.py": "",
                "backend/routers/users.py": "from utils.auth import x\nfrom utils import auth",
            },
            "backend/routers/users.py",
            [],
            id="in a package beside the folder",
        ),
        pytest.param(
            {"ui/utils/auth.py": "", "ui/pages/1_a.py": "from utils.auth import x"}, "ui/pages/1_a.py", [], id="a page"
        ),
        pytest.param(
            {"gen/events/v1/b_pb2.py": "", "gen/events/v1/a_pb2.py": "from events.v1 import b_pb2"},
            "gen/events/v1/a_pb2.py",
            [],
            id="generated beside it",
        ),
        pytest.param(
            {
                "backend/utils/__init__.py": "",
                "backend/utils/auth.py": "",
                "backend/celery/app.pyi": "",
                "backend/a/b.py": "import utils\nfrom utils import auth, f\nimport utils.gone, celery.app",
            },
            "backend/a/b.py",
            ["utils", "utils", "utils", "celery"],
            id="not a bare name, nor one that ends elsewhere, nor a stub",
        ),
        pytest.param(
            {
                "p/__init__.py": "",
                "p/celery/app.py": "",
                "p/q/a.py": "from celery.app import x\nfrom celery import app",
            },
            "p/q/a.py",
            ["celery", "celery"],
            id="not beside a package above",
        ),
        pytest.param(
            {
                "p/__init__.py": "",
                "p/vector/__init__.py": "",
                "p/vector/array.py": "",
                "p/q/a.py": "import vector, vector.array, vector.gone",
            },
            "p/q/a.py",
            ["vector"],
            id="one of a less known name, but not for a part that it lacks",
        ),
        pytest.param(
            {
                "src/opentelemetry/instrumentation/openai_agents/__init__.py": "class A: pass\n",
                "src/a.py": "from opentelemetry.instrumentation.openai_agents import A\n"
                "from opentelemetry.instrumentation import openai_agents, redis\n",
            },
            "src/a.py",
            ["opentelemetry.instrumentation.redis"],
            id="an own package, which another's name begins with",
        ),
        pytest.param(
            {
                "src/google/__init__.py": "__path__ = __import__('pkgutil').extend_path(__path__, __name__)\n",
                "src/a.py": "from google import zz_part\n",
            },
            "src/a.py",
            ["google.zz_part"],
            id="one to which others may add, as it says",
        ),
        pytest.param(
            {"p/own_zz/__init__.py": "", "p/q/a.py": "import own_zz.gone"},
            "p/q/a.py",
            [],
            id="one that nobody else has",
        ),
    ],
)
def test_projects_and_first_party(tmp_path: Path, files: dict[str, str], path: str, found: list[str]) -> None:
    assert [module for _, module, _, _ in judged(tmp_path, files, path)] == found


STUBS = {
    "pyproject.toml": PROJECT + '[tool.mypy]\nmypy_path = "stubs"\n',
    "stubs/boto3/__init__.pyi": "",
    "stubs/redis.pyi": "",
    "stubs/others_zz.pyi": "",
    "stubs/flask/wrappers.pyi": "",
    "stubs/acme_zz/core.pyi": "",
    "requests.pyi": "",
    "our_compiled.pyi": "",
}


@pytest.mark.parametrize(
    ("source", "path", "found"),
    [
        pytest.param(
            "import boto3, redis, flask.wrappers, requests, our_compiled",
            "app/a.py",
            ["boto3", "flask", "our_compiled", "redis", "requests"],
            id="they install nothing",
        ),
        pytest.param("from acme_zz import core", "app/a.py", ["acme_zz"], id="nor a folder without __init__ of them"),
        pytest.param(
            "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n  import boto3, redis, flask.wrappers, requests, acme_zz",
            "app/a.py",
            [],
            id="they are what type checkers see",
        ),
        pytest.param("import boto3, redis", "stubs/ours.pyi", [], id="in a stub"),
    ],
)
def test_hand_written_stubs(tmp_path: Path, source: str, path: str, found: list[str]) -> None:
    assert sorted(module for _, module, _, _ in judged(tmp_path, STUBS | {path: source}, path)) == found


def test_an_init_among_stubs_installs_nothing(tmp_path: Path) -> None:
    files = {
        "pyproject.toml": PROJECT + '[tool.pyright]\nstubPath = "./stubs"\n',
        "stubs/wcmatch/__init__.py": "",
        "stubs/wcmatch/glob.pyi": "",
    }
    judgement = judged(tmp_path, files | {"app/a.py": "from wcmatch.glob import BRACE"}, "app/a.py")
    assert [module for _, module, _, _ in judgement] == ["wcmatch"]


@pytest.mark.parametrize("built", [
    pytest.param({"pyproject.toml": PROJECT + "[build-system]\nrequires = ['Cython', 'setuptools']\n"}, id="Cython"),
    pytest.param({"setup.py": "setup(ext_modules=modules())"}, id="setup.py"),
    pytest.param({"Cargo.toml": ""}, id="Rust"),
    pytest.param({"build.py": "", "pyproject.toml": PROJECT + "[tool.poetry.build]\nscript = 'build.py'\n"},
                 id="Poetry's script"),
])  # fmt: skip
def test_a_stub_stands_for_what_the_build_compiles(tmp_path: Path, built: dict[str, str]) -> None:
    source = {"app/a.py": "import our_compiled, requests, others_zz"}
    found = [module for _, module, _, _ in judged(tmp_path, STUBS | built | source, "app/a.py")]
    assert found == ["requests", "others_zz"]  # a folder of stubs is for type checkers alone


@pytest.mark.parametrize(("declared", "source", "found"), [
    pytest.param('"acme-billing"', "from acme.billing import Invoice", [], id="called by the whole dotted name"),
    pytest.param('"acme-billing"', "from acme import billing", [], id="the name is taken from the package"),
    pytest.param('"acme-billing"', "from acme import billing, server", ["acme"], id="another is taken too"),
    pytest.param('"acme-billing"', "import acme.server", ["acme"], id="a popular distribution installs the other part"),
    pytest.param('"odoo @ git+https://example.invalid/odoo"', "from odoo import api\nimport odoo.tools", [],
                 id="by URL, in a namespace that the index knows"),
    pytest.param('"odoo"', "from odoo import api", ["odoo"], id="from the public index"),
])  # fmt: skip
def test_private_distributions(tmp_path, declared, source, found):
    project = f'[project]\nname = "demo"\ndependencies = [{declared}]\n'
    judgement = judged(tmp_path, {"pyproject.toml": project, "app/a.py": source})
    assert [module for _, module, _, _ in judgement] == found


@pytest.mark.parametrize(
    ("name", "source"), [("noxfile.py", "import nox"), ("setup.py", "import setuptools")], ids=["nox", "setuptools"]
)
def test_what_runs_one_file_is_not_there_for_its_neighbour(tmp_path: Path, name: str, source: str) -> None:
    state = State(Worktree(str(tmp_path)))
    (tmp_path / "pyproject.toml").write_text(PROJECT)
    found = [judge.findings(state, path, source.encode()) for path in (name, "tasks.py")]
    assert [[finding.path for finding in one] for one in found] == [[], ["tasks.py"]]


@pytest.mark.parametrize("paths", [("ns/train.py", "ns/a.py"), ("ns/a.py", "ns/train.py")])
@pytest.mark.parametrize(
    ("module", "found"),
    [
        pytest.param("ns.train", [], id="by its dotted path"),
        pytest.param("ns.train.x", [], id="below it"),
        pytest.param("train", ["ns/train.py"], id="a script of its own name"),
    ],
)
def test_a_file_that_imports_itself(tmp_path: Path, paths: tuple[str, ...], module: str, found: list[str]) -> None:
    judged(tmp_path, {"ns/train.py": "", "ns/a.py": "", "app/a.py": ""})
    state = State(Worktree(str(tmp_path)))
    blocked = [finding.path for path in paths for finding in judge.findings(state, path, f"import {module}".encode())]
    assert sorted(blocked) == found


@pytest.mark.parametrize("paths", [("f/tests/test_h.py", "f/tests/h.py"), ("f/tests/h.py", "f/tests/test_h.py")])
def test_what_pytest_collects_is_not_its_neighbour(tmp_path: Path, paths: tuple[str, ...]) -> None:
    judged(tmp_path, {"f/utils.py": "", "f/tests/__init__.py": "", "app/a.py": ""})
    state = State(Worktree(str(tmp_path)))
    found = [finding.path for path in paths for finding in judge.findings(state, path, b"from utils import x")]
    assert found == ["f/tests/h.py"]


def notebook(*cells: str | list[str]) -> str:
    return json.dumps({"cells": [{"cell_type": "code", "source": cell} for cell in cells]}, indent=1)


OLD = "if sys.version_info < (3, 9):\n    import requests\n"


@pytest.mark.parametrize(
    ("cells", "found"),
    [
        pytest.param(['import sys\nsys.path.append("../lib")\nimport celery'], [], id="a folder that it adds"),
        pytest.param(['"""', 'sys.path.append("../lib")\nimport celery'], [], id="beside a broken cell"),
        pytest.param(["%pip install x", OLD.splitlines(keepends=True)], [], id="on no supported Python"),
        pytest.param([OLD], [], id="in a cell of one string"),
        pytest.param(["x = = 1", OLD], [], id="beside a cell that does not parse"),
        pytest.param(["import sys\n", OLD.replace("9", "10")], ["requests"], id="on some Python"),
        pytest.param([OLD + OLD.replace("9", "10")], ["requests"], id="the second of the same place"),
        pytest.param(["%cd ../lib", "import celery"], [], id="a folder that it goes to"),
        pytest.param(["%cd ..\n%cd -q lib", "import celery"], [], id="in two steps"),
        pytest.param(
            ["%cd /content/clone", "%cd /lib", "import celery"], [], id="a folder of another machine before it"
        ),
        pytest.param(["import os\nos.chdir('../lib')", "import celery"], [], id="by a call"),
        pytest.param(['%cd ..\nos.chdir(r"lib")', "import celery"], [], id="by a call, in two steps"),
        pytest.param(["os.chdir(lib)", "import celery"], ["celery"], id="by a call that computes it"),
        pytest.param(["%cd {lib}", "import celery"], ["celery"], id="a folder that is computed"),
        pytest.param(["%%writefile made_xx.py\nX = 1", "from made_xx import X"], [], id="a module that it writes"),
        pytest.param(["%%file made_xx/sub.py\nX = 1", "import made_xx.sub"], [], id="a package that it writes"),
        pytest.param(["%%writefile -a 'made_xx.py'\nX = 1", "import made_xx"], [], id="with an option"),
        pytest.param(["import made_xx", "%%writefile made_xx.py\nX = 1"], ["made_xx"], id="written afterwards"),
        pytest.param(["%%writefile {name}.py\nX = 1", "import made_xx"], ["made_xx"], id="a computed name"),
        pytest.param(["%%writefile made_xx.txt\nX = 1", "import made_xx"], ["made_xx"], id="no module"),
        pytest.param(["%%writefile xx.proto\nX", "from xx_pb2 import X"], [], id="what protoc makes of what it writes"),
        pytest.param(["%%writefile x.proto\nX", "import xx_pb2"], ["xx_pb2"], id="what protoc makes of another"),
        pytest.param(["%%writefile requests.py\nX = 1", "import requests"], [], id="it hides a popular package"),
        pytest.param(
            ["%%writefile ../o/requests.py\nX = 1", "import requests"], ["requests"], id="elsewhere, it may not"
        ),
        pytest.param(["%%writefile src/made_xx.py\nX = 1", "import made_xx"], [], id="elsewhere"),
        pytest.param(["import celery", "%cd ../lib"], ["celery"], id="a folder that it goes to afterwards"),
        pytest.param(["%%writefile docker/Dockerfile\nFROM x", "import docker"], ["docker"], id="no module of it"),
        pytest.param(["%%writefile docker/x.py\nX = 1", "import docker"], ["docker"], id="a folder hides no package"),
        pytest.param(["%%writefile docker/x.py\nX = 1", "from docker import x"], [], id="it has what is imported"),
        pytest.param(["%%writefile docker/__init__.py\nX = 1", "import docker"], [], id="a package"),
        pytest.param(["%%writefile made_xx/a.py\nX = 1", "from made_xx.a import X"], [], id="a dotted name"),
    ],
)
def test_a_notebook_is_judged_by_its_python(tmp_path: Path, cells: list[str | list[str]], found: list[str]) -> None:
    files = {"nb/a.ipynb": notebook(*cells), "lib/celery/__init__.py": ""}
    assert [module for _, module, _, _ in judged(tmp_path, files, "nb/a.ipynb")] == found


@pytest.mark.parametrize(
    ("module", "found"), [("made_elsewhere.x", []), ("made_elsewhere_too", ["made_elsewhere_too"])]
)
def test_what_the_project_says_it_provides(tmp_path: Path, module: str, found: list[str]) -> None:
    files = {"pyproject.toml": PROJECT + 'import-names = ["made_elsewhere"]\n', "app/a.py": f"import {module}"}
    assert [one for _, one, _, _ in judged(tmp_path, files)] == found


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        pytest.param('[project]\nname = "{{folder_name}}"\n', True, id="a name to be filled in"),
        pytest.param('[tool.poetry]\nname = "{{ cookiecutter.slug }}"\n', True, id="of Poetry's"),
        pytest.param('[project]\nversion = {{ v }}\nname = "{{ name }}"\n', True, id="that is no TOML besides"),
        pytest.param('[project]\nname = "a"\ndescription = "{{ x }}"\n', False, id="a placeholder in a project"),
        pytest.param('[project]\nname = "a"\n[[tool.x]]\nname = "{{ x }}"\n', False, id="in a tool's name"),
    ],
)
def test_a_template_states_no_project(tmp_path: Path, text: str, *, is_one: bool) -> None:
    files = {"new/pyproject.toml": text, "new/src/a.py": "import requests", "pyproject.toml": PROJECT}
    assert [module for _, module, _, _ in judged(tmp_path, files, "new/src/a.py")] == ([] if is_one else ["requests"])


@pytest.mark.parametrize(
    ("files", "is_one"),
    [
        pytest.param({"copier.yml": "", "new/pyproject.toml.jinja": ""}, True, id="of Copier"),
        pytest.param({"copier.yml": "", "new/src/pyproject.toml.jinja": ""}, True, id="nearer to the file"),
        pytest.param({"new/pyproject.toml.jinja": ""}, False, id="nothing marks it"),
        pytest.param({"copier.yml": "", "pyproject.toml.jinja": ""}, False, id="the repository's own"),
        pytest.param({"copier.yml": "", "new/pyproject.toml.jinja": "", "new/pyproject.toml": PROJECT}, False,
                     id="it is filled in beside"),
        pytest.param({"cookiecutter.json": "{}", "templates/a.py": "import requests"}, True, id="Cookiecutter's own"),
        pytest.param({"new/cookiecutter.json": "{}"}, False, id="beside what Cookiecutter makes"),
        pytest.param({"templates/a.py": "import requests"}, False, id="templates of something else"),
    ],
)  # fmt: skip
def test_what_makes_a_pyproject_is_a_template(tmp_path: Path, files: dict[str, str], *, is_one: bool) -> None:
    path = next((one for one in files if one.endswith(".py")), "new/src/a.py")
    files = {path: "import requests", "pyproject.toml": PROJECT} | files
    assert [module for _, module, _, _ in judged(tmp_path, files, path)] == ([] if is_one else ["requests"])


@pytest.mark.parametrize(
    "text",
    [
        pytest.param('[project]\nname = "a"\n{% if cli %}\ndependencies = []\n{% endif %}\n', id="a block"),
        pytest.param('[project.scripts]\n{{ name }} = "a:main"\n', id="a key to be filled in"),
        pytest.param('[project]\nname = "a"\nversion = {{ version }}\n', id="a value to be filled in"),
        pytest.param('[project]\nname = "a"\n[tool.cliff]\nbody = "{% if x %}\n', id="a string that is not closed"),
        pytest.param("[project]\nversion = {{ v }}\n[[x]]\nname = '{{ n }}'\n", id="beside another name"),
    ],
)
@pytest.mark.parametrize(
    ("folder", "beside", "is_one"),
    [
        pytest.param("new", {"copier.yml": ""}, True, id="of Copier"),
        pytest.param("sub/new", {"sub/cookiecutter.json": "{}"}, True, id="of Cookiecutter"),
        pytest.param("templates/new", {}, True, id="in a folder of templates"),
        pytest.param("new", {"other/copier.yml": ""}, False, id="nothing marks it"),
    ],
)
def test_what_is_no_toml_is_a_template_where_something_marks_it(
    tmp_path: Path, text: str, folder: str, beside: dict[str, str], *, is_one: bool
) -> None:
    path = f"{folder}/src/a.py"
    files = {f"{folder}/pyproject.toml": text, path: "import requests", "pyproject.toml": PROJECT, **beside}
    if is_one:
        assert judged(tmp_path, files, path) == []
    else:
        with pytest.raises(CheckError, match="invalid TOML") as raised:
            judged(tmp_path, files, path)
        assert (raised.value.path, raised.value.line > 1) == (f"{folder}/pyproject.toml", True)


def test_a_placeholder_is_no_excuse_for_a_broken_file(tmp_path: Path) -> None:
    with pytest.raises(CheckError, match="invalid TOML"):
        judged(tmp_path, {"new/pyproject.toml": '[project]\nname =\n"{{ x }}"', "new/a.py": "import six"}, "new/a.py")
    with pytest.raises(CheckError, match="invalid TOML"):
        judged(tmp_path, {"pyproject.toml": "[project]\n{{ name }}\n", "a.py": "import requests"}, "a.py")


def test_what_no_project_governs_is_kept_apart(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text("import requests")
    state = State(Worktree(str(tmp_path)))
    assert judge.findings(state, "a.py", b"import requests") == []
    assert [(finding.path, finding.module) for finding in state.outside] == [("a.py", "requests")]


BUILT = '[build-system]\nrequires = []\nbuild-backend = "maturin"\n[project]\nname = "{}"\n'


@pytest.mark.parametrize(
    ("pyproject", "module", "found"),
    [
        pytest.param(BUILT.format("String.Sum"), "string_sum", [], id="called like the project, and built"),
        pytest.param(BUILT.format("string-sum"), "string_sum.inner", [], id="in it"),
        pytest.param(BUILT.format("string-sum"), "string_su", ["string_su"], id="another name"),
        pytest.param(BUILT.format("yaml"), "yaml", ["yaml"], id="a popular distribution installs what is called so"),
        pytest.param(BUILT.format("celery"), "celery", [], id="the project is that popular distribution"),
        pytest.param(BUILT.format("adblibrary"), "ADBLibrary", [], id="a little known one installs what is called so"),
        pytest.param(
            '[project]\nname = "adblibrary"', "ADBLibrary", ["ADBLibrary"], id="the same, and nothing builds it"
        ),
        pytest.param(
            '[project]\nname = "string-sum"', "string_sum", ["string_sum"], id="nothing builds it, the index knows it"
        ),
    ],
)
def test_what_is_called_like_the_project(tmp_path: Path, pyproject: str, module: str, found: list[str]) -> None:
    """What is built from Rust needs no Python file. Source: maturin's documentation, "Project Layout"."""
    files = {"pyproject.toml": pyproject, "tests/a.py": f"import {module}"}
    assert [one[1] for one in judged(tmp_path, files, "tests/a.py")] == found


@pytest.mark.parametrize("path", ["a.py", "a.ipynb"])
def test_a_pointer_of_git_lfs_is_told(tmp_path: Path, path: str) -> None:
    """In a revision nothing else is there: a push would be blocked by each notebook that LFS keeps."""
    pointer = "version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 1\n"
    state = State(written(tmp_path, {"pyproject.toml": PROJECT, path: pointer}))
    assert judge.findings(state, path, pointer.encode()) == []
    assert list(state.warnings) == [f"{path} is a pointer of Git LFS: what it stands for is not checked"]


@pytest.mark.parametrize(
    ("source", "line"),
    [
        pytest.param("# /// script\n# dependencies = ['rich']\n# ///\nimport celery", 0, id="metadata"),
        pytest.param("# /// script\n#dependencies = ['rich']\n# ///\nimport celery", 1, id="no space in a line"),
        pytest.param(
            "x = 1\n# /// script \n# dependencies = ['rich']\n# ///\nimport celery", 2, id="a space at the end"
        ),
        pytest.param("# /// script\n# dependencies = ['rich']\nimport celery", 1, id="not closed"),
        pytest.param("#///script\r\n# dependencies = ['rich']\r\n# ///\r\nimport celery", 1, id="no space at all"),
        pytest.param("x = '''\n# /// script\n# no\n'''\nimport celery", 0, id="in a string"),
        pytest.param("# /// pyproject\n# x\nimport celery", 0, id="of another type"),
        pytest.param("# see /// script\nimport celery", 0, id="in a sentence"),
    ],
)
def test_metadata_of_a_script_that_no_tool_reads_are_told(tmp_path: Path, source: str, line: int) -> None:
    (found,) = judge.findings(State(written(tmp_path, {"pyproject.toml": PROJECT})), "app/a.py", source.encode())
    told = f"; line {line} begins no metadata of a script: that takes `# /// script`, lines that are `#` or begin"
    assert (told in found.message) == bool(line)
