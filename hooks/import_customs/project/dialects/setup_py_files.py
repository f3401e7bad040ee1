"""Name the requirements files whose lines a setup.py takes for its dependencies.

`open("requirements.txt")` and what is like it, through names, functions of the file, `with` and `for`. What else is
called, another file that may be read, or a folder that is not plainly the setup.py's: then no file is named, for
nobody knows what is declared.
"""

import ast
import posixpath
from typing import NamedTuple

from import_customs.model.later import pattern
from import_customs.project.dialects.setup_py_values import Values, name_called

_PATH = pattern(r"/?[\w.-]+(?:/[\w.-]+)*")
_FILE = pattern(r".*\.[A-Za-z]\w{0,4}")  # by its suffix
_OF_REQUIREMENTS = pattern(r"(?i).*(?:req|dep).*\.(?:txt|in)")
# What finds a file, reads it, and takes its lines apart, or leaves some of them out.
_READING = frozenset({*dir(str), *dir(list), *dir(dict), *dir(set)}).union(
    "open read readline readlines read_text close Path PurePath joinpath dirname abspath realpath resolve absolute "
    "getcwd cwd exists isfile is_file str list tuple set dict sorted filter map len next iter any all print compile "
    "match search sub parse_requirements".split()
)


class Reading(NamedTuple):
    """What an expression may read its lines from."""

    files: tuple[str, ...] = ()  # paths from the setup.py's folder; none where it is not known which
    folders: tuple[str, ...] = ()  # texts that may be parts of such a path, if there is a folder of that name


def files_read(node: ast.expr, values: Values) -> Reading:
    """The files that the expression reads. Raises RecursionError where there is no end."""
    waiting: list[ast.AST] = [node]
    seen: set[int] = set()
    texts: list[str] = []
    ups = 0
    while waiting:
        one = waiting.pop()
        values.step()
        inside = list(ast.iter_child_nodes(one))
        if isinstance(one, ast.Call):
            ups += name_called(one) == "dirname"
            if values.is_of_file(one):
                inside += values.defaults(one) if not one.args else []
            elif name_called(one) not in _READING:
                return Reading()
            else:
                inside = [one.func, *one.args]  # an encoding, or a session of pip's, tells no path
        elif isinstance(one, ast.Name):
            inside = values.behind(one.id, one.lineno)
        ups += isinstance(one, ast.Attribute) and one.attr == "parent"
        joined, parts = _joined(one)
        texts += joined
        seen.update(map(id, parts))
        waiting += (part for part in inside if id(part) not in seen)
        seen.update(map(id, inside))
    return _of_texts(texts) if ups < 2 else Reading()


def _joined(node: ast.AST) -> tuple[list[str], list[ast.expr]]:
    """A text, or the path that an expression makes of several; and these, which are no paths themselves."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return [node.value], []
    parts: list[ast.expr] = []
    if isinstance(node, ast.Call):  # of join(), or a function of the file that joins what it is given
        parts = node.args
    while isinstance(node, ast.BinOp) and isinstance(node.op, ast.Div):
        parts, node = [node.right, *parts], node.left
    texts = [(one.value, one) for one in parts if isinstance(one, ast.Constant) and isinstance(one.value, str)]
    path = "/".join(text for text, _ in texts)
    is_path = len(texts) > 1 and _OF_REQUIREMENTS.fullmatch(path) and _PATH.fullmatch(path)
    return ([path], [one for _, one in texts]) if is_path else ([], [])


def _of_texts(texts: list[str]) -> Reading:
    paths = [posixpath.normpath(text.lstrip("/")) for text in reversed(texts) if _PATH.fullmatch(text)]
    files = [path for path in paths if _FILE.fullmatch(path)]
    if any(path.startswith("..") or ".." in path.split("/") for path in paths):
        return Reading()
    if not all(map(_OF_REQUIREMENTS.fullmatch, files)):
        return Reading()
    return Reading(tuple(dict.fromkeys(files)), tuple(set(paths).difference(files)))
