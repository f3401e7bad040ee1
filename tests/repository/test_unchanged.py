"""Which files are as they were when they were staged: what is done to one of them, and whether it still counts so."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import Repo
from import_customs.repository import git
from import_customs.repository.unchanged import index_and_unchanged

LONG_AGO = (10**9, 10**9)
SEEN = pytest.mark.skipif(os.name == "nt", reason="git and Python may tell times in other steps: all is looked at")


@pytest.fixture
def staged(repo: Repo, monkeypatch: pytest.MonkeyPatch) -> Repo:
    for key in [key for key in os.environ if key.startswith("GIT_")]:
        monkeypatch.delenv(key)
    (repo.path / "a.py").write_text("import one\n")
    os.utime(repo.path / "a.py", LONG_AGO)
    repo.git("add", "a.py")
    os.utime(git.index_path(str(repo.path)))  # git's times may stand still for some milliseconds
    return repo


def same_size_and_time(path: Path) -> None:
    path.write_text("import two\n")
    os.utime(path, LONG_AGO)


def a_link(path: Path) -> None:
    path.rename(path.with_name("b.py"))
    path.symlink_to("b.py")


def same_moment(path: Path) -> None:
    os.utime(path.with_name(".git") / "index", LONG_AGO)


@SEEN
def test_what_nothing_is_done_to(staged: Repo) -> None:
    assert index_and_unchanged(str(staged.path)) == (["a.py"], {"a.py"})


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda path: path.write_text("import three\n"), id="another text"),
        pytest.param(
            same_size_and_time,
            id="another text of one size and time",
            marks=pytest.mark.skipif(os.name == "nt", reason="Windows' third time is that of making the file"),
        ),
        pytest.param(os.utime, id="written again"),
        pytest.param(Path.unlink, id="deleted"),
        pytest.param(a_link, id="a link", marks=pytest.mark.skipif(os.name == "nt", reason="needs a privilege")),
        pytest.param(same_moment, id="as new as the index"),
    ],
)
def test_what_may_have_changed(staged: Repo, change: Callable[[Path], object]) -> None:
    change(staged.path / "a.py")
    assert index_and_unchanged(str(staged.path)) == (["a.py"], set())


@pytest.mark.parametrize("option", ["--assume-unchanged", "--skip-worktree"])
def test_what_git_does_not_look_at(staged: Repo, option: str) -> None:
    staged.git("update-index", option, "a.py")
    assert index_and_unchanged(str(staged.path)) == (["a.py"], set())


@SEEN
def test_what_is_only_intended(staged: Repo) -> None:
    (staged.path / "b.py").write_text("")
    staged.git("add", "-N", "b.py")
    assert index_and_unchanged(str(staged.path))[1] == {"a.py"}


@SEEN
def test_since_looks_at_no_file_that_is_as_it_was(staged: Repo) -> None:
    staged.stage({"pyproject.toml": '[project]\nname = "a"\nversion = "1"\n'})
    staged.commit()
    os.utime(git.index_path(str(staged.path)))
    assert staged.customs("--since", "HEAD").out == ""  # which tells of files that were checked
    (staged.path / "a.py").write_text("import celery\n")
    assert "a.py:1:8: undeclared: `celery`" in staged.customs("--since", "HEAD").out
