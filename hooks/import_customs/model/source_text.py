r"""Decode the bytes of a Python file as Python itself does, by PEP 263, with lines that end in `\n`."""

import codecs

from import_customs.model import CheckError, Tree
from import_customs.model.later import lru_cache, re

BOM = b"\xef\xbb\xbf"
_SMALL = 1 << 15  # characters in which lines are counted each time, without a table of them
_CARRIAGE_RETURN = 0x0D  # `in` takes a tenth of the time for a byte
# A whole string, or a comment. A quote that matches alone opens a string that is never closed. Each choice begins with
# a sign as it is, not with a class or a count: then a search skips to the next of these signs, 4 times as fast.
STRING_OR_COMMENT = (
    r"""'''(?:[^'\\]++|\\[\s\S]|'(?!''))*+'''|\"\"\"(?:[^"\\]++|\\[\s\S]|"(?!""))*+\"\"\""""
    r"""|'(?!'')(?:[^'\\\n]++|\\[\s\S])*+'|"(?!"")(?:[^"\\\n]++|\\[\s\S])*+"|'|"|\#[^\n]*+"""
)
_COOKIE = (  # compiled on the first use by `re`: few files state an encoding
    rb"(?:[ \t\f]*+(?:#[^\n]*+)?\n)??[ \t\f]*+#[^\n]*?coding[:=][ \t]*+([-\w.]++)"
)
BEFORE_COOKIE = frozenset((b"#", b"\n", b" ", b"\t", b"\f"))  # what a file begins with that may state an encoding
# As the codecs call themselves: they take time with the square of the text, and nobody writes a file in them.
_REFUSED = ("punycode", "idna")


def with_newlines(source: bytes) -> bytes:
    r"""`source` without a byte-order mark, every line ended by `\n` alone, as the parser reads it."""
    source = source.removeprefix(BOM)
    if _CARRIAGE_RETURN in source:
        source = source.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    return source


def is_file(tree: Tree, path: str) -> bool:
    """Whether a file lies there, by the listing of its folder."""
    folder, _, name = path.rpartition("/")
    return tree.listing(folder).get(name) is False


def what_can_be_read(tree: Tree, path: str) -> bytes:
    """What a file holds that only shows something; nothing if it cannot be read: whoever needs the file tells it."""
    try:
        return tree.read(path) or b""
    except CheckError:
        return b""


def decode(source: bytes) -> tuple[str, str | None]:
    """The text of a file, and a warning if the file is not in the encoding that it states.

    What is not in that encoding is read as UTF-8, and what is not in UTF-8 as Latin-1.
    """
    return decode_utf8(*to_utf8(source))


def to_utf8(source: bytes) -> tuple[bytes, str | None]:
    """The same text in UTF-8, and a warning if the file is not in the encoding that it states.

    A file that is in none that it states keeps its bytes. Most files are UTF-8, so this takes a fraction of the time of
    `decode`, which is made of this and `decode_utf8`.
    """
    source = with_newlines(source)
    encoding = stated_encoding(source)
    if encoding is None:
        return source, None
    text = decoded(source, encoding)
    if text is None or "coding" not in text:  # one that does not have its own comment, as UTF-16, is of no source
        return source, f"cannot be read as {encoding}, the encoding that it states"
    return with_newlines(text.encode("utf-8", "replace")), None


def decode_utf8(source: bytes, warning: str | None) -> tuple[str, str | None]:
    """The text of what `to_utf8` gives: the bytes, and their warning."""
    text = decoded(source, "utf-8")
    if text is not None:
        return text, warning
    return source.decode("latin-1"), f"{warning or 'is not UTF-8'}; it was read as Latin-1"


def decoded(source: bytes, encoding: str) -> str | None:
    """The text of bytes in an encoding; None if they are not in it, or if nothing is read in it."""
    try:
        return None if codecs.lookup(encoding).name in _REFUSED else source.decode(encoding)
    except (LookupError, ValueError):  # no such codec, no text codec; not in it
        return None


def stated_encoding(source: bytes) -> str | None:
    r"""The encoding that a comment in the first two lines states; None if there is none, or it is UTF-8.

    The lines end in `\n`. Source: PEP 263.
    """
    if source[:1] not in BEFORE_COOKIE or source.find(b"coding", 0, source.find(b"\n", source.find(b"\n") + 1)) < 0:
        return None
    found = re.match(_COOKIE, source)
    if found is None:
        return None
    name = found[1].decode("ascii", "replace").lower().replace("_", "-")
    return None if name in ("utf-8", "utf8") or name.startswith("utf-8-") else name


def line_at(text: str, place: int) -> int:
    """The line, from 1, of a place."""
    if place <= _SMALL:
        return text.count("\n", 0, place) + 1
    from bisect import bisect_left

    return bisect_left(_line_ends(text), place) + 1


@lru_cache(maxsize=32)
def _line_ends(text: str) -> list[int]:
    return [end.start() for end in re.finditer("\n", text)]
