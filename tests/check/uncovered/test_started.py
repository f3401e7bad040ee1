"""The folder from which Python is started, as the files around an import show it: tracked files in, findings out."""

from pathlib import Path

import pytest

from conftest import written
from import_customs.check import judge
from import_customs.check.state import State
from import_customs.repository.tree import Noted

PROJECT = '[project]\nname = "demo"\nrequires-python = ">=3.11"\ndependencies = ["fastapi", "acme-sdk"]\n'
NOTEBOOK = '{"cells": [{"cell_type": "code", "source": ["%s"]}], "nbformat": 4}'
RUN = "if __name__ == '__main__':\n    main()\n"


def judged(
    folder: Path, files: dict[str, str], path: str, untracked: dict[str, str] | None = None
) -> list[tuple[str, str]]:
    """The findings of one file, as module and rule; all files but the untracked ones are git's."""
    tracked = {"pyproject.toml": PROJECT, **files}
    state = State(written(folder, {**tracked, **(untracked or {})}), tracked=lambda: tracked)
    return [(one.module, one.rule) for one in judge.findings(state, path, (folder / path).read_bytes())]


SHARED = "__path__ = __import__('pkgutil').extend_path(__path__, __name__)\n"
GOOGLES = "from google import own\nfrom google.own import x\nimport google.auth\nfrom google.cloud import storage"
BACKEND = {
    "backend/config.py": "",
    "backend/routers/__init__.py": "",
    "backend/routers/users.py": "from config import settings",
}
FOUND = [("config", "undeclared")]


@pytest.mark.parametrize(
    ("files", "found"),
    [
        pytest.param({}, FOUND, id="nothing shows it"),
        pytest.param({"backend/main.py": "import routers"}, [], id="a neighbour imports what only this folder has"),
        pytest.param({"backend/main.py": "from routers import users"}, [], id="a part of it"),
        pytest.param({"backend/__init__.py": "", "backend/main.py": "import routers"}, [], id="though it is a package"),
        pytest.param({"backend/x/main.py": "import routers"}, FOUND, id="not a neighbour"),
        pytest.param({"backend/a.ipynb": NOTEBOOK % "import routers"}, [], id="a notebook does"),
        pytest.param({"backend/a.ipynb": NOTEBOOK % "import config"}, FOUND, id="a notebook, of what is popular"),
        pytest.param({"backend/x/a.ipynb": NOTEBOOK % "import routers"}, FOUND, id="a notebook, not a neighbour"),
        pytest.param({"backend/a.ipynb": NOTEBOOK % "%%bash\\nimport routers"}, FOUND, id="not in Python"),
        pytest.param({"backend/main.py": "import config"}, FOUND, id="a popular distribution explains that"),
        pytest.param(
            {"backend/main.py": "try:\n  import routers\nexcept ImportError:\n  x = 0"}, FOUND, id="under try"
        ),
        pytest.param({"backend/main.py": "'''\nimport routers\n'''"}, FOUND, id="in a text"),
        pytest.param({"backend/main.py": "from . import routers"}, FOUND, id="relative"),
        pytest.param({"backend/main.py": "import backend.routers"}, FOUND, id="from the root"),
        pytest.param({"backend/main.py": "import routers", "routers.py": ""}, FOUND, id="a source root explains that"),
        pytest.param(
            {"backend/main.py": "import acme", "backend/acme.py": ""}, FOUND, id="a private distribution explains that"
        ),
        pytest.param(
            {"backend/main.py": "import parser", "backend/parser.py": ""}, FOUND, id="Python had such a module"
        ),
        pytest.param({"backend/a_zz.py": "import a_zz"}, FOUND, id="a file's own name shows nothing"),
        pytest.param(
            {"backend/google.py": "", "backend/main.py": "from google.cloud import storage"}, FOUND, id="a namespace"
        ),
        pytest.param(
            {"backend/azure.py": "", "backend/main.py": "from azure import identity"}, FOUND, id="a part of a namespace"
        ),
        pytest.param({"backend/zope.py": "", "backend/main.py": "import zope"}, FOUND, id="a bare namespace"),
        pytest.param(
            {"backend/testing.py": "", "backend/main.py": "from testing import helper"}, [], id="no known part of one"
        ),
        pytest.param({"backend/main.py": RUN}, [], id="a file is run there"),
        pytest.param({"backend/main.py": RUN.replace("'", '"').replace(" == ", "==")}, [], id="in another spelling"),
        pytest.param({"backend/main.py": f"def f():\n    {RUN}"}, FOUND, id="not at the top"),
        pytest.param({"backend/__init__.py": "", "backend/main.py": RUN}, FOUND, id="a package is not run by its path"),
        pytest.param({"backend/app.py": "import streamlit", "backend/pages/a.py": ""}, [], id="pages of streamlit"),
        pytest.param({"backend/app.py": "import flask", "backend/pages/a.py": ""}, FOUND, id="pages of something else"),
        pytest.param({"backend/app.py": "import streamlit"}, FOUND, id="streamlit without pages"),
        pytest.param({"backend/test_a.py": ""}, [], id="pytest inserts it"),
        pytest.param({"backend/t/__init__.py": "", "backend/t/test_a.py": ""}, [], id="for a test in a package in it"),
        pytest.param({"backend/t/test_a.py": ""}, FOUND, id="pytest inserts the folder below"),
        pytest.param(
            {"backend/test_a.py": "", "pytest.ini": "[pytest]\naddopts = --import-mode=importlib"},
            FOUND,
            id="pytest inserts none",
        ),
        pytest.param({"run.py": "sys.path.insert(0, os.path.join(ROOT, 'backend'))"}, [], id="sys.path elsewhere"),
        pytest.param({"t/a.py": "monkeypatch.syspath_prepend(ROOT / 'backend')"}, [], id="syspath_prepend elsewhere"),
        pytest.param({"backend/x/a.py": "sys.path.append(str(Path(__file__).parents[1]))"}, [], id="by its own place"),
        pytest.param({"run.py": "sys.path.insert(0, join('backend', name))"}, FOUND, id="a name comes last"),
        pytest.param({"run.py": "sys.path.insert(0, 'x/backend')"}, FOUND, id="another folder of that name"),
        pytest.param(
            {"sub/pyproject.toml": PROJECT, "sub/run.py": "sys.path.insert(0, '../backend')"},
            FOUND,
            id="in a file of another project",
        ),
    ],
)
def test_a_folder_above(tmp_path: Path, files: dict[str, str], found: list[tuple[str, str]]) -> None:
    assert judged(tmp_path, BACKEND | files, "backend/routers/users.py") == found


