r"""Find, without parsing, a superset of the modules that a file imports.

Only lines that hold the word "import" are looked at. What stands in a string or a comment may be taken for an import,
which costs time; to miss an import would be a defect.

In these lines a continuation (backslash, newline) is replaced by one byte, `\x0b`. It counts as white space and as a
possible start of a statement, because a comment that ends in a backslash does not continue.
The patterns never give back what they took (`++`, `*+`), and no dotted name holds a keyword: so the time grows with the
source, and not with its square.
"""

from __future__ import annotations

from import_customs.model.later import re
from import_customs.model.names import DYNAMIC, PARTS, normalized, top

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

USUAL = b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_., \t()*"  # bytes of an import of usual form
_JOINED = b"\x0b"
# To look for a byte takes a tenth of what it takes to look for bytes: there `in` raises an error first.
_BACKSLASH, _VERTICAL_TAB, _COLON, _SEMICOLON, _QUOTE, _DOUBLE_QUOTE = b"\\\x0b:;'\""
_LONG = 500  # bytes of a line; a longer one is hardly met twice, and would fill the memory
_MOST = 8192  # lines that are kept
_screened: dict[bytes, tuple[tuple[str, ...], bool]] = {}  # most lines stand in many files: `import os`

_S = rb"[ \t\f\x0b]"
_PART = rb"(?!(?:from|import)(?![\w\x80-\xff]))[A-Za-z_\x80-\xff][\w\x80-\xff]*+"
_DOTTED = rb"%b(?:%b*+\.%b*+%b)*+" % (_PART, _S, _S, _PART)
_ALIASED = rb"%b(?:%b++as%b++%b)?+" % (_DOTTED, _S, _S, _PART)
# Compiled on the first use by `re`, like all that follow: 1.2 ms, and most files hold only lines of the usual form.
_STATEMENT = rb"(?:^|[;:\x0b])%b*+(?:lazy%b++)?+" % (
    _S,
    _S,
) + rb"(?:from%b++(%b)%b*+import|import%b++(%b(?:%b*+,%b*+%b)*+))" % (_S, _DOTTED, _S, _S, _ALIASED, _S, _S, _ALIASED)
_SPACES = _S + rb"++"
FIRST = (b"from", b"import", b"lazy")

# Few files hold such a call. A gap is bounded, for it is looked at from every name.
_GAP = rb"(?:[ \t\f\n]++|\\\n|#[^\n]{0,300}+\n){0,50}+"
_OPENING = rb"(?![\w\x80-\xff])%b([()#\\\s])%b" % (_GAP, _GAP)
_LITERAL = rb"(?:'([^'\"\\\n]++)'|\"([^'\"\\\n]++)\")%b([uUrR'\"#\\\s]?)" % _GAP
_AS = rb"(?![\w\x80-\xff])%bas\b" % _GAP
# What may stand between the `=` of `load = importlib.import_module` and the function's name.
_ASSIGNED = rb"(?:[\w. \t\f\x80-\xff]|\\\n)*+(?:\((?:[\s(\\\w.\x80-\xff]|#[^\n]*+\n)*+)?+"
_LONGEST_VALUE = 1000  # bytes of that
_NO_STRING = rb"[fF]['\"]|[A-Za-z_\x80-\xff][\w\x80-\xff]*+(?!['\"])%b(?![=#\\\s])|[)\d\[{]" % _GAP


def import_lines(source: bytes) -> set[bytes]:
    r"""The lines that hold the word "import", each with those that it continues and that continue it.

    Lines end in `\n`. To split the source into all of its lines takes 5 times longer.
    """
    found = set()
    end = 0
    may_go_on = _BACKSLASH in source
    at = source.find(b"import")
    while at >= 0:
        start = source.rfind(b"\n", end, at) + 1 or end
        while may_go_on and source.endswith(b"\\\n", end, start):
            start = source.rfind(b"\n", end, start - 1) + 1 or end
        end = source.find(b"\n", at)
        while may_go_on and end > 0 and source[end - 1] == _BACKSLASH:
            end = source.find(b"\n", end + 1)
        end = end if end >= 0 else len(source)
        found.add(source[start:end])
        at = source.find(b"import", end)
    return found


def screen(source: bytes, lines: set[bytes]) -> tuple[set[str], bool]:
    """A superset of the absolute modules that `source` imports, and whether a call may import more.

    `lines` are its `import_lines`, and it is in UTF-8 or undecodable. `from a import b` gives `a`. The second value is
    True if the argument of `import_module`, `__import__` or `importorskip` may be a string that cannot be read here.
    """
    modules: set[str] = set()
    has_call = False
    for line in lines:
        found, calls = _screened.get(line) or screen_line(line)
        modules.update(found)
        has_call = has_call or calls
    return (modules, add_calls(source, modules)) if has_call else (modules, False)


def top_levels(line: bytes) -> Collection[str] | None:
    """The first parts of what `screen` finds in one of the `import_lines`, or more; None if a call may import more.

    A statement of the usual form, in which the word stands once, takes a quarter of the time of `_screen_line`.
    """
    words = line.split(None, 2)
    if words[0] == b"from":
        is_one = len(words) > 2 and words[2].startswith(b"import")
    else:
        is_one = words[0] == b"import" and len(words) > 1 and b"," not in line
    if is_one and not line.translate(None, USUAL) and line.count(b"import") == 1:
        name = words[1].partition(b".")[0].decode()
        return (name,) if name else ()  # a relative import
    modules, has_call = _screen_line(line)
    return None if has_call else {top(module) for module in modules}


