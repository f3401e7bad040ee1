"""Turn what nothing uses into edits of the pyproject.toml that states it: taken out, or named in `unused-ignore`.

Named there is what blocks today, and what is told that deptry or FawltyDeps leave alone.
"""

import posixpath
from collections.abc import Sequence

from import_customs.check.remedies.fix import read
from import_customs.check.state import State
from import_customs.check.unused.pages import UNUSED
from import_customs.check.unused.removable import by_file, lock_beside, places_losing
from import_customs.model import PYPROJECT, Finding, Locations, Result
from import_customs.model.outcome import Edit
from import_customs.model.requirement import normalized
from import_customs.model.toml import parse
from import_customs.project.config import TABLE
from import_customs.project.edit.document import Addition, Removal, edited, shortened
from import_customs.project.edit.tables import quoted
from import_customs.repository.tree import Worktree

_KEY = "unused-ignore"
_OF_OTHERS = (("tool.deptry.per_rule_ignores", "DEP002"), ("tool.fawltydeps", "ignore_unused"))


def removing_edits(root: str, findings: Sequence[Finding]) -> tuple[list[Edit], list[Finding]]:
    """The edits, one a file, and the findings that stand in files and tables which nothing is written to.

    Raises CheckError if a file cannot be read or changed.
    """
    edits: list[Edit] = []
    gone: set[tuple[str, str]] = set()
    state = State(Worktree(root), Locations(root, {}, reads_environment=False), lenient=True)
    for path, names in by_file(findings).items():
        before = read(root, path)
        if losing := places_losing(before, path, names):
            removed = tuple((place.title, tuple(sorted(held))) for place, held in losing)
            after = shortened(before, path, [Removal(place.keys, held) for place, held in losing])
            edits.append(Edit(path, before, after, (), lock_beside(state, path), removed))
            gone.update((path, name) for _, held in losing for name in held)
    return edits, [one for one in findings if (one.path, one.distribution) not in gone]


def ignoring_edits(root: str, result: Result) -> tuple[list[Edit], list[Finding]]:
    """The edits, one a project, and the findings that no entry can exempt.

    Raises CheckError if a file cannot be read or changed.
    """
    told: dict[str, set[str]] = {}
    blocking: dict[str, set[str]] = {}
    for one in result.told or ():
        told.setdefault(one.project, set()).add(one.distribution)
    left = []
    for finding in result.findings:
        if finding.rule == UNUSED and posixpath.basename(finding.project) == PYPROJECT:
            blocking.setdefault(finding.project, set()).add(finding.distribution)
        else:
            left.append(finding)
    projects = [path for path in sorted({*told, *blocking}) if posixpath.basename(path) == PYPROJECT]
    edits = [_edit(root, path, blocking.get(path, set()), told.get(path, set())) for path in projects]
    return [edit for edit in edits if edit], left


def _edit(root: str, path: str, blocking: set[str], told: set[str]) -> Edit | None:
    before = read(root, path)
    document = parse(before, path)
    of_others = {normalized(name) for table, key in _OF_OTHERS for name in document.strings(table, key)}
    added = sorted((blocking | (told & of_others)) - set(document.strings(TABLE, _KEY)))
    if not added:
        return None
    after = edited(before, path, [Addition((*TABLE.split("."), _KEY), strings=tuple(added))])
    return Edit(path, before, after, ((f"[{TABLE}] {_KEY}", tuple(f"{quoted(name)}," for name in added)),))
