"""Judge declarations: all of a tree, or those of which a change removed an import or which it adds."""

from __future__ import annotations

import posixpath
from collections.abc import Collection, Iterable, Mapping, Sequence

from import_customs.check import pipeline, without_effect
from import_customs.check.scope import Request
from import_customs.check.scope.baseline import Baseline
from import_customs.check.state import State, readable_project_of
from import_customs.check.uncovered.project_evidence import evidence_of
from import_customs.check.unused.dropped import Dropped, files_changed
from import_customs.check.unused.here import Here
from import_customs.check.unused.imported import dropped, find_imports, meets
from import_customs.check.unused.outcome import Outcome
from import_customs.check.unused.subject import Subject, subjects
from import_customs.check.unused.texts import Texts
from import_customs.check.unused.verdicts import Judged, in_doubt, judge, without_frozen, words_of
from import_customs.model import INDEX, WORKTREE, Locations, Project, Result, Scope, Tree
from import_customs.model.value import NamedTuple
from import_customs.project.local_projects import is_aside
from import_customs.repository import git, select
from import_customs.repository.checked_out import with_unchecked_out
from import_customs.repository.tree import Worktree

# What lies below such a folder is there to be tested, shown or copied.
_ASIDE = frozenset("tests testing fixtures testdata examples docs templates vendor".split())


class Lost(NamedTuple):
    """A declared distribution, and the first of its imports that the change removed."""

    subject: Subject
    was: Dropped


class Tracked:
    """The files that git tracks in the judged state, and which of them are Python."""

    def __init__(self, state: State, entries: Mapping[str, git.Entry]) -> None:
        self.state = state
        self.paths = [path for path, entry in entries.items() if git.regular_blob(entry)]
        self.submodules = [path for path, entry in entries.items() if git.is_submodule(entry)]
        self.python = select.tracked_python_files(entries, state.tree)
        self.texts = Texts(state.tree, self.paths, self.python)


def judge_tree(
    objects: git.Objects, request: Request, given: Sequence[str], scope: Scope, where: Locations, tree: Tree
) -> Result:
    """What comes of every declaration of the projects that govern the given files, or any file."""
    state, entries = _state(objects, scope, where, tree)
    outcome = Outcome(state, scope)
    files = _judge_all(state, given, entries, outcome)
    outcome.note(without_effect.options(request, state, list(entries)))
    return outcome.result(files)


def judge_change(
    objects: git.Objects, scope: Scope, where: Locations, tree: Tree, gone: Mapping[str, set[str]]
) -> Result:
    """What comes of the declarations whose imports the change removes, and of those that it adds.

    `gone` are the top-level modules that a file at the base may import, and imports less now, by its path.
    """
    state, entries = _state(objects, scope, where, tree)
    outcome = Outcome(state, scope)
    _judge_new(state, Baseline(objects, scope, where), scope, outcome, where, gone, entries)
    return outcome.result(files_changed(scope))


def _state(objects: git.Objects, scope: Scope, where: Locations, tree: Tree) -> tuple[State, Mapping[str, git.Entry]]:
    entries = git.entries(objects.root, scope.text)
    return State(with_unchecked_out(objects, tree), where, tracked=lambda: entries), entries


def _judge_all(state: State, given: Sequence[str], entries: Mapping[str, git.Entry], outcome: Outcome) -> int:
    """Judge every declaration of the projects that govern the given files, or any file; the number of files read."""
    tracked = Tracked(state, entries)
    of = given or tracked.python
    folders = dict.fromkeys(map(posixpath.dirname, of))
    found = (readable_project_of(state, folder) for folder in folders)
    projects = {one.path: one for one in found if one and one.path and not is_aside(one.folder, "")}
    for project in projects.values():
        wanted = list(subjects(state, project))
        judged = without_frozen(wanted, _judge(tracked, project, wanted, is_change=False))
        for subject, one in zip(wanted, judged, strict=True):
            outcome.add_standing(subject, one)
        for declaration in project.declarations if not project.unread else ():
            outcome.add_never_installed(project, declaration, is_new=False)
        outcome.note_unused_ignores(project, wanted, judged)
    outcome.note_unsearched(tracked.texts.too_large)
    return len(tracked.python)


