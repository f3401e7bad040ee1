"""The command with --fix, --diff and --ignore-existing: a repository in, the changed files out."""

# ruff: noqa: E501  a text of a file stands as it is

import stat
import subprocess
import sys
from pathlib import Path

import pytest

from conftest import Ran, Repo

PROJECT = '[project]\nname = "demo"\ndependencies = [\n    "pyyaml",\n]\n'
FOUND = {"pyproject.toml": PROJECT, "a.py": "import yaml\nimport celery\n"}
FIXED = PROJECT.replace('    "pyyaml"', '    "celery",\n    "pyyaml"')
WRITTEN = """\
pyproject.toml: wrote 1 line to [project] dependencies

    "celery",

see `git diff`, then `git add` what was written
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
    assert ran.out.splitlines()[:3] == [f"pyproject.toml: wrote 1 line to {place}", "", f"    {line}"]
    assert repo.customs("--fix") == Ran(0, "", "")


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


@pytest.mark.parametrize(("python", "version"), [('"^3.11"', "^5.4.0"), ('">=3.11"', ">=5.4.0")])
def test_version_in_poetry_s_table(repo: Repo, python: str, version: str) -> None:
    lock = '[[package]]\nname = "celery"\nversion = "5.4.0"\n\n[metadata]\nlock-version = "2.1"\n'
    table = f"[tool.poetry.dependencies]\npython = {python}\n"
    repo.stage({"pyproject.toml": table, "poetry.lock": lock, "a.py": "import celery\n"})
    assert repo.customs("--fix").status == 1
    assert text(repo) == f'{table}celery = "{version}"\n'


@pytest.mark.parametrize(
    ("files", "reason"),
    [
        pytest.param({"a.py": "import cv2\n"}, "more than one package provides it: opencv-python", id="ambiguous"),
        pytest.param({"a.py": "import zz_made_up\n"}, "nothing is known to provide it", id="unknown"),
        pytest.param(
            {"a.py": "import zz_made_up\n"}, '[tool.import-customs]: provides = { the-package = ["zz_made_up"] }\n',
            id="unknown: what settles it",
        ),
        pytest.param(
            {"pyproject.toml": '[project]\nname = "a"\ndependencies = ["zz-sdk"]\n', "a.py": "import zz_made_up\n"},
            'provides = { zz-sdk = ["zz_made_up"] }\n',
            id="unknown: a declared package may be it",
        ),
        pytest.param(
            {"pyproject.toml": "[dependency-groups]\ndev = []\n", "a.py": "import celery\n"},
            "has no list of runtime dependencies",
            id="groups alone",
        ),
        pytest.param(
            {"pyproject.toml": '[project]\nname = "a"\ndynamic = ["dependencies"]\n', "setup.cfg": "[options]\ninstall_requires =\n    six\n", "a.py": "import celery\n"},
            "leaves its dependencies to the build backend",
            id="stated elsewhere",
        ),
        pytest.param(
            {"a.py": "# /// script\n# dependencies = []\n# ///\nimport celery\n"},
            "only pyproject.toml is written",
            id="a script with its own metadata",
        ),
        pytest.param(
            {"pyproject.toml": '[project]\nname = "a"\nrequires-python = ">=3.9"\n', "a.py": "import tomllib\n"},
            "guard the import",
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


def test_what_is_clear_is_written_beside_what_is_left(repo: Repo) -> None:
    repo.stage(FOUND | {"b.py": "import cv2\n"})
    ran = repo.customs("--fix")
    assert ran.out.startswith(f"{WRITTEN}left: b.py:1:1: undeclared: `cv2`")
    assert text(repo) == FIXED
    assert repo.customs("--fix").out.startswith("left: b.py:1:1")


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
    assert again.out.endswith("it is there and not staged: `git add` the file that declares or holds it\n")
    assert text(repo) == f"{FIXED}# not staged\n"


def test_a_revision_cannot_be_fixed(repo: Repo) -> None:
    repo.stage(FOUND)
    repo.commit()
    ran = repo.customs("--fix", PRE_COMMIT_TO_REF="HEAD")
    assert (ran.status, ran.out, text(repo)) == (2, "", PROJECT)
    assert ran.err.startswith("error: only the worktree is written to")


@pytest.mark.parametrize("option", ["--fix", "--diff", "--ignore-existing"])
def test_what_is_excluded(repo: Repo, option: str) -> None:
    repo.stage(FOUND)
    for others in (("--format", "json"), ("--output", "x"), ("--stdin-filename", "a.py")):
        ran = repo.customs(option, *others)
        assert (ran.status, ran.out, text(repo)) == (2, "", PROJECT)


def test_ignore_existing_exempts_what_is_there_and_nothing_new(repo: Repo) -> None:
    table = '\n[tool.import-customs.per-file-ignores]\n"/a.py" = ["boto3"]\n'
    repo.stage(
        {
            "pyproject.toml": PROJECT + table,
            "a.py": "import boto3, celery, zz_made_up\n",
            "sub/b[1].py": "from google.cloud import storage\n",
            "other/pyproject.toml": "[project]\nname = 'x'\nrequires-python = '>=3.9'",
            "other/c.py": "import tomllib\n",
        }
    )
    ran = repo.customs("--ignore-existing")
    assert (ran.status, ran.err) == (0, "")
    assert text(repo) == (
        PROJECT
        + '\n[tool.import-customs.per-file-ignores]\n"/a.py" = ["boto3", "celery", "zz_made_up"]\n'
        + '"sub/b[[]1].py" = ["google.cloud.storage"]\n'
    )
    assert text(repo, "other/pyproject.toml") == (
        "[project]\nname = 'x'\nrequires-python = '>=3.9'\n\n[tool.import-customs.per-file-ignores]\n\"/c.py\" = [\"tomllib\"]"
    )
    assert "checked everything" in repo.customs().out
    assert repo.customs().status == 0
    assert repo.customs("--ignore-existing") == Ran(0, "", "")
    repo.write(
        {
            "sub/b1.py": "from google.cloud import storage\n",
            "a.py": "import celery, tenacity\n",
            "sub/a.py": "import boto3\n",
        }
    )
    repo.git("add", ".")
    ran = repo.customs("--quiet")
    assert [line.partition(" ")[0] for line in ran.out.splitlines()] == ["a.py:1:1:", "sub/a.py:1:1:", "sub/b1.py:1:1:"]


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
    assert ran.out.startswith("left: src/demo/a.py:1:1: misplaced: `celery`")
