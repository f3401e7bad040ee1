"""Read requirements files: what they declare, with the file and line of each.

Source: pip's documentation, "Requirements File Format". `-r` is followed; `-c` declares nothing; `-e` and URLs declare
what `#egg=` or `name @` names.
"""

from __future__ import annotations

import codecs
import posixpath
from collections import deque

from import_customs.model import LONGEST_PATH, CheckError, Place, TooLarge, Tree, Unread, upwards
from import_customs.model.later import fnmatchcase, pattern
from import_customs.model.requirement import is_name
from import_customs.model.source_text import decode, what_can_be_read
from import_customs.model.toml import Document
from import_customs.model.value import NamedTuple
from import_customs.project.config import OTHER_FORMATS
from import_customs.project.declarations import DeclaredList, declare, egg_in
from import_customs.project.dialects.dialect import (
    PROJECT_FILES,
    ProjectFiles,
    folders_meant,
    glob_parts,
    joined,
    read_once,
    slashed,
)
from import_customs.project.dialects.setuptools import distribution_name
from import_customs.project.workspace import name_written

TYPE_CHECKING = False
if TYPE_CHECKING:
    import re

_LARGEST = 8 * 1024**2  # bytes of a file that is read
_NAMING = frozenset({"setup.cfg", "setup.py", "hatch.toml"})  # files that may name some
_MOST_MATCHED = 1000  # files that one glob names
_COPIED = "keep a copy inside, and name that"
_OPTION = pattern(r"(-r|--requirement|-c|--constraint|-e|--editable)(?:[ =]\s*|(?=[^\s-]))(.+)")
_WHEEL = pattern(r"(?:.*/)?([A-Za-z0-9][A-Za-z0-9._]*)-\d[^/]*\.(?:whl|tar\.gz|zip)$")
# What GitHub, GitLab and Gitea pack of a repository, whose name stands before.
_ARCHIVE = pattern(r"://[^/]+/(?:[^/]+/)+?([^/]+?)(?:\.git)?/(?:-/)?(?:archive|tarball|zipball|zip|tar\.gz)/")
_PER_REQUIREMENT = pattern(r"\s--[a-z-]+[= ].*$")
_COMMENT = pattern(r"(^|\s)#.*$")
_EXTRAS = pattern(r"\[[^\]]*\]$")
_MARKS = (  # those of UTF-32 begin as those of UTF-16 do
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


class NamedFile(NamedTuple):
    """One requirements file, which another file may name."""

    path: str  # from the repository's root
    place: Place  # what it declares for
    by: str = ""  # the file that names it
    line: int = 0  # of that file


def read_for_project(files: ProjectFiles, named: list[tuple[str, Place]]) -> DeclaredList:
    """The declarations of the files that a project's tables name, from its folder."""
    return read_requirements_files(
        files.tree,
        [NamedFile(path, place, *_named_at(files, file)) for file, place in named for path in paths_named(files, file)],
    )


def _named_at(files: ProjectFiles, file: str) -> tuple[str, int]:
    """The file and the line that names another: in the pyproject.toml, else in one of a tool beside it."""
    document = files.document
    for name in () if file in document.text else _NAMING.intersection(files.beside):
        before, found, _ = text_of(what_can_be_read(files.tree, files.path(name))).partition(file)
        if found:
            return files.path(name), before.count("\n") + 1
    return document.path, document.line_of(file)


def paths_named(files: ProjectFiles, file: str) -> list[str]:
    """The paths of the files that a name or a glob stands for; a glob that matches none as it is, to be warned of."""
    path = posixpath.normpath(files.path(slashed(file)))
    if "*" not in path and "?" not in path and "[" not in path:
        return [path]
    return _matching(files.tree, path)[:_MOST_MATCHED] or [path]


def _matching(tree: Tree, glob: str) -> list[str]:
    """The files that a glob matches, sorted; `**` stands for any number of folders."""
    *folders, name = glob_parts(glob)
    if name == "**":
        folders, name = [*folders, name], "*"
    return sorted(
        posixpath.join(folder, one)
        for folder in folders_meant(tree, "", folders)
        for one, is_folder in tree.listing(folder).items()
        if not is_folder and fnmatchcase(one, name) and not one.endswith(OTHER_FORMATS)
    )


def stated_keys(files: ProjectFiles, named: list[tuple[str, Place]], optional: Place) -> set[str]:
    """The keys of [project] that the files state; those that are missing state nothing.

    A file that declares for `optional` may state any of them.
    """
    keys = set()
    for file, place in named:
        folder, _, name = paths_named(files, file)[0].rpartition("/")
        if name in files.tree.listing(folder):
            keys.add("optional-dependencies" if place.kind == "extra" else "dependencies")
            keys.update({"optional-dependencies"} if place == optional else ())
    return keys


def read_requirements_files(tree: Tree, files: list[NamedFile]) -> DeclaredList:
    """The declarations of the files and of those that they name, each read once; and what is missing."""
    found = DeclaredList([], [], [])
    seen: set[tuple[str, Place]] = set()
    waiting = deque(files)
    while waiting:
        named = waiting.popleft()
        if (named.path, named.place) in seen:
            continue
        seen.add((named.path, named.place))
        source, why = _source(tree, named.path)
        if source is None:
            itself = Unread(named.path, 0, why.removeprefix("it "))
            found.lacking.append(Unread(named.by, named.line, f"names {named.path}: {why}") if named.by else itself)
        else:
            waiting.extend(_read_file(tree, named, text_of(source), found))
    return found


def _source(tree: Tree, path: str) -> tuple[bytes | None, str]:
    """What the file holds, or why it is not read."""
    if path.startswith(("../", "/")) or path == "..":
        return None, f"it is outside the repository; {_COPIED}"
    if path.endswith(OTHER_FORMATS):
        return None, "it is no requirements file"
    try:
        source = read_once(tree, path)
    except CheckError as error:
        return None, f"it {error.message}"
    if source and len(source) > _LARGEST:
        return None, f"it {TooLarge(_LARGEST).message}"
    if tree.listing(path):
        return source, f"it is a folder; `{path}/*.txt` names the files in it"
    return source, "there is no such file"


def _read_file(tree: Tree, named: NamedFile, text: str, found: DeclaredList) -> list[NamedFile]:
    """Add what a file declares; the files that it names in turn."""
    further = []
    for line, logical in _lines(text):
        option = _OPTION.fullmatch(logical) if logical.startswith("-") else None
        if option and option[1] in ("-r", "--requirement"):
            if "://" in option[2]:
                why = f"names {option[2].strip()}: it is not in the repository; {_COPIED}"
                found.lacking.append(Unread(named.path, line, why))
                continue
            path = _path_there(tree, posixpath.dirname(named.path), option[2])
            further.append(NamedFile(path, named.place, named.path, line))
        elif option and option[1] in ("-e", "--editable"):
            _add_location(found, option[2].strip("\"'"), tree, named, line)
        elif not logical.startswith("-"):
            _add_requirement(found, logical, tree, named, line)
    return further


def _path_there(tree: Tree, folder: str, written: str) -> str:
    """The path that is meant, seen from the folder: written as on Windows, unless a file is called just so."""
    named = written.strip().strip("\"'")  # pip takes quotes away, as a shell does
    path = posixpath.normpath(posixpath.join(folder, named))
    if "\\" in path and path.rpartition("/")[2] not in tree.listing(posixpath.dirname(path)):
        path = posixpath.normpath(posixpath.join(folder, named.replace("\\", "/")))
    return path


def _folder_there(tree: Tree, location: str, named: NamedFile) -> str | None:
    """The folder of a local project: seen from the file's, or from where pip runs, above it. None where none is."""
    folder = location.partition("#")[0].partition("[")[0].strip().removeprefix("file:")
    if "://" in location or len(folder) > LONGEST_PATH:
        return None
    folder = folder.replace("\\", "/")
    for above in upwards(posixpath.dirname(named.path)):
        path = joined(above, folder)
        if not PROJECT_FILES.isdisjoint(tree.listing(path)):
            return path
    return None


def name_there(tree: Tree, folder: str) -> str | None:
    """What the project of the folder calls itself in its pyproject.toml, else in its setup.cfg or setup.py."""
    if name := name_written(tree, folder):
        return name
    stated = distribution_name(ProjectFiles(tree, folder, Document("", "", {})))
    return stated if is_name(stated) else None


def _lines(text: str) -> list[tuple[int, str]]:
    """The logical lines with the number, from 1, of their first: comments gone, continuations joined."""
    found, start, joined = [], 1, ""
    for number, line in enumerate(text.split("\n"), start=1):
        start = start if joined else number
        if line.endswith("\\") and not ("#" in line and _COMMENT.search(line)):
            joined += line[:-1]
            continue
        whole = joined + line
        logical = (_COMMENT.sub("", whole) if "#" in whole else whole).strip()
        joined = ""
        if logical:
            found.append((start, logical))
    return found


def _add_requirement(found: DeclaredList, text: str, tree: Tree, named: NamedFile, line: int) -> None:
    plain = _PER_REQUIREMENT.sub("", f"{text} ").strip() if "--" in text else text
    there = slashed(plain)
    before_at = there.partition("@")[0]
    is_path = there.startswith((".", "/", "file:")) or ("/" in before_at and _folder_there(tree, plain, named))
    is_location = "://" in before_at or is_path or _wheel(there)
    if is_location:
        _add_location(found, plain, tree, named, line)
    else:
        declare(found, plain, named.place, named.path, line)


def _add_location(found: DeclaredList, location: str, tree: Tree, named: NamedFile, line: int) -> None:
    """A URL or a path declares what the project there, its egg, its wheel, or else its last folder is called."""
    location = slashed(location)
    there = _folder_there(tree, location, named)
    itself = name_there(tree, there) if there is not None else None
    extras = _EXTRAS.search(location.partition("#")[0])
    path = location.partition("#")[0].replace("\\", "/")
    archive = _ARCHIVE.search(path, 0, LONGEST_PATH) if "://" in path else None
    egg, packed = egg_in(location), archive or _wheel(path)
    last = path.partition(".git@" if ".git@" in path else "[")[0].rstrip("/").rpartition("/")[2]  # `…/x.git@rel/6.0`
    itself = f"{itself}{extras[0]}" if itself and extras else itself
    name = itself or egg or (packed[1] if packed else last.partition("@")[0].removesuffix(".git"))
    if name.strip("."):
        declare(found, name, named.place, named.path, line, there, is_location=True)


def _wheel(path: str) -> re.Match[str] | None:
    return _WHEEL.match(path) if path.endswith((".whl", ".tar.gz", ".zip")) else None


def text_of(source: bytes) -> str:
    """By the byte-order mark, as pip reads it, else as a Python file: it may state its encoding in a comment."""
    for mark, encoding in _MARKS:
        if source.startswith(mark):
            return source[len(mark) :].decode(encoding, "replace").replace("\r\n", "\n").replace("\r", "\n")
    return decode(source)[0]
