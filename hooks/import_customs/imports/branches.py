"""A node of an `ast` in, its parts with what guards each out, by the rules of `guards`."""

import ast
from collections.abc import Iterable

from import_customs.imports.guards import catches, of_names

Guarded = list[tuple[Iterable[ast.AST], str | None]]  # parts of a statement, each with its guard (None: the outer one)


def parts(node: ast.AST) -> Guarded:
    """The children of `node`, in groups that share a guard."""
    if isinstance(node, ast.Try | ast.TryStar):
        return _of_try(node)
    if isinstance(node, ast.If | ast.IfExp):
        return _of_test(node)
    if isinstance(node, ast.With | ast.AsyncWith):
        suppresses = any(_is_suppress(item.context_expr) for item in node.items)
        return [(node.items, None), (node.body, "try" if suppresses else None)]
    return [(ast.iter_child_nodes(node), None)]


def _of_try(node: ast.Try | ast.TryStar) -> Guarded:
    catching = [catches(_last_names(handler.type)) for handler in node.handlers]
    handlers: Guarded = [
        ([handler], "try" if caught else None) for handler, caught in zip(node.handlers, catching, strict=True)
    ]
    return [(node.body, "try" if any(catching) else None), *handlers, (node.orelse, None), (node.finalbody, None)]


def _of_test(node: ast.If | ast.IfExp) -> Guarded:
    body = node.body if isinstance(node.body, list) else [node.body]
    orelse = node.orelse if isinstance(node.orelse, list) else [node.orelse]
    guard = of_names(_dotted_names(node.test))
    if guard != "type-checking":
        return [([node.test], None), (body, guard), (orelse, guard)]
    negated = isinstance(node.test, ast.UnaryOp) and isinstance(node.test.op, ast.Not)
    return [([node.test], None), (body, None if negated else guard), (orelse, guard if negated else None)]


def _is_suppress(node: ast.expr) -> bool:
    if not isinstance(node, ast.Call) or _last_names(node.func) != ["suppress"]:
        return False
    names = [name for argument in node.args for name in _last_names(argument)]
    return bool(names) and catches(names)


def _last_names(node: ast.expr | None) -> list[str]:
    """The names of exceptions in a handler: `builtins.ImportError` is `ImportError`; "?" where it is no name."""
    if node is None:
        return []
    elements = node.elts if isinstance(node, ast.Tuple) else [node]
    return [_last_name(element) for element in elements] or ["?"]


def _last_name(node: ast.expr) -> str:
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else "?"


def _dotted_names(test: ast.expr) -> Iterable[str]:
    for node in ast.walk(test):
        if isinstance(node, ast.Name):
            yield node.id
        elif isinstance(node, ast.Attribute):
            yield f"{node.value.id}.{node.attr}" if isinstance(node.value, ast.Name) else f"?.{node.attr}"
