"""Findings in, text out: one module a format. What they share stands here: no name from outside is trusted."""

import re

TYPE_CHECKING = False  # the clean path has the last line of a report from here
if TYPE_CHECKING:
    from collections.abc import Sequence

    from import_customs.findings import Finding

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


def explained(finding: "Finding") -> str:
    """What a finding says, with its remedy, where a format has no room for more."""
    return f"{finding.message}; {finding.remedy}" if finding.remedy else finding.message


def fingerprints(findings: "Sequence[Finding]") -> list[str]:
    """What a finding is recognized by when lines move: file, rule, module, and which one of several it is."""
    from hashlib import sha256

    made: list[str] = []
    seen: dict[tuple[str, str, str], int] = {}
    for finding in findings:
        key = (finding.path, finding.rule, finding.module)
        seen[key] = seen.get(key, 0) + 1
        text = "\0".join((*key, str(seen[key])))
        made.append(sha256(text.encode("utf-8", "surrogateescape")).hexdigest())
    return made
