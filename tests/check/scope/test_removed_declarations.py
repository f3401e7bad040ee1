"""A change that takes a declaration away says so at each import that needs it, however old that import is."""

import tomllib
from typing import Any

import pytest

from conftest import Repo
from import_customs.check.pipeline import redeclaring
from import_customs.model import WORKTREE, Locations, Scope
from import_customs.repository import git
from import_customs.repository.tree import Noted, Worktree

PROJECT = '[project]\nname = "a"\nversion = "1"\ndependencies = [{}]\n'
REMEDY = "    keep the declaration, or remove the import\n"


@pytest.mark.parametrize(
    ("file", "before", "after", "source", "message"),
    [
        pytest.param(
            "pyproject.toml",
            PROJECT.format('"pyyaml"'),
            PROJECT.format(""),
            "import os, yaml\n",
            "1:12: undeclared: `yaml` is imported here, and this change removes `pyyaml` from pyproject.toml",
            id="the file was not touched",
        ),
        pytest.param(
            "requirements.txt",
            "celery\nsix\n",
            "six\n",
            "import celery\n",
            "1:8: undeclared: `celery` is imported here, and this change removes it from requirements.txt",
            id="called like the module",
        ),
        pytest.param(
            "setup.py",
            'from setuptools import setup\nsetup(name="a", install_requires="""\ncelery\nsix\n""")\n',
            'from setuptools import setup\nsetup(name="a", install_requires="six")\n',
            "import celery\n",
            "1:8: undeclared: `celery` is imported here, and this change removes it from setup.py",
            id="in a text of several lines",
        ),
        pytest.param(
            "pyproject.toml",
            PROJECT.format('"ourcorp-billing"'),
            PROJECT.format(""),
            "import ourcorp.billing\n",
            "1:8: unknown: `ourcorp` is imported here, and this change removes `ourcorp-billing` from pyproject.toml",
            id="private: nothing else is known to provide it",
        ),
        pytest.param(
            "pyproject.toml",
            PROJECT.format('"acme-sdk"') + '[tool.import-customs]\nprovides = { acme-sdk = ["prices"] }\n',
            PROJECT.format("") + '[tool.import-customs]\nprovides = { acme-sdk = ["prices"] }\n',
            "import prices\n",
            "1:8: undeclared: `prices` is imported here, and this change removes `acme-sdk` from pyproject.toml",
            id="what the project says provides it",
        ),
    ],
)
def test_a_removed_declaration_is_named(
    repo: Repo, file: str, before: str, after: str, source: str, message: str
) -> None:
    repo.stage({file: before, "w.py": source})
    repo.commit()
    repo.stage({file: after})
    ran = repo.customs(PRE_COMMIT="1")
    assert (ran.status, ran.out.split("\n")[0]) == (1, f"w.py:{message}")
    assert REMEDY in ran.out
    assert "No known package" not in ran.out


def test_one_that_moves_to_a_file_which_does_not_count_is_found_there(repo: Repo) -> None:
    repo.stage({"pyproject.toml": PROJECT.format('"pyyaml"'), "w.py": "import yaml\n"})
    repo.commit()
    repo.stage({"pyproject.toml": PROJECT.format(""), "requirements.txt": "pyyaml\n"})
    ran = repo.customs("--quiet", PRE_COMMIT="1")
    key = 'add `requirements-files = ["requirements.txt"]` under [tool.import-customs]'
    assert f"requirements.txt:1 states it: {key}, or {REMEDY.strip()}" in ran.out


SETUP_CFG = "[metadata]\nname = a\n[options]\ninstall_requires = file: requirements.txt\n"
KEPT = '[tool.import-customs]\nrequirements-files = ["../requirements.txt"]\n'


