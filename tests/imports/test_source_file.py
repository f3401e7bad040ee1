"""What a file is read as: one text for the exact step, the excerpts and the version tests."""

import json
from contextlib import nullcontext

import pytest

from import_customs.imports import read_source
from import_customs.model import CheckError

PYTHONS = ("3.11", "3.12")
OLD_IMPORT = "import sys\nif sys.version_info < (3, 9):\n    import a\n"


@pytest.mark.parametrize(
    ("source", "lines"),
    [
        pytest.param(b"import a\r\nb\rc", ["import a", "b", "c"], id="other line ends"),
        pytest.param(b"\xef\xbb\xbfimport a", ["import a"], id="a byte-order mark is no part of the line"),
        pytest.param(b"import a # \xc3\xa9", ["import a # é"], id="UTF-8"),
        pytest.param(b"import a # \xe9", ["import a # é"], id="Latin-1 that states nothing"),
        pytest.param(b"# coding: cp1251\nimport a # \xe9", ["# coding: cp1251", "import a # й"], id="as it states"),
        pytest.param(b"# coding: ascii\nimport a # \xc3\xa9", ["# coding: ascii", "import a # é"], id="not so"),
        pytest.param(
            b"# coding: unicode_escape\nx = '\\ud800'", ["# coding: unicode_escape", "x = '?'"], id="half a character"
        ),
    ],
)
def test_lines(source, lines):
    file = read_source("x.py", source)
    assert (file.lines, file.python) == (lines, "\n".join(lines))


@pytest.mark.parametrize(
    ("source", "is_refused"),
    [
        pytest.param("import a\n".encode("utf-16"), True, id="UTF-16"),
        pytest.param(b"\xfe\xff" + "import a\n".encode("utf-16-be"), True, id="of the other order"),
        pytest.param("import a\n".encode("utf-16-le"), True, id="without a byte-order mark"),
        pytest.param("import a\n".encode("utf-16-be"), True, id="of the other order, without one"),
        pytest.param("import a\n".encode("utf-32"), True, id="UTF-32"),
        pytest.param(b"", False, id="empty"),
        pytest.param(b"x\0\0", False, id="zeros"),
        pytest.param(b"\xef\xbb\xbfimport a", False, id="UTF-8 with a byte-order mark"),
        pytest.param(b"# \xe9\nimport a", False, id="Latin-1"),
    ],
)
def test_source_in_utf_16_is_refused(source, is_refused):
    with pytest.raises(CheckError, match="is UTF-16") if is_refused else nullcontext():
        read_source("x.py", source).refuse_unreadable()


def test_a_notebook_has_lines_of_json_and_python_of_cells():
    cells = [
        {"cell_type": "code", "source": ["import a\n", "%pip install b"]},
        {"cell_type": "markdown", "source": "c"},
    ]
    text = json.dumps({"cells": [*cells, {"cell_type": "code", "source": "d\r\n"}]}, indent=1)
    file = read_source("x.ipynb", text.replace("\n", "\r\n").encode())
    assert (file.lines, file.python) == (text.split("\n"), "import a\npass\n\nd\n")


@pytest.mark.parametrize(
    ("path", "source"),
    [
        pytest.param("x.py", OLD_IMPORT.encode(), id="a file"),
        pytest.param("x.py", b"\xef\xbb\xbf" + OLD_IMPORT.encode(), id="behind a byte-order mark"),
        pytest.param("x.py", b"# \xe9\r\n" + OLD_IMPORT.encode(), id="in Latin-1"),
        pytest.param(
            "x.ipynb",
            json.dumps({"cells": [{"cell_type": "code", "source": f"x = '\ud800'\n{OLD_IMPORT}"}]}).encode(),
            id="a cell with half a character",
        ),
    ],
)
def test_an_import_for_an_older_python_never_runs(path, source):
    file = read_source(path, source)
    imports, _ = file.imports()
    assert [(one.module, file.never_runs(one, PYTHONS)) for one in imports] == [("sys", False), ("a", True)]
    assert not file.never_runs(imports[1], ("3.8", *PYTHONS))
