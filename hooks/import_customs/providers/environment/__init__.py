"""Where a project's environment may stand in, the folders of its installed distributions out. Nothing in it is run.

Sources: PEP 405 (pyvenv.cfg), PEP 582 (`__pypackages__`), uv (UV_PROJECT_ENVIRONMENT), PDM (`.pdm-python`), conda
(conda-meta), Debian (dist-packages). pre-commit sets VIRTUAL_ENV to the hook's own environment, which is never taken.
"""

import os
import sys
from collections.abc import Iterator, Mapping, Sequence

_NAMES = (".venv", "venv", ".conda", "env")
_SITES = ("lib", "lib64", "Lib", os.path.join("local", "lib"))
_PACKAGES = ("site-packages", "dist-packages")


def folders_of(path: str) -> list[str]:
    """The folders of installed distributions of an interpreter, an environment, or such a folder itself."""
    if os.path.isdir(path):
        return _sites(path)
    folder = os.path.dirname(path)  # not through links: the interpreter of an environment is one
    return _sites(os.path.dirname(folder)) or _sites(folder)


def find(folders: Sequence[str], environment: Mapping[str, str], own: str = sys.prefix) -> tuple[str, list[str]] | None:
    """The project's environment, and its folders of distributions; None where there is none.

    `folders` are the project's own and those above it up to the repository's root, absolute, nearest first; `own` is
    the environment that runs this check.
    """
    for place in _places(folders, environment):
        if place and not _is_same(place, own):
            found = folders_of(place)
            if found:
                return place, found
    return None


def _places(folders: Sequence[str], environment: Mapping[str, str]) -> Iterator[str]:
    for folder in folders:
        if environment.get("UV_PROJECT_ENVIRONMENT"):
            yield os.path.join(folder, environment["UV_PROJECT_ENVIRONMENT"])
        for name in _NAMES:
            yield from _named(os.path.join(folder, name))
        yield _first_line(os.path.join(folder, ".pdm-python"))
        packages = os.path.join(folder, "__pypackages__")
        yield from (os.path.join(packages, version, "lib") for version in _versions(packages))
    yield environment.get("VIRTUAL_ENV", "")
    yield environment.get("CONDA_PREFIX", "")


def _named(path: str) -> Iterator[str]:
    """A folder that is an environment; a file may name one."""
    if os.path.isfile(os.path.join(path, "pyvenv.cfg")) or os.path.isdir(os.path.join(path, "conda-meta")):
        yield path
    elif os.path.isfile(path):
        yield _first_line(path)


def _first_line(path: str) -> str:
    if os.path.islink(path) or not os.path.isfile(path):  # one may lead anywhere, and a FIFO would be waited for
        return ""
    try:
        with open(path, encoding="utf-8") as file:
            line = file.readline(4096).strip()
    except (OSError, UnicodeDecodeError):
        return ""
    return line if os.path.isabs(line) and "\0" not in line else ""


def _is_same(place: str, own: str) -> bool:
    base = place if os.path.isdir(place) else os.path.dirname(os.path.dirname(place))
    return os.path.realpath(base) == os.path.realpath(own)


def _sites(prefix: str) -> list[str]:
    if os.path.basename(prefix) in _PACKAGES or _holds_metadata(prefix):
        return [prefix]
    found: dict[str, str] = {}
    for lib in _SITES:
        base = os.path.join(prefix, lib)
        for inner in (base, *(os.path.join(base, version) for version in _versions(base))):
            for name in _PACKAGES:
                path = os.path.join(inner, name)
                if os.path.isdir(path):
                    found.setdefault(os.path.realpath(path), path)  # lib64 is often a link to lib
    return list(found.values())


def _holds_metadata(folder: str) -> bool:
    return any(name.endswith((".dist-info", ".egg-info")) for name in _names(folder))


def _versions(folder: str) -> list[str]:
    """The folders in it that are called after a Python, the newest first: `python3.13`, `3.13`, `python3`."""
    named = [name for name in _names(folder) if name.removeprefix("python")[:1].isdecimal()]
    return sorted(
        named,
        key=lambda name: [int(part) for part in name.removeprefix("python").split(".") if part.isdecimal()],
        reverse=True,
    )


def _names(folder: str) -> list[str]:
    try:
        return sorted(os.listdir(folder))
    except OSError:
        return []
