"""The command with --fix, --diff and --ignore-existing: a repository in, the changed files out."""

# ruff: noqa: E501  a text of a file stands as it is

import re
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from conftest import Ran, Repo
from import_customs import providers
from import_customs.providers import distributions

PROJECT = '[project]\nname = "demo"\ndependencies = [\n    "pyyaml",\n]\n'
FOUND = {"pyproject.toml": PROJECT, "a.py": "import yaml\nimport celery\n"}
FIXED = PROJECT.replace('    "pyyaml"', '    "celery",\n    "pyyaml"')
APPLICATION = "class DemoConfig(AppConfig): ...\n"
WHEEL = """[build-system]
requires = ["hatchling"]
build-backend = "hatchling.build"
[tool.hatch.build.targets.wheel]
packages = ["demo"]
"""
WRITTEN = """\
pyproject.toml: added to [project] dependencies

    "celery",

see `git diff`, then `git add pyproject.toml`
"""


def text(repo: Repo, path: str = "pyproject.toml") -> str:
    return (repo.path / path).read_bytes().decode()


def test_fix_writes_says_so_and_stages_nothing(repo: Repo) -> None:
    repo.stage(FOUND)
    assert repo.customs("--fix") == Ran(1, WRITTEN, "")
    assert text(repo) == FIXED
    assert repo.git("diff", "--name-only") == "pyproject.toml\n"
    assert repo.customs("--fix") == Ran(0, "", "")
    assert text(repo) == FIXED


def test_diff_can_be_applied_and_writes_nothing(repo: Repo) -> None:
    repo.stage(FOUND)
    ran = repo.customs("--diff")
    assert (ran.status, ran.err, text(repo)) == (1, "", PROJECT)
    subprocess.run(["git", "apply"], input=ran.out.encode(), cwd=repo.path, check=True)
    assert text(repo) == FIXED
    assert repo.customs("--diff") == Ran(0, "", "")


def test_diff_misleads_nobody(repo: Repo) -> None:
    repo.stage(FOUND | {"pyproject.toml": f"{PROJECT}# \u202etxt\t\u2028\n"})
    assert "# \\u202etxt\t\\u2028\n" in repo.customs("--diff").out


@pytest.mark.parametrize(
    ("folder", "named"),
    [
        pytest.param("plain", "a/plain/pyproject.toml", id="plain"),
        pytest.param("a b", "a/a b/pyproject.toml", id="a blank"),
        pytest.param("a\n--- x", r'"a/a\n--- x/pyproject.toml"', id="a newline, and what looks like a header"),
        pytest.param("a\tb", r'"a/a\tb/pyproject.toml"', id="a tab"),
        pytest.param('"\\\x1b', r'"a/\"\\\033/pyproject.toml"', id="a quote, a backslash, an escape"),
        pytest.param("ä", r'"a/\303\244/pyproject.toml"', id="no ASCII"),
    ],
)
def test_diff_names_files_as_git_does(repo: Repo, folder: str, named: str) -> None:
    repo.stage({f"{folder}/{name}": source for name, source in FOUND.items()})
    ran = repo.customs("--diff")
    lines = ran.out.splitlines()
    assert lines[0] == f"--- {named}"
    assert not [line for line in lines[2:] if line.startswith(("---", "+++"))]
    subprocess.run(["git", "apply"], input=ran.out.encode(), cwd=repo.path, check=True)
    assert text(repo, f"{folder}/pyproject.toml") == FIXED


@pytest.mark.parametrize("before", ["[project]\nname = 'a'", "[project]\r\nname = 'a'\r\n"], ids=["no newline", "CRLF"])
def test_diff_of_odd_line_ends_can_be_applied(repo: Repo, before: str) -> None:
    repo.stage(FOUND | {"pyproject.toml": before})
    ran = repo.run("sh", "-c", f"{sys.executable} -I -m import_customs --diff | git apply")
    assert ran == Ran(0, "", "")
    assert "celery" in text(repo)


