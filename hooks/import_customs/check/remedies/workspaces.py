"""Read what the projects of a workspace say about a distribution: that it is theirs, and which version they ask for.

Source: uv's documentation, "Workspace sources": a member that another one requires has an entry in the `sources` of
that one, or of the workspace's root; without it uv refuses the workspace.
"""

import posixpath
from functools import cached_property

from import_customs.model import PYPROJECT, CheckError, Project, Tree
from import_customs.model.requirement import Name, leading, normalized
from import_customs.model.toml import Document, parse
from import_customs.project.dialects.uv import SOURCES
from import_customs.project.workspace import members_of


class Workspace:
    """A workspace's root and its members. They are read when something is asked, once."""

    def __init__(self, tree: Tree, root: Project) -> None:
        self.root = root
        self._tree = tree

    @cached_property
    def folders(self) -> list[str]:
        """Of the root and the members."""
        return list(dict.fromkeys([self.root.folder, *members_of(self._tree, self.root)]))

    @cached_property
    def sources(self) -> set[Name]:
        """The distributions in the root's `sources`. Raises CheckError if it cannot be read."""
        return sources_of(self._document(self.root.folder))

    def specifier(self, name: Name) -> str:
        """The version specifier that the first of the projects has for a distribution; "" if none has one."""
        return next(filter(None, map(_specifier, self._requirements.get(name, ()))), "")

    @cached_property
    def _requirements(self) -> dict[Name, list[str]]:
        """The requirements of all projects by name; those of a project that cannot be read are passed over."""
        found: dict[Name, list[str]] = {}
        for folder in self.folders:
            try:
                document = self._document(folder)
                extras = document.get("project.optional-dependencies", dict)
                lists = [document.get("project.dependencies", list), *(listed for listed in extras.values() if listed)]
            except CheckError:
                continue
            for text in (text for listed in lists for text in listed):
                if isinstance(text, str) and (requirement := leading(text)):
                    found.setdefault(requirement.name, []).append(text)
        return found

    def _document(self, folder: str) -> Document:
        path = posixpath.join(folder, PYPROJECT)
        return parse(self._tree.read(path) or b"", path)


def sources_of(document: Document) -> set[Name]:
    """The distributions for which uv's table `sources` has an entry."""
    return set(map(normalized, document.get(".".join(SOURCES), dict)))


def _specifier(text: str) -> str:
    from packaging.requirements import InvalidRequirement, Requirement  # 41 ms; only workspaces get here

    try:
        return str(Requirement(text).specifier)
    except InvalidRequirement:
        return ""
