"""What is found in the index file is what `git ls-files` says is there; what is not found is left to git."""

import os
import subprocess
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conftest import Repo, clean_environment, examples
from import_customs.repository import git
from import_customs.repository.index_file import not_found, version

BLOB = "e69de29bb2d1d6434b8b29ae775ad8c2e48c5391"  # of no bytes
KINDS = {"100644": True, "100755": True, "120000": False, "160000": False}  # by mode: whether the file counts
PARTS = st.sampled_from(
    ["a", "a.py", "a.pyi", "aa", "b", "TREE", "link", "é", "日本.py", "a b", "new\nline", "x" * 300]
)
PATHS = st.lists(PARTS, min_size=1, max_size=4).map("/".join)
MANY = [f"package{number % 40}/module{number}.py" for number in range(2_000)]


def index_of(folder: Path, entries: Iterable[str], form: int = 2) -> str:
    """The path of an index file that git makes of lines as `git ls-files --stage` prints them."""
    path = folder / f"index-{len(os.listdir(folder))}"
    lines = "".join(f"{entry}\0" for entry in entries).encode()
    command = ["git", "-C", str(folder), "-c", f"index.version={form}", "update-index", "-z", "--index-info"]
    environment = clean_environment() | {"GIT_INDEX_FILE": str(path)}
    subprocess.run(command, input=lines, env=environment, check=True)
    return str(path)


def listed(folder: Path, index: str) -> set[str]:
    """The merged regular files, as git lists them."""
    command = ["git", "-C", str(folder), "ls-files", "-z", "--stage"]
    environment = clean_environment() | {"GIT_INDEX_FILE": index}
    out = subprocess.run(command, env=environment, capture_output=True, check=True).stdout
    records = [record.partition("\t") for record in os.fsdecode(out).split("\0") if record]
    return {path for about, _, path in records if KINDS[about[:6]] and about.endswith(" 0")}


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return Repo(tmp_path_factory.mktemp("empty")).path


@settings(max_examples=examples(60))
@given(
    entries=st.dictionaries(PATHS, st.tuples(st.sampled_from(sorted(KINDS)), st.sampled_from("0002")), max_size=12),
    others=st.lists(PATHS, max_size=5),
    is_large=st.booleans(),
    step=st.sampled_from([97, 7]),  # few paths are each looked up, of many every entry is read
)
def test_what_is_found_is_what_git_lists(empty: Path, entries, others, is_large, step) -> None:
    lines = [f"100644 {BLOB} 0\t{path}" for path in MANY if is_large]
    lines += [f"{mode} {BLOB} {stage}\t{path}" for path, (mode, stage) in entries.items()]
    index = index_of(empty, lines)
    asked = {*entries, *others, *(path[:-1] for path in entries if path[:-1]), *MANY[::step]}
    assert asked - not_found(index, asked) == asked & listed(empty, index)


@pytest.mark.parametrize("size", ["sha1", "sha256"])
@pytest.mark.parametrize(
    ("form", "reads"), [pytest.param(2, True, id="2"), pytest.param(3, True, id="3"), pytest.param(4, False, id="4")]
)
def test_versions(tmp_path: Path, form: int, reads: bool, size: str) -> None:
    """Version 3 is what git writes where an entry has extended flags. The paths of version 4 are compressed."""
    repo = repository(tmp_path, f"--object-format={size}")
    repo.stage(dict.fromkeys([*MANY[:300], "naïve.py", "odd/länge.py", "skipped.py", "assumed.py"], ""))
    repo.git("update-index", f"--index-version={form}")
    if form == 3:
        repo.write({"intended.py": "x"})
        repo.git("add", "-N", "intended.py")
        repo.git("update-index", "--skip-worktree", "skipped.py")
    repo.git("update-index", "--assume-unchanged", "assumed.py")
    index = str(repo.path / ".git" / "index")
    assert version(index) == form
    paths = {*MANY[:300], "naïve.py", "odd/länge.py"}
    not_looked_at = {"assumed.py", "skipped.py"} if form == 3 else {"assumed.py"}
    more = {*not_looked_at, "intended.py", "package", "package0", "module1.py", "zz.py", ""}
    assert not_found(index, paths | more) == (more if reads else paths | more)


def repository(folder: Path, *options: str) -> Repo:
    subprocess.run(["git", "init", "-q", *options, str(folder / "repo")], env=clean_environment(), check=True)
    return Repo(folder / "repo")


def with_untracked_cache(repo: Repo) -> None:
    repo.git("update-index", "--force-untracked-cache")
    repo.git("status")
    assert b"UNTR" in (repo.path / ".git" / "index").read_bytes()


def with_monitor(repo: Repo) -> None:
    repo.write({".git/monitor": "#!/bin/sh\nprintf 'token\\0'\n"})
    (repo.path / ".git" / "monitor").chmod(0o755)
    repo.git("config", "core.fsmonitor", ".git/monitor")
    repo.git("update-index", "--fsmonitor")
    assert b"FSMN" in (repo.path / ".git" / "index").read_bytes()


def with_offsets(repo: Repo) -> None:
    repo.git("config", "index.threads", "2")
    repo.git("update-index", "--force-write-index")
    assert b"EOIE" in (repo.path / ".git" / "index").read_bytes()


