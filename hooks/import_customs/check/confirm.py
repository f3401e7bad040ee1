"""Confirm likely findings: which of them stay, which the change introduces, and what would settle them."""

from __future__ import annotations

from collections.abc import Sequence

from import_customs import providers
from import_customs.check import verbose, without_effect
from import_customs.check.remedies.missing_declarations import missing_declarations
from import_customs.check.remedies.removed import Removals
from import_customs.check.remedies.stated_before import removed_from
from import_customs.check.remedies.stated_elsewhere import stated_elsewhere
from import_customs.check.rules import unknown_distribution
from import_customs.check.scope import Request
from import_customs.check.scope.baseline import Baseline
from import_customs.check.scope.concerned import files_concerned, files_governed
from import_customs.check.scope.moved import files_importing, naming_what_is_gone, where_gone
from import_customs.check.second_look import keep_ungoverned, still_found
from import_customs.check.state import State
from import_customs.check.unjudgeable import without_unjudgeable
from import_customs.model import Declaration, Finding, Project, Scope
from import_customs.model.outcome import Elsewhere, MissingDeclaration
from import_customs.model.value import NamedTuple
from import_customs.repository import git
from import_customs.repository.checked_out import with_index, with_unchecked_out

__all__ = ["confirm", "decisions", "with_files_losing", "with_index", "with_unchecked_out", "without_effect"]

TYPE_CHECKING = False
if TYPE_CHECKING:
    from import_customs.check.scope import Taken


def decisions(state: State, scope: Scope, paths: Sequence[str]) -> list[str]:
    """What was decided, a line each. It is asked last, for it judges all that passes once more."""
    return list(verbose.decisions(state, scope, paths))


def with_files_losing(
    state: State, scope: Scope, baseline: Baseline | None, folders: Sequence[str], paths: Sequence[str], taken: Taken
) -> tuple[list[str], list[str]]:
    """The paths to judge and those to look at, with files that lost a declaration, in these folders, or a module."""
    governed = files_governed(state, folders, paths) if baseline and folders else {}
    judged = [*paths, *(files_concerned(state, scope, baseline, governed) if baseline and governed else ())]
    judged += files_importing(state, taken, {*judged})
    return judged, list(dict.fromkeys([*paths, *governed, *judged]))


class Confirmed(NamedTuple):
    """The findings that are reported, and what would settle them."""

    findings: list[Finding]
    missing: Sequence[MissingDeclaration]
    elsewhere: Sequence[Elsewhere]


def confirm(
    objects: git.Objects,
    request: Request,
    scope: Scope,
    state: State,
    likely: list[Finding],
    baseline: Baseline,
    added: Sequence[tuple[Project, Declaration]],
    taken: Taken,
) -> Confirmed:
    """What stays of the likely findings, and what is found in the declarations `added`, of distributions not known.

    The findings of files that no project governs are kept as an error of the state. Raises IndexDamagedError.
    """

    def staying(found: list[Finding]) -> list[Finding]:
        new = baseline.without_old(found) if scope.kind == "new" else found  # first: a second look judges them again
        left = still_found(objects, scope, state, new) if new else []
        return baseline.introduced(left, state, removed_from) if left and scope.kind == "new" else left

    gone = where_gone(state, taken)
    findings = without_unjudgeable(state, [naming_what_is_gone(state, one, gone) for one in staying(likely)])
    if state.outside:
        outside = staying(state.outside)
        keep_ungoverned(objects.root, scope, state, outside, in_hook=request.asked.under_pre_commit)
    missing: Sequence[MissingDeclaration] = ()
    elsewhere: Sequence[Elsewhere] = ()
    if findings:
        findings, elsewhere = stated_elsewhere(state, findings, baseline.removed)
        removals = Removals(baseline.removed, baseline.new_imports)
        missing = missing_declarations(state, findings, removals)
    findings += unknown_distribution.findings(state, added)
    providers.verify_used()
    return Confirmed(findings, missing, elsewhere)
