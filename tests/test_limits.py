"""What is too large, too deep or too much: it is told, in time that grows with the size, and in bounded memory."""

import os
import sys
from collections.abc import Callable, Iterator

import pytest

from conftest import Repo

try:
    import resource
except ImportError:  # on Windows
    resource = None

MiB = 1024**2
PROJECT = '[project]\nname = "demo"\ndependencies = []\n'
SETTINGS = "[tool.import-customs]\nrequirements-files = ['r.txt']\n"


TOO_LARGE = "{}: error: is larger than 64 MiB\n    it is not read; leave it out, or make it smaller\n"


def grow(repo: Repo, name: str, size: int) -> None:
    with (repo.path / name).open("ab") as file:
        file.truncate(size)  # a hole, which takes no room


@pytest.fixture(scope="module")
def nothing(tmp_path_factory: pytest.TempPathFactory) -> Repo:
    """A repository with 65 MiB of zeros: to add them takes a second."""
    repo = Repo(tmp_path_factory.mktemp("nothing"))
    grow(repo, "zeros", 65 * MiB)
    repo.git("add", "zeros")
    return repo


def stage_as(repo: Repo, name: str, nothing: Repo) -> None:
    """Have the index say that the file holds those."""
    (repo.path / ".git" / "objects" / "info" / "alternates").write_text(f"{nothing.path.as_posix()}/.git/objects\n")
    mode = "100755" if os.access(repo.path / name, os.X_OK) else "100644"
    blob = nothing.git("rev-parse", ":zeros").strip()
    repo.git("update-index", "--add", "--cacheinfo", f"{mode},{blob},{name}")


@pytest.mark.parametrize(
    ("name", "size", "status", "err"),
    [
        pytest.param("b.py", 65 * MiB, 2, TOO_LARGE.format("b.py"), id="Python"),
        pytest.param("b.ipynb", 65 * MiB, 2, TOO_LARGE.format("b.ipynb"), id="cells"),
        pytest.param("program", 65 * MiB, 1, "", id="a program without a suffix"),
        pytest.param(
            "pyproject.toml",
            5 * MiB,
            2,
            "pyproject.toml: error: is too large or too deep to be read as TOML\n    make it smaller\n",
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
            2,
            "pyproject.toml:5:1: error: names r.txt: it is larger than 8 MiB\n"
            "    correct it: what is missing may be declared there\n",
            id="requirements file",
        ),
        pytest.param(
            "uv.lock",
            65 * MiB,
            1,
            "note: uv.lock: is larger than 64 MiB; the check goes on without it\n",
            id="lock file",
        ),
    ],
)
@pytest.mark.parametrize("arguments", [(), ("--scope=all",)], ids=["commit", "worktree"])
def test_too_large(
    repo: Repo, nothing: Repo, name: str, size: int, status: int, err: str, arguments: tuple[str, ...]
) -> None:
    files = {"pyproject.toml": PROJECT + SETTINGS, "a.py": "import celery\n", "r.txt": "", "program": "#!/bin/sh\n"}
    repo.write(files | {name: files.get(name, "")})
    (repo.path / "program").chmod(0o755)
    grow(repo, name, size)
    is_added = arguments or size < 65 * MiB
    repo.git("add", "--all", *(["--intent-to-add"] if arguments else []), "--", "." if is_added else f":!{name}")
    if not is_added:
        stage_as(repo, name, nothing)
    ran = repo.customs(*arguments, *([] if arguments else ["--staged"]))
    told = "" if err.startswith("note") and not arguments else err
    assert (ran.status, ran.err) == (status, told)
    assert ("a.py:1:8: undeclared" in ran.out) == (name != "pyproject.toml")


def test_too_large_from_standard_input(repo: Repo) -> None:
    repo.stage({"pyproject.toml": PROJECT})
    ran = repo.run(
        "sh", "-c", f"head -c {65 * MiB} /dev/zero | {sys.executable} -Im import_customs --stdin-filename a.py"
    )
    assert (ran.status, ran.out) == (2, "")
    assert ran.err == "a.py: error: is larger than 64 MiB\n    it is not read; leave it out, or make it smaller\n"


@pytest.fixture
def deep(repo: Repo) -> Iterator[str]:
    """A folder more than a thousand folders deep, which the repository holds with a file in it."""
    folder = "a/" * 1_100
    repo.run("mkdir", "-p", folder)
    repo.stage({"pyproject.toml": PROJECT, f"{folder}x.py": "import celery\n"})
    yield folder
    repo.run("rm", "-r", "a")  # pytest would recurse


@pytest.mark.parametrize("arguments", [(), ("--staged",), ("--fix",)])
def test_a_deep_folder(repo: Repo, deep: str, arguments: tuple[str, ...]) -> None:
    ran = repo.customs(*arguments)
    assert (ran.status, ran.err) == (1, "")
    assert f"{deep}x.py:1:8: undeclared: `celery`" in ran.out or arguments == ("--fix",)


@pytest.mark.parametrize(("depth", "status"), [(1_100, 1), (50_000, 2)], ids=["deep", "longer than any path"])
def test_a_deep_folder_that_is_not_there(repo: Repo, depth: int, status: int) -> None:
    repo.stage({"pyproject.toml": PROJECT})
    command = f"echo import celery | {sys.executable} -Im import_customs --stdin-filename {'a/' * depth}x.py"
    ran = repo.run("sh", "-c", command)
    assert (ran.status, "Traceback" in ran.err) == (status, False)


