"""The tables of a pyproject.toml in, out where in it a requirement can be written: existing lists, and new ones.

Sources: PEP 621, PEP 735; Poetry, "Dependency groups"; PDM, "Manage dependencies"; uv, "Dependency fields"; Hatch,
"Environment configuration".
"""

from collections.abc import Iterator, Mapping
from typing import Any, Literal, NamedTuple

from import_customs.model import RUNTIME, Place
from import_customs.model.outcome import Purpose, WritablePlace
from import_customs.model.requirement import leading, normalized

Tables = Mapping[str, Any]

_DEV = ("dev", "develop", "development")
# By what the importers are for: names of the extras and groups that are taken, the first that is there.
_NAMES: dict[Purpose, tuple[str, ...]] = {
    "test": ("test", "tests", "testing", "hatch-test", *_DEV),
    "docs": ("docs", "doc", "documentation", *_DEV),
    "types": ("typing", "types", "type-checking", "typecheck", "mypy", *_DEV),
    "dev": (*_DEV, "default"),
}
_NEW_NAMES: dict[Purpose, str] = {"test": "test", "docs": "docs", "types": "dev", "dev": "dev"}
_EXTRAS = ("project", "optional-dependencies")
_POETRY = ("tool", "poetry")
# What states the runtime dependencies where there is no [project].
_OLDER: dict[tuple[str, ...], Literal["list", "table"]] = {
    (*_POETRY, "dependencies"): "table",
    ("tool", "flit", "metadata", "requires"): "list",
    ("tool", "pixi", "pypi-dependencies"): "table",
}


class Nowhere(NamedTuple):
    """Why a project has no place for a requirement."""

    title: str  # where a person may add it, as a report names it
    reason: str  # said of the project's file


_TO_THE_BACKEND = "leaves its {} to the build backend; add it where that reads them"
_OF_GROUPS = "has no list of runtime dependencies; add it to a group, or say which one: `declare-in`"
_WITHOUT_EXTRAS = "has no [project] that could hold an extra; add it by hand, or let `declare-in` name another place"


def slot_for(tables: Tables, kind: Purpose, declare_in: Place | None) -> WritablePlace | None:
    """Where a requirement of importers of that kind is written; None where the project leaves it to something else.

    `declare_in` is the place that the user chose; None leaves it to what is there.
    """
    slot = _at(tables, declare_in) if declare_in else _of_kind(tables, kind)
    is_poetry_s = slot is not None and slot.keys[:2] == _POETRY
    return slot._replace(caret=_uses_caret(tables)) if slot and is_poetry_s else slot


def nowhere(tables: Tables, declare_in: Place | None, *, is_left: bool) -> Nowhere:
    """Why there is no slot; `is_left` where something else than the tables states the dependencies."""
    is_extra = declare_in is not None and declare_in.kind == "extra"
    if is_left or "project" in tables:
        what = "extras" if is_extra else "dependencies"
        return Nowhere("what your build backend reads", _TO_THE_BACKEND.format(what))
    return Nowhere("an extra", _WITHOUT_EXTRAS) if is_extra else Nowhere("a group", _OF_GROUPS)


def names(tables: Tables, slot: WritablePlace) -> set[str]:
    """The distributions that stand there, normalized."""
    there = _get(tables, slot.keys)
    if isinstance(there, list):
        return {found.name for text in there if isinstance(text, str) and (found := leading(text))}
    return {normalized(name) for name in there} if isinstance(there, Mapping) else set()


def _of_kind(tables: Tables, kind: Purpose) -> WritablePlace | None:
    if kind == "runtime":
        return _runtime(tables)
    there = list(_existing(tables))
    named = (slot for name in _NAMES[kind] for slot in there if slot.place.name == name)
    return next(named, None) or _new_group(tables, _NEW_NAMES[kind])


def _uses_caret(tables: Tables) -> bool:
    """Whether a constraint in Poetry's tables has one: `x = "^1"`, `{ version = "^1" }`, or an array of such."""
    poetry = _table(tables, _POETRY)
    keys: list[tuple[str, ...]] = [("dependencies",), ("dev-dependencies",)]
    keys.extend(("group", name, "dependencies") for name in _table(poetry, ("group",)))
    told = [one for path in keys for one in _table(poetry, path).values()]
    flat = [one for said in told for one in (said if isinstance(said, list) else [said])]
    versions = (one.get("version") if isinstance(one, Mapping) else one for one in flat)
    return any(isinstance(version, str) and version.lstrip().startswith("^") for version in versions)


