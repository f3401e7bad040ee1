"""The option --explain: print what is known of a module, and do nothing else."""

from __future__ import annotations

import os
import sys

from import_customs.check import explain as explaining
from import_customs.cli.streams import say
from import_customs.report import printable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from import_customs.cli import Options


def explain(options: Options) -> int:
    """Print the explanation; the exit status. Raises CheckError for what is no module's name."""
    lines = explaining.run(os.getcwd(), options.explain or "", os.environ, options.python)
    say(sys.stdout, "".join(f"{printable(line)}\n" for line in lines))
    return 0
