"""Write a result as text for a person: each finding with its source line, then what to add, each name once."""

from __future__ import annotations

from import_customs.model.requirement import normalized
from import_customs.report import PLACEHOLDER, place_in_file, printable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from import_customs.model import Finding, Result
    from import_customs.model.outcome import Elsewhere, MissingDeclaration

    Paint = Callable[[str, str], str]  # colors a text by the code of a terminal

_SHOWN = 3  # findings of a package that are shown with their source line
_LINE = 80  # columns of a line that only names places
_SCRIPTS = (".py", ".pyw", ".ipynb")  # files that may state a project of their own
_MOST_PLACES = 5  # places of files that state what is missing
_WIDEST = 100  # columns of a source line that are shown
_BOLD, _RED, _CYAN, _BLUE = "1", "1;31", "1;36", "1;34"


def render(result: Result, *, color: bool, quiet: bool = False) -> str:
    """The report; its last line says what was checked. A quiet one has one line for each finding, and no more."""
    paint = _painted if color else _plain
    if quiet:
        return "".join(f"{_headline(finding, paint)}\n" for finding in result.findings)
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
    for project in sorted({finding.project for finding in result.findings}):
        lines.extend(_closing(project, result, paint))
    lines.append(_checked(result))
    lines.extend(_options_that_help(result, groups))
    return "".join(f"{line}\n" for line in lines)


def _package(finding: Finding) -> tuple[str, str, str]:
    """What findings have in common that one remedy settles: the project, the rule, the provider or else the module."""
    return finding.project, finding.rule, next(iter(finding.providers), finding.module)


def _others(findings: Sequence[Finding]) -> Iterator[str]:
    """One line for the findings that are not shown: how many, and as many of their places as fit."""
    if not findings:
        return
    places = [f"{printable(one.path)}:{one.cell or one.line}" for one in findings]
    line = f"    {'1 more place' if len(places) == 1 else f'{len(places)} more places'}: {places[0]}"
    for done, place in enumerate(places[1:], 1):
        if len(line) + len(place) + len(", ...") + 2 * (done < len(places) - 1) > _LINE:
            yield f"{line}, ..."
            return
        line += f", {place}"
    yield line


def _checked(result: Result) -> str:
    """What was checked, and the counts."""
    files = "1 file" if result.files == 1 else f"{result.files} files"
    outcome = ": nothing to declare"
    if result.findings:
        packages = len({_package(finding) for finding in result.findings})
        found = "1 finding" if len(result.findings) == 1 else f"{len(result.findings)} findings"
        outcome = f": {found}" if packages == len(result.findings) else f": {found} of {_packages(packages)}"
    if result.errors:
        outcome = f"{outcome if result.findings else ''}; {len(result.errors)} could not be checked: see above"
    if result.scope.kind == "all":
        return f"checked everything in {files}{outcome}"
    if result.scope.base == "HEAD":
        return f"checked what this commit introduces in {files}{outcome}"
    return f"checked what was introduced since {printable(str(result.scope.base))} in {files}{outcome}"


def _packages(count: int) -> str:
    return "1 package" if count == 1 else f"{count} packages"


def _options_that_help(result: Result, groups: Mapping[tuple[str, str, str], Sequence[Finding]]) -> Iterator[str]:
    """A line that says what `--fix` can do of it, and that `--quiet` names every place where some are left out."""
    shortened = ["`--quiet` names every place"] if any(len(group) > _SHOWN for group in groups.values()) else []
    written = sum(1 for one in result.missing if one.slot and not one.doubt)
    total = len({(project, name) for project, _, name in groups})
    declares = [f"`--fix` declares {'it' if written == total == 1 else f'{written} of {total}'}"] if written else []
    if shortened or declares:
        yield "; ".join([*declares, *shortened])


def _plain(text: str, _code: str) -> str:
    return text


def _painted(text: str, code: str) -> str:
    return f"\033[{code}m{text}\033[0m"


def _headline(finding: Finding, paint: Paint) -> str:
    place = f"{paint(printable(finding.path), _BOLD)}:{place_in_file(finding)}"
    return f"{place}: {paint(finding.rule, _RED)}: {printable(finding.message)}"


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


def _closing(project: str, result: Result, paint: Paint) -> Iterator[str]:
    """What the project lacks, and how to add or configure it."""
    missing = [one for one in result.missing if one.project == project]
    if missing:
        yield from _to_add(project, missing, paint, is_commit=result.scope.base == "HEAD")
    for one in result.elsewhere:
        if one.project == project:
            yield from _stated_elsewhere(one, paint)
    unknown = [one for one in result.findings if one.project == project and one.settled_by == "provides"]
    if unknown:
        modules = sorted({printable(finding.module) for finding in unknown})
        yield from _to_provide(project, modules, sorted({name for one in unknown for name in one.candidates}), paint)