@pytest.mark.parametrize(
    ("files", "path", "found"),
    [
        pytest.param({"scripts/a.py": "import config"}, "scripts/a.py", FOUND, id="only for files below it"),
        pytest.param({"backend/routers/users.py": "import redis, config"}, "backend/routers/users.py",
                     [("redis", "undeclared")], id="only for modules that it has"),
        pytest.param({"backend/routers/users.py": "import config.deep"}, "backend/routers/users.py", [],
                     id="and what is in them"),
        pytest.param({"backend/celery/x.py": "", "backend/routers/users.py": "import celery"},
                     "backend/routers/users.py", [("celery", "undeclared")], id="a folder alone hides nothing"),
        pytest.param(
            {"backend/celery/__init__.py": "", "backend/routers/users.py": "from celery.schedules import crontab"},
            "backend/routers/users.py",
            [("celery", "undeclared")],
            id="nor does a package without that module",
        ),
        pytest.param(
            {
                "backend/celery/__init__.py": "",
                "backend/celery/x.py": "",
                "backend/routers/users.py": "import celery.x",
            },
            "backend/routers/users.py",
            [],
            id="a package that has it",
        ),
        pytest.param(
            {"backend/celery/__init__.py": "__path__ = find()", "backend/routers/users.py": "import celery.schedules"},
            "backend/routers/users.py",
            [],
            id="a package that may add it",
        ),
        pytest.param({"backend/celery/x.py": "", "backend/routers/users.py": "from celery import x"},
                     "backend/routers/users.py", [], id="unless what is imported is in it"),
        pytest.param({"backend/chunk.py": "", "backend/routers/users.py": "import chunk, cgi"},
                     "backend/routers/users.py", [("cgi", "stdlib-version")], id="called like what Python had"),
    ],
)  # fmt: skip
def test_what_such_a_folder_gives(
    tmp_path: Path, files: dict[str, str], path: str, found: list[tuple[str, str]]
) -> None:
    assert judged(tmp_path, BACKEND | {"backend/main.py": "import routers"} | files, path) == found


def test_a_module_of_a_namespaces_name_is_not_all_of_it(tmp_path: Path) -> None:
    source = "from opentelemetry import trace\nfrom opentelemetry.sdk.trace import TracerProvider\n"
    files = {"x/__init__.py": "", "x/opentelemetry.py": "def setup(): pass", "x/app.py": source}
    assert judged(tmp_path, files, "x/app.py") == [
        ("opentelemetry.trace", "undeclared"),
        ("opentelemetry.sdk", "undeclared"),
    ]


@pytest.mark.parametrize("text", ["import routers", RUN, "sys.path.insert(0, 'backend')"])
def test_what_git_does_not_track_shows_nothing(tmp_path: Path, text: str) -> None:
    assert judged(tmp_path, BACKEND, "backend/routers/users.py", untracked={"backend/main.py": text}) == FOUND


