"""Find the files beside a project that state what it lacks, though it does not name them: a remedy of one line.

Only findings get here. Such files declare nothing until the project names them.
"""

from __future__ import annotations

import posixpath
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from import_customs import providers
from import_customs.check.remedies.stated_apart import names_meant, stated_apart
from import_customs.check.remedies.told_elsewhere import of_little_known, of_other, of_url
from import_customs.check.remedies.tool_lines import lines_naming
from import_customs.check.remedies.unread_tables import UnreadTables
from import_customs.check.state import State, path_of, readable_project_of, text_of
from import_customs.model import RUNTIME, Declaration, Finding, Project, upwards
from import_customs.model.later import pattern, re
from import_customs.model.outcome import Elsewhere
from import_customs.model.requirement import Name
from import_customs.model.value import NamedTuple
from import_customs.project.dialects.requirements_file import NamedFile, read_requirements_files
from import_customs.project.requirements_kept import may_list_any

# They are named, and cannot declare.
_MANIFEST = "manifest.json"  # of an integration of Home Assistant, which has the requirements of its manifest installed
_OTHERS = ("Pipfile", "pixi.toml", "tox.ini", "noxfile.py", _MANIFEST)
_LARGEST = 1024**2  # bytes of a file that is searched
_MOST_FILES = 100  # that are read for a project
_MOST_CLAUSES = 6
# What follows in the same line of a cell: a notebook may stand in one line of its file.
_INSTALLING = pattern(rb"""[%!][ \t]*+(?:uv[ \t]++)?(?:pip3?|conda|mamba)[ \t]++install[ \t]((?:[^"\\]|\\[^n])*+)""")
_NAMED = rb"(?<![\w./-])%b(?![\w./-])"
_EGG = rb"://.*[#&]egg=%b(?![\w.-])"
# Without an egg. A URL alone may be anything, but those that pip clones by: "VCS Support" in its documentation.
_URL = (
    rb"(?<![\w./-])%b\s*(?:\[[^\]]*\]\s*)?@\s*[\w+.-]+://"
    rb"|\b(?:git|hg|svn|bzr)\+[a-z]+://\S*/%b(?:\.git)?(?:@[^\"'#]*)?(?=$|[\s\"'#])"
)


class _Place(NamedTuple):
    """Where a file states a distribution."""

    clause: str  # "requirements-dev.txt:8 states `pytest`"
    file: str = ""  # what to name to have it count, from the project's folder; "" for a file that cannot declare


class _Stated(NamedTuple):
    """What a requirements file states that the project does not read."""

    declaration: Declaration
    folder: str  # whose files it is kept for
    file: str  # from the project's folder; "" where it may not be named


class _Beside(NamedTuple):
    """A project, and what the files beside it state."""

    state: State
    project: Project
    read: Collection[str]  # the files that declare for it: what else they name is a task, or the like
    stated: dict[str, list[_Stated]]  # by name, in the order of the files
    named: dict[tuple[str, str], str]  # by folder and name, as far as asked for: where a file of a tool there names it
    installing: dict[str, list[tuple[int, bytes]]]  # by notebook, likewise: the lines that install something, and what
    tables: UnreadTables  # of the project's file


def stated_elsewhere(
    state: State, findings: Sequence[Finding], removed: Collection[tuple[str, str]]
) -> tuple[list[Finding], list[Elsewhere]]:
    """The findings, and what such files state of them, by project, with the files that it could name.

    A finding that they settle by another distribution than its first provider names that one, or none if it comes from
    a URL. Those of the projects and names that the change has `removed` stay as they are.
    """
    by_project: dict[str, list[Finding]] = {}
    for one in findings:
        if one.is_declared_nowhere and one.local is None and not one.uncommitted:
            by_project.setdefault(one.project, []).append(one)
    apart = stated_apart(state, [one for mine in by_project.values() for one in mine], beside_code=False)
    changed: dict[Finding, Finding] = {}
    found = []
    for path, mine in sorted(by_project.items()):
        project = readable_project_of(state, posixpath.dirname(mine[0].path))
        if project is None or project.path != path:  # that of a script
            continue
        read = {path, *(declaration.path for declaration in project.declarations)}
        beside = _Beside(state, project, read, {}, {}, {}, UnreadTables(state, project))
        beside.stated.update(_unread(beside, mine, apart))
        settled = {one: _settled(beside, one) for one in mine}
        fitting = _fitting(settled)
        told = ((one, _told(one, *settled[one], fitting)) for one in mine)
        changed.update((one, better) for one, better in told if (path, *one.providers[:1]) not in removed)
        if found_in := {place for _, place in settled.values() if place}:
            places = _in_order(beside, found_in)
            names = (name for name, some in beside.stated.items() if not fitting.isdisjoint(map(_place_in, some)))
            files = tuple(dict.fromkeys(place.file for place in places if place in fitting))
            named = (*project.config.requirements_files, *files) if files else ()
            found.append(Elsewhere(path, tuple(one.clause for one in places), named, frozenset(names)))
    return [changed.get(one, one) for one in findings], found


