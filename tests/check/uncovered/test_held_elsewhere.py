"""Modules that the repository holds where an import does not reach them, and what is said of them: no package."""

import json
import re

import pytest

from conftest import Repo, remove
from import_customs.providers.distributions import newest_release

PROJECT = '[project]\nname = "demo"\nversion = "1"\nrequires-python = ">=3.11"\ndependencies = []\n'
SETUP = 'from setuptools import setup\nsetup(name="acmelib", packages=["vector"])\n'
ADDED_TO = "__path__ = __import__('pkgutil').extend_path(__path__, __name__)\n"
SHARED = '`shared/{0}.py` lies here: if that is meant, say `source-roots = ["shared"]`'


def found(repo: Repo, *arguments: str) -> dict[str, tuple[list[str], str | None, str]]:
    """By module: the providers, the local project, and the remedy up to its first semicolon or `under`."""
    findings = json.loads(repo.customs(*arguments, "--format=json").out)["findings"]
    return {
        one["module"]: (one["providers"], one["local"], one["remedy"].partition(" under ")[0].partition("; ")[0])
        for one in findings
    }


@pytest.mark.parametrize(("files", "source", "remedies"), [
    pytest.param({"shared/config.py": "x = 1", "shared/vector.py": "", "shared/utils.py": "", "shared/models.py": ""},
                 "from config import x\nimport vector, utils, models",
                 {name: SHARED.format(name) for name in ("config", "vector", "utils", "models")},
                 id="a folder that nothing shows to be on the path"),
    pytest.param({"shared/helpers.py": ""}, "import helpers", {"helpers": SHARED.format("helpers")},
                 id="a module that no package is known to provide"),
    pytest.param({"svc/nb/drawing.ipynb": '{"cells": [], "nbformat": 4}'}, "import drawing",
                 {"drawing": '`svc/nb/drawing.ipynb` lies here: if that is meant, add "drawing" to `ignore`,'},
                 id="a notebook"),
    pytest.param({"deploy/docker/run.py": ""}, "import docker", {"docker": None},
                 id="a folder of scripts does not stand for a package that has its name"),
    pytest.param({"deploy/docker/run.py": ""}, "from docker import run",
                 {"docker": '`deploy/docker/` lies here: if that is meant, say `source-roots = ["deploy"]`'},
                 id="what is imported is in the folder"),
    pytest.param({"jobs/celery.py": "from celery import Celery"}, "import celery", {"celery": None},
                 id="a module that imports its own name means the package"),
    pytest.param({"shared/config.py": "y = 1"}, "from config import x", {"config": None},
                 id="what is imported is not in the module"),
    pytest.param({"demo/__init__.py": "", "demo/clients/__init__.py": "", "demo/clients/redis.py": ""}, "import redis",
                 {"redis": None}, id="a module of a package is not called so"),
    pytest.param({"protos/acme/v1/a.proto": "", "protos/acme/v1/b.proto": ""}, "from acme.v1 import a_pb2, b_pb2_grpc",
                 {"acme": '`protos/acme/v1/b.proto` lies here: if that is meant, add "acme" to `ignore`,'},
                 id="what protoc makes, though a package has its top-level name"),
    pytest.param({"protos/google/api/a.proto": ""}, "from google.api import a_pb2", {"google.api": None},
                 id="what protoc makes, of a part that a package is known to have"),
    pytest.param({"protos/tensorflow/core/a.proto": ""}, "import tensorflow.core.a_pb2", {"tensorflow": None},
                 id="what protoc makes of a copied file of one of the best known"),
    pytest.param({"acme/__init__.py": ADDED_TO, "acme/a/__init__.py": ""}, "import acme.b", {
        "acme": "`acme/__init__.py` lets other packages add to `acme`: declare the one that has `acme.b`"},
                 id="a part of a package that others add to"),
    pytest.param({"acme/__init__.py": ADDED_TO, "acme/a/__init__.py": ""}, "from acme import a, b", {
        "acme": "`acme/__init__.py` lets other packages add to `acme`: declare the one that has `acme.b`"},
                 id="a part of such a package, by its name"),
    pytest.param({"acme/__init__.py": ADDED_TO + "from acme.x import (\n    b,\n)", "acme/x.py": ""},
                 "from acme import b", {}, id="what such a package has itself"),
    pytest.param({"acme/__init__.py": ADDED_TO + "from .x import (a,\n    b)\nfrom .x import c, \\\n    d\n"
                  "e, f = g = 1, 2\nif (h := 1): i = 2\nfor j in (): ...\nwith open('') as k: ...\n", "acme/x.py": ""},
                 "from acme import a, b, c, d, e, f, g, h, i, j, k, __file__", {}, id="however such a package has it"),
    pytest.param({"acme/__init__.py": ADDED_TO + "'b'  # b\n"}, "from acme import b", {
        "acme": "`acme/__init__.py` lets other packages add to `acme`: declare the one that has `acme.b`"},
                 id="such a package only mentions it"),
    pytest.param({"acme/__init__.py": ADDED_TO + "globals().update(b=1)"}, "from acme import b", {},
                 id="such a package makes names"),
    pytest.param({"acme/__init__.py": ADDED_TO + "import sys\nsetattr(sys.modules[__name__], 'b', 1)"},
                 "from acme import b", {}, id="such a package makes names in sys.modules"),
    pytest.param({"acme/__init__.py": ADDED_TO + "def __getattr__(name): ..."}, "from acme import b", {},
                 id="such a package may have any name"),
    pytest.param({"acme/__init__.py": ADDED_TO, "acme/a/__init__.py": ""}, "from acme.a import b", {},
                 id="a package in it to which nobody adds"),
    pytest.param({"src/acme/billing/__init__.py": "", "pyproject.toml": PROJECT.replace("demo", "acme-billing")},
                 "import acme.core", {
        "acme": "`src/acme/` is this project's part of the namespace `acme`: if that is meant, "
                "declare the one that has `acme.core`"},
                 id="a part of the bare namespace that the project is called after, for all that acme installs"),
    pytest.param({"zz_acme/a_b/__init__.py": "", "pyproject.toml": PROJECT.replace("demo", "zz-acme-a-b")},
                 "from zz_acme import a_b, core",
                 {"zz_acme": "`zz_acme/` is this project's part of the namespace `zz_acme`: declare the one that has "
                             "`zz_acme.core`"},
                 id="a part of such a namespace that no package is known to have"),
    pytest.param({"src/acme/billing/__init__.py": "", "pyproject.toml": PROJECT.replace("demo", "acme-billing")},
                 "import acme", {
        "acme": "`src/acme/` is this project's part of the namespace `acme`: if that is meant, import a module in it"},
                 id="such a namespace itself"),
    pytest.param({"src/acme/a/b/__init__.py": "", "pyproject.toml": PROJECT.replace("demo", "acme-a-b")},
                 "from acme.a import b, c", {
        "acme": "`src/acme/` is this project's part of the namespace `acme`: if that is meant, "
                "declare the one that has `acme.a.c`"},
                 id="a part further down in such a namespace"),
    pytest.param({"src/acme/billing/__init__.py": "",
                  "pyproject.toml": PROJECT.replace("demo", "acme-billing").replace("[]", '["acme-platform"]')},
                 "import acme.core", {}, id="a declared package that is called after such a namespace likely has it"),
    pytest.param({"acme/jobs/a.py": "", "pyproject.toml": PROJECT.replace("demo", "acme-jobs")}, "import acme.core",
                 {"acme": None}, id="a folder of scripts beside a package that is known"),
    pytest.param({"src/celery/jobs/a.py": "", "pyproject.toml": PROJECT.replace("demo", "celery-jobs")},
                 "import celery.app", {"celery": None}, id="one of the best known packages is meant"),
    pytest.param({"src/celery/jobs/a.py": "",
                  "pyproject.toml": PROJECT.replace("demo", "celery-jobs").replace("[]", '["celery-zz-ours"]')},
                 "import celery.app", {"celery": None}, id="nor does a declared package called after it have it"),
    pytest.param({"src/google/jobs/a.py": "", "pyproject.toml": PROJECT.replace("demo", "google-jobs")},
                 "import google.zz", {
        "google.zz": "correct the spelling, or declare a package called `google-zz`, or say in `provides`,"},
                 id="a namespace that many share is not the project's own"),
    pytest.param({"google/__init__.py": ADDED_TO, "google/a/__init__.py": ""}, "import google.auth",
                 {"google.auth": None}, id="a part that a package is known to have"),
    pytest.param({"demo/__init__.py": "", "demo/build_utils.py": ""}, "import build_utils",
                 {"build_utils": '`demo/build_utils.py` lies here: if that is meant, say `source-roots = ["demo"]`'},
                 id="a module that a package of another name brings along"),
    pytest.param({"examples/pymde/draw.py": ""}, "import pymde",
                 {"pymde": '`examples/pymde/` lies here: if that is meant, say `source-roots = ["examples"]`'},
                 id="a plain folder, though a little known package is called so"),
    pytest.param({f"demo/{one}/run.py": "" for one in "abcd"}, "import run",
                 {"run": "`run`, in several folders, lies here: if that is meant, name its folder in `source-roots`,"},
                 id="no arbitrary one of many"),
    pytest.param({f"{one}/run.py": "" for one in ("svc/x", "b", "c", "d")}, "import run",
                 {"run": '`svc/x/run.py` lies here: if that is meant, say `source-roots = ["svc/x"]`'},
                 id="the nearest of many"),
    pytest.param({"tests/fakes/redis.py": ""}, "import redis", {"redis": None}, id="a stand-in of the tests"),
    pytest.param({"demo/__init__.py": "", "demo/utils.py": "def run(): ..."}, "from utils import run",
                 {"utils": '`demo/utils.py` lies here: if that is meant, say `source-roots = ["demo"]`'},
                 id="a module of a package defines what is imported"),
    pytest.param({"demo/__init__.py": "", "demo/utils/__init__.py": "from .a import (\n run as go,\n walk,\n)\nx = 1"},
                 "from utils import go, walk, x",
                 {"utils": '`demo/utils/__init__.py` lies here: if that is meant, say `source-roots = ["demo"]`'},
                 id="a package of a package takes from its own modules what is imported"),
    pytest.param({"demo/__init__.py": "", "demo/utils/__init__.py": "from .a import run as go\nfrom os import walk"},
                 "from utils import run, walk", {"utils": None},
                 id="a package that gives it another name, or takes it from another one"),
    pytest.param({"demo/__init__.py": "", "demo/redis.py": "class Redis: ..."}, "from redis import Redis",
                 {"redis": None}, id="a module of a package does not stand for one of the best known"),
    pytest.param({"demo/__init__.py": "", "demo/redis/__init__.py": "", "demo/redis/client.py": ""},
                 "import redis.client", {"redis": None}, id="nor does a package of a package that has its part"),
    pytest.param({"demo/utils/__init__.py": "", "demo/utils/text.py": ""}, "import utils.text",
                 {"utils": '`demo/utils/__init__.py` lies here: if that is meant, say `source-roots = ["demo"]`'},
                 id="a package in no package has the part"),
    pytest.param({"svc/__init__.py": "", "svc/utils.py": "def run(): ..."}, "from utils import run",
                 {"utils": '`svc/utils.py` lies here: if that is meant, say `source-roots = ["svc"]`'},
                 id="beside a file that nothing shows to be run"),
    pytest.param({"svc/__init__.py": "", "svc/utils.py": "def run(): ..."},
                 "from utils import run\nif __name__ == '__main__':\n    run()", {}, id="beside a file that is run"),
    pytest.param({"svc/__init__.py": "", "svc/utils.py": "def run(): ..."},
                 "if __name__ == '__main__':\n    from utils import run, stop", {"utils": None},
                 id="beside a file that is run, without all that is imported"),
    pytest.param({"lib/pyproject.toml": PROJECT, "lib/vendored/dateutil/__init__.py": "parser = 1"},
                 "from dateutil import parser", {"dateutil": None}, id="another project's copy of a best known one"),
    pytest.param({"lib/pyproject.toml": PROJECT, "lib/shared/config.py": "x = 1"}, "from config import x",
                 {"config": '`lib/shared/config.py` lies here: if that is meant, say `source-roots = ["lib/shared"]`'},
                 id="another project's module of a common name"),
    pytest.param({"a/helpers.py": "x = 1", "svc/zz/helpers.py": "x = 1"}, "from helpers import x",
                 {"helpers": '`svc/zz/helpers.py` lies here: if that is meant, say `source-roots = ["svc/zz"]`'},
                 id="the nearest of several"),
    pytest.param({"svc/__init__.py": "", "svc/redis.py": "class Redis: ..."},
                 "from redis import Redis\nif __name__ == '__main__':\n    Redis()", {"redis": None},
                 id="beside a file that is run, one of the best known"),
])  # fmt: skip
def test_a_module_that_lies_elsewhere(repo: Repo, files, source, remedies):
    repo.stage({"pyproject.toml": PROJECT, "svc/app.py": source, **files})
    for arguments in ((), ("--staged",)):
        assert {
            module: None if providers else remedy for module, (providers, _, remedy) in found(repo, *arguments).items()
        } == remedies


