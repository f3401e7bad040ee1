"""Define what a tool's file in this folder is given, and what it may say."""

from __future__ import annotations

import posixpath

from import_customs.model import PYPROJECT, LocalProject, relative, upwards
from import_customs.model.later import fnmatchcase
from import_customs.model.requirement import normalized
from import_customs.model.toml import at
from import_customs.model.value import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
    from typing import Any

    from import_customs.model import Listing, Place, Tree, Unread, WritablePlace
    from import_customs.model.requirement import Name
    from import_customs.model.toml import Document
    from import_customs.project.declarations import DeclaredList

    Tables = Mapping[str, Any]  # those of a pyproject.toml

SETUPTOOLS_FILES = frozenset({"setup.cfg", "setup.py"})
PROJECT_FILES = SETUPTOOLS_FILES | {PYPROJECT}  # a folder with one of them is that of a project
_WILD = frozenset("*?[")
BOTH_KEYS = frozenset({"dependencies", "optional-dependencies"})  # of [project]: what it requires


_read: dict[tuple[Tree, str], bytes | None] = {}


def read_once(tree: Tree, path: str) -> bytes | None:
    """The content of a file that no check changes, such as a setup.cfg: each question about a project asks for it.

    Raises CheckError if it cannot be read.
    """
    if (tree, path) not in _read:
        _read[tree, path] = tree.read(path)
    return _read[tree, path]


class ProjectFiles(NamedTuple):
    """A project's pyproject.toml, and where the files are that stand beside it."""

    tree: Tree
    folder: str  # from the repository's root
    document: Document  # without tables where there is no pyproject.toml

    @property
    def beside(self) -> Listing:
        """The names in the folder."""
        return self.tree.listing(self.folder)

    def path(self, name: str) -> str:
        """The path of a file in the folder, from the repository's root."""
        return posixpath.join(self.folder, name)

    def read(self, name: str) -> bytes | None:
        """The content of a file in the folder; None if there is none. Raises CheckError if it cannot be read."""
        return read_once(self.tree, self.path(name))

    @property
    def has_project_table(self) -> bool:
        """True if the pyproject.toml has a [project] table."""
        return "project" in self.document.table

    @property
    def keys_left(self) -> frozenset[str]:
        """The keys of [project] that say what the project requires, and that something else has to state."""
        if not self.has_project_table:
            return frozenset({"dependencies"})
        return BOTH_KEYS.intersection(self.document.strings("project.dynamic"))


def always(_: ProjectFiles) -> bool:
    """True: the tool's table is that of a project."""
    return True


def both_without_project_table(files: ProjectFiles) -> frozenset[str]:
    """Both keys where there is no [project]: the tool's table takes its part."""
    return frozenset() if files.has_project_table else BOTH_KEYS


class Dialect(NamedTuple):
    """One tool: how it says what a project requires and contains. What a tool has no way to say stays as it is here."""

    # Whether the tool's table makes a pyproject.toml a project's, rather than one that only configures tools.
    states_project: Callable[[ProjectFiles], bool] = lambda _: False
    # The tool's own file that states dependencies where there is no pyproject.toml: its path.
    stating_file: Callable[[ProjectFiles], str] = lambda _: ""
    # The name of the distribution that is built.
    distribution_name: Callable[[ProjectFiles], str] = lambda _: ""
    # The lists of requirements, in the tool's table and in its own files.
    declared_lists: Callable[[ProjectFiles], Iterable[DeclaredList]] = lambda _: ()
    # The keys of [project] whose part the tool takes: where it does not list them, something states them elsewhere.
    stated_keys: Callable[[ProjectFiles], Collection[str]] = lambda _: ()
    # Where the tool's files compute what the project requires.
    unread: Callable[[ProjectFiles], Unread | None] = lambda _: None
    # The requirements files that the tool reads, from the project's folder, each with the place that it declares for.
    requirements_files: Callable[[ProjectFiles], Iterable[tuple[str, Place]]] = lambda _: ()
    # Likewise those that a script of the tool's reads; they are not all that it states.
    read_by_script: Callable[[ProjectFiles], Iterable[tuple[str, Place]]] = lambda _: ()
    # The Pythons that the project supports, as a version specifier.
    requires_python: Callable[[ProjectFiles], str] = lambda _: ""
    # The folders, from the project's, that its own modules are imported from.
    source_roots: Callable[[ProjectFiles], Iterable[str]] = lambda _: ()
    # The modules that the built project installs and that no folder is called like before it is built, or that lie in a
    # submodule which is not checked out.
    built_modules: Callable[[ProjectFiles], Iterable[str]] = lambda _: ()
    # The files, from the project's folder, that the build runs, whether or not they are there.
    build_scripts: Callable[[ProjectFiles], Iterable[str]] = lambda _: ()
    # The members of the tool's workspace: globs, from the project's folder; with "!" of folders that are none.
    members: Callable[[ProjectFiles], Iterable[str]] = lambda _: ()
    # The local projects that the project requires by their path, from its folder.
    path_sources: Callable[[ProjectFiles], Iterable[LocalProject]] = lambda _: ()
    # The distributions that sources beside the requirements take from a URL, a path or an index of their own.
    elsewhere: Callable[[ProjectFiles], Iterable[Name]] = lambda _: ()
    # Where --fix may write: the list of runtime dependencies and those of groups, as far as they are there.
    writable_places: Callable[[Tables], Iterable[WritablePlace]] = lambda _: ()
    # Likewise, but taken only where no group is of that name: extras and environments.
    writable_extras: Callable[[Tables], Iterable[WritablePlace]] = lambda _: ()
    # The list that a group of that name gets which is not there yet; None leaves it to [dependency-groups].
    new_group: Callable[[Tables, str], WritablePlace | None] = lambda _, _name: None
    # The tool's own commands that declare, by the place or its kind; "{}" stands for the place's name.
    add: Mapping[str, str] = {}


