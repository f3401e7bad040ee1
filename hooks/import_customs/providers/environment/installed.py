"""Read what the distributions in an environment install and require, by their metadata alone.

Sources: the core metadata specification (PEP 794: Import-Name, Import-Namespace), "Recording installed projects"
(RECORD, direct_url.json), setuptools (egg-info, top_level.txt, requires.txt).
"""

import os
from collections.abc import Iterable, Iterator
from functools import cached_property

from import_customs.model import LONGEST_PATH
from import_customs.model.later import pattern, re
from import_customs.model.names import prefixes, top
from import_customs.model.requirement import Name, is_name, leading, normalized, parse
from import_customs.providers.environment import editable, first_bytes
from import_customs.providers.requirement_graph import Need, Package

_LIMIT_BYTES = 32 * 1024 * 1024
_FILES = ("METADATA", "RECORD", "PKG-INFO", "requires.txt", "installed-files.txt", "top_level.txt")
_SUFFIXES = (".py", ".so", ".pyd", ".pyi")
_EXTRA = pattern(r"extra\s*==\s*[\"']([^\"']+)[\"']")
_SHARING = (b"extend_path", b"declare_namespace")  # calls in an `__init__.py` that shares its package with others


class Distribution:
    """One distribution, by the folder of its metadata."""

    def __init__(self, site: str, folder: str, folders: editable.Folders) -> None:
        self.site = site
        self.folder = folder
        self._folders = folders

    @cached_property
    def headers(self) -> list[tuple[str, str]]:
        """The headers of its metadata, with their names in lower case."""
        text = _text(os.path.join(self.folder, "METADATA")) or _text(os.path.join(self.folder, "PKG-INFO"))
        head = re.sub(r"\n[ \t]+", " ", text.replace("\r\n", "\n").partition("\n\n")[0])
        fields = (line.partition(":") for line in head.split("\n"))
        return [(key.strip().lower(), value.strip()) for key, colon, value in fields if colon]

    @cached_property
    def name(self) -> Name:
        """Normalized. The folder's name decides if the metadata has none; "" if neither is a valid name."""
        stated = next((value for key, value in self.headers if key == "name"), "")
        base = os.path.basename(self.folder).rpartition(".")[0]
        name = stated or re.split(r"-\d", base)[0]
        return normalized(name if is_name(name) else "")

    @property
    def is_readable(self) -> bool:
        is_whole = not any(_is_too_large(os.path.join(self.folder, name)) for name in _FILES)
        return is_whole and bool(self.headers and self.name)

    @cached_property
    def package(self) -> Package:
        """Its version, and what it and its extras require."""
        version = next((value for key, value in self.headers if key == "version"), "")
        needs: list[Need] = []
        extras: dict[Name, list[Need]] = {
            normalized(value): [] for key, value in self.headers if key == "provides-extra"
        }
        for need, its_extras in self._requirements():
            for extra in its_extras:
                extras.setdefault(normalized(extra), []).append(need)
            if not its_extras:
                needs.append(need)
        return Package(self.name, version, tuple(needs), {extra: tuple(listed) for extra, listed in extras.items()})

    def _requirements(self) -> Iterator[tuple[Need, list[str]]]:
        """Each requirement with the extras that it belongs to."""
        for key, value in self.headers:
            if key == "requires-dist":
                yield from _need(value, _EXTRA.findall(value.partition(";")[2]))
        section = ""
        for line in _text(os.path.join(self.folder, "requires.txt")).splitlines():
            if line.startswith("["):
                section = line.strip("[] \t").partition(":")[0]
            elif line.strip():
                yield from _need(line, [section] if section else [])

    @cached_property
    def import_names(self) -> frozenset[str]:
        """The dotted modules that its metadata names (PEP 794); empty if it names none."""
        values = (value for key, value in self.headers if key == "import-name")
        return frozenset(name for value in values if (name := value.partition(";")[0].strip()))

    @cached_property
    def top_level_modules(self) -> frozenset[str]:
        """The top-level modules that it installs. Cheaper than `modules`, of which an environment has 100,000."""
        if self.import_names or self._editable:
            return frozenset(map(top, self.modules))
        firsts = {path.partition("/")[0] for path in self._files()}
        return frozenset(name for first in firsts if (name := first.partition(".")[0]).isidentifier())

    @cached_property
    def modules(self) -> dict[str, str]:
        """The dotted modules that it installs, each with its absolute path."""
        if self.import_names:
            return {name: os.path.join(self.site, *name.split("."), "__init__.py") for name in self.import_names}
        installed = ((editable.module_of(path), os.path.join(self.site, path)) for path in self._files())
        return {module: path for module, path in installed if module} | self._editable

    @cached_property
    def _editable(self) -> dict[str, str]:
        return dict(editable.editable_modules(self.site, self.folder, self._records(), self._folders))

    def _files(self) -> list[str]:
        """The Python files that it installs, relative to `site`. Lines of RECORD that lead elsewhere are skipped."""
        paths = self._records() or self._files_of_egg()
        return [path for path in paths if path.endswith(_SUFFIXES) and not path.startswith(("..", "/"))]

    def _files_of_egg(self) -> Iterator[str]:
        listed = _text(os.path.join(self.folder, "installed-files.txt")).splitlines()
        if listed:
            yield from (os.path.normpath(f"_/{line}").replace(os.sep, "/").removeprefix("_/") for line in listed)
            return
        for module in _text(os.path.join(self.folder, "top_level.txt")).split():
            yield from (f"{module}/__init__.py", f"{module}.py")

    def _records(self) -> list[str]:
        return [_path_of_record(line) for line in _text(os.path.join(self.folder, "RECORD")).splitlines()]