@pytest.mark.parametrize(
    ("files", "place", "line"),
    [
        pytest.param({"src/demo/a.py": "import celery\n"}, "[project] dependencies", '"celery",', id="runtime code"),
        pytest.param({"tests/t.py": "import celery\n"}, "[dependency-groups] test", '"celery",', id="tests"),
        pytest.param({"test_a.py": "import celery\n"}, "[dependency-groups] test", '"celery",', id="a test beside"),
        pytest.param({"docs/conf.py": "import celery\n"}, "[dependency-groups] docs", '"celery",', id="docs"),
        pytest.param({"scripts/x.py": "import celery\n"}, "[dependency-groups] dev", '"celery",', id="scripts"),
        pytest.param({"noxfile.py": "import celery\n"}, "[dependency-groups] dev", '"celery",', id="of tools"),
        pytest.param({"dev-utils/x.py": "import celery\n"}, "[dependency-groups] dev", '"celery",', id="no package"),
        pytest.param({"dev_utils/x.py": "import celery\n"}, "[project] dependencies", '"celery",', id="a package"),
        pytest.param({"my-scripts/x.py": "import celery\n"}, "[dependency-groups] dev", '"celery",', id="nor this"),
        pytest.param(
            {"make-test-data/x.py": "import celery\n"}, "[project] dependencies", '"celery",', id="what makes test data"
        ),
        pytest.param({"app-server/x.py": "import celery\n"}, "[project] dependencies", '"celery",', id="a script"),
        pytest.param({".github/x/y.py": "import celery\n"}, "[dependency-groups] dev", '"celery",', id="of the forge"),
        pytest.param(
            {"src/demo/tools/x.py": "import celery\n"},
            "[project] dependencies",
            '"celery",',
            id="shipped, called tools",
        ),
        pytest.param(
            {"docs/x.py": "import celery\n", "docs/apps.py": APPLICATION},
            "[project] dependencies",
            '"celery",',
            id="an application of Django called docs",
        ),
        pytest.param(
            {"tools/x/y.py": "import celery\n", "tools/apps.py": APPLICATION},
            "[project] dependencies",
            '"celery",',
            id="an application of Django called tools",
        ),
        pytest.param(
            {"benchmarks/x.py": "import celery\n", "benchmarks/apps.py": "app = 1\n"},
            "[dependency-groups] dev",
            '"celery",',
            id="other applications than Django's",
        ),
        pytest.param(
            {"example/x.py": "import celery\n", "example/apps.py": APPLICATION},
            "[dependency-groups] dev",
            '"celery",',
            id="one that is an example",
        ),
        pytest.param(
            {"docs/tests/x.py": "import celery\n", "docs/apps.py": APPLICATION},
            "[dependency-groups] test",
            '"celery",',
            id="its tests",
        ),
        pytest.param({"demo/docs/x.py": "import celery\n"}, "[project] dependencies", '"celery",', id="shipped, flat"),
        pytest.param({"src/demo/tests/t.py": "import celery\n"}, "[dependency-groups] test", '"celery",', id="beside"),
        pytest.param({"helpers/a.py": "import celery\n"}, "[project] dependencies", '"celery",', id="a folder"),
        pytest.param(
            {"helpers/a.py": "import celery\n", "demo/a.py": "", "pyproject.toml": PROJECT + WHEEL},
            "[dependency-groups] dev",
            '"celery",',
            id="a folder that the wheel does not hold",
        ),
        pytest.param({"e2e/t.py": "import celery\n"}, "[dependency-groups] test", '"celery",', id="end to end"),
        pytest.param(
            {"tests/t.py": "import celery\n", "uv.lock": "version = 1\n"},
            "[dependency-groups] dev",
            '"celery",',
            id="tests, the group that uv installs by itself",
        ),
        pytest.param(
            {"a.py": "import win32api\n"},
            "[project] dependencies",
            "\"pywin32; sys_platform == 'win32'\",",
            id="wheels of one platform alone",
        ),
        pytest.param(
            {"docs/conf.py": "import celery\n", "tests/t.py": "import celery\n"},
            "[dependency-groups] dev",
            '"celery",',
            id="tests and docs",
        ),
        pytest.param(
            {"a.py": "import celery\n", "tests/t.py": "import celery\n"},
            "[project] dependencies",
            '"celery",',
            id="tests of runtime code",
        ),
        pytest.param(
            {"a.py": "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import celery\n"},
            "[dependency-groups] dev",
            '"celery",',
            id="for type checkers alone",
        ),
        pytest.param(
            {"a.py": "import celery\n", "uv.lock": 'version = 1\n\n[[package]]\nname = "celery"\nversion = "5.4.0"\n'},
            "[project] dependencies",
            '"celery>=5.4.0",',
            id="the locked version",
        ),
    ],
)
def test_place_and_version(repo: Repo, files: dict[str, str], place: str, line: str) -> None:
    repo.stage({"pyproject.toml": PROJECT} | files)
    ran = repo.customs("--fix")
    assert ran.out.splitlines()[:3] == [f"pyproject.toml: added to {place}", "", f"    {line}"]
    assert repo.customs("--fix") == Ran(0, "", "")


@pytest.mark.parametrize(
    ("version", "line"),
    [
        pytest.param("5.x", "celery", id="no version"),
        pytest.param("5.4.0-", "celery", id="nor that"),
        pytest.param("5.4.0bx", "celery", id="nor what begins as a pre-release"),
        pytest.param("5.4.0b1", "celery>=5.4.0b1", id="a pre-release"),
        pytest.param("v5.4", "celery", id="a letter before it"),
        pytest.param("9" * 5_000, "celery", id="nor what is too long for a number"),
        pytest.param(r"5.4.0\n", "celery>=5.4.0", id="with a line end"),
        pytest.param("2!5.4.0rc1+cpu", "celery>=2!5.4.0rc1", id="without its local part"),
        pytest.param("5.04", "celery>=5.04", id="as it is written"),
    ],
)
def test_only_a_valid_version_is_written(repo: Repo, version: str, line: str) -> None:
    lock = f'version = 1\n\n[[package]]\nname = "celery"\nversion = "{version}"\n'
    repo.stage(FOUND | {"uv.lock": lock})
    assert f'    "{line}",\n' in repo.customs("--fix").out


@pytest.mark.parametrize(
    ("requires", "specifier"),
    [
        pytest.param(
            'requires-python = ">=3.13"',
            f">={distributions.newest_release('celery')[0]}",
            id="every supported Python runs it",
        ),
        pytest.param(
            'requires-python = "^3.13"',
            f">={distributions.newest_release('celery')[0]}",
            id="as `poetry init` writes it",
        ),
        pytest.param(
            'requires-python = "~3.13"', f">={distributions.newest_release('celery')[0]}", id="as Poetry reads a tilde"
        ),
        pytest.param('requires-python = "^3.6"', "", id="Poetry's, with an old one"),
        pytest.param('requires-python = ">=3.6"', "", id="an old one does not"),
        pytest.param("", "", id="nor may one where nothing is said"),
    ],
)
def test_newest_release_of_the_index(repo: Repo, requires: str, specifier: str) -> None:
    repo.stage({"pyproject.toml": f'[project]\nname = "x"\n{requires}\ndependencies = []\n', "a.py": "import celery\n"})
    assert f'    "celery{specifier}",\n' in repo.customs("--fix").out


