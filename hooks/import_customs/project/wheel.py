"""Tell which folders the wheel of a project holds, where its build backend plainly takes these: by its tables, if any.

Only findings get here. The wheel is what is installed; what the sdist holds besides is not. Sources: the documentation
of Hatch ("Build configuration", "Wheel builder"), setuptools ("Package Discovery and Namespace Packages"), Poetry ("The
pyproject.toml file"), PDM ("Build configuration"), Flit, uv ("The uv build backend") and scikit-build-core.
"""

from __future__ import annotations

import posixpath

from import_customs.model import PYPROJECT
from import_customs.model.later import fnmatchcase, re
from import_customs.model.toml import Document, at, parse, strings
from import_customs.project.dialects import setuptools
from import_customs.project.dialects.dialect import ProjectFiles, backend_of, table_at
from import_customs.project.tool_settings import parse_ini, read_small, value_of_ini

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from typing import Any

    from import_customs.model import Listing, Tree

    Folders = Sequence[str]  # from the project's; () where it is not plainly said

_SRC, _INIT, _BEYOND = "src", "__init__.py", ("/", "..")
_FINDING = {"find:": True, "find_namespace:": False}  # what setup.cfg says, and whether a package needs an __init__.py
_INSTALLED = ("packages", "py_modules", "package_dir")  # options of setup.cfg
_MORE = frozenset({"data-files", "script-files"})  # keys of setuptools by which the wheel holds what no package does


def wheel_folders(tree: Tree, path: str) -> Folders:
    """The folders, from the project's, that the wheel holds; () where that is not plain. `path` states the project."""
    if (tree, path) not in _wheels:
        _wheels[tree, path] = _read(tree, path)
    return _wheels[tree, path]


def _read(tree: Tree, path: str) -> Folders:
    folder, _, name = path.rpartition("/")
    source = tree.read(path) if name == PYPROJECT else None
    document = parse(source, path) if source is not None else Document(path, "", {})
    files = ProjectFiles(tree, folder, document)
    if name != "setup.cfg" and "build-system" not in document.table and "setup.py" not in files.beside:
        return ()  # nothing is built
    backend = backend_of(document.table)
    stating = next((stating for beginning, stating in _BACKENDS.items() if backend.startswith(beginning)), None)
    if stating is None and backend:
        return ()
    named = [posixpath.normpath(one) for one in (stating or _of_setuptools)(files)]
    is_plain = all(one != "." and not one.startswith(_BEYOND) for one in named)
    is_there = any(_is_there(files, one) for one in named)
    return tuple(named) if is_plain and is_there else ()


def _is_there(files: ProjectFiles, path: str) -> bool:
    folder, _, name = files.path(path).rpartition("/")
    return name in files.tree.listing(folder)


def holds_top(folders: Folders, name: str) -> bool:
    """Whether a wheel of these folders holds a module or a package of that name, or a part of it, by its own path."""
    return any(one.partition("/")[0] in (name, f"{name}.py") for one in folders)


def is_outside(folders: Folders, path: str) -> bool:
    """Whether a file is in a folder, and in none that the wheel holds; `path` is seen from the project's folder.

    A notebook need not be in a folder: none is a module of the wheel.
    """
    if not folders or not ("/" in path or path.endswith(".ipynb")):
        return False
    return not any(path == one or path.startswith(f"{one}/") for one in folders)


def _of_hatch(files: ProjectFiles) -> Folders:
    """What `packages`, `only-include` or `include` list, with what is put beside it; else the package of its name."""
    build = table_at(files.document.table, "tool", "hatch", "build")
    wheel = table_at(build, "targets", "wheel")
    if "hatch.toml" in files.beside or any("custom" in table_at(one, "hooks") for one in (build, wheel)):
        return ()
    beside = (table_at(table, key) for table in (build, wheel) for key in ("force-include", "shared-data"))
    added = [path for paths in beside for path in paths]
    for table in (wheel, build):
        if listed := [*strings(table.get("packages")), *strings(table.get("only-include"))]:
            return [*(one.strip("/") for one in listed), *added]
        if patterns := _of_patterns(table.get("include")):
            return [*patterns, *added]
    found = _named_package(files, "", _SRC)
    return [*found, *added] if found else ()


def _of_patterns(patterns: object) -> Folders:
    """The folders of those patterns by which modules may be added; what begins with "!" takes some out."""
    added = ((one, posixpath.splitext(one)[1]) for one in strings(patterns) if not one.startswith("!"))
    return [_before_glob(one.strip("/")) for one, suffix in added if suffix in ("", ".py", ".pyi") or "*" in suffix]


