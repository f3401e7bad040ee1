"""Tell whether a line that does not parse is syntax of a later Python than this one."""

import re
import sys

_SINCE = [
    ((3, 12), r"\s*type\s+\w+\s*[\[=]"),  # PEP 695
    ((3, 12), r"\s*(?:async\s+)?(?:def|class)\s+\w+\s*\["),
    ((3, 12), r".*\b(?:[fF][rR]?|[rR][fF])['\"]"),  # PEP 701: any quote within an f-string
    ((3, 13), r"\s*(?:async\s+)?(?:def|class|type)\s+\w+\s*\[.*="),  # PEP 696
    ((3, 14), r"\s*except\*?\s+[\w.]+\s*,"),  # PEP 758
    ((3, 14), r".*\b(?:[tT][rR]?|[rR][tT])['\"]"),  # PEP 750
    ((3, 15), r"(?:.*[;:])?\s*lazy\s+(?:import|from)\b"),  # PEP 810
    ((3, 15), r".*[\[{(]\s*\*.*\bfor\b"),  # PEP 798
]


def is_newer_syntax(line: str, message: str) -> bool:
    """True if `line`, of which the parser says `message`, looks like syntax that only a later Python has.

    Of an f-string within brackets, Python 3.11 names another line than the f-string's.
    """
    if sys.version_info < (3, 12) and message.startswith("f-string"):
        return True
    return any(sys.version_info < since and re.match(pattern, line[:500]) for since, pattern in _SINCE)
