"""What a project's configuration exempts: an import and where it stands in, whether it is to be ignored out.

Kept apart from the rules so that an ignore that meets nothing can be told: it is warned of when all is looked at.
"""

import re

from import_customs.project.config import Config

INLINE = b"import-customs: ignore"
_INLINE = r"#\s*import-customs:\s*ignore\b"


def is_inline(line: str) -> bool:
    """Whether the source line ends in a comment that exempts its imports."""
    return "import-customs" in line and re.search(_INLINE, line) is not None


def by_config(config: Config, path: str, module: str) -> str | None:
    """The entry of `ignore` or `per-file-ignores` that exempts the module in that file; None where none does.

    `path` is from the project's folder. A module is exempt with its submodules. A glob is matched against the path
    and against the file's name, and its `*` matches "/" as well.
    """
    for entry in config.ignore:
        if _is_within(module, entry):
            return entry
    for glob, entries in config.per_file_ignores:
        for entry in entries:
            if _is_within(module, entry) and matches(path, glob):
                return f"{glob}: {entry}"
    return None


def entries(config: Config) -> list[str]:
    """Every entry, as `by_config` names it."""
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
