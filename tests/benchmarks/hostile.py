"""A size in, sources out that a screen or a scan could be slow on: time must grow as the size does."""

from collections.abc import Callable
from typing import NamedTuple

_CODE = b"def load(items, limit=4):\n    for key, value in sorted(items.items()):\n        yield key, value\n\n\n"


class Hostile(NamedTuple):
    """One kind of source."""

    name: str
    unit: str
    size: int  # of the smaller of the two that are compared; the other has four times as much
    source: Callable[[int], bytes]
    has_finding: bool = False  # the import it holds is declared nowhere: the exact step runs too


def _code(size: int) -> bytes:
    return b"import os\n" + _CODE * (size // len(_CODE))


def _undeclared(size: int) -> bytes:
    return _code(size) + b"import undeclared_module\n"


def _behind_another(size: int) -> bytes:
    return _code(size) + b"x = 1; import undeclared_module\n"


KINDS = [
    Hostile("ordinary code", "bytes", 12_500_000, _code),
    Hostile("lines", "lines", 250_000, lambda size: b"import os\n" + b"x = 1\n" * size),
    Hostile("imports", "statements", 25_000, lambda size: b"".join(b"import os.m%d\n" % n for n in range(size))),
    Hostile("imports on one line", "modules", 25_000, lambda size: b"import os" + b", os.m" * size + b"\n"),
    Hostile(
        "the word in prose", "lines", 25_000, lambda n: b'"""' + b"to import: from import, import\n" * n + b'"""\n'
    ),
    Hostile("blanks in a statement", "bytes", 250_000, lambda size: b"from os" + b" " * size + b"import path\n"),
    Hostile("blanks before a word", "bytes", 250_000, lambda size: (b" " * 1000 + b"import\n") * (size // 1000)),
    Hostile("continued lines", "lines", 50_000, lambda size: b"import os, \\\n" + b"\\\n" * size + b"  re\n"),
    Hostile("backslashes", "bytes", 250_000, lambda size: b'"import' + b"\\\\" * (size // 2) + b'"\n'),
    Hostile("parts of a name", "parts", 25_000, lambda size: b"import os" + b".a" * size + b"\n"),
    Hostile("calls", "calls", 10_000, lambda size: b'import_module("os.path")\n' * size),
    Hostile("open parentheses", "lines", 5_000, lambda n: b"from google.cloud import (\n" * n, has_finding=True),
    Hostile("code, one finding", "bytes", 5_000_000, _undeclared, has_finding=True),
    Hostile("code, one finding, parsed", "bytes", 500_000, _behind_another, has_finding=True),
    Hostile("code, one finding, scanned", "bytes", 5_000_000, _behind_another, has_finding=True),
    Hostile(
        "imports, all findings", "statements", 5_000, lambda n: b"import undeclared_module\n" * n, has_finding=True
    ),
]
