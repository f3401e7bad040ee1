"""Explain one module: what is known of it and where from, whether the project declares it, and why it passes or not."""

import os
import posixpath
from collections.abc import Iterator, Mapping, Sequence
from keyword import iskeyword

from import_customs import providers
from import_customs.check import covered, first_party, local_projects, pipeline
from import_customs.check.judge import refuse_unread
from import_customs.check.judge_exactly import judge_import
from import_customs.check.reasons import why_it_passes
from import_customs.check.state import State, project_of
from import_customs.check.uncovered import evidence_of
from import_customs.model import PYPROJECT, CheckError, Declaration, Finding, Import, Project, Reason, Site, requirement
from import_customs.model.names import normalized, top
from import_customs.model.requirement import Name
from import_customs.providers import stdlib
from import_customs.providers.evidence import Evidence
from import_customs.repository import git, select
from import_customs.repository.tree import Worktree

_MOST = 8  # providers and declarations that are listed
_FILE = "import-customs-explain.py"  # in the project's folder; no file of a project has such a name


def run(cwd: str, text: str, variables: Mapping[str, str], python: str | None) -> list[str]:
    """The lines of what is known of a module, or of a distribution of which no module has the name.

    They are not escaped yet; `variables` are those of the process, `python` is as `Request` has it.

    Raises CheckError if `text` is no module's name and if no project governs the folder `cwd`.
    """
    distribution = _distribution(text)
    module = "" if distribution else _module(text)
    root = git.root(cwd)
    locations = pipeline.locations(root, cwd, variables, python)
    state = State(Worktree(root), locations, tracked=lambda: git.index_entries(root).keys())
    folder = select.path_from_root(root, cwd, ".").removeprefix(".")
    project = project_of(state, folder)
    if project is None:
        raise CheckError(f"no {PYPROJECT} above this folder states a project", hint="ask in the folder of a project")
    if distribution:
        return list(_of_distribution(distribution, project, evidence_of(state, project).evidence))
    site = Site(project, posixpath.join(folder, _FILE), for_types=False, guarded=False)
    judged = list(judge_import(state, site, Import(module, (), line=1, column=1, guard=None)))
    evidence = evidence_of(state, project).evidence
    if blocking := [one for one in judged if isinstance(one, Finding)]:
        refuse_unread(state, project)
    passing = [one for one in judged if isinstance(one, Reason)]
    return [
        module,
        *_facts(state, site, module, evidence, [reason.name for reason in passing]),
        "",
        *(f"blocked ({one.rule}): {'; '.join(filter(None, (one.message, one.remedy)))}" for one in blocking),
        *(f"passes: {why_it_passes(reason, module)}" for reason in passing),
        *(f"warning: {warning}" for warning in evidence.warnings),
    ]


def _distribution(text: str) -> Name | None:
    """The popular distribution of that name, if no module is called so that it or another popular one installs."""
    name = requirement.normalized(text)
    is_dotted = "." in text and text.replace(".", "").isidentifier()
    known = providers.providers(text) if text.isidentifier() else []
    is_module = is_dotted or any(providers.rank(one) is not None for one in known) or stdlib.versions_with(text)[0]
    return None if is_module or not requirement.is_name(text) or providers.rank(name) is None else name


def _of_distribution(name: Name, project: Project, evidence: Evidence) -> Iterator[str]:
    modules = [one for one in providers.known_modules(name) if one != "?"] or providers.top_level_modules(name)
    yield f"{name}, a package"
    yield _row("rank", [f"{providers.rank(name):,}"], where="the index")
    yield _row("installs", modules[:_MOST], where="the index")
    yield _row("locked", [_with_version(name, evidence)] if evidence.lock and name in evidence.lock.names else [])
    declared = [_stated(one) for one in project.declarations if one.name == name]
    yield _row("declared", declared[:_MOST] or [f"nowhere in {project.path}"])
    yield ""
    imported = " or ".join(f"`{one}`" for one in modules[:_MOST])
    yield f"it is imported as {imported}: ask for that to see whether it passes"


def _module(text: str) -> str:
    """The module as the parser names it. Raises CheckError if it is no module's name."""
    hint = "write it as an import does: package.module"
    if not all(part.isidentifier() for part in text.split(".")):
        raise CheckError(f"{text!r} is not the name of a module", hint=hint)
    module = normalized(text)
    if word := next(filter(iskeyword, module.split(".")), None):
        raise CheckError(f"`{word}` is a keyword of Python, and no module is called so", hint=hint)
    return module


def _facts(state: State, site: Site, module: str, evidence: Evidence, covering: Sequence[str]) -> Iterator[str]:
    """The rows of what is known of the module. `covering` are distributions that cover it."""
    project, lock = site.project, evidence.lock
    known, installing = providers.providers(module), evidence.installed_providers(module)
    if stdlib.in_stdlib(top(module), project.requires_python) == "always":  # nobody means a little known namesake
        known = [name for name in known if providers.rank(name) is not None]
    configured = list(dict.fromkeys(covered.configured_providers(project, module)))
    yield _row("standard library", [_versions_with(top(module))])
    yield _row("in the repository", [_place(state, site, module)])
    yield _row("provided by", _ranked(known, module), where="the index")
    if configured:
        yield _row("by your `provides`", configured)
    place = os.path.basename(evidence.place) or "no environment"
    yield _row("installed by", [_with_version(name, evidence) for name in installing], where=place)
    locked = [name for name in dict.fromkeys([*installing, *known]) if lock and name in lock.names]
    where = lock.path if lock else "no lock file"
    yield _row("locked", [_with_version(name, evidence) for name in locked[:_MOST]], where=where)
    wanted = {*known, *installing, *configured, *providers.own_names(module), *covering}
    declared = [_stated(one) for one in project.declarations if one.name in wanted]
    yield _row("declared", declared[:_MOST] or [f"nowhere in {project.path}"])


def _row(label: str, values: Sequence[str], where: str = "") -> str:
    return f"  {label:<18} {', '.join(values) or 'nothing'}{f' ({where})' if where else ''}"


def _versions_with(module: str) -> str:
    """On which Pythons the standard library has the module."""
    having, known = stdlib.versions_with(module)
    if not having:
        return "no"
    if having == known:
        return "yes"
    since = "" if having[0] == known[0] else f"since {having[0]}"
    until = "" if having[-1] == known[-1] else f"up to {having[-1]}"
    return " ".join(filter(None, (since, until)))


def _place(state: State, site: Site, module: str) -> str:
    """Where the repository has the module, whether or not that counts."""
    if place := first_party.place(state, site, module):
        return place
    if local := local_projects.meant(state, site, module):
        return f"in another project, {local[0].project.name or local[0].project.folder}"
    return "no"


def _ranked(known: Sequence[str], module: str) -> list[str]:
    """The providers among the most downloaded with their ranks, else the best one, and how many others there are."""
    if not known:
        return ["its parts (a namespace)" if providers.is_namespace(module) else "nothing that is known"]
    ranked = [f"{name} (rank {rank:,})" for name in known if (rank := providers.rank(name))][:_MOST]
    named = ranked or [f"{known[0]}, not among the most downloaded"]
    others = len(known) - len(named)
    return [*named, f"{others} less known"] if others else named


def _with_version(name: str, evidence: Evidence) -> str:
    package = evidence.package(Name(name))
    return f"{name} {package.version}" if package and package.version else name


def _stated(one: Declaration) -> str:
    extras = f"[{','.join(one.extras)}]" if one.extras else ""
    return f"{one.name}{extras} ({one.place}, {one.path}:{one.line})"
