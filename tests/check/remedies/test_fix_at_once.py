"""Several at once, killed at any moment, without room or the right to write: nothing is lost, and all is told."""

import itertools
import json
import os
import shutil
import subprocess
import sys
import tomllib
from contextlib import suppress
from pathlib import Path

import pytest

from conftest import IN_CI, IS_ROOT, Ran, Repo

try:
    import resource
except ImportError:  # on Windows
    resource = None

PROJECT = '# kept\n[project]\nname = "demo"\ndependencies = [\n    "requests",  # kept\n]\n'
HOOK = [sys.executable, "-I", "-m", "import_customs"]
NAMES = ("celery", "boto3", "networkx", "tenacity", "aiohttp", "web3")
BUSY = "has been changed by something else meanwhile"


def start(repo: Repo, *arguments: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [*HOOK, *arguments], cwd=repo.path, env=repo.environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )


def declared(repo: Repo, path: str = "pyproject.toml") -> list[str]:
    text = (repo.path / path).read_text()
    assert text.startswith("# kept\n")
    assert '"requests",  # kept\n' in text
    listed: list[str] = tomllib.loads(text)["project"]["dependencies"]
    return listed


AT_ONCE = """
import json, os, sys
from import_customs.__main__ import run
children = []
for number, arguments in enumerate(json.loads(sys.argv[1])):
    child = os.fork()
    if child == 0:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        os.dup2(os.open(f"../{number}.err", os.O_WRONLY | os.O_CREAT), 2)
        sys.argv[1:] = arguments
        run()
    children.append(child)
print(json.dumps([os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children]))
"""


def ended(repo: Repo, *commands: list[str]) -> list[tuple[int, str]]:
    """How each command ends when all start at the same moment: its status, and what it says of errors."""
    if hasattr(os, "fork"):  # a Python that starts takes as long as the command, and by turns more or less
        statuses = json.loads(repo.python(AT_ONCE, json.dumps(commands)).out)
        return [(status, (repo.path.parent / f"{number}.err").read_text()) for number, status in enumerate(statuses)]
    running = [start(repo, *arguments) for arguments in commands]
    said = [child.communicate()[1].decode() for child in running]
    return [(child.returncode, err) for child, err in zip(running, said, strict=True)]


@pytest.mark.parametrize("attempt", range(20 if IN_CI else 8))
def test_two_at_once(repo: Repo, attempt: int) -> None:
    """Each writes all that its files import, or says that it wrote nothing, and that it is to be run again."""
    repo.stage({"pyproject.toml": PROJECT} | {f"{name}_user.py": f"import {name}\n" for name in NAMES[:4]})
    files = [f"{name}_user.py" for name in NAMES[:4]]
    *fixing, checking = ended(repo, ["--fix", *files[:2]], ["--fix", *files[2:]], ["--scope=all"])
    for (status, err), names in zip(fixing, [set(NAMES[:2]), set(NAMES[2:4])], strict=True):
        if status == 1:
            assert names <= set(declared(repo))
        else:
            assert (status, BUSY in err) == (2, True), err
    assert checking[0] in (0, 1), "a check meanwhile sees the old file or the new one"
    repo.customs("--fix", *files)
    assert sorted(declared(repo)) == sorted(["requests", *NAMES[:4]])
    assert sorted(path.name for path in repo.path.iterdir()) == sorted([".git", "pyproject.toml", *files])


def test_the_same_at_once_is_written_once(repo: Repo) -> None:
    repo.stage({"pyproject.toml": PROJECT, "a.py": "import celery\n"})
    found = ended(repo, *[["--fix"]] * 4)
    assert {status for status, _ in found} <= {0, 1, 2}
    assert {BUSY in err for _, err in found if err} <= {True}
    assert declared(repo) == ["celery", "requests"]


# Ends at a line of the module that writes, as one that is killed does: nothing is put in order.
KILLED = """
import os, sys
from import_customs.__main__ import run
left = int(sys.argv.pop(1))
def count(frame, event, _):
    global left
    left -= event == "line"
    if left == 0:
        os._exit(9)
    return count
sys.settrace(lambda frame, *_: count if frame.f_code.co_filename.endswith("atomic.py") else None)
run()
"""


def test_killed_at_any_line(repo: Repo) -> None:
    repo.stage({"pyproject.toml": PROJECT, "a.py": "import celery\n"})
    found = []
    for line in itertools.count(1):
        repo.write({"pyproject.toml": PROJECT})
        ran = repo.python(KILLED, str(line), "--fix")
        found.append((repo.path / "pyproject.toml").read_text())
        if ran.status != 9:
            break
    *killed, fixed = found
    assert (ran.status, {*killed}) == (1, {PROJECT, fixed}), "it ended by itself at last, and wrote all at once"
    repo.write({"pyproject.toml": PROJECT, ".import-customs-stale": "of one that was killed"})
    assert repo.customs("--fix").status == 1
    assert (repo.path / "pyproject.toml").read_text() == fixed


@pytest.mark.skipif(resource is None, reason="Windows limits no size of files")
@pytest.mark.parametrize("option", ["--fix", "--ignore-existing"])
def test_no_room(repo: Repo, option: str) -> None:
    """As much as may be written is less than the file takes."""
    repo.stage({"pyproject.toml": PROJECT, "a.py": "import celery\n"})
    before = sorted(os.listdir(repo.path))
    ran = subprocess.run(
        [*HOOK, option],
        cwd=repo.path,
        env=repo.environment,
        capture_output=True,
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (40, 40)),
    )
    assert (ran.returncode, ran.stdout) == (2, b"")
    assert ran.stderr.startswith(b"pyproject.toml: error: cannot be written: File too large\n")
    assert (repo.path / "pyproject.toml").read_text() == PROJECT
    assert sorted(os.listdir(repo.path)) == before


