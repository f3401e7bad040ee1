"""The table of the tools that fewer projects use; what shows them stands in `_RARER` of the package too.

Most of them say little: together they take 1 ms.
"""

from __future__ import annotations

from import_customs.project.dialects import (
    flit,
    maturin,
    meson,
    pants,
    pdm,
    pixi,
    rye,
    scikit_build,
    setuptools_dynamic_dependencies,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection

    from import_customs.project.dialects.dialect import Dialect

_BY_TABLE = {
    "pdm": pdm.DIALECT,
    "rye": rye.DIALECT,
    "flit": flit.DIALECT,
    "pixi": pixi.DIALECT,
    "maturin": maturin.DIALECT,
    "scikit-build": scikit_build.DIALECT,
    "setuptools_dynamic_dependencies": setuptools_dynamic_dependencies.DIALECT,
}
_BY_BACKEND = {"scikit_build_core": "scikit-build", "pdm.backend": "pdm"}
_BY_FILE = {"meson.build": meson.DIALECT, "pants.toml": pants.DIALECT}


def dialects_of(tools: Collection[str], beside: Collection[str], backend: str) -> dict[str, Dialect]:
    """Those of them that speak for a project, as `dialects.dialects_of` gives them, by what shows them."""
    by_backend = {tool for start, tool in _BY_BACKEND.items() if backend.startswith(start)}
    by_table = {tool: dialect for tool, dialect in _BY_TABLE.items() if tool in tools or tool in by_backend}
    return by_table | {file: dialect for file, dialect in _BY_FILE.items() if file in beside}
