"""Reports: values to text, one module for each format. What they share is here: no name from outside is trusted."""

from __future__ import annotations

from import_customs.model.later import re

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any

    from import_customs.model import CheckError, Finding, Result

JSON_VERSION = 1  # of what docs/json.md describes
_ID_LENGTHS = (40, 64)  # digits of the full id of a commit: SHA-1, SHA-256
PLACEHOLDER = '"<package>"'  # in configuration that is printed to be filled in: no package can be called so
# What a terminal shows as nothing although `str.isprintable` lets it pass: fillers, selectors of variants.
# Source: Unicode, Default_Ignorable_Code_Point.
_UNSEEN = "\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u3164\ufe00-\ufe0f\uffa0\U000e0100-\U000e01ef"
# Sources: the runners of GitHub (`##[…]`, and `::` at the start of a line), Azure (`##vso[…]`), TeamCity.
_COMMAND = r"#(?=#\w*\[)|^(?=\s*::)"


def printable(text: str) -> str:
    r"""The text, in which all that could mislead a terminal or a log, or command a CI, is written as `\xNN`, `\uNNNN`.

    These are controls, bidirectional overrides, lone surrogates, line ends, what nobody sees, and marks of commands.
    """
    if text.isascii() and text.isprintable() and "##" not in text and "::" not in text:  # 0.5 ms, for the patterns
        return text
    shown = "".join(letter if letter.isprintable() else _escaped(letter) for letter in text)
    shown = re.sub(f"[{_UNSEEN}]", lambda found: _escaped(found[0]), shown)
    return re.sub(_COMMAND, lambda found: _escaped(found[0]) if found[0] else "\\", shown)


def _escaped(letter: str) -> str:
    code = ord(letter)
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def as_json(value: object) -> str:
    """One JSON text, ended by a newline: only ASCII, and nothing in it that a CI takes for a command."""
    from json import dumps

    return re.sub(r"#(?=#)", r"\\u0023", dumps(value, indent=2)) + "\n"


def failure_in_json(error: CheckError) -> str:
    """The object of docs/json.md where nothing could be judged."""
    return as_json({"version": JSON_VERSION, "errors": [error_in_json(error)]})


def error_in_json(error: CheckError) -> dict[str, object]:
    return {"path": error.path, "line": error.line, "column": error.column, "message": error.message}


def place_in_file(finding: Finding) -> str:
    """The line and the column; in a notebook those of its cell, which a reader sees."""
    return str(finding.cell) if finding.cell else f"{finding.line}:{finding.column}"


def with_remedy(finding: Finding) -> str:
    """The message of a finding with its remedy, for a report that has no room for more."""
    return f"{finding.message}; {finding.remedy}" if finding.remedy else finding.message


def explained(finding: Finding) -> str:
    """As `with_remedy`, and with the place in the notebook, for a format that has the line of the file alone."""
    return f"{finding.cell}: {with_remedy(finding)}" if finding.cell else with_remedy(finding)


def summary(result: Result, groups: Mapping[Any, Sequence[Finding]] = {}) -> str:
    """What was checked, and how much was found: all that a report says if nothing is to be declared.

    One line. `groups` are the findings of each package, and of each module that no package is named for.
    """
    files = "1 file" if result.files == 1 else f"{result.files} files"
    outcome = ": nothing to declare" if result.told is None else ": nothing that blocks is unused"
    if result.findings:
        outcome = f": {counted(len(result.findings), 'finding')}"
        if len(groups) < len(result.findings):
            others = sum(not group[0].providers for group in groups.values())
            packages = len(groups) - others
            counts = {"package": packages, "other module" if packages else "module": others}
            outcome += f" of {' and '.join(counted(count, what) for what, count in counts.items() if count)}"
    if result.errors:
        outcome = f"{outcome if result.findings else ''}; {len(result.errors)} could not be checked: see above"
    if result.scope.kind == "all":
        return f"checked everything in {files}{outcome}\n"
    if result.scope.base == "HEAD":
        return f"checked what this commit introduces in {files}{outcome}\n"
    base = str(result.scope.base)
    is_id = len(base) in _ID_LENGTHS and set(base) <= set("0123456789abcdef")
    return f"checked what was introduced since {base[:10] if is_id else printable(base)} in {files}{outcome}\n"


def counted(count: int, what: str) -> str:
    return f"1 {what}" if count == 1 else f"{count} {what}s"
