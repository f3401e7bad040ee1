"""Write a result as one JSON object: the contract in docs/json.md. Keys are added, never changed."""

from typing import Any

from import_customs.model import Finding, Result
from import_customs.model.outcome import MissingDeclaration
from import_customs.report import JSON_VERSION, as_json, error_in_json
from import_customs.report.remedy import by_name, missing_of, with_remedies

_PLACE = ("path", "line", "column", "end_column", "cell")
_KEYS = (*_PLACE, "module", "rule", "providers", "local", "project", "guard", "via", "message", "remedy")
_OF_CELL = ("number", "line", "column")


def render(result: Result) -> str:
    """The object, ended by a newline. Only ASCII: what is not is escaped, lone surrogates of odd names too."""
    missing = by_name(result)
    findings = [
        {**as_object(one), "declare": _declaration(missing_of(one, missing))} for one in with_remedies(result).findings
    ]
    errors = [error_in_json(one) for one in result.errors]
    scope = result.scope
    summary = {"files": result.files, "findings": len(findings), "scope": scope.kind, "base": scope.base}
    told = {}
    if result.told is not None:  # without the project, for the path tells it
        stated = [one._asdict() | {"uses": [use._asdict() for use in one.uses]} for one in result.told]
        told = {"told": [{key: value for key, value in one.items() if key != "project"} for one in stated]}
    return as_json({"version": JSON_VERSION, "findings": findings, **told, "errors": errors, "summary": summary})


def as_object(finding: Finding) -> dict[str, Any]:
    """The finding as JSON has it, without the declaration that settles it."""
    made = {key: getattr(finding, key) for key in _KEYS}
    made["cell"] = finding.cell and {key: getattr(finding.cell, key) for key in _OF_CELL}
    if finding.local == "":  # the root, as `path` and `project` would name it
        made["local"] = "."
    if finding.distribution:
        made["distribution"] = finding.distribution
    return made


def _declaration(missing: MissingDeclaration | None) -> dict[str, str] | None:
    """What stands under `declare`; None where nothing may be suggested: a local project goes by its path."""
    if missing is None or missing.is_local or not missing.file:
        return None
    return {"file": missing.file, "requirement": missing.requirement, "place": missing.place}
