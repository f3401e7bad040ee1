"""What `--help` prints."""

import re
import sys

import pytest

from conftest import ROOT, Repo
from import_customs.cli.option_table import OPTIONS
from import_customs.cli.usage import usage


@pytest.mark.parametrize("columns", [20, 40, 59, 60, 80, 100, 300])
def test_every_option_is_there_and_the_lines_fit(columns: int) -> None:
    text = usage(columns, color=False)
    for option in OPTIONS.values():
        head = f"{f'{option.short}, ' if option.short else '    '}{option.name}"
        assert len(re.findall(rf"^  {head}(?: <{option.value}>)?(?:  |$)", text, re.MULTILINE)) == 1, option.name
    explanations = [line for line in text.splitlines() if line.startswith("    ")]
    assert max(map(len, explanations)) <= max(columns, 40)


def test_it_is_in_groups_with_examples_and_the_environment(repo: Repo) -> None:
    out = repo.customs("--help", COLUMNS="80").out
    assert re.findall(r"^(\S.*):(?: .*)?$", out, re.MULTILINE) == [
        *("Usage", "Arguments", "What is checked", "What is known of the project", "What is done instead of a report"),
        *("The report", "About the command", "Examples", "Environment", "Exit status"),
    ]
    assert repo.customs("-h", COLUMNS="80").out == out == usage(80, color=False)


def test_its_titles_are_bold_on_a_terminal(repo: Repo) -> None:
    assert "\033[1mThe report:\033[0m\n" in repo.customs("--help", "--color", "always").out
    assert "\033" not in repo.customs("--help", FORCE_COLOR="1", NO_COLOR="1").out


def test_the_environment_that_it_names_is_read() -> None:
    source = "".join(path.read_text() for path in (ROOT / "hooks" / "import_customs").rglob("*.py"))
    named = re.findall(r"\b[A-Z]+(?:_[A-Z]+)+\b|\bCI\b", usage(80, color=False).partition("Environment:")[2])
    assert [name for name in named if len(re.findall(rf'"{name}"', source)) == 0] == []
    assert len(set(named)) == 9


def test_a_copy_that_is_not_installed_says_so(repo: Repo) -> None:
    def said(*arguments: str) -> str:
        start = f"import sys; sys.path.insert(0, {str(ROOT / 'hooks')!r}); from import_customs.cli import main; main()"
        return repo.run(sys.executable, "-I", "-S", "-c", start, *arguments).out

    assert said("--version") == "import-customs, not installed\n"
    assert '"name": "import-customs",\n          "rules"' in said("--format", "sarif"), "without a version"
