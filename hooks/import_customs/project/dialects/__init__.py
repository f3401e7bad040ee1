"""A project's documents in, all that it declares out: the standard tables, then those of each tool that are there."""

from __future__ import annotations

import posixpath
from itertools import chain

from import_customs.model import Config, Declaration, LocalProject, Place, Tree
from import_customs.model.toml import Document, parse
from import_customs.model.value import NamedTuple
from import_customs.project.declarations import INVALID, Declared
from import_customs.project.dialects import standard_tables

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from import_customs.project.dialects import requirements_file

# What may stand beside a pyproject.toml and declare for it.
BESIDE = ("setup.cfg", "setup.py", "hatch.toml")
_OF_SETUPTOOLS = frozenset({"setup.cfg", "setup.py"})
_CONFIGURED = Place("group", "requirements")  # the place of what [tool.import-customs] requirements-files declare
_MANAGERS = ("pdm", "uv", "rye", "pixi", "flit")
_STATING = ("poetry", "pdm", "pixi", "rye", "flit")  # tables of tools that state a project without [project]
_STATING_GROUPS = ("uv.dev-dependencies", "hatch.envs")
# What else of a tool's table shows that the pyproject.toml is a project's.
_STATING_KEYS = (*_STATING_GROUPS, "uv.workspace", "import-customs.requirements-files")


class Stated(NamedTuple):
    """All that a project declares."""

    declarations: tuple[Declaration, ...]
    members: tuple[str, ...]  # globs of the members of Hatch's workspaces
    locals: tuple[LocalProject, ...]  # the projects that requirements files name by their places
    unread: str  # why some of it cannot be read; "" where all is
    warnings: tuple[str, ...]


class Hatch(NamedTuple):
    """What the table of Hatch and its own file declare."""

    declared: list[Declared]
    stating: set[str]  # keys of [project] that a metadata hook states
    files: list[tuple[str, Place]]  # requirements files, each with its place
    members: list[str]  # of its workspaces

    @classmethod
    def of(cls, document: Document, tree: Tree, folder: str) -> Hatch:
        """Of the pyproject.toml and the folder's hatch.toml, which says the same without prefix."""
        found = cls([], set(), [], [])
        if "hatch" in document.get("tool", dict):
            found._add(document, "tool.hatch.")
        path = posixpath.join(folder, "hatch.toml")
        if "hatch.toml" in tree.listing(folder) and (source := tree.read(path)) is not None:
            found._add(parse(source, path), "")
        return found

    def _add(self, document: Document, prefix: str) -> None:
        from import_customs.project.dialects import hatch

        hooks = hatch.metadata_hooks(document, prefix)
        self.declared.extend([*hatch.read(document, prefix), *chain.from_iterable(hooks.values())])
        self.stating.update(hooks)
        self.files.extend(hatch.requirements_files(document, prefix))
        self.members.extend(hatch.members(document, prefix))


def states_project(document: Document, tree: Tree, folder: str) -> bool:
    """Whether the pyproject.toml states a project, rather than settings of tools only."""
    tools = document.get("tool", dict)
    standard = any(table in document.table for table in ("project", "dependency-groups"))
    is_stated = (
        standard or any(tool in tools for tool in _STATING) or any(_has(document, keys) for keys in _STATING_KEYS)
    )
    return is_stated or any(name in tree.listing(folder) for name in ("setup.py", "setup.cfg"))


def read(document: Document, tree: Tree, folder: str, config: Config) -> Stated:
    """The declarations of a project. Raises CheckError where a table is not of its tool's form."""
    tools = document.get("tool", dict)
    parts = [standard_tables.read(document)]
    for tool in tools:
        parts.extend(_of_tool(tool, document))
    hatch = Hatch.of(document, tree, folder)
    parts.extend(hatch.declared)
    left = _left_to_the_backend(document)
    stating, found = _of_setuptools(document, tree, folder) if left else (set(), [])
    stating |= hatch.stating
    parts.extend(found)
    if files := _files(document, tree, folder, config, hatch.files):
        from import_customs.project.dialects.requirements_file import read as read_files

        parts.append(read_files(tree, files))
        stating |= _stated_by(tree, files)
    if "poetry" in tools or ("project" not in document.table and _is_stated_by_tools(document, tree, folder)):
        stating |= left
    declarations = tuple(one for part in parts for one in part.declarations)
    return Stated(
        declarations,
        tuple(hatch.members),
        tuple(LocalProject(one.folder, one.name) for one in declarations if one.folder is not None),
        _unread(document, left - stating),
        _condensed([warning for part in parts for warning in part.warnings]),
    )


