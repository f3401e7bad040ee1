"""Any pyproject.toml in, the fixed one out: it says what it said and the new entries, and not a character is gone."""

import tomllib
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from import_customs.project.edit.document import Addition, edited

NAMES = st.from_regex(r"[a-z][a-z0-9]{0,6}", fullmatch=True)
TABLES = st.sampled_from(
    [
        "[tool.x] # a comment\ny = 1\n",
        "[tool.x.deep]\n  y = 'z'  \n\n",
        "[[tool.many]]\na = 1\n\n[[tool.many]]\na = 2\n",
        "[project.scripts]\nrun = 'a:b'\n",
        "[project.optional-dependencies]\nweb = [\n  'x', # why\n]\n",
        "[dependency-groups]\n# of the tests\ntest = ['y']\n\n",
        "[tool.poetry.group.dev.dependencies]\npytest = '^8'\n",
        "[tool.poetry.dependencies]\npython = '^3.11'\nx = { version = '1', extras = ['a'] }\n\n",
        "[build-system]\nrequires = []\n# the last line",
        "\n\n# alone\n",
    ]
)
PROJECTS = st.sampled_from(
    [
        "[project]\nname = 'a'\n",
        "[project]\nname = 'a'\ndependencies = []\n\n",
        "[project]\ndependencies = [\n\t'b',\n\t'd', # of d\n]\nname = 'a'\n",
        "[project]\nname = 'a'\ndependencies = ['c', 'a']",
    ]
)
LISTS = [("project", "dependencies"), ("dependency-groups", "test"), ("dependency-groups", "docs")]
LISTS += [("project", "optional-dependencies", "web"), ("tool", "pdm", "dev-dependencies", "test")]
MAPS = [("tool", "poetry", "dependencies"), ("tool", "poetry", "group", "dev", "dependencies")]


@st.composite
def documents(draw: st.DrawFn) -> bytes:
    tables = draw(st.lists(TABLES, max_size=5, unique_by=lambda text: text.strip().partition("]")[0].strip("[")))
    parts = [*tables[: draw(st.integers(0, 5))], draw(PROJECTS), *tables[draw(st.integers(0, 5)) :]]
    text = "\n".join(dict.fromkeys(parts))
    text = text.removesuffix("\n") if draw(st.booleans()) else text
    text = text.replace("\n", "\r\n") if draw(st.booleans()) else text
    return (("\ufeff" if draw(st.booleans()) else "") + text).encode()


@given(documents(), st.lists(NAMES, min_size=1, max_size=3, unique=True), st.data())
def test_fixed_file_is_the_old_one_and_the_new_entries(source: bytes, names: list[str], data: st.DataObject) -> None:
    keys = data.draw(st.sampled_from([*LISTS, *MAPS]))
    new = [f"new-{name}" for name in names]
    if keys in LISTS:
        addition = Addition(keys, strings=tuple(new))
    else:
        addition = Addition(keys, pairs=tuple((name, '"*"') for name in new))
    before = source.decode().removeprefix("\ufeff")
    after = edited(source, "pyproject.toml", [addition]).decode()
    assert after.startswith("\ufeff") == source.startswith("\ufeff".encode())
    assert is_subsequence(source.decode(), after)
    assert ("\r\n" in before) == ("\r\n" in after) or "\n" not in before
    assert (after.count("\n") == after.count("\r\n")) or "\r" not in after
    left = without(tomllib.loads(after.removeprefix("\ufeff")), keys, new)
    assert bare(left) == bare(tomllib.loads(before))


def is_subsequence(inner: str, outer: str) -> bool:
    characters = iter(outer)
    return all(character in characters for character in inner)


def without(table: dict[str, Any], keys: tuple[str, ...], new: list[str]) -> dict[str, Any]:
    """The tables without the entries at the keys, each of which must be there."""
    first, *rest = keys
    if rest:
        return table | {first: without(table[first], tuple(rest), new)}
    assert set(new) <= set(table[first])
    if isinstance(table[first], list):
        return table | {first: [one for one in table[first] if one not in new]}
    return table | {first: {name: value for name, value in table[first].items() if name not in new}}


def bare(value: Any) -> Any:
    """The value without what holds nothing: a list that was made for the entries, and the table around it."""
    if not isinstance(value, dict):
        return value
    kept = {key: bare(one) for key, one in value.items()}
    return {key: one for key, one in kept.items() if one not in ({}, [])}
