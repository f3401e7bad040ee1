"""The words of this package as values: what one room makes and another one reads. Nothing here does any work.

Paths are `/`-separated, from the repository's root, which is "". Lines and columns count from 1, in characters.
"""

from __future__ import annotations

from posixpath import relpath

from import_customs.model.requirement import Name
from import_customs.model.value import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from typing import Literal

    from import_customs.model.outcome import Edit, Elsewhere, MissingDeclaration, Removable
    from import_customs.model.reason_kind import ReasonKind
    from import_customs.model.span import CellPlace, Span
    from import_customs.model.tree import Listing as Listing
    from import_customs.model.tree import Tree as Tree
    from import_customs.model.unused import Told

    PlaceKind = Literal["runtime", "extra", "group", "build", "script"]
    SettledBy = Literal["declaration", "provides", ""]
else:
    Tree, Listing, PlaceKind, SettledBy = object, dict, str, str

PYPROJECT = "pyproject.toml"
LONGEST_PATH = 4096  # characters; no file system takes more
SCRIPT_MARK = b"# /// script"  # what the metadata of a script begins with (PEP 723)
WORKTREE, INDEX = "worktree", "index"  # states of the files; any other is a revision
OPT_IN_RULES = ("misplaced", "conditional", "unknown-distribution")  # as in check.rules.RULES, which takes 2 ms


class CheckError(Exception):
    """A check that could not be made: what is wrong, where, and what to do about it. `cli` prints it: exit status 2."""

    def __init__(
        self,
        message: str,
        *,
        hint: str,
        path: str = "",
        line: int = 0,
        column: int = 0,
        cell: CellPlace | None = None,
        named: Sequence[str] = (),
        below: Sequence[str] = (),
    ) -> None:
        """`line` and `column` are 0 where none is meant, `cell` is their place in a notebook.

        `named` are paths of files that the message or the hint names.
        `below` are the lines that follow the hint: what to paste, and another way.
        """
        super().__init__(message)
        self.cell, self.named, self.below = cell, named, below
        self.message, self.hint, self.path, self.line, self.column = message, hint, path, line, column


class TooLarge(CheckError):
    """A file over the size that is read."""

    def __init__(self, most: int, path: str = "") -> None:
        """`most` is that size, in bytes."""
        message = f"is larger than {most // 1024**2} MiB"
        super().__init__(message, hint="it is not read; leave it out, or make it smaller", path=path)


class NotInClone(CheckError):
    """A file whose content git lacks, or cannot read."""


def upwards(folder: str) -> Iterator[str]:
    """The folder, and those above it up to the root."""
    while folder:
        yield folder
        folder = folder.rpartition("/")[0]
    yield ""


def relative(path: str, folder: str) -> str:
    """The path as seen from the folder, which most often holds it: that takes a tenth of what relpath takes."""
    if not folder:
        return path
    inside = path.removeprefix(f"{folder}/")
    return inside if inside is not path else relpath(path, folder)


class Difference(NamedTuple):
    """One file that differs between two states."""

    status: str  # A, M, D, T, R, C, U. Source: git-diff, --diff-filter
    old: str  # the path before; the same as `new` unless the file was renamed or copied
    new: str  # the path after
    before: str = ""  # the mode and the object's id of `old`, as `Entry` of repository.git; "" where that is not known
    mode: str = ""  # of `new`, likewise


class Scope(NamedTuple):
    """Which findings count, and which state of the files is judged."""

    kind: Literal["new", "all"]
    text: str  # WORKTREE, INDEX, or a revision
    bases: tuple[str, ...]  # the commits that "new" is measured against; none before the first commit
    base: str | None  # how a report names the base
    changes: list[Difference]  # from the first base to the judged state
    commits: Literal["staged", "changed", "named"] = "staged"  # of HEAD's changes: those that git commit, -a, PATH take


class Import(NamedTuple):
    """One absolute import."""

    module: str  # dotted, NFKC-normalized (PEP 3131)
    names: tuple[str, ...]  # what `from module import …` names, without "*"; () for `import module` and for calls
    line: int  # of the statement or call
    column: int  # of the statement or call
    guard: str | None  # the innermost: "try", "type-checking", "version", "platform"; None if it is unconditional
    cell: CellPlace | None = None  # in a notebook
    guards: frozenset[str] = frozenset()  # all that add up, the innermost and those around it
    spans: tuple[Span, ...] = ()  # where the module stands, then where each of `names` does


