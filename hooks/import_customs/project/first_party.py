"""Find a module in the repository itself, seen from the file that imports it.

Decided by what exists beside the code, never by "the name occurs somewhere in the repository".
Sources: the import system's documentation (path based finder, PEP 420), pytest's rootdir and conftest.
"""

from __future__ import annotations

import posixpath
import re
from functools import lru_cache
from itertools import islice

from import_customs.model import Listing, Tree, upwards

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Literal

    # "stub": only what type checkers read; "open": a namespace folder, which other distributions may share
    Found = Literal["whole", "stub", "open"]

_ANSWERS: tuple[Found, ...] = ("whole", "stub", "open")  # the one that says most first
_STUB = ".pyi"
_SOURCE = (".py", ".pyx", _STUB)
_COMPILED = (".so", ".pyd")  # after a tag: `m.cpython-313-x86_64-linux-gnu.so`
_RUN = (".py", ".pyx", *_COMPILED)
_OF_PYTEST = frozenset({"pyproject.toml", "pytest.toml", "pytest.ini", ".pytest.ini", "tox.ini", "setup.cfg"})
_BY_PATH = rb"""--import-mode[\s=,"']+importlib"""
_MOST_CALLS = 100  # of a file, that put a folder on sys.path
_LONGEST = 500  # characters of such a call, and of what is given to a name
_GIVEN = rf"^[ \t]*+([A-Za-z_]\w*+)[ \t]*+=(?!=)(.{{1,{_LONGEST}}})"
_LITERAL = r"""["']([^"'\n]+)["']"""
_MOST_NAMES = 3  # that lead from such a call to `__file__`
_DEEPEST = 8  # folders below a folder that are looked through for Python files


def under_source_roots(tree: Tree, roots: tuple[str, ...], file: str, module: str) -> Found | None:
    """How the dotted module exists under one of the source roots, seen from `file`."""
    return surest(_resolve(tree, root, module, file) for root in roots)


def beside(tree: Tree, file: str, module: str) -> Found | None:
    """How the module exists beside a script, whose folder is no package; `conftest` from folders above it too."""
    folder = posixpath.dirname(file)
    if module == "conftest" and any("conftest.py" in tree.listing(above) for above in upwards(folder)):
        return "whole"
    return None if _is_package(tree.listing(folder)) else _resolve(tree, folder, module, file)


def beside_what_is_run(tree: Tree, file: str, text: str, names: list[str]) -> bool:
    """Whether the file is run by its path and each of these submodules stands beside it, though that is a package.

    Python puts the folder of what it runs on sys.path (its documentation of `sys.path`). A module of one name is not
    looked for: inside a package `import celery` hardly ever means a neighbour.
    """
    folder = posixpath.dirname(file)
    if not all("." in name and _exists(tree, folder, name) for name in names):
        return False
    return _is_run(text)


@lru_cache(maxsize=1)  # asked for each import of a file, one after the other
def _is_run(text: str) -> bool:
    return text.startswith("#!") or re.search(r"^if __name__ == ['\"]__main__['\"]", text, re.MULTILINE) is not None


def above(tree: Tree, file: str, module: str) -> Found | None:
    """How the module exists beside any folder above the file, up to the repository's root."""
    return surest(_resolve(tree, folder, module, file) for folder in upwards(posixpath.dirname(file)))


def above_to_its_end(tree: Tree, file: str, module: str) -> bool:
    """Whether a module of several names exists to its end below a folder above the file that is no package.

    Such a folder may be on sys.path when the file is run. One name alone says little: `utils` is a distribution's too.
    """
    folders = (folder for folder in upwards(posixpath.dirname(file)) if not _is_package(tree.listing(folder)))
    return "." in module and any(_exists(tree, folder, module) for folder in folders)


