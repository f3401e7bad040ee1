"""`ast.parse`, for text that it can take without gigabytes of memory."""

import ast
import re
import warnings

from import_customs.model.names import PARTS

# What is parsed. `ast` takes up to 1.9 kB for a sign or line end, as in `a\n`, and 0.2 kB for any other character, as
# in `a in a in a`: either limit is reached at about 0.9 GB.
_LARGEST = 4 * 1024 * 1024  # characters


_MOST_SIGNS = 500_000


_NO_SIGNS = b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_ \t\f" + bytes(range(0x80, 0x100))


_DOTTED = re.compile(r"(?<!\w)(?:\w++[ \t\f\\\n]*+\.[ \t\f\\\n]*+)++")


def parsed(text: str, most: int = _LARGEST) -> ast.Module:
    """The tree of a text. Raises SyntaxError, ValueError, RecursionError and MemoryError.

    ValueError also for what is longer than `most`, or would take gigabytes.
    """
    if len(text) > most or _signs(text) > _MOST_SIGNS or _has_overlong_name(text):
        raise ValueError
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # PYTHONWARNINGS=error makes an error of "\d"
        return ast.parse(text)


def _signs(text: str) -> int:
    return len(text.encode("utf-8", "replace").translate(None, _NO_SIGNS))


def _has_overlong_name(text: str) -> bool:
    """`import a.a.a…` of 40 kB takes 0.45 GB in `ast.parse`."""
    return any(found[0].count(".") >= PARTS for found in _DOTTED.finditer(text))
