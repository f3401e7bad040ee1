"""The tables of a pyproject.toml in, out the folders that its own modules are imported from.

Sources: the documentation of setuptools (package-dir, packages.find), hatch (sources), poetry (packages), pdm, flit,
maturin, uv-build, pytest (pythonpath), mypy (mypy_path), pyright (extraPaths), ty, pyrefly and ruff (src).
"""

import posixpath
import re
from collections.abc import Iterator
from typing import Any

from import_customs.project.document import Document
from import_customs.tree import Tree

# Dotted keys whose value is a folder or an array of folders.
_FOLDERS = (
    "tool.setuptools.packages.find.where",
    "tool.pdm.build.package-dir",
    "tool.maturin.python-source",
    "tool.uv.build-backend.module-root",
    "tool.pytest.ini_options.pythonpath",
    "tool.pytest.pythonpath",
    "tool.pyright.extraPaths",
    "tool.pyrefly.search-path",
    "tool.ty.environment.root",
    "tool.ruff.src",
)
# Where pytest is told of its folders outside pyproject.toml. Source: pytest's documentation, "Configuration".
_PYTEST = {"pytest.ini": "pytest", ".pytest.ini": "pytest", "tox.ini": "pytest", "setup.cfg": "tool:pytest"}
# What most setup.py and setup.cfg say, which needs no parser: the root is `src`, and nothing else.
_USUAL = (
    rb"""(?m)package_dir\s*+=\s*+(?:\{\s*+(?:""|'')\s*+:\s*+["']src["']\s*+,?+\s*+\}"""  # setup.py
    rb"""|=[ \t]*+src(?=\s*+(?:\Z|^[\w[])))"""  # setup.cfg
)
_MYPY_SEPARATORS = str.maketrans(",:", "  ")


def read(document: Document, tree: Tree, folder: str, configured: tuple[str, ...]) -> tuple[str, ...]:
    """Folders from the repository's root, each once: the project's own, its `src`, and what the tables name.

    `configured` are those that [tool.import-customs] names, from the project's folder.

    What lies outside the repository is left out.
    """
    named = [".", "src", *configured, *_folders(document), *_mypy(document), *_setuptools(document, tree, folder)]
    named.extend([*_hatch(document), *_poetry(document), *_pytest(tree, folder)])
    joined = (posixpath.normpath(posixpath.join(folder, name)) for name in named)
    return tuple(dict.fromkeys("" if path == "." else path for path in joined if not path.startswith(("../", "/"))))


def _at(document: Document, keys: str) -> Any:
    """The value at the dotted keys, None where there is none; the tables of other tools may have any form."""
    value: Any = document.table
    for key in keys.split("."):
        value = value.get(key) if isinstance(value, dict) else None
    return value


def _strings(value: Any) -> Iterator[str]:
    values = value if isinstance(value, list) else [value]
    return (text for text in values if isinstance(text, str))


def _folders(document: Document) -> Iterator[str]:
    for keys in _FOLDERS:
        yield from _strings(_at(document, keys))


def _mypy(document: Document) -> Iterator[str]:
    for text in _strings(_at(document, "tool.mypy.mypy_path")):
        yield from text.replace("$MYPY_CONFIG_FILE_DIR", ".").translate(_MYPY_SEPARATORS).split()


def _setuptools(document: Document, tree: Tree, folder: str) -> Iterator[str]:
    for package, place in _package_dirs(document, tree, folder):
        parts = package.split(".") if package else []
        if _ends_so(place, parts):
            yield "/".join(place.split("/")[: -len(parts) or None]) or "."


def _package_dirs(document: Document, tree: Tree, folder: str) -> Iterator[tuple[str, str]]:
    """Which folder is which package, as setuptools is told: "" is the root of all, "a.b" the folder that is a.b."""
    stated = _at(document, "tool.setuptools.package-dir")
    pairs = list(stated.items()) if isinstance(stated, dict) else []
    for name in ("setup.cfg", "setup.py"):
        there = name in tree.listing(folder)
        source = (tree.read(posixpath.join(folder, name)) if there else None) or b""
        if b"package_dir" in source and b"package_dir" in re.sub(_USUAL, b"", source):
            from import_customs.project import setuptools  # and a parser, 10 ms; only where it may say more

            pairs.extend(setuptools.package_dirs(name, source))
    return ((package, place.replace("\\", "/").rstrip("/")) for package, place in pairs if isinstance(place, str))


def _ends_so(place: str, parts: list[str]) -> bool:
    """Whether the folder is called as the package is, and the ones above it as those that the package is in."""
    return not parts or place.split("/")[-len(parts) :] == parts


def _hatch(document: Document) -> Iterator[str]:
    """`packages = ["a/b"]` ships b, found in a; `sources` strips folders from the front."""
    for target in ("", ".targets.wheel"):
        sources = _at(document, f"tool.hatch.build{target}.sources")
        yield from _strings(list(sources) if isinstance(sources, dict) else sources)
        for package in _strings(_at(document, f"tool.hatch.build{target}.packages")):
            yield posixpath.dirname(package.rstrip("/")) or "."


def _poetry(document: Document) -> Iterator[str]:
    packages = _at(document, "tool.poetry.packages")
    for package in packages if isinstance(packages, list) else ():
        if isinstance(package, dict):
            yield from _strings(package.get("from"))


def _pytest(tree: Tree, folder: str) -> Iterator[str]:
    for name, section in _PYTEST.items():
        if name not in tree.listing(folder):
            continue
        source = tree.read(posixpath.join(folder, name)) or b""
        if b"pythonpath" in source:
            from configparser import ConfigParser, Error  # 12 ms; only where the word is there

            parser = ConfigParser(interpolation=None)
            try:
                parser.read_string(source.decode("utf-8", "replace"))
            except Error:
                continue
            yield from parser.get(section, "pythonpath", fallback="").split()


def shipped(document: Document, tree: Tree, folder: str) -> Iterator[str]:
    """The modules that a wheel of setuptools or Hatch holds by their tables, where no folder is called so before."""
    for package, place in _package_dirs(document, tree, folder):
        if not _ends_so(place, package.split(".") if package else []):
            yield package
    for target in ("", ".targets.wheel"):
        for package in _strings(_at(document, f"tool.hatch.build{target}.packages")):
            if not tree.listing(posixpath.normpath(posixpath.join(folder, package))):
                yield posixpath.basename(package.rstrip("/"))
        included = _at(document, f"tool.hatch.build{target}.force-include")
        for place in _strings(list(included.values()) if isinstance(included, dict) else []):
            if place.strip("/").isidentifier():
                yield place.strip("/")
