"""Ask git what a revision means in this clone. Only pushes, `--since` and findings need it."""

import os

from import_customs.model import CheckError
from import_customs.repository.git import GitFailed, is_object_name
from import_customs.repository.git_process import ask, cut_off, run


def commit_id(root: str, revision: str) -> str | None:
    """The id of the commit that a revision names; None if there is none, as for HEAD before the first commit.

    Raises GitFailed if HEAD names a commit that is missing. That there is none is said in words: by its status alone
    a git that was killed would say it too, on Windows.
    """
    if "\n" in revision:
        return None
    named = os.fsencode(f"{revision}^{{commit}}\n")
    said = run(["cat-file", "--batch-check=%(objectname)"], root, given=named)
    if said.endswith((b" missing\n", b" ambiguous\n")):
        if revision == "HEAD" and ask(["rev-parse", "--verify", "--quiet", "HEAD"], root):
            raise GitFailed("the commit of HEAD is missing", hint="see what `git fsck` says")
        return None
    return _id(said)


def commit(root: str, revision: str, named: str) -> str:
    """The id of the commit that a revision means. Raises CheckError if this clone has none."""
    found = commit_id(root, revision)
    if found is None:
        raise _not_in_clone(root, f"{named}: there is no such commit")
    return found


def merge_base(root: str, old: str, new: str, named: str) -> str:
    """The id of the best common ancestor of two revisions. Raises CheckError if this clone has none."""
    said = ask(["merge-base", commit(root, old, named), commit(root, new, new)], root)
    if said is None:
        raise _not_in_clone(root, f"{named} and {new} have no common ancestor")
    return _id(said)


def is_partial(root: str) -> bool:
    """True if the clone may lack objects on purpose. Source: git's technical/partial-clone, promisor remotes."""
    return ask(["config", "--get-regexp", r"^(remote\..*\.promisor|extensions\.partialclone)$"], root) is not None


def is_shallow(root: str) -> bool:
    """True if the clone lacks older commits."""
    return run(["rev-parse", "--is-shallow-repository"], root).strip() == b"true"


def _id(said: bytes) -> str:
    """The one id in what git said."""
    if not is_object_name(said[:-1]):
        raise cut_off()
    return said[:-1].decode()


def _not_in_clone(root: str, message: str) -> CheckError:
    """The error for what this clone lacks, with what brings it."""
    if is_shallow(root):
        hint = (
            "the clone is shallow: `git fetch --unshallow`, or in CI check out with the whole history (fetch-depth: 0)"
        )
        return CheckError(f"{message} in this clone", hint=hint)
    return CheckError(message, hint="see `git log --all`, or `git fetch` what is missing")
