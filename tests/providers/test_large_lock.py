"""A large uv.lock: what it is found to lack has no block, and what is there is read as from any other."""

from functools import partial
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from import_customs.model import Locations
from import_customs.model.requirement import Name
from import_customs.providers.evidence import gather_evidence
from import_customs.providers.large_lock import LargeLock
from import_customs.providers.lock import partly_read, read_lock
from import_customs.repository.snapshot import Layered
from import_customs.repository.tree import Noted, Worktree

NAMES = st.text(st.sampled_from("ab-1z"), min_size=1, max_size=4)
BEGINNING = "version = 1\nrevision = 3\n\n"


def lock_of(names, size):
    """A file as uv writes it, of that many bytes a block."""
    wheels = 'wheels = [\n    { url = "https://files.invalid/x.whl" },\n]\n'
    blocks = [f'[[package]]\nname = "{name}"\nversion = "1"\n{wheels}' for name in sorted(names)]
    return (BEGINNING + "\n".join(block + "#" * (size - len(block)) + "\n" for block in blocks)).encode()


@given(st.lists(NAMES, max_size=60), st.lists(NAMES, min_size=1, max_size=6), st.sampled_from([100, 5_000, 30_000]))
def test_what_is_lacking_is_not_there(names, asked, size):
    searched = LargeLock(partial(BytesIO, lock_of(names, size)))
    assert [searched.lacks(name) for name in asked] == [name not in names for name in asked]


@pytest.mark.parametrize("before", range(65_536 - 16, 65_536 + 2))
def test_a_name_across_two_parts_is_found(before):
    searched = LargeLock(partial(BytesIO, b"#" * before + b'name = "celery"' + b"#" * 100_000))
    assert (searched.lacks("celery"), searched.lacks("celer")) == (False, True)


def test_after_a_few_names_all_is_read():
    searched = LargeLock(partial(BytesIO, lock_of(["a"], 300_000)))
    assert [searched.lacks(f"x{number}") for number in range(8)] == [True] * 6 + [False] * 2


def test_blocks_in_another_order_are_found():
    text = lock_of(["p0007"], 300_000) + lock_of(["a"], 100).removeprefix(BEGINNING.encode())
    found = partly_read("uv.lock", partial(BytesIO, text), partial(read_lock, text, "uv.lock"))
    assert [found.package(Name(name)) is None for name in ("a", "p0007", "b")] == [False, False, True]


@pytest.mark.parametrize(("path", "text", "partly"), [
    pytest.param("uv.lock", lock_of(map("p{:04}".format, range(3_000)), 100), True, id="large"),
    pytest.param("libs/a/uv.lock", lock_of(map("p{:04}".format, range(3_000)), 100), True, id="in a folder"),
    pytest.param("uv.lock", lock_of(["p0007"], 100), False, id="small: somebody may have written it"),
    pytest.param("uv.lock", lock_of(["p0007"], 300_000).replace(b"\n", b"\r\n"), False, id="line ends of Windows"),
    pytest.param("uv.lock", lock_of(["p0007"], 300_000)[1:], False, id="another beginning"),
    pytest.param("poetry.lock", lock_of(["p0007"], 300_000), False, id="of another tool"),
])  # fmt: skip
def test_what_is_read_partly(path, text, partly):
    found = partly_read(path, partial(BytesIO, text), partial(read_lock, text, path))
    assert (found is not None) == partly
    if found is not None:
        whole = read_lock(text, path)
        for name in map(Name, ("q", "p0007", "a", "p2999", "p3000")):
            assert found.package(name) == whole.package(name)
        assert found.names() == whole.names()


def test_a_file_that_goes_away_has_nothing():
    text = lock_of(map("p{:04}".format, range(3_000)), 100)
    opened = iter([BytesIO(text), None])
    found = partly_read("uv.lock", lambda: next(opened), lambda: None)
    assert found is not None
    assert found.package(Name("p0007")) is None


def test_one_that_uv_did_not_write_after_all_has_what_is_there():
    text = lock_of(["x"], 300_000) + b'[[package]]\nname = """\n'
    assert [read_lock(text, "uv.lock").package(Name(name)) for name in ("y", "x")] == [None, None]


def test_evidence_is_the_same_however_the_file_is_read(tmp_path):
    (tmp_path / "uv.lock").write_bytes(lock_of(map("p{:04}".format, range(3_000)), 100))
    disk = Worktree(str(tmp_path))
    noted = Noted(disk)
    locations = Locations(str(tmp_path), {}, reads_environment=False)
    partly, whole = (gather_evidence(tree, "", locations, {}) for tree in (noted, Layered(disk, disk)))
    for name in map(Name, ("q", "p0007", "p3000")):
        assert partly.package(name) == whole.package(name)
    assert noted.paths == {"uv.lock"}
    (tmp_path / "uv.lock").write_bytes(lock_of(["a"], 300_000) + b"\xff")
    assert gather_evidence(noted, "", locations, {}).package(Name("a")) is None


@pytest.mark.parametrize("make", [
    pytest.param(lambda path: path.mkdir(), id="a folder"),
    pytest.param(lambda path: path.symlink_to("elsewhere"), id="a link"),
    pytest.param(str, id="nothing"),
])  # fmt: skip
def test_only_a_regular_file_is_opened(tmp_path, make):
    make(tmp_path / "uv.lock")
    assert Worktree(str(tmp_path)).opened("uv.lock") is None
