"""Say what was checked, and count what was found: all that a report says where nothing is to be declared."""

from __future__ import annotations

from import_customs.report import printable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any

    from import_customs.model import Finding, Result


def summary(result: Result, groups: Mapping[Any, Sequence[Finding]] = {}) -> str:
    """One line. `groups` are the findings of each package, and of each module that no known package provides."""
    files = "1 file" if result.files == 1 else f"{result.files} files"
    outcome = ": nothing to declare" if result.told is None else ": nothing that blocks is unused"
    if result.findings:
        outcome = f": {_counted(len(result.findings), 'finding')}"
        if len(groups) < len(result.findings):
            unknown = sum(not group[0].providers for group in groups.values())
            counts = {"package": len(groups) - unknown, "unknown module": unknown}
            outcome += f" of {' and '.join(_counted(count, what) for what, count in counts.items() if count)}"
    if result.errors:
        outcome = f"{outcome if result.findings else ''}; {len(result.errors)} could not be checked: see above"
    if result.scope.kind == "all":
        return f"checked everything in {files}{outcome}\n"
    if result.scope.base == "HEAD":
        return f"checked what this commit introduces in {files}{outcome}\n"
    return f"checked what was introduced since {printable(str(result.scope.base))} in {files}{outcome}\n"


def _counted(count: int, what: str) -> str:
    return f"1 {what}" if count == 1 else f"{count} {what}s"
