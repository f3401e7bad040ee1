"""Bytes of a Jupyter notebook in, its Python and what that imports out. Source: nbformat 4 (and 3, its older form)."""

import json
import json.decoder
import json.scanner
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any, NamedTuple

from import_customs.imports.notebook_magics import python_lines
from import_customs.model import Import
from import_customs.model.source_text import BOM


class _Text(str):
    """A string of the JSON that knows where it stands."""

    at: int  # of its first character in the file's text, from 0


class _Place(NamedTuple):
    line: int  # of the .ipynb file, from 1
    column: int
    is_start: bool  # the cell's line starts here; otherwise this is the string that holds it


def python_source(source: bytes) -> bytes:
    """The Python of all cells, for the screen; nothing where the file is no Python notebook."""
    text = _decoded(source)
    try:
        cells = ["".join(cell) for cell in _sources(json.loads(text))]
    except (ValueError, RecursionError):
        cells = []
    # Two empty lines: no cell states an encoding, which only the first two lines of a file can.
    return "\n\n".join(["", *("\n".join(python_lines(cell)) for cell in cells)]).encode("utf-8", "replace")


class _Cell(NamedTuple):
    """A code cell that was read, and its imports twice, in the same order."""

    python: str
    imports: list[Import]  # with lines of `python`
    placed: list[Import]  # with lines of the .ipynb file
    warning: str | None


def find_imports(source: bytes) -> tuple[list[Import], list[str]]:
    """The imports of the cells, each cell read on its own, with lines of the .ipynb file; warnings.

    A column is one of the file too, where the file holds the cell line by line and without escapes; where a string
    holds several lines, the place is that of the string.
    """
    cells = _read(source)
    if cells is None:
        return [], ["is not a notebook: its JSON cannot be read"] if _decoded(source).strip() else []
    warnings = [f"code cell {number} {cell.warning}" for number, cell in enumerate(cells, 1) if cell.warning]
    return [one for cell in cells for one in cell.placed], warnings


def cells_around(source: bytes, imported: Import) -> list[tuple[str, int]]:
    """The Python of the cell that an import of the notebook stands in, and its line there, from 1.

    Several of them where a string holds several lines, and so the same import several times.
    """
    return [
        (cell.python, one.line)
        for cell in _read(source) or ()
        for one, placed in zip(cell.imports, cell.placed, strict=True)
        if placed == imported
    ]


@lru_cache(maxsize=1)
def _read(source: bytes) -> list[_Cell] | None:
    """The code cells of a notebook; None where the JSON cannot be read."""
    from import_customs.imports import exact_ast  # 10 ms, for ast; the screen reads notebooks without it

    text = _decoded(source)
    try:
        cells = list(_sources(_decoder().decode(text)))
    except (ValueError, RecursionError):
        return None
    read = []
    places = _Places(text)
    for cell in cells:
        whole = "".join(cell)
        python = python_lines(whole)
        imports, warning = exact_ast.imports_of_text("\n".join(python))
        lines = list(zip(places.of_lines(cell), whole.split("\n"), python, strict=False))
        placed = [_moved(one, *lines[one.line - 1]) for one in imports]
        read.append(_Cell("\n".join(python), imports, placed, warning))
    return read


def _decoded(source: bytes) -> str:
    return source.removeprefix(BOM).decode("utf-8", "replace")


def _decoder() -> json.JSONDecoder:
    decoder: Any = json.JSONDecoder()
    decoder.parse_string = _placed_string
    scanner: Any = json.scanner
    decoder.scan_once = scanner.py_make_scanner(decoder)  # the one in C takes no `parse_string`
    return decoder  # type: ignore[no-any-return]


def _placed_string(text: str, start: int, strict: bool) -> tuple[_Text, int]:
    read: Any = json.decoder
    value, end = read.scanstring(text, start, strict)
    placed = _Text(value)
    placed.at = start
    return placed, end


def _sources(notebook: object) -> Iterator[list[str]]:
    """The strings that each code cell consists of; none where another language's kernel runs it."""
    if not isinstance(notebook, dict) or not _is_python(_table(notebook, "metadata")):
        return
    worksheets = [sheet for sheet in _list(notebook, "worksheets") if isinstance(sheet, dict)]
    for holder in [notebook, *worksheets]:
        for cell in _list(holder, "cells"):
            if isinstance(cell, dict) and cell.get("cell_type") == "code":
                source = cell.get("source", cell.get("input"))
                parts = [source] if isinstance(source, str) else source if isinstance(source, list) else []
                yield [_with_newlines(part) for part in parts if isinstance(part, str)]


def _with_newlines(part: str) -> str:
    if "\r" not in part:
        return part
    replaced = _Text(part.replace("\r\n", "\n").replace("\r", "\n"))
    replaced.at = getattr(part, "at", 0)
    return replaced


def _is_python(metadata: dict[str, Any]) -> bool:
    stated = [_table(metadata, "kernelspec").get("language"), _table(metadata, "language_info").get("name")]
    languages = [language for language in stated if isinstance(language, str) and language]
    return not languages or any("python" in language.lower() for language in languages)


def _table(holder: dict[str, Any], key: str) -> dict[str, Any]:
    value = holder.get(key)
    return value if isinstance(value, dict) else {}


def _list(holder: dict[str, Any], key: str) -> list[Any]:
    value = holder.get(key)
    return value if isinstance(value, list) else []


class _Places:
    """Turns offsets in a text, given in order, into lines and columns, in one pass over it."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._begin()

    def _begin(self) -> None:
        self.line, self.at, self.before = 1, 0, -1  # before: where the newline is that the line follows

    def of_lines(self, strings: Iterable[str]) -> list[_Place]:
        """The places of the lines that these strings of a cell make up."""
        places: list[_Place] = []
        starts = True  # the next string starts a line
        for string in strings:
            line, column = self._of(string)
            places += [_Place(line, column, True)] if starts else []
            places += [_Place(line, column, False)] * (string.count("\n") - string.endswith("\n"))
            starts = string.endswith("\n")
        return [*places, _Place(self.line, 1, False)]  # what follows the last newline

    def _of(self, string: str) -> tuple[int, int]:
        at = getattr(string, "at", 0)
        if at < self.at:  # the worksheets of format 3 may stand before other cells, which come first
            self._begin()
        self.before = max(self.before, self.text.rfind("\n", self.at, at))
        self.line, self.at = self.line + self.text.count("\n", self.at, at), at
        return self.line, at - self.before


def _moved(one: Import, place: _Place, line: str, python: str) -> Import:
    """The import at its place in the file; `python` is what its line was read as."""
    before = len(line) - len(python) if line.endswith(python) else 0  # an indentation, or a magic
    column = place.column + before + one.column - 1 if place.is_start else place.column
    return one._replace(line=place.line, column=column)
