"""Find the imports of a text that this interpreter cannot parse.

The standard tokenizer tells strings and comments from code. A statement may start at every line, so that a bracket that
is never closed hides nothing. The guards are found by the indentation.
"""

import re
import tokenize
import warnings
from ast import literal_eval
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from keyword import iskeyword

from import_customs.imports import guards
from import_customs.imports.guards.by_indent import HEADERS, READ_WHOLE, Block, Outline
from import_customs.imports.guards.in_ast import branches_of_text
from import_customs.imports.tolerant_tokens import Token, column_in, read_tokens
from import_customs.model import Import
from import_customs.model.later import pattern
from import_customs.model.names import DYNAMIC, from_literal, normalized
from import_customs.model.span import Span, span_of_string

_Found = tuple[Import, Block | None]  # with the block that may guard it

_KEPT = HEADERS | READ_WHOLE | {"import", "from", "lazy"}
_WINDOW = 32  # tokens that a call may take: its function's dotted name, the bracket, the literal, what follows
_FUNCTIONS = "|".join(DYNAMIC)
_RENAMED = pattern(
    rf"\b({_FUNCTIONS})[ \t]++as[ \t]++(\w++)|^[ \t]*+(\w++)[ \t]*+=[ \t\w.]*?\b({_FUNCTIONS})[ \t]*+(?:#.*)?$",
    re.MULTILINE,
)
_CALL_IN_STRING = pattern(rf"\b({_FUNCTIONS})\s*+\(\s*+(['\"])([\w.]++)\2\s*+[,)]")


def find_imports(text: str) -> list[Import]:
    r"""The absolute imports of a text whose lines end in `\n`, by line and column."""
    renamed = {other or given: name or value for name, other, given, value in _RENAMED.findall(text)}
    reader = _Reader(renamed, guards.names_of_tests(text))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the tokenizer warns of `1if`
        code = (token for token in read_tokens(text) if token.kind != tokenize.COMMENT)
        found = [one for token in code for one in reader.take(token)]
    imports = [guards.guarded_by(one, (*(block.guards_within() if block else ()), *one.guards)) for one, block in found]
    imports = imports if text.isascii() else _in_own_columns(imports, text)
    return sorted(imports, key=lambda one: one[2:4])


def _in_own_columns(imports: list[Import], text: str) -> list[Import]:
    """The imports with the columns of the text itself, whose accents the tokens have composed."""
    lines = text.split("\n")

    def column(line: int, shown: int) -> int:
        return column_in(lines[line - 1], shown) if 0 < line <= len(lines) else shown

    return [
        one._replace(
            column=column(one.line, one.column),
            spans=tuple(
                span._replace(column=column(span.line, span.column), end_column=column(span.line, span.end_column))
                for span in one.spans
            ),
        )
        for one in imports
    ]


class _Reader:
    """Takes the tokens of a text one by one, and gives each import once its statement or call is complete."""

    def __init__(self, renamed: Mapping[str, str], tests: Mapping[str, str]) -> None:
        self.functions = {**{name: name for name in DYNAMIC}, **renamed}  # by the names that they are called by
        self.outline = Outline(branches_of_text, tests)
        self.statement: list[Token] = []  # so far, if its first word is one of _KEPT
        self.heads_line = False  # the statement is the first of a logical line
        self.at_start = self.at_line = True  # a statement may start here; a logical line does
        self.recent: list[Token] = []

    def take(self, token: Token) -> Iterator[_Found]:
        """Go on to the next token; gives what it completes."""
        if token.kind in (tokenize.NEWLINE, tokenize.NL):
            yield from self._end_line(token.kind == tokenize.NEWLINE)
            return
        yield from self._calls_at(token)
        if self.at_start and not (_is_open(self.statement) and token.text not in ("import", "from")):
            yield from self._end_statement()
            self._start(token)
        elif self.statement:
            self.statement.append(token)
        self.at_start = False
        if token.text in (";", ":"):
            yield from self._end_statement()
            self.at_start = True

    def _end_line(self, logical: bool) -> Iterator[_Found]:
        if logical or not _is_open(self.statement):
            yield from self._end_statement()
        self.at_start = True
        self.at_line = self.at_line or logical

    def _start(self, token: Token) -> None:
        self.statement = [token] if token.text in _KEPT else []
        self.heads_line, self.at_line = self.at_line, False
        if self.heads_line and token.text not in HEADERS:
            self.outline.enter(token.indent, [token.text])
        elif not self.heads_line:
            self.outline.go_on()

    def _end_statement(self) -> Iterator[_Found]:
        statement, self.statement = self.statement, []
        words = [token.text for token in statement]
        if statement and words[0] in HEADERS:
            if self.heads_line:
                self.outline.enter(statement[0].indent, words)
        elif statement and words[0] in READ_WHOLE:
            self.outline.end(statement[0].indent if self.heads_line else None, words)
        else:
            for module, names, spans in _modules(statement):
                yield self._found(statement[0], module, names, spans)

    def _calls_at(self, token: Token) -> Iterator[_Found]:
        if len(self.recent) > 2 * _WINDOW:
            self.recent = self.recent[-_WINDOW:]
        self.recent.append(token)
        if token.text in (",", ")") and len(self.recent) > 3 and self.recent[-2].kind == tokenize.STRING:
            yield from self._literal_call()
        elif token.kind == tokenize.STRING and "import" in token.text and _is_interpolated(self.recent):
            for function, module, place, span in _calls_in_string(token):
                yield self._found(place, module, (), (span,), function)

    def _literal_call(self) -> Iterator[_Found]:
        """The call that the last tokens may be: its function, the bracket, the literal, and what follows that."""
        at = -3
        if self.recent[at].text == "=" and self.recent[at - 1].text in ("name", "modname"):
            at -= 2
        function = at - 1
        if (
            len(self.recent) < -function
            or self.recent[at].text != "("
            or self.recent[function].text not in self.functions
        ):
            return
        name = self.functions[self.recent[function].text]
        if name != self.recent[function].text and self.recent[function - 1].text == ".":
            return
        first = function
        while len(self.recent) >= 2 - first and self.recent[first - 1].text == ".":
            first -= 2
        module = _literal(self.recent[-2].text)
        if module is not None:
            literal = self.recent[-2]
            span = span_of_string(literal.text.partition("\n")[0], literal.line, literal.column)
            yield self._found(self.recent[first], module, (), (span,), name)

    def _found(
        self, token: Token, module: str, names: tuple[str, ...], spans: tuple[Span, ...], function: str = ""
    ) -> _Found:
        own = frozenset({"try"} if function == "importorskip" else ())
        found = Import(module, names, token.line, token.column, None, guards=own, spans=spans)
        return found, self.outline.block