def put_there_by_pytest(tree: Tree, file: str, module: str) -> Found | None:
    """How the module exists where pytest puts a test module, and each conftest.py above it, on sys.path.

    That is beside the package it is in; nowhere where a configuration of pytest asks for `importlib`.
    Source: pytest's documentation, "Import modes".
    """
    folders = list(upwards(posixpath.dirname(file)))
    own = folders[:1] if is_collected(file) else []
    imported = [*own, *(folder for folder in folders if "conftest.py" in tree.listing(folder))]
    roots = dict.fromkeys(_outside(tree, folder) for folder in imported)
    found = surest(_resolve(tree, root, module, file) for root in roots)
    return None if found and any(_imports_by_path(tree, folder) for folder in folders) else found


def is_collected(file: str) -> bool:
    """Whether pytest takes the file for a test module by default. Source: its documentation, `python_files`."""
    name = posixpath.basename(file)
    return name.endswith("_test.py") or (name.startswith("test_") and name.endswith(".py"))


def _outside(tree: Tree, folder: str) -> str:
    """The nearest folder, itself or above, that is no package."""
    while folder and _is_package(tree.listing(folder)):
        folder = posixpath.dirname(folder)
    return folder


def _imports_by_path(tree: Tree, folder: str) -> bool:
    names = _OF_PYTEST.intersection(tree.listing(folder))
    return any(re.search(_BY_PATH, tree.read(posixpath.join(folder, name)) or b"") for name in names)


def beside_manage_py(tree: Tree, roots: tuple[str, ...], file: str, module: str) -> Found | None:
    """How the module exists in one of the `roots_of_django` or beside a manage.py above the file."""
    others = (folder for folder in upwards(posixpath.dirname(file)) if _holds_manage_py(tree, folder))
    return under_source_roots(tree, (*roots, *others), file, module)


def roots_of_django(tree: Tree, roots: tuple[str, ...]) -> tuple[str, ...]:
    """Of source roots and the folders right inside them those with a manage.py: it runs with its folder on sys.path."""
    inside = [
        posixpath.join(root, name)
        for root in roots
        for name, is_folder in tree.listing(root).items()
        if is_folder and not name.startswith(".")
    ]
    return tuple(dict.fromkeys(folder for folder in [*roots, *inside] if _holds_manage_py(tree, folder)))


def _holds_manage_py(tree: Tree, folder: str) -> bool:
    return tree.listing(folder).get("manage.py") is False


def comes_with_host(file: str, module: str, has_build_system: bool) -> bool:
    """Whether what runs the file brings the module: nox its noxfile, setuptools a setup.py (PEP 517's default).

    Jupyter brings IPython to a notebook.
    """
    name, top = posixpath.basename(file), module.partition(".")[0]
    if name == "setup.py" and not has_build_system:
        return top in ("setuptools", "pkg_resources", "distutils")
    return (name, top) == ("noxfile.py", "nox") or (top == "IPython" and name.endswith(".ipynb"))


def is_import_name(names: tuple[str, ...], module: str) -> bool:
    """Whether the module is one, or in one, that the project says it provides itself (PEP 794)."""
    return any(module == name or module.startswith(f"{name}.") for name in names)


def folders_added(tree: Tree, file: str, text: str) -> tuple[str, ...]:
    """The folders of the repository that the file's text itself puts on sys.path, as far as such calls spell them.

    What begins at `__file__` is followed upwards; the literals are joined, and seen from there, the file's folder
    or the root.
    """
    found = []
    names = _Names(text)
    for call in islice(re.finditer(r"\bsys\.path\.(?:insert|append)\(", text), _MOST_CALLS):
        argument = names.spelled(_argument(text, call.end()))
        literals = re.findall(_LITERAL, argument)
        bases = [posixpath.dirname(file), ""] if literals else []
        if "__file__" in argument and (begin := _climbed(file, argument)) is not None:
            bases.insert(0, begin)
        places = (posixpath.normpath(posixpath.join(base, *literals)) for base in bases)
        found.extend([place for place in places if tree.listing("" if place == "." else place)][:1])
    return tuple("" if place == "." else place for place in dict.fromkeys(found))


