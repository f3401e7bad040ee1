"""Decide which imports a comment in their statement exempts."""

from __future__ import annotations

from import_customs.imports.source_file import syntax_of
from import_customs.model.later import pattern

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from import_customs.imports.source_file import SourceFile
    from import_customs.imports.tolerant_tokens import Statement
    from import_customs.model import Import

    Comment = tuple[str, int]  # the text that it is in, and its line there

_SPELLED = r"#\s*import-customs:\s*ignore\b"
_COMMENT = pattern(_SPELLED)
_PLAIN_COMMENT = pattern(rf"[^'\"#]*+(?=#).*{_SPELLED}")  # in no string, on the line of an import


def exempted_by_comment(file: SourceFile, imports: Iterable[Import]) -> dict[Import, Comment]:
    """The imports of a file that a comment in their statement exempts, each with it; in a notebook, cell by cell."""
    by_text: dict[str, dict[int, list[Import]]] = {}
    for one in imports:
        text, line = file.place(one)
        by_text.setdefault(text, {}).setdefault(line, []).append(one)
    return {
        one: (text, comment)
        for text, by_line in by_text.items()
        if _COMMENT.search(text)
        for line, comment in _exempt_lines(text, sorted(by_line)).items()
        for one in by_line[line]
    }


def _exempt_lines(text: str, lines: list[int]) -> dict[int, int]:
    """Those of these lines that a comment exempts, with its line; on all of them an import of the text stands."""
    shown = text.split("\n")
    exempt = {line: line for line in lines if _PLAIN_COMMENT.match(shown[line - 1])}
    if len(exempt) < sum(map(bool, map(_COMMENT.search, shown))):
        for statement in syntax_of(text).commented_statements():
            for line, comment in _exempt_in_statement(statement, lines):
                exempt.setdefault(line, comment)
    return exempt


def _exempt_in_statement(statement: Statement, lines: list[int]) -> Iterator[tuple[int, int]]:
    """Those of the lines that the comments of a statement exempt, each with the comment's.

    Behind the last bracket, where a formatter moves it, and before the first import, a comment is meant for all imports
    of the statement. Anywhere else it is meant for the nearest one above it.
    """
    inside = [line for line in lines if statement.first <= line <= statement.last]
    for place, comment in statement.comments:
        if _COMMENT.search(comment):
            above = [line for line in inside if line <= place]
            is_for_all = not above or (place == statement.last and place not in above)
            yield from ((line, place) for line in (inside if is_for_all else above[-1:]))
