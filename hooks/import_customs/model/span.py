"""The place of one name in a file, from its first character to its last."""

from __future__ import annotations

from import_customs.model.value import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from import_customs.model.cell_place import CellPlace


class Span(NamedTuple):
    """Where a dotted name stands; of a name over several lines, the part on its first line."""

    line: int
    column: int
    end_column: int  # behind its last character
    cell: CellPlace | None = None  # in a notebook