class _Names:
    """What a text gives to names, the first of each; keeps what it found for the next call."""

    def __init__(self, text: str) -> None:
        self._given = dict(reversed(re.findall(_GIVEN, text, re.MULTILINE)))
        self._spelled: dict[tuple[str, int], str] = {}

    def spelled(self, argument: str, depth: int = _MOST_NAMES) -> str:
        """The argument, after what the text gives to a name in it, where that begins at `__file__`."""
        if (argument, depth) not in self._spelled:
            self._spelled[argument, depth] = self._sought(argument, depth)
        return self._spelled[argument, depth]

    def _sought(self, argument: str, depth: int) -> str:
        names = re.findall(r"[A-Za-z_]\w*", re.sub(_LITERAL, "", argument)) if depth else []
        for name in () if "__file__" in argument else names:
            value = self.spelled(self._given.get(name, ""), depth - 1)
            if "__file__" in value:
                return f"{value} {argument}"
        return argument


def _climbed(file: str, argument: str) -> str | None:
    """The folder above the file that `parent`, `parents[N]` and `dirname` of it mean; None above the root."""
    steps = len(re.findall(r"\.parent\b|\bdirname\(", argument))
    steps += sum(int(number) + 1 for number in re.findall(r"\.parents\[(\d{1,2})\]", argument))
    parts = file.split("/")
    return "/".join(parts[: len(parts) - steps]) if steps <= len(parts) else None


def _argument(text: str, start: int) -> str:
    """What stands between the parenthesis before `start` and the one that closes it."""
    depth = 1
    for position in range(start, min(len(text), start + _LONGEST)):
        depth += {"(": 1, ")": -1}.get(text[position], 0)
        if depth == 0:
            return text[start:position]
    return ""


def surest(found: Iterable[Found | None]) -> Found | None:
    """The one of the answers that says most."""
    answers = set(found)
    return next((answer for answer in _ANSWERS if answer in answers), None)


def _resolve(tree: Tree, base: str, module: str, file: str) -> Found | None:
    """How the module exists in the folder `base`: folders without `__init__` are followed to the end of the name.

    A `file` right in `base` is never what it imports by its own name: `celery.py` means the distribution.
    """
    folder = base
    for part in module.split("."):
        listing = tree.listing(folder)
        inside = posixpath.join(folder, part)
        is_folder = listing.get(part, False)
        own = posixpath.basename(file) if folder == base == posixpath.dirname(file) else ""
        files = [name for name in _module_files(listing, part) if name != own]
        is_package = is_folder and _is_package(tree.listing(inside))
        if any(name.endswith(_RUN) for name in files) or (is_package and _holds(tree, inside, _RUN)):
            return "whole"
        if files or is_package:
            return "stub"
        if not is_folder or _is_project_of(tree, inside, part):
            return None
        folder = inside
    return "open" if _holds(tree, folder, (*_RUN, _STUB)) else None


def _exists(tree: Tree, base: str, module: str) -> bool:
    """Whether the module exists in the folder `base` to the end of its name, and is more than a stub."""
    folder, _, last = module.rpartition(".")
    folder = posixpath.join(base, folder.replace(".", "/"))
    listing = tree.listing(folder)
    if any(name.endswith(_RUN) for name in _module_files(listing, last)):
        return True
    return listing.get(last, False) and _holds(tree, posixpath.join(folder, last), _RUN)


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
    if sources and sources != [module + _STUB]:
        return sources
    compiled = (name for name in listing if name.endswith(_COMPILED) and name.startswith(f"{module}."))
    return sources + [name for name in compiled if not listing[name]]


def _holds(tree: Tree, folder: str, suffixes: tuple[str, ...], depth: int = _DEEPEST) -> bool:
    """Whether a file with one of the suffixes is in the folder, or in one below it."""
    listing = tree.listing(folder)
    if any(name.endswith(suffixes) and not listing[name] for name in listing):
        return True
    return depth > 0 and any(
        _holds(tree, posixpath.join(folder, name), suffixes, depth - 1)
        for name, is_folder in listing.items()
        if is_folder and not name.startswith(".") and not tree.is_link(posixpath.join(folder, name))
    )
