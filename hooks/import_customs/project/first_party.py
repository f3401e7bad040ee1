"""Find a module in the repository itself, seen from the file that imports it.

Decided by what exists beside the code, never by "the name occurs somewhere in the repository".
Source: the import system's documentation (path based finder, PEP 420).
"""

from __future__ import annotations

import posixpath

from import_customs.model import CheckError, Tree, upwards
from import_customs.model.source_text import what_can_be_read
from import_customs.project.dialects.dialect import PROJECT_FILES
from import_customs.project.module_files import (
    GENERATED,
    RUNNABLE,
    STUB,
    holds,
    holds_directly,
    is_made_by_protoc,
    is_package,
    module_files,
    stems,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import Literal

    # "stub": only what type checkers read; "open": a namespace folder, which other distributions may share;
    # "part": such a folder has the beginning of a dotted name, and not its end
    Found = Literal["whole", "stub", "open", "part"]
# Files that say under which dotted name their folder is installed, by its first part: each with the keys of its lines
# `key: value` that are the other parts. Source: Ansible's documentation, "Collection Galaxy metadata structure".
STATING_NAMES = {"ansible_collections": ("galaxy.yml", ("namespace", "name"))}
_ANSWERS: tuple[Found, ...] = ("whole", "stub", "open", "part")  # the one that says most first
_LARGEST = 64 * 1024  # bytes of a file that is looked through for such a name
# What was seen in the folders of a tree, whose listings never change: a folder may hold thousands of names.
_resolved: dict[tuple[Tree, str, str], Found | None] = {}  # a whole tree asks 7 times for each
_installed_names: dict[tuple[Tree, str, str], str] = {}
_shared: dict[tuple[Tree, str], bool] = {}


def under_source_roots(tree: Tree, roots: tuple[str, ...], file: str, module: str) -> Found | None:
    """How the dotted module exists under one of the source roots, seen from `file`."""
    return surest([_resolve(tree, root, module, file) for root in roots])


def beside(tree: Tree, file: str, module: str) -> Found | None:
    """How the module exists beside a script, whose folder is no package; `conftest` from folders above it too."""
    folder = file.rpartition("/")[0]
    if module == "conftest" and any("conftest.py" in tree.listing(above) for above in upwards(folder)):
        return "whole"
    return None if is_package(tree, folder) else _resolve(tree, folder, module, file)


def above(tree: Tree, file: str, module: str, namespace: str = "") -> Found | None:
    """How the module exists beside any folder above the file, up to the repository's root.

    A folder that holds the file and lies inside a package, or inside the `namespace` of that folder, is imported as a
    part of that, never by its own name.
    """
    found = []
    for folder in upwards(file.rpartition("/")[0]):
        leads_to_file = file.startswith(posixpath.join(folder, module.partition(".")[0], ""))
        is_inside = leads_to_file and (
            lies_in_package(tree, folder) or (namespace and f"{folder}/".startswith(f"{namespace}/"))
        )
        if not is_inside:
            found.append(_resolve(tree, folder, module, file))
    return surest(found)


def lies_in_package(tree: Tree, folder: str) -> bool:
    """Whether the folder is a package, or lies inside one."""
    return any(is_package(tree, one) for one in upwards(folder) if one)


def holding(tree: Tree, folders: Iterable[str], file: str, module: str) -> Iterator[tuple[str, Found]]:
    """Those of the folders in which the module exists, each with how it does."""
    for folder in folders:
        if found := _resolve(tree, folder, module, file):
            yield folder, found


def has_stubs(tree: Tree, roots: Iterable[str], module: str) -> bool:
    """Whether a stub-only package under one of the roots describes the module. Source: PEP 561."""
    top, _, rest = module.partition(".")
    for root in roots:
        if tree.listing(root).get(f"{top}-stubs"):
            folder = posixpath.join(root, f"{top}-stubs")
            if f"__init__{STUB}" in tree.listing(folder) or _resolve(tree, folder, rest or "__init__", ""):
                return True
    return False


def above_to_its_end(tree: Tree, file: str, module: str) -> bool:
    """Whether a module of several names exists to its end below a folder above the file that lies in no package.

    Such a folder may be on sys.path when the file is run. One name alone says little: `utils` is a distribution's too.
    """
    folders = (folder for folder in upwards(file.rpartition("/")[0]) if not lies_in_package(tree, folder))
    return "." in module and any(exists(tree, folder, module) for folder in folders)


def is_itself(tree: Tree, file: str, module: str) -> bool:
    """Whether a file in a folder that is no package would import itself by that dotted name."""
    path = f"/{file.rpartition('.')[0]}"
    return (
        "." in module
        and path.endswith(f"/{module.replace('.', '/')}")
        and not is_package(tree, posixpath.dirname(file))
    )


def is_import_name(names: tuple[str, ...], module: str) -> bool:
    """Whether the module is one, or in one, that the project says it provides itself (PEP 794)."""
    return any(module == name or module.startswith(f"{name}.") for name in names)


def is_installed_as(tree: Tree, folders: Iterable[str], module: str) -> bool:
    """Whether a file in one of the folders says that the folder is installed under the module's name, or one above."""
    top = module.partition(".")[0]
    if top not in STATING_NAMES:
        return False
    names = (_installed_name(tree, folder, top) for folder in folders if STATING_NAMES[top][0] in tree.listing(folder))
    return is_import_name(tuple(filter(None, names)), module)


def _installed_name(tree: Tree, folder: str, top: str) -> str:
    """The dotted name under which the folder is installed; "" where its file does not plainly say so."""
    if (tree, folder, top) not in _installed_names:
        file, keys = STATING_NAMES[top]
        source = what_can_be_read(tree, posixpath.join(folder, file))
        lines = (line.partition(":") for line in source[:_LARGEST].decode("utf-8", "replace").splitlines())
        values = {key.rstrip(): value.partition(" #")[0].strip().strip("\"'") for key, _, value in lines}
        parts = [values.get(key, "") for key in keys]
        _installed_names[tree, folder, top] = ".".join([top, *parts]) if all(map(str.isidentifier, parts)) else ""
    return _installed_names[tree, folder, top]


def surest(found: Iterable[Found | None]) -> Found | None:
    """The one of the answers that says most."""
    answers = set(found)
    for answer in _ANSWERS:
        if answer in answers:
            return answer
    return None


def _resolve(tree: Tree, base: str, module: str, file: str) -> Found | None:
    """How the module exists in the folder `base`: folders without `__init__` are followed to the end of the name.

    A `file` right in `base` is never what it imports by its own name: `celery.py` means the distribution.
    """
    folder, _, own = file.rpartition("/")
    if folder == base and own.partition(".")[0] == module.partition(".")[0]:
        return _found_in(tree, base, module, own)
    if (tree, base, module) not in _resolved:
        _resolved[tree, base, module] = _found_in(tree, base, module, "")
    return _resolved[tree, base, module]


def _found_in(tree: Tree, base: str, module: str, but: str) -> Found | None:
    """As `_resolve`; a file of the name `but` right in `base` does not count."""
    folder, parts = base, module.split(".")
    for number, part in enumerate(parts, start=1):
        if part not in stems(tree, folder) and not part.endswith(GENERATED):
            return None  # as most answers are
        listing = tree.listing(folder)
        inside = f"{folder}/{part}" if folder else part
        is_folder = listing.get(part, False)
        files = [name for name in module_files(tree, folder, part) if number > 1 or name != but]
        has_init = is_folder and is_package(tree, inside)
        if any(name.endswith(RUNNABLE) for name in files) or (has_init and holds(tree, inside, RUNNABLE)):
            if has_init and _may_be_added(tree, inside, parts[number:]):
                return None
            is_beyond = 1 < number < len(parts) and not exists(tree, base, module)
            sources = [f"{inside}/__init__.py"] if has_init else [posixpath.join(folder, name) for name in files]
            return "part" if is_beyond and not any(_may_have_more(tree, path) for path in sources) else "whole"
        if is_made_by_protoc(part, listing):
            return "whole"
        if files or has_init:
            return "stub"
        if not is_folder or _is_project_of(tree, inside, part):
            return None
        folder = inside
    if holds_directly(tree, folder, RUNNABLE):
        return "open"
    return "stub" if holds_directly(tree, folder, (STUB,)) else None


def _may_be_added(tree: Tree, folder: str, parts: list[str]) -> bool:
    """Whether the parts of a name lead out of a package that other distributions may add to.

    Its `__init__` says so, and is read only where the next part is missing. Source: packaging.python.org, "Packaging
    namespace packages" (pkgutil-style, pkg_resources-style).
    """
    for part in parts:
        if part not in stems(tree, folder):
            return _lets_others_add(tree, folder)
        folder = posixpath.join(folder, part)
    return False


def _may_have_more(tree: Tree, path: str) -> bool:
    """Whether a module may have others below it that no file shows, as six.py has `six.moves`."""
    try:
        source = tree.read(path) if path.endswith(".py") else None
    except CheckError:  # who imports the file itself is told
        source = None
    return source is None or any(word in source for word in (b"sys.modules", b"__path__", b"__getattr__"))


def shared_package(tree: Tree, roots: tuple[str, ...], module: str) -> str:
    """The `__init__.py` of a package of that name, under one of the roots, to which others add; "" for none."""
    for root in roots:
        folder = root
        for part in module.split("."):
            is_folder = tree.listing(folder).get(part)
            folder = f"{folder}/{part}" if folder else part
            if not (is_folder and _lets_others_add(tree, folder)):
                break
        else:
            return posixpath.join(folder, "__init__.py")
    return ""


def _lets_others_add(tree: Tree, package: str) -> bool:
    if (tree, package) not in _shared:
        source = what_can_be_read(tree, posixpath.join(package, "__init__.py"))
        _shared[tree, package] = b"extend_path(" in source or b"declare_namespace(" in source
    return _shared[tree, package]


def exists(tree: Tree, base: str, module: str) -> bool:
    """Whether the module exists in the folder `base` to the end of its name, and is more than a stub."""
    folder, _, last = module.rpartition(".")
    if folder and not tree.listing(base).get(folder.partition(".")[0]):
        return False
    folder = posixpath.join(base, folder.replace(".", "/"))
    listing = tree.listing(folder)
    if any(name.endswith(RUNNABLE) for name in module_files(tree, folder, last)):
        return True
    if is_made_by_protoc(last, listing):
        return True
    return listing.get(last, False) and holds_directly(tree, posixpath.join(folder, last), RUNNABLE)


def _is_project_of(tree: Tree, folder: str, module: str) -> bool:
    """Whether the folder is that of a project which holds the module further down: it is not the module itself."""
    if PROJECT_FILES.isdisjoint(tree.listing(folder)):
        return False
    return module in tree.listing(folder) or module in tree.listing(posixpath.join(folder, "src"))
