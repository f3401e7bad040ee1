"""Findings in, out what is missing: each distribution once, with the place its importers call for and its version."""

import posixpath
import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from import_customs import providers, rules
from import_customs.declare import slots
from import_customs.declare.local import taken_from
from import_customs.declare.slots import Kind, Slot, Tables
from import_customs.declare.versions import Versions
from import_customs.findings import Finding
from import_customs.judge import Judge
from import_customs.project import FILE_NAME, NONE, Project
from import_customs.project.declaration import RUNTIME
from import_customs.project.document import parse
from import_customs.project.requirement import Name

_SETTLED_BY_ONE = ("undeclared", "transitive", "stdlib-version")  # rules of which a declaration settles a finding
_TEST_FOLDERS = frozenset({"test", "tests", "testing"})
_DOCS_FOLDERS = frozenset({"doc", "docs", "documentation"})
_TEST_FILE = re.compile(r"test_.*\.py|.*_test\.py|conftest\.py")  # source: pytest, "python_files"
_LEFT = "leaves its dependencies to the build backend; add it where that reads them"
_ON_SOME_PLATFORMS = (
    "only code for some platforms imports it; declare it with a marker such as `sys_platform == 'win32'`"
)
_EXTRAS_LEFT = "leaves its extras to the build backend; add it where that reads them"
_NO_PROJECT = "has no list of runtime dependencies; add it to a group, or say which one: `declare-in`"
_AS_LIKELY = 4  # two providers are both likely where their ranks differ by less than this factor


class Missing(NamedTuple):
    """One distribution that a project imports and does not declare."""

    project: str  # the path of the file that states it
    name: str  # normalized
    slot: Slot | None  # where it belongs; None where that file has no place for it
    version: str  # a specifier such as ">=5.3"; "" where nothing tells one
    doubt: str = ""  # why it is left to a person; "" where it is clear
    others: tuple[str, ...] = ()  # distributions that are about as likely meant
    source: str = ""  # what `sources` of uv must say of it, as TOML; "" where nothing


def missing(judge: Judge, findings: Sequence[Finding]) -> list[Missing]:
    """What is missing, by project, place and name, runtime first. Raises CheckError where a project cannot be read."""
    grouped: dict[tuple[str, str], list[Finding]] = {}
    for finding in findings:
        if is_missing(finding):
            grouped.setdefault((finding.project, finding.providers[0]), []).append(finding)
    versions = Versions(judge)
    found = [_missing(judge, versions, *key, importers) for key, importers in grouped.items()]
    return sorted(found, key=_order)


def is_missing(finding: Finding) -> bool:
    """Whether a declaration would settle it, and it is known of what."""
    return finding.rule in _SETTLED_BY_ONE and bool(finding.providers) and not finding.remedy


def _missing(judge: Judge, versions: Versions, path: str, name: str, importers: list[Finding]) -> Missing:
    source = judge.tree.read(path) if posixpath.basename(path) == FILE_NAME else None
    if source is None:
        return Missing(path, name, None, "", f"only {FILE_NAME} is written; add it by hand")
    project = judge.project_of(posixpath.dirname(path)) or NONE
    evidence = judge.evidence(project)
    table = parse(source, path).table
    slot = slots.slot_for(table, kind_of(project, importers), project.config.declare_in)
    is_told = (
        evidence.package(Name(name)) is not None
        or any(name in named for _, named in project.config.provides)
        or name in judge.siblings(project).values()
    )
    others = () if is_told else tuple(_as_likely(importers[0].providers))
    taken = taken_from(judge, project, Name(name))
    doubt = ("" if is_told else _doubt(importers[0], others)) or _of_platform(importers) or taken.doubt
    if not doubt and slot is None:
        doubt = f"{path} {_nowhere(table, project.config.declare_in)}"
    return Missing(path, name, slot, versions.of(project, Name(name), evidence), doubt, others, taken.source)


def _nowhere(tables: Tables, declare_in: str) -> str:
    """Why the project has no place for it."""
    if "project" not in tables:
        return _NO_PROJECT
    return _EXTRAS_LEFT if declare_in.startswith("extra ") else _LEFT


def _order(one: Missing) -> tuple[str, bool, str, str]:
    place = one.slot.place if one.slot else ""
    return one.project, place != RUNTIME, place, one.name


def kind_of(project: Project, importers: Sequence[Finding]) -> Kind:
    """What the importing files are for, together: any runtime code makes it runtime."""
    kinds = {_kind(project, finding) for finding in importers}
    if "runtime" in kinds:
        return "runtime"
    return kinds.pop() if len(kinds) == 1 else "dev"


def _kind(project: Project, finding: Finding) -> Kind:
    path = posixpath.relpath(finding.path, project.folder or ".")
    folders = set(posixpath.dirname(path).split("/"))
    if folders & _TEST_FOLDERS or _TEST_FILE.fullmatch(posixpath.basename(path)):
        return "test"
    if folders & _DOCS_FOLDERS:
        return "docs"
    if finding.guard == "type-checking" or path.endswith(".pyi"):
        return "types"
    return "runtime" if rules.is_runtime(project, path) else "dev"


def _doubt(finding: Finding, others: Sequence[str]) -> str:
    """Why the first provider is not clearly the one that is meant, where nothing around the project tells."""
    name = finding.providers[0]
    if finding.rule == "stdlib-version":
        return "declaring it is one of several ways; choose one"
    if providers.rank(name) is None and providers.is_known(name):
        return f"`{name}` is not among the most downloaded: see that it is what you want, and declare it by hand"
    if others:
        return f"more than one package provides it: {', '.join((name, *others))}; declare the one that you want"
    return ""


def _of_platform(importers: Sequence[Finding]) -> str:
    """Why it is not to be declared for every platform; which ones are meant is not read from the tests."""
    return _ON_SOME_PLATFORMS if all(finding.guard == "platform" for finding in importers) else ""


def _as_likely(named: Sequence[str]) -> Iterator[str]:
    best = providers.rank(named[0]) or 0
    ranked = ((name, providers.rank(name)) for name in named[1:])
    return (name for name, rank in ranked if rank is not None and rank < _AS_LIKELY * best)
