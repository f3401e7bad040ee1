"""Decide which findings count and which state of the files is judged, from the options and the hook manager.

Sources: pre-commit's documentation (PRE_COMMIT, PRE_COMMIT_FROM_REF, PRE_COMMIT_TO_REF), githooks(5), git-merge(1)
(GITHEAD_…, which git sets while it merges), each tried under pre-commit, prek and plain git hooks.
"""

from __future__ import annotations

from import_customs.model import INDEX, WORKTREE, Difference, Scope
from import_customs.model.value import NamedTuple
from import_customs.repository import git

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence
    from typing import Literal

    ScopeOption = Literal["auto", "new", "all"]


class ScopeRequest(NamedTuple):
    """What the command line and the process environment say about the scope."""

    scope: ScopeOption = "auto"
    since: str | None = None
    staged: bool = False
    environment: Mapping[str, str] = {}  # never written to

    @property
    def under_pre_commit(self) -> bool:
        """True under pre-commit and prek. There, no file names mean no files; by hand they mean all."""
        return self.environment.get("PRE_COMMIT") == "1"


class Request(NamedTuple):
    """What is to be checked."""

    cwd: str  # absolute
    arguments: Sequence[str]  # names of files and folders, relative to `cwd`
    asked: ScopeRequest
    python: str | None = None  # the interpreter or the folder of the project's environment, relative to `cwd`
    requirements_files: Sequence[str] = ()  # what declares where there is no pyproject.toml, relative to `cwd`
    typed: tuple[str, bytes] | None = None  # a file's name, relative to `cwd`, and its text, which may not be saved yet
    progress: Callable[[int, int], None] | None = None  # is called with the number of files done, and of all files
    verbose: bool = False  # whether the result says what was decided
    reads_environment: bool = True  # False where only what is committed counts

    @property
    def names_files(self) -> bool:
        """True if it names files. A folder counts, even if git tracks nothing in it."""
        return bool(self.arguments or self.typed)


def begin(cwd: str, asked: ScopeRequest) -> None:
    """Let git begin on what `decide` will most likely ask; 4 ms, which then pass while other modules are loaded."""
    is_chosen = asked.scope == "all" or asked.since or _pushed_name(asked.environment)
    if asked.staged or not is_chosen:
        git.begin_staged(cwd)


def judged_state(root: str, asked: ScopeRequest) -> str:
    """The state of the files that is judged. Raises CheckError for a commit that is not in this clone."""
    return INDEX if asked.staged else _pushed(root, asked.environment) or WORKTREE


def decide(root: str, given: Collection[str], asked: ScopeRequest) -> Scope:
    """The scope of a check of the `given` files, paths from the root.

    Raises CheckError for a base that is not in this clone.
    """
    text = judged_state(root, asked)
    if asked.scope == "all":
        return _everything(text)
    if asked.since is not None:
        return _since(root, given, asked.since, f"--since {asked.since}", text)
    if text not in (WORKTREE, INDEX):
        old = asked.environment.get("PRE_COMMIT_FROM_REF")
        return _since(root, given, old, old, text) if old else _everything(text)
    changes = git.staged_differences(root)
    if asked.staged or _is_commit(root, given, changes, asked.under_pre_commit):
        stashed = asked.under_pre_commit and not asked.staged
        return Scope("new", WORKTREE if stashed else INDEX, _parents(asked.environment), "HEAD", changes)
    if asked.scope == "auto":
        return _everything(text)
    return Scope("new", WORKTREE, _parents({}), "HEAD", _changes_of_worktree(root, given, None))


def _everything(text: str) -> Scope:
    return Scope("all", text, (), None, [])


def _pushed(root: str, environment: Mapping[str, str]) -> str | None:
    """The commit that is pushed, or that `--to-ref` names: it need not be the one that is checked out."""
    named = _pushed_name(environment)
    return _commit(root, named, named) if named else None


def _commit(root: str, revision: str, named: str, *, shared_with: str = "") -> str:
    """The commit that a revision means, or its best common ancestor with another one.

    Raises CheckError if this clone has none.
    """
    from import_customs.repository import revisions  # 0.3 ms; most runs are commits

    if shared_with:
        return revisions.merge_base(root, revision, shared_with, named)
    return revisions.commit(root, revision, named)


def _pushed_name(environment: Mapping[str, str]) -> str | None:
    """What the environment calls it. The first push to an empty remote has no FROM_REF, and only prek sets TO_REF."""
    named = environment.get("PRE_COMMIT_TO_REF") or environment.get("PRE_COMMIT_LOCAL_BRANCH")
    return named or ("HEAD" if environment.get("PRE_COMMIT_FROM_REF") else None)


def _is_commit(root: str, given: Collection[str], changes: list[Difference], under_pre_commit: bool) -> bool:
    """Whether this is a commit: every given file is staged, or none is given under pre-commit.

    In a merge pre-commit also gives what was in conflict, though it may be resolved to what HEAD has.
    """
    if not given:
        return under_pre_commit
    others = set(given) - {change.new for change in changes}
    return not others or (under_pre_commit and others.issubset(git.conflicted_paths(root)))


def _parents(environment: Mapping[str, str]) -> tuple[str, ...]:
    """HEAD, and what a merge in progress brings: MERGE_HEAD, and what git names before it has written that."""
    named = (key.removeprefix("GITHEAD_") for key in environment if key.startswith("GITHEAD_"))
    return ("HEAD", "MERGE_HEAD", *sorted(named))


def _since(root: str, given: Collection[str], revision: str, named: str, text: str) -> Scope:
    """What the judged state holds beyond its common ancestor with the revision."""
    base = _commit(root, revision, named, shared_with="HEAD" if text in (WORKTREE, INDEX) else text)
    if text == INDEX:
        changes = git.staged_differences(root, base)
    elif text == WORKTREE:
        changes = _changes_of_worktree(root, given, base)
    else:
        changes = git.differences(root, base, text)
    return Scope("new", text, (base,), revision, changes)


def _changes_of_worktree(root: str, given: Collection[str], base: str | None) -> list[Difference]:
    """What may differ between a base, HEAD without one, and the worktree: what is staged, or was written again later.

    Whether the text of the latter differs only git could tell, and would run the repository's clean filters for it.
    """
    from import_customs.repository.unchanged import index_and_unchanged  # 0.4 ms; most runs are commits

    staged = [change for change in git.staged_differences(root, base) if change.status != "U"]  # that are among others
    paths, unchanged = index_and_unchanged(root)
    others = dict.fromkeys([*paths, *given]).keys() - {change.new for change in staged} - unchanged
    return [*staged, *(Difference("M", path, path) for path in sorted(others))]
