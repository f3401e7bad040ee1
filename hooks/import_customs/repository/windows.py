"""What only Windows needs: batch files as programs, and a lock between processes. The clean path does not load it."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

from import_customs.model import CheckError

_PATIENCE_MS = 10_000  # with another run of this hook


def batch_line(command: list[str]) -> str:
    """The line by which cmd.exe runs a batch file with exactly these arguments.

    Raises CheckError where cmd.exe would replace something in them. Sources: Microsoft's documentation of cmd,
    "Remarks", and "Parsing C++ command-line arguments" for the backslashes at the end of a word.
    """
    if any(sign in word for word in command for sign in '"%\r\n'):
        raise CheckError(f'{command[0]} cannot be given a name with " or %', hint="put git.exe on PATH")
    shell = os.path.join(os.environ.get("SYSTEMROOT", "C:\\Windows"), "System32", "cmd.exe")
    words = (word + "\\" * (len(word) - len(word.rstrip("\\"))) for word in command)
    quoted = " ".join(f'"{word}"' for word in words)
    return f'"{shell}" /d /e:on /v:off /s /c "{quoted}"'


@contextmanager
def locked(folder: str) -> Iterator[None]:
    """Lock the folder against another run of this hook by a mutex, which its process cannot leave behind."""
    import ctypes
    from hashlib import sha256

    system = ctypes.WinDLL("kernel32")  # type: ignore[attr-defined]  # only Windows has it
    system.CreateMutexW.restype = ctypes.c_void_p
    name = sha256(os.path.normcase(os.path.realpath(folder)).encode("utf-8", "surrogatepass")).hexdigest()
    mutex = ctypes.c_void_p(system.CreateMutexW(None, False, f"Local\\import-customs-{name}"))
    system.WaitForSingleObject(mutex, _PATIENCE_MS)
    try:
        yield
    finally:
        system.ReleaseMutex(mutex)
        system.CloseHandle(mutex)
