"""Write a result as GitLab's Code Quality report. Source: GitLab's documentation, "Code Quality report format"."""

from import_customs.model import Finding, Result
from import_customs.report import as_json, explained, printable
from import_customs.report.fingerprint import fingerprints
from import_customs.report.remedy import with_remedies


def render(result: Result) -> str:
    """One array, ended by a newline; only ASCII. A finding keeps its fingerprint when lines move."""
    from hashlib import sha256  # 4 ms; the other formats need none

    findings = with_remedies(result).findings
    issues = [
        {
            "description": printable(explained(finding)),
            "check_name": f"import-customs/{finding.rule}",
            "fingerprint": fingerprint,
            "severity": "major",
            "location": {"path": finding.path, "positions": _positions(finding), "lines": {"begin": finding.line}},
        }
        for finding, fingerprint in zip(findings, fingerprints(findings), strict=True)
    ]
    issues += [
        {
            "description": printable(error.message),
            "check_name": "import-customs/error",
            "fingerprint": sha256(f"{error.path}\0{error.message}".encode("utf-8", "replace")).hexdigest(),
            "severity": "blocker",
            "location": {"path": error.path, "lines": {"begin": error.line or 1}},
        }
        for error in result.errors
    ]
    return as_json(issues)


def _positions(finding: Finding) -> dict[str, dict[str, int]]:
    """The columns, beside `lines`, which every consumer knows."""
    begin = {"line": finding.line, "column": finding.column}
    end = {"line": finding.line, "column": finding.end_column or finding.column}
    return {"begin": begin, "end": end}
