"""The scan: what no Python parses, and that its time grows with the text."""

import sys
from functools import partial

import pytest

from conftest import is_linear
from import_customs.imports.tolerant import find_imports


@pytest.mark.parametrize(
    ("text", "modules"),
    [
        pytest.param("x = (1,\nimport a", ["a"], id="after a bracket that is never closed"),
        pytest.param("x = 1)\nimport a", ["a"], id="after a bracket that was never opened"),
        pytest.param("from a import (b,\nimport c", ["a", "c"], id="after a list that is never closed"),
        pytest.param("if (x:\n  import a", ["a"], id="in a header that is never closed"),
        pytest.param("x = 'abc; import n\nimport a", ["a"], id="a string that is never closed ends with its line"),
        pytest.param("from t'x \\\n y\nimport a", ["a"], id="or with the line that continues it"),
        pytest.param("import a\nx = '''\nimport n", ["a"], id="before a string that is never closed"),
        pytest.param("  import a\n import b\n   import c", ["a", "b", "c"], id="wrong indentation"),
        pytest.param("x = 1__0; y\nimport a", ["a"], id="a number that is none"),
        pytest.param("x = '\0'\n\0import a", ["a"], id="null bytes"),
        pytest.param(
            "import {{ a }}, b\nfrom {{ a }} import b\nimport c{{ a }}\nfrom d.{{ a }} import e", [], id="template"
        ),
        pytest.param("{% if x %}\nimport a  {# why #}\n{% endif %}", ["a"], id="template around an import"),
        pytest.param("x don't\nimport a module from there", [], id="prose"),
        pytest.param("import import\nfrom if import x\nimport a.", [], id="keywords are no names"),
        pytest.param("print 'import n'\nimport a, b", ["a", "b"], id="Python 2"),
        pytest.param('x = t\'{__import__("a")} {{__import__("n")}} import_module("n")\'', ["a"], id="t-string"),
        pytest.param("x = t'''{y}\n {__import__('a')}'''", ["a"], id="t-string over lines"),
        pytest.param('x = f\'{{import_module("n")}} {import_module("a")}\'', ["a"], id="f-string"),
        pytest.param("x = '{import_module(\"n\")}'", [], id="a string of neither kind"),
        pytest.param("lazy import a\nx = 1; lazy from b import c\nlazy = import_", ["a", "b"], id="PEP 810"),
        pytest.param("import_module('a'\nimport b", ["b"], id="a call that is never closed"),
        pytest.param("import_module(f'{n}')\nif TYPE_CHECKING and not:\n  import a", ["a"], id="what cannot be read"),
        pytest.param("@skipif(PY2\nimport a", ["a"], id="a mark that is never closed"),
        pytest.param("import 'open \\\n import\n  n", [], id="a string that is never closed ends its statement"),
        pytest.param("import cafe\u0301", ["caf\u00e9"], id="an accent that is a letter of its own"),
    ],
)
def test_modules(text, modules):
    assert [one.module for one in find_imports(text)] == modules


UNITS = {
    "continuations": "\\\n",
    "errors": "x = 1__0\n",
    "open brackets": "(\n",
    "open strings": "x = '\n",
    "open lists": "from a import (\n",
    "headers": "try:\n import a\nexcept A:\n import b\n",
    "long list": "a,\\\n",
    "calls": "import_module(\n'a')\n",
}
EARLY_312 = (3, 12) <= sys.version_info < (3, 12, 4)  # its tokenizer takes quadratic time for one long line (gh-119118)
UNITS |= {} if EARLY_312 else {"statements on a line": "import a;", "names on a line": "a, ", "calls in a string": ""}


@pytest.mark.parametrize("name", UNITS)
def test_time_is_linear(name):
    start, unit = ("f'''", "{import_module('a')}") if name == "calls in a string" else ("import ", UNITS[name])
    assert is_linear(lambda size: partial(find_imports, start + unit * (size // len(unit))), 1_000, 5_000)
