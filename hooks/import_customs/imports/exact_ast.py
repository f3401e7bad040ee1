"""Find exactly the imports of a text, with `ast`.

What `ast` cannot take is left to `tolerant`: syntax newer than this interpreter's, a broken text, or one so large or so
deep that parsing takes gigabytes.
"""

import ast
import sys
from bisect import bisect_left
from collections import deque
from collections.abc import Collection, Iterator, Mapping, Sequence

from import_customs.imports import guards, tolerant
from import_customs.imports.guards import in_ast
from import_customs.imports.guards.kept_tests import with_tests_in_place
from import_customs.imports.newer_syntax import is_newer_syntax
from import_customs.imports.screen import has_disguised_call
from import_customs.model import Import
from import_customs.model.later import pattern
from import_customs.model.names import DYNAMIC, capped, from_literal
from import_customs.model.span import Span, span_of_dotted, span_of_string
from import_customs.model.syntax_tree import last_name, parsed

_BLANKS = pattern(r"[ \t\f]*+")
_INNER = bytes(range(0x80, 0xC0))  # of UTF-8, what begins no character
# What holds no import but a call. To pass it over if it holds none takes 3.5 ms for a file of 7 kB instead of 6.
_WITHOUT_STATEMENTS = (ast.expr, ast.Assign, ast.AnnAssign, ast.AugAssign, ast.Expr, ast.Return, ast.arguments)


def find_imports(text: str) -> tuple[list[Import], str | None]:
    r"""The absolute imports of a text whose lines end in `\n`, by line and column, and a warning if it does not parse.

    The warning is the end of a sentence that begins with the file's name. Syntax that is only newer than this
    interpreter gives none.
    """
    line = 0
    try:
        return imports_of_tree(with_tests_in_place(parsed(text), text), text), None
    except SyntaxError as error:
        line = error.lineno or 1
        is_broken = not is_newer_syntax("\n".join(text.split("\n")[line - 1 : line]), error.msg)
    except (ValueError, RecursionError, MemoryError):  # a null byte; too deep for this interpreter
        is_broken = "\0" in text
    place = f" (line {line})" if line else ""
    warning = f"does not parse as Python{place}; its imports were found by a scan" if is_broken else None
    return tolerant.find_imports(text), warning


def imports_of_tree(tree: ast.Module, text: str) -> list[Import]:
    """The absolute imports of a tree, by line and column; `text` is what it was parsed from."""
    lines = text.split("\n")
    # The screen looks for the plain word. So a call in letters that only NFKC makes that word (PEP 3131) counts only if
    # the word stands in the text as well.
    functions = {function: function for function in DYNAMIC if function in text}
    if functions:
        is_plain = text.isascii() or not has_disguised_call(text)
        functions |= _renamed(tree, lines if is_plain else None)
    calls = [number for number, line in enumerate(lines, 1) if any(function in line for function in functions)]
    words = sorted({*calls, *(number for number, line in enumerate(lines, 1) if "import" in line)})
    characters = _Characters(lines)
    found: list[Import] = []
    for node, around in _guarded_nodes(tree, words, calls):
        if isinstance(node, ast.Import | ast.ImportFrom):
            statement = _imports_of_statement(node, lines, characters)
            found += [guards.guarded_by(one, around) for one in statement]
        elif isinstance(node, ast.Call) and (function := _function_of(node, functions)):
            call = _import_of_call(node, function, lines, characters)
            caught = (*around, "try") if function == "importorskip" else around
            found += [guards.guarded_by(call, caught)] if call else []
    return sorted(found, key=lambda one: one[2:4])


def _guarded_nodes(
    tree: ast.Module, words: Sequence[int], calls: Sequence[int]
) -> Iterator[tuple[ast.AST, tuple[str, ...]]]:
    """Every node that may hold an import, with its guards, the outermost first. No recursion: a tree may be too deep.

    `calls` are the lines on which the name of a function that imports stands, `words` those and the ones with "import".
    """
    rest: list[tuple[ast.AST, tuple[str, ...], Sequence[int]]] = [(tree, (), calls)]
    while rest:
        node, around, lines = rest.pop()
        yield node, around
        if lines and isinstance(node, ast.JoinedStr):
            lines = range(sys.maxsize)  # before Python 3.12 the lines of what it holds are miscounted
        for children, inner in in_ast.guarded_parts(node):
            merged = (*around, *inner) if inner else around
            rest += [(child, merged, lines) for child in children if _may_hold_import(child, words, lines)]


def _may_hold_import(node: ast.AST, words: Sequence[int], calls: Sequence[int]) -> bool:
    if isinstance(node, _WITHOUT_STATEMENTS):
        return bool(calls) and _stands_on(node, calls)
    return not isinstance(node, ast.stmt) or _stands_on(node, words)


def _stands_on(node: ast.AST, lines: Sequence[int]) -> bool:
    """Whether one of these lines is among those of the node, decorators too; True of a node that has no place."""
    if (end := getattr(node, "end_lineno", None)) is None:
        return True
    decorators: list[ast.expr] = getattr(node, "decorator_list", [])
    first = bisect_left(lines, min(one.lineno for one in (node, *decorators)))  # type: ignore[attr-defined]
    return first < len(lines) and lines[first] <= end


