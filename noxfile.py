"""The tests on each Python that the project supports and with the lowest dependencies it admits; the workflows."""

import re
import shutil
import sys

import nox

nox.options.default_venv_backend = "virtualenv"
PROJECT = nox.project.load_toml("pyproject.toml")
PYTHONS = nox.project.python_versions(PROJECT)
PURE = ["tests/imports", "tests/model", "tests/project", "tests/providers", "-m", "not slow"]
WINDOWS = [
    "tests/test_windows.py",
    "tests/repository/test_select.py",
    "tests/project/edit",
    "tests/check/unused/test_change.py",
]
NOT_FETCHED = 75  # the status of the runners below where there is no network
PYODIDES = ["314.0.7", "315.0.0-alpha.2"]  # CPython 3.14.2 and 3.15.0rc1
NEWER = [
    "tests/imports",
    "tests/model/test_value.py",
    "tests/providers/test_stdlib.py",
    "-m",
    "not slow",
    "-k",
    "not linear",
]


@nox.session(python=PYTHONS)
def tests(session: nox.Session) -> None:
    """All tests. Arguments go to pytest."""
    session.install("--editable", ".", "--group", "test")
    session.run("pytest", "-n", "auto", *session.posargs)


@nox.session(python=[python for python in PYTHONS if python != f"{sys.version_info[0]}.{sys.version_info[1]}"])
def others(session: nox.Session) -> None:
    """On the other Pythons what may differ between them: reading Python, the values, the standard library, judging."""
    session.install("--editable", ".", "--group", "test")
    session.run("pytest", "-n", "auto", *PURE, "tests/check/judge/test_judge.py", "tests/cli/test_cli.py")


@nox.session(python=PYTHONS[0])
def lowest(session: nox.Session) -> None:
    """What stands on the dependencies, on the lowest Python with the lowest versions that pyproject.toml admits."""
    session.install("--editable", ".", "--group", "test")
    floors = [re.sub(">=", "==", requirement) for requirement in PROJECT["project"]["dependencies"]]
    session.install(*floors)
    session.run(
        "pytest",
        "-n",
        "auto",
        "tests/project",
        "tests/providers/test_stdlib.py",
    )


@nox.session
def workflows(session: nox.Session) -> None:
    """The workflows: whether they would run, and what they would let a stranger do."""
    session.install("--group", "workflows")
    session.run("jactionlint")
    session.run("zizmor", "--offline", "--no-progress", ".github")


@nox.session
def windows(session: nox.Session) -> None:
    """Under a real Python for Windows, in wine: the quick tests of what the systems differ by, or those asked for."""
    if missing := missing_commands("wine", "x86_64-w64-mingw32-gcc"):
        session.skip(f"no test was run under Windows' Python: there is no {missing}")
    session.run(*windows_python(session), "-m", "pytest", *(session.posargs or WINDOWS), success_codes=[0, NOT_FETCHED])


@nox.session
def windows_twenty(session: nox.Session) -> None:
    """Twenty runs each of `--staged`, of a commit, of `--fix`, under that Python."""
    session.run(*windows_python(session), "tests/windows/twenty.py")


@nox.session
@nox.parametrize("version", PYODIDES, ids=PYODIDES)
def pyodide(session: nox.Session, version: str) -> None:
    """The tests that start no process on Pythons for which no machine is set up here, as Pyodide has them, in node."""
    in_pyodide(session, version, session.posargs or PURE)


@nox.session
def newest(session: nox.Session) -> None:
    """On the newest of them what a new Python may change: the syntax, the values, the standard library."""
    in_pyodide(session, PYODIDES[-1], NEWER)


def in_pyodide(session: nox.Session, version: str, tests: list[str]) -> None:
    if missing := missing_commands("node", "npm"):
        session.skip(f"no test was run in Pyodide: there is no {missing}")
    folder = session.cache_dir / f"pyodide-{version}"
    runner = ["python", "tests/pyodide/run.py", version, str(folder)]
    session.run(*runner, *tests, success_codes=[0, NOT_FETCHED])


def windows_python(session: nox.Session) -> list[str]:
    return ["python", "tests/windows/run.py", str(session.cache_dir / "windows")]


def missing_commands(*needed: str) -> str:
    return " and ".join(command for command in needed if shutil.which(command) is None)
