"""Write a result as one JSON object: the contract in README.md, "JSON". Keys are added, never changed."""

from import_customs.model import Result
from import_customs.report import as_json

_VERSION = 1
_KEYS = ("path", "line", "column", "cell", "module", "rule", "providers", "local", "project", "guard", "via", "message")


def render(result: Result) -> str:
    """The object, ended by a newline. Only ASCII: what is not is escaped, lone surrogates of odd names too."""
    findings = [{key: getattr(finding, key) for key in _KEYS} for finding in result.findings]
    for finding, one in zip(findings, result.findings, strict=True):
        if one.distribution:
            finding["distribution"] = one.distribution
        finding["cell"] = finding["cell"] and finding["cell"]._asdict()
        if finding["local"] == "":  # the root, as `path` and `project` would name it
            finding["local"] = "."
    errors = [
        {"path": error.path, "line": error.line, "column": error.column, "message": error.message}
        for error in result.errors
    ]
    scope = result.scope
    summary = {"files": result.files, "findings": len(findings), "scope": scope.kind, "base": scope.base}
    return as_json({"version": _VERSION, "findings": findings, "errors": errors, "summary": summary})
