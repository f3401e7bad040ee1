"""Write a result as GitHub's workflow commands: each finding is an annotation on its line.

Source: GitHub's documentation, "Workflow commands"; the escapes are those of its toolkit, `command.ts`.
"""

from import_customs.model import Result
from import_customs.report import explained, printable
from import_customs.report.remedy import with_remedies


def render(result: Result) -> str:
    """One command a finding, and one for each thing that could not be checked; nothing where there is neither."""
    findings = with_remedies(result).findings
    commands = [
        _command(one.path, one.line, one.column, one.rule, explained(one), end_column=one.end_column)
        for one in findings
    ]
    commands += [_command(one.path, one.line, one.column, "error", one.message) for one in result.errors]
    return "".join(f"{command}\n" for command in commands)


def _command(path: str, line: int, column: int, rule: str, text: str, *, end_column: int = 0) -> str:
    properties = {
        "file": path,
        "line": str(line or 1),
        "col": str(column or 1),
        "endLine": str(line) if end_column else "",
        "endColumn": str(end_column) if end_column else "",
        "title": f"import-customs: {rule}",
    }
    told = ",".join(
        f"{key}={_data(value).replace(':', '%3A').replace(',', '%2C')}" for key, value in properties.items() if value
    )
    return f"::error {told}::{_data(text)}"


def _data(text: str) -> str:
    """The text, in which no line ends and no command begins."""
    return printable(text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A"))