@pytest.mark.parametrize(
    ("files", "path", "found"),
    [
        pytest.param(
            {"hub/__init__.py": "", "hub/celery/__init__.py": "", "hub/celery/a.py": "from celery import Celery"},
            "hub/celery/a.py",
            ["celery"],
            id="a folder inside a package is no module of its last name",
        ),
        pytest.param(
            {"hub/__init__.py": "", "hub/box_zz/__init__.py": "", "hub/box_zz/a.py": "import box_zz"},
            "hub/box_zz/a.py",
            ["box_zz"],
            id="of an unknown name neither",
        ),
        pytest.param(
            {
                "hub/__init__.py": "",
                "hub/run_zz.py": "import other_zz",
                "hub/other_zz.py": "",
                "hub/box_zz/a.py": "import box_zz.a",
            },
            "hub/box_zz/a.py",
            [],
            id="unless the package is where Python is started",
        ),
        pytest.param(
            {
                "c/celery/__init__.py": "",
                "c/celery/util.py": "",
                "c/celery/a.py": "import celery\nfrom celery import util",
            },
            "c/celery/a.py",
            [],
            id="an own package, shown by what is imported from it",
        ),
        pytest.param(
            {"c/celery/__init__.py": "", "c/celery/util.py": "import celery.util", "c/celery/a.py": "import celery"},
            "c/celery/a.py",
            [],
            id="in another file of it",
        ),
        pytest.param(
            {"c/celery/__init__.py": "", "c/celery/util.py": "", "c/celery/a.py": "from celery import Celery"},
            "c/celery/a.py",
            ["celery"],
            id="nothing shows it",
        ),
        pytest.param(
            {"c/google/own/__init__.py": "", "c/google/own/a.py": "import google.own\nimport google.auth"},
            "c/google/own/a.py",
            ["google.auth"],
            id="a folder that others share is no own package",
        ),
        pytest.param(
            {"google/own/__init__.py": "", "google/__init__.py": SHARED, "google/own/a.py": GOOGLES},
            "google/own/a.py",
            ["google.auth", "google.cloud.storage"],
            id="nor is one whose __init__ lets others add to it",
        ),
        pytest.param(
            {
                "src/google/own/__init__.py": "",
                "src/google/__init__.py": "__import__('pkg_resources').declare_namespace(__name__)",
                "src/google/own/a.py": GOOGLES,
            },
            "src/google/own/a.py",
            ["google.auth", "google.cloud.storage"],
            id="by pkg_resources, in src",
        ),
        pytest.param(
            {"c/celery.py": "from celery import Celery", "c/a.py": "import celery"},
            "c/a.py",
            ["celery"],
            id="a module that imports its own name is not what it means",
        ),
        pytest.param(
            {"celery.py": "import celery", "c/a.py": "import celery"}, "c/a.py", ["celery"], id="at the root neither"
        ),
        pytest.param(
            {"c/celery.py": "'import celery'", "c/a.py": "import celery"}, "c/a.py", [], id="a word in a text"
        ),
        pytest.param(
            {"c/sam2.py": "from sam2.modeling import Base", "c/__init__.py": "", "sam2/modeling.py": "Base = 1"},
            "c/sam2.py",
            [],
            id="a package at the root has what is imported, to its end",
        ),
        pytest.param(
            {"c/sam2.py": "from sam2.utils import x", "c/__init__.py": "", "sam2/__init__.py": "", "sam2/a.py": ""},
            "c/sam2.py",
            ["sam2"],
            id="it has not",
        ),
        pytest.param(
            {
                "c/sam2.py": "from sam2.a import x\nfrom sam2.utils import y",
                "c/__init__.py": "",
                "sam2/__init__.py": "",
                "sam2/a.py": "",
            },
            "c/sam2.py",
            ["sam2"],
            id="it has one of two",
        ),
        pytest.param(
            {"config.py": "URL = 1", "c/config.py": "from config import URL", "c/__init__.py": ""},
            "c/config.py",
            [],
            id="a module at the root has what is imported",
        ),
        pytest.param(
            {"c/config.py": "from config import URL", "c/__init__.py": "", "config.py": "X = 1"},
            "c/config.py",
            ["config"],
            id="that module has not",
        ),
        pytest.param(
            {"celery.py": "from celery import Celery", "c/celery.py": "from celery import Celery"},
            "c/celery.py",
            ["celery"],
            id="that module means the distribution, too",
        ),
        pytest.param(
            {"src/celery/__init__.py": "from .x import X", "src/celery/celery.py": "from celery import X"},
            "src/celery/celery.py",
            [],
            id="a package's module of its own name",
        ),
        pytest.param(
            {
                "src/celery/__init__.py": "X = 1",
                "src/celery/celery.py": "import celery",
                "src/celery/a.py": "import celery",
            },
            "src/celery/a.py",
            [],
            id="beside one that imports the package",
        ),
        pytest.param(
            {"src/celery/__init__.py": "", "src/celery/x.py": "", "tests/celery.py": "from celery import x"},
            "tests/celery.py",
            [],
            id="in another folder, by a part of the package",
        ),
        pytest.param(
            {
                "src/celery/__init__.py": "",
                "src/celery/x.py": "",
                "tests/celery.py": "from celery.x import X",
                "tests/a.py": "import celery",
            },
            "tests/a.py",
            [],
            id="beside one that imports a part of the package",
        ),
        pytest.param(
            {"src/celery/__init__.py": "from .x import X", "tests/celery.py": "from celery import Celery"},
            "tests/celery.py",
            ["celery"],
            id="in another folder, what the package has not",
        ),
        pytest.param(
            {"celery/__init__.py": "", "celery/celery.py": "from celery import Celery"},
            "celery/celery.py",
            ["celery"],
            id="in a package that has it not",
        ),
        pytest.param(
            {
                "celery/__init__.py": '"Our Celery app."\nx = 1  # Celery\n',
                "celery/celery.py": "from celery import Celery",
            },
            "celery/celery.py",
            ["celery"],
            id="in a package that only mentions it",
        ),
        pytest.param(
            {
                "celery/__init__.py": "import sys\nsys.modules.get('x')\nexec('')\n",
                "celery/celery.py": "from celery import Celery",
            },
            "celery/celery.py",
            ["celery"],
            id="in a package whose code may do anything",
        ),
        pytest.param(
            {
                "src/celery/__init__.py": "if 1:\n  from .x import (\n    X,\n    y as Y,\n  )\n  def z(): ...",
                "src/celery/celery.py": "from celery import X, Y, z",
            },
            "src/celery/celery.py",
            [],
            id="in a package that imports it over lines",
        ),
        pytest.param(
            {"celery/__init__.py": "", "celery/celery.py": "import celery"},
            "celery/celery.py",
            ["celery"],
            id="in a package that has nothing",
        ),
        pytest.param(
            {
                "celery/__init__.py": "from celery import Celery",
                "celery/celery.py": "from celery import Celery",
            },
            "celery/celery.py",
            ["celery"],
            id="in a package that itself imports its own name",
        ),
        pytest.param(
            {
                "site/manage.py": "",
                "site/__init__.py": "",
                "site/celery/x.py": "",
                "site/a/celery.py": "from celery.x import X\nfrom celery import x",
                "site/a/tasks.py": "from celery.x import X\nfrom celery import x",
            },
            "site/a/tasks.py",
            [],
            id="a package beside manage.py has what is imported",
        ),
        pytest.param(
            {
                "site/manage.py": "",
                "site/celery/x.py": "",
                "site/a/celery.py": "from celery.y import Y",
                "site/a/tasks.py": "from celery.x import X",
            },
            "site/a/tasks.py",
            [],
            id="that has what this file imports",
        ),
        pytest.param(
            {
                "site/manage.py": "",
                "site/celery/__init__.py": "",
                "site/a/celery.py": "from celery import Celery",
                "site/a/tasks.py": "import celery",
            },
            "site/a/tasks.py",
            ["celery"],
            id="a package beside manage.py has it not",
        ),
        pytest.param(
            {
                "back/main.py": "if __name__ == '__main__':\n    run()\n",
                "back/celery/__init__.py": "X = 1",
                "back/a/__init__.py": "",
                "back/a/celery.py": "from celery import X",
                "back/a/tasks.py": "from celery import X",
            },
            "back/a/tasks.py",
            [],
            id="a package where Python is started has what is imported",
        ),
        pytest.param(
            {
                "back/main.py": "if __name__ == '__main__':\n    run()\n",
                "back/celery/__init__.py": "X = 1",
                "back/a/__init__.py": "",
                "back/a/celery.py": "from celery import Celery",
                "back/a/tasks.py": "from celery import X",
            },
            "back/a/tasks.py",
            ["celery"],
            id="a package where Python is started has it not",
        ),
        pytest.param(
            {"c/own_zz.py": "import own_zz", "c/a.py": "import own_zz"}, "c/a.py", [], id="no package is called so"
        ),
        pytest.param(
            {
                "c/__init__.py": "",
                "c/cppyy.py": "def f():\n    import cppyy",
                "c/b.py": "import cppyy",
                "c/numba/__init__.py": "",
                "c/d/a.py": "import numba",
            },
            "c/d/a.py",
            ["numba"],
            id="beside a file that imports its own name, that name shows nothing",
        ),
        pytest.param(
            {
                "c/__init__.py": "",
                "c/own_zz.py": "def f():\n    import own_zz",
                "c/b.py": "import own_zz",
                "c/numba/__init__.py": "",
                "c/d/a.py": "import numba",
            },
            "c/d/a.py",
            [],
            id="it does where no package is called so",
        ),
        pytest.param(
            {"c/__init__.py": "", "c/lnurl.py": "from lnurl import Lnurl", "c/d/a.py": "import lnurl"},
            "c/d/a.py",
            ["lnurl"],
            id="a little known one is, and no folder above has what is imported",
        ),
        pytest.param(
            {"c/__init__.py": "", "c/lnurl.py": "from lnurl import Lnurl", "c/a.py": "import lnurl"},
            "c/lnurl.py",
            ["lnurl"],
            id="in that file itself",
        ),
        pytest.param(
            {
                "pyproject.toml": PROJECT.replace("demo", "lnurl"),
                "c/d/lnurl.py": "from lnurl import Lnurl",
                "c/d/a.py": "import lnurl",
            },
            "c/d/a.py",
            [],
            id="a project is no package that it needs",
        ),
        pytest.param(
            {
                "c/__init__.py": "",
                "c/lnurl/__init__.py": "Lnurl = 1",
                "c/d/lnurl.py": "from lnurl import Lnurl",
                "c/d/a.py": "import lnurl",
            },
            "c/d/a.py",
            [],
            id="a folder above has it",
        ),
        pytest.param(
            {"src/lnurl/__init__.py": "", "src/lnurl/lnurl.py": "from lnurl import Lnurl"},
            "src/lnurl/lnurl.py",
            [],
            id="a package under a source root may have any name",
        ),
    ],
)
def test_a_name_means_one_thing(tmp_path: Path, files: dict[str, str], path: str, found: list[str]) -> None:
    assert [module for module, _ in judged(tmp_path, files, path)] == found


