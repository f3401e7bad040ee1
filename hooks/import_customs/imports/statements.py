"""Find the lines and the comments of the statements of a text, which may be any Python, or nearly Python."""

from __future__ import annotations

import tokenize
from collections.abc import Iterator

from import_customs.imports.tolerant_tokens import read_tokens
from import_customs.model.value import NamedTuple


class Statement(NamedTuple):
    """The lines of one statement, or of the header of a compound one, and its comments."""

    first: int  # line, from 1
    last: int
    comments: list[tuple[int, str]]  # the line of each, and its text


def commented_statements(text: str) -> Iterator[Statement]:
    r"""The statements that hold a comment or end in one, of a text whose lines end in `\n`."""
    first = 0  # of the statement that has begun
    comments: list[tuple[int, str]] = []
    for token in read_tokens(text):
        if token.kind == tokenize.NEWLINE:
            if comments:
                yield Statement(first, token.line, comments)
            first, comments = 0, []
        elif token.kind == tokenize.COMMENT:
            if first:
                comments.append((token.line, token.text))
        elif token.kind != tokenize.NL:
            first = first or token.line
