"""Find, without parsing, the names that a file takes from a module.

They matter in a namespace: `from google.cloud import storage` imports the module `google.cloud.storage`.
Only statements of the usual form are read. If one may be of another form, the answer is None, and only the exact
readers can tell.
"""

from import_customs.imports.screen import USUAL
from import_customs.model.names import top

_MOST_LINES, _MOST_BYTES = 500, 1_000_000  # with the word import, of a file; more take time with their square


def screen_names(source: bytes, lines: set[bytes], module: str) -> set[str] | None:
    """A superset of the names in `from module import …`; None if a statement is not read here.

    `lines` are the `import_lines` of the source.
    """
    if len(lines) > _MOST_LINES or len(source) > _MOST_BYTES:
        return None
    top_level = top(module).encode()
    taken: set[str] = set()
    for line in lines:
        if top_level in line or not line.isascii():  # what is not ASCII may be normalized to the name (PEP 3131)
            names = _names_in_line(source, line, module.encode())
            if names is None:
                return None
            taken |= names
    return taken


def _names_in_line(source: bytes, line: bytes, module: bytes) -> set[str] | None:
    if b"\n" in line:
        return None  # it goes on; or it does not, if a comment ends in the backslash
    code, _, comment = line.partition(b"#")
    if code.translate(None, USUAL) or b"'" in comment or b'"' in comment:
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
    return _names_in_parentheses(source, line) if b"(" in rest and b")" not in rest else _names(rest.strip(b"() \t"))


def _names_in_parentheses(source: bytes, line: bytes) -> set[str] | None:
    """The names up to the closing parenthesis, wherever in the source the statement's first line stands.

    None also if a parenthesis is never closed, or holds that line again: to read on from each such line takes time with
    the square of their number.
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
    """The names of a list, without their aliases and without `*`."""
    if listed.translate(None, USUAL) or b"(" in listed:
        return None
    found: set[str] = set()
    for item in listed.split(b","):
        words = item.split()
        if len(words) not in (0, 1, 3) or words[1:2] not in ([], [b"as"]) or (b"*" in item and words != [b"*"]):
            return None
        found.update(word.decode() for word in words[:1] if word != b"*")
    return found
