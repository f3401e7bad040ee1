"""Notebooks: which cells and lines are Python, and where their imports stand in the .ipynb file."""

import json

import pytest

from conftest import seconds
from import_customs.imports import read_source
from import_customs.imports.notebooks.magics import python_lines
from import_customs.model import CheckError


def _notebook(*cells, **metadata):
    return {
        "cells": [{"cell_type": "code", "metadata": {}, "outputs": [], "source": cell} for cell in cells],
        "metadata": metadata,
        "nbformat": 4,
    }


def _found(notebook, **form):
    source = json.dumps(notebook, **form).encode()
    notebook = read_source("x.ipynb", source)
    imports, warnings = notebook.imports()
    modules, unclear = notebook.screened()
    assert {one.module for one in imports} <= modules
    assert not unclear
    return [one.module for one in imports], warnings


@pytest.mark.parametrize(
    ("cell", "modules"),
    [
        pytest.param("import a\nawait f()", ["a"], id="await outside of a function"),
        pytest.param("%pip install x\n!ls\nimport a", ["a"], id="magics hide nothing"),
        pytest.param("!ls \\\n  import x\nimport a", ["a"], id="a shell line goes on after a backslash"),
        pytest.param("x = !ls\ny = %sql select\n?x\nx.y??\nimport a", ["a"], id="assigned and help lines"),
        pytest.param("%time import a\n%timeit -n 1 -r1 import b", ["a", "b"], id="magics that run Python"),
        pytest.param("x = %time __import__('a')", ["a"], id="assigned from a magic that runs Python"),
        pytest.param("if x:\n    %time import a\n    !ls\nimport b", ["a", "b"], id="indented"),
        pytest.param("\n%%time\nimport a", ["a"], id="cell magic that runs Python"),
        pytest.param("%%timeit import a\nimport b", ["a", "b"], id="cell magic with a statement"),
        pytest.param("%%capture out\nimport a", ["a"], id="cell magic with an argument"),
        pytest.param("%%bash\nimport x", [], id="another language"),
        pytest.param("%%unknown\nimport x", [], id="nobody knows what it runs"),
        pytest.param("%%python3\nimport a", ["a"], id="another Python"),
        pytest.param("%%script /usr/bin/python3 -u\nimport a", ["a"], id="another Python by its path"),
        pytest.param("%%script /usr/bin/env python3\nimport a", ["a"], id="another Python through env"),
        pytest.param("%%script --no-raise-error env -S X=1 python3.12\nimport a", ["a"], id="and with options"),
        pytest.param("%%script env bash\nimport x", [], id="a shell through env"),
        pytest.param("%%script\nimport x", [], id="nothing is named"),
        pytest.param("%%mypy --strict\nimport a", ["a"], id="a type checker reads it first"),
        pytest.param("%%pycodestyle\nimport a", ["a"], id="a linter does"),
        pytest.param("%%script bash\nimport x", [], id="a shell by its path"),
        pytest.param("%%px --targets 1\nimport a", ["a"], id="Python on other machines"),
        pytest.param("%px import a\n%px --targets ::2 import b\n%px -a import c", ["a", "b", "c"], id="a line of it"),
        pytest.param("%%capture\n%%time\nimport a", ["a"], id="two cell magics"),
        pytest.param("%%capture\n%%bash\nimport x", [], id="another language under a magic"),
        pytest.param("%%writefile a.py\nimport x", [], id="a file that is written"),
        pytest.param("%scala\nimport x", [], id="a language of Databricks"),
        pytest.param("%sql select 1\nimport a", ["a"], id="a line of another language"),
        pytest.param("# coding: cp037\nimport a", ["a"], id="a cell states no encoding"),
        pytest.param("x = '\ud800'\nimport a", ["a"], id="half a character"),
        pytest.param("x = 1\rimport a\r\nimport b\r\n", ["a", "b"], id="other line ends"),
        pytest.param(["import a\n", "import b"], ["a", "b"], id="a list of lines"),
        pytest.param('print("%s"\n      % 1)\nimport a', ["a"], id="an operator at the start of a line in brackets"),
        pytest.param("x = (1\n  /2\n  ,3)\nimport a", ["a"], id="other signs of magics there"),
        pytest.param('x = """\n%d\n!ls (\n"""\nimport a', ["a"], id="in a string over lines"),
        pytest.param("x = 1 \\\n  % 2\nimport a", ["a"], id="behind a backslash"),
        pytest.param("# why \\\n!ls\nimport a", ["a"], id="a comment does not go on"),
        pytest.param("!echo don't (\nx = (\n)\n%time import a", ["a"], id="what a magic leaves open"),
        pytest.param("x = '('  # (\n!ls\nimport a", ["a"], id="brackets in strings and comments"),
        pytest.param("  import a\n  if x:\n    import b\nimport c", ["a", "b", "c"], id="indented as a whole"),
        pytest.param("\n  %%time\n  import a", ["a"], id="and its magic too"),
        pytest.param("  %%bash\n  import a", [], id="and another language"),
        pytest.param(["import a", ".b\nimport c"], ["a.b", "c"], id="strings that are not lines"),
    ],
)
def test_cells(cell, modules):
    assert _found(_notebook(cell)) == (modules, [])


