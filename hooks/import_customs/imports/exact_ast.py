"""Find exactly the imports of a text, with `ast`.

What `ast` cannot take is left to `tolerant`: syntax newer than this interpreter's, a broken text, or one so large or so
deep that parsing takes gigabytes.
"""

import ast
import sys
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence

from import_customs.imports import guards, tolerant
from import_customs.imports.guards import in_ast
from import_customs.imports.newer_syntax import is_newer_syntax
from import_customs.model import Import
from import_customs.model.names import DYNAMIC, capped, from_literal
from import_customs.model.syntax_tree import last_name, parsed

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
        return imports_of_tree(parsed(text), text), None
    except SyntaxError as error:
        line = error.lineno or 1
        is_broken = not is_newer_syntax("\n".join(text.split("\n")[line - 1 : line]))
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
    functions |= _renamed(tree) if functions else {}
    calls = [number for number, line in enumerate(lines, 1) if any(function in line for function in functions)]
    found: list[Import] = []
    for node, around in _guarded_nodes(tree, calls):
        if isinstance(node, ast.Import | ast.ImportFrom):
            place = node.lineno, node.col_offset
            statement = [Import(module, names, *place, None) for module, names in _modules_of_statement(node)]
            found += [guards.guarded_by(one, around) for one in statement]
        elif isinstance(node, ast.Call) and (function := _function_of(node, functions)):
            module = _module_of_call(node, function)
            caught = (*around, "try") if function == "importorskip" else around
            call = [Import(module, (), node.lineno, node.col_offset, None)] if module else []
            found += [guards.guarded_by(one, caught) for one in call]
    return _in_characters(sorted(found, key=lambda one: one[2:4]), lines)


def _guarded_nodes(tree: ast.Module, calls: Sequence[int]) -> Iterator[tuple[ast.AST, tuple[str, ...]]]:
    """Every node that may hold an import, with its guards, the outermost first. No recursion: a tree may be too deep.

    `calls` are the lines on which the name of a function that imports stands.
    """
    rest: list[tuple[ast.AST, tuple[str, ...], Sequence[int]]] = [(tree, (), calls)]
    while rest:
        node, around, lines = rest.pop()
        yield node, around
        if lines and isinstance(node, ast.JoinedStr):
            lines = range(sys.maxsize)  # before Python 3.12 the lines of what it holds are miscounted
        for children, inner in in_ast.guarded_parts(node):
            merged = (*around, *inner) if inner else around
            rest += [(child, merged, lines) for child in children if _may_hold_import(child, lines)]


def _may_hold_import(node: ast.AST, calls: Sequence[int]) -> bool:
    if not isinstance(node, _WITHOUT_STATEMENTS):
        return True
    if not calls or isinstance(node, ast.arguments):
        return bool(calls)
    first = bisect_left(calls, node.lineno)
    return first < len(calls) and calls[first] <= (node.end_lineno or calls[first])


def _modules_of_statement(node: ast.Import | ast.ImportFrom) -> list[tuple[str, tuple[str, ...]]]:
    """The absolute modules that a statement imports, each with the names taken from it."""
    if isinstance(node, ast.Import):
        return [(capped(alias.name), ()) for alias in node.names if alias.name != "__future__"]
    if node.level or node.module is None or node.module == "__future__":
        return []
    return [(capped(node.module), tuple(alias.name for alias in node.names if alias.name != "*"))]


def _function_of(call: ast.Call, functions: Mapping[str, str]) -> str:
    """The one of DYNAMIC that is called by one of these names; "" if none is. Another name is never an attribute."""
    name = last_name(call.func)
    function = functions.get(name, "")
    return function if function == name or isinstance(call.func, ast.Name) else ""


def _renamed(tree: ast.Module) -> dict[str, str]:
    """Other names that the text gives to functions that import: by `import … as`, or by an assignment."""
    found = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            found.update({alias.asname: alias.name for alias in node.names if alias.asname and alias.name in DYNAMIC})
        elif isinstance(node, ast.Assign) and (function := last_name(node.value)) in DYNAMIC:
            names = [target.id for target in node.targets if isinstance(target, ast.Name)]
            found.update(dict.fromkeys(names, function) if _is_dotted(node.value) else {})
    return found


def _is_dotted(node: ast.expr) -> bool:
    while isinstance(node, ast.Attribute):
        node = node.value
    return isinstance(node, ast.Name)


def _module_of_call(call: ast.Call, function: str) -> str | None:
    """The module that a call imports; None if it is no literal, or relative."""
    keywords = {keyword.arg: keyword.value for keyword in call.keywords}
    first = call.args[0] if call.args else keywords.get("modname" if function == "importorskip" else "name")
    level = call.args[4] if len(call.args) > 4 else keywords.get("level")
    if function == "__import__" and isinstance(level, ast.Constant) and level.value != 0:
        return None
    return from_literal(first.value) if isinstance(first, ast.Constant) else None


def _in_characters(found: list[Import], lines: list[str]) -> list[Import]:
    """The imports, given in order, with columns in characters, from 1.

    `ast` counts bytes of UTF-8, from 0; before Python 3.12 it miscounts in f-strings.
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
