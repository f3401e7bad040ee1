"""Bytes of a Python file in, exactly the modules that it imports out.

`ast` where it can, `scan` where it cannot: newer syntax than this interpreter's, a broken file, or one so large or so
deep that parsing takes gigabytes.
"""

import ast
import sys
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from import_customs.imports import guards, tolerant
from import_customs.imports.guards import in_ast
from import_customs.imports.newer_syntax import is_newer_syntax
from import_customs.model import Import, source_text
from import_customs.model.names import DYNAMIC, capped, from_literal
from import_customs.model.syntax_tree import parsed

_INNER = bytes(range(0x80, 0xC0))  # of UTF-8, what begins no character
# What holds no import but a call. To pass it over where no call can be takes 3.5 ms for a file of 7 kB where it took 6.
_WITHOUT_STATEMENTS = (ast.expr, ast.Assign, ast.AnnAssign, ast.AugAssign, ast.Expr, ast.Return, ast.arguments)


def find_imports(source: bytes) -> tuple[list[Import], str | None]:
    """The absolute imports of a file, by line and column, and a warning where they may not be all of them.

    The warning is the end of a sentence that begins with the file's name. No warning for syntax that is only newer
    than this interpreter.
    """
    text, undecodable = source_text.decode(source)
    imports, warning = imports_of_text(text)
    return imports, undecodable or warning


def imports_of_text(text: str) -> tuple[list[Import], str | None]:
    r"""As `find_imports`, of a text whose lines end in `\n`."""
    text = text.encode("utf-8", "replace").decode()  # half a surrogate pair, from an escape, fails any parser
    try:
        tree = parsed(text)
    except SyntaxError as error:
        line = error.lineno or 1
        newer = is_newer_syntax("\n".join(text.split("\n")[line - 1 : line]))
        return tolerant.scan(text), None if newer else _broken(line)
    except (ValueError, RecursionError, MemoryError):  # a null byte; too deep for this interpreter
        return tolerant.scan(text), _broken(None) if "\0" in text else None
    return _imports_of(tree, text), None


def _broken(line: int | None) -> str:
    return f"does not parse as Python{f' (line {line})' if line else ''}; its imports were found by a scan"


def _imports_of(tree: ast.Module, text: str) -> list[Import]:
    lines = text.split("\n")
    # A call spelled in letters that only NFKC makes these (PEP 3131) counts where the plain word stands as well:
    # the screen looks for the word.
    functions = {function for function in DYNAMIC if function in text}
    calls = [number for number, line in enumerate(lines, 1) if any(function in line for function in functions)]
    found = []
    for node, guard in _guarded_nodes(tree, calls):
        if isinstance(node, ast.Import | ast.ImportFrom):
            place = node.lineno, node.col_offset
            found += [Import(module, names, *place, guard) for module, names in _of_statement(node)]
        elif isinstance(node, ast.Call) and (function := _last_name(node.func)) in functions:
            module = _of_call(node, function)
            caught = "try" if function == "importorskip" else guard
            found += [Import(module, (), node.lineno, node.col_offset, caught)] if module else []
    return _in_characters(sorted(found, key=lambda one: one[2:4]), lines)


def _guarded_nodes(tree: ast.Module, calls: Sequence[int]) -> Iterator[tuple[ast.AST, str | None]]:
    """Every node that may hold an import, with its guard. No recursion: a tree may be too deep for that.

    `calls` are the lines on which the name of a function that imports stands.
    """
    rest: list[tuple[ast.AST, str | None, Sequence[int]]] = [(tree, None, calls)]
    while rest:
        node, guard, lines = rest.pop()
        yield node, guard
        if lines and isinstance(node, ast.JoinedStr):
            lines = range(sys.maxsize)  # before Python 3.12 the lines of what it holds are miscounted
        for children, inner in in_ast.parts(node):
            merged = guards.within(guard, inner)
            rest += [(child, merged, lines) for child in children if _may_hold_import(child, lines)]


def _may_hold_import(node: ast.AST, calls: Sequence[int]) -> bool:
    if not isinstance(node, _WITHOUT_STATEMENTS):
        return True
    if not calls or isinstance(node, ast.arguments):
        return bool(calls)
    first = bisect_left(calls, node.lineno)
    return first < len(calls) and calls[first] <= (node.end_lineno or calls[first])


def _of_statement(node: ast.Import | ast.ImportFrom) -> list[tuple[str, tuple[str, ...]]]:
    """The absolute modules that a statement imports, each with the names taken from it."""
    if isinstance(node, ast.Import):
        return [(capped(alias.name), ()) for alias in node.names if alias.name != "__future__"]
    if node.level or node.module is None or node.module == "__future__":
        return []
    return [(capped(node.module), tuple(alias.name for alias in node.names if alias.name != "*"))]


def _last_name(function: ast.expr) -> str:
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else ""


def _of_call(call: ast.Call, function: str) -> str | None:
    """The module that a call imports; None where that is no literal, or relative."""
    keywords = {keyword.arg: keyword.value for keyword in call.keywords}
    first = call.args[0] if call.args else keywords.get("modname" if function == "importorskip" else "name")
    level = call.args[4] if len(call.args) > 4 else keywords.get("level")
    if function == "__import__" and isinstance(level, ast.Constant) and level.value != 0:
        return None
    return from_literal(first.value) if isinstance(first, ast.Constant) else None


def _in_characters(found: list[Import], lines: list[str]) -> list[Import]:
    """The imports, which are in order, with columns from 1, in characters.

    `ast` counts bytes of UTF-8 from 0 (and miscounts in f-strings before Python 3.12).
    """
    placed = []
    number = read = characters = 0
    encoded = b""
    for one in found:
        line = lines[one.line - 1] if one.line <= len(lines) else ""
        if line.isascii():
            placed.append(one._replace(column=one.column + 1))
            continue
        if one.line != number:
            number, read, characters, encoded = one.line, 0, 0, line.encode()
        characters += len(encoded[read : one.column].translate(None, _INNER))
        read = one.column
        placed.append(one._replace(column=characters + 1))
    return placed
