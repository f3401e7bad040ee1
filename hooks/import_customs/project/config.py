"""Read the table [tool.import-customs], and tell what its ignores exempt.

Each key, its type and its default stand here. A test holds schema.json, which editors read, and docs/configuration.md
to it.
"""

from __future__ import annotations

from import_customs.model import OPT_IN_RULES, RUNTIME, CheckError, Config, Place, Reason
from import_customs.model.later import fnmatchcase
from import_customs.model.requirement import Name, is_name, normalized

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from typing import Any

    from import_customs.model.toml import Document

TABLE = "tool.import-customs"
# Tables of which nothing would count: with the name as Python has it, or without what it stands in.
_MISSPELT = (("tool", "import_customs"), ("", "import-customs"), ("", "import_customs"))
GUARDED = ("declare", "ignore")
TELLING = ("tell", "block")
# The suffixes of files of which pip reads nothing: their keys would be taken for requirements.
OTHER_FORMATS = (".cfg", ".ini", ".json", ".py", ".toml", ".yaml", ".yml")
NO_REQUIREMENTS = "state what it lists in a requirements file, and name that"  # the way out
_NAMES_ALONE = "name the package alone, without a version or an extra"
_WILD = str.maketrans("*?[]!", "xxxxx")  # what a glob may have, as a name has letters
_EVERYTHING = "*"  # as an entry of `per-file-ignores`
KEYS = tuple(field.replace("_", "-") for field in Config._fields)

# A cache by `id()` of a `per-file-ignores` table: its globs without wildcards by text, and the numbers of the others.
# The table is kept with them, so that its id is not used again.
_by_wildcard: dict[int, tuple[object, dict[str, list[int]], list[int]]] = {}


def read_config(document: Document) -> Config:
    """The table of a pyproject.toml. Raises CheckError, with its line, for all unknown keys and wrong types at once."""
    table = document.get(TABLE, dict)
    of_tools = document.get("tool", dict)
    wrong = [_misspelt(document, *one) for one in _MISSPELT if one[1] in (of_tools if one[0] else document.table)]
    if not (table or wrong):
        return Config()
    if unknown := [key for key in table if key not in KEYS]:
        wrong.append(_unknown_keys(document, unknown))
    found: dict[str, Any] = {}
    for key in (one for one in table if one in KEYS):
        try:
            found[key.replace("-", "_")] = _READ[key](document, key)
        except CheckError as error:
            wrong.append(error)
    if wrong:
        raise _all_at_once(wrong)
    return Config(**found)


def _by_module(provides: Mapping[str, tuple[str, ...]]) -> tuple[tuple[str, tuple[Name, ...]], ...]:
    """The user's table, distribution to modules, turned over."""
    found: dict[str, list[Name]] = {}
    for distribution, modules in provides.items():
        for module in modules:
            found.setdefault(module, []).append(normalized(distribution))
    return tuple((module, tuple(names)) for module, names in found.items())


def _strings(document: Document, key: str, inside: str = TABLE) -> tuple[str, ...]:
    return tuple(document.strings(inside, key))


def _requirements_files(document: Document, key: str) -> tuple[str, ...]:
    found = _strings(document, key)
    if wrong := next((value for value in found if value.endswith(OTHER_FORMATS)), None):
        line, message = document.line_of(wrong, TABLE), f'"{wrong}" in {TABLE}.{key} is no requirements file'
        raise CheckError(message, hint=NO_REQUIREMENTS, path=document.path, line=line, column=1)
    return found


def _modules(document: Document, key: str, inside: str = TABLE, *, but: str | None = None) -> tuple[str, ...]:
    """The modules that are listed there. Raises CheckError for what no import could name, except `but`."""
    found = _strings(document, key, inside)
    for value in found:
        if value != but and not all(map(str.isidentifier, value.split("."))):
            above = value.removesuffix(".*")
            hint = "say what an import says: `a` or `a.b`"
            if value != above and all(map(str.isidentifier, above.split("."))):
                hint = f"`{above}` stands for what is below it, too"
            line = document.line_of(value, inside)
            message = f'"{value}" in {inside}.{key} is no module'
            raise CheckError(message, hint=hint, path=document.path, line=line, column=1)
    return found


