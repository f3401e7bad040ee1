"""Write a result as one JSON object: the contract in README.md, "JSON". Keys are added, never changed."""

from import_customs.model import Result
from import_customs.report import as_json

_VERSION = 1
_PLACE = ("path", "line", "column", "end_column", "cell")
_KEYS = (*_PLACE, "module", "rule", "providers", "local", "project", "guard", "via", "message")
_OF_CELL = ("number", "line", "column")


def render(result: Result) -> str:
    """The object, ended by a newline. Only ASCII: what is not is escaped, lone surrogates of odd names too."""
    findings = [{key: getattr(finding, key) for key in _KEYS} for finding in result.findings]
    for finding in findings:
        finding["cell"] = finding["cell"] and {key: getattr(finding["cell"], key) for key in _OF_CELL}
        if finding["local"] == "":  # the root, as `path` and `project` would name it
            finding["local"] = "."
    errors = [
        {"path": error.path, "line": error.line, "column": error.column, "message": error.message}
        for error in result.errors
    ]
    scope = result.scope
    summary = {"files": result.files, "findings": len(findings), "scope": scope.kind, "base": scope.base}
    return as_json({"version": _VERSION, "findings": findings, "errors": errors, "summary": summary})
