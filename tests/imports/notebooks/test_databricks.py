"""Notebooks that Databricks keeps as files of Python: which cells in comments are Python, and where they import."""

import pytest

from import_customs.imports import read_source

HEADER = "# Databricks notebook source"


def found(*cells: str) -> list[tuple[object, ...]]:
    """The imports of a notebook of these cells, with their lines and columns."""
    file = read_source("n.py", "\n# COMMAND ----------\n".join((HEADER, *cells)).encode())
    imports, warnings = file.imports()
    assert {one.module for one in imports} <= file.screened()[0]
    assert warnings == []
    return [(one.module, one.line, one.column) for one in imports]


@pytest.mark.parametrize(
    ("cells", "imports"),
    [
        pytest.param(["import a"], [("a", 3, 1)], id="a cell of Python"),
        pytest.param(["# MAGIC %scala\n# MAGIC import x", "import a"], [("a", 6, 1)], id="a cell in Scala"),
        pytest.param(["# MAGIC %md\n# MAGIC from here on we import data"], [], id="a text"),
        pytest.param(["# MAGIC %sql select 1\n# MAGIC\n# MAGIC import x"], [], id="SQL behind its magic"),
        pytest.param(["# MAGIC %python\n# MAGIC import a"], [("a", 4, 9)], id="Python that says so"),
        pytest.param(
            ["# DBTITLE 1,Load\n# MAGIC %load_ext x\n# MAGIC if y:\n# MAGIC   import a"],
            [("a", 6, 11)],
            id="Python that a magic begins",
        ),
        pytest.param(["# MAGIC %pip install x", "import a"], [("a", 5, 1)], id="what is installed"),
        pytest.param(["# MAGICIAN import x"], [], id="a comment that only begins so"),
    ],
)
def test_cells(cells: list[str], imports: list[tuple[object, ...]]) -> None:
    assert found(*cells) == imports


def test_without_its_first_line_a_comment_is_none_of_it() -> None:
    assert read_source("n.py", b"# MAGIC import x\n").screened() == (set(), False)