@pytest.mark.parametrize(
    ("files", "removed"),
    [
        pytest.param({"a/requirements.txt": "-r ../base.txt\n"}, "base.txt", id="requirements files alone"),
        pytest.param({"a/requirements/dev.txt": "-r ../../all/base.txt\n"}, "all/base.txt", id="a folder of them"),
        pytest.param({"a/setup.cfg": SETUP_CFG, "a/requirements.txt": "-r ../base.txt\n"}, "base.txt", id="setup.cfg"),
        pytest.param({"a/pyproject.toml": PROJECT.format("") + KEPT}, "requirements.txt", id="a key of the project"),
        pytest.param({"a/requirements.in": "-r ../base.in\n"}, "base.in", id="sources that are compiled"),
        pytest.param(
            {"a/setup.cfg": SETUP_CFG.replace("requirements.txt", "../deps.list")}, "deps.list", id="of another kind"
        ),
    ],
)
def test_a_line_that_projects_in_other_folders_read_is_missed_there(
    repo: Repo, files: dict[str, str], removed: str
) -> None:
    repo.stage({**files, removed: "celery\nsix\n", "a/w.py": "import celery\n"})
    repo.commit()
    assert repo.customs("--scope", "all").status == 0
    repo.stage({removed: "six\n"})
    ran = repo.customs(PRE_COMMIT="1")
    assert (ran.status, ran.out.split("\n")[0]) == (
        1,
        f"a/w.py:1:8: undeclared: `celery` is imported here, and this change removes it from {removed}",
    )


@pytest.mark.parametrize("left", [pytest.param("six\n", id="names it no more"), pytest.param(None, id="goes")])
def test_a_file_that_only_names_another_is_missed_in_other_folders(repo: Repo, left: str | None) -> None:
    repo.stage({"a/requirements.txt": "six\n-r ../mid.list\n", "mid.list": "-r base.list\n", "base.list": "celery\n"})
    repo.stage({"a/w.py": "import celery\n"})
    repo.commit()
    assert repo.customs("--scope", "all").status == 0
    if left is None:
        repo.git("rm", "-q", "mid.list")
    else:
        repo.stage({"mid.list": left})
    assert "a/w.py:1:8: undeclared: `celery` " in repo.customs(PRE_COMMIT="1").out


ASKING = '[project]\nname = "{}"\nversion = "1"\ndependencies = ["{}"]\n[project.optional-dependencies]\ncelery = {}\n'


@pytest.mark.parametrize(
    "asking",
    [
        pytest.param({}, id="it asks for the extra"),
        pytest.param({"a/pyproject.toml": ASKING.format("a", "mid[celery]", []),
                      "mid/pyproject.toml": ASKING.format("mid", "six", ["lib[celery]"])},
                     id="through another project"),
        pytest.param({"a/pyproject.toml": None, "a/requirements.txt": "../lib[celery]\n"}, id="by a path"),
    ],
)  # fmt: skip
def test_what_an_extra_of_another_project_brought_is_missed(repo: Repo, asking: dict[str, str | None]) -> None:
    files = {"a/pyproject.toml": ASKING.format("a", "lib[celery]", []), "a/w.py": "import celery\n", **asking}
    lib = ASKING.format("lib", "six", ["celery"])
    repo.stage({**{path: text for path, text in files.items() if text is not None}, "lib/pyproject.toml": lib})
    repo.commit()
    assert repo.customs("--scope", "all").status == 0
    repo.stage({"lib/pyproject.toml": ASKING.format("lib", "six", [])})
    ran = repo.customs(PRE_COMMIT="1")
    assert (ran.status, ran.out.partition(" not declared")[0]) == (1, "a/w.py:1:8: undeclared: `celery` is")


@pytest.mark.parametrize(
    "change",
    [
        pytest.param({"pyproject.toml": PROJECT.format("")}, id="the file that states it counts no more"),
        pytest.param({"b.py": "import celery\n"}, id="never declared"),
        pytest.param(
            {"requirements.txt": "pyyaml\nsix\n", "b/pyproject.toml": PROJECT.format(""), "b/w.py": "import yaml\n"},
            id="the project that declares it stays, and a new one governs the file",
        ),
    ],
)
def test_what_is_not_removed_is_not_said_to_be(repo: Repo, change: dict[str, str]) -> None:
    repo.stage({"requirements.txt": "pyyaml\n", "w.py": "import yaml\n"})
    repo.commit()
    repo.stage(change)
    ran = repo.customs(*change, PRE_COMMIT="1")
    assert ran.status == 1
    assert "removes" not in ran.out


BASE = '[project]\nname = "a"\nversion = "1"\n'
UV, POETRY, PDM = "[tool.uv]\n", "[tool.poetry]\n", "[tool.pdm]\n"
EXTRA = '[project.optional-dependencies]\nbrotli = ["brotli"]\n'
H2 = 'http2 = ["h2>=3,<5"]\n'
GROUP = '[dependency-groups]\ntest = ["pytest"]\n'
OLD_POETRY = '[tool.poetry]\nname = "a"\n[tool.poetry.dependencies]\npython = "^3.11"\n'


