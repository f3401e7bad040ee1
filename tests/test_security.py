"""What SECURITY.md promises: nothing of the repository is run, nothing is written, nothing outside is read."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

import packaging
import pytest

from conftest import HOOK, ROOT, Ran, Repo

PROJECT = '[project]\nname = "demo"\ndependencies = ["pyyaml"]\n'
FILES = {
    "pyproject.toml": PROJECT,
    "a.py": "import celery, yaml, tomllib\n",
    "b.ipynb": '{"cells": [{"cell_type": "code", "source": "import boto3"}]}',
    "broken.py": "import requests\nx = (\n",
}

# Runs the command in a process that notes every audit event which touches the world outside it.
_AUDITED = """
import json, sys
seen, noted = [], sys.argv.pop(1)
CHANGING = ("rename", "mkdir", "rmdir", "link", "symlink", "truncate", "chmod", "chown", "system", "exec", "fork",
            "remove")
def note(event, arguments):
    where, _, what = event.partition(".")
    if event in ("open", "os.posix_spawn") or where in ("socket", "urllib", "shutil", "ctypes", "subprocess") or (
        where == "os" and what in CHANGING
    ):
        seen.append([event, [str(argument) for argument in arguments[:3]]])
sys.dont_write_bytecode = True
from import_customs.cli import main
sys.addaudithook(note)
status = main(sys.argv[1:])
events, seen = seen, []
with open(noted, "w") as out:
    json.dump({"status": status, "events": events}, out)
"""


def audited(
    repo: Repo, *arguments: str, run: Callable[..., Ran] | None = None
) -> tuple[int, list[tuple[str, list[str]]]]:
    """Status and events; of a Python that starts, so that what it loads is noted too, or of what `run` has loaded."""
    noted = repo.path.parent / "events.json"
    ran = (run or partial(repo.run, sys.executable, "-I", "-c"))(_AUDITED, str(noted), *arguments)
    assert "Traceback" not in ran.err, ran.err
    told = json.loads(noted.read_text())
    return told["status"], [(event, given) for event, given in told["events"]]


@pytest.mark.parametrize("arguments", [(), ("--staged",), ("--since", "HEAD"), ("--format", "json")], ids=" ".join)
def test_what_the_command_touches(repo: Repo, arguments: tuple[str, ...]) -> None:
    repo.stage({"pyproject.toml": PROJECT})
    repo.commit()
    repo.stage(FILES)
    status, events = audited(repo, *arguments)
    assert status == 1
    inside = (
        str(repo.path),
        str(ROOT / "hooks"),
        sys.base_prefix,
        sys.prefix,
        os.path.dirname(packaging.__path__[0]),  # where packages are installed
        os.devnull,
    )
    opened = [given for event, given in events if event == "open"]
    assert {str(repo.path / "a.py"), str(repo.path / "pyproject.toml")} & {name for name, _, _ in opened}
    outside = [name for name, _, _ in opened if os.path.isabs(name) and not name.startswith(inside)]
    assert outside == []
    written = [given for given in opened if set(given[1]) & set("wax+") and not given[0].isdigit()]  # digits: our pipes
    assert written == []
    spawned = [given for event, given in events if event in STARTS]
    lines = [line.split(" -C ")[0].strip('"') if name == "None" else name for name, line, *_ in spawned]
    assert {Path(name).stem for name in lines} == {"git"}
    assert {event for event, _ in events} <= {"open"} | STARTS


@pytest.mark.parametrize(
    ("arguments", "written"),
    [
        (("--fix",), {"pyproject.toml"}),
        (("--fix", "--staged"), {"pyproject.toml"}),
        (("--ignore-existing",), {"pyproject.toml"}),
        (("--output", "report.json", "--format", "json"), {"report.json"}),
        (("--diff",), set()),
        (("--explain", "celery"), set()),
    ],
    ids=str,
)
def test_what_is_written(repo: Repo, arguments: tuple[str, ...], written: set[str]) -> None:
    """What was asked for, by a new file beside it that takes its place; nothing else changes anywhere."""
    repo.stage(FILES)
    before = {path: path.stat().st_mtime_ns for path in repo.path.rglob("*") if path.is_file()}
    status, events = audited(repo, *arguments)
    assert status == (0 if {"--explain", "--ignore-existing"} & {*arguments} else 1)
    opened = [given for event, given in events if event == "open" and not given[0].isdigit()]
    flags = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
    changed = [name for name, mode, how in opened if set(mode) & set("wax+") or (mode == "None" and int(how) & flags)]
    changed += [name for event, given in events if event.startswith("os.") and "spawn" not in event for name in given]
    names = {os.path.relpath(name, repo.path) for name in changed if os.path.isabs(name)}
    assert {name for name in names if not name.startswith(".import-customs-")} == written
    assert {event for event, _ in events} <= {"open", "os.rename", "os.chmod"} | STARTS | LOCKS
    after = {path: path.stat().st_mtime_ns for path in repo.path.rglob("*") if path.is_file()}
    differing = {
        str(path.relative_to(repo.path)) for path in before.keys() | after if before.get(path) != after.get(path)
    }
    assert differing == written


STARTS = {"os.posix_spawn", "subprocess.Popen"}
LOCKS = {"ctypes.dlopen", "ctypes.dlsym"} if os.name == "nt" else set()  # a mutex of kernel32
# What the command, the libraries it stands on, and Python itself at its start import by name.
MODULES = """
    abc argparse ast bisect codecs collections configparser contextlib copyreg csv dataclasses difflib email encodings
    enum fnmatch functools gc hashlib importlib inspect io itertools json keyword linecache locale logging mmap
    operator os packaging pathlib posixpath random re runpy shutil signal stat stdlib_list string struct subprocess
    tempfile textwrap threading tokenize tomli tomlkit tomllib traceback types typing unicodedata urllib warnings
    weakref xml zipimport zlib
