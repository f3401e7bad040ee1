"""Requirements files, by pip's documentation ("Requirements File Format"): text in, declarations out."""

import os
from pathlib import Path

import pytest

from conftest import written
from import_customs.model import RUNTIME
from import_customs.model.toml import parse
from import_customs.project.declarations import placed
from import_customs.project.dialects import requirements_file
from import_customs.project.dialects.dialect import ProjectFiles
from import_customs.project.dialects.requirements_file import NamedFile
from import_customs.repository.tree import Worktree


def read(folder: Path, files: dict[str, bytes]) -> tuple[list[tuple[str, int]], list[str]]:
    found = requirements_file.read_requirements_files(
        written(folder, files), [NamedFile("r.txt", RUNTIME, "pyproject.toml", 1)]
    )
    return [(one.name, one.line) for one in found.declarations], [*map(placed, found.lacking), *found.warnings]


@pytest.mark.parametrize(
    ("text", "declared"),
    [
        pytest.param(b"Requests>=2\nsix\n", [("requests", 1), ("six", 2)], id="plain"),
        pytest.param(b"# c\n\nsix # c\nx\t#y\n", [("six", 3), ("x", 4)], id="comments"),
        pytest.param(
            b"six==1 \\\n    --hash=sha256:aa \\\n    --hash=sha256:bb\nb\n",
            [("six", 1), ("b", 4)],
            id="hashes, continued",
        ),
        pytest.param(b"tomli; python_version < '3.11'\n", [("tomli", 1)], id="marker"),
        pytest.param(b"celery[redis]==5\n", [("celery", 1)], id="extras"),
        pytest.param(b"a @ https://example.invalid/a-1.zip\n", [("a", 1)], id="name at URL"),
        pytest.param(b"git+https://example.invalid/x/y.git@v1#egg=z\n", [("z", 1)], id="egg"),
        pytest.param(
            b"-e git+ssh://git@example.invalid/x/y.git#egg=z[a]&subdirectory=s\n", [("z", 1)], id="editable egg"
        ),
        pytest.param(b"-e ./libs/other\n--editable=libs/more\n", [("other", 1), ("more", 2)], id="editable folders"),
        pytest.param(b"-e ..\nsix\n", [("six", 2)], id="a folder above that is called nothing"),
        pytest.param(b"https://example.invalid/foo_bar-1.0-py3-none-any.whl\n", [("foo-bar", 1)], id="wheel"),
        pytest.param(b"git+https://x.invalid/yaml/pyyaml.git@6.0.2\n", [("pyyaml", 1)], id="repository at a revision"),
        pytest.param(b"git+ssh://git@x.invalid/psf/requests.git\n", [("requests", 1)], id="repository, with a user"),
        pytest.param(b"git+https://x.invalid/a/b.git@release/6\n", [("b", 1)], id="revision with a slash"),
        pytest.param(b"git+https://x.invalid/pallets/click@8.1\n", [("click", 1)], id="repository without .git"),
        pytest.param(b"https://github.com/Textualize/rich/archive/refs/heads/main.zip\n", [("rich", 1)], id="archive"),
        pytest.param(b"https://x.invalid/a/sub/b/-/archive/v1-2/b-v1-2.tar.gz\n", [("b", 1)], id="GitLab's archive"),
        pytest.param(b"https://codeload.github.com/a/b/zip/refs/tags/1.0-2\n", [("b", 1)], id="what it leads to"),
        pytest.param(b"https://api.github.com/repos/a/b/tarball/main\n", [("b", 1)], id="a tarball"),
        pytest.param(b"https://x.invalid/zip/foo-1.0.zip\n", [("foo", 1)], id="a file of a folder called zip"),
        pytest.param(b".\\libs\\other\n-e libs\\more\n", [("other", 1), ("more", 2)], id="folders as on Windows"),
        pytest.param(b"C:\\w\\foo-1.0-py3-none-any.whl\nw\\b-2.0.zip\n", [("foo", 1), ("b", 2)], id="wheels as there"),
        pytest.param(b"-i https://example.invalid/simple\n--no-binary :all:\nsix\n", [("six", 3)], id="options"),
        pytest.param(b"-c c.txt\nsix\n", [("six", 2)], id="constraints declare nothing"),
        pytest.param("\ufeffsix\r\nb\r\n".encode(), [("six", 1), ("b", 2)], id="mark, CRLF"),
        pytest.param("\ufeffsix\n".encode("utf-16-le"), [("six", 1)], id="UTF-16"),
        pytest.param("\ufeffsix\n".encode("utf-32-le"), [("six", 1)], id="UTF-32"),
        pytest.param(b"# -*- coding: latin-1 -*-\nsix # \xe9\n", [("six", 2)], id="cookie"),
        pytest.param(b"# coding: undefined\nsix\n", [("six", 2)], id="a codec that reads nothing"),
        pytest.param(b"six # \xe9\n", [("six", 1)], id="not UTF-8"),
        pytest.param(b"", [], id="empty"),
    ],
)
def test_declared(tmp_path: Path, text: bytes, declared: list[tuple[str, int]]) -> None:
    assert read(tmp_path, {"r.txt": text, "c.txt": b"numpy\n"}) == (declared, [])


