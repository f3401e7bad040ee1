"""Read what the projects of a repository install, so that the others know what to declare."""

from __future__ import annotations

import posixpath

from import_customs.model import PYPROJECT
from import_customs.model.names import prefixes, top
from import_customs.model.requirement import Name, is_name, leading, normalized
from import_customs.model.toml import Document, parse
from import_customs.model.value import NamedTuple
from import_customs.project import first_party, load, load_setuptools
from import_customs.project.dialects import dialects_for, name_of
from import_customs.project.dialects.dialect import PROJECT_FILES, ProjectFiles, joined
from import_customs.project.dialects.standard_tables import import_names
from import_customs.project.wheel import holds_top, wheel_folders
from import_customs.project.workspace import name_written

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import Literal

    from import_customs.model import Site, Tree

    # "installed": the built distribution holds it; "held": its folders do; "part": it is a namespace that it fills
    Held = Literal["installed", "held", "part"]
    Required = tuple[Name, tuple[Name, ...]]  # a distribution, and the extras of it that are asked for

_NO_MODULES = frozenset(
    "tests test docs doc examples scripts setup conftest noxfile build benchmarks venv node_modules src".split()
)
_SUFFIXES = (".py", ".pyx", ".pyi", ".so", ".pyd")
# What lies below such a folder is there to be tested, shown or copied.
_ASIDE = frozenset("tests testing fixtures testdata examples docs templates vendor".split())


class LocalContents(NamedTuple):
    """What one local project installs."""

    folder: str
    name: Name  # of its distribution; "" where none is stated
    roots: tuple[str, ...]  # the folders with its modules
    built: tuple[str, ...]  # modules that it installs whatever its folders hold
    stated_in: str = ""  # the file that says what is built of it; "" where it cannot be read


class Meant(NamedTuple):
    """A local project that an import may mean."""

    project: LocalContents
    module: str  # as much of the module as tells it
    held: Held
    is_joined: bool  # by a workspace or a path with the importing project


class LocalIndex(NamedTuple):
    """Local projects, to be looked up."""

    by_name: dict[str, list[LocalContents]]
    by_module: dict[str, list[LocalContents]]  # by each top-level module that they may hold
    holding: dict[str, list[Meant]]  # by module: what was found before


def read_contents(tree: Tree, folder: str) -> LocalContents | None:
    """What the project of the folder installs; None where there is none. Raises CheckError where it cannot be read."""
    path = posixpath.join(folder, PYPROJECT)
    source = tree.read(path)
    if source is None and PROJECT_FILES.isdisjoint(tree.listing(folder)):
        return None
    files = ProjectFiles(tree, folder, Document(path, "", {}) if source is None else parse(source, path))
    dialects = dialects_for(files)
    stated = name_of(files, dialects)
    name = normalized(stated if is_name(stated) else "")  # `<REPLACE ME>` is that of a template
    named = [import_names(files.document)]
    named.extend(list(dialect.built_modules(files)) for dialect in dialects)
    if "build-system" in files.document.table:
        named.append([name.replace("-", "_")])
    roots = (root for dialect in dialects for root in dialect.source_roots(files))
    places = (joined(folder, root) for root in ("src", *roots, "."))
    return LocalContents(
        folder,
        name,
        tuple(dict.fromkeys(place for place in places if not place.startswith(("../", "/")))),
        tuple(module for modules in named for module in modules if module),
        _stating(tree, folder),
    )


def _stating(tree: Tree, folder: str) -> str:
    """The file by which the folder's project is built."""
    listing = tree.listing(folder)
    name = next((one for one in (PYPROJECT, "setup.py", "setup.cfg") if one in listing), PYPROJECT)
    return posixpath.join(folder, name)


def contents_unread(tree: Tree, folder: str) -> LocalContents:
    """What the project of a folder likely installs, whose pyproject.toml cannot be read: by its name and its layout."""
    name = name_written(tree, folder) or posixpath.basename(folder)
    roots = (posixpath.join(folder, "src"), folder)
    return LocalContents(folder, normalized(name if is_name(name) else ""), roots, ())


