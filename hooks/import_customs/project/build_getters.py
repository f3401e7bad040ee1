"""Tell what the build imports to ask it something, such as the version, or to run it as a command.

Only findings get here. Sources: the documentation of PDM ("Dynamic project version"), Hatch ("Code version source") and
setuptools ("Configuring setuptools using pyproject.toml files", and "… setup.cfg files"); the README of
hatch-jupyter-builder, "build-function".
"""

import posixpath
from collections.abc import Iterator, Sequence

from import_customs.model import PYPROJECT, Tree
from import_customs.model.later import re
from import_customs.model.source_text import is_file, what_can_be_read
from import_customs.model.toml import at, parse, strings
from import_customs.project.dialects.dialect import paths_of_module, table_at
from import_customs.project.tool_settings import parse_ini, value_of_ini

_LITERAL = r"""^{}[ \t]*(?::[^=\n]+)?=[ \t]*["'(\d]"""  # setuptools reads this as text, and imports nothing


def files_asked(tree: Tree, path: str, source_roots: Sequence[str]) -> Iterator[str]:
    """The files of the repository that the build imports for what they say; `path` states the project."""
    folder, _, name = path.rpartition("/")
    source = tree.read(path) if name == PYPROJECT else None
    tables = parse(source, path).table if source is not None else {}
    config = what_can_be_read(tree, posixpath.join(folder, "setup.cfg")) if "setup.cfg" in tree.listing(folder) else b""
    version = table_at(tables, "tool", "hatch", "version")
    if version.get("source") == "code":
        yield from (posixpath.join(folder, one) for one in strings(version.get("path")))
    roots = dict.fromkeys((folder, *source_roots))
    for module, attribute in _asked(tables, config):
        files = (posixpath.join(root, one) for root in roots for one in paths_of_module(module))
        file = next((one for one in files if is_file(tree, one)), None)
        if file and not (attribute and _is_literal(what_can_be_read(tree, file), attribute)):
            yield file


def _asked(tables: dict[str, object], config: bytes) -> Iterator[tuple[str, str]]:
    """Modules, each with the attribute that is read as text if it is a literal; "" where the module is run anyhow."""
    version = table_at(tables, "tool", "pdm", "version")
    if version.get("source") == "call":
        yield from ((one.partition(":")[0], "") for one in strings(version.get("getter")))
    attributes = list(strings(at(tables, "tool.setuptools.dynamic.version.attr")))
    commands = [one for value in table_at(tables, "tool", "setuptools", "cmdclass").values() for one in strings(value)]
    build = table_at(tables, "tool", "hatch", "build")
    hooking = [build, *table_at(build, "targets").values()]
    hooks = [hook for table in hooking for hook in table_at(table, "hooks").values()]
    commands += [one for hook in hooks for one in strings(at(hook, "build-function"))]
    parser = parse_ini(config.decode("utf-8", "replace")) if b"attr:" in config or b"cmdclass" in config else ""
    if not isinstance(parser, str):
        stated = value_of_ini(parser, "metadata", "version")
        attributes += [stated.partition("attr:")[2].strip()] if "attr:" in stated else []
        lines = value_of_ini(parser, "options", "cmdclass").split("\n")
        commands += [line.partition("=")[2].strip() for line in lines if "=" in line]
    yield from ((module, name) for one in attributes for module, _, name in [one.rpartition(".")] if module)
    yield from ((module, "") for one in commands for module, _, _ in [one.rpartition(".")] if module)


def _is_literal(source: bytes, attribute: str) -> bool:
    return re.search(_LITERAL.format(re.escape(attribute)).encode(), source, re.MULTILINE) is not None