def _lists(document: Document, key: str, *, but: str | None = None) -> dict[str, tuple[str, ...]]:
    table = document.get(f"{TABLE}.{key}", dict)
    return {name: _modules(document, name, f"{TABLE}.{key}", but=but) for name in table}


def _distributions(document: Document, key: str) -> dict[str, tuple[str, ...]]:
    found = _lists(document, key)
    if empty := next((name for name, modules in found.items() if not modules), None):
        message, line = f"{TABLE}.{key}.{empty} names no module", document.line_of(empty, f"{TABLE}.{key}")
        raise CheckError(message, hint="name what it installs", path=document.path, line=line, column=1)
    if wrong := [name for name in found if not is_name(name)]:
        raise CheckError(
            f'"{wrong[0]}" is not the name of a package',
            hint=f"{TABLE}.{key} says by the names of packages what they install",
            path=document.path,
            line=document.line_of(wrong[0], f"{TABLE}.{key}"),
            column=1,
        )
    return found


def _globs_of_names(document: Document, key: str) -> tuple[str, ...]:
    found = _strings(document, key)
    if wrong := [value for value in found if not is_name(value.translate(_WILD))]:
        message = f'"{wrong[0]}" in {TABLE}.{key} is no name of a package, nor a glob'
        line = document.line_of(wrong[0], TABLE)
        raise CheckError(message, hint=_NAMES_ALONE, path=document.path, line=line, column=1)
    return found


def _choice(document: Document, key: str, choices: tuple[str, ...]) -> str:
    value = document.get(f"{TABLE}.{key}", str) or choices[0]
    if value not in choices:
        raise _not_one_of(document, key, value, choices)
    return str(value)


def _choices(document: Document, key: str, choices: tuple[str, ...]) -> tuple[str, ...]:
    values = _strings(document, key)
    if wrong := [value for value in values if value not in choices]:
        raise _not_one_of(document, key, wrong[0], choices)
    return values


def _place(document: Document, key: str) -> Place | None:
    value = str(document.get(f"{TABLE}.{key}", str))
    kind, _, name = value.partition(" ")
    if kind in ("group", "extra") and is_name(name):
        return Place("group" if kind == "group" else "extra", name)
    if value in ("", str(RUNTIME)):
        return RUNTIME if value else None
    raise _not_one_of(document, key, value, (str(RUNTIME), "group NAME", "extra NAME"))


def _not_one_of(document: Document, key: str, value: str, choices: tuple[str, ...]) -> CheckError:
    allowed = " or ".join(f'"{choice}"' for choice in choices)
    return CheckError(
        f'{TABLE}.{key} must be {allowed}, not "{value}"',
        hint="correct it, then run again",
        path=document.path,
        line=document.line_of(key, TABLE),
        column=1,
    )


# How the value of each key is read.
_READ: dict[str, Callable[[Document, str], object]] = {
    "ignore": _modules,
    "per-file-ignores": lambda document, key: tuple(_lists(document, key, but=_EVERYTHING).items()),
    "provides": lambda document, key: _by_module(_distributions(document, key)),
    "source-roots": _strings,
    "requirements-files": _requirements_files,
    "guarded": lambda document, key: _choice(document, key, GUARDED),
    "rules": lambda document, key: _choices(document, key, OPT_IN_RULES),
    "misplaced-paths": _strings,
    "declare-in": _place,
    "unused": lambda document, key: _choice(document, key, TELLING),
    "added": lambda document, key: _choice(document, key, TELLING),
    "unused-ignore": _globs_of_names,
}