""".split()
# What Python itself loads before the command is asked: only `-I` keeps it from the repository's.
_LOADED = subprocess.run(
    [sys.executable, "-Werror", "-c", "import sys; print(*sys.modules)"], capture_output=True, check=True
)
BEFORE_US = {"import_customs", "sitecustomize", "usercustomize", *_LOADED.stdout.decode().split()}
SCRIPT = str(Path(sys.executable).with_name("import-customs"))


@pytest.mark.parametrize(
    ("command", "modules", "path"),
    [
        # Python passes PYTHONPATH over, whatever it says.
        pytest.param(HOOK, {*MODULES, *BEFORE_US}, ".", id="hook"),
        pytest.param((sys.executable, "-I", "-m", "import_customs"), {*MODULES, *BEFORE_US}, ".", id="module"),
        *(
            pytest.param((SCRIPT,), {*MODULES} - BEFORE_US, path, id=f"command-{path!r}")
            for path in (".", ":", "sub", "{repo}", "")
        ),
    ],
)
def test_the_repository_s_own_modules_are_never_imported(
    repo: Repo, command: tuple[str, ...], modules: set[str], path: str
) -> None:
    run = "raise SystemExit('the file of the repository was run')\n"
    hostile = {f"{module}.py": run for module in modules} | {f"{module}/__init__.py": run for module in modules}
    repo.write(FILES | hostile | {f"sub/{name}": text for name, text in hostile.items()})
    (repo.path / "old").mkdir()
    repo.git("add", "--all")
    found = "a.py:1:8: undeclared: `celery` is not declared in pyproject.toml"
    asked = [("--statistics",), ("--format", "junit"), ("--explain", "nobody_has_it"), ("--diff",), ("--fix",)]
    for arguments in asked if path == "." else asked[:1]:  # the path is cleared before the command is asked
        ran = repo.run(*command, *arguments, PYTHONPATH=path.format(repo=repo.path), PYTHONWARNINGS="error")
        assert "was run" not in ran.err
        assert ran.status == (0 if "--explain" in arguments else 1), ran
        assert found in ran.out or arguments != ("--statistics",)


HOSTILE = {
    "core.fsmonitor": "{script}",
    "core.hooksPath": "{folder}",
    "core.pager": "{script}",
    "core.editor": "{script}",
    "core.sshCommand": "{script}",
    "core.askPass": "{script}",
    "credential.helper": "{script}",
    "diff.external": "{script}",
    "diff.x.textconv": "{script}",
    "diff.x.command": "{script}",
    "filter.x.clean": "{script}",
    "filter.x.smudge": "{script}",
    "filter.x.process": "{script}",
    "gpg.program": "{script}",
    "alias.diff": "!{script}",
    "alias.ls-files": "!{script}",
    "pager.diff": "{script}",
}


@pytest.mark.parametrize("arguments", [(), ("--staged",), ("--since", "HEAD"), ("a.py",)], ids=" ".join)
def test_git_runs_nothing_for_us(repo: Repo, arguments: tuple[str, ...]) -> None:
    repo.stage({"pyproject.toml": PROJECT, "old.py": "import celery\n"})
    repo.commit()
    folder = repo.path.parent / "hostile"
    folder.mkdir()
    marker = folder / "it-ran"
    script = folder / "post-index-change"
    script.write_text(f"#!/bin/sh\necho $0 $@ >> {marker}\ncat\n")
    script.chmod(0o755)
    repo.stage(FILES | {".gitattributes": "*.py diff=x filter=x\n"})
    marker.unlink(missing_ok=True)
    for key, value in HOSTILE.items():
        repo.git("config", key, value.format(script=script, folder=folder))
    (repo.path / "a.py").write_text(FILES["a.py"] + "\n")
    assert repo.customs(*arguments).status == 1
    assert not marker.exists(), marker.read_text()


def test_git_of_the_working_folder_is_not_run(repo: Repo) -> None:
    repo.stage(FILES)
    (repo.path / "git").write_text("#!/bin/sh\ntouch it-ran\nexec /usr/bin/git $@\n")
    (repo.path / "git").chmod(0o755)
    assert repo.customs(PATH=f".::{repo.environment['PATH']}").status == 1
    assert not (repo.path / "it-ran").exists()


@pytest.mark.parametrize("name", ["pyproject.toml", "a.py"])
def test_fifos_and_devices_are_not_opened_for_long(repo: Repo, name: str) -> None:
    repo.stage({"pyproject.toml": PROJECT, "sub/x.py": "import yaml\n", "a.py": "import yaml\n"})
    (repo.path / name).unlink()
    os.mkfifo(repo.path / name)
    assert repo.customs().status in (0, 2)


@pytest.mark.parametrize("target", ["/etc", "..", "."])
def test_symlinked_folders_are_no_way_out(repo: Repo, target: str) -> None:
    repo.stage({"pyproject.toml": PROJECT, "a.py": "import celery\n"})
    (repo.path / "link").symlink_to(target)
    repo.git("add", "link")
    assert repo.customs().out.count("`celery`") == 1


def test_interrupted_it_ends_quietly(repo: Repo) -> None:
    repo.stage(FILES)
    os.mkfifo(repo.path.parent / "wait")
    script = "import os, signal; os.kill(os.getpid(), signal.SIGINT)"
    ran = repo.run(
        sys.executable,
        "-I",
        "-c",
        f"import import_customs.check.pipeline as c\ndef run(_):\n  {script}\nc.run = run\n"
        "import sys; from import_customs.cli import main; sys.exit(main([]))",
    )
    assert (ran.status, ran.out, ran.err) == (130, "", "")


def test_full_output_device_is_said(repo: Repo) -> None:
    repo.stage(FILES)
    ran = repo.run("sh", "-c", f'"{sys.executable}" -I -m import_customs > /dev/full')
    assert ran.status == 2
    assert "Traceback" not in ran.err
    assert "cannot write the report" in ran.err


@pytest.mark.parametrize("arguments", [(), ("--staged",), ("--since", "HEAD"), ("--fix",)], ids=" ".join)
def test_nothing_is_fetched_for_us(repo: Repo, arguments: tuple[str, ...]) -> None:
    """A partial clone lacks what is asked for, and its promisor remote is a command."""
    repo.stage({"pyproject.toml": PROJECT, "old.py": "import celery\n"})
    repo.commit()
    blob = repo.git("rev-parse", "HEAD:old.py").strip()
    marker, script = repo.path.parent / "it-ran", repo.path.parent / "script"
    script.write_text(f"#!/bin/sh\ntouch {marker}\n")
    script.chmod(0o755)
    repo.stage({"old.py": "import celery, boto3\n"})
    (repo.path / ".git" / "objects" / blob[:2] / blob[2:]).unlink()
    promisor = {
        "promisor": "true",
        "url": f"ext::{script} %S",
        "partialclonefilter": "blob:none",
        "uploadpack": str(script),
    }
    for key, value in {f"remote.evil.{name}": value for name, value in promisor.items()}.items():
        repo.git("config", key, value)
    for key, value in (
        ("core.repositoryformatversion", "1"),
        ("extensions.partialclone", "evil"),
        ("protocol.allow", "always"),
    ):
        repo.git("config", key, value)
    repo.run("git", "cat-file", "-p", blob)
    assert marker.exists(), "by itself git runs it"
    marker.unlink()
    assert repo.customs(*arguments).status == 1
    assert not marker.exists()
