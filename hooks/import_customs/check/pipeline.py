"""Check what the caller asks for: the steps from the arguments to the result, in their order."""

from __future__ import annotations

import os
import posixpath

from import_customs import providers
from import_customs.check import judge
from import_customs.check.scope import decide, judged_state, modules_taken, names_withheld
from import_customs.check.state import State, keep_error, project_of, projects_read
from import_customs.model import INDEX, WORKTREE, CheckError, Config, Locations, Result
from import_customs.project import may_be_list, may_be_named, may_declare, may_hold_requirements, may_set, must_be_there
from import_customs.repository import git, select
from import_customs.repository.tree import Noted, Worktree, is_module_file

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence
    from types import ModuleType

    from import_customs.check.scope import Request
    from import_customs.check.scope.baseline import Baseline
    from import_customs.model import Finding, Scope, Tree


def run(request: Request) -> Result:
    """Check the files of the request. Raises CheckError if that cannot be done."""
    with git.Objects(git.root(request.cwd)) as objects:
        try:
            return _run(objects, request)
        except git.ObjectMissing as error:
            raise error.as_error() from None


def _run(objects: git.Objects, request: Request) -> Result:
    root = objects.root
    request = request._replace(arguments=select.expanded(request.arguments, request.cwd))
    given = given_paths(root, request)
    scope = decide(root, given, request.asked)
    refuse_unknown_paths(root, request, given, scope)
    where = locations(root, request)

    def check(tree: Tree) -> Result:
        result = _checked(objects, request, given, scope, where, tree)
        more = _beyond_screen().with_unchecked_out(objects, tree) if result.errors else tree
        return result if more is tree else _checked(objects, request, given, scope, where, more)

    if scope.kind == "new" and scope.text == WORKTREE:
        return _checked_as_committed(objects, request, given, scope, check)
    return check(judged_tree(objects, request, given, scope))


def _checked_as_committed(
    objects: git.Objects, request: Request, given: Sequence[str], scope: Scope, check: Callable[[Tree], Result]
) -> Result:
    """Check the files on disk. If one that this rests on is not in the commit, check what the commit holds instead.

    Raises CheckError as the check does.
    """
    worktree = Worktree(objects.root)
    disk = Noted(worktree)
    result, error = None, None
    try:
        result = check(disk)
    except CheckError as raised:
        error = raised
    is_commit = request.asked.scope == "auto" and request.asked.since is None
    staged = {change.new for change in scope.changes if change.status not in "DU"} if is_commit else ()
    rests_on = disk.paths.difference(staged)
    if git.uncommitted(objects.root, rests_on, is_there=worktree.is_there, ignored=is_module_file):
        return check(judged_tree(objects, request, () if is_commit else given, scope, as_committed=True))
    if result is None:
        raise error or AssertionError
    return result


def _checked(
    objects: git.Objects, request: Request, given: Sequence[str], scope: Scope, where: Locations, tree: Tree
) -> Result:
    must_be_there(tree, where.requirements_files)
    changed_declaring = redeclaring(objects.root, scope, tree, where)
    baseline = _baseline(objects, scope, where, lists=True) if changed_declaring else None
    if taken := modules_taken(scope, tree):  # what a sparse checkout leaves out may import it
        tree = _beyond_screen().with_unchecked_out(objects, tree)
    state = _state(objects, request, scope, where, baseline.with_unchecked_out(tree) if baseline else tree)
    paths = _selected(request, given, scope, tree, state)
    judged, folders = paths, baseline.folders_losing(changed_declaring, state) if baseline else []
    if folders or taken:
        judged, paths = _beyond_screen().with_files_losing(state, scope, baseline, folders, paths, taken)
    stay = scope.kind == "all" and scope.text in (WORKTREE, INDEX)
    likely = _findings(state, judged, request, objects.root if stay else "")
    added = baseline.unknown_added(changed_declaring, state) if baseline else []
    nothing = Result([], [], len(paths), scope)
    if not (likely or state.outside or added or request.verbose):
        if scope.base != "HEAD":  # 0.5 ms, with zlib: too much for a clean commit
            providers.verify_used()
        return _with_notes(objects, nothing, request, state, paths, baseline)
    baseline = baseline or _baseline(objects, scope, where)
    if scope.kind == "new" and (likely or state.outside):
        baseline.begin(state)
    confirm = _beyond_screen()
    findings, missing, elsewhere = confirm.confirm(objects, request, scope, state, likely, baseline, added, taken)
    findings.sort(key=lambda one: (one.path, one.line, one.column, one.cell or (), one.module))
    found = nothing._replace(findings=findings, missing=missing, elsewhere=elsewhere)
    result = _with_notes(objects, found, request, state, paths, baseline)
    return result._replace(decisions=confirm.decisions(state, scope, paths)) if request.verbose else result


