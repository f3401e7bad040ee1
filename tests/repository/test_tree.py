"""States of the files: the same questions to a worktree, an index, a revision, and one on top of another."""

import os
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from conftest import Repo, written
from import_customs.model import CheckError, Tree
from import_customs.project import first_party
from import_customs.project.requirements_kept import requirements_kept
from import_customs.repository import git
from import_customs.repository.commit import OutsideIndex
from import_customs.repository.snapshot import Layered, Snapshot
from import_customs.repository.tree import Noted, Worktree, is_module_file

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
    snapshot = Snapshot(objects, git.index_entries(root))
    assert answers(Worktree(root)) == EXPECTED
    assert answers(snapshot) == EXPECTED
    assert answers(Snapshot(objects, git.revision_entries(root, "HEAD"))) == EXPECTED
    assert answers(Layered(snapshot, Worktree(root))) == EXPECTED
    assert answers(Layered(Worktree(root), snapshot)) == EXPECTED
    assert answers(Layered(Snapshot(objects, {}), OutsideIndex(root, ["a.py", "sub/"], is_module_file))) == EXPECTED
    assert answers(Noted(Worktree(root))) == EXPECTED


@pytest.mark.parametrize(
    ("look", "noted"),
    [
        pytest.param(lambda tree: requirements_kept(tree, ""), {"requirements.txt"}, id="for requirements files"),
        pytest.param(lambda tree: first_party.holding(tree, [""], "x.py", "pk"), {"pk/m.py"}, id="for a module"),
    ],
)
def test_what_is_looked_for_notes_no_file_of_another_name(tmp_path: Path, look, noted) -> None:
    tree = Noted(written(tmp_path, dict.fromkeys(["README.md", "requirements.txt", "pk/README.md", "pk/m.py"], "")))
    list(look(tree))
    assert tree.paths == noted


def test_a_snapshot_never_looks_at_the_disk(repo: Repo, objects: git.Objects) -> None:
    repo.write({"a.py": "other", "new.py": ""})
    snapshot = Snapshot(objects, git.index_entries(str(repo.path)))
    assert answers(snapshot) == EXPECTED


LINKS = {
    "link.py": "a.py",
    "sub/up.py": "../a.py",
    "sub/same.py": "./../sub//b.py",
    "twice.py": "link.py",
    "folder": "sub",
    "inner": "folder/deep/",
    "sub/deep/top": "../..",
    "circle": "circle",
    "there": "back/x",
    "back": "there/x",
    "gone.py": "none.py",
    "through.py": "a.py/x",
    "out.py": "../beside.py",
    "out": "..",
    "absolute": "/",
}
THROUGH = (
    *LINKS,
    *("folder/b.py", "folder/deep/c.py", "inner/c.py", "inner/top/folder/up.py", "sub/deep/top/inner/top/a.py"),
    *("circle/a.py", "there/a.py", "out/beside.py", "absolute/a.py", "folder/none.py"),
)


def test_symlinks_are_followed_as_on_disk(repo: Repo, objects: git.Objects) -> None:
    (repo.path.parent / "beside.py").write_text("outside")
    for name, target in LINKS.items():
        (repo.path / name).symlink_to(target)
    repo.git("add", "--all")
    snapshot, worktree = Snapshot(objects, git.index_entries(str(repo.path))), Worktree(str(repo.path))
    for path in THROUGH:
        there = Path(os.path.realpath(repo.path / path))
        is_inside = repo.path.resolve() in (there, *there.parents)
        assert snapshot.read(path) == (there.read_bytes() if is_inside and there.is_file() else None), path
        assert inner(snapshot.listing(path)) == (inner(worktree.listing(path)) if is_inside else {}), path
    assert inner(snapshot.listing("")) == inner(worktree.listing(""))
    assert [path for path in (*PATHS, *LINKS, *FOLDERS) if snapshot.is_link(path)] == list(LINKS)


def inner(listing: Mapping[str, bool]) -> dict[str, bool]:
    """Without git's own, and without what leads out: on disk that is a folder, of which nothing is read."""
    return {name: is_folder for name, is_folder in listing.items() if name not in (".git", "out", "absolute")}


def test_only_regular_files_are_read(repo: Repo, objects: git.Objects) -> None:
    os.mkfifo(repo.path / "pipe.py")
    assert Worktree(str(repo.path)).read("pipe.py") is None


def test_modules_that_are_ignored_whole_and_in_part(repo: Repo, objects: git.Objects) -> None:
    repo.write(
        {"gen/x.py": "x", "gen/y/z.py": "z", "sub/made.py": "m", "untracked.py": "u", ".gitignore": "gen/\nmade.py"}
        | {"gen/setup.py": "", "gen/pyproject.toml": "", "gen/uv.lock": ""}
    )
    root = str(repo.path)
    ignored = OutsideIndex(root, git.ignored_paths(root), is_module_file)
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
