"""A project and those around it in, out what of them counts for it: its workspace's groups, its siblings' modules.

Sources: uv's documentation, "Using workspaces" and "Dependency sources"; Poetry's, "path dependencies"; PEP 794.
"""

import posixpath
import re
from collections.abc import Iterator
from typing import Any

from import_customs.project.document import Document
from import_customs.project.requirement import Name, normalized
from import_customs.tree import Tree

# A location in a requirement: below the project, as PDM and Hatch write it, or absolute.
_LOCATION = r"""(?:file:///?\$\{PROJECT_ROOT\}|\{root:uri\})/([^"'\s#;]+)|file://(?:localhost)?/([^"'\s#;$]+)"""
_LONGEST = 4096  # characters of a path; no file system takes more
_NO_MODULES = frozenset(
    """
    tests test docs doc examples scripts setup conftest noxfile build benchmarks venv node_modules
    """.split()
)
_WILD = frozenset("*?[")
_DEEPEST = 6  # folders without `__init__` that are followed to a module


def members(document: Document) -> tuple[str, ...]:
    """The globs of [tool.uv.workspace] members, each once, those of `exclude` with a leading "!"."""
    table = document.get("tool.uv.workspace", dict)
    listed = [glob for glob in table.get("members", []) if isinstance(glob, str)]
    excluded = [f"!{glob}" for glob in table.get("exclude", []) if isinstance(glob, str)]
    return tuple(dict.fromkeys((*listed, *excluded)))


def is_member(globs: tuple[str, ...], path: str) -> bool:
    """Whether the folder, seen from the workspace's root, is one of its members."""
    included = any(_matches(glob, path) for glob in globs if not glob.startswith("!"))
    return included and not any(_matches(glob[1:], path) for glob in globs if glob.startswith("!"))


def paths(document: Document, folder: str) -> tuple[str, ...]:
    """The local projects that sources and dependencies name: folders from the repository's root, or absolute."""
    tools = document.get("tool", dict)
    tables = [_table(tools, "uv", "sources"), _table(tools, "poetry", "dependencies")]
    tables.extend(_table(group, "dependencies") for group in _table(tools, "poetry", "group").values())
    named = (one.get("path") for table in tables for one in table.values() if isinstance(one, dict))
    stated = [path for path in named if isinstance(path, str)]
    if "file:" in document.text or "{root:uri}" in document.text:
        stated.extend(match[1] or f"/{match[2]}" for match in re.finditer(_LOCATION, document.text))
    stated = [path for path in stated if len(path) <= _LONGEST]
    joined = (path if path.startswith("/") else posixpath.normpath(posixpath.join(folder, path)) for path in stated)
    return tuple(path for path in joined if not path.startswith("../"))


def located(tree: Tree, path: str) -> str | None:
    """The folder, from the repository's root, of a local project; an absolute path is met by its end.

    None where no pyproject.toml is there.
    """
    parts = path.strip("/").split("/")
    ends = ("/".join(parts[start:]) for start in range(len(parts)))
    found = (end for end in ends if "pyproject.toml" in tree.listing(end))
    return next(found, None) if path.startswith("/") else path


def expanded(tree: Tree, root: str, globs: tuple[str, ...]) -> list[str]:
    """The folders, from the repository's root, that the globs of the workspace at `root` mean."""
    found = dict.fromkeys(path for glob in globs if not glob.startswith("!") for path in _meant(tree, root, glob))
    excluded = {path for glob in globs if glob.startswith("!") for path in _meant(tree, root, glob[1:])}
    return [path for path in found if path not in excluded]


def provided(tree: Tree, document: Document, roots: tuple[str, ...]) -> dict[str, Name]:
    """The modules that a local project installs: its `import-names`, else what stands under its source roots."""
    name = normalized(document.get("project.name", str) or document.get("tool.poetry.name", str))
    modules = stated(document) or [module for root in roots for module in _modules(tree, root)]
    return dict.fromkeys(modules, name)


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


def _meant(tree: Tree, root: str, glob: str) -> Iterator[str]:
    parts = _parts(glob)
    return _below(tree, root, [] if parts == ["."] else parts)


def _below(tree: Tree, folder: str, parts: list[str]) -> Iterator[str]:
    if not parts:
        yield folder
        return
    from fnmatch import fnmatchcase  # 0.3 ms; only workspaces get here

    listing, glob = tree.listing(folder), parts[0]
    for name in [one for one in listing if fnmatchcase(one, glob)] if _WILD.intersection(glob) else [glob]:
        if listing.get(name) and not tree.is_link(posixpath.join(folder, name)):
            yield from _below(tree, posixpath.join(folder, name), parts[1:])


def _matches(glob: str, path: str) -> bool:
    from fnmatch import fnmatchcase

    globs, names = _parts(glob), path.split("/")
    return len(globs) == len(names) and all(map(fnmatchcase, names, globs))


def _parts(glob: str) -> list[str]:
    return glob.rstrip("/").removeprefix("./").split("/")


def _table(tables: Any, *keys: str) -> dict[str, Any]:
    for key in keys:
        tables = tables.get(key) if isinstance(tables, dict) else None
    return tables if isinstance(tables, dict) else {}
