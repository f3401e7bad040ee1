"""scikit-build-core. Source: its documentation, "Configuration", wheel.packages."""

from __future__ import annotations

import posixpath

from import_customs.model.toml import at, strings
from import_customs.project.dialects.dialect import Dialect, ProjectFiles, absent_modules, ends_in

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

_PACKAGES = "tool.scikit-build.wheel.packages"


def source_roots(files: ProjectFiles) -> Iterator[str]:
    """The folders that hold the packages which an array names, or a table by their own names; `python` by default."""
    packages = at(files.document.table, _PACKAGES)
    if packages is None:
        yield "python"
    for package in strings(packages):
        yield posixpath.dirname(package.rstrip("/")) or "."
    for place, folder in _placed(packages):
        if ends_in(folder, place):
            yield folder[: -len(place)].rstrip("/") or "."


def built_modules(files: ProjectFiles) -> Iterator[str]:
    """The packages that a table puts into places of other names, and those that are not there."""
    packages = at(files.document.table, _PACKAGES)
    for package in strings(packages):
        folder, name = posixpath.split(package.rstrip("/"))
        yield from absent_modules(files, folder, [name])
    for place, folder in _placed(packages):
        if ends_in(folder, place):
            yield from absent_modules(files, folder[: -len(place)], [place])
        else:
            yield place.replace("/", ".")


def _placed(packages: Any) -> Iterator[tuple[str, str]]:
    """The place in the wheel of each folder that a table names."""
    for place, folder in packages.items() if isinstance(packages, dict) else ():
        if isinstance(folder, str):
            yield place.strip("/"), folder.strip("/")


DIALECT = Dialect(source_roots=source_roots, built_modules=built_modules)