@pytest.mark.parametrize(
    ("before", "after", "module", "told"),
    [
        pytest.param(
            BASE + 'dependencies = ["idna>=2.5,<4"]\n',
            BASE + "dependencies = []\n",
            "idna",
            'dependencies = [\n        "idna>=2.5,<4",\n    ]',
            id="runtime, with its bounds",
        ),
        pytest.param(
            BASE + EXTRA + H2, BASE + EXTRA, "h2", 'http2 = [\n        "h2>=3,<5",\n    ]', id="an extra that is gone"
        ),
        pytest.param(
            BASE + EXTRA + 'cli = ["click==8.*", "rich"]\n',
            BASE + EXTRA + 'cli = ["rich"]\n',
            "click",
            'cli = [\n        "rich",\n        "click==8.*",\n    ]',
            id="an extra that has more",
        ),
        pytest.param(
            BASE + "dependencies = []\n" + GROUP + 'dev = ["click~=8.1"]\n',
            BASE + "dependencies = []\n" + GROUP,
            "click",
            'dev = [\n        "click~=8.1",\n    ]',
            id="a group that is gone",
        ),
        pytest.param(
            BASE + "dependencies = ['idna[all] >=2.5; python_version < \"4\"']\n",
            BASE + "dependencies = []\n",
            "idna",
            "\"idna[all] >=2.5; python_version < '4'\"",
            id="with its extras and its marker",
        ),
        pytest.param(
            BASE + 'dependencies = ["ourcorp-billing>=2"]\n',
            BASE + "dependencies = []\n",
            "ourcorp.billing",
            '"ourcorp-billing>=2"',
            id="private, of which nothing is known",
        ),
        pytest.param(
            BASE + 'dependencies = ["opencv-python-headless>=4"]\n',
            BASE + "dependencies = []\n",
            "cv2",
            '"opencv-python-headless>=4"',
            id="one of several that install the module",
        ),
        pytest.param(
            BASE + 'dependencies = ["idna>=2.5,<4"]\n' + UV,
            BASE + "dependencies = []\n" + UV,
            "idna",
            'uv add "idna>=2.5,<4"',
            id="uv",
        ),
        pytest.param(
            BASE + EXTRA + H2 + UV, BASE + EXTRA + UV, "h2", 'uv add --optional http2 "h2>=3,<5"', id="uv, an extra"
        ),
        pytest.param(BASE + EXTRA + H2 + PDM, BASE + EXTRA + PDM, "h2", 'pdm add -G http2 "h2>=3,<5"', id="PDM"),
        pytest.param(
            BASE + 'dependencies = ["idna @ https://x.org/idna.zip"]\n' + UV,
            BASE + "dependencies = []\n" + UV,
            "idna",
            '"idna @ https://x.org/idna.zip"',
            id="uv would move a URL to another table",
        ),
        pytest.param(
            BASE + 'dependencies = []\n[tool.uv]\ndev-dependencies = ["click~=8.1"]\n',
            BASE + "dependencies = []\n[tool.uv]\nmanaged = true\n",
            "click",
            'uv add --dev "click~=8.1"',
            id="uv, the old list of a group is gone",
        ),
        pytest.param(
            OLD_POETRY + '[tool.poetry.group.my_tools.dependencies]\nclick = "~8.1"\n',
            OLD_POETRY,
            "click",
            'poetry add --group my-tools "click@~8.1"',
            id="Poetry, a group that is gone",
        ),
        pytest.param(
            OLD_POETRY + 'idna = "^2.5"\n', OLD_POETRY, "idna", 'poetry add "idna@^2.5"', id="a table of Poetry's"
        ),
        pytest.param(
            OLD_POETRY + 'idna = { version = "^2.5", optional = true }\n',
            OLD_POETRY,
            "idna",
            'idna = { version = "^2.5", optional = true }',
            id="Poetry's command cannot say it all",
        ),
    ],
)
def test_the_old_requirement_is_put_back_at_its_place(
    repo: Repo, before: str, after: str, module: str, told: str
) -> None:
    repo.stage({"pyproject.toml": before, "a/w.py": f"import {module}\n"})
    repo.commit()
    repo.stage({"pyproject.toml": after})
    assert told in repo.customs(PRE_COMMIT="1").out
    assert repo.customs("--fix", "--staged").status == 1
    fixed = (repo.path / "pyproject.toml").read_text()
    assert _plain(fixed) == _plain(before) or "managed" in after
    repo.git("add", "pyproject.toml")
    assert repo.customs("--staged").status == 0


