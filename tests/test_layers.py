"""The architecture as a test: who may import whom, no circle between files, and one place for each power."""

import ast
import re
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest

from conftest import ROOT

PACKAGE = ROOT / "hooks" / "import_customs"

# The rooms of the package, and the rooms that each may import. ARCHITECTURE.md draws it.
MAY_IMPORT = {
    "model": set(),
    "imports": {"model"},
    "project": {"model"},
    "providers": {"model"},
    "report": {"model"},
    "repository": {"model"},
    "check": {"model", "imports", "project", "providers", "repository"},
    "cli": {"model", "check", "report", "repository"},
    "__main__": {"cli"},
}

# The folders of the room `check`, in the order of a commit's way back: each knows those before it, and what stands
# beside them in `check` alone. ARCHITECTURE.md says what each is for.
FOLDERS_OF_CHECK = ("covered", "rules", "uncovered", "judge", "scope", "remedies", "unused", "explain")

# The modules of the room `check` that judge imports.
JUDGING = tuple(
    f"import_customs.check.{name}"
    for name in (
        "state",
        "judge",
        "covered",
        "uncovered",
        "rules",
    )
)


def room_of(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def module_of(path: Path) -> str:
    parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


FILES = {module_of(path): path for path in sorted(PACKAGE.rglob("*.py")) if path != PACKAGE / "__init__.py"}


@cache
def nodes_of(module: str) -> list[ast.AST]:
    return list(ast.walk(ast.parse(FILES[module].read_bytes())))


@cache
def imported_modules(module: str, *, types_too: bool = True) -> set[str]:
    """The modules of the package that one imports, wherever in it."""
    nodes = nodes_of(module)
    blocks = [node for node in nodes if isinstance(node, ast.If) and getattr(node.test, "id", "") == "TYPE_CHECKING"]
    for_types = {id(inner) for block in blocks for one in block.body for inner in ast.walk(one)}
    found = set()
    for node in nodes:
        if id(node) in for_types and not types_too:
            continue
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{module}:{node.lineno}: imports are written with the whole name"
            names = {f"{node.module}.{alias.name}" for alias in node.names}
            found |= {name if name in FILES else str(node.module) for name in names}
    return found & FILES.keys()


def test_the_rooms_are_those_of_the_table() -> None:
    assert {room_of(path) for path in FILES.values()} == MAY_IMPORT.keys()


def test_a_file_imports_only_what_its_room_may() -> None:
    imported = {module: {room_of(FILES[one]) for one in imported_modules(module)} for module in FILES}
    allowed = {module: MAY_IMPORT[room_of(path)] | {room_of(path)} for module, path in FILES.items()}
    assert {module: rooms - allowed[module] for module, rooms in imported.items() if rooms - allowed[module]} == {}


def test_a_folder_of_check_knows_those_before_it() -> None:
    order = {folder: place for place, folder in enumerate(FOLDERS_OF_CHECK)}
    assert {path.parent.name for path in (PACKAGE / "check").glob("*/*.py")} == order.keys()
    place = {module: order.get(module.split(".")[2]) for module in FILES if module.startswith("import_customs.check.")}
    known = {
        (module, imported)
        for module, own in place.items()
        for imported in imported_modules(module, types_too=False) & place.keys()
        if own is not None and (place[imported] or 0) > own
    }
    assert known == set()


def test_the_bundled_index_is_asked_through_the_face_of_its_room() -> None:
    inner = {f"import_customs.providers.{name}" for name in ("index", "index_lines")}
    asking = {module for module in FILES if imported_modules(module) & inner}
    assert {room_of(FILES[module]) for module in asking} == {"providers"}


def test_no_circle_between_files() -> None:
    left = {module: imported_modules(module, types_too=False) - {module} for module in FILES}
    while free := [module for module, imported in left.items() if not imported & left.keys()]:
        for module in free:
            del left[module]
    assert not left


# Imports of own modules inside functions are doors: what lies behind one imports its neighbours at its top. Each says
# in a comment what it saves, or why it is one.
MOST_DOORS = 30


def test_few_doors_and_each_says_why() -> None:
    doors = [(module, line, name) for module in FILES for line, name in doors_in(nodes_of(module)[0])]
    assert len(doors) <= MOST_DOORS, doors
    lines = {module: path.read_text(encoding="utf-8").splitlines() for module, path in FILES.items()}
    assert [door for door in doors if "  # " not in lines[door[0]][door[1] - 1]] == []


def doors_in(module: ast.AST) -> Iterator[tuple[int, str]]:
    """The modules of the package that functions import, each with its line; of one statement a module counts once."""
    functions = [one for one in ast.walk(module) if isinstance(one, ast.FunctionDef | ast.AsyncFunctionDef)]
    for node in {inner for function in functions for inner in ast.walk(function)}:
        names = set()
        if isinstance(node, ast.Import):
            names = {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            inner = {f"{node.module}.{alias.name}" for alias in node.names}
            names = {name if name in FILES else str(node.module) for name in inner}
        yield from ((node.lineno, name) for name in sorted(names & FILES.keys()))  # type: ignore[attr-defined]


LONGEST_FILE = 300  # lines
LONGEST_FUNCTION = 30  # without its docstring


def test_no_file_is_long() -> None:
    lines = {module: len(path.read_bytes().splitlines()) for module, path in FILES.items()}
    assert {module: count for module, count in lines.items() if count > LONGEST_FILE} == {}


def test_no_function_is_long() -> None:
    functions = [(module, node) for module in FILES for node in nodes_of(module) if isinstance(node, ast.FunctionDef)]
    lines = [(module, function.name, lines_of(function)) for module, function in functions]
    assert [one for one in lines if one[2] > LONGEST_FUNCTION] == []


def lines_of(function: ast.FunctionDef) -> int:
    """From `def` to its end, without the docstring."""
    return lines_from_to(function) - (lines_from_to(function.body[0]) if ast.get_docstring(function) else 0)


def lines_from_to(node: ast.stmt) -> int:
    return int(node.end_lineno or node.lineno) - node.lineno + 1


def test_what_judges_knows_no_repository() -> None:
    """It is handed a state of the files as a value, and knows neither git nor the disk."""
    judging = {module: imported_modules(module) for module in FILES if module.startswith(JUDGING)}
    assert {
        module for module, imported in judging.items() if "repository" in {room_of(FILES[one]) for one in imported}
    } == set()


@pytest.mark.parametrize(
    ("calls", "only"),
    [
        pytest.param({"print", "input"}, set(), id="nothing prints but by cli's streams"),
        pytest.param({"exit", "quit"}, set(), id="nothing exits"),
        pytest.param({"posix_spawn", "Popen", "system", "execv"}, {"repository"}, id="processes are git's"),
        pytest.param({"eval", "exec", "__import__", "import_module"}, set(), id="no project code is run"),
    ],
)
def test_powers(calls: set[str], only: set[str]) -> None:
    using = set()
    for module, path in FILES.items():
        for node in nodes_of(module):
            if isinstance(node, ast.Call):
                name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
                if name in calls and not (name == "exit" and path.name == "__main__.py"):
                    using.add(room_of(path))
    assert using <= only


def test_only_cli_and_git_read_the_environment() -> None:
    reading = {module for module, path in FILES.items() if "os.environ" in path.read_text()}
    git = {f"import_customs.repository.{name}" for name in ("git", "git_process", "windows")}
    assert {module for module in reading - git if room_of(FILES[module]) != "cli"} == set()


# Who may know which system this is: how processes are started, files opened, replaced and locked, consoles written to.
KNOWING = {
    f"import_customs.repository.{name}"
    for name in ("atomic", "by_subprocess", "git_process", "select", "tree", "windows")
}
KNOWING |= {"import_customs.cli.streams", "import_customs.cli.command"}  # the other: how a shell takes a path
_OF_SYSTEMS = {"os.name", "os.sep", "os.altsep", "os.pathsep", "os.linesep", "os.defpath", "os.devnull", "sys.platform"}
_MODULES_OF_SYSTEMS = {"ctypes", "fcntl", "grp", "msvcrt", "nt", "platform", "posix", "pwd", "winreg", "_winapi"}


def platform_uses(nodes: Iterable[ast.AST]) -> set[str]:
    """What in the code tells systems apart: their constants, modules of some, and what `os` has on some."""
    found = set()
    for node in nodes:
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            found |= {f"{node.value.id}.{node.attr}"} & _OF_SYSTEMS
        elif isinstance(node, ast.Call) and getattr(node.func, "id", "") in ("hasattr", "getattr"):
            found |= {f"{node.func.id} of os"} if ast.unparse(node.args[0]) in ("os", "subprocess") else set()
        elif isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names} & _MODULES_OF_SYSTEMS
        elif isinstance(node, ast.ImportFrom):
            found |= {str(node.module)} & _MODULES_OF_SYSTEMS
    return found


def test_one_place_knows_the_system() -> None:
    """A separator that is replaced by `/` tells nothing apart."""
    uses = {module: platform_uses(nodes_of(module)) - {"os.sep"} for module in FILES.keys() - KNOWING}
    assert {module: found for module, found in uses.items() if found} == {}


def test_what_system_this_is_is_asked_when_it_matters() -> None:
    """Not when a module is imported: a constant would be wrong in a test that simulates another system."""
    uses = {module: platform_uses(run_at_import(nodes_of(module)[0])) for module in FILES}
    assert {module: found for module, found in uses.items() if found} == {}


def run_at_import(node: ast.AST) -> Iterator[ast.AST]:
    """The node and what is in it, but for the bodies of functions."""
    yield node
    body = node.body if isinstance(node, ast.FunctionDef) else []
    for inner in ast.iter_child_nodes(node):
        if inner not in body:
            yield from run_at_import(inner)


ARCHITECTURE = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")


def test_the_drawing_of_architecture_md_is_the_table() -> None:
    """A chain `a ─> b ─> c` on the first line; below it each branch stands under its room."""
    drawing = ARCHITECTURE.partition("## The rooms")[2].partition("## The words")[0].splitlines()
    chain = next(line for line in drawing if "__main__ ─>" in line)
    rooms = re.findall(r"\w+(?= ─>)|(?<=─> )\w+", chain)
    arrows = {(above, below) for above, below in pairwise(rooms)}
    spans = {room: match.span() for room in rooms for match in re.finditer(room, chain)}
    for line in drawing:
        if branch := re.search(r"[├└]─+> (\w+)", line):
            above = next(room for room, (start, end) in spans.items() if start <= branch.start() < end)
            arrows.add((above, branch[1]))
    assert arrows == {(room, one) for room, allowed in MAY_IMPORT.items() for one in allowed - {"model"}}


def test_architecture_md_names_what_exists() -> None:
    """Files, the functions in parentheses behind them, and the dotted names of a commit's way."""
    way, _, rows = ARCHITECTURE.partition("## A commit's way")[2].partition("## Where is the rule for")
    rows = rows.partition("## The clean path")[0]
    for name in re.findall(r"`([\w/]+(?:\.py|\.json|\.txt|/))`", rows):
        assert (ROOT / name).exists() or list(PACKAGE.rglob(name.rstrip("/"))), name
    for name, functions in re.findall(r"`([\w/]+\.py)` \(((?:`\w+`(?:, )?)+)\)", rows):
        text = (ROOT / name if name.startswith("tests/") else PACKAGE / name).read_text(encoding="utf-8")
        assert all(f"def {function}(" in text for function in re.findall(r"\w+", functions)), (name, functions)
    for name in re.findall(rf"`((?:{'|'.join(MAY_IMPORT)})\.[\w.]+)`", way):
        module, _, function = f"import_customs.{name}".rpartition(".")
        is_module = f"import_customs.{name}" in FILES
        assert is_module or f"def {function}(" in FILES[module].read_text(encoding="utf-8"), name
