"""Find the files beside a project that state what it lacks, though it does not name them: a remedy of one line.

Only findings get here. Such files declare nothing until the project names them.
"""

from __future__ import annotations

import posixpath

from import_customs import providers
from import_customs.check.state import State, readable_project_of, text_of
from import_customs.model import PYPROJECT, RUNTIME, Finding, upwards
from import_customs.model.later import re
from import_customs.model.outcome import Elsewhere
from import_customs.project.dialects.requirements_file import NamedFile, read_requirements_files
from import_customs.project.requirements_kept import requirements_kept

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from import_customs.model import Project

_OTHERS = (
    "Pipfile",
    "tox.ini",
    "noxfile.py",
    "environment.yml",
    "environment.yaml",
)  # they are named, and cannot declare
_LARGEST = 1024**2  # bytes of a file that is searched
_MOST_FILES = 100  # that are read for a project


def stated_elsewhere(state: State, findings: Sequence[Finding]) -> list[Elsewhere]:
    """What such files state of the findings, by project, and the files that it could name."""
    by_project: dict[str, list[Finding]] = {}
    for finding in findings:
        if posixpath.basename(finding.project) == PYPROJECT and finding.is_declared_nowhere and finding.local is None:
            by_project.setdefault(finding.project, []).append(finding)
    found = []
    for path, mine in sorted(by_project.items()):
        project = readable_project_of(state, posixpath.dirname(path))
        if project and (one := _of_project(state, project, mine)):
            found.append(one)
    return found


def _of_project(state: State, project: Project, findings: Sequence[Finding]) -> Elsewhere | None:
    wanted = {name for finding in findings for name in names_meant(finding)}
    folders = dict.fromkeys(folder for one in findings for folder in _folders(project, one))
    places: dict[str, str] = {}  # by name
    files: dict[str, None] = {}
    read = {declaration.path for declaration in project.declarations}
    for path in [path for folder in folders for path in requirements_kept(state.tree, folder)][:_MOST_FILES]:
        if path in read:
            continue
        for one in read_requirements_files(state.tree, [NamedFile(path, RUNTIME, path)]).declarations:
            if one.name in wanted and one.name not in places:
                places[one.name] = f"{one.path}:{one.line} states `{one.name}`"
                files[posixpath.relpath(path, project.folder or ".")] = None
    names = frozenset(places)
    for name in sorted(wanted.difference(places)):
        if place := next(_named_in(state, project.folder, name), None):
            places[name] = place
    if not places:
        return None
    named = (*project.config.requirements_files, *files) if files else ()
    return Elsewhere(project.path, tuple(places.values()), named, names)


def names_meant(finding: Finding) -> Sequence[str]:
    """The distributions that settle the finding once they are declared."""
    return finding.providers[:1] or providers.own_names(finding.module)


def _folders(project: Project, finding: Finding) -> Iterator[str]:
    """The importing file's folder and those above it, up to the project's."""
    for folder in upwards(posixpath.dirname(finding.path)):
        yield folder
        if folder == project.folder:
            return


def _named_in(state: State, folder: str, name: str) -> Iterator[str]:
    """Where a file of a tool names the distribution."""
    listing = state.tree.listing(folder)
    for path in (posixpath.join(folder, other) for other in _OTHERS if listing.get(other) is False):
        pattern = re.escape(name.encode()).replace(rb"\-", b"[-_.]")
        spelled = re.compile(rb"(?<![\w./-])" + pattern + rb"(?![\w./-])", re.IGNORECASE)
        source = text_of(state, path)
        for number, line in enumerate(source.split(b"\n") if len(source) <= _LARGEST else (), start=1):
            if spelled.search(line.partition(b"#")[0]) and b"import " not in line:
                yield f"{path}:{number} names `{name}`"
                break