class Installed:
    """What is installed in one environment. Each distribution is read when it is first needed."""

    def __init__(self, sites: Iterable[str]) -> None:
        folders = editable.Folders()
        self._found = [one for site in sites for one in _distributions(site, folders)]
        self.unreadable = sorted(os.path.basename(one.folder) for one in self._found if not one.is_readable)

    @cached_property
    def _by_name(self) -> dict[Name, Distribution]:
        return {one.name: one for one in reversed(self._found) if one.name}

    @cached_property
    def _by_top(self) -> dict[str, list[Distribution]]:
        """By top-level module: the distributions that install it."""
        found: dict[str, list[Distribution]] = {}
        for one in self._by_name.values():
            for module in one.top_level_modules:
                found.setdefault(module, []).append(one)
        return found

    def package(self, name: Name) -> Package | None:
        """The distribution of that name; None if it is not installed."""
        found = self._by_name.get(name)
        return found.package if found else None

    def installed_providers(self, module: str) -> list[Name]:
        """The distributions that install the dotted module, sorted; for a bare namespace, of any part of it.

        The longest prefix of the name that is a module decides, but not a package that several distributions share.
        """
        owners = self._by_top.get(top(module), [])
        for prefix in prefixes(module):
            having = [one for one in owners if prefix in one.modules]
            found = sorted(one.name for one in having if prefix == module or not _is_shared(one.modules[prefix]))
            if found:
                return found
        below = f"{module}."
        return sorted(one.name for one in owners if any(name.startswith(below) for name in one.modules))

    def modules_of(self, name: Name) -> list[str]:
        """The top-level modules that a distribution installs, sorted; none if it is not there."""
        found = self._by_name.get(name)
        return sorted(found.top_level_modules) if found else []

    def is_bare_namespace(self, module: str) -> bool:
        """True if distributions install parts below the module here, and none installs the module itself."""
        owners = self._by_top.get(top(module), [])
        below = f"{module}."
        return not any(module in one.modules for one in owners) and any(
            name.startswith(below) for one in owners for name in one.modules
        )


def _is_shared(path: str) -> bool:
    """True for the `__init__.py` of a package that looks for its parts in several folders."""
    if not path.endswith("__init__.py"):
        return False
    return any(word in first_bytes(path, 4096) for word in _SHARING)


def _need(text: str, extras: list[str]) -> Iterator[tuple[Need, list[str]]]:
    if found := parse(text.partition(";")[0]) or leading(text):
        yield Need(found.name, found.extras), extras


def _distributions(site: str, folders: editable.Folders) -> Iterator[Distribution]:
    for name in _names(site):
        path = os.path.join(site, name)
        if name.endswith((".dist-info", ".egg-info")) and os.path.isdir(path):
            yield Distribution(site, path, folders)
        elif name.endswith(".egg-link"):
            yield from (
                Distribution(folder, os.path.join(folder, egg), folders)
                for folder in editable.path_lines(first_bytes(path, LONGEST_PATH).partition(b"\n")[0])
                for egg in _names(folder)
                if egg.endswith(".egg-info")
            )


def _path_of_record(line: str) -> str:
    """The path in a line of RECORD."""
    if not line.startswith('"'):
        return line.partition(",")[0]
    import csv

    try:
        return next(csv.reader([line]), [""])[0]
    except csv.Error:
        return ""


def _names(folder: str) -> list[str]:
    try:
        return sorted(os.listdir(folder))
    except (OSError, ValueError):  # ValueError: a null byte, from an .egg-link
        return []


def _text(path: str) -> str:
    """The text of a file; "" if it cannot be read or is too large."""
    return "" if _is_too_large(path) else first_bytes(path, _LIMIT_BYTES).decode("utf-8", "replace")


def _is_too_large(path: str) -> bool:
    try:
        return os.path.getsize(path) > _LIMIT_BYTES
    except (OSError, ValueError):
        return False
