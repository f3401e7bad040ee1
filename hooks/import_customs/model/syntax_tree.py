"""Parse Python with `ast`, but only what it can take without gigabytes of memory."""

from __future__ import annotations

from import_customs.model.later import pattern
from import_customs.model.names import PARTS

TYPE_CHECKING = False
if TYPE_CHECKING:
    import ast

# `ast` takes up to 1.9 kB for a sign or line end, as in `a\n`, and 0.2 kB for any other character, as in `a in a in a`.
# Either limit is reached at about 0.9 GB.
_LARGEST = 4 * 1024 * 1024  # characters
_MOST_SIGNS = 500_000
_NO_SIGNS = b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_ \t\f" + bytes(range(0x80, 0x100))
_DOTTED = pattern(r"(?<!\w)(?:\w++[ \t\f\\\n]*+\.[ \t\f\\\n]*+)++")


def parsed(text: str, most: int = _LARGEST) -> ast.Module:
    """The tree of a text. Raises SyntaxError, ValueError, RecursionError and MemoryError.

    ValueError also for a text that is longer than `most`, or that would take gigabytes.
    """
    import ast  # 9 ms; an environment, which hardly ever needs it, is read without
    import warnings

    signs = text.encode("utf-8", "replace").translate(None, _NO_SIGNS)
    if len(text) > most or len(signs) > _MOST_SIGNS or _has_overlong_name(text, signs):
        raise ValueError
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # PYTHONWARNINGS=error makes an error of "\d"
        return ast.parse(text)


def _has_overlong_name(text: str, signs: bytes) -> bool:
    """Whether a name has so many parts that 40 kB of it take 0.45 GB; `signs` are those of the text."""
    if b"." * PARTS not in signs.translate(None, b"\n\\"):  # as in nearly all texts, in a hundredth of the time
        return False
    return any(found[0].count(".") >= PARTS for found in _DOTTED.finditer(text))


def last_name(node: ast.expr) -> str:
    """The last part of a dotted name: `b` of `a.b`, and of `f().b`; "" if the expression is no name."""
    return str(getattr(node, "attr", "") or getattr(node, "id", ""))