def test_a_copy_in_a_package_may_be_meant_by_its_own_files(repo: Repo):
    files = {"demo/__init__.py": "", "demo/redis/__init__.py": "", "demo/redis/client.py": ""}
    repo.stage({"pyproject.toml": PROJECT, **files, "demo/redis/a.py": "import redis.client"})
    assert found(repo)["redis"][2].startswith("`demo/redis/__init__.py` lies here")
    repo.stage(
        {"demo/redis/a.py": "", "demo/redis/client.py": "from redis.client import Redis\nfrom redis import client"}
    )
    assert found(repo)["redis"][0] == ["redis"]  # no file means itself


def test_a_package_that_lacks_what_its_own_file_imports_is_not_meant_by_it(repo: Repo):
    repo.stage({"pyproject.toml": PROJECT, "demo/__init__.py": "", "demo/pyblu/__init__.py": "import pyblu"})
    assert found(repo)["pyblu"][2].startswith("`demo/pyblu/__init__.py` lies here")
    repo.stage({"demo/pyblu/__init__.py": "import pyblu\nfrom pyblu import Player"})
    assert found(repo)["pyblu"][0] == ["pyblu"]


@pytest.mark.parametrize(("source", "is_own"), [
    pytest.param("import redis.asyncio", False, id="imports a part that it lacks"),
    pytest.param("from redis import Redis", False, id="imports a name that it lacks"),
    pytest.param("from redis import client", True, id="imports a part of its own"),
    pytest.param("import redis", True, id="imports itself"),
])  # fmt: skip
def test_a_package_whose_files_mean_another_by_its_name(repo: Repo, source, is_own):
    files = {"shared/redis/__init__.py": "VERSION = 1", "shared/redis/client.py": "", "shared/redis/a.py": source}
    repo.stage({"pyproject.toml": PROJECT, "svc/app.py": "import redis", **files})
    assert found(repo, "svc/app.py")["redis"][0] == ([] if is_own else ["redis"])


