"""Runs Python code many times, each time in a process of its own that has the command loaded already.

Starting Python and loading the command takes longer than most tests need. So each worker of pytest starts one that has
all loaded, and that is forked for each run: with arguments, folder, environment and standard streams of its own.
Windows cannot fork: there the runs follow each other in the one process, and what one has learnt is forgotten after it.
`Repo.hook` starts anew, for what is about the start itself: `-I`, PYTHONPATH, the locale, what is loaded when.
"""

import atexit
import faulthandler
import io
import json
import locale
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

COMMAND = "from import_customs.__main__ import run; run()"
# What the command loads only where it is needed; the rest comes with the modules of the package.
LIBRARIES = """
    configparser difflib fnmatch importlib.metadata io mmap packaging.markers packaging.requirements
    packaging.specifiers packaging.version pathlib stdlib_list subprocess tempfile tokenize tomlkit traceback
    unicodedata urllib.parse xml.sax.saxutils zlib
""".split()
LONGEST_S = 30  # what takes longer hangs, and is killed


class Loaded:
    """A Python that has the command loaded, and is forked for each run."""

    def __init__(self) -> None:
        self.cpu_s = 0.0  # what all runs have taken, with what they started
        self._folder = tempfile.TemporaryDirectory(prefix="loaded-once-")
        self._process = subprocess.Popen(
            [sys.executable, "-I", __file__],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            start_new_session=True,  # an interrupt from the terminal is for pytest
        )

    def run(
        self, code: str, arguments: Sequence[str], cwd: Path, environment: Mapping[str, str]
    ) -> tuple[int, bytes, bytes]:
        """Status, standard output and standard error. As in `subprocess`, a signal is a negative status."""
        out, err = (os.path.join(self._folder.name, name) for name in ("out", "err"))
        asked = (code, arguments, str(cwd), dict(environment), out, err)
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(json.dumps(asked).encode() + b"\n")
        self._process.stdin.flush()
        status, cpu_s = json.loads(self._process.stdout.readline())
        self.cpu_s += cpu_s
        return status, Path(out).read_bytes(), Path(err).read_bytes()

    def end(self) -> None:
        self._process.communicate()
        self._folder.cleanup()


@cache
def loaded() -> Loaded:
    """The one of this worker."""
    made = Loaded()
    atexit.register(made.end)
    return made


def _serve() -> None:
    """Read what to run from standard input, a line each; answer each with a line once it has ended."""
    for line in sys.stdin.buffer:
        child = os.fork()
        if child == 0:
            signal.alarm(LONGEST_S)
            os._exit(_run(*json.loads(line)))
        _, status, used = os.wait4(child, 0)
        answer = (os.waitstatus_to_exitcode(status), used.ru_utime + used.ru_stime)
        os.write(1, json.dumps(answer).encode() + b"\n")


def _serve_in_this_process() -> None:
    asked, answers = (os.fdopen(os.dup(number), mode) for number, mode in ((0, "rb"), (1, "wb")))
    os._exit = sys.exit  # type: ignore[assignment]  # by which the command ends
    for line in asked:
        asked_for = json.loads(line)
        faulthandler.dump_traceback_later(LONGEST_S, exit=True)
        began = time.process_time()
        status = _run(*asked_for, console=asked_for[3].get("CONSOLE", locale.getencoding()))
        faulthandler.cancel_dump_traceback_later()
        _forget()
        answers.write(json.dumps((status, time.process_time() - began)).encode() + b"\n")
        answers.flush()


def _forget() -> None:
    """Empty what the package keeps for the length of a process."""
    from import_customs.repository import git_process

    git_process._begun.clear()
    for name, module in sys.modules.items():
        for value in vars(module).values() if name.startswith("import_customs") else ():
            if hasattr(value, "cache_clear"):
                value.cache_clear()


def _load_all() -> None:
    import gc
    import importlib
    import pkgutil

    import import_customs

    own = [found.name for found in pkgutil.walk_packages(import_customs.__path__, "import_customs.")]
    for name in [*own, *LIBRARIES]:
        importlib.import_module(name)
    gc.freeze()


def _run(
    code: str, arguments: list[str], cwd: str, environment: dict[str, str], out: str, err: str, console: str = ""
) -> int:
    """Run the code as a Python of its own would, on streams of that encoding; its status."""
    new = os.O_WRONLY | os.O_CREAT | os.O_TRUNC
    for stream, opened in enumerate((os.open(os.devnull, os.O_RDONLY), os.open(out, new), os.open(err, new))):
        os.dup2(opened, stream)
        os.close(opened)
    os.chdir(cwd)
    os.environ.clear()
    os.environ.update(environment)
    sys.argv[:] = ["import-customs", *arguments]
    if console:
        sys.stdout = io.TextIOWrapper(io.BufferedWriter(io.FileIO(1, "w", closefd=False)), console)
        sys.stderr = io.TextIOWrapper(io.BufferedWriter(io.FileIO(2, "w", closefd=False)), console, "backslashreplace")
    status = 0
    try:
        exec(code, {"__name__": "__main__"})  # noqa: S102 - it is what a test asks for
    except SystemExit as end:
        status = end.code if isinstance(end.code, int) else int(end.code is not None)
    except BaseException:
        sys.excepthook(*sys.exc_info())
        status = 1
    sys.stdout.flush()
    sys.stderr.flush()
    return status


if __name__ == "__main__":
    _load_all()
    if hasattr(os, "fork"):
        _serve()
    else:
        _serve_in_this_process()
