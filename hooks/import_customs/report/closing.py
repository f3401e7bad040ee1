"""Say what is to be added, and the next step: the end of a report for people."""

from collections.abc import Callable, Container, Iterable, Iterator, Sequence

from import_customs.model import INDEX, WORKTREE, Finding, Result, Scope
from import_customs.model.option_advice import is_script, quote, settings_file, settings_table
from import_customs.model.outcome import Elsewhere, Frame, MissingDeclaration
from import_customs.model.requirement import is_name, normalized
from import_customs.model.sentence import enumerated, in_backticks
from import_customs.report import PLACEHOLDER, printable
from import_customs.report.remedy import name_stated, providing

Paint = Callable[[str, str], str]  # colors a text by the code of a terminal
LINE = 80  # columns of a line of prose
BOLD = "1"
_CYAN = "1;36"
_MOST_PLACES = 5  # names or places that a sentence lists
_MOST_BY_HAND = 10


def closing(result: Result, paint: Paint, command: str) -> Iterator[str]:
    """What each project lacks and how to add it, then the step that follows. A blank line comes before each part."""
    projects = sorted({finding.project for finding in result.findings})
    parts: list[Iterable[str]] = []
    for project in projects:
        if missing := [one for one in result.missing if one.project == project]:
            parts.append(_to_add(project, missing, paint))
        names = [one.name for one in missing]
        parts.extend(_stated_elsewhere(one, names, paint) for one in result.elsewhere if one.project == project)
    parts.append(_fixing(result, paint, command))
    for project in projects:
        unprovided = (one for one in result.findings if one.project == project and one.settled_by == "provides")
        unknown = [one for one in unprovided if not name_stated(one, result)]
        if unknown:
            parts.append(_to_provide(project, unknown, paint))
    parts.append(_taking_out(result, paint, command))
    step = next_step(result)
    parts.extend([_by_hand(result), [step] if step else []])
    for part in parts:
        if lines := list(part):
            yield from ("", *lines)


def _by_hand(result: Result) -> list[str]:
    """What is neither pasted nor configured, if the report has something of that too: it would be overlooked."""
    settled = [one for one in result.findings if one.settled_by]
    others = {one.remedy: one for one in reversed(result.findings) if one.remedy and not one.settled_by}
    if not settled or not others:
        return []
    lines = ["To be settled by hand, too:", ""]
    for remedy, one in list(reversed(others.items()))[:_MOST_BY_HAND]:
        lines.extend(_wrapped(f"{printable(one.path)}:{one.cell or one.line}: {printable(remedy)}", indent="    "))
    more = len(others) - _MOST_BY_HAND
    return [*lines, f"    and {more} more, see above"] if more > 0 else lines


def _fixing(result: Result, paint: Paint, command: str) -> list[str]:
    """What `--fix` can do of it, and the command."""
    written = [one for one in result.missing if one.slot and not one.doubt]
    left = _names_left(
        [(one.name, one.project) for one in result.missing if one not in written], {one.name for one in written}
    )
    if not written:
        return []
    them = "it" if len(written) == 1 else "them"
    but = f"all but {enumerated(left, most=_MOST_PLACES)}" if left else them
    typed = f"{printable(command)} --fix{_judging_again(result.scope)}"
    return [*_wrapped(f"Or have {but} written for you:"), "", f"    {paint(typed, _CYAN)}"]


def _taking_out(result: Result, paint: Paint, command: str) -> list[str]:
    """The command that takes out what it can of what nothing uses, in the scope that was judged."""
    taken = {(one.path, one.name) for one in result.removable}
    if not taken:
        return []
    left = _names_left(
        [(one.distribution, one.path) for one in result.findings if (one.path, one.distribution) not in taken],
        {name for _, name in taken},
    )
    them = "it" if len(taken) == 1 else "them"
    what = f"all but {enumerated(left, most=_MOST_PLACES)}" if left else them
    typed = f"{printable(command)} --unused --fix{_judging_again(result.scope)}"
    return [*_wrapped(f"Or have {what} taken out for you:"), "", f"    {paint(typed, _CYAN)}"]


def _judging_again(scope: Scope) -> str:
    """The option by which a command that is typed judges the same, if it needs one."""
    if scope.base != "HEAD":
        return f" --since {quote(printable(scope.base))}" if scope.base else ""
    return " --staged" if scope.commits == "staged" else " --scope new"


def _names_left(left: Iterable[tuple[str, str]], settled: Container[str]) -> list[str]:
    """What is left of these names and files, each once; with the file where another file's is settled."""
    return list(
        dict.fromkeys(f"`{name}` of {printable(file)}" if name in settled else f"`{name}`" for name, file in left)
    )


