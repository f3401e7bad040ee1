"""The exact step: places, names, guards and warnings."""

import os
import subprocess
import sys

import pytest

from import_customs.imports import exact_usual, tolerant
from import_customs.model import Import
from import_customs.model.source_text import decode
from import_customs.model.span import Span
from imports.readers import find_imports

STATEMENTS = [
    pytest.param("import a, b.c as d", [("a", (), 1, 1), ("b.c", (), 1, 1)], id="the place is the statement's"),
    pytest.param("from a.b import c as d, e", [("a.b", ("c", "e"), 1, 1)], id="names, not their aliases"),
    pytest.param("from a import *", [("a", (), 1, 1)], id="a star names nothing"),
    pytest.param("from a import (\n  b,  # import x\n  c,\n)", [("a", ("b", "c"), 1, 1)], id="over lines"),
    pytest.param("from . import a\nfrom .b import c", [], id="relative"),
    pytest.param("from __future__ import annotations\nimport __future__", [], id="__future__"),
    pytest.param("x = 'é'; import a", [("a", (), 1, 10)], id="columns are characters"),
    pytest.param("def f():\n\timport a", [("a", (), 2, 2)], id="at any depth"),
    pytest.param("import é, ﬁle", [("é", (), 1, 1), ("file", (), 1, 1)], id="NFKC"),
    pytest.param("x = i.import_module('a.b')", [("a.b", (), 1, 5)], id="a call's place is its function's"),
    pytest.param("import_module(\n  name='a',\n)", [("a", (), 1, 1)], id="by keyword"),
    pytest.param("importorskip(modname='a')", [("a", (), 1, 1)], id="by pytest's keyword"),
    pytest.param("import_module('.a', 'p')\nimport_module(x)", [], id="relative or unknown"),
    pytest.param("import_module('a b')\nimport_module(b'a')", [], id="no dotted name"),
    pytest.param("@f(\n  import_module('a'),\n)\ndef g():\n  pass", [("a", (), 2, 3)], id="in a decorator"),
    pytest.param(
        "x = f'''\n{y}\n{z(import_module('a'))}'''\nimport b", [("a", (), 3, 4), ("b", (), 4, 1)], id="in an f-string"
    ),
    pytest.param("x(\n  1,\n  y=[import_module('a')],\n)", [("a", (), 3, 6)], id="deep in a call"),
    pytest.param("def f(x=import_module('a')): pass", [("a", (), 1, 9)], id="a default"),
    pytest.param("x('a'); import_module; x.import_modules('a')", [], id="other functions"),
    pytest.param(
        "from importlib import import_module as load\nload('a')",
        [("importlib", ("import_module",), 1, 1), ("a", (), 2, 1)],
        id="under another name",
    ),
    pytest.param(
        "import importlib as i\ni.import_module('a')",
        [("importlib", (), 1, 1), ("a", (), 2, 1)],
        id="of a module under another name",
    ),
    pytest.param("load = i.import_module  # why\nload('a')\nx.load('b')", [("a", (), 2, 1)], id="given to a name"),
    pytest.param(
        "from pytest import importorskip as need\nneed(modname='a')",
        [("pytest", ("importorskip",), 1, 1), ("a", (), 2, 1)],
        id="another function under another name",
    ),
    pytest.param("def load(x): return import_module(x)\nload('a')", [], id="a function of one's own"),
]


def _places(imports):
    return [one[:4] for one in imports]


@pytest.mark.parametrize(("source", "found"), STATEMENTS)
def test_statements(source, found):
    assert _places(find_imports(source.encode())[0]) == found


@pytest.mark.parametrize(("source", "found"), STATEMENTS)
def test_scan_reads_the_same(source, found):
    assert _places(tolerant.find_imports(source)) == found


def test_level_makes_dunder_import_relative():
    source = b"__import__('a', None, None, (), 1)\n__import__('b', level=2)\n__import__('c', level=0)"
    assert _places(find_imports(source)[0]) == [("c", (), 3, 1)]


