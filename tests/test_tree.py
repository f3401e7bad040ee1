"""States of the files: the same questions to a worktree, an index, a revision, and one on top of another."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from conftest import Repo
from import_customs import git
from import_customs.errors import CheckError
from import_customs.tree import Ignored, Layered, Snapshot, Tree, Worktree

FILES = {"a.py": "a", "sub/b.py": "b", "sub/deep/c.py": "c"}


@pytest.fixture
def objects(repo: Repo, monkeypatch: pytest.MonkeyPatch) -> Iterator[git.Objects]:
    for key in os.environ:
        if key.startswith("GIT_"):
            monkeypatch.delenv(key)
    repo.stage(FILES)
    repo.commit()
    with git.Objects(str(repo.path)) as objects:
        yield objects


def answers(tree: Tree) -> list[object]:
    """What a state says of the files above, and of what is not there."""
    folders = [{name: is_folder for name, is_folder in tree.listing(at).items() if name != ".git"} for at in FOLDERS]
    return [*(tree.read(path) for path in PATHS), *folders]


FOLDERS = ("", "sub", "sub/deep", "none", "a.py")
PATHS = (*FILES, "none.py", "sub", "a.py/x")
EXPECTED = [
    *(b"a", b"b", b"c", None, None, None),
    *({"a.py": False, "sub": True}, {"b.py": False, "deep": True}, {"c.py": False}, {}, {}),
]


def test_every_state_answers_alike(repo: Repo, objects: git.Objects) -> None:
    root = str(repo.path)
    snapshot = Snapshot(objects, git.index(root))
    assert answers(Worktree(root)) == EXPECTED
    assert answers(snapshot) == EXPECTED
    assert answers(Snapshot(objects, git.tree(root, "HEAD"))) == EXPECTED
    assert answers(Layered(snapshot, Worktree(root))) == EXPECTED
    assert answers(Layered(Worktree(root), snapshot)) == EXPECTED
    assert answers(Layered(Snapshot(objects, {}), Ignored(root, ["a.py", "sub/"]))) == EXPECTED


def test_a_snapshot_never_looks_at_the_disk(repo: Repo, objects: git.Objects) -> None:
    repo.write({"a.py": "other", "new.py": ""})
    snapshot = Snapshot(objects, git.index(str(repo.path)))
    assert answers(snapshot) == EXPECTED


def test_only_regular_files_are_read(repo: Repo, objects: git.Objects, tmp_path: Path) -> None:
    (repo.path / "link.py").symlink_to("a.py")
    repo.git("add", "link.py")
    os.mkfifo(repo.path / "pipe.py")
    snapshot = Snapshot(objects, git.index(str(repo.path)))
    assert snapshot.read("link.py") is None
    assert snapshot.listing("")["link.py"] is False
    assert Worktree(str(repo.path)).read("pipe.py") is None


def test_what_is_ignored_whole_and_in_part(repo: Repo, objects: git.Objects) -> None:
    repo.write(
        {"gen/x.py": "x", "gen/y/z.py": "z", "sub/made.py": "m", "untracked.py": "u", ".gitignore": "gen/\nmade.py"}
    )
    root = str(repo.path)
    ignored = Ignored(root, git.ignored(root))
    assert [ignored.read(path) for path in ("gen/y/z.py", "sub/made.py", "untracked.py", "a.py")] == [
        *(b"z", b"m", None, None)
    ]
    assert [ignored.listing(folder) for folder in ("", "gen", "gen/y", "sub")] == [
        *({"gen": True, "sub": True}, {"x.py": False, "y": True}, {"z.py": False}, {"made.py": False})
    ]


def test_an_unreadable_file_is_said(tmp_path: Path) -> None:
    (tmp_path / "loop.py").symlink_to("loop.py")
    with pytest.raises(CheckError, match="Too many levels of symbolic links"):
        Worktree(str(tmp_path)).read("loop.py")
