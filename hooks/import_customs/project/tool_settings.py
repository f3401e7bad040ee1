"""Find the folders that pytest, type checkers and linters look for modules in: their tables, and their own files.

A file is parsed only where one of the words is in it other than as most files have it. Sources: the documentation of
pytest ("Configuration", pythonpath), mypy ("The mypy configuration file", mypy_path), pyright (extraPaths, stubPath),
ruff (src), isort (src_paths), ty (root, extra-paths) and pyrefly.
"""

from __future__ import annotations

from import_customs.model import CheckError, relative
from import_customs.model.later import lru_cache, re
from import_customs.model.toml import at, parse, strings
from import_customs.project.dialects.dialect import joined, read_once, slashed
from import_customs.project.module_files import RUNNABLE, but_packages, holds
from import_customs.project.workspace import expanded

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from configparser import ConfigParser
    from typing import Any

    from import_customs.model import Tree
    from import_customs.project.dialects.dialect import ProjectFiles

_PYTEST, _MYPY = ("pytest", "pythonpath"), ("mypy", "mypy_path")
_INI = {  # sections and options
    "pytest.ini": [_PYTEST],
    ".pytest.ini": [_PYTEST],
    "tox.ini": [_PYTEST],
    "setup.cfg": [("tool:pytest", "pythonpath"), _MYPY, ("isort", "src_paths")],
    ".isort.cfg": [("settings", "src_paths")],
    "mypy.ini": [_MYPY],
    ".mypy.ini": [_MYPY],
}
_TOML = {  # dotted keys
    "pytest.toml": ["pytest.pythonpath"],
    ".pytest.toml": ["pytest.pythonpath"],
    "ruff.toml": ["src"],
    ".ruff.toml": ["src"],
    "ty.toml": ["environment.root", "environment.extra-paths"],
    "pyrefly.toml": ["search-path"],
}
_JSON = "pyrightconfig.json"
_OF_LINTERS = frozenset({"ruff.toml", ".ruff.toml", ".isort.cfg"})
_SEPARATORS = str.maketrans(",:;", "   ")
_LARGEST = 256 * 1024  # bytes of a file, or characters of an INI file, that is parsed
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

_NAMED = r"%\(([^()\n]+)\)s"
_MOST_NAMED = 20  # options in a value: each may be as long as the file


def with_settings(files: ProjectFiles, named: tuple[str, ...], configured: tuple[str, ...]) -> Iterator[str]:
    """These folders and those of the settings; for one with a `*` those there that are no packages.

    Of other projects only where [tool.import-customs] has it. `**` may be everything.
    """
    for name in (*named, *_folders_of_tools(files)):
        if "*" in name and "**" not in name:
            found = (relative(folder, files.folder) for folder in expanded(files.tree, files.folder, (name,)))
            yield from but_packages(files.tree, files.folder, found, but_projects=name not in configured)
        else:
            yield name


def _folders_of_tools(files: ProjectFiles) -> Iterator[str]:
    """The folders, from the project's; what cannot be parsed names none."""
    table = files.document.table
    for text in strings(at(table, "tool.mypy.mypy_path")):
        yield from _split(text)
    for tool in ("pyright", "basedpyright"):
        yield from _of_pyright(files, at(table, f"tool.{tool}"))
    for name in sorted({*_INI, *_TOML, _JSON}.intersection(files.beside)):
        source = read_small(files.tree, files.path(name))
        if name in _INI:
            found = values_of_ini(source, _INI[name])
        elif name in _TOML:
            found = _of_toml(source, files.path(name), _TOML[name])
        else:
            found = _of_pyright(files, parse_json(source))
        yield from but_packages(files.tree, files.folder, found) if name in _OF_LINTERS else found


def read_small(tree: Tree, path: str) -> bytes:
    """What the file holds; nothing where it is too large or cannot be read, such as a link out of the repository."""
    try:
        source = read_once(tree, path) or b""
    except CheckError:
        return b""
    return source if len(source) <= _LARGEST else b""


def says_more(source: bytes, *words: bytes) -> bool:
    """Whether one of the words is in the file beyond what is usual."""
    if not any(word in source for word in words):
        return False
    unusual = re.sub(_USUAL, b"", source, flags=re.MULTILINE | re.VERBOSE)
    return any(word in unusual for word in words)


@lru_cache(maxsize=1)  # asked of a setup.cfg for its dependencies, their files, the Pythons and the folders
def parse_ini(text: str) -> ConfigParser | str:
    """The sections of a setup.cfg or an INI file; why it cannot be read, as a text."""
    if len(text) > _LARGEST:
        return f"it is larger than {_LARGEST // 1024} KiB"
    from configparser import ConfigParser, Error  # 8 ms; only where it may say something

    if text.startswith("\ufeff"):  # setuptools reads none of it either, and stops
        return "it begins with a byte-order mark"
    parser = ConfigParser(interpolation=None, strict=False)
    try:
        parser.read_string(text)
    except Error as error:
        return str(error).splitlines()[0]
    return parser


def value_of_ini(parser: ConfigParser, section: str, key: str) -> str:
    """The value, in which `%(name)s` stands for another option; "" if there is none.

    A name in what it stands for stays as it is written: to follow all of them may take for ever. Source: configparser,
    BasicInterpolation, by which setuptools reads the file.
    """
    value = parser.get(section, key, fallback="")
    if "%(" not in value:
        return value
    return re.sub(_NAMED, lambda found: parser.get(section, found[1], fallback=found[0]), value, count=_MOST_NAMED)


def values_of_ini(source: bytes, options: list[tuple[str, str]]) -> Iterator[str]:
    """The folders that these options, each with its section before it, name beyond what is usual."""
    if not says_more(source, *(option.encode() for _, option in options)):
        return
    parser = parse_ini(source.decode("utf-8", "replace"))
    for section, option in options:
        yield from _split("" if isinstance(parser, str) else parser.get(section, option, fallback=""))


def _of_toml(source: bytes, path: str, keys: list[str]) -> Iterator[str]:
    if not any(key.rpartition(".")[2].encode() in source for key in keys):
        return
    try:
        table = parse(source, path).table
    except CheckError:
        return
    for key in keys:
        yield from strings(at(table, key))


def parse_json(source: bytes) -> Any:
    """What a JSON file, with comments or without, says that names folders; None if it names none or is broken."""
    if not any(word in source for word in (b"extraPaths", b"root", b"stubPath")):
        return None
    from json import loads  # 8 ms

    try:
        text = source.decode("utf-8", "replace")
        return loads(re.sub(_BESIDES, lambda found: found[1] or "", text, flags=re.DOTALL))
    except (ValueError, RecursionError):
        return None


def _of_pyright(files: ProjectFiles, table: Any) -> Iterator[str]:
    """The folders of pyright's settings, those of its environments too; that of stubs if it has nothing that runs.

    An `__init__.py` among stubs stands for other people's package, as they do.
    """
    yield from strings(at(table, "extraPaths"))
    for name in strings(at(table, "stubPath")):
        if not holds(files.tree, joined(files.folder, slashed(name)), RUNNABLE):
            yield name
    environments = at(table, "executionEnvironments")
    for one in environments if isinstance(environments, list) else ():
        yield from strings(at(one, "root"))
        yield from strings(at(one, "extraPaths"))


def _split(text: str) -> list[str]:
    """The paths of a text, as mypy separates them, and pytest."""
    return text.replace("$MYPY_CONFIG_FILE_DIR", ".").translate(_SEPARATORS).split()