@pytest.mark.parametrize(
    ("cell", "modules"),
    [
        pytest.param("%sql select 1\nimport x", [], id="another language, with what it runs"),
        pytest.param("%python\nimport a", ["a"], id="Python"),
        pytest.param("%run ./other\nimport a", ["a"], id="no language"),
        pytest.param("%time\nimport a", ["a"], id="a magic that runs Python"),
    ],
)
def test_a_magic_is_the_language_of_its_cell_in_databricks(cell, modules):
    metadata = {"application/vnd.databricks.v1+notebook": {"language": "python"}}
    assert _found(_notebook(cell, **metadata)) == (modules, [])


def test_a_notebook_of_databricks_is_in_the_language_that_it_states():
    metadata = {"application/vnd.databricks.v1+notebook": {"language": "scala"}, "language_info": {"name": "python"}}
    assert _found(_notebook("import x", "\n%python\nimport a", ["%python\n", "import b"], **metadata)) == (
        ["a", "b"],
        [],
    )


@pytest.mark.parametrize(
    ("stated", "modules"),
    [
        pytest.param({"metadata": {"vscode": {"languageId": "r"}}}, [], id="R in VS Code"),
        pytest.param({"metadata": {"vscode": {"languageId": "python"}}}, ["a"], id="Python in VS Code"),
        pytest.param({"metadata": {"vscode": 7}}, ["a"], id="nothing that can be read"),
        pytest.param({"language": "ruby"}, [], id="Ruby in nbformat 3"),
        pytest.param({"metadata": {"dotnet_interactive": {"language": "csharp"}}}, [], id="C# in Polyglot Notebooks"),
        pytest.param({"metadata": {"kernel": "R"}}, [], id="R in SoS"),
    ],
)
def test_a_cell_that_states_its_language(stated, modules):
    notebook = _notebook("import a")
    notebook["cells"][0].update(stated)
    assert _found(notebook) == (modules, [])


@pytest.mark.parametrize(
    ("metadata", "modules"),
    [
        pytest.param({"dotnet_interactive": {"language": "python"}}, ["a"], id="Python in Polyglot Notebooks"),
        pytest.param({"polyglot_notebook": {"kernelName": "pythonkernel"}}, ["a"], id="by its kernel"),
        pytest.param({"kernel": "Python3"}, ["a"], id="Python in SoS"),
        pytest.param({}, [], id="unstated"),
    ],
)
def test_a_cell_of_python_in_a_notebook_of_another_language(metadata, modules):
    notebook = _notebook("import a", kernelspec={"language": "C#"})
    notebook["cells"][0]["metadata"] = metadata
    assert _found(notebook) == (modules, [])


def test_what_is_not_taken_for_python_is_said():
    notebook = _notebook("import a", "%%bash\nls", "%%time\nimport b", "%%unknown")
    assert read_source("x.ipynb", json.dumps(notebook).encode()).passed_over == [
        "cell 2 is not taken for Python: it begins with `%%bash`",
        "cell 4 is not taken for Python: it begins with `%%unknown`",
    ]


@pytest.mark.parametrize("indent", [None, 1], ids=["one line", "line by line"])
def test_the_first_cell_may_hold_metadata_of_a_script(indent):
    metadata = "# /// script\n# dependencies = ['a']\n# ///\n"
    notebook = _notebook(metadata.splitlines(keepends=True), "import a")
    notebook["cells"].insert(0, {"cell_type": "markdown", "source": "# Title"})
    text = json.dumps(notebook, indent=indent)
    script = read_source("x.ipynb", text.encode()).script.decode()
    assert script.lstrip("\n") == metadata
    assert script.partition("# ///")[0].count("\n") == text.partition("# ///")[0].count("\n")


@pytest.mark.parametrize("opened", ["(", "'don", "f('"])
def test_what_is_never_closed_hides_no_magic(opened):
    modules, warnings = _found(_notebook(f"x = {opened}\n%time import a\n"))
    assert (modules, len(warnings)) == (["a"], 1)


def test_a_name_behind_a_comma_at_the_start_of_a_line():
    source = json.dumps(_notebook("from a import (b\n  , c)")).encode()
    assert [one.names for one in read_source("x.ipynb", source).imports()[0]] == [("b", "c")]


@pytest.mark.parametrize("lines", ["x = (\n%d '\n", "x = '''\n(", "x = '\n", "x = '\\\n"])
def test_what_is_never_closed_takes_no_square_of_time(lines):
    few, more = (
        seconds(lambda cell=lines * count: python_lines(cell, in_databricks=False)) for count in (2_000, 20_000)
    )
    assert more < 40 * few + 0.1


