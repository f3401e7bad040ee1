"""The table of the formats for programs. It is a file of its own so that a run with the text report loads none."""

from collections.abc import Callable

from import_customs.model import Result


def renderer(name: str) -> Callable[[Result], str]:
    """The function that renders a format. Only its own module is loaded: all of them take 11 ms."""
    if name == "json":
        from import_customs.report.json import render
    elif name == "github":
        from import_customs.report.github import render
    elif name == "gitlab":
        from import_customs.report.gitlab import render
    elif name == "sarif":
        from import_customs.report.sarif import render
    else:
        from import_customs.report.junit import render
    return render
