"""What is too large, too deep or too much: it is told, in time that grows with the size, and in bounded memory."""

import sys

import pytest

from conftest import Repo

MiB = 1024**2
PROJECT = '[project]\nname = "demo"\ndependencies = []\n'
SETTINGS = "[tool.import-customs]\nrequirements-files = ['r.txt']\n"


def grow(repo: Repo, name: str, size: int) -> None:
    with (repo.path / name).open("ab") as file:
        file.truncate(size)  # a hole, which takes no room


@pytest.mark.parametrize(
    ("name", "size", "status", "err"),
    [
        pytest.param("b.py", 65 * MiB, 1, "warning: b.py is larger than 64 MiB; it was not checked\n", id="Python"),
        pytest.param(
            "b.ipynb", 65 * MiB, 1, "warning: b.ipynb is larger than 64 MiB; it was not checked\n", id="cells"
        ),
        pytest.param("program", 65 * MiB, 1, "", id="a program without a suffix"),
        pytest.param(
            "pyproject.toml",
            5 * MiB,
            2,
            "pyproject.toml: error: is too large or too deep to be read as TOML\n    nothing was checked\n",
            id="TOML",
        ),
        pytest.param(
            "pyproject.toml",
            65 * MiB,
            2,
            "pyproject.toml: error: is larger than 64 MiB\n    it is not read; leave it out, or make it smaller\n",
            id="very large TOML",
        ),
        pytest.param(
            "r.txt",
            9 * MiB,
            1,
            "warning: pyproject.toml:5:1: names r.txt: it is larger than 8 MiB; not read\n",
            id="requirements file",
        ),
        pytest.param(
            "uv.lock",
            65 * MiB,
            1,
            "warning: uv.lock: is larger than 64 MiB; the check goes on without it\n",
            id="lock file",
        ),
    ],
)
@pytest.mark.parametrize("arguments", [(), ("--scope=all",)], ids=["commit", "worktree"])
def test_too_large(repo: Repo, name: str, size: int, status: int, err: str, arguments: tuple[str, ...]) -> None:
    files = {"pyproject.toml": PROJECT + SETTINGS, "a.py": "import celery\n", "r.txt": "", "program": "#!/bin/sh\n"}
    repo.write(files | {name: files.get(name, "")})
    (repo.path / "program").chmod(0o755)
    grow(repo, name, size)
    repo.git("add", "--all", "--intent-to-add" if arguments else "--verbose")
    ran = repo.customs(*arguments, *([] if arguments else ["--staged"]))
    assert (ran.status, ran.err) == (status, err)
    assert ("a.py:1:1: undeclared" in ran.out) == (status == 1)


def test_too_large_from_standard_input(repo: Repo) -> None:
    repo.stage({"pyproject.toml": PROJECT})
    ran = repo.run(
        "sh", "-c", f"head -c {65 * MiB} /dev/zero | {sys.executable} -Im import_customs --stdin-filename a.py"
    )
    assert (ran.status, ran.out) == (2, "")
    assert ran.err == "a.py: error: is larger than 64 MiB\n    it is not read; leave it out, or make it smaller\n"