def test_version_of_a_sibling(repo: Repo) -> None:
    members = '[tool.uv.workspace]\nmembers = ["p/*"]\n'
    repo.stage(
        {
            "pyproject.toml": members,
            "p/one/pyproject.toml": '[project]\nname = "one"\ndependencies = ["Celery[redis]~=5.3 ; os_name != \'nt\'"]\n',
            "p/a/pyproject.toml": "[project]\nname = 'a'\ndependencies = 1\n",
            "p/two/pyproject.toml": '[project]\nname = "two"\ndependencies = []\n',
            "p/two/a.py": "import celery\n",
        }
    )
    assert '"celery~=5.3",' in repo.customs("--fix").out
    assert text(repo, "p/two/pyproject.toml") == '[project]\nname = "two"\ndependencies = ["celery~=5.3"]\n'


@pytest.mark.parametrize("groups", ["", "[dependency-groups]\nlint = []\n"], ids=["none of its own", "groups"])
def test_the_root_of_a_workspace_without_a_project_gets_a_group(repo: Repo, groups: str) -> None:
    root = f'[tool.uv.workspace]\nmembers = ["p/*"]\n{groups}'
    member = '[project]\nname = "a"\ndependencies = ["celery"]\n'
    repo.stage({"pyproject.toml": root, "p/a/pyproject.toml": member, "tests/test_a.py": "import celery\n"})
    assert repo.customs("--fix").status == 1
    assert '[dependency-groups]\ndev = ["celery"]\n' in text(repo, "pyproject.toml")


def workspace(*, web: str = "", root: str = "") -> dict[str, str]:
    """Two members of a uv workspace, of which one imports the other, by names of no or of little known packages."""
    return {
        "pyproject.toml": f'[tool.uv.workspace]\nmembers = ["p/*"]\n{root}',
        "p/core/pyproject.toml": '[project]\nname = "acme-core"\nversion = "1"\n',
        "p/core/src/acme_core/__init__.py": "",
        "p/backend/pyproject.toml": '[project]\nname = "backend"\nversion = "1"\n',
        "p/backend/src/backend/__init__.py": "",
        "p/web/pyproject.toml": f'[project]\nname = "web"\nversion = "1"\ndependencies = []\n{web}',
        "p/web/a.py": "import acme_core, backend\n",
    }


def test_another_member_of_the_workspace_is_meant_however_little_known(repo: Repo) -> None:
    repo.stage(workspace())
    says = "p/web/a.py:1:{}: undeclared: `{}` of this repository's {} is not declared: run `uv add {}` in p/web/\n"
    named = says.format(8, "acme_core", "p/core", "acme-core") + says.format(19, "backend", "p/backend", "backend")
    assert repo.customs("--quiet") == Ran(1, named, "")
    assert repo.customs("--fix").status == 1
    assert 'dependencies = ["acme-core", "backend"]\n' in text(repo, "p/web/pyproject.toml")


def test_another_member_has_no_version_of_its_namesake(repo: Repo) -> None:
    core = {
        "p/core/pyproject.toml": '[project]\nname = "celery"\nversion = "1"\n',
        "p/core/src/celery/__init__.py": "",
    }
    web = {
        "p/web/pyproject.toml": '[project]\nname = "web"\nrequires-python = ">=3.13"\ndependencies = []\n',
        "p/web/a.py": "import celery\n",
    }
    repo.stage(workspace() | core | web)
    assert repo.customs("--fix").status == 1
    assert 'dependencies = ["celery"]\n' in text(repo, "p/web/pyproject.toml")


FROM_WORKSPACE = "{ workspace = true }"


@pytest.mark.parametrize(
    ("files", "gained"),
    [
        pytest.param(
            workspace(),
            f"\n[tool.uv.sources]\nacme-core = {FROM_WORKSPACE}\nbackend = {FROM_WORKSPACE}\n",
            id="without one uv refuses the workspace",
        ),
        pytest.param(
            workspace(web=f"\n[tool.uv.sources]\nAcme_Core = {FROM_WORKSPACE}\n"),
            f"backend = {FROM_WORKSPACE}\n",
            id="one is there",
        ),
        pytest.param(
            workspace(root=f'[tool.uv.sources]\nacme-core = {FROM_WORKSPACE}\nbackend = {{ path = "p/backend" }}\n'),
            "",
            id="both are in the root",
        ),
    ],
)
def test_the_source_of_another_member_is_written_with_it(repo: Repo, files: dict[str, str], gained: str) -> None:
    repo.stage(files)
    ran = repo.customs("--fix")
    assert (ran.status, ran.err) == (1, "")
    after = files["p/web/pyproject.toml"].replace("[]", '["acme-core", "backend"]') + gained
    assert text(repo, "p/web/pyproject.toml") == after
    assert ("to [tool.uv.sources]\n\n" in ran.out) == bool(gained)
    assert repo.customs("--fix") == Ran(0, "", "")


