"""A size in, a repository and the command to run in it out: shapes that a check could be slow on, of small files."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple

import trees

_HEAD = '[project]\nname = "z"\nversion = "1"\nrequires-python = ">=3.11"\n'
_NONE = f"{_HEAD}dependencies = []\n"
_DEBT = "import os\nimport sys\nimport boto3\n"
_ONE = f'{_HEAD}dependencies = ["boto3"]\n'


class Shape(NamedTuple):
    """One kind of repository."""

    name: str
    unit: str
    size: int  # of the smaller of the two that are compared; the other has four times as much
    files: Callable[[int], Mapping[str, str]]  # what is committed
    change: Mapping[str, str]  # what is staged on top
    arguments: tuple[str, ...] = ()
    since: bool = False  # whether the change is committed, and judged since the commit before


def make(folder: Path, shape: Shape, size: int) -> tuple[str, ...]:
    """Make the repository of that size; the arguments to check it with."""
    folder.mkdir(exist_ok=True)
    _stage(folder, {"a.py": "import os\n"} | dict(shape.files(size)))
    trees.git(folder, "commit", "-q", "-m", "x")
    _stage(folder, shape.change)
    if shape.since:
        _stage(folder, dict.fromkeys((path for path in shape.files(size) if path.endswith(".py")), "import boto3\n"))
        trees.git(folder, "commit", "-q", "-m", "y")
    return shape.arguments or tuple(shape.change)


def _stage(folder: Path, files: Mapping[str, str]) -> None:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    if not (folder / ".git").exists():
        trees.git(folder, "init", "-q")
    trees.git(folder, "add", ".")


def _flat(size: int) -> dict[str, str]:
    return {"pyproject.toml": _NONE} | {f"pk/m{n}.py": f"import os\nimport zzunknown{n}\n" for n in range(size)}


def _members(size: int) -> dict[str, str]:
    root = f'{_NONE}[tool.uv.workspace]\nmembers = ["libs/*"]\n'
    members = {f"libs/p{n}/pyproject.toml": _NONE.replace('"z"', f'"p{n}"') for n in range(size)}
    return {"pyproject.toml": root} | members | {f"libs/p{n}/src/p{n}/__init__.py": "" for n in range(size)}


def _declarations(size: int) -> dict[str, str]:
    return {
        "pyproject.toml": _HEAD + "dependencies = [\n" + "".join(f'  "some-{n}>=1.2",\n' for n in range(size)) + "]\n"
    }


def _lock(size: int) -> dict[str, str]:
    head = '[[package]]\nname = "d{}"\nversion = "1.0"\ndependencies = [\n    {{ name = "d{}" }},\n]\nwheels = [\n'
    wheel = f'    {{ url = "https://files.invalid/a-1.0-py3-none-any.whl", hash = "sha256:{"0" * 64}", size = 1 }},\n'
    blocks = "".join(f"{head.format(number, number + 1)}{wheel * 10}]\n\n" for number in range(size))
    pyproject = _NONE.replace("[]", '["d0"]')
    return {"pyproject.toml": pyproject, "uv.lock": f"version = 1\n\n{blocks}", "b.py": _DEBT}


def _used(size: int) -> dict[str, str]:
    return {"pyproject.toml": _ONE} | {f"pk/m{n}.py": "import os\nimport boto3\n" for n in range(size)}


def _hardly_used(size: int) -> dict[str, str]:
    files = {f"pk{n // 50}/m{n}.py": f"import os\nfrom typing import Any\n{_body(n)}" for n in range(size)}
    return {"pyproject.toml": _ONE} | files | {f"pk{n}/uses.py": "import boto3\n" for n in range(10)}


def _body(number: int) -> str:
    return "".join(f"\n\ndef f{number}_{n}() -> Any:\n    return os.getcwd()\n" for n in range(100))


SHAPES = [
    Shape("a flat folder, an unknown module in each", "files", 1_000, _flat, {}, ("--scope", "all")),
    Shape(
        "unknown modules in one file",
        "modules",
        1_000,
        lambda n: {"pyproject.toml": _NONE, "b.py": "".join(f"import zzunknown{i}\n" for i in range(n))},
        {},
        ("--scope", "all"),
    ),
    Shape("local projects, one new finding", "projects", 75, _members, {"libs/p1/b.py": "import boto3\n"}),
    Shape("declarations, a clean file", "declarations", 750, _declarations, {"a.py": "import sys\n"}),
    Shape("a lock file, old debt", "packages", 1_000, _lock, {"b.py": f"{_DEBT}X = 1\n"}),
    Shape("a lock file, a new finding", "packages", 1_000, _lock, {"a.py": "import boto3\n"}),
    Shape("a removed declaration that each imports", "files", 1_000, _used, {"pyproject.toml": _NONE}),
    Shape("a removed declaration that ten import", "files", 1_000, _hardly_used, {"pyproject.toml": _NONE}),
    Shape("--since of as many changed files", "files", 250, _used, {}, ("--since", "HEAD~1"), since=True),
]
