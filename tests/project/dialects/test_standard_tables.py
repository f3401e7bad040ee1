"""The standard tables of pyproject.toml, by their specifications."""

import pytest

from import_customs.model import CheckError
from import_customs.model.toml import parse
from import_customs.project.declarations import placed
from import_customs.project.dialects import standard_tables
from import_customs.project.dialects.dialect import ProjectFiles
from import_customs.repository.tree import Worktree


def read(source: str) -> tuple[list[tuple[str, str, int]], list[str]]:
    document = parse(source.encode(), "pyproject.toml")
    lists = list(standard_tables.declared_lists(ProjectFiles(Worktree("/none"), "", document)))
    declarations = [one for found in lists for one in found.declarations]
    return [(one.name, str(one.place), one.line) for one in declarations], [
        warning for found in lists for warning in [*map(placed, found.lacking), *found.warnings]
    ]


@pytest.mark.parametrize(
    ("source", "declared"),
    [
        pytest.param("", [], id="nothing"),
        pytest.param('[project]\ndependencies = [\n  "A.b>1",\n]', [("a-b", "runtime", 3)], id="runtime"),
        pytest.param(
            '[project.optional-dependencies]\nDev_x = ["a"]\ndocs = ["b"]',
            [("a", "extra dev-x", 2), ("b", "extra docs", 3)],
            id="extras",
        ),
        pytest.param(
            '[project]\nname = "Demo"\noptional-dependencies.test = ["a"]\noptional-dependencies.all = ["demo[test]"]',
            [("a", "extra test", 3)],
            id="a reference to its own extra declares no demo",
        ),
        pytest.param(
            '[dependency-groups]\ntest = ["a"]\ndev = ["b", {include-group = "test"}]',
            [("a", "group test", 2), ("b", "group dev", 3)],
            id="groups, with an include",
        ),
        pytest.param('[build-system]\nrequires = ["hatchling"]', [("hatchling", "build", 2)], id="build"),
        pytest.param('[project]\ndependencies = ["a", "a; os_name == \'nt\'"]', [("a", "runtime", 2)] * 2, id="twice"),
    ],
)
def test_declared(source: str, declared: list[tuple[str, str, int]]) -> None:
    assert read(source) == (declared, [])


@pytest.mark.parametrize(
    ("source", "declared", "warning"),
    [
        pytest.param(
            '[project]\ndependencies = ["mcp-types=={{ version }}"]',
            [("mcp-types", "runtime", 2)],
            "pyproject.toml:2:1: not a valid requirement: 'mcp-types=={{ version }}'; read as `mcp-types`",
            id="a template: the leading name declares",
        ),
        pytest.param(
            '[project]\ndependencies = ["{{ all }}"]',
            [],
            "pyproject.toml:2:1: not a valid requirement: '{{ all }}'",
            id="no name to be seen",
        ),
        pytest.param(
            '[dependency-groups]\ndev = [{include-group = "none"}]',
            [],
            "pyproject.toml:2:1: group `dev` includes `none`, which is no group here",
            id="an include that is not there",
        ),
    ],
)
def test_odd_entries_are_warned_of(source: str, declared: list[tuple[str, str, int]], warning: str) -> None:
    assert read(source) == (declared, [warning])


@pytest.mark.parametrize(
    ("source", "says"),
    [
        ('[project]\ndependencies = {a = "1"}', "project.dependencies must be an array, not a table"),
        ("[project]\ndependencies = [1]", "project.dependencies must be an array of strings, not 1"),
        ('[project]\noptional-dependencies = ["a"]', "project.optional-dependencies must be a table, not an array"),
        ('[dependency-groups]\ndev = "a"', "dependency-groups.dev must be an array, not a string"),
        (
            "[dependency-groups]\ndev = [{include = 'a'}]",
            "dependency-groups.dev must be an array of strings, not a table",
        ),
        ("[project]\nname = 3", "project.name must be a string, not 3"),
    ],
)
def test_wrong_types(source: str, says: str) -> None:
    with pytest.raises(CheckError) as caught:
        read(source)
    assert (caught.value.line, caught.value.message) == (2, says)
