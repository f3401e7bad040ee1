"""Say what files import that no project governs, and which requirements file would make a project of them."""

import posixpath
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from import_customs.check.remedies import declared_by_path
from import_customs.check.remedies.doubts import instead_of
from import_customs.check.remedies.stated_apart import names_meant, stated_apart, with_python
from import_customs.check.remedies.stated_elsewhere import named_beside
from import_customs.check.remedies.versions import bound_below
from import_customs.check.state import State, text_of
from import_customs.check.uncovered.held_elsewhere import LIES_HERE
from import_customs.model import PYPROJECT, RUNTIME, CheckError, Declaration, Finding, Scope, upwards
from import_customs.model.option_advice import with_option
from import_customs.model.requirement import Name
from import_customs.model.sentence import enumerated, in_backticks
from import_customs.project import DECLARING
from import_customs.project.local_projects import is_aside
from import_customs.project.requirements_kept import folder_of, is_kept
from import_customs.providers.hosts import host_of

_MOST_NAMED = 6  # modules that a sentence lists
_MOST_LINES = 50  # to paste
_QUOTED = "\0"  # stands for the modules that a list is to have
_A_HABIT = 2  # neighbours that each keep a file of their own
_MOST_BY_HAND = 6  # sentences on modules of which no line may be pasted


def ungoverned(state: State, scope: Scope, findings: Sequence[Finding], *, in_hook: bool) -> CheckError:
    """The error for all these files."""
    paths, first = dict.fromkeys(one.path for one in findings), findings[0]
    more = len(paths) - 1
    they = f"it and {more} more file{'s' * (more > 1)} import" if more else "it imports"
    places = _by_place(state, findings)
    stated = stated_apart(state, places.get("", ()))
    add = ", `git add` it, and name it in the commit too" if scope.commits == "named" else ", and `git add` it"
    file, hint, below = _first_step(state, places, stated, add if scope.kind == "new" else "")
    names = {one.name for one in stated}
    left = [one for one in findings if names.isdisjoint(names_meant(one))]
    setup = _setup_file(state, first.path)
    option = with_option("--requirements-file", "FILE", in_hook=in_hook)
    return CheckError(
        f"no {PYPROJECT} states a project for it; {they} {_listed(one.module for one in findings)}",
        hint=hint,
        path=first.path,
        line=first.line,
        column=first.column,
        cell=first.cell,
        named=[file, setup] if setup else [file],
        below=[*below, *_more(left, named_beside(state, left), setup, option)],
    )


def _by_place(state: State, findings: Sequence[Finding]) -> dict[str, list[Finding]]:
    """The findings by the folder of the requirements file that is to declare what they lack.

    It is the repository's own, or where neighbours of a folder each keep such a file, that folder: a place that does
    not depend on the files of the commit.
    """
    keeping = {folder_of(path) for path in state.tracked() if posixpath.basename(path) in DECLARING or is_kept(path)}
    neighbours: dict[str, set[str]] = {}
    for folder in keeping & with_python(state):
        above, name = posixpath.split(folder)
        if name and not name.startswith(".") and not is_aside(name, ""):
            neighbours.setdefault(above, set()).add(folder)
    found: dict[str, list[Finding]] = {}
    for one in findings:
        folders = (folder for folder in upwards(posixpath.dirname(one.path)) if folder)
        places = (one for one in folders if len(neighbours.get(posixpath.dirname(one), set()) - {one}) >= _A_HABIT)
        found.setdefault(next(places, ""), []).append(one)
    return found


