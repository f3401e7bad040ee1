"""Find what a change takes away of the repository's own modules, and the files that still import it.

Like a removed declaration: an import that was met by a file is met by nothing once the file is gone, however old it is.
"""

from __future__ import annotations

import posixpath

from import_customs.check.rules.rule import module_and_provider
from import_customs.check.scope.importing import may_import
from import_customs.check.state import State, readable_project_of, text_of
from import_customs.model import upwards
from import_customs.model.names import top
from import_customs.repository import select

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from import_customs.check.scope import Taken
    from import_customs.model import Difference, Finding

_MANY = 50  # names, which are not looked for in each file as words first


def files_importing(state: State, taken: Taken, selected: Collection[str]) -> Iterator[str]:
    """The tracked Python files of projects, besides those selected, that may import what the change takes away.

    It is looked for below the folder where it lay; what lay in a source root, in the whole project.
    """
    within = {_reach(state, folder) for places in taken.values() for folder, _ in places}
    names, others = [name.encode() for name in taken], set[bytes]()
    paths = select.tracked_python_files(state.tracked(), state.tree) if taken else ()
    folders = {one for one in set(map(posixpath.dirname, paths)) if not within.isdisjoint(upwards(one))}
    for path in paths:
        if path in selected or posixpath.dirname(path) not in folders:
            continue
        source = text_of(state, path)
        is_likely = len(names) > _MANY or any(name in source for name in names)
        is_likely = is_likely and may_import(path, source, taken.__contains__, others)
        if is_likely and readable_project_of(state, posixpath.dirname(path)):
            yield path


def _reach(state: State, folder: str) -> str:
    """The folder in and below which files find a module of this folder by its name."""
    project = readable_project_of(state, folder)
    return project.folder if project and folder in project.source_roots else folder


def where_gone(state: State, taken: Taken) -> dict[tuple[str, str], Difference]:
    """What the change does, by the module and the folder in and below which that was found by its name."""
    return {(name, _reach(state, folder)): change for name, places in taken.items() for folder, change in places}


def naming_what_is_gone(state: State, finding: Finding, gone: Mapping[tuple[str, str], Difference]) -> Finding:
    """The finding; if the change takes its module away, as `where_gone` has it, it says so.

    No package is named for what only has another place; a removed one may be replaced by the package of its name.
    """
    name, folders = top(finding.module), upwards(posixpath.dirname(finding.path)) if gone else ()
    there = next(filter(None, (gone.get((name, folder)) for folder in folders)), None)
    if there is None or not finding.is_declared_nowhere or finding.local is not None:
        return finding  # another rule says what is wrong, or another project holds it
    if not (finding.settled_by or finding.providers):
        return finding
    is_removed = there.status == "D"
    message = f"`{finding.module}` is imported here, and this change "
    project = readable_project_of(state, posixpath.dirname(finding.path))
    if is_removed and finding.settled_by == "declaration" and not (project and project.name in finding.providers):
        provided = module_and_provider(finding.module, finding.providers[0])
        return finding._replace(message=f"{message}removes {there.old}: {provided} is not declared")
    message += f"moves {there.old} to {there.new}" if not is_removed else f"removes {there.old}"
    remedy = "import it from where it is now" if not is_removed else "keep the file, or remove the import"
    return finding._replace(message=message, remedy=remedy, providers=(), candidates=(), settled_by="")
