"""Read what the call of setup() in a setup.py states: by its syntax, and it is never run.

Literals count wherever they are (setup_py_values), and requirements files that are read (setup_py_files); of what is
computed the first line is said.
Source: setuptools' documentation, "Keywords".
"""

import ast  # 9 ms; only where pyproject.toml leaves the dependencies to a setup.py
import posixpath
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from import_customs.model import BUILD, RUNTIME, Place
from import_customs.model.requirement import normalized
from import_customs.model.source_text import decode
from import_customs.model.syntax_tree import last_name, parsed
from import_customs.project.dialects.dialect import ProjectFiles
from import_customs.project.dialects.setup_py_contents import COMPUTED, Contents, contents
from import_customs.project.dialects.setup_py_files import Reading, files_read
from import_customs.project.dialects.setup_py_values import Values

_LARGEST = 256 * 1024  # bytes that are parsed; in their tree each may take 600
_ERRORS = (ValueError, RecursionError, MemoryError)
_PYTHON = "python_requires"
_LISTS = {
    COMPUTED: RUNTIME,
    "install_requires": RUNTIME,
    "setup_requires": BUILD,
    "tests_require": Place("extra", "test"),
}
_EXTRAS = "extras_require"
_AT_RUN_TIME = (COMPUTED, "install_requires", _EXTRAS)


class StatedRequirement(NamedTuple):
    """One requirement that the call states."""

    text: str  # "" where it is computed
    place: Place
    line: int  # from 1
    files: tuple[str, ...] = ()  # those whose lines it is, where it is computed; seen from the setup.py's folder
    folders: tuple[str, ...] = ()  # texts that may stand before them, if there is such a folder

    def files_there(self, beside: ProjectFiles) -> tuple[str, ...]:
        """Its files, below the folder that may stand before them if they are only there; none where that is unclear.

        A link leads to another file, and nobody would see that that one changes.
        """
        folders = [folder for folder in self.folders if _is(beside, folder, is_folder=True)]
        files = tuple(posixpath.join(folder, file) for folder in folders or [""] for file in self.files)
        is_unclear = len(folders) > 1 or (folders and any(_is(beside, file, is_folder=False) for file in self.files))
        return () if is_unclear or not all(_is(beside, file, is_folder=False) for file in files) else files


class Setup(NamedTuple):
    """What the call states of dependencies."""

    requirements: list[StatedRequirement]
    states: bool  # whether it says what is needed at run time, be it nothing; not where pbr does, or nothing is called
    lists: bool = False  # whether it lists some of that
    from_files: tuple[StatedRequirement, ...] = ()  # what the lines of requirements files are
    unread: int = 0  # the first line that computes some of it otherwise, from 1; 0 where all can be read
    why: str = "are computed here"  # of that line
    name: str = ""  # "" where it does not say, or computes it
    requires_python: str = ""  # "" where it does not say, or computes it
    pbr: bool = False  # whether it leaves the rest to pbr (its documentation, "Using pbr")
    where: tuple[str, ...] = ()  # folders in which it looks for packages
    extensions: tuple[str, ...] = ()  # modules that are compiled
    package_dirs: tuple[tuple[str, str], ...] = ()  # packages and their folders; "" is the root of all
    packages: tuple[str, ...] = ()  # and modules, that are named one by one
    contents: Contents | None = None  # all that it installs; None where that is not plain


def _is(beside: ProjectFiles, name: str, *, is_folder: bool) -> bool:
    path = posixpath.normpath(beside.path(name))
    folder, _, last = path.rpartition("/")
    return beside.tree.listing(folder).get(last) is is_folder and not beside.tree.is_link(path)


