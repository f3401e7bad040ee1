"""The reader of usual TOML: what it reads is what tomllib reads, and it reads what people write."""

import tomllib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conftest import ROOT, examples
from import_customs.model.usual_toml import read

USUAL = """\
# a project
title = 'it''s' # two of them
[project]
name = "demo"
name-of."x y".z = "a\\"b\\\\c\\t"
empty = []
deep = [ [1, 2], # one
  ["a",
  ],
]
text = \"\"\"
one \\
   two\\n
three\"\"\"
raw = '''
a\\b'''
yes = true
numbers = [0, -1, 120, 1.5, -0.25]
inline = { path = "..", deep = { x = ["a"] }, "q" = 1 }
[[tool.uv.index]]
name = "a"
[[tool.uv.index]]
name = "b"
[tool.uv.index.more]
x = 1
[tool]
late = 1
[tool.uv.sources]
a.b = 1
a.c = 2
"""


@pytest.mark.parametrize("path", ["pyproject.toml", "tests/project/test_growth.py"])
def test_files(path: str) -> None:
    text = (ROOT / path).read_text()
    assert read(text) == (tomllib.loads(text) if path.endswith(".toml") else None)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(USUAL.replace("'it''s'", "'its'"), id="all that is usual"),
        pytest.param(USUAL.replace("'it''s'", "'its'").replace("\n", "\r\n"), id="lines as Windows ends them"),
        pytest.param("", id="nothing"),
        pytest.param("a = 1", id="no line end"),
        pytest.param("[a.b]\n[a]\nc = 1\n", id="a table after one in it"),
        pytest.param("[a]\nb.c = 1\n[a.b.d]\ne = 1\n[a.b.d.f]\n", id="a table below one that a dotted key made"),
    ],
)
def test_read(text: str) -> None:
    assert read(text) == tomllib.loads(text)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(USUAL, id="a string behind a string"),
        pytest.param("a = 1979-05-27", id="a date"),
        pytest.param("a = 0x1", id="a number in hexadecimal"),
        pytest.param("a = 1_000", id="a number in groups"),
        pytest.param("a = 1e3", id="an exponent"),
        pytest.param("a = 1.5e3", id="an exponent behind a fraction"),
        pytest.param("a = +1", id="a sign"),
        pytest.param("a = inf", id="infinity"),
        pytest.param('a = "\\u0041"', id="an escaped letter"),
        pytest.param('a = """b""""', id="four quotes at the end"),
        pytest.param("a = 1\na = 2", id="a key twice"),
        pytest.param("[a]\n[a]", id="a table twice"),
        pytest.param("a.b = 1\n[a]", id="a table that a dotted key made"),
        pytest.param("[a]\nb.c = 1\n[a.b]", id="a table that a dotted key made in another"),
        pytest.param("[a]\nb.c = 1\n[a.b.d]\n[a.b]", id="a table that a dotted key made, after one in it"),
        pytest.param("[a]\nb.c = 1\n[a.b.c]", id="a table for the value of a dotted key"),
        pytest.param("a.b = {}\n[a.b.c]", id="a table below the inline one of a dotted key"),
        pytest.param("a = {}\n[a.b]", id="a table below an inline one"),
        pytest.param("a = {}\na.b = 1", id="a key below an inline table"),
        pytest.param("a = []\n[[a]]", id="a table in an array that is stated"),
        pytest.param("[[a]]\n[a]", id="a table and an array of them"),
        pytest.param("[a]\n[[a]]", id="an array of tables after a table"),
        pytest.param("[a.b]\n[a]\nb.c = 1", id="a dotted key into another table"),
        pytest.param("a = {b = 1,}", id="a comma at the end of an inline table"),
        pytest.param("a = {b = 1\n}", id="an inline table of two lines"),
        pytest.param("a = {b.c = 1}", id="a dotted key in an inline table"),
        pytest.param("a = [1", id="an array without end"),
        pytest.param("a = 'b\n'", id="a string of two lines"),
        pytest.param("é = 1", id="a key of other letters"),
        pytest.param("a = '\u200b'", id="a letter that is not printed"),
        pytest.param("a\x00 = 1", id="a control character"),
        pytest.param("a", id="no value"),
        pytest.param("a =", id="no value after the sign"),
        pytest.param("= 1", id="no key"),
        pytest.param("[a", id="no end of a header"),
        pytest.param("[[a] ]", id="blanks between brackets"),
        pytest.param("a = 1 b = 2", id="two on one line"),
        pytest.param("a = " + "[" * 30 + "]" * 30, id="deep"),
    ],
)
def test_left_to_tomllib(text: str) -> None:
    assert read(text) is None


WORDS = 'a b-c "d e" . = [ ] [[ ]] { } , # \' " \'\'\' """ \\ \\n 0 1 -1 01 1.5 true 1979-05-27 é'.split(" ")
LINES = [
    "[a]\n",
    "[a.b]\n",
    "[a.b.c]\n",
    "[[a]]\n",
    "[[a.b]]\n",
    "a = 1\n",
    "a.b = 1\n",
    "b = {}\n",
    *USUAL.splitlines(keepends=True),
]
PIECES = st.sampled_from([*WORDS, *LINES, "\n", " ", "\t", "\r\n", "\f"])


@settings(max_examples=examples(1_000))
@given(st.lists(PIECES, max_size=12).map("".join))
def test_the_same_as_tomllib(text: str) -> None:
    found = read(text)
    if found is not None:
        assert repr(found) == repr(tomllib.loads(text))
