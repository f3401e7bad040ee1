"""The quick exact step: what it reads itself, and what it leaves to `exact_ast`. That both agree: test_superset.py."""

from functools import partial

import pytest
from tests.imports.test_exact_ast import GUARDS, STATEMENTS

from conftest import is_linear
from import_customs.imports import exact_ast
from import_customs.imports.exact_usual import find_imports
from import_customs.model import Import
from import_customs.model.span import Span


@pytest.mark.parametrize(("source", "_"), [*STATEMENTS, *GUARDS])
def test_it_finds_the_same_or_leaves_it(source, _):
    assert find_imports(source) in (None, exact_ast.find_imports(source)[0])


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param("", [], id="no import"),
        pytest.param("'''\nimport n\n'''\nimport a\n", [("a", 4, 1, None)], id="after a string over lines"),
        pytest.param("x = (1,\n  2)\nimport a\n", [("a", 3, 1, None)], id="after a statement over lines"),
        pytest.param("x = 1 + \\\n  2\nimport a\n", [("a", 3, 1, None)], id="after a continued line"),
        pytest.param("x = '\\\nimport n'\nimport a\n", [("a", 3, 1, None)], id="after a continued string"),
        pytest.param("# don't \\\nimport a\n", [("a", 2, 1, None)], id="a comment does not continue"),
        pytest.param("from a import (  # why\n  b,\n  c as d,\n)\nx = ''' '''\n", [("a", 1, 1, None)], id="brackets"),
        pytest.param("from a import \\\n  b\nimport c\n", [("a", 1, 1, None), ("c", 3, 1, None)], id="continued"),
        pytest.param("x = 'import n'  # import n\nimporter = important\n", [], id="the word elsewhere"),
        pytest.param("import a\nx = 'open", [("a", 1, 1, None)], id="what follows the last import does not matter"),
        pytest.param(
            "if TYPE_CHECKING:\n  x = f(\nTrue,\nif_=1)\n  import a\n",
            [("a", 5, 3, "type-checking")],
            id="a bracket's lines end no block",
        ),
        pytest.param(
            "try:\n  x = (1\nif 2 else 3)\n  import a\nexcept ImportError:\n  pass\n",
            [("a", 4, 3, "try")],
            id="a bracket's lines are no headers",
        ),
        pytest.param(
            "if (\n  sys.version_info\n  > (3,)\n):\n  import a\n", [("a", 5, 3, "version")], id="a header over lines"
        ),
        pytest.param("if x:\n  import a \\\nif b", None, id="a continued line at the first column"),
        pytest.param(
            "try:\n  from a \\\nimport b\nexcept ImportError:\n  pass\n", [("a", 2, 3, "try")], id="and the word on it"
        ),
        pytest.param("\\\n  import a\n", None, id="a backslash alone begins the text"),
        pytest.param("if x:\n\\\n  import a\n", None, id="a backslash alone begins a line"),
        pytest.param("x = f'{a}{{}'\nimport b", None, id="an f-string with odd braces"),
        pytest.param("x = f\"{'''\"\nimport n\n\"'''}\"", None, id="3.12: the string's own quotes in a field"),
        pytest.param('x = f"{d[\'}\'] + y["#"]}"; import n', None, id="3.12: a brace in a string in a field"),
        pytest.param("x = f'{{{a:>{b}}}}' + f\"{c['d']}\"\nimport n", [("n", 2, 1, None)], id="fields that close"),
        pytest.param("x = rf'{a}' + b'{'\nimport b", [("b", 2, 1, None)], id="braces in other strings"),
        pytest.param("x = 1; import a", None, id="a second statement"),
        pytest.param("if x: import a", None, id="a statement behind a colon"),
        pytest.param("import é", None, id="letters beyond ASCII"),
        pytest.param("lazy import a", None, id="PEP 810"),
        pytest.param("import a\nimport_module('b')", None, id="a call that imports"),
        pytest.param("\fimport a", None, id="a form feed"),
        pytest.param("def f():\n  x\n\\\n  if PY2:\n    import a\n", None, id="a line that begins with a backslash"),
        pytest.param(
            "with f(ImportError) * suppress(x):\n import a", None, id="a suppress that is not the whole of it"
        ),
        pytest.param("try:\n import a\nexcept f(ImportError):\n pass", None, id="a handler that is computed"),
        pytest.param(
            "try:\n import a\nexcept* (b.c, ImportError,) as d:\n pass", [("a", 2, 2, "try")], id="a handler of several"
        ),
        pytest.param("import a, if", None, id="a keyword"),
        pytest.param("from if.a import b", None, id="a keyword in the module"),
        pytest.param("if a[0]: b\nif c:\n  import d\n", None, id="a header with more than names, and its block"),
        pytest.param("import a" + ".b" * 100, None, id="too many parts"),
        pytest.param("A = sys.version_info > (3,)\nif A:\n import a", None, id="a test kept in a name"),
        pytest.param("x = (\nimport a", None, id="a bracket that is never closed"),
        pytest.param("x = ]\nimport a", None, id="a bracket that was never opened"),
        pytest.param("x = 'open\nimport a", None, id="a string that is never closed"),
    ],
)
def test_plain(text, found):
    imports = find_imports(text)
    assert (None if imports is None else [(one.module, *one[2:5]) for one in imports]) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param("import a\nimport b\nx = '", ["a"], id="what follows is not read"),
        pytest.param("if x:\n  import a\ny = 1\nimport b\nx = '", ["a"], id="nor what follows a block"),
        pytest.param("from a \\\n  import b\nimport c\nx = '", ["a"], id="the module on the line before"),
        pytest.param("import c, \\\n  a\nimport b\nx = '", ["c", "a"], id="the module on the line after"),
        pytest.param("import b\nx = '''\nimport a", None, id="an open string before it"),
        pytest.param("import a\nx = '''\nimport a\n'''\nimport b\n", ["a", "b"], id="an import in a string"),
        pytest.param("import b\nx = '''\nimport a\n'''\nx = '", None, id="and another string that is open"),
    ],
)
def test_it_reads_as_far_as_the_module_stands(text, found):
    imports = find_imports(text, {"a.b"})
    assert (None if imports is None else [one.module for one in imports]) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param(
            "@skipif(sys.version_info < (3,))\ndef f():\n  x\n\ndef g():\n  import a\n", ["a"], id="of another"
        ),
        pytest.param("@skipif(PY2)\n@skipif(PY3)\ndef f():\n  x\nimport a\n", ["a"], id="two of another"),
        pytest.param("@skipif(sys . version < '3')\n@x\nasync def f():\n\n  import a\n", None, id="of the function"),
        pytest.param("@skipIf(os.name == 'nt')\nclass A:\n  def f(self):\n    import a\n", None, id="of its class"),
        pytest.param("@x\n\n@skipif(\n  platform.system())\ndef f():\n  import a\n", None, id="the second of two"),
        pytest.param("@skipif(b.version > 1)\ndef f():\n  import a\n", ["a"], id="by another version"),
        pytest.param("pytestmark = skipif(sys.platform)\ndef f():\n  import a\n", None, id="of the module"),
        pytest.param(
            "assert b.version == os.environ[new_version_info]\nimport a\n", ["a"], id="an assertion of another"
        ),
        pytest.param("assert sys.version_info\nimport a\n", None, id="an assertion"),
        pytest.param("def f():\n  if PY2:\n    return\n  import a\n", None, id="an early exit"),
        pytest.param("if x:\n @skipif(PY2)\n def f():\n\t import a\n", None, id="a space, then a tab and a space"),
        pytest.param("if x:\n\t@skipif(PY2)\n\tdef f():\n         import a\n", None, id="a tab, then spaces"),
        pytest.param("if x:\n if PY2:\n\t raise X\n import a\n", None, id="an early exit, in the same blanks"),
        pytest.param("def f():\n if PY2:\n\t x\n\t y\n import a\n", ["a"], id="no exit, in the same blanks"),
    ],
)
def test_what_may_guard_from_afar_is_left(text, found):
    imports = find_imports(text)
    assert (None if imports is None else [one.module for one in imports]) == found
    assert imports is None or imports == exact_ast.find_imports(text)[0]