@pytest.mark.parametrize(
    ("files", "source", "found"),
    [
        pytest.param({"protos/order.proto": ""}, "from protos import order_pb2, order_pb2_grpc", [], id="generated"),
        pytest.param({"protos/order.proto": ""}, "from protos import order_pb2, x_pb2", ["protos"], id="one is not"),
        pytest.param({"protos/x.proto": ""}, "import protos.order_pb2", ["protos.order_pb2"], id="of no such file"),
        pytest.param({"src/ns/part/__init__.py": ""}, "from ns import part", [], id="a package of a bare namespace"),
        pytest.param({"src/ns/deep/part.py": ""}, "from ns import deep", [], id="a folder of it"),
        pytest.param({"docker/deep/a/x.py": ""}, "import docker", ["docker"], id="Python further below hides nothing"),
        pytest.param({"typings/x.py": ""}, "import typings", ["typings"], id="not what a package brings along either"),
        pytest.param({"docker/x.py": ""}, "import docker", ["docker"], id="nor a folder without __init__"),
        pytest.param({"docker/x.py": ""}, "from docker import x", [], id="unless what is imported is in it"),
        pytest.param({"docker/x/y.py": ""}, "import docker.x", [], id="by its dotted path"),
    ],
)
def test_folders_without_init(tmp_path: Path, files: dict[str, str], source: str, found: list[str]) -> None:
    modules = [module for module, _ in judged(tmp_path, files | {"app/a.py": source}, "app/a.py")]
    assert [module.partition(".")[0] for module in modules] == [module.partition(".")[0] for module in found]


