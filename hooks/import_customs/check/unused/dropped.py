"""Find what a change stops importing: the modules that a file imports at the base, and not any more."""

from __future__ import annotations

from import_customs import providers
from import_customs.imports import read_source
from import_customs.imports.source_file import SourceFile
from import_customs.model import CheckError, Scope, Tree
from import_customs.model.names import top
from import_customs.model.value import NamedTuple
from import_customs.repository import git, select
from import_customs.repository.partly_known import AtCommit


class Dropped(NamedTuple):
    """One import that is gone."""

    module: str  # what it may mean: in a namespace with the name that is taken from it
    path: str  # of the file that had it, at the base
    line: int


def files_changed(scope: Scope) -> int:
    """The number of files that the change leaves."""
    return sum(change.status not in "DU" for change in scope.changes)


def dropped_tops(objects: git.Objects, now: Tree, scope: Scope) -> dict[str, set[str]]:
    """By path at the base: the top-level modules of which the file may import less now. Most files: none."""
    found: dict[str, set[str]] = {}
    if not scope.bases:
        return found
    before = AtCommit(objects, scope.bases[0])
    for change in scope.changes:
        if change.status in "ACU" or not select.is_python(change.old, before):
            continue
        try:
            source = before.read(change.old)
            after = None if change.status == "D" else now.read(change.new)
            if source is None or source == after:  # None: a partial clone lacks it, and nothing is known to be gone
                continue
            gone = _gone(read_source(change.old, source), read_source(change.new, after or b""))
        except CheckError:  # it cannot be read
            continue
        if gone:
            found[change.old] = gone
    return found


def _gone(before: SourceFile, after: SourceFile) -> set[str]:
    """The top-level modules of which less is imported; in a namespace a name may be gone though the module stays."""
    modules, left = before.screened()[0], after.screened()[0]
    gone = {top(module) for module in modules - left}
    for module in modules & left:
        if providers.is_shared(module):
            names, kept = before.screened_names(module), after.screened_names(module)
            if names is None or kept is None or names - kept:
                gone.add(top(module))
    return gone