def held(tree: Tree, project: LocalContents, module: str) -> Held | None:
    """How the project holds the module; None if it does not."""
    if first_party.is_import_name(project.built, module):
        return "installed"
    answers: set[Held] = {"part"} if any(name.startswith(f"{module}.") for name in project.built) else set()
    for root in project.roots:
        is_plain = root == project.folder
        if is_plain and top(module) in _NO_MODULES:
            continue
        beside = tree.listing(root)
        if "." in module and f"{top(module)}.py" in beside and not beside.get(top(module)):
            continue  # one file has no submodules
        found = first_party.under_source_roots(tree, (root,), "", module)
        wheel = wheel_folders(tree, project.stated_in) if found and is_plain and project.stated_in else ()
        if wheel and not holds_top(wheel, top(module)):
            continue
        if found == "open" and normalized(module) != project.name:
            answers.add("part")
        elif found:
            is_called_like = any(normalized(prefix) == project.name for prefix in prefixes(module))
            answers.add("installed" if not is_plain or is_called_like or wheel else "held")
    order: tuple[Held, ...] = ("installed", "held", "part")
    return next((answer for answer in order if answer in answers), None)


def indexed(tree: Tree, projects: Iterable[LocalContents]) -> LocalIndex:
    """The index of the projects, in their order."""
    found = LocalIndex({}, {}, {})
    for project in projects:
        found.by_name.setdefault(project.name, []).append(project)
        for name in dict.fromkeys(_top_level_names(tree, project)):
            found.by_module.setdefault(name, []).append(project)
    return found


def _top_level_names(tree: Tree, project: LocalContents) -> Iterator[str]:
    yield from map(top, project.built)
    for root in project.roots:
        for name, is_folder in tree.listing(root).items():
            if is_folder or name.endswith(_SUFFIXES):
                yield name.partition(".")[0]


def is_aside(folder: str, file: str) -> bool:
    """Whether the project of the folder is one of tests, examples and the like that the file does not belong to."""
    parts = folder.split("/")
    last = max((number for number, part in enumerate(parts, start=1) if part in _ASIDE), default=0)
    return last > 0 and not file.startswith("/".join(parts[:last]) + "/")


def is_own(one: Meant, site: Site) -> bool:
    """Whether the file is one of that project, which states nothing itself: then a project further up governs it."""
    own, governing = posixpath.join(one.project.folder, ""), posixpath.join(site.project.folder, "")
    return own != governing and own.startswith(governing) and site.file.startswith(own)


def extras(tree: Tree, folder: str) -> dict[Name, tuple[Required, ...]]:
    """The extras of a local project with what each requires.

    Raises CheckError where the project cannot be read.
    """
    project = load(tree, folder) or load_setuptools(tree, folder)
    found: dict[Name, list[Required]] = {}
    for one in project.declarations if project else ():
        if one.place.kind == "extra":
            found.setdefault(Name(one.place.name), []).append((one.name, one.extras))
    for extra, texts in _stated_extras(tree, folder):
        listed = found.setdefault(extra, [])
        listed.extend((one.name, one.extras) for one in map(leading, texts) if one)
    return {extra: tuple(dict.fromkeys(listed)) for extra, listed in found.items()}


def _stated_extras(tree: Tree, folder: str) -> Iterator[tuple[Name, list[str]]]:
    """The extras that name the project itself, or Poetry's optional dependencies: no declarations of the project."""
    path = posixpath.join(folder, PYPROJECT)
    source = tree.read(path)
    document = parse(source, path) if source is not None else Document(path, "", {})
    for keys in ("project.optional-dependencies", "tool.poetry.extras"):
        for extra in document.get(keys, dict):
            yield normalized(extra), document.strings(keys, extra)