@pytest.mark.parametrize(
    ("sources", "source", "found"),
    [
        pytest.param(["proto/shop.proto"], "import shop_pb2, shop_pb2_grpc", [], id="made into another folder"),
        pytest.param(["proto/made/shop.proto"], "from made import shop_pb2", [], id="by its path below a folder"),
        pytest.param(["proto/made/v1/shop.proto"], "from made.v1.shop_pb2 import Order", [], id="deep in it"),
        pytest.param(["proto/shop.proto"], "from made import shop_pb2", ["made"], id="of no such path"),
        pytest.param(["proto/other.proto"], "import shop_pb2", ["shop_pb2"], id="of no such file"),
        pytest.param(["lib/shop.proto"], "import shop_pb2", [], id="in any folder of the project"),
        pytest.param(
            ["proto/annotations.proto"],
            "from google.api import annotations_pb2",
            ["google.api"],
            id="a popular distribution has it",
        ),
        pytest.param(
            ["modules/motor/micropython.cmake"], "from motor import Motor", [], id="MicroPython's build, in C"
        ),
        pytest.param(["motor/micropython.mk"], "import motor.pins", [], id="MicroPython's build, a part of it"),
        pytest.param(
            ["modules/motor/micropython.mk"], "import servo", ["servo"], id="MicroPython's build, another one"
        ),
    ],
)
def test_what_a_build_makes_elsewhere(tmp_path: Path, sources: list[str], source: str, found: list[str]) -> None:
    files = dict.fromkeys(sources, "") | {"app/a.py": source}
    assert [module for module, _ in judged(tmp_path, files, "app/a.py")] == found


APPS = {"tests/apps/guest_zz/__init__.py": "", "tests/apps/guest_zz/core.py": ""}
SUB = '[project]\nname = "sub"\nversion = "1"\ndependencies = []\n'
ADDING = "import os\ndef apps(m):\n    m.syspath_prepend(os.path.join(os.path.dirname(__file__), 'apps'))\n"


@pytest.mark.parametrize(
    ("files", "path", "found"),
    [
        pytest.param({"tests/conftest.py": ADDING}, "tests/test_a.py", ["absent_zz"], id="beside the test"),
        pytest.param({"tests/conftest.py": ADDING}, "tests/unit/test_a.py", ["absent_zz"], id="above it"),
        pytest.param({"tests/conftest.py": ADDING}, "src/a.py", ["guest_zz", "absent_zz"], id="not for other code"),
        pytest.param({"tests/__init__.py": ADDING}, "tests/unit/a.py", ["absent_zz"], id="an __init__ above it"),
        pytest.param(
            {"tests/__init__.py": ADDING, "tests/sub/pyproject.toml": SUB},
            "tests/sub/a.py",
            ["absent_zz"],
            id="an __init__ above another project",
        ),
        pytest.param(
            {"tests/conftest.py": ADDING, "tests/sub/pyproject.toml": SUB},
            "tests/sub/a.py",
            ["guest_zz", "absent_zz"],
            id="no conftest.py above another project",
        ),
        pytest.param({"tests/other.py": ADDING}, "tests/test_a.py", ["guest_zz", "absent_zz"], id="no conftest.py"),
        pytest.param(
            {"tests/conftest.py": ADDING.replace("__file__", "HERE")},
            "tests/test_a.py",
            ["guest_zz", "absent_zz"],
            id="from an unknown place",
        ),
    ],
)
def test_what_runs_before_adds(tmp_path: Path, files: dict[str, str], path: str, found: list[str]) -> None:
    given = {**APPS, **files, path: "import guest_zz.core, absent_zz\n"}
    assert [module.partition(".")[0] for module, _ in judged(tmp_path, given, path)] == found


