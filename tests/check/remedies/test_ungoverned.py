"""Files that no project governs: one run names all that they import, and what to put into a requirements.txt."""

import json
import re
import shutil

import pytest

from conftest import Repo

LAST = (
    "    or state them in a pyproject.toml with a [project] table,\n"
    "    or name the file that states them: `--requirements-file FILE`\n"
)
CREATE = "create requirements.txt with these lines:"
COMMON = {
    "libs/common/pyproject.toml": '[project]\nname = "acme-common"\nversion = "1"\n',
    "libs/common/src/acme_common/__init__.py": "",
}


@pytest.mark.parametrize(
    ("files", "told"),
    [
        pytest.param(
            {"scripts/up.py": "import os\nimport boto3\nimport click, yaml\nimport click.core\n"},
            "scripts/up.py:2:8: error: no pyproject.toml states a project for it\n"
            "    it imports `boto3`, `click` and `yaml`\n"
            "    create requirements.txt with these lines:\n\n        boto3\n        click\n        pyyaml\n\n",
            id="all that a file imports",
        ),
        pytest.param(
            {"a.py": "import pkg_resources\n"},
            "a.py:1:8: error: no pyproject.toml states a project for it\n"
            "    it imports `pkg_resources`\n"
            "    create requirements.txt with these lines:\n\n        setuptools<82\n\n",
            id="what the newest release no longer installs",
        ),
        pytest.param(
            {"scripts/a.py": "import redis\n", "scripts/b/c.py": "import six\n"},
            "scripts/a.py:1:8: error: no pyproject.toml states a project for it\n"
            "    it and 1 more file import `redis` and `six`\n"
            "    create requirements.txt with these lines:\n\n        redis\n        six\n\n",
            id="one file for the folder of all",
        ),
        pytest.param(
            {"a.py": "import zz_own\n"},
            "a.py:1:8: error: no pyproject.toml states a project for it; it imports `zz_own`\n"
            "    list what provides it in requirements.txt\n"
            "    no known package provides `zz_own`: "
            "check the spelling; a package of that name counts once listed there\n",
            id="nobody else's package",
        ),
        pytest.param(
            {"a.py": "import yaml, reqeusts\n"},
            "a.py:1:8: error: no pyproject.toml states a project for it\n"
            "    it imports `yaml` and `reqeusts`\n"
            "    create requirements.txt with these lines:\n\n        pyyaml\n\n"
            "    `reqeusts`: did you mean `requests`? That needs `requests`, which is not declared\n",
            id="a misspelling",
        ),
        pytest.param(
            COMMON | {"scripts/a.py": "import acme_common\n"},
            "scripts/a.py:1:8: error: no pyproject.toml states a project for it\n"
            "    it imports `acme_common`\n"
            "    create requirements.txt with these lines:\n\n        -e ./libs/common\n\n",
            id="a local project by its path",
        ),
        pytest.param(
            {"a.py": "import cv2\n"},
            "a.py:1:8: error: no pyproject.toml states a project for it; it imports `cv2`\n"
            "    create requirements.txt with these lines:\n\n        opencv-python\n\n"
            "    Instead of `opencv-python` you may want `opencv-python-headless` or `opencv-contrib-python`.\n",
            id="a choice",
        ),
        pytest.param(
            {"lib/aiohttp/aiohttp/__init__.py": "", "examples/a.py": "import aiohttp, redis\n"},
            "examples/a.py:1:8: error: no pyproject.toml states a project for it\n"
            "    it imports `aiohttp` and `redis`\n"
            "    create requirements.txt with these lines:\n\n        redis\n\n"
            '    `lib/aiohttp/aiohttp/__init__.py` lies here: if that is meant, say `source-roots = ["lib/aiohttp"]` '
            "under [tool.import-customs] in pyproject.toml; if not, see whether `aiohttp` is, and declare it\n",
            id="what the repository holds, though it is one of the best known",
        ),
        pytest.param(
            {"a.py": "import yaml, geoviews, google.colab\n"},
            "a.py:1:8: error: no pyproject.toml states a project for it\n"
            "    it imports `yaml`, `geoviews` and `google.colab`\n"
            "    create requirements.txt with these lines:\n\n        pyyaml\n\n"
            "    `geoviews`: `geoviews` installs it; it is not among the most downloaded: check that it is what you "
            "want before you declare it\n"
            '    if Google Colab runs this file, add "google.colab" to `ignore`, under '
            "[tool.import-customs] in pyproject.toml\n",
            id="what no line settles",
        ),
    ],
)
def test_what_is_told(repo: Repo, files: dict[str, str], told: str) -> None:
    repo.stage(files)
    ran = repo.customs("--scope", "all")
    assert (ran.status, ran.err) == (2, told + LAST)


