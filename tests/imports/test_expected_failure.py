"""Imports that a test expects to fail."""

import pytest

from import_customs.imports.expected_failure import fails_as_expected


@pytest.mark.parametrize(
    ("header", "body", "fails"),
    [
        pytest.param("with pytest.raises(ImportError):", "import a", True, id="pytest"),
        pytest.param("with raises(ModuleNotFoundError, match='x') as e:", "import a", True, id="by its bare name"),
        pytest.param("with pytest.raises((ImportError, OSError)):", "import a", True, id="one of several errors"),
        pytest.param("with pytest.raises(expected_exception=ImportError):", "import a", True, id="by its keyword"),
        pytest.param("with self.assertRaises(ImportError):", "import a", True, id="unittest"),
        pytest.param("with self.assertRaisesRegex(ImportError, 'x'):", "import a", True, id="unittest, with words"),
        pytest.param("with pytest.raises(\n    ImportError, match='x'\n  ):", "import a", True, id="on several lines"),
        pytest.param("with without('a'), raises(ImportError):", "import a", True, id="behind another"),
        pytest.param("with (\n    raises(ImportError),\n  ):", "import a", True, id="in brackets"),
        pytest.param("with pytest.raises(ImportError):", "# why\n    import a", True, id="below a comment"),
        pytest.param("with pytest.raises(ImportError):", "from a import (\n      b,\n    )", True, id="names below it"),
        pytest.param("with pytest.raises(ImportError):", "import_module('a')", True, id="by a call"),
        pytest.param("with pytest.raises(ImportError):", "b = import_module('a')", True, id="by a call for a name"),
        pytest.param("with pytest.raises(ImportError):", "b(import_module('a'))", False, id="within another call"),
        pytest.param("with pytest.raises(ImportError):", "import b, a", False, id="one of two"),
        pytest.param("with pytest.raises(ImportError):", "import a; a.run()", False, id="not alone on its line"),
        pytest.param(
            "with pytest.raises(ImportError):", "import a\n    a.run()", False, id="not alone: the rest may fail"
        ),
        pytest.param("with pytest.raises(ImportError):", "b()\n    import a", False, id="behind what may fail"),
        pytest.param("with pytest.raises(ValueError):", "import a", False, id="another error"),
        pytest.param("with pytest.raises(ValueError):  # ImportError", "import a", False, id="only in a comment"),
        pytest.param("with pytest.raises(ValueError, ImportError):", "import a", False, id="as another argument"),
        pytest.param("with suppress(ImportError):", "import a", False, id="a guard"),
        pytest.param("with pytest.warns(ImportError):", "import a", False, id="no failure"),
        pytest.param("if pytest.raises(ImportError):", "import a", False, id="no block of it"),
        pytest.param("with pytest.raises(ImportError) as:", "import a", False, id="a broken text"),
    ],
)
def test_fails_as_expected(header: str, body: str, *, fails: bool) -> None:
    text = f"def test():\n  {header}\n    {body}\n  done()"
    line = next(at for at, one in enumerate(text.split("\n"), 1) if "import" in one and "with" not in one)
    assert fails_as_expected(text, line) == fails


def test_only_what_is_in_the_block() -> None:
    text = "with raises(ImportError):\n    import a\nimport a"
    assert [fails_as_expected(text, line) for line in (1, 2, 3)] == [False, True, False]
