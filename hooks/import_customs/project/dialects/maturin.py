"""Maturin. Source: its documentation, "Project layout", "Configuration"."""

from __future__ import annotations

from import_customs.model.toml import at, strings
from import_customs.project.dialects.dialect import Dialect, ProjectFiles, absent_modules

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator


def source_roots(files: ProjectFiles) -> Iterator[str]:
    """The folder of the Python packages."""
    return strings(at(files.document.table, "tool.maturin.python-source"))


def built_modules(files: ProjectFiles) -> Iterator[str]:
    """The module that is compiled, or the package that is made around it, and the named packages that are not there."""
    yield from (name.partition(".")[0] for name in strings(at(files.document.table, "tool.maturin.module-name")))
    named = strings(at(files.document.table, "tool.maturin.python-packages"))
    yield from absent_modules(files, next(source_roots(files), "."), named)


DIALECT = Dialect(source_roots=source_roots, built_modules=built_modules)