def screen_line(line: bytes) -> tuple[tuple[str, ...], bool]:
    """The modules that one of the lines imports, and whether it names a function that imports."""
    found = _screened.get(line)
    if found is not None:
        return found
    found = _screen_line(line)
    if len(line) < _LONG and len(_screened) < _MOST:
        _screened[line] = found
    return found


def _screen_line(line: bytes) -> tuple[tuple[str, ...], bool]:
    """The modules that the line's statements import, and whether it names a function that imports."""
    text = line.decode("latin-1")
    has_call = "import_module" in text or "__import__" in text or "importorskip" in text
    names = _usual_names(line)
    if names is not None:
        return tuple([module for name in names for module in _modules(name)]), has_call
    if b"\\\n" in line or _JOINED in line:
        line = re.sub(_SPACES, lambda run: _JOINED if _JOINED in run[0] else b" ", line.replace(b"\\\n", _JOINED))
    modules: list[str] = []
    for module, several in re.findall(_STATEMENT, line):
        for name in [module] if module else several.split(b","):
            words = name.split()  # white space is legal around dots
            modules += _modules(b"".join(words[: words.index(b"as")] if b"as" in words else words))
    return tuple(modules), has_call


def _usual_names(line: bytes) -> list[bytes] | None:
    """The names that a line imports which holds one statement of the usual form, or none; None for any other line."""
    code, _, comment = line.partition(b"#")
    if _BACKSLASH in line or _VERTICAL_TAB in line:
        return None  # statements may begin further on
    if (_QUOTE in comment or _DOUBLE_QUOTE in comment) and _may_begin_later(comment):
        return None  # a string may end in what looks like a comment, and a statement follow
    words = code.split()
    if comment and b"import" not in code:
        return []
    if words[0] not in FIRST:
        return None if _may_begin_later(code) else []
    if code.translate(None, USUAL) or words[0] == b"lazy":
        return None
    if words[0] == b"from":
        if words[1][:1] == b".":
            return []
        names = [words[1]] if words[2:3] == [b"import"] else [b""]
    else:
        items = [item.split() for item in b" ".join(words[1:]).split(b",")]
        usual = all(len(item) == 1 or (len(item) == 3 and item[1] == b"as") for item in items)
        names = [item[0] for item in items] if usual else [b""]
    parts = [part for name in names for part in name.decode().split(".")]
    return names if all(part.isidentifier() and part not in ("from", "import") for part in parts) else None


def _may_begin_later(code: bytes) -> bool:
    """Whether a statement that imports may begin behind its first sign."""
    if _COLON not in code and _SEMICOLON not in code:
        return False
    return any(part.lstrip().startswith(FIRST) for part in code.replace(b";", b":").split(b":")[1:])


def _modules(name: bytes) -> list[str]:
    """The module of that name, read as UTF-8 and as Latin-1, because a line does not show how its file decodes."""
    if not name.isascii():
        return [normalized(name.decode("utf-8", "replace")), normalized(name.decode("latin-1"))]
    if name == b"__future__":
        return []
    return [name.decode()] if len(name) < PARTS else [normalized(name.decode())]


def add_calls(source: bytes, modules: set[str]) -> bool:
    """Add the literal arguments of calls to `modules`; True if an argument may be a string that is not read here."""
    unclear = not source.isascii() and has_disguised_call(source.decode("utf-8", "replace"))
    opening, literal, no_string = re.compile(_OPENING), re.compile(_LITERAL), re.compile(_NO_STRING)
    for end in _ends_of_functions(source):
        call = opening.match(source, end)
        if call is None:
            unclear = unclear or _gets_another_name(source, end)
            continue
        found = literal.match(source, call.end())
        if call[1] != b"(":  # (import_module)("x"), or a gap too long to look over
            unclear = True
        elif found is None:
            unclear = unclear or no_string.match(source, call.end()) is None
        elif found[3]:  # "a" "b" is one string, and so on
            unclear = True
        else:
            modules.update(module for module in _modules(found[1] or found[2]) if not module.startswith("."))
    return unclear


def _gets_another_name(source: bytes, end: int) -> bool:
    """True if the function whose name ends there, which is not called there, may get another name."""
    if re.compile(_AS).match(source, end):
        return True
    if re.compile(rb"[ \t\f]*+=(?!=)").match(source, end):
        return False  # it gets a value
    start = source.rfind(b"=", max(0, end - _LONGEST_VALUE), end) + 1
    return start > 0 and re.fullmatch(_ASSIGNED, source[start:end]) is not None


def _ends_of_functions(source: bytes) -> Iterator[int]:
    """Where the names end of functions that import."""
    for function in DYNAMIC:
        word = function.encode()
        at = source.find(word)
        while at >= 0:
            yield at + len(word)
            at = source.find(word, at + len(word))


def has_disguised_call(text: str) -> bool:
    """True if one of the functions is written in other letters that the parser takes for these (NFKC, PEP 3131)."""
    from unicodedata import normalize  # 0.4 ms, and rarely needed

    plain = normalize("NFKC", text)
    return any(text.count(function) != plain.count(function) for function in DYNAMIC)
