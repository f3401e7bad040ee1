"""The declarations of further managers' tables: PDM, uv, Rye, Pixi, Flit. Each function: document in, declarations out.

Sources: the documentation of each tool (PDM, "Manage dependencies"; uv, "Settings"; Rye, "pyproject.toml"; Pixi,
"pyproject.toml"; Flit, "The pyproject.toml config file", old style).
"""

import re
from collections.abc import Iterator

from import_customs.model import RUNTIME, Declaration, Place
from import_customs.model.requirement import normalized
from import_customs.model.toml import Document
from import_customs.project.declarations import Declared, declared, extras

_EDITABLE = re.compile(r"\s*+-e\s++(.+)", re.DOTALL)
_EGG = re.compile(r"#egg=([A-Za-z0-9._-]+)")
_PIXI_TABLES = ("dependencies", "pypi-dependencies", "host-dependencies", "build-dependencies", "run-dependencies")


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


def pdm(document: Document) -> Iterator[Declared]:
    """tool.pdm.dev-dependencies: groups of requirements and of editable lines."""
    for group in document.get("tool.pdm.dev-dependencies", dict):
        keys = f"tool.pdm.dev-dependencies.{group}"
        listed = document.get("tool.pdm.dev-dependencies", list, group)
        yield declared(document, keys, [_plain(line) for line in listed], Place("group", normalized(group)))


def uv(document: Document) -> Iterator[Declared]:
    """tool.uv.dev-dependencies; sources, constraints and overrides declare nothing."""
    keys = "tool.uv.dev-dependencies"
    yield declared(document, keys, document.get(keys, list), Place("group", "dev"))


def rye(document: Document) -> Iterator[Declared]:
    """tool.rye.dev-dependencies."""
    keys = "tool.rye.dev-dependencies"
    yield declared(document, keys, [_plain(line) for line in document.get(keys, list)], Place("group", "dev"))


def pixi(document: Document) -> Iterator[Declared]:
    """tool.pixi, its features and targets; a conda package declares the distribution of its name."""
    yield from _pixi_tables(document, ())
    for feature in document.get("tool.pixi.feature", dict):
        yield from _pixi_tables(document, ("feature", feature))


def flit(document: Document) -> Iterator[Declared]:
    """tool.flit.metadata, as it was before [project]."""
    keys = "tool.flit.metadata.requires"
    yield declared(document, keys, document.get(keys, list), RUNTIME)
    for extra in document.get("tool.flit.metadata.requires-extra", dict):
        listed = document.get("tool.flit.metadata.requires-extra", list, extra)
        keys = f"tool.flit.metadata.requires-extra.{extra}"
        yield declared(document, keys, listed, Place("extra", normalized(extra)))


def _plain(line: object) -> object:
    """An editable line as a requirement: by its egg, else by the folder's name."""
    editable = _EDITABLE.fullmatch(line) if isinstance(line, str) else None
    if editable is None:
        return line
    egg = _EGG.search(editable[1])
    return egg[1] if egg else editable[1].rstrip().rstrip("/").rpartition("/")[2] or line


def _pixi_tables(document: Document, above: tuple[str, ...]) -> Iterator[Declared]:
    place = Place("group", normalized(above[1])) if above else RUNTIME
    targets = document.get("tool.pixi", dict, *above, "target")
    for path in (above, *((*above, "target", target) for target in targets)):
        for table in _PIXI_TABLES:
            listed = document.get("tool.pixi", dict, *path, table).items()
            keys = ".".join(("tool.pixi", *path, table))
            found = [_wanted(document, keys, name, wanted, place) for name, wanted in listed if name != "python"]
            yield Declared(found if table.startswith("pypi") else [_of_conda(one) for one in found], [])


def _wanted(document: Document, keys: str, name: str, wanted: object, place: Place) -> Declaration:
    told = extras(document, f"{keys}.{name}", wanted) if isinstance(wanted, dict) else ()
    return Declaration(normalized(name), told, "", place, document.path, document.line_of_key(name, keys))


def _of_conda(package: Declaration) -> Declaration:
    return package._replace(name=normalized(_CONDA.get(package.name, package.name)))


READERS = {"pdm": pdm, "uv": uv, "rye": rye, "pixi": pixi, "flit": flit}
