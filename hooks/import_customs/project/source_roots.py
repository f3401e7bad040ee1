"""The tables of a pyproject.toml in, out the folders that its own modules are imported from.

Sources: the documentation of setuptools (package-dir, packages.find), hatch (sources), poetry (packages), pdm, flit,
maturin, uv-build, pytest (pythonpath), mypy (mypy_path), pyright (extraPaths), ty, pyrefly and ruff (src).
What stands in files beside it is read by settings.
"""

from __future__ import annotations

import posixpath

from import_customs.model.toml import Document, at, parse, strings

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from import_customs.model import Tree

# Dotted keys whose value is a folder or an array of folders.
_FOLDERS = (
    "tool.setuptools.packages.find.where",
    "tool.pdm.build.package-dir",
    "tool.maturin.python-source",
    "tool.uv.build-backend.module-root",
    "tool.pytest.ini_options.pythonpath",
    "tool.pytest.pythonpath",
    "tool.pyrefly.search-path",
    "tool.ty.environment.root",
    "tool.ruff.src",
)

# The files of tools that may name folders too.
_SETTINGS = frozenset(
    "pytest.ini .pytest.ini pytest.toml .pytest.toml tox.ini setup.cfg setup.py mypy.ini .mypy.ini "
    "ruff.toml .ruff.toml ty.toml pyrefly.toml pyrightconfig.json".split()
)
_OF_SETUPTOOLS = frozenset({"setup.cfg", "setup.py"})


def read(document: Document, tree: Tree, folder: str, configured: tuple[str, ...]) -> tuple[str, ...]:
    """Folders from the repository's root, each once: the project's own, its `src`, and what the tables name.

    `configured` are those that [tool.import-customs] names, from the project's folder.

    What lies outside the repository is left out.
    """
    named = [".", "src", *configured, *_folders(document), *_mypy(document), *_setuptools(document, tree, folder)]
    named.extend([*_hatch(document, tree, folder), *_poetry(document), *_scikit_build(document)])
    named.extend([*_pyright(document), *_beside(tree, folder)])
    joined = (posixpath.normpath(posixpath.join(folder, name)) for name in named)
    return tuple(dict.fromkeys("" if path == "." else path for path in joined if not path.startswith(("../", "/"))))


def _folders(document: Document) -> Iterator[str]:
    for keys in _FOLDERS:
        yield from strings(at(document.table, keys))


def _mypy(document: Document) -> Iterator[str]:
    for text in strings(at(document.table, "tool.mypy.mypy_path")):
        from import_customs.project.tool_settings import split  # 0.3 ms; few projects have the key

        yield from split(text)


def _beside(tree: Tree, folder: str) -> Iterator[str]:
    """What the files of tools beside the pyproject.toml name."""
    names = _SETTINGS.intersection(tree.listing(folder))
    if names:
        from import_customs.project import tool_settings  # 0.3 ms; only where there are such files

        yield from tool_settings.folders(tree, folder, sorted(names))


def _pyright(document: Document) -> Iterator[str]:
    for tool in ("pyright", "basedpyright"):
        if table := at(document.table, f"tool.{tool}"):
            from import_customs.project.tool_settings import pyright  # 0.3 ms; few projects have the table

            yield from pyright(table)


def _setuptools(document: Document, tree: Tree, folder: str) -> Iterator[str]:
    for package, place in _package_dirs(document, tree, folder):
        parts = package.split(".") if package else []
        if _ends_so(place, parts):
            yield "/".join(place.split("/")[: -len(parts) or None]) or "."


def _package_dirs(document: Document, tree: Tree, folder: str) -> Iterator[tuple[str, str]]:
    """Which folder is which package, as setuptools is told: "" is the root of all, "a.b" the folder that is a.b."""
    stated = at(document.table, "tool.setuptools.package-dir")
    pairs = list(stated.items()) if isinstance(stated, dict) else []
    names = _OF_SETUPTOOLS.intersection(tree.listing(folder))
    if names:
        from import_customs.project import tool_settings

        pairs.extend(tool_settings.package_dirs(tree, folder, sorted(names)))
    return ((package, place.replace("\\", "/").rstrip("/")) for package, place in pairs if isinstance(place, str))


