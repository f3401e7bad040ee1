"""The command that a message tells to run: it is one that works there."""

import os
import re
import shutil
import sys

import pytest

from conftest import Repo

PROJECT = '[project]\nname = "demo"\ndependencies = []\n'
SCRIPT = str(shutil.which("import-customs", path=os.path.dirname(sys.executable)))
INTERPRETER = f"{sys.executable} -I -m import_customs"


@pytest.mark.parametrize(
    ("started", "manager", "named"),
    [
        pytest.param([SCRIPT], "", "import-customs", id="by its name"),
        pytest.param([SCRIPT], "1", INTERPRETER, id="by its name, in a hook manager's environment"),
        pytest.param(INTERPRETER.split(), "1", INTERPRETER, id="as the hook's entry"),
        pytest.param(INTERPRETER.split(), "", INTERPRETER, id="as a module"),
    ],
)
def test_it_is_named_as_it_was_started(repo: Repo, started: list[str], manager: str, named: str) -> None:
    ran = repo.run(*started, "--zzz", PRE_COMMIT=manager, HOME="/")
    told = ran.err.replace("\r\n", "\n").replace(
        f"{sys.executable}3.{sys.version_info[1]} ", f"{sys.executable} "
    )  # a script has its own name
    assert (ran.status, told) == (2, f"error: there is no option --zzz\n    see `{named} --help`\n")


@pytest.mark.skipif(os.name == "nt", reason="the shells of Windows know no ~")
def test_below_the_home_folder_it_is_short(repo: Repo) -> None:
    prefix = os.path.dirname(os.path.dirname(sys.executable))
    ran = repo.hook("--zzz", HOME=prefix)
    command = re.findall("`(.*)`", ran.err)[0]
    assert command == f"~/bin/{os.path.basename(sys.executable)} -I -m import_customs --help"
    assert repo.run("sh", "-c", command, HOME=prefix).status == 0


@pytest.mark.parametrize(
    ("arguments", "manager", "command"),
    [
        pytest.param(("a.py",), "1", f"{INTERPRETER} --fix --staged", id="in a commit"),
        pytest.param(("a.py", "--scope", "all"), "1", f"{INTERPRETER} --fix", id="on all files"),
        pytest.param(("a.py",), "", f"{INTERPRETER} --fix --staged", id="by hand"),
        pytest.param(("--scope", "new"), "", f"{INTERPRETER} --fix --scope new", id="what is not staged, too"),
        pytest.param(("--since", "main"), "", f"{INTERPRETER} --fix --since main", id="what a branch introduces"),
    ],
)
def test_a_hook_names_it_where_fix_would_help(
    repo: Repo, arguments: tuple[str, ...], manager: str, command: str
) -> None:
    repo.stage({"pyproject.toml": PROJECT})
    repo.commit()
    repo.git("checkout", "-q", "-b", "other")
    repo.stage({"a.py": "import celery\n"})
    ran = repo.hook(*arguments, PRE_COMMIT=manager, HOME="/")
    assert f"Or have it written for you:\n\n    {command}\n" in ran.out.replace("\r\n", "\n")


def test_the_command_names_itself(repo: Repo) -> None:
    repo.stage({"pyproject.toml": PROJECT, "a.py": "import celery\n"})
    assert "\n    import-customs --fix --staged\n" in repo.customs("a.py").out


@pytest.mark.skipif(os.name == "nt", reason="Windows takes no folder away in which a process runs")
@pytest.mark.parametrize("command", [SCRIPT, INTERPRETER], ids=["by its name", "as the hook's entry"])
@pytest.mark.parametrize("arguments", ["--staged", "--output r.txt", "--explain celery"])
def test_where_the_working_folder_is_gone(repo: Repo, command: str, arguments: str) -> None:
    (repo.path / "gone").mkdir()
    ran = repo.run("sh", "-c", f"cd gone && rmdir ../gone && exec {command} {arguments}")
    told = "error: the working folder cannot be found: No such file or directory\n    run it in a folder"
    assert (ran.status, ran.out, ran.err.strip()) == (2, "", told)
