"""Flit. Source: its documentation, "The pyproject.toml config file", old style metadata; since 3.2 it is [project]."""

from __future__ import annotations

from import_customs.model import RUNTIME, WritablePlace
from import_customs.project.declarations import DeclaredList, declare_list, declare_table
from import_customs.project.dialects.dialect import Dialect, ProjectFiles, always, both_without_project_table, table_at

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from import_customs.project.dialects.dialect import Tables

_METADATA = "tool.flit.metadata"


def distribution_name(files: ProjectFiles) -> str:
    """What the table says, else its module."""
    named: str = files.document.get(f"{_METADATA}.dist-name", str) or files.document.get(f"{_METADATA}.module", str)
    return named


def declared_lists(files: ProjectFiles) -> Iterator[DeclaredList]:
    """The runtime dependencies and the extras."""
    keys = f"{_METADATA}.requires"
    yield declare_list(files.document, keys, files.document.get(keys, list), RUNTIME)
    yield from declare_table(files.document, f"{_METADATA}.requires-extra", "extra")


def requires_python(files: ProjectFiles) -> str:
    """What the table says."""
    return str(files.document.get(f"{_METADATA}.requires-python", str))


def writable_places(tables: Tables) -> Iterator[WritablePlace]:
    """The runtime dependencies where there is no [project]."""
    if "project" not in tables and "requires" in table_at(tables, "tool", "flit", "metadata"):
        yield WritablePlace(RUNTIME, ("tool", "flit", "metadata", "requires"), "list")


DIALECT = Dialect(
    states_project=always,
    distribution_name=distribution_name,
    declared_lists=declared_lists,
    stated_keys=both_without_project_table,
    requires_python=requires_python,
    writable_places=writable_places,
)