def _imports_of_statement(
    node: ast.Import | ast.ImportFrom, lines: list[str], characters: "_Characters"
) -> list[Import]:
    """The imports of absolute modules that a statement makes."""
    column = characters.column(node.lineno, node.col_offset)
    places = [(alias.lineno, characters.column(alias.lineno, alias.col_offset)) for alias in node.names]
    spans = [span_of_dotted(lines[line - 1], line, column) for line, column in places]
    if isinstance(node, ast.Import):
        return [
            Import(capped(alias.name), (), node.lineno, column, None, spans=(span,))
            for alias, span in zip(node.names, spans, strict=True)
            if alias.name != "__future__"
        ]
    if node.level or node.module is None or node.module == "__future__":
        return []
    names = {} if node.names[0].name == "*" else dict(enumerate(alias.name for alias in node.names))
    module = _span_of_module(lines, node.lineno, column)
    taken = (spans[at] for at in names)
    return [Import(capped(node.module), tuple(names.values()), node.lineno, column, None, spans=(module, *taken))]


def _span_of_module(lines: list[str], number: int, column: int) -> Span:
    """The dotted name behind a "from", which stands at this place or, after "lazy", later on its line."""
    column = lines[number - 1].index("from", column - 1) + len("from") + 1
    while True:
        line = lines[number - 1]
        column += len(_BLANKS.match(line, column - 1)[0])  # type: ignore[index]  # it matches nothing, too
        if not (line.endswith("\\") and column == len(line)):
            return span_of_dotted(line, number, column)
        number, column = number + 1, 1


def _function_of(call: ast.Call, functions: Mapping[str, str]) -> str:
    """The one of DYNAMIC that is called by one of these names; "" if none is. Another name is never an attribute."""
    name = last_name(call.func)
    function = functions.get(name, "")
    return function if function == name or isinstance(call.func, ast.Name) else ""


def _renamed(tree: ast.Module, lines: list[str] | None) -> dict[str, str]:
    """Other names that the text gives to functions that import: by `import … as`, or by an assignment.

    `lines` are those of a text in which each of the names is written plainly.
    """
    found = {}
    for node in ast.walk(tree) if lines is None else _nodes_naming(tree, DYNAMIC, lines):
        if isinstance(node, ast.ImportFrom):
            found.update({alias.asname: alias.name for alias in node.names if alias.asname and alias.name in DYNAMIC})
        elif isinstance(node, ast.Assign) and (function := last_name(node.value)) in DYNAMIC:
            names = [target.id for target in node.targets if isinstance(target, ast.Name)]
            found.update(dict.fromkeys(names, function) if _is_dotted(node.value) else {})
    return found


def _nodes_naming(tree: ast.Module, words: Collection[str], lines: list[str]) -> Iterator[ast.AST]:
    """The nodes on whose lines one of the words stands, in the order of `ast.walk`."""
    numbers = [number for number, line in enumerate(lines, 1) if any(word in line for word in words)]
    waiting: deque[ast.AST] = deque([tree])
    while waiting:
        node = waiting.popleft()
        yield node
        waiting.extend(child for child in ast.iter_child_nodes(node) if _stands_on(child, numbers))


def _is_dotted(node: ast.expr) -> bool:
    while isinstance(node, ast.Attribute):
        node = node.value
    return isinstance(node, ast.Name)


def _import_of_call(call: ast.Call, function: str, lines: list[str], characters: "_Characters") -> Import | None:
    """The import that a call makes; None if its module is no literal, or relative."""
    keywords = {keyword.arg: keyword.value for keyword in call.keywords}
    first = call.args[0] if call.args else keywords.get("modname" if function == "importorskip" else "name")
    level = call.args[4] if len(call.args) > 4 else keywords.get("level")
    if function == "__import__" and isinstance(level, ast.Constant) and level.value != 0:
        return None
    module = from_literal(first.value) if isinstance(first, ast.Constant) else None
    if first is None or module is None:
        return None
    column = characters.column(call.lineno, call.col_offset)
    start = characters.column(first.lineno, first.col_offset)
    end = characters.column(first.lineno, first.end_col_offset or 0) if first.end_lineno == first.lineno else None
    line = lines[first.lineno - 1] if first.lineno <= len(lines) else ""
    literal = line[start - 1 : None if end is None else end - 1]
    return Import(module, (), call.lineno, column, None, spans=(span_of_string(literal, first.lineno, start),))


class _Characters:
    """Turns what `ast` counts, bytes of UTF-8 from 0, into characters from 1.

    Quick for places near the one before, on the same line. Before Python 3.12 `ast` miscounts in f-strings.
    """

    def __init__(self, lines: list[str]) -> None:
        self._lines = lines
        self._number = self._offset = self._characters = 0
        self._encoded = b""

    def column(self, number: int, offset: int) -> int:
        """The column of an offset in a line."""
        line = self._lines[number - 1] if number <= len(self._lines) else ""
        if line.isascii():
            return offset + 1
        if number != self._number:
            self._number, self._offset, self._characters, self._encoded = number, 0, 0, line.encode()
        start, end = sorted((self._offset, offset))
        passed = len(self._encoded[start:end].translate(None, _INNER))
        self._characters += passed if offset == end else -passed
        self._offset = offset
        return self._characters + 1
