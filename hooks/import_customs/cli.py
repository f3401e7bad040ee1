"""Arguments in, report out, exit status: 0 nothing to declare, 1 findings, 2 it could not check.

Only here something is printed, and only here the process environment is read for decisions.
"""

import os
import sys
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple, TextIO

from import_customs.errors import CheckError
from import_customs.scope import Asked, Chosen, begin

if TYPE_CHECKING:
    from import_customs.check import Result

_CLEAN, _FOUND, _FAILED, _INTERRUPTED = 0, 1, 2, 130


class _Options(NamedTuple):
    files: Sequence[str] = ()
    scope: Chosen = "auto"
    since: str | None = None
    staged: bool = False
    python: str | None = None
    explain: str | None = None
    requirements_file: Sequence[str] = ()
    format: str = "text"
    color: str = "auto"


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command; the exit status."""
    try:
        options = _options(sys.argv[1:] if argv is None else argv)
        if options.explain is not None:
            return _explain(options)
        asked = Asked(options.scope, options.since, options.staged, os.environ)
        begin(os.getcwd(), asked)
        from import_customs import check  # 15 ms, while git works

        request = check.Request(os.getcwd(), options.files, asked, options.python, options.requirements_file)
        result = check.run(request)
        _say(sys.stderr, "".join(f"warning: {warning}\n" for warning in result.warnings))
        _say(sys.stdout, _rendered(result, options))
    except CheckError as error:
        _say(sys.stderr, _error(error))
        return _FAILED
    except KeyboardInterrupt:
        return _INTERRUPTED
    return _FOUND if result.findings else _CLEAN


def _explain(options: _Options) -> int:
    from import_customs import explain
    from import_customs.report import printable

    lines = explain.run(os.getcwd(), options.explain or "", os.environ, options.python).splitlines()
    _say(sys.stdout, "".join(f"{printable(line)}\n" for line in lines))
    return _CLEAN


def _options(arguments: Sequence[str]) -> _Options:
    """What the arguments ask for. Names of existing files, as pre-commit gives them, need no parser."""
    if all(os.path.lexists(argument) for argument in arguments):
        return _Options(files=arguments)
    return _parsed([f"./{text}" if text[:1] == "-" and os.path.lexists(text) else text for text in arguments])


def _parsed(arguments: Sequence[str]) -> _Options:
    from argparse import ArgumentParser  # 10 ms; only options need it

    parser = ArgumentParser(
        prog="import-customs",
        description="Find third-party imports that pyproject.toml does not declare.",
        epilog="exit status: 0 nothing to declare; 1 findings; 2 it could not check",
        allow_abbrev=False,
    )
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
    parser.add_argument("--format", choices=("text", "json"), default="text", help="how to report (default: text)")
    parser.add_argument("--color", choices=("auto", "always", "never"), default="auto", help="default: on a terminal")
    parser.add_argument("--version", action="version", version=_version())
    return _Options(**vars(parser.parse_args(arguments)))


def _version() -> str:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return f"import-customs {version('import-customs')}"
    except PackageNotFoundError:
        return "import-customs, not installed"


def _rendered(result: "Result", options: _Options) -> str:
    if options.format == "json":
        from import_customs.report import json

        return json.render(result)
    from import_customs.report import text

    return text.render(result, color=_wants_color(options.color, os.environ, sys.stdout))


def _wants_color(chosen: str, environment: Mapping[str, str], stream: TextIO) -> bool:
    """Sources: no-color.org, force-color.org; pre-commit gives its hooks a terminal where its own `color` is on."""
    if chosen != "auto":
        return chosen == "always"
    if environment.get("NO_COLOR"):
        return False
    return bool(environment.get("FORCE_COLOR")) or (stream.isatty() and environment.get("TERM") != "dumb")


def _error(error: CheckError) -> str:
    from import_customs.report import printable

    at = f":{error.line}:{error.column or 1}" if error.line else ""
    place = f"{printable(error.path)}{at}: " if error.path else ""
    return f"{place}error: {printable(error.message)}\n    {printable(error.hint)}\n"


def _say(stream: TextIO, text: str) -> None:
    """Print; what the stream's encoding lacks is escaped. A reader that has gone (`| head`) is no error.

    Raises CheckError where it cannot be written otherwise.
    """
    encoding = stream.encoding or "utf-8"
    try:
        stream.write(text.encode(encoding, "backslashreplace").decode(encoding))
        stream.flush()
    except OSError as error:
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())  # or Python tries again at its end, and says so
        if not isinstance(error, BrokenPipeError):
            hint = "see where standard output goes"
            raise CheckError(f"cannot write the report: {error.strerror}", hint=hint) from None