@pytest.mark.parametrize(
    ("files", "where"),
    [
        pytest.param({"setup.py": "from setuptools import setup\nsetup(name='a')\n"}, "setup.py", id="setup.py"),
        pytest.param({"setup.cfg": "[options]\npackages = find:\n"}, "setup.cfg", id="setup.cfg"),
    ],
)
def test_a_setup_file_without_dependencies_may_state_them(repo: Repo, files: dict[str, str], where: str) -> None:
    repo.stage(files | {"a.py": "import celery\n"})
    assert f"    or state them in install_requires of {where}, or in a pyproject.toml" in repo.customs("a.py").err
    ((path, text),) = files.items()
    stated = {
        "setup.py": text.replace("name='a'", "name='a', install_requires=['celery']"),
        "setup.cfg": f"{text}install_requires =\n    celery\n",
    }
    repo.stage({path: stated[path]})
    assert repo.customs("a.py").status == 0


def test_nothing_can_be_declared_for_what_a_host_brings(repo: Repo) -> None:
    repo.stage({"a.py": "import bpy, bmesh\n"})
    assert repo.customs("--scope", "all").err == (
        "a.py:1:8: error: no pyproject.toml states a project for it\n"
        "    it imports `bpy` and `bmesh`\n"
        "    no package can be declared for that:\n"
        '    if Blender runs this file, add "bpy", "bmesh" to `ignore`, under [tool.import-customs] in pyproject.toml\n'
    )
    repo.stage({"pyproject.toml": '[tool.import-customs]\nignore = ["bpy", "bmesh"]\n'})
    assert repo.customs("--scope", "all").status == 0


def test_what_is_told_settles_it(repo: Repo) -> None:
    repo.stage(COMMON | {"scripts/a.py": "import acme_common, yaml\n"})
    lines = [line.strip() for line in repo.customs().err.splitlines() if line.startswith("        ")]
    repo.stage({"requirements.txt": "\n".join(lines)})
    assert repo.customs().status == 0


NEIGHBOURS = {"services/a/requirements.txt": "six\n", "services/b/pyproject.toml": '[project]\nname = "b"\n'}
CODE = {"services/a/a.py": "", "services/b/b.py": ""}


def test_nothing_is_said_to_be_left_where_nothing_could_be_judged(repo: Repo) -> None:
    repo.stage({"a.py": "import yaml\n"})
    ran = repo.customs("--ignore-existing")
    assert (ran.status, ran.out) == (2, "")


def test_several_places_are_told_in_one_go(repo: Repo) -> None:
    repo.stage(NEIGHBOURS | CODE | COMMON | {"services/c/a.py": "import yaml, redis\n"})
    repo.stage({"services/d/b.py": "import acme_common, zz_own\n", "services/e/c.py": "import zz_other\n"})
    assert repo.customs("--scope", "all").err.endswith(
        "services/c/a.py:1:8: error: no pyproject.toml states a project for it\n"
        "    it and 2 more files import `yaml`, `redis`, `acme_common`, `zz_own` and\n    `zz_other`\n"
        "    create these files, with what is named here, a line each:\n\n"
        "        services/c/requirements.txt: pyyaml, redis\n"
        "        services/d/requirements.txt: -e ../../libs/common\n\n"
        "    no known package provides `zz_own` and `zz_other`: "
        f"check the spelling; packages of these names count once listed there\n{LAST}"
    )


