"""Say of a finding in a renamed file that `per-file-ignores` exempts it under the old path."""

from __future__ import annotations

import posixpath

from import_customs.check.state import project_if_readable
from import_customs.model import relative
from import_customs.project.config import exempted_by

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from import_customs.check.state import State
    from import_customs.model import Finding


def naming_exemption(finding: Finding, old_paths: Iterable[str], now: State) -> Finding:
    """The finding; if today's settings exempt its module in one of the old paths of its file, it says so."""
    for old in old_paths:
        project = project_if_readable(now, posixpath.dirname(old)) if old != finding.path else None
        path = relative(old, project.folder) if project else ""
        exempting = exempted_by(project.config, path, finding.module) if project else None
        if exempting and exempting.kind == "per-file-ignores":
            return finding._replace(
                message=f"{finding.message}; `per-file-ignores` exempts it under the old path, {path}"
            )
    return finding
