"""Write a result as GitHub's workflow commands: each finding is an annotation on its line.

Source: GitHub's documentation, "Workflow commands"; the escapes are those of its toolkit, `command.ts`.
"""

from import_customs.model import Finding, Result
from import_customs.report import explained, printable


def render(result: Result) -> str:
    """One command a finding; nothing where there is none."""
    return "".join(f"{_command(finding)}\n" for finding in result.findings)


def _command(finding: Finding) -> str:
    properties = {
        "file": finding.path,
        "line": str(finding.line),
        "col": str(finding.column),
        "title": f"import-customs: {finding.rule}",
    }
    told = ",".join(f"{key}={_property(value)}" for key, value in properties.items())
    return f"::error {told}::{_data(explained(finding))}"


def _data(text: str) -> str:
    """The text, in which no line ends and no command begins."""
    return printable(text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A"))


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