def test_a_file_beside_a_module_that_lacks_what_it_imports_says_nothing_of_the_module(repo: Repo):
    files = {"shared/redis.py": "class Redis: pass", "shared/b.py": "import shared.gone"}
    repo.stage({"pyproject.toml": PROJECT, "svc/app.py": "from redis import Redis", **files})
    assert found(repo, "svc/app.py")["redis"][2].startswith("`shared/redis.py` lies here")


def test_what_lies_under_a_source_root_is_not_to_be_named_as_one(repo: Repo):
    """The module of the package's own name means another one by it, so nothing but an exemption settles that."""
    repo.stage({"pyproject.toml": PROJECT, "src/acme/__init__.py": "", "src/acme/acme.py": "import acme"})
    assert found(repo)["acme"][2] == '`src/acme/__init__.py` lies here: if that is meant, add "acme" to `ignore`,'


BROUGHT_ALONG = (
    "`{}` and others bring a module of this common name along: declare the one that you mean, "
    "or, if your own is meant, name its folder in `source-roots`"
)


@pytest.mark.parametrize(("module", "name", "remedy"), [
    pytest.param("models", "llama-models", BROUGHT_ALONG.format("llama-models"), id="a common name"),
    pytest.param("utils", "utils", BROUGHT_ALONG.format("utils"), id="a common name, and its own"),
    pytest.param("typings", "bokeh", BROUGHT_ALONG.format("bokeh"), id="a common name of which it has rid itself"),
    pytest.param("mistralai_azure", "mistralai",
                 "`mistralai` had it, and no longer has it in {}: declare a release that does",
                 id="another of which it has rid itself, since nobody knows when"),
])  # fmt: skip
def test_a_package_that_hardly_is_meant_is_no_line(repo: Repo, module, name, remedy):
    repo.stage({"pyproject.toml": PROJECT, "app.py": f"import {module}\n"})
    assert repo.customs("--fix").status == 1
    report = json.loads(repo.customs("--format=json").out)["findings"][0]
    newest, _ = newest_release(name)
    assert (report["providers"], report["remedy"], report["declare"]) == ([name], remedy.format(newest), None)
    assert (repo.path / "pyproject.toml").read_text() == PROJECT


