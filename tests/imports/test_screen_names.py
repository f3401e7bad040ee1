"""The names taken from a module, without parsing: all of them, or none are told."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from imports.readers import find_imports, screen_names

READ = [
    pytest.param("from g.c import a", {"a"}, id="one name"),
    pytest.param("from g.c import a as b, d", {"a", "d"}, id="several, one renamed"),
    pytest.param("from g.c import a  # noqa: (x; y", {"a"}, id="a comment"),
    pytest.param("if x:\n    from g.c import a", {"a"}, id="indented"),
    pytest.param("from g.c import (a, b)", {"a", "b"}, id="parentheses"),
    pytest.param("from g.c import(a)", {"a"}, id="no space before them"),
    pytest.param("from g.c import (  # why\n    a,\n    b as c,  # no\n)", {"a", "b"}, id="parentheses, several lines"),
    pytest.param("from g.c import (\n a)\nfrom g.c import (\n b)", {"a", "b"}, id="the same first line twice"),
    pytest.param("lazy from g.c import a", {"a"}, id="PEP 810"),
    pytest.param("from g.c import *", set(), id="all names are none"),
    pytest.param("import g.c as x", set(), id="the module itself"),
    pytest.param("from g.d import a\nfrom g import c", set(), id="other modules"),
    pytest.param('"""How to import g.c from here"""\nx = 1', None, id="prose that may be a statement"),
    pytest.param("from g.c import a; from g.c import b", None, id="two statements on a line"),
    pytest.param("if x: from g.c import a", None, id="a statement after a colon"),
    pytest.param("from g . c import a", None, id="white space around a dot"),
    pytest.param("from g.c \\\n import a", None, id="continued"),
    pytest.param("# c \\\nfrom g.c import a", None, id="behind a comment that ends in a backslash"),
    pytest.param("from g.c import (  # a\n  # b)\n  a)", None, id="a comment that closes the parenthesis"),
    pytest.param(
        "'" + "''\nfrom g.c import a # ''" + "'; from g.c import b", None, id="a string that ends in a comment"
    ),
    pytest.param("from \uff47.c import a", None, id="not ASCII"),
    pytest.param("from g.c import from*", None, id="a star that ends a name"),
    pytest.param("".join(f"import a{n}\n" for n in range(501)), None, id="more lines than are looked at"),
]


@pytest.mark.parametrize(("source", "names"), READ)
def test_names(source, names):
    assert screen_names(source.encode(), "g.c") == names


_PIECES = [
    "from",
    "import",
    "g",
    ".",
    "c",
    "g.c",
    "a",
    "b",
    "as",
    ",",
    "(",
    ")",
    "#",
    "\\\n",
    "\n",
    ";",
    " ",
    "  ",
    "*",
]
_PIECES += ["lazy ", "if x:", "'", '"', "\t", "\f", "from g.c import ", "from g.c import (", "\nfrom g.c import a"]


@given(st.lists(st.sampled_from(_PIECES), max_size=14).map("".join))
def test_no_name_is_missed(source):
    imports, warning = find_imports(source.encode())
    found = screen_names(source.encode(), "g.c")
    if warning is None and found is not None:
        assert {name for one in imports if one.module == "g.c" for name in one.names} <= found
