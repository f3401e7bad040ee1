"""The options of the command: the one table that is read by the parser, by `--help` and by the shells' completions."""

from __future__ import annotations

from import_customs.model.value import NamedTuple

FORMATS = ("text", "json", "github", "gitlab", "sarif", "junit")


class Option(NamedTuple):
    name: str  # "--format"
    help: str  # a phrase without a full stop
    short: str = ""  # "-f"
    value: str = ""  # what help calls its value; "" where it takes none
    choices: tuple[str, ...] = ()  # the values it takes; () for any
    default: str | None = None  # the value without it
    repeats: bool = False  # whether it may be given several times, for a list
    completes: str = ""  # what a shell offers for its value: "file", "revision", "rule", "" for the choices

    @property
    def field(self) -> str:
        """Its name in `cli.Options`."""
        return self.name[2:].replace("-", "_")


WHAT_IS_CHECKED = (
    Option(
        "--scope",
        "which findings count: what this change introduces, all, or by how it was started",
        value="SCOPE",
        choices=("auto", "new", "all"),
        default="auto",
    ),
    Option(
        "--since",
        "count what was introduced since REV (its merge base with HEAD)",
        "-s",
        "REV",
        (),
        None,
        False,
        "revision",
    ),
    Option("--staged", "read what is staged, not what lies in the worktree"),
    Option("--unused", "look for declarations that nothing uses, not for imports without one"),
    Option("--stdin-filename", "judge the text from standard input as the file PATH", value="PATH", completes="file"),
)
WHAT_IS_KNOWN = (
    Option(
        "--python",
        "the project's environment, its interpreter or its folder; looked for without it",
        "-p",
        "PATH",
        completes="file",
    ),
    Option(
        "--requirements-file",
        "what declares where no pyproject.toml does; may be given several times",
        value="FILE",
        repeats=True,
        completes="file",
    ),
)
INSTEAD_OF_A_REPORT = (
    Option("--fix", "write what is missing, and clear, into pyproject.toml"),
    Option("--diff", "show what --fix would change, and write nothing"),
    Option("--ignore-existing", "write today's findings into per-file-ignores, so that only new ones count"),
    Option(
        "--explain",
        "say what is known of a module, a distribution or a rule; may be given several",
        "-e",
        "NAME",
        repeats=True,
        completes="rule",
    ),
    Option("--history", "replay the last N commits, and say what would have been blocked", value="N"),
)
REPORT = (
    Option("--format", "how to report", "-f", "FORMAT", FORMATS, "text"),
    Option("--output", "put the report into FILE instead of printing it", "-o", "FILE", completes="file"),
    Option("--quiet", "a line for each finding, or with --fix for each that is left, and nothing else", "-q"),
    Option("--statistics", "count the findings by rule and by package"),
    Option("--verbose", "say on standard error what was decided, and why", "-v"),
    Option("--color", "whether to use colour", "", "WHEN", ("auto", "always", "never"), "auto"),
)
HELP = (
    Option("--help", "print this help", "-h"),
    Option("--version", "print the version", "-V"),
)
GROUPS = {
    "What is checked": WHAT_IS_CHECKED,
    "What is known of the project": WHAT_IS_KNOWN,
    "What is done instead of a report": INSTEAD_OF_A_REPORT,
    "The report": REPORT,
    "About the command": HELP,
}
OPTIONS = {option.name: option for options in GROUPS.values() for option in options}
SHORT = {option.short: option for option in OPTIONS.values() if option.short}