def test_a_helper_of_the_same_tests_is_no_stand_in(repo: Repo):
    """Under importlib no folder is inserted; the helper among the tests is what a test means all the same."""
    importlib = '\n[tool.pytest.ini_options]\naddopts = "--import-mode=importlib"\n'
    repo.stage({"pyproject.toml": PROJECT + importlib, "tests/utils.py": "", "tests/unit/test_a.py": "import utils"})
    remedy = '`tests/utils.py` lies here: if that is meant, say `source-roots = ["tests"]`'
    assert found(repo)["utils"][2] == remedy


def test_nothing_is_written_for_it(repo: Repo):
    repo.stage({"pyproject.toml": PROJECT, "svc/app.py": "import vector", "shared/vector.py": ""})
    assert repo.customs("--fix").status == 1
    assert (repo.path / "pyproject.toml").read_text() == PROJECT


SUBMODULE = "the submodule {} is not checked out, and may hold it: see with `git submodule update --init`"
ADD = 'add `"vector>=1.9.0"` to [project] dependencies'


@pytest.mark.parametrize(("path", "files", "declared", "there", "absent"), [
    pytest.param("libs/acmelib", {"setup.py": SETUP, "vector/__init__.py": ""}, "", (["acmelib"], "libs/acmelib"),
                 None, id="a local project that nothing joins"),
    pytest.param("vector", {"setup.py": SETUP, "vector/__init__.py": ""}, "", (["acmelib"], "vector"), None,
                 id="at a path of the module's name"),
    pytest.param("ext/l", {"setup.py": SETUP, "vector/__init__.py": ""},
                 'dependencies = ["acmelib"]\n[tool.uv.sources]\nacmelib = { path = "ext/l" }\n', None, "ext/l",
                 id="declared by its path"),
    pytest.param("libs/acmelib", {"setup.py": SETUP, "vector/__init__.py": ""},
                 'dependencies = []\n[tool.uv.workspace]\nmembers = ["libs/*"]\n', (["acmelib"], "libs/acmelib"),
                 "libs/acmelib", id="a member of the workspace"),
    pytest.param("sm", {"vector.py": ""}, "", ([], None), None, id="bare modules"),
    pytest.param("sm", {"venv/pyvenv.cfg": "", "venv/vector.py": "", "a.py": ""}, "", (["vector"], None), None,
                 id="an environment in it is not its own"),
])  # fmt: skip
def test_a_submodule(repo: Repo, path, files, declared, there, absent):
    inner = Repo(repo.path / path)
    inner.stage(files)
    inner.commit()
    repo.stage({"pyproject.toml": PROJECT.replace("dependencies = []\n", declared or "dependencies = []\n")})
    repo.stage({"app.py": "import vector\n", ".gitmodules": f'[submodule "s"]\n\tpath = {path}\n\turl = ./s\n'})
    repo.git("add", path)
    for arguments in ((), ("--staged",)):
        assert {module: one[:2] for module, one in found(repo, *arguments).items()} == (
            {"vector": there} if there else {}
        )
    remove(inner.path)
    inner.path.mkdir()
    left = {"vector": ([], None, SUBMODULE.format(absent))} if absent else {}
    for arguments in ((), ("--staged",)):
        assert found(repo, *arguments) == (left if absent or path == "vector" else {"vector": (["vector"], None, ADD)})


