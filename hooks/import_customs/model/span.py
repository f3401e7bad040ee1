"""The place of one name in a file, and where a line has it; in a notebook its place in the cell as well."""

from __future__ import annotations

from import_customs.model.later import pattern
from import_customs.model.value import NamedTuple

_PART = r"[^\s.,;()#\\]++"
_DOTTED = pattern(rf"{_PART}(?:[ \t\f]*+\.[ \t\f]*+{_PART})*+")
_PLAIN_STRING = pattern(r"""[a-zA-Z]{0,2}('''|""" + '"""' + r"""|'|")([^'"\\\n]++)\1""")


class CellPlace(NamedTuple):
    """A place in a notebook, as its editors show it. As text it is what reports call it: "cell 2:4:8"."""

    number: int  # of the cell, over all cells, from 1
    line: int  # of the cell
    column: int
    end_column: int = 0  # behind what stands there; 0 where that is not known

    def __str__(self) -> str:
        return f"cell {self.number}:{self.line}:{self.column}"


class Span(NamedTuple):
    """Where a dotted name stands; of a name over several lines, the part on its first line."""

    line: int
    column: int
    end_column: int  # behind its last character
    cell: CellPlace | None = None  # in a notebook


def span_of_dotted(line: str, number: int, column: int) -> Span:
    """The dotted name that begins at a column, as far as it stands on this line."""
    name = _DOTTED.match(line, column - 1)
    return Span(number, column, name.end() + 1 if name else column)


def span_of_string(text: str, number: int, column: int) -> Span:
    """What a string holds that stands at a column; the string itself if that is not written as it is.

    `text` is the string with its quotes; of one over lines, what stands on the first.
    """
    plain = _PLAIN_STRING.fullmatch(text)
    start, end = plain.span(2) if plain else (0, len(text))
    return Span(number, column + start, column + end)