def _of_poetry(files: ProjectFiles) -> Folders:
    """What `packages` list for the wheel, with what `include` adds; else the package called like the project."""
    poetry = table_at(files.document.table, "tool", "poetry")
    if poetry.get("package-mode") is False:
        return ()
    packages = _tables(poetry.get("packages"))
    include = poetry.get("include")
    paths = (path for one in _tables(include) for path in strings(one.get("path")))
    added = [_before_glob(one) for one in (*strings(include), *paths)]
    if not packages:
        return [*found, *added] if (found := _named_package(files, "", _SRC)) else ()
    listed = [one for one in packages if "wheel" in strings(one.get("format", "wheel"))]
    named = [posixpath.join(str(one.get("from", "")), _before_glob(str(one.get("include", "")))) for one in listed]
    return [*named, *added]


def _tables(value: object) -> list[dict[str, object]]:
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def _before_glob(path: str) -> str:
    """The part of a path before its first wildcard."""
    parts = path.split("/")
    plain = next((number for number, part in enumerate(parts) if "*" in part or "?" in part or "[" in part), len(parts))
    return "/".join(parts[:plain]) or "."


def _of_pdm(files: ProjectFiles) -> Folders:
    """What `includes` lists; else its `src`, unless the table says more."""
    build = table_at(files.document.table, "tool", "pdm", "build")
    if not {"package-dir", "custom-hook", "run-setuptools"}.isdisjoint(build) or "pdm_build.py" in files.beside:
        return ()
    return _of_patterns(build["includes"]) if "includes" in build else _any_package(files)


def _of_flit(files: ProjectFiles) -> Folders:
    """The package or module that the table names, else the one called like the project."""
    named = next(strings(at(files.document.table, "tool.flit.module.name")), "").replace(".", "/")
    paths = (posixpath.join(root, f"{named}{suffix}") for root in ("", _SRC) for suffix in ("", ".py"))
    return [one for one in paths if _is_there(files, one)][:1] if named else _named_package(files, "", _SRC)


def _of_setuptools(files: ProjectFiles) -> Folders:
    """What `packages` list, or `packages.find` finds, by pyproject.toml or by setup.cfg; else what it finds itself."""
    table = table_at(files.document.table, "tool", "setuptools")
    names = ("setup.cfg", "setup.py")
    config, script = (read_small(files.tree, files.path(one)) if one in files.beside else b"" for one in names)
    if b"data_files" in config or not _MORE.isdisjoint(table):
        return ()
    if b"packages" in script or b"py_modules" in script:
        return () if table or _says_packages(config) else _of_setup_py(files, script)
    has_dirs = "package-dir" in table or b"package_dir" in config
    if "packages" in table or "py-modules" in table:
        return _of_table(files, table, has_dirs=has_dirs)
    if b"packages" in config or b"py_modules" in config:
        return _of_setup_cfg(files, config.decode("utf-8", "replace"), has_dirs=has_dirs)
    if b"_modules" in config or b"_modules" in script:
        return ()
    if has_dirs:
        dirs = [(package.replace(".", "/"), root) for package, root in setuptools.package_dirs(files)]
        named = [posixpath.join(root, package) for package, root in dirs if root is not None]
        return named if len(named) == len(dirs) else ()
    return () if script else _any_package(files)


def _of_table(files: ProjectFiles, table: dict[str, Any], *, has_dirs: bool) -> Folders:
    """What [tool.setuptools] names or has found."""
    modules = _files(strings(table.get("py-modules")))
    find, packages = table_at(table, "packages", "find"), strings(table.get("packages"))
    if has_dirs and (modules or not find):
        return ()
    if not find:
        return [*(one.replace(".", "/") for one in packages), *modules]
    include, exclude = (list(strings(find.get(key))) for key in ("include", "exclude"))
    where, needs_init = list(strings(find.get("where", "."))), find.get("namespaces") is False
    return [*_found(files, where, include, exclude, needs_init=needs_init), *modules]


def _files(modules: Iterable[str]) -> list[str]:
    return [f"{one.replace('.', '/')}.py" for one in modules]


def _says_packages(config: bytes) -> bool:
    """Whether a setup.cfg, which may not be readable, says what is installed."""
    if not any(option.encode() in config for option in _INSTALLED):
        return False
    parser = parse_ini(config.decode("utf-8", "replace"))
    return isinstance(parser, str) or any(parser.has_option("options", option) for option in _INSTALLED)


def _of_setup_py(files: ProjectFiles, script: bytes) -> Folders:
    said = setuptools.setup_of(script).contents
    if said is None:
        return ()
    found = (
        folder
        for one in said.found
        for folder in _found(files, [one.where], one.include, one.exclude, needs_init=one.needs_init) or [one.where]
    )
    return [*map(said.path, said.packages), *(f"{said.path(one)}.py" for one in said.modules), *found]


