"""What one staged file costs as the repository and its old debt grow: `python tests/benchmarks/scope.py [ROUNDS]`.

Prints ratios to `python -c pass` of the same interpreter: best and median of interleaved rounds. "pre-commit" is the
check as pre-commit and prek start it; "index" as another hook manager does, where the text is read from git.
"""

import compileall
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

import import_customs

ROUNDS = 40
_PYTHON = (sys.executable, "-I")
_CHECK = (*_PYTHON, "-m", "import_customs")
_PROJECT = '[project]\nname = "demo"\nrequires-python = ">=3.11"\ndependencies = ["pyyaml", "attrs"]\n'
_CLEAN = "import os\n\nimport yaml\n\nx = 1\n"
_FOUND = "import os\n\nimport celery\n\nx = 1\n"


class Case(NamedTuple):
    """One command in one repository."""

    name: str
    folder: Path
    files: tuple[str, ...]
    under_pre_commit: bool
    status: int

    def run(self) -> float:
        """Seconds."""
        environment = _environment() | ({"PRE_COMMIT": "1"} if self.under_pre_commit else {})
        command = [*_CHECK, *self.files] if self.files else [*_PYTHON, "-c", "pass"]
        start = time.perf_counter()
        done = subprocess.run(command, cwd=self.folder, env=environment, capture_output=True, check=False)
        taken = time.perf_counter() - start
        if done.returncode != self.status:
            raise RuntimeError(f"{self.name}: {done.stderr.decode()}{done.stdout.decode()[-500:]}")
        return taken


def _environment() -> dict[str, str]:
    """A shell's; without bytecode every run would compile again what is not written."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("GIT_", "PRE_COMMIT"))}
    kept.pop("PYTHONDONTWRITEBYTECODE", None)
    names = {
        f"GIT_{role}_{part}": "a@example.invalid" for role in ("AUTHOR", "COMMITTER") for part in ("NAME", "EMAIL")
    }
    return kept | names | {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}


def _repository(folder: Path, files: int, findings: int) -> Path:
    """A repository of so many Python files in folders of 50; the old findings are spread over them."""
    each, more = divmod(findings, files)
    for number in range(files):
        path = folder / f"package{number // 50}" / f"module{number}.py"
        path.parent.mkdir(parents=True, exist_ok=True)
        old = "".join(f"import requests.m{line}\n" for line in range(each + (number < more)))
        path.write_text(f"{old}import os\nimport attr\nvalue = {number}\n")
    (folder / "pyproject.toml").write_text(_PROJECT)
    (folder / "clean.py").write_text("import os\n")
    (folder / "found.py").write_text("import os\n")
    for command in (
        ["init", "-q"],
        ["config", "gc.auto", "0"],
        ["add", "-A"],
        ["commit", "-q", "-m", "x"],
        ["gc", "-q"],
    ):
        subprocess.run(["git", *command], cwd=folder, env=_environment(), check=True)
    (folder / "clean.py").write_text(_CLEAN)
    (folder / "found.py").write_text(_FOUND)
    subprocess.run(["git", "add", "clean.py", "found.py"], cwd=folder, env=_environment(), check=True)
    return folder


def _cases(folder: Path) -> list[Case]:
    cases = [Case("python -c pass", folder, (), under_pre_commit=False, status=0)]
    for files, findings in ((100, 1), (10_000, 1), (100, 5_000), (10_000, 5_000)):
        where = _repository(folder / f"{files}-{findings}", files, findings)
        size = f"{files:>6} files, {findings:>5} old findings"
        cases += [
            Case(f"{size}, pre-commit, clean", where, ("clean.py",), under_pre_commit=True, status=0),
            Case(f"{size}, pre-commit, one finding", where, ("found.py",), under_pre_commit=True, status=1),
            Case(f"{size}, index, clean", where, ("clean.py",), under_pre_commit=False, status=0),
            Case(f"{size}, index, one finding", where, ("found.py",), under_pre_commit=False, status=1),
        ]
    return cases


def main(rounds: int) -> None:
    """Measure and print."""
    compileall.compile_dir(str(Path(str(import_customs.__file__)).parent), quiet=1)
    with tempfile.TemporaryDirectory() as folder:
        cases = _cases(Path(folder))
        taken: dict[str, list[float]] = {case.name: [] for case in cases}
        for turn in range(rounds + 2):
            for case in cases:
                seconds = case.run()
                if turn >= 2:  # the first rounds fill the caches
                    taken[case.name].append(seconds)
    floor = taken["python -c pass"]
    print(f"python {sys.version.split()[0]}, {os.cpu_count()} processors, {rounds} rounds\n")
    print("| what | best | median | best, ms |\n|---|---|---|---|")
    for name, seconds in taken.items():
        best, middle = min(seconds) / min(floor), statistics.median(seconds) / statistics.median(floor)
        print(f"| {name} | {best:.2f} | {middle:.2f} | {1000 * min(seconds):.1f} |")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else ROUNDS)
