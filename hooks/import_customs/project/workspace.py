"""Find the local projects around a project: the members of its workspace, and the modules that they install.

Sources: uv's documentation, "Using workspaces" and "Dependency sources"; Poetry's, "path dependencies"; Rye's,
"Workspaces"; Pixi's, "pypi-dependencies".
"""

from __future__ import annotations

import posixpath

from import_customs.model import Project
from import_customs.model.requirement import Name, normalized
from import_customs.model.toml import Document, parse
from import_customs.project.dialects import dialects_for
from import_customs.project.dialects.dialect import PROJECT_FILES, ProjectFiles
from import_customs.project.dialects.standard_tables import import_names
from import_customs.project.source_roots import find_source_roots

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from import_customs.model import CheckError, Tree

_NO_MODULES = frozenset(
    "tests test docs doc examples scripts setup conftest noxfile build benchmarks venv node_modules".split()
)
_WILD = frozenset("*?[")
_DEEPEST = 6  # folders without `__init__` that are followed to a module


def modules_of_siblings(
    tree: Tree, project: Project, projects: Mapping[str, Project | CheckError | None]
) -> dict[str, Name]:
    """The modules that the local projects around this one install, with the name of each one's distribution.

    They are its path sources, and the members of the workspaces among `projects`, which are those read so far by their
    folders.
    """
    read = ((folder, found) for folder, found in projects.items() if isinstance(found, Project))
    roots = [found for folder, found in read if found.members and found.folder == folder]
    members = (path for root in roots for path in (root.folder, *members_of(tree, root)))
    named = dict.fromkeys(members, Name(""))  # by folder: the name that the project is required by
    for path, name in project.locals:
        if (folder := _folder_of(tree, path)) is not None:
            named[folder] = name
    found: dict[str, Name] = {}
    for folder, name in named.items():
        if folder != project.folder:
            found |= _installed_modules(tree, folder, name)
    return found


def members_of(tree: Tree, project: Project) -> list[str]:
    """The folders of a workspace's members; none where the project is no workspace's root."""
    return expanded(tree, project.folder, project.members)


def is_member(globs: tuple[str, ...], path: str) -> bool:
    """Whether the folder, seen from the workspace's root, is one of its members."""
    included = any(_matches(glob, path) for glob in globs if not glob.startswith("!"))
    return included and not any(_matches(glob[1:], path) for glob in globs if glob.startswith("!"))


def _folder_of(tree: Tree, path: str) -> str | None:
    """The folder, from the repository's root, of a local project; an absolute path is met by its end.

    None where no project is there.
    """
    parts = path.strip("/").split("/")
    ends = ("/".join(parts[start:]) for start in range(len(parts)))
    found = (end for end in ends if not PROJECT_FILES.isdisjoint(tree.listing(end)))
    return next(found, None) if path.startswith("/") else path


def expanded(tree: Tree, root: str, globs: tuple[str, ...]) -> list[str]:
    """The folders, from the repository's root, that the globs of the workspace at `root` mean, each once."""
    once = dict.fromkeys(globs)
    excluded = {path for glob in once if glob[:1] == "!" for path in _below(tree, root, _parts(glob[1:]))}
    found = (path for glob in once if glob[:1] != "!" for path in _below(tree, root, _parts(glob)))
    return [path for path in dict.fromkeys(found) if path not in excluded]


def _installed_modules(tree: Tree, folder: str, required_as: Name) -> dict[str, Name]:
    """The modules that the project of a folder installs: its `import-names`, else what stands under its source roots.

    Also what only its build makes and, where it is built, what is called like it. A project without pyproject.toml
    has a setup.py or setup.cfg; there is none in other folders.
    """
    path = posixpath.join(folder, "pyproject.toml")
    source = tree.read(path)
    if source is None and PROJECT_FILES.isdisjoint(tree.listing(folder)):
        return {}
    document = Document(path, "", {}) if source is None else parse(source, path)
    files = ProjectFiles(tree, folder, document)
    dialects = dialects_for(files)
    name = normalized(document.get("project.name", str) or document.get("tool.poetry.name", str)) or required_as
    roots = find_source_roots(files, dialects)
    modules = import_names(document) or [module for root in roots for module in _modules_in(tree, root)]
    modules.extend(module for dialect in dialects for module in dialect.built_modules(files))
    if "build-system" in document.table:
        modules.append(name.replace("-", "_"))
    return dict.fromkeys(modules, name)


def _modules_in(tree: Tree, root: str, namespace: str = "", depth: int = _DEEPEST) -> Iterator[str]:
    """The packages and files of a folder, as modules; of a folder without `__init__` those in it."""
    listing = tree.listing(root)
    for entry, is_folder in listing.items():
        name = entry.removesuffix(".py")
        if not name.isidentifier() or (not namespace and name in _NO_MODULES):
            continue
        inside = posixpath.join(root, entry)
        if (entry.endswith(".py") and not listing[entry]) or (is_folder and "__init__.py" in tree.listing(inside)):
            yield namespace + name
        elif is_folder and depth and entry != "src" and not tree.is_link(inside):  # `src` is a source root of its own
            yield from _modules_in(tree, inside, f"{namespace}{name}.", depth - 1)


def _below(tree: Tree, root: str, parts: list[str]) -> Iterator[str]:
    """The folders below the root that a glob of these parts means."""
    waiting = [(root, _reached(parts, {0}))]
    while waiting:
        folder, at = waiting.pop()
        if len(parts) in at:
            yield folder
        listing, wanted = tree.listing(folder), {parts[part] for part in at if part < len(parts)}
        are_plain = not any(_WILD.intersection(part) for part in wanted)
        for name in wanted if are_plain else listing:
            inside = posixpath.join(folder, name)
            if listing.get(name) and (further := _after(parts, at, name)) and not tree.is_link(inside):
                waiting.append((inside, further))


def _matches(glob: str, path: str) -> bool:
    parts = _parts(glob)
    at = _reached(parts, {0})
    for name in _parts(path):
        at = _after(parts, at, name)
    return len(parts) in at


def _parts(glob: str) -> list[str]:
    return [part for part in glob.split("/") if part not in ("", ".")]


def _after(parts: list[str], at: set[int], name: str) -> set[int]:
    """The parts of a glob that may come next where a folder of that name follows those `at`."""
    from fnmatch import fnmatchcase  # 0.3 ms; only workspaces get here

    staying = {part for part in at if parts[part : part + 1] == ["**"] and not name.startswith(".")}
    passed = {part + 1 for part in at if part < len(parts) and parts[part] != "**" and fnmatchcase(name, parts[part])}
    return _reached(parts, staying | passed)


def _reached(parts: list[str], at: set[int]) -> set[int]:
    """Those, and what follows a `**`, which may stand for no folder."""
    found = set(at)
    for number, part in enumerate(parts):
        if part == "**" and number in found:
            found.add(number + 1)
    return found
