"""Gather what the search says: findings that block, what is told, notes on what keeps a declaration in vain."""

import posixpath
from collections.abc import Iterable, Sequence

from import_customs.check.rules.rule import finding_of_declaration
from import_customs.check.state import State
from import_customs.check.unused.dropped import Dropped
from import_customs.check.unused.keep import Kept, comments_in, ignored_by, is_named, kept_by, lines_of
from import_customs.check.unused.markers import never_holds
from import_customs.check.unused.pages import NEVER_INSTALLED, UNUSED
from import_customs.check.unused.removable import removable
from import_customs.check.unused.subject import Subject
from import_customs.check.unused.verdicts import Judged
from import_customs.model import PYPROJECT, Declaration, Finding, Project, Result, Scope
from import_customs.model.unused import Told, Verdict

_REMOVE = {"uv": "uv remove", "poetry": "poetry remove", "pdm": "pdm remove"}


class Outcome:
    """What comes of the declarations of one state, gathered one by one."""

    def __init__(self, state: State, scope: Scope) -> None:
        self._state = state
        self._scope = scope
        self._findings: list[Finding] = []
        self._told: list[Told] = []
        self._lines: dict[str, Sequence[str]] = {}  # by file
        self._notes: dict[str, None] = {}
        self._met: set[Kept] = set()  # comments that keep something

    def add_lost(self, subject: Subject, judged: Judged, was: Dropped, *, is_merge: bool) -> None:
        """A declaration whose import the change removed; in a merge either side may have done so before."""
        if judged.verdict == "used":
            return
        this = "this commit" if self._scope.base == "HEAD" else "this change"
        if judged.verdict == "unused" and not is_merge:
            message = f"`{subject.name}` is declared, and {this} removed its last import ({was.path}:{was.line})"
            self._block(subject, message)
        else:
            why = judged.why or "in a merge either side may have removed it"
            self._tell(subject, judged, f"last import removed; {why}")

    def add_added(self, subject: Subject, judged: Judged) -> None:
        """A declaration that the change adds: people declare first, and write the code in the next commit."""
        if judged.verdict != "unused":
            return
        if subject.project.config.added == "block":
            self._block(subject, f"`{subject.name}` is declared newly, and nothing uses it")
        else:
            self._tell(subject, judged, "declared newly, and nothing uses it yet")

    def add_standing(self, subject: Subject, judged: Judged) -> None:
        """A declaration that stands, whatever changed."""
        if judged.verdict == "used":
            return
        if judged.verdict == "unused" and subject.project.config.unused == "block":
            self._block(subject, f"`{subject.name}` is declared, and nothing uses it")
        else:
            self._tell(subject, judged, judged.why or "nothing uses it")

    def add_never_installed(self, project: Project, declaration: Declaration, *, is_new: bool) -> None:
        """A declaration whose marker never holds; one that stands blocks only where what is unused does."""
        if not never_holds(declaration.marker, project.requires_python) or ignored_by(project, declaration.name):
            return
        if kept := kept_by(self._lines_of(declaration.path), declaration):
            self._met.add(kept)
            return
        nowhere = "no supported Python and no platform meets"
        message = f"`{declaration.name}` is installed nowhere: {nowhere} `{declaration.marker}`"
        if is_new or project.config.unused == "block":
            remedy = "correct the marker, or take it out"
            self._findings.append(self._finding(NEVER_INSTALLED, project, declaration, message, remedy))
        else:
            why = f"never installed: {nowhere} `{declaration.marker}`"
            one = declaration
            told = Told(one.path, one.line, one.name, str(one.place), "unused", why, (), project.path)
            self._told.insert(0, told)  # it says more than that nothing uses it

    def note_unused_ignores(self, project: Project, wanted: Sequence[Subject], judged: Sequence[Judged]) -> None:
        """Note the entries and comments that keep nothing: what they name is used, or not declared."""
        needed = {one.name for one, verdict in zip(wanted, judged, strict=True) if verdict.verdict != "used"}
        for entry in project.config.unused_ignore:
            if not any(is_named(name, entry) for name in needed):
                self._notes[f"{project.path}: unused ignore: nothing needs `{entry}` of unused-ignore"] = None
        met = {(kept.path, kept.line) for kept in self._met}
        for path in dict.fromkeys(one.path for one in project.declarations):
            for line in comments_in(self._lines_of(path)):
                if (path, line) not in met:
                    self._notes[f"{path}:{line}: unused ignore: the comment keeps what is used, or nothing"] = None

    def note(self, sentences: Iterable[str]) -> None:
        self._notes.update(dict.fromkeys(sentences))

    def note_unsearched(self, paths: Iterable[str]) -> None:
        """Note the files that were not searched."""
        self._notes.update(dict.fromkeys(f"{path}: was not searched, for it is too large" for path in paths))

    def result(self, files: int) -> Result:
        """All of it, by path and line."""
        errors = sorted(self._state.errors.values(), key=lambda error: (error.path, error.line, error.message))
        blocking = {(one.path, one.line, one.column, one.distribution): one for one in self._findings}
        findings = [blocking[place] for place in sorted(blocking)]
        others = {(one.path, one.line, one.distribution): one for one in reversed(self._told)}
        told = [others[place] for place in sorted(others)]
        made = Result(findings, list(self._notes), files, self._scope, errors=errors, told=told)
        if not findings:
            return made
        return made._replace(removable=list(removable(self._state, findings)))

    def _block(self, subject: Subject, message: str) -> None:
        for declaration in self._not_kept(subject):
            remedy = _remedy(subject.project, declaration, self._line(declaration))
            self._findings.append(self._finding(UNUSED, subject.project, declaration, message, remedy))

    def _finding(self, rule: str, project: Project, declaration: Declaration, message: str, remedy: str) -> Finding:
        return finding_of_declaration(rule, project.path, declaration, self._line(declaration), message, remedy)

    def _tell(self, subject: Subject, judged: Judged, why: str) -> None:
        verdict: Verdict = "unsure" if judged.verdict == "unsure" else "unused"
        self._told.extend(
            Told(one.path, one.line, one.name, str(one.place), verdict, why, judged.uses, subject.project.path)
            for one in self._not_kept(subject)
        )

    def _not_kept(self, subject: Subject) -> list[Declaration]:
        """The declarations that no comment and no entry keeps. If one of several is kept, so are all: it is needed."""
        kept = [one for one in (kept_by(self._lines_of(one.path), one) for one in subject.declarations) if one]
        self._met.update(kept)
        for one in kept:
            if not one.reason:
                self._notes[f"{one.path}:{one.line}: `keep` without a reason: say why, `keep, REASON`"] = None
        return [] if kept or ignored_by(subject.project, subject.name) else list(subject.declarations)

    def _line(self, declaration: Declaration) -> str:
        lines = self._lines_of(declaration.path)
        return lines[declaration.line - 1] if declaration.line <= len(lines) else ""

    def _lines_of(self, path: str) -> Sequence[str]:
        if path not in self._lines:
            self._lines[path] = lines_of(self._state, path)
        return self._lines[path]


def _remedy(project: Project, declaration: Declaration, line: str) -> str:
    """What to do: the tool's own command where it has one for that place.

    No comment is offered where the line does not state it, as in a setup.py that splits a text.
    """
    is_there = declaration.name in line.lower().replace("_", "-").replace(".", "-")
    kept_by = "# import-customs: keep, REASON" if is_there else f'unused-ignore = ["{declaration.name}"]'
    keep = f"or keep it: {kept_by}"
    if posixpath.basename(declaration.path) != PYPROJECT:
        return f"take it out, {keep}"
    command, place = _REMOVE.get(project.tool or "", ""), declaration.place
    options = {"runtime": ""}
    if project.tool == "uv":
        options |= {"group": f" --group {place.name}", "extra": f" --optional {place.name}"}
    if not command or place.kind not in options:
        return f"take it out, {keep}"
    return f"take it out (`{command} {declaration.name}{options[place.kind]}`), {keep}"
