"""The command: read the arguments, check, print the report or write the fix, decide the exit status.

The status is 0 for nothing to declare, 1 for findings, 2 for what could not be checked. Only this room prints, and
only here the process environment is read to decide something.
"""

from __future__ import annotations

import os
import sys

from import_customs.check.scope import begin
from import_customs.cli.streams import (
    hold_closed_streams,
    progress,
    say,
    tell_decisions,
    tell_error,
    tell_warnings,
    wants_color,
)
from import_customs.model import INDEX, WORKTREE, CheckError, Request, ScopeRequest, TooLarge
from import_customs.model.value import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from import_customs.model import Result, ScopeOption
    from import_customs.model.outcome import Edit

_FLAGS_OF_HOOKS = {"--fix", "--staged"}  # the options that hooks are started with
_CLEAN, _FOUND, _FAILED, _INTERRUPTED = 0, 1, 2, 130


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
    verbose: bool = False
    color: str = "auto"
    fix: bool = False
    diff: bool = False
    ignore_existing: bool = False
    version: bool = False
    help: str = ""


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command; the exit status."""
    try:
        hold_closed_streams()
        options = _options(sys.argv[1:] if argv is None else argv)
        if options.help or options.version:
            say(sys.stdout, options.help or _version())
            return _CLEAN
        if options.explain is not None:
            return _explain(options)
        request = _request(options)
        begin(request.cwd, request.asked)
        from import_customs.check import pipeline  # 15 ms, while git works

        result = pipeline.run(request)
        tell_decisions(result.decisions)
        tell_warnings(result.warnings)
        if options.fix or options.diff or options.ignore_existing:
            return _edit(result, options)
        _report(result, options)
    except CheckError as error:
        tell_error(error)
        return _FAILED
    except KeyboardInterrupt:
        return _INTERRUPTED
    return _FOUND if result.findings else _CLEAN


def _version() -> str:
    from importlib.metadata import PackageNotFoundError, version  # 39 ms

    try:
        return f"import-customs {version('import-customs')}\n"
    except PackageNotFoundError:
        return "import-customs, not installed\n"


def _explain(options: _Options) -> int:
    from import_customs.check import explain
    from import_customs.report import printable

    lines = explain.run(os.getcwd(), options.explain or "", os.environ, options.python)
    say(sys.stdout, "".join(f"{printable(line)}\n" for line in lines))
    return _CLEAN


def _options(arguments: Sequence[str]) -> _Options:
    """What the arguments ask for. Names of existing files and what hooks are called with need no parser.

    pre-commit and prek give names as they are, and there an existing file's is never an option. By hand and in other
    hooks an option is one whatever files there are: a commit that brings `--staged` must not switch it off.
    """
    names_first = ScopeRequest(environment=os.environ).under_pre_commit
    flags = {word for word in arguments if word in _FLAGS_OF_HOOKS and not (names_first and os.path.lexists(word))}
    files = [word for word in arguments if word not in flags]
    if all(os.path.lexists(word) and (names_first or word[:1] != "-") for word in files):
        return _Options(files=files, fix="--fix" in flags, staged="--staged" in flags)
    from import_customs.cli.options import parse  # 9 ms, for argparse; only other options need it

    return _Options(**parse(arguments, names_first=names_first))


def _request(options: _Options) -> Request:
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
    from import_customs.repository.tree import LARGEST

    text = sys.stdin.buffer.read(LARGEST + 1)
    if len(text) > LARGEST:
        raise TooLarge(LARGEST, name)
    return text


def _edit(result: Result, options: _Options) -> int:
    """Write what settles the findings, or show it; the exit status. Nothing is printed where there is nothing to do."""
    if not result.findings:
        return _CLEAN
    from import_customs.check import fix, fix_ignores  # 27 ms, for tomlkit
    from import_customs.report import fixed
    from import_customs.repository import git

    root, findings = git.root(os.getcwd()), result.findings
    if result.scope.text not in (WORKTREE, INDEX):
        hint = "check that revision out, and run it without --to-ref"
        raise CheckError(f"only the worktree is written to, and {result.scope.text} is what was judged", hint=hint)
    if options.ignore_existing:
        edits, findings = fix_ignores.exempting_edits(root, findings)
        left = fixed.not_exempted(findings)
    else:
        edits, left = fix.declaring_edits(root, result.missing), fixed.left(result)
    if options.diff:
        say(sys.stdout, fixed.differences(edits))
        say(sys.stderr, left)
        return _FOUND if findings else _CLEAN
    done: list[Edit] = []
    try:
        for edit in fix.write(root, edits):
            done.append(edit)  # noqa: PERF402  `extend` does not promise to keep what came before an error
    finally:  # what is written is said, whatever hinders the next
        say(sys.stdout, fixed.written(done))
    say(sys.stdout, left)
    return _FOUND if findings else _CLEAN


def _report(result: Result, options: _Options) -> None:
    """Print the report, or write it where `--output` says. Raises CheckError where a link there leads elsewhere."""
    if options.output is None:
        say(sys.stdout, _rendered(result, options))
        return
    from import_customs.repository import atomic, git, tree

    if tree.leads_out(options.output, git.root(os.getcwd())):
        hint = "take the link away, or name the file itself"
        raise CheckError("leads through a symlink out of the repository", hint=hint, path=options.output)
    atomic.write(options.output, _rendered(result, options).encode("utf-8", "backslashreplace"))


def _rendered(result: Result, options: _Options) -> str:
    if options.format != "text":
        from import_customs.check.rules import RULES  # 2 ms; the text report lists no rules
        from import_customs.report.formats import renderer

        rules = {name: rule.summary for name, rule in RULES.items()}
        return renderer(options.format)(result._replace(rules=rules))
    from import_customs.report import text

    color = wants_color(options.color, os.environ, sys.stdout) and options.output is None
    shown = text.render(result, color=color, quiet=options.quiet)
    if options.statistics:
        from import_customs.report import statistics

        shown += statistics.render(result)
    return shown
