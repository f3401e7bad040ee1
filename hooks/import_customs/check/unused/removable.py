"""Tell which unused declarations `--fix` takes out: those in the lists and tables of a pyproject.toml that it knows."""

import posixpath
from collections.abc import Iterator, Sequence

from import_customs.check.remedies.missing_declarations import lock_of
from import_customs.check.state import State, project_of, text_of
from import_customs.check.uncovered.project_evidence import evidence_of
from import_customs.check.unused.pages import UNUSED
from import_customs.model import PYPROJECT, Finding, WritablePlace
from import_customs.model.outcome import Removable
from import_customs.model.toml import parse
from import_customs.project.edit.places import declared_names, places_of


def removable(state: State, findings: Sequence[Finding]) -> Iterator[Removable]:
    """What it takes out of the state, by file and name."""
    for path, names in by_file(findings).items():
        gone = {name for _, held in places_losing(text_of(state, path), path, names) for name in held}
        lock = lock_beside(state, path)
        yield from (Removable(path, name, lock) for name in sorted(gone))


def by_file(findings: Sequence[Finding]) -> dict[str, frozenset[str]]:
    """By file that is written to: the distributions that nothing uses."""
    written = [one for one in findings if posixpath.basename(one.path) == PYPROJECT and one.rule == UNUSED]
    paths = sorted({one.path for one in written})
    return {path: frozenset(one.distribution for one in written if one.path == path) for path in paths}


def places_losing(source: bytes, path: str, names: frozenset[str]) -> list[tuple[WritablePlace, frozenset[str]]]:
    """The places of the file that hold some of the names, each with those. Raises CheckError if it is no TOML."""
    tables = parse(source, path).table
    found = ((place, names & declared_names(tables, place)) for place in places_of(tables))
    return [(place, held) for place, held in found if held]


def lock_beside(state: State, path: str) -> tuple[str, str]:
    """The command that renews the lock file of the project at the path, and that file."""
    project = project_of(state, posixpath.dirname(path))
    return lock_of(project, evidence_of(state, project).evidence) if project else ("", "")
