"""The tables of a pyproject.toml in, out the folders that its own modules are imported from.

Sources: the documentation of setuptools (package-dir, packages.find), hatch (sources), poetry (packages), pdm, flit,
maturin, uv-build, pytest (pythonpath), mypy (mypy_path), pyright (extraPaths), ty, pyrefly and ruff (src).
"""

import posixpath
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
_MYPY_SEPARATORS = str.maketrans(",:", "  ")


def read(document: Document, tree: Tree, folder: str, configured: tuple[str, ...]) -> tuple[str, ...]:
    """Folders from the repository's root, each once: the project's own, its `src`, and what the tables name.

    `configured` are those that [tool.import-customs] names, from the project's folder.

    What lies outside the repository is left out.
    """
    named = [".", "src", *configured, *_folders(document), *_mypy(document), *_setuptools(document), *_hatch(document)]
    named.extend([*_poetry(document), *_pytest(tree, folder)])
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


def _setuptools(document: Document) -> Iterator[str]:
    """`package-dir` maps packages to folders: "" to the root of all, "a.b" to the folder that is a.b."""
    folders = _at(document, "tool.setuptools.package-dir")
    for package, folder in folders.items() if isinstance(folders, dict) else ():
        if isinstance(folder, str):
            parts = package.split(".") if package else []
            ends_so = parts and folder.replace("\\", "/").split("/")[-len(parts) :] == parts
            yield "/".join(folder.split("/")[: -len(parts)]) or "." if ends_so else folder


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
    """The modules that Hatch's wheel holds by its tables and that are not in the folder before it is built."""
    for target in ("", ".targets.wheel"):
        for package in _strings(_at(document, f"tool.hatch.build{target}.packages")):
            if not tree.listing(posixpath.normpath(posixpath.join(folder, package))):
                yield posixpath.basename(package.rstrip("/"))
        included = _at(document, f"tool.hatch.build{target}.force-include")
        for place in _strings(list(included.values()) if isinstance(included, dict) else []):
            if place.strip("/").isidentifier():
                yield place.strip("/")
