"""Tell what only a parse or the tokens of a text can tell; all that needs `ast` or `tokenize` is behind this module."""

from collections.abc import Iterator

from import_customs.imports import exact_ast
from import_customs.imports.guards.version_tests import lines_never_run
from import_customs.imports.guards.where_it_runs import Where, where_line_runs
from import_customs.imports.tolerant_tokens import Statement, commented_statements
from import_customs.model import Import


class Syntax:
    r"""A text of Python whose lines end in `\n`; it may be broken."""

    __slots__ = ("_text",)

    def __init__(self, text: str) -> None:
        self._text = text

    def imports(self) -> tuple[list[Import], str | None]:
        """The absolute imports, by line and column, and a warning if the text does not parse."""
        return exact_ast.find_imports(self._text)

    def lines_never_run(self, pythons: tuple[str, ...]) -> frozenset[int]:
        return lines_never_run(self._text, pythons)

    def where_line_runs(self, line: int, wheres: Where) -> Where | None:
        return where_line_runs(self._text, line, wheres)

    def commented_statements(self) -> Iterator[Statement]:
        return commented_statements(self._text)