def test_the_source_of_a_member_is_told_where_nothing_is_written(repo: Repo) -> None:
    root = '[tool.uv.workspace]\nmembers = ["p/*"]\n[dependency-groups]\ndev = []\n'
    repo.stage({**workspace(), "pyproject.toml": root, "tool.py": "import acme_core\n"})
    ran = repo.customs("tool.py")
    assert "uv needs `acme-core = { workspace = true }` under [tool.uv.sources], too.\n" in ran.out


@pytest.mark.parametrize(
    ("changed", "by"),
    [
        pytest.param({"p/web/pyproject.toml": "[tool.poetry.dependencies]\n"}, "poetry", id="of Poetry"),
        pytest.param({"pyproject.toml": '[tool.uv.workspace]\nmembers = ["p/[bc]*"]\n'}, "uv", id="not of the workspace"),
        pytest.param({"pyproject.toml": "", "p/web/pdm.lock": ""}, "pdm", id="no workspace at all"),
    ],
)  # fmt: skip
def test_another_project_that_is_taken_by_its_path_is_left(repo: Repo, changed: dict[str, str], by: str) -> None:
    repo.stage(workspace() | changed | ({"p/web/uv.lock": "version = 1\n"} if by == "uv" else {}))
    ran = repo.customs("--fix")
    reason = f"`acme-core` is this repository's p/core: run `{by} add ../core` in p/web/"
    assert (ran.status, reason in ran.out, repo.git("diff", "--name-only")) == (1, True, "")
    report = repo.customs().out
    assert f"Declare them, in p/web/:\n\n    {by} add ../core ../backend\n" in report
    assert '"acme-core' not in report
    assert " add acme-core" not in report


@pytest.mark.parametrize(
    ("before", "line"),
    [
        pytest.param('[tool.poetry.dependencies]\npython = "^3.11"\n', 'celery = "^5.4.0"', id="Poetry, with carets"),
        pytest.param("[tool.poetry.dependencies]\npython = '^3.11'\n", 'celery = "^5.4.0"', id="in literal strings"),
        pytest.param(
            '[tool.poetry.group.dev.dependencies]\nmypy = [{ version = "^1" }]\n\n[tool.poetry.dependencies]\n',
            'celery = "^5.4.0"',
            id="in another table of Poetry's",
        ),
        pytest.param('[tool.poetry.dependencies]\npython = ">=3.11"\n', 'celery = ">=5.4.0"', id="Poetry, without"),
        pytest.param(
            '[tool.coverage.report]\nexclude_also = ["^x$"]\n\n[tool.poetry.dependencies]\npython = ">=3.11"\n',
            'celery = ">=5.4.0"',
            id="a caret of something else",
        ),
        pytest.param(
            '[tool.poetry.group.dev.dependencies]\nmypy = "^1"\n\n[tool.pixi.pypi-dependencies]\n',
            'celery = ">=5.4.0"',
            id="Pixi knows no caret",
        ),
    ],
)
def test_version_in_a_table(repo: Repo, before: str, line: str) -> None:
    lock = '[[package]]\nname = "celery"\nversion = "5.4.0"\n\n[metadata]\nlock-version = "2.1"\n'
    repo.stage({"pyproject.toml": before, "poetry.lock": lock, "a.py": "import celery\n"})
    assert repo.customs("--fix").status == 1
    assert text(repo) == f"{before}{line}\n"


@pytest.mark.parametrize(
    ("before", "lock", "text", "command"),
    [
        pytest.param('[project]\nname = "a"\n', "uv.lock", "version = 1\n", "uv lock", id="uv"),
        pytest.param(
            '[tool.poetry.dependencies]\npython = ">=3.11"\n',
            "poetry.lock",
            '[metadata]\nlock-version = "2.1"\n',
            "poetry lock",
            id="Poetry",
        ),
        pytest.param(
            '[project]\nname = "a"\ndependencies = []\n[tool.pdm]\n',
            "pdm.lock",
            '[metadata]\nlock_version = "4.5.0"\n',
            "pdm lock --update-reuse",
            id="PDM",
        ),
    ],
)
def test_the_lock_file_is_to_be_renewed(repo: Repo, before: str, lock: str, text: str, command: str) -> None:
    repo.stage({"pyproject.toml": before, lock: text, "a.py": "import celery\n"})
    assert repo.customs("--fix").out.endswith(
        f"see `git diff`, then `{command}`, then `git add pyproject.toml {lock}`\n"
    )


@pytest.mark.parametrize(
    ("file", "text", "lock", "command"),
    [
        pytest.param("Pipfile", "[packages]\n", "Pipfile.lock", "pipenv lock", id="Pipenv"),
        pytest.param("pixi.toml", "[dependencies]\n", "pixi.lock", "pixi lock", id="Pixi"),
        pytest.param("pyproject.toml", "[project]\nname = 'a'\n", "pixi.lock", "pixi lock", id="Pixi, by [project]"),
    ],
)
def test_so_is_that_of_a_file_of_its_own(repo: Repo, file: str, text: str, lock: str, command: str) -> None:
    repo.stage({file: text, "a.py": ""})
    repo.commit()
    repo.stage({"a.py": "import celery\n"})
    assert repo.customs("--staged").out.endswith(f"Then `git add {file}` and commit again.\n")
    repo.stage({lock: "{}\n"})
    assert repo.customs("--staged").out.endswith(f"Then `{command}`, then `git add {file} {lock}` and commit again.\n")


