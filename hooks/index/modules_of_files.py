"""Tell the modules that a distribution installs by the list of its files."""

import re
from collections.abc import Iterable
from typing import NamedTuple

_MODULE = re.compile(r"(.*/)?([^/.]+)(?:\.py|(?:\.(?:cpython-|abi3|cp\d)[^/]*)?\.(?:so|pyd))")
# cmeel's packages of C++ libraries have a prefix of their own, which cmeel.pth puts on the path. Source: its README.
_PREFIX = re.compile(r"cmeel\.prefix/lib/python3\.\d+/site-packages/")
_NAMESPACE_INIT = 1_000  # bytes: an `__init__.py` as long at most, with no module beside it, may be a namespace's
_MOST_PARTS = 20  # modules below one open folder; of more the folder alone is said


class File(NamedTuple):
    """One file of a distribution: its path from where modules are imported, and its size."""

    path: str
    size: int


def shallowest(files: Iterable[File]) -> tuple[str, ...]:
    """The dotted modules of the files that stand in no other; below what may be a namespace the parts that are held."""
    sizes = {name: file.size for file in files if (name := _name_of_module(file.path))}
    inits = {name.removesuffix("/__init__"): size for name, size in sizes.items() if name.endswith("/__init__")}
    modules = sizes.keys() - {f"{folder}/__init__" for folder in inits}
    packages = _packages(inits, modules)
    above = {folder for name in (*modules, *inits) for folder in _folders_above(name)}
    held = {*modules, *packages, *(inits.keys() - above)}
    found = {next((folder for folder in _folders_above(name) if folder in packages), name) for name in held}
    return tuple(sorted(_collapsed({name.replace("/", ".") for name in found if _is_dotted(name)})))


def _packages(inits: dict[str, int], modules: Iterable[str]) -> set[str]:
    """The folders whose `__init__.py` is surely no namespace's."""
    beside = {name.rpartition("/")[0] for name in modules}
    return {folder for folder, size in inits.items() if size > _NAMESPACE_INIT or folder in beside}


def path_folders(text: str) -> list[str]:
    """The folders, from where modules are imported, that a `.pth` file puts on the path. Source: the module `site`."""
    lines = (line.rstrip() for line in text.splitlines())
    named = [line for line in lines if line and not line.startswith(("#", "import ", "import\t"))]
    folders = (line.replace("\\", "/").removeprefix("./").rstrip("/") for line in named)
    return [folder for folder in folders if folder and folder[0] != "/" and ":" not in folder and ".." not in folder]


def on_the_path(files: Iterable[File], folders: Iterable[str]) -> set[str]:
    """The top-level modules that stand directly in one of the folders; of a package its `__init__` must be there.

    Letters count as equal whatever their case: what such a folder is for is mostly Windows, where they are.
    """
    begins = tuple(f"{folder.casefold()}/" for folder in folders)
    found = set()
    for name in (_name_of_module(file.path) for file in files):
        found |= {name[len(one) :].removesuffix("/__init__") for one in begins if name.casefold().startswith(one)}
    return {module for module in found if module.isidentifier() and module != "__init__"}


def _name_of_module(path: str) -> str:
    """The module that a file is, with slashes; "" for one that is none, such as a library that is linked to."""
    found = _MODULE.fullmatch(_PREFIX.sub("", path, count=1) if path.startswith("cmeel.") else path)
    if found is None or (path.endswith(".so") and found[2].startswith("lib")):
        return ""
    return f"{found[1] or ''}{found[2]}"


def _folders_above(path: str) -> list[str]:
    """The folders that hold it, outermost first."""
    return [path[:at] for at, letter in enumerate(path) if letter == "/"]


def _is_dotted(path: str) -> bool:
    return all(part.isidentifier() for part in path.split("/"))


def _collapsed(modules: set[str]) -> set[str]:
    """Without those in others, and with the folder itself in place of many parts."""
    outer = {one for one in modules if not any(one[:at] in modules for at in _dots(one))}
    many: dict[str, int] = {}
    for one in outer:
        for at in _dots(one):
            many[one[:at]] = many.get(one[:at], 0) + 1
    folders = [folder for folder, count in many.items() if count > _MOST_PARTS]
    return {min((folder for folder in folders if one.startswith(f"{folder}.")), key=len, default=one) for one in outer}


def _dots(name: str) -> list[int]:
    return [at for at, letter in enumerate(name) if letter == "."]
