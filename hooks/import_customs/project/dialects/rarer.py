"""The table of the tools that fewer projects use; what shows them stands in `_RARER` of the package too."""

from __future__ import annotations

from import_customs.project.dialects import flit, maturin, meson, pants, pixi, rye, scikit_build

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from import_customs.project.dialects.dialect import Dialect

_BY_TABLE = {
    "rye": rye.DIALECT,
    "flit": flit.DIALECT,
    "pixi": pixi.DIALECT,
    "maturin": maturin.DIALECT,
    "scikit-build": scikit_build.DIALECT,
}
_BY_FILE = {"meson.build": meson.DIALECT, "pants.toml": pants.DIALECT}


def dialects_of(tools: Collection[str], beside: Collection[str], backend: str) -> Iterator[Dialect]:
    """Those of them that speak for a project, as `dialects.dialects_of` gives them."""
    for tool, dialect in _BY_TABLE.items():
        if tool in tools or (tool == "scikit-build" and backend.startswith("scikit_build_core")):
            yield dialect
    yield from (dialect for file, dialect in _BY_FILE.items() if file in beside)
