"""Remember what has been learnt of one state of the files, so that each question about it is answered once."""

from __future__ import annotations

from import_customs.model import NO_PROJECT, CheckError
from import_customs.project import nearest, of_requirements, siblings

TYPE_CHECKING = False
if TYPE_CHECKING:
    from import_customs.check.uncovered import ProjectEvidence
    from import_customs.model import Finding, Locations, Project, Reason, Tree
    from import_customs.model.requirement import Name
    from import_customs.providers.lock import Lock


class State:
    """One state of the files, and all that is remembered of it. The functions of `check` fill it."""

    def __init__(self, tree: Tree, locations: Locations | None = None, *, lenient: bool = False) -> None:
        """`locations` says where lock files and environments are looked for; without it there are none.

        A `lenient` state takes a project that is missing or cannot be read for one that declares nothing.
        """
        self.tree = tree
        self.locations = locations
        self.lenient = lenient

        # Projects. A project is known by the path of the file that states it.
        self.projects: dict[str, Project | None] = {}  # by folder: the project that governs it
        self.errors: dict[tuple[str, int, str], CheckError] = {}  # by place and message: what could not be checked
        self.of_requirements: Project | None = None  # what governs files without a pyproject.toml above them
        self.siblings: dict[str, dict[str, Name]] = {}  # by project: modules of other local projects, and their names
        self.django_roots: dict[str, tuple[str, ...]] = {}  # by project: the folders with its manage.py
        self.evidence: dict[str, ProjectEvidence] = {}  # by project: what its lock file and environment say
        self.locks: dict[str, Lock] = {}  # by path: the lock files that were read

        # Imports.
        self.covered_everywhere: dict[str, set[str]] = {}  # by project: modules that are covered in all its files
        self.reasons: dict[tuple[str, str, str, bool], Reason | None] = {}  # by project, folder, module, in a test
        self.uncovered: dict[object, list[Finding | Reason]] = {}  # what came of imports that nothing covered
        self.spellings = 0  # how often a likely spelling was looked for

        # What the report says besides the findings.
        self.warnings: dict[str, None] = {}
        self.outside: list[Finding] = []  # would be findings if a project governed their files
        self.used_ignores: set[tuple[str, str]] = set()  # a project's folder, and an entry of its ignores


def project_of(state: State, folder: str) -> Project | None:
    """The project that governs the files of a folder. Raises CheckError where its pyproject.toml cannot be read."""
    try:
        return nearest(state.tree, folder, state.projects) or _without_pyproject(state)
    except CheckError:
        if state.lenient:
            return NO_PROJECT
        raise


def keep_error(state: State, error: CheckError) -> None:
    """Remember what could not be checked, once: everything else is checked all the same."""
    state.errors.setdefault((error.path, error.line, error.message), error)


def _without_pyproject(state: State) -> Project | None:
    """What governs a file with no pyproject.toml above it: the requirements files that the command line names."""
    if state.locations is None or not state.locations.requirements_files:
        return NO_PROJECT if state.lenient else None
    if state.of_requirements is None:
        state.of_requirements = of_requirements(state.tree, state.locations.requirements_files)
    return state.of_requirements


def siblings_of(state: State, project: Project) -> dict[str, Name]:
    """The modules that other local projects install, each with that project's name."""
    if project.path not in state.siblings:
        state.siblings[project.path] = siblings(state.tree, project, state.projects)
    return state.siblings[project.path]
