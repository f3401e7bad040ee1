"""Tell by what its import statements begin with whether a file may import some modules: nothing is judged."""

from collections.abc import Callable

from import_customs.imports import NOTEBOOK, read_source
from import_customs.imports.screen import top_levels
from import_customs.imports.statement_starts import usual_starts
from import_customs.model import SCRIPT_MARK, CheckError

_SLASH = 0x2F  # of SCRIPT_MARK; most files have none
_MOST_LINES = 50_000  # that are remembered


def may_import(path: str, source: bytes, is_meant: Callable[[str], bool], others: set[bytes]) -> bool:
    """Whether the file may import a module of which `is_meant` is true; True, too, where only judging it can tell.

    What cannot be read imports nothing: no change that leaves it as it is breaks it. `others` are lines that
    import no such module; if no line of this file does, they are added.
    """
    try:
        starts = None if path.endswith(NOTEBOOK) else usual_starts(source)
        lines = _lines_unless_script(path, source) if starts is None else starts
    except CheckError:
        return False
    if lines is None:
        return True
    left = lines - others
    for line in left:
        tops = top_levels(line)
        if tops is None or any(map(is_meant, tops)):  # the argument of a call may stand on any line
            return True
    if len(others) < _MOST_LINES:
        others.update(left)
    return False


def _lines_unless_script(path: str, source: bytes) -> set[bytes] | None:
    """The lines of an unusual file that hold the word "import"; None for a script with metadata. Raises CheckError."""
    file = read_source(path, source)
    file.refuse_unreadable()
    return None if _SLASH in source and SCRIPT_MARK in source else file.import_lines()
