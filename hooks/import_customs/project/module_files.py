"""Tell which files and folders of a folder are modules: sources, stubs, compiled ones, and what protoc makes."""

from __future__ import annotations

import posixpath
from itertools import takewhile

from import_customs.model import PYPROJECT, upwards
from import_customs.project.dialects.dialect import joined

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from import_customs.model import Tree

STUB = ".pyi"
_SOURCE = (".py", ".pyx", STUB)
_COMPILED = (".so", ".pyd")  # after a tag: `m.cpython-313-x86_64-linux-gnu.so`
RUNNABLE = (".py", ".pyx", *_COMPILED)
# What protoc adds to a file's name: by itself, and by the plug-ins of gRPC, grpclib and Connect.
GENERATED = ("_pb2", "_pb2_grpc", "_grpc", "_connect")
_DEEPEST = 8  # folders below a folder that are looked through for Python files
# What was seen in the folders of a tree, whose listings never change: a folder may hold thousands of names.
_compiled: dict[tuple[Tree, str], dict[str, list[str]]] = {}
_packages: dict[tuple[Tree, str], bool] = {}
_stems_in: dict[tuple[Tree, str], frozenset[str]] = {}
_held_directly: dict[tuple[Tree, str, tuple[str, ...]], bool] = {}


def is_package(tree: Tree, folder: str) -> bool:
    if (tree, folder) not in _packages:
        _packages[tree, folder] = bool(module_files(tree, folder, "__init__"))
    return _packages[tree, folder]


def but_packages(tree: Tree, folder: str, named: Iterable[str], *, but_projects: bool = True) -> Iterator[str]:
    """The folders, named from this one, that are no packages: by one of these a linter's user means its own name.

    Nor of another project, which is to be declared: a linter puts nothing on sys.path.
    """
    for name in named:
        path = joined(folder, name)
        above = takewhile(lambda one: one != folder, upwards(path)) if but_projects else ()
        if not is_package(tree, path) and not any(_is_of_project(tree, one) for one in above):
            yield name


def _is_of_project(tree: Tree, folder: str) -> bool:
    source = tree.read(posixpath.join(folder, PYPROJECT)) if PYPROJECT in tree.listing(folder) else None
    return source is not None and any(table in source for table in (b"[project]", b"[tool.poetry]"))


def module_files(tree: Tree, folder: str, module: str) -> list[str]:
    """The files of a folder that are the module."""
    listing = tree.listing(folder)
    sources = [module + suffix for suffix in _SOURCE if listing.get(module + suffix) is False]
    if sources and sources != [module + STUB]:
        return sources
    compiled = _compiled_in(tree, folder).get(module, ())
    return sources + [name for name in compiled if not listing[name]]


def _compiled_in(tree: Tree, folder: str) -> dict[str, list[str]]:
    """The names of a folder that end as compiled modules do, by the module: gone through once, however many ask."""
    if (tree, folder) not in _compiled:
        found: dict[str, list[str]] = {}
        for name in tree.listing(folder):
            if name.endswith(_COMPILED):
                found.setdefault(name.partition(".")[0], []).append(name)
        _compiled[tree, folder] = found
    return _compiled[tree, folder]


def is_made_by_protoc(module: str, files: Collection[str]) -> bool:
    """Whether protoc makes the module of one of these files.

    Sources: protobuf's "Python Generated Code"; grpclib's "Overview"; Connect's documentation for Python.
    """
    ends = (end for end in GENERATED if module.endswith(end))
    return any(f"{module.removesuffix(end)}.proto" in files for end in ends)


def stems(tree: Tree, folder: str) -> frozenset[str]:
    """The names in a folder up to their first dots. Going through it notes none of its files (`tree.Noted`)."""
    if (tree, folder) not in _stems_in:
        _stems_in[tree, folder] = frozenset(name.partition(".")[0] for name in tree.listing(folder))
    return _stems_in[tree, folder]


def holds_directly(tree: Tree, folder: str, suffixes: tuple[str, ...]) -> bool:
    """Whether a file with one of the suffixes, or a package with one, is right in the folder."""
    if (tree, folder, suffixes) not in _held_directly:
        _held_directly[tree, folder, suffixes] = _is_held_directly(tree, folder, suffixes)
    return _held_directly[tree, folder, suffixes]


def _is_held_directly(tree: Tree, folder: str, suffixes: tuple[str, ...]) -> bool:
    listing = tree.listing(folder)
    if any(name.endswith(suffixes) and not listing[name] for name in listing):
        return True
    inside = (posixpath.join(folder, name) for name, is_folder in listing.items() if is_folder)
    return any(is_package(tree, one) and holds(tree, one, suffixes) for one in inside)


def holds(tree: Tree, folder: str, suffixes: tuple[str, ...], depth: int = _DEEPEST) -> bool:
    """Whether a file with one of the suffixes is in the folder, or in one below it."""
    listing = tree.listing(folder)
    if any(name.endswith(suffixes) and not listing[name] for name in listing):
        return True
    return depth > 0 and any(
        holds(tree, posixpath.join(folder, name), suffixes, depth - 1)
        for name, is_folder in listing.items()
        if is_folder and not name.startswith(".") and not tree.is_link(posixpath.join(folder, name))
    )
