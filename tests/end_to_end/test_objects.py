"""git's objects: how many processes a check costs, and what is said where an object is missing or broken."""

import os
import shutil
import stat
from pathlib import Path

import pytest

from conftest import Ran, Repo

PROJECT = '[project]\nname = "demo"\ndependencies = ["pyyaml"]\n'
OTHER_PROJECT = {"pyproject.toml": PROJECT.replace("demo", "other"), "other/__init__.py": "import celery\n"}
_UNDER_PRE_COMMIT = {"PRE_COMMIT": "1"}


@pytest.fixture
def counted(repo: Repo, tmp_path: Path) -> Repo:
    """A repository with a project, whose first git on PATH writes down what it is asked, and asks the real one."""
    real = shutil.which("git", path=repo.environment["PATH"])
    wrapper = tmp_path / "bin" / "git"
    wrapper.parent.mkdir()
    wrapper.write_text(f'#!/bin/sh\nprintf "%s\\n" "$*" >> {tmp_path}/asked\nexec {real} "$@"\n')
    wrapper.chmod(0o755)
    repo.environment["PATH"] = f"{wrapper.parent}{os.pathsep}{repo.environment['PATH']}"
    repo.stage({"pyproject.toml": PROJECT})
    repo.commit()
    return repo


def asked(repo: Repo, *arguments: str, **environment: str) -> list[str]:
    """Check; the git commands that were run for it, sorted, for some run side by side."""
    log = repo.path.parent / "asked"
    log.unlink(missing_ok=True)
    assert repo.customs(*arguments, **environment).status in (0, 1)
    known = ("diff", "diff-index", "diff-tree", "ls-files", "ls-tree", "cat-file", "rev-parse", "merge-base", "config")
    return sorted(next(word for word in line.split() if word in known) for line in log.read_text().splitlines())


def modules(count: int, source: str) -> dict[str, str]:
    return {f"package{number % 7}/m{number}.py": source for number in range(count)}


@pytest.mark.parametrize("count", [1, 40])
def test_clean_commit_runs_one_git(counted: Repo, count: int) -> None:
    counted.stage(modules(count, "import yaml, os\n"))
    assert asked(counted, *modules(count, ""), **_UNDER_PRE_COMMIT) == ["diff"]
    assert asked(counted, **_UNDER_PRE_COMMIT) == ["diff"], "no Python file among those that the manager passes"
    counted.stage({"README.md": "", "Makefile": ""})
    assert asked(counted, **_UNDER_PRE_COMMIT) == ["diff"], "what no project names declares nothing"


def test_clean_commit_in_a_linked_worktree_runs_one_git(counted: Repo) -> None:
    counted.git("worktree", "add", "-q", "linked")
    counted.write({"linked/a.py": "import yaml\n"})
    counted.git("-C", "linked", "add", "a.py")
    counted.path, log = counted.path / "linked", counted.path.parent / "asked"
    log.unlink()
    assert counted.customs("a.py", **_UNDER_PRE_COMMIT).status == 0
    assert len(log.read_text().splitlines()) == 1


@pytest.mark.parametrize("count", [1, 40])
def test_findings_cost_a_fixed_number(counted: Repo, count: int) -> None:
    counted.stage(modules(count, "import celery\n"))
    counted.commit()
    counted.stage(modules(count, "import celery, boto3\n"))
    assert asked(counted, *modules(count, ""), **_UNDER_PRE_COMMIT) == ["cat-file", "diff", "ls-files"]


@pytest.mark.parametrize("count", [1, 40])
def test_index_costs_a_fixed_number(counted: Repo, count: int) -> None:
    counted.stage(modules(count, "import yaml\n"))
    assert asked(counted, *modules(count, "")) == ["cat-file", "diff", "ls-files"]
    counted.stage(modules(count, "import celery\n"))
    assert asked(counted, *modules(count, "")) == ["cat-file", "diff", "ls-files", "ls-files"]


@pytest.mark.parametrize("count", [1, 40])
def test_removed_declaration_costs_a_fixed_number(counted: Repo, count: int) -> None:
    counted.stage(modules(count, "import yaml\n"))
    counted.commit()
    counted.stage({"pyproject.toml": PROJECT.replace("pyyaml", "attrs")})
    found = asked(counted, "pyproject.toml", **_UNDER_PRE_COMMIT)
    assert found == ["cat-file", "diff", "ls-files"]


@pytest.fixture
def changed(repo: Repo) -> Repo:
    """Two commits: the second adds an undeclared import to a.py and one to b.py, which had one."""
    repo.stage({"pyproject.toml": PROJECT, "a.py": "import os\n", "b.py": "import requests\n", "c.py": "import sys\n"})
    repo.commit()
    repo.stage({"a.py": "import celery\n", "b.py": "import requests, boto3\n"})
    return repo


def damage(repo: Repo, revision: str, content: bytes | None) -> str:
    """Make the object unreadable, or take it away; its id."""
    name = repo.git("rev-parse", revision).strip()
    path = repo.path / ".git" / "objects" / name[:2] / name[2:]
    path.chmod(stat.S_IRUSR | stat.S_IWUSR)
    if content is None:
        path.unlink()
    else:
        path.write_bytes(content)
    return name


@pytest.mark.parametrize("content", [pytest.param(None, id="missing"), pytest.param(b"x", id="corrupt")])
@pytest.mark.parametrize(
    ("revision", "says"),
    [
        pytest.param("HEAD:b.py", "b.py: error: git cannot read what it was before this change\n", id="a base's file"),
        pytest.param("HEAD:pyproject.toml", "error: git cannot read", id="a base's pyproject.toml"),
        pytest.param(":b.py", "b.py: error: git cannot read the object {id}\n", id="what is staged"),
        pytest.param(":pyproject.toml", "error: git cannot read", id="the staged pyproject.toml"),
        pytest.param("HEAD^{tree}", "error: git ", id="a base's tree"),
        pytest.param("HEAD", "error: ", id="the base itself"),
    ],
)
def test_broken_repository(changed: Repo, revision: str, says: str, content: bytes | None) -> None:
    name = damage(changed, revision, content)
    ran = changed.customs("--staged")
    assert ran.status == 2
    assert says.format(id=name) in ran.err
    assert ran.err.splitlines()[1].startswith("    see "), "the next step"
    assert ("a.py:1:8: undeclared: `celery`" in ran.out) == (revision == ":b.py"), "the others are judged all the same"


@pytest.fixture
def partial(changed: Repo, tmp_path: Path) -> Repo:
    """A clone that has the blobs of what is checked out, and of the commits before only the names."""
    changed.commit()
    changed.git("config", "uploadpack.allowFilter", "true")
    changed.git("clone", "-q", "--filter=blob:none", changed.path.as_uri(), str(tmp_path / "partial"))
    return Repo(tmp_path / "partial")


def missing(repo: Repo) -> int:
    listed = repo.git("rev-list", "--objects", "--all", "--missing=print", GIT_ALLOW_PROTOCOL="")
    return sum(line.startswith("?") for line in listed.splitlines())


NOTE = "note: {}: judged whole, for this partial clone lacks what the file was before\n"


@pytest.mark.parametrize(
    ("arguments", "environment"),
    [
        pytest.param(("--since", "HEAD~1"), {}, id="by hand"),
        pytest.param(
            ("a.py", "b.py"), {"PRE_COMMIT_FROM_REF": "HEAD~1", "PRE_COMMIT_TO_REF": "HEAD"}, id="from-ref, to-ref"
        ),
    ],
)
def test_partial_clone(partial: Repo, arguments: tuple[str, ...], environment: dict[str, str]) -> None:
    before = missing(partial)
    assert before == 2
    ran = partial.customs(*arguments, **environment, CI="1")
    assert (ran.status, ran.err) == (1, NOTE.format("a.py") + NOTE.format("b.py"))
    assert [line[:5] for line in ran.out.splitlines() if ": undeclared: " in line] == ["a.py:", "b.py:", "b.py:"]
    assert missing(partial) == before, "nothing was fetched"


def test_a_partial_clone_without_the_old_folders(changed: Repo, tmp_path: Path) -> None:
    changed.commit()
    changed.git("config", "uploadpack.allowFilter", "true")
    changed.git("clone", "-q", "--filter=tree:0", changed.path.as_uri(), str(tmp_path / "partial"))
    ran = Repo(tmp_path / "partial").customs("--since", "HEAD~1")
    assert (ran.status, ran.out) == (2, "")
    assert ran.err.startswith("error: could not fetch ")
    assert ran.err.endswith("    this partial clone lacks it: `git fetch --refetch --no-filter` brings everything\n")


def test_partial_clone_without_the_old_declarations(changed: Repo, tmp_path: Path) -> None:
    changed.git("reset", "-q", "--hard")
    changed.stage({"pyproject.toml": PROJECT.replace("pyyaml", "requests")})
    changed.commit()
    changed.stage({"pyproject.toml": PROJECT})
    changed.commit()
    changed.git("config", "uploadpack.allowFilter", "true")
    changed.git("clone", "-q", "--filter=blob:none", changed.path.as_uri(), str(tmp_path / "partial"))
    ran = Repo(tmp_path / "partial").customs("--since", "HEAD~1", CI="1")
    assert (ran.status, ran.err) == (1, NOTE.format("pyproject.toml") + NOTE.format("b.py"))
    assert ran.out.startswith("b.py:1:8: undeclared: `requests`"), "its declaration may be what was removed"


def test_history_in_a_partial_clone(changed: Repo, tmp_path: Path) -> None:
    changed.git("reset", "-q", "--hard")
    changed.stage({"new.py": "import requests\n"})
    changed.commit()
    for declared in ("requests", "pyyaml"):  # a declaration that is taken back: only the commit between has its text
        changed.stage({"pyproject.toml": PROJECT.replace("pyyaml", declared)})
        changed.commit()
    changed.git("config", "uploadpack.allowFilter", "true")
    changed.git("clone", "-q", "--filter=blob:none", changed.path.as_uri(), str(tmp_path / "partial"))
    ran = Repo(tmp_path / "partial").customs("--history", "3")
    assert (ran.status, ran.err) == (0, "")
    assert "git cannot read the object" in ran.out, "of the commit that declares it"
    assert "requests: not declared since; " in ran.out


def test_what_neither_the_worktree_nor_the_clone_holds(repo: Repo, tmp_path: Path) -> None:
    """In a sparse checkout of a partial clone: it hides no finding, and is told of only where it would be judged."""
    others = {f"libs/{name}/{file}": text for name in "ab" for file, text in OTHER_PROJECT.items()}
    repo.stage(
        {"pyproject.toml": PROJECT, "app.py": "", "tools/t.py": "import yaml\n", "tools/u.py": "import yaml#\n"}
        | others
    )
    repo.commit()
    repo.git("config", "uploadpack.allowFilter", "true")
    repo.git("clone", "-q", "--filter=blob:none", "--sparse", repo.path.as_uri(), str(tmp_path / "partial"))
    clone = Repo(tmp_path / "partial")
    clone.stage({"app.py": "import requests\nimport yaml\n"})
    assert said_of(clone.customs("app.py", **_UNDER_PRE_COMMIT)) == (1, "", ["app.py:1:8"])
    clone.stage({"pyproject.toml": PROJECT.replace('"pyyaml"', "")})
    status, told, found = said_of(clone.customs("app.py", **_UNDER_PRE_COMMIT))
    assert (status, found) == (2, ["app.py:1:8", "app.py:2:8"])
    assert told.startswith("tools/t.py: error: git cannot read the object ")
    assert told.count("error: ") == 1, "what brings one brings the others"


def said_of(ran: Ran) -> tuple[int, str, list[str]]:
    """The status, what is told of errors, and the places of findings."""
    return ran.status, ran.err, [one.split(": ")[0] for one in ran.out.splitlines() if ": undeclared: " in one]


def test_rename_in_a_partial_clone(partial: Repo) -> None:
    partial.git("mv", "c.py", "moved.py")
    partial.git("rm", "-q", "a.py")
    partial.stage({"new.py": "import os\n"})
    ran = partial.customs("--staged", "--since", "HEAD~1")
    assert ran == Ran(1, ran.out, "")
    assert "; it may be old, for this partial clone lacks what the file was before\n" in ran.out
    assert "\nchecked what was introduced since HEAD~1 in 3 files: " in ran.out
