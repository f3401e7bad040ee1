"""Which options exclude each other: none is ignored in silence."""

from collections.abc import Mapping

from import_customs.cli.option_table import FORMATS, OPTIONS
from import_customs.model import CheckError

_EDITS = ("--fix", "--diff", "--ignore-existing")
_FOR_PROGRAMS = tuple(f"--format {name}" for name in FORMATS[1:])
_TOLD = ("--quiet", "--statistics", "--verbose", "--color always")

# Each of the first excludes each of the second, for the reason that follows. The first row that fits is said.
_EXCLUDED = (
    (
        ("--stdin-filename",),
        ("FILE", "--staged", "--since", "--scope new"),
        "it judges the text from standard input alone",
    ),
    (
        ("--unused",),
        ("--stdin-filename", "--explain", "--history", "--statistics"),
        "it looks for declarations that nothing uses",
    ),
    (("--scope all",), ("--since",), "--since counts what is new"),
    (
        ("--explain",),
        ("FILE", "--staged", "--since", "--scope new", "--scope all", "--stdin-filename", *_EDITS, "--output", *_TOLD),
        "it says what is known, and checks nothing",
    ),
    (("--explain",), _FOR_PROGRAMS[1:], "it is text or json"),
    (
        ("--history",),
        (
            *("FILE", "--staged", "--since", "--scope new", "--scope all", "--stdin-filename", *_EDITS, "--explain"),
            *("--python", "--output", *_FOR_PROGRAMS, *_TOLD),
        ),
        "it replays commits, and says as text what would have been blocked",
    ),
    (("--fix",), ("--diff", "--ignore-existing"), "do one after the other"),
    (("--diff",), ("--ignore-existing",), "--diff shows what --fix would write"),
    (
        _EDITS,
        ("--stdin-filename", "--output", *_FOR_PROGRAMS, "--statistics", "--color always"),
        "it says what was written, as text; run the report on its own",
    ),
    (("--quiet",), ("--verbose", "--statistics"), "--quiet prints a line for each finding, and nothing else"),
    (("--quiet", "--statistics", "--color always"), _FOR_PROGRAMS, "only text has that"),
)


def refuse(options: Mapping[str, object]) -> None:
    """Raises CheckError for two options of which one would be ignored."""
    given = {"FILE"} if options["files"] else set()
    for option in OPTIONS.values():
        if option.field in options:
            given |= {option.name, f"{option.name} {options[option.field]}"}
    for ones, others, why in _EXCLUDED:
        for one in ones:
            for other in others:
                if {one, other} <= given:
                    hint = f"{why}: leave out one of the two"
                    raise CheckError(f"{one} and {other} exclude each other", hint=hint)