@pytest.mark.parametrize(
    ("files", "reason"),
    [
        pytest.param({"a.py": "import cv2\n"}, "more than one package provides it: opencv-python", id="ambiguous"),
        pytest.param({"a.py": "import zz_made_up\n"}, "`zz_made_up` is provided by no known package", id="unknown"),
        pytest.param(
            {"a.py": "import zz_made_up\n"}, '[tool.import-customs]: provides = { "<package>" = ["zz_made_up"] }\n',
            id="unknown: what settles it",
        ),
        pytest.param(
            {"pyproject.toml": '[project]\nname = "a"\ndependencies = ["zz-sdk"]\n', "a.py": "import zz_made_up\n"},
            'provides = { zz-sdk = ["zz_made_up"] }\n',
            id="unknown: a declared package may be it",
        ),
        pytest.param(
            {"pyproject.toml": "[dependency-groups]\ndev = []\n", "a.py": "import celery\n"},
            'has no list of runtime dependencies, but the group `dev`; with `declare-in = "group dev"` under [tool.import-customs] --fix writes everything there',
            id="groups alone",
        ),
        pytest.param(
            {"pyproject.toml": '[project]\nname = "a"\ndynamic = ["dependencies"]\n', "setup.cfg": "[options]\ninstall_requires =\n    six\n", "a.py": "import celery\n"},
            "leaves it to install_requires of setup.cfg",
            id="stated elsewhere",
        ),
        pytest.param(
            {"pyproject.toml": '[project]\nname = "a"\ndynamic = ["optional-dependencies"]\n[tool.import-customs]\ndeclare-in = "extra web"\n', "setup.cfg": "[options.extras_require]\nweb =\n    six\n", "a.py": "import celery\n"},
            "leaves its extras to the build backend",
            id="extras that are stated elsewhere",
        ),
        pytest.param(
            {"pyproject.toml": "", "setup.cfg": "[options]\ninstall_requires =\n", "a.py": "import celery\n"},
            "leaves it to install_requires of setup.cfg",
            id="stated by setup.cfg",
        ),
        pytest.param(
            {"pyproject.toml": "[dependency-groups]\ndev = []\n", "setup.py": "from setuptools import setup\nsetup(install_requires=['six'])\n", "a.py": "import celery\n"},
            "leaves it to install_requires of setup.py",
            id="stated by setup.py, beside groups",
        ),
        pytest.param(
            {"pyproject.toml": "[tool.poetry.dependencies]\n[tool.import-customs]\ndeclare-in = 'extra web'\n", "a.py": "import celery\n"},
            "has no [project] that could hold an extra; add it by hand, or let `declare-in` name another place",
            id="an extra without [project]",
        ),
        pytest.param(
            {"a.py": "# /// script\n# dependencies = []\n# ///\nimport celery\n"},
            "only pyproject.toml is written",
            id="a script with its own metadata",
        ),
        pytest.param(
            {"pyproject.toml": '[project]\nname = "a"\nrequires-python = ">=3.9"\n', "a.py": "import tomllib\n"},
            "declare and import `tomli` where it is missing",
            id="a choice",
        ),
    ],
)  # fmt: skip
def test_what_is_not_clear_is_left_with_the_reason(repo: Repo, files: dict[str, str], reason: str) -> None:
    repo.stage(({} if "pyproject.toml" in files else {"pyproject.toml": PROJECT}) | files)
    before = {name: text(repo, name) for name in files}
    ran = repo.customs("--fix")
    assert (ran.status, ran.err) == (1, "")
    assert ran.out.startswith("left: a.py:")
    assert reason in ran.out
    assert before == {name: text(repo, name) for name in files}


@pytest.mark.parametrize(
    ("tables", "intro", "chosen"),
    [
        pytest.param("dev = []\n", "Write [dependency-groups] dev as:", "dev", id="the one group"),
        pytest.param("dev = []\nweb = []\n", "Write [dependency-groups] web as:", "web", id="the one that is not for development"),
        pytest.param("dev = []\nweb = []\napi = []\n", "Add to the group `web` or `api`:", "web", id="several"),
        pytest.param("docs = []\ntest = []\n", "Add to [dependency-groups]:", "dev", id="none for such code"),
        pytest.param("", "Add to [dependency-groups]:", "dev", id="none at all"),
    ],
)  # fmt: skip
def test_groups_alone_name_the_place_and_the_key(repo: Repo, tables: str, intro: str, chosen: str) -> None:
    before = f"[dependency-groups]\n{tables}"
    repo.stage({"pyproject.toml": before, "a.py": "import celery\n", "tests/test_a.py": "import pytest\n"})
    report = repo.customs("a.py")
    key = f'declare-in = "group {chosen}"'
    assert f"\n{intro}\n" in report.out
    assert f"with `{key}` under [tool.import-customs] --fix writes everything there." in report.prose
    ran = repo.customs("--fix")
    assert (ran.status, "Add to [dependency-groups]" in ran.out or intro in ran.out) == (1, True)
    assert '    "celery",' in ran.out.rpartition("left: ")[2]
    repo.stage({"pyproject.toml": f"{before}[tool.import-customs]\n{key}\n"})
    assert "left: " not in repo.customs("--fix", "a.py").out
    assert repo.customs("--scope", "all", "a.py").status == 0