def _beyond_screen() -> ModuleType:
    """What confirms findings, and chooses the files that are looked at where a declaration is gone."""
    from import_customs.check import confirm  # 5 ms, while git works; most commits are clean

    return confirm


def _with_notes(
    objects: git.Objects,
    result: Result,
    request: Request,
    state: State,
    paths: Sequence[str],
    baseline: Baseline | None,
) -> Result:
    """The result with what could not be checked, and what is to be noted."""
    root = state.locations.root if state.locations else request.cwd
    of_names = (*_not_followed(request), *names_withheld(root, request, result.scope))
    for error in [*of_names, *judge.lacking_declarations(state, result.findings)]:
        keep_error(state, error)
    notes = [*state.warnings, *(baseline.notes if baseline else ())]
    if _tells_notes(request, result.scope) and (
        state.commented or request.requirements_files or any(one.config != Config() for one in projects_read(state))
    ):
        notes.extend(_beyond_screen().without_effect.notes(objects, request, result.scope, state, paths))
    errors = sorted(state.errors.values(), key=lambda error: (error.path, error.line, error.message))
    return result._replace(notes=notes, errors=errors, files=result.files - state.unchecked)


def _state(objects: git.Objects, request: Request, scope: Scope, where: Locations, tree: Tree) -> State:
    return State(
        tree,
        where,
        tracked=lambda: git.entries(objects.root, scope.text),
        begin=lambda: git.begin_entries(objects.root, scope.text),
        change=None if _tells_notes(request, scope) else (scope, objects.read, objects.begin),
    )


def _tells_notes(request: Request, scope: Scope) -> bool:
    return scope.kind == "all" or request.verbose or "CI" in request.asked.environment


# What the arguments name.


def given_paths(root: str, request: Request) -> list[str]:
    """The files that the arguments name, folders as the tracked files in them, of the state that is judged."""
    if request.typed:
        return [select.path_from_root(root, request.cwd, request.typed[0])]
    paths, entries = [], None
    named = [select.path_from_root(root, request.cwd, argument) for argument in request.arguments]
    if named and not request.asked.under_pre_commit and select.folds_case(root):
        entries = git.entries(root, judged_state(root, request.asked))
        named = select.as_git_spells(named, entries)
    for argument, path in zip(request.arguments, named, strict=True):
        there = os.path.join(request.cwd, argument)
        if os.path.isdir(there) and not os.path.islink(there):
            entries = entries or git.entries(root, judged_state(root, request.asked))
            paths.extend(select.paths_below(path, entries))
        else:
            paths.append(path)
    return list(dict.fromkeys(paths))


def refuse_unknown_paths(root: str, request: Request, given: Sequence[str], scope: Scope) -> None:
    """Raises CheckError for a given file that is neither on disk nor known to git; git knows a deleted one."""
    if request.asked.under_pre_commit or request.typed:
        return
    absent = [path for path in given if not os.path.lexists(os.path.join(root, path))]
    known = {*(change.old for change in scope.changes), *git.entries(root, scope.text)} if absent else set()
    for path in absent:
        if path not in known:
            raise CheckError("no such file", hint="check the spelling", path=path)


def _not_followed(request: Request) -> list[CheckError]:
    """An error for each argument that is a symlink to a folder; hook managers give none."""
    named = () if request.asked.under_pre_commit else map(os.path.normpath, request.arguments)
    there = ((name, os.path.join(request.cwd, name)) for name in named)
    links = (name for name, path in there if os.path.islink(path) and os.path.isdir(path))
    message = "is a symlink to a folder, and not followed"
    return [CheckError(message, hint="name that folder", path=name) for name in links]


