"""The options --format, --statistics and --output: the reports that are not plain text on standard output."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from itertools import pairwise
from json import loads

from import_customs.check.rules import RULES
from import_customs.check.unused.pages import PAGES
from import_customs.cli.streams import say, say_exactly, wants_color
from import_customs.model import WORKTREE, CheckError
from import_customs.report import json, statistics, text
from import_customs.report.formats import RENDERERS
from import_customs.repository import atomic, git

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from import_customs.cli import Options
    from import_customs.model import Result
    from import_customs.model.outcome import Edit

_MOST_EDITS = 100  # that a report carries: 5 to 50 ms each


def report(result: Result, options: Options) -> None:
    """Print the report, or write it where `--output` says."""
    if options.output is None:
        write = say if options.format == "text" else say_exactly
        write(sys.stdout, _rendered(result, options))
        return
    atomic.write(options.output, _rendered(result, options).encode("utf-8", "backslashreplace"))


def report_failure(error: CheckError, arguments: Sequence[str]) -> None:
    """Print the error as JSON, if the arguments ask for that; they may be wrong otherwise. `--output` is left alone."""
    words = [part for word in arguments for part in word.split("=", 1)]
    is_json = not {("--format", "json"), ("-f", "json")}.isdisjoint(pairwise(words)) or "-fjson" in words
    if is_json and {"--output", "-o"}.isdisjoint(words):
        with suppress(CheckError):  # standard output may be what failed
            say_exactly(sys.stdout, json.failure(error))


def _rendered(result: Result, options: Options) -> str:
    if options.format != "text":
        pages = PAGES if result.told is not None else {name: rule.page for name, rule in RULES.items()}
        result = result._replace(rules=pages)
        if options.format == "sarif":
            version, home = _about_itself()
            result = result._replace(version=version, home=home, edits=_edits(result))
        return RENDERERS[options.format](result)
    is_for_people = options.output is None or options.color == "always"
    color = is_for_people and wants_color(options.color, os.environ, sys.stdout)
    shown = text.render(result, color=color, quiet=options.quiet)
    return shown + statistics.render(result) if options.statistics else shown


def _edits(result: Result) -> dict[tuple[str, str], Edit]:
    """What --fix would write for each missing declaration alone; nothing of other files than those on disk."""
    clear = [one for one in result.missing if one.slot and not one.doubt][:_MOST_EDITS]
    if not clear or result.scope.text != WORKTREE:
        return {}
    from import_customs.check.fix import declaring_edits  # 27 ms, for tomlkit

    root, edits = git.root(os.getcwd()), {}
    for one in clear:
        with suppress(CheckError):  # it is laid out so that nothing can be added
            edits[one.project, one.name] = declaring_edits(root, [one])[0]
    return edits


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
