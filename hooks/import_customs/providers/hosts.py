"""Tell which modules the program brings that runs a file, and what shows this program: `hosts.txt` is the table.

Only what may be a finding asks here. A host's module cannot be declared, whatever distribution has its name.
"""

from __future__ import annotations

import os
import posixpath

from import_customs.model import Tree, upwards
from import_customs.model.later import cache, re
from import_customs.model.names import prefixes
from import_customs.model.value import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection

_TABLE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "hosts.txt")


class Host(NamedTuple):
    """A program, one of its modules, and what shows that it runs a file."""

    module: str
    program: str
    signs: tuple[tuple[str, ...], ...]  # each as `hosts.txt` has it, split at its blanks


def host_of(module: str) -> Host | None:
    """The host of the module or of one above it; None if none is known."""
    table = _hosts()
    return next((table[prefix] for prefix in prefixes(module) if prefix in table), None)


def may_have(module: str) -> bool:
    """Whether a host has the module, or one above it or below it."""
    inside = f"{module}."
    return host_of(module) is not None or any(one.startswith(inside) for one in _hosts())


def is_shown(host: Host, tree: Tree, file: str, declared: Collection[str], source: bytes, imported: set[str]) -> bool:
    """Whether something shows that the host runs the file, which holds `source` and has the `imported` top modules."""
    for kind, name, *rest in host.signs:
        if kind == "with":
            shown = name in declared and not imported.isdisjoint(rest)
        elif kind == "word":
            shown = _has_word(source, name) or _holds_above(tree, file, "__init__.py", name)
        else:
            shown = _holds_above(tree, file, name, *rest)
        if shown:
            return True
    return False


@cache
def _hosts() -> dict[str, Host]:
    with open(_TABLE, encoding="utf-8") as table:
        lines = [line.strip() for line in table if line.strip() and not line.startswith("#")]
    found = {}
    for line in lines:
        modules, program, shown = (part.strip() for part in line.split("|"))
        signs = tuple(tuple(sign.split()) for sign in shown.split(",") if sign.strip())
        found.update({module: Host(module, program, signs) for module in modules.split()})
    return found


def _holds_above(tree: Tree, file: str, name: str, word: str = "") -> bool:
    """Whether a file of that name, which holds the word, stands beside the file or above it."""
    there = (above for above in upwards(posixpath.dirname(file)) if tree.listing(above).get(name) is False)
    return any(not word or _has_word(tree.read(posixpath.join(above, name)) or b"", word) for above in there)


def _has_word(source: bytes, word: str) -> bool:
    return re.search(rb"(?<!\w)%b(?!\w)" % re.escape(word.encode()), source) is not None
