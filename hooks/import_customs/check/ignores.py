"""Decide whether the user exempts an import: by `ignore`, by `per-file-ignores`, or by a comment in its statement."""

from __future__ import annotations

from import_customs.imports.source_file import syntax_of
from import_customs.model import Reason
from import_customs.model.later import pattern
from import_customs.project.config import matches

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from import_customs.imports.source_file import SourceFile
    from import_customs.imports.statements import Statement
    from import_customs.model import Config, Import

EVERYTHING = "*"  # as an entry of `per-file-ignores`
_SPELLED = r"#\s*import-customs:\s*ignore\b"
_COMMENT = pattern(_SPELLED)
_PLAIN_COMMENT = pattern(rf"[^'\"#]*+(?=#).*{_SPELLED}")  # in no string, on the line of an import

# A cache by `id()` of a `per-file-ignores` table: its globs without wildcards by text, and the numbers of the others.
# The table is kept with them, so that its id is not used again.
_by_wildcard: dict[int, tuple[object, dict[str, list[int]], list[int]]] = {}


def exempted_by_comment(file: SourceFile, imports: Iterable[Import]) -> set[Import]:
    """Those of all imports of a file that a comment in their statement exempts; in a notebook cell by cell."""
    by_text: dict[str, dict[int, list[Import]]] = {}
    for one in imports:
        text, line = file.place(one)
        by_text.setdefault(text, {}).setdefault(line, []).append(one)
    return {
        one
        for text, by_line in by_text.items()
        if _COMMENT.search(text)
        for line in _exempt_lines(text, sorted(by_line))
        for one in by_line[line]
    }


def _exempt_lines(text: str, lines: list[int]) -> set[int]:
    """Those of the lines, on which the imports of a text stand, that a comment exempts."""
    shown = text.split("\n")
    exempt = {line for line in lines if _PLAIN_COMMENT.match(shown[line - 1])}
    if len(exempt) < sum(map(bool, map(_COMMENT.search, shown))):
        for statement in syntax_of(text).commented_statements():
            exempt.update(_exempt_in_statement(statement, lines))
    return exempt


def _exempt_in_statement(statement: Statement, lines: list[int]) -> Iterator[int]:
    """Those of the lines that the comments of a statement exempt.

    Behind the last bracket, where a formatter moves it, and before the first import, a comment is meant for all imports
    of the statement. Anywhere else it is meant for the nearest one above it.
    """
    inside = [line for line in lines if statement.first <= line <= statement.last]
    for place, comment in statement.comments:
        if _COMMENT.search(comment):
            above = [line for line in inside if line <= place]
            is_for_all = not above or (place == statement.last and place not in above)
            yield from inside if is_for_all else above[-1:]


def exempted_by(config: Config, path: str, module: str) -> Reason | None:
    """The entry of `ignore` or `per-file-ignores` that exempts the module in that file; None if none does.

    `path` is from the project's folder. A module is exempt with its submodules. A glob is matched against the path
    and against the file's name, and its `*` matches "/" as well.
    """
    for entry in config.ignore:
        if _is_within(module, entry):
            return Reason("ignore", entry)
    for number in _globs_to_try(config, path):
        glob, entries = config.per_file_ignores[number]
        for entry in entries:
            if (entry == EVERYTHING or _is_within(module, entry)) and matches(path, glob):
                return Reason("per-file-ignores", f"{glob}: {entry}")
    return None


def _globs_to_try(config: Config, path: str) -> list[int]:
    """The numbers of the globs to try: those without wildcards are looked up, for there may be one for each file."""
    key = id(config.per_file_ignores)
    if key not in _by_wildcard:
        plain: dict[str, list[int]] = {}
        wild = []
        for number, (glob, _) in enumerate(config.per_file_ignores):
            if any(special in glob for special in "*?["):
                wild.append(number)
            else:
                plain.setdefault(glob, []).append(number)
        _by_wildcard[key] = (config.per_file_ignores, plain, wild)
    _, plain, wild = _by_wildcard[key]
    names = {path, f"/{path}", path.rpartition("/")[2]}
    return sorted([*wild, *(number for name in names for number in plain.get(name, ()))])


def _is_within(module: str, entry: str) -> bool:
    return module == entry or module.startswith(f"{entry}.")
