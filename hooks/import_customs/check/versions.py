"""A distribution in, the version specifier to declare it with out.

From a lock file, an environment, a sibling, else the index; none is invented: where nothing tells one there is none.
"""

import posixpath
from collections.abc import Iterator

from import_customs.check.judge import Judge
from import_customs.model import PYPROJECT, CheckError, Project
from import_customs.model.requirement import Name, leading
from import_customs.model.toml import parse
from import_customs.project.workspace import members_of
from import_customs.providers import index, stdlib
from import_customs.providers.evidence import Evidence


class Versions:
    """What one state of the files tells; keeps what it read of a workspace for the next question."""

    def __init__(self, judge: Judge) -> None:
        self._judge = judge
        self._stated: dict[str, dict[Name, str]] = {}  # by the folder of a workspace's root

    def of(self, project: Project, name: Name, evidence: Evidence, *, is_public: bool) -> str:
        """`>=` what is locked or installed, else what another member of the workspace asks for.

        Else, of a public distribution, `>=` what the index has; "" where nothing tells one.
        """
        package = evidence.package(name)
        version = _public(package.version) if package else ""
        if version:
            return f">={version}"
        return self._of_siblings(project).get(name) or (_of_index(project, name) if is_public else "")

    def _of_siblings(self, project: Project) -> dict[Name, str]:
        """What the members of the workspace ask for; what cannot be read tells nothing."""
        folder = project.folder
        while folder:
            folder = posixpath.dirname(folder)
            try:
                above = self._judge.project_of(folder)
            except CheckError:
                return {}
            if above and above.members:
                if above.folder not in self._stated:
                    self._stated[above.folder] = self._of_members(above)
                return self._stated[above.folder]
        return {}

    def _of_members(self, root: Project) -> dict[Name, str]:
        found: dict[Name, str] = {}
        for member in dict.fromkeys([root.folder, *members_of(self._judge.tree, root)]):
            path = posixpath.join(member, PYPROJECT)
            try:
                specifiers = list(_specifiers(self._judge.tree.read(path) or b"", path))
            except CheckError:
                continue
            for name, specifier in specifiers:
                found.setdefault(name, specifier)
        return found


def _of_index(project: Project, name: Name) -> str:
    """`>=` the newest release when the index was built; "" where a supported Python cannot run that."""
    newest = index.newest(name)
    if newest is None or not stdlib.admits_all(newest[1], project.requires_python):
        return ""
    return f">={newest[0]}"


def _public(version: str) -> str:
    """The version without its local part, which `>=` does not allow; "" where it is none. Source: PEP 440."""
    from packaging.version import Version

    public = version.strip().partition("+")[0]
    try:
        Version(version)
    except ValueError:  # InvalidVersion, and what int() says of 5,000 digits
        return ""
    return public if public[:1].isdigit() else ""  # `v1` is one, which not all tools take


def _specifiers(source: bytes, path: str) -> Iterator[tuple[Name, str]]:
    from packaging.requirements import InvalidRequirement, Requirement

    document = parse(source, path)
    extras = document.get("project.optional-dependencies", dict)
    lists = [document.get("project.dependencies", list), *(listed for listed in extras.values() if listed)]
    for text in (text for listed in lists for text in listed if isinstance(text, str)):
        requirement = leading(text)
        try:
            specifier = str(Requirement(text).specifier)
        except InvalidRequirement:
            continue
        if requirement and specifier:
            yield requirement.name, specifier
