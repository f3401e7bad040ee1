"""Decide which findings count and which state of the files is judged, from the options and the hook manager.

Sources: pre-commit's documentation (PRE_COMMIT, PRE_COMMIT_FROM_REF, PRE_COMMIT_TO_REF), githooks(5), git-merge(1)
(GITHEAD_…, which git sets while it merges), each tried under pre-commit, prek and plain git hooks.
"""

from __future__ import annotations

import os

from import_customs.model import INDEX, PYPROJECT, WORKTREE, CheckError, Scope
from import_customs.model.value import NamedTuple
from import_customs.repository import git

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
    from typing import Literal

    from import_customs.check.scope.other_states import OtherStates
    from import_customs.model import Difference, Tree

    ScopeOption = Literal["auto", "new", "all"]
    # By the name that an import begins with: the folder where that lay, the module, and what became of it.
    Taken = dict[str, list[tuple[str, str, Difference]]]


_SETTINGS = ".pre-commit-config.yaml"  # prek reads it too
_WITHHELD = b"pass_filenames: false"
_OURS = (b"undeclared-imports", b"declare-imports", b"import_customs", b"import-customs")  # ids, and what hooks run
_INIT = "__init__.py"
_SRC = "/src"
_PYTHON = (".py", ".pyi", ".ipynb")


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


def begin(request: Request) -> None:
    """Let git begin on what will most likely be asked first; 4 ms, which then pass while other modules are loaded."""
    asked = request.asked
    is_other = asked.since or _pushed_name(asked.environment)
    if asked.staged or not (asked.scope == "all" or is_other):
        git.begin_staged(request.cwd)
    elif not is_other and not request.names_files:
        git.begin_listing(request.cwd)


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
        return _other_states(root).since(given, asked.since, f"--since {asked.since}", text)
    if text not in (WORKTREE, INDEX):
        old = asked.environment.get("PRE_COMMIT_FROM_REF")
        return _other_states(root).since(given, old, old, text) if old else _everything(text)
    changes = git.staged_differences(root)
    if asked.staged or _is_commit(root, given, changes, asked.under_pre_commit):
        stashed = asked.under_pre_commit and not asked.staged
        text, commits = WORKTREE if stashed else INDEX, _committed(asked.environment)
        return Scope("new", text, _parents(asked.environment), "HEAD", changes, commits)
    if asked.scope == "auto":
        return _everything(text)
    return Scope("new", WORKTREE, _parents({}), "HEAD", _other_states(root).changes_of_worktree(given), "changed")


def _everything(text: str) -> Scope:
    return Scope("all", text, (), None, [])


def _pushed(root: str, environment: Mapping[str, str]) -> str | None:
    """The commit that is pushed, or that `--to-ref` names: it need not be the one that is checked out."""
    named = _pushed_name(environment)
    return _other_states(root).commit(named) if named else None


def _other_states(root: str) -> OtherStates:
    from import_customs.check.scope.other_states import OtherStates  # 0.3 ms; most runs are commits

    return OtherStates(root)


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


def _committed(environment: Mapping[str, str]) -> Literal["staged", "changed", "named"]:
    """What is committed. All but what is staged stands in an index of its own, which is gone once a hook has blocked.

    Source: git's builtin/commit.c.
    """
    index = os.path.basename(environment.get("GIT_INDEX_FILE", ""))
    return "named" if index.startswith("next-index-") else "changed" if index == "index.lock" else "staged"


def modules_taken(scope: Scope, tree: Tree) -> Taken:
    """The files and whole packages that the change takes away from where no package holds them, by top-level module."""
    taken = {one.old: one for one in scope.changes if one.status in ("D", "R") and one.old.endswith(".py")}
    found: Taken = {}
    for path, change in taken.items():
        folder, _, name = path.removesuffix(f"/{_INIT}").removesuffix(".py").rpartition("/")
        top, is_package = name, False
        while not is_package:
            there, inside = tree.listing(folder), f"{folder}/{_INIT}" if folder else _INIT
            is_package = inside in taken or _INIT in there
            is_root = PYPROJECT in there or f"/{folder}".endswith(_SRC)  # a source root, be it a package all the same
            if is_root or not is_package:
                found.setdefault(top, []).append((folder, name, change))
            if not folder:
                break
            folder, _, top = folder.rpartition("/")
    return found


def names_withheld(root: str, request: Request, scope: Scope) -> list[CheckError]:
    """An error if the settings of the hook manager keep the names of all files from the hook, which then looks at none.

    Without names it may be that no file is left after the user's `exclude`: so the settings are read.
    """
    is_without = scope.kind == "new" and request.asked.under_pre_commit and not request.names_files
    there = (one for one in scope.changes if one.status != "D" and one.new.endswith(_PYTHON))
    if not is_without or (scope.changes and not any(there)):
        return []
    try:
        with open(os.path.join(root, _SETTINGS), "rb") as file:
            lines = [line.partition(b" #")[0].strip() for line in file]
    except OSError:
        return []
    withheld = [_withheld_at(hook) for hook in _hooks(lines) if _is_ours(hook)]
    if not withheld or 0 in withheld:  # of several it may be the one whose files are all excluded
        return []
    message = "`pass_filenames: false` leaves the hook without names, so that it looks at no file"
    return [CheckError(message, hint="remove that line", path=_SETTINGS, line=withheld[0])]


def _hooks(lines: Sequence[bytes]) -> Iterator[list[tuple[int, bytes]]]:
    """The lines of each entry of a list, with their numbers: `- id: …`, `-   repo: …`."""
    entry: list[tuple[int, bytes]] = []
    for number, line in enumerate(lines, 1):
        if line.startswith(b"-") and next(iter(line[1:].split()), b"").endswith(b":"):
            yield entry
            entry = []
        entry.append((number, line))
    yield entry


def _is_ours(hook: Sequence[tuple[int, bytes]]) -> bool:
    """Whether the entry is that of a hook that looks at files for us; what nothing uses is told without names."""
    texts = [line for _, line in hook]
    is_hook = any(line.lstrip(b"- ").startswith(b"id:") for line in texts)
    is_told_without = any(b"--unused" in line for line in texts)
    return is_hook and not is_told_without and any(word in line for line in texts for word in _OURS)


def _withheld_at(hook: Sequence[tuple[int, bytes]]) -> int:
    """The line that withholds the names; 0 where none does."""
    return next((number for number, line in hook if line.startswith(_WITHHELD)), 0)
