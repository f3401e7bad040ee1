"""Replace the names that a text gives to tests by the tests: `HAS = sys.version_info >= (3, 11)`.

In a function with a parameter or a variable of such a name it means that.
"""

import ast
from collections import Counter

from import_customs.imports.guards import names_of_tests

_FUNCTIONS = ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda
_LARGEST = 50  # nodes of a test that is put in place


def with_tests_in_place(tree: ast.Module, text: str) -> ast.Module:
    """The tree of the text with each such name replaced: by its test where it has one value, else by what that tests.

    It is changed itself. No recursion: a tree may be too deep for that.
    """
    named = names_of_tests(text)
    if not named:
        return tree
    names = frozenset(named)
    nodes = list(ast.walk(tree))
    stored = Counter(one.id for one in nodes if isinstance(one, ast.Name) and isinstance(one.ctx, ast.Store))
    # each with a place, which a decorator is asked for
    tests: dict[str, ast.expr] = {name: ast.Name(of, ast.Load(), lineno=1, col_offset=0) for name, of in named.items()}
    kept: set[int] = set()
    for one in tree.body:
        target = one.targets[0] if isinstance(one, ast.Assign) else getattr(one, "target", None)
        value = one.value if isinstance(one, ast.Assign | ast.AnnAssign) else None
        if isinstance(target, ast.Name) and target.id in names and value is not None:
            inside = list(ast.walk(value))
            kept.update(map(id, inside))
            if stored[target.id] == 1 and len(inside) <= _LARGEST:
                tests[target.id] = value
    taken = _taken_by_functions(nodes, names)
    for parent in nodes:
        if id(parent) not in kept:  # a test is never put into itself
            others = taken.get(id(parent))
            _replace(parent, {name: tests[name] for name in names - others} if others else tests)
    return tree


def _taken_by_functions(nodes: list[ast.AST], names: frozenset[str]) -> dict[int, frozenset[str]]:
    """Those of the names that are a function's own, by the nodes in it."""
    found: dict[int, frozenset[str]] = {}
    for function in nodes:
        if isinstance(function, _FUNCTIONS):
            own = names & _own_names(function)
            for one in ast.walk(function) if own else ():
                found[id(one)] = found.get(id(one), frozenset()) | own
    return found


def _own_names(function: ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda) -> set[str]:
    """Its parameters and variables; those of a function in it are that one's."""
    found = {one.arg for one in ast.walk(function.args) if isinstance(one, ast.arg)}
    not_own: set[str] = set()
    waiting: list[ast.AST] = [function.body] if isinstance(function, ast.Lambda) else [*function.body]
    while waiting:
        one = waiting.pop()
        if isinstance(one, ast.Name) and isinstance(one.ctx, ast.Store):
            found.add(one.id)
        elif isinstance(one, ast.Global):
            not_own.update(one.names)
        if not isinstance(one, _FUNCTIONS):
            waiting += ast.iter_child_nodes(one)
    return found - not_own


def _replace(parent: ast.AST, tests: dict[str, ast.expr]) -> None:
    for field, value in ast.iter_fields(parent):
        if isinstance(value, list):
            value[:] = [_in_place_of(one, tests) for one in value]
        else:
            setattr(parent, field, _in_place_of(value, tests))


def _in_place_of(node: object, tests: dict[str, ast.expr]) -> object:
    if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
        return tests.get(node.id, node)
    return node
