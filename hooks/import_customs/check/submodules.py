"""Look into the git submodules of a state: what those hold that are checked out, and which are not.

Their files are not tracked here, so `State.tracked` lacks them. Only findings get here.
"""

import posixpath
from collections.abc import Iterator

from import_customs.check.state import State
from import_customs.model import Tree
from import_customs.repository.git import is_submodule

_PASSED_OVER = frozenset({"node_modules", "__pycache__"})
_ENVIRONMENT = "pyvenv.cfg"  # in the folder of a virtual environment


def paths_of(state: State) -> list[str]:
    """The folders of the submodules, in the order of their names: looked for once."""
    if state.submodules is None:
        state.submodules = [path for path, entry in state.tracked().items() if is_submodule(entry)]
    return state.submodules


def absent(state: State) -> list[str]:
    """The submodules that are not checked out: what they hold is not known."""
    return [path for path in paths_of(state) if not state.tree.listing(path)]


def files_of(state: State) -> list[str]:
    """The files of the submodules that are checked out, walked once."""
    if state.submodule_files is None:
        state.submodule_files = [file for path in paths_of(state) for file in _files_below(state.tree, path)]
    return state.submodule_files


def _files_below(tree: Tree, folder: str) -> Iterator[str]:
    waiting = [folder]
    while waiting:
        folder = waiting.pop()
        listing = tree.listing(folder)
        for name, is_folder in listing.items() if _ENVIRONMENT not in listing else ():
            path = posixpath.join(folder, name)
            if not is_folder:
                yield path
            elif not name.startswith(".") and name not in _PASSED_OVER and not tree.is_link(path):
                waiting.append(path)
