"""Bytes of a Python file in, its text out, by the rules of PEP 263."""

import codecs
import re

BOM = b"\xef\xbb\xbf"
_COOKIE = (  # compiled on the first use by `re`: few files state an encoding
    rb"(?:[ \t\f]*+(?:#[^\n]*+)?\n)??[ \t\f]*+#[^\n]*?coding[:=][ \t]*+([-\w.]++)"
)
# As the codecs call themselves: they take time with the square of the text, and nobody writes a file in them.
_REFUSED = ("punycode", "idna")


def with_newlines(source: bytes) -> bytes:
    r"""`source` without a byte-order mark, every line ended by `\n` alone, as the parser reads it."""
    source = source.removeprefix(BOM)
    if b"\r" in source:
        source = source.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    return source


def cookie(source: bytes) -> str | None:
    """The encoding that a comment in the first two lines states; None where there is none, or it is UTF-8.

    `source` comes from `with_newlines`. Source: PEP 263.
    """
    found = re.match(_COOKIE, source)
    if found is None:
        return None
    name = found[1].decode("ascii", "replace").lower().replace("_", "-")
    return None if name in ("utf-8", "utf8") or name.startswith("utf-8-") else name


def decode(source: bytes) -> tuple[str, str | None]:
    r"""The text of a file, and a warning where the encoding it states is not the one it is in.

    Lines end by `\n` alone. What is not in the stated encoding is read as UTF-8, and that failing as Latin-1.
    """
    source = with_newlines(source)
    stated = cookie(source)
    warning = None
    if stated is not None:
        text = decoded(source, stated)
        if text is not None:
            return text.replace("\r\n", "\n").replace("\r", "\n").removeprefix("\ufeff"), None
        warning = f"cannot be read as {stated}, the encoding that it states"
    text = decoded(source, "utf-8")
    if text is not None:
        return text, warning
    return source.decode("latin-1"), f"{warning or 'is not UTF-8'}; it was read as Latin-1"


def as_utf8(source: bytes) -> bytes:
    """The bytes of the same text in UTF-8; `source` as it is where the stated encoding does not fit."""
    stated = cookie(source)
    text = None if stated is None else decoded(source, stated)
    return source if text is None else with_newlines(text.encode("utf-8", "replace"))


def decoded(source: bytes, encoding: str) -> str | None:
    """The text of what is in that encoding; None where it is not, or nothing is read in it."""
    try:
        return None if codecs.lookup(encoding).name in _REFUSED else source.decode(encoding)
    except (LookupError, ValueError):  # no such codec, no text codec; not in it
        return None
