"""The texts of `--help` and `--version`."""

from __future__ import annotations

import os
import sys
from textwrap import wrap

from import_customs.cli.option_table import GROUPS, Option
from import_customs.cli.streams import wants_color

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from import_customs.cli import Options

_NARROW = 60  # columns below which an explanation goes below what it explains
_MOST = 100  # columns, however wide the terminal is
_INDENT = 10  # of an explanation below

_EXAMPLE = (
    "import-customs                        all tracked files",
    "import-customs --fix src/             write what src/ lacks",
    "import-customs --since origin/main    what a branch introduces",
    "import-customs --explain PyYAML       what is known of it",
)
_ENVIRONMENT = {
    "NO_COLOR, FORCE_COLOR": "no colour; colour without a terminal too",
    "UV_PROJECT_ENVIRONMENT, VIRTUAL_ENV, CONDA_PREFIX": "where the project's environment is, without --python",
    "PRE_COMMIT": "1 where a hook manager starts it: then no file names mean no files",
    "PRE_COMMIT_FROM_REF, PRE_COMMIT_TO_REF": "the commits that --scope auto compares, on a push and in CI",
    "CI": "notes are printed too",
}
_STATUS = {
    "0": "nothing to declare",
    "1": "findings",
    "2": "something could not be checked",
}


def about(options: Options) -> str:
    """The help, for this terminal, or the version: what is asked for."""
    if options.help:
        from shutil import get_terminal_size  # 9 ms; the other questions need none

        return usage(get_terminal_size().columns, color=wants_color(options.color, os.environ, sys.stdout))
    from importlib.metadata import PackageNotFoundError, version  # 39 ms

    try:
        return f"import-customs {version('import-customs')}\n"
    except PackageNotFoundError:
        return "import-customs, not installed\n"


def usage(columns: int, *, color: bool) -> str:
    """The whole text, for a terminal of that width."""
    width = max(20, min(columns, _MOST))
    blocks = [
        ["Find third-party imports that pyproject.toml does not declare."],
        [f"{_title('Usage:', color=color)} import-customs [OPTIONS] [FILE]..."],
        _titled(
            "Arguments", {"[FILE]...": "files and folders to check; without any, all tracked files"}, width, color=color
        ),
        *(_titled(title, dict(map(_row, options)), width, color=color) for title, options in GROUPS.items()),
        [_title("Examples:", color=color), *(f"  {line}" for line in _EXAMPLE)],
        _titled("Environment", _ENVIRONMENT, width, color=color, below=True),
        _titled("Exit status", _STATUS, width, color=color),
    ]
    return "\n\n".join("\n".join(block) for block in blocks) + "\n"


def _title(title: str, *, color: bool) -> str:
    return f"\033[1m{title}\033[0m" if color else title


def _titled(title: str, rows: dict[str, str], width: int, *, color: bool, below: bool = False) -> list[str]:
    left = max(map(len, rows))
    is_below = below or width < _NARROW
    lines = (line for head, text in rows.items() for line in _lines(head, text, left, width, below=is_below))
    return [_title(f"{title}:", color=color), *lines]


def _lines(head: str, text: str, left: int, width: int, *, below: bool) -> Iterator[str]:
    """A row: the explanation beside what it explains, or below it."""
    indent = min(_INDENT, width // 4) if below else left + 4
    wrapped = wrap(text, width - indent, break_on_hyphens=False)
    if below:
        yield f"  {head}"
    else:
        yield f"  {head:<{left}}  {wrapped.pop(0)}"
    yield from (" " * indent + line for line in wrapped)


def _row(option: Option) -> tuple[str, str]:
    short = f"{option.short}, " if option.short else "    "
    head = f"{short}{option.name}{f' <{option.value}>' if option.value else ''}"
    facts = [f"values: {', '.join(option.choices)}"] if option.choices else []
    facts += [f"default: {option.default}"] if option.default else []
    return head, option.help + "".join(f" [{fact}]" for fact in facts)