def _plain(text: str) -> Any:
    """The document, whose lists are in order and whose requirements have one kind of quotes."""

    def plain(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: plain(one) for key, one in value.items()}
        return sorted(one.replace('"', "'") for one in value) if isinstance(value, list) else value

    return plain(tomllib.loads(text))


def test_of_two_places_the_first_that_fits_is_taken(repo: Repo) -> None:
    project = BASE + "dependencies = [{}]\n[dependency-groups]\ntest = [{}]\n"
    runtime, test = '"idna>=2.5,<4"', '"idna>=3"'
    repo.stage({"pyproject.toml": project.format(runtime, test), "a/w.py": "import idna\n"})
    repo.commit()
    repo.stage({"pyproject.toml": project.format("", "")})
    assert f"+dependencies = [{runtime}]\n" in repo.customs("--diff", "--staged").out
    repo.stage({"a/w.py": "", "tests/test_w.py": "import idna\n"})
    assert f"+test = [{test}]\n" in repo.customs("--diff", "--staged").out


GROUPS = BASE + 'dependencies = []\n[dependency-groups]\ntest = ["pytest"]\n'
WITH_DEV = GROUPS + 'dev = ["ruff"]\n'
CLI = '[project.optional-dependencies]\ncli = ["click>=8"]\n'


@pytest.mark.parametrize(
    ("before", "after", "more", "told"),
    [
        pytest.param(
            GROUPS + 'upload = ["idna>=2.5"]\n', GROUPS, "a/new.py", 'dependencies = ["idna>=2.5"]', id="runtime code"
        ),
        pytest.param(
            WITH_DEV.replace('"ruff"', '"ruff", "idna>=2.5"'),
            WITH_DEV,
            "a/new.py",
            'dependencies = ["idna>=2.5"]',
            id="runtime code, and the place is there",
        ),
        pytest.param(
            GROUPS + 'upload = ["idna>=2.5"]\n',
            GROUPS,
            "tests/test_new.py",
            'dev = ["idna>=2.5"]',
            id="tests, and the place is gone",
        ),
        pytest.param(
            WITH_DEV.replace('"ruff"', '"ruff", "idna>=2.5"'),
            WITH_DEV,
            "tests/test_new.py",
            'dev = ["idna>=2.5", "ruff"]',
            id="tests, and the place is there",
        ),
        pytest.param(
            GROUPS + CLI.replace("click", "idna"), GROUPS, "a/new.py", 'cli = ["idna>=8"]', id="users ask for it there"
        ),
        pytest.param(
            GROUP + 'upload = ["idna>=2.5"]\n',
            GROUP,
            "a/new.py",
            'upload = ["idna>=2.5"]',
            id="no place is better",
        ),
    ],
)
def test_the_place_fits_who_newly_imports_it(repo: Repo, before: str, after: str, more: str, told: str) -> None:
    repo.stage({"pyproject.toml": before, "tools/w.py": "import idna\n"})
    repo.commit()
    repo.stage({"pyproject.toml": after, more: "import idna\n"})
    assert f"+{told}" in repo.customs("--diff", "--staged").out


