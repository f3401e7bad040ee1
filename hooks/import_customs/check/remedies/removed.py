"""Have a declaration that the change takes away put back as the base has it: its requirement, at its place.

Where its place is gone, it is made anew, or the old requirement goes where a new one would. What the base says in a
form that cannot be put back (a table of its own, what setup.py computes) counts as never declared.
"""

from __future__ import annotations

import posixpath
from collections.abc import Collection, Mapping, Sequence

from import_customs.check.remedies.stated_before import Removed
from import_customs.check.state import State, readable_project_of
from import_customs.model import NO_PROJECT, PYPROJECT, Finding, Place, Project, WritablePlace
from import_customs.model.outcome import Frame, MissingDeclaration, Purpose
from import_customs.model.requirement import normalized
from import_customs.model.toml import Document
from import_customs.model.value import NamedTuple
from import_customs.project.dialects.poetry_constraint import specifier
from import_customs.project.edit import places
from import_customs.project.edit.by_hand import frame_of, holds_plain_lines
from import_customs.project.purpose import GROUP_NAMES, declaring_place, is_for_users, shared_purpose
from import_customs.project.requirements_kept import OF_TOOLS


class Removals(NamedTuple):
    """What the change takes away."""

    stated: Mapping[tuple[str, str], Sequence[Removed]]  # by project and name
    new_imports: Collection[tuple[str, str]]  # of it: each a file and a module that it did not import in the base


def put_back(
    state: State,
    found: MissingDeclaration,
    removals: Removals,
    document: Document | None,
    importers: Sequence[Finding],
) -> MissingDeclaration:
    """What is missing, as the base had it at the first place that fits what the importing files are for.

    `document` is the pyproject.toml of today; None where the project has none.
    """
    removed = removals.stated.get((found.project, found.name), ())
    if not removed:
        return found
    project = readable_project_of(state, posixpath.dirname(importers[0].path)) or NO_PROJECT
    purpose = shared_purpose(state.tree, project, importers)
    new = [one for one in importers if (one.path, one.module) in removals.new_imports]
    is_placed = found.slot is not None or posixpath.basename(found.file) not in ("", PYPROJECT)
    of_new = shared_purpose(state.tree, project, new) if new and is_placed else None
    for one in sorted(removed, key=lambda one: _fit(one.place, purpose)):
        if of_new and not _reaches(one, of_new, project, document):
            continue
        is_read = found.slot is None or any(one.path == stated.path for stated in project.declarations)
        if one.slot is None and is_read and state.tree.read(one.path) is not None:
            return _in_file(found, one)
        old = one.slot if document and one.path == document.path else None
        if document and old and (made := _in_pyproject(found, one, old, project, document)):
            return made
    return found if found.is_local else _at_todays_place(found, removed[0])


def without_members(found: Sequence[MissingDeclaration], removals: Removals) -> list[MissingDeclaration]:
    """Those that are not settled by what is put back for another project, the root of the workspace."""
    put = {(one.project, one.name, one.place) for one in found if one.file == one.project}

    def is_settled(one: MissingDeclaration) -> bool:
        removed = removals.stated.get((one.project, one.name), ())
        is_elsewhere = all(was.path != one.project for was in removed)
        return is_elsewhere and any((was.path, one.name, str(was.place)) in put for was in removed)

    return [one for one in found if not is_settled(one)]


def _reaches(one: Removed, purpose: Purpose, project: Project, document: Document | None) -> bool:
    """Whether what is declared at that place is there for code of the purpose that imports it only now.

    Who imported it before had it from there, whatever the place is called.
    """
    if is_for_users(one.place) or one.place.name in GROUP_NAMES.get(purpose, ()):
        return True
    if purpose == "runtime":
        return False
    if one.slot is None or document is None:
        return any(one.path == stated.path and one.place == stated.place for stated in project.declarations)
    return any(one.slot.keys == slot.keys for slot in places.places_of(document.table))


def _fit(place: Place, purpose: Purpose) -> int:
    """The key that sorts places by purpose; those that are not called after it stay in their order."""
    names = GROUP_NAMES.get(purpose, ())
    return names.index(place.name) if place.name in names else len(names)