def _of_setup_cfg(files: ProjectFiles, text: str, *, has_dirs: bool) -> Folders:
    parser = parse_ini(text)
    if isinstance(parser, str):
        return ()
    packages = value_of_ini(parser, "options", "packages").strip()
    where, include, exclude = (
        value_of_ini(parser, "options.packages.find", key).replace(",", " ").split()
        for key in ("where", "include", "exclude")
    )
    modules = _files(value_of_ini(parser, "options", "py_modules").replace(",", " ").split())
    if has_dirs and (modules or packages not in _FINDING):
        return ()
    if packages in _FINDING:
        return [*_found(files, where or ["."], include, exclude, needs_init=_FINDING[packages]), *modules]
    return [*(one.replace(".", "/") for one in packages.replace(",", " ").split()), *modules]


def _found(
    files: ProjectFiles, where: Sequence[str], include: Sequence[str], exclude: Sequence[str], *, needs_init: bool
) -> Folders:
    """The folders right below `where` of which setuptools takes anything."""
    found = []
    for above in where:
        if not (include or exclude or needs_init) or above.startswith(_BEYOND):
            found.append(above)
            continue
        listing = _listing_of(files, above)
        for name in (name for name, is_folder in listing.items() if is_folder and name.isidentifier()):
            is_wanted = not include or any(fnmatchcase(name, one.partition(".")[0]) for one in include)
            is_dropped = all(any(fnmatchcase(one, glob) for glob in exclude) for one in (name, f"{name}.x"))
            if is_wanted and not is_dropped and (not needs_init or _is_package(files, above, listing, name)):
                found.append(posixpath.join(above, name))
    return found


def _named_package(files: ProjectFiles, *roots: str) -> Folders:
    """The package that is called like the project, in the first of these folders that has it; else such a module."""
    names, listings = _names(files), {root: _listing_of(files, root) for root in roots}
    packages = ((root, name) for root in roots for name in names if _is_package(files, root, listings[root], name))
    modules = ((root, f"{name}.py") for root in roots for name in names if listings[root].get(f"{name}.py") is False)
    return [posixpath.join(*found) for found in [next(packages, None) or next(modules, None)] if found]


def _any_package(files: ProjectFiles) -> Folders:
    """`src`, if it holds any package, and is none itself."""
    listing = _listing_of(files, _SRC)
    return [_SRC] if _INIT not in listing and any(_is_package(files, _SRC, listing, one) for one in listing) else ()


def _of_uv(files: ProjectFiles) -> Folders:
    """The modules of `module-name` below `module-root`, with the folders of data."""
    build = table_at(files.document.table, "tool", "uv", "build-backend")
    root = next(strings(build.get("module-root")), _SRC)
    dotted = list(strings(build.get("module-name")))
    named = [posixpath.join(root, name.replace(".", "/")) for name in dotted] or _named_package(files, root)
    if build.get("namespace") is True:
        named = [root] if root.strip("./") else ()
    data = (folder for value in table_at(build, "data").values() for folder in strings(value))
    return [*named, *data] if named else ()


def _of_scikit_build(files: ProjectFiles) -> Folders:
    """What `wheel.packages` lists, or the folders of its table; else the package called like the project."""
    packages = at(files.document.table, "tool.scikit-build.wheel.packages")
    if packages is None:
        return _named_package(files, _SRC, "python", "")
    return list(strings([*packages.values()] if isinstance(packages, dict) else packages))


def _is_package(files: ProjectFiles, above: str, listing: Listing, name: str) -> bool:
    """Whether the folder of that name is a package; `listing` is that of the folder `above` it."""
    return bool(listing.get(name)) and _INIT in files.tree.listing(posixpath.join(files.path(above), name))


def _listing_of(files: ProjectFiles, folder: str) -> Listing:
    """What is in a folder, from the project's; nothing where it is not there."""
    return files.tree.listing(posixpath.normpath(files.path(folder))) if folder else files.beside


def _names(files: ProjectFiles) -> list[str]:
    """What a backend may call the project's package: by the name as it is written, or in lower case."""
    tables = files.document.table
    name = str(at(tables, "project.name") or at(tables, "tool.poetry.name") or "")
    return list(dict.fromkeys([name.replace("-", "_"), re.sub(r"[-_.]+", "_", name).lower()]))


_wheels: dict[tuple[Tree, str], Folders] = {}  # by the path that states the project
# By what the name of the build backend begins with; setuptools builds where none is named.
_BACKENDS: dict[str, Callable[[ProjectFiles], Folders]] = {
    "hatchling.build": _of_hatch,
    "setuptools.build_meta": _of_setuptools,
    "poetry.": _of_poetry,
    "poetry_dynamic_versioning.": _of_poetry,
    "pdm.backend": _of_pdm,
    "flit_core": _of_flit,
    "uv_build": _of_uv,
    "scikit_build_core.build": _of_scikit_build,
}
