"""Remember what has been learnt of one state of the files, so that each question about it is answered once."""

from __future__ import annotations

from import_customs.model import NO_PROJECT, CheckError, NotInClone
from import_customs.model.source_text import what_can_be_read
from import_customs.project import nearest

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from import_customs.check.learnt import Change, FoldersOnPath, ProjectEvidence
    from import_customs.model import Finding, Locations, Project, Reason, Scope, Tree
    from import_customs.model.requirement import Name
    from import_customs.project.local_projects import LocalContents, LocalIndex, Meant, Required
    from import_customs.providers.lock import Lock


class State:
    """One state of the files, and all that is remembered of it. The functions of `check` fill it."""

    def __init__(
        self,
        tree: Tree,
        locations: Locations | None = None,
        *,
        lenient: bool = False,
        tracked: Callable[[], Mapping[str, str]] = dict,
        begin: Callable[[], object] | None = None,
        change: tuple[Scope, Callable[[str, int], bytes], Callable[[], None]] | None = None,
    ) -> None:
        """`locations` says where lock files and environments are looked for; without it there are none.

        `tracked` gives what git tracks, by path, as `git.entries` does. It is asked only before something is reported.
        `begin` lets git begin with that.
        `change` is what made this state, where only what it introduces counts, what reads objects of git, and what lets
        that begin.
        A `lenient` state takes a project that is missing or cannot be read for one that declares nothing.
        """
        self.tree = tree
        self._ask, self._begin = tracked, begin
        self._tracked: Mapping[str, str] | None = None
        self._python: dict[str, list[str]] | None = None
        self.locations = locations
        self.lenient = lenient
        self.change = change
        self.compared: Change | None = None  # what `imported_before` makes of it
        self._without_projects()
        self._without_imports()

        # by folder: the lines of tools' files that may name distributions, by path
        self.lines_naming: dict[str, dict[str, list[tuple[int, bytes]]]] = {}

        # What the report says besides the findings.
        self.unchecked = 0  # files that could not be checked, for themselves or for their project
        self.warnings: dict[str, None] = {}
        self.outside: list[Finding] = []  # would be findings if a project governed their files
        self.commented: list[str] = []  # files that may have a comment which exempts an import
        self.used_ignores: set[tuple[str, str]] = set()  # a project's folder, and an entry of its ignores

    def begin_tracked(self) -> None:
        """Let git begin to list what it tracks, while the caller does something else."""
        begin, self._begin = self._begin, None
        if begin:
            begin()

    def tracked(self) -> Mapping[str, str]:
        """What git tracks, by path."""
        if self._tracked is None:
            self._tracked, self._begin = self._ask(), None
        return self._tracked

    def tracked_python(self) -> Mapping[str, Sequence[str]]:
        """The paths that end in .py of what git tracks, by their folders."""
        if self._python is None:
            self._python = {}
            for path in self.tracked():
                if path.endswith(".py"):
                    self._python.setdefault(path.rpartition("/")[0], []).append(path)
        return self._python

    def _without_projects(self) -> None:
        """Nothing is known of projects yet. A project is known by the path of the file that states it."""
        self.projects: dict[str, Project | CheckError | None] = {}  # by folder: the project that governs it
        self.errors: dict[tuple[str, int, str], CheckError] = {}  # by place and message: what could not be checked
        self.of_kept: dict[str, Project | None] = {}  # by folder without a project: what its requirements files make
        self.of_requirements: Project | None = None  # what governs files without a pyproject.toml above them
        self.of_none = NO_PROJECT  # what stands for it where nothing declares, once that is known
        self.local_contents: dict[str, LocalContents | None] = {}  # by folder: what its project installs
        self.local_indexes: dict[str, list[LocalIndex]] = {}  # by project: those joined with it
        self.local_workspaces: dict[str, LocalIndex] = {}  # by the folder of the root
        self.local_tracked: LocalIndex | None = None  # all that git tracks
        # by module, and by a project's folder and name: how it holds the module
        self.local_held: dict[str, dict[tuple[str, Name], Meant | None]] = {}
        self.submodules: list[str] | None = None
        self.submodule_files: list[str] | None = None  # of those that are checked out
        self.holding: dict[str, set[str]] | None = None  # by name of a module: the folders that hold a file of it
        self.local_extras: dict[str, dict[Name, tuple[Required, ...]]] = {}  # by folder
        self.django_roots: dict[str, tuple[str, ...]] = {}  # by project: the folders with its manage.py
        # by project, folder, and whether pytest's folders count: whether Python is started there
        self.started: dict[tuple[str, str, bool], bool] = {}
        self.on_path: dict[str, FoldersOnPath] = {}  # by project: what its files put on sys.path
        self.may_add: dict[str, bool] = {}  # by path, as far as that is known: whether a file may put folders there
        self.added_before: dict[str, tuple[str, ...]] = {}  # by file, or folder with "/", that runs first: on sys.path
        self.made_of: list[str] | None = None  # the files that git tracks of which a build makes modules
        self.protos: dict[str, frozenset[str]] = {}  # by project: the files that modules are made of
        self.compiled: dict[str, frozenset[str]] = {}  # by project: what its files of CMake and Cargo define
        self.editor_roots: dict[str, tuple[str, ...]] = {}  # by project; from a .env too: never printed
        self.evidence: dict[str, ProjectEvidence] = {}  # by project: what its lock file and environment say
        self.locks: dict[str, Lock] = {}  # by path: the lock files that were read
        self.repositories: dict[str, dict[str, Name]] = {}  # by project: what it declares, by the repository's name
        self.run_by_build: dict[str, frozenset[str]] = {}  # by project: the files that its build runs

    def _without_imports(self) -> None:
        """Nothing is known of imports yet."""
        self.covered_everywhere: dict[str, set[str]] = {}  # by project: modules that are covered in all its files
        self.starts_covered: dict[str, set[bytes]] = {}  # by project: starts of statements that import only such
        self.passing: dict[str, set[bytes] | None] = {}  # by folder: these; None where each file has to be judged
        # by project, folder, module, and what else of a site may matter
        self.reasons: dict[tuple[str, str, str, tuple[bool, ...]], Reason | None] = {}
        self.declared: dict[tuple[str, str], Reason | None] = {}  # by project and module: what declares it
        self.everywhere: dict[tuple[str, str], bool] = {}  # by project and module: whether it is covered in any file
        self.importing_themselves: dict[tuple[str, tuple[str, ...]], bool] = {}  # by path of a file, and roots
        self.lacking_what_they_import: dict[str, bool] = {}  # by path of a package's `__init__`
        self.own_packages: dict[str, bool] = {}  # by folder: whether a file in it imports a part of it by its bare name
        self.uncovered: dict[object, list[Finding | Reason]] = {}  # what came of imports that nothing covered
        # by project, folder, folders added and a name: what the repository has of nearly that name
        self.own_near: dict[tuple[str, str, tuple[str, ...], str], tuple[str, ...]] = {}
        self.own_compared = 0  # names that were compared for that
        self.spellings: dict[tuple[str, str, tuple[str, ...]], str | None] = {}  # by project, name, own near ones