INIT_PATHS = """\
def add_path(path):
    if path not in sys.path:
        sys.path.insert(0, path)
add_path(osp.join(osp.dirname(__file__), '..', 'lib'))
"""
AS_MAIN = """\
if __name__ == "__main__":
    HERE = osp.dirname(__file__)

    sys.path.insert(0, osp.join(HERE, '..', 'lib'))
"""


@pytest.mark.parametrize(
    ("files", "source", "found"),
    [
        pytest.param({"tools/_init_paths.py": INIT_PATHS}, "import _init_paths\n", [], id="by a function of its own"),
        pytest.param({"tools/context.py": INIT_PATHS}, "from .context import x\n", [], id="relative"),
        pytest.param({"tools/context.py": INIT_PATHS}, "from . import context\n", [], id="from the folder"),
        pytest.param({"tools/context.py": INIT_PATHS}, "import contexts\n", ["guest_zz"], id="not imported"),
        pytest.param({"other/context.py": INIT_PATHS}, "import context\n", ["guest_zz"], id="of another folder"),
        pytest.param({"tools/context.py": INIT_PATHS}, "import os, context as c\r\n", [], id="one of several"),
        pytest.param({"tools/context.py": INIT_PATHS}, "from lib.tools import context\n", [], id="by the path to it"),
        pytest.param({"tools/context.py": INIT_PATHS}, "from tools.context import x\n", [], id="by its own path"),
        pytest.param({"tools/context.py": INIT_PATHS}, "import os; import context\n", [], id="after another statement"),
        pytest.param({"tools/context.py": INIT_PATHS}, "from . import (context, contexts)\n", [], id="in brackets"),
        pytest.param({"tools/context.py": INIT_PATHS}, "from . import (\n    contexts,  # and\n    context,\n)\n", [],
                     id="on lines of its own"),
        pytest.param({"tools/import_paths.py": INIT_PATHS}, "from .import_paths import x\n", [],
                     id="that is called like a statement"),
        pytest.param({"tools/context.py": INIT_PATHS}, "import os, \\\n    context\n", [], id="on a continued line"),
        pytest.param({"tools/context.py": INIT_PATHS}, "S = '''\nimport context\n'''\n", ["guest_zz"],
                     id="in a string"),
        pytest.param({"tools/context.py": INIT_PATHS}, "from .. import context\n", ["guest_zz"],
                     id="from the folder above"),
        pytest.param({"tools/context.py": INIT_PATHS}, "from flask import context\n", ["guest_zz"],
                     id="what another module has"),
        pytest.param({"tools/context.py": INIT_PATHS}, "import decimal.context\n", ["guest_zz"],
                     id="a part of another module"),
        pytest.param({"tools/context.py": INIT_PATHS}, "import decimal as context\n", ["guest_zz"],
                     id="a name for another module"),
        pytest.param({"tools/context.py": INIT_PATHS.replace("add_path(osp", "add(osp")}, "import context\n",
                     ["guest_zz"], id="another function"),
        pytest.param({"tools/context.py": AS_MAIN}, "import context\n", ["guest_zz"], id="only where it is started"),
        pytest.param({"tools/context.py": AS_MAIN + INIT_PATHS}, "import context\n", [], id="also where it is not"),
    ],
)  # fmt: skip
def test_what_a_file_beside_adds(tmp_path: Path, files: dict[str, str], source: str, found: list[str]) -> None:
    given = {
        "lib/guest_zz/core.py": "",
        "tools/contexts.py": "",
        **files,
        "tools/a.py": f"{source}import guest_zz.core\n",
    }
    assert [one for one, _ in judged(tmp_path, given, "tools/a.py") if one == "guest_zz"] == found


DJANGO = "BASE = Path(__file__).resolve().parent.parent\nsys.path.insert(0, os.path.join(BASE, 'apps'))\n"
SHOP = {"site/manage.py": "", "site/web/settings.py": "", "site/apps/shop/views.py": "", "site/apps/redis/x.py": ""}


@pytest.mark.parametrize(
    ("files", "path", "source", "found"),
    [
        pytest.param({"site/web/settings.py": DJANGO}, "site/web/urls.py", "import shop.views", [],
                     id="by the settings"),
        pytest.param({"site/web/settings/base.py": DJANGO.replace("ent\n", "ent.parent\n")}, "site/web/urls.py",
                     "from shop import views", [], id="by one of several settings"),
        pytest.param({"site/manage.py": "sys.path.append(str(Path(__file__).parent / 'apps'))"}, "site/web/urls.py",
                     "import shop.views", [], id="by manage.py"),
        pytest.param({"site/web/other.py": DJANGO}, "site/web/urls.py", "import shop.views", ["shop"],
                     id="by a file that Django may not run"),
        pytest.param({"site/web/settings.py": DJANGO}, "site/web/urls.py", "import redis, redis.x, redis.y",
                     ["redis", "redis"], id="of a popular name, to its end"),
        pytest.param({"site/web/settings.py": DJANGO, "site/apps/celery/__init__.py": ""}, "site/web/urls.py",
                     "import celery", ["celery"], id="a package of a popular name, of which nothing is named"),
        pytest.param({"site/web/settings.py": "sys.path.append(str(ROOT.path('apps')))"}, "site/web/urls.py",
                     "import shop.views", [], id="beside manage.py, however it begins"),
        pytest.param({"site/manage.py": AS_MAIN, "lib/guest_zz/x.py": ""}, "site/web/urls.py", "import guest_zz.x", [],
                     id="by manage.py, which is always started"),
        pytest.param({"site/web/settings.py": DJANGO, "two/manage.py": ""}, "two/web/urls.py", "import shop.views",
                     ["shop"], id="not for another site"),
        pytest.param({"site/web/settings.py": DJANGO, "tool/pyproject.toml": SUB}, "tool/run.py",
                     "import shop.views", ["shop"], id="not for another project"),
    ],
)  # fmt: skip
def test_what_django_adds(tmp_path: Path, files: dict[str, str], path: str, source: str, found: list[str]) -> None:
    """All that Django runs has it, wherever it lies."""
    assert [one for one, _ in judged(tmp_path, {**SHOP, **files, path: source}, path)] == found


