"""The command without pre-commit: by hand, from a plain hook script, from lefthook or husky, in CI."""

import os
import re
import shutil
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

from conftest import Ran, Repo

PROJECT = '[project]\nname = "demo"\ndependencies = [{}]\n'
DEBT = {"pyproject.toml": PROJECT.format(""), "old.py": "import requests\n", "clean.py": "import os\n"}
SVC = {"svc/pyproject.toml": PROJECT.format("")}
HEAD = {"PRE_COMMIT": "1", "PRE_COMMIT_FROM_REF": "HEAD~1", "PRE_COMMIT_TO_REF": "HEAD"}


def project(*names: str) -> dict[str, str]:
    return {"pyproject.toml": PROJECT.format(", ".join(f'"{name}"' for name in names))}


def blocked(ran: Ran) -> list[str] | None:
    """The places and modules that a run blocked, None where it passed; fails where it could not check."""
    found = re.findall(r"^ *(\S+:\d+):\d+: [a-z-]+: `([\w.]+)`", ran.out + ran.err, re.MULTILINE)
    assert ran.status == (1 if found else 0), ran
    return [f"{place} {module}" for place, module in found] or None


@pytest.fixture
def indebted(repo: Repo) -> Repo:
    repo.stage(DEBT)
    repo.commit()
    return repo


class Edits(NamedTuple):
    """What is staged, and what then lies in the worktree."""

    staged: dict[str, str]
    worktree: dict[str, str]
    removed: tuple[str, ...] = ()

    def make(self, repo: Repo) -> None:
        repo.stage(self.staged)
        repo.write(self.worktree)
        for name in self.removed:
            (repo.path / name).unlink()


UNCHECKED = "checked what this commit introduces in 1 file; 1 could not be checked: see above\n"
NOT_STAGED = (
    "a.py:1:8: error: imports celery, and pyproject.toml, which governs it, is there and not staged\n"
    "    `git add pyproject.toml`\n"
)


@pytest.mark.parametrize(
    ("staged", "on_disk", "ran"),
    [
        pytest.param(
            {"a.py": "import celery\n"},
            project(),
            Ran(2, UNCHECKED, NOT_STAGED),
            id="untracked",
        ),
        pytest.param(
            {"a.py": "import celery\n", "pyproject.toml": "[tool.ruff]\n"},
            project(),
            Ran(2, UNCHECKED, NOT_STAGED),
            id="its [project] table is not staged",
        ),
        pytest.param(
            {"a.py": "import celery\n"},
            {"pyproject.toml": "[tool.ruff]\n"},
            Ran(2, UNCHECKED, "a.py:1:8: error: no pyproject.toml states a project for it; it imports `celery`\n"
            "    create requirements.txt with these lines, and `git add` it:\n\n        celery\n\n"
            "    or state them in a pyproject.toml with a [project] table,\n"
            "    or name the file that states them: `--requirements-file FILE`\n"),
            id="settings alone",
        ),
        pytest.param(
            {"x/a.py": "import celery\n", "y/pyproject.toml": PROJECT.format("")},
            {"x/pyproject.toml": PROJECT.format("")},
            Ran(2, UNCHECKED,
                "x/a.py:1:8: error: imports celery, and x/pyproject.toml, which governs it, is there and not staged\n"
                "    `git add x/pyproject.toml`\n"),
            id="beside another project",
        ),
        pytest.param(
            {"a.py": "import celery\n", "b.py": "import celery\n"},
            project(),
            Ran(2, UNCHECKED.replace("1 file", "2 files"),
                "a.py:1:8: error: imports celery, and pyproject.toml, which governs it, is there and not staged\n"
                "    likewise 1 more file\n"
                "    `git add pyproject.toml`\n"),
            id="two files",
        ),
        pytest.param(
            {"a.py": "import celery\n"},
            {"pyproject.toml": "[tool.import-customs]\nignore = ['celery']\n"},
            Ran(2, UNCHECKED,
                "a.py:1:8: error: `celery` is declared in pyproject.toml, but that change is not staged\n"
                "    `git add pyproject.toml`\n"),
            id="settings that exempt it",
        ),
        pytest.param(
            {"a.py": "import mine, mine.b\n"},
            {"mine/__init__.py": "", "mine/b.py": ""},
            Ran(2, UNCHECKED,
                "a.py:1:8: error: `mine` is found in mine/__init__.py, but that file is not staged\n"
                "    likewise 1 more import\n"
                "    `git add mine/__init__.py`\n"),
            id="modules of the repository",
        ),
    ],
)  # fmt: skip
def test_a_project_that_is_not_staged(repo: Repo, staged: dict[str, str], on_disk: dict[str, str], ran: Ran) -> None:
    repo.stage(staged)
    repo.write(on_disk)
    assert repo.customs("--staged") == ran


