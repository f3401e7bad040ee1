"""Find where what no project governs is to be declared: a place that does not depend on the files of the commit.

Only findings get here.
"""

import posixpath
from collections.abc import Sequence

from import_customs.check.remedies.stated_apart import with_python
from import_customs.check.state import State
from import_customs.model import Finding, upwards
from import_customs.project import DECLARING
from import_customs.project.local_projects import is_aside
from import_customs.project.requirements_kept import folder_of, is_kept

_A_HABIT = 2  # neighbours that each keep a file of their own


def by_place(state: State, findings: Sequence[Finding]) -> dict[str, list[Finding]]:
    """The findings by the folder of the requirements file that is to declare what they lack.

    It is the repository's own, or where neighbours of a folder each keep such a file, that folder.
    """
    keeping = {folder_of(path) for path in state.tracked() if posixpath.basename(path) in DECLARING or is_kept(path)}
    neighbours: dict[str, set[str]] = {}
    for folder in keeping & with_python(state):
        above, name = posixpath.split(folder)
        if name and not name.startswith(".") and not is_aside(name, ""):
            neighbours.setdefault(above, set()).add(folder)
    found: dict[str, list[Finding]] = {}
    for one in findings:
        folders = (folder for folder in upwards(posixpath.dirname(one.path)) if folder)
        places = (one for one in folders if len(neighbours.get(posixpath.dirname(one), set()) - {one}) >= _A_HABIT)
        found.setdefault(next(places, ""), []).append(one)
    return found
