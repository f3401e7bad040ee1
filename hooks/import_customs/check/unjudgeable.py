"""Set apart the imports that what cannot be read of their project may declare: each such project is one error.

Only findings get here. Everything else is reported as ever.
"""

import posixpath
from collections.abc import Sequence

from import_customs.check.state import State, keep_error
from import_customs.model import PYPROJECT, CheckError, Finding, Project
from import_customs.model.sentence import enumerated
from import_customs.project.purpose import declaring_file, group_of_file, plainness, shared_purpose
from import_customs.project.requirements_kept import requirements_kept

_MOST_NAMED = 10  # modules, each with a place


def without_unjudgeable(state: State, findings: Sequence[Finding]) -> list[Finding]:
    """The findings that hold whatever is unread; an error is kept for each project with others."""
    projects = (*state.projects.values(), *state.of_kept.values())
    known = {one.path: one for one in projects if isinstance(one, Project) and one.unread}
    left: dict[str, list[Finding]] = {}
    holding = []
    for finding in findings:
        if finding.project in known and may_be_declared(finding):
            left.setdefault(finding.project, []).append(finding)
        else:
            holding.append(finding)
    for path, mine in sorted(left.items()):
        keep_error(state, _error(state, known[path], mine))
    return holding


def may_be_declared(finding: Finding) -> bool:
    """Whether a declaration could settle the finding."""
    return not finding.uncommitted and (finding.is_declared_nowhere or bool(finding.providers))


def _error(state: State, project: Project, findings: Sequence[Finding]) -> CheckError:
    path, line, why = project.unread or (project.path, 0, "")
    first: dict[str, Finding] = {}
    for one in sorted(findings, key=lambda one: (one.path, one.line, one.column)):
        first.setdefault(one.module, one)
    modules = [f"`{one.module}` ({one.path}:{one.line})" for one in first.values()]
    listed = enumerated(modules, most=_MOST_NAMED)
    hint, below = _settling(state, project, findings, path, is_computed="computed" in why)
    return CheckError(
        f"its dependencies cannot be read: they {why}; {listed} may be among them",
        hint=hint,
        below=below,
        path=path,
        line=line,
    )


def _settling(
    state: State, project: Project, findings: Sequence[Finding], path: str, *, is_computed: bool
) -> tuple[str, list[str]]:
    """What settles it: a literal where it is computed, or the requirements files that people keep beside it.

    A hint, and what to paste below it.
    """
    mending = "write what is missing there as a literal" if is_computed else "mend the file"
    literal = f"{mending}, or " if path.endswith((".py", ".cfg")) else ""
    kept = requirements_kept(state.tree, project.folder)
    read = {declaration.path for declaration in project.declarations}
    counting = [one for one in kept if one in read]
    if counting:
        meant = declaring_file(project, shared_purpose(state.tree, project, findings)).path
        plainest = min(counting, key=lambda one: (group_of_file(one) != "", plainness(one)))
        return f"{literal}add it to {meant if meant in counting else plainest}", []
    listed = ", ".join(f'"{posixpath.relpath(one, project.folder or ".")}"' for one in kept) or '"…"'
    setting = ["", "    [tool.import-customs]", f"    requirements-files = [{listed}]"]
    naming = f"name the files that state them, in its {PYPROJECT}:"
    return (literal.removesuffix(" or "), [f"or {naming}", *setting]) if literal else (naming, setting)
