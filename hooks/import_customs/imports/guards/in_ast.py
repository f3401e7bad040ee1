"""Find the guards in an `ast`."""

import ast
from collections.abc import Iterable, Iterator, Sequence

from import_customs.imports.guards import LEAVING_CALLS, SKIPPING, catches_import_error, guard_of_test
from import_customs.model.syntax_tree import last_name

Guarded = list[tuple[Iterable[ast.AST], str | None]]  # groups of children; None stands for the guards of the parent
DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
_LONGEST = 1000  # characters of a test in words that is judged


def guarded_parts(node: ast.AST) -> Iterator[tuple[Sequence[ast.AST], tuple[str, ...]]]:
    """The children of a node, in groups that share what the node adds to its own guards."""
    marks = _marks(node.decorator_list) if isinstance(node, DEFINITIONS) else ()
    for children, guard in _parts(node):
        own = (*marks, guard) if guard else marks
        yield from _with_what_follows(list(children), own, is_module=isinstance(node, ast.Module))


def _parts(node: ast.AST) -> Guarded:
    if isinstance(node, ast.Try | ast.TryStar):
        catching = [catches_import_error(_last_names(handler.type)) for handler in node.handlers]
        handlers = [([one], "try" if caught else None) for one, caught in zip(node.handlers, catching, strict=True)]
        return [(node.body, "try" if any(catching) else None), *handlers, (node.orelse, None), (node.finalbody, None)]
    if isinstance(node, ast.If | ast.IfExp):
        body = node.body if isinstance(node.body, list) else [node.body]
        orelse = node.orelse if isinstance(node.orelse, list) else [node.orelse]
        held, failed = guards_of_branches(node.test)
        return [([node.test], None), (body, held), (orelse, failed)]
    if isinstance(node, ast.With | ast.AsyncWith):
        suppresses = any(_is_suppress(item.context_expr) for item in node.items)
        return [(node.items, None), (node.body, "try" if suppresses else None)]
    if isinstance(getattr(node, "body", None), list):
        inner: list[ast.AST] = node.body  # type: ignore[attr-defined]
        within = set(map(id, inner))
        return [([child for child in ast.iter_child_nodes(node) if id(child) not in within], None), (inner, None)]
    return [(ast.iter_child_nodes(node), None)]


def _with_what_follows(
    children: list[ast.AST], own: tuple[str, ...], *, is_module: bool
) -> Iterator[tuple[Sequence[ast.AST], tuple[str, ...]]]:
    """The children in groups: an assertion, and a branch that leaves the block, guard those that follow them.

    A `pytestmark` of a module guards the functions and classes after it.
    """
    start, marks = 0, tuple[str, ...]()
    for at, child in enumerate(children):
        if isinstance(child, ast.Assert | ast.If) and (guard := guard_of_what_follows(child)):
            yield children[start : at + 1], own
            start, own = at + 1, (*own, guard)
        elif is_module and (of_module := marks_of_module(child)):
            marks += _marks(of_module)
        elif marks and isinstance(child, DEFINITIONS):
            yield children[start:at], own
            yield [child], (*own, *marks)
            start = at + 1
    yield children[start:], own


def marks_of_module(node: ast.AST) -> Sequence[ast.expr]:
    """The marks that a statement of a module gives to all functions and classes after it."""
    if not isinstance(node, ast.Assign) or last_name(node.targets[0]) != "pytestmark":
        return []
    return node.value.elts if isinstance(node.value, ast.List | ast.Tuple) else [node.value]


def is_guard(test: ast.expr) -> bool:
    """Whether the test is a guard of some kind."""
    return guard_of_test(_dotted_names(test)) is not None


def guard_of_what_follows(node: ast.Assert | ast.If) -> str | None:
    """The guard that an assertion, or an `if` that leaves its block, is of the statements after it."""
    if isinstance(node, ast.Assert):
        return guards_of_branches(node.test)[0]
    last = node.body[-1]
    leaves = isinstance(last, ast.Raise | ast.Return | ast.Continue | ast.Break)
    if isinstance(last, ast.Expr) and isinstance(last.value, ast.Call):
        leaves = next(iter(_dotted_names(last.value.func)), "") in LEAVING_CALLS
    return guards_of_branches(node.test)[1] if leaves and not node.orelse else None


def _marks(nodes: Iterable[ast.expr]) -> tuple[str, ...]:
    """The guards by those of the marks that skip by a test."""
    branches = ((guards_of_branches(test), runs_if_held) for test, runs_if_held in tests_of_marks(nodes))
    found = (held if runs_if_held else failed for (held, failed), runs_if_held in branches)
    return tuple(guard for guard in found if guard)


def tests_of_marks(nodes: Iterable[ast.expr]) -> Iterator[tuple[ast.expr, bool]]:
    """The tests of the marks that skip, each with what it gives where the marked code runs."""
    for node in nodes:
        if isinstance(node, ast.Call) and (name := last_name(node.func)) in SKIPPING:
            tests = [*node.args[:1], *(keyword.value for keyword in node.keywords if keyword.arg == "condition")]
            yield from ((test, SKIPPING[name]) for test in tests[:1])


def branches_of_text(test: str) -> tuple[str | None, str | None]:
    """As `guards_of_branches`, of a test in words."""
    if len(test) >= _LONGEST:
        return None, None
    try:
        return guards_of_branches(ast.parse(f"({test})", mode="eval").body)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None, None


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
