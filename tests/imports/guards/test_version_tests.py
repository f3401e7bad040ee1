"""Which lines the tests of the Python version around them let run: text and Pythons in, answer out."""

import pytest

from import_customs.imports.guards import version_tests

PYTHONS = ("3.10", "3.11", "3.12")


@pytest.mark.parametrize(
    ("text", "runs"),
    [
        pytest.param("if sys.version_info < (3, 10):\n  import x", False, id="before all"),
        pytest.param("if sys.version_info < (3, 11):\n  import x", True, id="before some"),
        pytest.param("if sys.version_info >= (3, 9):\n  pass\nelse:\n  import x", False, id="the other branch"),
        pytest.param("if sys.version_info >= (3, 11):\n  pass\nelse:\n  import x", True, id="of some"),
        pytest.param("if sys.version_info >= (3, 13):\n  import x", False, id="after all"),
        pytest.param("if sys.version_info >= (3,):\n  import x", True, id="always"),
        pytest.param("if sys.version_info >= (3, 12, 4):\n  import x", True, id="a later release of one"),
        pytest.param("if not sys.version_info >= (3, 10):\n  import x", False, id="not"),
        pytest.param("if sys.version_info[:2] == (3, 9):\n  import x", False, id="two numbers"),
        pytest.param("if sys.version_info[0] < 3:\n  import x", False, id="one number"),
        pytest.param("if sys.version_info == (3, 11, 5):\n  import x", True, id="one release"),
        pytest.param("if sys.version_info < (3, 'a'):\n  import x", True, id="compared with a text"),
        pytest.param("A = sys.version_info < (3, 10)\nif A:\n  import x", False, id="kept in a name"),
        pytest.param("A = sys.version_info < (3, 11)\nif A:\n  import x", True, id="kept, before some"),
        pytest.param("A = sys.version_info < (3, 10)\nA = 1\nif A:\n  import x", True, id="with another value"),
        pytest.param("A = sys.version_info < (3, 10)\ndef f(A):\n  if A:\n    import x", True, id="a parameter's name"),
        pytest.param(
            "A = sys.version_info < (3, 10)\ndef g(*, A=1):\n  a\ndef f():\n  if A:\n    import x",
            False,
            id="of another function",
        ),
        pytest.param(
            "A = sys.version_info < (3, 10)\ndef f():\n  def g(A): a\n  b = lambda A: a\n  if A:\n    import x",
            False,
            id="of functions in the function",
        ),
        pytest.param(
            "A = sys.version_info < (3, 10)\ndef f(A):\n  def g():\n    if A:\n      import x",
            True,
            id="of one around it",
        ),
        pytest.param("A = sys.version_info[:2]\nif A < (3, 10):\n  import x", False, id="the version kept"),
        pytest.param("if version_info < (3, 8):\n  import x", False, id="imported by name"),
        pytest.param("if a:\n  pass\nelif sys.version_info < (3, 9):\n  import x", False, id="elif"),
        pytest.param("if version_info < (3, 12):\n  if version_info > (3, 12):\n    import x", False, id="both"),
        pytest.param("if PY310 or sys.version_info < (3, 9):\n  import x", True, id="it cannot be told"),
        pytest.param("if sys.version_info < LOWEST:\n  import x", True, id="compared with a name"),
        pytest.param("if sys.version_info < 3:\n  import x", True, id="compared with what it is not"),
        pytest.param("if sys.version_info < (3, 9):\n  pass\nimport x", True, id="after it"),
        pytest.param(
            "if " + "not " * 1_200 + "a:\n  if sys.version_info < (3, 9):\n    import x", False, id="in a deep one"
        ),
        pytest.param("if sys.version_info < (3, 9:\n  import x", True, id="does not parse"),
        pytest.param(
            "if sys.version_info < (3, 9):\n  import x\nelse:\n  y\nz = (", False, id="nothing after it matters"
        ),
        pytest.param(
            'if version_info < (3, 9):\n  import x\n"""\nversion_info\na\n"""\n', False, id="the last in a string"
        ),
    ],
)
def test_may_run(text: str, *, runs: bool) -> None:
    line = 1 + text[: text.index("import x")].count("\n") if "import x" in text else 1
    assert (line not in version_tests.lines_never_run(text, PYTHONS)) == runs
