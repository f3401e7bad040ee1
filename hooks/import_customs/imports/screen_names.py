"""Source of a file and a module in, the names that `from module import …` takes from it out, without parsing.

For namespaces: `from google.cloud import storage` names one more part of the module. Only plain statements are read;
wherever one may be of another form the answer is None, and `syntax` tells.
"""

from import_customs.imports.screen import lines, plain

_MOST_LINES, _MOST_BYTES = 500, 1_000_000  # with the word import, of a file; more take time with their square
_PLAIN = b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_., \t()*"


def names_taken(source: bytes, module: str) -> set[str] | None:
    """At least every name taken from the module; None where a statement may take names that are not read here."""
    source = plain(source)
    found = lines(source)
    if len(found) > _MOST_LINES or len(source) > _MOST_BYTES:
        return None
    top = module.partition(".")[0].encode()
    taken: set[str] = set()
    for line in found:
        if top in line or not line.isascii():  # what is not ASCII may be normalized to the name (PEP 3131)
            names = _of_line(source, line, module.encode())
            if names is None:
                return None
            taken |= names
    return taken


def _of_line(source: bytes, line: bytes, module: bytes) -> set[str] | None:
    if b"\n" in line:
        return None  # it goes on; or does not, behind a comment that ends in a backslash
    code, _, comment = line.partition(b"#")
    if code.translate(None, _PLAIN) or b"'" in comment or b'"' in comment:
        return None  # there may be several statements, or one that goes on, or the end of a string and one after it
    words = code.replace(b"(", b" ( ").split()
    words = words[1:] if words[:1] == [b"lazy"] else words
    if words[:1] != [b"from"]:
        return set()  # `import module` takes no names, and anything else is no statement
    if words[2:3] != [b"import"]:
        return None  # white space around dots
    if words[1] != module:
        return set()
    rest = code.partition(b"import")[2] if module.find(b"import") < 0 else b"?"
    return _in_parentheses(source, line) if b"(" in rest and b")" not in rest else _names(rest.strip(b"() \t"))


def _in_parentheses(source: bytes, line: bytes) -> set[str] | None:
    """The names of a statement that goes on to the closing parenthesis, wherever its first line stands.

    None also where one is never closed, or the line stands within it: to read it from each takes time with the square.
    """
    taken: set[str] = set()
    start = source.find(line)
    while start >= 0:
        opening = source.find(b"(", start) + 1
        closing, following = source.find(b")", opening), source.find(line, opening)
        if closing < 0 or 0 <= following < closing:
            return None
        parts = source[opening:closing].split(b"\n")
        names = None if b"#" in parts[-1] else _names(b" ".join(part.partition(b"#")[0] for part in parts))
        if names is None:
            return None
        taken |= names
        start = following
    return taken


def _names(listed: bytes) -> set[str] | None:
    if listed.translate(None, _PLAIN) or b"(" in listed:
        return None
    found: set[str] = set()
    for item in listed.split(b","):
        words = item.split()
        if len(words) not in (0, 1, 3) or words[1:2] not in ([], [b"as"]):
            return None
        found.update(word.decode() for word in words[:1] if word != b"*")
    return found
