"""Say what came of a replay of past commits."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

from import_customs.model import CheckError
from import_customs.model.history import Blocked, Commit, Failed, History
from import_customs.report import counted, printable

_MOST = 100  # that are listed
_MOST_REASONS = 10  # for which commits could not be checked
_MOST_COMMITS = 3  # that are named of each
_SHORT = 10  # characters of a commit's id


def render(history: History, asked: int, *, is_whole: bool) -> str:
    """The report. `asked` commits were to be replayed; it is not whole where that was interrupted."""
    commits = history.commits
    if not commits:
        return "no commit was replayed\n"
    first, last = history.commits[0], history.commits[-1]
    replayed = f"replayed {counted(len(history.commits), 'commit')}, {_day(first)} to {_day(last)}"
    lines = [f"{replayed}: {history.blocked_commits} would have been blocked", ""]
    lines.extend(_row(one) for one in history.blocked[:_MOST])
    if (more := len(history.blocked) - _MOST) > 0:
        lines.append(f"and {more} more")
    if history.blocked:
        lines.extend(["", _declared(history.blocked)])
    if history.failed:
        lines.extend(["", *_failed(history.failed)] if history.blocked else _failed(history.failed))
    lines.extend(_remarks(history, asked, is_whole=is_whole))
    return "".join(f"{line}\n" for line in lines)


def _row(one: Blocked) -> str:
    """Such as `celery: declared 41 days later; 3 commits blocked, the first 3f2a1b9c07 (2026-01-05, a.py:3)`."""
    outcome = "not declared since" if one.days is None else f"declared {counted(one.days, 'day')} later"
    first = f"{one.commit.id[:_SHORT]} ({_day(one.commit)}, {printable(one.first.path)}:{one.first.line})"
    blocked = f"1 commit blocked, {first}" if one.commits == 1 else f"{one.commits} commits blocked, the first {first}"
    return f"{printable(one.name)}: {outcome}; {blocked}"


def _declared(blocked: tuple[Blocked, ...]) -> str:
    days = sorted(one.days for one in blocked if one.days is not None)
    packages = counted(len(blocked), "package")
    if not days:
        return f"declared later: 0 of {packages}"
    middle = (days[(len(days) - 1) // 2] + days[len(days) // 2]) / 2
    return f"declared later: {len(days)} of {packages}, after a median of {middle:g} {'day' if middle == 1 else 'days'}"


def _failed(failed: Sequence[Failed]) -> Iterator[str]:
    """A line for each reason why commits could not be checked, with the first of them."""
    by_reason: dict[str, list[Failed]] = {}
    for one in failed:
        by_reason.setdefault(_reason(one.error), []).append(one)
    yield f"blocked because they cannot be checked in full (exit status 2): {counted(len(failed), 'commit')}"
    for reason, some in list(by_reason.items())[:_MOST_REASONS]:
        more = f" and {len(some) - _MOST_COMMITS} more" if len(some) > _MOST_COMMITS else ""
        yield f"{printable(reason)}; {', '.join(map(_place, some[:_MOST_COMMITS]))}{more}"
    if len(by_reason) > _MOST_REASONS:
        yield f"and {counted(len(by_reason) - _MOST_REASONS, 'more reason')}"


def _place(one: Failed) -> str:
    """Such as `3f2a1b9c07 (2026-01-05, setup.py:3)`."""
    path, line = printable(one.error.path), one.error.line
    where = f", {path}{f':{line}' if line else ''}" if path else ""
    return f"{one.commit.id[:_SHORT]} ({_day(one.commit)}{where})"


def _reason(error: CheckError) -> str:
    """The message, without the modules that it goes on to name: these differ from commit to commit."""
    return error.message.partition("; ")[0]


def _remarks(history: History, asked: int, *, is_whole: bool) -> Iterator[str]:
    if not is_whole:
        yield "interrupted: the commits after these were not replayed"
    elif history.is_shallow and len(history.commits) < asked:
        yield "the clone is shallow and holds no more: `git fetch --unshallow` brings the rest"


def _day(commit: Commit) -> str:
    return datetime.fromtimestamp(commit.time_s, UTC).date().isoformat()