STUBS = {"quuxlib_zz-stubs/__init__.pyi": "from quuxlib_zz import a\nimport zibb_zz"}


@pytest.mark.parametrize(
    ("path", "source", "found"),
    [
        pytest.param("quuxlib_zz-stubs/__init__.pyi", "", ["zibb_zz"], id="in a stub"),
        pytest.param("a.py", "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import quuxlib_zz.a", [],
                     id="for type checkers"),
        pytest.param("a.py", "import quuxlib_zz", ["quuxlib_zz"], id="an import that runs"),
    ],
)  # fmt: skip
def test_stub_only_packages(tmp_path: Path, path: str, source: str, found: list[str]) -> None:
    files = {path: source, **STUBS}
    assert [module for module, _ in judged(tmp_path, files, path)] == found


SETTINGS = '{"python.analysis.extraPaths": ["${workspaceFolder}/libs/v", "./libs/w"] /* and more */}'
MODULES = {"libs/v/vs_zz.py": "", "libs/w/code_zz.py": "", "libs/e/env_zz.py": "", "libs/z/none_zz.py": ""}


@pytest.mark.parametrize(
    ("name", "text", "found"),
    [
        pytest.param(".vscode/settings.json", SETTINGS, ["env_zz", "none_zz"], id="Visual Studio Code"),
        pytest.param(".vscode/settings.json", "{", ["code_zz", "env_zz", "none_zz", "vs_zz"], id="broken"),
        pytest.param(".env", "A=1\nPYTHONPATH=libs/e:./libs/w\n", ["none_zz", "vs_zz"], id="the environment"),
        pytest.param(
            ".env",
            'export PYTHONPATH="${PYTHONPATH}:${PWD}/libs/e"  # x',
            ["code_zz", "none_zz", "vs_zz"],
            id="exported",
        ),
        pytest.param(".envrc", "export PYTHONPATH=$PWD/libs/e", ["code_zz", "none_zz", "vs_zz"], id="direnv"),
        pytest.param("Dockerfile", "ENV PYTHONPATH=./libs/e \\", ["code_zz", "none_zz", "vs_zz"], id="Docker"),
        pytest.param(
            "Dockerfile",
            "WORKDIR /app\nENV PYTHONPATH=/app/libs/e:/app:/application/libs/w",
            ["code_zz", "none_zz", "vs_zz"],
            id="Docker, in the folder that it works in",
        ),
        pytest.param("Dockerfile", "ENV PYTHONPATH libs/e", ["code_zz", "none_zz", "vs_zz"], id="Docker's older form"),
        pytest.param(
            "Dockerfile",
            "ENV PYTHONPATH=/libs/e\nRUN PYTHONPATH=libs/e x",
            ["code_zz", "env_zz", "none_zz", "vs_zz"],
            id="Docker, a folder of the image, and for one command",
        ),
        pytest.param(
            "docker-compose.yml",
            "environment:\n  - PYTHONPATH=libs/e:./libs/w\n",
            ["none_zz", "vs_zz"],
            id="Compose, a list",
        ),
        pytest.param(
            "compose.yaml", '  PYTHONPATH: "libs/e"\n', ["code_zz", "none_zz", "vs_zz"], id="Compose, a table"
        ),
        pytest.param(
            "tox.ini", "[testenv]\nsetenv = PYTHONPATH={toxinidir}/libs/e\n", ["code_zz", "none_zz", "vs_zz"], id="tox"
        ),
        pytest.param(
            "tox.ini",
            "[testenv]\nset_env =\n  PYTHONPATH = {tox_root}/libs/e\n",
            ["code_zz", "none_zz", "vs_zz"],
            id="tox, a line",
        ),
        pytest.param(".env", "MY_PYTHONPATH=libs/e", ["code_zz", "env_zz", "none_zz", "vs_zz"], id="another name"),
        pytest.param(".env", "PYTHONPATHS=libs/e", ["code_zz", "env_zz", "none_zz", "vs_zz"], id="a longer name"),
        pytest.param(".env", "OTHER=libs/e", ["code_zz", "env_zz", "none_zz", "vs_zz"], id="another variable"),
        pytest.param(".env", "PYTHONPATH=../libs/e", ["code_zz", "env_zz", "none_zz", "vs_zz"], id="outside"),
    ],
)
def test_roots_of_editors(tmp_path: Path, name: str, text: str, found: list[str]) -> None:
    files = {"x/a.py": "import vs_zz, code_zz, env_zz, none_zz", **MODULES}
    assert sorted(module for module, _ in judged(tmp_path, files | {name: text}, "x/a.py")) == found
    modules = judged(tmp_path, files, "x/a.py", untracked={name: text})
    assert len(modules) == len(MODULES)


