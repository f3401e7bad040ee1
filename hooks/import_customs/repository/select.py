"""Choose the Python files to look at. Paths are relative to the repository's root."""

from __future__ import annotations

import os
import posixpath

from import_customs.model import LONGEST_PATH, SCRIPT_MARK, CheckError, TooLarge, Tree
from import_customs.repository import git

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_SUFFIXES = (".py", ".pyi", ".pyw", ".ipynb")


def tracked_python_files(entries: Mapping[str, git.Entry], tree: Tree) -> list[str]:
    """Every Python file among git's entries. Without a suffix, only an executable file can be one."""
    return [
        path
        for path, entry in entries.items()
        if git.regular_blob(entry)
        and (path.endswith(_SUFFIXES) or (git.is_executable(entry) and _is_script(path, tree)))
    ]


def is_python(path: str, tree: Tree) -> bool:
    """True for a Python file, by its suffix, or for one without a suffix by its first line. False for a symlink."""
    return not tree.is_link(path) and (path.endswith(_SUFFIXES) or _is_script(path, tree))


def path_from_root(root: str, cwd: str, argument: str) -> str:
    """The path of an argument that is relative to `cwd`; "" is the root itself.

    Raises CheckError for a path outside the repository, and for one that is too long for any file system.
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


def paths_below(folder: str, paths: Iterable[str]) -> list[str]:
    """Those of the paths that are in the folder, at any depth."""
    return [path for path in paths if not folder or path.startswith(f"{folder}/")]


def _is_script(path: str, tree: Tree) -> bool:
    """True if the first line names Python, or a command such as `uv run` in a script with metadata (PEP 723)."""
    if "." in path.rpartition("/")[2]:
        return False
    try:
        first, _, rest = (tree.read(path) or b"").partition(b"\n")
    except TooLarge:  # a program that is not written in Python
        return False
    return first.startswith(b"#!") and (b"python" in first or (b" run" in first and SCRIPT_MARK in rest))
