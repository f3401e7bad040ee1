"""Tell whether an import is the whole block of a `with` that expects a failed import: nothing is to be declared then.

Sources: `pytest.raises`; unittest's `assertRaises` and `assertRaisesRegex`. Only what may be a finding gets here.
"""

from import_customs.model.later import pattern

_EXPECTING = pattern(r"[ \t]*+with[ \t]++(?:\w++\.)*+(?:raises|assertRaises(?:Regex)?)\(([^\n]++)")
_FAILING = pattern(r"\b(?:ImportError|ModuleNotFoundError)\b")


def fails_as_expected(text: str, line: int) -> bool:
    """Whether the statement on that line, from 1, is alone in such a block."""
    lines = text.split("\n", line) if "aises" in text else []
    header = next((one for one in reversed(lines[: line - 1]) if _is_code(one)), "")
    if "aises" not in header:  # as nearly always: then no pattern is compiled
        return False
    following = "".join(lines[line:]).split("\n")
    indent, after = _indent(lines[line - 1]), next((one for one in following if _is_code(one)), "")
    expecting = _EXPECTING.match(header)
    is_alone = _indent(header) < indent > _indent(after)
    return is_alone and expecting is not None and _FAILING.search(expecting[1]) is not None


def _is_code(line: str) -> bool:
    return line.strip()[:1] not in ("", "#")


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" \t"))
