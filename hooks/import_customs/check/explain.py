"""A module in, one screen of text out: what is known of it, where from, and whether the project declares it and why."""

import os
import posixpath
from collections.abc import Iterator, Mapping
from keyword import iskeyword
from typing import NamedTuple

from import_customs import providers
from import_customs.check import covered, pipeline
from import_customs.check.judge import Judge
from import_customs.check.uncovered import Surrounded, Unmet
from import_customs.model import PYPROJECT, CheckError, Declaration, Project, Tree
from import_customs.model.names import normalized
from import_customs.model.requirement import Name
from import_customs.project import first_party
from import_customs.providers import index, stdlib
from import_customs.repository import git, select
from import_customs.repository.tree import Worktree

_MOST = 8  # providers and declarations that are listed
_ASKED = "import-customs-explain.py"  # a file beside the project's own; none has such a name


class Asked(NamedTuple):
    """What is to be explained, in which project."""

    module: str
    folder: str  # from the repository's root
    project: Project


def run(cwd: str, module: str, variables: Mapping[str, str], python: str | None) -> list[str]:
    """The lines, not escaped yet; `variables` are those of the process, `python` is as `check.Request` has it.

    Raises CheckError for what is no module's name and where no project governs the folder `cwd`.
    """
    module = _named(module)
    around = pipeline.around(git.root(cwd), cwd, variables, python)
    tree = Worktree(around.root)
    judge = Judge(tree, around)
    folder = select.from_root(around.root, cwd, ".").removeprefix(".")
    project = judge.project_of(folder)
    if project is None:
        raise CheckError(f"no {PYPROJECT} above this folder states a project", hint="ask in the folder of a project")
    asked = Asked(module, folder, project)
    here = Unmet(tree, around).surrounded(project)
    return [
        module,
        *_facts(asked, tree, here),
        "",
        *_verdict(asked, judge, here),
        *(f"warning: {warning}" for warning in here.evidence.warnings),
    ]


def _named(text: str) -> str:
    """The module as the parser names it. Raises CheckError for what is no module's name."""
    hint = "write it as an import does: package.module"
    if not all(part.isidentifier() for part in text.split(".")):
        raise CheckError(f"{text!r} is not the name of a module", hint=hint)
    module = normalized(text)
    if word := next(filter(iskeyword, module.split(".")), None):
        raise CheckError(f"`{word}` is a keyword of Python, and no module is called so", hint=hint)
    return module


def _facts(asked: Asked, tree: Tree, here: Surrounded) -> Iterator[str]:
    yield _row("standard library", [_standard(asked.module.partition(".")[0])])
    yield _row("in the repository", [_own(asked, tree) or "no"])
    known = providers.providers(asked.module)
    yield _row("provided by", _ranked(known) or [_unprovided(asked.module)], where="the index")
    given = list(dict.fromkeys(covered.provided(asked.project, asked.module)))
    if given:
        yield _row("by your `provides`", given)
    installing = here.evidence.installing(asked.module)
    place = here.evidence.place and os.path.basename(here.evidence.place)
    yield _row(
        "installed by", [_versioned(name, here) for name in installing] or ["nothing"], where=place or "no environment"
    )
    lock = here.evidence.lock
    locked = [name for name in dict.fromkeys([*installing, *known]) if lock and name in lock.names]
    yield _row(
        "locked",
        [_versioned(name, here) for name in locked[:_MOST]] or ["nothing"],
        where=lock.path if lock else "no lock file",
    )
    wanted = {*known, *installing, *given, *providers.own_names(asked.module)}
    declared = [one for one in asked.project.declarations if one.name in wanted]
    yield _row("declared", [_stated(one) for one in declared[:_MOST]] or [f"nowhere in {asked.project.path}"])


def _row(label: str, values: list[str], where: str = "") -> str:
    return f"  {label:<18} {', '.join(values)}{f' ({where})' if where else ''}"


def _standard(top: str) -> str:
    having, known = stdlib.versions_with(top)
    if not having:
        return "no"
    if having == known:
        return "yes"
    since = "" if having[0] == known[0] else f"since {having[0]}"
    until = "" if having[-1] == known[-1] else f"up to {having[-1]}"
    return " ".join(filter(None, (since, until)))


def _own(asked: Asked, tree: Tree) -> str:
    """Where the repository itself has the module."""
    file = posixpath.join(asked.folder, _ASKED)
    roots = asked.project.source_roots
    under = next((one for one in roots if first_party.under_source_roots(tree, (one,), file, asked.module)), None)
    if under is not None:
        return f"under the source root {under or '.'}/"
    if covered.is_called_like(asked.project, asked.module):
        return "called like the project, which is built"
    if first_party.is_stated(asked.project.import_names, asked.module):
        return "the project says that it provides it"
    return "beside this folder or one above it" if first_party.above(tree, file, asked.module) else ""


def _ranked(known: list[str]) -> list[str]:
    """The providers among the most downloaded with their ranks, else the best one, and how many others there are."""
    popular = [f"{name} (rank {rank:,})" for name in known if (rank := providers.rank(name))][:_MOST]
    if not popular:
        popular = [f"{name}, not among the most downloaded" for name in known[:1]]
    others = len(known) - len(popular)
    return [*popular, f"{others} less known"] if others else popular


def _unprovided(module: str) -> str:
    return "its parts (a namespace)" if providers.is_namespace(module) else "nothing that is known"


def _versioned(name: str, here: Surrounded) -> str:
    package = here.evidence.package(Name(name))
    return f"{name} {package.version}" if package and package.version else name


def _stated(one: Declaration) -> str:
    extras = f"[{','.join(one.extras)}]" if one.extras else ""
    return f"{one.name}{extras} ({one.place}, {one.path}:{one.line})"


def _verdict(asked: Asked, judge: Judge, here: Surrounded) -> list[str]:
    """Whether an import passes, as the check itself says, and why."""
    file = posixpath.join(asked.folder, _ASKED)
    found = judge.findings(file, f"import {asked.module}\n".encode())
    if found:
        return [f"blocked ({one.rule}): {one.message}" for one in found]
    return [f"passes: {_reason(asked, judge, here)}"]


def _reason(asked: Asked, judge: Judge, here: Surrounded) -> str:
    project, module = asked.project, asked.module
    met = covered.met_by(project, module)
    installed = project.declared.intersection(here.evidence.installing(module))
    known = {*providers.providers(module), *here.evidence.installing(module)}
    if stdlib.standing(module.partition(".")[0], project.requires_python) == "always":
        return "it is standard library on every Python that the project supports"
    if met:
        return f"`{met}` is declared, and {_how(met, module, covered.provided(project, module))}"
    if installed:
        return f"`{min(installed)}` is declared, and installs it in the environment"
    if holding := sorted(name for name in project.declared if index.is_among(module, index.held(name))):
        return f"`{holding[0]}` is declared, and holds it"
    if known & here.given:
        return f"an extra that is declared brings `{min(known & here.given)}`"
    if _own(asked, judge.tree):
        return "it is first-party"
    if providers.is_of(module, project.name):
        return "it is the project itself"
    if module.partition(".")[0] in covered.OF_THE_PLATFORM:
        return "type checkers, other Pythons or who installs Python bring it"
    return next(iter(judge.warnings), "the project's configuration exempts or provides it")


def _how(declared: str, module: str, given: list[str]) -> str:
    if declared in given:
        return "`provides` says that it installs it"
    if declared in providers.providers(module):
        return "installs it"
    if index.brings(declared, providers.providers(module)):
        return "always brings what installs it"
    return "is called after it"
