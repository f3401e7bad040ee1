"""The table of uses: its lines in, the facts of a distribution out."""

import pytest

from import_customs.providers.uses import EntryPoints, Facts, entry_points_of, facts_of, read_table

TEXT = """\
# a comment
one two | tool; command a b
one | command c
plug-* | loaded host
plug-known | word x
"""


@pytest.mark.parametrize(
    ("name", "facts"),
    [
        pytest.param("one", Facts(commands=("a", "b", "c"), is_tool=True), id="several lines"),
        pytest.param("two", Facts(commands=("a", "b"), is_tool=True), id="several names on a line"),
        pytest.param("plug-known", Facts(words=("x",)), id="the whole name counts before a beginning"),
    ],
)
def test_read_table(name: str, facts: Facts) -> None:
    whole, beginnings = read_table(TEXT)
    assert whole[name] == facts
    assert beginnings == {"plug-": Facts(loaded_by=("host",))}


@pytest.mark.parametrize("line", ["one", "one | made-up", "one | command", "one | tool x"])
def test_a_line_of_another_form(line: str) -> None:
    with pytest.raises(ValueError, match=r"uses\.txt:1: "):
        read_table(line)


@pytest.mark.parametrize(("name", "known"), [
    pytest.param("ruff", EntryPoints(("ruff",), {}, False), id="a command that is a file"),
    pytest.param("pytest-cov", EntryPoints((), {"pytest11": ("pytest_cov",)}, False), id="a plugin"),
    pytest.param("requests", None, id="nothing is known"),
])  # fmt: skip
def test_entry_points_of(name: str, known: EntryPoints | None) -> None:
    assert entry_points_of(name) == known


@pytest.mark.parametrize(("name", "field", "value"), [
    pytest.param("pylint", "commands", ("pylint", "pylint-config", "pyreverse", "symilar"), id="commands of the index"),
    pytest.param("mypy", "commands", ("mypyc", "stubgen", "stubtest", "dmypy", "mypy"), id="commands of both"),
    pytest.param("pytest-mock", "loaded_by", ("pytest",), id="its group is loaded by a host"),
    pytest.param("pytest-mock", "entry_points", (), id="then its name says nothing"),
    pytest.param("furo", "entry_points", ("furo",), id="a name that settings take"),
    pytest.param("flake8", "loaded_by", (), id="its own group"),
    pytest.param("build", "entry_points", (), id="a group that says nothing"),
])  # fmt: skip
def test_facts_of_the_index(name: str, field: str, value: tuple[str, ...]) -> None:
    assert getattr(facts_of(name), field) == value


def test_the_shipped_table() -> None:
    assert facts_of("poethepoet").commands == ("poe",)
    assert facts_of("pytest-whatever") == Facts(loaded_by=("pytest",))
    assert facts_of("no-such-thing") == Facts()
