"""Find where in a pyproject.toml a requirement can be written: in a list that is there, or in a new one."""

from __future__ import annotations

import posixpath

from import_customs.model import PYPROJECT, RUNTIME, Place, WritablePlace
from import_customs.model.requirement import leading, normalized
from import_customs.model.sentence import enumerated, in_backticks
from import_customs.model.value import NamedTuple
from import_customs.project.dialects import MANAGERS, dialects_of, standard_tables, uv
from import_customs.project.dialects.dialect import Dialect, table_at
from import_customs.project.dialects.pipfile import PIPFILE
from import_customs.project.dialects.pixi import MANIFEST
from import_customs.project.purpose import GROUP_NAMES, NEW_GROUP, TOOLS, is_for_another, is_of_development

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from import_customs.model.outcome import Purpose
    from import_customs.project.dialects.dialect import Tables


class Nowhere(NamedTuple):
    """Why a project has no place for a requirement."""

    title: str  # where a person may add it, as a report names it
    reason: str  # said of the project's file
    likely: WritablePlace | None = None  # the one place that a person would take
    is_choice: bool = False  # True if a setting would say where


# By the name of a file that declares: what renews the lock file that Pipenv or Pixi keeps beside it, and that file.
_PIXI = ("pixi lock", "pixi.lock")
_LOCKED = {PIPFILE: ("pipenv lock", "Pipfile.lock"), MANIFEST: _PIXI, PYPROJECT: _PIXI}
_TO_THE_BACKEND = "leaves its {} to the build backend; add it where that reads them"
_OF_GROUPS = (
    'has no list of runtime dependencies{}; with `declare-in = "{}"` under [tool.import-customs] '
    "--fix writes everything there"
)
_WITHOUT_EXTRAS = "has no [project] that could hold an extra; add it by hand, or let `declare-in` name another place"


def writable_place(
    tables: Tables, purpose: Purpose, declare_in: Place | None, tool: str | None = None
) -> WritablePlace | None:
    """Where a requirement of files with that purpose is written; None where the project leaves it to something else.

    `declare_in` is the place that the user chose; None leaves it to what is there. `tool` manages the project.
    """
    if purpose == "runtime" and declare_in is None:
        declare_in = RUNTIME
    tools = list(dialects_of(table_at(tables, "tool")))
    if declare_in == RUNTIME:
        there = (place for tool in (*tools, standard_tables.DIALECT) for place in tool.writable_places(tables))
        return next((place for place in there if place.place == RUNTIME), None)
    existing = _existing(tables, tools)
    if declare_in is None:
        named = (place for name in GROUP_NAMES[purpose] for place in existing if place.place.name == name)
        tools_of = TOOLS.get(purpose, frozenset())
        apart = (place for place in existing if place.place.kind == "group")  # users may ask for an extra
        groups = (place for place in apart if not is_for_another(place.place.name, purpose))
        with_tool = (place for place in groups if not tools_of.isdisjoint(declared_names(tables, place)))
        new = uv.installed_group(tables) if tool == "uv" else NEW_GROUP[purpose]  # one that uv installs by itself
        return next(named, None) or next(with_tool, None) or _new_group(tables, tools, new)
    wanted = declare_in._replace(name=normalized(declare_in.name))
    found = next((place for place in existing if place.place == wanted), None)
    if found or declare_in.kind == "group":
        return found or _new_group(tables, tools, declare_in.name)
    if not standard_tables.may_have_extras(tables):
        return None
    return WritablePlace(declare_in, (*standard_tables.EXTRAS, declare_in.name), "list")


def _existing(tables: Tables, tools: Sequence[Dialect]) -> list[WritablePlace]:
    """The groups, extras and environments that are there; groups first, for they are not published."""
    dialects = (standard_tables.DIALECT, *tools)
    groups = [place for dialect in dialects for place in dialect.writable_places(tables)]
    return [*groups, *(place for dialect in dialects for place in dialect.writable_extras(tables))]


