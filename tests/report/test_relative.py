"""The paths of a result, as seen from a subfolder."""

import pytest

from import_customs.model import CheckError, Result
from import_customs.model.outcome import Elsewhere
from import_customs.report.relative import seen_from

from .conftest import PLAIN


@pytest.mark.parametrize(
    ("folder", "path", "message", "seen"),
    [
        pytest.param("", "a/b.py", "see a/b.py", ("a/b.py", "see a/b.py"), id="the root"),
        pytest.param("a", "a/b.py", "see a/b.py", ("b.py", "see b.py"), id="below"),
        pytest.param("c/d", "a/b.py", "see a/b.py.", ("../../a/b.py", "see ../../a/b.py."), id="beside, in a sentence"),
        pytest.param("a", "b.py", "x/b.py and b.py.orig", ("../b.py", "x/b.py and b.py.orig"), id="part of a path"),
        pytest.param("a", "b.py", "`git add b.py`", ("../b.py", "`git add ../b.py`"), id="in a command"),
        pytest.param("a", "b c.py", "'b c.py'", ("../b c.py", "'../b c.py'"), id="quoted"),
        pytest.param("a", "b+(1).py", "b+(1).py:3", ("../b+(1).py", "../b+(1).py:3"), id="no pattern"),
    ],
)
def test_paths(folder: str, path: str, message: str, seen: tuple[str, str], result) -> None:
    given = result(PLAIN._replace(path=path, message=message))
    shown = seen_from(folder, given._replace(errors=[CheckError("cannot be read", hint="", path=path)]))
    (found,), (error,) = shown.findings, shown.errors
    assert (found.path, found.message) == seen
    assert error.path == seen[0]


def test_what_states_it_elsewhere(result) -> None:
    places = ("req/dev.txt:8 states `req`", "1 more")
    one = Elsewhere("pyproject.toml", places, ("req/dev.txt",))
    shown: Result = seen_from("req", result(PLAIN)._replace(elsewhere=[one]))
    assert shown.elsewhere == [Elsewhere("../pyproject.toml", ("dev.txt:8 states `req`", "1 more"), ("req/dev.txt",))]