@pytest.mark.skipif(not IS_ROOT or not shutil.which("mount"), reason="only root can mount a small disk")
def test_a_full_disk(tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=256k", "none", disk], check=False)
    if mounted.returncode:
        pytest.skip("mounting is not allowed here")
    try:
        repo = Repo(disk / "repo")
        repo.stage({"pyproject.toml": PROJECT, "a.py": "import celery\n"})
        filler = os.open(disk / "filler", os.O_WRONLY | os.O_CREAT)
        with suppress(OSError):  # until no room is left
            while os.write(filler, b"x" * 4096):
                pass
        os.close(filler)
        ran = repo.customs("--fix")
        assert (ran.status, ran.out) == (2, "")
        assert "No space left on device" in ran.err
        assert (repo.path / "pyproject.toml").read_text() == PROJECT
        assert not list(repo.path.glob(".import-customs-*"))
    finally:
        subprocess.run(["umount", "--lazy", disk], check=True)  # the system may not have let go of its files yet


@pytest.mark.skipif(IS_ROOT, reason="root writes everywhere")
@pytest.mark.parametrize("what", [".", "pyproject.toml"])
def test_without_the_right_to_write(repo: Repo, what: str) -> None:
    repo.stage({"pyproject.toml": PROJECT, "a.py": "import celery\n"})
    (repo.path / what).chmod(0o555 if what == "." else 0o000)
    ran = repo.customs("--fix")
    (repo.path / what).chmod(0o755)
    assert (ran.status, ran.out, "Permission denied" in ran.err) == (2, "", True)
    assert (repo.path / "pyproject.toml").read_text() == PROJECT


@pytest.mark.skipif(not IS_ROOT, reason="another user is needed")
@pytest.mark.parametrize("what", [".", "pyproject.toml"])
def test_without_the_right_to_write_as_another_user(repo: Repo, what: str) -> None:
    """The rights of root are put down, who writes everywhere."""
    repo.stage({"pyproject.toml": PROJECT, "a.py": "import celery\n"})
    (repo.path / what).chmod(0o555 if what == "." else 0o000)
    ran = subprocess.run(
        ["setpriv", "--bounding-set=-all", "--inh-caps=-all", *HOOK, "--fix"],
        cwd=repo.path,
        env=repo.environment,
        capture_output=True,
        check=False,
    )
    (repo.path / what).chmod(0o755)
    assert (ran.returncode, ran.stdout, b"Permission denied" in ran.stderr) == (2, b"", True), ran
    assert (repo.path / "pyproject.toml").read_text() == PROJECT


@pytest.mark.skipif(not IS_ROOT, reason="another user is needed")
@pytest.mark.parametrize("option", ["--fix", "--ignore-existing"])
def test_where_one_of_several_cannot_be_written_none_is(repo: Repo, option: str) -> None:
    projects = {f"{name}/pyproject.toml": PROJECT for name in "abc"}
    repo.stage(projects | {f"{name}/x.py": "import celery\n" for name in "abc"})
    (repo.path / "b").chmod(0o555)
    ran = repo.run("setpriv", "--bounding-set=-all", "--inh-caps=-all", *HOOK, option)
    (repo.path / "b").chmod(0o755)
    says = (
        "b/pyproject.toml: error: cannot be written: Permission denied\n"
        "    check that the file and its folder can be written\n"
    )
    assert ran == Ran(2, "", says)
    assert {name: (repo.path / name).read_text() for name in projects} == projects
    assert not list(repo.path.glob("**/.import-customs-*"))


def test_what_was_written_before_an_error_is_said(repo: Repo) -> None:
    """The second project's file is a link to the first one's, which has changed by then."""
    repo.stage({"a/pyproject.toml": PROJECT, "a/x.py": "import celery\n", "b/x.py": "import celery\n"})
    (repo.path / "b" / "pyproject.toml").symlink_to("../a/pyproject.toml")
    ran = repo.customs("--fix")
    assert ran == Ran(
        2,
        'a/pyproject.toml: added to [project] dependencies\n\n    "celery",\n\n'
        "see `git diff`, then `git add a/pyproject.toml`\n",
        f"b/pyproject.toml: error: {BUSY}\n    run it again; it is left as it is\n",
    )
    assert declared(repo, "a/pyproject.toml") == ["celery", "requests"]
    assert repo.customs("--fix") == Ran(0, "", "")


def test_a_file_that_changes_while_it_is_read(repo: Repo) -> None:
    """Sources that are cut short, grow and go away under the check: it ends with a status, never with a traceback."""
    repo.stage({"pyproject.toml": PROJECT} | {f"f{n}.py": "import celery\n" + "#\n" * 350 for n in range(100)})
    change = f"{sys.executable} -c '{CHANGING}' & changing=$!; for _ in 1 2 3 4 5; do {' '.join(HOOK)} --scope=all || "
    ran = repo.run("sh", "-c", change + "[ $? -le 2 ] || echo odd; done; kill $changing")
    assert "odd" not in ran.out
    assert "Traceback" not in ran.err


CHANGING = """
import os, itertools
for n in itertools.count():
    name = f"f{n % 100}.py"
    if n % 3 == 0: os.truncate(name, 7) if os.path.exists(name) else None
    elif n % 3 == 1: open(name, "a").write("import boto3\\n" + "#\\n" * 3500)
    elif os.path.exists(name): os.unlink(name)
"""
