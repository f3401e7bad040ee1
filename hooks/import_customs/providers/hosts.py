"""Tell which modules the program brings that runs a file, and what shows this program.

`hosts.txt` is the table of its own modules, which cannot be declared, whatever distribution has such a name. What
`host_packages.txt` has can be, and need not where the program is shown. Only what may be a finding asks here.
"""

from __future__ import annotations

import os
import posixpath

from import_customs.model.later import cache, re
from import_customs.model.names import prefixes, top
from import_customs.model.source_text import what_can_be_read
from import_customs.model.value import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence

    from import_customs.model import Tree

_FOLDER = os.path.dirname(os.path.abspath(__file__))
_OWN, _PACKAGES = "hosts.txt", "host_packages.txt"
# What was seen in the folders of a tree: a sign is asked for by each import, and thousands of files may be like one.
_held: dict[tuple[Tree, str, str, str, Callable[[bytes, str], bool]], bool] = {}


class Host(NamedTuple):
    """A program, one of its modules, and what shows that it runs a file."""

    module: str
    program: str
    signs: tuple[tuple[str, ...], ...]  # each as `hosts.txt` has it, split at its blanks
    advice: str = ""  # what else may install the module, where no distribution is sure to


def host_of(module: str) -> Host | None:
    """The host of the module or of one above it; None if none is known."""
    return next(iter(_of(_OWN, module)), None)


def hosts_with(module: str) -> Sequence[Host]:
    """The hosts that have a distribution installed with the module, which may be declared elsewhere."""
    return _of(_PACKAGES, module)


def _of(name: str, module: str) -> Sequence[Host]:
    table = naming(name, top(module))
    return next((table[prefix] for prefix in prefixes(module) if prefix in table), ())


def may_have(module: str) -> bool:
    """Whether a host has the module, or one above it or below it."""
    inside = f"{module}."
    return host_of(module) is not None or any(one.startswith(inside) for one in naming(_OWN, top(module)))


def words_showing(module: str) -> list[str]:
    """The words in a file, or in an `__init__.py` above it, by which a host is shown that has the module installed."""
    return [sign[1] for host in hosts_with(module) for sign in host.signs if sign[0] in ("sets", "imports")]


def is_shown(
    host: Host, tree: Tree, folders: Sequence[str], declared: Collection[str], source: bytes, imported: set[str]
) -> bool:
    """Whether something shows that the host runs a file, which holds `source` and has the `imported` top modules.

    Files in these folders may show it.
    """
    for kind, name, *rest in host.signs:
        if kind == "with":
            shown = name in declared and not imported.isdisjoint(rest)
        elif kind == "imports":
            shown = name in imported
        elif kind == "declares":
            shown = any(one == name or (name[-1] == "*" and one.startswith(name[:-1])) for one in declared)
        elif kind in ("word", "sets"):
            has = _has_word if kind == "word" else _sets
            shown = has(source, name) or _hold(tree, folders, "__init__.py", name, has)
        else:
            shown = _hold(tree, folders, name, "".join(rest))
        if shown:
            return True
    return False


@cache
def _lines(name: str) -> list[str]:
    with open(os.path.join(_FOLDER, name), encoding="utf-8") as table:
        return [line for line in table.read().split("\n") if line and line[0] != "#"]


@cache
def naming(name: str, word: str) -> dict[str, list[Host]]:
    """The hosts of a table's lines that hold the word, by module: most words are in none, which need no reading."""
    found: dict[str, list[Host]] = {}
    for line in _lines(name):
        if word not in line:
            continue
        modules, program, shown, *advice = (part.strip() for part in line.split("|"))
        signs = tuple(tuple(sign.split()) for sign in shown.split(",") if sign.strip())
        for module in modules.split():
            found.setdefault(module, []).append(Host(module, program, signs, "".join(advice)))
    return found


def _has_word(source: bytes, word: str) -> bool:
    name = word.encode()
    return name in source and re.search(rb"(?<!\w)%b(?!\w)" % re.escape(name), source) is not None


def _sets(source: bytes, variable: str) -> bool:
    name = variable.encode()
    return name in source and re.search(rb"^%b[ \t]*+=" % re.escape(name), source, re.MULTILINE) is not None


def _hold(
    tree: Tree, folders: Sequence[str], name: str, word: str, has: Callable[[bytes, str], bool] = _has_word
) -> bool:
    """Whether a file of that name, which has the word, stands in one of the folders; `*.x` is any that ends so."""
    for folder in folders:
        key = (tree, folder, name, word, has)
        if key not in _held:
            there = (posixpath.join(folder, one) for one in _fitting(tree.listing(folder), name))
            _held[key] = any(not word or has(what_can_be_read(tree, path), word) for path in there)
        if _held[key]:
            return True
    return False


def _fitting(listing: Mapping[str, bool], name: str) -> list[str]:
    names = [one for one in listing if one.endswith(name[1:])] if name[0] == "*" else [name]
    return [one for one in names if listing.get(one) is False]