@pytest.mark.parametrize(
    ("source", "is_written"),
    [
        pytest.param('if sys.platform == "win32":\n    import celery\n', False, id="a test of sys.platform"),
        pytest.param('if os.name == "nt":\n    import celery\n', False, id="of os.name"),
        pytest.param(
            'if sys.platform == "darwin":\n    import celery\nelse:\n    import celery\n', False, id="of both branches"
        ),
        pytest.param('if sys.platform == "win32":\n    import celery\nimport celery.app\n', True, id="once without"),
        pytest.param('if sys.version_info < (3, 12):\n    import celery\n', True, id="another guard"),
    ],
)  # fmt: skip
def test_what_only_some_platforms_import_is_left(repo: Repo, source: str, *, is_written: bool) -> None:
    repo.stage({"pyproject.toml": PROJECT, "a.py": f"import os, sys\n{source}"})
    ran = repo.customs("--fix")
    assert (ran.status, ran.err, text(repo) == FIXED) == (1, "", is_written)
    marker = "declare it with their marker (`sys_platform == 'win32'`, `'darwin'` or `'linux'`)"
    assert (marker in ran.out) != is_written
    assert (marker in repo.customs().prose) != is_written


@pytest.mark.parametrize(
    ("files", "heading"),
    [
        pytest.param(
            {"pyproject.toml": "[dependency-groups]\napi = []\ndev = []\nweb = []\n"},
            "the group `api` or `web`",
            id="groups alone",
        ),
        pytest.param(
            {"pyproject.toml": "[tool.poetry.dependencies]\n[tool.import-customs]\ndeclare-in = 'extra web'\n"},
            "an extra",
            id="an extra without [project]",
        ),
    ],
)
def test_the_report_says_where_where_nothing_can_be_written(repo: Repo, files: dict[str, str], heading: str) -> None:
    repo.stage(files | {"a.py": "import celery\n"})
    assert f'\nAdd to {heading}:\n\n    "celery",\n' in repo.customs().out


@pytest.mark.parametrize(
    "files",
    [
        pytest.param({"pyproject.toml": PROJECT}, id="pyproject.toml"),
        pytest.param({"requirements.txt": "six\n"}, id="requirements.txt"),
        pytest.param({"setup.py": "from setuptools import setup\nsetup(install_requires=['six'])\n"}, id="setup.py"),
    ],
)
def test_a_choice_is_named_whatever_file_declares(repo: Repo, files: dict[str, str]) -> None:
    repo.stage({**files, "a.py": "import cv2\n"})
    choice = "Instead of `opencv-python` you may want `opencv-python-headless` or `opencv-contrib-python`."
    assert choice in repo.customs().prose


def test_a_choice_has_the_bound_below_which_it_has_the_module(repo: Repo) -> None:
    repo.stage({"pyproject.toml": PROJECT, "a.py": "import autogen\n"})
    choice = "Instead of `autogen` you may want `pyautogen<0.10` or `autogen-agentchat<0.4`."
    assert choice in repo.customs().prose


def test_what_is_clear_is_written_beside_what_is_left(repo: Repo) -> None:
    repo.stage(FOUND | {"b.py": "import cv2\n"})
    ran = repo.customs("--fix")
    assert ran.out.startswith(f"{WRITTEN}left: b.py:1:8: undeclared: `cv2`")
    assert text(repo) == FIXED
    assert repo.customs("--fix").out.startswith("left: b.py:1:8")


@pytest.mark.parametrize(
    ("declared", "says"),
    [
        pytest.param(
            "our-platform", "if `our-platform` installs it, say under [tool.import-customs]:", id="one not known"
        ),
        pytest.param(
            "celery", "or declare the package that installs it, and say under [tool.import-customs]:", id="none"
        ),
    ],
)
def test_what_nothing_is_known_of_is_left(repo: Repo, declared: str, says: str) -> None:
    repo.stage({"pyproject.toml": PROJECT.replace("pyyaml", declared), "a.py": "import acme_of_nobody\n"})
    assert f"    check the spelling; {says} provides = {{ " in repo.customs("--fix").out


def test_mode_and_symlink_are_kept(repo: Repo) -> None:
    repo.stage(FOUND)
    path = repo.path / "pyproject.toml"
    path.rename(repo.path / "real.toml")
    path.symlink_to("real.toml")
    (repo.path / "real.toml").chmod(0o664)
    assert repo.customs("--fix", "a.py").status == 1
    assert path.is_symlink()
    assert (text(repo, "real.toml"), stat.S_IMODE(path.stat().st_mode)) == (FIXED, 0o664)


def test_nothing_outside_the_repository_is_written(repo: Repo, tmp_path: Path) -> None:
    repo.stage({"a.py": "import celery\n"})
    (tmp_path / "theirs.toml").write_text(PROJECT)
    (repo.path / "pyproject.toml").symlink_to(tmp_path / "theirs.toml")
    says = (
        "pyproject.toml: error: is a symlink that leads out of the repository\n"
        "    only the files of the repository are read\n"
    )
    assert repo.customs("--fix") == Ran(2, "", says)
    repo.git("rm", "-q", "--cached", "-r", ".")
    repo.stage({"b.py": "import celery\n"})
    blob = repo.run("sh", "-c", f"printf '%s' '{PROJECT}' | git hash-object -w --stdin").out.strip()
    repo.git("update-index", "--add", "--cacheinfo", f"100644,{blob},pyproject.toml")
    assert repo.customs("--fix", "--staged") == Ran(2, "", says), "the index holds a plain file"
    assert (tmp_path / "theirs.toml").read_text() == PROJECT


