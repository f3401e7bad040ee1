"""Write a result as a SARIF log, for code scanning. Source: SARIF 2.1.0 with errata 01, and its JSON schema."""

from typing import Any

from import_customs.model import CheckError, Finding, Result
from import_customs.model.outcome import MissingDeclaration
from import_customs.model.unused import Told
from import_customs.report import as_json, explained, printable
from import_customs.report.fingerprint import fingerprint, fingerprints
from import_customs.report.remedy import by_name, missing_of, with_remedies

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LONGEST_DESCRIPTION = 1024  # characters that code scanning shows. Source: GitHub's documentation, "SARIF support"


def render(result: Result) -> str:
    """One log with one run, ended by a newline; only ASCII."""
    findings = with_remedies(result).findings
    marked = zip(findings, fingerprints(findings), strict=True)
    rule_ids, missing = list(result.rules), by_name(result)
    known = {"version": result.version, "semanticVersion": result.version, "informationUri": result.home}
    stated = {key: value for key, value in known.items() if value}
    rules = [_rule(name, page) for name, page in result.rules.items()]
    run = {
        "tool": {"driver": {"name": "import-customs", **stated, "rules": rules}},
        "columnKind": "unicodeCodePoints",
        "results": [
            _result(finding, mark, rule_ids) | _fixes(missing_of(finding, missing), result) for finding, mark in marked
        ]
        + [_note(one, rule_ids) for one in result.told or ()],
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


def _rule(name: str, page: str) -> dict[str, Any]:
    """A rule as code scanning shows it: `fullDescription` in a list, `help` beside a finding."""
    summary, _, rest = page.partition("\n")
    found = rest.partition("## What it finds\n\n")[2].partition("\n\n")[0]
    return {
        "id": name,
        "shortDescription": {"text": summary},
        "fullDescription": {"text": f"{summary} {' '.join(found.split())}"[:_LONGEST_DESCRIPTION]},
        "help": {"text": page, "markdown": page},
        "defaultConfiguration": {"level": "error"},
        "properties": {"tags": ["dependencies"], "precision": "high", "problem.severity": "error"},
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
                    "region": {
                        "startLine": finding.line,
                        "startColumn": finding.column,
                        **({"endColumn": finding.end_column} if finding.end_column else {}),
                    },
                }
            }
        ],
        "partialFingerprints": {"importCustoms/v1": fingerprint},
        "properties": {
            "module": printable(finding.module),
            "providers": list(finding.providers),
            "remedy": printable(finding.remedy),
        },
    }


def _note(one: Told, rule_ids: list[str]) -> dict[str, Any]:
    """A declaration that may be unused, and does not block."""
    where = {"artifactLocation": {"uri": _uri(one.path), "uriBaseId": "%SRCROOT%"}, "region": {"startLine": one.line}}
    return {
        "ruleId": "unused",
        "ruleIndex": rule_ids.index("unused"),
        "level": "note",
        "message": {"text": printable(f"`{one.distribution}` may be unused: {one.why}")},
        "locations": [{"physicalLocation": where}],
        "partialFingerprints": {"importCustoms/v1": fingerprint(one.path, "told", one.distribution)},
    }


def _fixes(missing: MissingDeclaration | None, result: Result) -> dict[str, Any]:
    """The key `fixes`, where --fix would write the declaration."""
    edit = result.edits.get((missing.project, missing.name)) if missing else None
    if missing is None or edit is None:
        return {}
    change = {
        "artifactLocation": {"uri": _uri(edit.path), "uriBaseId": "%SRCROOT%"},
        "replacements": [_replacement(edit.before.decode("utf-8"), edit.after.decode("utf-8"))],
    }
    description = {"text": f"Declare {printable(missing.name)} in {printable(edit.path)}."}
    return {"fixes": [{"description": description, "artifactChanges": [change]}]}


def _replacement(before: str, after: str) -> dict[str, Any]:
    """The one replacement that makes `after` of `before`."""
    start = _length_of_same(before, after)
    same = _length_of_same(before[start:][::-1], after[start:][::-1])
    end = len(before) - same
    region = {
        "startLine": before.count("\n", 0, start) + 1,
        "startColumn": start - before.rfind("\n", 0, start),
        "endLine": before.count("\n", 0, end) + 1,
        "endColumn": end - before.rfind("\n", 0, end),
    }
    return {"deletedRegion": region, "insertedContent": {"text": after[start : len(after) - same]}}


def _length_of_same(one: str, other: str) -> int:
    """How many characters both begin with."""
    differing = (at for at, (here, there) in enumerate(zip(one, other, strict=False)) if here != there)
    return next(differing, min(len(one), len(other)))


def _uri(path: str) -> str:
    """The path as a relative reference (RFC 3986), also where its name is not UTF-8."""
    from urllib.parse import quote  # 3 ms; the other formats need none

    return quote(path.encode("utf-8", "surrogateescape"))
