"""Read in the repository's own files what they say of a module: that it is a distribution's, or that they hold a name.

A file that imports its own name means a distribution by it; what a file defines, binds or lacks tells which is meant.
"""

from __future__ import annotations

import posixpath
from itertools import islice

from import_customs.check.state import text_of
from import_customs.imports import read_source
from import_customs.model.later import re
from import_customs.model.names import top
from import_customs.model.source_text import STRING_OR_COMMENT, decode
from import_customs.project import first_party

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from import_customs.check.state import State
    from import_customs.model import Import, Site

_MOST_FILES = 100  # that are read of a package
_OPEN = rb"\bimport[ ]*\*|__getattr__"  # by which a package may have any name
_MAKING = rb"%b|\b(?:globals|exec)\(|\bsys\.modules\b" % _OPEN  # and by which its code may make some
_DEFINED = rb"^(?:(?:async[ ]+)?(?:def|class)[ ]+%b\b|%b[ ]*[:=])"
_TAKEN = rb"^from[ ]+\.[\w.]*[ ]+import\b(?:[ ]*\([^)]*|[^(\n]*)\b%b\b(?![ ]+as\b)"  # from a module of the package


def imports_itself(state: State, path: str, roots: tuple[str, ...] = ()) -> bool:
    """Whether a file imports its own name, and so means a distribution by it.

    It does not where a package of that name under one of the roots, or another such file, has what is imported.
    """
    if (path, roots) not in state.importing_themselves:
        name = posixpath.basename(path).partition(".")[0]
        imports = (one for one in imports_of(state, path, {name}) if top(one.module) == name)
        state.importing_themselves[path, roots] = any(
            not any(_root_has(state, root, imported, path) for root in roots) for imported in imports
        )
    return state.importing_themselves[path, roots]


def lacks_what_it_imports(state: State, init: str) -> bool:
    """Whether a file of a package imports by the package's name what that lacks, and so means a distribution by it.

    So does `act/torch/filter.py` with `import torch.nn`. `init` is the path of the package's `__init__`.
    """
    folder = posixpath.dirname(init)
    if init not in state.lacking_what_they_import:
        above, name = posixpath.split(folder)
        beside = (posixpath.join(folder, one) for one in state.tree.listing(folder) if one.endswith(".py"))
        imports = ((path, one) for path in islice(beside, _MOST_FILES) for one in imports_of(state, path, {name}))
        state.lacking_what_they_import[init] = any(
            (one.names or "." in one.module) and not _root_has(state, above, one, path) for path, one in imports
        )
    return state.lacking_what_they_import[init]


def _root_has(state: State, root: str, imported: Import, file: str) -> bool:
    """Whether a package or module under the root has what a file of its name imports.

    By its bare name a package has it only from inside it.
    """
    module, names = imported.module, imported.names
    if "." in module:
        return first_party.exists(state.tree, root, module)
    package = posixpath.join(root, module)
    places = (posixpath.join(package, "__init__.py"), f"{package}.py")
    init = next((one for one in places if one != file and text_of(state, one)), places[0])
    source = text_of(state, init)
    if any(one.module == module for one in imports_of(state, init, {module})):
        return False
    if not names:
        return bool(source.strip()) and file.startswith(f"{package}/")
    bound = _bound(source)
    return re.search(_OPEN, source) is not None or all(
        name in bound or first_party.exists(state.tree, root, f"{module}.{name}") for name in names
    )


def defines(state: State, path: str, names: Sequence[str]) -> bool:
    """Whether a Python file defines each of the names, and there are some, at its top level.

    A package has those that it takes from its own modules, too.
    """
    source = text_of(state, path) if names and path.endswith(".py") else b""
    form = rb"%b|%b" % (_DEFINED, _TAKEN) if path.endswith("/__init__.py") else _DEFINED
    patterns = (form.replace(b"%b", re.escape(name.encode())) for name in names)
    return bool(source) and all(re.search(pattern, source, re.MULTILINE) for pattern in patterns)


def _bound(source: bytes) -> frozenset[str]:
    """The names to which the source may give values: those in its code, without strings and comments."""
    code = re.sub(STRING_OR_COMMENT, "", decode(source)[0])
    return frozenset(re.findall(r"(?<![\w.])[^\W\d]\w*+", code))


def parts_lacking(state: State, site: Site, module: str, names: Sequence[str]) -> list[str]:
    """Those of the names that an own package lacks and others may add to it: only another distribution has them."""
    roots = (*site.project.source_roots, *site.added)
    init = first_party.shared_package(state.tree, roots, module) if names else ""
    source = text_of(state, init) if init else b""
    if not init or re.search(_MAKING, source):
        return []
    bound = _bound(source)
    parts = (f"{module}.{name}" for name in names if not (_is_in_every_module(name) or name in bound))
    return [part for part in parts if not first_party.under_source_roots(state.tree, roots, site.file, part)]


def _is_in_every_module(name: str) -> bool:
    """Whether each module has the name, such as `__file__`, or `*`, which is all that it has."""
    return name == "*" or (name.startswith("__") and name.endswith("__"))


def imports_of(state: State, path: str, names: set[str]) -> list[Import]:
    """The imports of a file of the state whose top-level modules are among the names; none if it cannot be read."""
    source = text_of(state, path)
    if not any(name.encode() in source for name in names):
        return []
    file = read_source(path, source)
    modules = {module for module in file.screened()[0] if top(module) in names}
    imports = file.imports(modules)[0] if modules else []
    return [imported for imported in imports if top(imported.module) in names]
