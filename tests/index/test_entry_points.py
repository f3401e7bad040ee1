"""The text of an entry_points.txt in, what is kept of it out: nothing that another part of a line could be taken for."""

# ruff: noqa: E501  a row is one line

import pytest

from index.entry_points import entry_points


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param("[console_scripts]\nb = x:b\na = x:a [extra]\n[gui_scripts]\nc = x", {"": ("a", "b", "c")}, id="commands"),
        pytest.param("[Group.x]\nName = x:y", {"Group.x": ("Name",)}, id="names keep their case"),
        pytest.param("[g]\nmaterial/blog = x\nns:a = x", {"g": ("material/blog", "ns:a")}, id="names with signs"),
        pytest.param("[g]\na = x\n[g]\na = y\nb = z", {"g": ("a", "b")}, id="said twice"),
        pytest.param("[g]\na b = x\na;b = x\na\tb = x\n\x1b[31m = x\n\u202e = x\nok = x", {"g": ("ok",)}, id="hostile names"),
        pytest.param("[g\th]\na = x\n[g;h]\nb = x\n[g=h]\nc = x", {}, id="hostile groups"),
        pytest.param(f"[g]\n{'n' * 100_000} = x\n%(x)s = %(y)s", {"g": ("%(x)s",)}, id="a long name, and one like a variable's"),
        pytest.param("".join(f"[g]\nn{n:03} = x\n" for n in range(999)), {"g": tuple(f"n{n:03}" for n in range(200))}, id="many"),
        pytest.param("name without a group = x", {}, id="not of the form"),
        pytest.param("[g]\n= x\n", {}, id="no name"),
        pytest.param("", {}, id="nothing"),
    ],
)  # fmt: skip
def test_entry_points(text, found):
    assert entry_points(text) == found
