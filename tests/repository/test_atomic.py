"""A file is replaced whole or not at all, and stays what it was in everything else."""

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from conftest import IS_ROOT
from import_customs.model import CheckError
from import_customs.repository import atomic


def replaced(path: Path, content: bytes, instead_of: bytes) -> None:
    with atomic.prepared_write(str(path), content, instead_of=instead_of) as replace:
        replace()


def test_a_new_file_has_the_mode_that_others_have(tmp_path: Path) -> None:
    plain, made = tmp_path / "plain", tmp_path / "made"
    plain.write_bytes(b"")
    atomic.write(str(made), b"new")
    assert (made.read_bytes(), made.stat().st_mode) == (b"new", plain.stat().st_mode)


def test_mode_and_symlink_are_kept(tmp_path: Path) -> None:
    target, link = tmp_path / "sub" / "target", tmp_path / "link"
    target.parent.mkdir()
    target.write_bytes(b"old")
    target.chmod(0o640)
    link.symlink_to("sub/target")
    replaced(link, b"new", b"old")
    assert link.is_symlink()
    assert (target.read_bytes(), stat.S_IMODE(target.stat().st_mode)) == (b"new", 0o640)
    assert os.listdir(target.parent) == ["target"]


@pytest.mark.skipif(not IS_ROOT, reason="only root can give a file away")
def test_owner_and_group_are_kept(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"old")
    path.chmod(0o640)
    os.chown(path, 1000, 1001)
    replaced(path, b"new", b"old")
    there = path.stat()
    assert (there.st_uid, there.st_gid, stat.S_IMODE(there.st_mode)) == (1000, 1001, 0o640)


@pytest.mark.skipif(not IS_ROOT, reason="another user is needed")
@pytest.mark.parametrize("groups", ["--clear-groups", "--groups=1001"])
def test_what_may_not_be_given_away_is_written_all_the_same(tmp_path: Path, groups: str) -> None:
    """By one who may write to the folder, and is in the file's group or is not."""
    path = tmp_path / "file"
    path.write_bytes(b"old")
    os.chown(path, 1000, 1001)
    program = [sys.executable, "-c", _KILLED, str(path), "1000"]
    subprocess.run(["setpriv", "--inh-caps=-all", "--bounding-set=-all", groups, *program], check=True)
    assert (path.read_bytes(), path.stat().st_gid) == (b"new", 1001 if groups.endswith("1001") else 0)


def test_what_changed_meanwhile_is_left(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"changed")
    with pytest.raises(CheckError, match="changed by something else"):
        replaced(path, b"new", b"old")
    assert (path.read_bytes(), os.listdir(tmp_path)) == (b"changed", ["file"])


# Ends the process, as a kill would, at the nth thing of note that it does once the file is about to be written.
_KILLED = """
import os, sys, tempfile, time
from import_customs.repository import atomic
path, left = sys.argv[1], int(sys.argv[2])
def kill(event, _):
    global left
    left -= 1
    if left < 0:
        os._exit(9)
sys.addaudithook(kill)
with atomic.prepared_write(path, b"new", instead_of=b"old") as replace:
    replace()
    os._exit(0)
"""


def test_a_kill_at_any_point_leaves_the_old_file_or_the_new_one(tmp_path: Path) -> None:
    path = tmp_path / "file"
    found = []
    for events in range(100):
        path.write_bytes(b"old")
        done = subprocess.run([sys.executable, "-c", _KILLED, str(path), str(events)], check=False)
        found.append(path.read_bytes())
        if done.returncode == 0:
            break
    assert len(found) > 5
    assert set(found[:-1]) <= {b"old", b"new"}
    assert found[-1] == b"new"


@pytest.mark.skipif(IS_ROOT, reason="root writes everywhere")
def test_a_folder_that_cannot_be_written(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"old")
    tmp_path.chmod(0o555)
    with pytest.raises(CheckError, match="cannot be written: Permission denied"):
        replaced(path, b"new", b"old")
    assert path.read_bytes() == b"old"


def test_a_folder_that_is_missing(tmp_path: Path) -> None:
    with pytest.raises(CheckError, match=r"the folder .*none does not exist"):
        atomic.write(str(tmp_path / "none" / "file"), b"new")
