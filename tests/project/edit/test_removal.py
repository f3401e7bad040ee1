"""Taking requirements out of a pyproject.toml: the text before and after, and no other byte changes."""

# ruff: noqa: E501  a row is one line

import pytest

from import_customs.model import CheckError
from import_customs.project.edit.array import without_strings
from import_customs.project.edit.document import Removal, shortened


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param('["a", "x>=2", "b"]', '["a", "b"]', id="in the middle of a line"),
        pytest.param('["x>=2", "b"]', '["b"]', id="first of a line"),
        pytest.param('["a", "x"]', '["a"]', id="last of a line"),
        pytest.param('["x"]', "[]", id="the only one"),
        pytest.param('["x",]', "[]", id="the only one, with a comma"),
        pytest.param('[\n  "a",\n  "x",\n  "b",\n]', '[\n  "a",\n  "b",\n]', id="a line of its own"),
        pytest.param('[\r\n  "a",\r\n  "x",\r\n]', '[\r\n  "a",\r\n]', id="of Windows"),
        pytest.param('[\n  "a",\n  "x"\n]', '[\n  "a",\n]', id="the last, without a comma"),
        pytest.param('[\n  "x",\n]', "[]", id="the only one on a line of its own"),
        pytest.param('[\n  "a",\n  "x",  # why\n  "b",\n]', '[\n  "a",\n  "b",\n]', id="its comment goes"),
        pytest.param('[\n  "a",  # a\n  "x",\n]', '[\n  "a",  # a\n]', id="that of another stays"),
        pytest.param('[\n  # of x\n  "x",\n  # of b\n  "b",\n]', '[\n  # of b\n  "b",\n]', id="the comment above is its own"),
        pytest.param('[\n  # web\n  "x",\n  "b",\n]', '[\n  # web\n  "b",\n]', id="the comment above is a heading of several"),
        pytest.param('[\n  "a",\n\n  # two\n  # lines\n  "x",\n]', '[\n  "a",\n\n]', id="several lines above"),
        pytest.param('[\n  "a", "x", "b",\n]', '[\n  "a", "b",\n]', id="several on a line"),
        pytest.param('[\n  "x", "b",\n]', '[\n  "b",\n]', id="the first of several on a line"),
        pytest.param('["x",  # why\n "b"]', '[# why\n "b"]', id="a comment on the line of the bracket stays"),
        pytest.param('["a", "X_[y]; python_version < \'3\'", {include-group = "x"}]', '["a", {include-group = "x"}]', id="spelled otherwise, and a group of its name stays"),
        pytest.param('[\n  "a"\n  , "b"  # b\n  , "x"  # x\n]', '[\n  "a"\n  , "b"  # b\n]', id="the last of leading commas"),
        pytest.param('[\n  "a"  # a\n  , "x"  # x\n  , "b"  # b\n]', '[\n  "a"  # a\n  , "b"  # b\n]', id="in the middle of leading commas"),
        pytest.param('["x1", "ax"]', '["x1", "ax"]', id="others whose names hold it"),
    ],
)  # fmt: skip
def test_an_array(before, after):
    assert without_strings(before, {"x", "x-"}) == after


LISTS = (
    '[project]\nname = "d"\ndependencies = ["a", "x"]  # end\n\n[dependency-groups]\ndev = ["x"]\n\n[tool.y]\nz = 1\n'
)
POETRY = '[tool.poetry.dependencies]\npython = "^3.11"\n# of x\nx = "^2"  # why\nb = { version = "^1" }\n'


@pytest.mark.parametrize(
    ("before", "removals", "after"),
    [
        pytest.param(LISTS, [Removal(("project", "dependencies"), frozenset({"x"})), Removal(("dependency-groups", "dev"), frozenset({"x"}))], LISTS.replace('["a", "x"]', '["a"]').replace('["x"]', "[]"), id="lists; an empty group stays"),
        pytest.param(POETRY, [Removal(("tool", "poetry", "dependencies"), frozenset({"x"}))], POETRY.replace('x = "^2"  # why\n', ""), id="a table"),
        pytest.param(f"\ufeff{LISTS}", [Removal(("project", "dependencies"), frozenset({"x"}))], f"\ufeff{LISTS}".replace('["a", "x"]', '["a"]'), id="with a byte-order mark"),
        pytest.param('project.dependencies = ["a", "x"]\nproject.name = "d"\n', [Removal(("project", "dependencies"), frozenset({"x"}))], 'project.dependencies = ["a"]\nproject.name = "d"\n', id="dotted keys"),
    ],
)  # fmt: skip
def test_a_document(before, removals, after):
    assert shortened(before.encode(), "pyproject.toml", removals).decode() == after


def test_what_is_no_toml():
    with pytest.raises(CheckError, match="invalid TOML"):
        shortened(b"[", "pyproject.toml", [])
