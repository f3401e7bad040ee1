"""The options --format, --statistics and --output: the reports that are not plain text on standard output."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from json import loads

from import_customs.check.rules import RULES
from import_customs.check.unused.pages import PAGES
from import_customs.cli.streams import say, say_exactly, wants_color
from import_customs.report import github, gitlab, json, junit, sarif, statistics, text
from import_customs.repository import atomic

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from import_customs.cli import Options
    from import_customs.model import Result

RENDERERS: dict[str, Callable[[Result], str]] = {
    "json": json.render,
    "github": github.render,
    "gitlab": gitlab.render,
    "sarif": sarif.render,
    "junit": junit.render,
}


def report(result: Result, options: Options) -> None:
    """Print the report, or write it where `--output` says."""
    if options.output is None:
        write = say if options.format == "text" else say_exactly
        write(sys.stdout, _rendered(result, options))
        return
    atomic.write(options.output, _rendered(result, options).encode("utf-8", "backslashreplace"))


def _rendered(result: Result, options: Options) -> str:
    if options.format != "text":
        pages = PAGES if result.told is not None else {name: rule.page for name, rule in RULES.items()}
        result = result._replace(rules=pages)
        if options.format == "sarif":
            version, home = _about_itself()
            result = result._replace(version=version, home=home)
        return RENDERERS[options.format](result)
    is_for_people = options.output is None or options.color == "always"
    color = is_for_people and wants_color(options.color, os.environ, sys.stdout)
    shown = text.render(result, color=color, quiet=options.quiet)
    return shown + statistics.render(result) if options.statistics else shown


def _about_itself() -> tuple[str, str]:
    """The version of this package, and the URL that its metadata state; "" for what they do not.

    Sources: core metadata, Project-URL; PEP 610 for what was installed from a URL.
    """
    from importlib import metadata  # 39 ms

    try:
        itself = metadata.distribution("import-customs")
    except metadata.PackageNotFoundError:
        return "", ""
    urls = [stated.partition(",")[2].strip() for stated in itself.metadata.get_all("Project-URL") or ()]
    with suppress(ValueError, AttributeError):
        urls.append(str(loads(itself.read_text("direct_url.json") or "{}").get("url")))
    return itself.version, next((url for url in urls if url.startswith("https://")), "")
