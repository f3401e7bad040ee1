"""What the scripts in `.ci` decide: how a run ends, and which change wants a line in CHANGELOG.md."""

import re
import shutil
from collections.abc import Mapping

import pytest

from conftest import ROOT, Repo

pytestmark = pytest.mark.skipif(shutil.which("sh") is None, reason="the scripts need a POSIX shell")

CALLS = {  # what each step calls, as a pattern of the shell
    "lint": "ruff?check",
    "format": "ruff?format*",
    "types": "mypy*",
    "lowest": "nox*lowest",
    "others": "nox*others",
    "simulated": "simulated",  # .ci/test once more
    "windows": "nox*windows",
    "newest": "nox*newest",
    "hook": "pre-commit*",
    "workflows": "nox*workflows",
}
STEPS = ("tests", *CALLS)
PASSED = "1 passed, 2 skipped in 3.45s"
HEAD = {"hooks/import_customs/a.py": "", "tests/a.py": "", "CHANGELOG.md": "# Changelog\n"}


@pytest.mark.parametrize(
    ("failing", "status", "end"),
    [
        pytest.param([], 0, f"passed: {' '.join(STEPS)}\n{PASSED}", id="all pass"),
        pytest.param(["types"], 1, f"failed: types\n{PASSED}", id="one fails"),
        pytest.param(["tests", "workflows"], 1, f"failed: tests workflows\n{PASSED}", id="first and last fail"),
        pytest.param(list(STEPS), 1, f"failed: {' '.join(STEPS)}\n{PASSED}", id="all fail"),
    ],
)
def test_each_step_is_run_and_said(repo: Repo, failing: list[str], status: int, end: str) -> None:
    _with_commands(repo, failing)
    ran = repo.run("sh", ".ci/run")
    said = "".join(f"== {step}\n{_log(step) if step == 'tests' or step in failing else ''}" for step in STEPS)
    assert (ran.status, _without_seconds(ran.out)) == (status, f"== environment\n{said}{end}\n"), ran.err


def test_named_steps_alone_are_run(repo: Repo) -> None:
    _with_commands(repo, ["tests"])
    ran = repo.run("sh", ".ci/run", "types", "lint")
    assert (ran.status, _without_seconds(ran.out)) == (0, "== environment\n== lint\n== types\npassed: types lint\n")


def test_a_step_that_is_none_is_refused(repo: Repo) -> None:
    _with_commands(repo, [])
    ran = repo.run("sh", ".ci/run", "lint", "typse")
    assert (ran.status, ran.out) == (2, "")
    assert ran.err == f"no step is called typse; the steps are: {' '.join(STEPS)}\n"


@pytest.mark.parametrize(
    ("change", "status"),
    [
        pytest.param({"hooks/import_customs/a.py": "import os\n"}, 1, id="the package alone"),
        pytest.param({"hooks/import_customs/b.py": ""}, 1, id="a new file of the package"),
        pytest.param({"hooks/import_customs/a.py": "import os\n", "CHANGELOG.md": "# Changelog\n- x\n"}, 0, id="both"),
        pytest.param({"hooks/import_customs/a.py": "import os\n", "CHANGELOG.md": ""}, 1, id="a line is only removed"),
        pytest.param({"tests/a.py": "import os\n"}, 0, id="tests alone"),
        pytest.param({"CHANGELOG.md": "# Changelog\n- x\n"}, 0, id="the changelog alone"),
    ],
)
def test_a_change_of_the_package_wants_a_line(repo: Repo, change: Mapping[str, str], status: int) -> None:
    repo.stage(HEAD | {".ci/changelog": (ROOT / ".ci/changelog").read_text()})
    repo.commit()
    repo.stage(change)
    repo.commit()
    ran = repo.run("sh", ".ci/changelog", "HEAD~1")
    assert ran.status == status, ran


def _with_commands(repo: Repo, failing: list[str]) -> None:
    """`.ci/run`, with commands in place of the real ones that say their name and fail if their step is to."""
    simulated = f"echo log of simulated; exit {int('simulated' in failing)}"
    tests = f"echo log of tests\necho {PASSED}\nexit {int('tests' in failing)}\n"
    tests = f'if [ -n "${{SIMULATED:-}}" ]; then {simulated}; fi\n{tests}'
    repo.write({".ci/run": (ROOT / ".ci/run").read_text(), ".ci/environment": "bin=bin\n", ".ci/test": tests})
    fails = "".join(f"{CALLS[step]}) exit 1 ;;\n" for step in failing if step in CALLS)
    for command in ("ruff", "mypy", "nox", "pre-commit"):
        text = f'#!/bin/sh\necho log of {command}\ncase "{command} $*" in\n{fails}*) exit 0 ;;\nesac\n'
        repo.write({f"bin/{command}": text})
        (repo.path / "bin" / command).chmod(0o755)


def _log(step: str) -> str:
    return f"log of tests\n{PASSED}\n" if step == "tests" else f"log of {re.split('[*?]', CALLS[step])[0]}\n"


def _without_seconds(out: str) -> str:
    return re.sub(r"^(== \w+) \(\d+ s\)$", r"\1", out, flags=re.MULTILINE)
