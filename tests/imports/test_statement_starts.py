"""What import statements begin with: usual files are cut so, others are left to the readers of lines.

That the screen says the same of both is held by `fuzz.targets.screened`.
"""

import pytest

from import_customs.imports.statement_starts import usual_starts


@pytest.mark.parametrize(
    ("source", "starts"),
    [
        pytest.param(b"from a.b import c, d\n  from a.b import e", {b"from a.b import"}, id="cut, and met twice"),
        pytest.param(b"import a, b\n\timport c", {b"import a, b", b"import c"}, id="needed to its end"),
        pytest.param(b"x = '''how to import this'''\n# an import\n", set(), id="nothing that begins a statement"),
        pytest.param(b"from . import a\nfrom ..b import c\n", set(), id="relative"),
        pytest.param(
            b"x = 1; import a\nif x: from b import c\n", {b"x = 1; import a", b"if x: from b import c"}, id="in"
        ),
        pytest.param(b"import a; import b", {b"import a; import b"}, id="two in a line"),
        pytest.param(b"from a.importer import b\n", {b"from a.importer import b"}, id="a name that holds the word"),
        pytest.param(b"import_module('a')\n", {b"import_module('a')"}, id="a call"),
        pytest.param(b"p.importorskip('a')\n", {b"p.importorskip('a')"}, id="a call, after what else begins nothing"),
        pytest.param(b"x from b import_module(y)", {b"x from b import_module(y)"}, id="what is left of `yield from`"),
        pytest.param(b"from b import_module(y)", {b"from b import_module(y)"}, id="likewise"),
        pytest.param(b"import a\r\nfrom b import c\r\n", {b"import a", b"from b import"}, id="lines of Windows"),
        pytest.param(b"# coding: utf-8\nimport a\n", {b"import a"}, id="UTF-8 stated"),
        pytest.param(b"x = '\\n'\nfrom a import b  # '\\d'\n", {b"from a import"}, id="backslashes that end no line"),
        pytest.param(b"", set(), id="empty"),
        pytest.param(b"import", {b"import"}, id="the word alone"),
    ],
)
def test_starts(source, starts):
    assert usual_starts(source) == starts


@pytest.mark.parametrize(
    "source",
    [
        pytest.param(b"from a \\\n import b", id="continued"),
        pytest.param(b"x\x0bimport a", id="a vertical tab"),
        pytest.param(b"x\rimport a\r", id="a carriage return ends a line"),
        pytest.param(b"import a\0", id="a null byte"),
        pytest.param("import a".encode("utf-16"), id="UTF-16"),
        pytest.param(b"\xef\xbb\xbfimport a", id="byte-order mark"),
        pytest.param(b"# coding: latin-1\nimport a", id="another encoding"),
        pytest.param(b"\n# coding: utf-7\n+AGkAbQBwAG8AcgB0- a", id="another encoding, in the second line"),
        pytest.param(b"import a\n# /// script\n# ///\n", id="a script with metadata"),
        pytest.param(b"# Databricks notebook source\nimport a", id="a notebook"),
    ],
)
def test_unusual_files_are_left(source):
    assert usual_starts(source) is None
