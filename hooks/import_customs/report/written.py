"""What was written, or would be, in; out the text that says so, and what is left to a person and why."""

from collections.abc import Iterable, Iterator, Sequence

from import_customs.model import Finding, Result
from import_customs.model.outcome import Edit, is_missing
from import_customs.report import explained, printable
from import_customs.report.diff import difference

_PROVIDES = 'see the spelling; of a private package say under [tool.import-customs]: provides = {{ {} = ["{}"] }}'


def written(changes: Sequence[Edit]) -> str:
    """A block for each place: the file, the place, its new lines; and how to go on."""
    lines = [line for change in changes for line in _change(change)]
    return _joined([*lines, "see `git diff`, then `git add` what was written"] if lines else [])


def differences(changes: Sequence[Edit]) -> str:
    """Unified diffs. Nothing in them misleads a terminal; a file with such characters is shown, not to be applied."""
    lines = (line for change in changes for line in difference(change).removesuffix("\n").split("\n"))
    return _joined(_shown(line) for line in lines)


def _shown(line: str) -> str:
    """The line with its tabs, and with the carriage return that it may end in."""
    end = "\r" if line.endswith("\r") else ""
    return "\t".join(printable(part) for part in line.removesuffix("\r").split("\t")) + end


def left(result: Result) -> str:
    """The findings that --fix does not settle, each with the reason."""
    return _joined(line for finding in result.findings for line in _left(result, finding))


def not_exempted(findings: Sequence[Finding]) -> str:
    """The findings that no ignore can settle."""
    return _joined(f"left: {_headline(finding)}" for finding in findings)


def _left(result: Result, finding: Finding) -> Iterator[str]:
    if not is_missing(finding):
        yield f"left: {_headline(finding)}"
        if finding.rule == "unknown" and not finding.remedy:
            yield f"    {_PROVIDES.format(next(iter(finding.candidates), 'the-package'), printable(finding.module))}"
        return
    for one in result.missing:
        if one.doubt and (one.project, one.name) == (finding.project, finding.providers[0]):
            yield f"left: {_headline(finding)}"
            yield f"    {printable(one.doubt)}"


def _headline(finding: Finding) -> str:
    place = f"{printable(finding.path)}:{finding.line}:{finding.column}"
    return f"{place}: {finding.rule}: {printable(explained(finding))}"


def _change(change: Edit) -> Iterator[str]:
    for title, lines in change.added:
        count = "1 line" if len(lines) == 1 else f"{len(lines)} lines"
        yield f"{printable(change.path)}: wrote {count} to {printable(title)}"
        yield ""
        yield from (f"    {printable(line)}" for line in lines)
        yield ""


def _joined(lines: Iterable[str]) -> str:
    return "".join(f"{line}\n" for line in lines)
