"""Findings in, out the changes that exempt them where they are: a project with old debt begins with what is new."""

import posixpath
import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from import_customs.check.fix import changed
from import_customs.model import OPT_IN_RULES, Finding, Project
from import_customs.model.outcome import Edit
from import_customs.model.toml import parse
from import_customs.project import nearest
from import_customs.project.config import TABLE
from import_customs.project.edit.document import Addition
from import_customs.project.edit.tables import quoted
from import_customs.repository.tree import Worktree

_KEYS = (*TABLE.split("."), "per-file-ignores")
_SPECIAL = re.compile(r"[*?\[]")


class Exempted(NamedTuple):
    """The changes, and the findings that nothing in a project's table can exempt."""

    changes: list[Edit]
    left: list[Finding]


def exempted(root: str, findings: Sequence[Finding]) -> Exempted:
    """The changes that exempt the findings, one a project. Raises CheckError where a file cannot be read or changed."""
    tree, cache = Worktree(root), dict[str, Project | None]()
    by_project: dict[str, list[Finding]] = {}
    left = []
    for finding in findings:
        project = nearest(tree, posixpath.dirname(finding.path), cache)
        if project is None or finding.rule in OPT_IN_RULES or not _is_text(finding.path):
            left.append(finding)
        else:
            by_project.setdefault(project.path, []).append(finding)
    return Exempted([_change(root, tree, path, mine) for path, mine in sorted(by_project.items())], left)


def _change(root: str, tree: Worktree, path: str, findings: Sequence[Finding]) -> Edit:
    there = parse(tree.read(path) or b"", path).get(".".join(_KEYS), dict)
    wanted: dict[str, set[str]] = {}
    for finding in findings:
        glob = _glob(posixpath.relpath(finding.path, posixpath.dirname(path) or "."))
        wanted.setdefault(glob, set()).add(finding.module)
    additions = [_addition(there, glob, sorted(modules)) for glob, modules in sorted(wanted.items())]
    lines = tuple(f"{quoted(glob)} = {_listed(sorted(modules))}" for glob, modules in sorted(wanted.items()))
    return changed(root, path, additions, ((f"[{'.'.join(_KEYS)}]", lines),))


def _addition(there: Mapping[str, object], glob: str, modules: Sequence[str]) -> Addition:
    if glob not in there:
        return Addition(_KEYS, pairs=((glob, _listed(modules)),))
    return Addition((*_KEYS, glob), strings=tuple(modules))


def _listed(modules: Sequence[str]) -> str:
    return f"[{', '.join(quoted(module) for module in modules)}]"


def _glob(path: str) -> str:
    """A glob that matches the path alone. Source: fnmatch, and ignores.matches."""
    glob = _SPECIAL.sub(lambda special: f"[{special[0]}]", path)
    return glob if "/" in path else f"/{glob}"


def _is_text(path: str) -> bool:
    """Whether TOML can hold the path: not where its name is no UTF-8."""
    return not any("\ud800" <= character <= "\udfff" for character in path)