def test_a_broken_cell_hides_no_other():
    warning = "cell 2 does not parse as Python (line 2); its imports were found by a scan"
    assert _found(_notebook("import a", "import b\nx = = 1", "import c")) == (["a", "b", "c"], [warning])


@pytest.mark.parametrize(
    ("metadata", "modules"),
    [
        pytest.param({}, ["a"], id="unstated"),
        pytest.param({"kernelspec": {"language": "python", "name": "x"}}, ["a"], id="Python"),
        pytest.param({"language_info": {"name": "ipython"}}, ["a"], id="IPython"),
        pytest.param({"kernelspec": {"language": "julia"}}, [], id="Julia"),
        pytest.param({"kernelspec": 7, "language_info": {"name": "R"}}, [], id="R"),
    ],
)
def test_kernels(metadata, modules):
    assert _found(_notebook("import a", **metadata)) == (modules, [])


def test_nbformat_3():
    cell = {"cell_type": "code", "input": "import a", "language": "python"}
    assert _found({"worksheets": [{"cells": [cell]}], "nbformat": 3}) == (["a"], [])


@pytest.mark.parametrize("indent", ["", "  "])
def test_places_are_those_of_the_file(indent):
    """Line by line, as Jupyter writes it, a place is exact."""
    lines = ["import a\n", "if x:\n", "    import b\n", "c = 1; import c\n", "%time import d\n"]
    notebook = _notebook(["# import a\n"], [indent + line for line in lines])
    notebook["cells"][0]["outputs"] = [{"source": "import a\n", "text": lines}]
    text = json.dumps(notebook, indent=1)
    for one in read_source("x.ipynb", text.encode()).imports()[0]:
        line = text.split("\n")[one.line - 1]
        assert line[one.column - 1 :].startswith(f"import {one.module}")
        assert one.line > text.count("\n", 0, text.rindex('"source"'))


def test_places_of_worksheets_before_the_cells():
    first, second = (f'"cells": [{{"cell_type": "code",\n"source": "import {name}"}}]' for name in "ba")
    text = f'{{"worksheets": [{{{first}}}],\n{second}}}'
    assert [one[:4] for one in read_source("x.ipynb", text.encode()).imports()[0]] == [
        ("a", (), 4, 12),
        ("b", (), 2, 12),
    ]


@pytest.mark.parametrize("form", [{}, {"indent": 1}], ids=["one line", "line by line"])
def test_cells_are_counted_over_all(form):
    notebook = _notebook("x = 1\n%time import a\n", "  import b\n  if x: import c")
    notebook["cells"].insert(1, {"cell_type": "markdown", "source": "import d"})
    imports, _ = read_source("x.ipynb", json.dumps(notebook, **form).encode()).imports()
    assert [(one.module, *one.cell[:3]) for one in imports] == [("a", 1, 2, 7), ("b", 3, 1, 3), ("c", 3, 2, 9)]


def test_a_string_of_many_lines_is_the_place_of_all():
    text = '{"cells": [\n{"cell_type": "code", "source":\n "import a\\n\\nif x: import b\\n"}]}'
    assert [one[:4] for one in read_source("x.ipynb", text.encode()).imports()[0]] == [("a", (), 3, 3), ("b", (), 3, 3)]


@pytest.mark.parametrize(
    ("source", "place"),
    [
        pytest.param(b"", None, id="empty"),
        pytest.param(b"[]", None, id="no notebook"),
        pytest.param(b'{"cells": 7, "metadata": []}', None, id="wrong types"),
        pytest.param(b"version https://git-lfs.github.com/spec/v1\nsize 1\n", None, id="a pointer of Git LFS"),
        pytest.param(b'{"cells": [7, {"cell_type": "code", "source": 7}]}', None, id="wrong types in cells"),
        pytest.param(b"{", (1, 2), id="broken JSON"),
        pytest.param(b'{\n<<<<<<< HEAD\n"cells": []}', (2, 1), id="marks of a merge"),
        pytest.param('{"cells": []}'.encode("utf-16"), (1, 1), id="UTF-16"),
        pytest.param(b"[" * 200_000, (0, 0), id="too deep"),
        pytest.param(b'{"x": ' + b"9" * 9_999 + b"}", (0, 0), id="large number"),
    ],
)
def test_no_crash(source, place):
    assert read_source("x.ipynb", source).imports() == ([], [])
    assert read_source("x.ipynb", source).screened() == (set(), False)
    if place is None:
        read_source("x.ipynb", source).refuse_unreadable()
        return
    with pytest.raises(CheckError, match="is not a notebook: its JSON cannot be read") as refused:
        read_source("x.ipynb", source).refuse_unreadable()
    assert (refused.value.path, refused.value.line, refused.value.column) == ("x.ipynb", *place)
