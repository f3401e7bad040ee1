"""Real git repositories in `tmp_path`, and this project as pre-commit and prek install it."""

import atexit
import gc
import os
import shlex
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Generator, Mapping
from functools import cache, partialmethod
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import HealthCheck, settings

from import_customs.repository.tree import Worktree
from loaded_once import COMMAND, loaded
from simulated import WINDOWS, folder_with_git_exe
from skipped_here import CAN_START, skip_for_name, skip_what_windows_lacks, skip_without, why_skipped

ROOT = Path(__file__).resolve().parent.parent
# How `.pre-commit-hooks.yaml` starts its first hook, with the Python of the tests.
_ENTRY = (ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8").partition("entry: python ")[2]
HOOK = (sys.executable, *shlex.split(_ENTRY.partition("\n")[0]))
IN_CI = bool(os.environ.get("CI"))
IS_ROOT = hasattr(os, "geteuid") and os.geteuid() == 0
# Whether the command runs as if this were Windows.
SIMULATED = bool(os.environ.get("SIMULATED")) or os.name == "nt"
# A busy machine takes its time for an example. In continuous integration hypothesis has a profile of its own.
_SUPPRESSED = [HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
settings.register_profile("any speed", settings.default, deadline=None, suppress_health_check=_SUPPRESSED)
settings.load_profile("any speed")
# What `sh .ci/quick` leaves out: folders, files, and a test of a file that is quick otherwise.
SLOW = (
    "check/remedies/test_fix_at_once.py",
    "check/remedies/test_fix_files.py::test_fixed_file_is_the_old_one_and_the_new_entries",
    "check/scope/test_baseline.py",
    "check/scope/test_concerned.py",
    "check/scope/test_removed_declarations.py",
    "check/scope/test_uncommitted.py",
    "check/test_history.py",
    "check/test_imported_before.py",
    "check/unused/test_many.py",
    "check/unused/test_report.py",
    "cli/test_progress.py",
    "cli/test_streams.py",
    "end_to_end/test_by_hand.py",
    "end_to_end/test_declare.py",
    "end_to_end/test_managers.py",
    "end_to_end/test_readme.py",
    "end_to_end/test_scope.py",
    "end_to_end/test_seed_story.py",
    "end_to_end/test_unused.py",
    "end_to_end/test_ways_to_run.py",
    "fuzz/",
    "imports/test_exact_ast.py::test_what_is_only_newer_or_larger_gives_no_warning",
    "imports/test_exact_usual.py::test_time_is_linear",
    "imports/test_exact_usual.py::test_time_of_one_statement_is_linear",
    "imports/test_screen.py::test_time_is_linear",
    "imports/test_superset.py",
    "imports/test_tolerant.py::test_time_is_linear",
    "index/test_shipped.py",
    "model/test_requirement.py::test_shortcut_agrees_with_packaging",
    "model/test_requirement.py::test_what_packaging_accepts_is_accepted",
    "model/test_usual_toml.py::test_the_same_as_tomllib",
    "project/edit/test_array.py::test_the_old_values_stay_in_order_and_so_do_all_comments",
    "project/test_growth.py",
    "project/test_wrong_types.py",
    "providers/test_lock.py::test_the_targeted_read_is_the_full_parse",
    "repository/test_git_ends_early.py",
    "repository/test_index_file.py::test_what_is_found_is_what_git_lists",
    "test_inside.py",
    "test_limits.py",
    "test_loaded_once.py",
    "test_output.py",
    "test_security.py",
    "test_wheel.py",
    "test_windows.py::test_a_file_that_is_open_elsewhere",
    "test_windows.py::test_a_folder_of_which_the_system_cannot_say_where_it_is",
    "test_windows.py::test_machine_formats_are_utf_8",
)
IN_MEMORY = "/dev/shm"  # noqa: S108  of Linux; pytest makes a folder of its own there
LONG_S = 0.1  # what can be told from chance
QUICK_S = 6.0  # of the processor; about 3 s where nothing else runs
_INHERITED = ("CI", "GIT_", "PRE_COMMIT", "PYTHON", "VIRTUAL_ENV", "NO_COLOR", "FORCE_COLOR", "COLUMNS")
_IDENTITY = {
    "GIT_AUTHOR_NAME": "A",
    "GIT_AUTHOR_EMAIL": "a@example.invalid",
    "GIT_COMMITTER_NAME": "A",
    "GIT_COMMITTER_EMAIL": "a@example.invalid",
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
}


if os.name == "nt":  # tests read and write what they say there too: UTF-8, and lines that end in `\n`
    Path.read_text = partialmethod(Path.read_text, encoding="utf-8", newline="")  # type: ignore[assignment]
    Path.write_text = partialmethod(Path.write_text, encoding="utf-8", newline="")  # type: ignore[assignment]
    skip_what_windows_lacks()


collect_ignore = [] if CAN_START else ["test_inside.py", "test_security.py"]  # these start processes as they load


def pytest_configure() -> None:
    """Take interrupts, which a shell has its background jobs ignore: tests send them to what they start.

    Files stand in memory where there is room: to make, fill and remove a repository takes two thirds of the time.
    """
    signal.signal(signal.SIGINT, signal.default_int_handler)
    if _has_room_for_files(IN_MEMORY):
        tempfile.tempdir = IN_MEMORY


def _has_room_for_files(folder: str) -> bool:
    """Whether some gigabytes can be written there, and be run; a container's is small, or nothing in it may be run."""
    if not os.path.isdir(folder) or not os.access(folder, os.W_OK) or "TMPDIR" in os.environ:
        return False
    disk = os.statvfs(folder)
    return disk.f_bavail * disk.f_frsize > 4 * 1024**3 and not disk.f_flag & os.ST_NOEXEC


def pytest_collection_modifyitems(items: list[pytest.Function]) -> None:
    slow = tuple(f"tests/{name}" for name in SLOW)
    for item in items:
        if reason := why_skipped(item):
            item.add_marker(pytest.mark.skip(reason=reason))
        if item.nodeid.startswith(slow):
            item.add_marker(pytest.mark.slow)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None]:
    """In continuous integration what takes long fails where it is not said to: `sh .ci/quick` stays quick."""
    before = spent_in_all_s()
    yield
    spent_s = spent_in_all_s() - before
    if IN_CI and spent_s > QUICK_S and not item.get_closest_marker("slow"):
        pytest.fail(f"took {spent_s:.1f} s of the processor: make it quicker, or add it to SLOW in tests/conftest.py")


@pytest.fixture(scope="session", autouse=True)
def _hypothesis_has_its_characters() -> None:
    """It makes a table of them once a checkout, for two seconds, which are no test's own."""
    if IN_CI:
        from hypothesis import find, strategies

        find(strategies.text(), lambda _: True)


def examples(count: int) -> int:
    """How many examples a property is tried with: all in continuous integration, elsewhere a third."""
    return count if IN_CI else count // 3


def spent_in_all_s() -> float:
    """Time of the processor so far, with that of the processes that were started."""
    return sum(os.times()[:4]) + (loaded().cpu_s if loaded.cache_info().currsize else 0)


def clean_environment() -> dict[str, str]:
    """The environment of a developer's shell: nothing of the test run's own git, pre-commit or Python."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith(_INHERITED)}
    return kept | _IDENTITY


class Ran(NamedTuple):
    """How a command ended."""

    status: int
    out: str
    err: str

    @property
    def prose(self) -> str:
        """The report without its line ends: sentences are wrapped."""
        return " ".join(self.out.split())


def written(folder: Path, files: Mapping[str, str | bytes] | str) -> Worktree:
    """The worktree of a folder, once these files are written there; of a text the names, each an empty file."""
    for name, text in (dict.fromkeys(files.split(), "") if isinstance(files, str) else files).items():
        skip_for_name(name)
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return Worktree(str(folder))


class Repo:
    """One git repository that a test fills, and the command run in it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.environment = clean_environment()
        path.mkdir(parents=True, exist_ok=True)
        if not os.path.lexists(path / ".git"):
            shutil.copytree(new_repository(), path / ".git", copy_function=shutil.copyfile)

    def write(self, files: Mapping[str, str | bytes]) -> None:
        written(self.path, files)

    def stage(self, files: Mapping[str, str | bytes]) -> None:
        self.write(files)
        self.git("add", "--", *files)

    def run(self, *command: str, cwd: str = ".", **environment: str) -> Ran:
        skip_without(command[0])
        done = subprocess.run(
            command, cwd=self.path / cwd, env=self.environment | environment, capture_output=True, check=False
        )
        return _ended(done.returncode, done.stdout, done.stderr)

    def git(self, *arguments: str, **environment: str) -> str:
        ran = self.run("git", *arguments, **environment)
        assert ran.status == 0, ran
        return ran.out

    def commit(self, *arguments: str, **environment: str) -> Ran:
        return self.run("git", "commit", "-q", "-m", "x", *arguments, **environment)

    def customs(self, *arguments: str, cwd: str = ".", **environment: str) -> Ran:
        """Run the command, in a process that has it loaded already: a fifth of the time of `hook`."""
        if not SIMULATED:
            return self.python(COMMAND, *arguments, cwd=cwd, **environment)
        ran = self.windows(*arguments, cwd=cwd, **{"CONSOLE": "utf-8"} | environment)
        return Ran(ran.status, ran.out.replace("\r\n", "\n"), ran.err.replace("\r\n", "\n"))

    def windows(self, *arguments: str, cwd: str = ".", before: str = "", **environment: str) -> Ran:
        """Run the command on Windows, or as if this were it; `before` it some more Python."""
        if os.name == "nt" and not before:
            return self.python(COMMAND, *arguments, cwd=cwd, **environment)
        path = os.pathsep.join([_folder_with_git_exe(), self.environment["PATH"]])
        return self.python(f"{WINDOWS}{before}\n{COMMAND}", *arguments, cwd=cwd, **{"PATH": path} | environment)

    def hook(self, *arguments: str, cwd: str = ".", **environment: str) -> Ran:
        """Run the command as the hook's entry does: a Python that starts."""
        return self.run(*HOOK, *arguments, cwd=cwd, **environment)

    def python(self, code: str, *arguments: str, cwd: str = ".", **environment: str) -> Ran:
        """Run code in a process that has the command loaded already, and that no other run feels."""
        if code != COMMAND and not hasattr(os, "fork"):
            return self.run(sys.executable, "-I", "-c", code, *arguments, cwd=cwd, **environment)
        return _ended(*loaded().run(code, arguments, self.path / cwd, self.environment | environment))


def _ended(status: int, out: bytes, err: bytes) -> Ran:
    """How it ended. Where the test fails, pytest shows what went to standard error."""
    ran = Ran(status, out.decode(errors="surrogateescape"), err.decode(errors="replace"))
    sys.stderr.write(ran.err)
    return ran


def remove(folder: Path) -> None:
    """Remove a folder, if it is there. Windows removes no file without the right to write, such as git's objects."""
    for base, _, names in os.walk(folder) if os.name == "nt" else ():
        for name in names:
            os.chmod(os.path.join(base, name), 0o600)
    if folder.exists():
        shutil.rmtree(folder)


@cache
def _folder_with_git_exe() -> str:
    folder = tempfile.mkdtemp(prefix="git-exe-")
    atexit.register(shutil.rmtree, folder)
    return folder_with_git_exe(Path(folder))


@cache
def new_repository() -> str:
    """What `git init` makes, to be copied: it takes a tenth of the time."""
    folder = tempfile.mkdtemp(prefix="new-repository-")
    atexit.register(shutil.rmtree, folder)
    subprocess.run(["git", "init", "-q", "--template=", "-b", "main", folder], env=clean_environment(), check=True)
    for key, value in (("maintenance.auto", "false"), ("core.compression", "0")):  # nothing runs later, or is packed
        subprocess.run(["git", "-C", folder, "config", key, value], env=clean_environment(), check=True)
    return os.path.join(folder, ".git")


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    return Repo(tmp_path / "repo")


def seconds(run: Callable[[], object]) -> float:
    """What it takes of the processor, without the collector's passes over all that the tests hold, as `timeit`."""
    gc.disable()
    try:
        began = time.process_time()
        run()
        return time.process_time() - began
    finally:
        gc.enable()


def is_linear(prepared: Callable[[int], Callable[[], object]], *sizes: int) -> bool:
    """Whether four times the size takes at most eight times as long: time with the square would take sixteen.

    A size is enough where four times that takes long; the last is, whatever it takes. Asked again up to twice where the
    answer is no: a busy machine slows one of the two at times.
    """
    prepared(10)()  # what is loaded for it
    for _ in range(3):
        for small in sizes:
            short_s, long_s = (seconds(prepared(each)) for each in (small, 4 * small))
            if long_s > LONG_S:
                break
        if long_s < max(8 * short_s, LONG_S / 2):
            return True
    return False
