"""Write a result as GitLab's Code Quality report. Source: GitLab's documentation, "Code Quality report format"."""

from import_customs.model import Result
from import_customs.report import as_json, explained, fingerprints, printable


def render(result: Result) -> str:
    """One array, ended by a newline; only ASCII. A finding keeps its fingerprint when lines move."""
    issues = [
        {
            "description": printable(explained(finding)),
            "check_name": f"import-customs/{finding.rule}",
            "fingerprint": fingerprint,
            "severity": "major",
            "location": {"path": finding.path, "lines": {"begin": finding.line}},
        }
        for finding, fingerprint in zip(result.findings, fingerprints(result.findings), strict=True)
    ]
    return as_json(issues)