class Place(NamedTuple):
    """Where a declaration stands. As text it is what reports and `declare-in` call it: "runtime", "group test"."""

    kind: PlaceKind
    name: str = ""  # of the extra or of the group, normalized unless a person wrote it; "" for the other kinds

    def __str__(self) -> str:
        return f"{self.kind} {self.name}" if self.name else self.kind


RUNTIME, BUILD, SCRIPT = Place("runtime"), Place("build"), Place("script")


class WritablePlace(NamedTuple):
    """One list of requirements, or table of them, that is there or can be made."""

    place: Place  # runtime, a group or an extra
    keys: tuple[str, ...]  # from the document's root
    form: Literal["list", "table"]
    caret: bool = False  # whether a lower bound is written as `^`, as in Poetry's tables that use it

    @property
    def title(self) -> str:
        """How a report names it: `[project] dependencies`, `[dependency-groups] test`."""
        table, key = (self.keys, "") if self.form == "table" else (self.keys[:-1], f" {self.keys[-1]}")
        return f"[{'.'.join(table)}]{key}"


class Declaration(NamedTuple):
    """One requirement as a project states it."""

    name: Name
    extras: tuple[Name, ...]
    marker: str  # "" if it has none
    place: Place
    path: str  # of the file that states it
    line: int
    folder: str | None = None  # of the local project that it names by its path
    is_elsewhere: bool = False  # comes by URL, by path or from an index of its own: the public index says nothing of it


class Config(NamedTuple):
    """The table [tool.import-customs] of a project."""

    ignore: tuple[str, ...] = ()  # modules that need no declaration
    per_file_ignores: tuple[tuple[str, tuple[str, ...]], ...] = ()  # a glob, and modules that need none in its files
    provides: tuple[tuple[str, tuple[Name, ...]], ...] = ()  # a module, and the distributions that install it
    source_roots: tuple[str, ...] = ()  # folders, from the project's
    requirements_files: tuple[str, ...] = ()  # files or globs of them, from the project's folder
    guarded: str = "declare"  # whether imports under a guard need a declaration: "declare" or "ignore"
    rules: tuple[str, ...] = ()  # of OPT_IN_RULES
    misplaced_paths: tuple[str, ...] = ()  # globs of the runtime code; () for what the built distribution would hold
    declare_in: Place | None = None  # where --fix writes; None for the place that the importing files call for
    unused: str = "tell"  # whether what nothing uses is a finding with --scope all: "tell" or "block"
    added: str = "tell"  # likewise what a change declares and nothing uses
    unused_ignore: tuple[str, ...] = ()  # distributions that need no use, or globs of them


class LocalProject(NamedTuple):
    """Another project of the repository, as a project names it."""

    path: str  # of its folder, from the repository's root, or absolute
    name: Name = Name("")  # "" where only the path is stated


class Unread(NamedTuple):
    """What leaves some of a project's declarations unread."""

    path: str  # of the file that computes them, or leaves them to something else
    line: int  # 0 where none is meant
    why: str  # "are computed here", "names r.txt: there is no such file"


class Project(NamedTuple):
    """The tree governed by one pyproject.toml."""

    path: str = ""  # of its pyproject.toml
    name: Name = Name("")  # "" where none is stated
    folder: str = ""  # that holds it
    requires_python: str = ""  # "" where none is stated
    declarations: tuple[Declaration, ...] = ()
    declared: frozenset[Name] = frozenset()  # the names of all declarations but those of the build
    built_with: frozenset[Name] = frozenset()  # what only the build has installed: [build-system] requires
    elsewhere: frozenset[Name] = frozenset()  # of distributions that do not come from the public index
    source_roots: tuple[str, ...] = ("", "src")  # folders, the likeliest first
    import_names: tuple[str, ...] = ()  # modules that it states it provides itself
    has_build_system: bool = False
    compiles: bool = False  # its build backend does more than pack Python files, as far as is known
    runs_setup_py: bool = True  # its build backend does, as far as is known
    build_scripts: tuple[str, ...] = ()  # the files that its build runs, there or not: setup.py, the backend's hooks
    config: Config = Config()
    members: tuple[str, ...] = ()  # globs of a workspace's members; with "!" of folders that are not
    locals: tuple[LocalProject, ...] = ()  # the local projects that its sources and requirements name
    tool: str | None = None  # "uv", "poetry", "pdm": what visibly manages it
    unread: Unread | None = None  # what leaves some of its declarations unread; None if all can be read
    warnings: tuple[str, ...] = ()
    lacking: tuple[Unread, ...] = ()  # what is listed, and cannot be read