def test_staged_text_is_judged_and_the_worktree_is_written(repo: Repo) -> None:
    repo.stage(FOUND)
    repo.write({"pyproject.toml": f"{PROJECT}# not staged\n", "a.py": "import os\n"})
    assert repo.customs("--fix", "--staged") == Ran(1, WRITTEN, "")
    assert text(repo) == f"{FIXED}# not staged\n"
    again = repo.customs("--fix", "--staged")
    assert again.status == 1
    assert again.out.endswith("declared in pyproject.toml, but that change is not staged; `git add pyproject.toml`\n")
    assert text(repo) == f"{FIXED}# not staged\n"


def test_a_revision_cannot_be_fixed(repo: Repo) -> None:
    repo.stage(FOUND)
    repo.commit()
    ran = repo.customs("--fix", PRE_COMMIT_TO_REF="HEAD")
    assert (ran.status, ran.out, text(repo)) == (2, "", PROJECT)
    assert ran.err.startswith("error: only the worktree is written to")


def test_what_to_add_by_hand_is_said_by_file(repo: Repo) -> None:
    script = "# /// script\n# dependencies = [{}]\n# ///\nimport celery\nimport numpy\n"
    repo.stage({"pyproject.toml": PROJECT, "a.py": script.format('"six"'), "b.py": script.format("\n#   'six',\n# ")})
    repo.stage({"c.py": "import celery\n"})
    report = repo.customs().prose
    assert "Or have all but `celery` of a.py, `numpy` and `celery` of b.py written for you:" in report
    assert repo.customs("--fix").out.endswith("""
a.py: write the dependencies of its script metadata as:

    # dependencies = [
    #   "six",
    #   "celery",
    #   "numpy",
    # ]

b.py: add to the dependencies of its script metadata:

    #   "celery",
    #   "numpy",
""")


@pytest.mark.parametrize(("file", "content", "line"), [
    pytest.param("requirements.txt", "six\n", "setuptools<82", id="requirements file"),
    pytest.param("pyproject.toml", PROJECT.replace("dep", "requires-python = '>=3.11'\ndep"), '"setuptools<82",', id="pyproject.toml"),
    pytest.param("Pipfile", "[packages]\nsix = '*'\n", 'setuptools = "<82"', id="Pipfile"),
    pytest.param("pixi.toml", "[dependencies]\nsix = '*'\n", 'setuptools = "<82"', id="Pixi"),
    pytest.param("setup.py", "setup(install_requires=['six'])", '"setuptools<82",', id="setup.py"),
    pytest.param("a.py", '# /// script\n# dependencies = ["six"]\n# ///\n', '#   "setuptools<82",', id="a script"),
])  # fmt: skip
def test_what_to_add_by_hand_installs_the_module(repo: Repo, file: str, content: str, line: str) -> None:
    script = content if file == "a.py" else ""
    repo.stage({file: content, "a.py": f"{script}import pkg_resources\n"})
    report = repo.customs().out
    assert f"    {line}\n" in report
    assert "`setuptools` no longer installs `pkg_resources` in " in report


def test_what_is_left_is_said_once_a_package(repo: Repo) -> None:
    repo.stage(
        {"pyproject.toml": PROJECT}
        | {f"{name}.py": "import cv2, zz_own\n" for name in "abc"}
        | {"d.py": "import zz_b\n"}
    )
    left = [line for line in repo.customs("--fix").out.splitlines() if line.startswith("left: ")]
    day = providers.index_day()
    assert left == [
        "left: a.py:1:8 and 2 more places: undeclared: `cv2` (of `opencv-python`) is not declared in pyproject.toml",
        f"left: a.py:1:13 and 2 more places: unknown: `zz_own` is provided by no known package (index of {day})",
        f"left: d.py:1:8: unknown: `zz_b` is provided by no known package (index of {day})",
    ]


@pytest.mark.parametrize(("option", "out", "err"), [
    pytest.param("--fix", "left: b.py:1:8: unknown: {}\n", "", id="fix"),
    pytest.param("--diff", "{diff}", "left: b.py:1:8: unknown: {}\n", id="diff: the diff is what was asked for"),
    pytest.param("--ignore-existing", "", "", id="nothing is left"),
])  # fmt: skip
def test_quiet_says_only_what_is_left(repo, option, out, err):
    repo.stage(FOUND | {"b.py": "import zz_made_up\n"})
    loud = repo.customs(option)
    after, diff = text(repo), repo.git("diff")
    repo.git("checkout", "-q", ".")
    quiet = repo.customs(option, "--quiet")
    message = next((line for line in (loud.out + loud.err).split("\n") if "b.py:1:8: unknown" in line), "")
    values = (message.partition("unknown: ")[2],)
    shown = {"diff": repo.customs("--diff").out}
    assert quiet == Ran(loud.status, out.format(*values, **shown), err.format(*values))
    assert (text(repo), repo.git("diff")) == (after, diff)


