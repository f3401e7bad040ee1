"""A distribution in, the version specifier to declare it with out: from a lock file, an environment or a sibling.

The bundled index holds no versions, and none is invented: where nothing tells one there is none.
"""

import posixpath
import re
from collections.abc import Iterator

from import_customs.judge import Judge
from import_customs.project import FILE_NAME, Project, members_of
from import_customs.project.document import parse
from import_customs.project.requirement import Name, leading
from import_customs.providers.evidence import Evidence

_PUBLIC = re.compile(r"(\d[0-9A-Za-z.!-]*)(?:\+.*)?")  # without the local part, which `>=` does not allow


def of(judge: Judge, project: Project, name: Name, evidence: Evidence) -> str:
    """`>=` what is locked or installed, else what another member of the workspace asks for, else ""."""
    package = evidence.package(name)
    version = _PUBLIC.fullmatch(package.version) if package else None
    return f">={version[1]}" if version else next(_of_siblings(judge, project, name), "")


def _of_siblings(judge: Judge, project: Project, name: Name) -> Iterator[str]:
    folder = project.folder
    while folder:
        folder = posixpath.dirname(folder)
        above = judge.project_of(folder)
        if above and above.members:
            for member in dict.fromkeys([above.folder, *members_of(judge.tree, above)]):
                yield from _declared(judge, posixpath.join(member, FILE_NAME), name)


def _declared(judge: Judge, path: str, name: Name) -> Iterator[str]:
    from packaging.requirements import InvalidRequirement, Requirement

    document = parse(judge.tree.read(path) or b"", path)
    extras = document.get("project.optional-dependencies", dict)
    for text in [*document.get("project.dependencies", list), *(text for listed in extras.values() for text in listed)]:
        requirement = leading(text) if isinstance(text, str) else None
        if requirement is None or requirement.name != name:
            continue
        try:
            specifier = str(Requirement(text).specifier)
        except InvalidRequirement:
            continue
        if specifier:
            yield specifier
