"""Find the guards in an `ast`."""

import ast
from collections.abc import Iterable

from import_customs.imports.guards import catches_import_error, guard_of_test
from import_customs.model.syntax_tree import last_name

Guarded = list[tuple[Iterable[ast.AST], str | None]]  # groups of children; None stands for the guard of the parent


def guarded_parts(node: ast.AST) -> Guarded:
    """The children of a node, in groups that share a guard."""
    if isinstance(node, ast.Try | ast.TryStar):
        return _parts_of_try(node)
    if isinstance(node, ast.If | ast.IfExp):
        return _parts_of_test(node)
    if isinstance(node, ast.With | ast.AsyncWith):
        suppresses = any(_is_suppress(item.context_expr) for item in node.items)
        return [(node.items, None), (node.body, "try" if suppresses else None)]
    return [(ast.iter_child_nodes(node), None)]


def _parts_of_try(node: ast.Try | ast.TryStar) -> Guarded:
    catching = [catches_import_error(_last_names(handler.type)) for handler in node.handlers]
    handlers: Guarded = [
        ([handler], "try" if caught else None) for handler, caught in zip(node.handlers, catching, strict=True)
    ]
    return [(node.body, "try" if any(catching) else None), *handlers, (node.orelse, None), (node.finalbody, None)]


def _parts_of_test(node: ast.If | ast.IfExp) -> Guarded:
    body = node.body if isinstance(node.body, list) else [node.body]
    orelse = node.orelse if isinstance(node.orelse, list) else [node.orelse]
    held, failed = guards_of_branches(node.test)
    return [([node.test], None), (body, held), (orelse, failed)]


def guards_of_branches(test: ast.expr) -> tuple[str | None, str | None]:
    """The guard of what runs if the test holds, and of what runs if it does not."""
    names = list(_dotted_names(test))
    guard = guard_of_test(names)
    if guard != "type-checking":
        return guard, guard
    try:
        holds = _is_true_at_run_time(test)
    except RecursionError:
        holds = None
    if holds is None:
        other = guard_of_test(name for name in names if guard_of_test([name]) != guard)
        return other, other
    return (None, guard) if holds else (guard, None)


def _is_true_at_run_time(test: ast.expr) -> bool | None:
    """Whether the test holds if TYPE_CHECKING is false; None if that cannot be told."""
    if isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not):
        inner = _is_true_at_run_time(test.operand)
        return None if inner is None else not inner
    if isinstance(test, ast.BoolOp):
        values = {_is_true_at_run_time(value) for value in test.values}
        decisive = isinstance(test.op, ast.Or)
        return decisive if decisive in values else None if None in values else not decisive
    if isinstance(test, ast.Compare) and isinstance(test.ops[0], ast.Is | ast.Eq | ast.IsNot | ast.NotEq):
        values = {_value(value) for value in (test.left, *test.comparators)}
        if None in values or len(test.ops) > 1:
            return None
        return (len(values) == 1) == isinstance(test.ops[0], ast.Is | ast.Eq)
    return _value(test)


def _value(node: ast.expr) -> bool | None:
    if isinstance(node, ast.Name | ast.Attribute):
        return False if guard_of_test([next(iter(_dotted_names(node)))]) == "type-checking" else None
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, bool) else None


def _is_suppress(node: ast.expr) -> bool:
    if not isinstance(node, ast.Call) or _last_names(node.func) != ["suppress"]:
        return False
    names = [name for argument in node.args for name in _last_names(argument)]
    return bool(names) and catches_import_error(names)


def _last_names(node: ast.expr | None) -> list[str]:
    """The names of the exceptions in a handler: `builtins.ImportError` is `ImportError`, and what is no name is ""."""
    if node is None:
        return []
    elements = node.elts if isinstance(node, ast.Tuple) else [node]
    return [last_name(element) for element in elements] or [""]  # `except ():` catches nothing, and is not bare


def _dotted_names(test: ast.expr) -> Iterable[str]:
    for node in ast.walk(test):
        if isinstance(node, ast.Name):
            yield node.id
        elif isinstance(node, ast.Attribute):
            yield f"{node.value.id}.{node.attr}" if isinstance(node.value, ast.Name) else f"?.{node.attr}"
