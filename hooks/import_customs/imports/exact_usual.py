r"""Find exactly the imports of a text, without `ast`, if all of them are of the usual form.

It takes a tenth of the time of a parse, and finds what `exact_ast` finds. In a tree with old debt, each file that holds
some comes here.
First, strings and comments are emptied and each logical line is put on one line; then every word is code. A text with
another form of import is left to `exact_ast`: a second statement on the line, a call that imports what is asked for,
letters beyond ASCII in a name; so is one that keeps a test of the version in a name.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from import_customs.imports import exact_plain
from import_customs.imports.exact_plain import JOINED, is_plain_name, names_listed
from import_customs.imports.guards import guarded_by, names_of_tests
from import_customs.imports.guards.by_indent import Block, Outline, end_of_block
from import_customs.imports.guards.from_afar import is_guarded_from_afar
from import_customs.imports.screen import add_calls
from import_customs.model import Import
from import_customs.model.later import pattern, re
from import_customs.model.names import DYNAMIC, top
from import_customs.model.source_text import STRING_OR_COMMENT
from import_customs.model.span import Span
from import_customs.model.value import NamedTuple

_GAP = r"[ \t\0]"
# Each choice begins with a sign as it is: see STRING_OR_COMMENT.
_TOKEN = pattern(rf"""({STRING_OR_COMMENT}|\([^()\[\]{{}}'"\#\\\n]*+\)|\(|\[|\{{|\)|\]|\}}|\\\n)""")
_OPENING, _CLOSING, _CONTINUED = frozenset("([{"), frozenset(")]}"), f" {JOINED}"
# An f-string of text, `{{`, `}}` and closed fields. A field may hold strings without braces, and fields one level deep.
_WHOLE_FIELDS = pattern(r"""(?:[^{}]++|\{\{|\}\}|\{(?:[^{}'"]++|'[^'"{}]*+'|"[^'"{}]*+"|\{[^{}'"]*+\})*+\})*+""")
_ALIASED = rf"[\w.]++(?:{_GAP}++as{_GAP}++\w++)?+"
_STATEMENT = pattern(
    rf"(?a)([ \t]*+)(?:import{_GAP}++({_ALIASED}(?:{_GAP}*+,{_GAP}*+{_ALIASED})*+)"
    rf"|from{_GAP}++([\w.]++){_GAP}++import{_GAP}*+(?:\(([\w \t\0,]++)\)|([\w \t\0,]++)|\*)){_GAP}*+"
)
_HEADER = pattern(
    r"\n([ \t]*+)((?:if|elif|else|try|except|finally|with|async|for|while|def|class|match|case)\b[^\n]*+)"
)
_GUARDING = {"if", "elif", "except", "with", "async"}  # headers whose words tell the guard
_WORD = pattern(r"\w++")
_WORDS = pattern(r"\w+|[^\w\s\0]")
_NAME = r"[^\W\d]\w*(?: \. \w+)*"
_NAMES = rf"\( {_NAME}(?: , {_NAME})*(?: ,)? \)"
# Headers of the usual form, their words joined by spaces. Compiled on the first use by `re`.
_CATCHING = rf"(?:except(?: \*)?(?: {_NAME}| {_NAMES})?|(?:async )?with {_NAME} {_NAMES})(?: as \w+)?(?: :)?"
_FOR_TYPES = rf"(?:el)?if (?:not )?{_NAME}(?: :)?"


class _Found(NamedTuple):
    """One import, and where the text is that says what guards it."""

    at: int  # of its line, in the text of logical lines
    indent: int
    imported: Import


def find_imports(text: str, modules: Collection[str] | None = None) -> list[Import] | None:
    r"""The absolute imports of a text whose lines end in `\n`, by line; None if only `exact_ast` can tell.

    If `modules` are given, as a screen named them that found no unclear call, the imports of others may be missing: the
    text is read only up to the last import of these.
    """
    plain = exact_plain.find_imports(text, modules) if modules is not None else None
    if plain is not None or "\0" in text or "\f" in text or names_of_tests(text):
        return plain
    may_call = any(function in text for function in DYNAMIC)
    if may_call and (modules is None or _may_call_for(text, modules)):
        return None
    part = _needed_part(text, modules)
    code = _logical_lines(part)
    if code is None and len(part) < len(text):
        code = _logical_lines(text)  # the part may end in a string with an import in it: a program that a test runs
    found = None if code is None else _statements(code)
    if code is None or found is None or is_guarded_from_afar(code, [one.at for one in found]):
        return None
    if not any(one.indent for one in found):
        return [one.imported for one in found]
    return _guarded(code, found)


def _may_call_for(text: str, modules: Collection[str]) -> bool:
    """Whether a call may import one of the modules; where the argument of one cannot be read, it may."""
    called: set[str] = set()
    return add_calls(text.encode("utf-8", "replace"), called) or not called.isdisjoint(modules)


def _needed_part(text: str, modules: Collection[str] | None) -> str:
    """The text up to the end of the last import of the modules, and at least of the block that holds it."""
    tops = None if modules is None else {top(module) for module in modules}
    at = text.rfind("import")
    while at >= 0:
        start = at
        if _is_word(text, at):
            start = text.rfind("\n", 0, at) + 1
            if tops is None or _may_import(text, start, tops):
                break
        at = text.rfind("import", 0, start)
    else:
        return ""
    if text[start] in " \t" or text.endswith("\\\n", 0, start):
        return text[: end_of_block(text, at)]
    end = text.find(")", at) if text.find("(", at, text.find("\n", at)) >= 0 else at
    end = text.find("\n", end)
    while end > 0 and text[end - 1] == "\\":
        end = text.find("\n", end + 1)
    return text if end < 0 else text[:end]


def _may_import(text: str, start: int, tops: set[str]) -> bool:
    """True if the line that starts here may belong to a statement that imports one of the modules."""
    end = text.find("\n", start)
    line = text[start : end if end >= 0 else len(text)]
    is_continued = "\\" in line or text.endswith("\\\n", 0, start)
    return is_continued or not line.isascii() or not tops.isdisjoint(_WORD.findall(line))


def _logical_lines(text: str) -> str | None:
    """The code of the text, after an empty line: one line a statement, without comments and contents of strings.

    None if a string or a bracket is open at the end, or if an f-string may hold a string that looks like its end.
    """
    parts = _TOKEN.split(text)  # code and tokens by turns
    depth = 0
    for at in range(1, len(parts), 2):
        code, token = parts[at - 1], parts[at]
        if depth and "\n" in code:
            parts[at - 1] = code.replace("\n", JOINED)
        if token in _OPENING:
            depth += 1
        elif token in _CLOSING:
            depth -= 1
            if depth < 0:
                return None
        elif token[0] != "(":  # else it is closed on the same line
            kept = _code_of_token(token, code, after=parts[at - 2] if at > 1 else _CONTINUED)
            if kept is None:
                return None
            parts[at] = kept
    return None if depth else "\n" + "".join(parts)


def _code_of_token(token: str, code: str, after: str) -> str | None:
    """What stays of a token that stands behind this code: nothing of a comment, of a string its line ends.

    None if a string cannot be read, and of a backslash that begins a line, for it may hide the line's indentation.
    `after` is what stays of the token before the code.
    """
    first = token[0]
    if first == "#":
        return ""
    if first == "\\":
        begins_line = ("\n" in code or after == _CONTINUED) and not code.rpartition("\n")[2].strip()
        return None if begins_line else _CONTINUED
    if len(token) == 1:
        return None
    prefix = code[-2:].lower().strip("rb")
    if prefix[-1:] in ("f", "t") and not _WHOLE_FIELDS.fullmatch(token):
        return None  # a field may be open, which holds the quotes that end the string here (PEP 701, Python 3.12)
    return '""' + JOINED * token.count("\n") if "\n" in token else '""'


def _is_word(text: str, at: int) -> bool:
    """True if the "import" that begins here is a word of its own."""
    before, after = text[at - 1 : at] if at else "", text[at + 6 : at + 7]
    return not (before == "_" or before.isalnum() or after == "_" or after.isalnum())


def _statements(code: str) -> list[_Found] | None:
    """The imports of the code without their guards; None if one is of another form."""
    found: list[_Found] = []
    line = stop = 0
    at = code.find("import")
    while at >= 0:
        if not _is_word(code, at):
            at = code.find("import", at + 1)
            continue
        start = code.rfind("\n", 0, at) + 1
        line += code.count("\n", stop, start) + code.count(JOINED, stop, start)
        stop = code.find("\n", at)
        stop = len(code) if stop < 0 else stop
        statement = _STATEMENT.fullmatch(code, start, stop)
        modules = None if statement is None else _modules(statement, line)
        if statement is None or modules is None:
            return None
        indent = len(statement[1])
        found += [
            _Found(start, indent, Import(name, names, line, indent + 1, None, spans=spans))
            for name, names, spans in modules
        ]
        line += code.count(JOINED, start, stop)
        at = code.find("import", stop)
    return found


def _modules(statement: re.Match[str], line: int) -> list[tuple[str, tuple[str, ...], tuple[Span, ...]]] | None:
    """The absolute modules of a statement, each with the names taken from it and all their places.

    None if one is no plain name. `line` is that of the statement.
    """
    _, plain, module, in_brackets, listed = statement.groups()
    group = 2 if plain else 4 if in_brackets else 5
    names = names_listed(
        plain or in_brackets or listed or "", statement.start(group), may_end_in_comma=bool(in_brackets)
    )
    if names is None or not all(is_plain_name(name) for name, _ in names):
        return None
    if plain:
        spans = _spans(statement, line, names)
        return [(name, (), (span,)) for (name, _), span in zip(names, spans, strict=True) if name != "__future__"]
    if module.startswith(".") or module == "__future__":
        return []
    if not is_plain_name(module) or any("." in name for name, _ in names):
        return None
    spans = _spans(statement, line, [(module, statement.start(3)), *names])
    return [(module, tuple(name for name, _ in names), tuple(spans))]


def _spans(statement: re.Match[str], line: int, names: Iterable[tuple[str, int]]) -> Iterator[Span]:
    """The places of names of a statement, given with where they stand, in order; `line` is the statement's."""
    code, passed = statement.string, statement.start()
    newline = passed - 1
    for name, at in names:
        latest = code.rfind(JOINED, passed, at)
        if latest >= 0:
            line, newline = line + code.count(JOINED, passed, at), latest
        passed = at
        yield Span(line, at - newline, at - newline + len(name))


def _guarded(code: str, found: list[_Found]) -> list[Import] | None:
    """The imports with their guards; None if a header cannot be read."""
    outline, blocks = Outline(), list[Block | None]()
    headers = _HEADER.finditer(code)
    header = next(headers, None)
    for one in found:
        while header is not None and header.start() < one.at:
            if not _enter_header(outline, header):
                return None
            header = next(headers, None)
        outline.enter(one.indent, ["import"])
        blocks.append(outline.block)
    while header is not None and outline.block is not None:
        if not _enter_header(outline, header):
            return None
        header = next(headers, None)
    return [
        one.imported if block is None else guarded_by(one.imported, block.guards_within())
        for one, block in zip(found, blocks, strict=True)
    ]


def _enter_header(outline: Outline, header: re.Match[str]) -> bool:
    """Go on to a header; False if it is of a form that only `exact_ast` can judge."""
    indent, words = len(header[1]), _WORDS.findall(header[2])
    if words[0] in _GUARDING and words[-1] != ":":  # what follows the colon is no part of the header
        if ":" not in words or "[" in words or "{" in words:
            return False
        words = words[: words.index(":")]
    if (words[0] == "except" or "suppress" in words) and not re.fullmatch(_CATCHING, " ".join(words)):
        return False
    if "TYPE_CHECKING" in words and not re.fullmatch(_FOR_TYPES, " ".join(words)):
        return False
    outline.enter(indent, words)
    return True
