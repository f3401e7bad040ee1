"""A path and its new content in, the file replaced out: whole or not at all, whatever ends the process meanwhile."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from import_customs.errors import CheckError


def write(path: str, content: bytes, *, instead_of: bytes | None = None) -> None:
    """Put the content in the place of the file, keeping its mode; a symlink stays one, and its target is replaced.

    `instead_of` is what the file must still hold. Raises CheckError where it holds something else by now, and where
    it cannot be written; it is then as it was.
    """
    target = os.path.realpath(path)
    try:
        is_there = os.path.exists(path) or os.path.lexists(target)  # a pipe, as /dev/stdout may be, has no real path
        if is_there and not os.path.isfile(path):  # nor can it or a device be replaced
            with open(path, "wb") as stream:
                stream.write(content)
        else:
            with _alone(os.path.dirname(target)):
                _replace(target, content, instead_of)
    except OSError as error:
        hint = "see that the file and its folder can be written"
        raise CheckError(f"cannot be written: {error.strerror}", hint=hint, path=path) from None


def changed_meanwhile(path: str) -> CheckError:
    """The error that says that the file is no longer what was judged."""
    hint = "run it again; nothing was written"
    return CheckError("has been changed by something else meanwhile", hint=hint, path=path)


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


def _replace(target: str, content: bytes, instead_of: bytes | None) -> None:
    descriptor, beside = tempfile.mkstemp(prefix=".import-customs-", dir=os.path.dirname(target))
    try:
        with open(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(beside, _mode(target))
        if instead_of is not None and _read(target) != instead_of:
            raise changed_meanwhile(target)
        os.replace(beside, target)
    except BaseException:
        with suppress(OSError):
            os.unlink(beside)
        raise


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