@pytest.mark.parametrize(
    ("files", "folders"),
    [
        pytest.param({"plugins/modules/a.py": "import yaml\n"}, [""], id="the root"),
        pytest.param(
            {"plugins/x/a.py": "import yaml\n", "plugins/y/b.py": "import redis\n"}, [""], id="of two folders"
        ),
        pytest.param(
            NEIGHBOURS | CODE | {"services/c/api/a.py": "import yaml\n"}, ["services/c/"], id="as its neighbours do"
        ),
        pytest.param(
            NEIGHBOURS | CODE | {"services/c/a.py": "import yaml\n", "services/d/b.py": "import redis\n"},
            ["services/c/", "services/d/"],
            id="two such",
        ),
        pytest.param(NEIGHBOURS | CODE | {"services/c.py": "import yaml\n"}, [""], id="above those neighbours"),
        pytest.param(NEIGHBOURS | CODE | {"tools/c.py": "import yaml\n"}, [""], id="in another folder"),
        pytest.param(NEIGHBOURS | {"services/c/c.py": "import yaml\n"}, [""], id="neighbours without code"),
        pytest.param(
            {"a/requirements.txt": "six\n", "a/a.py": "", "c/c.py": "import yaml\n"}, [""], id="one neighbour alone"
        ),
        pytest.param(
            {f"{one}/{name}": "" for one in ("docs", "tests", ".ci") for name in ("requirements.txt", "a.py")}
            | {"c/c.py": "import yaml\n"},
            [""],
            id="folders of docs and tests",
        ),
    ],
)
def test_where_to_create_it(repo: Repo, files: dict[str, str], folders: list[str]) -> None:
    repo.stage(files)
    ran = repo.customs("--scope", "all")
    assert re.findall(r"^ +(?:create )?(\S*)requirements\.txt(?: with|:)", ran.err, re.MULTILINE) == folders


def test_a_lock_file_is_not_replaced(repo: Repo) -> None:
    repo.stage({"requirements.txt": "# autogenerated by uv\nsix==1\n", "a.py": "import yaml\n"})
    assert "create requirements.in with these lines:" in repo.customs("--scope", "all").err
    repo.stage({"requirements.in": "pyyaml\n"})
    assert repo.customs("--scope", "all").status == 0


def test_the_place_is_the_same_in_the_next_commit(repo: Repo) -> None:
    repo.stage({"plugins/modules/a.py": "import yaml\n"})
    assert "create requirements.txt" in repo.customs("plugins/modules/a.py", PRE_COMMIT="1").err
    repo.git("commit", "-qm", "one")
    repo.stage({"plugins/callback/b.py": "import redis\n"})
    ran = repo.customs("plugins/callback/b.py", PRE_COMMIT="1")
    assert "create requirements.txt with these lines, and `git add` it:" in ran.err


THERE = "3rdparty/python/requirements.txt"
APART = {THERE: "# ours\nPyYAML>=6\n", "3rdparty/python/BUILD": "", "app/a.py": ""}