def _is_stated_by_tools(document: Document, tree: Tree, folder: str) -> bool:
    """Whether a tool's table states what is needed; groups alone do where there is no setup.py, so nothing to build."""
    tables = any(tool in document.get("tool", dict) for tool in _STATING)
    groups = any(_has(document, keys) for keys in _STATING_GROUPS)
    return tables or (groups and "setup.py" not in tree.listing(folder))


def _condensed(warnings: list[str]) -> tuple[str, ...]:
    """The warnings; of several invalid requirements the first, and how many there are."""
    invalid = [warning for warning in warnings if INVALID in warning]
    others = [warning for warning in warnings if INVALID not in warning]
    more = f" (and {len(invalid) - 1} more)" if len(invalid) > 1 else ""
    return (*(f"{warning}{more}" for warning in invalid[:1]), *others)


def _has(document: Document, keys: str) -> bool:
    """Whether the table of a tool has the key: `uv.workspace`."""
    tool, _, key = keys.partition(".")
    return key in document.get("tool", dict, tool)


def _of_tool(tool: str, document: Document) -> Iterable[Declared]:
    """The declarations of one tool's table; a module of a dialect is imported where its table is there."""
    if tool == "poetry":
        from import_customs.project.dialects import poetry

        return [poetry.read(document)]
    if tool in _MANAGERS:
        from import_customs.project.dialects import managers

        return managers.READERS[tool](document)
    return []


def _left_to_the_backend(document: Document) -> set[str]:
    """The keys of [project] that say what is needed, and that something else than [project] states."""
    if "project" not in document.table:
        return {"dependencies"}
    return {"dependencies", "optional-dependencies"}.intersection(document.strings("project.dynamic"))


def _unread(document: Document, missing: set[str]) -> str:
    if not missing:
        return ""
    if "project" not in document.table:
        return "it has no [project] table, which leaves them to the build backend"
    return f"`dynamic` leaves {' and '.join(sorted(missing))} to the build backend"


def _of_setuptools(document: Document, tree: Tree, folder: str) -> tuple[set[str], list[Declared]]:
    """What setup.cfg and setup.py state in place of [project], and which of its keys they state.

    Beside [dependency-groups] alone nothing need be there: that is an application, which nothing builds (PEP 735).
    """
    from import_customs.project.dialects import setuptools

    beside = tree.listing(folder)
    files = [setuptools.setup_cfg(tree, folder) if "setup.cfg" in beside else None]
    files.append(setuptools.setup_py(tree, folder) if "setup.py" in beside else None)
    found = [part for part in files if part is not None]
    is_application = "project" not in document.table and "dependency-groups" in document.table
    is_stated = any(part.states for part in found) or is_application
    is_whole = is_stated and not any(part.computed for part in found)
    stating = {"dependencies", "optional-dependencies"} if is_whole else set()
    return stating, [part.declared for part in found]


def _stated_by(tree: Tree, files: list[requirements_file.Named]) -> set[str]:
    """The keys of [project] that the requirements files state; those that are missing state nothing."""
    there = [file for file in files if posixpath.basename(file.path) in tree.listing(posixpath.dirname(file.path))]
    keys = {"optional-dependencies" if file.place.kind == "extra" else "dependencies" for file in there}
    is_configured = any(file.place == _CONFIGURED for file in there)
    return keys | ({"optional-dependencies"} if is_configured else set())


def _files(
    document: Document, tree: Tree, folder: str, config: Config, of_hatch: list[tuple[str, Place]]
) -> list[requirements_file.Named]:
    """The requirements files that the project's tables name, with who names them."""
    tools = document.get("tool", dict)
    listed = [*((file, _CONFIGURED) for file in config.requirements_files), *of_hatch]
    if "setuptools" in tools:
        from import_customs.project.dialects import setuptools

        listed.extend(setuptools.dynamic_files(document))
    if not _OF_SETUPTOOLS.isdisjoint(tree.listing(folder)) and _left_to_the_backend(document):
        from import_customs.project.dialects import setuptools

        listed.extend(setuptools.setup_cfg_files(tree, folder) if "setup.cfg" in tree.listing(folder) else ())
        listed.extend(setuptools.pbr_files(document, tree, folder))
    if not listed:
        return []
    from import_customs.project.dialects.requirements_file import Named

    return [
        Named(posixpath.normpath(posixpath.join(folder, file)), place, f"{document.path}:{document.line_of(file)}:1:")
        for file, place in listed
    ]
