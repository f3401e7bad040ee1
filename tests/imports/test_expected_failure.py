"""Imports that a test expects to fail."""

import pytest

from import_customs.imports.expected_failure import fails_as_expected


@pytest.mark.parametrize(
    ("header", "body", "fails"),
    [
        pytest.param("with pytest.raises(ImportError):", "import a", True, id="pytest"),
        pytest.param("with raises(ModuleNotFoundError, match='x') as e:", "import a", True, id="by its bare name"),
        pytest.param("with pytest.raises((ImportError, OSError)):", "import a", True, id="one of several errors"),
        pytest.param("with self.assertRaises(ImportError):", "import a", True, id="unittest"),
        pytest.param("with self.assertRaisesRegex(ImportError, 'x'):", "import a", True, id="unittest, with words"),
        pytest.param("with pytest.raises(ImportError):", "# why\n    import a", True, id="below a comment"),
        pytest.param(
            "with pytest.raises(ImportError):", "import a\n    a.run()", False, id="not alone: the rest may fail"
        ),
        pytest.param("with pytest.raises(ImportError):", "b()\n    import a", False, id="behind what may fail"),
        pytest.param("with pytest.raises(ValueError):", "import a", False, id="another error"),
        pytest.param("with suppress(ImportError):", "import a", False, id="a guard"),
        pytest.param("with pytest.warns(ImportError):", "import a", False, id="no failure"),
        pytest.param("if pytest.raises(ImportError):", "import a", False, id="no block of it"),
    ],
)
def test_fails_as_expected(header: str, body: str, *, fails: bool) -> None:
    text = f"def test():\n  {header}\n    {body}\n  done()"
    line = text.split("\n").index("    import a") + 1
    assert fails_as_expected(text, line) == fails


def test_at_the_end_of_the_text() -> None:
    assert fails_as_expected("with raises(ImportError):\n    import a", 2)