def locations(root: str, request: Request) -> Locations:
    """Where evidence is looked for. Raises CheckError if there is nothing at the path of --python."""
    path = os.path.join(request.cwd, request.python) if request.python else None
    if path and not os.path.exists(path):
        raise CheckError("no such interpreter or environment", hint="check the path after --python", path=path)
    requirements_files = [select.path_from_root(root, request.cwd, file) for file in request.requirements_files]
    variables = request.asked.environment
    return Locations(root, variables, path, tuple(requirements_files), request.reads_environment)


# What git and the disk hold.


def judged_tree(
    objects: git.Objects, request: Request, given: Sequence[str], scope: Scope, *, as_committed: bool = False
) -> Tree:
    """The state of the files that is judged, with the text from standard input in its place.

    `as_committed`: of the files on disk those that the next commit holds, and the `given` ones.
    """
    if scope.text == WORKTREE and request.typed is None and not as_committed:
        return Worktree(objects.root)
    from import_customs.repository import commit  # 0.4 ms; most commits read the worktree and rest on nothing else

    if as_committed:
        tree: Tree = _beyond_screen().with_index(objects, commit.committed(objects, given))
        return tree
    return commit.state_of(objects, scope.text, (given[0], request.typed[1]) if request.typed else None)


def _selected(request: Request, given: Sequence[str], scope: Scope, tree: Tree, state: State) -> list[str]:
    """The Python files to look at. The given files stay the filter, whatever else the change holds."""
    changed = {change.new for change in scope.changes if change.status not in "DU"}
    if request.names_files:
        wanted: Collection[str] = [path for path in given if scope.kind == "all" or path in changed]
    elif scope.kind == "new":
        wanted = () if request.asked.under_pre_commit else sorted(changed)
    else:
        return select.tracked_python_files(state.tracked(), tree)
    return [path for path in wanted if select.is_python(path, tree)]


def redeclaring(root: str, scope: Scope, tree: Tree, where: Locations) -> set[str]:
    """The files that may carry declarations, or say where modules are, and that changed, came or went.

    In a merge, of what it brings as well.
    """
    if scope.kind == "all":
        return set()
    merged = git.merge_heads(root) if "MERGE_HEAD" in scope.bases else ()
    changes = [*scope.changes, *(change for head in merged for change in git.staged_differences(root, head))]
    paths = {path for change in changes for path in (change.old, change.new)}
    declaring = {path for path in paths if may_declare(path) or may_set(path)}
    read = Noted(tree)  # only the projects above a file can say whether they read it
    above = State(read, where, lenient=True)
    may_be_read = {path for path in paths if may_be_named(path)}
    for folder in {posixpath.dirname(path) for path in may_be_read}:
        project_of(above, folder)
    declaring |= may_be_read & read.paths
    leads_elsewhere = any(read.is_link(path) for path in read.paths if may_declare(path))
    others = may_be_read - declaring
    return declaring | (others if leads_elsewhere else {path for path in others if _may_state(tree, path)})


def _may_state(tree: Tree, path: str) -> bool:
    """Whether a project in another folder may read requirements from the file, which may be gone."""
    if not may_be_list(path):
        return False
    try:
        source = tree.read(path)
    except CheckError:
        return False
    return source is None or may_hold_requirements(source)


# What is judged.


def _findings(state: State, paths: Sequence[str], request: Request, root: str) -> list[Finding]:
    """The likely findings. With the first that no declaration settles, git begins to list what it does not track."""
    found: list[Finding] = []
    for done, path in enumerate(paths, start=1):
        try:
            source = state.tree.read(path)
            if source is not None and (of_file := judge.findings(state, path, source)):
                found.extend(of_file)
                if root and any(one.settled_by != "declaration" for one in of_file):
                    git.begin(git.UNTRACKED, root)
                    root = ""
        except git.GitFailed:
            raise
        except CheckError as error:  # of this file, or of its project; the others are checked all the same
            keep_error(state, error)
            state.unchecked += 1
        if request.progress:
            request.progress(done, len(paths))
    return found


def _baseline(objects: git.Objects, scope: Scope, where: Locations, *, lists: bool = False) -> Baseline:
    if lists and scope.base == "HEAD":  # git begins on what will be asked, while what asks it is loaded
        objects.begin()
        git.begin_entries(objects.root, scope.text)
    from import_customs.check.scope.baseline import Baseline  # 0.8 ms; most commits are clean and redeclare nothing

    return Baseline(objects, scope, where)
