"""What the index is built from: pigar's database and the list of popular distributions in, plain values out."""

import hashlib
import importlib.metadata
import importlib.util
import sqlite3
from collections import defaultdict
from functools import cache
from pathlib import Path

from packaging.utils import NormalizedName, canonicalize_name

HERE = Path(__file__).parent
POPULAR = HERE / "popular-distributions.txt"
FURTHER = HERE / "further-distributions.txt"
PIGAR_VERSION = "2.2.0"
PIGAR_SHA256 = "9a1ff9b4aae2262eea89b4213bb520d9acaebeea8b3ecad056a6f71ee7763743"

Ranks = dict[NormalizedName, int]  # from 1, the most downloaded
Installed = dict[NormalizedName, frozenset[str]]  # top-level modules; empty where the source knows none


class SourceMissingError(Exception):
    """A source is not there or is not the one that the shipped index was built from; the text says what to do."""


def read_ranks(path: Path = POPULAR) -> Ranks:
    """Popularity rank of each distribution, from 1."""
    names = path.read_text(encoding="ascii").split()
    return {canonicalize_name(name): rank for rank, name in enumerate(names, 1)}


def read_further(path: Path = FURTHER) -> list[NormalizedName]:
    """The distributions outside the popular ones of which a release is read as well. The file's head says which."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return [canonicalize_name(line.split()[0]) for line in lines if line.strip() and not line.startswith("#")]


def pigar_database() -> Path:
    """The database file of the installed pigar, found without importing it.

    Raises SourceMissingError where it is absent, of another version, or of other content.
    """
    install = f"install it with: python -m pip install pigar=={PIGAR_VERSION}"
    spec = importlib.util.find_spec("pigar")
    if spec is None or spec.origin is None:
        raise SourceMissingError(f"pigar is not installed here, and the index is built from its database; {install}")
    version = importlib.metadata.version("pigar")
    if version != PIGAR_VERSION:
        raise SourceMissingError(f"pigar {version} is installed, the index is built from {PIGAR_VERSION}; {install}")
    path = Path(spec.origin).with_name(".db.sqlite3")
    if not path.is_file() or _sha256(path) != PIGAR_SHA256:
        raise SourceMissingError(f"{path} is not the database that pigar {PIGAR_VERSION} came with; {install}")
    return path


def read_installed(path: Path) -> Installed:
    """Top-level modules of every distribution that pigar's database knows, by normalized name.

    Some 1,800 names stand there in two spellings: their modules are united.
    """
    found: defaultdict[NormalizedName, set[str]] = defaultdict(set)
    query = (
        "SELECT d.name, coalesce(m.name, '') FROM distributions d"
        " LEFT JOIN top_level_module_names m ON m.distribution_id = d.id"
    )
    normalized = cache(canonicalize_name)
    connection = sqlite3.connect(f"{path.as_uri()}?mode=ro&immutable=1", uri=True)
    try:
        for distribution, module in connection.execute(query):
            # "consul.aio", "" and the like: its first part is what an import names first
            found[normalized(distribution)].add(module.partition(".")[0])
    finally:
        connection.close()
    return {name: frozenset(modules - {""}) for name, modules in found.items()}


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
