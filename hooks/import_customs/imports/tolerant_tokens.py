"""Read the tokens of a text that may be any Python, or nearly Python, and which statements hold comments."""

from __future__ import annotations

import tokenize
from collections.abc import Generator, Iterator

from import_customs.model.value import NamedTuple

_LEFT_OUT = {tokenize.INDENT, tokenize.DEDENT, tokenize.ENDMARKER}
_BLANKS = " \t\f"

_LONG = 2_000  # characters of a line in which a column is looked for


class Token(NamedTuple):
    kind: int  # as `tokenize` numbers them
    text: str
    line: int  # from 1
    column: int  # from 1, in characters
    indent: int  # blanks before the first token of the line

    def touches(self, before: Token) -> bool:
        """True if nothing stands between `before` and this one."""
        return (self.line, self.column) == (before.line, before.column + len(before.text))


class Statement(NamedTuple):
    """The lines of one statement, or of the header of a compound one, and its comments."""

    first: int  # line, from 1
    last: int
    comments: list[tuple[int, str]]  # the line of each, and its text


def column_in(line: str, column: int) -> int:
    """The column in a line, of what has that column once `read_tokens` has composed accents; a long line is left."""
    if line.isascii() or len(line) > _LONG:
        return column
    from unicodedata import normalize  # 0.4 ms, and rarely needed

    if normalize("NFC", line) == line:
        return column
    fitting = (at for at in range(len(line), -1, -1) if len(normalize("NFC", line[:at])) <= column - 1)
    return next(fitting, 0) + 1


def read_tokens(text: str) -> Iterator[Token]:
    r"""The tokens of a text whose lines end in `\n`; a line that cannot be read ends early.

    The tokenizer gets the lines without their indentation, so that no indentation is wrong. What it raises for depends
    on the version of Python. Reading then goes on at the line after, so that the time grows with the text.
    """
    if not text.isascii():
        from unicodedata import normalize  # 0.4 ms, and rarely needed

        text = normalize("NFC", text)  # before Python 3.12 the tokenizer ends a name at an accent of its own
    lines = text.replace("\0", " ").split("\n")
    start = 0
    while start < len(lines):
        start = yield from _until_error(lines, start)
        yield Token(tokenize.NEWLINE, "", start, 1, 0)


def _until_error(lines: list[str], start: int) -> Generator[Token, None, int]:
    """The tokens from a line (from 0) up to an error; returns the line to go on at."""
    rest = iter(range(start, len(lines)))
    unindented = (lines[number].lstrip(_BLANKS) + "\n" for number in rest)
    measured, blanks = 0, ""  # the line, and what it begins with
    skipped = -1  # a line whose rest is not read: 3.11 goes on behind a quote that is never closed
    try:
        for kind, text, (row, column), _, _ in tokenize.generate_tokens(lambda: next(unindented, "")):
            line = start + row
            if kind in _LEFT_OUT or line > len(lines):
                continue
            is_open = kind == tokenize.ERRORTOKEN and text[0] in "'\""
            if line != skipped or kind in (tokenize.NEWLINE, tokenize.NL):
                skipped = line if is_open else skipped
                if line != measured:
                    shown = lines[line - 1]
                    measured, blanks = line, shown[: len(shown) - len(shown.lstrip(_BLANKS))]
                yield Token(
                    tokenize.NEWLINE if is_open else kind,
                    text,
                    line,
                    column + len(blanks) + 1,
                    len(blanks.rpartition("\f")[2]),  # a form feed sets it back (language reference, "Indentation")
                )
    except (tokenize.TokenError, SyntaxError):
        pass
    return next(rest, len(lines))


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
