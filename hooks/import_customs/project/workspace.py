"""A project and those around it in, out what of them counts for it: its workspace's groups, its siblings' modules.

Sources: uv's documentation, "Using workspaces" and "Dependency sources"; Poetry's, "path dependencies";
Pixi's, "pypi-dependencies"; PEP 794.
"""

from __future__ import annotations

import posixpath
import re

from import_customs.model import LONGEST_PATH, LocalProject, Tree
from import_customs.model.requirement import Name, normalized
from import_customs.model.toml import Document, parse

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import Any

# A location in a requirement: below the project, as PDM and Hatch write it, or absolute.
_LOCATION = r"""(?:file:///?\$\{PROJECT_ROOT\}|\{root:uri\})/([^"'\s#;]+)|file://(?:localhost)?/([^"'\s#;$]+)"""
_NO_MODULES = frozenset(
    """
    tests test docs doc examples scripts setup conftest noxfile build benchmarks venv node_modules
    """.split()
)
_OF_PROJECT = ("pyproject.toml", "setup.py", "setup.cfg")
_WILD = frozenset("*?[")
_DEEPEST = 6  # folders without `__init__` that are followed to a module


def members(document: Document) -> tuple[str, ...]:
    """The globs of the members of uv's workspace and of Rye's, each once, those of `exclude` with a leading "!"."""
    excluded = (f"!{glob}" for glob in document.strings("tool.uv.workspace.exclude"))
    return tuple(dict.fromkeys((*document.strings("tool.uv.workspace.members"), *excluded, *_of_rye(document))))


def _of_rye(document: Document) -> list[str]:
    """All projects below where no members are listed. Source: Rye's documentation, "Workspaces"."""
    if "workspace" not in document.get("tool.rye", dict):
        return []
    return document.strings("tool.rye.workspace.members") or ["**"]


def is_member(globs: tuple[str, ...], path: str) -> bool:
    """Whether the folder, seen from the workspace's root, is one of its members."""
    included = any(_matches(glob, path) for glob in globs if not glob.startswith("!"))
    return included and not any(_matches(glob[1:], path) for glob in globs if glob.startswith("!"))


def local(document: Document, folder: str) -> tuple[LocalProject, ...]:
    """The local projects that sources and dependencies name."""
    stated = [
        LocalProject(path, normalized(name))
        for table in _sources(document.get("tool", dict))
        for name, told in table.items()
        for path in _paths(told)
    ]
    if "file:" in document.text or "{root:uri}" in document.text:
        stated.extend(LocalProject(match[1] or f"/{match[2]}") for match in re.finditer(_LOCATION, document.text))
    seen = (one._replace(path=_seen_from(folder, one.path)) for one in stated if len(one.path) <= LONGEST_PATH)
    return tuple(one for one in seen if not one.path.startswith("../"))


def _seen_from(folder: str, path: str) -> str:
    joined = path if path.startswith("/") else posixpath.normpath(posixpath.join(folder, path))
    return "" if joined == "." else joined


def _sources(tools: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The tables that may say by a distribution's name where it is."""
    yield _table(tools, "uv", "sources")
    poetry, pixi = _table(tools, "poetry"), _table(tools, "pixi")
    yield from (_table(poetry, key) for key in ("dependencies", "dev-dependencies"))
    yield from (_table(group, "dependencies") for group in _table(poetry, "group").values())
    for feature in (pixi, *_table(pixi, "feature").values()):
        yield from (_table(part, "pypi-dependencies") for part in (feature, *_table(feature, "target").values()))


def _paths(told: Any) -> Iterator[str]:
    """The paths of a source, which may be a list of several under markers."""
    for one in told if isinstance(told, list) else [told]:
        if isinstance(one, dict) and isinstance(one.get("path"), str):
            yield one["path"]


def located(tree: Tree, path: str) -> str | None:
    """The folder, from the repository's root, of a local project; an absolute path is met by its end.

    None where no project is there.
    """
    parts = path.strip("/").split("/")
    ends = ("/".join(parts[start:]) for start in range(len(parts)))
    found = (end for end in ends if any(name in tree.listing(end) for name in _OF_PROJECT))
    return next(found, None) if path.startswith("/") else path


def expanded(tree: Tree, root: str, globs: tuple[str, ...]) -> list[str]:
    """The folders, from the repository's root, that the globs of the workspace at `root` mean."""
    found = dict.fromkeys(
        path for glob in globs if not glob.startswith("!") for path in _below(tree, root, _parts(glob))
    )
    excluded = {path for glob in globs if glob.startswith("!") for path in _below(tree, root, _parts(glob[1:]))}
    return [path for path in found if path not in excluded]


def document_in(tree: Tree, folder: str) -> Document | None:
    """The pyproject.toml of a local project, an empty one where setup.py or setup.cfg stand alone, else None."""
    path = posixpath.join(folder, "pyproject.toml")
    source = tree.read(path)
    if source is not None:
        return parse(source, path)
    return Document(path, "", {}) if any(name in tree.listing(folder) for name in _OF_PROJECT) else None


def provided(
    tree: Tree, document: Document, roots: tuple[str, ...], shipped: Iterable[str], called: Name
) -> dict[str, Name]:
    """The modules that a local project installs: its `import-names`, else what stands under its source roots.

    Also what is `shipped` besides and, where the project is built, what is called like it. `called` is its name where
    it does not say one.
    """
    name = normalized(document.get("project.name", str) or document.get("tool.poetry.name", str)) or called
    modules = stated(document) or [module for root in roots for module in _modules(tree, root)]
    itself = [name.replace("-", "_")] if "build-system" in document.table else []
    return dict.fromkeys([*modules, *shipped, *itself], name)


def stated(document: Document) -> list[str]:
    """The modules of `import-names` of [project]; those of `import-namespaces` are shared. Source: PEP 794."""
    names = document.get("project.import-names", list)
    return [name.partition(";")[0].strip() for name in names if isinstance(name, str) and name.strip()]


def _modules(tree: Tree, root: str, namespace: str = "", depth: int = _DEEPEST) -> Iterator[str]:
    """The packages and files of a folder, as modules; of a folder without `__init__` those in it."""
    for entry, is_folder in tree.listing(root).items():
        name = entry.removesuffix(".py")
        if not name.isidentifier() or (not namespace and name in _NO_MODULES):
            continue
        inside = posixpath.join(root, entry)
        if (entry.endswith(".py") and not is_folder) or (is_folder and "__init__.py" in tree.listing(inside)):
            yield namespace + name
        elif is_folder and depth and entry != "src" and not tree.is_link(inside):  # `src` is a source root of its own
            yield from _modules(tree, inside, f"{namespace}{name}.", depth - 1)


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


def _table(tables: Any, *keys: str) -> dict[str, Any]:
    for key in keys:
        tables = tables.get(key) if isinstance(tables, dict) else None
    return tables if isinstance(tables, dict) else {}