MAY_HOLD = "; the submodule {}, which is not checked out, may hold it (`git submodule update --init`)"
LOCUST = "`locust` is not declared in pyproject.toml"
ACMECORE = "`acmecore` is provided by no known package"


@pytest.mark.parametrize(("path", "files", "module", "message", "remedy"), [
    pytest.param("doc/tools/gitwash", {}, "locust", LOCUST, 'add `"locust', id="in a folder that means nothing"),
    pytest.param("doc/tools/gitwash", {}, "numpyy", "`numpyy` is provided by no known package", "did you mean `numpy`?",
                 id="a misspelling"),
    pytest.param("ext/it", {}, "acmecore", ACMECORE, "correct the spelling, or declare", id="nothing is known of it"),
    pytest.param("ext/it", {"pytest.ini": "[pytest]\npythonpath = ext/it/src\n"}, "locust", LOCUST + MAY_HOLD,
                 'add `"locust', id="a source root in it, well known"),
    pytest.param("ext/it", {"pytest.ini": "[pytest]\npythonpath = ext/it\n"}, "acmecore", ACMECORE + MAY_HOLD,
                 "correct the spelling, or declare", id="a source root, nothing known"),
    pytest.param("ext/it", {"pytest.ini": "[pytest]\npythonpath = ext/it\n"}, "numpyy",
                 "`numpyy` is provided by no known package" + MAY_HOLD, "did you mean `numpy`?",
                 id="a source root, a misspelling"),
    pytest.param("ext/it", {"pytest.ini": "[pytest]\npythonpath = ext/it\n"}, "celery",
                 "`celery` is not declared in pyproject.toml", 'add `"celery', id="a source root, beyond doubt"),
    pytest.param("ext/it", {"pytest.ini": "[pytest]\npythonpath = ext/it\n"}, "vector",
                 "`vector` is not declared in pyproject.toml", SUBMODULE, id="a source root, hardly known"),
    pytest.param("ext/it", {"a/run.py": 'import sys\nsys.path.append(root + "/ext/it/lib")'}, "acmecore",
                 ACMECORE + MAY_HOLD, "correct the spelling, or declare", id="on sys.path"),
    pytest.param("ext/it", {"setup.py": 'import sys\nsys.path.append(here + "/ext/it")'}, "acmecore", ACMECORE,
                 "correct the spelling, or declare", id="on the path of setup.py alone"),
    pytest.param("ext/it", {".vscode/settings.json": '{"python.analysis.extraPaths": ["ext/it"]}'}, "acmecore",
                 ACMECORE + MAY_HOLD, "correct the spelling, or declare", id="in an editor's settings"),
    pytest.param("third_party/acme-core", {}, "acme_core", "`acme_core` is provided by no known package" + MAY_HOLD,
                 "correct the spelling, or declare", id="called like the module"),
    pytest.param("third_party/locust", {}, "locust", LOCUST + MAY_HOLD, 'add `"locust',
                 id="called like the module, well known"),
    pytest.param("it", {}, "acmecore", ACMECORE, "correct the spelling, or declare", id="beside it"),
    pytest.param("it", {}, "vector", LOCUST.replace("locust", "vector"), ADD, id="beside it, popular"),
    pytest.param("it", {}, "locust", LOCUST, 'add `"locust', id="beside it, well known"),
    pytest.param("docs", {}, "acmecore", ACMECORE, "correct the spelling, or declare", id="documentation"),
])  # fmt: skip
def test_what_a_submodule_that_is_not_checked_out_may_hold(repo: Repo, path, files, module, message, remedy):
    repo.stage({"pyproject.toml": PROJECT, "app/__init__.py": "", "app/a.py": f"import {module}\n", **files})
    repo.git("update-index", "--add", "--cacheinfo", f"160000,{'1' * 40},{path}")
    for arguments in ((), ("--staged",)):
        (one,) = json.loads(repo.customs(*arguments, "--format=json").out)["findings"]
        without_day = re.sub(r" \(index of [^)]*\)", "", one["message"])
        assert (without_day, one["remedy"].startswith(remedy.format(path))) == (message.format(path), True), one


