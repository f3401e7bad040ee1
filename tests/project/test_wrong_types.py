"""A value of a wrong type at each key that is read: it is passed over, or it is said where it stands."""

import contextlib
import copy
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from import_customs.check import judge
from import_customs.check.state import State, project_of
from import_customs.model import PYPROJECT, CheckError
from import_customs.project.local_projects import extras, read_contents
from import_customs.repository.tree import Worktree

WRONG: list[Any] = [1, True, "a", [1], [["x"]], [{"a": 1}], {"a": 1}, {"a": ["x"]}]
LIST, TABLE = ["a"], {"a": "*"}
HATCH = {
    "envs": {
        "x": {
            "dependencies": LIST,
            "extra-dependencies": LIST,
            "workspace": {"members": [{"path": "a"}], "exclude": LIST},
            "overrides": {"matrix": {"v": {"dependencies": [{"value": "a"}]}}},
        }
    },
    "metadata": {
        "hooks": {
            "custom": {"dependencies": LIST, "optional-dependencies": {"x": LIST}},
            "requirements_txt": {"files": LIST, "filename": "a", "optional-dependencies": {"x": LIST}},
        }
    },
    "build": {
        "sources": {"a": ""},
        "dev-mode-dirs": LIST,
        "packages": LIST,
        "hooks": {"x": {"dependencies": LIST}},
        "targets": {"wheel": {"packages": LIST, "force-include": {"a": "b"}, "hooks": {"x": {"dependencies": LIST}}}},
    },
}
PIXI = {"dependencies": TABLE, "pypi-dependencies": {"a": {"version": "*", "extras": LIST, "path": "a"}}}
POETRY = {"a": [{"version": "*", "extras": LIST, "markers": "a", "python": "3", "platform": "a", "path": "a"}]}
# Each key that is read of a pyproject.toml.
ALL: dict[str, Any] = {
    "project": {
        "name": "a",
        "requires-python": ">=3",
        "dynamic": ["dependencies"],
        "dependencies": LIST,
        "optional-dependencies": {"x": LIST},
        "import-names": LIST,
    },
    "dependency-groups": {"x": ["a", {"include-group": "x"}]},
    "build-system": {"requires": LIST, "build-backend": "a"},
    "tool": {
        "import-customs": {"ignore": LIST, "per-file-ignores": {"a": LIST}, "provides": {"a": LIST}, "rules": []},
        "uv": {
            "dev-dependencies": LIST,
            "workspace": {"members": LIST, "exclude": LIST},
            "sources": {"a": [{"path": "a"}]},
            "build-backend": {"module-root": "a"},
        },
        "poetry": {
            "name": "a",
            "packages": [{"include": "a", "from": "a", "to": "a"}],
            "dependencies": {"python": {"version": "3"}, **POETRY},
            "dev-dependencies": POETRY,
            "group": {"x": {"dependencies": POETRY}},
        },
        "pdm": {"dev-dependencies": {"x": LIST}, "build": {"package-dir": "a"}},
        "rye": {"dev-dependencies": LIST, "workspace": {"members": LIST}},
        "flit": {"metadata": {"requires": LIST, "requires-extra": {"x": LIST}}},
        "pixi": {**PIXI, "target": {"x": PIXI}, "feature": {"x": {**PIXI, "target": {"x": PIXI}}}},
        "hatch": HATCH,
        "setuptools": {
            "dynamic": {"dependencies": {"file": LIST}, "optional-dependencies": {"x": {"file": LIST}}},
            "packages": {"find": {"where": LIST}},
            "package-dir": {"": "a"},
            "ext-modules": [{"name": "a"}],
        },
        "pytest": {"pythonpath": LIST, "ini_options": {"pythonpath": LIST}},
        "mypy": {"mypy_path": LIST},
        "pyright": {"extraPaths": LIST, "executionEnvironments": [{"root": "a", "extraPaths": LIST}]},
        "maturin": {"python-source": "a", "module-name": "a"},
        "scikit-build": {"wheel": {"packages": LIST}},
    },
}


def places(table: dict[str, Any]) -> Iterator[tuple[str | int, ...]]:
    """The way to each value of the table, and of those in it."""
    inside = table.items() if isinstance(table, dict) else enumerate(table) if isinstance(table, list) else ()
    for key, value in inside:
        yield (key,)
        yield from ((key, *further) for further in places(value))


def toml(value: object) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{json.dumps(key)} = {toml(inner)}" for key, inner in value.items()) + "}"
    return f"[{', '.join(map(toml, value))}]" if isinstance(value, list) else json.dumps(value)


def with_value(place: tuple[str | int, ...], value: object) -> dict[str, Any]:
    """The whole file with another value there; of a tool's value, the standard tables and that tool's alone."""
    is_of_tool = place[0] == "tool" and len(place) > 1
    found = copy.deepcopy(ALL | {"tool": {place[1]: ALL["tool"][place[1]]}} if is_of_tool else ALL)
    inner: Any = found
    for key in place[:-1]:
        inner = inner[key]
    inner[place[-1]] = value
    return found


@pytest.mark.parametrize("place", list(places(ALL)), ids=lambda place: ".".join(map(str, place)))
def test_of_pyproject(tmp_path: Path, place: tuple[str | int, ...]) -> None:
    for value in WRONG:
        (tmp_path / PYPROJECT).write_text(
            "\n".join(f"{key} = {toml(inner)}" for key, inner in with_value(place, value).items())
        )
        with contextlib.suppress(CheckError):
            state = State(Worktree(str(tmp_path)))
            judge.findings(state, "a.py", b"import a_typo\n")
            project = project_of(state, "")
            assert project is not None
            read_contents(state.tree, "")
            extras(state.tree, "")


@pytest.mark.parametrize(
    ("table", "line", "says"),
    [
        pytest.param(
            "[tool.uv.workspace]\nmembers = true",
            3,
            "tool.uv.workspace.members must be an array, not true",
            id="members",
        ),
        pytest.param(
            "[tool.uv.workspace]\nexclude = [1]",
            3,
            "tool.uv.workspace.exclude must be an array of strings, not 1",
            id="exclude",
        ),
        pytest.param("dynamic = [['x']]", 2, "project.dynamic must be an array of strings, not an array", id="dynamic"),
        pytest.param(
            "dynamic = ['dependencies']\n[tool.setuptools.dynamic]\ndependencies = {file = 1}",
            4,
            "tool.setuptools.dynamic.dependencies.file must be a string or an array of strings, not 1",
            id="files of setuptools",
        ),
        pytest.param(
            "[tool.hatch.metadata.hooks.x]\noptional-dependencies = {docs = 1}",
            3,
            "tool.hatch.metadata.hooks.x.optional-dependencies.docs must be an array, not 1",
            id="extras of a hook",
        ),
    ],
)
def test_it_is_said_where(tmp_path: Path, table: str, line: int, says: str) -> None:
    (tmp_path / PYPROJECT).write_text(f"[project]\n{table}\n")
    with pytest.raises(CheckError) as caught:
        project_of(State(Worktree(str(tmp_path))), "")
    assert (caught.value.line, caught.value.message) == (line, says)