GUARDS = [
    pytest.param("import x", [None], id="none"),
    pytest.param("try:\n import x\nexcept ImportError:\n import y", ["try", "try"], id="try and handler"),
    pytest.param("try:\n import x\nexcept (KeyError, a.ModuleNotFoundError):\n pass", ["try"], id="one of several"),
    pytest.param("try:\n import x\nexcept:\n pass", ["try"], id="bare except"),
    pytest.param("try:\n import x\nexcept KeyError:\n import y", [None, None], id="another exception"),
    pytest.param("try:\n import x\nexcept ():\n import y", [None, None], id="a handler of no exception"),
    pytest.param("try:\n import x\nfinally:\n import y", [None, None], id="finally catches nothing"),
    pytest.param(
        "try:\n pass\nexcept KeyError:\n import x\nexcept ImportError:\n import y\nelse:\n import z",
        [None, "try", None],
        id="only the handler that catches it",
    ),
    pytest.param("with contextlib.suppress(ImportError):\n import x", ["try"], id="suppress"),
    pytest.param("with suppress(KeyError):\n import x", [None], id="suppress another exception"),
    pytest.param("pytest.importorskip('x')", ["try"], id="importorskip"),
    pytest.param("if TYPE_CHECKING:\n import x\nelse:\n import y", ["type-checking", None], id="type checking"),
    pytest.param(
        "if not t.TYPE_CHECKING:\n import x\nelse:\n import y", [None, "type-checking"], id="not type checking"
    ),
    *(
        pytest.param(f"if {test}:\n import x\nelse:\n import y", guards, id=f"type checking: {test}")
        for test, guards in {
            "TYPE_CHECKING or True": [None, "type-checking"],
            "TYPE_CHECKING or x": [None, None],
            "TYPE_CHECKING and x": ["type-checking", None],
            "not TYPE_CHECKING and True": [None, "type-checking"],
            "not TYPE_CHECKING and x": [None, None],
            "not (t.TYPE_CHECKING)": [None, "type-checking"],
            "not not TYPE_CHECKING": ["type-checking", None],
            "TYPE_CHECKING is False": [None, "type-checking"],
            "TYPE_CHECKING == False": [None, "type-checking"],
            "TYPE_CHECKING is not False": ["type-checking", None],
            "True != TYPE_CHECKING": [None, "type-checking"],
            "TYPE_CHECKING is x": [None, None],
            "False is TYPE_CHECKING is False": [None, None],
            "f(TYPE_CHECKING)": [None, None],
            "TYPE_CHECKING or sys.version_info > (3,)": ["version", "version"],
            "x == '' and (TYPE_CHECKING)": ["type-checking", None],
        }.items()
    ),
    pytest.param(
        "if a:\n pass\nelif TYPE_CHECKING or b:\n import x\nelif not TYPE_CHECKING:\n import y\nelse:\n import z",
        [None, None, "type-checking"],
        id="type checking: elif",
    ),
    pytest.param("if sys.version_info >= (3, 11):\n import x\nelse:\n import y", ["version", "version"], id="version"),
    pytest.param("if sys.version > '3':\n import x", ["version"], id="version as text"),
    pytest.param("if six.PY2:\n import x\nelif z:\n import y\nimport z", ["version", "version", None], id="elif"),
    pytest.param("if (\n  a\n  and sys.version_info[0] > 2\n):\n import x", ["version"], id="test over lines"),
    pytest.param("if sys.platform.startswith('w'):\n import x", ["platform"], id="platform"),
    pytest.param("if os.name == 'nt': import x\nimport y", ["platform", None], id="on one line"),
    pytest.param("if platform.python_version() > '3':\n import x", ["version"], id="a version that platform tells"),
    pytest.param("with suppress(ImportError):\n x\n\fimport y", [None], id="a form feed sets the indentation back"),
    pytest.param("if os.names:\n import x", [None], id="another name"),
    pytest.param("if TYPE_CHECKING:\n if sys.version_info > (3,):\n  import x", ["version"], id="the innermost wins"),
    pytest.param("if PY3:\n if os.name == 'nt':\n  import x", ["version"], id="platform replaces none"),
    pytest.param("try:\n def f():\n  import x\nexcept ImportError:\n pass", ["try"], id="within a function"),
]