def _all_at_once(wrong: Sequence[CheckError]) -> CheckError:
    """One error for all of them, in the order of their lines, at the place of the first."""
    in_order = sorted(wrong, key=lambda one: one.line)
    first, *others = in_order
    more = (f"line {one.line}: {one.message}" for one in others)
    message, hint = "; ".join((first.message, *more)), first.hint
    if any(one.hint != hint for one in others):
        hint = "; ".join(f"line {one.line}: {one.hint}" for one in in_order)
    return CheckError(message, hint=hint, path=first.path, line=first.line, column=first.column)


def _misspelt(document: Document, above: str, name: str) -> CheckError:
    table = f"{above}.{name}" if above else name
    line, message = document.line_of(name, table), f"unknown table [{table}] (did you mean [{TABLE}]?)"
    return CheckError(message, hint="correct it, then run again", path=document.path, line=line, column=1)


def _unknown_keys(document: Document, unknown: list[str]) -> CheckError:
    """The error that names all unknown keys at once, each with the nearest known one."""
    from difflib import get_close_matches  # 5 ms

    def with_nearest(key: str) -> str:
        near: list[Any] = get_close_matches(key, KEYS, n=1)
        return f"`{key}` (did you mean `{near[0]}`?)" if near else f"`{key}`"

    keys = "key" if len(unknown) == 1 else "keys"
    return CheckError(
        f"unknown {keys} in [{TABLE}]: {', '.join(map(with_nearest, unknown))}",
        hint=f"the keys are {', '.join(KEYS)}",
        path=document.path,
        line=document.line_of(unknown[0], TABLE),
        column=1,
    )


def matches(path: str, glob: str) -> bool:
    """Whether the glob matches a path or the name it ends in; one that begins with "/" the path alone.

    One that ends in "/" matches all that is below, and `**/` no folder, too.
    """
    glob = f"{glob.removeprefix('./')}*" if glob.endswith("/") else glob.removeprefix("./")
    names = (path,) if glob.startswith("/") else (path, path.rpartition("/")[2])
    globs = {glob.removeprefix("/"), glob.removeprefix("/").replace("**/", "")}
    return any(fnmatchcase(name, one) for name in names for one in globs)


def ignore_entries(config: Config) -> list[str]:
    """Every entry of `ignore` and `per-file-ignores`, as a reason names it."""
    per_file = [f"{glob}: {entry}" for glob, listed in config.per_file_ignores for entry in listed]
    return [*config.ignore, *per_file]


def exempted_by(config: Config, path: str, module: str) -> Reason | None:
    """The entry of `ignore` or `per-file-ignores` that exempts the module in that file; None if none does.

    `path` is from the project's folder. A module is exempt with its submodules. A glob is matched against the path
    and against the file's name, and its `*` matches "/" as well.
    """
    for entry in config.ignore:
        if is_within(module, entry):
            return Reason("ignore", entry)
    for number in _globs_to_try(config, path):
        glob, entries = config.per_file_ignores[number]
        for entry in entries:
            if (entry == _EVERYTHING or is_within(module, entry)) and matches(path, glob):
                return Reason("per-file-ignores", f"{glob}: {entry}")
    return None


def _globs_to_try(config: Config, path: str) -> list[int]:
    """The numbers of the globs to try: those without wildcards are looked up, for there may be one for each file."""
    key = id(config.per_file_ignores)
    if key not in _by_wildcard:
        plain: dict[str, list[int]] = {}
        wild = []
        for number, (glob, _) in enumerate(config.per_file_ignores):
            if any(special in glob for special in "*?[") or glob.endswith("/") or glob.startswith("./"):
                wild.append(number)
            else:
                plain.setdefault(glob, []).append(number)
        _by_wildcard[key] = (config.per_file_ignores, plain, wild)
    _, plain, wild = _by_wildcard[key]
    names = {path, f"/{path}", path.rpartition("/")[2]}
    return sorted([*wild, *(number for name in names for number in plain.get(name, ()))])


def is_within(module: str, entry: str) -> bool:
    return module == entry or module.startswith(f"{entry}.")
