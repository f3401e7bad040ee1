"""What runs in a process that has the command loaded already does what it does in a Python that starts."""

import os

import pytest

from conftest import Ran, Repo
from import_customs.cli.command import own_command
from loaded_once import OWN_FILES
from test_output import COMMANDS

NAME = "import-customs"  # what each is called in its own messages, by how it was started
FILES = {
    "pyproject.toml": '[project]\nname = "demo"\ndependencies = ["six; python_version < \'3.9\'"]\n',
    "a.py": "import celery, of_the_venv, nobody_has_it, tomllib\n",
    "bad.py": "import boto3 = 1\n",
    "b.ipynb": '{"cells": [{"cell_type": "code", "source": "import boto3"}]}',
    "r.txt": "celery>=5\n",
}


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        *COMMANDS,
        ("--staged",),
        ("--since=HEAD",),
        ("--requirements-file", "r.txt"),
        ("--no-such-option",),
        ("--help",),
        ("--version",),
    ],
    ids=" ".join,
)
def test_it_says_and_writes_the_same(repo: Repo, arguments: tuple[str, ...]) -> None:
    repo.stage(FILES)
    repo.commit()
    ended = []
    for run in (repo.hook, repo.customs):
        ran, started = run(*arguments), own_command({})
        ran = Ran(ran.status, *(text.replace(started, NAME).replace("\r\n", "\n") for text in (ran.out, ran.err)))
        ended.append((ran, (repo.path / "pyproject.toml").read_text()))
        repo.git("checkout", "-q", ".")
    assert ended[0] == ended[1]


# The modules of the package in which a function keeps what it has found.
KEEPING = """
import sys
modules = [module for name, module in sys.modules.items() if name.startswith("import_customs.")]
cached = [value for module in modules for value in vars(module).values() if hasattr(value, "cache_info")]
print(*{one.__module__ for one in cached if one.cache_info().currsize})
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="without fork other code runs in a Python that starts")
def test_what_a_run_has_learnt_is_forgotten(repo: Repo) -> None:
    repo.stage(FILES | {"setup.cfg": "", "pytest.ini": ""})
    for arguments in ([], ["--explain", "celery"], ["--unused"]):
        repo.customs(*arguments)
        assert set(repo.python(KEEPING).out.split()) <= OWN_FILES


@pytest.mark.skipif(not hasattr(os, "fork"), reason="without fork each run starts a Python")
def test_other_code_runs_in_a_process_of_its_own(repo: Repo) -> None:
    changes = "import os, sys; os.chdir('/'); os.environ['LEFT'] = 'x'; sys.left = 1; print('out'); sys.exit(3)"
    assert repo.python(changes) == Ran(3, "out\n", "")
    looks = "import os, sys; print(os.getcwd(), sys.argv[1:], os.environ.get('LEFT'), hasattr(sys, 'left'))"
    assert repo.python(looks, "a", "b").out == f"{repo.path} ['a', 'b'] None False\n"
    assert repo.python("1 / 0").err.endswith("ZeroDivisionError: division by zero\n")
    assert repo.python("import os, signal; os.kill(os.getpid(), signal.SIGTERM)").status == -15
