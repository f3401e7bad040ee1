"""What `--history` found: values in, the report out."""

import pytest

from import_customs.model import CheckError, Finding
from import_customs.model.history import Blocked, Commit, Failed, History
from import_customs.report.history import render

COMMIT = Commit("0123456789abcdef", "f", 0)
FIRST = Finding("a.py", 3, 1, "x", "undeclared", ("x",), "pyproject.toml", None, (), "", "")


@pytest.mark.parametrize(("history", "end"), [
    pytest.param(History(), "no commit was replayed\n", id="interrupted before the first"),
    pytest.param(History((COMMIT,), 1, (Blocked("x", FIRST, COMMIT),) * 101),
                 "x: not declared since; 1 commit blocked, 0123456789 (1970-01-01, a.py:3)\nand 1 more\n\n"
                 "declared later: 0 of 101 packages\n", id="more packages than are listed"),
    pytest.param(History((COMMIT,), 1, (), tuple(Failed(COMMIT, CheckError(f"{n}", hint="")) for n in range(11))),
                 "9; 0123456789 (1970-01-01)\nand 1 more reason\n", id="more reasons than are listed"),
])  # fmt: skip
def test_the_end(history: History, end: str) -> None:
    assert render(history, 1, is_whole=True).endswith(end)
