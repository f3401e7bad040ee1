"""The options --format, --statistics and --output: the reports that are not plain text on standard output."""

from __future__ import annotations

import os
import sys

from import_customs.check.replaced_source import replaced_source
from import_customs.check.rules import RULES
from import_customs.cli.streams import say, say_exactly, wants_color
from import_customs.model import CheckError
from import_customs.report import statistics, text
from import_customs.report.formats import RENDERERS
from import_customs.repository import atomic, git, tree

TYPE_CHECKING = False
if TYPE_CHECKING:
    from import_customs.cli import Options
    from import_customs.model import Result


def refuse_output(output: str) -> None:
    """Raises CheckError where `--output` leads through a link to somewhere else, and for a tracked source."""
    cwd = os.getcwd()
    if tree.leads_out(output, git.root(cwd)):
        hint = "take the link away, or name the file itself"
        raise CheckError("leads through a symlink out of the repository", hint=hint, path=output)
    if path := replaced_source(cwd, output):
        message = "is tracked by git, and a report replaces no source or declaring file"
        raise CheckError(message, hint="name another file after --output", path=path)


def report(result: Result, options: Options) -> None:
    """Print the report, or write it where `--output` says."""
    if options.output is None:
        write = say if options.format == "text" else say_exactly
        write(sys.stdout, _rendered(result, options))
        return
    atomic.write(options.output, _rendered(result, options).encode("utf-8", "backslashreplace"))


def _rendered(result: Result, options: Options) -> str:
    if options.format != "text":
        rules = {name: rule.summary for name, rule in RULES.items()}
        return RENDERERS[options.format](result._replace(rules=rules))
    is_for_people = options.output is None or options.color == "always"
    color = is_for_people and wants_color(options.color, os.environ, sys.stdout)
    shown = text.render(result, color=color, quiet=options.quiet)
    return shown + statistics.render(result) if options.statistics else shown