def _fitting(settled: Mapping[Finding, tuple[Finding | None, _Place | None]]) -> set[_Place]:
    """The places whose file may be named: those of packages that no file of another folder lacks.

    Named, a file counts for the whole project: the other folder's import would pass, though nobody there installs it.
    """
    asked = [(place, name) for one, (_, place) in settled.items() for name in names_meant(one)]
    lacking = {name for place, name in asked if place is None or not place.file}
    return {place for place, name in asked if place and place.file and name not in lacking}


def named_beside(state: State, findings: Iterable[Finding]) -> list[str]:
    """Where files of tools beside or above the findings' files name what provides them; the first few."""
    wanted = dict.fromkeys((posixpath.dirname(one.path), name) for one in findings for name in names_meant(one))
    found = (_named_in(state, above, name, ()) for folder, name in wanted for above in upwards(folder))
    return list(dict.fromkeys(filter(None, found)))[:_MOST_CLAUSES]


def _unread(beside: _Beside, some: Sequence[Finding], apart: Sequence[Declaration]) -> dict[str, list[_Stated]]:
    """What files above the importing ones, or apart from all code, state that the project does not read, by name."""
    state, project, read = beside.state, beside.project, beside.read
    folders = dict.fromkeys(folder for one in some for folder in _folders(project, one))
    found: dict[str, list[_Stated]] = {}
    for folder, path in [(one, path) for one in folders for path in may_list_any(state.tree, one)][:_MOST_FILES]:
        if path not in read:
            file = posixpath.relpath(path, project.folder or ".")
            for one in read_requirements_files(state.tree, [NamedFile(path, RUNTIME)]).declarations:
                found.setdefault(one.name, []).append(_Stated(one, folder, file))
    for one in apart:
        if one.path not in read and path_of(readable_project_of(state, posixpath.dirname(one.path))) == project.path:
            found.setdefault(one.name, []).append(_Stated(one, project.folder, ""))  # for whom it is nobody can tell
    return found


def _in_order(beside: _Beside, places: set[_Place]) -> list[_Place]:
    """The places in files that can declare, as they stand there; then the others by name."""
    there = [place for some in beside.stated.values() for one in some if (place := _place_in(one)).file]
    others = sorted(one for one in places if not one.file)
    return [*(one for one in there if one in places), *sorted(others, key=lambda one: one.clause.rpartition(" ")[2])]


def _folders(project: Project, finding: Finding) -> Iterator[str]:
    """The importing file's folder and those above it, up to the project's."""
    for folder in upwards(posixpath.dirname(finding.path)):
        yield folder
        if folder == project.folder:
            return


def _settled(beside: _Beside, finding: Finding) -> tuple[Finding | None, _Place | None]:
    """The finding, and where that is stated which settles it: the likeliest provider, a URL, or another provider.

    None in place of the finding where it is a URL.
    """
    folders = set(_folders(beside.project, finding))
    if not finding.settled_by and (place := _place_of_url(beside, folders, finding)):
        return None, place
    if place := next(filter(None, (_place(beside, folders, name) for name in names_meant(finding))), None):
        return finding, place
    if place := _in_notebook(beside, finding):
        return finding, place
    if place := _place_of_url(beside, folders, finding):
        return None, place
    for name in finding.providers[1:]:  # by a requirements file: a word in a tool's file says too little
        if one := _stated(beside, folders, name):
            return of_other(finding, name), _place_in(one)
    return finding, None


