"""Explain modules, distributions and rules: what is known and where from, what is declared, what passes and why."""

import posixpath
from collections.abc import Sequence
from keyword import iskeyword
from typing import NamedTuple

from import_customs import providers
from import_customs.check import covered, pipeline
from import_customs.check.covered import first_party, local_projects
from import_customs.check.explain.rows import (
    as_object,
    declared_at,
    downloads,
    environment_name,
    pythons_with,
    ranked_providers,
    row,
    versions,
    with_version,
)
from import_customs.check.judge.exactly import judge_import
from import_customs.check.rules import RULES
from import_customs.check.rules.rule import Rule, stated_in
from import_customs.check.scope import Request
from import_customs.check.state import State, project_of
from import_customs.check.uncovered import held_elsewhere
from import_customs.check.uncovered.project_evidence import evidence_of
from import_customs.check.unjudgeable import may_be_declared
from import_customs.check.unused.explaining import explained_uses
from import_customs.check.unused.pages import PAGES
from import_customs.check.verbose import why_it_passes
from import_customs.model import PYPROJECT, CheckError, Finding, Import, Project, Reason, Site, requirement
from import_customs.model.answer import Answer
from import_customs.model.names import normalized, top
from import_customs.model.requirement import Name
from import_customs.project import must_be_there
from import_customs.providers import distributions, stdlib
from import_customs.providers.evidence import Evidence
from import_customs.repository import git, select
from import_customs.repository.tree import Worktree

_RULES = {**RULES, **{name: Rule(name, page) for name, page in PAGES.items()}}
_MOST_JUDGED = 4  # modules of a distribution
_FILE = "import-customs-explain.py"  # in the project's folder; no file of a project has such a name


class _Here(NamedTuple):
    """Where it is asked."""

    root: str
    state: State
    folder: str
    project: Project
    evidence: Evidence


def run(request: Request, names: Sequence[str]) -> list[Answer]:
    """What is known of each name: of a rule, of a distribution if no module is called so, else of a module.

    Raises CheckError if a text is no such name, if no project governs the folder of a module, if the index is damaged.
    """
    asked = [(name, None if name in _RULES else _distribution_meant(name)) for name in dict.fromkeys(names)]
    modules = {name: _module_meant(name) for name, distribution in asked if name not in _RULES and not distribution}
    here = _here(request) if any(name not in _RULES for name in names) else None
    answers = []
    for name, distribution in asked:
        if here is None or name in _RULES:
            rule = _RULES[name]
            page = [f"# {rule.name}", "", *rule.page.rstrip().split("\n")]
            answers.append(Answer("rules", page, {"rule": rule.name, "summary": rule.summary, "page": rule.page}))
        elif distribution:
            answers.append(_of_distribution(here, distribution))
        else:
            answers.append(_with_uses(here, _of_module(here, modules[name]), requirement.normalized(name)))
    providers.verify_used()
    return answers


def _distribution_meant(text: str) -> Name | None:
    """The distribution of that name, if no module is called so that it or another popular one installs."""
    if not requirement.is_name(text):
        return None
    name, is_dotted = requirement.normalized(text), "." in text and text.replace(".", "").isidentifier()
    if not is_dotted and not text.isidentifier():
        return name
    known = providers.providers(text) if text.isidentifier() else []
    popular = [one for one in known if providers.rank(one) is not None]
    is_installed = any(one != name or distributions.newest_installs(one, text) is not False for one in popular)
    is_installed = is_installed or stdlib.in_stdlib(text, "") != "never"
    return None if is_dotted or is_installed or providers.rank(name) is None else name


def _module_meant(text: str) -> str:
    """The module as the parser names it. Raises CheckError if it is no module's name."""
    hint = "write a module as an import does, package.module, and a package by its name alone"
    if not all(part.isidentifier() for part in text.split(".")):
        raise CheckError(f"{text!r} is not the name of a module", hint=hint)
    module = normalized(text)
    if word := next(filter(iskeyword, module.split(".")), None):
        raise CheckError(f"`{word}` is a keyword of Python, and no module is called so", hint=hint)
    return module


def _used_by(here: _Here, name: Name) -> tuple[list[str], dict[str, object]]:
    """What uses a declared distribution: a row, and the same for programs; nothing of one that is not declared."""
    words, facts = explained_uses(here.state, here.project, name, here.root)
    return ([row("used by", words)] if facts else []), facts