def _judge_new(
    state: State,
    baseline: Baseline,
    scope: Scope,
    outcome: Outcome,
    where: Locations,
    gone: Mapping[str, set[str]],
    entries: Mapping[str, git.Entry],
) -> None:
    bases = baseline.states()
    lost = _lost(state, bases[0], gone) if bases else []
    paths = pipeline.redeclaring(where.root, scope, state.tree, where) if bases else set()
    added = baseline.declarations_added(paths, state) if paths else []
    for project, declaration in baseline.declarations_changed(paths, state) if paths else ():
        if declaration.marker:
            outcome.add_never_installed(project, declaration, is_new=True)
    if lost or added:
        tracked = Tracked(state, entries)
        for project, ones in _by_project(lost):
            judged = _judge(tracked, project, [one.subject for one in ones], is_change=True)
            judged = _with_untracked(judged, [one.subject for one in ones], scope, where)
            for one, verdict in zip(ones, judged, strict=True):
                outcome.add_lost(one.subject, verdict, one.was, is_merge=len(bases) > 1)
        names = {(project.path, one.name) for project, one in added}
        for project in {project.path: project for project, _ in added if project.path}.values():
            wanted = [one for one in subjects(state, project) if (project.path, one.name) in names]
            for subject, verdict in zip(wanted, _judge(tracked, project, wanted, is_change=False), strict=True):
                outcome.add_added(subject, verdict)


def _lost(state: State, before: State, gone: Mapping[str, set[str]]) -> list[Lost]:
    """The declarations of which the change removes an import; each once, with the first such import."""
    found: dict[tuple[str, str], Lost] = {}
    known: dict[str, list[Subject]] = {}
    for path, tops in sorted(gone.items()):
        folder = posixpath.dirname(path)
        project, old = readable_project_of(state, folder), readable_project_of(before, folder)
        if project is None or old is None or not project.path:
            continue
        if project.path not in known:
            known[project.path] = list(subjects(state, project))
        likely = [one for one in known[project.path] if one.name in old.declared and tops & one.tops]
        for one in dropped(before.tree, path, tops) if likely else ():
            for subject in likely:
                if meets(subject, one.module) is True:
                    found.setdefault((project.path, subject.name), Lost(subject, one))
    return list(found.values())


def _by_project(lost: Iterable[Lost]) -> list[tuple[Project, list[Lost]]]:
    found: dict[str, list[Lost]] = {}
    for one in lost:
        found.setdefault(one.subject.project.path, []).append(one)
    return [(ones[0].subject.project, ones) for ones in found.values()]


def _judge(tracked: Tracked, project: Project, wanted: Collection[Subject], *, is_change: bool) -> list[Judged]:
    """The verdicts. Imports are looked for first; the text files are searched for what has none."""
    state = tracked.state
    imported, unread = find_imports(state, tracked.python, wanted)
    left = [one for one in wanted if one.name not in imported]
    if not left:
        return [Judged("used", tuple(imported[one.name])) for one in wanted]
    here = here_of(tracked, project, is_change=is_change)
    here.imported = imported
    here.holding = tracked.texts.holding({word for one in left for word in words_of(one)})
    judged = [judge(here, one) for one in wanted]
    if unread or tracked.submodules:
        why = f"{unread[0]} cannot be read" if unread else f"the submodule {tracked.submodules[0]} may use it"
        judged = [one if one.verdict == "used" else in_doubt(one, why) for one in judged]
    return judged


def _with_untracked(judged: list[Judged], wanted: Sequence[Subject], scope: Scope, where: Locations) -> list[Judged]:
    """The verdicts; what an untracked file imports is in doubt, for the file may only have been forgotten."""
    open_ones = [one for one, verdict in zip(wanted, judged, strict=True) if verdict.verdict == "unused"]
    if not open_ones or scope.text not in (INDEX, WORKTREE):
        return judged
    paths = [path for path in git.untracked_paths(where.root) if path.endswith((".py", ".pyi", ".ipynb"))]
    met = find_imports(State(Worktree(where.root), where), paths, open_ones).met
    why = {
        name: f"{uses[0].path} imports it, and is not staged: `git add {uses[0].path}`" for name, uses in met.items()
    }
    return [
        in_doubt(verdict, why[one.name]) if one in open_ones and one.name in why else verdict
        for one, verdict in zip(wanted, judged, strict=True)
    ]


def here_of(tracked: Tracked, project: Project, *, is_change: bool) -> Here:
    """The project, with its lock file and environment."""
    evidence = evidence_of(tracked.state, project).evidence
    return Here(project, evidence, tracked.texts, tracked.paths, is_change=is_change)