def _to_add(project: str, missing: Sequence[MissingDeclaration], paint: Paint, *, is_commit: bool) -> Iterator[str]:
    count = "1 package is" if len(missing) == 1 else f"{len(missing)} packages are"
    yield paint(f"{count} imported and not declared in {printable(project)}.", _BOLD)
    by_line = [one for one in missing if not one.is_local]
    for intro, lines in _blocks(project, by_line) if by_line else ():
        yield intro
        yield ""
        yield from (f"    {paint(printable(line), _CYAN)}" for line in lines)
        yield ""
    notes = list(dict.fromkeys(note for one in missing for note in one.notes))
    if notes:
        yield from (line for note in notes for line in _wrapped(note))
        yield ""
    if step := next_step(project, missing[0].lock, is_commit=is_commit, locks_itself=by_command(missing)):
        yield step
        yield ""


def _stated_elsewhere(one: Elsewhere, paint: Paint) -> Iterator[str]:
    """Which files state what is missing, and the line by which they count."""
    more = len(one.places) - _MOST_PLACES
    shown = [*one.places[:_MOST_PLACES], *([f"{more} more"] if more > 0 else [])]
    yield from _wrapped(f"{printable(', '.join(shown))}; that does not count for {printable(one.project)}.")
    if one.files:
        yield "To have it count, instead of the above, add under [tool.import-customs]:"
        yield ""
        listed = ", ".join(f'"{file}"' for file in one.files)
        yield f"    {paint(printable(f'requirements-files = [{listed}]'), _CYAN)}"
    yield ""


def by_command(missing: Sequence[MissingDeclaration]) -> bool:
    """Whether the project's tool has a command for each."""
    return all(one.command[0] for one in missing)


def next_step(project: str, lock: tuple[str, str], *, is_commit: bool, locks_itself: bool) -> str:
    """What to do once the declarations are there; "" for nothing. The tool's own command renews the lock file."""
    command, path = lock
    steps = [f"`{command}`"] if command and not locks_itself else []
    if is_commit:
        from shlex import quote  # 0.5 ms; only findings need it

        steps.append(f"`git add {' '.join(quote(printable(one)) for one in (project, path) if one)}`")
    return f"Then {', then '.join(steps)}{' and commit again' if is_commit else ''}." if steps else ""


def _blocks(project: str, missing: Sequence[MissingDeclaration]) -> Iterator[tuple[str, list[str]]]:
    """What to do, and what to paste: the commands of the project's tool if it has one for each, else lines by place."""
    by_place: dict[str, list[MissingDeclaration]] = {}
    for one in missing:
        by_place.setdefault(one.title, []).append(one)
    if by_command(missing):
        folder = project.rpartition("/")[0]
        inside = f", in {printable(folder)}/" if folder else ""
        commands = [" ".join((some[0].command[0], *(one.command[1] for one in some))) for some in by_place.values()]
        yield f"Declare {'it' if len(missing) == 1 else 'them'}{inside}:", commands
        return
    for title, some in by_place.items():
        yield f"Add to {printable(title)}:", [one.line for one in some]


def _to_provide(project: str, modules: list[str], candidates: list[str], paint: Paint) -> Iterator[str]:
    """What to do about modules that nothing is known to provide; a candidate is a declared package that may."""
    where = f"{printable(_settings_of(project))}, under [tool.import-customs]"
    yield from _wrapped(f"Nothing is known to install {_listed(modules, 'and')}. Check the spelling.")
    own = sorted({normalized(module) for module in modules})
    yield from _wrapped(f"A package called {_listed(own, 'or')} counts once it is declared, however new it is.")
    if candidates:
        yield from _wrapped(
            f"{_listed(candidates, 'and')} {'is' if len(candidates) == 1 else 'are'} declared, and what "
            f"{'it installs' if len(candidates) == 1 else 'they install'} is not known either. "
            f"If one of them is meant, say so in {where}:"
        )
    else:
        yield from _wrapped(f"If a package of another name installs it, say so in {where}:")
    yield ""
    quoted = ", ".join(f'"{name}"' for name in modules)
    package = candidates[0] if candidates else PLACEHOLDER
    yield f"    {paint(f'provides = {{ {package} = [{quoted}] }}', _CYAN)}"
    yield ""


def _settings_of(project: str) -> str:
    """The file that holds the settings of a project: its own, if that is TOML or a script, else pyproject.toml."""
    folder, _, name = project.rpartition("/")
    has_own = name.endswith(".toml") or (name.endswith(_SCRIPTS) and name != "setup.py")
    return project if has_own else f"{folder}/pyproject.toml" if folder else "pyproject.toml"


def _listed(names: Sequence[str], last: str) -> str:
    *others, final = [f"`{name}`" for name in names]
    return f"{', '.join(others)} {last} {final}" if others else final


def _wrapped(text: str) -> list[str]:
    """The lines of a paragraph; names and paths are never divided."""
    from textwrap import wrap  # 2 ms; only findings need it

    return wrap(text, _LINE, break_long_words=False, break_on_hyphens=False)
