"""Find out which findings the change introduces, and which declarations it takes away.

A finding is new unless the base already had one for that module in that file, under the base's own declarations. A
renamed or copied file keeps the findings of its old path, if that was checked.
"""

from __future__ import annotations

import posixpath
from collections import defaultdict
from functools import cached_property

from import_customs import providers
from import_customs.check import judge
from import_customs.check.scope import redeclared, renamed
from import_customs.check.state import State, project_if_readable, project_of, readable_project_of
from import_customs.imports import read_source
from import_customs.model import INDEX, NO_PROJECT, PYPROJECT, WORKTREE, CheckError, TooLarge
from import_customs.model.names import top
from import_customs.model.requirement import Name
from import_customs.project import may_be_named, may_declare
from import_customs.project.workspace import members_of
from import_customs.repository import git, revisions, select
from import_customs.repository.checked_out import with_unchecked_out
from import_customs.repository.snapshot import Snapshot

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

    from import_customs.check.remedies.stated_before import Removed
    from import_customs.model import Declaration, Finding, Locations, Project, Scope, Tree

    RemovedFrom = Callable[[Tree, Project, Name], list[Removed]]
    Had = Mapping[tuple[str, str], Collection[Finding]]  # today's path and the module -> the base's findings

_LACKING = "this partial clone lacks what the file was before"