ON_WINDOWS = "assert sys.platform == 'win32'"
KEPT = "HAS = sys.version_info >= (3, 11)\n"
MARK = "new = pytest.mark.skipif(\n    sys.version_info < (3, 11), reason='')\n"
SKIP = "pytest.mark.skipif(sys.version_info < (3, 11), reason='new')"
GUARDS += [
    pytest.param(f"import x\n{ON_WINDOWS}\nimport y", [None, "platform"], id="assert"),
    pytest.param("assert x\nimport y", [None], id="assert of another test"),
    pytest.param("assert not TYPE_CHECKING\nimport y", [None], id="assert: not type checking"),
    pytest.param(f"def f():\n {ON_WINDOWS}\n import x\nimport y", ["platform", None], id="assert: to its block's end"),
    pytest.param(f"def f():\n if a:\n  {ON_WINDOWS}\n  import x\n else:\n  import y\n import z",
                 ["platform", None, None], id="assert: not the other branch"),
    pytest.param(f"try:\n {ON_WINDOWS}\n import x\nexcept ImportError:\n import y", ["try", "try"],
                 id="assert: platform replaces none"),
    pytest.param("if sys.version_info < (3, 11):\n raise X\nimport x", ["version"], id="exit: raise"),
    pytest.param("if sys.version_info < (3, 11):\n raise X(\n  a)\n\n# c\nimport x", ["version"],
                 id="exit: raise, over lines"),
    pytest.param("if sys.platform != 'win32': raise X\nimport x", ["platform"], id="exit: on one line"),
    pytest.param("if os.name != 'nt': a; raise X\nimport x", ["platform"], id="exit: the last on the line"),
    pytest.param("def f():\n if PY2:\n  a\n  return\n import x\nimport y", ["version", None], id="exit: return"),
    pytest.param("for a in b:\n if PY2:\n  continue\n import x", ["version"], id="exit: continue"),
    pytest.param("if PY2:\n sys.exit('no')\nimport x", ["version"], id="exit: sys.exit"),
    pytest.param("if PY2:\n pytest.skip('no', allow_module_level=True)\nimport x", ["version"], id="exit: pytest.skip"),
    pytest.param("if PY2:\n raise X\n a\nimport x", [None], id="exit: not the last of the block"),
    pytest.param("if PY2:\n for a in b:\n  raise X\nimport x", [None], id="exit: further inside"),
    pytest.param("if PY2:\n if a:\n  raise X\nimport x", [None], id="exit: under another test"),
    pytest.param("if PY2:\n def f(): raise X\nimport x", [None], id="exit: of a function"),
    pytest.param("if PY2:\n raise X\nelse:\n a\nimport x", [None], id="exit: with an else"),
    pytest.param("if a:\n raise X\nimport x", [None], id="exit: another test"),
    pytest.param("if PY2:\n sys.path\nimport x", [None], id="exit: another statement"),
    pytest.param("if os.name:\n a\nif PY2:\n raise X\nimport x", ["version"], id="exit: the second test"),
    pytest.param("if not TYPE_CHECKING:\n raise X\nimport x", ["type-checking"], id="exit: not type checking"),
    pytest.param("if TYPE_CHECKING:\n raise X\nimport x", [None], id="exit: type checking"),
    pytest.param(f"@{SKIP}\ndef f():\n import x\nimport y", ["version", None], id="mark"),
    pytest.param(f"@{SKIP}\n@a\nasync def f():\n import x", ["version"], id="mark: above another decorator"),
    pytest.param(f"@a(\n  b)\n@{SKIP}\nclass C:\n def f(self):\n  import x\n\ndef g():\n import y", ["version", None],
                 id="mark: a class"),
    pytest.param("@pytest.mark.skipif(\n    sys.platform != 'win32',\n    reason='x',\n)\ndef f():\n import x",
                 ["platform"], id="mark: over lines"),
    pytest.param("@unittest.skipUnless(os.name == 'nt', 'x')\ndef f():\n import x", ["platform"], id="mark: unittest"),
    pytest.param("@skipif(a, reason=sys.platform)\ndef f():\n import x", [None], id="mark: another test"),
    pytest.param("@skipif(condition=f(PY2, 1), reason=a)\ndef f():\n import x", ["version"], id="mark: by keyword"),
    pytest.param(f"pytestmark = {SKIP}\nimport x\ndef f():\n import y", [None, "version"],
                 id="marks of the module: what is run at once is not skipped"),
    pytest.param(f"pytestmark = [a, {SKIP}]\nclass C:\n def f():\n  import y", ["version"], id="marks: in a list"),
    pytest.param(f"def f():\n pytestmark = {SKIP}\n def g():\n  import y", [None], id="marks: of no module"),
    pytest.param(f"{KEPT}if HAS:\n import x\nelse:\n import y", ["version", "version"], id="kept"),
    pytest.param(f"{KEPT}if a and not HAS:\n import x", ["version"], id="kept: in a longer test"),
    pytest.param(f"{KEPT}if TYPE_CHECKING or HAS:\n import x", ["version"], id="kept: beside type checking"),
    pytest.param(f"{KEPT}if not HAS:\n raise X\nimport x", ["version"], id="kept: exit"),
    pytest.param(f"{KEPT}assert HAS\nimport x", ["version"], id="kept: assert"),
    pytest.param(f"{KEPT}@skipif(not HAS)\ndef f():\n import x", ["version"], id="kept: mark"),
    pytest.param(f"{KEPT}HAS = HAS and a\nif HAS:\n import x", ["version"], id="kept: with a second value"),
    pytest.param(f"{KEPT}if a.HAS:\n import x\nif f(HAS=1):\n import y", [None, None], id="kept: not that name"),
    pytest.param("HAS: bool = (version_info[:2] > (3, 9))\nif HAS:\n import x", ["version"], id="kept: annotated"),
    pytest.param("V = sys.version_info[:2]\nif V > (3, 9):\n import x", ["version"], id="kept: the version"),
    pytest.param(f"def f():\n {KEPT}if HAS:\n import x", [None], id="kept: in a function"),
    pytest.param(f"{MARK}@new\ndef f():\n import x\ndef g():\n import y", ["version", None], id="kept: a mark"),
    pytest.param(f"{MARK}class C:\n @new\n def f():\n  import x", ["version"], id="kept: a mark, of a method"),
    pytest.param(f"{MARK}pytestmark = new\ndef f():\n import x", ["version"], id="kept: a mark, of a module"),
    pytest.param("W = sys.platform == 'win32'\nif W:\n import x\nif not W:\n import y", ["platform", "platform"],
                 id="kept: the platform"),
    pytest.param("W: bool = (platform.system() == 'Windows')\nif a and W:\n import x", ["platform"], id="kept: system"),
    pytest.param("W = os.name != 'nt'\nif not W:\n raise X\nimport x", ["platform"], id="kept: the platform, exit"),
    pytest.param("W = pytest.mark.skipif(os.name != 'nt')\n@W\ndef f():\n import x", ["platform"],
                 id="kept: a mark of the platform"),
    pytest.param("W = platform.engine\nif W:\n import x\nV = platform_of(a)\nif V:\n import y", [None, None],
                 id="kept: another platform"),
    pytest.param("HAS = f(sys.version_info)\nif HAS:\n import x", [None], id="what a call makes of it"),
    pytest.param("V = sys.version_info if V else 1\nif V:\n import x", ["version"], id="kept: of itself"),
]  # fmt: skip