def next_step(result: Result) -> str:
    """What to do once everything is settled; "" for nothing. A tool's own command to add renews the lock file too."""
    by_project: dict[str, list[MissingDeclaration]] = {}
    for one in result.missing:
        by_project.setdefault(one.project, []).append(one)
    locks = {project: some[0].lock[0] for project, some in by_project.items() if not by_command(some)}
    locks |= {one.path: one.lock[0] for one in result.removable}
    folders = {project: printable(project.rpartition("/")[0]) for project in locks}
    steps = [
        f"`{command}`{f' in {folders[project]}/' if folders[project] else ''}"
        for project, command in locks.items()
        if command
    ]
    if result.findings and result.scope.base == "HEAD":
        steps.append(_staging(result))
    elif result.findings and result.scope.text not in (WORKTREE, INDEX):
        steps.append("commit what you changed and push again")
    return f"Then {', then '.join(steps)}." if steps else ""


def _staging(result: Result) -> str:
    """The files to stage, by name where the report says what to write in them."""
    said = [one for one in result.missing if one.line or one.command[0]]  # of the others no file is known
    changed = [path for one in said for path in (one.file or one.project, one.lock[1])]
    changed += [one.path for one in result.findings if one.distribution]  # or a comment keeps it, there
    changed += [one.lock[1] for one in result.removable]
    followed = dict.fromkeys(result.links.get(path, path) for path in changed if path)
    named = " ".join(quote(printable(path)) for path in followed)
    others = len(said) < len(result.missing)
    others |= any(one.settled_by != "declaration" and not one.distribution for one in result.findings)
    again = "amend again" if result.amends else "commit again"
    if result.scope.commits == "named":
        both = [*([f"`{named}`"] if named else []), *(["what else you changed"] if others else [])]
        return f"{again}, and name {' and '.join(both)} too"
    if not named:
        return again if all(one.uncommitted for one in result.findings) else f"`git add` what you changed and {again}"
    return f"`git add {named}` and {'what you changed, and ' if others else ''}{again}"


def by_command(missing: Sequence[MissingDeclaration]) -> bool:
    """Whether the project's tool has a command for each."""
    return all(one.command[0] for one in missing)


def _to_add(project: str, missing: Sequence[MissingDeclaration], paint: Paint) -> Iterator[str]:
    count = "1 package is" if len(missing) == 1 else f"{len(missing)} packages are"
    files = {one.file or project for one in missing}
    stating = files.pop() if len(files) == 1 else ""
    where = f" in {printable(stating)}" if stating and not stating.endswith((".txt", ".in")) else ""  # one of several
    yield paint(f"{count} imported and not declared{where}.", BOLD)
    shown = missing if by_command(missing) else [one for one in missing if one.line]
    for at, (intro, lines) in enumerate(blocks(project, shown) if shown else ()):
        if at:
            yield ""
        yield intro
        yield ""
        yield from (f"    {paint(printable(line), _CYAN)}" for line in lines)
    told = [note for one in missing for note in one.notes]
    notes = dict.fromkeys(reversed(dict.fromkeys(reversed(told))))  # what holds for several follows the last of them
    narrow = ", ".join(f"`{one.name}` ({one.needs})" for one in missing if one.needs)
    if narrow and not by_command(missing):  # else the tool finds one that runs on all
        notes[f"Without a version, because requires-python admits more Pythons: {narrow}."] = None
    notes.update(dict.fromkeys(f"{one.doubt}." for one in missing if one not in shown))
    if notes:
        yield ""
        yield from (line for note in notes for line in _wrapped(note))


def blocks(project: str, missing: Sequence[MissingDeclaration]) -> Iterator[tuple[str, list[str]]]:
    """What to do, and what to paste: the commands of the project's tool if it has one for each, else lines by place."""
    by_place: dict[tuple[str, Frame], list[MissingDeclaration]] = {}
    for one in missing:
        by_place.setdefault((one.title, one.frame), []).append(one)
    if by_command(missing):
        folder = project.rpartition("/")[0]
        inside = f", in {printable(folder)}/" if folder else ""
        commands = [" ".join((some[0].command[0], *(one.command[1] for one in some))) for some in by_place.values()]
        yield f"Declare {'it' if len(missing) == 1 else 'them'}{inside}:", commands
        return
    blocks: dict[tuple[str, str], list[str]] = {}  # by the sentence and the header of a new table, which stands once
    for (title, frame), some in by_place.items():
        is_within = frame.after or next(reversed(frame.before), "").endswith("=")
        indent = "    " if is_within and not some[0].line.startswith("#") else ""
        intro, header = printable(frame.intro or f"Add to {title}:"), next(iter(frame.before), "")
        is_there = (intro, header) in blocks
        lines = blocks.setdefault((intro, header), [])
        lines.extend(frame.before[is_there:])
        lines.extend([*(f"{indent}{line}" for one in some for line in one.line.split("\n")), *frame.after])
    yield from ((intro, lines) for (intro, _), lines in blocks.items())


