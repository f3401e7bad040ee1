"""The architecture as a test: the way the data goes, no import runs upwards, and one place for each power."""

import ast
from pathlib import Path

import pytest

from conftest import ROOT

PACKAGE = ROOT / "hooks" / "import_customs"

# From the first step to the last: a part may import those above it in this list, and itself.
ORDER = [
    "errors",
    "atomic",
    "git",
    "tree",
    "snapshot",
    "files",
    "stdlib",
    "imports",
    "project",
    "ignores",
    "providers",
    "findings",
    "cover",
    "rules",
    "unmet",
    "judge",
    "scope",
    "change",
    "declare",
    "check",
    "explain",
    "report",
    "arguments",
    "cli",
    "__main__",
]


def part_of(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imported_parts(path: Path) -> set[str]:
    """The parts of the package that a file imports, wherever in it."""
    package = ["import_customs", *path.relative_to(PACKAGE).parent.parts]
    found = set()
    for node in ast.walk(ast.parse(path.read_bytes())):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            above = package[: len(package) - node.level + 1] if node.level else []
            base = ".".join([*above, *filter(None, [node.module])])
            names = [f"{base}.{alias.name}" for alias in node.names]
        else:
            continue
        found |= {name.split(".")[1] for name in names if name.startswith("import_customs.")}
    return found


FILES = sorted(path for path in PACKAGE.rglob("*.py") if path.parent != PACKAGE or path.name != "__init__.py")


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_no_import_runs_upwards(path: Path) -> None:
    part = part_of(path)
    allowed = {*ORDER[: ORDER.index(part) + 1]}
    assert imported_parts(path) <= allowed


@pytest.mark.parametrize(
    ("calls", "only"),
    [
        pytest.param({"print", "input"}, set(), id="nothing prints but by cli's streams"),
        pytest.param({"exit", "quit"}, set(), id="nothing exits"),
        pytest.param({"posix_spawn", "Popen", "system", "execv"}, {"git"}, id="processes are git's"),
        pytest.param({"eval", "exec", "__import__", "import_module"}, set(), id="no project code is run"),
    ],
)
def test_powers(calls: set[str], only: set[str]) -> None:
    using = set()
    for path in FILES:
        for node in ast.walk(ast.parse(path.read_bytes())):
            if isinstance(node, ast.Call):
                name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
                if name in calls and not (name == "exit" and path.name == "__main__.py"):
                    using.add(part_of(path))
    assert using <= only


def test_only_cli_and_git_read_the_environment() -> None:
    assert {part_of(path) for path in FILES if "os.environ" in path.read_text()} <= {"cli", "git"}