def test_a_module_that_is_not_staged_beside_a_package(repo: Repo) -> None:
    repo.stage({"a.py": "import celery, mine\n"})
    repo.write({"mine.py": ""})
    told = repo.customs("--staged").err
    assert "    `git add mine.py`\n" in told
    assert "it imports `celery`\n    create requirements.txt" in told


def test_a_project_that_is_not_staged_from_a_subfolder(repo: Repo) -> None:
    repo.stage({"x/a.py": "import celery\n"})
    for settings in ("[tool.import-customs]\nignore = ['celery']\n", *project().values()):
        repo.write({"pyproject.toml": settings})
        ran = repo.customs("--staged", cwd="x")
        assert "    `git add ../pyproject.toml`\n" in ran.err, ran.err


def test_a_project_that_is_no_part_of_the_commit(repo: Repo) -> None:
    """It is staged; `git commit PATH` leaves that out."""
    repo.stage({"README": "", "b.py": ""})
    repo.commit()
    repo.stage({"a.py": "import celery\n"})
    shutil.copy(repo.path / ".git" / "index", repo.path / ".git" / "next-index-1.lock")
    repo.stage(project("celery"))
    assert repo.customs("--staged", GIT_INDEX_FILE=".git/next-index-1.lock").err == (
        "a.py:1:8: error: imports celery, and pyproject.toml, which governs it, is there and not in this commit\n"
        "    name pyproject.toml too, after `git add pyproject.toml` if new\n"
    )


def test_a_project_with_a_conflict(repo: Repo) -> None:
    repo.stage({"README": ""})
    repo.commit()
    for branch, declared in (("one", "flask"), ("other", "django")):
        repo.git("checkout", "-q", "-b", branch, "main")
        repo.stage(project(declared))
        repo.commit()
    assert repo.run("git", "merge", "one").status == 1
    repo.stage({"a.py": "import celery\n"})
    says = (
        "a.py:1:8: error: imports celery, and pyproject.toml, which governs it, has a conflict\n"
        "    resolve it, then `git add pyproject.toml`\n"
    )
    assert repo.customs("--staged") == Ran(2, UNCHECKED, says)


CELERY = {"clean.py": "import os, celery\n"}