def _new_group(tables: Tables, tools: Sequence[Dialect], name: str) -> WritablePlace:
    """A group that is not there yet, where the project's tool keeps groups, else in the standard table."""
    of_tools = (place for tool in tools if (place := tool.new_group(tables, name)))
    standard = WritablePlace(Place("group", normalized(name)), (*standard_tables.GROUPS, name), "list")
    return next(of_tools, standard)


def places_of(tables: Tables) -> list[WritablePlace]:
    """Every list and table of requirements that is there and can be written to."""
    tools = list(dialects_of(table_at(tables, "tool")))
    there = (one for dialect in (standard_tables.DIALECT, *tools) for one in dialect.writable_places(tables))
    runtime = [one for one in there if one.place == RUNTIME and is_there(tables, one)]
    return [*runtime, *(one for one in _existing(tables, tools) if one.place != RUNTIME)]


def nowhere(tables: Tables, declare_in: Place | None, *, is_left: bool) -> Nowhere:
    """Why there is no place; `is_left` where something else than the tables states the dependencies."""
    is_extra = declare_in is not None and declare_in.kind == "extra"
    if is_left or "project" in tables:
        what = "extras" if is_extra else "dependencies"
        return Nowhere("what your build backend reads", _TO_THE_BACKEND.format(what))
    return Nowhere("an extra", _WITHOUT_EXTRAS) if is_extra else _one_of_the_groups(tables)


def _one_of_the_groups(tables: Tables) -> Nowhere:
    """Which groups there are where runtime dependencies have no list, and the one of them, or a new one, that fits."""
    tools = list(dialects_of(table_at(tables, "tool")))
    groups = [one for one in _existing(tables, tools) if one.place.kind == "group"]
    fitting = [one for one in groups if not is_of_development(one.place.name)]
    fitting = fitting or [one for one in groups if one.place.name in GROUP_NAMES["dev"]]
    new = [] if fitting else [_new_group(tables, tools, NEW_GROUP["dev"])]
    has = (
        f", but the {'group' if len(groups) == 1 else 'groups'} {_named(groups, 'and')}" if groups else " and no group"
    )
    first = [*fitting, *new][0]
    reason = _OF_GROUPS.format(has, first.place)
    if len(fitting) > 1:
        return Nowhere(f"the group {_named(fitting, 'or')}", reason, is_choice=True)
    return Nowhere(first.title, reason, first, is_choice=True)


def _named(groups: Sequence[WritablePlace], last: str) -> str:
    return enumerated(in_backticks([one.place.name for one in groups]), last)


def is_there(tables: Tables, place: WritablePlace) -> bool:
    """Whether the list or the table exists."""
    return place.keys[-1] in table_at(tables, *place.keys[:-1])


def declared_names(tables: Tables, place: WritablePlace) -> set[str]:
    """The distributions that stand there, normalized."""
    there = table_at(tables, *place.keys[:-1]).get(place.keys[-1])
    if isinstance(there, list):
        return {found.name for text in there if isinstance(text, str) and (found := leading(text))}
    return {normalized(name) for name in there} if isinstance(there, dict) else set()


def add_command(tool: str | None, place: WritablePlace | None) -> str:
    """The command by which the tool that manages the project declares there what is named after it.

    "" where it has none, and where the place is in the table of a tool that has no such command.
    """
    forms = next((dialect.add for dialect in dialects_of((tool,))), {}) if tool else {}
    if not forms or place is None or (place.keys[0] == "tool" and place.keys[1] not in MANAGERS):
        return ""
    return forms.get(str(place.place)) or forms[place.place.kind].format(place.place.name)


def lock_command(tool: str | None) -> str:
    """The command by which the tool renews its lock file; "" where it has none."""
    return next((dialect.add for dialect in dialects_of((tool,))), {}).get("lock", "") if tool else ""


def lock_beside(file: str) -> tuple[str, str]:
    """The command that renews the lock file of Pipenv or Pixi beside a file that declares, and its path; else ""."""
    folder, name = posixpath.split(file)
    command, lock = _LOCKED.get(name, ("", ""))
    return command, posixpath.join(folder, lock) if lock else ""
