"""The text of an array in, the text with further strings out: nothing else of it changes."""

import re
import tomllib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conftest import examples
from import_customs.project.edit.array import with_strings

NEW = ("celery",)


@pytest.mark.parametrize(
    ("array", "strings", "made"),
    [
        pytest.param("[]", NEW, '["celery"]', id="empty"),
        pytest.param("[ ]", NEW, '["celery"]', id="empty, with a blank"),
        pytest.param("[]", ("b", "a", "c"), '[\n    "a",\n    "b",\n    "c",\n]', id="empty, several"),
        pytest.param("[\n]", NEW, '[\n    "celery",\n]', id="empty, on two lines"),
        pytest.param("[\n  # none yet\n]", NEW, '[\n  # none yet\n  "celery",\n]', id="empty but for a comment"),
        pytest.param('["a", "d"]', NEW, '["a", "celery", "d"]', id="one line, in the middle"),
        pytest.param('["a"]', NEW, '["a", "celery"]', id="one line, last"),
        pytest.param('["a", ]', NEW, '["a", "celery", ]', id="one line, a comma at the end"),
        pytest.param('["d"]', NEW, '["celery", "d"]', id="one line, first"),
        pytest.param('["a","d"]', NEW, '["a","celery","d"]', id="one line without blanks"),
        pytest.param('["d","e"]', NEW, '["celery","d","e"]', id="one line without blanks, first"),
        pytest.param('["d", "a"]', NEW, '["d", "a", "celery"]', id="not sorted"),
        pytest.param("['a']", NEW, "['a', 'celery']", id="its quotes"),
        pytest.param('[\n  "a",\n  "d",\n]', NEW, '[\n  "a",\n  "celery",\n  "d",\n]', id="a line each"),
        pytest.param('[\n\t"a",\n\t"b"\n]', NEW, '[\n\t"a",\n\t"b",\n\t"celery"\n]', id="tabs, no comma at the end"),
        pytest.param('[\n  "d",\n]', NEW, '[\n  "celery",\n  "d",\n]', id="first line"),
        pytest.param(
            '[\n  "a",  # why a\n  # why d\n  "d",\n]',
            NEW,
            '[\n  "a",  # why a\n  "celery",\n  # why d\n  "d",\n]',
            id="comments stay with what they comment on",
        ),
        pytest.param(
            '[\n  # why d\n  "d",\n]', NEW, '[\n  "celery",\n  # why d\n  "d",\n]', id="above the first one's comment"
        ),
        pytest.param(
            '[\n  "b", # "x", [\n  "a" # last\n]',
            NEW,
            '[\n  "b", # "x", [\n  "a", # last\n  "celery"\n]',
            id="a comment that looks like more, and no comma",
        ),
        pytest.param('["a",  # of a\n]', NEW, '["a",  # of a\n    "celery",\n]', id="a comment on the bracket's line"),
        pytest.param('["a"  # of a\n]', NEW, '["a",  # of a\n    "celery"\n]', id="that, and no comma"),
        pytest.param('["d",  # of d\n]', NEW, '["celery", "d",  # of d\n]', id="before what is commented on"),
        pytest.param(
            '["a", "b",  # of b\n  "d"]', NEW, '["a", "b",  # of b\n  "celery",\n  "d"]', id="that, with more below"
        ),
        pytest.param(
            '[\n  "a", "b",  # of b\n]', NEW, '[\n  "a", "b",  # of b\n  "celery",\n]', id="several on its line"
        ),
        pytest.param('["a",\n "b"]', NEW, '["a",\n "b",\n "celery"]', id="hanging"),
        pytest.param('[\r\n  "a",\r\n]', NEW, '[\r\n  "a",\r\n  "celery",\r\n]', id="CRLF"),
        pytest.param(
            '[\r\n  "a",\r\n  "d",\n]', NEW, '[\r\n  "a",\r\n  "celery",\r\n  "d",\n]', id="CRLF, then LF"
        ),
        pytest.param('[\n  "d",\r\n]', NEW, '[\n  "celery",\n  "d",\r\n]', id="LF, then CRLF, first"),
        pytest.param('[\r\n  "a",\n  "b"\n]', NEW, '[\r\n  "a",\n  "b",\n  "celery"\n]', id="CRLF, then LF, last"),
        pytest.param('["a",\n "b",\r\n "d"]', ("e",), '["a",\n "b",\r\n "d",\r\n "e"]', id="LF, then CRLF, hanging"),
        pytest.param(
            '["PyYAML", "six"]', ("requests",), '["PyYAML", "requests", "six"]', id="sorted without regard to case"
        ),
        pytest.param('["Zope", "a"]', ("b",), '["Zope", "a", "b"]', id="sorted with regard to case"),
        pytest.param(
            '["acme-x>=1", "acme[extra]~=2 ; python_version < \'4\'"]', ("b",),
            '["acme-x>=1", "acme[extra]~=2 ; python_version < \'4\'", "b"]', id="brackets and commas inside strings",
        ),
        pytest.param(
            '[{ include-group = "lint" }, "a"]', NEW, '[{ include-group = "lint" }, "a", "celery"]', id="a table first"
        ),
        pytest.param(
            '[{ include-group = "lint" }, "d"]', NEW, '[{ include-group = "lint" }, "celery", "d"]', id="behind tables"
        ),
        pytest.param(
            '["a", {include-group = "lint"}]', NEW, '["a", "celery", {include-group = "lint"}]', id="before tables"
        ),
        pytest.param('[{include-group = "x"}]', NEW, '[{include-group = "x"}, "celery"]', id="a table alone"),
        pytest.param(
            '[\n  "b>=1", "c",\n  "d",\n]', ("bb",), '[\n  "b>=1", "bb", "c",\n  "d",\n]', id="several on a line"
        ),
        pytest.param('[\n  "a",\n]', ("c", "b"), '[\n  "a",\n  "b",\n  "c",\n]', id="several, sorted"),
    ],
)  # fmt: skip
def test_with_strings(array: str, strings: tuple[str, ...], made: str) -> None:
    assert with_strings(array, strings, "\r\n" if "\r\n" in array else "\n") == made


