"""An import and the state of the files in, out whether the repository itself contains what it names.

Decided by what exists beside the code, never by "the name occurs somewhere in the repository".
Sources: the import system's documentation (path based finder, PEP 420), pytest's rootdir and conftest.
"""

import posixpath
import re
from collections.abc import Iterator
from typing import Literal

from import_customs.tree import Listing, Tree

Found = Literal["whole", "open"]  # "open": a namespace folder, which other distributions may share

_SOURCE = (".py", ".pyi", ".pyx")
_COMPILED = (".so", ".pyd")  # after a tag: `m.cpython-313-x86_64-linux-gnu.so`
_LONGEST_CALL = 500  # characters of a call that puts a folder on sys.path
_DEEPEST = 8  # folders below a namespace folder that are looked through for Python files


def under_source_roots(tree: Tree, roots: tuple[str, ...], file: str, module: str) -> Found | None:
    """How the dotted module exists under one of the source roots, seen from `file`, which is never meant itself."""
    return _first(_resolve(tree, root, module, file) for root in roots)


def beside(tree: Tree, file: str, module: str) -> Found | None:
    """How the module exists beside a script, whose folder is no package; `conftest` from folders above it too."""
    folder = posixpath.dirname(file)
    if module == "conftest" and any("conftest.py" in tree.listing(above) for above in _upwards(folder)):
        return "whole"
    return None if _is_package(tree.listing(folder)) else _resolve(tree, folder, module, file)


def above(tree: Tree, file: str, module: str) -> Found | None:
    """How the module exists beside any folder above the file, up to the repository's root."""
    return _first(_resolve(tree, folder, module, file) for folder in _upwards(posixpath.dirname(file)))


def roots_of_django(tree: Tree, folder: str) -> tuple[str, ...]:
    """The project's folder and those right inside it that hold a manage.py: it runs with its folder on sys.path."""
    inside = (name for name, is_folder in tree.listing(folder).items() if is_folder and not name.startswith("."))
    folders = [folder, *(posixpath.join(folder, name) for name in inside)]
    return tuple(one for one in folders if tree.listing(one).get("manage.py") is False)


def is_brought(file: str, module: str, has_build_system: bool) -> bool:
    """Whether what runs the file brings the module: nox its noxfile, setuptools a setup.py (PEP 517's default)."""
    name, top = posixpath.basename(file), module.partition(".")[0]
    if name == "setup.py" and not has_build_system:
        return top in ("setuptools", "pkg_resources", "distutils")
    return (name, top) == ("noxfile.py", "nox")


def is_stated(names: tuple[str, ...], module: str) -> bool:
    """Whether the module is one, or in one, that the project says it provides itself (PEP 794)."""
    return any(module == name or module.startswith(f"{name}.") for name in names)


def added(tree: Tree, file: str, text: str) -> tuple[str, ...]:
    """The folders of the repository that the file's text itself puts on sys.path, by the literals in such calls.

    Their parts are joined, and seen from the file's folder, else from the root.
    """
    found = []
    for call in re.finditer(r"\bsys\.path\.(?:insert|append)\(", text):
        path = "/".join(re.findall(r"""["']([^"'\n]+)["']""", _argument(text, call.end())))
        places = (posixpath.normpath(posixpath.join(base, path)) for base in (posixpath.dirname(file), ""))
        found.extend([place for place in places if path and tree.listing("" if place == "." else place)][:1])
    return tuple("" if place == "." else place for place in dict.fromkeys(found))


def _argument(text: str, start: int) -> str:
    """What stands between the parenthesis before `start` and the one that closes it."""
    depth = 1
    for position in range(start, min(len(text), start + _LONGEST_CALL)):
        depth += {"(": 1, ")": -1}.get(text[position], 0)
        if depth == 0:
            return text[start:position]
    return ""


def _first(found: Iterator[Found | None]) -> Found | None:
    answers = [answer for answer in found if answer]
    return "whole" if "whole" in answers else answers[0] if answers else None


def _upwards(folder: str) -> Iterator[str]:
    while folder:
        yield folder
        folder = posixpath.dirname(folder)
    yield ""


def _resolve(tree: Tree, base: str, module: str, file: str) -> Found | None:
    """How the module exists in the folder `base`: folders without `__init__` are followed to the end of the name."""
    folder = base
    for part in module.split("."):
        listing = tree.listing(folder)
        inside = posixpath.join(folder, part)
        is_folder = listing.get(part, False)
        if is_folder and _is_package(tree.listing(inside)):
            return "whole"
        if any(posixpath.join(folder, name) != file for name in _module_files(listing, part)):
            return "whole"
        if not is_folder or _is_project_of(tree, inside, part):
            return None
        folder = inside
    return "open" if _holds_python(tree, folder, _DEEPEST) else None


def _is_project_of(tree: Tree, folder: str, module: str) -> bool:
    """Whether the folder is that of a project which holds the module further down: it is not the module itself."""
    if "pyproject.toml" not in tree.listing(folder):
        return False
    return module in tree.listing(folder) or module in tree.listing(posixpath.join(folder, "src"))


def _is_package(listing: Listing) -> bool:
    return bool(_module_files(listing, "__init__"))


def _module_files(listing: Listing, module: str) -> list[str]:
    """The files of a folder that are the module."""
    sources = [module + suffix for suffix in _SOURCE if listing.get(module + suffix) is False]
    return sources or [name for name in listing if name.endswith(_COMPILED) and name.startswith(f"{module}.")]


def _holds_python(tree: Tree, folder: str, depth: int) -> bool:
    listing = tree.listing(folder)
    if any(name.endswith((*_SOURCE, *_COMPILED)) for name in listing if not listing[name]):
        return True
    return depth > 0 and any(
        _holds_python(tree, posixpath.join(folder, name), depth - 1)
        for name, is_folder in listing.items()
        if is_folder and not name.startswith(".") and not tree.is_link(posixpath.join(folder, name))
    )
