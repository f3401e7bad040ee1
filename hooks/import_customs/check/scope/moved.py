"""Find what a change takes away of the repository's own modules, and the files that still import it.

Like a removed declaration: an import that was met by a file is met by nothing once the file is gone, however old it is.
"""

from __future__ import annotations

import posixpath

from import_customs.check.rules.rule import module_and_provider
from import_customs.check.state import State, readable_project_of
from import_customs.model import CheckError, Finding, Scope
from import_customs.model.later import re
from import_customs.model.names import top
from import_customs.model.value import NamedTuple
from import_customs.project.runners import is_collected
from import_customs.repository import select

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

_INIT = "__init__.py"


class Gone(NamedTuple):
    """A file that held a top-level module for those who import it by its bare name."""

    path: str
    new: str  # its path now; "" where it was removed


def modules_gone(state: State, scope: Scope) -> dict[str, Gone]:
    """What the change takes away, by module: files that no `__init__.py` stood beside, and whole packages."""
    taken = {one.old: one for one in scope.changes if one.status in ("D", "R") and one.old.endswith(".py")}

    def in_package(folder: str) -> bool:
        return posixpath.join(folder, _INIT) in taken or _INIT in state.tree.listing(folder)

    found: dict[str, Gone] = {}
    for path, change in taken.items():
        folder, name = posixpath.split(path)
        folder, name = posixpath.split(folder) if name == _INIT else (folder, name.removesuffix(".py"))
        if name.isidentifier() and not in_package(folder):
            found.setdefault(name, Gone(path, change.new if change.status == "R" else ""))
    return found


def files_importing(state: State, scope: Scope, selected: Collection[str]) -> list[str]:
    """The tracked Python files of projects, besides those selected, that may import what the change takes away.

    A module of tests moves often, and what imports it lies beside it or below: not all files are read for it.
    """
    gone = modules_gone(state, scope)
    if not gone:
        return []
    paths = {*select.tracked_python_files(state.tracked(), state.tree)} - {*selected}
    if all(is_collected(one.path) for one in gone.values()):
        folders = tuple(posixpath.join(posixpath.dirname(one.path), "") for one in gone.values())
        paths = {path for path in paths if path.startswith(folders)}
    named = re.compile(rb"\b(?:" + b"|".join(re.escape(name.encode()) for name in gone) + rb")\b")
    return list(_naming(state, paths, named))


def _naming(state: State, paths: Collection[str], named: re.Pattern[bytes]) -> Iterator[str]:
    for path in sorted(paths):
        try:
            source = state.tree.read(path) or b""
        except CheckError:
            continue
        if b"import" in source and named.search(source) and readable_project_of(state, posixpath.dirname(path)):
            yield path


def naming_what_is_gone(state: State, finding: Finding, gone: Mapping[str, Gone]) -> Finding:
    """The finding; if the change takes its module away, it says so.

    No package is named for what only has another place; a removed one may be replaced by the package of its name.
    """
    there = gone.get(top(finding.module))
    if there is None or finding.local is not None or not (finding.settled_by or finding.providers):
        return finding
    message = f"`{finding.module}` is imported here, and this change "
    project = readable_project_of(state, posixpath.dirname(finding.path))
    if not there.new and finding.settled_by == "declaration" and not (project and project.name in finding.providers):
        provided = module_and_provider(finding.module, finding.providers[0])
        return finding._replace(message=f"{message}removes {there.path}: {provided} is not declared")
    message += f"moves {there.path} to {there.new}" if there.new else f"removes {there.path}"
    remedy = "import it from where it is now" if there.new else "keep the file, or remove the import"
    return finding._replace(message=message, remedy=remedy, providers=(), candidates=(), settled_by="")
