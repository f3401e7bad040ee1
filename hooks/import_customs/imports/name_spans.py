"""Find where a name stands in a line: a dotted name, or the one that a string holds. The exact readers share it."""

from import_customs.model.later import pattern
from import_customs.model.span import Span

_PART = r"[^\s.,;()#\\]++"
_DOTTED = pattern(rf"{_PART}(?:[ \t\f]*+\.[ \t\f]*+{_PART})*+")
_PLAIN_STRING = pattern(r"""[a-zA-Z]{0,2}('''|""" + '"""' + r"""|'|")([^'"\\\n]++)\1""")


def of_dotted(line: str, number: int, column: int) -> Span:
    """The dotted name that begins at a column, as far as it stands on this line."""
    name = _DOTTED.match(line, column - 1)
    return Span(number, column, name.end() + 1 if name else column)


def of_string(text: str, number: int, column: int) -> Span:
    """What a string holds that stands at a column; the string itself if that is not written as it is.

    `text` is the string with its quotes; of one over lines, what stands on the first.
    """
    plain = _PLAIN_STRING.fullmatch(text)
    start, end = plain.span(2) if plain else (0, len(text))
    return Span(number, column + start, column + end)
