"""Find where what no project governs is to be declared: a place that does not depend on the files of the commit.

Only findings get here.
"""

from __future__ import annotations

import posixpath

from import_customs.check.stated_elsewhere import names_meant
from import_customs.model import RUNTIME, upwards
from import_customs.project import DECLARING
from import_customs.project.dialects.requirements_file import NamedFile, read_requirements_files
from import_customs.project.local_projects import is_aside
from import_customs.project.requirements_kept import folder_of, is_compiled, is_kept

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from import_customs.check.state import State
    from import_customs.model import Declaration, Finding

_PYTHON = (".py", ".ipynb")
_A_HABIT = 2  # neighbours that each keep a file of their own
_MOST_FILES = 100  # that are read


def by_place(state: State, findings: Sequence[Finding]) -> dict[str, list[Finding]]:
    """The findings by the folder of the requirements file that is to declare what they lack.

    It is the repository's own, or where neighbours of a folder each keep such a file, that folder.
    """
    keeping = {folder_of(path) for path in state.tracked() if posixpath.basename(path) in DECLARING or is_kept(path)}
    neighbours: dict[str, set[str]] = {}
    for folder in keeping & _with_python(state):
        above, name = posixpath.split(folder)
        if name and not name.startswith(".") and not is_aside(name, ""):
            neighbours.setdefault(above, set()).add(folder)
    found: dict[str, list[Finding]] = {}
    for one in findings:
        folders = (folder for folder in upwards(posixpath.dirname(one.path)) if folder)
        places = (one for one in folders if len(neighbours.get(posixpath.dirname(one), set()) - {one}) >= _A_HABIT)
        found.setdefault(next(places, ""), []).append(one)
    return found


def stated_apart(state: State, findings: Sequence[Finding]) -> list[Declaration]:
    """What requirements files in folders without any Python file state of what the findings lack; each name once."""
    holding, wanted = _with_python(state), {name for finding in findings for name in names_meant(finding)}
    kept = (path for path in state.tracked() if is_kept(path) and folder_of(path) not in holding) if wanted else ()
    paths = [path for path in kept if not is_aside(posixpath.dirname(path), "") and not is_compiled(state.tree, path)]
    named = [NamedFile(path, RUNTIME, path) for path in sorted(paths)[:_MOST_FILES]]
    first = {one.name: one for one in reversed(read_requirements_files(state.tree, named).declarations)}
    return [one for name, one in sorted(first.items()) if name in wanted]


def _with_python(state: State) -> set[str]:
    """The folders that hold a Python file, or a folder with one."""
    found: set[str] = set()
    for path in state.tracked():
        if path.endswith(_PYTHON):
            for folder in upwards(posixpath.dirname(path)):
                if folder in found:
                    break
                found.add(folder)
    return found
