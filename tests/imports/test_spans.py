"""Where the modules and the names of an import stand, in all three readers. That they agree: test_superset.py."""

import json
import sys

import pytest

from import_customs.imports import exact_ast, exact_usual, read_source, tolerant
from import_customs.model.span import Span

COUNTED_WRONG = sys.version_info < (3, 12)  # what `ast` says of the inside of an f-string


def shown(text: str, spans: tuple[Span, ...]) -> list[str]:
    """What stands at the spans, each with its line and column."""
    lines = text.split("\n")
    return [f"{one.line}:{one.column} {lines[one.line - 1][one.column - 1 : one.end_column - 1]}" for one in spans]


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        pytest.param("import a, b.c as d", ["1:8 a", "1:11 b.c"], id="a statement of several"),
        pytest.param("from a.b import c as d, e", ["1:6 a.b", "1:17 c", "1:25 e"], id="names, not their aliases"),
        pytest.param("from a import *", ["1:6 a"], id="a star is no name"),
        pytest.param("from a import (b)", ["1:6 a", "1:16 b"], id="brackets on one line"),
        pytest.param("from a import (\n  b,  # c\n  c\n)", ["1:6 a", "2:3 b", "3:3 c"], id="names over lines"),
        pytest.param("from \\\n  a import \\\n b", ["2:3 a", "3:2 b"], id="continued lines"),
        pytest.param("import a, \\\n  b", ["1:8 a", "2:3 b"], id="a module on the next line"),
        pytest.param("from\ta\timport\tb", ["1:6 a", "1:15 b"], id="tabs"),
        pytest.param("import a . b", ["1:8 a . b"], id="blanks within"),
        pytest.param("import a.b.\\\nc", ["1:8 a.b"], id="a name over lines: its first line"),
        pytest.param("import a.a, a", ["1:8 a.a", "1:13 a"], id="a module in the name of another"),
        pytest.param("from b import b", ["1:6 b", "1:15 b"], id="the name of its module"),
        pytest.param("x = 'é'; import a, é", ["1:17 a", "1:20 é"], id="columns are characters"),
        pytest.param("import ﬁle, b", ["1:8 ﬁle", "1:13 b"], id="the width in the file, not that of NFKC"),
        pytest.param("if x: from a import b", ["1:12 a", "1:21 b"], id="behind a colon"),
        pytest.param("x(i.import_module('a.b'))", ["1:20 a.b"], id="a call: within its quotes"),
        pytest.param("importorskip(\n  modname=r'''a''')", ["2:15 a"], id="by keyword, in other quotes"),
        pytest.param(r"__import__('\x61')", [r"1:12 '\x61'"], id="an escape: the string"),
        pytest.param("__import__('a\\\nb')", ["1:12 'a\\"], id="a string over lines: its first line"),
        pytest.param(
            "x = f'''{y}\n{z(import_module('a'))}'''",
            ["2:19 a"],
            id="in an f-string",
            marks=pytest.mark.skipif(COUNTED_WRONG, reason="`ast` miscounts"),
        ),
    ],
)
def test_spans(text: str, spans: list[str]) -> None:
    exact = exact_ast.find_imports(text)[0]
    assert [one for imported in exact for one in shown(text, imported.spans)] == spans
    assert exact_usual.find_imports(text) in (None, exact)
    assert tolerant.find_imports(text) == exact


def test_lazy_imports_have_their_own_places() -> None:
    text = "lazy from a import b\nlazy import c"
    assert [one for imported in tolerant.find_imports(text) for one in shown(text, imported.spans)] == [
        "1:11 a",
        "1:20 b",
        "2:13 c",
    ]


@pytest.mark.parametrize(
    ("source", "of_cell", "in_file"),
    [
        pytest.param(["x\n", "from a import (\n", " b)"], ["2:6-7", "3:2-3"], ["a", "b"], id="a string a line"),
        pytest.param(["x\nfrom a import (\n b)"], ["2:6-7", "3:2-3"], ["x", "x"], id="one string: where it begins"),
        pytest.param(["%%time\n", "  import a.b"], ["2:10-13"], ["a.b"], id="indented"),
    ],
)
def test_in_a_notebook_they_are_the_cell_s_and_the_file_s(
    source: list[str], of_cell: list[str], in_file: list[str]
) -> None:
    cell = {"cell_type": "code", "source": source}
    text = json.dumps({"cells": [cell], "metadata": {}, "nbformat": 4}, indent=1)
    spans = [span for one in read_source("x.ipynb", text.encode()).imports()[0] for span in one.spans]
    assert [f"{one.line}:{one.column}-{one.end_column}" for one in (span.cell for span in spans) if one] == of_cell
    assert [one.partition(" ")[2] for one in shown(text, tuple(spans))] == in_file


def test_databricks_counts_the_comment_s_sign() -> None:
    text = "# Databricks notebook source\n# MAGIC %python\n# MAGIC from a import b\n"
    (found,) = read_source("x.py", text.encode()).imports()[0]
    assert shown(text, found.spans) == ["3:14 a", "3:23 b"]
