"""Findings in, out what is missing: each distribution once, with the place its importers call for and its version."""

import posixpath
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from import_customs import providers
from import_customs.check.judge import Judge
from import_customs.check.local_sources import taken_from
from import_customs.check.versions import Versions
from import_customs.model import NO_PROJECT, PYPROJECT, RUNTIME, Finding, Project
from import_customs.model.outcome import ON_SOME_PLATFORMS, MissingDeclaration, Purpose, is_missing
from import_customs.model.requirement import Name
from import_customs.model.toml import Document, Table, parse
from import_customs.project.dialects import setuptools
from import_customs.project.dialects.dialect import ProjectFiles
from import_customs.project.edit import places
from import_customs.project.edit.places import Nowhere
from import_customs.project.purpose import purpose_of
from import_customs.providers.evidence import Evidence

_AS_LIKELY = 4  # two providers are both likely where their ranks differ by less than this factor


class _Here(NamedTuple):
    """A project in which something is missing, and what is known around it."""

    judge: Judge
    versions: Versions
    project: Project
    tables: Table
    evidence: Evidence
    told: frozenset[str]  # distributions that the user names, or that are other projects of the repository
    nowhere: Nowhere


def missing(judge: Judge, findings: Sequence[Finding]) -> list[MissingDeclaration]:
    """What is missing, by project, place and name, runtime first. Raises CheckError where a project cannot be read."""
    grouped: dict[str, dict[str, list[Finding]]] = {}
    for finding in findings:
        if is_missing(finding):
            grouped.setdefault(finding.project, {}).setdefault(finding.providers[0], []).append(finding)
    versions = Versions(judge)
    found: list[MissingDeclaration] = []
    for path, importers in grouped.items():
        here = _here(judge, versions, path)
        found.extend(_missing(here, name, some) if here else _elsewhere(path, name) for name, some in importers.items())
    return sorted(found, key=_order)


def _elsewhere(path: str, name: str) -> MissingDeclaration:
    return MissingDeclaration(path, name, None, "", f"only {PYPROJECT} is written; add it by hand")


def _here(judge: Judge, versions: Versions, path: str) -> _Here | None:
    """What is known of the project; None where no pyproject.toml states it."""
    source = judge.tree.read(path) if posixpath.basename(path) == PYPROJECT else None
    if source is None:
        return None
    project, tables = (
        judge.project_of(posixpath.dirname(path)) or NO_PROJECT._replace(path=path),
        parse(source, path).table,
    )
    is_left = "project" not in tables and _is_left(judge, project)
    nowhere = places.nowhere(tables, project.config.declare_in, is_left=is_left)
    told = {*judge.siblings(project).values(), *(name for _, named in project.config.provides for name in named)}
    return _Here(judge, versions, project, tables, judge.evidence(project), frozenset(told), nowhere)


def _is_left(judge: Judge, project: Project) -> bool:
    """Whether setup.cfg, setup.py or requirements files state dependencies."""
    files = ProjectFiles(judge.tree, project.folder, Document(project.path, "", {}))
    return bool(setuptools.stated_by_files(files) or project.config.requirements_files)


def _missing(here: _Here, name: str, importers: list[Finding]) -> MissingDeclaration:
    project = here.project
    slot = places.writable_place(here.tables, kind_of(project, importers), project.config.declare_in)
    is_told = name in here.told or here.evidence.package(Name(name)) is not None
    others = () if is_told else tuple(_as_likely(importers[0].providers))
    taken = taken_from(here.judge, project, Name(name))
    is_partial = all(finding.guard == "platform" for finding in importers)
    doubt = "" if is_told else _doubt(importers[0], others)
    doubt = doubt or (ON_SOME_PLATFORMS if is_partial else "") or taken.doubt
    if not doubt and slot is None:
        doubt = f"{project.path} {here.nowhere.reason}"
    version = here.versions.of(project, Name(name), here.evidence, is_public=name not in here.told)
    title = "" if slot else here.nowhere.title
    local = bool(taken.doubt)
    return MissingDeclaration(project.path, name, slot, version, doubt, others, title, taken.source, local, is_partial)


def _order(one: MissingDeclaration) -> tuple[str, bool, str, str]:
    place = one.slot.place if one.slot else None
    return one.project, place != RUNTIME, str(place or ""), one.name


def kind_of(project: Project, importers: Sequence[Finding]) -> Purpose:
    """What the importing files are for, together: any runtime code makes it runtime."""
    kinds = {_purpose(project, finding) for finding in importers}
    if "runtime" in kinds:
        return "runtime"
    return kinds.pop() if len(kinds) == 1 else "dev"


def _purpose(project: Project, finding: Finding) -> Purpose:
    path = posixpath.relpath(finding.path, project.folder or ".")
    return purpose_of(project, path, for_types=finding.guard == "type-checking")


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


def _as_likely(named: Sequence[str]) -> Iterator[str]:
    best = providers.rank(named[0]) or 0
    ranked = ((name, providers.rank(name)) for name in named[1:])
    return (name for name, rank in ranked if rank is not None and rank < _AS_LIKELY * best)
