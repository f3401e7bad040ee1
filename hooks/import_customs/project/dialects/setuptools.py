"""What setuptools is told of dependencies outside [project]: its tables, setup.cfg, and literal lists in setup.py.

setup.py is read by its syntax and never run. Sources: setuptools' documentation, "Configuring setuptools using
pyproject.toml files" (dynamic metadata) and "Configuring setuptools using setup.cfg files"; pbr's, "Features".
"""

import posixpath
from collections.abc import Iterable
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from import_customs.model import BUILD, RUNTIME, Place, Tree
from import_customs.model.requirement import leading, normalized
from import_customs.model.toml import Document
from import_customs.project.declarations import Declared, add

if TYPE_CHECKING:
    from configparser import ConfigParser

_PYTHON = b"python_requires"
_LARGEST = 256 * 1024  # characters of a setup.cfg that is read
_SETUP_ARGUMENTS = {"install_requires": RUNTIME, "setup_requires": BUILD, "tests_require": Place("extra", "test")}
_OF_PBR = {"requirements.txt": RUNTIME, "test-requirements.txt": Place("extra", "test")}


class Left(NamedTuple):
    """What a file of setuptools states in place of [project]."""

    declared: Declared
    states: bool  # whether it says what is needed at run time, and not only by the build and the tests
    computed: bool  # whether some of it cannot be read


def dynamic_files(document: Document) -> list[tuple[str, Place]]:
    """The requirements files of [tool.setuptools.dynamic], each with the place that it declares for."""
    table = document.get("tool.setuptools.dynamic", dict)
    found = [(file, RUNTIME) for file in _files(document, table, "dependencies")]
    extras = table.get("optional-dependencies")
    for extra in extras if isinstance(extras, dict) else ():
        listed = _files(document, extras, extra, "optional-dependencies.")
        found.extend((file, Place("extra", normalized(extra))) for file in listed)
    return found


def setup_cfg(tree: Tree, folder: str) -> Left | None:
    """The declarations of the folder's setup.cfg; None where it has none of them."""
    path = posixpath.join(folder, "setup.cfg")
    text = (tree.read(path) or b"").decode("utf-8", "replace")
    options = _options(text)
    if isinstance(options, str):
        return Left(Declared([], [f"{path}: cannot be read: {options}"]), states=False, computed=True)
    found, at, number = Declared([], []), 0, 1
    for value, place in options:
        lines = [] if _is_file(value) else value.split("\n") if "\n" in value else value.split(";")
        for line in lines:
            requirement = line.partition(" #")[0].strip()
            if requirement and not requirement.startswith("#"):
                where = text.find(requirement, at)
                if where < 0:  # the options may stand in another order
                    where, at, number = max(text.find(requirement), 0), 0, 1
                at, number = where, number + text.count("\n", at, where)
                add(found, requirement, place, path, number)
    return Left(found, _states(text), computed=False) if options else None


def _states(text: str) -> bool:
    parser = _parsed(text)
    if isinstance(parser, str):
        return False
    return parser.has_option("options", "install_requires") or parser.has_section("options.extras_require")


def setup_cfg_files(tree: Tree, folder: str) -> list[tuple[str, Place]]:
    """The requirements files that `file:` in the folder's setup.cfg names, each with its place."""
    options = _options((tree.read(posixpath.join(folder, "setup.cfg")) or b"").decode("utf-8", "replace"))
    if isinstance(options, str):
        return []
    named = ((value.partition("file:")[2], place) for value, place in options if _is_file(value))
    return [
        (file.strip(), place) for files, place in named for file in files.replace("\n", ",").split(",") if file.strip()
    ]


def pbr_files(document: Document, tree: Tree, folder: str) -> list[tuple[str, Place]]:
    """The requirements files beside the project that pbr reads, each with its place; none where pbr builds nothing."""
    files = [(file, place) for file, place in _OF_PBR.items() if file in tree.listing(folder)]
    return files if files and _is_built_by_pbr(document, tree, folder) else []


