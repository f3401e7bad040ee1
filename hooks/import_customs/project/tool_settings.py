"""What tools are told in files beside a pyproject.toml in, out the folders that its modules are imported from.

A file is parsed where one of the words is in it, other than as most files have it. Sources: the documentation of
pytest, ruff, ty, pyrefly and pyright ("Configuration"), mypy ("The mypy configuration file") and setuptools
("setup.cfg files", "Keywords").
"""

import posixpath
import re
from collections.abc import Iterable, Iterator
from typing import Any

from import_customs.model import CheckError, Tree
from import_customs.model.toml import at, parse, strings

_PYTEST, _MYPY = ("pytest", "pythonpath"), ("mypy", "mypy_path")
_INI = {  # sections and options
    "pytest.ini": [_PYTEST],
    ".pytest.ini": [_PYTEST],
    "tox.ini": [_PYTEST],
    "setup.cfg": [("tool:pytest", "pythonpath"), ("options.packages.find", "where"), _MYPY],
    "mypy.ini": [_MYPY],
    ".mypy.ini": [_MYPY],
}
_TOML = {  # dotted keys
    "pytest.toml": "pytest.pythonpath",
    ".pytest.toml": "pytest.pythonpath",
    "ruff.toml": "src",
    ".ruff.toml": "src",
    "ty.toml": "environment.root",
    "pyrefly.toml": "search-path",
}
_LARGEST = 256 * 1024  # bytes of a file that is parsed
# What most files say, which needs no parser: the root is `src`, or the project's own folder.
_USUAL = rb"""
    package_dir\s*+=\s*+\{\s*+(?:""|'')\s*+:\s*+["']src["']\s*+,?+\s*+\}  # setup.py
    | find_(?:namespace_)?packages\(\s*+
        (?:(?:where\s*+=\s*+)?["']src["']\s*+,?+\s*+)?
        (?:(?:exclude|include)\s*+=\s*+[\[(][^][()]*+[\])]\s*+,?+\s*+)?\)
    | (?:package_dir\s*+=\s*+=[ \t]*+|^(?:where|mypy_path|pythonpath)[ \t]*+=\s*+)src(?=\s*+(?:\Z|^[\w[]))  # setup.cfg
"""
# A string, or what JSON with comments has besides: a comment, a comma before the end. What is not closed ends the text.
_BESIDES = r'("(?:\\.|[^"\\\n])*+"?)|//[^\n]*+|/\*(?:.*?\*/|.*)|,(?=\s*+[\]}])'


def folders(tree: Tree, folder: str, names: Iterable[str]) -> Iterator[str]:
    """The folders that these files of the folder name, seen from there; what cannot be parsed names none."""
    for name in names:
        path = posixpath.join(folder, name)
        source = _read(tree, path)
        if name in _INI:
            yield from _of_ini(source, _INI[name])
        elif name in _TOML:
            yield from _of_toml(source, path, _TOML[name])
        elif name == "pyrightconfig.json":
            yield from pyright(_json(source))
        elif _says(source, b"find_packages(", b"find_namespace_packages("):
            from import_customs.project.dialects import setup_py  # 9 ms, for ast; only where folders are named

            yield from setup_py.read(source).where


def package_dirs(tree: Tree, folder: str, names: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Which folder is which package, by these of the folder's setup.cfg and setup.py; "" is the root of all."""
    for name in names:
        source = _read(tree, posixpath.join(folder, name))
        if _says(source, b"package_dir"):
            from import_customs.project.dialects import setuptools  # 8 ms, for configparser; only where it may say more

            yield from setuptools.package_dirs(name, source)


def extensions(tree: Tree, folder: str) -> tuple[str, ...]:
    """The modules that the folder's setup.py has compiled."""
    source = _read(tree, posixpath.join(folder, "setup.py"))
    if b"Extension(" not in source:
        return ()
    from import_customs.project.dialects import setup_py  # 9 ms, for ast; only where there are some

    return setup_py.read(source).extensions


def _read(tree: Tree, path: str) -> bytes:
    """What the file holds; nothing where it is too large or cannot be read, such as a link out of the repository."""
    try:
        source = tree.read(path) or b""
    except CheckError:
        return b""
    return source if len(source) <= _LARGEST else b""


def _says(source: bytes, *words: bytes) -> bool:
    """Whether one of the words is in the file beyond what is usual."""
    if not any(word in source for word in words):
        return False
    unusual = re.sub(_USUAL, b"", source, flags=re.MULTILINE | re.VERBOSE)
    return any(word in unusual for word in words)


def _of_ini(source: bytes, places: list[tuple[str, str]]) -> Iterator[str]:
    if not _says(source, *(option.encode() for _, option in places)):
        return
    from configparser import ConfigParser, Error  # 8 ms; only where it may say more

    parser = ConfigParser(interpolation=None, strict=False)
    try:
        parser.read_string(source.decode("utf-8", "replace"))
    except Error:
        return
    for section, option in places:
        yield from split(parser.get(section, option, fallback=""))


def _of_toml(source: bytes, path: str, keys: str) -> Iterator[str]:
    if keys.rpartition(".")[2].encode() not in source:
        return
    try:
        yield from strings(at(parse(source, path).table, keys))
    except CheckError:
        return


def _json(source: bytes) -> Any:
    if b"extraPaths" not in source and b"root" not in source:
        return None
    from json import loads  # 8 ms

    try:
        text = source.decode("utf-8", "replace")
        return loads(re.sub(_BESIDES, lambda found: found[1] or "", text, flags=re.DOTALL))
    except (ValueError, RecursionError):
        return None


def split(text: str) -> list[str]:
    """The paths of a text, as mypy separates them, and pytest."""
    return text.replace("$MYPY_CONFIG_FILE_DIR", ".").translate(_SEPARATORS).split()


def pyright(table: Any) -> Iterator[str]:
    """The folders of pyright's settings, those of its environments too."""
    yield from strings(at(table, "extraPaths"))
    environments = at(table, "executionEnvironments")
    for one in environments if isinstance(environments, list) else ():
        yield from strings(at(one, "root"))
        yield from strings(at(one, "extraPaths"))


_SEPARATORS = str.maketrans(",:", "  ")
