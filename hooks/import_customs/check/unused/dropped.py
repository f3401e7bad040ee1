"""Find what a change stops importing: the modules that a file imports at the base, and not any more."""

from __future__ import annotations

from import_customs import providers
from import_customs.imports import read_source
from import_customs.model import CheckError
from import_customs.model.names import top
from import_customs.model.value import NamedTuple
from import_customs.repository import git, select

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from import_customs.model import Scope, Tree


class Dropped(NamedTuple):
    """One import that is gone."""

    module: str  # what it may mean: in a namespace with the name that is taken from it
    path: str  # of the file that had it, at the base
    line: int


def dropped_tops(before: Tree, now: Tree, scope: Scope) -> dict[str, set[str]]:
    """By path at the base: the top-level modules of which the file may import less now. Most files: none."""
    found = {}
    for change in scope.changes:
        if change.status in "ACU" or not select.is_python(change.old, before):
            continue
        try:
            source = before.read(change.old)
            after = None if change.status == "D" else now.read(change.new)
        except git.ObjectMissing:
            continue  # a partial clone lacks it: nothing is known to be gone
        if source is None or source == after:
            continue
        modules = _screened(change.old, source)
        left = _screened(change.new, after) if after is not None else set()
        gone = {top(module) for module in modules - left}
        # in a namespace a name may be gone though the module is still named
        gone |= {top(module) for module in modules if providers.is_shared(module)}
        if gone:
            found[change.old] = gone
    return found


def dropped(before: Tree, path: str, tops: set[str]) -> Iterator[Dropped]:
    """The imports of the file at the base, of these top-level modules."""
    from import_customs.check.unused.imported import imports_of  # only where something may be gone

    try:
        source = before.read(path) or b""
    except CheckError:
        return
    yield from (Dropped(one.module, path, one.line) for one in imports_of(path, source, tops))


def _screened(path: str, source: bytes) -> set[str]:
    try:
        return read_source(path, source).screened()[0]
    except CheckError:
        return set()
