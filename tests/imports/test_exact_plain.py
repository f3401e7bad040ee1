"""The quickest exact step: what it reads itself, and what it leaves to `exact_usual`.

That it finds what `ast` does is held by `screened` (tests/fuzz/targets.py), over all that test_superset.py reads.
"""

import pytest
from tests.imports.test_exact_ast import GUARDS, STATEMENTS

from import_customs.imports import exact_ast
from import_customs.imports.exact_plain import find_imports

DOC = '"""What it is."""\n'


@pytest.mark.parametrize(("source", "_"), [*STATEMENTS, *GUARDS])
def test_it_finds_the_same_or_leaves_it(source, _):
    exact = exact_ast.find_imports(source)[0]
    for module in {one.module for one in exact}:
        found = find_imports(source, {module})
        assert found is None or of(module, found) == of(module, exact)


@pytest.mark.parametrize("text", [
    pytest.param("import m", id="alone"),
    pytest.param("import m as n\n", id="under another name"),
    pytest.param("import a, m.b as c, d  # why\n", id="among others, with a comment"),
    pytest.param("from m.a import b, c as d\n", id="names from it"),
    pytest.param(f"{DOC}\nfrom __future__ import annotations\nimport m\n", id="after a docstring"),
    pytest.param(f"def f(x):\n    {DOC}    return 1\nimport m\n", id="a string in a block"),
    pytest.param("import m\nx = '''\n''' \\\n", id="what follows does not matter"),
    pytest.param("if x:\n    y()\nimport m\n", id="a test that leaves nothing"),
    pytest.param("# as import m\nx = (1,\n     2)\nimport m\n", id="after a statement over lines"),
])  # fmt: skip
def test_plain(text):
    exact = exact_ast.find_imports(text)[0]
    assert of("m", find_imports(text, {"m"}) or []) == of("m", exact) != []


def of(module, imports):
    return [one for one in imports if one.module.partition(".")[0] == module]


@pytest.mark.parametrize("text", [
    pytest.param("if x:\n    import m\n", id="in a block"),
    pytest.param("x = 1; import m\n", id="a second statement"),
    pytest.param("from m import (\n    a,\n)\n", id="in brackets"),
    pytest.param("from m import *\n", id="a star"),
    pytest.param("from . import m\n", id="relative"),
    pytest.param("lazy import m\n", id="PEP 810"),
    pytest.param("import a, \\\n  m\n", id="continued"),
    pytest.param('"""a\n# b"""; import m\n', id="after a string's end that looks like a comment"),
    pytest.param("'a\\\n# b'; import m\n", id="after such an end of a continued string"),
    pytest.param("from \\\n  m import a\n", id="continues"),
    pytest.param("import é as m\n", id="letters beyond ASCII"),
    pytest.param("import m\nimport_module('m')\n", id="a call that imports"),
    pytest.param("import m, if\n", id="a keyword"),
    pytest.param("x = '''\nimport m\n'''\nimport m\n", id="another string over lines"),
    pytest.param('"""\nimport m\n"""\nimport m\n', id="a statement in a string"),
    pytest.param('"""\\"""\nimport m\n"""\n', id="quotes that end no string"),
    pytest.param('x = """\nimport m\n"""\n', id="a string that does not begin its line"),
    pytest.param('# """\nimport m\n# """\n', id="quotes in a comment"),
    pytest.param("x = '\\\nimport m'\n", id="a continued string"),
    pytest.param("x = (\nimport m\n", id="an open bracket"),
    pytest.param("assert sys.platform == 'win32'\nimport m\n", id="after an assertion"),
    pytest.param("if sys.version_info < (3,):\n    sys.exit()\nimport m\n", id="after an exit"),
    pytest.param("pytestmark = pytest.mark.skipif(sys.platform == 'win32')\nimport m\n", id="after a mark that skips"),
    pytest.param("\fimport m\n", id="a form feed"),
])  # fmt: skip
def test_left_to_others(text):
    assert find_imports(text, {"m"}) is None
