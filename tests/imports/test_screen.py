"""The screen: what it finds, and that its time grows with the source."""

from functools import partial

import pytest

from conftest import is_linear
from import_customs.imports.screen import top_levels
from import_customs.imports.statement_starts import usual_starts
from imports.readers import find_imports, screen

NOTHING = set()


@pytest.mark.parametrize(
    ("line", "found"),
    [
        pytest.param(b"from a.b import c, d", {"a"}, id="of the usual form"),
        pytest.param(b"    import a.b as c", {"a"}, id="indented"),
        pytest.param(b"import a, b.c", {"a", "b"}, id="several"),
        pytest.param(b"import a; import b", {"a", "b"}, id="two statements"),
        pytest.param(b"from . import a", NOTHING, id="relative"),
        pytest.param(b"from .a.import_b import c", NOTHING, id="relative, of a module that has the word"),
        pytest.param(b"from a import b  # c", {"a"}, id="a comment"),
        pytest.param(b"from importlib import import_module as x", None, id="a call may follow"),
        pytest.param(b" from import_module(x))", None, id="what is left of `yield from`"),
        pytest.param(b" from x(importorskip(y)))", None, id="likewise, further on"),
        pytest.param("import \uff42oto3".encode(), {"boto3"}, id="other letters"),
    ],
)
def test_top_levels(line, found):
    named = top_levels(line)
    assert (named if named is None else found <= set(named)) == (None if found is None else True)


@pytest.mark.parametrize(
    ("source", "found"),
    [
        pytest.param(
            b"import a.b as c, d . e", {"a.b", "d.e"}, id="aliases are no modules, white space around dots is"
        ),
        pytest.param(b"from a.b import c", {"a.b"}, id="from gives the module alone"),
        pytest.param(b"from a import(b)\nfrom c import*", {"a", "c"}, id="no space after the word"),
        pytest.param(b"import a  # x; import y", {"a"}, id="a comment"),
        pytest.param(b"x = '''\nimport a # '''; import b", {"a", "b"}, id="a string ends in what looks like a comment"),
        pytest.param(b"from . import a\nfrom .b import c\nfrom ...d import e", NOTHING, id="relative"),
        pytest.param(b"from __future__ import annotations", NOTHING, id="__future__ is no import"),
        pytest.param(b"x = 1;import a\nif x:import b", {"a", "b"}, id="statements within a line"),
        pytest.param(b"# note \\\nimport a", {"a"}, id="a comment that ends in a backslash does not continue"),
        pytest.param(b"import a, \\\n  b \\\n  as c", {"a", "b"}, id="continued"),
        pytest.param(b"x = 1 \\\n  + 2; import a", {"a"}, id="the word stands on the last of continued lines"),
        pytest.param(b"\0import a", {"a"}, id="no Python reads a null byte; the scan reads on"),
        pytest.param(b"x\rimport a\r", {"a"}, id="a carriage return ends a line"),
        pytest.param(b"\xef\xbb\xbfimport a", {"a"}, id="byte-order mark"),
        pytest.param(b"lazy import a\nlazy from b import c", {"a", "b"}, id="PEP 810"),
        pytest.param(b"print('import a')\nx.import_b = 1\nreimport c", NOTHING, id="no statement starts there"),
        pytest.param(b"# coding: utf-7\n+AGkAbQBwAG8AcgB0- a", {"a"}, id="the word is there only once decoded"),
    ],
)
def test_statements(source, found):
    assert screen(source) == (found, False)


@pytest.mark.parametrize(("source", "unclear"), [
    pytest.param(b"from importlib import import_module as load", True, id="as"),
    pytest.param(b"from importlib import (\n  import_module  # c\n  as load)", True, id="as, over lines"),
    pytest.param(b"load = importlib . import_module\n", True, id="given to a name"),
    pytest.param(b"load = (  # c\n  importlib.import_module)", True, id="in brackets"),
    pytest.param(b"load = \\\n  __import__\n", True, id="continued"),
    pytest.param(b"x = y\nfrom importlib import import_module\nz = 1\n", False, id="imported, and no more"),
    pytest.param(b"from importlib import (\n  import_module,\n)\n", False, id="in a list"),
    pytest.param(b"f(import_module, 'a')", False, id="an argument"),
])  # fmt: skip
def test_another_name(source, unclear):
    assert screen(source)[1] is unclear


