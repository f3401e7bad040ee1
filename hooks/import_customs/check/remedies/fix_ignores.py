"""Turn findings into entries of `per-file-ignores`, so that a project with old debt begins with what is new."""

import posixpath
from collections.abc import Sequence
from typing import NamedTuple

from import_customs.check.remedies.fix import read
from import_customs.check.remedies.stated_apart import names_meant
from import_customs.model import OPT_IN_RULES, PYPROJECT, CheckError, Finding, Project, Tree
from import_customs.model.later import pattern
from import_customs.model.names import prefixes
from import_customs.model.option_advice import settings_file
from import_customs.model.outcome import Edit, Elsewhere
from import_customs.model.source_text import is_file
from import_customs.model.toml import parse
from import_customs.project import nearest
from import_customs.project.config import TABLE
from import_customs.project.edit.document import Addition, edited
from import_customs.project.edit.tables import quoted
from import_customs.repository.tree import Worktree

_KEYS = (*TABLE.split("."), "per-file-ignores")
_FILES = (*TABLE.split("."), "requirements-files")
_WILD = pattern(r"[*?\[]")


class Exempted(NamedTuple):
    """The edits, and the findings that nothing in a project's table can exempt."""

    edits: list[Edit]
    left: list[Finding]
    lacking: list[str]  # the files of settings that are yet to be made for some of these


def exempting_edits(root: str, findings: Sequence[Finding], elsewhere: Sequence[Elsewhere]) -> Exempted:
    """The edits that exempt the findings, one a project.

    The requirements files that settle some of them are named first, and those need no exemption.
    Raises CheckError if a file cannot be read or changed.
    """
    tree, projects = Worktree(root), dict[str, Project | CheckError | None]()
    by_project: dict[str, list[Finding]] = {}
    left, lacking = [], set[str]()
    for finding in findings:
        path = _settings_there(tree, finding, projects)
        is_text = not any("\ud800" <= letter <= "\udfff" for letter in finding.path)  # TOML holds no other name
        if not path or finding.rule in OPT_IN_RULES or not is_text:
            left.append(finding)
            lacking |= set() if path else {settings_file(finding.project)}
        else:
            by_project.setdefault(path, []).append(finding)
    stated = {one.project: one for one in elsewhere if one.files}
    edits = [_exempting(root, path, mine, stated.get(path)) for path, mine in sorted(by_project.items())]
    return Exempted(edits, left, sorted(path for path in lacking if posixpath.basename(path) == PYPROJECT))


def _settings_there(tree: Tree, finding: Finding, projects: dict[str, Project | CheckError | None]) -> str:
    """The pyproject.toml whose table can exempt the finding, of the project around a script too; "" without one."""
    path = settings_file(finding.project)
    if posixpath.basename(path) != PYPROJECT:
        around = nearest(tree, posixpath.dirname(finding.path), projects)
        path = settings_file(around.path) if around else ""
    return path if posixpath.basename(path) == PYPROJECT and is_file(tree, path) else ""


def _exempting(root: str, path: str, findings: Sequence[Finding], stated: Elsewhere | None) -> Edit:
    before = read(root, path)
    there = parse(before, path).get(".".join(_KEYS), dict)
    wanted: dict[str, set[str]] = {}
    for finding in findings:
        if stated and finding.is_declared_nowhere and not stated.names.isdisjoint(names_meant(finding)):
            continue
        below = posixpath.relpath(finding.path, posixpath.dirname(path) or ".")
        glob = _WILD.sub(lambda special: f"[{special[0]}]", below)  # it matches the path alone
        glob = glob if "/" in below else f"/{glob}"
        wanted.setdefault(glob, set()).add(finding.module)
    additions, lines = [], []
    for glob, found in sorted(wanted.items()):
        modules = [one for one in found if found.isdisjoint(list(prefixes(one))[1:])]  # `google` exempts all below it
        listed = f"[{', '.join(map(quoted, sorted(modules)))}]"
        lines.append(f"{quoted(glob)} = {listed}")
        if glob in there:
            additions.append(Addition((*_KEYS, glob), strings=tuple(sorted(modules))))
        else:
            additions.append(Addition(_KEYS, pairs=((glob, listed),)))
    added = [(f"[{'.'.join(_KEYS)}]", tuple(lines))] if lines else []
    if stated:
        named = parse(before, path).strings(TABLE, "requirements-files")
        files = tuple(file for file in stated.files if file not in named)
        additions.insert(0, Addition(_FILES, strings=files))
        added.insert(0, (f"[{TABLE}] requirements-files", tuple(f"{quoted(file)}," for file in files)))
    return Edit(path, before, edited(before, path, additions), tuple(added))
