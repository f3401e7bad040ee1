"""Standard streams that are closed, full, narrow or gone, and signals: the status is true, nothing is a traceback."""

import signal
import subprocess
import sys
import time

import pytest

from conftest import Ran, Repo

PROJECT = '[project]\nname = "demo"\ndependencies = []\n'
FOUND = {"pyproject.toml": PROJECT, "a.py": "import celery\n"}
CLEAN = {"pyproject.toml": PROJECT, "a.py": "import os\n"}
WARNED = {"pyproject.toml": PROJECT, "a.py": "import celery\nx = = 1\n"}
WRONG = {"pyproject.toml": "= 1\n", "a.py": "import celery\n"}
HOOK = f'"{sys.executable}" -I -m import_customs'
LOST = "error: cannot write the report: No space left on device\n    check where standard output goes\n"
CLOSED = "error: cannot write the report: standard output is closed\n    check where it goes\n"


@pytest.mark.parametrize(
    ("files", "how", "status", "err"),
    [
        pytest.param(FOUND, ">/dev/full", 2, LOST, id="full output"),
        pytest.param(FOUND, ">&-", 2, CLOSED, id="closed output"),
        pytest.param(FOUND, "--output=report >&-", 1, "", id="closed output, not needed"),
        pytest.param(FOUND, "--quiet >&-", 2, CLOSED, id="closed output, quiet"),
        pytest.param(CLEAN, "--quiet >&-", 0, "", id="closed output, nothing to say"),
        pytest.param(FOUND, "--fix >&- && cat pyproject.toml", 2, CLOSED, id="closed output under --fix"),
        pytest.param(FOUND, "2>&-", 1, "", id="closed error output"),
        pytest.param(FOUND, "<&-", 1, "", id="closed input"),
        pytest.param(FOUND, "<&- >&- 2>&-", 2, "", id="all closed"),
        pytest.param(FOUND, "--staged <&- 2>&-", 1, "", id="closed, and git's objects are read"),
        pytest.param(FOUND, ">/dev/full 2>/dev/full", 2, "", id="both full"),
        pytest.param(WARNED, "2>/dev/full", 1, "", id="a warning that cannot be told"),
        pytest.param(WARNED, "2>&-", 1, "", id="a warning that nobody hears"),
        pytest.param(WRONG, "2>/dev/full", 2, "", id="an error that cannot be told"),
        pytest.param(WRONG, "2>&-", 2, "", id="an error that nobody hears"),
        pytest.param(
            FOUND,
            "--stdin-filename a.py <&-",
            2,
            "error: standard input is closed\n    --stdin-filename reads the text from there\n",
            id="closed input that is asked for",
        ),
        pytest.param(FOUND, "--help >/dev/full", 2, LOST, id="help to a full output"),
        pytest.param(FOUND, "--help >&-", 2, CLOSED, id="help to a closed output"),
        pytest.param(FOUND, "--version >&-", 2, CLOSED, id="version to a closed output"),
    ],
)
def test_streams(repo: Repo, files: dict[str, str], how: str, status: int, err: str) -> None:
    repo.stage(files)
    ran = repo.run("sh", "-c", f"{HOOK} {how}")
    assert (ran.status, ran.err) == (status, err)


@pytest.mark.parametrize("arguments", ["", "--format json", "--help", "--explain celery", "--diff", "--fix"])
def test_a_reader_that_goes_is_no_error(repo: Repo, arguments: str) -> None:
    many = "".join(
        f"import celery, nobody_has_it_{number}{400 * '_'}\n" for number in range(100)
    )  # more than a pipe holds
    repo.stage({"pyproject.toml": PROJECT, "a.py": many})
    ran = repo.run("bash", "-c", f"{HOOK} {arguments} | head -1 >/dev/null; echo ${{PIPESTATUS[0]}}")
    assert ran in (Ran(0, "1\n", ran.err), Ran(0, "0\n", ""))
    assert "Traceback" not in ran.err
    assert "Exception" not in ran.err


@pytest.mark.parametrize(
    "environment",
    [
        {"LC_ALL": "C"},
        {"LC_ALL": "POSIX", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"},
        {"PYTHONIOENCODING": "ascii"},
        {"PYTHONIOENCODING": "cp1252"},
        {"PYTHONIOENCODING": "cp437:strict"},
        {"PYTHONIOENCODING": "utf-16"},
        {"LANG": "tr_TR.UTF-8"},
        {"NO_COLOR": "1", "FORCE_COLOR": "1"},
        {"TERM": "dumb"},
        {"COLUMNS": "1"},
    ],
    ids=str,
)
def test_any_console(repo: Repo, environment: dict[str, str]) -> None:
    """Without -I, by which Python passes such variables over; the file's name and the source hold all that is odd."""
    name = "ä日\udcff.py"
    repo.stage({"pyproject.toml": PROJECT, name: "import celery, модуль_ä, naïve  # ☃\n"})
    printed = subprocess.run(
        [sys.executable, "-c", FOUR_TIMES],
        cwd=repo.path,
        env=repo.environment | environment,
        capture_output=True,
        check=False,
    )
    assert (printed.returncode, b"Traceback" in printed.stderr) == (0, False), printed
    assert b"\x1b" not in printed.stdout


FOUR_TIMES = """
from import_customs.cli import main
statuses = [main(arguments.split()) for arguments in ("", "--format github", "--diff", "--explain celery")]
assert statuses == [1, 1, 1, 0], statuses
"""


def test_interrupted_at_any_moment_it_ends_quietly(repo: Repo) -> None:
    """Asked again where no moment was one of the check's own: a busy machine may take longer for one than for all."""
    repo.stage({"pyproject.toml": PROJECT} | {f"f{n}.py": f"import celery, nobody_has_{n}\n" for n in range(40)})
    assert any(130 in statuses_when_interrupted(repo) for _ in range(4))


def statuses_when_interrupted(repo: Repo) -> list[int]:
    command, seen = [sys.executable, "-I", "-m", "import_customs"], []
    began = time.monotonic()
    subprocess.run(command, cwd=repo.path, env=repo.environment, capture_output=True, check=False)
    whole_s = time.monotonic() - began
    for tenths in range(3, 11):  # before that it is Python itself that starts
        with subprocess.Popen(
            command, cwd=repo.path, env=repo.environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE
        ) as child:
            time.sleep(whole_s * tenths / 10)
            child.send_signal(signal.SIGINT)
            _, err = child.communicate()
        seen.append(child.returncode)
        assert b", in run\n" not in err, err.decode()  # of a busy machine it may still be Python's own start
    assert set(seen) <= {130, 1, -signal.SIGINT}
    return seen
