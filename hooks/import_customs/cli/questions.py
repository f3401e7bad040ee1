"""The options that check nothing: --help, --version, --explain for what is known, --history for the past."""

from __future__ import annotations

import sys

from import_customs.check import explain, history
from import_customs.cli.streams import progress, say, say_exactly
from import_customs.cli.usage import about
from import_customs.model import CheckError
from import_customs.model.history import History
from import_customs.report import explanation
from import_customs.report import history as report

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from import_customs.check.scope import Request
    from import_customs.cli import Options


def answer(options: Options, request_of: Callable[[Options], Request]) -> int:
    """Print the help, the version, the explanations in the order they are asked for, or the history; the exit status.

    Raises CheckError for a name that is none, and for a number that is none.
    """
    if options.help or options.version:
        say(sys.stdout, about(options))
        return 0
    request = request_of(options)
    if options.history is not None:
        return _replay(request, options.history)
    answers = explain.run(request, options.explain)
    if options.format == "json":
        say_exactly(sys.stdout, explanation.in_json(answers))
    else:
        say(sys.stdout, explanation.as_text(answers))
    return 0


def _replay(request: Request, count: str) -> int:
    """Print what came of past commits; Ctrl-C ends it with what there is."""
    if not (count.isascii() and count.isdigit() and int(count)):
        raise CheckError(f"--history cannot be {count}", hint="it is the number of commits to replay, such as 500")
    known, is_whole, show = History(), True, progress(quiet=False, what="commits")
    total = int(count)
    try:
        for known in history.replay(request, total):
            if show:
                show(len(known.commits), total)
    except KeyboardInterrupt:
        is_whole = False
    if show:
        show(total, total)
    say(sys.stdout, report.render(known, total, is_whole=is_whole))
    return 0