def test_ignore_existing_exempts_what_is_there_and_nothing_new(repo: Repo) -> None:
    table = '\n[tool.import-customs.per-file-ignores]\n"/a.py" = ["boto3"]\n'
    repo.stage(
        {
            "pyproject.toml": PROJECT + table,
            "a.py": "import boto3, celery, zz_made_up\n",
            "s.py": "# /// script\n# dependencies = []\n# ///\nimport celery\n",
            "sub/b[1].py": "from google.cloud import storage\n",
            "other/pyproject.toml": "[project]\nname = 'x'\nrequires-python = '>=3.9'",
            "other/c.py": "import tomllib\n",
        }
    )
    ran = repo.customs("--ignore-existing")
    assert (ran.status, ran.err) == (0, "")
    assert text(repo) == (
        PROJECT
        + '\n[tool.import-customs.per-file-ignores]\n"/a.py" = ["boto3", "celery", "zz_made_up"]\n"/s.py" = ["celery"]\n'
        + '"sub/b[[]1].py" = ["google.cloud.storage"]\n'
    )
    assert text(repo, "other/pyproject.toml") == (
        "[project]\nname = 'x'\nrequires-python = '>=3.9'\n\n[tool.import-customs.per-file-ignores]\n\"/c.py\" = [\"tomllib\"]"
    )
    assert "checked everything" in repo.customs().out
    assert repo.customs().status == 0
    assert repo.customs("--ignore-existing") == Ran(0, "nothing to exempt: no finding is left\n", "")
    repo.write(
        {
            "sub/b1.py": "from google.cloud import storage\n",
            "a.py": "import celery, tenacity\n",
            "sub/a.py": "import boto3\n",
        }
    )
    repo.git("add", ".")
    ran = repo.customs("--quiet")
    assert [line.partition(" ")[0] for line in ran.out.splitlines()] == [
        "a.py:1:16:",
        "sub/a.py:1:8:",
        "sub/b1.py:1:26:",
    ]


def test_ignore_existing_leaves_what_it_cannot_exempt(repo: Repo) -> None:
    repo.stage(
        {
            "pyproject.toml": '[project]\nname = "demo"\n[dependency-groups]\ndev = ["celery"]\n'
            '[tool.import-customs]\nrules = ["misplaced"]\n',
            "src/demo/a.py": "import celery\n",
        }
    )
    ran = repo.customs("--ignore-existing")
    assert ran.status == 1
    assert ran.out.startswith("left: src/demo/a.py:1:8: misplaced: `celery`")


def test_what_it_says_agrees_with_a_list_on_one_line(repo: Repo) -> None:
    repo.stage(
        {"pyproject.toml": '[project]\nname = "demo"\ndependencies = ["six"]\n', "a.py": "import redis, celery\n"}
    )
    ran = repo.customs("--fix")
    assert '\ndependencies = ["celery", "redis", "six"]\n' in text(repo)
    assert ran.out.startswith('pyproject.toml: added to [project] dependencies\n\n    "celery",\n    "redis",\n\n')


def test_what_the_newest_releases_need_is_said_in_one_sentence(repo: Repo) -> None:
    wide = PROJECT.replace("dependencies", 'requires-python = ">=3.8"\ndependencies')
    repo.stage({"pyproject.toml": wide, "a.py": "import yaml, numpy, celery\n"})
    prose = repo.customs().prose
    assert "Without a version, because requires-python admits more Pythons: `celery` (" in prose
    assert prose.count("Without a version") == 1
    assert re.search(r"`numpy` \([\d.]+ needs Python >=3\.\d+\)\.", prose)


def test_what_stands_in_for_a_dropped_module_may_run_only_where_it_is_gone(repo: Repo) -> None:
    """No release of audioop-lts is installed before 3.13: without the marker the project could not be."""
    repo.stage({"pyproject.toml": PROJECT.replace("dependencies", 'requires-python = ">=3.11"\ndependencies')})
    repo.stage({"a.py": "import audioop, asynchat\n"})
    told = repo.customs().out
    assert re.search(r"\"audioop-lts>=[\d.]+; python_version >= '3\.13'\",\n", told)
    assert re.search(r'"pyasynchat>=[\d.]+",\n', told)
    assert "Without a version" not in told


def test_what_stands_in_and_is_imported_itself_too_runs_everywhere(repo: Repo) -> None:
    repo.stage({"pyproject.toml": PROJECT.replace("dependencies", 'requires-python = ">=3.9"\ndependencies')})
    repo.stage({"a.py": "import distutils\n"})
    assert "python_version >= '3.12'" in repo.customs().out
    repo.stage({"a.py": "import distutils, setuptools\n"})
    assert "python_version" not in repo.customs().out


def test_a_list_that_was_written_to_is_not_printed_as_it_was(repo: Repo) -> None:
    """To paste it would take out again what --fix has just added."""
    repo.stage({"pyproject.toml": '[dependency-groups]\ndev = ["ruff"]\n', "a.py": "import celery\n"})
    repo.stage({"tests/test_a.py": "import redis\n"})
    ran = repo.customs("--fix")
    assert '"redis",' in text(repo)
    assert ran.out.endswith('Add to [dependency-groups] dev:\n\n    "celery",\n')


@pytest.mark.parametrize(
    "requires", [pytest.param("", id="none"), pytest.param('requires-python = ">=3.8"\n', id="wide")]
)
def test_of_a_command_no_version_is_said_to_be_missing(repo: Repo, requires: str) -> None:
    """`uv add` finds one."""
    repo.stage(
        {
            "pyproject.toml": f'[project]\nname = "demo"\n{requires}dependencies = []\n[tool.uv]\n',
            "a.py": "import numpy\n",
        }
    )
    prose = repo.customs().prose
    assert ("uv add numpy" in prose, "version" in prose) == (True, False)