@pytest.mark.parametrize(
    ("edits", "arguments", "expected"),
    [
        pytest.param(Edits(CELERY, {"clean.py": ""}), ("clean.py",), ["clean.py:1 celery"], id="index, not worktree"),
        pytest.param(Edits({"clean.py": ""}, CELERY), ("clean.py",), None, id="what is unstaged does not count"),
        pytest.param(Edits(CELERY, project("celery")), ("clean.py",), ["clean.py:1 celery"], id="unstaged declaration"),
        pytest.param(Edits(CELERY | project("celery"), project()), ("clean.py",), None, id="unstaged removal of one"),
        pytest.param(Edits(CELERY, {"pyproject.toml": "= x"}), ("clean.py",), ["clean.py:1 celery"], id="broken edit"),
        pytest.param(Edits(CELERY, {}, ("clean.py",)), ("clean.py",), ["clean.py:1 celery"], id="not on disk"),
        pytest.param(Edits({"old.py": "import requests\nx = 1\n"}, {}), ("old.py",), None, id="old debt"),
        pytest.param(Edits(CELERY, {}), ("clean.py", "old.py"), ["clean.py:1 celery", "old.py:1 requests"], id="more"),
        pytest.param(Edits({}, CELERY), ("clean.py",), ["clean.py:1 celery"], id="a file named by hand"),
        pytest.param(Edits({}, {}), (), ["old.py:1 requests"], id="nothing named: everything"),
        pytest.param(Edits(CELERY, {"old.py": "import boto3\n"}), ("--staged",), ["clean.py:1 celery"], id="--staged"),
        pytest.param(Edits(CELERY, {}), ("--staged", "old.py"), None, id="--staged: the given files stay the filter"),
        pytest.param(
            Edits(CELERY, {}), ("--staged", "--scope", "all"), ["clean.py:1 celery", "old.py:1 requests"], id="both"
        ),
        pytest.param(Edits({}, CELERY), ("--scope", "new"), ["clean.py:1 celery"], id="new by hand: unstaged too"),
        pytest.param(Edits(CELERY, {}), ("--scope", "new"), ["clean.py:1 celery"], id="new by hand: staged"),
        pytest.param(
            Edits({}, {"x.py": "import celery\n"}), ("--scope", "new", "x.py"), ["x.py:1 celery"], id="new: untracked"
        ),
        pytest.param(
            Edits({}, {"x.py": "import celery\n"}),
            ("--since", "HEAD", "x.py"),
            ["x.py:1 celery"],
            id="since: untracked",
        ),
        pytest.param(Edits(CELERY, {}), ("--scope", "all"), ["clean.py:1 celery", "old.py:1 requests"], id="all"),
        pytest.param(Edits({}, CELERY), ("--since", "HEAD"), ["clean.py:1 celery"], id="since HEAD: the worktree"),
        pytest.param(Edits({}, CELERY), ("--since", "HEAD", "--staged"), None, id="since HEAD: the index"),
    ],
)
def test_what_is_judged(indebted: Repo, edits: Edits, arguments: tuple[str, ...], expected: list[str] | None) -> None:
    edits.make(indebted)
    assert blocked(indebted.customs(*arguments)) == expected


def test_deleted_files_are_passed_over(indebted: Repo) -> None:
    indebted.git("rm", "-q", "clean.py")
    assert blocked(indebted.customs("clean.py")) is None
    assert indebted.customs("never.py").status == 2


def test_before_the_first_commit(repo: Repo) -> None:
    repo.stage(DEBT)
    everything = ["old.py:1 requests"]
    for arguments in (("old.py",), ("--staged",), ("--scope", "new"), ()):
        assert blocked(repo.customs(*arguments)) == everything
    assert repo.customs("--since", "HEAD").err.startswith("error: --since HEAD: there is no such commit\n")


def test_a_hook_script(indebted: Repo) -> None:
    hook = indebted.path / ".git" / "hooks" / "pre-commit"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text(
        f"#!/bin/sh\ngit diff --cached --name-only -z | xargs -0 {sys.executable} -I -m import_customs --staged --\n"
    )
    hook.chmod(0o755)
    indebted.stage({"clean.py": "import os, celery\n", "a b\n-c.py": "import boto3\n", "-x.py": "import os\n"})
    indebted.git("rm", "-q", "old.py")
    indebted.write({"clean.py": "import os\n"})
    ran = indebted.commit()
    assert ran.status == 1
    assert re.findall(r": undeclared: `(\w+)`", ran.out + ran.err) == ["boto3", "celery"]
    indebted.stage(project("celery", "boto3"))
    assert indebted.commit().status == 0


@pytest.mark.parametrize(
    ("command", "cwd"),
    [
        pytest.param(("git", "commit", "-q", "-m", "x"), "sub", id="from a folder inside"),
        pytest.param(("git", "-C", "sub", "commit", "-q", "-m", "x"), ".", id="git -C"),
        pytest.param(("git", "commit", "-q", "-m", "x", "sub/a.py"), ".", id="a path: a temporary index"),
    ],
)
def test_wherever_the_commit_is_made(indebted: Repo, command: tuple[str, ...], cwd: str) -> None:
    hook = indebted.path / ".git" / "hooks" / "pre-commit"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text(f"#!/bin/sh\n{sys.executable} -I -m import_customs --staged\n")
    hook.chmod(0o755)
    indebted.stage({"sub/a.py": "import celery\n"})
    ran = indebted.run(*command, cwd=cwd)
    assert ran.status == 1
    assert "sub/a.py:1:8: undeclared: `celery`" in ran.out + ran.err


