"""TOML that cannot be read says where; tables of another form do as well."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from import_customs.model import CheckError
from import_customs.model.toml import _after, _key_after, _keys, parse


def error_of(source: bytes) -> tuple[str, int, int, str]:
    with pytest.raises(CheckError) as caught:
        parse(source, "pyproject.toml").get("project.dependencies", list)
    return caught.value.path, caught.value.line, caught.value.column, caught.value.message


@pytest.mark.parametrize(
    ("source", "line", "column", "says"),
    [
        pytest.param(b"[project]\nname = \n", 2, 8, "invalid TOML", id="no value"),
        pytest.param(b'[project]\nname = "a', 2, 10, "invalid TOML", id="ends in a string"),
        pytest.param(b"a = 1\na = 2\n", 2, 6, "invalid TOML", id="a key twice"),
        pytest.param(b"a = 1979-02-31\n", 1, 5, "invalid TOML", id="no such date"),
        pytest.param(b"# \xff\n", 1, 0, "not UTF-8", id="encoding"),
        pytest.param(b"a = " + b"[" * 100_000, 0, 0, "nested too deep", id="nesting"),
        pytest.param(b".".join([b"a"] * 50_000) + b" = 1", 0, 0, "too deep", id="dotted key"),
        pytest.param(b"# " + b"x" * 5_000_000, 0, 0, "too large", id="size"),
        pytest.param(b"[project]\ndependencies = 'a'\n", 2, 1, "project.dependencies must be an array", id="a string"),
        pytest.param(b"\n[[project]]\n", 2, 1, "project must be a table, not an array", id="an array of tables"),
        pytest.param(b"project = 3\n", 1, 1, "project must be a table, not 3", id="a number"),
    ],
)
def test_errors_have_a_place(source: bytes, line: int, column: int, says: str) -> None:
    path, found_line, found_column, message = error_of(source)
    assert (path, found_line, found_column) == ("pyproject.toml", line, column)
    assert says in message


def test_byte_order_mark_is_read_over() -> None:
    assert parse(b"\xef\xbb\xbf[project]\nname = 'a'\n", "p").get("project.name", str) == "a"


@pytest.mark.parametrize(
    ("word", "table", "line"),
    [
        pytest.param("b>=1", "dependency-groups", 6, id="looked for from its table on"),
        pytest.param("b>=1", "project", 2, id="the first one"),
        pytest.param("b>=1", "", 2, id="no table given"),
        pytest.param("zz", "project", 1, id="missing: the table"),
        pytest.param("zz", "tool", 1, id="missing, table too"),
    ],
)
def test_line_of(word: str, table: str, line: int) -> None:
    text = b'[project]\ndependencies = ["b>=1"]\nx = [\n[]]\n[dependency-groups]\ndev = ["b>=1"]\n'
    assert parse(text, "p").line_of(word, table) == line


LISTS = """\
[dependency-groups]
dev = ["b"]  # typing
typing = [
    "c", "typing",
    "b",
]
"d.e" = ["b"]

[x]
dev = ["b"]
"""


@pytest.mark.parametrize(
    ("keys", "line"),
    [
        pytest.param("dependency-groups.dev", 2, id="the first list"),
        pytest.param("dependency-groups.typing", 5, id="a list below it, with the same string"),
        pytest.param("x.dev", 10, id="of another table"),
        pytest.param("dependency-groups.zz", 2, id="no such key: in the table"),
        pytest.param("zz.dev", 2, id="no such table"),
    ],
)
@pytest.mark.parametrize("size", [pytest.param(1, id="small"), pytest.param(5_000, id="large")])
def test_line_in_a_list(keys: str, line: int, size: int) -> None:
    document = parse(f"{LISTS}#{'x' * size * 20}\n".encode(), "p")
    assert document.line_after(document.start_of(keys), "b") == line


KEYED = st.lists(
    st.sampled_from(["a", "ab", "é", ".", "=", '"', "'", "#", "[", "]", " ", "\t", "\n", "\xa0"]), max_size=25
)


@example('[x]\n  a = 1\n"a" . b = 2', "a", 3)
@example("x = 'a'\n'a' = 1", "a", 0)
@given(
    KEYED.map("".join),
    st.sampled_from(["a", "ab", "a b", "a.b", "é", "#", "'", '"', "a\xa0", "\n"]),
    st.integers(0, 9),
)
def test_a_key_is_found_in_a_small_text_as_in_a_large_one(text: str, key: str, start: int) -> None:
    assert _key_after(text, key, start) == _after(_keys(text).get(key), start)
