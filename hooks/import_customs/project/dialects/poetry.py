"""Poetry 1 and 2.

Sources: its documentation, "The pyproject.toml file", "Managing dependencies", "Dependency specification"; its
command-line reference, `poetry add`.
"""

from __future__ import annotations

import posixpath

from import_customs.model import RUNTIME, Declaration, LocalProject, Place, WritablePlace, upwards
from import_customs.model.requirement import normalized
from import_customs.model.toml import at, strings
from import_customs.project.declarations import DeclaredList, extras_of
from import_customs.project.dialects.dialect import (
    BOTH_KEYS,
    Dialect,
    ProjectFiles,
    absent_modules,
    always,
    path_sources_in,
    table_at,
)
from import_customs.project.dialects.poetry_constraint import marker, specifier
from import_customs.project.module_files import is_package

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from import_customs.model.toml import Document
    from import_customs.project.dialects.dialect import Tables

_POETRY = ("tool", "poetry")
_CONDITIONS = ("markers", "python", "platform")
_LOCATIONS = frozenset({"git", "url", "path", "file", "source"})  # keys that say where a distribution comes from
_PLATFORM = 'sys_platform == "{}"'  # what the key `platform` stands for


def distribution_name(files: ProjectFiles) -> str:
    """What the table says."""
    return str(files.document.get("tool.poetry.name", str))


def declared_lists(files: ProjectFiles) -> Iterator[DeclaredList]:
    """All tables of dependencies. Raises CheckError where one is not of Poetry's form.

    Where `[project] dependencies` lists any, a name that stands only in the table's dependencies is not installed and
    declares nothing. Source: poetry-core, DependencyGroup.
    """
    document = files.document
    if not document.get("project.dependencies", list):
        yield _list(document, "tool.poetry.dependencies", document.get("tool.poetry.dependencies", dict), RUNTIME)
    keys, dev = "tool.poetry.dev-dependencies", Place("group", "dev")
    yield _list(document, keys, document.get(keys, dict), dev)
    for group in document.get("tool.poetry.group", dict):
        table = document.get("tool.poetry.group", dict, group, "dependencies")
        place = Place("group", normalized(group))
        yield _list(document, f"tool.poetry.group.{group}.dependencies", table, place)


def _list(document: Document, keys: str, table: dict[str, Any], place: Place) -> DeclaredList:
    found = DeclaredList([], [], [])
    for name, wanted in table.items():
        if normalized(name) == "python":
            continue
        for one in wanted if isinstance(wanted, list) else [wanted]:
            if not isinstance(one, str | dict):
                raise document.wrong(f"{keys}.{name}", "a string, a table or an array of tables", one)
            conditions: dict[str, Any] = one if isinstance(one, dict) else {}
            extras = extras_of(document, f"{keys}.{name}", conditions)
            line = document.line_of_key(name, keys)
            declaration = Declaration(normalized(name), extras, _marker(conditions), place, document.path, line)
            is_elsewhere = not _LOCATIONS.isdisjoint(conditions)
            found.declarations.append(declaration._replace(is_elsewhere=is_elsewhere))
    return found


def _marker(requirement: dict[str, Any]) -> str:
    """What the keys `markers`, `python` and `platform` ask for together."""
    markers, python, platform = (one if isinstance(one, str) else "" for one in map(requirement.get, _CONDITIONS))
    parts = [f"({markers})" if markers and (python or platform) else markers]
    parts.extend([marker(python), _PLATFORM.format(platform) if platform.isalnum() else ""])
    return " and ".join(part for part in parts if part)


def stated_keys(_: ProjectFiles) -> frozenset[str]:
    """Both keys: Poetry fills in what [project] calls dynamic from its own table."""
    return BOTH_KEYS


def requires_python(files: ProjectFiles) -> str:
    """What [project] says in Poetry's way, else the `python` key, as PEP 440 writes it; "" where there is neither."""
    if stated := str(files.document.get("project.requires-python", str)):
        return specifier(stated) or stated
    wanted = files.document.get("tool.poetry.dependencies", dict).get("python", "")
    constraint = wanted.get("version", "") if isinstance(wanted, dict) else wanted
    return specifier(constraint) if isinstance(constraint, str) else ""