class Baseline:
    """The states that "new" is measured against: HEAD, in a merge the other parents as well, or a revision."""

    def __init__(self, objects: git.Objects, scope: Scope, locations: Locations) -> None:
        self.notes: dict[str, None] = {}  # what of the base could not be read
        self.removed: dict[tuple[str, str], list[Removed]] = {}  # by project and name: what the findings are due to
        self.new_imports: set[tuple[str, str]] = set()  # of that: each a file and a module that it did not import
        self._judged_whole: set[str] = set()  # the files of which that is so
        self._locations = locations
        self._objects = objects
        self._scope = scope
        self._states: dict[str, State] = {}
        self._entries: dict[str, Mapping[str, git.Entry]] = {}  # by commit
        self._renamed: dict[str, dict[str, str]] = {}  # by commit: what was called otherwise, or changed
        self._found: dict[tuple[str, str], list[Finding]] = {}  # by commit and today's path of a file
        self._readers: dict[tuple[str, frozenset[str]], list[str]] = {}  # by commit and paths
        self._redeclaring: dict[str, frozenset[str]] = {}  # by commit: the changed files that may have declared there

    def with_unchecked_out(self, tree: Tree) -> Tree:
        """Today's state, with what a sparse checkout leaves out: a changed declaration may matter there too."""
        return with_unchecked_out(self._objects, tree)

    def begin(self, now: State) -> None:
        """List the first base, or let git begin to, while the caller works; an error is told when that is asked for."""
        try:
            first = next(iter(self._commits), None)
            if not first or first in self._states:
                return
            root, scope = self._objects.root, self._scope
            is_head = scope.base == "HEAD" and scope.text in (WORKTREE, INDEX)
            known = revisions.entries_of_head(root, now.tracked(), scope.changes) if is_head else None
            if known is None:
                git.begin_entries(root, first)
            else:
                self._remember(first, known)
        except CheckError:
            pass

    def states(self) -> list[State]:
        """The states themselves; none before the first commit. Raises CheckError if a base cannot be read."""
        return [self._state(commit) for commit in self._commits]

    def introduced(self, findings: list[Finding], now: State, removed_from: RemovedFrom) -> list[Finding]:
        """The findings that none of the bases had; `removed_from` tells of each what a base declared.

        Raises CheckError if a base cannot be read.
        """
        new = self.without_old(findings)
        return [self._with_doubt(self._naming_what_is_removed(finding, now, removed_from), now) for finding in new]

    def without_old(self, findings: list[Finding]) -> list[Finding]:
        """The findings that none of the bases had. Raises CheckError if a base cannot be read."""
        left = iter(self._commits if findings else ())
        while findings and (commit := next(left, None)):
            had = self._found_before(commit, {finding.path for finding in findings})
            findings = [finding for finding in findings if not _is_old(finding, had)]
        return findings

    def folders_losing(self, paths: Collection[str], now: State) -> list[str]:
        """The folders whose project may cover less than in one of the bases, because one of these files changed.

        Raises CheckError if the base cannot be read.
        """
        self.begin(now)
        return [folder for commit in self._commits for folder in self._folders_losing(commit, paths, now)]

    def unknown_added(self, paths: Collection[str], now: State) -> list[tuple[Project, Declaration]]:
        """Of `declarations_added` those of distributions that the index does not know."""
        return [one for one in self.declarations_added(paths, now) if not providers.is_known(one[1].name)]

    def declarations_added(self, paths: Collection[str], now: State) -> list[tuple[Project, Declaration]]:
        """The declarations in these files, each with its project, of what none of the bases declares there."""
        found: dict[tuple[str, str], tuple[Project, Declaration]] = {}
        for project, before in self._reading(paths, now):
            known = {one.name for one in before}
            for one in project.declarations:
                if one.path in paths and one.name not in known:
                    found.setdefault((one.path, one.name), (project, one))
        return list(found.values())

    def declarations_changed(self, paths: Collection[str], now: State) -> list[tuple[Project, Declaration]]:
        """The declarations in these files, each with its project, that no base has with that marker and place."""
        found: dict[Declaration, tuple[Project, Declaration]] = {}
        for project, before in self._reading(paths, now):
            known = {one._replace(line=0) for one in before}
            changed = [one for one in project.declarations if one.path in paths and one._replace(line=0) not in known]
            for one in changed:
                found.setdefault(one, (project, one))
        return list(found.values())

    def _reading(self, paths: Collection[str], now: State) -> Iterator[tuple[Project, list[Declaration]]]:
        """Today's projects that read one of these files, and what the bases declared there."""
        reading = (folder for commit in self._commits for folder in self._folders_reading(commit, paths))
        for folder in sorted({*map(posixpath.dirname, paths), *reading}):
            project = _project_now(now, folder) or NO_PROJECT
            before = [self._project_before(self._state(commit), folder) or NO_PROJECT for commit in self._commits]
            yield project, [one for each in before for one in each.declarations]

    def _folders_losing(self, commit: str, paths: Collection[str], now: State) -> list[str]:
        before, folders = self._state(commit), self._folders_reading(commit, paths)
        projects = {one: (self._project_before(before, one), _project_now(now, one)) for one in folders}
        lost = [one for one, (old, new) in projects.items() if old is None or redeclared.loses(old, new or now.of_none)]
        lost += redeclared.folders_left(before, (projects[one] for one in lost))
        lost += redeclared.folders_of_editors(before, now, paths)
        asking = redeclared.folders_asking(
            before, self._entries[commit], (old or NO_PROJECT for one, (old, _) in projects.items() if one in lost)
        )
        roots = (project for folder in lost for project in projects.get(folder, ()) if project)
        return [*lost, *asking, *(member for root in roots for member in members_of(now.tree, root))]

    def _folders_reading(self, commit: str, paths: Collection[str]) -> list[str]:
        """The folders of these files, and those of the base's projects that read one of them, or what a link leads to.

        A project that reads one only now has changed itself, or a file that it read before has.
        """
        key = commit, frozenset(paths)
        if key not in self._readers:
            reading = redeclared.folders_reading(self._state(commit), self._entries[commit], paths)
            linked = redeclared.folders_with_links(self._entries[commit])
            self._readers[key] = sorted({*map(posixpath.dirname, paths), *reading, *linked})
        return self._readers[key]

    @cached_property
    def _commits(self) -> list[str]:
        return list(dict.fromkeys(_commits(self._objects, self._scope.bases)))

    def _state(self, commit: str) -> State:
        if commit not in self._states:
            self._remember(commit, git.revision_entries(self._objects.root, commit))
        return self._states[commit]

    def _remember(self, commit: str, entries: Mapping[str, git.Entry]) -> None:
        self._entries[commit] = entries
        tree = Snapshot(self._objects, entries)
        self._states[commit] = State(tree, self._locations, lenient=True, tracked=lambda: entries)

    def _project_before(self, before: State, folder: str) -> Project | None:
        """What governed a folder, which may declare nothing; None if a partial clone lacks it."""
        try:
            found = project_of(before, folder) or NO_PROJECT
            return before.of_none if found is NO_PROJECT else found
        except git.ObjectMissing:
            self._note_absent(posixpath.join(folder, PYPROJECT))
            return None

    def _found_before(self, commit: str, paths: Collection[str]) -> Had:
        """What the base found in these files; nothing in a file that a partial clone lacks."""
        old_paths = self._old_paths(commit)
        had: dict[tuple[str, str], list[Finding]] = defaultdict(list)
        for path in sorted(paths):
            try:
                if (commit, path) not in self._found:
                    self._found[commit, path] = self._findings_at(commit, old_paths.get(path, path), path)
            except git.ObjectMissing:
                self._note_absent(path)
                continue
            except TooLarge:  # nothing was found in it
                continue
            for finding in self._found[commit, path]:
                had[path, finding.module].append(finding)
        return had

    def _findings_at(self, commit: str, old: str, path: str) -> list[Finding]:
        """The base's findings in the file that was `old` and is now `path`; none if it was not checked.

        If no project governed the old path, the base did not check the file: its findings are new. They are old only if
        no project governed the new path in the base either.
        """
        state = self._state(commit)
        source = state.tree.read(old) if select.is_python(old, state.tree) else None
        found = [] if source is None else judge.findings(state, old, source)
        is_adopted = old == path or project_of(state, posixpath.dirname(path)) is NO_PROJECT
        return [finding for finding in found if finding.project or is_adopted]

    def _old_paths(self, commit: str) -> dict[str, str]:
        """By the path of today: what the file was called in that base. Holds only what the change touches."""
        if commit not in self._renamed:
            is_first = commit == self._commits[0]
            changes = self._scope.changes if is_first else git.staged_differences(self._objects.root, commit)
            self._renamed[commit] = {change.new: change.old for change in changes}
            paths = self._renamed[commit].values()
            self._redeclaring[commit] = frozenset(one for one in paths if may_declare(one) or may_be_named(one))
        return self._renamed[commit]

    def _naming_what_is_removed(self, finding: Finding, now: State, removed_from: RemovedFrom) -> Finding:
        """The finding; if this change removes what declared its module, it says so: the import may be an old one."""
        project = readable_project_of(now, posixpath.dirname(finding.path)) or NO_PROJECT
        if not finding.is_declared_nowhere or finding.project != project.path:  # not so of a script's own
            return finding
        for commit in self._commits:
            old = posixpath.dirname(self._old_paths(commit).get(finding.path, finding.path))
            if not self._redeclaring[commit]:
                continue
            before = self._project_before(self._state(commit), old) or NO_PROJECT
            today = project_if_readable(now, before.folder) or NO_PROJECT  # another one may govern the file by now
            removed = before.declared - project.declared - project.built_with - today.declared
            name = redeclared.provider_among(removed, finding, before) if removed else None
            stating = next((one.path for one in before.declarations if one.name == name), "")
            if name and stating in self._redeclaring[commit]:
                key = finding.project, name
                if key not in self.removed:
                    self.removed[key] = removed_from(self._state(commit).tree, before, Name(name))
                if not self._imported_before(commit, finding):
                    self.new_imports.add((finding.path, finding.module))
                return redeclared.of_removed(finding, name, stating, is_known=bool(self.removed[key]))
        return finding

    def _imported_before(self, commit: str, finding: Finding) -> bool:
        """Whether the file imported the module in that base, as far as it can be read there."""
        path = self._old_paths(commit).get(finding.path, finding.path)
        try:
            source = self._state(commit).tree.read(path)
        except (git.ObjectMissing, TooLarge):
            return True
        modules = read_source(path, source).screened()[0] if source is not None else set()
        return top(finding.module) in map(top, modules)

    def _with_doubt(self, finding: Finding, now: State) -> Finding:
        """The finding, which says if it may be an old one, and if it is exempt under an old path."""
        old_paths = [paths.get(finding.path, finding.path) for paths in self._renamed.values()]
        doubt = f"; it may be old, for {_LACKING}" if finding.path in self._judged_whole else ""
        return renamed.naming_exemption(finding._replace(message=finding.message + doubt), old_paths, now)

    def _note_absent(self, path: str) -> None:
        """Say that a file is judged whole. Raises CheckError if the clone is none that may lack files."""
        if not revisions.is_partial(self._objects.root):
            raise CheckError(
                "git cannot read what it was before this change", hint="see what `git fsck` says", path=path
            )
        self.notes[f"{path}: judged whole, for {_LACKING}"] = None
        self._judged_whole.add(path)


def _commits(objects: git.Objects, names: Iterable[str]) -> Iterator[str]:
    for name in names:
        if name == "MERGE_HEAD":
            yield from git.merge_heads(objects.root)
            continue
        quickly = objects.commit_id(name) if name == "HEAD" else None  # by the process that runs already: 3 ms
        if found := quickly or revisions.commit_id(objects.root, name):
            yield found


def _project_now(now: State, folder: str) -> Project | None:
    """Today's project of a folder where declarations changed. If it cannot be read, that is told where it governs code.

    Fixtures are broken on purpose.
    """
    if found := project_if_readable(now, folder):
        return found
    prefix = f"{folder}/" if folder else ""
    governs = any(f"{one}/".startswith(prefix) for one in now.tracked_python())
    return readable_project_of(now, folder) if governs else None


def _is_old(finding: Finding, had: Had) -> bool:
    """Whether the base had the finding, or that the module is declared nowhere, which is worse."""
    before = had.get((finding.path, finding.module), ())
    return any(one.rule == finding.rule or one.is_declared_nowhere for one in before)