@pytest.mark.parametrize(
    ("environment", "cwd", "seen"),
    [
        pytest.param({"GIT_DIR": "{root}/.git", "GIT_WORK_TREE": "{root}"}, "..", "sub/a.py", id="absolute"),
        pytest.param({"GIT_DIR": "../.git", "GIT_WORK_TREE": ".."}, "sub", "a.py", id="relative, from a folder inside"),
        pytest.param({"GIT_DIR": ".git"}, ".", "sub/a.py", id="GIT_DIR alone, as in a hook"),
    ],
)
def test_git_dir(indebted: Repo, environment: dict[str, str], cwd: str, seen: str) -> None:
    indebted.stage({"sub/a.py": "import celery\n"})
    named = {key: value.format(root=indebted.path) for key, value in environment.items()}
    file = os.path.relpath(indebted.path / "sub" / "a.py", indebted.path / cwd)
    assert blocked(indebted.customs(file, cwd=cwd, **named)) == [f"{seen}:1 celery"]
    assert blocked(indebted.customs("--staged", cwd=cwd, **named)) == [f"{seen}:1 celery"]


def test_untracked_module_is_to_be_staged(indebted: Repo) -> None:
    indebted.stage({"clean.py": "import my_helper\n"})
    indebted.write({"my_helper.py": ""})
    ran = indebted.customs("clean.py")
    assert (ran.status, ran.out.count("    `git add my_helper.py`\n")) == (1, 1)
    indebted.git("add", "my_helper.py")
    assert blocked(indebted.customs("clean.py")) is None


def test_declaration_that_is_to_be_staged(indebted: Repo) -> None:
    indebted.stage({"clean.py": "import celery\n", "other.py": "import boto3\n"})
    indebted.write(project("celery"))
    ran = indebted.customs("--staged")
    assert blocked(ran) == ["clean.py:1 celery", "other.py:1 boto3"]
    assert ran.out.count("    `git add pyproject.toml`\n") == 1


def test_declaration_that_is_no_part_of_the_commit(indebted: Repo) -> None:
    """It is staged; `git commit PATH` leaves that out."""
    hook = indebted.path / ".git" / "hooks" / "pre-commit"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text(f"#!/bin/sh\n{sys.executable} -I -m import_customs --staged\n")
    hook.chmod(0o755)
    indebted.stage(CELERY | project("celery"))
    ran = indebted.commit("clean.py")
    assert ran.status == 1
    assert "    name pyproject.toml too, after `git add pyproject.toml` if new\n" in ran.out + ran.err
    assert indebted.commit("clean.py", "pyproject.toml").status == 0


@pytest.mark.parametrize(
    ("arguments", "step", "again"),
    [
        pytest.param((), "Then `git add pyproject.toml` and commit again.", (), id="git commit: what is staged"),
        pytest.param(("-a",), "Then `git add pyproject.toml` and commit again.", ("-a",), id="git commit -a"),
        pytest.param(
            ("clean.py",),
            "Then commit again, and name `pyproject.toml` too.",
            ("clean.py", "pyproject.toml"),
            id="git commit PATH",
        ),
    ],
)
def test_the_named_command_settles_the_commit_that_was_blocked(
    indebted: Repo, arguments: tuple[str, ...], step: str, again: tuple[str, ...]
) -> None:
    """After -a and PATH nothing is left staged: git throws their index away."""
    hook = indebted.path / ".git" / "hooks" / "pre-commit"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text(f"#!/bin/sh\n{sys.executable} -I -m import_customs --staged\n")
    hook.chmod(0o755)
    (indebted.write if arguments else indebted.stage)(CELERY)
    ran = indebted.commit(*arguments)
    told = (ran.out + ran.err).replace("\r\n", "\n")
    assert (ran.status, told.endswith(f"\n\n{step}\n")) == (1, True), told
    command = re.search(r"written for you:\n\n    (.+)\n", told)
    assert command is not None
    indebted.run("sh", "-c", command[1])
    indebted.git("add", "pyproject.toml")
    assert indebted.commit(*again).status == 0


@pytest.mark.parametrize("ignored", ["generated.py", "generated/"])
def test_generated_module_counts_when_it_is_there(indebted: Repo, ignored: str) -> None:
    indebted.stage({".gitignore": f"/{ignored}\n", "clean.py": "import generated\n"})
    assert blocked(indebted.customs("clean.py")) == ["clean.py:1 generated"]
    indebted.write({ignored + ("__init__.py" if ignored.endswith("/") else ""): ""})
    assert blocked(indebted.customs("clean.py")) is None
    indebted.commit()
    assert blocked(indebted.customs("clean.py", **HEAD)) is None


