"""Which tests cannot hold on this system, and why: those that make what it lacks, and those of a table."""

import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

import pytest

CAN_START = sys.platform != "emscripten"  # Pyodide starts no process
# By reason, the beginnings of the names of tests.
NOT_ON_WINDOWS: dict[str, tuple[str, ...]] = {
    "git writes the same index on each system, and takes long there": (
        "repository/test_index_file.py::test_what_is_found_is_what_git_lists",
    ),
    "a file without the right to write is replaced there": (
        "repository/test_atomic.py::test_a_folder_that_cannot_be_written",
    ),
    "a script stands in for git": ("repository/test_git_ends_early.py",),
    "it is about other systems": tuple(
        f"test_windows.py::test_nobody_reads[{arguments}-an invalid argument elsewhere]"
        for arguments in ("", "--format json", "--diff")
    ),
    "no process of Windows is sent an interrupt by its number": (
        "cli/test_streams.py::test_interrupted_at_any_moment_it_ends_quietly",
    ),
    "it starts processes in a way that loads more": (
        "test_clean_path.py::test_nothing_avoidable_is_loaded",
        "test_clean_path.py::test_few_modules_are_loaded",
        "test_clean_path.py::test_a_finding_loads_patterns_and_no_other_of_them",
    ),
    "every file may be run there": ("repository/test_select.py::test_is_python[another suffix]",),
    "Git for Windows runs only from where it was installed": ("test_windows.py::test_where_git_is_found",),
}
NOT_IN_WINE: dict[str, tuple[str, ...]] = {
    "Wine 8 cannot say where a long path leads": ("test_windows.py::test_a_long_path",),
    "pigar, of which the index is built, is not here": (
        "index/test_shipped.py::test_shipped_index_is_what_the_builder_makes",
    ),
    "this Python is no environment": (
        "end_to_end/test_environment.py::test_the_hooks_own_environment_is_not_the_projects",
    ),
}
NOT_IN_PYODIDE: dict[str, tuple[str, ...]] = {
    "it starts a process": (
        "imports/test_clean_path.py::test_the_screen_imports_no_parser",
        "imports/test_exact_ast.py::test_warnings_are_neither_raised_nor_printed",
        "project/test_source_roots.py::test_the_usual_needs_no_parser",
        "providers/test_index_lines.py::test_only_what_was_read_is_verified",
    ),
    "opening a FIFO waits for nobody": ("providers/test_environment.py::test_what_would_wait_for_a_writer_is",),
    "its stack ends after Python's own limit would be met": (
        "imports/notebooks/test_jupyter.py::test_no_crash[too deep]",
    ),
    "a mapped file is a copy of it": ("providers/test_index_lines.py::test_damage_is_said",),
}
_NOT_IN_NAMES = frozenset('<>:"|?*\\\t\n\r\x1b')


def why_skipped(item: pytest.Function) -> str:
    """Why the test is skipped on this system; "" where it is not."""
    if not CAN_START and "repo" in item.fixturenames:
        return "Pyodide starts no process, and git is one"
    table = NOT_ON_WINDOWS if os.name == "nt" else NOT_IN_PYODIDE if not CAN_START else {}
    if "SHIM_PORT" in os.environ:  # of tests/windows/run.py
        table = table | NOT_IN_WINE
    name = item.nodeid.removeprefix("tests/")
    return next((reason for reason, names in table.items() if name.startswith(names)), "")


def skip_what_windows_lacks() -> None:
    """Have each test skipped that makes a link or a FIFO, or gives a file a mode."""
    Path.symlink_to = os.symlink = _skips("links need a right on Windows that few users have")  # type: ignore[assignment]
    os.mkfifo = _skips("Windows has no FIFOs in folders")  # type: ignore[assignment]
    Path.chmod = _skips("modes say little on Windows")  # type: ignore[assignment]


def skip_without(command: str) -> None:
    if os.name == "nt" and shutil.which(command) is None:
        pytest.skip(f"{command} is not here")


def skip_for_name(name: str) -> None:
    if os.name == "nt" and (_NOT_IN_NAMES & set(name) or not name.isprintable()):
        pytest.skip("no file of Windows has such a name")


def _skips(reason: str) -> Callable[..., NoReturn]:
    def skip(*_: object, **__: object) -> NoReturn:
        if sys._getframe(1).f_globals["__name__"].startswith("_pytest"):  # for its own convenience
            raise OSError(reason)
        pytest.skip(reason)

    return skip
