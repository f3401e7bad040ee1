"""A path and its new content in, the file replaced out: whole or not at all, whatever ends the process meanwhile."""

import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

from import_customs.model import CheckError


def write(path: str, content: bytes) -> None:
    """Put the content in the place of the file, keeping its mode and owner; of a symlink its target is replaced.

    Raises CheckError where it cannot be written; it is then as it was.
    """
    is_there = os.path.exists(path) or os.path.lexists(os.path.realpath(path))  # /dev/stdout may be a pipe without one
    if not is_there or os.path.isfile(path):
        with prepared(path, content) as replace:
            replace()
        return
    with _told(path), open(path, "wb") as stream:  # a pipe or a device cannot be replaced
        stream.write(content)


@contextmanager
def prepared(
    path: str, content: bytes, *, instead_of: bytes | None = None, shown: str = ""
) -> Iterator[Callable[[], None]]:
    """What then replaces the file: the content lies beside it already, so that hardly anything can hinder that.

    `instead_of` is what the file must still hold, `shown` the path that errors name. Raises CheckError, as the
    replacing does, where it holds something else by then, and where it cannot be written; it is then as it was.
    """
    target = os.path.realpath(path)
    with _told(shown or path):
        beside = _beside(target, content)

    def replace() -> None:
        with _told(shown or path), _alone(os.path.dirname(target)):
            if instead_of is not None and _read(target) != instead_of:
                raise changed_meanwhile(shown or path)
            os.replace(beside, target)

    try:
        yield replace
    except BaseException:
        with suppress(OSError):
            os.unlink(beside)
        raise


def changed_meanwhile(path: str) -> CheckError:
    """The error that says that the file is no longer what was judged."""
    hint = "run it again; it is left as it is"
    return CheckError("has been changed by something else meanwhile", hint=hint, path=path)


@contextmanager
def _told(path: str) -> Iterator[None]:
    """What the system refuses, as a CheckError."""
    try:
        yield
    except OSError as error:
        hint = "see that the file and its folder can be written"
        raise CheckError(f"cannot be written: {error.strerror}", hint=hint, path=path) from None


@contextmanager
def _alone(folder: str) -> Iterator[None]:
    """Nothing else writes to the folder in this way meanwhile, where a folder can be locked: not on Windows."""
    try:
        from fcntl import LOCK_EX, flock
    except ImportError:
        yield
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        with suppress(OSError):  # a network's file system without locks
            flock(descriptor, LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def _beside(target: str, content: bytes) -> str:
    """The path of a new file beside the target, with the content, and as the target is in everything else."""
    descriptor, beside = tempfile.mkstemp(prefix=".import-customs-", dir=os.path.dirname(target))
    try:
        with open(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(beside, _mode(target))
        _give(beside, target)
    except BaseException:
        with suppress(OSError):
            os.unlink(beside)
        raise
    return beside


def _give(path: str, like: str) -> None:
    """Give the file the group and the owner of the other one, as far as the process may."""
    if sys.platform == "win32" or not os.path.exists(like):
        return
    there, wanted = os.stat(path), os.stat(like)
    if (there.st_uid, there.st_gid) != (wanted.st_uid, wanted.st_gid):
        for owner, group in ((-1, wanted.st_gid), (wanted.st_uid, -1)):  # the group first: its owner may change it
            with suppress(OSError):  # PermissionError, or EINVAL for one that a container does not know
                os.chown(path, owner, group)


def _read(path: str) -> bytes:
    with open(path, "rb") as file:
        return file.read()


def _mode(target: str) -> int:
    """The file's mode; of a new one what the process would give it."""
    if os.path.exists(target):
        return os.stat(target).st_mode & 0o7777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask
