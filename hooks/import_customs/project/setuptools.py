"""What setuptools is told of dependencies outside [project]: its tables, setup.cfg, and literal lists in setup.py.

setup.py is read by its syntax and never run. Sources: setuptools' documentation, "Configuring setuptools using
pyproject.toml files" (dynamic metadata) and "Configuring setuptools using setup.cfg files".
"""

import posixpath
from collections.abc import Iterator
from typing import Any

from import_customs.project.declaration import RUNTIME, Declared, add
from import_customs.project.document import Document
from import_customs.project.requirement import normalized
from import_customs.tree import Tree

_SETUP_ARGUMENTS = {"install_requires": RUNTIME, "setup_requires": "build", "tests_require": "extra test"}


def dynamic_files(document: Document) -> list[tuple[str, str]]:
    """The requirements files of [tool.setuptools.dynamic], each with the place that it declares for."""
    table = document.get("tool.setuptools.dynamic", dict)
    found = [(file, RUNTIME) for file in _files(table.get("dependencies"))]
    extras = table.get("optional-dependencies")
    for extra, told in extras.items() if isinstance(extras, dict) else ():
        found.extend((file, f"extra {normalized(extra)}") for file in _files(told))
    return found


def setup_cfg(tree: Tree, folder: str) -> Declared | None:
    """The declarations of the folder's setup.cfg; None where it has none of them."""
    path = posixpath.join(folder, "setup.cfg")
    source = tree.read(path)
    if source is None:
        return None
    from configparser import ConfigParser, Error  # 12 ms; only where metadata stands there

    parser = ConfigParser(interpolation=None)
    text = source.decode("utf-8", "replace")
    try:
        parser.read_string(text)
    except Error as error:
        return Declared([], [f"{path}: cannot be read: {str(error).splitlines()[0]}"])
    found, stated = Declared([], []), False
    for section, option, place in _options(parser):
        stated = True
        for line in parser.get(section, option).splitlines():
            requirement = line.partition(" #")[0].strip()
            if requirement and not requirement.startswith(("#", "file:")):
                number = text.count("\n", 0, max(text.find(requirement), 0)) + 1
                add(found, requirement, place, path, number)
    return found if stated else None


def setup_cfg_files(tree: Tree, folder: str) -> list[tuple[str, str]]:
    """The requirements files that `install_requires = file:` of the folder's setup.cfg names, with their place."""
    text = (tree.read(posixpath.join(folder, "setup.cfg")) or b"").decode("utf-8", "replace")
    lines = (line.partition("=") for line in text.splitlines() if "file:" in line and "require" in line)
    return [(file.strip(), RUNTIME) for _, _, value in lines for file in value.partition("file:")[2].split(",")]


def setup_py(tree: Tree, folder: str) -> Declared | None:
    """The declarations of literal lists in the folder's setup.py; None where it has none of them."""
    path = posixpath.join(folder, "setup.py")
    source = tree.read(path)
    if source is None:
        return None
    import ast  # 10 ms

    try:
        tree_of_setup = ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None
    names = {
        target.id: node.value
        for node in tree_of_setup.body
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    found, stated = Declared([], []), False
    for call in ast.walk(tree_of_setup):
        is_setup = isinstance(call, ast.Call) and getattr(call.func, "attr", getattr(call.func, "id", "")) == "setup"
        for keyword in call.keywords if is_setup and isinstance(call, ast.Call) else ():
            for place, text, line in _literal(keyword.arg or "", keyword.value, names):
                stated = True
                add(found, text, place, path, line)
    return found if stated else None


def _files(told: Any) -> list[str]:
    files = told.get("file") if isinstance(told, dict) else None
    return [files] if isinstance(files, str) else [file for file in files or () if isinstance(file, str)]


def _options(parser: Any) -> Iterator[tuple[str, str, str]]:
    for option, place in _SETUP_ARGUMENTS.items():
        if parser.has_option("options", option):
            yield "options", option, place
    if parser.has_section("options.extras_require"):
        for extra in parser.options("options.extras_require"):
            yield "options.extras_require", extra, f"extra {normalized(extra)}"


def _literal(argument: str, value: Any, names: dict[str, Any]) -> Iterator[tuple[str, str, int]]:
    """The place, text and line of each literal requirement of an argument to setup()."""
    import ast

    value = names.get(value.id, value) if isinstance(value, ast.Name) else value
    if argument in _SETUP_ARGUMENTS and isinstance(value, ast.List | ast.Tuple):
        for element in value.elts:
            if isinstance(element, ast.Constant) and isinstance(element.value, str):
                yield _SETUP_ARGUMENTS[argument], element.value, element.lineno
    if argument == "extras_require" and isinstance(value, ast.Dict):
        for extra, listed in zip(value.keys, value.values, strict=True):
            name = extra.value if isinstance(extra, ast.Constant) else "all"
            for _, text, line in _literal("install_requires", listed, names):
                yield f"extra {normalized(str(name))}", text, line
