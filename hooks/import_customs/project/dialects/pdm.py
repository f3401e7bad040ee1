"""PDM. Sources: its documentation, "Manage dependencies", "Build configuration", and `pdm add`."""

from __future__ import annotations

from import_customs.model import Place, WritablePlace
from import_customs.model.requirement import normalized
from import_customs.model.toml import at, strings
from import_customs.project.declarations import DeclaredList, declare_list
from import_customs.project.dialects.dialect import (
    Dialect,
    ProjectFiles,
    absent_modules,
    always,
    both_without_project_table,
    places_below,
    table_at,
)
from import_customs.project.dialects.standard_tables import writable_lists

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from import_customs.model.requirement import Name
    from import_customs.project.dialects.dialect import Tables

_DEV = ("tool", "pdm", "dev-dependencies")


def declared_lists(files: ProjectFiles) -> Iterator[DeclaredList]:
    """The groups of development dependencies: requirements and editable lines."""
    keys = ".".join(_DEV)
    for group in files.document.get(keys, dict):
        listed, place = files.document.get(keys, list, group), Place("group", normalized(group))
        yield declare_list(files.document, f"{keys}.{group}", listed, place, may_be_editable=True)


def source_roots(files: ProjectFiles) -> Iterator[str]:
    """The folder that the build backend takes packages from."""
    return strings(at(files.document.table, "tool.pdm.build.package-dir"))


def built_modules(files: ProjectFiles) -> Iterator[str]:
    """The packages that are named in that folder and are not there."""
    build = table_at(files.document.table, "tool", "pdm", "build")
    for root in strings(build.get("package-dir")):
        yield from absent_modules(files, root, places_below(root, strings(build.get("includes"))))


def build_scripts(files: ProjectFiles) -> Iterator[str]:
    """The custom hook and the script that takes the part of setup.py."""
    build = table_at(files.document.table, "tool", "pdm", "build")
    yield from strings(build.get("custom-hook", "pdm_build.py"))
    yield from strings(build.get("setup-script"))


def elsewhere(files: ProjectFiles) -> Iterator[Name]:
    """The packages that a source is asked for by name."""
    sources = at(files.document.table, "tool.pdm.source")
    for source in sources if isinstance(sources, list) else ():
        yield from map(normalized, strings(at(source, "include_packages")))


def writable_places(tables: Tables) -> Iterator[WritablePlace]:
    """The groups of development dependencies."""
    return writable_lists(tables, _DEV, "group")


def new_group(tables: Tables, name: str) -> WritablePlace | None:
    """One beside the groups that are there."""
    if "dev-dependencies" not in table_at(tables, "tool", "pdm"):
        return None
    return WritablePlace(Place("group", normalized(name)), (*_DEV, name), "list")


DIALECT = Dialect(
    states_project=always,
    declared_lists=declared_lists,
    stated_keys=both_without_project_table,
    source_roots=source_roots,
    built_modules=built_modules,
    build_scripts=build_scripts,
    elsewhere=elsewhere,
    writable_places=writable_places,
    new_group=new_group,
    add={
        "lock": "pdm lock --update-reuse",  # without it all versions are new
        "runtime": "pdm add",
        "group": "pdm add -dG {}",
        "extra": "pdm add -G {}",
    },
)
