"""How the arguments are read: short options, values, what is misspelt, and which options exclude each other."""

from itertools import combinations

import pytest

from conftest import Ran, Repo
from import_customs.cli.option_table import OPTIONS
from import_customs.cli.options import parse
from import_customs.model import CheckError

FOUND = {"pyproject.toml": '[project]\nname = "demo"\ndependencies = []\n', "a.py": "import celery\n"}


@pytest.mark.parametrize(
    ("arguments", "options"),
    [
        pytest.param("", {"files": []}, id="nothing"),
        pytest.param("a.py --staged b.py", {"files": ["a.py", "b.py"], "staged": True}, id="files around an option"),
        pytest.param("-f json", {"files": [], "format": "json"}, id="short, and its value"),
        pytest.param("-fjson", {"files": [], "format": "json"}, id="short, its value in one"),
        pytest.param("-f=json", {"files": [], "format": "json"}, id="short, its value after ="),
        pytest.param("--format=json", {"files": [], "format": "json"}, id="long, its value after ="),
        pytest.param("-so HEAD", {"files": ["HEAD"], "since": "o"}, id="short, its value in one, that is an option's"),
        pytest.param("-qo x", {"files": [], "quiet": True, "output": "x"}, id="two short ones and a value"),
        pytest.param("--since=-x", {"files": [], "since": "-x"}, id="a value that begins like an option"),
        pytest.param("-o -", {"files": [], "output": "-"}, id="a dash is a value"),
        pytest.param("--staged -- --fix", {"files": ["--fix"], "staged": True}, id="files after --"),
        pytest.param("-q -q", {"files": [], "quiet": True}, id="the same twice"),
        pytest.param("--format json -f json", {"files": [], "format": "json"}, id="the same value twice"),
        pytest.param(
            "--requirements-file a --requirements-file b",
            {"files": [], "requirements_file": ["a", "b"]},
            id="a list",
        ),
        pytest.param("-e yaml -e PyYAML", {"files": [], "explain": ["yaml", "PyYAML"]}, id="explain two"),
        pytest.param("-e yaml redis", {"files": [], "explain": ["yaml", "redis"]}, id="explain two in one"),
        pytest.param("--help --fix --diff", {"files": [], "help": True, "fix": True, "diff": True}, id="help"),
    ],
)  # fmt: skip
def test_what_is_read(arguments: str, options: dict[str, object]) -> None:
    assert parse(arguments.split()) == options


