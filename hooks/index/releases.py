"""The text of releases.txt in, what the newest release of each popular distribution holds out. Its head explains it."""

import re
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from packaging.utils import NormalizedName, canonicalize_name

from index.entry_points import to_text

RELEASES = Path(__file__).with_name("releases.txt")

_DATE = re.compile(r"\d{4}-\d\d-\d\d")


class Release(NamedTuple):
    """One release, as the registry had it on the day of the file's head."""

    name: str
    version: str
    requires_python: str  # "" where nothing is required
    modules: tuple[str, ...] | None  # dotted, the shallowest; None where they cannot be told
    requires: Mapping[str, tuple[str, ...]]  # by extra, what it brings; by "" what is always required
    platform: str = ""  # the `sys_platform` for which all its wheels are, where that is one
    entry_points: Mapping[str, tuple[str, ...]] = MappingProxyType({})  # as `index.entry_points` has them


def line_of(release: Release) -> str:
    """The line of a release, with its newline."""
    modules = "?" if release.modules is None else " ".join(release.modules)
    said = (to_text(release.requires), release.platform, to_text(release.entry_points))
    fields = (release.name, release.version, release.requires_python, modules, *said)
    return "\t".join(fields).rstrip("\t") + "\n"


def read_releases(path: Path = RELEASES) -> dict[NormalizedName, Release]:
    """By normalized name. Raises ValueError for a line that is none."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return {canonicalize_name(one.name): one for one in map(_release, lines) if one}


def read_lines(path: Path = RELEASES) -> tuple[str, dict[str, str]]:
    """The file's head, and its lines by the names that they begin with."""
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    head = "".join(line for line in lines if line.startswith("#"))
    return head, {line.partition("\t")[0]: line for line in lines if not line.startswith("#")}


def read_date(path: Path = RELEASES) -> str:
    """The day of which it tells. Raises ValueError where its head does not say."""
    with path.open(encoding="utf-8") as file:
        said = _DATE.search(file.readline())
    if said is None:
        raise ValueError(f"{path.name} does not say its day")
    return said[0]


def _release(line: str) -> Release | None:
    if line.startswith("#"):
        return None
    name, version, requires_python, modules, requires, platform, entry_points = (*line.split("\t"), *[""] * 5)[:7]
    return Release(
        name,
        version,
        requires_python,
        None if modules == "?" else tuple(modules.split()),
        _by_key(requires),
        platform,
        _by_key(entry_points),
    )


def _by_key(text: str) -> dict[str, tuple[str, ...]]:
    said = (part.partition("=") for part in text.split(";") if part)
    return {key: tuple(words.split()) for key, _, words in said}
