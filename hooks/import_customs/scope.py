"""What the caller and the hook manager say in, out which findings count and which state of the files is judged.

Sources: pre-commit's documentation (PRE_COMMIT, PRE_COMMIT_FROM_REF, PRE_COMMIT_TO_REF), githooks(5), git-merge(1)
(GITHEAD_…, which git sets while it merges), each tried under pre-commit, prek and plain git hooks.
"""

from collections.abc import Collection, Mapping
from types import MappingProxyType
from typing import Literal, NamedTuple

from import_customs import git
from import_customs.errors import CheckError

Chosen = Literal["auto", "new", "all"]
WORKTREE, INDEX = "worktree", "index"


class Asked(NamedTuple):
    """What the command line and the environment say of the scope."""

    scope: Chosen = "auto"
    since: str | None = None
    staged: bool = False
    environment: Mapping[str, str] = MappingProxyType({})

    @property
    def under_pre_commit(self) -> bool:
        """Whether pre-commit or prek runs this: then no files given means none, and by hand all."""
        return self.environment.get("PRE_COMMIT") == "1"


class Scope(NamedTuple):
    """Which findings count, and in which state of the files."""

    kind: Literal["new", "all"]
    text: str  # WORKTREE, INDEX, or the revision that is judged
    bases: tuple[str, ...]  # commits that "new" is measured against; none before the first commit
    base: str | None  # how a report names the base
    changes: list[git.Change]  # from the first base to what is judged


def begin(cwd: str, asked: Asked) -> None:
    """Let git begin on what `decide` will most likely ask; 4 ms, which then pass while other modules are loaded."""
    if asked.scope != "all" and not asked.since and not asked.environment.get("PRE_COMMIT_FROM_REF"):
        git.begin_staged(cwd)


def decide(root: str, given: Collection[str], asked: Asked) -> Scope:
    """The scope of a check of the `given` files, paths from the root; none given means every tracked one.

    Raises CheckError for options that exclude each other and for a base that is not in this clone.
    """
    if asked.scope == "all" and asked.since:
        raise CheckError("--scope all and --since exclude each other", hint="leave out one of the two")
    text = INDEX if asked.staged else WORKTREE
    if asked.scope == "all":
        return _everything(text)
    if asked.since:
        return _since(root, asked.since, text)
    pushed_from = asked.environment.get("PRE_COMMIT_FROM_REF")
    if pushed_from and not asked.staged:
        return _between(root, pushed_from, asked.environment.get("PRE_COMMIT_TO_REF") or "HEAD")
    changes = git.staged(root)
    if asked.staged or asked.scope == "new" or _is_commit(given, changes, asked.under_pre_commit):
        stashed = asked.under_pre_commit or asked.scope == "new"
        return _commit(changes, WORKTREE if stashed and not asked.staged else INDEX, asked.environment)
    return _everything(text)


def _everything(text: str) -> Scope:
    return Scope("all", text, (), None, [])


def _is_commit(given: Collection[str], changes: list[git.Change], under_pre_commit: bool) -> bool:
    """Whether this is a commit: every given file is staged, or, under pre-commit, the commit touches no such file."""
    if not given:
        return under_pre_commit
    return {change.new for change in changes}.issuperset(given)


def _commit(changes: list[git.Change], text: str, environment: Mapping[str, str]) -> Scope:
    return Scope("new", text, ("HEAD", *_merged(environment)), "HEAD", changes)


def _merged(environment: Mapping[str, str]) -> tuple[str, ...]:
    """The commits that a merge in progress brings: MERGE_HEAD, and what git names before it has written that."""
    named = (key.removeprefix("GITHEAD_") for key in environment if key.startswith("GITHEAD_"))
    return ("MERGE_HEAD", *sorted(named))


def _since(root: str, revision: str, text: str) -> Scope:
    base = _common(root, revision, "HEAD", f"--since {revision}")
    changes = git.staged(root, base) if text == INDEX else git.changed(root, base, None)
    return Scope("new", text, (base,), revision, changes)


def _between(root: str, old: str, new: str) -> Scope:
    base = _common(root, old, new, old)
    return Scope("new", _existing(root, new, new), (base,), old, git.changed(root, base, new))


def _common(root: str, old: str, new: str, named: str) -> str:
    """The merge base of two revisions. Raises CheckError where there is none here."""
    base = git.merge_base(root, _existing(root, old, named), _existing(root, new, new))
    if base is None:
        raise _absent(root, f"{named} and {new} have no common ancestor")
    return base


def _existing(root: str, revision: str, named: str) -> str:
    commit = git.commit(root, revision)
    if commit is None:
        raise _absent(root, f"{named}: there is no such commit")
    return commit


def _absent(root: str, message: str) -> CheckError:
    if git.is_shallow(root):
        hint = (
            "the clone is shallow: `git fetch --unshallow`, or in CI check out with the whole history (fetch-depth: 0)"
        )
        return CheckError(f"{message} in this clone", hint=hint)
    return CheckError(message, hint="see `git log --all`, or `git fetch` what is missing")
