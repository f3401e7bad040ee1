"""A project and the name of another one of the repository in; out what declaring it takes besides, or why it is left.

Source: uv's documentation, "Workspace sources": a member that another one requires has an entry in the `sources` of
that one, or of the workspace's root; without it uv refuses the workspace.
"""

import posixpath
from collections.abc import Iterator
from typing import NamedTuple

from import_customs.check.judge import Judge
from import_customs.model import PYPROJECT, Project
from import_customs.model.requirement import Name, normalized
from import_customs.model.toml import Document, parse
from import_customs.project.workspace import members_of

SOURCES = ("tool", "uv", "sources")
_BY_HAND = "is another project of this repository; declare it by hand, with its path, as {} wants it"


class Taken(NamedTuple):
    """Where a distribution is taken from that is a project of the repository."""

    source: str = ""  # the entry that `sources` must gain, as TOML; "" where it needs none
    doubt: str = ""  # why it is left to a person; "" where it is clear


def taken_from(judge: Judge, project: Project, name: Name) -> Taken:
    """What a declaration of the distribution takes besides: nothing where it is no local project."""
    if name not in judge.siblings(project).values():
        return Taken()
    root = _workspace(judge, project)
    if any(name in _sources(judge, one) for one in (project, root) if one):
        return Taken()
    if root and project.tool == "uv" and name in _names(judge, root):
        return Taken(source="{ workspace = true }")
    return Taken(doubt=f"`{name}` {_BY_HAND.format(project.tool or 'what installs it')}")


def _workspace(judge: Judge, project: Project) -> Project | None:
    """The root of the uv workspace that the project is in, which may be itself."""
    folder = project.folder
    while True:
        above = judge.project_of(folder)
        if above and project.folder in _folders(judge, above):
            return above
        if not folder:
            return None
        folder = posixpath.dirname(folder)


def _folders(judge: Judge, root: Project) -> list[str]:
    return [root.folder, *members_of(judge.tree, root)] if root.members else []


def _names(judge: Judge, root: Project) -> Iterator[Name]:
    """The names of the workspace's projects."""
    for folder in _folders(judge, root):
        yield normalized(_document(judge, posixpath.join(folder, PYPROJECT)).get("project.name", str))


def _sources(judge: Judge, project: Project) -> set[Name]:
    return set(map(normalized, _document(judge, project.path).get(".".join(SOURCES), dict)))


def _document(judge: Judge, path: str) -> Document:
    return parse(judge.tree.read(path) or b"", path)