@pytest.mark.parametrize(
    ("call", "found"),
    [
        pytest.param("import_module('b')", ["a"], id="of another module"),
        pytest.param("import_module('a')", None, id="of the module"),
        pytest.param('x, __import__("a")', None, id="of the module, in other quotes"),
        pytest.param("importorskip('\N{FULLWIDTH LATIN SMALL LETTER A}')", None, id="of its name in other letters"),
    ],
)
def test_a_call_that_imports(call, found):
    imports = find_imports(f"import a\n{call}", {"a"})
    assert (None if imports is None else [one.module for one in imports]) == found


def test_the_handlers_of_its_try_are_read():
    text = "try:\n  import a\nexcept ImportError:\n  pass\nelse:\n  pass\nx = '"
    spans = (Span(2, 10, 11),)
    assert find_imports(text, {"a"}) == [Import("a", (), 2, 3, "try", guards=frozenset({"try"}), spans=spans)]


def test_names_are_those_before_their_aliases():
    spans = (Span(1, 6, 7), Span(1, 15, 16), Span(1, 23, 24))
    assert find_imports("from a import b as c, d") == [Import("a", ("b", "d"), 1, 1, None, spans=spans)]


@pytest.mark.parametrize(
    "unit",
    [
        "import ",
        "import;",
        "'''",
        '"a" ',
        "f'{'",
        "f'{a}",
        "{{",
        "import_module('b'",
        "(",
        "()",
        "\\\n",
        "# '\n",
        "import a\n",
        "importer ",
        "@skipif(PY2)\n",
        "@skipif(PY2)\ndef f(): x\n",
        " ",
        "a.b",
    ],
)
def test_time_is_linear(unit):
    assert is_linear(
        lambda size: partial(find_imports, unit * (size // len(unit)) + "\nif x:\n  import a\n"), 8_000, 40_000
    )


@pytest.mark.parametrize(
    ("opening", "unit", "end"),
    [
        pytest.param("from a import (\n", "b,\n", ")\n", id="a name a line"),
        pytest.param("from a import (\n", "b,", ")\n", id="names on a line"),
        pytest.param("import ", "a, ", "a\n", id="modules on a line"),
    ],
)
def test_time_of_one_statement_is_linear(opening, unit, end):
    def text(size):
        return opening + unit * (size // len(unit)) + end

    assert find_imports(text(20_000)) is not None
    assert is_linear(lambda size: partial(find_imports, text(size)), 4_500, 20_000)
