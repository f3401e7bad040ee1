"""Lines are those of textwrap, whatever the text."""

from textwrap import wrap

from hypothesis import example, given
from hypothesis import strategies as st

from import_customs.report.wrapping import wrapped

WORDS = st.text(st.sampled_from("ab-`\0é"), min_size=1, max_size=12)
GAPS = st.sampled_from([" ", " ", " ", "  ", "\n", "\t", "\xa0"])


@given(st.lists(st.tuples(WORDS, GAPS), max_size=20), st.integers(8, 40), st.sampled_from(["", "  "]))
@example([], 20, "")
@example([("a", " ")], 20, "  ")
def test_as_textwrap(parts: list[tuple[str, str]], width: int, indent: str) -> None:
    for text in ("".join(f"{word}{gap}" for word, gap in parts), " ".join(word for word, _ in parts)):
        lines = wrap(
            text,
            width,
            initial_indent=indent,
            subsequent_indent=indent * 2,
            break_long_words=False,
            break_on_hyphens=False,
        )
        assert wrapped(text, width, indent, indent * 2) == lines
