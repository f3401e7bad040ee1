"""Find a project's environment and the folders of its installed distributions. Nothing in it is run.

Sources: PEP 405 (pyvenv.cfg), PEP 582 (`__pypackages__`), uv (UV_PROJECT_ENVIRONMENT), PDM (`.pdm-python`), conda
(conda-meta), Debian (dist-packages). pre-commit sets VIRTUAL_ENV to the hook's own environment, which is never taken.
"""

import os
import sys
from collections.abc import Iterator, Mapping, Sequence

from import_customs.model import LONGEST_PATH

_NAMES = (".venv", "venv", ".conda", "env")
_SITES = ("lib", "lib64", "Lib", "local/lib")
_PACKAGES = ("site-packages", "dist-packages")
_METADATA = (".dist-info", ".egg-info")


def site_folders(path: str) -> list[str]:
    """The folders of installed distributions of an interpreter, an environment, or such a folder itself."""
    if os.path.isdir(path):
        return _sites_below(path)
    folder = os.path.dirname(path)  # links are not followed: the interpreter of an environment is one
    return _sites_below(os.path.dirname(folder)) or _sites_below(folder)


def find_environment(
    folders: Sequence[str], variables: Mapping[str, str], own: str = sys.prefix
) -> tuple[str, list[str]] | None:
    """The path of the project's environment and its folders of distributions; None if there is none.

    `folders` are the project's own and those above it up to the repository's root, absolute, nearest first; `own` is
    the environment that runs this check.
    """
    for place in _candidates(folders, variables):
        if place and not _is_same(place, own):
            found = site_folders(place)
            if found:
                return place, found
    return None


def _candidates(folders: Sequence[str], variables: Mapping[str, str]) -> Iterator[str]:
    for folder in folders:
        if variables.get("UV_PROJECT_ENVIRONMENT"):
            yield os.path.join(folder, variables["UV_PROJECT_ENVIRONMENT"])
        for path in (os.path.join(folder, name) for name in _NAMES):
            if os.path.isfile(os.path.join(path, "pyvenv.cfg")) or os.path.isdir(os.path.join(path, "conda-meta")):
                yield path
            else:
                yield _first_line(path)  # a file of that name may hold the path of an environment
        yield _first_line(os.path.join(folder, ".pdm-python"))
        packages = os.path.join(folder, "__pypackages__")
        yield from (os.path.join(packages, version, "lib") for version in _versions(packages))
    yield variables.get("VIRTUAL_ENV", "")
    yield variables.get("CONDA_PREFIX", "")


def _first_line(path: str) -> str:
    """The absolute path that a file holds in its first line; "" if it holds none."""
    if os.path.islink(path):  # it may lead anywhere
        return ""
    try:
        line = first_bytes(path, LONGEST_PATH).partition(b"\n")[0].decode().strip()
    except UnicodeDecodeError:
        return ""
    return line if os.path.isabs(line) and "\0" not in line else ""


def first_bytes(path: str, most: int) -> bytes:
    """As many bytes of a regular file; b"" if it cannot be read."""
    try:
        if not os.path.isfile(path):  # a FIFO would be waited for, and a device has no end
            return b""
        with open(path, "rb") as file:
            return file.read(most)
    except (OSError, ValueError):  # ValueError: a name with a null byte
        return b""


def _is_same(place: str, own: str) -> bool:
    base = place if os.path.isdir(place) else os.path.dirname(os.path.dirname(place))
    return placed(base) == placed(own)


def placed(path: str) -> str:
    """The path with all links followed; as it is where Windows cannot say it, as of a folder that a service holds."""
    try:
        return os.path.realpath(path)
    except OSError:
        return os.path.abspath(path)


def _sites_below(prefix: str) -> list[str]:
    if os.path.basename(prefix) in _PACKAGES or any(name.endswith(_METADATA) for name in _listed(prefix)):
        return [prefix]
    found: dict[str, str] = {}
    for lib in _SITES:
        base = os.path.join(prefix, lib)
        for inner in (base, *(os.path.join(base, version) for version in _versions(base))):
            for name in _PACKAGES:
                path = os.path.join(inner, name)
                if os.path.isdir(path):
                    found.setdefault(placed(path), path)  # lib64 is often a link to lib
    return list(found.values())


def _versions(folder: str) -> list[str]:
    """The folders in it that are called after a Python, the newest first: `python3.13`, `3.13`, `python3`."""
    names = [name for name in _listed(folder) if name.removeprefix("python")[:1].isdecimal()]
    return sorted(
        names,
        key=lambda name: [int(part) for part in name.removeprefix("python").split(".") if part.isdecimal()],
        reverse=True,
    )


def _listed(folder: str) -> list[str]:
    try:
        return sorted(os.listdir(folder))
    except OSError:
        return []