def _first_step(
    state: State, places: Mapping[str, Sequence[Finding]], stated: Sequence[Declaration], add: str
) -> tuple[str, str, list[str]]:
    """The file to make, what to do with it, and what to paste; "" of several files."""
    by_file: dict[str, set[str]] = {}
    for folder, findings in sorted(places.items()):
        is_lock = "requirements.txt" in state.tree.listing(folder)  # it would declare, were it none
        file = posixpath.join(folder, "requirements.in" if is_lock else "requirements.txt")
        there = {one.name for one in stated if not folder}
        lacking = (one for one in findings if one.local is not None or there.isdisjoint(one.providers[:1]))
        by_file[file] = {line for one in lacking if (line := _line(file, one))}
        if there:
            by_file[file].update(f'-r "{one.path}"' if " " in one.path else f"-r {one.path}" for one in stated)
    file = next(iter(by_file))
    if all(_is_of_host(one) for some in places.values() for one in some):
        return file, "no package can be declared for that:", []
    if not any(by_file.values()):
        return file, f"list what provides it in {' or '.join(list(by_file)[:_MOST_NAMED])}{add}", []
    if len(by_file) == 1:
        return file, f"create {file} with these lines{add}:", _pasted(by_file[file])
    each = [f"{file}: {', '.join(sorted(lines))}" for file, lines in by_file.items() if lines]
    return "", f"create these files{add.replace(' it', ' them')}, with what is named here, a line each:", _pasted(each)


def _pasted(lines: Collection[str]) -> list[str]:
    """The lines to paste."""
    more = [f"    # and {len(lines) - _MOST_LINES} more"] if len(lines) > _MOST_LINES else []
    return ["", *(f"    {line}" for line in sorted(lines)[:_MOST_LINES]), *more, ""]


def _setup_file(state: State, path: str) -> str:
    """The setup.cfg or setup.py above a file by which its project is built; "" if there is none."""
    for folder in upwards(posixpath.dirname(path)):
        config, script = posixpath.join(folder, "setup.cfg"), posixpath.join(folder, "setup.py")
        if b"[options]" in text_of(state, config):
            return config
        if b"setup(" in text_of(state, script):
            return script
    return ""


def _more(findings: Sequence[Finding], named: Sequence[str], setup: str, option: str) -> Iterator[str]:
    """What to know about these lines, the other ways, and where files of tools name what is needed."""
    yield from sorted({note for one in findings if _line("", one) and (note := instead_of(one))})
    if unknown := [one.module for one in findings if one.settled_by == "provides"]:
        counts = "packages of these names count" if len({*unknown}) > 1 else "a package of that name counts"
        yield f"no known package provides {_listed(unknown)}: check the spelling; {counts} once listed there"
    lineless = [one for one in findings if one.settled_by != "provides" and not _line("", one)]
    by_hand = _by_hand([one for one in lineless if one.remedy])
    yield from by_hand[:_MOST_BY_HAND]
    if len(by_hand) > _MOST_BY_HAND:
        yield f"and {len(by_hand) - _MOST_BY_HAND} more to be settled by hand"
    if not all(map(_is_of_host, findings)):
        built = f"install_requires of {setup}, or in " if setup else ""
        yield f"or state them in {built}a {PYPROJECT} with a [project] table,"
        yield f"or name the file that states them: {option}"
    if named:
        yield f"{', '.join(named)}; that declares nothing here"


def _is_of_host(finding: Finding) -> bool:
    return not finding.providers and host_of(finding.module) is not None


def _by_hand(findings: Iterable[Finding]) -> list[str]:
    """What settles those that no line settles, with the modules that it is said of: those of a host together."""
    said: dict[str, dict[str, None]] = {}
    for one in findings:
        remedy = one.remedy.replace(f'"{one.module}"', _QUOTED) if _is_of_host(one) else one.remedy
        is_told = LIES_HERE in remedy or _QUOTED in remedy
        said.setdefault(remedy if is_told else f"`{one.module}`: {remedy}", {})[f'"{one.module}"'] = None
    return [remedy.replace(_QUOTED, ", ".join(modules)) for remedy, modules in said.items()]


def _line(file: str, finding: Finding) -> str:
    """The line of a requirements file that declares it; "" where no distribution may be named."""
    if not finding.providers or finding.settled_by != "declaration" or not finding.is_declared_nowhere:
        return ""
    name = finding.providers[0]
    if finding.local is None:
        bound = bound_below(Name(name), (finding.module,))
        return f"{name}{bound.specifier}" if bound else name
    return declared_by_path.in_file(file, file, str(RUNTIME), finding.local, name).line


def _listed(modules: Iterable[str]) -> str:
    """The names, each once, in their order."""
    return enumerated(in_backticks([*dict.fromkeys(modules)]), most=_MOST_NAMED)
