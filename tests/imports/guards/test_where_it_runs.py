"""On which Pythons and platforms the tests around a line and before it let it run: the last line of a text in."""

import pytest

from import_customs.imports.guards.where_it_runs import where_line_runs

ALL = frozenset((python, platform) for python in ("3.10", "3.11") for platform in ("linux", "darwin", "win32"))


@pytest.mark.parametrize(("text", "runs"), [
    pytest.param("import x", "3.10 3.11 linux darwin win32", id="anywhere"),
    pytest.param("if a:\n  import x", "3.10 3.11 linux darwin win32", id="under a test of something else"),
    pytest.param("if sys.platform == 'win32':\n  import x", "3.10 3.11 win32", id="one platform"),
    pytest.param("if sys.platform == 'win32':\n  a\nelse:\n  import x", "3.10 3.11 linux darwin", id="the others"),
    pytest.param("if sys.platform.startswith('win'):\n  import x", "3.10 3.11 win32", id="its beginning"),
    pytest.param("if platform.system() != 'Windows':\n  import x", "3.10 3.11 linux darwin", id="by its other name"),
    pytest.param("if sys.platform in ('linux', 'darwin'):\n  import x", "3.10 3.11 linux darwin", id="several"),
    pytest.param("assert os.name == 'nt'\nimport x", "3.10 3.11 win32", id="after an assertion"),
    pytest.param("if sys.version_info < (3, 11):\n  raise X\nimport x", "3.11 linux darwin win32", id="after an exit"),
    pytest.param("if sys.version_info >= (3, 11):\n  if os.name == 'nt':\n    import x", "3.11 win32", id="two tests"),
    pytest.param("A = sys.version_info >= (3, 11)\nif A:\n  import x", "3.11 linux darwin win32", id="kept in a name"),
    pytest.param("A = os.name == 'nt'\nif A:\n  import x", "3.10 3.11 win32", id="of the platform, kept in a name"),
    pytest.param("A = platform.system()\nif A == 'Windows':\n  import x", "3.10 3.11 win32", id="a name in a name"),
    pytest.param("A: bool = not sys.platform.startswith('win')\nif A:\n  import x", "3.10 3.11 linux darwin",
                 id="its beginning, kept in a name"),
    pytest.param("from sys import platform\nA = platform == 'linux'\nif A:\n  import x", None, id="imported"),
    pytest.param("A = skipif(os.name != 'nt')\n@A\ndef f():\n  import x", "3.10 3.11 win32",
                 id="a mark of the platform kept in a name"),
    pytest.param("if os.name == 'nt' and sys.version_info < (3, 11):\n  import x", "3.10 win32", id="both in one"),
    pytest.param("if not (os.name == 'nt'):\n  import x", "3.10 3.11 linux darwin", id="not"),
    pytest.param("@skipif(sys.version_info < (3, 11))\ndef f():\n  import x", "3.11 linux darwin win32", id="a mark"),
    pytest.param("A = skipif(sys.version_info < (3, 11))\n@A\ndef f():\n  import x", "3.11 linux darwin win32",
                 id="a mark kept in a name"),
    pytest.param("@skipUnless(os.name == 'nt', '')\ndef f():\n  import x", "3.10 3.11 win32", id="another mark"),
    pytest.param("pytestmark = [a, skipif(os.name != 'nt')]\ndef f():\n  import x", "3.10 3.11 win32", id="a module"),
    pytest.param("pytestmark = skipif(os.name != 'nt')\nimport x", "3.10 3.11 linux darwin win32", id="not by a mark"),
    pytest.param("a = __import__('x') if os.name == 'nt' else __import__('y')", None, id="a line of two choices"),
    pytest.param("try:\n  a\nexcept E:\n  if os.name == 'nt':\n    import x", "3.10 3.11 win32", id="in a handler"),
    pytest.param("if PY2:\n  import x", None, id="it cannot be told"),
    pytest.param("if sys.version_info < (3, 11, 4):\n  import x", None, id="only for some releases"),
    pytest.param("if os.name == NAME:\n  import x", None, id="compared with a name"),
    pytest.param("if os.name is 'nt':\n  import x", None, id="compared otherwise"),
    pytest.param("if os.name == 'nt'\n  import x", None, id="it does not parse"),
])  # fmt: skip
def test_where(text, runs):
    found = where_line_runs(text, text.count("\n") + 1, ALL)
    wanted = None if runs is None else {where for where in ALL if set(where) <= set(runs.split())}
    assert found == wanted