def test_symlinked_package_is_first_party(indebted: Repo) -> None:
    indebted.stage({"libs/shared_pk/__init__.py": ""} | SVC)
    (indebted.path / "svc" / "shared_pk").symlink_to("../libs/shared_pk")
    indebted.git("add", "svc/shared_pk")
    indebted.commit()
    indebted.stage({"svc/new.py": "import shared_pk\n"})
    assert blocked(indebted.customs("--staged")) is None
    indebted.commit()
    assert blocked(indebted.customs("svc/new.py", **HEAD)) is None


def test_submodule_that_is_checked_out_is_first_party(indebted: Repo, tmp_path: Path) -> None:
    inner = Repo(tmp_path / "inner")
    inner.stage({"subpk/__init__.py": ""})
    inner.commit()
    indebted.git("-c", "protocol.file.allow=always", "submodule", "--quiet", "add", str(inner.path), "vendor/sub")
    table = '[tool.pytest.ini_options]\npythonpath = ["vendor/sub"]\n'
    indebted.stage({"pyproject.toml": PROJECT.format("") + table, "clean.py": "import subpk\n"})
    assert blocked(indebted.customs("--staged")) is None
    indebted.commit()
    assert blocked(indebted.customs("clean.py", **HEAD)) is None
    indebted.git("submodule", "--quiet", "deinit", "--all")
    assert blocked(indebted.customs("clean.py", **HEAD)) == ["clean.py:1 subpk"]


@pytest.mark.parametrize("arguments", [(), ("--staged", "--scope=all")])
def test_a_submodule_that_is_not_checked_out_is_first_party_by_its_path(repo: Repo, arguments: tuple[str, ...]) -> None:
    names = ("corelib", "common", "third_party/requests")
    sections = (f'[submodule "{name}"]\n\tpath = {name}\n\turl = https://git.invalid/{name}.git\n' for name in names)
    imports = "import corelib.db, common.tasks, third_party.requests\nimport requests\nfrom common import celery\n"
    repo.stage({"pyproject.toml": PROJECT.format(""), "app.py": imports, ".gitmodules": "".join(sections)})
    before = ["app.py:1 corelib", "app.py:1 common", "app.py:1 third_party", "app.py:2 requests", "app.py:3 common"]
    assert blocked(repo.customs(*arguments)) == before
    for name in names:
        repo.git("update-index", "--add", "--cacheinfo", f"160000,{'1' * 40},{name}")
    assert blocked(repo.customs(*arguments)) == ["app.py:2 requests"]


def test_unmerged_files_are_read_as_they_are_on_disk(indebted: Repo) -> None:
    indebted.git("checkout", "-q", "-b", "side")
    indebted.stage({"clean.py": "import celery\n"})
    indebted.commit()
    indebted.git("checkout", "-q", "main")
    indebted.stage({"clean.py": "import boto3\n"})
    indebted.commit()
    assert indebted.run("git", "merge", "-q", "side").status == 1
    assert blocked(indebted.customs("--staged")) is None, "no commit can be made of it"
    assert blocked(indebted.customs()) == ["clean.py:2 boto3", "clean.py:4 celery", "old.py:1 requests"]
    assert blocked(indebted.customs("--scope", "new")) is None, "each side has one of the imports"


def test_octopus_merge(indebted: Repo) -> None:
    for name, module in (("one", "celery"), ("two", "boto3")):
        indebted.git("checkout", "-q", "-b", name, "main")
        indebted.stage({f"{name}.py": f"import {module}\n"})
        indebted.commit()
    indebted.git("checkout", "-q", "main")
    indebted.git("merge", "-q", "--no-commit", "one", "two")
    indebted.stage({"three.py": "import tenacity\n"})
    assert blocked(indebted.customs("--staged")) == ["three.py:1 tenacity"]