def _with_uses(here: _Here, answer: Answer, name: Name) -> Answer:
    """The answer of a module, with what uses the declared distribution of its name."""
    used, uses = _used_by(here, name)
    at = answer.lines.index("")
    return answer._replace(lines=[*answer.lines[:at], *used, *answer.lines[at:]], facts={**answer.facts, **uses})


def _here(request: Request) -> _Here:
    """The project that governs the folder, and what is known of it. Raises CheckError if none does."""
    root = git.root(request.cwd)
    tree, where = Worktree(root), pipeline.locations(root, request)
    must_be_there(tree, where.requirements_files)
    state = State(tree, where, tracked=lambda: git.index_entries(root))
    folder = select.path_from_root(root, request.cwd, ".").removeprefix(".")
    project = project_of(state, folder)
    if project is None:
        raise CheckError(f"no {PYPROJECT} above this folder states a project", hint="ask in the folder of a project")
    return _Here(root, state, folder, project, evidence_of(state, project).evidence)


# What is answered.


def _of_distribution(here: _Here, name: Name) -> Answer:
    evidence, rank = here.evidence, providers.rank(name)
    modules = _modules_of(name, is_popular=rank is not None)
    stated = [module for module, named in here.project.config.provides if name in named]
    seen = evidence.installed.modules_of(name) if evidence.installed else []
    declared = [one for one in here.project.declarations if one.name == name]
    is_locked = evidence.lock is not None and name in evidence.lock.names()
    used, uses = _used_by(here, name)
    public = [one for one in [*stated, *modules, *seen] if all(map(_is_public, one.split(".")))]
    judged = [_of_module(here, one) for one in dict.fromkeys(public[:_MOST_JUDGED])]
    lines = [
        f"{name}, a package",
        row("downloads", [downloads(rank) if rank else "not among the most downloaded"], where="the index"),
        *_installing_rows(name, modules, stated, seen, evidence),
        row("locked", [with_version(name, evidence)] if is_locked else []),
        row("declared", [declared_at(one) for one in declared] or [f"nowhere in {stated_in(here.project)}"]),
        *used,
        "",
        *(_verdict(answer) for answer in judged),
    ]
    facts: dict[str, object] = {
        "distribution": name,
        "rank": rank,
        "installs": list(dict.fromkeys([*stated, *modules, *seen])),
        "installed": versions([name], evidence) if seen else [],
        "locked": versions([name], evidence) if is_locked else [],
        "declared": [as_object(one) for one in declared],
        **uses,
    }
    return Answer("distributions", lines if judged else lines[:-1], facts, judged)


def _is_public(part: str) -> bool:
    return part.isidentifier() and part[0] != "_"


def _installing_rows(
    name: Name, modules: list[str], stated: list[str], seen: list[str], evidence: Evidence
) -> list[str]:
    is_known = distributions.exact_modules(name) is not None
    by_index = [row("installs", modules or ["nothing" if is_known else "nothing that is known"], where="the index")]
    brought = providers.umbrella_parts(name)
    by_others = [row("always brings", brought, where="the index")] if brought else []
    by_user = [row("by your `provides`", stated)] if stated else []
    here = [row("installs here", seen, where=environment_name(evidence))] if seen else []
    return by_index + by_others + by_user + here


def _modules_of(name: Name, *, is_popular: bool) -> list[str]:
    """The modules that it is known to install, else the one that a popular one likely does.

    None that its newest release lacks, unless that is for a version; of a namespace the part that it is called after.
    """
    known = [one for one in distributions.known_modules(name) if one != "?"]
    known = known or (distributions.top_level_modules(name) if is_popular else [])
    there = [
        one
        for one in known
        if distributions.newest_installs(name, one) is not False or distributions.bound_for(name, one)
    ]
    own = name.replace("-", ".")
    called_after = [own] if "." in own and providers.providers(own) == [name] else []
    return [one for one in there if "." in one or not providers.is_namespace(one)] or called_after or there


