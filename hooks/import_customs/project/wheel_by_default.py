"""Tell which folders a wheel holds where no table of the project names them: what each build backend takes by itself.

Only findings get here. Sources: the documentation of Hatch ("Wheel builder", default file selection), setuptools
("Package Discovery and Namespace Packages", automatic discovery), Poetry, Flit, PDM, uv ("The uv build backend",
modules and file inclusion), Maturin ("Project layout") and meson-python; of setuptools also `setuptools.discovery`.
"""

from __future__ import annotations

import posixpath

from import_customs.model.later import fnmatchcase, re
from import_customs.model.toml import at, strings
from import_customs.project.dialects import meson
from import_customs.project.dialects.dialect import ProjectFiles, table_at

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from import_customs.model import Listing

    Folders = Sequence[str]  # from the project's; () where it is not plainly said

SRC = "src"
LEFT_OUT = "!"  # begins a glob of what the wheel does not hold though it is in its folders
_INIT = "__init__.py"
# The folders that setuptools takes for no package beside others, those with a dot or an underscore before the name too.
_RESERVED = frozenset(
    "ci bin debian doc docs documentation manpages news newsfragments changelog test tests unit_test unit_tests "
    "example examples scripts tools util utils python build dist venv env requirements tasks fabfile site_scons "
    "benchmark benchmarks exercise exercises htmlcov".split()
)


def named_package(files: ProjectFiles, *roots: str) -> Folders:
    """The package that is called like the project, in the first of these folders that has it; else such a module."""
    names, listings = _names(files), {root: listing_of(files, root) for root in roots}
    packages = ((root, name) for root in roots for name in names if is_package(files, root, listings[root], name))
    modules = ((root, f"{name}.py") for root in roots for name in names if listings[root].get(f"{name}.py") is False)
    return [posixpath.join(*found) for found in [next(packages, None) or next(modules, None)] if found]


def in_namespace(files: ProjectFiles) -> Folders:
    """The folder with the package called like the project, if one alone has it: Hatch takes it for a namespace."""
    folders = [name for name, is_folder in files.beside.items() if is_folder and not name.startswith(".")]
    listings = {folder: listing_of(files, folder) for folder in folders}
    names = _names(files)
    found = [one for one in folders if any(is_package(files, one, listings[one], name) for name in names)]
    return found if len(found) == 1 else ()


def any_package(files: ProjectFiles) -> Folders:
    """`src`, if it holds any package, and is none itself."""
    listing = listing_of(files, SRC)
    return [SRC] if _INIT not in listing and any(is_package(files, SRC, listing, one) for one in listing) else ()


def only_package(files: ProjectFiles) -> Folders:
    """The one package that setuptools finds beside the pyproject.toml: where there are several it builds nothing."""
    tops = [name for name, is_folder in files.beside.items() if is_folder and name.isidentifier()]
    found = [name for name in tops if name not in _RESERVED and not name.startswith("_")]
    is_plain = len(found) == 1 and is_package(files, "", files.beside, found[0])
    return found if is_plain and SRC not in files.beside else ()


def of_uv(files: ProjectFiles) -> Folders:
    """The modules of `module-name` below `module-root`, with the folders of data; and what is excluded."""
    build = table_at(files.document.table, "tool", "uv", "build-backend")
    root = next(strings(build.get("module-root")), SRC)
    dotted = list(strings(build.get("module-name")))
    named = [posixpath.join(root, name.replace(".", "/")) for name in dotted] or named_package(files, root)
    if build.get("namespace") is True:
        named = [root] if root.strip("./") else ()
    excluded = (glob for key in ("source-exclude", "wheel-exclude") for glob in strings(build.get(key)))
    data = (folder for value in table_at(build, "data").values() for folder in strings(value))
    return [*named, *data, *(f"{LEFT_OUT}{glob}" for glob in excluded)] if named else ()


def of_maturin(files: ProjectFiles) -> Folders:
    """The package around the compiled module, and those of `python-packages`, below `python-source`."""
    maturin = table_at(files.document.table, "tool", "maturin")
    root = next(strings(maturin.get("python-source")), "")
    if "include" in maturin:
        return ()
    dotted = next(strings(maturin.get("module-name")), "")
    named = [posixpath.join(root, dotted.partition(".")[0])] if dotted else named_package(files, root)
    more = [posixpath.join(root, name) for name in strings(maturin.get("python-packages"))]
    return [*named, *more] if named else ()


def of_meson(files: ProjectFiles) -> Folders:
    """The folders of the meson.build that install for Python."""
    return meson.installed_folders(files)


def is_left_out(folders: Folders, path: str) -> bool:
    """Whether a glob leaves the file out; one that does not begin with "/" holds at any depth."""
    stated = (one[len(LEFT_OUT) :] for one in folders if one.startswith(LEFT_OUT))
    globs = [one.removeprefix("**/").removesuffix("/**").rstrip("/") for one in stated]
    parts = path.split("/") if globs else []
    above = ["/".join(parts[:number]) for number in range(1, len(parts) + 1)]
    return any(fnmatchcase(f"/{one}", glob if glob.startswith("/") else f"*/{glob}") for one in above for glob in globs)


def is_package(files: ProjectFiles, above: str, listing: Listing, name: str) -> bool:
    """Whether the folder of that name is a package; `listing` is that of the folder `above` it."""
    return bool(listing.get(name)) and _INIT in files.tree.listing(posixpath.join(files.path(above), name))


def listing_of(files: ProjectFiles, folder: str) -> Listing:
    """What is in a folder, from the project's; nothing where it is not there."""
    path = posixpath.normpath(files.path(folder))
    return files.beside if not folder else files.tree.listing(path)


def _names(files: ProjectFiles) -> list[str]:
    """What a backend may call the project's package: by the name as it is written, or in lower case."""
    return list(dict.fromkeys(_spellings(files)))


def _spellings(files: ProjectFiles) -> Iterator[str]:
    tables = files.document.table
    name = str(at(tables, "project.name") or at(tables, "tool.poetry.name") or "")
    yield name.replace("-", "_")
    yield re.sub(r"[-_.]+", "_", name).lower()
