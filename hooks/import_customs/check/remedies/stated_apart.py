"""Find what requirements files state that lie in folders without code, such as `ci/`: no file there is named for it.

Only findings get here.
"""

import posixpath
from collections.abc import Collection, Sequence

from import_customs import providers
from import_customs.check.state import State, text_of
from import_customs.model import RUNTIME, Declaration, Finding, upwards
from import_customs.model.later import pattern
from import_customs.model.requirement import Name
from import_customs.project.dialects.requirements_file import NamedFile, read_requirements_files
from import_customs.project.local_projects import is_aside
from import_customs.project.requirements_kept import folder_of, is_compiled, is_kept
from import_customs.providers.distributions import top_level_modules

_PYTHON = (".py", ".ipynb")
_MOST_FILES = 100  # that are read
_IMPORTED = pattern(rb"\b(?:import|from)[ \t]+(\w+)")  # the first of a statement says enough


def names_meant(finding: Finding) -> Sequence[str]:
    """The distributions that settle the finding once they are declared."""
    return finding.providers[:1] or providers.own_names(finding.module)


def stated_apart(state: State, findings: Sequence[Finding], *, beside_code: bool = True) -> list[Declaration]:
    """What requirements files that are kept for no code beside them state of what the findings lack; each name once.

    A file that states more of it comes first. One `beside_code` counts where that code hardly uses what it states.
    """
    wanted = {name for finding in findings for name in names_meant(finding)}
    kept = sorted(filter(is_kept, state.tracked())) if wanted else ()
    paths = [path for path in kept if not is_aside(posixpath.dirname(path), "") and not is_compiled(state.tree, path)]
    stated = {path: _stated_in(state, path) for path in paths[:_MOST_FILES]}
    holding = with_python(state) if stated else set()
    found: list[Declaration] = []
    for path in sorted(stated, key=lambda path: -len(wanted.intersection(stated[path]))):
        left = wanted.intersection(stated[path]).difference(one.name for one in found)
        folder = folder_of(path)
        is_apart = folder not in holding or (beside_code and not _is_for_code_in(state, folder, stated[path]))
        if left and is_apart:
            found += [one for name, one in sorted(stated[path].items()) if name in left]
    return found


def _stated_in(state: State, path: str) -> dict[Name, Declaration]:
    declared = read_requirements_files(state.tree, [NamedFile(path, RUNTIME)]).declarations
    return {one.name: one for one in reversed(declared)}


def _is_for_code_in(state: State, folder: str, names: Collection[Name]) -> bool:
    """Whether the code of a folder imports a tenth of these or more: then what states them is kept for it alone."""
    code = [path for path in state.tracked() if path.startswith(f"{folder}/") and path.endswith(_PYTHON)]
    imported = {word for path in sorted(code)[:_MOST_FILES] for word in _IMPORTED.findall(text_of(state, path))}
    used = [name for name in names if not imported.isdisjoint(map(str.encode, top_level_modules(name)))]
    return len(used) * 10 >= len(names)


def with_python(state: State) -> set[str]:
    """The folders that hold a Python file, or a folder with one."""
    holding = {path.rpartition("/")[0] for path in state.tracked() if path.endswith(_PYTHON)}
    return {above for folder in holding for above in upwards(folder)}
