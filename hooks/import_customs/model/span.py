"""The place of one name in a file, from its first character to its last; in a notebook that in its cell as well."""

from __future__ import annotations

from import_customs.model.value import NamedTuple


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
