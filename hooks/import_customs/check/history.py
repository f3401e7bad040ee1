"""Replay past commits: for what the hook would have blocked each, and when a later one declared that.

Only git's objects are read. Neither the worktree nor today's environment counts.
"""

import posixpath
from collections.abc import Iterator, Sequence
from contextlib import suppress

from import_customs.check import pipeline
from import_customs.check.covered import declared_by
from import_customs.check.scope import Request, ScopeRequest
from import_customs.check.state import State, readable_project_of
from import_customs.model import CheckError, Finding
from import_customs.model.history import Blocked, Commit, Failed, History
from import_customs.project import may_be_named, may_declare
from import_customs.repository import git, revisions
from import_customs.repository.snapshot import snapshot

_Key = tuple[str, str]  # the path of the project, and the name of what it lacks


def replay(request: Request, most: int) -> Iterator[History]:
    """What is known after each of the last `most` commits, the oldest first; merges count as one step.

    Of the request only the folder and the requirements files count. The first commit of all has no base, and is left
    out. Raises CheckError if there is no commit to replay, or if git fails.
    """
    root = git.root(request.cwd)
    commits = [Commit(*one) for one in revisions.first_parents(root, most) if one[1]]
    is_shallow = revisions.is_shallow(root)
    if not commits:
        deepen, few = "`git fetch --unshallow`", "there are two commits at least where there is one to replay"
        raise CheckError("there is no commit to replay", hint=deepen if is_shallow else few)
    open_ones, closed, failed = dict[_Key, Blocked](), list[Blocked](), list[Failed]()
    blocked_commits = 0
    for done, commit in enumerate(commits, start=1):
        with suppress(git.ObjectMissing):  # in a partial clone; what brought it is told: it cannot be checked
            closed.extend(_declared(root, request, commit, open_ones))
        findings, errors = _judged(request, commit)
        failed.extend(Failed(commit, error) for error in errors[:1])
        blocked_commits += bool(findings or errors)
        for key, finding in _by_name(findings).items():
            known = open_ones.get(key)
            open_ones[key] = known._replace(commits=known.commits + 1) if known else Blocked(key[1], finding, commit)
        blocked = sorted([*closed, *open_ones.values()], key=lambda one: (one.commit.time_s, one.name))
        yield History(tuple(commits[:done]), blocked_commits, tuple(blocked), tuple(failed), is_shallow)


def _judged(request: Request, commit: Commit) -> tuple[Sequence[Finding], Sequence[CheckError]]:
    """What is found in a commit, and what cannot be checked in it. Raises CheckError if git fails."""
    try:
        result = pipeline.run(_as_pushed(request, commit))
    except git.GitFailed:
        raise
    except CheckError as error:
        return (), (error,)
    return result.findings, result.errors


def _as_pushed(request: Request, commit: Commit) -> Request:
    """The request to check what a commit introduces: a push of this commit alone."""
    environment = {"PRE_COMMIT_FROM_REF": str(commit.parent), "PRE_COMMIT_TO_REF": commit.id}
    return request._replace(asked=ScopeRequest(environment=environment), reads_environment=False)


def _by_name(findings: Sequence[Finding]) -> dict[_Key, Finding]:
    """The first finding of each distribution, or module of which none can be told, that a project lacks."""
    found: dict[_Key, Finding] = {}
    for finding in findings:
        named = finding.providers if finding.settled_by or finding.local is not None else ()
        found.setdefault((finding.project, next(iter(named), finding.module)), finding)
    return found


def _declared(root: str, request: Request, commit: Commit, open_ones: dict[_Key, Blocked]) -> Iterator[Blocked]:
    """Take out those that the commit declares, if it changes a file that can."""
    if not open_ones or not commit.parent:
        return
    changes = git.differences(root, commit.parent, commit.id)
    if not any(may_declare(path) or may_be_named(path) for change in changes for path in (change.old, change.new)):
        return
    with git.Objects(root) as objects:
        where = pipeline.locations(root, _as_pushed(request, commit))
        state = State(snapshot(objects, commit.id), where, lenient=True)
        for key, one in list(open_ones.items()):
            project = readable_project_of(state, posixpath.dirname(one.first.path))
            if project and (declared_by(project, one.first.module) or one.name in project.declared):
                del open_ones[key]
                yield one._replace(declared=commit)