def test_an_untracked_file_of_an_editor_is_not_relied_on(tmp_path: Path) -> None:
    tracked = {"pyproject.toml": PROJECT, "a.py": "import quuxlib_zz"}
    tree = Noted(written(tmp_path, tracked | {".env": "A=1", ".vscode/settings.json": SETTINGS}))
    assert judge.findings(State(tree, tracked=lambda: tracked), "a.py", b"import quuxlib_zz")
    assert tree.paths.isdisjoint({".env", ".vscode/settings.json"})


def test_a_module_that_a_test_writes(tmp_path: Path) -> None:
    writing = "monkeypatch.syspath_prepend(tmp_path)\nwrite(tmp_path / 'guest_zz', 'celery')\n"
    source = f"{writing}import guest_zz.core, absent_zz, celery\n"
    found = judged(tmp_path, {"tests/test_a.py": source}, "tests/test_a.py")
    assert [module for module, _ in found] == ["absent_zz", "celery"]


PATH = "import sys, os\nsys.path.insert(0, os.path.dirname(__file__))\n"


@pytest.mark.parametrize(
    ("conftest", "path", "found"),
    [
        pytest.param("", "examples/x/run.py", [("demo", "undeclared")], id="no test"),
        pytest.param(PATH, "examples/x/run.py", [("demo", "undeclared")], id="nor by what a conftest adds"),
        pytest.param("import own", "examples/x/run.py", [("demo", "undeclared")], id="nor by what it imports"),
        pytest.param("", "examples/x/test_run.py", [], id="a test, which pytest may run from there"),
        pytest.param(PATH, "examples/x/tests/helper.py", [], id="what stands beside tests"),
        pytest.param("", "examples/run.py", [], id="of the same project"),
    ],
)
def test_pytest_in_a_folder_above_another_project(
    tmp_path: Path, conftest: str, path: str, found: list[tuple[str, str]]
) -> None:
    files = {
        "conftest.py": conftest,
        "demo/__init__.py": "",
        "own.py": "",
        "examples/x/pyproject.toml": "[project]\nname = 'x'\ndependencies = []\n",
        path: "import demo",
    }
    assert judged(tmp_path, files, path) == found


LIB = '[package]\nname = "own-planner"\n[lib]\n{}crate-type = ["cdylib", "rlib"]\n'


@pytest.mark.parametrize(
    ("files", "found"),
    [
        pytest.param({"lib/CMakeLists.txt": "nanobind_add_module(own_planner STABLE_ABI a.cpp)"}, [], id="nanobind"),
        pytest.param({"own.cmake": "pybind11_add_module(\n  own_planner MODULE a.cpp)"}, [], id="pybind11"),
        pytest.param({"CMakeLists.txt": "Python_add_library(own_planner MODULE a.c)"}, [], id="CMake itself"),
        pytest.param({"CMakeLists.txt": "python_extension_module(own_planner)"}, [], id="scikit-build"),
        pytest.param({"lib/a.i": '/* Planner */\n%module(directors="1") own_planner\n%{\n'}, [], id="SWIG"),
        pytest.param({"lib/a.i": "%module own\n"}, ["own_planner"], id="SWIG, another one"),
        pytest.param({"rust/Cargo.toml": LIB.format("")}, [], id="Cargo, the package's name"),
        pytest.param({"rust/Cargo.toml": LIB.format('name = "own_planner"\n')}, [], id="Cargo, the library's"),
        pytest.param({"rust/Cargo.toml": LIB.replace("cdylib", "lib")}, ["own_planner"], id="for Rust alone"),
        pytest.param(
            {"rust/pyproject.toml": "[project]\nname = 'own'\n", "rust/Cargo.toml": LIB.format("")},
            ["own_planner"],
            id="of another project",
        ),
        pytest.param({"CMakeLists.txt": "add_library(own_planner a.cpp)"}, ["own_planner"], id="for C++ alone"),
        pytest.param({"CMakeLists.txt": "pybind11_add_module(own_planner_x a.cpp)"}, ["own_planner"], id="another"),
    ],
)
def test_an_extension_module_that_a_build_file_defines(tmp_path: Path, files: dict[str, str], found: list[str]) -> None:
    source = "import own_planner"
    assert [module for module, _ in judged(tmp_path, {**files, "app/a.py": source}, "app/a.py")] == found


def test_a_popular_name_that_a_build_file_defines_hides_no_package(tmp_path: Path) -> None:
    files = {"CMakeLists.txt": "pybind11_add_module(celery a.cpp)", "app/a.py": "import celery"}
    assert judged(tmp_path, files, "app/a.py") == [("celery", "undeclared")]
