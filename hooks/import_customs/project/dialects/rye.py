"""Rye. Sources: its documentation, "pyproject.toml", "Workspaces"."""

from __future__ import annotations

from import_customs.model import Place, WritablePlace
from import_customs.project.declarations import DeclaredList, declare_list
from import_customs.project.dialects.dialect import Dialect, ProjectFiles, always, both_without_project_table, table_at

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from import_customs.project.dialects.dialect import Tables

_DEV = "tool.rye.dev-dependencies"


def declared_lists(files: ProjectFiles) -> Iterator[DeclaredList]:
    """The development dependencies: requirements and editable lines."""
    listed = files.document.get(_DEV, list)
    yield declare_list(files.document, _DEV, listed, Place("group", "dev"), may_be_editable=True)


def members(files: ProjectFiles) -> list[str]:
    """The members of the workspace: all projects below where none are listed."""
    if "workspace" not in files.document.get("tool.rye", dict):
        return []
    return files.document.strings("tool.rye.workspace.members") or ["**"]


def writable_places(tables: Tables) -> Iterator[WritablePlace]:
    """The development dependencies."""
    if isinstance(table_at(tables, "tool", "rye").get("dev-dependencies"), list):
        yield WritablePlace(Place("group", "dev"), ("tool", "rye", "dev-dependencies"), "list")


DIALECT = Dialect(
    states_project=always,
    declared_lists=declared_lists,
    stated_keys=both_without_project_table,
    members=members,
    writable_places=writable_places,
)
