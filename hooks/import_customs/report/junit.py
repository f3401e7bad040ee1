"""Write a result as a JUnit report, which most CI servers show. Source: the schema that Jenkins has for them."""

from import_customs.model import CheckError, Finding, Result
from import_customs.report import explained, printable
from import_customs.report.remedy import with_remedies

_NAME = "import-customs"
_PASSED = {True: "every import is declared", False: "every declaration is used"}


def render(result: Result) -> str:
    """One suite: a failed case a finding, or one that passed, for some servers take no case for an error."""
    found = [_failed(finding) for finding in with_remedies(result).findings]
    errors = [_error(error) for error in result.errors]
    cases = [*found, *errors] or [f'<testcase classname="{_NAME}" name="{_PASSED[result.told is None]}"/>']
    listed = "".join(f"    {case}\n" for case in cases)
    counts = f'tests="{len(cases)}" failures="{len(found)}" errors="{len(errors)}"'
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        f"<testsuites {counts}>\n"
        f'  <testsuite name="{_NAME}" {counts}>\n'
        f"{listed}"
        "  </testsuite>\n"
        "</testsuites>\n"
    )


def _failed(finding: Finding) -> str:
    name = f"{finding.rule}: {finding.module or finding.distribution} (line {finding.line})"
    said = explained(finding)
    until = f"-{finding.end_column}" if finding.end_column > finding.column else ""
    place = f"{finding.path}:{finding.line}:{finding.column}{until}"
    return (
        f"<testcase classname={_attribute(finding.path)} name={_attribute(name)} file={_attribute(finding.path)}"
        f' line="{finding.line}"><failure type="{finding.rule}" message={_attribute(said)}>'
        f"{_escaped(f'{place}: {said}')}</failure></testcase>"
    )


def _error(error: CheckError) -> str:
    place = f"{error.path}:{error.line or 1}"
    return (
        f"<testcase classname={_attribute(error.path)} name={_attribute(f'could not be checked: {place}')}"
        f" file={_attribute(error.path)}><error message={_attribute(error.message)}>"
        f"{_escaped(f'{place}: {error.message}')}</error></testcase>"
    )


def _attribute(text: str) -> str:
    return '"' + _escaped(text).replace('"', "&quot;") + '"'


def _escaped(text: str) -> str:
    """The text as XML 1.0 has it, without what that allows in no form: controls, surrogates, U+FFFE and U+FFFF.

    `xml.sax.saxutils` has an `escape`, and takes 47 ms: it loads a client of HTTP.
    """
    plain = printable(text).replace("\ufffe", "\\ufffe").replace("\uffff", "\\uffff")
    return plain.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
