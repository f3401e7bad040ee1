"""Choose the Python files to look at. Paths are relative to the repository's root."""

from __future__ import annotations

import os
import posixpath

from import_customs.model import LONGEST_PATH, SCRIPT_MARK, CheckError, TooLarge, Tree, upwards
from import_customs.repository import git
from import_customs.repository.tree import real_path

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

# Source: identify, `extensions.py` and `interpreters.py`, by which pre-commit tells what is Python.
_SUFFIXES = (".py", ".pyi", ".pyw", ".ipynb", ".wsgi", ".pyt", ".tac")
_NAME = "wscript"
_WILD = frozenset("*?[")


def tracked_python_files(entries: Mapping[str, git.Entry], tree: Tree) -> list[str]:
    """Every Python file among git's entries. With another name, only an executable file can be one."""
    return [
        path
        for path, entry in entries.items()
        if (_is_named(path) and git.regular_blob(entry)) or (git.is_executable(entry) and _is_script(path, tree))
    ]


def is_python(path: str, tree: Tree) -> bool:
    """True for a Python file, by its name or by its first line. False for a symlink.

    A file with another suffix is looked into only if it is executable.
    """
    if tree.is_link(path):
        return False
    has_suffix = "." in path.rpartition("/")[2]
    return _is_named(path) or ((not has_suffix or tree.is_executable(path)) and _is_script(path, tree))


def path_from_root(root: str, cwd: str, argument: str) -> str:
    """The path of an argument that is relative to `cwd`; "" is the root itself.

    Raises CheckError for a path outside the repository, and for one that is too long for any file system.
    """
    if len(argument) > LONGEST_PATH:
        raise CheckError(f"a file's name is longer than {LONGEST_PATH} characters", hint="check the arguments")
    plain = argument.replace(os.sep, "/")
    is_plain = plain[:1] not in ("", ".", "/") and plain[1:2] != ":" and plain == posixpath.normpath(plain)
    if cwd == root and is_plain:
        return plain
    folder, name = os.path.split(os.path.normpath(os.path.join(cwd, argument)))
    real, top = _placed(folder, root)
    try:
        path = os.path.relpath(os.path.join(real, name), top).replace(os.sep, "/")
    except ValueError:  # on another drive
        path = ".."
    if path == ".." or path.startswith("../") or os.path.isabs(path):
        raise CheckError(f"is outside the repository {root}", hint="run it in that file's repository", path=argument)
    return "" if path == "." else path


def _placed(folder: str, root: str) -> tuple[str, str]:
    """Both with links followed; as they are where the system cannot say it: to read a file there is an error."""
    try:
        return real_path(folder), real_path(root)
    except CheckError:
        return folder, root


def followed(root: str, path: str) -> str:
    """The path that git has for the file: with symlinks followed, unless they lead out of the repository."""
    links = (os.path.islink(os.path.join(root, one)) for one in upwards(path) if one)
    try:
        return path_from_root(root, root, real_path(os.path.join(root, path))) if any(links) else path
    except CheckError:
        return path


def folder_from_root(root: str, cwd: str) -> str:
    """The path of the working folder; "" for the root, and outside the repository, where GIT_WORK_TREE leads to it."""
    try:
        return "" if cwd == root else path_from_root(root, cwd, ".")
    except CheckError:
        return ""


def expanded(arguments: Sequence[str], cwd: str) -> list[str]:
    """The arguments, with globs as the files that they mean: on Windows no shell does that."""
    if os.name != "nt" or _WILD.isdisjoint("".join(arguments)):
        return list(arguments)
    from glob import glob  # 5 ms, for re; only Windows gets here

    found: list[str] = []
    for argument in arguments:
        is_glob = not _WILD.isdisjoint(argument) and not os.path.lexists(os.path.join(cwd, argument))
        found.extend((is_glob and sorted(glob(argument, root_dir=cwd, recursive=True))) or [argument])
    return found


def folds_case(root: str) -> bool:
    """True where the disk takes a name in other letters too, as on Windows and macOS."""
    return os.path.lexists(os.path.join(root, ".GIT"))


def as_git_spells(paths: Iterable[str], tracked: Collection[str]) -> list[str]:
    """The paths, of which those that git tracks are in its letters: what is typed as SRC/Main.py may be src/main.py.

    macOS also takes a letter with an accent for the letter and the accent.
    """
    from unicodedata import normalize  # 0.4 ms; only for names that are typed, where the disk folds case

    def folded(path: str) -> str:
        return normalize("NFC", path).casefold()

    spelled: dict[str, str] = {}
    for path in (one for file in tracked for one in upwards(file)):
        spelled.setdefault(folded(path), path)
    return [path if path in tracked else spelled.get(folded(path), path) for path in paths]


def paths_below(folder: str, paths: Iterable[str]) -> list[str]:
    """Those of the paths that are in the folder, at any depth."""
    return [path for path in paths if not folder or path.startswith(f"{folder}/")]


def _is_named(path: str) -> bool:
    """True if its name alone makes a file one of Python."""
    return path.endswith(_SUFFIXES) or path.rpartition("/")[2] == _NAME


def _is_script(path: str, tree: Tree) -> bool:
    """True if the first line names Python, or a command such as `uv run` in a script with metadata (PEP 723)."""
    try:
        first, _, rest = (tree.read(path) or b"").partition(b"\n")
    except TooLarge:  # a program that is not written in Python
        return False
    except CheckError:  # told where it is judged, beside what is found elsewhere
        return True
    return first.startswith(b"#!") and (b"python" in first or (b" run" in first and SCRIPT_MARK in rest))
