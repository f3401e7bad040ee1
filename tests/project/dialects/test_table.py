"""The table of the tools: a tool's file that is not in it would silently not be read."""

import ast
from pathlib import Path

import pytest

from conftest import ROOT
from import_customs.project.dialects import MANAGERS, dialects_of
from import_customs.project.dialects.dialect import Dialect

FOLDER = ROOT / "hooks" / "import_customs" / "project" / "dialects"
SHOWN_BY = {"meson": ["meson.build"], "pants": ["pants.toml"]}  # files, for want of a table
TOOLS = [path.stem for path in sorted(FOLDER.glob("*.py")) if "\nDIALECT = " in path.read_text()]


def defined_in(dialect: Dialect) -> set[str]:
    """The names of the files that define the functions of a dialect."""
    return {str(one.__module__).rpartition(".")[2] for one in dialect if callable(one)}


@pytest.mark.parametrize("tool", [tool for tool in TOOLS if tool != "standard_tables"])
def test_each_tool_is_in_the_table(tool: str) -> None:
    (dialect,) = dialects_of({tool, tool.replace("_", "-")}, SHOWN_BY.get(tool, ()))
    assert tool in defined_in(dialect)


@pytest.mark.parametrize("tool", MANAGERS)
def test_a_manager_has_a_command_for_each_kind_of_place(tool: str) -> None:
    (dialect,) = dialects_of([tool])
    assert {"runtime", "group", "extra"} <= dialect.add.keys()


@pytest.mark.parametrize("path", [pytest.param(FOLDER / f"{tool}.py", id=tool) for tool in TOOLS])
def test_a_tool_states_its_sources(path: Path) -> None:
    docstring = ast.get_docstring(ast.parse(path.read_text())) or ""
    assert "Source" in docstring
