"""setuptools-dynamic-dependencies: lists that may name the project's own version. Source: its documentation."""

from __future__ import annotations

from import_customs.model import RUNTIME, Place, WritablePlace
from import_customs.model.requirement import normalized
from import_customs.project.declarations import DeclaredList, declare, declare_list
from import_customs.project.dialects.dialect import BOTH_KEYS, Dialect, ProjectFiles, table_at

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from import_customs.model.toml import Document
    from import_customs.project.dialects.dialect import Tables

_TABLE = "setuptools_dynamic_dependencies"
_VERSION = "{version}"


def declared_lists(files: ProjectFiles) -> Iterator[DeclaredList]:
    """The dependencies, if [project] calls them dynamic, and those of each extra."""
    keys = f"tool.{_TABLE}.optional-dependencies"
    if "dependencies" in files.keys_left:
        yield _declared(files.document, f"tool.{_TABLE}", "dependencies", RUNTIME)
    for extra in files.document.get(keys, dict):
        yield _declared(files.document, keys, extra, Place("extra", normalized(extra)))


def _declared(document: Document, table: str, key: str, place: Place) -> DeclaredList:
    keys, listed = f"{table}.{key}", document.get(table, list, key)
    pinned = [text for text in listed if isinstance(text, str) and _VERSION in text]
    found = declare_list(document, keys, [text for text in listed if text not in pinned], place)
    for text in pinned:
        line = document.line_after(document.start_of(keys), text)
        declare(found, text.replace(_VERSION, "0"), place, document.path, line)
    return found


def stated_keys(files: ProjectFiles) -> frozenset[str]:
    """What it states of the two keys that [project] leaves to it."""
    return BOTH_KEYS.intersection(files.document.get(f"tool.{_TABLE}", dict))


def writable_places(tables: Tables) -> Iterator[WritablePlace]:
    """The dependencies."""
    if isinstance(table_at(tables, "tool", _TABLE).get("dependencies"), list):
        yield WritablePlace(RUNTIME, ("tool", _TABLE, "dependencies"), "list")


DIALECT = Dialect(declared_lists=declared_lists, stated_keys=stated_keys, writable_places=writable_places)
