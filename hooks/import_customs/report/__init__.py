"""Findings in, text out: one module a format. What they share stands here: no name from outside is trusted."""

import re

# C0 and C1 controls, bidirectional overrides and isolates, other invisible formatting, lone surrogates, line and
# paragraph separators. Source: Unicode TR 36, "Trojan Source" (CVE-2021-42574).
_UNSAFE = "[\x00-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff]"


def printable(text: str) -> str:
    r"""The text with every character that a terminal or a log could be misled by written as `\xNN` or `\uNNNN`."""
    if text.isascii() and text.isprintable():  # 0.5 ms, to compile the pattern
        return text
    return re.sub(_UNSAFE, _escaped, text)


def _escaped(match: re.Match[str]) -> str:
    code = ord(match[0])
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"