def source_roots(files: ProjectFiles) -> Iterator[str]:
    """`{ include = "a", from = "b" }` is found in b; `{ include = "a/b" }` may stand for b, found in a.

    It does not where a is a package: `app/py.typed` is a file of app.
    """
    for package in _packages(files):
        yield from strings(package.get("from"))
        include = package.get("include")
        if isinstance(include, str) and "from" not in package and "*" not in include:
            folder = posixpath.dirname(include.rstrip("/"))
            if not any(is_package(files.tree, files.path(one)) for one in upwards(folder) if one):
                yield folder or "."


def built_modules(files: ProjectFiles) -> Iterator[str]:
    """The packages that others are put into, and those that are not there; of `acme/**/*.py` that is acme."""
    for package in _packages(files):
        places = list(strings(package.get("to")))
        yield from (place.strip("/").replace("/", ".") for place in places)
        place, glob, _ = next(strings(package.get("include")), "").partition("*")
        if not places and (not glob or place.endswith("/")):
            yield from absent_modules(files, next(strings(package.get("from")), "."), [place])


def _packages(files: ProjectFiles) -> Iterator[dict[str, Any]]:
    packages = at(files.document.table, "tool.poetry.packages")
    return (package for package in (packages if isinstance(packages, list) else ()) if isinstance(package, dict))


def build_scripts(files: ProjectFiles) -> Iterator[str]:
    build = at(files.document.table, "tool.poetry.build")
    yield from strings(build.get("script") if isinstance(build, dict) else build)


def path_sources(files: ProjectFiles) -> Iterator[LocalProject]:
    for table in _tables_of_dependencies(files.document.table):
        yield from path_sources_in(table)


def writable_places(tables: Tables) -> Iterator[WritablePlace]:
    """The tables that are there; the runtime dependencies unless [project] lists them, which Poetry 2 installs then.

    What is called by the table alone has those, though it lists none yet.
    """
    poetry, caret = table_at(tables, *_POETRY), _uses_caret(tables)
    has_list = "dependencies" in poetry and "dependencies" not in table_at(tables, "project")
    if has_list or ("name" in poetry and "project" not in tables):
        yield WritablePlace(RUNTIME, (*_POETRY, "dependencies"), "table", caret)
    for name in table_at(poetry, "group"):
        keys = (*_POETRY, "group", name, "dependencies")
        yield WritablePlace(Place("group", normalized(name)), keys, "table", caret)
    if "dev-dependencies" in poetry:
        yield WritablePlace(Place("group", "dev"), (*_POETRY, "dev-dependencies"), "table", caret)


def new_group(tables: Tables, name: str) -> WritablePlace | None:
    """One of Poetry's own, unless there are standard ones."""
    if "dependency-groups" in tables:
        return None
    keys = (*_POETRY, "group", name, "dependencies")
    return WritablePlace(Place("group", normalized(name)), keys, "table", _uses_caret(tables))


def _uses_caret(tables: Tables) -> bool:
    """Whether a constraint has one: `x = "^1"`, `{ version = "^1" }`, or an array of such."""
    for wanted in (one for table in _tables_of_dependencies(tables) for one in table.values()):
        for one in wanted if isinstance(wanted, list) else [wanted]:
            version = one.get("version") if isinstance(one, dict) else one
            if isinstance(version, str) and version.lstrip().startswith("^"):
                return True
    return False


def _tables_of_dependencies(tables: Tables) -> list[dict[str, Any]]:
    poetry = table_at(tables, *_POETRY)
    groups = [table_at(group, "dependencies") for group in table_at(poetry, "group").values()]
    return [table_at(poetry, "dependencies"), table_at(poetry, "dev-dependencies"), *groups]


PYTHONS = Dialect(requires_python=requires_python)  # of a project that has nothing else of Poetry
DIALECT = Dialect(
    states_project=always,
    distribution_name=distribution_name,
    declared_lists=declared_lists,
    stated_keys=stated_keys,
    requires_python=requires_python,
    source_roots=source_roots,
    built_modules=built_modules,
    build_scripts=build_scripts,
    path_sources=path_sources,
    writable_places=writable_places,
    new_group=new_group,
    add={
        "lock": "poetry lock",
        "runtime": "poetry add",
        "group": "poetry add --group {}",
        "extra": "poetry add --optional {}",
    },
)
