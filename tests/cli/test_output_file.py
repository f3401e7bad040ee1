"""Which files `--output` may replace: a report of its own, and no source or declaring file that git tracks."""

import os
import sys
from collections.abc import Callable
from contextlib import suppress

import pytest

from conftest import Ran, Repo
from import_customs.model import CheckError
from import_customs.repository.atomic import _system_errors

FILES = {
    "pyproject.toml": '[project]\nname = "demo"\n[tool.import-customs]\nrequirements-files = ["deps/base.pip"]\n',
    "main.py": "import celery\n",
    "src/deep.py": "",
    "notes.ipynb": '{"cells": []}',
    "tool": "#!/usr/bin/env python3\n",
    "requirements.txt": "six\n",
    "deps/base.pip": "six\n",
    "report.json": "{}\n",
    "docs/imports.txt": "",
}


def link(name: str, target: str) -> Callable[[Repo], None]:
    return lambda repo: (repo.path / name).symlink_to(target)


def as_on_a_disk_that_folds_case(repo: Repo) -> None:
    """There both names are the same file; elsewhere a hard link makes them so."""
    with suppress(FileExistsError):
        os.link(repo.path / "main.py", repo.path / "MAIN.py")


@pytest.mark.parametrize(
    ("name", "tracked", "before"),
    [
        pytest.param("main.py", "main.py", None, id="source"),
        pytest.param("./src/../main.py", "main.py", None, id="a roundabout path"),
        pytest.param("{root}/main.py", "main.py", None, id="an absolute path"),
        pytest.param("notes.ipynb", "notes.ipynb", None, id="a notebook"),
        pytest.param("tool", "tool", None, id="a script without a suffix"),
        pytest.param("pyproject.toml", "pyproject.toml", None, id="what declares"),
        pytest.param("requirements.txt", "requirements.txt", None, id="requirements"),
        pytest.param("deps/base.pip", "deps/base.pip", None, id="requirements by a name of the project's own"),
        pytest.param("report", "main.py", link("report", "main.py"), id="a symlink"),
        pytest.param("d/deep.py", "src/deep.py", link("d", "src"), id="a folder that is a symlink"),
        pytest.param("../out", "main.py", link("../out", "repo/main.py"), id="a symlink from outside"),
        pytest.param("MAIN.py", "main.py", as_on_a_disk_that_folds_case, id="in other letters"),
        pytest.param("main.py", "main.py", lambda repo: (repo.path / "main.py").unlink(), id="deleted on disk"),
    ],
)
def test_a_tracked_source_is_not_replaced(
    repo: Repo, name: str, tracked: str, before: Callable[[Repo], object] | None
) -> None:
    repo.stage(FILES)
    repo.commit()
    if before:
        before(repo)
    status = repo.git("status", "--porcelain")
    ran = repo.customs("--format", "json", "--output", name.format(root=repo.path))
    says = f"{tracked}: error: is tracked by git, and a report replaces no source or declaring file\n"
    assert ran == Ran(2, "", f"{says}    name another file after --output\n")
    assert repo.git("status", "--porcelain") == status


def test_standard_output_is_no_file(repo: Repo) -> None:
    repo.stage(FILES)
    says = "error: --output cannot be -\n    without --output the report is printed; the file is ./-\n"
    assert repo.customs("--output", "-") == Ran(2, "", says)
    assert repo.customs("--output", "./-").status == 1
    assert (repo.path / "-").exists()


@pytest.mark.parametrize("name", ["src/deep.py", "new/../src/deep.py"])
def test_nor_from_a_folder_inside_or_another_repository(repo: Repo, name: str) -> None:
    repo.stage(FILES)
    inner = Repo(repo.path / "inner")
    inner.stage(FILES)
    for output, cwd in (("../src/deep.py", "deps"), ("inner/src/deep.py", "."), ("../../src/deep.py", "inner/src")):
        ran = repo.customs("--output", output, cwd=cwd)
        assert (ran.status, ran.out) == (2, ""), output
        assert "src/deep.py: error: is tracked by git" in ran.err, output


@pytest.mark.parametrize(
    "name",
    [
        pytest.param("new.json", id="a new file"),
        pytest.param("report.json", id="a report that is tracked"),
        pytest.param("new/report.py", id="a name of Python's that is not tracked"),
    ],
)
def test_a_report_is_written_again_and_again(repo: Repo, name: str) -> None:
    repo.stage(FILES)
    (repo.path / "new").mkdir()
    for _ in range(2):
        assert repo.customs("--format", "json", "--output", name) == Ran(1, "", "")
        assert '"celery"' in (repo.path / name).read_text()


def test_it_is_refused_before_anything_is_checked(repo: Repo) -> None:
    repo.stage(FILES | {"pyproject.toml": "= broken\n"})
    assert "broken" not in repo.customs("--output", "main.py").err
    assert "invalid" not in repo.customs("--output", "main.py").err


def test_a_conflict_is_tracked_too(repo: Repo) -> None:
    repo.stage(FILES)
    repo.commit()
    for branch, text in (("one", "import one\n"), ("other", "import other\n")):
        repo.git("checkout", "-q", "-b", branch, "main")
        repo.stage({"main.py": text})
        repo.commit()
    assert repo.run("git", "merge", "one").status == 1
    assert "is tracked by git" in repo.customs("--output", "main.py").err


def test_in_a_hook_git_names_its_folder(repo: Repo) -> None:
    repo.stage(FILES)
    (repo.path / "hook").write_text(f"#!/bin/sh\nexec {sys.executable} -I -m import_customs --output src/deep.py\n")
    (repo.path / "hook").chmod(0o755)
    ran = repo.run("git", "-c", "alias.x=!exec ./hook", "x", GIT_DIR=str(repo.path / ".git"))
    assert "src/deep.py: error: is tracked by git" in ran.err


def test_a_folder_that_is_not_there(repo: Repo) -> None:
    repo.stage(FILES)
    message = "cannot be written: the folder reports/new does not exist"
    says = f"reports/new/r.json: error: {message}\n    create the folder, or name another file\n"
    assert repo.customs("--format", "json", "--output", "reports/new/r.json") == Ran(2, "", says)


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="needs a device that is always full")
def test_a_full_disk() -> None:
    with pytest.raises(CheckError) as raised, _system_errors("r.json"), open("/dev/full", "w", buffering=1) as full:
        full.write("{}\n")
    assert (raised.value.message, raised.value.hint) == (
        "cannot be written: No space left on device",
        "make room on that disk, or name a file on another one",
    )
