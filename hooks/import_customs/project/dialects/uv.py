"""uv.

Sources: its documentation, "Settings", "Managing dependencies", "Using workspaces", "Dependency sources", "The uv build
backend"; its command-line reference, `uv add`. Sources, constraints and overrides declare nothing.
"""

from __future__ import annotations

from import_customs.model import LocalProject, Place, WritablePlace
from import_customs.model.requirement import normalized
from import_customs.model.toml import at, strings
from import_customs.project.declarations import DeclaredList, declare_list
from import_customs.project.dialects.dialect import (
    BOTH_KEYS,
    Dialect,
    ProjectFiles,
    absent_modules,
    path_sources_in,
    table_at,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from import_customs.model.requirement import Name
    from import_customs.project.dialects.dialect import Tables

SOURCES = ("tool", "uv", "sources")  # the table that says where a distribution comes from that no index has
MEMBER_SOURCE = "{ workspace = true }"  # what it says of a member of the workspace
_LOCATIONS = frozenset({"git", "url", "path", "index"})
_DEV = "tool.uv.dev-dependencies"
_BUILD = ("tool", "uv", "build-backend")


def states_project(files: ProjectFiles) -> bool:
    """The development dependencies and a workspace are a project's; most of the table configures uv."""
    return not {"dev-dependencies", "workspace"}.isdisjoint(files.document.get("tool.uv", dict))


def declared_lists(files: ProjectFiles) -> Iterator[DeclaredList]:
    """The development dependencies."""
    yield declare_list(files.document, _DEV, files.document.get(_DEV, list), Place("group", "dev"))


def stated_keys(files: ProjectFiles) -> frozenset[str]:
    """Both keys, where there is nothing to build: neither [project] nor setup.py, as at the root of a workspace."""
    is_whole = states_project(files) and "setup.py" not in files.beside
    return BOTH_KEYS if is_whole and not files.has_project_table else frozenset()


def source_roots(files: ProjectFiles) -> Iterator[str]:
    """The folder that the build backend takes modules from."""
    return strings(at(files.document.table, "tool.uv.build-backend.module-root"))


def built_modules(files: ProjectFiles) -> Iterator[str]:
    """The modules that are not where the build backend takes them from: by default one, named as the project."""
    build, project = (table_at(files.document.table, *keys) for keys in (_BUILD, ("project",)))
    default = (name.lower().replace("-", "_") for name in strings(project.get("name")) if "module-root" in build)
    root = next(strings(build.get("module-root")), "src")
    named = list(strings(build.get("module-name"))) or default
    return absent_modules(files, root, (name.replace(".", "/") for name in named))


def members(files: ProjectFiles) -> Iterator[str]:
    """The members of the workspace."""
    yield from files.document.strings("tool.uv.workspace.members")
    yield from (f"!{glob}" for glob in files.document.strings("tool.uv.workspace.exclude"))


def path_sources(files: ProjectFiles) -> Iterator[LocalProject]:
    return path_sources_in(table_at(files.document.table, *SOURCES))


def elsewhere(files: ProjectFiles) -> Iterator[Name]:
    """What the sources take from git, a URL, a path or an index; members of the workspace are seen as they are."""
    for name, source in table_at(files.document.table, *SOURCES).items():
        sources = source if isinstance(source, list) else [source]
        if any(isinstance(one, dict) and not _LOCATIONS.isdisjoint(one) for one in sources):
            yield normalized(name)


def installed_group(tables: Tables) -> str:
    """The group that uv installs without being asked: the first of `default-groups`, else `dev`."""
    groups = table_at(tables, "tool", "uv").get("default-groups")
    named = [group for group in groups if isinstance(group, str)] if isinstance(groups, list) else []
    return "dev" if "dev" in named or not named else named[0]


def writable_places(tables: Tables) -> Iterator[WritablePlace]:
    """The development dependencies."""
    if isinstance(table_at(tables, "tool", "uv").get("dev-dependencies"), list):
        yield WritablePlace(Place("group", "dev"), ("tool", "uv", "dev-dependencies"), "list")


DIALECT = Dialect(
    states_project=states_project,
    declared_lists=declared_lists,
    stated_keys=stated_keys,
    source_roots=source_roots,
    built_modules=built_modules,
    members=members,
    path_sources=path_sources,
    elsewhere=elsewhere,
    writable_places=writable_places,
    add={
        "lock": "uv lock",
        "runtime": "uv add",
        "group dev": "uv add --dev",
        "group": "uv add --group {}",
        "extra": "uv add --optional {}",
    },
)
