r"""Bytes of a file in, a superset of the modules that it imports out, without parsing.

Only lines that hold the word "import" are looked at. In them a continuation (backslash, newline) becomes one byte,
`\x0b`, that counts as white space and as a possible start of a statement: a comment that ends in a backslash does not
continue.
What stands in a string or a comment may be taken for an import, which costs time; a miss would be a defect.
No pattern gives back what it took (`++`, `*+`), and no dotted name holds a keyword, so that time grows with the source.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from import_customs.model import source_text
from import_customs.model.names import DYNAMIC, PARTS, normalized

_JOINED = b"\x0b"
_BACKSLASH = 0x5C
_LONG = 500  # bytes of a line; a longer one is hardly met twice, and would fill the cache's memory

_S = rb"[ \t\f\x0b]"
_PART = rb"(?!(?:from|import)(?![\w\x80-\xff]))[A-Za-z_\x80-\xff][\w\x80-\xff]*+"
_DOTTED = rb"%b(?:%b*+\.%b*+%b)*+" % (_PART, _S, _S, _PART)
_ALIASED = rb"%b(?:%b++as%b++%b)?+" % (_DOTTED, _S, _S, _PART)
# Compiled on the first use by `re`, like all that follow: 1.2 ms, and most files hold only lines of the plain form.
_STATEMENT = rb"(?:^|[;:\x0b])%b*+(?:lazy%b++)?+" % (
    _S,
    _S,
) + rb"(?:from%b++(%b)%b*+import|import%b++(%b(?:%b*+,%b*+%b)*+))" % (_S, _DOTTED, _S, _S, _ALIASED, _S, _S, _ALIASED)
_SPACES = _S + rb"++"
_FIRST = (b"from", b"import", b"lazy")
_PLAIN = b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_., \t()*"

# Compiled on the first use by `re`: few files hold such a call. A gap is bounded, for it is looked at from every name.
_GAP = rb"(?:[ \t\f\n]++|\\\n|#[^\n]{0,300}+\n){0,50}+"
_OPENING = rb"(?![\w\x80-\xff])%b([()#\\\s])%b" % (_GAP, _GAP)
_LITERAL = rb"(?:'([^'\"\\\n]++)'|\"([^'\"\\\n]++)\")%b([uUrR'\"#\\\s]?)" % _GAP
_NO_STRING = rb"[fF]['\"]|[A-Za-z_\x80-\xff][\w\x80-\xff]*+(?!['\"])%b(?![=#\\\s])|[)\d\[{]" % _GAP


def screen(source: bytes) -> tuple[set[str], bool]:
    """A superset of the absolute modules that `source` imports, and whether a call may import more.

    `from a import b` gives `a`. The second is True where the argument of `import_module`, `__import__` or
    `importorskip` may be a string that this step cannot read: then only `syntax` knows.
    """
    source = plain(source)
    modules: set[str] = set()
    calls = False
    for line in lines(source):
        found, has_call = _of_line(line) if len(line) < _LONG else _of_line.__wrapped__(line)
        modules.update(found)
        calls = calls or has_call
    return (modules, _add_calls(source, modules)) if calls else (modules, False)


def lines(source: bytes) -> set[bytes]:
    """The lines that hold the word, each with what continues it; to split all lines takes 5 times longer."""
    found = set()
    end = 0
    at = source.find(b"import")
    while at >= 0:
        start = source.rfind(b"\n", end, at) + 1 or end
        while source.endswith(b"\\\n", end, start):
            start = source.rfind(b"\n", end, start - 1) + 1 or end
        end = source.find(b"\n", at)
        while end > 0 and source[end - 1] == _BACKSLASH:
            end = source.find(b"\n", end + 1)
        end = end if end >= 0 else len(source)
        found.add(source[start:end])
        at = source.find(b"import", end)
    return found


def plain(source: bytes) -> bytes:
    source = source_text.with_newlines(source)
    if source.find(b"coding", 0, source.find(b"\n", source.find(b"\n") + 1)) >= 0:
        source = source_text.as_utf8(source)
    return source.replace(b"\0", b" ") if b"\0" in source else source


@lru_cache(maxsize=8192)  # most lines stand in many files: `import os`
def _of_line(line: bytes) -> tuple[tuple[str, ...], bool]:
    """The modules that the line's statements import, and whether it names a function that imports."""
    has_call = b"import_module" in line or b"__import__" in line or b"importorskip" in line
    names = _of_plain_line(line)
    if names is not None:
        return tuple(reading for name in names for reading in _readings(name)), has_call
    if b"\\\n" in line or _JOINED in line:
        line = re.sub(_SPACES, lambda run: _JOINED if _JOINED in run[0] else b" ", line.replace(b"\\\n", _JOINED))
    modules: list[str] = []
    for module, several in re.findall(_STATEMENT, line):
        for name in [module] if module else several.split(b","):
            words = name.split()  # white space is legal around dots
            modules += _readings(b"".join(words[: words.index(b"as")] if b"as" in words else words))
    return tuple(modules), has_call


