"""Text of any Python, or nearly Python, in; its tokens out, as far as the standard tokenizer knows them."""

import tokenize
from collections.abc import Generator, Iterator
from typing import NamedTuple

_LEFT_OUT = {tokenize.COMMENT, tokenize.INDENT, tokenize.DEDENT, tokenize.ENDMARKER}
_BLANKS = " \t\f"


class Token(NamedTuple):
    kind: int  # as `tokenize` numbers them
    text: str
    line: int  # from 1
    column: int  # from 1, in characters
    indent: int  # blanks before the first token of the line

    def touches(self, before: "Token") -> bool:
        """Whether nothing stands between `before` and this one."""
        return (self.line, self.column) == (before.line, before.column + len(before.text))


def tokens(text: str) -> Iterator[Token]:
    r"""The tokens of a text whose lines end in `\n`, without comments; a line that cannot be read ends early.

    Lines reach the tokenizer without their indentation, so that no indentation is wrong. What it raises for depends
    on the version of Python; it goes on at the line after, so that the time grows with the text.
    """
    if not text.isascii():
        from unicodedata import normalize  # 1 ms, and rarely needed

        text = normalize("NFC", text)  # before Python 3.12 the tokenizer ends a name at an accent of its own
    lines = text.replace("\0", " ").split("\n")
    start = 0
    while start < len(lines):
        start = yield from _until_error(lines, start)
        yield Token(tokenize.NEWLINE, "", start, 1, 0)


def _until_error(lines: list[str], start: int) -> Generator[Token, None, int]:
    """The tokens from a line (from 0) on; returns the line to go on at."""
    rest = iter(range(start, len(lines)))
    of, blanks = 0, ""
    skipped = -1  # a line whose rest is not read: 3.11 goes on behind a quote that is never closed
    try:
        for kind, text, (row, column), _, _ in tokenize.generate_tokens(lambda: _line(lines, next(rest, None))):
            line = start + row
            if kind in _LEFT_OUT or line > len(lines):
                continue
            is_open = kind == tokenize.ERRORTOKEN and text[0] in "'\""
            if line != skipped or kind in (tokenize.NEWLINE, tokenize.NL):
                skipped = line if is_open else skipped
                if line != of:
                    of, blanks = line, _blanks(lines[line - 1])
                yield Token(
                    tokenize.NEWLINE if is_open else kind,
                    text,
                    line,
                    column + len(blanks) + 1,
                    len(blanks.rpartition("\f")[2]),
                )
    except (tokenize.TokenError, SyntaxError):
        pass
    return next(rest, len(lines))


def _line(lines: list[str], number: int | None) -> str:
    return "" if number is None else lines[number].lstrip(_BLANKS) + "\n"


def _blanks(line: str) -> str:
    """What a line begins with; a form feed in it sets the indentation back (the language reference, "Indentation")."""
    return line[: len(line) - len(line.lstrip(_BLANKS))]
