"""Pants: the pants.toml at the repository's root. Source: its documentation, "Source roots" and "source" (options)."""

from __future__ import annotations

import posixpath

from import_customs.model import CheckError
from import_customs.model.later import fnmatchcase
from import_customs.model.toml import at, parse, strings
from import_customs.project.dialects.dialect import Dialect, ProjectFiles
from import_customs.project.tool_settings import read_small

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from import_customs.model import Tree

FILE = "pants.toml"
_DEFAULT = ["/", "src", "src/python", "src/py"]
_DEEPEST = 8
_MOST_FOLDERS = 10_000  # that are looked through for source roots
_NOT_SEARCHED = frozenset({"node_modules", "dist"})
_roots: dict[Tree, list[str]] = {}  # of a tree, whose listings never change: each project of it asks


def source_roots(files: ProjectFiles) -> Iterator[str]:
    """The folders, seen from the project's, that a pattern means, or that hold one of the marker files."""
    if files.tree not in _roots:
        _roots[files.tree] = list(_of_tree(files.tree))
    for folder in _roots[files.tree]:
        yield posixpath.relpath(folder or ".", files.folder or ".")


def _of_tree(tree: Tree) -> Iterator[str]:
    """The folders, seen from the repository's root."""
    try:
        table = parse(read_small(tree, FILE), FILE).table
    except CheckError:
        return
    stated = at(table, "source.root_patterns")
    patterns = [pattern.split("/") for pattern in (_DEFAULT if stated is None else strings(stated))]
    markers = frozenset(strings(at(table, "source.marker_filenames")))
    yield from _matching(tree, patterns, markers)


def _matching(tree: Tree, patterns: list[list[str]], markers: frozenset[str]) -> Iterator[str]:
    """The folders that are source roots. A package holds none."""
    waiting, looked_at = [""], 0
    while waiting and looked_at < _MOST_FOLDERS:
        folder = waiting.pop()
        looked_at += 1
        listing = tree.listing(folder)
        if _is_meant(folder, patterns) or not markers.isdisjoint(listing):
            yield folder
        names = (name for name in listing if listing[name] and not name.startswith(".") and name not in _NOT_SEARCHED)
        inside = (posixpath.join(folder, name) for name in names if folder.count("/") < _DEEPEST)
        waiting += (one for one in inside if not tree.is_link(one) and "__init__.py" not in tree.listing(one))


def _is_meant(folder: str, patterns: list[list[str]]) -> bool:
    """Whether a pattern is the end of the folder's path, or with a leading `/` all of it; `/` is the root."""
    parts = folder.split("/") if folder else []
    for pattern in patterns:
        wanted = [part for part in pattern if part]
        is_whole = pattern[0] == "" and len(wanted) != len(parts)
        if is_whole or len(wanted) > len(parts) or (not wanted and parts):
            continue
        if all(fnmatchcase(part, want) for part, want in zip(parts[len(parts) - len(wanted) :], wanted, strict=True)):
            return True
    return False


DIALECT = Dialect(source_roots=source_roots)
