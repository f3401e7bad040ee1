"""Read one Python file or notebook, and tell which modules it imports.

There are two steps. `screened` is fast, and names too many modules rather than too few. Only if it leaves something
open, `imports` tells exactly: which modules, on which line, and under which guard. What only the second step needs is
loaded by it, and what needs `ast` or `tokenize` by `syntax_of`.
"""

from __future__ import annotations

from import_customs.imports.screen import import_lines, screen
from import_customs.imports.screen_names import screen_names
from import_customs.model import CheckError
from import_customs.model.source_text import decode_utf8, to_utf8

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection

    from import_customs.imports.syntax import Syntax
    from import_customs.model import Finding, Import

_UTF_16 = (b"\xff\xfe", b"\xfe\xff")  # its byte-order marks


class SourceFile:
    """A Python file. Each reading of it is made once, when it is first asked for."""

    __slots__ = ("_decoded", "_lines", "_screenable", "_utf8", "path", "source")

    def __init__(self, path: str, source: bytes) -> None:
        self.path = path
        self.source = source
        self._utf8: tuple[bytes, str | None] | None = None
        self._decoded: tuple[str, str | None] | None = None
        self._lines: list[str] | None = None
        self._screenable: tuple[bytes, set[bytes]] | None = None

    def refuse_unreadable(self) -> None:
        """Raise CheckError if no Python can read the file."""
        if self.source[:2] in _UTF_16 or _is_utf_16(self.source):
            raise CheckError(
                "is UTF-16, which Python does not read as source",
                hint="save it as UTF-8; PowerShell's `>` writes UTF-16",
                path=self.path,
            )

    @property
    def python(self) -> str:
        """The Python that the file holds."""
        return self._text()[0]

    @property
    def script(self) -> bytes:
        """What may begin with metadata that make the file a project to itself (PEP 723)."""
        return self.source

    @property
    def passed_over(self) -> list[str]:
        """A sentence for each part that is not taken for Python, though it might be."""
        return []

    @property
    def files_written(self) -> list[tuple[int, str]]:
        """The files that cells of a notebook write, each with the number of its cell."""
        return []

    @property
    def folders_entered(self) -> list[tuple[int, str]]:
        """The folders that a notebook goes to, each seen from the one before, with the number of the cell."""
        return []

    @property
    def lines(self) -> list[str]:
        """The lines of the file itself."""
        if self._lines is None:
            self._lines = self._text()[0].split("\n")
        return self._lines

    def excerpt(self, place: Import | Finding) -> str:
        """The line that it stands on; "" if there is none."""
        return self.lines[place.line - 1] if place.line <= len(self.lines) else ""

    def screened(self, starts: set[bytes] | None = None) -> tuple[set[str], bool]:
        """A superset of the absolute modules that the file imports, and whether a call may import more.

        If some of its `usual_starts` are given, what only the others name may be missing.
        """
        return screen(*self._for_screen()) if starts is None else screen(self._in_utf8()[0], starts)

    def import_lines(self) -> set[bytes]:
        """The lines that hold the word "import", each with those that it continues and that continue it."""
        return self._for_screen()[1]

    def screened_names(self, module: str) -> set[str] | None:
        """A superset of the names that the file takes `from module import …`; None if only `imports` can tell."""
        return screen_names(*self._for_screen(), module)

    def imports(self, modules: Collection[str] | None = None) -> tuple[list[Import], list[str]]:
        """The absolute imports, by line and column, and warnings, each the end of a sentence about the file.

        If `modules` are given, as `screened` named them, the imports of others may be missing.
        """
        from import_customs.imports import exact_usual  # 1 ms; only what may be a finding gets here

        text, undecodable = self.python, self._text()[1]
        found, broken = exact_usual.find_imports(text, modules), None
        if found is None:
            found, broken = syntax_of(text).imports()
        return found, [warning for warning in (undecodable or broken,) if warning is not None]

    def never_runs(self, imported: Import, pythons: tuple[str, ...]) -> bool:
        """True if tests of `sys.version_info` let the import run on none of these Pythons ("3.11")."""
        python, line = self.place(imported)
        return line in syntax_of(python).lines_never_run(pythons)

    def runs_on(self, imported: Import, wheres: frozenset[tuple[str, str]]) -> frozenset[tuple[str, str]] | None:
        """Those pairs of a Python and a platform on which tests let the import run; None if they do not tell."""
        python, line = self.place(imported)
        return syntax_of(python).where_line_runs(line, wheres)

    def place(self, imported: Import) -> tuple[str, int]:
        """The text of Python that holds the import, and its line there."""
        return self.python, imported.line

    def _text(self) -> tuple[str, str | None]:
        """The text of the file itself, and a warning if it is not in the encoding that it states."""
        if self._decoded is None:
            self._decoded = decode_utf8(*self._in_utf8())
        return self._decoded

    def _in_utf8(self) -> tuple[bytes, str | None]:
        if self._utf8 is None:
            self._utf8 = to_utf8(self.source)
        return self._utf8

    def _for_screen(self) -> tuple[bytes, set[bytes]]:
        """The Python, in UTF-8 or undecodable, and its lines that hold the word "import"."""
        if self._screenable is None:
            source = self._in_utf8()[0]
            source = source.replace(b"\0", b" ") if 0 in source else source
            self._screenable = source, import_lines(source)
        return self._screenable


def syntax_of(text: str) -> Syntax:
    """What only a parse or the tokens of a text can tell."""
    from import_customs.imports.syntax import Syntax  # 8 ms, with ast and tokenize; most texts are of the usual form

    return Syntax(text)


def _is_utf_16(source: bytes) -> bool:
    """True for UTF-16 without a byte-order mark: every other byte of its first words is zero."""
    if len(source) < 4 or 0 not in source[:32]:
        return False
    return any(not any(source[start:32:2]) and all(source[1 - start : 32 : 2]) for start in (0, 1))