def slashed(path: str) -> str:
    r"""The path with `/` between its parts and without a drive: what Windows writes means the same everywhere."""
    path = path.replace("\\", "/")
    return path[2:] if path[1:3] == ":/" else path


def joined(folder: str, path: str) -> str:
    """From the root, the path that is seen from the folder; one that leads out of the root begins with "../" or "/"."""
    found = posixpath.normpath(posixpath.join(folder, path))
    return "" if found == "." else found


def path_sources_in(table: object) -> Iterator[LocalProject]:
    """The local projects in a table of distributions, each with a source, or with several under markers."""
    for name, source in table.items() if isinstance(table, dict) else ():
        for one in source if isinstance(source, list) else [source]:
            if isinstance(path := at(one, "path"), str):
                yield LocalProject(path, normalized(name))


def ends_in(folder: str, place: str) -> bool:
    """Whether the folder's path ends in the place, part by part."""
    return f"/{folder}".endswith(f"/{place}")


def modules_at(places: Iterable[str]) -> Iterator[str]:
    """The modules that stand at these places in a wheel, as files or folders; none for what is no Python."""
    for place in places:
        name = place.strip("/").removesuffix(".py").removesuffix("/__init__")
        if all(part.isidentifier() for part in name.split("/")):
            yield name.replace("/", ".")


def absent_modules(files: ProjectFiles, root: str, places: Iterable[str]) -> Iterator[str]:
    """Those of the modules at these places below `root` that lie in a submodule which is not checked out.

    Its folder is empty, and .gitmodules names it: a path that is not written plainly there is none.
    """
    tree = files.tree
    for place in places:
        path = posixpath.normpath(files.path(posixpath.join(slashed(root), slashed(place))))
        above = next((folder for folder in upwards(posixpath.dirname(path)) if tree.listing(folder)), "")
        name, is_below, _ = relative(path, above).partition("/")
        if is_below and tree.listing(above).get(name) and _is_submodule(tree, posixpath.join(above, name)):
            yield from modules_at([place])


def _is_submodule(tree: Tree, folder: str) -> bool:
    source = tree.read(".gitmodules") or b"" if ".gitmodules" in tree.listing("") else b""
    return b"path = %b" % folder.encode() in map(bytes.strip, source.split(b"\n"))


def places_below(root: str, paths: Iterable[str]) -> Iterator[str]:
    """Those of the paths that lead into the folder, seen from there."""
    inside = f"{root.rstrip('/')}/"
    return (path.removeprefix(inside) for path in paths if path.startswith(inside))


def paths_of_module(module: str) -> Iterator[str]:
    """The files that a dotted module may be, from the folder that it is imported from."""
    path = module.replace(".", "/")
    yield from (f"{path}.py", f"{path}/__init__.py")


def table_at(tables: object, *keys: str) -> dict[str, Any]:
    """The table at these keys; an empty one where there is none."""
    for key in keys:
        tables = tables.get(key) if isinstance(tables, dict) else None
    return tables if isinstance(tables, dict) else {}


def backend_of(tables: Tables) -> str:
    """The build backend that the project names; "" where it names none."""
    return str(table_at(tables, "build-system").get("build-backend", ""))


def is_member(globs: tuple[str, ...], path: str) -> bool:
    """Whether the folder, seen from the workspace's root, is one of its members."""
    included = any(_matches(glob, path) for glob in globs if not glob.startswith("!"))
    return included and not any(_matches(glob[1:], path) for glob in globs if glob.startswith("!"))


def _matches(glob: str, path: str) -> bool:
    parts = glob_parts(glob)
    at = _parts_reached(parts, {0})
    for name in glob_parts(path):
        at = _parts_after(parts, at, name)
    return len(parts) in at


def glob_parts(glob: str) -> list[str]:
    """The names and wildcards of a glob of folders, or of a path."""
    return [part for part in glob.split("/") if part not in ("", ".")]


def folders_meant(tree: Tree, root: str, parts: list[str]) -> Iterator[str]:
    """The folders below the root that a glob of these parts means."""
    waiting = [(root, _parts_reached(parts, {0}))]
    while waiting:
        folder, at = waiting.pop()
        if len(parts) in at:
            yield folder
        listing, wanted = tree.listing(folder), {parts[part] for part in at if part < len(parts)}
        are_plain = not any(_WILD.intersection(part) for part in wanted)
        for name in wanted if are_plain else listing:
            inside = posixpath.join(folder, name)
            if listing.get(name) and (further := _parts_after(parts, at, name)) and not tree.is_link(inside):
                waiting.append((inside, further))


def _parts_after(parts: list[str], at: set[int], name: str) -> set[int]:
    """The parts of a glob that may come next where a folder of that name follows those `at`."""
    staying = {part for part in at if parts[part : part + 1] == ["**"] and not name.startswith(".")}
    passed = {part + 1 for part in at if part < len(parts) and parts[part] != "**" and fnmatchcase(name, parts[part])}
    return _parts_reached(parts, staying | passed)


def _parts_reached(parts: list[str], at: set[int]) -> set[int]:
    """Those, and what follows a `**`, which may stand for no folder."""
    found = set(at)
    for number, part in enumerate(parts):
        if part == "**" and number in found:
            found.add(number + 1)
    return found
