"""Find the lines of a text that run on none of some Pythons, because a test of `sys.version_info` keeps them from it.

Such a test is judged only if it compares with numbers; any other may go either way.
"""

from __future__ import annotations

import ast
import operator
from functools import lru_cache

from import_customs.imports.guards import names_of_tests
from import_customs.imports.guards.by_indent import end_of_block
from import_customs.imports.guards.kept_tests import with_tests_in_place
from import_customs.model import syntax_tree

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import Any

_Version = tuple[int, ...]
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


@lru_cache(maxsize=4)  # asked for each import of a file, one after the other; a notebook may hold one in several cells
def lines_never_run(text: str, pythons: tuple[str, ...]) -> frozenset[int]:
    """The lines (from 1) that run on none of the Pythons ("3.11"); none if the text cannot be parsed."""
    last = text.rfind("version_info")
    part = text if names_of_tests(text) else text[: end_of_block(text, last)]  # such a name may stand further down
    tree = None if last < 0 else _parsed(part) or _parsed(text)
    if tree is None:
        return frozenset()
    versions = [(*map(int, python.split(".")), micro) for python in pythons for micro in _MICROS]
    return frozenset(line for lines in _branches_never_run(tree, versions) for line in lines)


def _parsed(text: str) -> ast.Module | None:
    try:
        return with_tests_in_place(syntax_tree.parsed(text), text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


def _branches_never_run(tree: ast.Module, versions: list[_Version]) -> Iterator[range]:
    """The lines of each branch that runs on none of the versions. No recursion: a tree may be too deep for that."""
    rest: list[tuple[ast.AST, list[_Version]]] = [(tree, versions)]
    while rest:
        node, reaching = rest.pop()
        if not isinstance(node, ast.If):
            rest += [(child, reaching) for child in ast.iter_child_nodes(node)]
            continue
        for statements, side in ((node.body, True), (node.orelse, False)):
            kept = [version for version in reaching if _may_take_branch(node.test, version, side=side)]
            if kept:
                rest += [(statement, kept) for statement in statements]
            elif statements:
                yield range(statements[0].lineno, (statements[-1].end_lineno or 0) + 1)


def _may_take_branch(test: ast.expr, version: _Version, *, side: bool) -> bool:
    try:
        return _holds(test, version) in (None, side)
    except RecursionError:
        return True


def _holds(test: ast.expr, version: _Version) -> bool | None:
    """Whether the test holds on the version; None if that cannot be told."""
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
    if length == len(version) and compare in (operator.eq, operator.ne):  # it means one release, which is not known
        return None
    return compare(version[:length] if length else version[0], numbers)


def holds_on(test: ast.expr, python: str) -> bool | None:
    """Whether the test holds on all releases of a Python ("3.11"), or on none; None if neither can be told."""
    held = {_holds(test, (*map(int, python.split(".")), micro)) for micro in _MICROS}
    return held.pop() if len(held) == 1 else None


def _numbers(value: ast.expr) -> int | tuple[int, ...] | None:
    try:
        found = ast.literal_eval(value)
    except (ValueError, TypeError):
        return None
    parts = found if isinstance(found, tuple) else (found,)
    return found if isinstance(found, int | tuple) and all(type(part) is int for part in parts) else None
