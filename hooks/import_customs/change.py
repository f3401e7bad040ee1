"""The findings of a state and what changed in, out those that the change introduces.

A finding is new unless the base already had one for that module in that file, under the base's own declarations; a
renamed or copied file has its old path's. The base is read only where there is a finding, or a declaration changed.
"""

import posixpath
from collections.abc import Collection, Iterable

from import_customs import git
from import_customs.findings import Finding
from import_customs.judge import Judge
from import_customs.project import DECLARING, Project
from import_customs.scope import Scope
from import_customs.tree import Snapshot


class Base:
    """The states that "new" is measured against: HEAD, in a merge the other parents as well, or a revision."""

    def __init__(self, root: str, scope: Scope) -> None:
        commits = [found for revision in scope.bases if (found := git.commit(root, revision))]
        self._old = {change.new: change.old for change in scope.changes}
        self._trees = [Snapshot(root, git.tree(root, commit)) for commit in dict.fromkeys(commits)]

    def introduced(self, findings: list[Finding]) -> list[Finding]:
        """The findings that none of the bases had."""
        for tree in self._trees:
            had = self._had(tree, {finding.path for finding in findings})
            findings = [finding for finding in findings if (finding.path, finding.module) not in had]
        return findings

    def losing(self, folders: Iterable[str], now: Judge) -> list[str]:
        """Those of the folders whose project declares less, or says less of its own modules, than in the base."""
        if not self._trees:
            return []
        tree = self._trees[0]
        folders = list(folders)
        tree.prepare(_governing(folders))
        before = Judge(tree, lenient=True)
        return [folder for folder in folders if _loses(before.project_of(folder), now.project_of(folder))]

    def _had(self, tree: Snapshot, paths: Collection[str]) -> set[tuple[str, str]]:
        """The base's findings for these files, as today's path and the module."""
        old = {path: self._old.get(path, path) for path in paths}
        tree.prepare([*old.values(), *_governing(map(posixpath.dirname, old.values()))])
        judge = Judge(tree, lenient=True)
        sources = {path: tree.read(before) for path, before in old.items()}
        return {
            (path, finding.module)
            for path, source in sources.items()
            if source is not None
            for finding in judge.findings(old[path], source)
        }


def redeclared(changes: Iterable[git.Change]) -> list[str]:
    """The folders in which a file that carries declarations changed, came or went."""
    paths = [path for change in changes for path in (change.old, change.new)]
    return sorted({posixpath.dirname(path) for path in paths if posixpath.basename(path) in DECLARING})


def _loses(before: Project | None, now: Project | None) -> bool:
    if before is None or now is None:
        return False
    return not (
        {(one.name, one.extras) for one in before.declarations} <= {(one.name, one.extras) for one in now.declarations}
        and set(before.source_roots) <= set(now.source_roots)
        and before.requires_python == now.requires_python
        and before.config == now.config
    )


def _governing(folders: Iterable[str]) -> list[str]:
    """Where the files that carry declarations may stand for what is in these folders: there and in all above."""
    above: set[str] = {""}
    for folder in folders:
        while folder not in above:
            above.add(folder)
            folder = posixpath.dirname(folder)  # noqa: PLW2901
    return [posixpath.join(folder, name) for folder in sorted(above) for name in DECLARING]
