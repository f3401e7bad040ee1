"""Replace a file wholly or not at all, whatever ends the process meanwhile.

Here alone the package knows how the systems replace and lock files.
"""

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from errno import ENOSPC

from import_customs.model import CheckError
from import_customs.repository import windows
from import_customs.repository.tree import real_path

_PATIENCE_S, _PAUSE_S = 1.0, 0.05  # with another program that has the file open


def write(path: str, content: bytes) -> None:
    """Replace the file's content, and keep its mode and owner; for a symlink, the file that it leads to is replaced.

    Raises CheckError if it cannot be written; it is then as it was.
    """
    is_there = os.path.exists(path) or os.path.lexists(real_path(path))  # /dev/stdout may lead to a pipe
    if not is_there or os.path.isfile(path):
        with prepared_write(path, content) as replace:
            replace()
        return
    with _system_errors(path), open(path, "wb") as stream:  # a pipe or a device cannot be replaced
        stream.write(content)


@contextmanager
def prepared_write(
    path: str, content: bytes, *, instead_of: bytes | None = None, shown: str = ""
) -> Iterator[Callable[[], None]]:
    """The function that replaces the file. The content is on disk before it is called, so it hardly ever fails.

    `instead_of` is what the file must still hold, `shown` is the path that errors name. Both this and the function
    raise CheckError if the file holds something else by then, or cannot be written; it is then as it was.
    """
    target = real_path(path)
    with _system_errors(shown or path):
        new = _new_file_beside(target, content)

    def replace() -> None:
        with _system_errors(shown or path), _locked(os.path.dirname(target)):
            for is_last in _tries():
                try:
                    if instead_of is not None and _read(target) != instead_of:
                        raise changed_meanwhile(shown or path)
                    os.replace(new, target)
                    return
                except PermissionError:
                    if is_last or os.name != "nt":
                        raise

    try:
        yield replace
    except BaseException:
        _discard(new)
        raise


def _tries() -> Iterator[bool]:
    """For each try whether it is the last: Windows replaces no file that an editor or a virus scanner has open."""
    until = time.monotonic() + _PATIENCE_S
    while time.monotonic() < until:
        yield False
        time.sleep(_PAUSE_S)
    yield True


def _discard(path: str) -> None:
    """Remove the new file, which Windows keeps where it has the mode of one that is not to be written."""
    with suppress(OSError):
        try:
            os.unlink(path)
        except PermissionError:
            os.chmod(path, 0o600)
            os.unlink(path)


def changed_meanwhile(path: str) -> CheckError:
    """The error for a file that is no longer what was judged."""
    hint = "run it again; it is left as it is"
    return CheckError("has been changed by something else meanwhile", hint=hint, path=path)


@contextmanager
def _system_errors(path: str) -> Iterator[None]:
    """Raise what the system refuses as a CheckError."""
    try:
        yield
    except OSError as error:
        why, hint = _why_refused(error, path)
        raise CheckError(f"cannot be written: {why}", hint=hint, path=path) from None


def _why_refused(error: OSError, path: str) -> tuple[str, str]:
    """What is wrong, and what to do about it."""
    folder = os.path.dirname(path)
    if isinstance(error, FileNotFoundError) and folder and not os.path.isdir(folder):
        return f"the folder {folder} does not exist", "create the folder, or name another file"
    if error.errno == ENOSPC:
        return str(error.strerror), "make room on that disk, or name a file on another one"
    hint = "check that the file and its folder can be written"
    if os.name == "nt" and isinstance(error, PermissionError):
        hint += ", and that no other program has the file open"
    return str(error.strerror), hint


@contextmanager
def _locked(folder: str) -> Iterator[None]:
    """Lock the folder against another run of this hook, where the system has a lock."""
    if os.name == "nt":
        with windows.locked(folder):
            yield
        return
    from fcntl import LOCK_EX, flock

    descriptor = os.open(folder, os.O_RDONLY)
    try:
        with suppress(OSError):  # a network file system without locks
            flock(descriptor, LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def _new_file_beside(target: str, content: bytes) -> str:
    """The path of a new file in the same folder, with the content, and with the target's mode and owner."""
    import tempfile  # 11 ms; most reports are printed

    descriptor, new = tempfile.mkstemp(prefix=".import-customs-", dir=os.path.dirname(target))
    try:
        with open(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(new, _mode(target))
        _copy_owner(target, new)
    except BaseException:
        _discard(new)
        raise
    return new


def _copy_owner(target: str, path: str) -> None:
    """Give the file the target's owner and group, as far as the process may."""
    if not hasattr(os, "chown") or not os.path.exists(target):
        return
    there, wanted = os.stat(path), os.stat(target)
    if (there.st_uid, there.st_gid) != (wanted.st_uid, wanted.st_gid):
        for owner, group in ((-1, wanted.st_gid), (wanted.st_uid, -1)):  # the group first: its owner may change it
            with suppress(OSError):  # PermissionError, or EINVAL for one that a container does not know
                os.chown(path, owner, group)


def _read(path: str) -> bytes:
    with open(path, "rb") as file:
        return file.read()


def _mode(target: str) -> int:
    """The file's mode; for a new file the one that the process would give it."""
    if os.path.exists(target):
        return os.stat(target).st_mode & 0o7777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask
