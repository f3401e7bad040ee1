"""The options --format, --statistics and --output: the reports that are not plain text on standard output."""

from __future__ import annotations

import os
import sys

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


def report(result: Result, options: Options) -> None:
    """Print the report, or write it where `--output` says. Raises CheckError where a link there leads elsewhere."""
    if options.output is None:
        write = say if options.format == "text" else say_exactly
        write(sys.stdout, _rendered(result, options))
        return
    if tree.leads_out(options.output, git.root(os.getcwd())):
        hint = "take the link away, or name the file itself"
        raise CheckError("leads through a symlink out of the repository", hint=hint, path=options.output)
    atomic.write(options.output, _rendered(result, options).encode("utf-8", "backslashreplace"))


def _rendered(result: Result, options: Options) -> str:
    if options.format != "text":
        rules = {name: rule.summary for name, rule in RULES.items()}
        return RENDERERS[options.format](result._replace(rules=rules))
    color = wants_color(options.color, os.environ, sys.stdout) and options.output is None
    shown = text.render(result, color=color, quiet=options.quiet)
    return shown + statistics.render(result) if options.statistics else shown
