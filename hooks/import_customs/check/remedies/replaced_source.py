"""Say which tracked source or declaring file a report would replace: only `--output` asks."""

import os
from collections.abc import Iterable, Iterator
from contextlib import suppress

from import_customs.check.state import State, project_of
from import_customs.model import CheckError
from import_customs.project import may_be_named, may_declare
from import_customs.repository import git, select
from import_customs.repository.tree import Noted, Worktree, real_path


def replaced_source(cwd: str, output: str) -> str | None:
    """The path, from the root of its repository, of the file that writing to `output` would replace.

    None if that is no source or declaring file, or not tracked: by this repository, or the one that it lies in.
    """
    real = real_path(os.path.join(cwd, output))
    for root in dict.fromkeys(_roots(cwd, os.path.dirname(real))):
        path = _same_file(root, real, set(git.index_entries(root)))
        if path is not None and _is_source_or_declares(root, path):
            return path
    return None


def _roots(cwd: str, folder: str) -> Iterator[str]:
    yield git.root(cwd)
    while not os.path.isdir(folder):
        folder = os.path.dirname(folder)
    with suppress(CheckError):  # no repository, or none that git may read here
        yield git.root(folder)


def _same_file(root: str, real: str, tracked: Iterable[str]) -> str | None:
    """The tracked path of a file, however it is spelled: a disk may take its letters in either case."""
    top, name = real_path(root), _folded(os.path.basename(real))
    for path in tracked:
        if _folded(path.rpartition("/")[2]) == name:
            there = os.path.join(top, *path.split("/"))
            with suppress(OSError):  # one of them is not on disk
                if os.path.samefile(there, real):
                    return path
            if there == real:
                return path
    return None


def _folded(name: str) -> str:
    from unicodedata import normalize  # 0.4 ms; only `--output` gets here

    return normalize("NFC", name).casefold()


def _is_source_or_declares(root: str, path: str) -> bool:
    tree = Worktree(root)
    if select.is_python(path, tree) or may_declare(path):
        return True
    read = Noted(tree)
    if may_be_named(path):  # only the projects above it can say
        project_of(State(read, lenient=True), os.path.dirname(path))
    return path in read.paths
