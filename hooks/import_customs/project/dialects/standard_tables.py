"""The standard tables: [project], [dependency-groups], [build-system].

Sources: the pyproject.toml specification, PEP 621, PEP 735 (dependency groups), PEP 518 (build-system), PEP 794.
"""

from __future__ import annotations

import posixpath

from import_customs.model import BUILD, RUNTIME, LocalProject, Place, Unread, WritablePlace
from import_customs.model.later import re
from import_customs.model.requirement import normalized
from import_customs.model.toml import strings
from import_customs.project.declarations import DeclaredList, declare_list, declare_table
from import_customs.project.dialects.dialect import (
    BOTH_KEYS,
    SETUPTOOLS_FILES,
    Dialect,
    ProjectFiles,
    paths_of_module,
    table_at,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Literal

    from import_customs.model.toml import Document
    from import_customs.project.dialects.dialect import Tables

# A location in a requirement: below the project, as PDM and Hatch write it, or absolute.
_LOCATION = r"""(?:file:///?\$\{PROJECT_ROOT\}|\{root:uri\})/([^"'\s#;]+)|file://(?:localhost)?/([^"'\s#;$]+)"""
GROUPS, EXTRAS = ("dependency-groups",), ("project", "optional-dependencies")


def states_project(files: ProjectFiles) -> bool:
    """[project] and [dependency-groups] are a project's."""
    return files.has_project_table or "dependency-groups" in files.document.table


def distribution_name(files: ProjectFiles) -> str:
    """What [project] says."""
    return str(files.document.get("project.name", str))


def declared_lists(files: ProjectFiles) -> Iterator[DeclaredList]:
    """All lists of the standard tables. Raises CheckError where a table is not of the standard's form."""
    document = files.document
    runtime = declare_list(document, "project.dependencies", document.get("project.dependencies", list), RUNTIME)
    build = declare_list(document, "build-system.requires", document.get("build-system.requires", list), BUILD)
    itself = normalized(document.get("project.name", str))
    extras = declare_table(document, "project.optional-dependencies", "extra")
    for one in (runtime, *extras, *_groups(document), build):
        # what names the project's own extras declares what they list, and not the project
        found = [declared for declared in one.declarations if declared.name != itself or not declared.extras]
        yield DeclaredList(found, one.warnings, one.lacking)


def _groups(document: Document) -> Iterator[DeclaredList]:
    groups = document.get("dependency-groups", dict)
    names = {normalized(group) for group in groups}
    for group in groups:
        entries = document.get("dependency-groups", list, group)
        listed = [entry for entry in entries if not _is_include(entry)]
        found = declare_list(document, f"dependency-groups.{group}", listed, Place("group", normalized(group)))
        line = document.line_of(group, "dependency-groups")
        found.lacking.extend(
            Unread(document.path, line, f"group `{group}` includes `{entry['include-group']}`, which is no group here")
            for entry in entries
            if _is_include(entry) and normalized(entry["include-group"]) not in names
        )
        yield found


def _is_include(entry: object) -> bool:
    return isinstance(entry, dict) and list(entry) == ["include-group"] and isinstance(entry["include-group"], str)


def is_application(files: ProjectFiles) -> bool:
    """Whether there is nothing to build: groups without a project (PEP 735), which need no more to be stated."""
    return not files.has_project_table and "dependency-groups" in files.document.table


def stated_keys(files: ProjectFiles) -> frozenset[str]:
    """Both keys for an application; where setuptools may build it after all, that says so itself."""
    return BOTH_KEYS if is_application(files) and SETUPTOOLS_FILES.isdisjoint(files.beside) else frozenset()


def requires_python(files: ProjectFiles) -> str:
    """What [project] says; "" if that is for Poetry to read."""
    stated = str(files.document.get("project.requires-python", str))
    return "" if is_of_poetry(stated) else stated


def is_of_poetry(stated: str) -> bool:
    """True for Pythons as PEP 440 has no sign for: `^3.12` and `~3.12`, which `poetry init` writes into [project]."""
    return "^" in stated or "|" in stated or "~" in stated.replace("~=", "")


def import_names(document: Document) -> list[str]:
    """The modules of `import-names` of [project]; those of `import-namespaces` are shared. Source: PEP 794."""
    names = document.get("project.import-names", list)
    return [name.partition(";")[0].strip() for name in names if isinstance(name, str) and name.strip()]


def path_sources(files: ProjectFiles) -> Iterator[LocalProject]:
    """What requirements name by a URL into the file system, in whatever table they are."""
    text = files.document.text
    if "file:" in text or "{root:uri}" in text:
        yield from (LocalProject(match[1] or f"/{match[2]}") for match in re.finditer(_LOCATION, text))


def build_scripts(files: ProjectFiles) -> Iterator[str]:
    """setup.py, and a build backend that is in the repository. Source: PEP 517, `backend-path`."""
    yield "setup.py"
    system = table_at(files.document.table, "build-system")
    module = str(system.get("build-backend", "")).partition(":")[0]
    for folder in strings(system.get("backend-path")):
        yield from (posixpath.normpath(posixpath.join(folder, path)) for path in paths_of_module(module))


def writable_places(tables: Tables) -> Iterator[WritablePlace]:
    """The runtime dependencies, which may be missing unless the build backend states them, and the groups."""
    project = tables.get("project")
    if isinstance(project, dict) and ("dependencies" in project or "dependencies" not in project.get("dynamic", ())):
        yield WritablePlace(RUNTIME, ("project", "dependencies"), "list")
    yield from writable_lists(tables, GROUPS, "group")


def writable_extras(tables: Tables) -> Iterator[WritablePlace]:
    return writable_lists(tables, EXTRAS, "extra") if may_have_extras(tables) else iter(())


def may_have_extras(tables: Tables) -> bool:
    """Whether extras stand, or may, in [project]. Source: PEP 621, what is `dynamic` must not be static too."""
    return "project" in tables and "optional-dependencies" not in table_at(tables, "project").get("dynamic", ())


def writable_lists(tables: Tables, keys: tuple[str, ...], kind: Literal["group", "extra"]) -> Iterator[WritablePlace]:
    """The lists of the table at these keys, each a group or an extra of its key's name."""
    for name, listed in table_at(tables, *keys).items():
        if isinstance(listed, list):
            yield WritablePlace(Place(kind, normalized(name)), (*keys, name), "list")


DIALECT = Dialect(
    states_project=states_project,
    distribution_name=distribution_name,
    declared_lists=declared_lists,
    stated_keys=stated_keys,
    requires_python=requires_python,
    path_sources=path_sources,
    build_scripts=build_scripts,
    writable_places=writable_places,
    writable_extras=writable_extras,
)
