"""Pixi. A conda package declares the distribution of its name.

Source: its documentation, "pyproject.toml".
"""

from __future__ import annotations

from import_customs.model import RUNTIME, Declaration, LocalProject, Place, WritablePlace
from import_customs.model.requirement import normalized
from import_customs.project.declarations import DeclaredList, extras_of
from import_customs.project.dialects.dialect import (
    Dialect,
    ProjectFiles,
    always,
    both_without_project_table,
    path_sources_in,
    table_at,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from import_customs.project.dialects.dialect import Tables

_LOCATIONS = frozenset({"git", "url", "path", "index"})  # keys that say where a distribution comes from
_TABLES = ("dependencies", "pypi-dependencies", "host-dependencies", "build-dependencies", "run-dependencies")
# Conda packages of another name than the distribution that they hold. Source: conda-forge's recipes.
_CONDA = {
    "py-opencv": "opencv-python",
    "opencv": "opencv-python",
    "pytorch": "torch",
    "pytorch-cpu": "torch",
    "pytorch-gpu": "torch",
    "pytables": "tables",
    "matplotlib-base": "matplotlib",
    "dask-core": "dask",
    "msgpack-python": "msgpack",
    "python-graphviz": "graphviz",
    "python-duckdb": "duckdb",
    "pyqt": "pyqt5",
    "faiss": "faiss-cpu",
    "tensorflow-cpu": "tensorflow",
    "tensorflow-gpu": "tensorflow",
    "xgboost-cpu": "xgboost",
}


def declared_lists(files: ProjectFiles) -> Iterator[DeclaredList]:
    """The tables of dependencies, those of features and targets too."""
    yield from _lists_below(files, (), RUNTIME)
    for feature in files.document.get("tool.pixi.feature", dict):
        yield from _lists_below(files, ("feature", feature), Place("group", normalized(feature)))


def _lists_below(files: ProjectFiles, above: tuple[str, ...], place: Place) -> Iterator[DeclaredList]:
    document = files.document
    targets = document.get("tool.pixi", dict, *above, "target")
    for path in (above, *((*above, "target", target) for target in targets)):
        for table in _TABLES:
            keys, found = ".".join(("tool.pixi", *path, table)), []
            for name, wanted in document.get("tool.pixi", dict, *path, table).items():
                if name == "python":
                    continue
                extras = extras_of(document, f"{keys}.{name}", wanted) if isinstance(wanted, dict) else ()
                distribution = normalized(name)
                if not table.startswith("pypi"):
                    distribution = normalized(_CONDA.get(distribution, distribution))
                line = document.line_of_key(name, keys)
                is_elsewhere = isinstance(wanted, dict) and not _LOCATIONS.isdisjoint(wanted)
                declaration = Declaration(distribution, extras, "", place, document.path, line)
                found.append(declaration._replace(is_elsewhere=is_elsewhere))
            yield DeclaredList(found, [], [])


def path_sources(files: ProjectFiles) -> Iterator[LocalProject]:
    """The distributions with a path."""
    pixi = table_at(files.document.table, "tool", "pixi")
    for feature in (pixi, *table_at(pixi, "feature").values()):
        for part in (feature, *table_at(feature, "target").values()):
            yield from path_sources_in(table_at(part, "pypi-dependencies"))


def writable_places(tables: Tables) -> Iterator[WritablePlace]:
    """The distributions where there is no [project]."""
    if "project" not in tables and "pypi-dependencies" in table_at(tables, "tool", "pixi"):
        yield WritablePlace(RUNTIME, ("tool", "pixi", "pypi-dependencies"), "table")


DIALECT = Dialect(
    states_project=always,
    declared_lists=declared_lists,
    stated_keys=both_without_project_table,
    path_sources=path_sources,
    writable_places=writable_places,
)
