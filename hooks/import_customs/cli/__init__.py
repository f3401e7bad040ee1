"""The command: read the arguments, check, print the report or write the fix, decide the exit status.

The status is 0 for nothing to declare, 1 for findings, 2 for what could not be checked. Only this room prints, and
only here the process environment is read to decide something.
"""

from __future__ import annotations

import os
import sys
from itertools import pairwise

from import_customs.check.scope import Request, ScopeRequest, begin
from import_customs.cli.streams import (
    hold_closed_streams,
    progress,
    say,
    say_exactly,
    tell_decisions,
    tell_error,
    tell_notes,
)
from import_customs.model import CheckError, TooLarge
from import_customs.model.value import NamedTuple
from import_customs.report import failure_in_json, summary
from import_customs.repository.tree import LARGEST

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from import_customs.check.scope import ScopeOption
    from import_customs.model import Result

_FLAGS_OF_HOOKS = {"--fix", "--staged", "--unused"}  # the options that hooks are started with
_CLEAN, _FAILED, _INTERRUPTED = 0, 2, 130


class Options(NamedTuple):
    """What the command line asks for, by the names of its options."""

    files: Sequence[str] = ()
    scope: ScopeOption = "auto"
    since: str | None = None
    staged: bool = False
    unused: bool = False
    python: str | None = None
    explain: Sequence[str] = ()
    history: str | None = None
    requirements_file: Sequence[str] = ()
    stdin_filename: str | None = None
    format: str = "text"
    output: str | None = None
    quiet: bool = False
    statistics: bool = False
    verbose: bool = False
    color: str = "auto"
    fix: bool = False
    diff: bool = False
    ignore_existing: bool = False
    version: bool = False
    help: bool = False

    @property
    def asks(self) -> bool:
        """True if nothing is to be checked."""
        return self.help or self.version or bool(self.explain) or self.history is not None

    @property
    def edits(self) -> bool:
        """True if edits are asked for, or shown, in place of a report."""
        return self.fix or self.diff or self.ignore_existing

    @property
    def needs_format(self) -> bool:
        """True if the report is not plain text on standard output."""
        return self.format != "text" or self.statistics or self.output is not None


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command; the exit status."""
    arguments = sys.argv[1:] if argv is None else argv
    try:
        hold_closed_streams()
        _refuse_no_folder()
        return _run(_options(arguments))
    except CheckError as error:
        tell_error(error)
        if any(word.endswith("json") for word in arguments):
            _tell_in_json(error, arguments)
        return _FAILED
    except KeyboardInterrupt:
        return _INTERRUPTED


def _refuse_no_folder() -> None:
    """Raises CheckError if the working folder is gone."""
    try:
        os.getcwd()
    except OSError as error:
        raise CheckError(f"the working folder cannot be found: {error.strerror}", hint="run it in a folder") from None


def _run(options: Options) -> int:
    if options.asks:
        from import_customs.cli.questions import answer  # 27 ms; no hook asks any

        return answer(options, _request)
    request = _request(options)
    begin(request)
    if options.unused:
        from import_customs.check.unused.run import run  # 0.5 ms beyond the pipeline; the other hooks never ask for it

        return _answer(run(request), options)
    from import_customs.check import pipeline  # 5 ms, while git works

    return _answer(pipeline.run(request), options)


def _options(arguments: Sequence[str]) -> Options:
    """What the arguments ask for. Names of existing files and what hooks are called with need no parser.

    pre-commit and prek give names as they are, and there an existing file's is never an option. By hand and in other
    hooks an option is one whatever files there are: a commit that brings `--staged` must not switch it off.
    """
    names_first = ScopeRequest(environment=os.environ).under_pre_commit
    flags = {word for word in arguments if word in _FLAGS_OF_HOOKS and not (names_first and os.path.lexists(word))}
    files = [word for word in arguments if word not in flags]
    if all(os.path.lexists(word) and (names_first or word[:1] != "-") for word in files):
        return Options(files=files, fix="--fix" in flags, staged="--staged" in flags, unused="--unused" in flags)
    from import_customs.cli import options  # 1.5 ms; only other options need it

    given = Options(**options.parse(arguments, names_first=names_first))
    if given.output is not None and not (given.help or given.version):
        options.refuse_output(given.output)  # before anything takes long
    return given


def _request(options: Options) -> Request:
    """What to check. Text from standard input is judged whole: only files are staged, or new."""
    scope: ScopeOption = "all" if options.stdin_filename else options.scope
    return Request(
        cwd=os.getcwd(),
        arguments=options.files,
        asked=ScopeRequest(scope, options.since, options.staged, os.environ),
        python=options.python,
        requirements_files=options.requirements_file,
        typed=(options.stdin_filename, _standard_input(options.stdin_filename)) if options.stdin_filename else None,
        progress=progress(quiet=options.quiet),
        verbose=options.verbose,
    )


def _standard_input(name: str) -> bytes:
    """All of standard input, which is to be judged as the file `name`. Raises CheckError if it cannot be read."""
    if sys.stdin is None:
        raise CheckError("standard input is closed", hint="--stdin-filename reads the text from there")
    source = sys.stdin.buffer.read(LARGEST + 1)
    if len(source) > LARGEST:
        raise TooLarge(LARGEST, name)
    return source


def _tell_in_json(error: CheckError, arguments: Sequence[str]) -> None:
    """Print the error as JSON, if the arguments ask for that; they may be wrong otherwise. `--output` is left alone."""
    from contextlib import suppress

    words = [part for word in arguments for part in word.split("=", 1)]
    is_json = not {("--format", "json"), ("-f", "json")}.isdisjoint(pairwise(words)) or "-fjson" in words
    if is_json and {"--output", "-o"}.isdisjoint(words):
        with suppress(CheckError):  # standard output may be what failed
            say_exactly(sys.stdout, failure_in_json(error))


def _answer(result: Result, options: Options) -> int:
    """Say what came of the check; the exit status."""
    tell_decisions(result.decisions)
    if result.notes and (options.verbose or result.scope.kind == "all" or os.environ.get("CI")):
        tell_notes(result.notes)
    if options.edits:
        exempts = options.ignore_existing and not options.quiet and not result.errors
        clean = "nothing to exempt: no finding is left\n" if exempts else ""
    else:
        is_idle = result.scope.base == "HEAD" and not result.files and not result.errors  # of most commits elsewhere
        clean = "" if options.quiet or (is_idle and not options.verbose) else summary(result)
    if result.findings or result.errors or result.told or options.needs_format:
        from import_customs.cli.answer import answer  # 2 ms; most commits are clean

        return answer(result, options, clean)
    say(sys.stdout, clean)
    return _CLEAN
