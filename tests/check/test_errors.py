"""One run tells everything: what cannot be read in one place hides nothing that was found in another."""

import json

import pytest

from conftest import Repo

PROJECT = '[project]\nname = "{}"\nversion = "1"\nrequires-python = ">=3.11"\ndependencies = []\n'
DYNAMIC = "its dependencies cannot be read: they are left to the build backend: `dynamic` names dependencies"
BROKEN = {
    "p03": ("pyproject.toml", "[project\n"),
    "p08": ("pyproject.toml", PROJECT.format("p08") + "[tool.import-customs]\nguardd = 1\n"),
    "p15": ("pyproject.toml", '[project]\nname = "p15"\nversion = "1"\ndynamic = ["dependencies"]\n'),
}


@pytest.fixture
def twenty(repo: Repo) -> Repo:
    """Twenty projects that each import something undeclared; three of them are broken in different ways."""
    for name in (f"p{number:02}" for number in range(20)):
        file, text = BROKEN.get(name, ("pyproject.toml", PROJECT.format(name)))
        repo.stage({f"{name}/{file}": text, f"{name}/a.py": "import celery\n"})
    return repo


def test_all_errors_beside_all_findings(twenty: Repo) -> None:
    ran = twenty.customs("--scope", "all", "--format", "json")
    told = json.loads(ran.out)
    assert ran.status == 2
    assert [one["path"] for one in told["errors"]] == [f"{name}/pyproject.toml" for name in BROKEN]
    assert [one["path"] for one in told["findings"]] == [
        f"p{number:02}/a.py" for number in range(20) if f"p{number:02}" not in BROKEN
    ]
    assert [line for line in ran.err.splitlines() if ": error: " in line] == [
        "p03/pyproject.toml:1:9: error: invalid TOML: Expected ']' at the end of a table declaration",
        "p08/pyproject.toml:7:1: error: unknown key in [tool.import-customs]: `guardd` (did you mean `guarded`?)",
        f"p15/pyproject.toml:4:1: error: {DYNAMIC}",
    ]
    assert "    `celery` (p15/a.py:1) may be among them\n" in ran.err


@pytest.mark.parametrize("name", ["text", "github", "gitlab", "sarif", "junit"])
def test_every_format_has_them(twenty: Repo, name: str) -> None:
    ran = twenty.customs("--scope", "all", "--format", name)
    assert ran.status == 2
    assert "p00/a.py" in ran.out
    assert "guardd" in (ran.err if name == "text" else ran.out)


def test_a_broken_project_further_up_governs_nobody_below(repo: Repo) -> None:
    repo.stage({"pyproject.toml": "[project\n", "sub/pyproject.toml": PROJECT.format("sub"), "sub/a.py": "import os\n"})
    assert repo.customs("--scope", "all").status == 0


def test_a_commit_beside_a_broken_project(twenty: Repo) -> None:
    ran = twenty.customs("p00/a.py", "p03/a.py", PRE_COMMIT="1")
    assert ran.status == 2
    assert "p00/a.py:1:8: undeclared" in ran.out
    assert "p03/pyproject.toml:1:9: error" in ran.err


COMPUTED = "from setuptools import setup\nsetup(name='a', python_requires='>=3.9', install_requires=read())\n"
UNREAD = "setup.py:2:1: error: its dependencies cannot be read: they are computed here\n    "


@pytest.mark.parametrize(
    ("files", "status", "told", "found"),
    [
        pytest.param({"a.py": "import os\n"}, 0, None, [], id="nothing is in doubt"),
        pytest.param({"a.py": "import celery\n"}, 2, "`celery` (a.py:1) may be among them\n", [], id="one import"),
        pytest.param(
            {"a.py": "import celery\n", "b.py": "import redis\nimport flask\nimport celery.app\n"},
            2,
            "`celery` (a.py:1), `redis` (b.py:1) and `flask` (b.py:2) may be among them\n",
            [],
            id="one message for all",
        ),
        pytest.param({"a.py": "import tomllib\n"}, 1, None, ["a.py"], id="no declaration could settle it"),
        pytest.param(
            {"a.py": "import celery, tomllib\n", "lib/a.py": "import six\n"},
            2,
            "`celery` (a.py:1) may be among them\n",
            ["a.py", "lib/a.py"],
            id="other findings, and other projects",
        ),
    ],
)
def test_what_is_unread_hides_nothing_else(
    repo: Repo, files: dict[str, str], status: int, told: str | None, found: list[str]
) -> None:
    repo.stage({"setup.py": COMPUTED, "lib/pyproject.toml": PROJECT.format("lib"), **files})
    ran = repo.customs("--scope", "all", "--format", "json")
    assert (ran.status, [one["path"] for one in json.loads(ran.out)["findings"]]) == (status, found)
    assert (ran.err == "") if told is None else ran.err.startswith(UNREAD + told)