def test_merge_with_a_rename_on_one_side(indebted: Repo) -> None:
    padding = "".join(f"x{number} = {number}\n" for number in range(30))
    indebted.stage({"clean.py": padding})
    indebted.commit()
    indebted.git("checkout", "-q", "-b", "side")
    indebted.stage({"clean.py": f"{padding}import celery\n"})
    indebted.commit()
    indebted.git("checkout", "-q", "main")
    indebted.git("mv", "clean.py", "renamed.py")
    indebted.commit()
    indebted.git("merge", "-q", "--no-commit", "side")
    assert (indebted.path / "renamed.py").read_text().endswith("import celery\n")
    assert blocked(indebted.customs("--staged")) is None, "the other side had it, under the old name"


def test_copies(indebted: Repo) -> None:
    body = "import requests\n" + "".join(f"x{number} = {number}\n" for number in range(30))
    indebted.stage({"big.py": body})
    indebted.commit()
    indebted.stage({"copy.py": body})
    assert blocked(indebted.customs("--staged")) == ["copy.py:1 requests"], "a new file is new whole"
    indebted.stage({"big.py": f"{body}y = 1\n"})
    assert blocked(indebted.customs("--staged")) is None, "taken from a file that changes as well"


@pytest.fixture
def pushing(repo: Repo) -> Repo:
    """A branch that is not checked out: main has neither its files nor its project."""
    repo.stage({"README": ""})
    repo.commit()
    repo.git("checkout", "-q", "-b", "feature")
    repo.stage(project("celery") | {"c.py": "import celery\n"})
    repo.commit()
    repo.stage(project())
    repo.commit()
    repo.git("checkout", "-q", "main")
    return repo


PUSHED = {"PRE_COMMIT_TO_REF": "feature"}
PUSH = PUSHED | {"PRE_COMMIT_FROM_REF": "feature~1"}
UNDER = {"PRE_COMMIT": "1"}
CELERY_THERE = ["c.py:1 celery"]


@pytest.mark.parametrize(
    ("arguments", "environment", "expected"),
    [
        pytest.param(("pyproject.toml",), PUSH | UNDER, CELERY_THERE, id="a declaration is removed"),
        pytest.param((), PUSH, CELERY_THERE, id="the same by hand"),
        pytest.param((), PUSHED, CELERY_THERE, id="everything"),
        pytest.param((".",), PUSHED, CELERY_THERE, id="a folder"),
        pytest.param(("c.py",), PUSHED, CELERY_THERE, id="a file that only the branch has"),
        pytest.param(("none.py",), PUSHED | UNDER, None, id="a file that it lacks"),
    ],
)
def test_what_is_pushed_is_judged(
    pushing: Repo, arguments: tuple[str, ...], environment: dict[str, str], expected: list[str] | None
) -> None:
    assert blocked(pushing.customs(*arguments, **environment)) == expected


BODY = "import requests\n" + "".join(f"x{number} = {number}\n" for number in range(30))
NEW = ["svc/a.py:1 requests"]


@pytest.mark.parametrize(
    ("old", "base", "now", "expected"),
    [
        pytest.param("svc/a.py.disabled", SVC, {}, NEW, id="it was no Python"),
        pytest.param("svc/a.txt", SVC, {}, NEW, id="a text"),
        pytest.param("svc/a.py.j2", SVC, {}, NEW, id="a template"),
        pytest.param("svc/b.py", SVC, {}, None, id="old debt"),
        pytest.param("scripts/a.py", SVC, {}, NEW, id="from where no project was"),
        pytest.param("scripts/a.py", SVC | project(), {}, None, id="from another project"),
        pytest.param("scripts/a.py", {"x.py": ""}, SVC, None, id="with the first project: adoption"),
    ],
)
def test_a_file_moves_in(
    repo: Repo, old: str, base: dict[str, str], now: dict[str, str], expected: list[str] | None
) -> None:
    repo.stage({old: BODY, "svc/x.py": ""} | base)
    repo.commit()
    repo.git("mv", old, "svc/a.py")
    repo.stage({"svc/x.py": ""} | now)
    assert blocked(repo.customs("--staged")) == expected


