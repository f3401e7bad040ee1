"""Decide whether the user exempts an import: by `ignore`, by `per-file-ignores`, or by a comment in its line."""

import re
from functools import lru_cache

from import_customs.model import Config, Reason
from import_customs.project.config import matches

_INLINE = r"#\s*import-customs:\s*ignore\b"

# By the identity of a table, which is kept so that no other one gets it: its globs without wildcards, and the others.
_by_wildcard: dict[int, tuple[object, dict[str, list[int]], list[int]]] = {}


@lru_cache(maxsize=1)  # asked for each import of a line, one after the other
def is_inline(line: str) -> bool:
    """Whether the source line ends in a comment that exempts its imports."""
    return "import-customs" in line and re.search(_INLINE, line) is not None


def exempted_by(config: Config, path: str, module: str) -> Reason | None:
    """The entry of `ignore` or `per-file-ignores` that exempts the module in that file; None if none does.

    `path` is from the project's folder. A module is exempt with its submodules. A glob is matched against the path
    and against the file's name, and its `*` matches "/" as well.
    """
    for entry in config.ignore:
        if _is_within(module, entry):
            return Reason("ignore", entry)
    for number in _globs_to_try(config, path):
        glob, entries = config.per_file_ignores[number]
        for entry in entries:
            if _is_within(module, entry) and matches(path, glob):
                return Reason("per-file-ignores", f"{glob}: {entry}")
    return None


def _globs_to_try(config: Config, path: str) -> list[int]:
    """The numbers of the globs to try: those without wildcards are looked up, for there may be one for each file."""
    key = id(config.per_file_ignores)
    if key not in _by_wildcard:
        plain: dict[str, list[int]] = {}
        wild = []
        for number, (glob, _) in enumerate(config.per_file_ignores):
            if any(special in glob for special in "*?["):
                wild.append(number)
            else:
                plain.setdefault(glob, []).append(number)
        _by_wildcard[key] = (config.per_file_ignores, plain, wild)
    _, plain, wild = _by_wildcard[key]
    names = {path, f"/{path}", path.rpartition("/")[2]}
    return sorted([*wild, *(number for name in names for number in plain.get(name, ()))])


def entries(config: Config) -> list[str]:
    """Every entry, as `exempted_by` names it."""
    per_file = [f"{glob}: {entry}" for glob, listed in config.per_file_ignores for entry in listed]
    return [*config.ignore, *per_file]


def _is_within(module: str, entry: str) -> bool:
    return module == entry or module.startswith(f"{entry}.")