def _is_built_by_pbr(document: Document, tree: Tree, folder: str) -> bool:
    if any((told := leading(text)) and told.name == "pbr" for text in document.strings("build-system.requires")):
        return True
    source = tree.read(posixpath.join(folder, "setup.py")) or b""
    if b"pbr" not in source:
        return False
    from import_customs.project.dialects import setup_py

    return setup_py.read(source).pbr


def _is_file(value: str) -> bool:
    return value.lstrip().startswith("file:")


def setup_py(tree: Tree, folder: str) -> Left | None:
    """What the folder's setup.py states; None where there is none."""
    path = posixpath.join(folder, "setup.py")
    source = tree.read(path)
    if source is None:
        return None
    from import_customs.project.dialects import setup_py as script

    stated = script.read(source)
    found = Declared([], [])
    for text, place, line in stated.requirements:
        add(found, text, place, path, line)
    return Left(found, stated.states, stated.computed)


def _files(document: Document, table: dict[str, Any], key: str, above: str = "") -> list[str]:
    """The files that a key of [tool.setuptools.dynamic] names, which is in `above`; none where it names no file."""
    told = table.get(key)
    files = told.get("file", []) if isinstance(told, dict) else []
    listed = [files] if isinstance(files, str) else files
    if not isinstance(listed, list) or not all(isinstance(file, str) for file in listed):
        keys = f"tool.setuptools.dynamic.{above}{key}.file"
        raise document.wrong(keys, "a string or an array of strings", files)
    return listed


def requires_python(tree: Tree, folder: str) -> str:
    """The Pythons that the folder's setup.cfg admits, else its setup.py; "" where neither says."""
    config, script = (tree.read(posixpath.join(folder, name)) or b"" for name in ("setup.cfg", "setup.py"))
    if _PYTHON in config:  # most hold settings of tools, and configparser costs 8 ms
        parser = _parsed(config.decode("utf-8", "replace"))
        if not isinstance(parser, str) and (stated := parser.get("options", _PYTHON.decode(), fallback="").strip()):
            return stated
    if _PYTHON not in script:
        return ""
    from import_customs.project.dialects import setup_py

    return setup_py.read(script).requires_python


def package_dirs(name: str, source: bytes) -> Iterable[tuple[str, str]]:
    """Which folder is which package, by the text of a setup.cfg or a setup.py; "" is the root of all."""
    if name == "setup.py":
        from import_customs.project.dialects import setup_py

        return setup_py.read(source).package_dirs
    parser = _parsed(source.decode("utf-8", "replace"))
    stated = "" if isinstance(parser, str) else parser.get("options", "package_dir", fallback="")
    pairs = (line.partition("=") for line in (stated.split("\n") if "\n" in stated else stated.split(",")))
    return ((package.strip(), place.strip()) for package, sign, place in pairs if sign)


def _options(text: str) -> list[tuple[str, Place]] | str:
    """The values of a setup.cfg that state requirements, each with its place; why it cannot be read, as a text."""
    parser = _parsed(text)
    if isinstance(parser, str):
        return parser
    places = [("options", option, place) for option, place in _SETUP_ARGUMENTS.items()]
    if parser.has_section("options.extras_require"):
        extras = parser.options("options.extras_require")
        places.extend(("options.extras_require", extra, Place("extra", normalized(extra))) for extra in extras)
    return [(parser.get(*at), place) for *at, place in places if parser.has_option(*at)]


@lru_cache(maxsize=1)  # asked for the dependencies, for their files, the Pythons and the folders
def _parsed(text: str) -> "ConfigParser | str":
    if len(text) > _LARGEST:
        return f"it is larger than {_LARGEST // 1024} KiB"
    from configparser import ConfigParser, Error  # 8 ms; only where metadata stands there

    parser = ConfigParser(interpolation=None, strict=False)
    try:
        parser.read_string(text)
    except Error as error:
        return str(error).splitlines()[0]
    return parser
