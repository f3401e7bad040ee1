"""Write a result as text for a person: each finding with its source line, then what to add, each name once."""

from collections.abc import Iterator, Sequence

from import_customs.model import Finding, Result
from import_customs.model.option_advice import with_option
from import_customs.model.unused import Told
from import_customs.report import place_in_file, printable, summary, with_remedy
from import_customs.report.closing import BOLD, LINE, Paint, closing
from import_customs.report.remedy import with_remedies

BY_NAME = "import-customs"  # the command, where it is on PATH
_SHOWN = 3  # findings of a package that are shown with their source line
_WIDEST = 100  # columns of a source line that are shown
_MOST_TOLD = 8
_WIDEST_NAME = 30  # columns of a name that is told
_RED, _BLUE = "1;31", "1;34"


def render(result: Result, *, color: bool, quiet: bool = False, command: str = BY_NAME) -> str:
    """The report: findings, counts, what to add; the next step is last. A quiet one has a line for each finding.

    `command` is what runs the check by hand.
    """
    paint = _painted if color else _plain
    if quiet:
        return "".join(f"{_headline(_in_a_line(one), paint)}\n" for one in with_remedies(result).findings)
    groups: dict[tuple[str, str, str], list[Finding]] = {}
    for finding in result.findings:
        groups.setdefault(_package(finding), []).append(finding)
    lines: list[str] = []
    shown = dict.fromkeys(groups, 0)
    for finding in result.findings:
        package = _package(finding)
        shown[package] = rank = shown[package] + 1
        if rank <= _SHOWN:
            lines.extend(_finding(finding, paint))
            lines.extend(_others(groups[package][_SHOWN:]) if rank == _SHOWN else ())
            lines.append("")
    lines.append(summary(result, groups).removesuffix("\n"))
    if any(len(group) > _SHOWN for group in groups.values()):
        quiet_one = with_option("--quiet", in_hook=command != BY_NAME)
        lines.append(f"{quiet_one} names every place")
    lines.extend(closing(result, paint, command))
    return "".join(f"{line}\n" for line in lines)


def _package(finding: Finding) -> tuple[str, str, str]:
    """What findings have in common that one remedy settles: the project, the rule, the provider or else the module."""
    return finding.project, finding.rule, next(iter(finding.providers), finding.module or finding.distribution)


def _others(findings: Sequence[Finding]) -> Iterator[str]:
    """One line for the findings that are not shown: how many, and as many of their places as fit."""
    if not findings:
        return
    places = [f"{printable(one.path)}:{one.cell or one.line}" for one in findings]
    line = f"    {'1 more place' if len(places) == 1 else f'{len(places)} more places'}: {places[0]}"
    for done, place in enumerate(places[1:], 1):
        if len(line) + len(place) + len(", ...") + 2 * (done < len(places) - 1) > LINE:
            yield f"{line}, ..."
            return
        line += f", {place}"
    yield line


def _plain(text: str, _code: str) -> str:
    return text


def _painted(text: str, code: str) -> str:
    return f"\033[{code}m{text}\033[0m"


def _headline(finding: Finding, paint: Paint) -> str:
    place = f"{paint(printable(finding.path), BOLD)}:{place_in_file(finding)}"
    return f"{place}: {paint(finding.rule, _RED)}: {printable(finding.message)}"


def _in_a_line(finding: Finding) -> Finding:
    """The finding, whose message says the remedy too: the usual one in 80 columns, if the path leaves room for that."""
    where = f" is not declared in {finding.project}"
    if not finding.remedy or not finding.message.endswith(where):
        return finding._replace(message=with_remedy(finding))
    named = finding.message.removesuffix(where)
    runtime = " to [project] dependencies"
    if finding.remedy.endswith(runtime):
        return finding._replace(message=f"{named}: {finding.remedy.removesuffix(runtime)} to {finding.project}")
    return finding._replace(message=f"{named} is not declared: {finding.remedy}")


def _finding(finding: Finding, paint: Paint) -> Iterator[str]:
    yield _headline(finding, paint)
    source, start, width = _excerpt(finding)
    if source:
        number = str(finding.cell.line if finding.cell else finding.line)
        yield f"  {paint(f'{number} |', _BLUE)} {source}"
        if width:
            yield f"  {' ' * len(number)} {paint('|', _BLUE)} {' ' * start}{paint('^' * width, _RED)}"
    if finding.remedy:
        yield f"    {printable(finding.remedy)}"


def _excerpt(finding: Finding) -> tuple[str, int, int]:
    """The source line as shown, and the start and the width of the module in it, in terminal columns.

    The width is 0 if the module is not on that line.
    """
    text, place = finding.excerpt.rstrip(), finding.cell or finding
    at, end = place.column - 1, place.end_column - 1
    cut = max(0, end - _WIDEST)
    shown = printable(text[cut : cut + _WIDEST].replace("\t", " "))
    indent = len(shown) - len(shown.lstrip())
    if not at < end <= len(text):
        return shown.strip(), 0, 0
    before, module = (printable(part.replace("\t", " ")) for part in (text[cut:at], text[at:end]))
    return shown[min(indent, len(before)) :], _columns(before[indent:]), _columns(module)


def _columns(text: str) -> int:
    """The terminal columns that a text takes. Source: Unicode Standard Annex 11."""
    if text.isascii():
        return len(text)
    import unicodedata  # 0.4 ms

    wide = sum(unicodedata.east_asian_width(character) in "WF" for character in text)
    return len(text) + wide - sum(map(bool, map(unicodedata.combining, text)))


def told_lines(told: Sequence[Told], *, whole: bool) -> str:
    """Which declarations may be unused and do not block: the first eight, a line each, and how many more; or all."""
    most = len(told) if whole else _MOST_TOLD
    shown = [(f"{printable(one.path)}:{one.line}", printable(one.distribution), one) for one in told[:most]]
    wide = min(_WIDEST_NAME, max(len(name) for _, name, _ in shown))
    places = max(len(place) for place, _, _ in shown)
    lines = [f"  {place:<{places}}  {name:<{wide}}  {printable(one.why)}" for place, name, one in shown]
    more = [f"  and {len(told) - most} more: --verbose has them all"] if len(told) > most else []
    return "".join(f"{line}\n" for line in ["told, not blocked:", *lines, *more])
