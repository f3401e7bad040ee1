"""Turn declarations that nothing uses into edits of the pyproject.toml that states them."""

from collections.abc import Sequence

from import_customs.check.remedies.fix import read
from import_customs.check.state import State
from import_customs.check.unused.removable import by_file, lock_beside, places_losing
from import_customs.model import Finding, Locations
from import_customs.model.outcome import Edit
from import_customs.project.edit.document import Removal, shortened
from import_customs.repository.tree import Worktree


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
