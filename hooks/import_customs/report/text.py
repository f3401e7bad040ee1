"""A result in, the text for a person out: each finding with its source line, then what to add, each name once."""

from __future__ import annotations

from import_customs.report import printable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from import_customs.model import Finding, Result, WritablePlace
    from import_customs.model.outcome import MissingDeclaration

    Paint = Callable[[str, str], str]

_WIDEST = 100  # columns of a source line that are shown
_BOLD, _RED, _CYAN, _BLUE = "1", "1;31", "1;36", "1;34"


def render(result: Result, *, color: bool, quiet: bool = False) -> str:
    """The report; its last line says what was checked. A quiet one is a line for each finding, without its source."""
    paint = _painted if color else _plain
    if quiet:
        return "".join(f"{_headline(finding, paint)}\n" for finding in result.findings)
    lines = [line for finding in result.findings for line in _finding(finding, paint)]
    for project in sorted({finding.project for finding in result.findings}):
        lines.extend(_closing(project, result, paint))
    lines.append(_checked(result))
    return "".join(f"{line}\n" for line in lines)


def _checked(result: Result) -> str:
    files = "1 file" if result.files == 1 else f"{result.files} files"
    outcome = "" if result.findings else ": nothing to declare"
    if result.scope.kind == "all":
        return f"checked everything in {files}{outcome}"
    if result.scope.base == "HEAD":
        return f"checked what this commit introduces in {files}{outcome}"
    return f"checked what was introduced since {printable(str(result.scope.base))} in {files}{outcome}"


def _plain(text: str, _code: str) -> str:
    return text


def _painted(text: str, code: str) -> str:
    return f"\033[{code}m{text}\033[0m"


def _headline(finding: Finding, paint: Paint) -> str:
    place = f"{paint(printable(finding.path), _BOLD)}:{finding.line}:{finding.column}"
    return f"{place}: {paint(finding.rule, _RED)}: {printable(finding.message)}"


def _finding(finding: Finding, paint: Paint) -> Iterator[str]:
    yield _headline(finding, paint)
    source, start, width = _excerpt(finding)
    if source:
        number = str(finding.line)
        yield f"  {paint(f'{number} |', _BLUE)} {source}"
        if width:
            yield f"  {' ' * len(number)} {paint('|', _BLUE)} {' ' * start}{paint('^' * width, _RED)}"
    if finding.remedy:
        yield f"    {printable(finding.remedy)}"
    yield ""


def _excerpt(finding: Finding) -> tuple[str, int, int]:
    """The source line as shown, and where in it the module stands and how wide it is, in terminal columns.

    The width is 0 where the module is not on that line.
    """
    text = finding.excerpt.rstrip()
    at = text.find(finding.module, finding.column - 1)
    cut = max(0, at + len(finding.module) - _WIDEST)
    shown = printable(text[cut : cut + _WIDEST].replace("\t", " "))
    indent = len(shown) - len(shown.lstrip())
    if at < 0:
        return shown.strip(), 0, 0
    before = printable(text[cut:at].replace("\t", " "))
    return shown[min(indent, len(before)) :], _columns(before[indent:]), _columns(printable(finding.module))


def _columns(text: str) -> int:
    """The terminal columns that a text takes. Source: Unicode Standard Annex 11."""
    if text.isascii():
        return len(text)
    import unicodedata  # 0.4 ms

    wide = sum(unicodedata.east_asian_width(character) in "WF" for character in text)
    return len(text) + wide - sum(map(bool, map(unicodedata.combining, text)))


def _closing(project: str, result: Result, paint: Paint) -> Iterator[str]:
    mine = [finding for finding in result.findings if finding.project == project]
    missing = [one for one in result.missing if one.project == project]
    if missing:
        yield from _to_add(project, missing, result.tools.get(project), paint)
    unknown = sorted(
        {printable(finding.module) for finding in mine if finding.rule == "unknown" and not finding.remedy}
    )
    if unknown:
        candidates = sorted({name for finding in mine for name in finding.candidates})
        yield from _to_settle(project, unknown, candidates, paint)


def _to_settle(project: str, unknown: list[str], candidates: list[str], paint: Paint) -> Iterator[str]:
    """`candidates` are the declared packages of which nothing is known."""
    named = ", ".join(f"`{name}`" for name in unknown)
    yield f"{named} {'is' if len(unknown) == 1 else 'are'} provided by nothing that is known here. See the spelling;"
    if candidates:
        yield f"nothing is known of {' and '.join(f'`{name}`' for name in candidates)} either, which is declared:"
        yield f"if it is installed by that, say so in {printable(project)}, under [tool.import-customs]:"
    else:
        yield f"of a private package say in {printable(project)}, under [tool.import-customs], what it installs:"
    yield ""
    quoted = ", ".join(f'"{name}"' for name in unknown)
    package = candidates[0] if candidates else "the-package"
    yield f"    {paint(f'provides = {{ {package} = [{quoted}] }}', _CYAN)}"
    yield ""


def _to_add(project: str, missing: list[MissingDeclaration], tool: str | None, paint: Paint) -> Iterator[str]:
    count = "1 package is" if len(missing) == 1 else f"{len(missing)} packages are"
    yield paint(f"{count} imported and not declared in {printable(project)}.", _BOLD)
    from_elsewhere = [one for one in missing if not one.is_local]
    for intro, to_paste in _blocks(project, from_elsewhere, tool) if from_elsewhere else ():
        yield intro
        yield ""
        yield from (f"    {paint(printable(line), _CYAN)}" for line in to_paste)
        yield ""
    notes = [note for one in missing for note in _notes(one)]
    yield from notes
    if notes:
        yield ""


def _notes(one: MissingDeclaration) -> Iterator[str]:
    """What who declares it should heed."""
    if one.others:
        yield f"Instead of `{one.name}` you may want {' or '.join(f'`{name}`' for name in one.others)}."
    if one.is_partial:
        from import_customs.model.outcome import ON_SOME_PLATFORMS

        yield f"`{one.name}`: {ON_SOME_PLATFORMS}."
    if one.is_local:
        yield f"`{one.name}` is another project of this repository: declare it with its path."


def _blocks(project: str, missing: list[MissingDeclaration], tool: str | None) -> Iterator[tuple[str, list[str]]]:
    """What to do, and the lines to paste: by place, the one that --fix would take, or the tool's commands for it."""
    names = [one.name for one in missing]
    if project.endswith((".txt", ".in")):
        yield f"Add to {printable(project)}:", names
    elif not project.endswith(".toml"):
        yield "Add to the dependencies of its script metadata:", [f'#   "{name}",' for name in names]
    else:
        from import_customs.model.outcome import line
        from import_customs.report.commands import command

        folder = project.rpartition("/")[0]
        placed: dict[WritablePlace | None, list[MissingDeclaration]] = {}
        for one in missing:
            placed.setdefault(one.slot, []).append(one)
        commands = [command(tool, slot, [one.name for one in some]) for slot, some in placed.items()]
        if all(commands):
            inside = f", in {printable(folder)}/" if folder else ""
            yield f"Declare {'it' if len(missing) == 1 else 'them'}{inside}:", commands
            return
        for slot, some in placed.items():
            lines = [line(slot, one.name, one.version) for one in some]
            yield f"Add to {printable(slot.title if slot else some[0].title)}:", lines
