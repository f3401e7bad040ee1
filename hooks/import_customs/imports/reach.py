"""A text, a line and some Pythons in, out whether the tests of `sys.version_info` around the line let it run on one.

What such a test says is judged only where it compares with numbers; any other may go either way.
"""

import ast  # 10 ms; only an import under such a test that would be a finding gets here
import operator
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from import_customs.imports import syntax

_Test = tuple[ast.expr, bool]  # a test, and whether the line stands where it holds
_COMPARED: dict[type[ast.cmpop], Callable[[Any, Any], bool]] = {
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
}
_MICROS = (0, 99)  # the first and the last release of a minor version
_LENGTHS = {"[0]": 0, ".major": 0, "[:2]": 2, "[:3]": 3, "": 3}  # by what follows version_info: how many numbers it is


def may_run(text: str, line: int, pythons: Sequence[str]) -> bool:
    """Whether the line (from 1) may run on one of the Pythons ("3.11"); True for a text that cannot be parsed."""
    try:
        tree = syntax.parsed(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return True
    versions = [(*map(int, python.split(".")), micro) for python in pythons for micro in _MICROS]
    tests = list(_around(tree, line))
    try:
        return any(all(_holds(test, version) in (None, side) for test, side in tests) for version in versions)
    except RecursionError:
        return True


def _around(tree: ast.Module, line: int) -> Iterator[_Test]:
    for node in ast.walk(tree):
        if isinstance(node, ast.If):
            for statements, side in ((node.body, True), (node.orelse, False)):
                if statements and statements[0].lineno <= line <= (statements[-1].end_lineno or 0):
                    yield node.test, side


def _holds(test: ast.expr, version: tuple[int, ...]) -> bool | None:
    """Whether the test holds on the version; None where that cannot be told."""
    if isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not):
        inner = _holds(test.operand, version)
        return None if inner is None else not inner
    if not isinstance(test, ast.Compare) or len(test.ops) != 1:
        return None
    left = ast.unparse(test.left).removeprefix("sys.")
    length = _LENGTHS.get(left.removeprefix("version_info")) if left.startswith("version_info") else None
    compare, numbers = _COMPARED.get(type(test.ops[0])), _numbers(test.comparators[0])
    if length is None or compare is None or numbers is None or (length == 0) != isinstance(numbers, int):
        return None
    if length == len(version) and compare in (operator.eq, operator.ne):  # which of the releases cannot be told
        return None
    return compare(version[:length] if length else version[0], numbers)


def _numbers(value: ast.expr) -> int | tuple[int, ...] | None:
    try:
        found = ast.literal_eval(value)
    except (ValueError, TypeError):
        return None
    parts = found if isinstance(found, tuple) else (found,)
    return found if isinstance(found, int | tuple) and all(type(part) is int for part in parts) else None
