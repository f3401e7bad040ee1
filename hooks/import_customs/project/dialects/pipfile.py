"""Pipenv's Pipfile. It declares only where no pyproject.toml states dependencies.

Source: Pipenv's documentation, "Pipfile & Pipfile.lock" (package categories) and "Specifiers".
"""

from __future__ import annotations

import posixpath

from import_customs.model import RUNTIME, Declaration, Place, Tree, Unread
from import_customs.model.requirement import is_name, normalized
from import_customs.model.toml import Document, parse
from import_customs.project.declarations import DeclaredList, extras_of
from import_customs.project.dialects.dialect import joined, slashed
from import_customs.project.dialects.requirements_file import name_there

PIPFILE = "Pipfile"
_SETTINGS = frozenset({"source", "requires", "scripts", "pipenv"})  # every other table is a category of packages
_PLACES = {"packages": RUNTIME, "dev-packages": Place("group", "dev")}
_ELSEWHERE = ("git", "path", "file", "url", "index", "hg", "svn", "bzr")  # keys that say where a package comes from


def read_pipfile(tree: Tree, path: str) -> DeclaredList:
    """What the Pipfile at this path declares. Raises CheckError where it is no TOML or not of Pipenv's form."""
    document = parse(tree.read(path) or b"", path)
    found = DeclaredList([], [], [])
    for table in document.table:
        if table not in _SETTINGS:
            place = _PLACES.get(table, Place("group", normalized(table)))
            for name, wanted in document.get(table, dict).items():
                _declare(found, tree, document, table, place, name, wanted)
    return found


def requires_python(tree: Tree, path: str) -> str:
    """The Pythons of its table `requires`, as a specifier; "" where it names none."""
    requires = parse(tree.read(path) or b"", path).get("requires", dict)
    full, minor = requires.get("python_full_version"), requires.get("python_version")
    if isinstance(full, str):
        return f"=={full}"
    return f"=={minor}.*" if isinstance(minor, str) and minor.count(".") == 1 else ""


def _declare(
    found: DeclaredList, tree: Tree, document: Document, table: str, place: Place, name: str, wanted: object
) -> None:
    """Add what one entry declares; one that is called as no package can be is noted as lacking.

    By its path a project is installed under its own name: Pipenv has made names like "e1839a8" for it.
    """
    line = document.line_of_key(name, table)
    if not is_name(name):
        found.lacking.append(Unread(document.path, line, f"not the name of a package: {name!r}"))
        return
    if not isinstance(wanted, dict):
        found.declarations.append(Declaration(normalized(name), (), "", place, document.path, line))
        return
    marker = wanted.get("markers")
    folder = wanted.get("path")
    there = joined(posixpath.dirname(document.path), slashed(folder)) if isinstance(folder, str) else None
    found.declarations.append(
        Declaration(
            normalized((name_there(tree, there) if there is not None else None) or name),
            extras_of(document, f"{table}.{name}", wanted),
            marker if isinstance(marker, str) else "",
            place,
            document.path,
            line,
            folder=there,
            is_elsewhere=any(key in wanted for key in _ELSEWHERE),
        )
    )
