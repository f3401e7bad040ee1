"""Find what a change takes away of the repository's own modules, and the files that still import it.

Like a removed declaration: an import that was met by a file is met by nothing once the file is gone, however old it is.
"""

from __future__ import annotations

import posixpath

from import_customs.check.rules.rule import module_and_provider
from import_customs.check.scope.importing import may_import
from import_customs.check.state import State, readable_project_of, text_of
from import_customs.model.names import top
from import_customs.repository import select

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from import_customs.model import Difference, Finding


def files_importing(state: State, taken: Mapping[str, Difference], selected: Collection[str]) -> Iterator[str]:
    """The tracked Python files of projects, besides those selected, that may import what the change takes away.

    It is looked for below the folder where it lay; what lay in a source root, in the whole project.
    """
    within = tuple({_reach(state, change.old) for change in taken.values()})
    names, others = [name.encode() for name in taken], set[bytes]()
    for path in select.tracked_python_files(state.tracked(), state.tree) if taken else ():
        if path in selected or not path.startswith(within):
            continue
        source = text_of(state, path)
        is_likely = may_import(path, source, taken.__contains__, others) and any(name in source for name in names)
        if is_likely and readable_project_of(state, posixpath.dirname(path)):
            yield path


def _reach(state: State, path: str) -> str:
    """What the paths begin with of the files that find a module by its name."""
    folder = path.removesuffix("/__init__.py")
    folder = folder.rpartition("/")[0]
    project = readable_project_of(state, folder)
    reach = project.folder if project and folder in project.source_roots else folder
    return f"{reach}/" if reach else ""


def naming_what_is_gone(state: State, finding: Finding, taken: Mapping[str, Difference]) -> Finding:
    """The finding; if the change takes its module away, it says so.

    No package is named for what only has another place; a removed one may be replaced by the package of its name.
    """
    there = taken.get(top(finding.module))
    if there is None or finding.local is not None or not (finding.settled_by or finding.providers):
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
