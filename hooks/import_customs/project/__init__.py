"""The state of the files in, out what a project declares and where its own modules stand."""

from typing import NamedTuple

from import_customs.project import config, source_roots, standards
from import_customs.project.config import Config
from import_customs.project.declaration import Declaration
from import_customs.project.document import Document, parse
from import_customs.project.requirement import Name, normalized
from import_customs.tree import Listing, Tree

FILE_NAME = "pyproject.toml"
DECLARING = (FILE_NAME,)  # names of files that carry declarations
_TOOLS = ("uv", "poetry", "pdm")


class Project(NamedTuple):
    """The tree governed by one pyproject.toml."""

    path: str  # of its pyproject.toml, from the repository's root
    name: Name  # normalized, "" where none is said
    folder: str  # that file's folder; "" is the root
    requires_python: str  # "" where nothing is said
    declarations: tuple[Declaration, ...]
    declared: frozenset[Name]  # the names of all declarations
    source_roots: tuple[str, ...]  # folders from the repository's root, the likeliest first
    has_build_system: bool
    config: Config
    tool: str | None  # "uv", "poetry", "pdm": what visibly manages it
    unread: str  # why its declarations cannot all be read; "" where they are
    warnings: tuple[str, ...]


NONE = Project(  # declares nothing
    path="",
    name=Name(""),
    folder="",
    requires_python="",
    declarations=(),
    declared=frozenset(),
    source_roots=("", "src"),
    has_build_system=False,
    config=Config(),
    tool=None,
    unread="",
    warnings=(),
)


def nearest(tree: Tree, folder: str, cache: dict[str, Project | None]) -> Project | None:
    """The project that governs the files of `folder`: the nearest pyproject.toml above them that states one.

    `cache` keeps the answer by folder. Raises CheckError where that file cannot be read.
    """
    if folder not in cache:
        found = load(tree, folder) if FILE_NAME in tree.listing(folder) else None
        cache[folder] = found or (nearest(tree, folder.rpartition("/")[0], cache) if folder else None)
    return cache[folder]


def load(tree: Tree, folder: str) -> Project | None:
    """The project that the folder's pyproject.toml states; None where it states none."""
    path = f"{folder}/{FILE_NAME}" if folder else FILE_NAME
    source = tree.read(path)
    if source is None:
        return None
    document = parse(source, path)
    beside = tree.listing(folder)
    if not _states_project(document) and not {"setup.py", "setup.cfg"} & beside.keys():
        return None
    found = standards.read(document)
    settings = config.read(document)
    return Project(
        path=path,
        name=normalized(document.get("project.name", str)),
        folder=folder,
        requires_python=document.get("project.requires-python", str),
        declarations=tuple(found.declarations),
        declared=frozenset(declaration.name for declaration in found.declarations),
        source_roots=source_roots.read(document, folder, settings.source_roots),
        has_build_system="build-system" in document.table,
        config=settings,
        tool=_tool(document, beside),
        unread=_unread(document),
        warnings=tuple(found.warnings),
    )


def _states_project(document: Document) -> bool:
    tool = document.get("tool", dict)
    return any(table in document.table for table in ("project", "dependency-groups")) or "poetry" in tool


def _unread(document: Document) -> str:
    dynamic = document.get("project.dynamic", list)
    named = [key for key in ("dependencies", "optional-dependencies") if key in dynamic]
    if named:
        return f"`dynamic` leaves {' and '.join(named)} to the build backend"
    if "project" not in document.table and "dependency-groups" not in document.table:
        return "it has neither [project] nor [dependency-groups]"
    return ""


def _tool(document: Document, beside: Listing) -> str | None:
    """The tool that visibly manages the project: by its lock file, else by its table."""
    tables = document.get("tool", dict)
    locked = [tool for tool in _TOOLS if f"{tool}.lock" in beside]
    return next(iter([*locked, *(tool for tool in _TOOLS if tool in tables)]), None)
