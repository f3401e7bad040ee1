"""Meson, as meson-python builds by it. Source: Meson's documentation, "Python module", `install_subdir`, `subdir`."""

from __future__ import annotations

import posixpath

from import_customs.model import upwards
from import_customs.model.later import pattern
from import_customs.project.dialects.dialect import Dialect, ProjectFiles
from import_customs.project.tool_settings import read_small

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

FILE = "meson.build"
_SUBDIR_CALL = "subdir"
_MOST_FILES = 100  # that `subdir` leads to
_CALL = pattern(r"\b(install_sources|extension_module|install_subdir|subdir)\(((?:[^()]|\([^()]*+\))*+)\)")
_COMMENT = pattern(r"#[^\n]*+")
_STRING = pattern(r"'([^'\n]*+)'")
_SUBDIR = pattern(r"\bsubdir\s*+:\s*+'([^'\n]*+)'")
_FOR_PYTHON = pattern(r"\binstall_dir\s*+:\s*+\w++\.get_install_dir\([^()]*+\)\s*+(?:,|\Z)")


def built_modules(files: ProjectFiles) -> Iterator[str]:
    """The modules that the files of Meson install for Python."""
    for _, function, arguments in _calls(files):
        if function != _SUBDIR_CALL:
            yield from _installed(function, arguments)


def installed_folders(files: ProjectFiles) -> list[str]:
    """The folders, and files, that are installed for Python; none where it is not plain which they are."""
    found: dict[str, None] = {}
    for folder, function, arguments in _calls(files):
        if function == _SUBDIR_CALL:
            if not _STRING.search(arguments) and not any(one in found for one in upwards(folder)):
                return []  # a loop names it
        elif function == "install_subdir":
            found.update((posixpath.join(folder, name), None) for name in _installed(function, arguments))
        elif folder:
            found[folder] = None
        elif function == "install_sources":  # not all that is beside the first file of Meson is meant
            named = arguments.partition(":")[0]
            if _STRING.sub("", named.rpartition(",")[0] if ":" in arguments else named).strip("[], \t\r\n"):
                return []  # a list of another place
            found.update((name, None) for name in _STRING.findall(named) if name.endswith(".py"))
    return list(found)


def _calls(files: ProjectFiles) -> Iterator[tuple[str, str, str]]:
    """The calls that install for Python, and those that go on in another folder: where, what is called, with what.

    Those of a folder come before those of the folders below it.
    """
    waiting, seen = [""], {""}
    while waiting and len(seen) < _MOST_FILES:
        folder = waiting.pop()
        source = read_small(files.tree, files.path(posixpath.join(folder, FILE)))
        found = _CALL.findall(_COMMENT.sub("", source.decode("utf-8", "replace")))
        for function, arguments in sorted(found, key=lambda call: call[0] == _SUBDIR_CALL):
            yield folder, function, arguments
            name = _STRING.search(arguments) if function == _SUBDIR_CALL else None
            inside = posixpath.normpath(posixpath.join(folder, name[1])) if name else "../"
            if inside not in seen and not inside.startswith("../"):
                seen.add(inside)
                waiting.append(inside)


def _installed(function: str, arguments: str) -> Iterator[str]:
    """The modules that one call installs: the package that it names, else each file by its own name."""
    package = _SUBDIR.search(arguments)
    names = _STRING.findall(arguments.partition(":")[0])
    if function == "install_subdir":
        if _FOR_PYTHON.search(arguments):
            yield from names[:1]
    elif function == "extension_module":
        yield ".".join(filter(None, [*(package[1] if package else "").split("/"), *names[:1]]))
    elif package:
        yield package[1].strip("/").replace("/", ".")
    else:
        yield from (posixpath.basename(name).removesuffix(".py") for name in names if name.endswith(".py"))


DIALECT = Dialect(built_modules=built_modules)
