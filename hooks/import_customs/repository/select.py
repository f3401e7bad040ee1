"""Arguments and a state in, out the Python files to look at: paths from the repository's root, each once, in order."""

from __future__ import annotations

import os
import posixpath

from import_customs.model import LONGEST_PATH, CheckError, TooLarge, Tree
from import_customs.repository import git

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

SCRIPT = b"# /// script"  # what the metadata of a script begins with (PEP 723)
_SUFFIXES = (".py", ".pyi", ".pyw", ".ipynb")


def tracked(entries: Mapping[str, git.Entry], tree: Tree) -> list[str]:
    """Every Python file among git's entries; of those without a suffix only what is executable."""
    return [
        path
        for path, entry in entries.items()
        if git.regular(entry) and (path.endswith(_SUFFIXES) or (git.is_executable(entry) and _is_script(path, tree)))
    ]


def is_python(path: str, tree: Tree) -> bool:
    """Whether the file holds Python: by its suffix, else, for a script without one, by its first line; no symlink."""
    return not tree.is_link(path) and (path.endswith(_SUFFIXES) or _is_script(path, tree))


def from_root(root: str, cwd: str, argument: str) -> str:
    """The path from the repository's root that an argument means, seen from `cwd`; "" is the root itself.

    Raises CheckError for what is outside the repository, and for what is too long to be there.
    """
    if len(argument) > LONGEST_PATH:
        raise CheckError(f"a file's name is longer than {LONGEST_PATH} characters", hint="see the arguments")
    plain = argument.replace(os.sep, "/")
    if cwd == root and not os.path.isabs(argument) and plain[:1] != "." and plain == posixpath.normpath(plain):
        return plain
    folder, name = os.path.split(os.path.normpath(os.path.join(cwd, argument)))
    path = os.path.relpath(os.path.join(os.path.realpath(folder), name), os.path.realpath(root)).replace(os.sep, "/")
    if path == ".." or path.startswith("../") or os.path.isabs(path):
        raise CheckError(f"is outside the repository {root}", hint="run it in that file's repository", path=argument)
    return "" if path == "." else path


def below(folder: str, paths: Iterable[str]) -> list[str]:
    """Those of the paths that are in the folder or in one inside it."""
    return [path for path in paths if not folder or path.startswith(f"{folder}/")]


def _is_script(path: str, tree: Tree) -> bool:
    """By its first line: it names Python, or a command such as `uv run` for a script with metadata (PEP 723)."""
    if "." in path.rpartition("/")[2]:
        return False
    try:
        first, _, rest = (tree.read(path) or b"").partition(b"\n")
    except TooLarge:  # a program, and none in Python
        return False
    return first.startswith(b"#!") and (b"python" in first or (b" run" in first and SCRIPT in rest))