def _of_module(here: _Here, module: str) -> Answer:
    state, project, evidence = here.state, here.project, here.evidence
    site = Site(project, posixpath.join(here.folder, _FILE), for_types=False, guarded=False)
    judged = list(judge_import(state, site, Import(module, (), line=1, column=1, guard=None)))
    blocking = [one for one in judged if isinstance(one, Finding)]
    unread = _why_it_is_not_judged(project, blocking)
    passing = [one for one in judged if isinstance(one, Reason)]
    rows, facts = _facts(state, site, module, evidence, [reason.name for reason in passing])
    there = _where_it_passes(state, project, module) if blocking else {}
    said = [f"blocked ({one.rule}): {'; '.join(filter(None, (one.message, one.remedy)))}" for one in blocking]
    lines = [
        module,
        *rows,
        "",
        *([unread] if unread else said),
        *([f"passes in {there['folder']}/: {there['message']}"] if there else ()),
        *(f"passes: {why_it_passes(reason, module)}" for reason in passing),
        *(f"warning: {warning}" for warning in evidence.warnings),
    ]
    reasons = [
        {"kind": one.kind, "distribution": one.name, "message": why_it_passes(one, module)}
        for one in ([] if blocking else passing)
    ]
    verdict = {"reason": next(iter(reasons), None), "finding": None if unread else next(iter(blocking), None)}
    more = {key: one for key, one in (("error", unread), ("passes_in", there)) if one}
    return Answer("modules", lines, {"module": module, **facts, **verdict, **more})


def _where_it_passes(state: State, project: Project, module: str) -> dict[str, str]:
    """The first folder of the project that holds the module, with why it passes there; nothing if it passes in none."""
    for path in held_elsewhere.paths_of(state, top(module)):
        folder = posixpath.dirname(path.removesuffix("/").removesuffix("/__init__.py"))
        if project_of(state, folder) == project:
            site = Site(project, posixpath.join(folder, _FILE))
            judged = list(judge_import(state, site, Import(module, (), line=1, column=1, guard=None)))
            if passing := [one for one in judged if isinstance(one, Reason)]:
                return {"folder": folder or ".", "message": why_it_passes(passing[0], module)}
    return {}


def _why_it_is_not_judged(project: Project, findings: Sequence[Finding]) -> str:
    """The reason where dependencies that cannot be read may declare it, else ""."""
    if not project.unread or not any(map(may_be_declared, findings)):
        return ""
    path, line, why = project.unread
    return f"not judged: its dependencies cannot be read: they {why} ({path}:{line})"


def _verdict(module: Answer) -> str:
    """The line that says whether it passes."""
    line = module.lines[module.lines.index("") + 1]
    return f"`{module.lines[0]}` {line if line.startswith('passes') else f'is {line}'}"


def _facts(
    state: State, site: Site, module: str, evidence: Evidence, covering: Sequence[str]
) -> tuple[list[str], dict[str, object]]:
    """What is known of the module, as rows and for programs. `covering` are distributions that cover it."""
    project, lock = site.project, evidence.lock
    known, installing = providers.providers(module), evidence.installed_providers(module)
    if stdlib.in_stdlib(top(module), project.requires_python) == "always":  # nobody means a little known namesake
        known = [name for name in known if providers.rank(name) is not None]
    configured = list(dict.fromkeys(covered.configured_providers(project, module)))
    locked = [name for name in dict.fromkeys([*installing, *known]) if lock and name in lock.names()]
    in_lock = [with_version(name, evidence) for name in locked]
    wanted = {*known, *installing, *configured, *providers.own_names(module), *covering}
    declared = [one for one in project.declarations if one.name in wanted]
    rows = [
        row("standard library", [pythons_with(top(module))]),
        row("in the repository", [_place(state, site, module)]),
        row("provided by", ranked_providers(known, module), where="the index"),
        *([row("by your `provides`", configured)] if configured else []),
        row("installed by", [with_version(name, evidence) for name in installing], where=environment_name(evidence)),
        row("locked", in_lock, where=lock.path if lock else "no lock file"),
        row("declared", [declared_at(one) for one in declared] or [f"nowhere in {stated_in(project)}"]),
    ]
    facts: dict[str, object] = {
        "providers": list(dict.fromkeys([*configured, *installing, *known])),
        "installed": versions(installing, evidence),
        "locked": versions(locked, evidence),
        "declared": [as_object(one) for one in declared],
    }
    return rows, facts


def _place(state: State, site: Site, module: str) -> str:
    """Where the repository has the module, whether or not that counts."""
    if place := first_party.place(state, site, module):
        return place
    if local := local_projects.meant(state, site, module):
        return f"in another project, {local[0].project.name or local[0].project.folder}"
    return next(iter(held_elsewhere.paths_of(state, top(module))), "no")
