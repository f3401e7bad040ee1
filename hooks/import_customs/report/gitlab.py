"""Write a result as GitLab's Code Quality report. Source: GitLab's documentation, "Code Quality report format"."""

from hashlib import sha256

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