@pytest.mark.parametrize(
    ("source", "module"),
    [
        pytest.param("import ﬁle".encode(), "file", id="NFKC"),
        pytest.param("from fromé import x".encode(), "fromé", id="a name may begin with a keyword"),
        pytest.param("# coding: koi8-r\nimport д".encode("koi8-r"), "д", id="the stated encoding"),
        pytest.param(
            "# coding: koi8-r\n# coding: cp1252\nimport д".encode("koi8-r"), "д", id="the first stated counts"
        ),
        pytest.param("import é".encode("latin-1"), "é", id="no encoding fits"),
        pytest.param("import ê #".encode() + b"\xff", "Ãa", id="UTF-8 in a line, not in the file"),
    ],
)
def test_other_letters(source, module):
    """A line does not show its file's encoding: both readings are given."""
    assert module in screen(source)[0]
    assert [one.module for one in find_imports(source)[0]] == [module]


@pytest.mark.parametrize(
    ("argument", "found"),
    [
        pytest.param(b"('a.b')", ({"a.b"}, False), id="literal"),
        pytest.param(b"(\n    # why\n    'a',\n)", ({"a"}, False), id="literal on a line of its own"),
        pytest.param(b"('.a', __name__)", (NOTHING, False), id="relative"),
        pytest.param(b"(name)", (NOTHING, False), id="a variable"),
        pytest.param(b"(f'a.{name}')", (NOTHING, False), id="an f-string is no literal"),
        pytest.param(b" = None", (NOTHING, False), id="no call"),
        pytest.param(b"('a' 'b')", (NOTHING, True), id="two literals are one string"),
        pytest.param(b"('\\x61')", (NOTHING, True), id="escapes"),
        pytest.param(b"(r'a')", (NOTHING, True), id="prefix"),
        pytest.param(b"('''a''')", (NOTHING, True), id="triple quotes"),
        pytest.param(b"(('a'))", (NOTHING, True), id="parentheses"),
        pytest.param(b"(name='a')", (NOTHING, True), id="keyword"),
        pytest.param(
            b"\n" + b"# word\n" * 60 + b"('a')", (NOTHING, True), id="its parenthesis is further off than is looked"
        ),
        pytest.param(b")('a')", (NOTHING, True), id="the function in parentheses"),
        pytest.param(b"(" + b"#\n" * 60 + b"'a')", (NOTHING, True), id="its argument is"),
    ],
)
def test_calls(argument, found):
    assert screen(b"x = import_module" + argument) == found


def test_calls_in_other_letters():
    """PEP 3131: the parser brings names to NFKC."""
    assert screen("import_module(x); \uff49mport_module('a')".encode())[1]  # a full-width i
    assert screen("\uff49mport_module('a')".encode()) == (NOTHING, False)
    assert find_imports("\uff49mport_module('a')".encode()) == ([], None)


HOSTILE = {
    "continuations": b"\\\n",
    "keyword and continuation": b"from a.\\\n",
    "keyword as a name": b"from\\\nfrom.",
    "spaces": b" ",
    "starts": b";\t",
    "words": b"import ",
    "names": b"a, a as b, a.a, ",
    "vertical tabs": b"import\x0b",
    "comments after a function": b"import_module\n#",
    "open calls": b"import_module(  \n",
    "open strings": b"import_module('",
    "cookies": b"# coding: ",
}


@pytest.mark.parametrize("unit", [pytest.param(unit, id=name) for name, unit in HOSTILE.items()])
def test_time_is_linear(unit):
    assert is_linear(lambda size: partial(screen, b"import a, " + unit * (size // len(unit))), 8_000, 40_000)
    assert is_linear(lambda size: partial(usual_starts, unit * (size // len(unit))), 40_000, 400_000)
