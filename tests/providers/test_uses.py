"""The table of uses: its lines in, the facts of a distribution out."""

import pytest

from import_customs.providers.uses import Facts, facts_of, read_table

TEXT = """\
# a comment
one two | tool; command a b
one | command c
plug-* | loaded host
plug-known | word x
"""


@pytest.mark.parametrize(
    ("name", "facts"),
    [
        pytest.param("one", Facts(commands=("a", "b", "c"), is_tool=True), id="several lines"),
        pytest.param("two", Facts(commands=("a", "b"), is_tool=True), id="several names on a line"),
        pytest.param("plug-known", Facts(words=("x",)), id="the whole name counts before a beginning"),
    ],
)
def test_read_table(name: str, facts: Facts) -> None:
    whole, beginnings = read_table(TEXT)
    assert whole[name] == facts
    assert beginnings == {"plug-": Facts(loaded_by=("host",))}


@pytest.mark.parametrize("line", ["one", "one | made-up", "one | command", "one | tool x"])
def test_a_line_of_another_form(line: str) -> None:
    with pytest.raises(ValueError, match=r"uses\.txt:1: "):
        read_table(line)


def test_the_shipped_table() -> None:
    assert facts_of("poethepoet").commands == ("poe",)
    assert facts_of("pytest-whatever") == Facts(loaded_by=("pytest",))
    assert facts_of("no-such-thing") == Facts()