@pytest.mark.parametrize(("source", "guards"), [
    pytest.param("if TYPE_CHECKING:\n if PY3:\n  import x", "type-checking version", id="a test within a test"),
    pytest.param("try:\n if PY3:\n  import x\nexcept ImportError:\n pass", "try version", id="in a try"),
    pytest.param("if PY3:\n try:\n  import x\n except ImportError:\n  pass", "try version", id="a try in it"),
    pytest.param(f"{ON_WINDOWS}\nif PY2:\n raise X\nimport x", "platform version", id="what stands before it"),
    pytest.param(f"@{SKIP}\ndef f():\n {ON_WINDOWS}\n pytest.importorskip('x')", "platform try version", id="a mark"),
    pytest.param("if TYPE_CHECKING:\n a\nelif PY3:\n import x", "version", id="the other branch"),
    pytest.param("if PY3:\n a\nelif TYPE_CHECKING:\n import x", "type-checking version", id="and of one"),
    pytest.param("import x", "", id="none"),
])  # fmt: skip
def test_guards_add_up(source, guards):
    assert [sorted(one.guards) for one in find_imports(source.encode())[0]] == [guards.split()]
    assert [sorted(one.guards) for one in tolerant.find_imports(source)] == [guards.split()]
    usual = exact_usual.find_imports(source)
    assert usual is None or [sorted(one.guards) for one in usual] == [guards.split()]


