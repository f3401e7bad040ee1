"""Find the modules of a distribution that is installed editable, without running anything.

Sources: `site` (.pth files), setuptools (`__editable___NAME_finder.py` with the literals MAPPING and NAMESPACES), and
PEP 610 (direct_url.json) for every other kind.
"""

from __future__ import annotations

import os

from import_customs.model.source_text import decode
from import_customs.model.syntax_tree import parsed
from import_customs.providers.environment import first_bytes, placed

TYPE_CHECKING = False
if TYPE_CHECKING:
    import ast
    from collections.abc import Iterable, Iterator
    from typing import Any

_SUFFIXES = (".py", ".so", ".pyd")
_LIMIT_BYTES = 256 * 1024
_DEEPEST = 6  # folders below a path entry that are looked through
_MOST, _MOST_IN_ALL = 20_000, 200_000  # files below one path entry, and below all of an environment
_MOST_FOLDERS, _MOST_FOLDERS_IN_ALL = 5_000, 20_000  # a .pth file may name the root of the disk


def module_of(path: str) -> str:
    """The dotted module of an installed file; "" if no import can name it. `path` is `/`-separated."""
    *folders, name = path.split("/")
    stem = name.partition(".")[0]
    parts = folders if stem == "__init__" else [*folders, stem]
    return ".".join(parts) if parts and all(part.isidentifier() for part in parts) else ""


class Folders:
    """The Python files below folders, for one environment. Each folder is walked once, and all within limits."""

    def __init__(self) -> None:
        self._files: dict[str, list[str]] = {}
        self._left, self._folders_left = _MOST_IN_ALL, _MOST_FOLDERS_IN_ALL

    def files(self, folder: str) -> list[str]:
        """`/`-separated paths, without those in hidden folders and environments."""
        place = placed(folder)
        if place not in self._files:
            self._files[place] = list(self._walked(folder))
        found = self._files[place][: self._left]
        self._left -= len(found)
        return found

    def _walked(self, folder: str) -> Iterator[str]:
        count = 0
        for visited, (base, folders, names) in enumerate(os.walk(folder)):
            if visited >= _MOST_FOLDERS or count >= _MOST or not self._folders_left:
                return
            self._folders_left -= 1
            inner = os.path.relpath(base, folder).replace(os.sep, "/")
            depth = 0 if inner == "." else inner.count("/") + 1
            folders[:] = sorted(
                one for one in folders if one.isidentifier() and depth < _DEEPEST and one != "node_modules"
            )
            if "pyvenv.cfg" in names:
                folders.clear()
                continue
            for name in sorted(names):
                if name.endswith(_SUFFIXES):
                    count += 1
                    yield name if inner == "." else f"{inner}/{name}"


def editable_modules(site: str, metadata: str, records: Iterable[str], folders: Folders) -> Iterator[tuple[str, str]]:
    """The dotted modules, each with its path, of the distribution with these records and this folder of metadata."""
    found = False
    for record in dict.fromkeys(records):
        if "/" in record:
            continue
        if record.endswith(".pth"):
            for folder in _path_entries(os.path.join(site, record)):
                found = True
                yield from _modules_below(folder, folders)
        elif record.startswith("__editable__") and record.endswith("_finder.py"):
            for module, place in _mapping(os.path.join(site, record)):
                found = True
                yield from _modules_at(module, place, folders)
    if not found:
        for folder in _source_folders(metadata):
            yield from _modules_below(folder, folders)


def _path_entries(path: str) -> list[str]:
    """The folders that a .pth file adds, each once, seen from its own. Its lines of code are skipped."""
    entries = (line for line in path_lines(_read(path)) if not line.startswith(("#", "import ", "import\t")))
    folders = (os.path.join(os.path.dirname(path), entry) for entry in entries)
    return [folder for folder in folders if os.path.isdir(folder)]


def path_lines(source: bytes) -> list[str]:
    """The lines of a file of paths, each once: in UTF-8, and as Python before 3.13 writes and reads such files."""
    from locale import getencoding

    encodings = dict.fromkeys(["utf-8-sig", getencoding()])
    lines = (line.strip() for one in encodings for line in source.decode(one, "replace").splitlines())
    return list(dict.fromkeys(filter(None, lines)))


def _mapping(path: str) -> Iterator[tuple[str, str]]:
    """The literal MAPPING of setuptools' finder: a module, and its folder or its file without suffix."""
    try:
        tree = parsed(decode(_read(path))[0])
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return
    import ast  # 9 ms, which `parsed` has loaded

    for node in tree.body:
        if isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            if any(isinstance(target, ast.Name) and target.id == "MAPPING" for target in targets):
                yield from _pairs(node.value)


def _pairs(value: ast.expr | None) -> Iterator[tuple[str, str]]:
    from ast import literal_eval  # 9 ms, which `parsed` has loaded

    try:
        found = literal_eval(value) if value is not None else {}
    except (ValueError, TypeError, SyntaxError, RecursionError, MemoryError):
        return
    if isinstance(found, dict):
        yield from ((key, place) for key, place in found.items() if isinstance(key, str) and isinstance(place, str))


def _modules_at(module: str, place: str, folders: Folders) -> Iterator[tuple[str, str]]:
    if not os.path.isdir(place):
        yield module, f"{place}.py"
        return
    for path in folders.files(place):
        inner = module_of(f"_/{path}").removeprefix("_")
        yield f"{module}{inner}", os.path.join(place, path)


def _modules_below(folder: str, folders: Folders) -> Iterator[tuple[str, str]]:
    for path in folders.files(folder):
        module = module_of(path)
        if module:
            yield module, os.path.join(folder, path)


def _source_folders(metadata: str) -> list[str]:
    """The folder of an editable distribution's sources: `src` or `python` in its own folder, else that folder."""
    from json import loads  # 8 ms; only what is installed editable, without a .pth file, gets here

    try:
        stated: Any = loads(_read(os.path.join(metadata, "direct_url.json")))
        is_editable, folder = stated["dir_info"]["editable"] is True, path_of_url(stated["url"])
    except (ValueError, KeyError, TypeError, RecursionError, AttributeError):
        return []
    if not is_editable or not folder:
        return []
    inner = [os.path.join(folder, name) for name in ("src", "python")]
    return next(([path] for path in (*inner, folder) if os.path.isdir(path)), [])


def path_of_url(url: str) -> str:
    """The path that a `file:` URL means on this system; "" for other URLs. Source: RFC 8089, appendix E.2, E.3."""
    from urllib.parse import unquote, urlsplit  # 3 ms

    parts = urlsplit(url)
    path = unquote(parts.path)
    if parts.scheme != "file":
        return ""
    on_server = f"//{parts.netloc}{path}" if parts.netloc not in ("", "localhost") else ""
    return next((one for one in (on_server, path[1:]) if os.path.splitdrive(one)[0]), path)


def _read(path: str) -> bytes:
    """What the file holds; nothing if it is too large or cannot be read."""
    data = first_bytes(path, _LIMIT_BYTES + 1)
    return data if len(data) <= _LIMIT_BYTES else b""