@pytest.mark.parametrize(
    ("path", "before", "after", "line"),
    [
        pytest.param(
            "requirements.txt", "idna>=2.5,<4  # old\nsix\n", "six\n", "    idna>=2.5,<4\n", id="requirements"
        ),
        pytest.param(
            "requirements.txt",
            'idna==2.10 ; python_version >= "3.8" \\\n    --hash=sha256:abc\nsix\n',
            "six\n",
            "    idna==2.10 ; python_version >= '3.8'\n",
            id="a marker and a hash",
        ),
        pytest.param(
            "setup.py",
            "from setuptools import setup\nsetup(install_requires=['six', 'idna[all]>=2.5'])\n",
            "from setuptools import setup\nsetup(install_requires=['six'])\n",
            '    "idna[all]>=2.5",\n',
            id="setup.py, on one line",
        ),
        pytest.param(
            "setup.cfg",
            "[metadata]\nname = a\n[options]\ninstall_requires =\n    idna>=2.5,<4\n    six\n",
            "[metadata]\nname = a\n[options]\ninstall_requires =\n    six\n",
            "    idna>=2.5,<4\n",
            id="setup.cfg",
        ),
        pytest.param(
            "setup.py",
            'from setuptools import setup\nsetup(\n    install_requires=[\n        "idna>=2.5,<4",\n    ],\n)\n',
            "from setuptools import setup\nsetup(\n    install_requires=[\n    ],\n)\n",
            '    "idna>=2.5,<4",\n',
            id="setup.py",
        ),
        pytest.param(
            "setup.py",
            'from setuptools import setup\nsetup(install_requires="""\nidna>=2.5\nsix\n""")\n',
            'from setuptools import setup\nsetup(install_requires="six")\n',
            '    "idna",\n',
            id="setup.py, where no line of its own can be told",
        ),
    ],
)
def test_the_old_line_of_another_file_is_told(repo: Repo, path: str, before: str, after: str, line: str) -> None:
    repo.stage({path: before, "w.py": "import idna\n"})
    repo.commit()
    repo.stage({path: after})
    assert line in repo.customs(PRE_COMMIT="1").out


TWICE = "idna<3; python_version < '3.8'", "idna>=3; python_version >= '3.8'"


@pytest.mark.parametrize(
    ("path", "before", "after", "indent"),
    [
        pytest.param("pyproject.toml", PROJECT.format('"{}", "{}"'), PROJECT.format(""), 8, id="a list"),
        pytest.param("requirements.txt", "six\n{}\n{}\n", "six\n", 4, id="a requirements file"),
        pytest.param(
            "pyproject.toml",
            PROJECT.format('"{}", "{}"') + "[tool.uv]\n",
            PROJECT.format("") + "[tool.uv]\n",
            8,
            id="uv's command adds one",
        ),
        pytest.param(
            "pyproject.toml",
            PROJECT.format("") + '[tool.hatch.envs.x]\ndependencies = ["{}", "{}"]\n[tool.uv]\n',
            PROJECT.format("") + "[tool.uv]\n",
            8,
            id="where a new one goes",
        ),
    ],
)
def test_what_stood_there_twice_is_told_twice(repo: Repo, path: str, before: str, after: str, indent: int) -> None:
    repo.stage({path: before.format(*TWICE), "w.py": "import idna\n"})
    repo.commit()
    repo.stage({path: after})
    told = [f'"{one}",' if path == "pyproject.toml" else one for one in TWICE]
    assert "".join(f"{' ' * indent}{one}\n" for one in told) in repo.customs(PRE_COMMIT="1").out


def test_what_fix_puts_back_is_told_apart(repo: Repo) -> None:
    twice = ", ".join(f'"{one}"' for one in TWICE)
    repo.stage({"pyproject.toml": PROJECT.format(twice), "w.py": "import idna\n"})
    repo.commit()
    repo.stage({"pyproject.toml": PROJECT.format(""), "x.py": "import celery\n"})
    ran = repo.customs("--fix", "--staged")
    added, back = '    "celery",', [f'    "{one}",' for one in TWICE]
    place = "[project] dependencies"
    assert ran.out.splitlines()[:9] == [
        *(f"pyproject.toml: added to {place}", "", added, ""),
        *(f"pyproject.toml: put back in {place}, for it is still imported", "", *back, ""),
    ]
    fixed = (repo.path / "pyproject.toml").read_text()
    assert _plain(fixed) == _plain(PROJECT.format(f'"celery", {twice}'))


@pytest.mark.parametrize(
    ("path", "before", "after"),
    [
        pytest.param(
            "service/pyproject.toml",
            PROJECT.format('\n    "corp-core>=1",\n    "six",\n'),
            PROJECT.format('\n    "six",\n'),
            id="a list",
        ),
        pytest.param("service/requirements.txt", "six\ncorp-core>=1\n", "six\n", id="a requirements file"),
    ],
)
@pytest.mark.parametrize("module", ["corp_core", "ledger"])
def test_a_local_project_that_was_declared_by_name_is_put_back_so(
    repo: Repo, path: str, before: str, after: str, module: str
) -> None:
    project = PROJECT.format("").replace('"a"', '"corp-core"')
    repo.stage({"core/pyproject.toml": project, f"core/src/{module}/__init__.py": ""})
    repo.stage({path: before, "service/app.py": f"import {module}\n"})
    repo.commit()
    repo.stage({path: after})
    ran = repo.customs(PRE_COMMIT="1")
    assert "corp-core>=1" in ran.out
    assert "from an index" not in ran.prose