def _ends_so(place: str, parts: list[str]) -> bool:
    """Whether the folder is called as the package is, and the ones above it as those that the package is in."""
    return not parts or place.split("/")[-len(parts) :] == parts


def _hatch(document: Document, tree: Tree, folder: str) -> Iterator[str]:
    """`packages = ["a/b"]` ships b, found in a; `sources` strips folders from the front, or gives them other names."""
    for build in _builds_of_hatch(document, tree, folder):
        sources = at(build, "sources")
        yield from strings(list(sources) if isinstance(sources, dict) else sources)
        yield from strings(at(build, "dev-mode-dirs"))
        for package in strings(at(build, "packages")):
            yield posixpath.dirname(package.rstrip("/")) or "."


def _builds_of_hatch(document: Document, tree: Tree, folder: str) -> Iterator[Any]:
    """The tables for all targets and for wheels, those of hatch.toml too."""
    builds = [at(document.table, "tool.hatch.build")]
    path = posixpath.join(folder, "hatch.toml")
    if "hatch.toml" in tree.listing(folder) and (source := tree.read(path)) is not None:
        builds.append(at(parse(source, path).table, "build"))
    for build in builds:
        yield from (build, at(build, "targets.wheel"))


def _poetry(document: Document) -> Iterator[str]:
    """`{ include = "a/b" }` may stand for b, found in a."""
    for package in _packages_of_poetry(document):
        yield from strings(package.get("from"))
        include = package.get("include")
        if isinstance(include, str) and "from" not in package and "*" not in include:
            yield posixpath.dirname(include.rstrip("/")) or "."


def _scikit_build(document: Document) -> Iterator[str]:
    """As Hatch's `packages`, also a table of such; `python/` holds them by default. Source: its documentation."""
    packages = at(document.table, "tool.scikit-build.wheel.packages")
    for package in strings(list(packages.values()) if isinstance(packages, dict) else packages):
        yield posixpath.dirname(package.rstrip("/")) or "."
    is_used = str(at(document.table, "build-system.build-backend")).startswith("scikit_build_core")
    if packages is None and (is_used or at(document.table, "tool.scikit-build") is not None):
        yield "python"


def _packages_of_poetry(document: Document) -> Iterator[dict[str, Any]]:
    packages = at(document.table, "tool.poetry.packages")
    return (package for package in (packages if isinstance(packages, list) else ()) if isinstance(package, dict))


def shipped(document: Document, tree: Tree, folder: str) -> Iterator[str]:
    """The modules that a wheel holds by what tools are told, and no folder that is called so before it is built."""
    for package, place in _package_dirs(document, tree, folder):
        if not _ends_so(place, package.split(".") if package else []):
            yield package
    yield from _built(document, tree, folder)
    for build in _builds_of_hatch(document, tree, folder):
        for package in strings(at(build, "packages")):
            if not tree.listing(posixpath.normpath(posixpath.join(folder, package))):
                yield posixpath.basename(package.rstrip("/"))
        yield from (place for place in _values(at(build, "force-include")) if place.isidentifier())
        yield from (place.replace("/", ".") for place in _values(at(build, "sources")) if place)
    for shipped_so in _packages_of_poetry(document):
        yield from (place.strip("/").replace("/", ".") for place in strings(shipped_so.get("to")))


def _built(document: Document, tree: Tree, folder: str) -> Iterator[str]:
    """The modules that are made of other languages: maturin's, in a package that it makes, and setuptools'."""
    yield from (name.partition(".")[0] for name in strings(at(document.table, "tool.maturin.module-name")))
    extensions = at(document.table, "tool.setuptools.ext-modules")
    for extension in extensions if isinstance(extensions, list) else ():
        yield from strings(at(extension, "name"))
    if "setup.py" in tree.listing(folder):
        from import_customs.project import tool_settings

        yield from tool_settings.extensions(tree, folder)


def _values(table: Any) -> Iterator[str]:
    """The places in the wheel that a table gives to what is in the folder."""
    return (place.strip("/") for place in strings(list(table.values()) if isinstance(table, dict) else []))