NAMES = st.from_regex(r"[a-zA-Z][a-z0-9-]{0,6}[a-z0-9](\[[a-z]{1,3}(,[a-z]{1,3})?\])?(>=[0-9]\.[0-9])?", fullmatch=True)
GAPS = st.sampled_from(["", " ", "\n  ", "\n\t", ' # one, [two] "three"\n    ', "\n\n  # own line\n  "])


@st.composite
def arrays(draw: st.DrawFn) -> str:
    parts = ["["]
    values = draw(st.lists(NAMES, max_size=5))
    for at, value in enumerate(values):
        quote = draw(st.sampled_from("\"'"))
        is_last = at == len(values) - 1
        parts += [draw(GAPS), f"{quote}{value}{quote}", draw(GAPS), "" if is_last and draw(st.booleans()) else ","]
    return "".join([*parts, draw(GAPS), "]"])


@settings(max_examples=examples(100))
@given(arrays(), st.lists(NAMES, min_size=1, max_size=4, unique=True))
def test_the_old_values_stay_in_order_and_so_do_all_comments(array: str, strings: list[str]) -> None:
    made = with_strings(array, strings, "\n")
    old, new = (tomllib.loads(f"x = {text}")["x"] for text in (array, made))
    for string in strings:
        new.remove(string)
    assert sorted(new) == sorted(old)
    assert is_subsequence(array, made)
    assert commented(array) == commented(made)


def commented(array: str) -> list[list[str]]:
    """What stands before each comment on its line, last."""
    lines = (line.partition("#") for line in array.splitlines())
    return [re.findall(r"\"[^\"]*\"|'[^']*'", before)[-1:] for before, mark, _ in lines if mark]


def is_subsequence(inner: str, outer: str) -> bool:
    characters = iter(outer)
    return all(character in characters for character in inner if not character.isspace())
