"""Say which declarations may be unused and do not block: a short table, for standard error."""

from collections.abc import Sequence

from import_customs.model.unused import Told
from import_customs.report import printable

_MOST = 8
_WIDEST = 30  # columns of a name


def told_lines(told: Sequence[Told], *, whole: bool) -> str:
    """The first eight, a line each, and how many more there are; with `whole` all."""
    most = len(told) if whole else _MOST
    shown = [(f"{printable(one.path)}:{one.line}", printable(one.distribution), one) for one in told[:most]]
    wide = min(_WIDEST, max(len(name) for _, name, _ in shown))
    places = max(len(place) for place, _, _ in shown)
    lines = [f"  {place:<{places}}  {name:<{wide}}  {printable(one.why)}" for place, name, one in shown]
    more = [f"  and {len(told) - most} more: --verbose has them all"] if len(told) > most else []
    return "".join(f"{line}\n" for line in ["told, not blocked:", *lines, *more])
