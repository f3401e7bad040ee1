"""Runs the command many times, or other Python code, in a process that has it loaded already.

Starting Python and loading the command takes longer than most tests need. So each worker of pytest starts one that has
all loaded. There the runs of the command follow each other, each with arguments, folder, environment and standard
streams of its own, and what one has learnt is forgotten after it. Other code may change anything: it is run in a fork.
`Repo.hook` starts anew, for what is about the start itself: `-I`, PYTHONPATH, the locale, what is loaded when.
"""

import atexit
import faulthandler
import gc
import io
import json
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

COMMAND = "from import_customs.__main__ import run; run()"
# What the command loads only where it is needed; the rest comes with the modules of the package.
LIBRARIES = """
    configparser difflib fnmatch importlib.metadata io mmap packaging.markers packaging.requirements
    packaging.specifiers packaging.version pathlib stdlib_list subprocess tempfile tokenize tomlkit traceback
    unicodedata urllib.parse xml.sax.saxutils zlib
""".split()
# What the package reads of its own files: nothing of it differs between two runs.
OWN_FILES = {f"import_customs.providers.{name}" for name in "hosts index index_lines misspelling stdlib uses".split()}
Streams = tuple[tuple[str, str], ...]  # encoding and errors, of standard output and standard error
LONGEST_S = 60  # what takes longer hangs, and is killed


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
        answer = self._process.stdout.readline()
        if not answer:  # what was run ended its process
            loaded.cache_clear()
        status, cpu_s = json.loads(answer) if answer else (self._process.wait(), 0.0)
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
    asked, answers = (os.fdopen(os.dup(number), mode) for number, mode in ((0, "rb"), (1, "wb")))
    streams = tuple((stream.encoding, stream.errors) for stream in (sys.stdout, sys.stderr))
    forget = _what_forgets()
    for line in asked:
        asked_for = json.loads(line)
        answer = _run_here if asked_for[0] == COMMAND or not hasattr(os, "fork") else _run_in_a_fork
        answers.write(json.dumps(answer(asked_for, streams)).encode() + b"\n")
        answers.flush()
        forget()


def _run_in_a_fork(asked_for: list[Any], streams: Streams) -> tuple[int, float]:
    """The status, and the time of the processor."""
    child = os.fork()
    if child == 0:
        signal.alarm(LONGEST_S)
        os._exit(_run(*asked_for, streams))
    _, status, used = os.wait4(child, 0)
    return os.waitstatus_to_exitcode(status), used.ru_utime + used.ru_stime


def _run_here(asked_for: list[Any], streams: Streams) -> tuple[int, float]:
    if "CONSOLE" in asked_for[3]:
        streams = ((asked_for[3]["CONSOLE"], "strict"), (asked_for[3]["CONSOLE"], "backslashreplace"))
    faulthandler.dump_traceback_later(LONGEST_S, exit=True, file=2)
    end_process, os._exit = os._exit, sys.exit  # type: ignore[assignment]  # by which the command ends
    before, folder = sum(os.times()[:4]), os.getcwd()
    try:
        status = _run(*asked_for, streams)
    finally:
        os._exit = end_process  # type: ignore[assignment]
        os.chdir(folder)  # the test's own may be taken away
        faulthandler.cancel_dump_traceback_later()
    return status, sum(os.times()[:4]) - before


def _what_forgets() -> Callable[[], None]:
    """What empties all that the package keeps for the length of a process, but for what it reads of its own files."""
    package = [module for name, module in sys.modules.items() if name.startswith("import_customs.")]
    values = [value for module in package if module.__name__ not in OWN_FILES for value in vars(module).values()]
    caches = [one.cache_clear for one in values if hasattr(one, "cache_clear") and one.__module__ not in OWN_FILES]
    caches += [value.clear for value in values if isinstance(value, dict | list | set) and not value]
    caches.append(sys.modules["import_customs.providers.index_lines"]._read.clear)  # else each run verifies all of it

    def forget() -> None:
        for clear in caches:
            clear()
        gc.collect(0)

    return forget


def _load_all() -> None:
    import importlib
    import pkgutil

    import import_customs

    own = [found.name for found in pkgutil.walk_packages(import_customs.__path__, "import_customs.")]
    for name in [*own, *LIBRARIES]:
        importlib.import_module(name)
    gc.freeze()


def _run(
    code: str, arguments: list[str], cwd: str, environment: dict[str, str], out: str, err: str, streams: Streams
) -> int:
    """Run the code as a Python of its own would, on streams of these encodings; its status."""
    new = os.O_WRONLY | os.O_CREAT | os.O_TRUNC
    for stream, opened in enumerate((os.open(os.devnull, os.O_RDONLY), os.open(out, new), os.open(err, new))):
        os.dup2(opened, stream)
        os.close(opened)
    os.chdir(cwd)
    os.environ.clear()
    os.environ.update(environment)
    sys.argv[:] = ["import-customs", *arguments]
    sys.stdout, sys.stderr = (
        io.TextIOWrapper(io.BufferedWriter(io.FileIO(number, "w", closefd=False)), *encoding)
        for number, encoding in enumerate(streams, 1)
    )
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
    _serve()