def test_a_package_that_a_table_names_in_a_submodule(repo: Repo):
    table = '[tool.poetry]\nname = "app"\npackages = [{ include = "app" }, { include = "acme_sdk", from = "sdk" }]\n'
    repo.stage({"pyproject.toml": table, "app/__init__.py": "", "app/a.py": "from acme_sdk.client import C\n"})
    repo.stage({".gitmodules": '[submodule "sdk"]\n\tpath = sdk\n'})
    repo.git("update-index", "--add", "--cacheinfo", f"160000,{'1' * 40},sdk")
    (repo.path / "sdk").mkdir()
    for arguments in ((), ("--staged",)):
        assert found(repo, *arguments) == {}
    repo.stage({"pyproject.toml": table.replace("acme_sdk", "other")})
    assert list(found(repo)) == ["acme_sdk"]


SCRIPT = "# /// script\n# dependencies = []\n{}# ///\nimport config, zz_own\n"
OWN = '# [tool.import-customs]\n# ignore = ["zz_own"]\n'
IGNORING = '[tool.import-customs]\nignore = ["zz_own"]\n'


@pytest.mark.parametrize(
    ("around", "script", "told", "settled"),
    [
        pytest.param(
            {"pyproject.toml": PROJECT + IGNORING},
            "",
            '`source-roots = ["shared"]` under [tool.import-customs] in pyproject.toml;',
            {"pyproject.toml": f'{PROJECT}{IGNORING}source-roots = ["shared"]\n'},
            id="of the project around it",
        ),
        pytest.param(
            {"pyproject.toml": IGNORING},
            "",
            '`source-roots = ["shared"]` under [tool.import-customs] in pyproject.toml;',
            {"pyproject.toml": f'{IGNORING}source-roots = ["shared"]\n'},
            id="where nothing declares",
        ),
        pytest.param(
            {"pyproject.toml": PROJECT},
            OWN,
            '`source-roots = ["../shared"]` under [tool.import-customs] in the metadata of tools/run.py;',
            {"tools/run.py": SCRIPT.format(f'{OWN}# source-roots = ["../shared"]\n')},
            id="its own",
        ),
        pytest.param(
            {"README.md": ""},
            OWN,
            '`source-roots = ["../shared"]` under [tool.import-customs] in the metadata of tools/run.py;',
            {"tools/run.py": SCRIPT.format(f'{OWN}# source-roots = ["../shared"]\n')},
            id="its own, in no project",
        ),
    ],
)
def test_the_remedy_of_a_script_works(
    repo: Repo, around: dict[str, str], script: str, told: str, settled: dict[str, str]
) -> None:
    repo.stage({"shared/config.py": "x = 1", "tools/run.py": SCRIPT.format(script), **around})
    findings = json.loads(repo.customs("--format=json").out)["findings"]
    assert [one["module"] for one in findings] == ["config"]
    assert told in findings[0]["remedy"]
    repo.stage(settled)
    assert repo.customs().status == 0


@pytest.mark.parametrize(
    ("module", "otherwise"),
    [
        pytest.param("pymde", "if the package `pymde` is, declare it", id="known"),
        pytest.param("build_utils", "if not, declare the package that you mean", id="only brought along"),
        pytest.param("acme_of_nobody", "if not, declare the package that you mean", id="not known"),
    ],
)
def test_what_else_may_be_meant_is_named(repo: Repo, module: str, otherwise: str) -> None:
    repo.stage({"pyproject.toml": PROJECT, f"shared/{module}.py": "", "a.py": f"import {module}\n"})
    assert repo.customs("--quiet").out.endswith(f"{otherwise}\n")
