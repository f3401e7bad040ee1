"""The table of the formats for programs. It is a file of its own: a run with the text report loads none of them."""

from collections.abc import Callable

from import_customs.model import Result
from import_customs.report import github, gitlab, json, junit, sarif

RENDERERS: dict[str, Callable[[Result], str]] = {
    "json": json.render,
    "github": github.render,
    "gitlab": gitlab.render,
    "sarif": sarif.render,
    "junit": junit.render,
}