def _place(beside: _Beside, folders: Collection[str], name: str) -> _Place | None:
    """Where the distribution is stated, in a file of these folders or in one of a tool."""
    if one := _stated(beside, folders, name):
        return _place_in(one)
    if clause := beside.tables.naming(name):
        return _Place(clause)
    for folder in sorted(folders, key=len, reverse=True):  # the nearest to the file first
        if (folder, name) not in beside.named:
            beside.named[folder, name] = _named_in(beside.state, folder, name, beside.read)
        if clause := beside.named[folder, name]:
            return _Place(clause)
    return None


def _in_notebook(beside: _Beside, finding: Finding) -> _Place | None:
    """Where a cell of the importing notebook installs it: `%pip install`, which declares nothing."""
    path = finding.path
    if not path.endswith(".ipynb"):
        return None
    if path not in beside.installing:
        lines = enumerate(text_of(beside.state, path).split(b"\n"), start=1)
        beside.installing[path] = [
            (number, installs[1])
            for number, line in lines
            if b"install" in line
            for installs in _INSTALLING.finditer(line)
        ]
    for name in names_meant(finding) if beside.installing[path] else ():
        named = _naming(_NAMED, name)
        for number, installed in beside.installing[path]:
            if named.search(installed):
                return _Place(f"{path}:{number} installs `{name}`")
    return None


def _naming(form: bytes, name: str) -> re.Pattern[bytes]:
    """The form with the name, however it is spelled."""
    spelled = re.escape(name.encode()).replace(rb"\-", b"[-_.]")
    return re.compile(form.replace(b"%b", spelled), re.IGNORECASE)


def _stated(beside: _Beside, folders: Collection[str], name: str) -> _Stated | None:
    return next((one for one in beside.stated.get(name, ()) if one.folder in folders), None)


def _place_in(stated: _Stated) -> _Place:
    one = stated.declaration
    return _Place(f"{one.path}:{one.line} states `{one.name}`", stated.file)


def _place_of_url(beside: _Beside, folders: Collection[str], finding: Finding) -> _Place | None:
    """Where a distribution that is called like the module, or a little known provider, comes from a URL."""
    little_known = () if finding.settled_by else finding.providers
    stated = [one for some in beside.stated.values() for one in some if one.folder in folders]
    by_url = {one.declaration.name: one for one in reversed(stated) if one.declaration.is_elsewhere}
    if name := providers.private_provider(finding.module, by_url, by_url):
        return _place_in(by_url[Name(name)])
    if one := next((by_url[Name(name)] for name in little_known if name in by_url), None):
        return _place_in(one)
    named = (
        _named_in(beside.state, folder, name, beside.read, by_url=True)
        for name in (*(name for _, name in providers.dotted_names(finding.module)), *little_known)
        for folder in sorted(folders, key=len, reverse=True)
    )
    clause = next(filter(None, named), "")
    return _Place(clause) if clause else None


def _told(finding: Finding, better: Finding | None, place: _Place | None, fitting: Collection[_Place]) -> Finding:
    """What is reported for the finding; `fitting` are the places whose files may be named."""
    if place is None:
        return better or finding
    is_offered = place in fitting
    if better is None:
        return of_url(finding, place.clause, is_offered=is_offered)
    return of_little_known(better, place.clause, is_offered=is_offered) if place.file else better


def _named_in(state: State, folder: str, name: str, read: Collection[str], *, by_url: bool = False) -> str:
    """Where a file of a tool, none of those `read`, names the distribution; `by_url`: as one that comes from a URL."""
    files = {path: lines for path, lines in lines_naming(state, folder).items() if path not in read}
    if not files:  # as in most folders, for which no pattern is made
        return ""
    plain, egg, url = (_naming(one, name) for one in (_NAMED, _EGG, _URL))
    for path, number, code in ((path, *line) for path, lines in files.items() for line in lines):
        if ((egg if b"egg=" in code else url) if by_url else plain).search(code):
            return f"{path}:{number} names `{name}`"
    return ""
