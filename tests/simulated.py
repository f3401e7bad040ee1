"""Other systems, simulated: Python code that runs before the command, in its process.

The command is loaded by then. So these also hold it to asking for the system when it matters, not when it is imported.
"""

import os
import shutil
from pathlib import Path

# What the `os` of Windows lacks, as far as the package or a module that it uses might take it.
_LACKING = """
    posix_spawn posix_spawnp fork forkpty getuid geteuid getgid chown lchown mkfifo wait4 O_NOFOLLOW O_NONBLOCK
    O_DIRECTORY O_CLOEXEC
""".split()

_SHARED = """
import ctypes, io, os, pathlib, stat, subprocess, sys

class Kernel:
    def __init__(self, name): pass
    def __getattr__(self, name): return self.function
    def __setattr__(self, name, value): pass
    @staticmethod
    def function(*arguments): return 0
"""
_SYSTEM = f"""
for lacking in {_LACKING}:
    if hasattr(os, lacking):
        delattr(os, lacking)
sys.modules.update(dict.fromkeys(["fcntl", "grp", "pwd", "resource", "termios"]))

def open_as_there(path, *rest, _open=os.open, **named):
    if isinstance(path, (str, bytes)) and os.path.isdir(path):
        raise PermissionError(13, "Permission denied", path)
    return _open(path, *rest, **named)

def narrow(function):
    def of(mode):
        if mode > 0xFFFF:
            raise OverflowError("mode out of range")
        return function(mode)
    return of

for module in [stat, *(module for name, module in sys.modules.items() if name.startswith("import_customs"))]:
    for name in ("S_IFMT", "S_ISREG", "S_ISDIR", "S_ISLNK"):
        if hasattr(module, name):
            setattr(module, name, narrow(getattr(module, name)))

os.open, os.name, sys.platform, ctypes.WinDLL = open_as_there, "nt", "win32", Kernel
Kernel.function.restype = None
subprocess._USE_POSIX_SPAWN = False
for module in (pathlib, sys.modules.get("pathlib._local")):
    if module:
        module.WindowsPath = pathlib.PosixPath
"""
_CONSOLE = """
def console(encoding, number):
    there = open(number, "wb", closefd=False)
    return io.TextIOWrapper(there, encoding=encoding, newline="\\r\\n", write_through=True)

encoding = os.environ.get("CONSOLE", "cp1252")
sys.stdout, sys.stderr = console(encoding, 1), console(encoding, 2)
"""
WINDOWS = _SHARED + ("" if os.name == "nt" else _SYSTEM) + _CONSOLE


def folder_with_git_exe(folder: Path) -> str:
    """The folder, made, with this machine's git called as on Windows."""
    folder.mkdir(exist_ok=True)
    there = shutil.which("git")
    assert there
    if os.name == "nt":
        shutil.copy(there, folder / "git.exe")
    else:
        os.symlink(there, folder / "git.exe")
    return str(folder)