def _stated_elsewhere(one: Elsewhere, above: Sequence[str], paint: Paint) -> Iterator[str]:
    """Which files state what is missing, and the line by which they count; `above` is what the report says to add."""
    more = len(one.places) - _MOST_PLACES
    shown = [*one.places[:_MOST_PLACES], *([f"{more} more"] if more > 0 else [])]
    yield from _wrapped(f"{printable(', '.join(shown))}; that does not count for {printable(one.project)}.")
    if one.files:
        table = printable(settings_table(one.project))
        yield from _wrapped(f"To have {_counting(one, above)}, add under {table}:")
        yield ""
        listed = ", ".join(f'"{file}"' for file in one.files)
        yield f"    {paint(printable(f'requirements-files = [{listed}]'), _CYAN)}"


def _counting(one: Elsewhere, above: Sequence[str]) -> str:
    """Which packages the files have count, and which of these need not be added as the report says `above` then."""
    names = sorted(one.names)
    instead = [name for name in names if name in above]
    is_whole = len(names) == len(one.places)
    them = "it" if len(names) == 1 else "them"
    if is_whole and len(instead) == len(above):
        return f"{them} count{', instead of the above' if above else ''}"
    listed = them if is_whole and not instead else enumerated(in_backticks(names), most=_MOST_PLACES)
    if not instead:
        return f"{listed} count"
    adding = them if instead == names else enumerated(in_backticks(instead), most=_MOST_PLACES)
    return f"{listed} count, instead of adding {adding} as above"


def _to_provide(project: str, unknown: Sequence[Finding], paint: Paint) -> Iterator[str]:
    """What to do about modules that nothing is known to install; a candidate is a declared package that may.

    That one of the module's own name counts is not said where the finding has a remedy: it would not.
    """
    modules = sorted({printable(finding.module) for finding in unknown})
    candidates = sorted({name for one in unknown for name in one.candidates})
    has_provides = any(one.has_provides for one in unknown)
    if len(modules) > _MOST_PLACES:
        such = f"{len(modules)} of these modules, such as {enumerated(in_backticks(modules[:2]))}"
        yield from _wrapped(f"No known package provides {such}. Check the spelling.")
        yield from _wrapped("A package called like one of them counts once it is declared, however new it is.")
        modules = modules[:1]
    else:
        yield from _wrapped(f"No known package provides {enumerated(in_backticks(modules), 'or')}. Check the spelling.")
        if own := sorted(filter(is_name, {normalized(one.module) for one in unknown if not one.remedy})):
            yield from _wrapped(
                f"A package called {enumerated(in_backticks(own), 'or')} counts once it is declared, however new it is."
            )
    meant, declared = "a package of another name installs it", "declare that, and "
    if candidates:
        is_known = (
            "is declared, and what it installs" if len(candidates) == 1 else "are declared, and what they install"
        )
        yield from _wrapped(f"{enumerated(in_backticks(candidates))} {is_known} is not known either.")
        meant = "that is what installs it" if len(candidates) == 1 else "one of them installs it"
        declared = ""
    saying = "add to `provides` in" if has_provides else "say so in"
    place, sign = _settings_of(project)
    yield from _wrapped(f"If {meant}, {declared}{saying} {place}:")
    yield ""
    package = candidates[0] if candidates else PLACEHOLDER
    yield f"    {paint(sign + providing(package, modules, has_provides=has_provides), _CYAN)}"
    yield from _exempting([one for one in unknown if printable(one.module) in modules], sign)


def _settings_of(project: str) -> tuple[str, str]:
    """Where the settings of the project stand, and what begins each line of them: in a script they are comments."""
    file = printable(settings_file(project))
    if is_script(project):
        return f"the metadata of {file}, under `# [tool.import-customs]`", "# "
    return f"{file}, under [tool.import-customs]", ""


def _exempting(unknown: Sequence[Finding], sign: str) -> Iterator[str]:
    """How to exempt such modules, apart from those to be spelled otherwise; `sign` begins a line of settings."""
    made = sorted({f'"{printable(one.module)}"' for one in unknown if not one.remedy})
    if made:
        listed = ", ".join(made)
        has_ignore = any(one.has_ignore for one in unknown)
        ignoring = f"add `{listed}` to `ignore`" if has_ignore else f"`{sign}ignore = [{listed}]` there"
        yield ""
        yield from _wrapped(f"If no package does, as for what is made at run time: {ignoring}.")


def _wrapped(text: str, indent: str = "") -> list[str]:
    """The lines of a paragraph. Neither a name, a path nor what stands between backticks is divided.

    textwrap does the same, and takes 2 ms of a finding's 50 to load.
    """
    parts = text.split("`")
    parts[1::2] = [code.replace(" ", "\0") for code in parts[1::2]]
    first, *words = "`".join(parts).split(" ")
    lines, line = [], indent + first
    for word in words:
        if len(line) + 1 + len(word) <= LINE:
            line = f"{line} {word}"
        else:
            lines.append(line)
            line = indent * 2 + word
    return [one.replace("\0", " ") for one in (*lines, line)]
