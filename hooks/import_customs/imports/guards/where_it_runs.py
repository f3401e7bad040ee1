"""Tell on which of some Pythons and platforms a line runs, where the tests around and before it say so plainly.

Only the opt-in rule `conditional` asks, for an import under such a test.
"""

import ast
from collections.abc import Iterable, Iterator, Sequence

from import_customs.imports.guards import in_ast
from import_customs.imports.guards.kept_tests import with_tests_in_place
from import_customs.imports.guards.version_tests import holds_on
from import_customs.model import syntax_tree

Where = frozenset[tuple[str, str]]  # pairs of a Python ("3.11") and a platform ("win32")
_OF_SYSTEM = {"Linux": "linux", "Darwin": "darwin", "Windows": "win32"}  # what platform.system() says


def where_line_runs(text: str, line: int, wheres: Where) -> Where | None:
    """Those of `wheres` where the line (from 1) runs; None if a test that guards it cannot be judged."""
    try:
        tests = list(_tests_of_line(with_tests_in_place(syntax_tree.parsed(text), text), line))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None
    for test, side in tests:
        judged = {where: _holds(test, where) for where in wheres}
        if None in judged.values():
            return None
        wheres = frozenset(where for where, holds in judged.items() if holds == side)
    return wheres


def _tests_of_line(tree: ast.Module, line: int) -> Iterator[tuple[ast.expr, bool]]:
    """The tests that guard the line, each with what it must give. No recursion: a tree may be too deep for that."""
    node: ast.AST = tree
    while True:
        if isinstance(node, in_ast.DEFINITIONS):
            yield from in_ast.tests_of_marks(node.decorator_list)
        inner = None
        for statements, test, side in _blocks(node):
            for at, statement in enumerate(statements):
                if statement.lineno <= line <= (statement.end_lineno or statement.lineno):
                    inner = statement
                    if test is not None and in_ast.is_guard(test):
                        yield test, side
                    is_marked = node is tree and isinstance(statement, in_ast.DEFINITIONS)
                    yield from _tests_before(statements[:at], is_marked=is_marked)
        if inner is None:
            yield from _choices(node)
            return
        node = inner


def _tests_before(before: Iterable[ast.AST], *, is_marked: bool) -> Iterator[tuple[ast.expr, bool]]:
    """The tests that guard what stands after these statements; `is_marked` if a module's `pytestmark` does so, too."""
    for one in before:
        if isinstance(one, ast.Assert | ast.If) and in_ast.guard_of_what_follows(one):
            yield one.test, isinstance(one, ast.Assert)
        elif is_marked:
            yield from in_ast.tests_of_marks(in_ast.marks_of_module(one))


def _choices(statement: ast.AST) -> Iterator[tuple[ast.expr, bool]]:
    """What cannot be judged, if `a if TEST else b` stands in the statement: a line does not say which of the two."""
    for one in ast.walk(statement):
        if isinstance(one, ast.IfExp) and in_ast.is_guard(one.test):
            yield ast.Constant(value=None), True


def _blocks(node: ast.AST) -> Iterator[tuple[Sequence[ast.stmt | ast.excepthandler], ast.expr | None, bool]]:
    """The lists of statements right in a node, with the test that each is under, and what that must give."""
    test = node.test if isinstance(node, ast.If) else None
    for name in ("body", "orelse", "handlers", "finalbody", "cases"):
        statements = getattr(node, name, None)
        if isinstance(statements, list):
            yield [one for one in statements if hasattr(one, "lineno")], test, name == "body"


def _holds(test: ast.expr, where: tuple[str, str]) -> bool | None:
    """Whether a test holds there; None if that cannot be told."""
    if isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not):
        inner = _holds(test.operand, where)
        return None if inner is None else not inner
    if isinstance(test, ast.BoolOp):
        values = {_holds(value, where) for value in test.values}
        decisive = isinstance(test.op, ast.Or)
        return decisive if decisive in values else None if None in values else not decisive
    python, platform = where
    of_platform = _holds_on_platform(test, platform)
    return holds_on(test, python) if of_platform is None else of_platform


def _holds_on_platform(test: ast.expr, platform: str) -> bool | None:
    if isinstance(test, ast.Call) and ast.unparse(test.func) in ("sys.platform.startswith", "platform.startswith"):
        begin = test.args[0].value if test.args and isinstance(test.args[0], ast.Constant) else None
        return platform.startswith(begin) if isinstance(begin, str) else None
    if not isinstance(test, ast.Compare) or len(test.ops) != 1:
        return None
    known = {"sys.platform": platform, "os.name": "nt" if platform == "win32" else "posix"}
    known |= {"platform.system()": next(name for name, one in _OF_SYSTEM.items() if one == platform)}
    value = known.get(ast.unparse(test.left))
    try:
        wanted = ast.literal_eval(test.comparators[0])
    except (ValueError, TypeError):
        return None
    if value is None or not isinstance(wanted, str | tuple | list | set):
        return None
    equal = isinstance(test.ops[0], ast.Eq | ast.In)
    if not equal and not isinstance(test.ops[0], ast.NotEq | ast.NotIn):
        return None
    is_among = value == wanted if isinstance(test.ops[0], ast.Eq | ast.NotEq) else value in wanted
    return is_among == equal
