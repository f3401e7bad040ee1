"""Write a result as one JSON object: the contract in README.md, "JSON". Keys are added, never changed."""

from typing import Any

from import_customs.model import Finding, Result
from import_customs.report import as_json

_VERSION = 1
_KEYS = ("path", "line", "column", "cell", "module", "rule", "providers", "local", "project", "guard", "via", "message")


def render(result: Result) -> str:
    """The object, ended by a newline. Only ASCII: what is not is escaped, lone surrogates of odd names too."""
    findings = [as_object(finding) for finding in result.findings]
    errors = [
        {"path": error.path, "line": error.line, "column": error.column, "message": error.message}
        for error in result.errors
    ]
    scope = result.scope
    summary = {"files": result.files, "findings": len(findings), "scope": scope.kind, "base": scope.base}
    return as_json({"version": _VERSION, "findings": findings, "errors": errors, "summary": summary})


def as_object(finding: Finding) -> dict[str, Any]:
    """The finding as JSON has it."""
    made = {key: getattr(finding, key) for key in _KEYS}
    made["cell"] = made["cell"] and made["cell"]._asdict()
    if made["local"] == "":  # the root, as `path` and `project` would name it
        made["local"] = "."
    if finding.distribution:
        made["distribution"] = finding.distribution
    return made
