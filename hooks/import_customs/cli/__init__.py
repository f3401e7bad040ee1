"""Arguments in, report out, exit status: 0 nothing to declare, 1 findings, 2 it could not check.

Only here something is printed, and only here the process environment is read for decisions.
"""

from __future__ import annotations

import os
import sys
import time

from import_customs.check.scope import begin
from import_customs.model import INDEX, WORKTREE, CheckError, Request, ScopeOption, ScopeRequest, TooLarge
from import_customs.model.value import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from typing import TextIO

    from import_customs.model import Result
    from import_customs.model.outcome import Edit

_OF_HOOKS = {"--fix", "--staged"}  # the options with which a commit is checked
_PATIENCE_S = 1.0
_CLEAN, _FOUND, _FAILED, _INTERRUPTED = 0, 1, 2, 130
_MOST = 100  # warnings that are printed
_LONGEST = 1_000  # characters of a warning or of a line of an error


class _Options(NamedTuple):
    files: Sequence[str] = ()
    scope: ScopeOption = "auto"
    since: str | None = None
    staged: bool = False
    python: str | None = None
    explain: str | None = None
    requirements_file: Sequence[str] = ()
    stdin_filename: str | None = None
    format: str = "text"
    output: str | None = None
    quiet: bool = False
    statistics: bool = False
    color: str = "auto"
    fix: bool = False
    diff: bool = False
    ignore_existing: bool = False
    version: bool = False
    help: str = ""


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command; the exit status."""
    try:
        _hold_the_streams()
        options = _options(sys.argv[1:] if argv is None else argv)
        if options.help or options.version:
            _say(sys.stdout, options.help or _version())
            return _CLEAN
        if options.explain is not None:
            return _explain(options)
        asked = _asked(options)
        begin(os.getcwd(), asked)
        from import_customs.check import pipeline  # 15 ms, while git works

        typed = _typed(options)
        request = Request(os.getcwd(), options.files, asked, options.python, options.requirements_file, typed)
        result = pipeline.run(request._replace(progress=_progress(options)))
        _warn(result.warnings)
        if options.fix or options.diff or options.ignore_existing:
            return _edit(result, options)
        _report(result, options)
    except CheckError as error:
        _tell(_error(error))
        return _FAILED
    except KeyboardInterrupt:
        return _INTERRUPTED
    return _FOUND if result.findings else _CLEAN


def _version() -> str:
    from importlib.metadata import PackageNotFoundError, version  # 30 ms

    try:
        return f"import-customs {version('import-customs')}\n"
    except PackageNotFoundError:
        return "import-customs, not installed\n"


def _explain(options: _Options) -> int:
    from import_customs.check import explain
    from import_customs.report import printable

    lines = explain.run(os.getcwd(), options.explain or "", os.environ, options.python)
    _say(sys.stdout, "".join(f"{printable(line)}\n" for line in lines))
    return _CLEAN


def _options(arguments: Sequence[str]) -> _Options:
    """What the arguments ask for. Names of existing files and what hooks are called with need no parser.

    pre-commit and prek give names as they are, and there an existing file's is never an option. By hand and in other
    hooks an option is one whatever files there are: a commit that brings `--staged` must not switch it off.
    """
    names_first = ScopeRequest(environment=os.environ).under_pre_commit
    flags = {word for word in arguments if word in _OF_HOOKS and not (names_first and os.path.lexists(word))}
    files = [word for word in arguments if word not in flags]
    if all(os.path.lexists(word) and (names_first or word[:1] != "-") for word in files):
        return _Options(files=files, fix="--fix" in flags, staged="--staged" in flags)
    from import_customs.cli.options import parse  # 10 ms; only other options need it

    return _Options(**parse(arguments, names_first=names_first))


def _asked(options: _Options) -> ScopeRequest:
    """Text from standard input is judged whole: what is staged and what is new is said of files."""
    scope: ScopeOption = "all" if options.stdin_filename else options.scope
    return ScopeRequest(scope, options.since, options.staged, os.environ)


def _typed(options: _Options) -> tuple[str, bytes] | None:
    if not options.stdin_filename:
        return None
    if sys.stdin is None:
        raise CheckError("standard input is closed", hint="--stdin-filename reads the text from there")
    from import_customs.repository.tree import LARGEST

    text = sys.stdin.buffer.read(LARGEST + 1)
    if len(text) > LARGEST:
        raise TooLarge(LARGEST, options.stdin_filename)
    return options.stdin_filename, text


def _progress(options: _Options) -> Callable[[int, int], None] | None:
    """What shows on a terminal how far a run has come that takes more than a second, and clears that at its end."""
    if options.quiet or sys.stderr is None or not sys.stderr.isatty() or os.environ.get("TERM") == "dumb":
        return None
    due = begun = time.monotonic() + _PATIENCE_S

    def show(done: int, total: int) -> None:
        nonlocal due
        if done < total and time.monotonic() >= due:
            due = time.monotonic() + _PATIENCE_S / 10
            _tell(f"checked {done:,} of {total:,} files\r")
        elif done == total and due > begun:
            _tell(f"{' ' * len(f'checked {total:,} of {total:,} files')}\r")

    return show


def _edit(result: Result, options: _Options) -> int:
    """Write what settles the findings, or show it; the exit status. Nothing is printed where there is nothing to do."""
    if not result.findings:
        return _CLEAN
    from import_customs.check import fix, fix_ignores  # 25 ms, for tomlkit
    from import_customs.report import written
    from import_customs.repository import git

    root, findings = git.root(os.getcwd()), result.findings
    if result.scope.text not in (WORKTREE, INDEX):
        hint = "check that revision out, and run it without --to-ref"
        raise CheckError(f"only the worktree is written to, and {result.scope.text} is what was judged", hint=hint)
    if options.ignore_existing:
        changes, findings = fix_ignores.exempted(root, findings)
        left = written.not_exempted(findings)
    else:
        changes, left = fix.changes(root, result.missing), written.left(result)
    if options.diff:
        _say(sys.stdout, written.differences(changes))
        _say(sys.stderr, left)
        return _FOUND if findings else _CLEAN
    done: list[Edit] = []
    try:
        for change in fix.write(root, changes):
            done.append(change)  # noqa: PERF402  `extend` does not promise to keep what came before an error
    finally:  # what is written is said, whatever hinders the next
        _say(sys.stdout, written.written(done))
    _say(sys.stdout, left)
    return _FOUND if findings else _CLEAN


def _report(result: Result, options: _Options) -> None:
    """Print the report, or write it where `--output` says. Raises CheckError where a link there leads elsewhere."""
    if options.output is None:
        _say(sys.stdout, _rendered(result, options))
        return
    from import_customs.repository import atomic, git, tree

    if tree.leads_out(options.output, git.root(os.getcwd())):
        hint = "take the link away, or name the file itself"
        raise CheckError("leads through a symlink out of the repository", hint=hint, path=options.output)
    atomic.write(options.output, _rendered(result, options).encode("utf-8", "backslashreplace"))


def _rendered(result: Result, options: _Options) -> str:
    if options.format != "text":
        from import_customs.report.formats import renderer

        return renderer(options.format)(result)
    from import_customs.report import text

    color = _wants_color(options.color, os.environ, sys.stdout) and options.output is None
    shown = text.render(result, color=color, quiet=options.quiet)
    if options.statistics:
        from import_customs.report import statistics

        shown += statistics.render(result)
    return shown


def _wants_color(chosen: str, environment: Mapping[str, str], stream: TextIO | None) -> bool:
    """Sources: no-color.org, force-color.org; pre-commit gives its hooks a terminal where its own `color` is on."""
    if chosen != "auto":
        return chosen == "always"
    if environment.get("NO_COLOR"):
        return False
    return bool(environment.get("FORCE_COLOR")) or (
        stream is not None and stream.isatty() and environment.get("TERM") != "dumb"
    )


def _error(error: CheckError) -> str:
    from import_customs.report import printable

    at = f":{error.line}:{error.column or 1}" if error.line else ""
    place = f"{printable(error.path)}{at}: " if error.path else ""
    return f"{place}error: {printable(_cut(error.message))}\n    {printable(_cut(error.hint))}\n"


def _warn(warnings: Sequence[str]) -> None:
    if not warnings:
        return
    from import_customs.report import printable

    more = len(warnings) - _MOST
    lines = [f"warning: {printable(_cut(warning))}\n" for warning in warnings[:_MOST]]
    _tell("".join([*lines, f"warning: and {more} more warnings\n"] if more > 0 else lines))


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]} [...]"


def _hold_the_streams() -> None:
    """Let no file that is opened later take the place of a standard stream that the caller closed."""
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if stream is None:
            os.open(os.devnull, os.O_RDWR)


def _tell(text: str) -> None:
    """Print on standard error; where that cannot be written to, the exit status must say it."""
    from contextlib import suppress

    with suppress(CheckError):
        _say(sys.stderr, text)


def _say(stream: TextIO | None, text: str) -> None:
    """Print; what the stream's encoding lacks is escaped. A reader that has gone (`| head`) is no error.

    Raises CheckError where it cannot be written otherwise.
    """
    if stream is None:
        if text:
            raise CheckError("cannot write the report: standard output is closed", hint="see where it goes")
        return
    encoding = stream.encoding or "utf-8"
    try:
        stream.write(text.encode(encoding, "backslashreplace").decode(encoding))
        stream.flush()
    except OSError as error:
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())  # or Python tries again at its end, and says so
        if not isinstance(error, BrokenPipeError):
            hint = "see where standard output goes"
            raise CheckError(f"cannot write the report: {error.strerror}", hint=hint) from None
