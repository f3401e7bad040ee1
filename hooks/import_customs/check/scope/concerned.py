"""Choose the files that a removed declaration may concern: those that import what went with it.

Nothing changes for a file whose imports all begin with other modules. What went is what the base declared, what its
extras brought, and what these require; which modules that installs is asked of the functions that say so of a project.
Everything unusual is judged in full, and a test holds the one way to the other.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from itertools import takewhile

from import_customs import providers
from import_customs.check.covered import declared_by, stubs_of
from import_customs.check.covered.gathered_projects import is_local
from import_customs.check.imported_before import is_harmless
from import_customs.check.scope.baseline import Baseline
from import_customs.check.scope.importing import may_import
from import_customs.check.scope.redeclared import without_declarations
from import_customs.check.state import State, path_of, project_of
from import_customs.check.uncovered.project_evidence import extra_in, with_extras
from import_customs.model import CheckError, Difference, Project, Scope, upwards
from import_customs.model.names import top
from import_customs.model.requirement import Name
from import_customs.model.value import NamedTuple
from import_customs.project import may_declare, may_state_project
from import_customs.project.sys_path import may_add_folders
from import_customs.providers import common_names, distributions, hosts, lock, stdlib
from import_customs.providers.evidence import Evidence, gather_evidence
from import_customs.repository import git, select


class Gone(NamedTuple):
    """What the project of a base declared and this one does not, and what came with that."""

    project: Project  # declares all of it
    modules: frozenset[str]  # top-level modules that these are seen to install
    answers: dict[str, bool]  # by top-level module: whether one of them may install it
    is_held: bool  # whether a folder of the repository holds what is called like one of these modules
    others: set[bytes]  # lines of files that import nothing of them

    def may_have_installed(self, name: str) -> bool:
        """Whether one of them may install what has that top-level name."""
        if name not in self.answers:
            self.answers[name] = name in self.modules or _may_cover(self.project, name)
        return self.answers[name]


def files_governed(state: State, folders: Iterable[str], paths: Collection[str]) -> dict[str, Project | None]:
    """Every tracked Python file besides the paths that the projects of these folders govern, with its project."""
    governing = {path_of(_governing(state, folder)) for folder in folders}
    folder_of = {path: path.rpartition("/")[0] for path in select.tracked_python_files(state.tracked(), state.tree)}
    project_by = _projects_of(state, set(folder_of.values()))
    inside = {
        folder: None if isinstance(project, CheckError) else project
        for folder, project in project_by.items()
        if path_of(project) in governing
    }
    selected = set(paths)
    return {path: inside[folder] for path, folder in folder_of.items() if folder in inside and path not in selected}


def _governing(state: State, folder: str) -> Project | CheckError | None:
    """What governs a folder, or why it cannot be read: that matters only where one of its files is judged."""
    try:
        return project_of(state, folder)
    except CheckError as error:
        return error


def _projects_of(state: State, folders: Iterable[str]) -> dict[str, Project | CheckError | None]:
    """What governs each folder: where git tracks no file that states one, that of the folder above.

    So few folders are listed, which takes 30 µs each. What git does not track does not count where a change is judged.
    """
    stating = {path.rpartition("/")[0] for path in state.tracked() if may_state_project(path)}
    found: dict[str, Project | CheckError | None] = {}
    for folder in sorted(folders):
        for one in reversed(list(takewhile(lambda one: one not in found, upwards(folder)))):
            above = found[one.rpartition("/")[0]] if one else None
            is_alike = above and may_state_project(above.path) and one not in stating and "{" not in one
            found[one] = above if is_alike else _governing(state, one)
    return found


def files_concerned(
    state: State, scope: Scope, baseline: Baseline, governed: Mapping[str, Project | None]
) -> list[str]:
    """Those of the files that are to be judged, each given with its project, which may have lost a declaration."""
    before = _only_base(state, scope, baseline)
    if before is None:
        return list(governed)
    changed = {change.new for change in scope.changes}
    known: dict[str, Gone | None] = {}
    judged = []
    for path, project in governed.items():
        gone = _gone_from(state, before, project, known) if project else None
        if gone is None or path in changed or _may_import(state, path, gone):
            judged.append(path)
    return judged


# What changed.


def _only_base(state: State, scope: Scope, baseline: Baseline) -> State | None:
    """The base, if the change is one of declarations and lock files, and of what concerns no other file."""
    if state.change is None or not all(map(_is_usual, scope.changes)):
        return None
    states = baseline.states()
    folders = {change.new.rpartition("/")[0] for change in scope.changes if may_declare(change.new)}
    if len(states) != 1 or any(_path_before(states[0], one) != path_of(_governing(state, one)) for one in folders):
        return None
    return states[0]


def _is_usual(change: Difference) -> bool:
    if lock.lock_files([change.new.rpartition("/")[2]]):
        return change.status in ("A", "M", "D")
    return (change.status == "M" and may_declare(change.new)) or is_harmless(change)


def _path_before(before: State, folder: str) -> str | None:
    """What the project was known by that governed the folder; "" if that cannot be read."""
    try:
        return path_of(project_of(before, folder))
    except (CheckError, git.ObjectMissing):
        return ""


def _gone_from(state: State, before: State, project: Project, known: dict[str, Gone | None]) -> Gone | None:
    """What the project has no longer, asked once; None if that is not all that differs, or not plain."""
    if project.path not in known:
        is_same = _path_before(before, project.folder) == project.path != ""
        old = project_of(before, project.folder) if is_same else None
        known[project.path] = _gone(state, before, old, project) if old else None
        state.warnings.update(dict.fromkeys(project.warnings))
    return known[project.path]


def _gone(state: State, before: State, old: Project, now: Project) -> Gone | None:
    if now.config.rules or now.declared - old.declared or without_declarations(now) != without_declarations(old):
        return None
    kept = {one._replace(line=0) for one in now.declarations}
    lost = tuple(one for one in old.declarations if one._replace(line=0) not in kept)
    if any(is_local(state, now, one.name) for one in old.declarations if one.extras or one in lost):
        return None  # what it installs and requires, the repository itself says
    where = before.locations
    evidence = gather_evidence(before.tree, old.folder, where, before.locks) if where else Evidence()
    alone = old._replace(declarations=lost, declared=frozenset(one.name for one in lost))
    known = with_extras(before, alone, evidence)
    called = {Name(extra_in(one)) for one in known.unclear}  # like the extras of which nothing is known
    names = alone.declared | ({*known.by_extras, *known.arrivals.arriving(), *called} - now.declared)
    modules = {module for name in names for module in distributions.known_modules(name)}
    installed = evidence.installed
    modules |= {module for name in names for module in installed.modules_of(name)} if installed else set()
    tops = {module for name in names for module in distributions.top_level_modules(name)}
    tracked = "\n".join(state.tracked())  # to look at each path takes six times as long
    is_held = any(f"/{module}/" in tracked or f"/{module}.py" in tracked for module in tops)
    return Gone(alone._replace(declared=names), frozenset(map(top, modules)), {}, is_held, set())


# What a file imports.


def _may_import(state: State, path: str, gone: Gone) -> bool:
    """Whether the file may import what went; True, too, where only judging it can tell."""
    try:
        source = state.tree.read(path)
    except CheckError:
        return True
    if source is None:
        return False
    if gone.is_held:  # then what the files put on sys.path is asked, for which they would all be read once more
        state.may_add[path] = may_add_folders(source)
    return may_import(path, source, gone.may_have_installed, gone.others)


def _may_cover(project: Project, name: str) -> bool:
    """Whether the declarations of the project may cover a module of that top-level name in some way."""
    if stdlib.is_core(name, project.requires_python):
        return False
    names = project.declared
    own = next((whole for _, whole in providers.dotted_names(name)), "")
    return (
        (providers.is_shared(name) and any(own in one or providers.is_part(one, name) for one in names))
        or hosts.may_have(name)
        or any(one == own or one.startswith(f"{own}-") for one in names)
        or not names.isdisjoint(providers.providers(name))
        or any(top(module) == name and not names.isdisjoint(given) for module, given in project.config.provides)
        or declared_by(project, name) is not None
        or stubs_of(project, name) is not None
        or stdlib.substitute(name) in names
        or bool(common_names.unlisted_providers(name, names))
    )
