"""scikit-build-core. Source: its documentation, "Configuration", wheel.packages."""

from __future__ import annotations

import posixpath

from import_customs.model.toml import at, strings
from import_customs.project.dialects.dialect import Dialect, ProjectFiles

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator


def source_roots(files: ProjectFiles) -> Iterator[str]:
    """The folders that hold the packages, which an array or a table names; `python` by default."""
    packages = at(files.document.table, "tool.scikit-build.wheel.packages")
    if packages is None:
        yield "python"
    for package in strings(list(packages.values()) if isinstance(packages, dict) else packages):
        yield posixpath.dirname(package.rstrip("/")) or "."


DIALECT = Dialect(source_roots=source_roots)