def test_of_two_local_projects_that_hold_it_the_one_that_was_declared_is_put_back(repo: Repo) -> None:
    for folder, name in (("core", "toga-core"), ("meta", "toga")):
        project = PROJECT.format("").replace('"a"', f'"{name}"')
        repo.stage({f"{folder}/pyproject.toml": project, f"{folder}/src/toga/__init__.py": ""})
    listed = PROJECT.format('\n    "toga-core == 1",\n    "six",\n')
    repo.stage({"app/pyproject.toml": listed, "app/a.py": "import toga\n"})
    repo.commit()
    repo.stage({"app/pyproject.toml": listed.replace('    "toga-core == 1",\n', "")})
    ran = repo.customs(PRE_COMMIT="1")
    assert "this change removes `toga-core` from app/pyproject.toml" in ran.out
    assert 'Add to [project] dependencies:\n\n    "toga-core == 1",\n' in ran.out


def test_what_the_root_of_a_workspace_had_for_its_members_is_put_back_there_alone(repo: Repo) -> None:
    root = (
        PROJECT.format("") + '[tool.uv.workspace]\nmembers = ["b"]\n[dependency-groups]\ndev = [\n    "six",\n    {}]\n'
    )
    repo.stage({"pyproject.toml": root.replace("{}", '"idna>=2.5,<4",\n'), "tests/test_a.py": "import idna\n"})
    repo.stage({"b/pyproject.toml": PROJECT.format("").replace('"a"', '"b"'), "b/tests/test_b.py": "import idna\n"})
    repo.commit()
    repo.stage({"pyproject.toml": root.replace("{}", "")})
    ran = repo.customs(PRE_COMMIT="1")
    assert "b/tests/test_b.py:1:8: undeclared" in ran.out
    assert "b/pyproject.toml." not in ran.out.partition("checked")[2]
    repo.customs("--fix", "--staged")
    repo.git("add", "--all")
    assert repo.customs(PRE_COMMIT="1").status == 0


def test_two_extras_that_are_gone_are_pasted_as_one_table(repo: Repo) -> None:
    extras = '[project.optional-dependencies]\ncli = ["click==8.*"]\nhttp2 = ["h2>=3,<5"]\n'
    repo.stage({"pyproject.toml": PROJECT.format("") + extras, "w.py": "import click, h2\n"})
    repo.commit()
    repo.stage({"pyproject.toml": PROJECT.format("")})
    ran = repo.customs(PRE_COMMIT="1")
    pasted = ran.out.partition("Add to pyproject.toml:\n")[2].partition("Or have")[0]
    assert tomllib.loads(pasted) == tomllib.loads(extras)


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        pytest.param(
            {"requirements.txt": "idna[all]>=2.5,<4\nsix\n"},
            {"requirements.txt": None, "pyproject.toml": PROJECT.format('"six"')},
            'dependencies = ["idna[all]>=2.5,<4", "six"]',
            id="requirements.txt has become a pyproject.toml",
        ),
        pytest.param(
            {"pyproject.toml": OLD_POETRY + 'six = "^1"\nidna = "^2.5"\n'},
            {"pyproject.toml": PROJECT.format('"six"')},
            'dependencies = ["idna>=2.5,<3", "six"]',
            id="Poetry's table has become the standard one",
        ),
        pytest.param(
            {"pyproject.toml": OLD_POETRY + 'six = "^1"\nidna = "2.10"\n'},
            {"pyproject.toml": PROJECT.format('"six"')},
            'dependencies = ["idna==2.10", "six"]',
            id="Poetry's plain version is exact",
        ),
        pytest.param(
            {"pyproject.toml": OLD_POETRY + 'six = "^1"\n[tool.poetry.dependencies.idna]\nversion = "2.10"\n'},
            {"pyproject.toml": OLD_POETRY + 'six = "^1"\n'},
            "idna = ",
            id="a table of its own: as if it had never been there",
        ),
    ],
)
def test_the_old_requirement_is_kept_where_its_place_is_gone(
    repo: Repo, before: dict[str, str], after: dict[str, str | None], told: str
) -> None:
    repo.stage({**before, "a/w.py": "import idna\n"})
    repo.commit()
    gone = [path for path, text in after.items() if text is None]
    repo.stage({path: text for path, text in after.items() if text is not None})
    for path in gone:
        repo.git("rm", "-q", path)
    assert f"+{told}" in repo.customs("--diff", "--staged").out


