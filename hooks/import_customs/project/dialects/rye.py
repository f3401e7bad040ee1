"""Rye. Sources: its documentation, "pyproject.toml", "Workspaces"."""

from __future__ import annotations

from import_customs.model import Place, WritablePlace
from import_customs.project.declarations import DeclaredList, declare_list, without_editable
from import_customs.project.dialects.dialect import BOTH_KEYS, Dialect, ProjectFiles, table_at

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from import_customs.project.dialects.dialect import Tables

_DEV = "tool.rye.dev-dependencies"


def states_project(_: ProjectFiles) -> bool:
    """The table is a project's."""
    return True


def declared_lists(files: ProjectFiles) -> Iterator[DeclaredList]:
    """The development dependencies: requirements and editable lines."""
    listed = [without_editable(line) for line in files.document.get(_DEV, list)]
    yield declare_list(files.document, _DEV, listed, Place("group", "dev"))


def stated_keys(files: ProjectFiles) -> frozenset[str]:
    """Both keys where there is no [project]."""
    return frozenset() if files.has_project_table else BOTH_KEYS


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
    states_project=states_project,
    declared_lists=declared_lists,
    stated_keys=stated_keys,
    members=members,
    writable_places=writable_places,
)
