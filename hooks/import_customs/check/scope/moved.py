"""Find what a change takes away of the repository's own modules, and the files that still import it.

Like a removed declaration: an import that was met by a file is met by nothing once the file is gone, however old it is.
"""

from __future__ import annotations

import posixpath

from import_customs.check.rules.rule import module_and_provider
from import_customs.check.scope.importing import may_import
from import_customs.check.state import State, readable_project_of, text_of
from import_customs.model import upwards
from import_customs.model.later import pattern
from import_customs.model.names import top
from import_customs.repository import select

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from import_customs.check.scope import Taken
    from import_customs.model import Difference, Finding

    Gone = dict[tuple[str, str], list[tuple[bytes, Difference]]]

_MANY = 50  # modules, each of which is looked for in a file
_WORD = pattern(rb"[\w\x80-\xff]+")


def files_importing(state: State, taken: Taken, selected: Collection[str]) -> Iterator[str]:
    """The tracked Python files of projects, besides those selected, that may import what the change takes away.

    It is looked for below the folder where it lay; what lay in a source root, in the whole project.
    """
    within = {_reach(state, folder) for places in taken.values() for folder, _, _ in places}
    names, others = {name.encode() for places in taken.values() for _, name, _ in places}, set[bytes]()
    paths = select.tracked_python_files(state.tracked(), state.tree) if taken else ()
    folders = {one for one in set(map(posixpath.dirname, paths)) if not within.isdisjoint(upwards(one))}
    for path in paths:
        if path in selected or posixpath.dirname(path) not in folders:
            continue
        source = text_of(state, path)
        is_likely = _holds(source, names) and may_import(path, source, taken.__contains__, others)
        if is_likely and readable_project_of(state, posixpath.dirname(path)):
            yield path


def _holds(source: bytes, names: set[bytes]) -> bool:
    if len(names) > _MANY:
        return not names.isdisjoint(_WORD.findall(source))
    return any(name in source for name in names)


def _reach(state: State, folder: str) -> str:
    """The folder whose files, and those below, find a module of this folder by its name."""
    project = readable_project_of(state, folder)
    return project.folder if project and folder in project.source_roots else folder


def where_gone(state: State, taken: Taken) -> Gone:
    """What becomes of modules, by the name that an import of them begins with and the folder that this is found in."""
    gone: Gone = {}
    for top_level, places in taken.items():
        for folder, name, change in places:
            gone.setdefault((top_level, _reach(state, folder)), []).append((name.encode(), change))
    return gone


def naming_what_is_gone(state: State, finding: Finding, gone: Gone) -> Finding:
    """The finding; if the change takes its module away, as `where_gone` has it, it says so.

    No package is named for what only has another place; a removed one may be replaced by the package of its name.
    """
    name, folders = top(finding.module), upwards(posixpath.dirname(finding.path)) if gone else ()
    some = next(filter(None, (gone.get((name, folder)) for folder in folders)), [])
    there = next((change for last, change in some if last == name.encode()), None)
    if some and there is None:  # a part of a folder that is no package: the import may be of another part
        source = text_of(state, finding.path)
        there = next((change for last, change in some[:_MANY] if last in source), None)
    if there is None or not finding.is_declared_nowhere or finding.local is not None:
        return finding  # another rule says what is wrong, or another project holds it
    if not (finding.settled_by or finding.providers):
        return finding
    is_removed = there.status == "D"
    message = f"`{finding.module}` is imported here, and this change "
    if is_removed and finding.settled_by == "declaration":
        provided = module_and_provider(finding.module, finding.providers[0])
        return finding._replace(message=f"{message}removes {there.old}: {provided} is not declared")
    message += f"moves {there.old} to {there.new}" if not is_removed else f"removes {there.old}"
    remedy = "import it from where it is now" if not is_removed else "keep the file, or remove the import"
    return finding._replace(message=message, remedy=remedy, providers=(), candidates=(), settled_by="")