@pytest.mark.parametrize(
    ("files", "lines"),
    [
        pytest.param({"app/a.py": "import yaml\n"}, [f"-r {THERE}"], id="all of it"),
        pytest.param({"app/a.py": "import redis, yaml\n"}, [f"-r {THERE}", "redis"], id="a part"),
        pytest.param({"app/a.py": "import redis\n"}, ["redis"], id="nothing of it"),
        pytest.param(
            {"app/a.py": "import six\n", "3rd party/requirements.txt": "six\n"},
            ['-r "3rd party/requirements.txt"'],
            id="a path with a blank",
        ),
        pytest.param(
            {"app/a.py": "import yaml\n", "b/requirements.txt": "six\n", "b/b.py": ""},
            [f"-r {THERE}"],
            id="another folder keeps its own beside its code",
        ),
        pytest.param(
            {"app/a.py": "import yaml\n", "3rdparty/python/x.py": "import yaml\n"},
            ["pyyaml"],
            id="kept for the code beside it",
        ),
        pytest.param(
            {"app/a.py": "import yaml\n", "3rdparty/python/x.py": "import os\n"},
            [f"-r {THERE}"],
            id="beside code that needs nothing of it",
        ),
        pytest.param(
            {"app/a.py": "import six, yaml, redis\n", "docker/requirements-arm.txt": "six\n", THERE: "pyyaml\nsix\n"},
            [f"-r {THERE}", "redis"],
            id="the one that states most",
        ),
        pytest.param(
            COMMON | {"app/a.py": "import acme_common, yaml\n", THERE: "pyyaml\nacme-common==1\n"},
            ["-e ./libs/common", f"-r {THERE}"],
            id="a local project of a name that is stated",
        ),
        pytest.param({"app/a.py": "import six\n", "docs/requirements.txt": "six\n"}, ["six"], id="for the docs"),
        pytest.param(
            {"app/a.py": "import six\n", "lock/requirements.txt": "# autogenerated by uv\nsix==1\n"},
            ["six"],
            id="compiled",
        ),
    ],
)
def test_what_is_stated_apart_from_all_code(repo: Repo, files: dict[str, str], lines: list[str]) -> None:
    repo.stage(APART | files)
    told = repo.customs("--scope", "all").err
    assert re.findall(r"^ {8}(.*)", told, re.MULTILINE) == lines
    repo.stage({"requirements.txt": "\n".join(lines)})
    assert repo.customs("--scope", "all").status == 0


@pytest.mark.parametrize(
    ("manifest", "last"),
    [
        pytest.param('{"requirements": [\n"redis==5"]}', "x/manifest.json:2 names `redis`; that declares nothing here",
                     id="Home Assistant's"),
        pytest.param('{"name":\n"redis"}', LAST.splitlines()[-1].strip(), id="of something else"),
    ],
)  # fmt: skip
def test_a_manifest_is_named_behind_the_other_ways(repo: Repo, manifest: str, last: str) -> None:
    repo.stage({"x/manifest.json": manifest, "x/a.py": "import redis\n"})
    assert repo.customs("--scope", "all").err.splitlines()[-1].strip() == last


@pytest.mark.parametrize(
    ("files", "first"),
    [
        pytest.param(
            {"a.py": "import redis\n"},
            "create requirements.txt with these lines, `git add` it, and name it in the commit too:",
            id="one file",
        ),
        pytest.param(
            NEIGHBOURS | {"services/c/a.py": "import yaml\n", "services/d/b.py": "import redis\n"},
            "create these files, `git add` them, and name them in the commit too, with what is named here, "
            "a line each:",
            id="several",
        ),
    ],
)
def test_a_commit_of_named_files_has_to_name_it(repo: Repo, files: dict[str, str], first: str) -> None:
    repo.stage(files | CODE)
    shutil.copy(repo.path / ".git" / "index", repo.path / ".git" / "next-index-1.lock")
    ran = repo.customs("--staged", GIT_INDEX_FILE=".git/next-index-1.lock")
    assert f"    {first}\n" in ran.err


def test_the_place_in_a_notebook_is_its_cell(repo: Repo) -> None:
    code = {"cell_type": "code", "metadata": {}, "outputs": [], "source": ["import os\n", "import celery"]}
    repo.stage({"a/n.ipynb": json.dumps({"cells": [code, code], "metadata": {}, "nbformat": 4, "nbformat_minor": 5})})
    assert repo.customs("--scope", "all").err.startswith("a/n.ipynb:cell 1:2:8: error: no pyproject.toml")
    assert repo.customs("--scope", "all", cwd="a").err.startswith("n.ipynb:cell 1:2:8: error: no pyproject.toml")
    repo.write({"a/requirements.txt": "celery\n"})
    assert repo.customs("--staged").err.startswith("a/n.ipynb:cell 1:2:8: error: `celery` is declared in")


def test_of_many_misspellings_a_few_are_told(repo: Repo) -> None:
    repo.stage({"a.py": "import reqeusts, nunpy, pandsa, scipyy, falsk, celrey, plotyl, jijna2\n"})
    told = repo.customs("--scope", "all").err
    assert told.count("`: did you mean `") == 6
    assert "\n    and 2 more to be settled by hand\n" in told