NO_PROJECT = Project()  # what governs a file where nothing does


class Locations(NamedTuple):
    """Where the lock file and the environment of a project are looked for."""

    root: str  # of the repository, absolute
    variables: Mapping[str, str]  # the process environment
    python: str | None = None  # the interpreter or the folder of an environment that an option names, absolute
    requirements_files: tuple[str, ...] = ()  # what declares where there is no pyproject.toml
    reads_environment: bool = True  # False where only what is committed counts


class Site(NamedTuple):
    """The place of an import: all that its judgement depends on besides its module."""

    project: Project
    file: str
    for_types: bool = False  # under TYPE_CHECKING or in a stub file: a stub distribution provides it too
    guarded: bool = False  # by `try` or by a version test
    added: tuple[str, ...] = ()  # folders that the file itself puts on sys.path
    runs_on: frozenset[tuple[str, str]] | None = None  # Pythons and platforms, where the tests that guard it tell


class Reason(NamedTuple):
    """Why an import passes."""

    kind: ReasonKind
    name: str = ""  # of the distribution that covers it; for the two kinds of ignores the entry; "" for the others


class Finding(NamedTuple):
    """One import that the declarations do not cover, under one rule."""

    path: str
    line: int
    column: int
    module: str  # dotted as far as it takes to tell the provider
    rule: str  # the name of the rule
    providers: tuple[str, ...]  # normalized names, best first
    project: str  # the path of its pyproject.toml
    guard: str | None
    via: tuple[str, ...]  # the declared distributions that a transitive one arrives through
    message: str
    excerpt: str  # the source line
    remedy: str = ""  # what settles it, unless `settled_by` says so
    candidates: tuple[str, ...] = ()  # for an unknown module: declared distributions of which nothing is known
    has_provides: bool = False  # for an unknown module: whether its project's `provides` is there already
    has_ignore: bool = False  # likewise `ignore`
    settled_by: SettledBy = "declaration"  # of its first provider; "" if its message or its remedy says what settles it
    local: str | None = None  # the folder of the local project that provides it
    is_declared_nowhere: bool = True  # False if it is only declared wrongly, or needed on some Pythons alone
    cell: CellPlace | None = None  # in a notebook
    end_column: int = 0  # behind the module; 0 where that is not known
    uncommitted: tuple[str, ...] = ()  # files on disk that would settle it, were they in the commit
    distribution: str = ""  # whose declaration it is, where that is at fault and not an import: `module` is ""


class Result(NamedTuple):
    """What a check found."""

    findings: list[Finding]  # by path, then line
    notes: list[str]  # what nobody has to read, and who looks at everything may want to
    files: int  # Python files that were checked
    scope: Scope
    missing: Sequence[MissingDeclaration] = ()  # what would settle the findings, by project and name
    elsewhere: Sequence[Elsewhere] = ()  # what files state that the projects do not name, one a project
    rules: Mapping[str, str] = {}  # every rule's name and page, for the formats that list them
    version: str = ""  # of this package, likewise; "" where that is not known
    home: str = ""  # where this package is described, as a URL; "" where none is known
    edits: Mapping[tuple[str, str], Edit] = {}  # what --fix would write for each of `missing`, by project and name
    errors: Sequence[CheckError] = ()  # what could not be checked, by path and line
    decisions: Sequence[str] = ()  # what was decided, a line each, where the request asks for it
    removable: Sequence[Removable] = ()  # what --fix takes out, of the declarations that nothing uses
    amends: bool = False  # whether the commit that is checked replaces HEAD
    links: Mapping[str, str] = {}  # of the files that a report says to change: what git has of them, where they differ
    told: Sequence[Told] | None = None  # declarations that may be unused, and do not block; None where none is sought
