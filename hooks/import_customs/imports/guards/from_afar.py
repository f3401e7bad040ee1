"""Tell whether something may guard the imports of a text that it does not enclose, without an `ast`.

That is a mark that skips, an assertion or an early exit, with a test that `guards` knows. The text is code alone, with
each logical line on one line, as `exact_usual` makes it.
"""

from collections.abc import Sequence

from import_customs.model.later import re

_GAP = r"[ \t\0]*+"
_TESTED = (
    rf"\b(?:version_info\b|hexversion\b|(?:IS_)?PY_?\d|python_version|platform\b|TYPE_CHECKING\b"
    rf"|sys{_GAP}\.{_GAP}(?:version|implementation)\b|os{_GAP}\.{_GAP}name\b)"
)
_MARK_OR_ASSERTION = rf"(?:skip(?:if|If|Unless)|assert)\b[^\n]*{_TESTED}"
_BLOCK = r"(?:\n\1[ \t]++[^\n]*+|\n[ \t]*+(?=\n|\Z))*+"  # lines that are indented deeper than the first group
_HEAD = r"[^\n]*+(?:\n\1@[^\n]*+|\n[ \t]*+(?=\n))*+\n\1(?:async|def|class)\b[^\n]*+"
_MARKED = rf"\n([ \t]*+)@({_HEAD}){_BLOCK}"
_TEST_AND_BLOCK = rf"\n([ \t]*+)if\b[^\n]*?{_TESTED}([^\n]*+{_BLOCK})"
_EXIT = r"(?:raise|return|continue|break|exit|_exit|quit|abort|skip)\b"


def is_guarded_from_afar(code: str, places: Sequence[int]) -> bool:
    """Whether that may be so of imports at these places of the code. What a mark marks ends with its block."""
    code = code.replace("\t", " ")  # of two blocks that Python accepts, the inner one is indented by more characters
    if "skip" in code or "assert" in code:
        marked, head = re.compile(_MARKED), 0
        for one in re.finditer(_MARK_OR_ASSERTION, code):
            if one.start() < head:  # a further mark of the same
                continue
            block = marked.match(code, code.rfind("\n", 0, one.start()))
            if block is None or any(block.start() < place < block.end() for place in places):
                return True
            head = block.end(2)
    if "if" not in code:
        return False
    return any(re.search(_EXIT, test[2]) for test in re.finditer(_TEST_AND_BLOCK, code))