NAME = "in its pyproject.toml:\n\n        [tool.import-customs]\n        requirements-files = "
LITERAL = "write what is missing there as a literal,"


@pytest.mark.parametrize(
    ("files", "hint"),
    [
        pytest.param(
            {"setup.py": COMPUTED},
            f'{LITERAL}\n    or name the files that state them, {NAME}["…"]',
            id="nothing is beside it",
        ),
        pytest.param(
            {"setup.py": COMPUTED, "requirements.txt": "six\n"},
            f"{LITERAL} or add it to requirements.txt",
            id="read already",
        ),
        pytest.param(
            {"setup.py": COMPUTED, "requirements/default.txt": "six\n", "requirements/dev.txt": "mypy\n"},
            f"{LITERAL} or add it to requirements/default.txt",
            id="a file for development is read, too",
        ),
        pytest.param(
            {
                "setup.py": COMPUTED,
                "requirements/default.txt": "six\n",
                "requirements/dev.txt": "mypy\n",
                "a.py": "",
                "tests/test_a.py": "import celery\n",
            },
            f"{LITERAL} or add it to requirements/dev.txt",
            id="for tests, that file",
        ),
        pytest.param(
            {"pyproject.toml": BROKEN["p15"][1], "requirements.txt": "six\n"},
            f'name the files that state them, {NAME}["requirements.txt"]',
            id="the file that the build probably reads",
        ),
    ],
)
def test_what_settles_it_is_said(repo: Repo, files: dict[str, str], hint: str) -> None:
    repo.stage({"a.py": "import celery\n", **files})
    assert f"    {hint}\n" in repo.customs().err


def test_an_old_import_in_doubt_stops_no_commit(repo: Repo) -> None:
    repo.stage({"setup.py": COMPUTED, "a.py": "import celery\n"})
    repo.commit()
    repo.stage({"a.py": "import celery, os\n"})
    assert repo.customs("a.py", PRE_COMMIT="1").status == 0


@pytest.mark.parametrize(
    ("environment", "option"),
    [
        pytest.param({}, "`--requirements-file FILE`", id="by hand"),
        pytest.param({"PRE_COMMIT": "1"}, "`args: [--requirements-file, FILE]` at the hook", id="in a hook"),
    ],
)
def test_an_option_is_named_where_it_can_be_set(repo: Repo, environment: dict[str, str], option: str) -> None:
    repo.stage({"a.py": "import celery\n"})
    assert f"    or name the file that states them: {option}\n" in repo.customs("a.py", **environment).err


@pytest.mark.parametrize(
    ("beside", "source"),
    [
        pytest.param({"tests/it/helpme.py": "x = 1\n"}, "import helpme\n", id="a module of that name"),
        pytest.param({"tests/it/celery.py": "x = 1\n"}, "import celery\n", id="one that hides a package"),
        pytest.param({"tests/it/CMakeLists.txt": "add_library(x)\n"}, "import x_ext\n", id="files of a build"),
        pytest.param({"pyproject.toml": "[project\n"}, "import celery\n", id="it lies above"),
    ],
)
def test_a_finding_beside_what_is_broken_on_purpose(repo: Repo, beside: dict[str, str], source: str) -> None:
    repo.stage({"tests/it/pyproject.toml": "[project\n", "libs/p/pyproject.toml": PROJECT.format("p")} | beside)
    repo.commit()
    repo.stage({"libs/p/a.py": source, "libs/new/pyproject.toml": PROJECT.format("new"), "libs/new/a.py": source})
    ran = repo.customs("--staged")
    assert (ran.status, ran.err) == (1, "")


def test_the_last_use_beside_what_is_broken_on_purpose(repo: Repo) -> None:
    declaring = PROJECT.format("p").replace("[]", '["celery"]')
    fixture = {"tests/it/pyproject.toml": "[project\n", "tests/it/m.py": "import celery\n"}
    repo.stage({"pyproject.toml": declaring, "a.py": "import celery\n"} | fixture)
    repo.commit()
    repo.stage({"a.py": ""})
    assert repo.customs("--staged", "--unused").err == ""