@pytest.mark.parametrize(("source", "guards"), GUARDS)
def test_guards(source, guards):
    imports, warning = find_imports(source.encode())
    assert ([one.guard for one in imports], warning) == (guards, None)


@pytest.mark.parametrize(("begins", "guard"), [
    pytest.param("def f(a, *, HAS):\n", None, id="a parameter"),
    pytest.param("def f():\n HAS = a()\n", None, id="a variable"),
    pytest.param("def f():\n global HAS\n HAS = a()\n", "version", id="a global one"),
    pytest.param("def f(a):\n b = 1\n", "version", id="others"),
])  # fmt: skip
def test_a_functions_own_name_hides_the_test_that_is_kept_in_it(begins, guard):
    """The scan of a broken text, which knows no functions, takes it for the test."""
    source = f"{KEPT}{begins} if HAS:\n  import x\nif HAS:\n import y"
    assert [one.guard for one in find_imports(source.encode())[0]] == [guard, "version"]


def test_a_decorator_that_keeps_a_test_of_several_values_has_a_place():
    source = b"A = sys.platform == 'x'\nA = b or A\n@A\ndef f():\n import x"
    assert _places(find_imports(source)[0]) == [("x", (), 5, 2)]


@pytest.mark.parametrize(("source", "guards"), GUARDS)
def test_scan_tells_the_same_guards(source, guards):
    assert [one.guard for one in tolerant.find_imports(source)] == guards


@pytest.mark.parametrize(
    ("source", "modules", "warning"),
    [
        pytest.param(b"import a\nx = = 1\n", ["a"], "does not parse as Python (line 2)", id="broken"),
        pytest.param(b"print 'x'\nimport a\n", ["a"], "does not parse as Python (line 1)", id="Python 2"),
        pytest.param(b"import a\nx = '\0'\n", ["a"], "does not parse as Python", id="null byte"),
        pytest.param(b"import a\n# \xe9\n", ["a"], "is not UTF-8; it was read as Latin-1", id="undecodable"),
        pytest.param("import a".encode("utf-16"), [], "is not UTF-8; it was read as Latin-1", id="UTF-16"),
        pytest.param(b"# coding: x-y\nimport a", ["a"], "cannot be read as x-y", id="unknown encoding"),
        pytest.param(
            b"# coding: punycode\nimport a #-", ["a"], "cannot be read as punycode", id="takes quadratic time"
        ),
        pytest.param(
            b"# coding: _IDNA\nimport a", ["a"], "cannot be read as -idna", id="so does this, by another name"
        ),
        pytest.param(b"# coding: utf-16\nimport a\n", ["a"], "cannot be read as utf-16", id="no encoding of source"),
        pytest.param(b"# coding: cp037\nimport a", ["a"], "cannot be read as cp037", id="of another alphabet"),
        pytest.param(b"# coding: ascii\nimport a # \xc3\xa9", ["a"], "cannot be read as ascii", id="not as stated"),
    ],
)
def test_warnings(source, modules, warning):
    imports, text = find_imports(source)
    assert [one.module for one in imports] == modules
    assert text is not None
    assert text.startswith(warning)