@pytest.mark.parametrize(
    ("arguments", "message", "hint"),
    [
        pytest.param("--formatt json", "there is no option --formatt", "did you mean `--format`? ", id="misspelt"),
        pytest.param("--ignore x", "there is no option --ignore", "`ignore` is a setting: it stands", id="a setting"),
        pytest.param("--requirements-files x", "there is no option", "did you mean `--req", id="nearer than a setting"),
        pytest.param("--Fix", "there is no option --Fix", "did you mean `--fix`? ", id="in other letters"),
        pytest.param("-fix", "--format cannot be ix", "it is one of text, json,", id="short with a value"),
        pytest.param("-quiet", "there is no option -quiet", "did you mean `--quiet`?", id="one dash"),
        pytest.param("--ignore_existing", "there is no option --ignore_existing", "did you mean `--ignore-e", id="_"),
        pytest.param("--output-format=json", "there is no option --output-format", "did you mean `--", id="ruff's"),
        pytest.param("--zzz", "there is no option --zzz", "see ", id="like none"),
        pytest.param("-z", "there is no option -z", "see ", id="short"),
        pytest.param("-qz", "there is no option -qz", "see ", id="short, among others"),
        pytest.param("--format jsn", "--format cannot be jsn", "did you mean `json`? it is one of", id="value"),
        pytest.param("-f JSON", "--format cannot be JSON", "did you mean `json`?", id="value in other letters"),
        pytest.param("--scope some", "--scope cannot be some", "it is one of auto, new, all", id="value like none"),
        pytest.param("--since", "--since lacks its value", "write --since REV", id="no value"),
        pytest.param("--since --fix", "--since lacks its value", "write --since REV, or --since=--fix", id="an option"),
        pytest.param("-o", "-o lacks its value", "write -o FILE", id="no value, short"),
        pytest.param("--fix=yes", "--fix takes no value", "write --fix alone", id="a value too many"),
        pytest.param("-q=yes", "-q takes no value", "write -q alone", id="a value too many, short"),
        pytest.param("-s a -s b", "--since is given twice, as a and as b", "leave out one", id="two values"),
        pytest.param("-e yaml conftest.py", "--explain and the file conftest.py", "it takes names", id="a file"),
    ],
)  # fmt: skip
def test_what_is_wrong(
    arguments: str, message: str, hint: str, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    monkeypatch.chdir(request.path.parent.parent)
    with pytest.raises(CheckError) as raised:
        parse(arguments.split())
    assert (raised.value.message[: len(message)], raised.value.hint[: len(hint)]) == (message, hint)


# What may be given: each option alone, and of those with choices the values that make a difference.
GIVEN = {
    "FILE": ["b.py"],
    **{option.name: [option.name] if not option.value else [option.name, "x"] for option in OPTIONS.values()},
    "--scope new": ["--scope", "new"],
    "--scope all": ["--scope", "all"],
    "--format text": ["--format", "text"],
    "--format json": ["--format", "json"],
    "--format junit": ["--format", "junit"],
    "--color never": ["--color", "never"],
    "--color always": ["--color", "always"],
}
for _name in ("--scope", "--format", "--color", "--help", "--version"):
    del GIVEN[_name]
EDITS = ["--fix", "--diff", "--ignore-existing"]
FOR_PROGRAMS = ["--format json", "--format junit"]
# Every pair that is an error, once; all others go together.
EXCLUDED = {
    "--stdin-filename": ["FILE", "--staged", "--since", "--scope new"],
    "--unused": ["--stdin-filename", "--explain", "--history", "--statistics"],
    "--scope all": ["--since"],
    "--explain": [
        "FILE",
        *("--staged", "--since", "--scope new", "--scope all", "--stdin-filename", *EDITS, "--output", "--quiet"),
        *("--statistics", "--verbose", "--color always", "--format junit"),
    ],
    "--history": [
        "FILE",
        *("--staged", "--since", "--scope new", "--scope all", "--stdin-filename", *EDITS, "--explain", "--python"),
        *("--output", *FOR_PROGRAMS, "--quiet", "--statistics", "--verbose", "--color always"),
    ],
    "--fix": [
        "--diff",
        "--ignore-existing",
        "--stdin-filename",
        "--output",
        *FOR_PROGRAMS,
        "--statistics",
        "--color always",
    ],
    "--diff": ["--ignore-existing", "--stdin-filename", "--output", *FOR_PROGRAMS, "--statistics", "--color always"],
    "--ignore-existing": ["--stdin-filename", "--output", *FOR_PROGRAMS, "--statistics", "--color always"],
    "--quiet": ["--verbose", "--statistics", *FOR_PROGRAMS],
    "--statistics": FOR_PROGRAMS,
    "--color always": FOR_PROGRAMS,
}
PAIRS = {frozenset((one, other)) for one, others in EXCLUDED.items() for other in others}


def test_every_pair_of_options() -> None:
    """An error says which two and what to do; a pair that is none is read whole."""
    wrong = []
    for one, other in combinations(GIVEN, 2):
        if one.partition(" ")[0] == other.partition(" ")[0]:
            continue  # two values of one option
        try:
            parse([*GIVEN[one], *GIVEN[other]])
            excluded = False
        except CheckError as error:
            both = {f"{one} and {other} exclude each other", f"{other} and {one} exclude each other"}
            excluded = error.message in both and error.hint.endswith(": leave out one of the two")
        if excluded != (frozenset((one, other)) in PAIRS):
            wrong.append((one, other))
    assert wrong == []


@pytest.mark.parametrize("alone", ["--help", "--version"])
def test_help_and_version_answer_whatever_else_there_is(alone: str) -> None:
    for one in GIVEN.values():
        assert parse([*one, alone])[alone[2:]] is True


def test_an_error_is_printed_and_nothing_else_is_done(repo: Repo) -> None:
    repo.stage(FOUND)
    says = (
        "error: --fix and --statistics exclude each other\n"
        "    it says what was written, as text; run the report on its own: leave out one of the two\n"
    )
    assert repo.customs("--fix", "--statistics") == Ran(2, "", says)
    assert repo.git("diff") == ""


@pytest.mark.parametrize("others", [("--format", "json"), ("--output", "x"), ("--stdin-filename", "a.py")], ids=str)
@pytest.mark.parametrize("option", EDITS)
def test_nothing_is_written_where_options_exclude_each_other(repo: Repo, option: str, others: tuple[str, ...]) -> None:
    repo.stage(FOUND)
    assert (repo.customs(option, *others).status, repo.git("status", "--porcelain", "-uall").count("\n")) == (2, 2)
