"""Names in a sentence: a table, names in, words out."""

import pytest

from import_customs.model.sentence import enumerated, in_backticks


@pytest.mark.parametrize(
    ("names", "last", "most", "words"),
    [
        pytest.param(["a"], "and", None, "a", id="one alone"),
        pytest.param(["a", "b"], "or", None, "a or b", id="two"),
        pytest.param(["a", "b", "c"], "and", 3, "a, b and c", id="as many as are listed"),
        pytest.param(["a", "b", "c", "d"], "and", 2, "a, b and 2 more", id="more than are listed"),
    ],
)
def test_enumerated(names: list[str], last: str, most: int | None, words: str) -> None:
    assert enumerated(names, last, most) == words


def test_in_backticks() -> None:
    assert in_backticks(["a", "b.c"]) == ["`a`", "`b.c`"]
