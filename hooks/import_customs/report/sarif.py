"""Write a result as a SARIF log, for code scanning. Source: SARIF 2.1.0 with errata 01, and its JSON schema."""

from typing import Any
from urllib.parse import quote

from import_customs.model import CheckError, Finding, Result
from import_customs.report import as_json, explained, fingerprints, printable

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"


def render(result: Result) -> str:
    """One log with one run, ended by a newline; only ASCII."""
    marked = zip(result.findings, fingerprints(result.findings), strict=True)
    run = {
        "tool": {
            "driver": {"name": "import-customs", "rules": [_rule(name, text) for name, text in result.rules.items()]}
        },
        "columnKind": "unicodeCodePoints",
        "results": [_result(finding, fingerprint, list(result.rules)) for finding, fingerprint in marked],
        "invocations": [
            {
                "executionSuccessful": not result.errors,
                "toolExecutionNotifications": [_notification(error) for error in result.errors],
            }
        ],
    }
    return as_json({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]})


def _notification(error: CheckError) -> dict[str, Any]:
    place: dict[str, Any] = {"artifactLocation": {"uri": _uri(error.path), "uriBaseId": "%SRCROOT%"}}
    if error.line:
        place["region"] = {"startLine": error.line}
    return {
        "level": "error",
        "message": {"text": printable(error.message)},
        "locations": [{"physicalLocation": place}] if error.path else [],
    }


def _rule(name: str, text: str) -> dict[str, Any]:
    return {
        "id": name,
        "shortDescription": {"text": text},
        "help": {"text": text},
        "defaultConfiguration": {"level": "error"},
    }


def _result(finding: Finding, fingerprint: str, rule_ids: list[str]) -> dict[str, Any]:
    return {
        "ruleId": finding.rule,
        "ruleIndex": rule_ids.index(finding.rule),
        "level": "error",
        "message": {"text": printable(explained(finding))},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": {"uri": _uri(finding.path), "uriBaseId": "%SRCROOT%"},
                    "region": {"startLine": finding.line, "startColumn": finding.column},
                }
            }
        ],
        "partialFingerprints": {"importCustoms/v1": fingerprint},
        "properties": {"module": printable(finding.module), "providers": list(finding.providers)},
    }


def _uri(path: str) -> str:
    """The path as a relative reference (RFC 3986), also where its name is not UTF-8."""
    return quote(path.encode("utf-8", "surrogateescape"))
