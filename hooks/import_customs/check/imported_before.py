"""Tell which modules a file imported before the change by the same statements: what is found of them is old.

So the lock file, the environment and the files around need not be asked, which takes most of the time that a file with
old debt costs. It holds only where nothing else changed that a judgement of these modules may depend on; everything
unusual is left to `check.scope.baseline`. A test holds the two together.
"""

from __future__ import annotations

import posixpath

from import_customs import providers
from import_customs.check.learnt import Change
from import_customs.check.state import State
from import_customs.imports.screen import import_lines
from import_customs.imports.source_file import SourceFile
from import_customs.model import SCRIPT_MARK, Difference, Scope, Site, TooLarge, upwards
from import_customs.model.names import DYNAMIC, top
from import_customs.project import first_party, may_declare
from import_customs.providers import hosts
from import_customs.repository import git

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

_HARMLESS = tuple(".py .pyi .ipynb .md .rst .html .css .js .ts .tsx .svg .png .jpg .sql .csv".split())
_PYTHON = (".py", ".pyi")
_WEIGHTY = frozenset({"__init__.py", "conftest.py", "manage.py"})  # a new one changes how the files around it are found
_REGULAR = ("100644", "100755")
_LARGEST, _MOST = 256 * 1024, 200  # bytes, and lines with an import, of a file that is compared; others have more time
# What a file says of itself that a judgement may depend on, wherever it stands.
_MARKS = (SCRIPT_MARK, b"sys.path", b"syspath_prepend", b"# Databricks", b"\0", b"\r")
_BEGINNING = (b"\ndef ", b"\nclass ", b"\nimport ", b"\nasync def ")
_LINES_OF_ENCODING = 2  # a file states it in one of the first (PEP 263)


def imported_before(state: State, site: Site, file: SourceFile, modules: set[str]) -> set[str]:
    """Those of the modules that each of their statements in the file imported in the base as well."""
    if state.change is None or state.locations is None:
        return set()
    scope, read, begin = state.change
    change = state.compared = state.compared or _change_of(state.locations.root, scope, read)
    folder = posixpath.dirname(file.path)
    if file.path not in change.modified or len(file.source) > _LARGEST:
        return set()
    if folder and not change.folders.isdisjoint(upwards(posixpath.dirname(folder))):
        return set()
    begin()
    likely = {module for module in modules if _depends_on_nothing_else(state, site, change, module)}
    base = change.base_of(file.path) if likely else None
    is_same = _compared(base, file.source) if base else None
    if base is None or is_same is None:
        return set()
    return {module for module in likely if is_same(top(module).encode()) and not _was_shown(change, base, module)}


# What else changed.


def _change_of(root: str, scope: Scope, read: Callable[[str, int], bytes]) -> Change:
    """The change; nothing of one that is a merge, declares something, or moves files."""

    def base_of(path: str) -> bytes | None:
        try:
            return read(blobs[path], _LARGEST)
        except (git.ObjectMissing, TooLarge):
            return None

    is_plain = (
        all(name == "MERGE_HEAD" for name in scope.bases[1:])
        and all(map(is_harmless, scope.changes))
        and not ("MERGE_HEAD" in scope.bases and git.merge_heads(root))
    )
    changes = scope.changes if is_plain else ()
    python = [one for one in changes if one.new.endswith(_PYTHON)]
    blobs = {one.new: one.before.rpartition(" ")[2] for one in python if one.status == "M"}
    folders = frozenset(posixpath.dirname(one.new) for one in python)
    return Change(blobs, base_of, folders, "\n".join(one.new for one in changes))


def is_harmless(change: Difference) -> bool:
    """Whether no project is read from the file, and no module comes or goes but the one that it is itself."""
    if may_declare(change.new) or not change.new.endswith(_HARMLESS) or change.mode not in _REGULAR:
        return False
    if change.status in "AC":
        return posixpath.basename(change.new) not in _WEIGHTY
    return change.status == "M" and change.before.startswith(_REGULAR)


def _depends_on_nothing_else(state: State, site: Site, change: Change, module: str) -> bool:
    """Whether nothing around the file, nor what runs it or changed with it, is called like the module."""
    name, project = top(module), site.project
    folders = (*upwards(posixpath.dirname(site.file)), *project.source_roots)
    if not name.isascii() or name in change.paths or any(name in state.tree.listing(one) for one in folders):
        return False
    if any(first_party.holding(state.tree, folders, "", name)) or hosts.may_have(module):
        return False
    return not project.built_with or providers.declared_provider(module, project.built_with) is None


def _was_shown(change: Change, base: bytes, module: str) -> bool:
    """Whether the base may have shown a host that has the module installed, by what changed."""
    words = hosts.words_showing(module)
    return any(word.encode() in base for word in words) or (bool(words) and "__init__.py" in change.paths)


# What the file says.


def _compared(base: bytes, source: bytes) -> Callable[[bytes], bool] | None:
    """Tells of a name whether each statement with it is at the common beginning of both texts; None if they are odd.

    There both texts are made of the same tokens, because these are read from left to right.
    """
    same = b"\n" + source[: source.rfind(b"\n", 0, _common(base, source)) + 1]
    if same.count(b"\n") <= _LINES_OF_ENCODING or any(mark in text for mark in _MARKS for text in (base, source)):
        return None
    lines = import_lines(source)
    if len(lines) > _MOST or not all(map(bytes.isascii, lines)):
        return None
    calls = any(function.encode() in source for function in DYNAMIC)  # whose arguments stand on any line

    def is_same(name: bytes) -> bool:
        if calls and (b'"' + name in source or b"'" + name in source):
            return False
        named = [line for line in lines if name in line]
        return bool(named) and all(_is_same(line, source, same) for line in named)

    return is_same


def _is_same(line: bytes, source: bytes, same: bytes) -> bool:
    """Whether the line is a statement that stands only in the common beginning, to its end and to that of its guard."""
    if not line.lstrip().startswith((b"import ", b"from ")) or b"\\" in line or b";" in line:
        return False
    at = same.rfind(b"\n" + line + b"\n")
    if at < 0 or same.count(line) != source.count(line):
        return False
    if b"(" in line:
        end = same.find(b")", at)
        if end < 0 or b"#" in same[at:end] or same.count(line) > 1 or same.find(b"\n", end) < 0:
            return False
    return line[:1] not in b" \t" or _ends_block(same, at)


def _ends_block(same: bytes, at: int) -> bool:
    """Whether a statement follows that cannot stand in a block which begins before, nor in brackets or a string."""
    found = (same.find(word, at + 1) for word in _BEGINNING)
    end = min((place for place in found if place >= 0), default=-1)
    return end >= 0 and same.count(b'"""', 0, end) % 2 == same.count(b"'''", 0, end) % 2 == 0


def _common(one: bytes, other: bytes) -> int:
    """How many bytes both begin with."""
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        if one[low:middle] == other[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low