def _at(tables: Tables, place: Place) -> WritablePlace | None:
    if place == RUNTIME:
        return _runtime(tables)
    wanted = place._replace(name=normalized(place.name))
    there = next((slot for slot in _existing(tables) if slot.place == wanted), None)
    if there or place.kind == "group":
        return there or _new_group(tables, place.name)
    return WritablePlace(place, (*_EXTRAS, place.name), "list") if _states_extras(tables) else None


def _runtime(tables: Tables) -> WritablePlace | None:
    """Poetry 2 installs what [project] lists, and its own table where [project] lists nothing."""
    standard = WritablePlace(RUNTIME, ("project", "dependencies"), "list")
    project = tables.get("project")
    if isinstance(project, Mapping):
        if "dependencies" in project:
            return standard
        if _get(tables, (*_POETRY, "dependencies")) is not None:
            return WritablePlace(RUNTIME, (*_POETRY, "dependencies"), "table")
        return None if "dependencies" in project.get("dynamic", ()) else standard
    there = (WritablePlace(RUNTIME, keys, form) for keys, form in _OLDER.items() if _get(tables, keys) is not None)
    return next(there, None)


def _states_extras(tables: Tables) -> bool:
    """Whether extras stand, or may, in [project]. Source: PEP 621, what is `dynamic` must not be static too."""
    return "project" in tables and "optional-dependencies" not in (_get(tables, ("project", "dynamic")) or ())


def _existing(tables: Tables) -> Iterator[WritablePlace]:
    """The groups, extras and environments that are there; groups first, for they are not published."""
    yield from _lists(tables, "group", ("dependency-groups",))
    for name in _table(tables, (*_POETRY, "group")):
        yield WritablePlace(Place("group", normalized(name)), (*_POETRY, "group", name, "dependencies"), "table")
    if _get(tables, (*_POETRY, "dev-dependencies")) is not None:
        yield WritablePlace(Place("group", "dev"), (*_POETRY, "dev-dependencies"), "table")
    yield from _lists(tables, "group", ("tool", "pdm", "dev-dependencies"))
    for tool in ("uv", "rye"):
        if isinstance(_get(tables, ("tool", tool, "dev-dependencies")), list):
            yield WritablePlace(Place("group", "dev"), ("tool", tool, "dev-dependencies"), "list")
    if _states_extras(tables):
        yield from _lists(tables, "extra", _EXTRAS)
    for name, environment in _table(tables, ("tool", "hatch", "envs")).items():
        keys = ("dependencies", "extra-dependencies") if isinstance(environment, Mapping) else ()
        found = [key for key in keys if isinstance(environment.get(key), list)]
        yield from (
            WritablePlace(Place("group", normalized(name)), ("tool", "hatch", "envs", name, key), "list")
            for key in found
        )


def _new_group(tables: Tables, name: str) -> WritablePlace:
    """A group that is not there yet, in the dialect that the project speaks."""
    place = Place("group", normalized(name))
    tools = _table(tables, ("tool",))
    standard = "dependency-groups" in tables
    if "poetry" in tools and not standard:
        return WritablePlace(place, (*_POETRY, "group", name, "dependencies"), "table")
    if _get(tables, ("tool", "pdm", "dev-dependencies")) is not None:
        return WritablePlace(place, ("tool", "pdm", "dev-dependencies", name), "list")
    if _table(tables, ("tool", "hatch", "envs")) and not standard:
        environment = "default" if name == "dev" else name
        return WritablePlace(
            Place("group", normalized(environment)), ("tool", "hatch", "envs", environment, "dependencies"), "list"
        )
    return WritablePlace(place, ("dependency-groups", name), "list")


def _lists(tables: Tables, kind: Literal["group", "extra"], keys: tuple[str, ...]) -> Iterator[WritablePlace]:
    for name, listed in _table(tables, keys).items():
        if isinstance(listed, list):
            yield WritablePlace(Place(kind, normalized(name)), (*keys, name), "list")


def _table(tables: Tables, keys: tuple[str, ...]) -> Tables:
    found = _get(tables, keys)
    return found if isinstance(found, Mapping) else {}


def _get(tables: Tables, keys: tuple[str, ...]) -> Any:
    value: Any = tables
    for key in keys:
        value = value.get(key) if isinstance(value, Mapping) else None
    return value
