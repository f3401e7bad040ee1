"""Folders of real projects in, out how often import-customs, deptry and FawltyDeps are right where hooks run.

That is an environment in which none of the projects' packages are installed. Two questions, for each project:

- As it is, which modules does each tool report as missing? Those that import-customs does not report are named, for a
  person to look at.
- With one declaration taken out wherever it stands, is one of its modules reported that was not reported before? A
  declaration counts if a file imports a module that the index says it installs, if nothing else that is declared does,
  and if its name stands nowhere else in pyproject.toml or hatch.toml: `pandera[pandas]` declares pandas, too.

The second leans on the index for what installs what; what that does not know is not in the figure. Run it so:

    python -m venv peers && peers/bin/pip install . deptry fawltydeps
    peers/bin/python tests/benchmarks/accuracy.py FOLDER…
"""

import ast
import json
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import tomlkit

from import_customs import providers
from import_customs.model.requirement import leading, normalized

BIN = Path(sys.executable).parent
Lists = list[Any]


def import_customs(folder: Path) -> set[str]:
    ran = _run(folder, sys.executable, "-I", "-m", "import_customs", "--scope", "all", "--format", "json")
    mine = (finding for finding in json.loads(ran)["findings"] if finding["project"] == "pyproject.toml")  # no script's
    return {finding["module"].partition(".")[0] for finding in mine}


def deptry(folder: Path) -> set[str]:
    output = folder.parent / "deptry.json"
    _run(folder, BIN / "deptry", ".", "--extend-exclude", r"^\.git/", "--json-output", output)
    found = json.loads(output.read_text())
    return {one["module"].partition(".")[0] for one in found if one["error"]["code"] in ("DEP001", "DEP003")}


def fawltydeps(folder: Path) -> set[str]:
    ran = _run(folder, BIN / "fawltydeps", "--check-undeclared", "--json", "--deps", "pyproject.toml", "--code", ".")
    return {one["name"].partition(".")[0] for one in json.loads(ran)["undeclared_deps"]}


TOOLS: dict[str, Callable[[Path], set[str]]] = {
    "import-customs": import_customs,
    "deptry": deptry,
    "FawltyDeps": fawltydeps,
}


def _run(folder: Path, *command: object) -> str:
    return subprocess.run(
        [str(word) for word in command], cwd=folder, capture_output=True, text=True, check=False
    ).stdout


def copied(folder: Path, to: Path) -> Path:
    """A repository of the files that the project in the folder governs: those of projects inside it are left out."""
    names = subprocess.run(["git", "ls-files", "-z"], cwd=folder, capture_output=True, text=True, check=True).stdout
    files = [name for name in names.split("\0") if name and (folder / name).is_file()]
    inner = [name.removesuffix("pyproject.toml") for name in files if name.endswith("/pyproject.toml")]
    for name in files:
        if not name.startswith(tuple(inner)):
            (to / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(folder / name, to / name)
    for command in ("init", "add --all --force"):
        subprocess.run(["git", *command.split()], cwd=to, capture_output=True, check=True)
    return to


def lists(document: Any) -> Iterator[Lists]:
    """The lists of requirements of the standard tables."""
    project = document.get("project", {})
    yield project.get("dependencies", [])
    yield from project.get("optional-dependencies", {}).values()
    yield from document.get("dependency-groups", {}).values()


def poetry_tables(document: Any) -> Iterator[Any]:
    poetry = document.get("tool", {}).get("poetry", {})
    yield from (poetry.get("dependencies", {}), poetry.get("dev-dependencies", {}))
    yield from (group.get("dependencies", {}) for group in poetry.get("group", {}).values())


def stated(document: Any) -> set[str]:
    texts = (text for listed in lists(document) for text in listed if isinstance(text, str))
    names = {name for table in poetry_tables(document) for name in table} - {"python"}
    return {requirement.name for text in (*texts, *names) if (requirement := leading(text))}


def without(text: str, name: str) -> str:
    """The pyproject.toml with every requirement of the distribution taken out."""
    document = tomlkit.parse(text)
    for listed in lists(document):
        for at in range(len(listed) - 1, -1, -1):
            requirement = leading(listed[at]) if isinstance(listed[at], str) else None
            if requirement and requirement.name == name:
                del listed[at]
    for table in poetry_tables(document):
        for key in [key for key in table if normalized(key) == name]:
            del table[key]
    return tomlkit.dumps(document)


def is_named(name: str, texts: Iterable[str]) -> bool:
    word = re.compile(rf"(?<![\w.-]){name.replace('-', '[-_.]')}(?![\w-])", re.IGNORECASE)
    return any(word.search(text) for text in texts)


def imported(folder: Path) -> set[str]:
    """The top-level modules that the files import, by Python's own parser."""
    found = set()
    for path in folder.rglob("*.py"):
        try:
            nodes = list(ast.walk(ast.parse(path.read_bytes())))
        except (SyntaxError, ValueError):
            continue
        found |= {
            alias.name.partition(".")[0] for node in nodes if isinstance(node, ast.Import) for alias in node.names
        }
        absolute = (node for node in nodes if isinstance(node, ast.ImportFrom) and node.module and not node.level)
        found |= {str(node.module).partition(".")[0] for node in absolute}
    return found


def installing(module: str, declared: set[str]) -> set[str]:
    """Those of the declared distributions that install the module."""
    return declared.intersection(map(normalized, [*providers.providers(module), *providers.own_names(module)]))


def needed_alone(folder: Path, text: str) -> dict[str, set[str]]:
    """The declared distributions that nothing else stands in for, each with the modules for which it is needed."""
    document = tomlkit.parse(text)
    declared = stated(document) - {normalized(str(document.get("project", {}).get("name", "")))}
    beside = [path.read_text() for path in folder.glob("hatch.toml")]
    found: dict[str, set[str]] = {}
    for module in imported(folder):
        names = installing(module, declared)
        if len(names) == 1:
            found.setdefault(names.pop(), set()).add(module)
    return {name: modules for name, modules in found.items() if not is_named(name, [without(text, name), *beside])}


def row(project: Path) -> str:
    with tempfile.TemporaryDirectory() as place:
        folder = copied(project, Path(place, "project"))
        file = folder / "pyproject.toml"
        text = file.read_text()
        before = {tool: ask(folder) for tool, ask in TOOLS.items()}
        needed = needed_alone(folder, text)
        found = dict.fromkeys(TOOLS, 0)
        for name, modules in needed.items():
            file.write_text(without(text, name))
            for tool, ask in TOOLS.items():
                found[tool] += bool(modules & ask(folder) - before[tool])
    for tool, reported in before.items():
        print(f"{project.name}, {tool} alone: {sorted(reported - before['import-customs'])}", file=sys.stderr)
    cells = [project.name, *map(len, before.values()), len(needed), *found.values()]
    return f"| {' | '.join(map(str, cells))} |"


def main() -> None:
    print(f"| project | reported as it is: {' | '.join(TOOLS)} | taken out | reported then: {' | '.join(TOOLS)} |")
    print(f"|{' --- |' * 8}")
    for argument in sys.argv[1:]:
        print(row(Path(argument).resolve()), flush=True)


if __name__ == "__main__":
    main()