def test_quotes_around_a_path_are_the_shell_s(tmp_path: Path) -> None:
    files = {"r.txt": b'-r "a b.txt"\n', "a b.txt": b"-r 'c.txt'\n", "c.txt": b"six\n"}
    assert read(tmp_path, files) == ([("six", 1)], [])


def test_nested_files_and_loops(tmp_path: Path) -> None:
    files = {
        "r.txt": b"-r sub/b.txt\nsix\n",
        "sub/b.txt": b"--requirement=../r.txt\n-r c.txt\n",
        "sub/c.txt": b"attrs\n",
    }
    assert read(tmp_path, files) == ([("six", 2), ("attrs", 1)], [])


@pytest.mark.parametrize(
    ("there", "declared"),
    [
        pytest.param({"sub/b.txt": b"six\n"}, [("six", 1)], id="a path as on Windows"),
        pytest.param({"sub\\b.txt": b"attrs\n", "sub/b.txt": b"six\n"}, [("attrs", 1)], id="a file that is called so"),
        pytest.param({"sub/b.txt": b"-r ..\\c.txt\n", "c.txt": b"six\n"}, [("six", 1)], id="and back"),
    ],
)
@pytest.mark.skipif(os.sep == "\\", reason="no file is called so there")
def test_backslash(tmp_path: Path, there: dict[str, bytes], declared: list[tuple[str, int]]) -> None:
    assert read(tmp_path, {"r.txt": b"-r sub\\b.txt\n", **there}) == (declared, [])


@pytest.mark.parametrize(
    ("glob", "declared"),
    [
        pytest.param("functions/*/requirements.txt", ["requests", "redis"], id="one a folder"),
        pytest.param("requirements*.txt", ["django", "pytest"], id="several in a folder"),
        pytest.param("**/requirements.txt", ["django", "requests", "redis", "celery"], id="at any depth"),
        pytest.param("deep/**", ["celery"], id="all below"),
        pytest.param("conda/*", ["flask"], id="no file of another format"),
        pytest.param("functions/[b]/requirements.txt", ["redis"], id="a set of characters"),
        pytest.param(r"functions\\*\\requirements.txt", ["requests", "redis"], id="as Windows writes it"),
        pytest.param("functions/requirements.txt", [], id="no such file"),
        pytest.param("*.in", [], id="nothing matches"),
    ],
)
def test_globs(tmp_path: Path, glob: str, declared: list[str]) -> None:
    files = {
        "requirements.txt": b"django\n",
        "requirements-dev.txt": b"pytest\n",
        "functions/a/requirements.txt": b"requests\n",
        "functions/b/requirements.txt": b"redis\n",
        "deep/er/requirements.txt": b"celery\n",
        "conda/environment.yml": b"dependencies:\n",
        "conda/pip.txt": b"flask\n",
    }
    read(tmp_path, files)
    document = parse(f'[tool.import-customs]\nrequirements-files = ["{glob}"]\n'.encode(), "pyproject.toml")
    found = requirements_file.read_for_project(ProjectFiles(Worktree(str(tmp_path)), "", document), [(glob, RUNTIME)])
    assert sorted(one.name for one in found.declarations) == sorted(declared)
    assert bool(found.lacking) == (not declared)


@pytest.mark.parametrize("where", ["libs/other", "sub/libs/other"])
def test_editable_folder_declares_the_project_there(tmp_path: Path, where: str) -> None:
    """The folder is seen by pip where it runs; some people write it as seen from the file."""
    files = {"r.txt": b"-r sub/b.txt\n", "sub/b.txt": b"-e ./libs/other[x]\n"}
    there = {f"{where}/pyproject.toml": b"[project]\nname = 'Of_Ours'\n"}
    assert read(tmp_path, files | there) == ([("of-ours", 1)], [])


@pytest.mark.parametrize(
    ("text", "warning"),
    [
        (b"\n-r none.txt\n", "r.txt:2:1: names none.txt: there is no such file"),
        (b"-r sub\n", "r.txt:1:1: names sub: it is a folder; `sub/*.txt` names the files in it"),
        (b"-r env.yml\n", "r.txt:1:1: names env.yml: it is no requirements file"),
        (
            b"-r ../../etc/x.txt\n",
            "r.txt:1:1: names ../../etc/x.txt: it is outside the repository; keep a copy inside, and name that",
        ),
        (
            b"-r https://x.invalid/y.txt\n",
            "r.txt:1:1: names https://x.invalid/y.txt: it is not in the repository; keep a copy inside, and name that",
        ),
        (b"six ???\n", "r.txt:1:1: not a valid requirement: 'six ???'; read as `six`"),
    ],
)
def test_what_is_odd_is_said(tmp_path: Path, text: bytes, warning: str) -> None:
    assert read(tmp_path, {"r.txt": text, "env.yml": b"name: six\n", "sub/b.txt": b""})[1] == [warning]
