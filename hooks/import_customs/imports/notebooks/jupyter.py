"""Read a Jupyter notebook as a file of Python."""

from collections.abc import Collection

from import_customs.imports.notebooks.cells import code_cells, in_databricks, without_surrogates
from import_customs.imports.notebooks.exact import Cell, read_cells
from import_customs.imports.notebooks.files import folders_entered, written_file
from import_customs.imports.notebooks.magics import language_magic, python_lines
from import_customs.imports.source_file import SourceFile
from import_customs.model import SCRIPT_MARK, CheckError, Finding, Import
from import_customs.model.source_text import with_newlines


class Notebook(SourceFile):
    """A notebook as a file of Python: the code of its cells.

    The line of an import is one of the .ipynb file, and so is its column if the file holds the cell line by line.
    Its `cell` says where it stands for a reader of the notebook.
    """

    __slots__ = ("_broken", "_cells", "_files_written", "_in_databricks", "_python", "_sources")

    def __init__(self, path: str, source: bytes) -> None:
        super().__init__(path, source)
        self._python: str | None = None
        self._files_written: list[tuple[int, str]] | None = None
        self._broken: dict[str, int] | None = None  # where its JSON is, as far as that is known
        self._sources: list[tuple[int, str]] | None = None
        self._in_databricks = False
        self._cells: tuple[list[Cell], list[str]] | None = None

    def refuse_unreadable(self) -> None:
        """Raise CheckError if the file is no JSON; an empty one is a notebook that nobody has begun."""
        if not (self._code() or self.is_pointer) and self._broken is not None and self._text()[0].strip():
            hint = "check whether it holds marks of a merge, or open it in Jupyter"
            line, column = (self._broken.get(key, 0) for key in ("line", "column"))
            raise CheckError(
                "is not a notebook: its JSON cannot be read", hint=hint, path=self.path, line=line, column=column
            )

    @property
    def python(self) -> str:
        """The Python of all cells; "" if the file is no Python notebook."""
        if self._python is None:
            cells = (python_lines(cell, in_databricks=self._in_databricks) for _, cell in self._code())
            self._python = without_surrogates("\n\n".join(map("\n".join, cells)))
        return self._python

    @property
    def script(self) -> bytes:
        """The first code cell, on the lines of the .ipynb file if that holds it line by line."""
        first = self._code()[0][1] if self._code() else ""
        mark = SCRIPT_MARK.decode()
        before = self._text()[0].partition(mark)[0].count("\n") - first.partition(mark)[0].count("\n")
        return ("\n" * before + without_surrogates(first)).encode()

    @property
    def passed_over(self) -> list[str]:
        """A sentence for each code cell that is not taken for Python."""
        languages = {number: language_magic(cell, in_databricks=self._in_databricks) for number, cell in self._code()}
        return [
            f"cell {number} is not taken for Python: it begins with `{magic}`"
            for number, magic in languages.items()
            if magic
        ]

    @property
    def files_written(self) -> list[tuple[int, str]]:
        """The files that cells write, each with the number of its cell and as that says it."""
        if self._files_written is None:
            self._files_written = [(number, path) for number, cell in self._code() if (path := written_file(cell))]
        return self._files_written

    @property
    def folders_entered(self) -> list[tuple[int, str]]:
        """The folders that the notebook goes to, as it says them, each seen from the one before, with their cells."""
        return [(number, folder) for number, cell in self._code() for folder in folders_entered(cell)]

    def _code(self) -> list[tuple[int, str]]:
        """The number of each code cell, and its text; none if the file is no Python notebook."""
        if self._sources is None:
            import json  # 8 ms; what Databricks keeps as a file of Python needs none

            notebook = None
            try:
                notebook = json.loads(self._text()[0])
            except json.JSONDecodeError as error:
                self._broken = {"line": error.lineno, "column": error.colno}
            except (ValueError, RecursionError):
                self._broken = {}
            self._in_databricks = in_databricks(notebook)
            self._sources = [(number, "".join(cell)) for number, cell in code_cells(notebook)]
        return self._sources

    def screened_names(self, module: str) -> set[str] | None:  # noqa: ARG002
        """None: only `imports` can tell."""
        return None

    def imports(self, modules: Collection[str] | None = None) -> tuple[list[Import], list[str]]:
        """The imports of all cells, cell after cell, and a warning for each that is broken."""
        cells, warnings = self._exact_cells()
        found = [one for cell in cells for one in cell.imports]
        return found if modules is None else [one for one in found if one.module in modules], warnings

    def excerpt(self, place: Import | Finding) -> str:
        """The line of the cell that it stands on, as the notebook shows it."""
        cell, line = self._cell_of(place)
        return cell.lines[line - 1]

    def place(self, imported: Import) -> tuple[str, int]:
        """The Python of the cell that holds the import, and its line there."""
        cell, line = self._cell_of(imported)
        return cell.python, line

    def _cell_of(self, place: Import | Finding) -> tuple[Cell, int]:
        number, line = place.cell[:2] if place.cell else (0, 0)
        return next((cell, line) for cell in self._exact_cells()[0] if cell.number == number)

    def _text(self) -> tuple[str, str | None]:
        if self._decoded is None:
            self._decoded = with_newlines(self.source).decode("utf-8", "replace"), None  # JSON is UTF-8
        return self._decoded

    def _in_utf8(self) -> tuple[bytes, str | None]:
        return self.python.encode(), None

    def _exact_cells(self) -> tuple[list[Cell], list[str]]:
        if self._cells is None:
            self._cells = read_cells(self._text()[0])
        return self._cells