def _of_plain_line(line: bytes) -> list[bytes] | None:
    """The modules that a line imports which is one statement of the usual form, or no statement; else None."""
    code, _, comment = line.partition(b"#")
    if b"'" in comment or b'"' in comment or b"\\" in line:
        return None  # a string may end in what looks like a comment, and a statement follow
    words = code.split()
    if b"import" not in code:
        return []
    if words[0] not in _FIRST:
        later = (part.lstrip().startswith(_FIRST) for part in code.replace(b";", b":").split(b":")[1:])
        return None if _JOINED in code or any(later) else []
    if code.translate(None, _PLAIN) or words[0] == b"lazy":
        return None
    if words[0] == b"from" and words[1].startswith(b"."):
        return []
    if words[0] == b"import":
        items = [item.split() for item in b" ".join(words[1:]).split(b",")]
        usual = all(len(item) == 1 or (len(item) == 3 and item[1] == b"as") for item in items)
        names = [item[0] for item in items] if usual else [b""]
    else:
        names = [words[1]] if words[2:3] == [b"import"] else [b""]
    return names if all(_is_name(name) for name in names) else None


def _is_name(name: bytes) -> bool:
    return all(part.isidentifier() and part not in ("from", "import") for part in name.decode().split("."))


def _readings(name: bytes) -> list[str]:
    """The name as UTF-8 and as Latin-1: a line does not show how its file decodes."""
    if not name.isascii():
        return [normalized(name.decode("utf-8", "replace")), normalized(name.decode("latin-1"))]
    if name == b"__future__":
        return []
    return [name.decode()] if len(name) < PARTS else [normalized(name.decode())]


def _add_calls(source: bytes, modules: set[str]) -> bool:
    """Add the literal arguments of calls to `modules`; True where one may be a string that is not plain."""
    unclear = not source.isascii() and _has_disguised_call(source)
    opening, literal, no_string = re.compile(_OPENING), re.compile(_LITERAL), re.compile(_NO_STRING)
    for end in _ends_of_functions(source):
        call = opening.match(source, end)
        if call is None:
            continue
        found = literal.match(source, call.end())
        if call[1] != b"(":  # (import_module)("x"), or a gap too long to look over
            unclear = True
        elif found is None:
            unclear = unclear or no_string.match(source, call.end()) is None
        elif found[3]:  # "a" "b" is one string, and so on
            unclear = True
        else:
            modules.update(name for name in _readings(found[1] or found[2]) if not name.startswith("."))
    return unclear


def _ends_of_functions(source: bytes) -> Iterator[int]:
    for function in DYNAMIC:
        word = function.encode()
        at = source.find(word)
        while at >= 0:
            yield at + len(word)
            at = source.find(word, at + len(word))


def _has_disguised_call(source: bytes) -> bool:
    """Whether NFKC, to which the parser brings names (PEP 3131), makes one of the functions of other letters."""
    from unicodedata import normalize  # 1 ms, and rarely needed

    text = source.decode("utf-8", "replace")
    plain = normalize("NFKC", text)
    return any(text.count(function) != plain.count(function) for function in DYNAMIC)
