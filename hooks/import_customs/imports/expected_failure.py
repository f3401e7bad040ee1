"""Tell whether an import is the whole block of a `with` that expects a failed import: nothing is to be declared then.

Sources: `pytest.raises`; unittest's `assertRaises` and `assertRaisesRegex`. Only what may be a finding gets here.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from import_customs.model.later import pattern
from import_customs.model.syntax_tree import last_name, parsed

TYPE_CHECKING = False
if TYPE_CHECKING:
    import ast

_EXPECTING = frozenset({"raises", "assertRaises", "assertRaisesRegex"})
_FAILING = frozenset({"ImportError", "ModuleNotFoundError"})
# Begins with a literal, so that a search is quick; a text that has it is parsed.
_MAY_EXPECT = pattern(r"aises(?:Regex)?\s*+\((?s:.){0,200}?(?:ImportError|ModuleNotFoundError)\b")


def fails_as_expected(text: str, line: int) -> bool:
    """Whether an import on that line, from 1, is all that such a block does; of several, none is known to fail."""
    is_likely = "aises" in text and any(name in text for name in _FAILING)  # as it nearly never is
    return is_likely and line in _lines_failing(text)


@lru_cache(maxsize=1)  # asked for each finding of a file, one after the other
def _lines_failing(text: str) -> frozenset[int]:
    if not _MAY_EXPECT.search(text):
        return frozenset()
    import ast  # 9 ms

    try:
        tree = parsed(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return frozenset()
    blocks = (one for one in ast.walk(tree) if isinstance(one, ast.With | ast.AsyncWith) and len(one.body) == 1)
    expecting = (one for one in blocks if any(_is_expecting(item.context_expr) for item in one.items))
    return frozenset(line for one in expecting for line in _lines_of_import(one.body[0]))


def _lines_of_import(statement: ast.stmt) -> Iterator[int]:
    """The lines of a statement that is an import of one module, or one call, such as makes one."""
    import ast

    if isinstance(statement, ast.Expr | ast.Assign):
        is_one = sum(isinstance(one, ast.Call) for one in ast.walk(statement)) == 1
    elif isinstance(statement, ast.Import):
        is_one = len(statement.names) == 1
    else:
        is_one = isinstance(statement, ast.ImportFrom)
    if is_one:
        yield from range(statement.lineno, (statement.end_lineno or statement.lineno) + 1)


def _is_expecting(context: ast.expr) -> bool:
    import ast

    if not isinstance(context, ast.Call) or last_name(context.func) not in _EXPECTING:
        return False
    errors = [*context.args[:1], *(one.value for one in context.keywords if one.arg == "expected_exception")]
    names = (last_name(one) for error in errors for one in ast.walk(error) if isinstance(one, ast.expr))
    return not _FAILING.isdisjoint(names)