def test_symlinks_are_told_by_the_index(indebted: Repo) -> None:
    (indebted.path / "link.py").symlink_to("old.py")
    indebted.git("add", "link.py")
    (indebted.path / "link.py").unlink()
    indebted.write({"link.py": "import celery\n"})
    assert blocked(indebted.customs("--staged")) is None
    indebted.stage({"real.py": "import celery\n"})
    (indebted.path / "real.py").unlink()
    (indebted.path / "real.py").symlink_to("old.py")
    assert blocked(indebted.customs("real.py")) == ["real.py:1 celery"]


def test_names_of_any_bytes(indebted: Repo) -> None:
    name = "b\udcff.py"
    try:
        indebted.stage({name: "import celery\n"})
    except OSError:
        pytest.skip("this file system takes only UTF-8")
    ran = indebted.customs(name)
    assert (ran.status, ran.out.count("`celery` is not declared")) == (1, 1)
    assert indebted.customs("--staged").out == ran.out


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        pytest.param("= broken", project()["pyproject.toml"], None, id="mended: what is old stays old"),
        pytest.param(None, project()["pyproject.toml"], None, id="the first one: adoption blocks nothing old"),
        pytest.param("[tool.x]\n", project()["pyproject.toml"], None, id="its first [project]"),
    ],
)
def test_project_comes(repo: Repo, before: str | None, after: str, expected: list[str] | None) -> None:
    repo.stage({"old.py": "import requests\n"} | ({"pyproject.toml": before} if before else {}))
    repo.commit()
    repo.stage({"pyproject.toml": after, "old.py": "import requests\nx = 1\n", "new.py": "import os\n"})
    assert blocked(repo.customs("--staged")) == expected
    repo.stage({"new.py": "import celery\n"})
    assert blocked(repo.customs("--staged")) == ["new.py:1 celery"]


def test_project_breaks(indebted: Repo) -> None:
    indebted.stage({"pyproject.toml": "[project]\nname = \n", "clean.py": "import os\nimport celery\n"})
    says = "pyproject.toml:2:8: error: invalid TOML: Invalid value\n    correct it, then run again\n"
    ran = indebted.customs("--staged")
    assert (ran.status, ran.err) == (2, says)
    assert ran.out == UNCHECKED.replace("1 file", "0 files")


def test_the_only_project_is_deleted(repo: Repo) -> None:
    repo.stage(project("celery") | {"a.py": "import celery\n"})
    repo.commit()
    repo.git("rm", "-q", "pyproject.toml")
    ran = repo.customs("--staged")
    assert (ran.status, ran.out) == (2, UNCHECKED)
    assert ran.err.startswith("a.py:1:8: error: no pyproject.toml states a project for it; it imports `celery`\n")


def test_extra_is_dropped(repo: Repo) -> None:
    extras = '\n[project.optional-dependencies]\nqueue = ["celery"]\n[dependency-groups]\ntest = ["boto3"]\n'
    repo.stage({"pyproject.toml": PROJECT.format("") + extras, "a.py": "import celery\n", "b.py": "import boto3\n"})
    repo.commit()
    repo.stage(project())
    assert blocked(repo.customs("--staged")) == ["a.py:1 celery", "b.py:1 boto3"]


CONFIGURED = '[project]\nname = "demo"\n[tool.import-customs]\nrequirements-files = ["{}"]\n'
DYNAMIC = (
    '[project]\nname = "demo"\ndynamic = ["dependencies"]\n[tool.setuptools.dynamic.dependencies]\nfile = ["{}"]\n'
)


@pytest.mark.parametrize(
    ("table", "name", "more"),
    [
        pytest.param(CONFIGURED.format("deps/base.pip"), "deps/base.pip", {}, id="requirements-files"),
        pytest.param(DYNAMIC.format("req/base.lst"), "req/base.lst", {}, id="dynamic of setuptools"),
        pytest.param(CONFIGURED.format("needs"), "needs", {}, id="without a suffix"),
        pytest.param(CONFIGURED.format("r.txt"), "deps/x.pip", {"r.txt": "-r deps/x.pip\n"}, id="named by another"),
    ],
)
def test_removed_from_a_file_of_any_name(repo: Repo, table: str, name: str, more: dict[str, str]) -> None:
    repo.stage({"pyproject.toml": table, "a.py": "import yaml\n", name: "pyyaml\n"} | more)
    repo.commit()
    assert blocked(repo.customs()) is None
    repo.stage({name: "\n"})
    assert blocked(repo.customs("--staged")) == ["a.py:1 yaml"]
    assert blocked(repo.customs(PRE_COMMIT="1")) == ["a.py:1 yaml"]


