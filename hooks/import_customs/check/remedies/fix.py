"""Turn missing declarations into edits of the files that state them, and write edits."""

import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from itertools import groupby

from import_customs.model import RUNTIME, CheckError, WritablePlace
from import_customs.model.outcome import Edit, MissingDeclaration
from import_customs.model.toml import parse
from import_customs.project.dialects.uv import SOURCES
from import_customs.project.edit import places
from import_customs.project.edit.document import Addition, edited
from import_customs.repository import atomic
from import_customs.repository.checked_out import file_meant
from import_customs.repository.tree import Worktree

_SOURCES = WritablePlace(RUNTIME, SOURCES, "table")


def declaring_edits(root: str, missing: Iterable[MissingDeclaration]) -> list[Edit]:
    """The edits that declare what is clear, one a file. Raises CheckError if a file cannot be read or changed."""
    clear = sorted((one for one in missing if not one.doubt and one.slot), key=lambda one: one.project)
    return [_declaring(root, path, list(group)) for path, group in groupby(clear, key=lambda one: one.project)]


def _declaring(root: str, path: str, missing: Sequence[MissingDeclaration]) -> Edit:
    before = read(root, path)
    additions, added = [], _lines_by_place(one for one in missing if not one.put_back)
    tables = parse(before, path).table
    for slot in dict.fromkeys(one.slot for one in missing if one.slot):
        wanted = [one for one in missing if one.slot == slot]
        if not places.declared_names(tables, slot).isdisjoint(one.name for one in wanted):
            raise atomic.changed_meanwhile(path)
        if slot.form == "list":
            additions.append(
                Addition(slot.keys, strings=tuple(text for one in wanted for text in one.put_back or (one.value,)))
            )
        else:
            additions.append(Addition(slot.keys, pairs=tuple((one.name, one.value) for one in wanted)))
    there = places.declared_names(tables, _SOURCES)
    if sources := tuple((one.name, one.source) for one in missing if one.source and one.name not in there):
        additions.append(Addition(_SOURCES.keys, pairs=sources))
        added.append((_SOURCES.title, tuple(f"{name} = {source}" for name, source in sources)))
    put_back = _lines_by_place(one for one in missing if one.put_back)
    after = edited(before, path, additions)
    return Edit(path, before, after, tuple(added), missing[0].lock, put_back=tuple(put_back))


def _lines_by_place(missing: Iterable[MissingDeclaration]) -> list[tuple[str, tuple[str, ...]]]:
    lines: dict[str, list[str]] = {}
    for one in missing:
        lines.setdefault(one.slot.title if one.slot else "", []).extend(one.line.split("\n"))
    return [(title, tuple(some)) for title, some in lines.items()]


def read(root: str, path: str) -> bytes:
    """The file in the worktree. Raises CheckError if it cannot be read."""
    found = Worktree(root).read(file_meant(root, path))
    if found is None:
        raise CheckError("is not there as a regular file", hint="check what lies in its place", path=path)
    return found


def write(root: str, edits: Sequence[Edit]) -> Iterator[Edit]:
    """Replace the files, and yield each edit once its file is replaced.

    No file is replaced before every new text is written to a file beside its target.

    Raises CheckError if a file was changed meanwhile, or cannot be written.
    """
    with ExitStack() as stack:
        ready = []
        for edit in edits:
            path = os.path.join(root, file_meant(root, edit.path))
            prepared = atomic.prepared_write(path, edit.after, instead_of=edit.before, shown=edit.path)
            ready.append(stack.enter_context(prepared))
        for edit, replace in zip(edits, ready, strict=True):
            replace()
            yield edit
