r"""Find what the import statements of a usual file begin with, up to where the modules that they import are named.

`from a import b, c` is cut to `from a import`: it means the same to the screen, and stands in many files, so that it is
looked at once. All this takes half the time of `import_lines`, and the file needs no other reading.
Everything unusual is left to the readers of `source_file`; a test holds the two together.
"""

from __future__ import annotations

from import_customs.imports.screen import FIRST
from import_customs.model import SCRIPT_MARK
from import_customs.model.source_text import BEFORE_COOKIE, stated_encoding

_NULL, _VERTICAL_TAB, _CARRIAGE_RETURN, _SLASH, _BACKSLASH, _COLON, _SEMICOLON = b"\0\x0b\r/\\:;"
_MARKED = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff", b"# Databricks")
_MAY_MARK = BEFORE_COOKIE.union(mark[:1] for mark in _MARKED)
_WHOLE = b"_o-"  # what follows the word in `import_module`, `__import__`, `importorskip` and `import-customs: ignore`
_LONG = 200  # bytes of a line before the word; longer ones would fill the memory
_MOST = 8192  # of them that are kept
# By what a line holds before the word: what it is cut to, and whether the rest of the line belongs to it.
_begun: dict[bytes, tuple[bytes, bool]] = {}


def usual_starts(source: bytes) -> set[bytes] | None:
    r"""What stands for the `import_lines` of a Python file; None for an unusual one, and for a script with metadata."""
    if _CARRIAGE_RETURN in source:
        source = source.replace(b"\r\n", b"\n")
    if _is_unusual(source):
        return None
    starts: set[bytes] = set()
    more: list[bytes] = []
    pieces = source.split(b"import")
    before = pieces[0].rpartition(b"\n")[2]
    pieces[-1] = pieces[-1][: pieces[-1].find(b"\n") + 1] or pieces[-1] + b"\n"
    for piece in pieces[1:]:
        rest, newline, after = piece.rpartition(b"\n")
        if not newline:  # the word stands in the line once more
            more.append(piece)
            continue
        if more:
            before = b"import".join((before, *more))
            more.clear()
        start, is_open = _begun.get(before) or _keep_begun(before)
        if is_open:
            start += rest.partition(b"\n")[0]
        elif piece[0] in _WHOLE:
            start = b"%bimport%b" % (before, rest.partition(b"\n")[0])
        if start:
            starts.add(start)
        before = after
    return starts


def _is_unusual(source: bytes) -> bool:
    """Whether the lines may go on, statements begin anywhere, or the bytes mean something else than they seem to."""
    return (
        (_BACKSLASH in source and b"\\\n" in source)
        or _NULL in source
        or _CARRIAGE_RETURN in source
        or _VERTICAL_TAB in source
        or (_SLASH in source and SCRIPT_MARK in source)
        or (source[:1] in _MAY_MARK and (source.startswith(_MARKED) or stated_encoding(source) is not None))
    )


def _keep_begun(before: bytes) -> tuple[bytes, bool]:
    begun = _begin(before)
    if len(before) < _LONG and len(_begun) < _MOST:
        _begun[before] = begun
    return begun


def _begin(before: bytes) -> tuple[bytes, bool]:
    """What a line is cut to that holds this before the word; b"" if no statement can begin in it."""
    code = before.lstrip(b" \t\f")
    if b"import" in code:
        return code + b"import", True
    if code.startswith(b"from ") and code.endswith(b" ") and _COLON not in code and _SEMICOLON not in code:
        return (code + b"import" if code[5:6] != b"." else b""), False
    last = code.replace(b";", b":").rpartition(b":")[2].lstrip(b" \t\f")
    return (b"", False) if last and not last.startswith(FIRST) else (code + b"import", True)
