"""Read a notebook that Databricks keeps as a file of Python: cells that a magic begins stand in comments.

Source: Databricks' documentation, "Export and import notebooks".
"""

from collections.abc import Collection

from import_customs.imports.notebooks.magics import python_lines
from import_customs.imports.screen import import_lines
from import_customs.imports.source_file import SourceFile
from import_customs.model import Import

_BETWEEN = "# COMMAND ----------"
_MAGIC = "# MAGIC"


class DatabricksSource(SourceFile):
    """A file of Python in which the cells in comments are read as well, each on its own lines."""

    __slots__ = ("_python",)

    def __init__(self, path: str, source: bytes) -> None:
        super().__init__(path, source)
        self._python: str | None = None

    @property
    def python(self) -> str:
        """The Python of the file, in as many lines as it has."""
        if self._python is None:
            python: list[str] = []
            cell: list[str] = []
            for line in [*self.lines, _BETWEEN]:
                if line.startswith(_BETWEEN):
                    python += [*_of_cell(cell), line]
                    cell = []
                else:
                    cell.append(line)
            self._python = "\n".join(python[:-1])
        return self._python

    def imports(self, modules: Collection[str] | None = None) -> tuple[list[Import], list[str]]:
        """As of any file; the column of an import in a comment counts the comment's sign."""
        found, warnings = super().imports(modules)
        python = self.python.split("\n")
        return [self._placed(one, python) for one in found], warnings

    def _placed(self, one: Import, python: list[str]) -> Import:
        def before(line: int) -> int:
            """The characters of the file's line that are not read."""
            shown, read = self.lines[line - 1], python[line - 1]
            return len(shown) - len(read) if shown.startswith(_MAGIC) and shown.endswith(read) else 0

        spans = (
            span._replace(column=before(span.line) + span.column, end_column=before(span.line) + span.end_column)
            for span in one.spans
        )
        return one._replace(column=before(one.line) + one.column, spans=tuple(spans))

    def _for_screen(self) -> tuple[bytes, set[bytes]]:
        if self._screenable is None:
            source = self.python.encode("utf-8", "replace").replace(b"\0", b" ")
            self._screenable = source, import_lines(source)
        return self._screenable


def _of_cell(cell: list[str]) -> list[str]:
    """The lines of a cell as Python; those in comments are read as one text, for a magic may be their language."""
    in_comments = [number for number, line in enumerate(cell) if f"{line} ".startswith(f"{_MAGIC} ")]
    text = "\n".join(cell[number].removeprefix(_MAGIC).removeprefix(" ") for number in in_comments)
    read = dict(zip(in_comments, python_lines(text, in_databricks=True), strict=False))
    return [read.get(number, line) for number, line in enumerate(cell)]
