"""Tell what the program that runs a file puts on sys.path, and what it brings: pytest, Django's manage.py, nox.

What exists in a folder that is put there, `first_party` says.
"""

from __future__ import annotations

import posixpath

from import_customs.model import PYPROJECT, Tree, upwards
from import_customs.model.later import lru_cache, pattern, re
from import_customs.model.source_text import what_can_be_read
from import_customs.project.first_party import exists, under_source_roots
from import_customs.project.module_files import is_package

TYPE_CHECKING = False
if TYPE_CHECKING:
    from import_customs.project.first_party import Found

_OF_PYTEST = frozenset({PYPROJECT, "pytest.toml", "pytest.ini", ".pytest.ini", "tox.ini", "setup.cfg"})
_BY_PATH = rb"""--import-mode[\s=,"']+importlib"""
_DEEPEST = 8  # packages below a folder that are looked through for tests
_NAME, _MAIN, _IS = rb"__name__\b", rb"""["']__main__["']""", rb"[ \t]*+==[ \t]*+"
_IS_RUN = pattern(rb"(?m)^if[ \t(]*+(?:%b%b%b|%b%b%b)" % (_NAME, _IS, _MAIN, _MAIN, _IS, _NAME))


def beside_what_is_run(tree: Tree, file: str, text: str, names: list[str]) -> bool:
    """Whether the file is run by its path and each of these submodules stands beside it, though that is a package.

    Python puts the folder of what it runs on sys.path (its documentation of `sys.path`). A module of one name is not
    looked for: inside a package `import celery` hardly ever means a neighbour.
    """
    folder = file.rpartition("/")[0]
    if not all("." in name and exists(tree, folder, name) for name in names):
        return False
    return is_run_by_path(text)


@lru_cache(maxsize=1)  # asked for each import of a file, one after the other
def is_run_by_path(text: str) -> bool:
    """Whether a file with this text says so: by `#!`, or by what it does as `__main__`."""
    return text.startswith("#!") or is_run(text.encode("utf-8", "surrogatepass"))


def is_run(source: bytes) -> bool:
    """Whether the file tests that it is what Python was started with."""
    return b"__main__" in source and _IS_RUN.search(source) is not None


def put_there_by_pytest(tree: Tree, file: str, module: str) -> Found | None:
    """How the module exists where pytest puts a test module, and each conftest.py above it, on sys.path.

    That is beside the package it is in; nowhere where a configuration of pytest asks for `importlib`.
    Source: pytest's documentation, "Import modes".
    """
    folders = list(upwards(file.rpartition("/")[0]))
    own = folders[:1] if is_collected(file) else []
    imported = [*own, *(folder for folder in folders if "conftest.py" in tree.listing(folder))]
    roots = dict.fromkeys(_outside(tree, folder) for folder in imported)
    found = under_source_roots(tree, tuple(roots), file, module)
    return None if found and any(_imports_by_path(tree, folder) for folder in folders) else found


def is_inserted_by_pytest(tree: Tree, folder: str) -> bool:
    """Whether pytest puts the folder on sys.path for a test module or a conftest.py in it or in a package in it."""
    if is_package(tree, folder) or not _holds_tests(tree, folder):
        return False
    return not any(_imports_by_path(tree, one) for one in upwards(folder))


def _holds_tests(tree: Tree, folder: str, depth: int = _DEEPEST) -> bool:
    listing = tree.listing(folder)
    if any(name == "conftest.py" or is_collected(name) for name in listing):
        return True
    inside = (posixpath.join(folder, name) for name, is_folder in listing.items() if is_folder)
    return depth > 0 and any(is_package(tree, one) and _holds_tests(tree, one, depth - 1) for one in inside)


def is_collected(file: str) -> bool:
    """Whether pytest takes the file for a test module by default. Source: its documentation, `python_files`."""
    name = file.rpartition("/")[2]
    return name.endswith("_test.py") or (name.startswith("test_") and name.endswith(".py"))


def _outside(tree: Tree, folder: str) -> str:
    """The nearest folder, itself or above, that is no package."""
    while folder and is_package(tree, folder):
        folder = folder.rpartition("/")[0]
    return folder


def _imports_by_path(tree: Tree, folder: str) -> bool:
    names = _OF_PYTEST.intersection(tree.listing(folder))
    return any(re.search(_BY_PATH, what_can_be_read(tree, posixpath.join(folder, name))) for name in names)


def folders_of_manage_py(tree: Tree, file: str) -> list[str]:
    """The folders above the file with a manage.py."""
    return [folder for folder in upwards(file.rpartition("/")[0]) if _holds_manage_py(tree, folder)]


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
    name, top = file.rpartition("/")[2], module.partition(".")[0]
    if name == "setup.py" and not has_build_system:
        return top in ("setuptools", "pkg_resources", "distutils")
    return (name, top) == ("noxfile.py", "nox") or (top == "IPython" and name.endswith(".ipynb"))