def test_what_no_project_names_declares_nothing(indebted: Repo) -> None:
    indebted.stage({"deps.pip": "celery\n", "clean.py": "import celery\n", "pyproject.toml": "= broken\n"})
    indebted.commit()
    indebted.stage({"deps.pip": "\n"})
    assert blocked(indebted.customs("--staged")) is None


def test_the_named_command_settles_the_push_that_was_blocked(indebted: Repo) -> None:
    base = indebted.git("rev-parse", "HEAD").strip()
    indebted.stage(CELERY)
    indebted.commit("--no-verify")
    pushing = {"PRE_COMMIT_FROM_REF": base, "PRE_COMMIT_TO_REF": "HEAD"}
    ran = indebted.customs("clean.py", **pushing)
    step = "Then commit what you changed and push again."
    assert ran.out.endswith(f"\n\n    import-customs --fix --since {base}\n\n{step}\n"), ran
    indebted.customs("--fix", "--since", base)
    indebted.git("commit", "-qam", "declare it")
    assert indebted.customs("clean.py", **pushing).status == 0


def test_since_counts_from_the_common_ancestor(indebted: Repo) -> None:
    indebted.git("branch", "side")
    indebted.stage({"clean.py": "import celery\n"})
    indebted.commit()
    indebted.git("checkout", "-q", "side")
    indebted.stage({"x.py": "import boto3\n"})
    indebted.commit()
    os.utime(indebted.path / ".git" / "index", (2**31, 2**31))  # else a file may be as new as it, and is looked at
    ran = indebted.customs("--since", "main")
    assert blocked(ran) == ["x.py:1 boto3"]
    assert "\nchecked what was introduced since main in 1 file: 1 finding\n" in ran.out


UNRELATED = (
    "error: --since {} and HEAD have no common ancestor\n    see `git log --all`, or `git fetch` what is missing\n"
)
SHALLOW = (
    " in this clone\n    the clone is shallow: `git fetch --unshallow`, or in CI check out with the whole history "
    "(fetch-depth: 0)\n"
)


def test_unrelated_base(indebted: Repo) -> None:
    indebted.git("checkout", "-q", "--orphan", "other")
    indebted.git("commit", "-q", "-m", "another first one")
    assert indebted.customs("--since", "main") == Ran(2, "", UNRELATED.format("main"))


@pytest.mark.parametrize("revision", ["-x", "--all", "HEAD:old.py", "a..b", "HEAD^{tree}", "\N{SNOWMAN}"])
def test_what_is_no_revision(indebted: Repo, revision: str) -> None:
    ran = indebted.customs(f"--since={revision}")
    assert (ran.status, ran.out) == (2, "")
    assert ran.err.startswith(f"error: --since {revision}: there is no such commit\n    ")


def test_shallow_clone(indebted: Repo, tmp_path: Path) -> None:
    first = indebted.git("rev-parse", "HEAD").strip()
    indebted.stage(CELERY)
    indebted.commit()
    indebted.git("clone", "-q", "--depth=1", indebted.path.as_uri(), str(tmp_path / "shallow"))
    shallow = Repo(tmp_path / "shallow")
    assert shallow.customs("--since", first) == Ran(2, "", f"error: --since {first}: there is no such commit{SHALLOW}")
    refs = {"PRE_COMMIT": "1", "PRE_COMMIT_FROM_REF": first, "PRE_COMMIT_TO_REF": "HEAD"}
    assert shallow.customs("clean.py", **refs) == Ran(2, "", f"error: {first}: there is no such commit{SHALLOW}")
    indebted.git("checkout", "-q", "-b", "side", first)
    indebted.stage({"side.py": "import os\n"})
    indebted.commit()
    shallow.git("fetch", "-q", "--depth=1", "origin", "side:side")
    ran = shallow.customs("--since", "side")
    assert ran == Ran(2, "", f"error: --since side and HEAD have no common ancestor{SHALLOW}")
    shallow.stage({"x.py": "import boto3\n"})
    assert blocked(shallow.customs("--staged")) == ["x.py:1 boto3"], "HEAD is there, and a commit needs no more"
