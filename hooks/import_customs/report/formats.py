"""The formats for programs, by name; `text` is for a person and stands alone, for most runs need no other."""

from collections.abc import Callable

from import_customs.check import Result
from import_customs.report import github, gitlab, json, junit, sarif

RENDERERS: dict[str, Callable[[Result], str]] = {
    "json": json.render,
    "github": github.render,
    "gitlab": gitlab.render,
    "sarif": sarif.render,
    "junit": junit.render,
}
