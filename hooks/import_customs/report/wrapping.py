"""Break a paragraph into lines, as textwrap does without dividing words: to load that takes 2 ms, of a finding's 50."""

from __future__ import annotations


def wrapped(text: str, width: int, first: str = "", later: str = "") -> list[str]:
    """The lines, of which none is longer than `width` where no word is; `first` and `later` stand before them."""
    words = text.split(" ")
    if words != text.split():  # other white space, or more of it
        from textwrap import wrap  # 2 ms; no sentence of a report is such

        return wrap(
            text, width, initial_indent=first, subsequent_indent=later, break_long_words=False, break_on_hyphens=False
        )
    lines, line = [], first + words[0]
    for word in words[1:]:
        if len(line) + 1 + len(word) <= width:
            line = f"{line} {word}"
        else:
            lines.append(line)
            line = later + word
    return [*lines, line]