LONG = f"{'1' * 10_000}\n" * 500  # 5 MB


@pytest.mark.parametrize(
    "source",
    [
        pytest.param("lazy import a", id="3.15: lazy imports"),
        pytest.param("try:\n import a\nexcept A, B:\n pass", id="3.14: except without parentheses"),
        pytest.param("x = t'{y}'\nimport a", id="3.14: t-strings"),
        pytest.param("class C[T = int]:\n import a", id="3.13: defaults of type parameters"),
        pytest.param("type X = int\nimport a", id="3.12: type statement"),
        pytest.param("x = f'{d['k']}'\nimport a", id="3.12: quotes within f-strings"),
        pytest.param("import a\nx = " + "-" * 100_000 + "1", id="too deep for this Python"),
        pytest.param("import a\nx = '''" + LONG + "'''\nimport a", id="over 4 MiB"),
        pytest.param("import a\nx = = 1\n#" + ";" * 500_000, id="too many signs: not parsed"),
        pytest.param("import a\nx = = 1\n#" + LONG.replace("\n", "\n#"), id="over 4 MiB: not parsed"),
    ],
)
def test_what_is_only_newer_or_larger_gives_no_warning(source):
    imports, warning = find_imports(source.encode())
    assert ({one.module for one in imports}, warning) == ({"a"}, None)


def test_a_test_too_deep_to_be_judged_guards_nothing():
    test = "not " * 2_000 + "TYPE_CHECKING"
    assert [one.guard for one in find_imports(f"if {test}:\n import x".encode())[0]] == [None]


def test_a_name_of_many_parts_is_not_parsed():
    """`ast` takes half a gigabyte for 40 kB of it; cut, it still has its first part."""
    imports, warning = find_imports(b"import a" + b".b" * 20_000 + b"\nimport c\nx = = 1")
    assert ([one.module for one in imports], warning) == (["a" + ".b" * 99, "c"], None)


def test_decode_keeps_what_is_no_line_end():
    assert decode(b"a\x0c\x1c\r\nb\rc") == ("a\x0c\x1c\nb\nc", None)


def test_half_a_surrogate_pair_hides_nothing():
    assert _places(find_imports(b"# coding: unicode_escape\nx = '\\ud800'\nimport a")[0]) == [("a", (), 3, 1)]


@pytest.mark.parametrize("how", ["error", "always"])
def test_warnings_are_neither_raised_nor_printed(how):
    r"""PYTHONWARNINGS=error makes an error of "\d" and of `1if`."""
    sources = [rb'import a; x = "\d"; y = 1if x else 2; x is 1', rb'import a; x = 1if y else 2 2; import_module("\d")']
    code = (
        f"from import_customs.imports import read_source\nfor x in {sources}: print(read_source('x.py', x).imports())"
    )
    env = os.environ | {"PYTHONWARNINGS": how, "PYTHONPATH": os.pathsep.join(sys.path)}
    run = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, text=True, check=True)
    found = [Import("a", (), 1, 1, None, spans=(Span(1, 8, 9),))]
    broken = "does not parse as Python (line 1); its imports were found by a scan"
    assert (run.stdout, run.stderr) == (f"{(found, [])}\n{(found, [broken])}\n", "")