@lru_cache(maxsize=1)  # asked for the dependencies, then for the Pythons and the folders
def read_setup_py(source: bytes) -> Setup:
    """The requirements of the call, and of what cannot be parsed none, as of what is computed."""
    try:
        return _setup_of(parsed(decode(source[: _LARGEST + 1])[0], _LARGEST))
    except SyntaxError as error:
        return Setup([], states=False, unread=error.lineno or 1, why="stand in a file that is no valid Python 3")
    except _ERRORS:
        return Setup([], states=False, unread=1, why="stand in a file that is too large or too deep to be read")


def _setup_of(module: ast.Module) -> Setup:
    values = Values(module)
    calls = [node for node in ast.walk(module) if isinstance(node, ast.Call)]
    setups = [call for call in calls if last_name(call.func) == "setup"]
    arguments = [argument for call in setups for argument in _arguments(call, values)]
    listed = [one for argument, value in arguments for one in _requirements_in(argument, value, values)]
    finding = [call for call in calls if last_name(call.func) in ("find_packages", "find_namespace_packages")]
    compiled = [call for call in calls if last_name(call.func).endswith("Extension")]
    pbr = any(argument == "pbr" and getattr(value, "value", None) is True for argument, value in arguments)
    lists = not {argument for argument, _ in arguments}.isdisjoint(_AT_RUN_TIME)
    listed_packages = (value for argument, value in arguments if argument in ("packages", "py_modules"))
    return Setup(
        requirements=[one for one in listed if one.text],
        states=lists or bool(setups and not pbr),
        lists=lists,
        from_files=tuple(one for one in listed if one.files),
        unread=min((one.line for one in listed if not one.text and not one.files), default=0),
        name=next((values.text(value) for argument, value in arguments if argument == "name"), ""),
        requires_python=next((values.text(value) for argument, value in arguments if argument == _PYTHON), ""),
        pbr=pbr,
        where=_first_arguments(finding, "where", values),
        extensions=_first_arguments(compiled, "name", values),
        package_dirs=tuple(_package_dirs(arguments, values)),
        packages=tuple(one.text for value in listed_packages for one in values.texts(value) if one.text),
        contents=contents(arguments, values),
    )


def _package_dirs(arguments: list[tuple[str, ast.expr]], values: Values) -> Iterator[tuple[str, str]]:
    """The packages of `package_dir` that are no computed ones, and their folders."""
    for key, named in (
        pair for argument, value in arguments if argument == "package_dir" for pair in values.pairs(value)
    ):
        if (place := values.text(named)) and (isinstance(key, ast.Constant) or values.text(key)):
            yield values.text(key), place


def _first_arguments(calls: list[ast.Call], name: str, values: Values) -> tuple[str, ...]:
    """The literals that are the calls' first argument, which has a name."""
    first = [
        value
        for call in calls
        for value in [*call.args[:1], *(word.value for word in call.keywords if word.arg == name)]
    ]
    return tuple(text for value in first if (text := values.text(value)))


def _arguments(call: ast.Call, values: Values) -> Iterator[tuple[str, ast.expr]]:
    """The arguments, those of `**table` too; what `**` adds and is computed may be requirements."""
    for keyword in call.keywords:
        if keyword.arg is not None:
            yield keyword.arg, keyword.value
            continue
        for key, value in values.pairs(keyword.value):
            name = values.text(key)
            yield name or COMPUTED, value


def _requirements_in(argument: str, value: ast.expr, values: Values) -> Iterator[StatedRequirement]:
    """The requirements of an argument; one without a text where they are computed."""
    if argument in _LISTS:
        yield from _stated_by(value, _LISTS[argument], values)
    elif argument == _EXTRAS:
        for key, listed in values.pairs(value):
            name = (values.text(key) or "all").partition(":")[0]  # after a colon stands a marker
            place = Place("extra", normalized(name)) if name else RUNTIME
            yield from _stated_by(listed, place, values)


def _stated_by(value: ast.expr, place: Place, values: Values) -> Iterator[StatedRequirement]:
    for text, line, node in values.texts(value):
        files, folders = files_read(node, values) if node else Reading()
        yield StatedRequirement(text, place, line, files, folders)
