"""The options --fix, --diff and --ignore-existing: write what settles the findings, or show it."""

from __future__ import annotations

import os
import posixpath
import sys
from contextlib import suppress

from import_customs.check.remedies import fix as declaring
from import_customs.check.remedies import fix_ignores
from import_customs.check.unused.fix import ignoring_edits, removing_edits
from import_customs.cli.streams import say, say_exactly
from import_customs.model import INDEX, WORKTREE, CheckError
from import_customs.report import fixed
from import_customs.report.relative import edits_seen_from, seen_from
from import_customs.repository import git, select
from import_customs.repository.checked_out import file_meant

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from import_customs.cli import Options
    from import_customs.model import Result
    from import_customs.model.outcome import Edit

_MOST_EDITS = 100  # that a report carries: 5 to 50 ms each


def fix(result: Result, options: Options, otherwise: str) -> int:
    """Write the edits, or show them, and say what is left; `otherwise` if there is neither. The exit status.

    Raises CheckError if something else than the worktree was judged, and if a file cannot be written.
    """
    root, findings = git.root(os.getcwd()), result.findings
    here = select.folder_from_root(root, os.getcwd())
    if result.scope.text not in (WORKTREE, INDEX):
        unused = " --unused" if result.told is not None else ""
        hint = f"check that revision out, and run `import-customs{unused} --fix --since {result.scope.base or 'REV'}`"
        raise CheckError(f"only the worktree is written to, and {result.scope.text} is what was judged", hint=hint)
    if options.ignore_existing and result.told is not None:
        edits, findings = ignoring_edits(root, result)
        left = fixed.not_exempted(seen_from(here, result._replace(findings=list(findings))).findings)
    elif options.ignore_existing:
        edits, findings, lacking = fix_ignores.exempting_edits(root, findings, result.elsewhere)
        to_make = [posixpath.relpath(path, here or ".") for path in lacking]
        left = fixed.not_exempted(seen_from(here, result._replace(findings=findings)).findings, to_make)
    elif result.told is not None:
        edits, kept = removing_edits(root, findings)
        left = fixed.not_taken_out(seen_from(here, result._replace(findings=kept)).findings)
    else:
        edits, left = declaring.declaring_edits(root, result.missing), fixed.left(seen_from(here, result))
    left = fixed.in_brief(left) if options.quiet else left
    if options.diff:
        say_exactly(sys.stdout, fixed.differences(edits))
        say(sys.stderr, left)
    else:
        _write(root, here, edits, quiet=options.quiet, names_paths=result.scope.commits == "named")
        say(sys.stdout, left if edits or left else otherwise)
    return 1 if findings else 0


def edits_alone(result: Result) -> dict[tuple[str, str], Edit]:
    """What --fix would write for each missing declaration alone."""
    root, edits = git.root(os.getcwd()), {}
    for one in [one for one in result.missing if one.slot and not one.doubt][:_MOST_EDITS]:
        with suppress(CheckError):  # it is laid out so that nothing can be added
            edits[one.project, one.name] = declaring.declaring_edits(root, [one])[0]
    return edits


def _write(root: str, here: str, edits: Sequence[Edit], *, quiet: bool, names_paths: bool) -> None:
    """Write the edits; what is written is said, whatever hinders the next."""
    done: list[Edit] = []
    try:
        for edit in declaring.write(root, edits):
            done.append(edit)  # noqa: PERF402  `extend` does not promise to keep what came before an error
    finally:
        there = edits_seen_from(here, (one._replace(path=file_meant(root, one.path)) for one in done))
        say(sys.stdout, "" if quiet else fixed.written(there, names_paths=names_paths))
