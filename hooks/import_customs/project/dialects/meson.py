"""Meson, as meson-python builds by it. Source: Meson's documentation, "Python module", `install_subdir`, `subdir`."""

from __future__ import annotations

import posixpath

from import_customs.model.later import pattern
from import_customs.project.dialects.dialect import Dialect, ProjectFiles
from import_customs.project.tool_settings import read_small

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

FILE = "meson.build"
_MOST_FILES = 100  # that `subdir` leads to
_CALL = pattern(r"\b(install_sources|extension_module|install_subdir|subdir)\(((?:[^()]|\([^()]*+\))*+)\)")
_COMMENT = pattern(r"#[^\n]*+")
_STRING = pattern(r"'([^'\n]*+)'")
_SUBDIR = pattern(r"\bsubdir\s*+:\s*+'([^'\n]*+)'")
_FOR_PYTHON = pattern(r"\binstall_dir\s*+:\s*+\w++\.get_install_dir\([^()]*+\)\s*+(?:,|\Z)")


def built_modules(files: ProjectFiles) -> Iterator[str]:
    """The modules that the files of Meson install for Python, from the first one on to where `subdir` leads."""
    waiting, seen = [""], {""}
    while waiting and len(seen) < _MOST_FILES:
        folder = waiting.pop()
        source = read_small(files.tree, files.path(posixpath.join(folder, FILE)))
        for function, arguments in _CALL.findall(_COMMENT.sub("", source.decode("utf-8", "replace"))):
            if function != "subdir":
                yield from _installed(function, arguments)
            elif name := _STRING.search(arguments):
                inside = posixpath.normpath(posixpath.join(folder, name[1]))
                if inside not in seen and not inside.startswith("../"):
                    seen.add(inside)
                    waiting.append(inside)


def _installed(function: str, arguments: str) -> Iterator[str]:
    """The modules that one call installs: the package that it names, else each file by its own name."""
    package = _SUBDIR.search(arguments)
    names = _STRING.findall(arguments.partition(":")[0])
    if function == "install_subdir":
        if _FOR_PYTHON.search(arguments):
            yield from (posixpath.basename(name.rstrip("/")) for name in names[:1])
    elif function == "extension_module":
        yield ".".join(filter(None, [*(package[1] if package else "").split("/"), *names[:1]]))
    elif package:
        yield package[1].strip("/").replace("/", ".")
    else:
        yield from (posixpath.basename(name).removesuffix(".py") for name in names if name.endswith(".py"))


DIALECT = Dialect(built_modules=built_modules)