def test_deep_members_of_a_workspace(repo: Repo, deep: str) -> None:
    members = f"[tool.uv.workspace]\nmembers = ['{deep[:-1]}']\n"
    member = "[project]\nname = 'celery-of-ours'\nimport-names = ['celery']\n"
    repo.stage({"pyproject.toml": PROJECT + members, f"{deep}pyproject.toml": member, "b.py": "import celery\n"})
    ran = repo.customs("b.py")
    assert (ran.status, ran.err) == (1, "")
    assert "celery-of-ours" in ran.out


@pytest.mark.parametrize(
    ("name", "status", "err"),
    [
        pytest.param("src", 1, "", id="a folder"),
        pytest.param("setup.cfg", 1, "", id="a file that need not be read"),
        pytest.param("setup.py", 1, "", id="another"),
        pytest.param(
            "requirements.txt",
            2,
            "pyproject.toml:5:1: error: names requirements.txt: it cannot be read: Too many levels of symbolic links\n"
            "    correct it: what is missing may be declared there\n",
            id="a file that is to be read",
        ),
    ],
)
def test_a_long_chain_of_links(repo: Repo, name: str, status: int, err: str) -> None:
    settings = SETTINGS.replace("r.txt", name) if name == "requirements.txt" else ""
    repo.write({"pyproject.toml": PROJECT + settings, "a.py": "import celery\n"})
    for number in range(1_100):
        (repo.path / f"l{number}").symlink_to(f"l{number + 1}")
    (repo.path / "l1100").mkdir()
    (repo.path / name).symlink_to("l0")
    repo.git("add", "--all")
    ran = repo.customs("--scope", "all")
    assert (ran.status, ran.err) == (status, err)


def many_files(count: int) -> dict[str, str]:
    """Small files in one folder, each with a finding that is exempt by an entry of its own."""
    ignores = "".join(f'"/f{number}.py" = ["celery"]\n' for number in range(count))
    files = {f"f{number}.py": f"import os, celery, f{number * 7 % count}\n" for number in range(count)}
    return files | {"pyproject.toml": f"{PROJECT}[tool.import-customs.per-file-ignores]\n{ignores}"}


def many_modules(count: int) -> dict[str, str]:
    """One file that imports as many modules of which nothing is known."""
    return {"a.py": "".join(f"import nobody_has_{number}\n" for number in range(count)), "pyproject.toml": PROJECT}


def many_under_a_test(count: int) -> dict[str, str]:
    """One file that imports as many modules where the version of Python is one of those that the project supports."""
    imports = "".join(f"    import nobody_has_{number}\n" for number in range(count))
    return {"a.py": f"import sys\nif sys.version_info >= (3, 8):\n{imports}", "pyproject.toml": PROJECT}


def many_on_a_line(count: int) -> dict[str, str]:
    """One line with many imports, each of which may mean a file beside it."""
    text = 4 * count * "import celery.b;" + "\nif __name__ == '__main__':\n  pass\n"
    return {"p/a.py": text, "p/celery/b.py": "", "p/__init__.py": "", "pyproject.toml": PROJECT}


def many_distributions(count: int) -> dict[str, str]:
    """An environment with as many distributions, each of which requires the next."""
    site = ".venv/lib/python3.11/site-packages"
    files = {"a.py": "import celery, m7\n", "pyproject.toml": PROJECT, ".venv/pyvenv.cfg": ""}
    for number in range(count):
        files[f"{site}/d{number}-1.dist-info/METADATA"] = f"Name: d{number}\nRequires-Dist: d{number + 1}\n"
        files[f"{site}/d{number}-1.dist-info/RECORD"] = f"m{number}/__init__.py,,\n"
    return files


def many_paths(count: int) -> dict[str, str]:
    """An environment with one path file, named as often as it has lines, and each of those names one folder."""
    site = ".venv/lib/python3.11/site-packages"
    record = {f"{site}/d-1.dist-info/METADATA": "Name: d\n", f"{site}/d-1.dist-info/RECORD": "d.pth,,\n" * count}
    path = {f"{site}/d.pth": "".join(f"lib{'/' * (number % 20)}\n" for number in range(count)), "lib/m.py": ""}
    return {"a.py": "import m\n", "pyproject.toml": PROJECT, ".venv/pyvenv.cfg": "", **record, **path}


@pytest.mark.skipif(resource is None, reason="Windows says in another way what a process has used")
@pytest.mark.parametrize(
    "made", [many_files, many_modules, many_under_a_test, many_on_a_line, many_distributions, many_paths]
)
def test_time_grows_with_the_number(repo: Repo, made: Callable[[int], dict[str, str]]) -> None:
    """Four times as many take at most six times as long, and less than three times the memory."""
    spent = []
    for count in (250, 1_000):
        there = Repo(repo.path / made.__name__ / str(count))
        there.write({".gitignore": ".venv\n"} | made(count))
        there.git("add", "--all")
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        ran = there.run(sys.executable, "-I", "-c", MEASURED)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        assert ran.status in (0, 1), ran
        spent.append((after.ru_utime - before.ru_utime, int(ran.err.split()[-1])))
    (small_s, small), (large_s, large) = spent
    assert large_s < 6 * max(small_s, 0.08)
    assert large < 3 * small


MEASURED = """
import resource, sys
from import_customs.cli import main
status = main(["--scope=all", "--quiet"])
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, file=sys.stderr)
sys.exit(status)
"""


def test_as_many_names_as_a_command_line_holds(repo: Repo) -> None:
    """As prek gives them, which does not split: for files that are not there any more git is not asked one by one."""
    repo.stage({"pyproject.toml": PROJECT, "a.py": "import celery\n"})
    names = (f"{'folder/' * 14}f{number}.py" for number in range(15_000))
    ran = repo.hook("a.py", *names, PRE_COMMIT="1")
    assert (ran.status, ran.err) == (1, "")
