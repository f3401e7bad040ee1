"""Decide whether the user exempts an import: by `ignore`, by `per-file-ignores`, or by a comment in its line."""

import re
from functools import lru_cache

from import_customs.model import Config, Reason

_INLINE = r"#\s*import-customs:\s*ignore\b"

# By the identity of a table, which is kept so that it stays the only one: its globs without wildcards, and with some.
_sorted_out: dict[int, tuple[object, dict[str, list[int]], list[int]]] = {}


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
    for number in _that_may_match(config, path):
        glob, entries = config.per_file_ignores[number]
        for entry in entries:
            if _is_within(module, entry) and matches(path, glob):
                return Reason("per-file-ignores", f"{glob}: {entry}")
    return None


def _that_may_match(config: Config, path: str) -> list[int]:
    """The numbers of the globs to try: those without wildcards are looked up, for there may be one for each file."""
    key = id(config.per_file_ignores)
    if key not in _sorted_out:
        plain: dict[str, list[int]] = {}
        wild = []
        for number, (glob, _) in enumerate(config.per_file_ignores):
            if any(special in glob for special in "*?["):
                wild.append(number)
            else:
                plain.setdefault(glob, []).append(number)
        _sorted_out[key] = (config.per_file_ignores, plain, wild)
    _, plain, wild = _sorted_out[key]
    names = {path, f"/{path}", path.rpartition("/")[2]}
    return sorted([*wild, *(number for name in names for number in plain.get(name, ()))])


def entries(config: Config) -> list[str]:
    """Every entry, as `exempted_by` names it."""
    per_file = [f"{glob}: {entry}" for glob, listed in config.per_file_ignores for entry in listed]
    return [*config.ignore, *per_file]


def matches(path: str, glob: str) -> bool:
    """Whether the glob matches a path or the name it ends in; one that begins with "/" the path alone."""
    from fnmatch import fnmatchcase  # 0.2 ms; only globs need it

    if glob.startswith("/"):
        return fnmatchcase(path, glob[1:])
    return fnmatchcase(path, glob) or fnmatchcase(path.rpartition("/")[2], glob)


def _is_within(module: str, entry: str) -> bool:
    return module == entry or module.startswith(f"{entry}.")
