"""The option --history: replay past commits, and say what the hook would have blocked."""

from __future__ import annotations

import sys

from import_customs.check import history as replaying
from import_customs.cli.streams import progress, say
from import_customs.model import CheckError
from import_customs.model.history import History
from import_customs.report import history as report

TYPE_CHECKING = False
if TYPE_CHECKING:
    from import_customs.check.scope import Request


def replay(request: Request, count: str) -> int:
    """Print what came of it; Ctrl-C ends it with what there is. The exit status. Raises CheckError for no number."""
    if not (count.isascii() and count.isdigit() and int(count)):
        raise CheckError(f"--history cannot be {count}", hint="it is the number of commits to replay, such as 500")
    known, is_whole, show = History(), True, progress(quiet=False, what="commits")
    total = int(count)
    try:
        for known in replaying.replay(request, total):
            if show:
                show(len(known.commits), total)
    except KeyboardInterrupt:
        is_whole = False
    if show:
        show(total, total)
    say(sys.stdout, report.render(known, total, is_whole=is_whole))
    return 0