def project_of(state: State, folder: str) -> Project | None:
    """The project that governs the files of a folder. Raises CheckError where its pyproject.toml cannot be read."""
    try:
        return nearest(state.tree, folder, state.projects) or _without_pyproject(state, folder)
    except CheckError:
        if state.lenient:
            return NO_PROJECT
        raise


def project_of_script(state: State, path: str, source: bytes) -> Project | None:
    """The project that a script is to itself; None where it states none. Raises CheckError where it cannot be read."""
    return _without_pyproject(state, "", script=(path, source))


def projects_read(state: State) -> list[Project]:
    """What stands for a project where nothing declares, and the projects that govern what was looked at, each once."""
    read = (state.of_none, *state.projects.values(), *state.of_kept.values(), state.of_requirements)
    return list({id(one): one for one in read if one and not isinstance(one, CheckError)}.values())


def readable_project_of(state: State, folder: str) -> Project | None:
    """As `project_of`; None for one that cannot be read, which is kept among the errors."""
    try:
        return project_of(state, folder)
    except CheckError as error:
        keep_error(state, error)
        return None


def project_if_readable(state: State, folder: str) -> Project | None:
    """As `readable_project_of`, for another project than that of the judged file: no error of it is kept."""
    try:
        return project_of(state, folder)
    except CheckError:
        return None


def path_of(project: Project | CheckError | None) -> str | None:
    """What a project is known by, or one that cannot be read. To compare all that two projects say takes 10 µs."""
    return project.path if project else None


def text_of(state: State, path: str) -> bytes:
    """What the file holds; nothing if it cannot be read."""
    return what_can_be_read(state.tree, path)


def keep_error(state: State, error: CheckError) -> None:
    """Remember what could not be checked, once: everything else is checked all the same.

    Of the files that a clone lacks, the first stands for all: what brings it brings the others.
    """
    place = ("", 0, "") if isinstance(error, NotInClone) else (error.path, error.line, error.message)
    state.errors.setdefault(place, error)


def _without_pyproject(state: State, folder: str, *, script: tuple[str, bytes] | None = None) -> Project | None:
    """What governs a file without a pyproject.toml: of a `script` its metadata alone, if it has some.

    Of other files the requirements files that the command line names, else those kept.
    """
    from import_customs.project import project_of_files  # 5 ms, with re; most files have a project

    if script:
        return project_of_files.of_script(state.tree, *script)
    if state.locations is not None and state.locations.requirements_files:
        if state.of_requirements is None:
            state.of_requirements = project_of_files.of_requirements(state.tree, state.locations.requirements_files)
        return state.of_requirements
    kept = project_of_files.project_of_kept(state.tree, folder, state.of_kept)
    if not kept and state.of_none is NO_PROJECT:
        state.of_none = project_of_files.without_declarations(state.tree)
    return kept or (NO_PROJECT if state.lenient else None)
