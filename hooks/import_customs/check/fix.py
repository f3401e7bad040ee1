"""What is missing in, the changed files out: to be written, or to be shown as a difference."""

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack
from itertools import groupby

from import_customs.check.local_sources import SOURCES
from import_customs.model import RUNTIME, CheckError, WritablePlace
from import_customs.model.outcome import Edit, MissingDeclaration, constraint, line
from import_customs.model.toml import parse
from import_customs.project.edit import places
from import_customs.project.edit.document import Addition, edited
from import_customs.project.edit.tables import quoted
from import_customs.repository import atomic
from import_customs.repository.tree import Worktree

_SOURCES = WritablePlace(RUNTIME, SOURCES, "table")


def changes(root: str, missing: Iterable[MissingDeclaration]) -> list[Edit]:
    """The changes that declare what is clear, one a file. Raises CheckError where a file cannot be read or changed."""
    clear = sorted((one for one in missing if not one.doubt and one.slot), key=lambda one: one.project)
    return [_change(root, path, list(group)) for path, group in groupby(clear, key=lambda one: one.project)]


def changed(
    root: str, path: str, additions: Sequence[Addition], added: tuple[tuple[str, tuple[str, ...]], ...]
) -> Edit:
    """The change that makes these additions. Raises CheckError where the file cannot be read or changed."""
    before = _read(root, path)
    return Edit(path, before, edited(before, path, additions), added)


def write(root: str, changes: Sequence[Edit]) -> Iterator[Edit]:
    """Replace the files, and give each that was. None is replaced before all could be written beside theirs.

    Raises CheckError where one was changed meanwhile, and where one cannot be written.
    """
    with ExitStack() as stack:
        ready = [stack.enter_context(_prepared(root, change)) for change in changes]
        for change, replace in zip(changes, ready, strict=True):
            replace()
            yield change


def _prepared(root: str, change: Edit) -> AbstractContextManager[Callable[[], None]]:
    path = os.path.join(root, change.path)
    return atomic.prepared(path, change.after, instead_of=change.before, shown=change.path)


def _change(root: str, path: str, missing: Sequence[MissingDeclaration]) -> Edit:
    before = _read(root, path)
    additions, added = [], []
    tables = parse(before, path).table
    for slot in dict.fromkeys(one.slot for one in missing if one.slot):
        wanted = [one for one in missing if one.slot == slot]
        if not places.declared_names(tables, slot).isdisjoint(one.name for one in wanted):
            raise atomic.changed_meanwhile(path)
        if slot.form == "list":
            additions.append(Addition(slot.keys, strings=tuple(f"{one.name}{one.version}" for one in wanted)))
        else:
            pairs = tuple((one.name, quoted(constraint(slot, one.version))) for one in wanted)
            additions.append(Addition(slot.keys, pairs=pairs))
        added.append((slot.title, tuple(line(slot, one.name, one.version) for one in wanted)))
    there = places.declared_names(tables, _SOURCES)
    if sources := tuple((one.name, one.source) for one in missing if one.source and one.name not in there):
        additions.append(Addition(_SOURCES.keys, pairs=sources))
        added.append((_SOURCES.title, tuple(f"{name} = {source}" for name, source in sources)))
    return Edit(path, before, edited(before, path, additions), tuple(added))


def _read(root: str, path: str) -> bytes:
    found = Worktree(root).read(path)
    if found is None:
        raise CheckError("is not there as a regular file", hint="see what lies in its place", path=path)
    return found
