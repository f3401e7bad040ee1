"""Modules that the repository holds where an import does not reach them, and what is said of them: no package."""

import json

import pytest

from conftest import Repo, remove

PROJECT = '[project]\nname = "demo"\nversion = "1"\nrequires-python = ">=3.11"\ndependencies = []\n'
SETUP = 'from setuptools import setup\nsetup(name="acmelib", packages=["common"])\n'
SHARED = '`shared/{0}.py` lies here: if that is meant, say `source-roots = ["shared"]`'


def found(repo: Repo, *arguments: str) -> dict[str, tuple[list[str], str | None, str]]:
    """By module: the providers, the local project, and the remedy up to its first semicolon or `under`."""
    findings = json.loads(repo.customs(*arguments, "--format=json").out)["findings"]
    return {
        one["module"]: (one["providers"], one["local"], one["remedy"].partition(" under ")[0].partition("; ")[0])
        for one in findings
    }


@pytest.mark.parametrize(("files", "source", "remedies"), [
    pytest.param({"shared/config.py": "x = 1", "shared/common.py": "", "shared/utils.py": "", "shared/models.py": ""},
                 "from config import x\nimport common, utils, models",
                 {name: SHARED.format(name) for name in ("config", "common", "utils", "models")},
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
    pytest.param({"tests/fakes/redis.py": ""}, "import redis", {"redis": None}, id="a stand-in of the tests"),
    pytest.param({"demo/__init__.py": "", "demo/utils.py": "def run(): ..."}, "from utils import run",
                 {"utils": '`demo/utils.py` lies here: if that is meant, say `source-roots = ["demo"]`'},
                 id="a module of a package defines what is imported"),
    pytest.param({"demo/__init__.py": "", "demo/redis.py": "class Redis: ..."}, "from redis import Redis",
                 {"redis": None}, id="a module of a package does not stand for one of the best known"),
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


def test_nothing_is_written_for_it(repo: Repo):
    repo.stage({"pyproject.toml": PROJECT, "svc/app.py": "import common", "shared/common.py": ""})
    assert repo.customs("--fix").status == 1
    assert (repo.path / "pyproject.toml").read_text() == PROJECT


SUBMODULE = "the submodule {} is not checked out, and may hold it: see with `git submodule update --init`"


@pytest.mark.parametrize(("path", "files", "declared", "there", "absent"), [
    pytest.param("libs/acmelib", {"setup.py": SETUP, "common/__init__.py": ""}, "", (["acmelib"], "libs/acmelib"),
                 "libs/acmelib", id="a local project"),
    pytest.param("common", {"setup.py": SETUP, "common/__init__.py": ""}, "", (["acmelib"], "common"), None,
                 id="at a path of the module's name"),
    pytest.param("ext/l", {"setup.py": SETUP, "common/__init__.py": ""},
                 'dependencies = ["acmelib"]\n[tool.uv.sources]\nacmelib = { path = "ext/l" }\n', None, "ext/l",
                 id="declared by its path"),
    pytest.param("sm", {"common.py": ""}, "", ([], None), "sm", id="bare modules"),
    pytest.param("sm", {"venv/pyvenv.cfg": "", "venv/common.py": "", "a.py": ""}, "", (["common"], None), "sm",
                 id="an environment in it is not its own"),
])  # fmt: skip
def test_a_submodule(repo: Repo, path, files, declared, there, absent):
    inner = Repo(repo.path / path)
    inner.stage(files)
    inner.commit()
    repo.stage({"pyproject.toml": PROJECT.replace("dependencies = []\n", declared or "dependencies = []\n")})
    repo.stage({"app.py": "import common\n", ".gitmodules": f'[submodule "s"]\n\tpath = {path}\n\turl = ./s\n'})
    repo.git("add", path)
    for arguments in ((), ("--staged",)):
        assert {module: one[:2] for module, one in found(repo, *arguments).items()} == (
            {"common": there} if there else {}
        )
    remove(inner.path)
    inner.path.mkdir()
    for arguments in ((), ("--staged",)):
        left = {"common": ([], None, SUBMODULE.format(absent))} if absent else {}
        assert found(repo, *arguments) == left


def test_a_submodule_that_is_not_checked_out_may_hold_what_is_not_beyond_doubt(repo: Repo):
    repo.stage({"pyproject.toml": PROJECT, "app.py": "import celery, tools\n"})
    repo.git("update-index", "--add", "--cacheinfo", f"160000,{'1' * 40},docs")
    assert {module: one[0] for module, one in found(repo).items()} == {"celery": ["celery"], "tools": ["tools"]}
    repo.git("update-index", "--add", "--cacheinfo", f"160000,{'1' * 40},third_party/it")
    assert {module: one[0] for module, one in found(repo).items()} == {"celery": ["celery"], "tools": []}
