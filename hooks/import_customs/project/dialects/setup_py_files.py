"""Name the requirements files whose lines a setup.py takes for its dependencies.

`open("requirements.txt")` and what is like it, through names, functions of the file, `with` and `for`. What else is
called, another file that may be read, or a folder that is not plainly the setup.py's or one above it: then no file is
named, for nobody knows what is declared.
"""

import ast
import posixpath
from typing import NamedTuple

from import_customs.model.later import pattern
from import_customs.model.syntax_tree import last_name
from import_customs.project.dialects.setup_py_values import Values

_PATH = pattern(r"/?[\w.-]+(?:/[\w.-]+)*")
_FILE = pattern(r".*\.[A-Za-z]\w{0,4}")  # by its suffix
_OF_REQUIREMENTS = pattern(r"(?i).*(?:req|dep).*\.(?:txt|in)")
_FOLDER_OF_REQUIREMENTS = pattern(r"(?i)[\w.-]*(?:req|dep)[\w.-]*")
_MOST_UP = 8  # folders above the setup.py's that a file may stand in
# What finds a file, reads it, and takes its lines apart, or leaves some of them out.
_READING = frozenset({*dir(str), *dir(list), *dir(dict), *dir(set)}).union(
    "open read readline readlines read_text close Path PurePath joinpath with_name dirname abspath realpath "
    "resolve absolute getcwd cwd exists isfile is_file str list tuple set dict sorted filter map len next iter "
    "any all print compile match search sub parse_requirements".split()
)


class Reading(NamedTuple):
    """What an expression may read its lines from."""

    files: tuple[str, ...] = ()  # paths from the setup.py's folder; none where it is not known which
    folders: tuple[str, ...] = ()  # texts that may be parts of such a path, if there is a folder of that name


def files_read(node: ast.expr, values: Values) -> Reading:
    """The files that the expression reads. Raises RecursionError where there is no end."""
    waiting: list[tuple[ast.AST, int]] = [(node, 0)]  # each with the folders that are gone up from what is in it
    seen: set[int] = set()
    texts: list[str] = []
    ups, of_script = 0, set[int]()
    while waiting:
        one, gone_up = waiting.pop()
        values.step()
        ups, gone_up = ups + _goes_up(one), gone_up + _goes_up(one)
        inside = list(ast.iter_child_nodes(one))
        if isinstance(one, ast.Call):
            if values.is_of_file(one):
                inside += values.defaults(one) if not one.args else []
            elif last_name(one.func) not in _READING:
                return Reading()
            else:
                inside = [one.func, *one.args]  # an encoding, or a session of pip's, tells no path
        elif isinstance(one, ast.Name):
            inside = values.behind(one.id, one.lineno)
            of_script |= {gone_up} if one.id == "__file__" else set()
        joined, parts = _joined(one)
        texts += joined
        seen.update(map(id, parts))
        waiting += ((part, gone_up) for part in inside if id(part) not in seen)
        seen.update(map(id, inside))
    return _of_texts(texts, max(ups - 1, 0)) if ups < 2 or of_script == {ups} else Reading()


def _goes_up(node: ast.AST) -> int:
    """How many folders an expression goes up from what is in it."""
    if isinstance(node, ast.Subscript) and getattr(node.value, "attr", "") == "parents":
        number = getattr(node.slice, "value", None)
        return number + 1 if isinstance(number, int) else _MOST_UP + 2
    is_folder_of = isinstance(node, ast.Call) and last_name(node.func) == "dirname"
    return int(is_folder_of or (isinstance(node, ast.Attribute) and node.attr == "parent"))


def _joined(node: ast.AST) -> tuple[list[str], list[ast.expr]]:
    """A text, or the path that an expression makes of several; and these, which are no paths themselves."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return [node.value], []
    if isinstance(node, ast.expr) and last_name(node) == "pardir":
        return [".."], []
    parts: list[ast.expr] = []
    if isinstance(node, ast.Call):  # of join(), or a function of the file that joins what it is given
        parts = node.args
    while isinstance(node, ast.BinOp) and isinstance(node.op, ast.Div):
        parts, node = [node.right, *parts], node.left
    texts = [(one.value, one) for one in parts if isinstance(one, ast.Constant) and isinstance(one.value, str)]
    path = "/".join(text for text, _ in texts)
    is_path = len(texts) > 1 and _OF_REQUIREMENTS.fullmatch(path) and _PATH.fullmatch(path)
    return ([path], [one for _, one in texts]) if is_path else ([], [])


def _of_texts(texts: list[str], ups: int) -> Reading:
    """What these texts name, from the folder so many above the setup.py's: then one file, or nothing is plain."""
    paths = [posixpath.normpath(text.lstrip("/")) for text in reversed(texts) if _PATH.fullmatch(text)]
    files = [path for path in paths if _FILE.fullmatch(path)]
    above = [path for path in paths if set(path.split("/")) == {".."}]
    folders, ups = set(paths).difference(files, above), ups + sum(path.count("..") for path in above)
    is_called_so = any(map(_FOLDER_OF_REQUIREMENTS.fullmatch, folders)) or all(map(_OF_REQUIREMENTS.fullmatch, files))
    if not is_called_so or any(".." in folder.split("/") for folder in folders):
        return Reading()
    if ups > _MOST_UP or (len(files) > 1 and (ups or any(file.startswith("../") for file in files))):
        return Reading()
    return Reading(tuple(dict.fromkeys("../" * ups + file for file in files)), tuple(folders))
