"""Decide of a declaration whether it is used, unsure or unused, and say why."""

from __future__ import annotations

from collections.abc import Sequence

from import_customs.check.unused.here import Here
from import_customs.check.unused.subject import Subject
from import_customs.check.unused.uses import UNSURE, USED
from import_customs.model.unused import Use, Verdict
from import_customs.model.value import NamedTuple

_FROZEN = 20  # declarations that nothing uses
_FROZEN_SHARE = 4  # where each fourth is one
_MOST_NAMED = 3  # distributions in a sentence


class Judged(NamedTuple):
    """What came of one distribution."""

    verdict: Verdict
    uses: tuple[Use, ...] = ()  # what makes it used, or unsure
    why: str = ""  # a clause; "" for what is unused


def words_of(subject: Subject) -> set[str]:
    """All words that are searched for in text files on its behalf."""
    return {word for kind in USED for word in kind.words(subject)}


def judge(here: Here, subject: Subject) -> Judged:
    """The verdict; the first kind of use that is found decides."""
    for kind in USED:
        found = next(kind.uses(here, subject), None)
        if found:
            return Judged("used", (found,))
    uses = tuple(use for kind in UNSURE for use in kind.uses(here, subject))
    if not uses:
        return Judged("unused")
    via = tuple(use.what for use in uses if use.kind == "required" and use.what and " " not in use.what)
    return Judged("unsure", uses, _why(uses, via))


def in_doubt(judged: Judged, why: str) -> Judged:
    """The same, but unsure for that reason."""
    return judged._replace(verdict="unsure", why=judged.why or why)


def without_frozen(wanted: Sequence[Subject], judged: Sequence[Judged]) -> list[Judged]:
    """The verdicts; where a large part of the runtime declarations is unused, that part is in doubt: a frozen list."""
    at_run_time = [any(one.place.kind == "runtime" for one in subject.declarations) for subject in wanted]
    unused = sum(one.verdict == "unused" for one, counts in zip(judged, at_run_time, strict=True) if counts)
    if unused < _FROZEN or unused * _FROZEN_SHARE < sum(at_run_time):
        return list(judged)
    why = f"the list seems to have what others require: nothing uses {unused} of it"
    return [
        in_doubt(one, why) if one.verdict == "unused" and counts else one
        for one, counts in zip(judged, at_run_time, strict=True)
    ]


def every_use(here: Here, subject: Subject) -> list[Use]:
    """The uses of all kinds, those that show it and those that leave it open."""
    return [use for kind in (*USED, *UNSURE) for use in kind.uses(here, subject)]


def _why(uses: tuple[Use, ...], via: tuple[str, ...]) -> str:
    if via:
        more = f" and {len(via) - _MOST_NAMED} more" if len(via) > _MOST_NAMED else ""
        return f"it still arrives through {', '.join(via[:_MOST_NAMED])}{more}"
    first = uses[0]
    if first.kind == "optional" and " " not in first.what:
        host = first.what.partition("[")[0]
        return f"{host} can use it" + (f" ({first.what})" if first.what != host else "")
    return first.what or "its bound may be for what another distribution requires"
