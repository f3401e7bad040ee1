"""Name the requirements files whose lines a setup.py takes for its dependencies.

`open("requirements.txt")` and what is like it, through names, functions of the file, `with` and `for`. Where anything
else is called on the way, what comes of it is not known: no file is named then.
"""

import ast
import posixpath

from import_customs.model.later import pattern
from import_customs.project.dialects.setup_py_values import Values, name_called

_FILE = pattern(r"[\w.-]+(?:/[\w.-]+)*\.(?:txt|in|pip)")
# What finds a file, reads it, and takes its lines apart, or leaves some of them out.
_READING = frozenset({*dir(str), *dir(list), *dir(dict), *dir(set)}).union(
    "open read readline readlines read_text close Path PurePath joinpath dirname abspath realpath resolve absolute "
    "getcwd cwd exists isfile is_file str list tuple set dict sorted filter map len next iter any all print compile "
    "match search sub parse_requirements".split()
)


def files_read(node: ast.expr, values: Values) -> tuple[str, ...]:
    """The paths that the expression reads its lines from, seen from the setup.py's folder; none if that is not known.

    Raises RecursionError where there is no end.
    """
    waiting: list[ast.AST] = [node]
    seen: set[int] = set()
    named: list[str] = []
    while waiting:
        one = waiting.pop()
        values.step()
        inside = list(ast.iter_child_nodes(one))
        if isinstance(one, ast.Call) and not values.is_of_file(one):
            if name_called(one) not in _READING:
                return ()
            inside = [one.func, *one.args]  # an encoding, or a session of pip's, tells no path
        elif isinstance(one, ast.Call) and not one.args:
            inside += values.defaults(one)
        elif isinstance(one, ast.Name):
            inside = values.behind(one.id, one.lineno)
        waiting += (part for part in inside if id(part) not in seen)
        seen.update(map(id, inside))
        named += _texts_of(one)
    paths = (posixpath.normpath(text.lstrip("/")) for text in reversed(named))
    return tuple(dict.fromkeys(path for path in paths if _FILE.fullmatch(path)))


def _texts_of(node: ast.AST) -> list[str]:
    """A text, or those that an expression makes one path of."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return [node.value]
    parts: list[ast.expr] = []
    if isinstance(node, ast.Call):  # of join(), or a function of the file that joins what it is given
        parts = node.args
    while isinstance(node, ast.BinOp) and isinstance(node.op, ast.Div):
        parts, node = [node.right, *parts], node.left
    texts = [one.value for one in parts if isinstance(one, ast.Constant) and isinstance(one.value, str)]
    return ["/".join(texts)] if len(texts) > 1 else []