def with_sparse_index(repo: Repo) -> None:
    repo.commit()
    repo.git("sparse-checkout", "set", "--cone", "--sparse-index", "package1")
    assert b"sdir" in (repo.path / ".git" / "index").read_bytes()


def with_split_index(repo: Repo) -> None:
    repo.git("update-index", "--split-index")
    repo.stage({"late.py": ""})


EXTENDED = [
    pytest.param(with_untracked_cache, id="untracked cache"),
    pytest.param(with_monitor, id="fsmonitor"),
    pytest.param(with_offsets, id="offsets of the extensions"),
    pytest.param(with_sparse_index, id="sparse index"),
    pytest.param(with_split_index, id="split index"),
]


@pytest.mark.parametrize("change", EXTENDED)
def test_extensions(tmp_path: Path, clean: None, change: Callable[[Repo], None]) -> None:
    """Whatever follows the entries: nothing is found that is no entry, and git tells what the file does not."""
    repo = repository(tmp_path)
    repo.stage(dict.fromkeys([*MANY[:200], "root.py"], "x"))
    repo.write({"untracked.py": "u", "package1/untracked.py": "u", "intended.py": "i"})
    repo.git("add", "-N", "intended.py")
    change(repo)
    root, not_there = str(repo.path), {"untracked.py", "package1/untracked.py", "intended.py", "none.py"}
    committed = {*MANY[:200], "root.py"}
    assert not_found(os.path.join(root, ".git", "index"), not_there) == not_there
    there = {path for path in committed if (repo.path / path).exists()}  # a sparse index leaves others out
    assert git.uncommitted(root, there | not_there, is_there=lambda _: True, ignored=lambda _: False) == not_there
    assert set(git.index_entries(root, intended=False)) - {"late.py"} == committed


@pytest.fixture
def clean(monkeypatch: pytest.MonkeyPatch) -> None:
    for key in os.environ:
        if key.startswith("GIT_"):
            monkeypatch.delenv(key)
    for key in ("GIT_CONFIG_GLOBAL", "GIT_CONFIG_NOSYSTEM"):
        monkeypatch.setenv(key, clean_environment()[key])


@pytest.mark.parametrize(
    "damage",
    [
        pytest.param(lambda data: data[:0], id="empty"),
        pytest.param(lambda data: data[:11], id="less than a header"),
        pytest.param(lambda data: b"DIRC\0\0\0\5" + data[8:], id="an unknown version"),
        pytest.param(lambda data: b"XXXX" + data[4:], id="another file"),
        pytest.param(lambda data: data[:12] + bytes(len(data) - 12), id="zeros"),
        pytest.param(lambda data: data[:12] + b"\xff" * (len(data) - 12), id="ones"),
        pytest.param(lambda data: data[:12] + data[13:], id="shifted by a byte"),
    ],
)
def test_a_damaged_file_tells_nothing(empty: Path, damage: Callable[[bytes], bytes]) -> None:
    path = Path(index_of(empty, [f"100644 {BLOB} 0\t{path}" for path in MANY]))
    path.write_bytes(damage(path.read_bytes()))
    assert not_found(str(path), MANY) == set(MANY)


def test_a_cut_file_tells_what_it_holds(empty: Path) -> None:
    path = Path(index_of(empty, [f"100644 {BLOB} 0\t{path}" for path in MANY]))
    path.write_bytes(path.read_bytes()[:100_000])
    assert 0 < len(not_found(str(path), MANY)) < len(MANY)


@pytest.mark.parametrize("make", ["mkfifo", "mkdir", ""], ids=["a FIFO", "a folder", "nothing"])
def test_no_regular_file(tmp_path: Path, make: str) -> None:
    if make:
        getattr(os, make)(tmp_path / "index")
    assert not_found(str(tmp_path / "index"), ["a.py"]) == {"a.py"}


@pytest.mark.parametrize(
    ("paths", "where", "variables"),
    [
        pytest.param({"b.py"}, "repo", {}, id="the repository's own"),
        pytest.param({"a.py", "c.py"}, "linked", {}, id="a linked worktree's, by its gitdir file"),
        pytest.param({"a.py", "c.py"}, "linked", {"GIT_DIR": "{repo}/.git/worktrees/linked"}, id="GIT_DIR"),
        pytest.param({"a.py"}, "repo", {"GIT_INDEX_FILE": ".git/other"}, id="GIT_INDEX_FILE, from the root"),
        pytest.param({"a.py"}, "repo", {"GIT_INDEX_FILE": "{repo}/.git/other"}, id="GIT_INDEX_FILE, absolute"),
    ],
)
def test_which_index(tmp_path: Path, clean: None, monkeypatch, paths, where, variables) -> None:
    repo = repository(tmp_path)
    repo.stage({"a.py": ""})
    repo.commit()
    repo.git("worktree", "add", "-q", "../linked", "-b", "linked")
    Repo(tmp_path / "linked").stage({"c.py": ""})
    repo.git("read-tree", "HEAD", GIT_INDEX_FILE=".git/other")
    repo.stage({"b.py": ""})
    repo.git("rm", "-q", "--cached", "a.py")
    for key, value in variables.items():
        monkeypatch.setenv(key, value.format(repo=repo.path))
    monkeypatch.chdir(tmp_path / where)
    asked = {"a.py", "b.py", "c.py"}
    left = git.uncommitted(str(tmp_path / where), asked, is_there=lambda _: True, ignored=lambda _: False)
    assert left == asked - paths
