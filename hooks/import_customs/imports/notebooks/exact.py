"""Find exactly the imports of a notebook, with their places in the .ipynb file."""

from __future__ import annotations

from import_customs.imports.notebooks.cells import PlacedText, code_cells, in_databricks, without_surrogates
from import_customs.imports.notebooks.magics import python_lines
from import_customs.imports.source_file import syntax_of
from import_customs.model.span import CellPlace, Span
from import_customs.model.value import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from json import JSONDecoder
    from typing import Any

    from import_customs.model import Import


class Cell(NamedTuple):
    number: int  # over all cells, from 1
    lines: list[str]  # as the notebook shows them
    python: str  # what it runs, in as many lines
    imports: list[Import]


class _Place(NamedTuple):
    line: int  # of the .ipynb file, from 1
    column: int
    is_start: bool  # the cell's line starts here; otherwise this is the string that holds it


def read_cells(text: str) -> tuple[list[Cell], list[str]]:
    """The code cells of a notebook, each read on its own, and warnings, each the end of a sentence about the file.

    The column of an import is one of the file if that holds the cell line by line and without escapes. If one string
    holds several lines, the place of each import in them is that of the string.
    """
    try:
        notebook = decoder().decode(text)
    except (ValueError, RecursionError):
        return [], []
    read: list[Cell] = []
    warnings = []
    places = _Places(text)
    databricks = in_databricks(notebook)
    for number, cell in code_cells(notebook):
        whole = "".join(cell)
        shown, lines = whole.split("\n"), python_lines(whole, in_databricks=databricks)
        python = without_surrogates("\n".join(lines))
        imports, warning = syntax_of(python).imports()
        found = list(zip(places.of_lines(cell), shown, lines, strict=False))
        placed = [_placed(number, one, found) for one in imports]
        read.append(Cell(number, shown, python, placed))
        warnings += [f"cell {number} {warning}"] if warning else []
    return read, warnings


def decoder() -> JSONDecoder:
    """What decodes JSON and gives each string as one that knows its place."""
    import json.scanner  # 8 ms; what Databricks keeps as a file of Python needs none

    placing: Any = json.JSONDecoder()
    parse_string = placing.parse_string

    def placed_string(text: str, start: int, strict: bool) -> tuple[PlacedText, int]:
        value, end = parse_string(text, start, strict)
        placed = PlacedText(value)
        placed.at = start
        return placed, end

    placing.parse_string = placed_string
    scanner: Any = json.scanner
    placing.scan_once = scanner.py_make_scanner(placing)  # the one in C takes no `parse_string`
    return placing  # type: ignore[no-any-return]


class _Places:
    """Turns offsets in a text, given in order, into lines and columns, in one pass over it."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._start()

    def _start(self) -> None:
        self.line, self.at, self.newline = 1, 0, -1  # newline: the offset of the one before the line

    def of_lines(self, strings: Iterable[str]) -> list[_Place]:
        """The places of the lines that these strings of a cell make up."""
        places: list[_Place] = []
        starts = True  # the next string starts a line
        for string in strings:
            line, column = self._next(string)
            places += [_Place(line, column, True)] if starts else []
            places += [_Place(line, column, False)] * (string.count("\n") - string.endswith("\n"))
            starts = string.endswith("\n")
        return [*places, _Place(self.line, 1, False)]  # what follows the last newline

    def _next(self, string: str) -> tuple[int, int]:
        """The line and column of a string that stands after those asked for so far."""
        at = getattr(string, "at", 0)
        if at < self.at:  # the worksheets of format 3 may stand before other cells, which come first
            self._start()
        self.newline = max(self.newline, self.text.rfind("\n", self.at, at))
        self.line, self.at = self.line + self.text.count("\n", self.at, at), at
        return self.line, at - self.newline


def _placed(number: int, one: Import, lines: Sequence[tuple[_Place, str, str]]) -> Import:
    """The import of a cell at its places. For each line of the cell: its place, the line, what that was read as."""
    statement = _placed_span(number, Span(one.line, one.column, one.column), lines)
    spans = tuple(_placed_span(number, span, lines) for span in one.spans)
    return one._replace(line=statement.line, column=statement.column, cell=statement.cell, spans=spans)


def _placed_span(number: int, span: Span, lines: Sequence[tuple[_Place, str, str]]) -> Span:
    place, line, python = lines[span.line - 1]
    before = len(line) - len(python) if line.endswith(python) else 0  # an indentation, or a magic
    cell = CellPlace(number, span.line, before + span.column, before + span.end_column)
    if not place.is_start:
        return Span(place.line, place.column, place.column + 1, cell)  # the string's first character
    return Span(place.line, place.column + cell.column - 1, place.column + cell.end_column - 1, cell)
