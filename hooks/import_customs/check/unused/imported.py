"""Tell which files import what a distribution installs."""

from __future__ import annotations

import posixpath
from collections.abc import Collection, Iterable, Iterator

from import_customs import providers
from import_customs.check.covered import configured_providers
from import_customs.check.state import State, project_if_readable
from import_customs.check.unused.dropped import Dropped
from import_customs.check.unused.subject import Subject, stubbed, stubbed_modules
from import_customs.imports import read_source
from import_customs.model import BUILD, CheckError, Project, Tree
from import_customs.model.names import prefixes, top
from import_customs.model.unused import Use
from import_customs.model.value import NamedTuple
from import_customs.repository import git


class Importing(NamedTuple):
    """One import of a file: a module that it may mean, and its line."""

    module: str
    line: int


def meets(subject: Subject, module: str) -> bool | None:
    """Whether the distribution installs the module; None where that cannot be told."""
    if subject.name in configured_providers(subject.project, module):
        return True
    installed = providers.installs(subject.name, module)
    if not installed and stubbed(subject.name):
        is_typed = any(prefix in stubbed_modules(subject.name) for prefix in prefixes(module))
        return True if is_typed else installed
    return installed


def imports_of(path: str, source: bytes, tops: Collection[str]) -> list[Importing]:
    """The modules below these top-level ones that a file may import; words in comments and strings do not count.

    Raises CheckError if no Python can read it.
    """
    if not any(word.encode() in source for word in tops) and source.isascii():
        return []
    file = read_source(path, source)
    file.refuse_unreadable()
    modules, unclear = file.screened()
    wanted = {module for module in modules if top(module) in tops}
    if not wanted and not unclear:
        return []
    found = file.imports(None if unclear else wanted)[0]
    return [
        Importing(module, one.line)
        for one in found
        if top(one.module) in tops
        for module in _meant(one.module, one.names)
    ]


def _meant(module: str, names: Collection[str]) -> Iterator[str]:
    """In a namespace `from a import b` means a.b."""
    if names and providers.is_shared(module):
        yield from (f"{module}.{name}" for name in names)
    if not names or not providers.is_namespace(module):
        yield module


def dropped(before: Tree, path: str, tops: set[str]) -> Iterator[Dropped]:
    """The imports of the file at the base, of these top-level modules."""
    try:
        found = imports_of(path, before.read(path) or b"", tops)
    except CheckError:
        return
    yield from (Dropped(one.module, path, one.line) for one in found)


class Imports(NamedTuple):
    """What the Python files import of some distributions."""

    met: dict[str, list[Use]]  # by distribution: the imports that it may meet
    unread: list[str]  # files that cannot be read: they may import anything


def find_imports(
    state: State, paths: Iterable[str], subjects: Collection[Subject], *, all_of_them: bool = False
) -> Imports:
    """The imports that the distributions may meet: the first of each that is found, or `all_of_them`."""
    found, unread = dict[str, list[Use]](), list[str]()
    paths = list(paths)
    open_ones: dict[str, list[Subject]] = {}  # by top-level module
    for subject in subjects:
        for module in subject.tops:
            open_ones.setdefault(module, []).append(subject)
    for path in paths if open_ones else ():
        governing: list[Project | None] = []
        try:
            imports = imports_of(path, state.tree.read(path) or b"", open_ones)
        except (CheckError, git.ObjectMissing):
            unread.append(path)
            continue
        for one in imports:
            governing = governing or [project_if_readable(state, posixpath.dirname(path))]
            for subject in list(open_ones.get(top(one.module), ())):
                if meets(subject, one.module) is not False and _governs(subject, governing[0], paths):
                    found.setdefault(subject.name, []).append(Use("import", path, one.line, one.module))
                    if not all_of_them:
                        _close(open_ones, subject)
        if not open_ones:
            break
    return Imports(found, unread)


def _close(open_ones: dict[str, list[Subject]], subject: Subject) -> None:
    for module in subject.tops:
        if subject in open_ones.get(module, ()):
            open_ones[module].remove(subject)
            if not open_ones[module]:
                del open_ones[module]


def _governs(subject: Subject, governing: Project | None, paths: Collection[str]) -> bool:
    """Whether an import in a file of the `governing` project may rest on the declarations of the subject.

    It does not where its own project declares the distribution in files of its own; unless the subject's project
    declares that project, or is built and has no package, and so is made of the files of another. `paths` are all
    Python files.
    """
    project = subject.project
    if governing is None or governing.path == project.path or governing.name in project.declared:
        return True
    own = {one.path for one in governing.declarations if one.name == subject.name}
    if not own or not own.isdisjoint(one.path for one in subject.declarations):
        return True
    folder = f"{project.folder}/" if project.folder else ""
    is_built = any(one.place == BUILD for one in project.declarations)
    return is_built and not any(path.startswith(folder) and path.endswith("__init__.py") for path in paths)
