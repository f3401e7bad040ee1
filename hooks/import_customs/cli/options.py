"""The options of the command. Arguments that are only names of existing files do not need this module: 9 ms."""

import os
from argparse import ArgumentParser
from collections.abc import Sequence
from typing import Any, NoReturn

from import_customs.model import CheckError

FORMATS = ("text", "json", "github", "gitlab", "sarif", "junit")
_EDITS = ("fix", "diff", "ignore_existing")


class _Parser(ArgumentParser):
    def has(self, word: str) -> bool:
        """Whether the word is one of its own, alone or with a value: `--format`, `--format=json`, `--`."""
        options = {option for action in self._actions for option in action.option_strings}
        return word.partition("=")[0] in {*options, "--"}

    def error(self, message: str) -> NoReturn:
        raise CheckError(message, hint="see import-customs --help")


def parse(arguments: Sequence[str], *, names_first: bool = False) -> dict[str, Any]:
    """The options by their names in `cli`; under `help` the text that was asked for.

    A word that begins like an option and is none of ours is the name of a file where there is one; with `names_first`
    ours are too. Raises CheckError for a wrong or empty option and for options that exclude each other.
    """
    parser = _Parser(
        prog="import-customs",
        description="Find third-party imports that pyproject.toml does not declare.",
        epilog="exit status: 0 nothing to declare; 1 findings; 2 it could not check",
        allow_abbrev=False,
        add_help=False,
    )
    _add_what(parser)
    _add_edit(parser)
    _add_report(parser)
    dashed = (word for word in arguments if word[:1] == "-" and (names_first or not parser.has(word)))
    names = set(filter(os.path.lexists, dashed))
    options = vars(parser.parse_args([f"./{word}" if word in names else word for word in arguments]))
    _must_be_given(options)
    options["help"] = parser.format_help() if options["help"] else ""
    if options["stdin_filename"] and (options["files"] or options["staged"] or options["since"]):
        raise CheckError(
            "--stdin-filename excludes files, --staged and --since", hint="it judges the text from standard input alone"
        )
    others = options["stdin_filename"] or options["output"] or options["format"] != "text"
    if others and any(options[edit] for edit in _EDITS):
        raise CheckError(
            "--fix, --diff and --ignore-existing exclude --format, --output and --stdin-filename",
            hint="they say what was written, as text; run the report on its own",
        )
    return options


def _must_be_given(options: dict[str, Any]) -> None:
    """Raises CheckError for an empty value: it comes of a variable that is not set, and does not mean everything."""
    for name, value in options.items():
        if value == "" or (isinstance(value, list) and "" in value):
            which = "FILE" if name == "files" else f"--{name.replace('_', '-')}"
            raise CheckError(f"{which} is empty", hint="name one, or leave it out")


def _add_what(parser: ArgumentParser) -> None:
    """What is looked at, and what is known of the project."""
    parser.add_argument("files", nargs="*", metavar="FILE", help="files and folders; without any, all tracked files")
    parser.add_argument(
        "--scope",
        choices=("auto", "new", "all"),
        default="auto",
        help="new: what the commit introduces; all: everything; auto (default): by how the hook was started",
    )
    parser.add_argument("--since", metavar="REV", help="what was introduced since REV (its merge base with HEAD)")
    parser.add_argument("--staged", action="store_true", help="read what is staged, not what lies in the worktree")
    parser.add_argument(
        "--stdin-filename",
        metavar="PATH",
        help="read one file's text from standard input, and judge it as PATH",
    )
    parser.add_argument(
        "--python",
        metavar="PATH",
        help="the project's environment: its interpreter or its folder (default: is looked for)",
    )
    parser.add_argument(
        "--requirements-file",
        metavar="FILE",
        action="append",
        default=[],
        help="what declares where no pyproject.toml does; may be given several times",
    )
    parser.add_argument("--explain", metavar="MODULE", help="say what is known of a module, and do nothing else")


def _add_edit(parser: ArgumentParser) -> None:
    """What is done about it."""
    edit = parser.add_mutually_exclusive_group()
    edit.add_argument("--fix", action="store_true", help="write what is missing, and clear, into pyproject.toml")
    edit.add_argument("--diff", action="store_true", help="show what --fix would change, and write nothing")
    edit.add_argument(
        "--ignore-existing",
        action="store_true",
        help="write today's findings into per-file-ignores of [tool.import-customs]",
    )


def _add_report(parser: ArgumentParser) -> None:
    """How it is told."""
    parser.add_argument("--format", choices=FORMATS, default="text", help="how to report (default: text)")
    parser.add_argument("--output", metavar="FILE", help="where to put the report instead of standard output")
    parser.add_argument("--quiet", action="store_true", help="a line for each finding, and nothing else (text)")
    parser.add_argument("--verbose", action="store_true", help="say on standard error what was decided, and why")
    parser.add_argument("--statistics", action="store_true", help="count the findings by rule and package (text)")
    parser.add_argument("--color", choices=("auto", "always", "never"), default="auto", help="default: on a terminal")
    parser.add_argument("-h", "--help", action="store_true", help="say what the options are, and do nothing else")
    parser.add_argument("--version", action="store_true", help="say which version this is, and do nothing else")