DYNAMIC = (
    '[project]\nname = "s"\nversion = "1"\ndynamic = ["dependencies"]\n'
    '[tool.setuptools.dynamic]\ndependencies = { file = ["reqs/requirements.txt"] }\n'
)


@pytest.mark.parametrize(
    ("files", "links", "after", "told"),
    [
        pytest.param(
            {"pyproject.toml": PROJECT.format("") + '[tool.import-customs]\nrequirements-files = ["d/*"]\n'},
            {},
            {"d/web": None},
            "this change removes it from d/web",
            id="a file that a glob stands for",
        ),
        pytest.param(
            {"all/shared.toml": PROJECT.format('"celery"')},
            {"pyproject.toml": "all/shared.toml"},
            {"all/shared.toml": PROJECT.format("")},
            "is not declared in pyproject.toml",
            id="what a link leads to",
        ),
        pytest.param(
            {"all/shared.toml": PROJECT.format('"celery"')},
            {"a/pyproject.toml": "../all/shared.toml"},
            {"all/shared.toml": PROJECT.format("")},
            "is not declared in a/pyproject.toml",
            id="a link in another folder",
        ),
        pytest.param(
            {"all/requirements.txt": "celery\n", "a/pyproject.toml": DYNAMIC},
            {"a/reqs": "../all"},
            {"all/requirements.txt": "six\n"},
            "is not declared in a/pyproject.toml",
            id="a folder that is a link",
        ),
        pytest.param(
            {"all/base.pip": "celery\ngit+https://git.invalid/x\n", "a/requirements.txt": "-r ../all/base.pip\n"},
            {},
            {"all/base.pip": "git+https://git.invalid/x\n"},
            "this change removes it from all/base.pip",
            id="a file with a URL, from another folder",
        ),
        pytest.param(
            {"all/pyproject.toml": PROJECT.format('"celery"')},
            {"a/pyproject.toml": "../all/pyproject.toml"},
            {"all/pyproject.toml": PROJECT.format("")},
            "is not declared in a/pyproject.toml",
            id="what a link in another folder leads to",
        ),
    ],
)
def test_what_a_project_reads_without_its_name(
    repo: Repo, files: dict[str, str], links: dict[str, str], after: dict[str, str | None], told: str
) -> None:
    repo.stage({**files, "d/web": "celery\n", "d/more": "six\n", "a/w.py": "import celery\n"})
    for link, target in links.items():
        (repo.path / link).symlink_to(target)
    repo.git("add", "-A")
    repo.commit()
    for name, text in after.items():
        if text is None:
            repo.git("rm", "-q", name)
        else:
            repo.stage({name: text})
    ran = repo.customs(PRE_COMMIT="1")
    assert (ran.status, told in ran.out) == (1, True), ran


@pytest.mark.parametrize("place", ["", "backend/"], ids=["goes", "moves"])
def test_a_project_that_leaves_its_files_to_another(repo: Repo, place: str) -> None:
    """What stands nearer, and has not changed, declares for them now."""
    repo.stage({"pyproject.toml": PROJECT.format('"celery"'), "tools/requirements.txt": "six\n"})
    repo.stage({"tools/sub/a.py": "import celery\n", "b.py": "import os\n"})
    repo.commit()
    repo.git("rm", "-q", "pyproject.toml")
    repo.stage({f"{place}pyproject.toml": PROJECT.format('"celery"')} if place else {})
    ran = repo.customs(*([f"{place}pyproject.toml"] if place else []), PRE_COMMIT="1")
    assert (ran.status, "tools/sub/a.py:1:8: undeclared" in ran.out) == (1, True), ran


