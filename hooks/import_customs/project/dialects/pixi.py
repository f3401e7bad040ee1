"""Pixi, in a pyproject.toml or a pixi.toml of its own. A conda package declares the distribution of its name.

A pixi.toml declares only where no pyproject.toml states dependencies. Source: Pixi's documentation, "Pixi Manifest" and
"pyproject.toml".
"""

from __future__ import annotations

import os
import posixpath

from import_customs.model import RUNTIME, CheckError, Declaration, LocalProject, Place, Tree, Unread, WritablePlace
from import_customs.model.later import cache, pattern
from import_customs.model.requirement import normalized
from import_customs.model.toml import Document, at, parse
from import_customs.project.declarations import DeclaredList, extras_of
from import_customs.project.dialects.dialect import (
    Dialect,
    ProjectFiles,
    always,
    both_without_project_table,
    joined,
    path_sources_in,
    slashed,
    table_at,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from import_customs.project.dialects.dialect import Tables

MANIFEST = "pixi.toml"
_LOCATIONS = frozenset({"git", "url", "path", "index"})  # keys that say where a distribution comes from
_TABLES = ("dependencies", "pypi-dependencies", "host-dependencies", "build-dependencies", "run-dependencies")
_OF_PACKAGE = ("run-dependencies",)  # the others are what its build has
_MINOR = pattern(r"=?=?\s*(\d+\.\d+)(?:\.\*)?")  # conda's `=3.12` is any 3.12
_BOUNDS = pattern(r"(?:(?:[<>!=]=|[<>]|~=)\s*\d+(?:\.\d+)*(?:\.\*)?\s*(?:,\s*|$))+")
_CONDA_PACKAGES = os.path.join(os.path.dirname(os.path.abspath(__file__)), "conda_packages.txt")


def declared_lists(files: ProjectFiles) -> Iterator[DeclaredList]:
    """The tables of dependencies, those of features and targets too."""
    yield from _lists(files.document, ("tool", "pixi"))


def read_pixi(tree: Tree, path: str) -> DeclaredList:
    """What the pixi.toml at this path declares; nothing where it is `unreadable`.

    Raises CheckError where it is not of Pixi's form.
    """
    document = _document(tree, path)
    if isinstance(document, CheckError):
        return DeclaredList([], [], [])
    return DeclaredList([one for found in _lists(document, ()) for one in found.declarations], [], [])


def requires_python(tree: Tree, path: str) -> str:
    """The Pythons of the pixi.toml at this path, as a specifier; "" where it names none, or not plainly."""
    document = _document(tree, path)
    return "" if isinstance(document, CheckError) else _pythons(document, "dependencies.python")


def pythons_of_table(files: ProjectFiles) -> str:
    """Those of its table in a pyproject.toml."""
    return _pythons(files.document, "tool.pixi.dependencies.python")


def _pythons(document: Document, keys: str) -> str:
    wanted = at(document.table, keys)
    if not isinstance(wanted, str):
        return ""
    if minor := _MINOR.fullmatch(wanted.strip()):
        return f"=={minor[1]}.*"
    return wanted if _BOUNDS.fullmatch(wanted.strip()) else ""


def unreadable(tree: Tree, path: str) -> Unread | None:
    """What keeps the pixi.toml at this path from being read: Pixi takes TOML 1.1, with inline tables over lines."""
    document = _document(tree, path)
    if not isinstance(document, CheckError):
        return None
    return Unread(path, document.line or 1, f"stand in a file that is no TOML 1.0 ({document.message})")


def _document(tree: Tree, path: str) -> Document | CheckError:
    try:
        return parse(tree.read(path) or b"", path)
    except CheckError as error:
        return error


def _lists(document: Document, above: tuple[str, ...]) -> Iterator[DeclaredList]:
    """What stands below the table of Pixi, which is the whole document in a file of its own."""
    yield from _lists_below(document, above, RUNTIME)
    for feature in _table(document, *above, "feature"):
        yield from _lists_below(document, (*above, "feature", feature), Place("group", normalized(feature)))


def _lists_below(document: Document, above: tuple[str, ...], place: Place) -> Iterator[DeclaredList]:
    targets = _table(document, *above, "target")
    for path in (above, (*above, "package"), *((*above, "target", target) for target in targets)):
        for table in _TABLES if path[-1:] != ("package",) else _OF_PACKAGE:
            keys, found = ".".join((*path, table)), []
            for name, wanted in _table(document, *path, table).items():
                distribution = normalized(name)
                if not table.startswith("pypi"):
                    distribution = normalized(_conda_packages().get(distribution, distribution))
                if name == "python" or not distribution:
                    continue
                extras = extras_of(document, f"{keys}.{name}", wanted) if isinstance(wanted, dict) else ()
                line = document.line_of_key(name, keys)
                is_elsewhere = isinstance(wanted, dict) and not _LOCATIONS.isdisjoint(wanted)
                declaration = Declaration(distribution, extras, "", place, document.path, line)
                folder = None if above[:1] == ("tool",) else _folder(document, wanted)  # `path_sources` has the others
                found.append(declaration._replace(is_elsewhere=is_elsewhere, folder=folder))
            yield DeclaredList(found, [], [])


@cache
def _conda_packages() -> dict[str, str]:
    """The distributions in conda packages of another name; "" for a package without Python."""
    with open(_CONDA_PACKAGES, encoding="utf-8") as table:
        rows = [line.partition(" ") for line in table.read().splitlines() if not line.startswith("#")]
    return {conda: distribution for conda, _, distribution in rows}


def _table(document: Document, first: str, *others: str) -> dict[str, Any]:
    found: dict[str, Any] = document.get(first, dict, *others)
    return found


def _folder(document: Document, wanted: object) -> str | None:
    """The folder of the local project that an entry names by its path, from the repository's root."""
    path = at(wanted, "path")
    return joined(posixpath.dirname(document.path), slashed(path)) if isinstance(path, str) else None


def path_sources(files: ProjectFiles) -> Iterator[LocalProject]:
    """The distributions with a path."""
    pixi = table_at(files.document.table, "tool", "pixi")
    for feature in (pixi, *table_at(pixi, "feature").values()):
        for part in (feature, *table_at(feature, "target").values()):
            yield from path_sources_in(table_at(part, "pypi-dependencies"))


def writable_places(tables: Tables) -> Iterator[WritablePlace]:
    """The distributions where there is no [project]."""
    if "project" not in tables and "pypi-dependencies" in table_at(tables, "tool", "pixi"):
        yield WritablePlace(RUNTIME, ("tool", "pixi", "pypi-dependencies"), "table")


DIALECT = Dialect(
    states_project=always,
    declared_lists=declared_lists,
    stated_keys=both_without_project_table,
    requires_python=pythons_of_table,
    path_sources=path_sources,
    writable_places=writable_places,
)
