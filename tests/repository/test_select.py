"""Arguments and a state in, paths from the root out."""

import os
from pathlib import Path

import pytest

from import_customs.model import CheckError
from import_customs.repository import select
from import_customs.repository.tree import Worktree


@pytest.mark.parametrize(
    ("argument", "cwd", "path"),
    [
        pytest.param("a.py", "", "a.py", id="plain"),
        pytest.param("sub/a.py", "", "sub/a.py", id="in a folder"),
        pytest.param("./a.py", "", "a.py", id="with a dot before it"),
        pytest.param("sub//a.py", "", "sub/a.py", id="two slashes"),
        pytest.param("sub/./a.py", "", "sub/a.py", id="a dot in the middle"),
        pytest.param("sub/../a.py", "", "a.py", id="there and back"),
        pytest.param("a..b.py", "", "a..b.py", id="two dots in a name"),
        pytest.param(".hidden.py", "", ".hidden.py", id="a hidden file"),
        pytest.param("-x.py", "", "-x.py", id="like an option"),
        pytest.param("sub/", "", "sub", id="a folder, with its slash"),
        pytest.param(".", "", "", id="the root"),
        pytest.param("a.py", "sub", "sub/a.py", id="from inside"),
        pytest.param("../a.py", "sub", "a.py", id="from inside, above"),
        pytest.param("..", "sub", "", id="from inside, the root"),
        pytest.param("{root}/sub/a.py", "", "sub/a.py", id="absolute"),
        pytest.param("{root}/sub/a.py", "sub", "sub/a.py", id="absolute, from inside"),
    ],
)
def test_from_root(tmp_path: Path, argument: str, cwd: str, path: str) -> None:
    root = os.path.realpath(tmp_path)
    assert select.path_from_root(root, os.path.join(root, cwd).rstrip("/"), argument.format(root=root)) == path


@pytest.mark.parametrize("argument", ["..", "../a.py", "/", "sub/../../a.py", "{root}x/a.py"])
def test_outside(tmp_path: Path, argument: str) -> None:
    with pytest.raises(CheckError, match="outside the repository"):
        select.path_from_root(str(tmp_path), str(tmp_path), argument.format(root=tmp_path))


METADATA = "# /// script\n# dependencies = []\n# ///\n"


@pytest.mark.parametrize(
    ("name", "text", "is_python"),
    [
        pytest.param("a.py", "", True, id="a module"),
        pytest.param("a.pyi", "", True, id="a stub"),
        pytest.param("a.pyw", "", True, id="a script without a console"),
        pytest.param("a.ipynb", "", True, id="a notebook"),
        pytest.param("tool", "#!/usr/bin/env python3\n", True, id="a script"),
        pytest.param("tool", f"#!/usr/bin/env -S uv run --script\n{METADATA}", True, id="a script of uv's"),
        pytest.param("tool", f"#!/usr/bin/env -S uv run -qs\n{METADATA}", True, id="a quiet one"),
        pytest.param("tool", f"#!/usr/bin/env -S pipx run\r\n{METADATA}", True, id="of another runner"),
        pytest.param("tool", "#!/usr/bin/env -S uv run --script\nprint()\n", False, id="without metadata"),
        pytest.param(
            "tool", f"#!/bin/sh\ncat > a.py <<END\n{METADATA}END\n", False, id="a shell script that writes one"
        ),
        pytest.param("tool", "#!/bin/sh\npython\n", False, id="a script of another language"),
        pytest.param("tool", "python\n", False, id="no script"),
        pytest.param("missing", None, False, id="not there"),
        pytest.param("app.wsgi", "", True, id="a web application"),
        pytest.param("box.pyt", "", True, id="a toolbox"),
        pytest.param("serve.tac", "", True, id="a service of Twisted"),
        pytest.param("sub/wscript", "", True, id="a build script of waf"),
        pytest.param("wscript.txt", "", False, id="only called so"),
        pytest.param("tool.txt", "#!/usr/bin/env python3\n", False, id="another suffix"),
        pytest.param("pyproject.toml", "", False, id="a project"),
    ],
)
def test_is_python(tmp_path: Path, name: str, text: str | None, *, is_python: bool) -> None:
    if text is not None:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text)
    assert select.is_python(name, Worktree(str(tmp_path))) is is_python


def test_tracked_scripts_are_executable(tmp_path: Path) -> None:
    for name in ("run", "run.cgi", "data"):
        (tmp_path / name).write_text("#!/usr/bin/python\n")
    (tmp_path / "shell.cgi").write_text("#!/bin/sh\n")
    (tmp_path / "odd.cgi").write_bytes(b"#!\xff\0\n")
    executable = dict.fromkeys(("run", "run.cgi", "shell.cgi", "odd.cgi"), "100755 2")
    entries = {"a.py": "100644 1", **executable, "data": "100644 3", "link.py": "120000 4", "sub.py": "160000 5"}
    assert select.tracked_python_files(entries, Worktree(str(tmp_path))) == ["a.py", "run", "run.cgi"]


@pytest.mark.skipif(os.name == "nt", reason="every file may be run there")
@pytest.mark.parametrize(
    ("text", "is_python"),
    [
        pytest.param("#!/usr/bin/env python3\n", True, id="Python"),
        pytest.param(f"#!/usr/bin/env -S uv run --script\n{METADATA}", True, id="a script of uv's"),
        pytest.param("#!/bin/sh\n", False, id="a shell script"),
    ],
)
def test_an_executable_of_any_suffix_is_looked_into(tmp_path: Path, text: str, *, is_python: bool) -> None:
    (tmp_path / "form.cgi").write_text(text)
    (tmp_path / "form.cgi").chmod(0o755)
    assert select.is_python("form.cgi", Worktree(str(tmp_path))) is is_python