def test_what_a_pixi_toml_loses_goes_back_to_its_table(repo: Repo) -> None:
    entry = 'celery = { version = "5.*", channel = "conda-forge" }'
    repo.stage({"pixi.toml": f"[dependencies]\n{entry}\n[pypi-dependencies]\nsix = '*'\n", "a.py": "import celery\n"})
    repo.commit()
    repo.stage({"pixi.toml": "[dependencies]\n[pypi-dependencies]\nsix = '*'\n"})
    assert f"Add to [dependencies] of pixi.toml:\n\n    {entry}\n" in repo.customs(PRE_COMMIT="1").out


def test_data_of_the_change_is_not_read(repo: Repo) -> None:
    """A file that may list requirements is, whatever it is called."""
    repo.stage({"pyproject.toml": PROJECT.format(""), "model.onnx": "x", "deps.list": "six\n", "Makefile": "all:\n"})
    scope = Scope("new", WORKTREE, (), None, git.staged_differences(str(repo.path)))
    tree = Noted(Worktree(str(repo.path)))
    assert redeclaring(str(repo.path), scope, tree, Locations(str(repo.path), {})) == {"pyproject.toml", "deps.list"}
    assert tree.paths >= {"deps.list", "Makefile"}
    assert "model.onnx" not in tree.paths


def test_where_no_project_is_left_the_lines_say_enough(repo: Repo) -> None:
    repo.stage({"requirements.txt": "celery\nredis\n", "a.py": "import celery\nimport redis\n"})
    repo.commit()
    repo.git("mv", "requirements.txt", "reqs.txt")
    told = repo.customs("--staged").err
    assert (
        "    create requirements.txt with these lines, and `git add` it:\n\n        celery\n        redis\n\n    or"
        in told
    )


BROKEN = "[project\n"
FIXTURE = {"tests/broken/pyproject.toml": BROKEN, "tests/broken/m.py": "import celery\n"}


@pytest.mark.parametrize(
    ("before", "change", "told"),
    [
        pytest.param(FIXTURE, {}, "", id="elsewhere, with code below it"),
        pytest.param({}, {"tests/broken/pyproject.toml": BROKEN}, "", id="added, and governs no code"),
        pytest.param(
            FIXTURE | {"tests/broken/pyproject.toml": PROJECT.format('"celery"')},
            {"tests/broken/pyproject.toml": BROKEN},
            "tests/broken/pyproject.toml:1:",
            id="what governed code is broken by the change",
        ),
    ],
)
@pytest.mark.parametrize("declared", [True, False], ids=["a declaration stays", "a declaration goes"])
def test_what_a_fixture_states_on_purpose(
    repo: Repo, before: dict[str, str], change: dict[str, str], told: str, declared: bool
) -> None:
    """Invalid TOML matters where it governs a file that is judged."""
    repo.stage({"pyproject.toml": PROJECT.format('"pyyaml"'), "a.py": "import os\n"} | before)
    repo.commit()
    repo.stage({"pyproject.toml": PROJECT.format('"pyyaml"' if declared else "")} | change)
    ran = repo.customs("--staged")
    assert (ran.status, ran.err[: len(told)], bool(ran.err)) == (2 if told else 0, told, bool(told))


@pytest.mark.parametrize(
    ("path", "table"),
    [
        pytest.param("Pipfile", '[packages]\nsix = "*"\nidna = ">=2.5"\n"tenacity" = "*"\n', id="Pipenv"),
        pytest.param(
            "pixi.toml", '[workspace]\nname = "a"\n[pypi-dependencies]\nidna = ">=2.5"\ntenacity = "*"\n', id="Pixi"
        ),
    ],
)
def test_where_a_list_replaces_a_tool_s_table_it_is_put_back_as_a_requirement(
    repo: Repo, path: str, table: str
) -> None:
    repo.stage({path: table, "w.py": "import idna, tenacity\n"})
    repo.commit()
    repo.git("rm", "-q", path)
    repo.stage({"pyproject.toml": PROJECT.format("")})
    ran = repo.customs("--staged").out
    assert '\n        "idna>=2.5",\n        "tenacity",\n' in ran
    repo.customs("--fix", "--staged")
    assert tomllib.loads((repo.path / "pyproject.toml").read_text())["project"]["dependencies"] == [
        "idna>=2.5",
        "tenacity",
    ]
