"""Say what came of a check if there is more to say than that nothing is to be declared; decide the exit status."""

from __future__ import annotations

import os
import sys

from import_customs.cli.command import own_command
from import_customs.cli.streams import say, tell, tell_error, wants_color
from import_customs.model import WORKTREE
from import_customs.report import text
from import_customs.report.relative import seen_from
from import_customs.repository import git, revisions, select
from import_customs.repository.checked_out import file_meant

TYPE_CHECKING = False
if TYPE_CHECKING:
    from import_customs.cli import Options
    from import_customs.model import Result

_CLEAN, _FOUND, _FAILED = 0, 1, 2


def answer(result: Result, options: Options, otherwise: str) -> int:
    """Say it by a report or by edits; `otherwise` is what to print if nothing is found. The exit status."""
    cwd = os.getcwd()
    if options.format == "text" and result.findings:
        is_amend = result.scope.base == "HEAD" and revisions.is_amend(git.root(cwd), os.environ)
        result = result._replace(links=_links(git.root(cwd), result), amends=is_amend)
    # for people paths are relative to the working folder; for programs they stay as they are
    shown = seen_from(select.folder_from_root(git.root(cwd), cwd), result) if options.format == "text" else result
    for error in shown.errors:
        tell_error(error)
    if shown.told and options.format == "text" and not options.quiet:
        tell(text.told_lines(shown.told, whole=options.verbose))
    status = _FOUND if result.findings else _CLEAN
    are_edits = options.edits and bool(result.findings or (options.ignore_existing and result.told))
    if are_edits or (options.format == "sarif" and result.missing and result.scope.text == WORKTREE):
        from import_customs.cli import fixing  # 27 ms, for tomlkit

        if are_edits:
            status = fixing.fix(result, options, otherwise)
        else:
            shown = shown._replace(edits=fixing.edits_alone(result))
    if options.needs_format:
        from import_customs.cli.formats import report  # 6 ms; hooks print plain text

        report(shown, options)
    elif not result.findings and not are_edits:
        say(sys.stdout, otherwise)
    elif not are_edits:
        color, command = wants_color(options.color, os.environ, sys.stdout), own_command(os.environ)
        say(sys.stdout, text.render(shown, color=color, quiet=options.quiet, command=command))
    return _FAILED if result.errors else status


def _links(root: str, result: Result) -> dict[str, str]:
    """What git has of the files that are to be changed and that symlinks lead to."""
    paths = {path for one in result.missing for path in (one.file, one.project, one.lock[1])}
    paths.update(path for one in result.removable for path in (one.path, one.lock[1]))
    paths.update(one.path for one in result.findings if one.distribution)
    followed = {path: file_meant(root, path) for path in paths}
    return {path: target for path, target in followed.items() if target != path}
