"""Turn declarations that nothing uses into edits of the pyproject.toml that states them."""

import posixpath
from collections.abc import Sequence
from itertools import groupby

from import_customs.check.fix import read
from import_customs.check.missing_declarations import lock_of
from import_customs.check.state import State, project_of
from import_customs.check.uncovered import evidence_of
from import_customs.check.unused.pages import UNUSED
from import_customs.model import PYPROJECT, Finding, Locations
from import_customs.model.outcome import Edit
from import_customs.model.toml import parse
from import_customs.project.edit.document import Removal, shortened
from import_customs.project.edit.places import declared_names, places_of
from import_customs.repository.tree import Worktree


def removing_edits(root: str, findings: Sequence[Finding]) -> tuple[list[Edit], list[Finding]]:
    """The edits, one a file, and the findings that stand in files which nothing is written to.

    Raises CheckError if a file cannot be read or changed.
    """
    written = [one for one in findings if posixpath.basename(one.path) == PYPROJECT and one.rule == UNUSED]
    edits, left = [], [one for one in findings if one not in written]
    written.sort(key=lambda one: one.path)
    for path, group in groupby(written, key=lambda one: one.path):
        found = list(group)
        before = read(root, path)
        tables = parse(before, path).table
        names = frozenset(one.distribution for one in found)
        removals = [Removal(place.keys, names & declared_names(tables, place)) for place in places_of(tables)]
        titles = [place.title for place in places_of(tables)]
        removed = [(title, tuple(sorted(one.names))) for title, one in zip(titles, removals, strict=True) if one.names]
        gone = {name for _, ones in removed for name in ones}
        left.extend(one for one in found if one.distribution not in gone)
        if removed:
            after = shortened(before, path, [one for one in removals if one.names])
            edits.append(Edit(path, before, after, (), _lock(root, path), tuple(removed)))
    return edits, left


def _lock(root: str, path: str) -> tuple[str, str]:
    """The command that renews the project's lock file, and that file."""
    state = State(Worktree(root), Locations(root, {}, reads_environment=False), lenient=True)
    project = project_of(state, posixpath.dirname(path))
    return lock_of(project, evidence_of(state, project).evidence) if project else ("", "")