def _is_open(statement: Sequence[Token]) -> bool:
    """True if this goes on over lines: `from … import (`, or a header that no colon has ended."""
    if not statement or statement[0].text == "import":
        return False
    if statement[0].text in HEADERS:
        return True
    return statement[-1].text != ")" and any(token.text == "(" for token in statement)


def _modules(statement: Sequence[Token]) -> Iterator[tuple[str, tuple[str, ...], tuple[Span, ...]]]:
    """The absolute modules that a statement imports, each with the names taken from it and all their places."""
    words = statement[1:] if statement and statement[0].text == "lazy" else statement
    if not words:
        return
    if words[0].text == "import":
        for name in _listed_names(words[1:]):
            if (module := _dotted_name(name)) != "__future__":
                yield module, (), (_span_of_name(name),)
    elif words[0].text == "from":
        end = _end_of_dotted(words, 1)
        if 1 < end < len(words) and words[end].text == "import":
            module = _dotted_name(words[1:end])
            names = [
                word
                for before, word in pairwise(words[end:])
                if word.kind == tokenize.NAME and before.text in ("import", "(", ",")
            ]
            spans = (_span_of_name(words[1:end]), *(_span_of_name([name]) for name in names))
            if module != "__future__":
                yield module, tuple(normalized(name.text) for name in names), spans


def _listed_names(words: Sequence[Token]) -> Iterator[Sequence[Token]]:
    """The dotted names of `import a.b as c, d`, up to what is no name: `{{ placeholder }}`, or prose."""
    start = 0
    while start < len(words):
        end = _end_of_dotted(words, start)
        if end == start or (end < len(words) and not _may_follow(words[end], words[end - 1])):
            return
        yield words[start:end]
        end += 2 if end < len(words) and words[end].text == "as" else 0
        start = end + 1 if end < len(words) and words[end].text == "," else len(words)


def _span_of_name(words: Sequence[Token]) -> Span:
    """Where a dotted name stands, as far as that is on its first line."""
    first = words[0]
    last = next(word for word in reversed(words) if word.kind == tokenize.NAME and word.line == first.line)
    return Span(first.line, first.column, last.column + len(last.text))


def _may_follow(token: Token, name: Token) -> bool:
    """True if the token may stand behind a name that is imported."""
    if token.text in (",", ";", "as"):
        return True
    return token.kind != tokenize.NAME and not token.touches(name)


def _end_of_dotted(words: Sequence[Token], start: int) -> int:
    """The end of the dotted name that begins at `start`; `start` if there is none."""
    at = start
    while at < len(words) and words[at].kind == tokenize.NAME and not iskeyword(words[at].text):
        at += 1
        if at == len(words) or words[at].text != ".":
            return at
        at += 1
    return start


def _dotted_name(words: Sequence[Token]) -> str:
    return normalized("".join(word.text for word in words))


def _literal(text: str) -> str | None:
    try:
        return from_literal(literal_eval(text))
    except (SyntaxError, ValueError, MemoryError):  # an f-string; a prefix that Python 3 does not know
        return None


def _is_interpolated(recent: Sequence[Token]) -> bool:
    """True if the last token is an f-string or t-string that this Python's tokenizer takes for one string."""
    prefix = recent[-1].text[: recent[-1].text.find(recent[-1].text[-1])].lower()
    before = recent[-2] if len(recent) > 1 else None
    return "f" in prefix or (before is not None and before.text.lower() in ("t", "tr", "rt"))


def _calls_in_string(token: Token) -> Iterator[tuple[str, str, Token, Span]]:
    """The calls in the replacement fields of an f-string: function, module, place of the call and of the module."""
    end = depth = 0
    place = token
    for call in _CALL_IN_STRING.finditer(token.text):
        passed = token.text[end : call.start()]
        end = call.start()
        depth += passed.replace("{{", "").count("{") - passed.replace("}}", "").count("}")
        newline = passed.rfind("\n")
        column = place.column + len(passed) if newline < 0 else len(passed) - newline
        place = place._replace(line=place.line + passed.count("\n"), column=column)
        if depth > 0:
            yield call[1], call[3], place, _span_in_call(call, place)


def _span_in_call(call: re.Match[str], place: Token) -> Span:
    """Where the module of a call stands, which is at `place`."""
    before = call[0][: call.start(3) - call.start()]
    newline = before.rfind("\n")
    line = place.line + before.count("\n")
    column = place.column + len(before) if newline < 0 else len(before) - newline
    return Span(line, column, column + len(call[3]))
