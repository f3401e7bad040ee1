"""Say what --fix or --ignore-existing wrote, or would write, and what is left to a person and why."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from difflib import unified_diff

from import_customs.model import PYPROJECT, Finding, Result
from import_customs.model.option_advice import quote, settings_table
from import_customs.model.outcome import Edit, Frame, MissingDeclaration
from import_customs.report import PLACEHOLDER, place_in_file, printable, with_remedy
from import_customs.report.closing import blocks
from import_customs.report.remedy import providing

_ESCAPED = {ord(letter): f"\\{sign}" for letter, sign in zip('\a\b\t\n\v\f\r"\\', 'abtnvfr"\\', strict=True)}


def written(edits: Sequence[Edit], *, names_paths: bool = False) -> str:
    """A block for each place: the file, the place, its new lines. The last line says how to go on.

    `names_paths`: in a commit that takes the files it names alone.
    """
    lines = []
    for edit in edits:
        for done, places in (("added to", edit.added), ("put back in", edit.put_back), ("taken out of", edit.removed)):
            for title, entries in places:
                still = ", for it is still imported" if places is edit.put_back else ""
                lines.append(f"{printable(edit.path)}: {done} {printable(title)}{still}")
                lines.extend(["", *(f"    {printable(line)}" for line in entries), ""])
    if not lines:
        return ""
    commands = dict.fromkeys(edit.lock[0] for edit in edits if edit.lock[0])
    paths = dict.fromkeys(path for edit in edits for path in (edit.path, edit.lock[1]) if path)
    quoted = " ".join(quote(printable(path)) for path in paths)
    last = f"name `{quoted}` in `git commit` too" if names_paths else f"`git add {quoted}`"
    steps = ["`git diff`", *(f"`{one}`" for one in commands), last]
    return _joined([*lines, f"see {', then '.join(steps)}"])


def differences(edits: Sequence[Edit]) -> str:
    """Unified diffs. Nothing in them misleads a terminal; a file with such characters is shown, not to be applied."""
    lines = (line for edit in edits for line in _difference(edit).removesuffix("\n").split("\n"))
    return _joined(map(_printable_line, lines))


def _difference(edit: Edit) -> str:
    """The edit as a unified diff, as `git apply` takes it."""
    before, after = (re.findall(r"[^\n]*\n|[^\n]+", text.decode("utf-8")) for text in (edit.before, edit.after))
    lines = unified_diff(before, after, _quoted(f"a/{edit.path}"), _quoted(f"b/{edit.path}"))
    return "".join(line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines)


def _quoted(path: str) -> str:
    """The path as git writes it, in quotes where it takes escapes. Source: git's documentation, `core.quotePath`."""
    octets = path.encode("utf-8", "surrogateescape")
    shown = "".join(_ESCAPED.get(octet) or (chr(octet) if 32 <= octet < 127 else f"\\{octet:03o}") for octet in octets)
    return path if shown == path else f'"{shown}"'


def _printable_line(line: str) -> str:
    """The line with its tabs, and with the carriage return that it may end in."""
    end = "\r" if line.endswith("\r") else ""
    return "\t".join(printable(part) for part in line.removesuffix("\r").split("\t")) + end


def left(result: Result) -> str:
    """The findings that --fix does not settle, each with the reason; then what a person is to add, each once."""
    doubts = {(one.project, one.name): one.doubt for one in result.missing}
    groups: dict[tuple[str, ...], list[Finding]] = {}
    for one in result.findings:
        # what one step settles: a package, else all that is said of a module
        of_package, of_module = (one.project, *one.providers[:1]), (one.project, one.rule, one.message, one.remedy)
        groups.setdefault(of_package if one.settled_by == "declaration" else of_module, []).append(one)
    lines = [line for some in groups.values() for line in _left(some, doubts)]
    by_hand = [one for one in result.missing if one.slot is None and one.line]
    changed = {one.project for one in result.missing if one.slot and not one.doubt}
    # what a list held before it was written to is no more to be pasted
    by_hand = [one._replace(frame=Frame()) if one.file in changed else one for one in by_hand]
    return _joined([*lines, *_to_add_by_hand(by_hand)])


def _to_add_by_hand(missing: Sequence[MissingDeclaration]) -> Iterator[str]:
    """What to add to each file, which is named where there are several and the place does not name it."""
    by_file: dict[str, list[MissingDeclaration]] = {}
    for one in missing:
        by_file.setdefault(one.file or one.project, []).append(one)
    for file, some in by_file.items():
        for intro, added in blocks(file, some):
            is_clear = len(by_file) == 1 or printable(file) in intro
            yield from ("", intro if is_clear else f"{printable(file)}: {intro[0].lower()}{intro[1:]}", "")
            yield from (f"    {printable(line)}" for line in dict.fromkeys(added))


def not_exempted(findings: Sequence[Finding]) -> str:
    """The findings that no ignore can settle."""
    return _joined(f"left: {_headline(finding)}" for finding in findings)


def not_taken_out(findings: Sequence[Finding]) -> str:
    """The unused declarations that stand where nothing is written, each with the reason."""
    return _joined(line for finding in findings for line in _not_taken_out(finding))


def _not_taken_out(finding: Finding) -> Iterator[str]:
    yield f"left: {_headline(finding)}"
    if finding.rule == "unused":
        is_of_pyproject = finding.path.rpartition("/")[2] == PYPROJECT
        yield f"    --fix {'does not write to that table' if is_of_pyproject else f'writes to a {PYPROJECT} alone'}"


def in_brief(left: str) -> str:
    """Of what is left the findings alone, a line each."""
    return _joined(line for line in left.split("\n") if line.startswith("left: "))


def _left(findings: Sequence[Finding], doubts: Mapping[tuple[str, str], str]) -> Iterator[str]:
    """What findings that one step settles are about, at the first of their places; none if --fix settles them."""
    finding, more = findings[0], len(findings) - 1
    others = f" and {more} more place{'s' if more > 1 else ''}" if more else ""
    headline = f"left: {_headline(finding, others)}"
    if finding.settled_by != "declaration":
        yield headline
        if finding.settled_by == "provides":
            yield f"    {_to_provide(finding)}"
    elif doubt := doubts.get((finding.project, finding.providers[0])):
        yield headline
        yield f"    {printable(doubt)}"


def _to_provide(finding: Finding) -> str:
    """What to do about a module that nothing is known to install."""
    package = next(iter(finding.candidates), PLACEHOLDER)
    declared = f"if `{package}` installs it," if finding.candidates else "or declare the package that installs it, and"
    saying = "add to `provides`, under" if finding.has_provides else "say under"
    line = providing(package, [printable(finding.module)], has_provides=finding.has_provides)
    return f"check the spelling; {declared} {saying} {printable(settings_table(finding.project))}: {line}"


def _headline(finding: Finding, others: str = "") -> str:
    place = f"{printable(finding.path)}:{place_in_file(finding)}{others}"
    return f"{place}: {finding.rule}: {printable(with_remedy(finding))}"


def _joined(lines: Iterable[str]) -> str:
    return "".join(f"{line}\n" for line in lines)