def _at_todays_place(found: MissingDeclaration, one: Removed) -> MissingDeclaration:
    """The old requirement where a new one would be declared; as a new one where that has another form."""
    texts = _in_list(found.name, one)
    if not texts or (found.slot and found.slot.form == "table") or found.line.endswith('"'):
        return found  # an entry of a table
    return found._replace(
        requirement=texts[0],
        value=texts[0],
        line=_lines(texts, in_quotes=found.line.endswith('",')),
        command=_command(found.command[0] if len(texts) == 1 else "", found.name, texts[0]),
        doubt="" if found.slot else found.doubt,
        notes=(),
        needs="",
        put_back=texts,
    )


def _in_list(name: str, one: Removed) -> tuple[str, ...]:
    """The requirements as a list has them; none for one of a table that says more than a version."""
    value = one.texts[0]
    if posixpath.basename(one.path) in OF_TOOLS:
        value = value.partition("=")[2].strip()
    elif one.slot is None or one.slot.form == "list":
        return one.texts
    return (_as_requirement(name, value),) if _version(value) else ()


def _lines(texts: Sequence[str], *, in_quotes: bool) -> str:
    return "\n".join(f'"{text}",' if in_quotes else text for text in texts)


def _command(add: str, name: str, argument: str) -> tuple[str, str]:
    """The command with its argument; no tool puts a URL back in the list where it stood."""
    quoted = argument if argument == name else f'"{argument}"'
    return (add, quoted) if add and argument and "@ " not in argument else ("", "")


def _in_file(found: MissingDeclaration, one: Removed) -> MissingDeclaration:
    text = one.texts[0]
    is_entry = posixpath.basename(one.path) in OF_TOOLS
    is_plain = is_entry or holds_plain_lines(one.path)
    return found._replace(
        slot=None,
        requirement=found.requirement if is_entry else text,
        value=found.value if is_entry else text,
        title=f"{one.header} of {one.path}" if one.header else declaring_place(one.path, one.place.name),
        line=_lines(one.texts, in_quotes=not is_plain),
        command=("", ""),
        doubt=(not found.is_local and found.doubt) or f"only {PYPROJECT} is written; add it by hand",
        notes=(),
        file=one.path,
        place=str(one.place),
        frame=Frame(),
        needs="",
        is_local=False,
        put_back=one.texts,
    )


def _in_pyproject(
    found: MissingDeclaration, one: Removed, old: WritablePlace, project: Project, document: Document
) -> MissingDeclaration | None:
    """The same for a list or a table; None if today's document has no such place, or in another form."""
    slot = _slot(old, project, document)
    if slot is None or (slot.form == "table" and old.form == "list"):
        return None
    values = one.texts[:1] if slot.form == "table" else _in_list(found.name, one)
    if not values:
        return None
    value, add = values[0], places.add_command(project.tool, slot) if len(values) == 1 else ""
    argument = value if slot.form == "list" else _asked_for(found.name, value)
    return found._replace(
        slot=slot,
        requirement=value if slot.form == "list" else _as_requirement(found.name, value),
        value=value,
        title=slot.title,
        line=_lines(values, in_quotes=True) if slot.form == "list" else f"{found.name} = {value}",
        command=_command(add, found.name, argument),
        doubt="",
        notes=(),
        file=document.path,
        place=str(slot.place),
        frame=frame_of(document, slot),
        needs="",
        is_local=False,
        put_back=values,
    )


def _slot(old: WritablePlace, project: Project, document: Document) -> WritablePlace | None:
    """The same place today, which may have to be made."""
    tables = document.table
    if there := next((slot for slot in places.places_of(tables) if slot.keys == old.keys), None):
        return there
    named = next((key for key in old.keys if normalized(key) == old.place.name), old.place.name)  # as people wrote it
    return places.writable_place(tables, "dev", old.place._replace(name=named), project.tool)


def _version(value: str) -> str:
    """The version of a value in a table; "" if it says more than that."""
    return value[1:-1] if value[:1] in ("'", '"') and not {'"', "'", "\\"} & {*value[1:-1]} else ""


def _asked_for(name: str, value: str) -> str:
    """What Poetry's command takes for that version; "" if it has no way to say all of the value."""
    version = _version(value)
    return "" if not version else f"{name}{version}" if version[0] in "<>=!" else f"{name}@{version}"


def _as_requirement(name: str, value: str) -> str:
    version = _version(value)
    is_exact = version.replace(".", "").isdigit()  # for Poetry's Pythons alone it is open
    return f"{name}=={version}" if is_exact else f"{name}{specifier(version)}"
