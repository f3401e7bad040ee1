"""Many declarations and large texts: the time grows as they do, and what is not looked at is told."""

import pytest

from conftest import spent_in_all_s
from import_customs.providers import rank
from import_customs.providers.index_lines import SortedLines

NAMES = [name for name, _ in SortedLines("distributions.txt").items() if rank(name) <= 10_000]
PYPROJECT = '[project]\nname = "demo"\nversion = "1"\ndependencies = [\n    {},\n]\n'


def declaring(count):
    return PYPROJECT.format(",\n    ".join(f'"{one}"' for one in NAMES[:count]))


def each(line, count, times=25):
    """A line for each name, 25 times: together more than 64 KiB, up to which a text is searched for each word."""
    return "".join(line.format(name=name, module=name.replace("-", "_")) for name in NAMES[:count]) * times


@pytest.mark.parametrize(
    ("size", "files"),
    [
        pytest.param(300, lambda _: {}, id="declarations alone"),
        pytest.param(100, lambda n: {"a.yml": each("k:\n  {name}: {module}x\n", n)}, id="settings, as keys"),
        pytest.param(100, lambda n: {"a.json": "[" + each('"{name}x, {module}x", ', n) + "1]"}, id="in one line"),
        pytest.param(100, lambda n: {"a.md": each("{name} {module} ", n)}, id="a document"),
        pytest.param(100, lambda n: {"a.py": each("'see {name} {module}'\n", n)}, id="sentences of Python"),
        pytest.param(150, lambda n: {"a.py": each("'{module}.x'\n", n)}, id="uses, in Python"),
        pytest.param(150, lambda n: {"a.py": each("# '{module}.x'\n", n)}, id="comments"),
    ],
)
def test_four_times_as_much_takes_four_times_as_long(repo, size, files):
    """Measured 1.8 to 4.7, on a busy machine; with the square it would be 16."""
    taken = []
    for count in (size, 4 * size):
        repo.stage({"pyproject.toml": declaring(count), "app.py": "import requests\n"} | files(count))
        taken.append(seconds_of(repo))
    assert taken[1] < 9 * taken[0]


def seconds_of(repo):
    before = spent_in_all_s()
    assert repo.customs("--unused", "--scope", "all", "--quiet").status == 0
    return spent_in_all_s() - before


def test_two_thousand_declarations_and_a_text_that_mentions_them_all(repo):
    text = each("{module}.x {name}\n", 2_000, 1).encode()
    files = {"all.txt": text * (60 * 1024**2 // len(text)), "all.bin": b"\0" + text, "app.py": "import requests\n"}
    repo.stage({"pyproject.toml": declaring(2_000)} | files)
    ran = repo.customs("--unused", "--scope", "all")
    assert ran.status == 0
    assert ran.err.startswith("note: all.txt: was not searched, for it is too large\n"), ran.err[:500]
    assert "1970 more: --verbose has them all" in ran.err
