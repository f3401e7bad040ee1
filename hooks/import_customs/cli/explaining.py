"""The option --explain: print what is known of modules, distributions and rules, and do nothing else."""

from __future__ import annotations

import sys

from import_customs.check import explain as explaining
from import_customs.cli.streams import say, say_exactly
from import_customs.report import explanation

TYPE_CHECKING = False
if TYPE_CHECKING:
    from import_customs.check.scope import Request
    from import_customs.cli import Options


def explain(request: Request, options: Options) -> int:
    """Print the explanations in the order they are asked for; the exit status. Raises CheckError for no name."""
    answers = explaining.run(request, options.explain)
    if options.format == "json":
        say_exactly(sys.stdout, explanation.in_json(answers))
    else:
        say(sys.stdout, explanation.as_text(answers))
    return 0
