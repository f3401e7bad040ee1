"""Find where what no project governs is to be declared: a place that does not depend on the files of the commit.

Only findings get here.
"""

from __future__ import annotations

import posixpath

from import_customs.check.remedies.stated_elsewhere import names_meant
from import_customs.check.state import text_of
from import_customs.model import RUNTIME, upwards
from import_customs.model.later import pattern
from import_customs.project import DECLARING
from import_customs.project.dialects.requirements_file import NamedFile, read_requirements_files
from import_customs.project.local_projects import is_aside
from import_customs.project.requirements_kept import folder_of, is_compiled, is_kept
from import_customs.providers.contents import top_level_modules

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from import_customs.check.state import State
    from import_customs.model import Declaration, Finding
    from import_customs.model.requirement import Name

_PYTHON = (".py", ".ipynb")
_A_HABIT = 2  # neighbours that each keep a file of their own
_MOST_FILES = 100  # that are read
_IMPORTED = pattern(rb"\b(?:import|from)[ \t]+(\w+)")  # the first of a statement says enough


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
    """What requirements files that are kept for no code beside them state of what the findings lack; each name once.

    A file that states more of it comes first.
    """
    holding, wanted = _with_python(state), {name for finding in findings for name in names_meant(finding)}
    kept = sorted(filter(is_kept, state.tracked())) if wanted else ()
    paths = [path for path in kept if not is_aside(posixpath.dirname(path), "") and not is_compiled(state.tree, path)]
    stated = {path: _stated_in(state, path) for path in paths[:_MOST_FILES]}
    found: list[Declaration] = []
    for path in sorted(stated, key=lambda path: -len(wanted.intersection(stated[path]))):
        left = wanted.intersection(stated[path]).difference(one.name for one in found)
        folder = folder_of(path)
        if left and (folder not in holding or not _is_for_code_in(state, folder, stated[path])):
            found += [one for name, one in sorted(stated[path].items()) if name in left]
    return found


def _stated_in(state: State, path: str) -> dict[Name, Declaration]:
    declared = read_requirements_files(state.tree, [NamedFile(path, RUNTIME, path)]).declarations
    return {one.name: one for one in reversed(declared)}


def _is_for_code_in(state: State, folder: str, names: Collection[Name]) -> bool:
    """Whether the code of a folder imports a tenth of these or more: then what states them is kept for it alone."""
    code = [path for path in state.tracked() if path.startswith(f"{folder}/") and path.endswith(_PYTHON)]
    imported = {word for path in sorted(code)[:_MOST_FILES] for word in _IMPORTED.findall(text_of(state, path))}
    used = [name for name in names if not imported.isdisjoint(map(str.encode, top_level_modules(name)))]
    return len(used) * 10 >= len(names)


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
