"""What a commit, a merge, a rebase or a push introduces is blocked, and nothing older: real git, real hook managers."""

import re
from pathlib import Path

import pytest

from conftest import Ran, Repo

PROJECT = '[project]\nname = "demo"\ndependencies = [{}]\n'
DEBT = {"pyproject.toml": PROJECT.format(""), "old.py": "import requests\n", "clean.py": "import os\n"}


# For what hangs on the change alone. How each manager gives it to the hook is held by the other tests.
one_manager = pytest.mark.parametrize("tool", ["prek"], indirect=True)


def project(*names: str) -> dict[str, str]:
    return {"pyproject.toml": PROJECT.format(", ".join(f'"{name}"' for name in names))}


def blocked(ran: Ran) -> list[str] | None:
    """The places and modules that a run blocked, None where it passed; fails where it could not check."""
    found = re.findall(r"^ *(\S+:\d+):\d+: [a-z-]+: `([\w.]+)`", ran.out + ran.err, re.MULTILINE)
    assert (ran.status != 0) == bool(found), ran
    return [f"{place} {module}" for place, module in found] or None


@pytest.fixture
def indebted(hooked: Repo) -> Repo:
    """A repository that had undeclared imports before it took the hook."""
    hooked.stage(DEBT)
    assert hooked.commit("--no-verify").status == 0
    return hooked


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param({"clean.py": "import os\nimport celery\n"}, ["clean.py:2 celery"], id="a new import"),
        pytest.param({"new.py": "import requests\n"}, ["new.py:1 requests"], id="a file new to the repository"),
        pytest.param({"README.md": "x"}, None, id="no Python file"),
    ],
)
def test_commit(indebted: Repo, files: dict[str, str], expected: list[str] | None) -> None:
    indebted.stage(files)
    assert blocked(indebted.commit()) == expected


@one_manager
@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param({"old.py": "import os\n\nimport requests\n"}, None, id="an old one moved inside its file"),
        pytest.param({"old.py": "import requests\nimport celery\n"}, ["old.py:2 celery"], id="beside an old one"),
        pytest.param({"old.py": "import requests.adapters\n"}, None, id="more of an old one"),
        pytest.param({"new.py": "import celery\n"} | project("celery"), None, id="declared in the same commit"),
    ],
)
def test_commit_beside_old_debt(indebted: Repo, files: dict[str, str], expected: list[str] | None) -> None:
    indebted.stage(files)
    assert blocked(indebted.commit()) == expected


@one_manager
def test_declaration_that_is_not_staged(indebted: Repo) -> None:
    indebted.stage({"new.py": "import celery\n"})
    indebted.write(project("celery"))
    assert blocked(indebted.commit()) == ["new.py:1 celery"]
    indebted.git("add", "pyproject.toml")
    assert blocked(indebted.commit()) is None


def test_partially_staged_file(indebted: Repo) -> None:
    indebted.stage({"clean.py": "import os\nx = 1\n"})
    indebted.write({"clean.py": "import os\nx = 1\nimport celery\n"})
    assert blocked(indebted.commit()) is None
    indebted.write({"clean.py": "import os\nx = 2\n"})
    indebted.stage({"old.py": "import celery\n"})
    indebted.write({"old.py": "import os\n"})
    assert blocked(indebted.commit()) == ["old.py:1 celery"]


@one_manager
def test_rename_keeps_the_old_path_s_findings(indebted: Repo) -> None:
    indebted.git("mv", "old.py", "renamed.py")
    indebted.stage({"renamed.py": "import requests\n# x\n"})
    assert blocked(indebted.commit()) is None
    indebted.git("config", "diff.renames", "false")
    indebted.git("mv", "renamed.py", "again.py")
    assert blocked(indebted.commit()) is None


@one_manager
def test_a_renamed_file_is_told_that_its_old_path_is_exempt(hooked: Repo) -> None:
    exempt = '[tool.import-customs.per-file-ignores]\n"a/old.py" = ["celery"]\n'
    text = project()["pyproject.toml"] + exempt
    hooked.stage({"pyproject.toml": text, "a/old.py": "import celery\n# x\n# y\n"})
    assert blocked(hooked.commit()) is None
    hooked.git("mv", "a/old.py", "new.py")
    ran = hooked.commit()
    said = " ".join((ran.out + ran.err).split())
    assert "in pyproject.toml; `per-file-ignores` exempts it under the old path, a/old.py" in said
    hooked.stage({"pyproject.toml": text.replace("a/old.py", "new.py")})
    assert blocked(hooked.commit()) is None


@pytest.fixture
def declared(hooked: Repo) -> Repo:
    """A repository in which everything is declared."""
    sources = {"a.py": "import requests\n", "b/c.py": "import requests\nimport yaml\n", "d.py": "import yaml\n"}
    hooked.stage(project("requests", "pyyaml") | sources)
    assert blocked(hooked.commit()) is None
    return hooked


@one_manager
def test_removed_declaration_is_blocked_for_every_importer(declared: Repo) -> None:
    declared.stage(project("pyyaml"))
    assert blocked(declared.commit()) == ["a.py:1 requests", "b/c.py:1 requests"]


@one_manager
def test_deleted_nested_project_is_blocked_where_the_outer_one_does_not_declare(declared: Repo) -> None:
    declared.stage({"sub/pyproject.toml": project("celery")["pyproject.toml"], "sub/x.py": "import celery\n"})
    assert blocked(declared.commit()) is None
    declared.git("rm", "-q", "sub/pyproject.toml")
    assert blocked(declared.commit()) == ["sub/x.py:1 celery"]


@one_manager
def test_removed_from_a_requirements_file(declared: Repo) -> None:
    table = '[project]\nname = "demo"\ndynamic = ["dependencies"]\n'
    table += '[tool.setuptools.dynamic]\ndependencies.file = "r/a.txt"\n'
    declared.stage({"pyproject.toml": table, "r/a.txt": "requests\npyyaml\n"})
    assert blocked(declared.commit()) is None
    declared.stage({"r/a.txt": "requests\n"})
    assert blocked(declared.commit()) == ["b/c.py:2 yaml", "d.py:1 yaml"]


@one_manager
def test_removed_from_a_requirements_file_of_another_folder(declared: Repo) -> None:
    table = '[project]\nname = "x"\n[tool.import-customs]\nrequirements-files = ["../shared/a.txt"]\n'
    declared.stage({"x/pyproject.toml": table, "shared/a.txt": "celery\ntenacity\n", "x/t.py": "import celery\n"})
    assert blocked(declared.commit()) is None
    declared.stage({"shared/a.txt": "celery\n"})
    assert blocked(declared.commit()) is None
    declared.stage({"shared/a.txt": "tenacity\n"})
    assert blocked(declared.commit()) == ["x/t.py:1 celery"]


@one_manager
def test_removed_from_a_workspace_s_root(declared: Repo) -> None:
    root = project("requests", "pyyaml")["pyproject.toml"]
    group = '[dependency-groups]\ndev = ["pytest"]\n'
    workspace = '[tool.uv.workspace]\nmembers = ["m/*"]\n'
    member = {"m/one/pyproject.toml": project()["pyproject.toml"], "m/one/t.py": "import pytest\n"}
    declared.stage({"pyproject.toml": root + group + workspace, **member})
    assert blocked(declared.commit()) is None
    declared.stage({"pyproject.toml": root + workspace})
    assert blocked(declared.commit()) == ["m/one/t.py:1 pytest"]


@one_manager
def test_a_member_that_leaves_its_workspace(declared: Repo) -> None:
    root = project("requests", "pyyaml")["pyproject.toml"]
    group = '[dependency-groups]\ndev = ["pytest"]\n'
    member = {"m/one/pyproject.toml": project()["pyproject.toml"], "m/one/t.py": "import pytest\n"}
    declared.stage({"pyproject.toml": root + group + '[tool.uv.workspace]\nmembers = ["m/*"]\n', **member})
    assert blocked(declared.commit()) is None
    declared.stage({"pyproject.toml": root + group + '[tool.uv.workspace]\nmembers = ["n/*"]\n'})
    assert blocked(declared.commit()) == ["m/one/t.py:1 pytest"]


@one_manager
def test_removed_with_its_last_import(declared: Repo) -> None:
    declared.stage(project("requests") | {"b/c.py": "import requests\n"})
    declared.git("rm", "-q", "d.py")
    assert blocked(declared.commit()) is None


@one_manager
def test_version_of_a_declaration_changed(declared: Repo) -> None:
    declared.stage(project("requests>=2", "pyyaml>=6"))
    assert blocked(declared.commit()) is None


def test_first_commit(hooked: Repo) -> None:
    hooked.git("checkout", "-q", "--orphan", "fresh")
    hooked.stage({"a.py": "import celery\n"} | project())
    assert blocked(hooked.commit()) == ["a.py:1 celery"]
    hooked.stage(project("celery"))
    assert blocked(hooked.commit()) is None


@one_manager
def test_detached_head(indebted: Repo) -> None:
    indebted.git("checkout", "-q", "--detach")
    indebted.stage({"clean.py": "import celery\n", "old.py": "import requests\nx = 1\n"})
    assert blocked(indebted.commit()) == ["clean.py:1 celery"]


@one_manager
def test_amend(indebted: Repo) -> None:
    indebted.stage({"clean.py": "import os, sys\n"})
    indebted.commit("--date=2026-01-02T03:04:05+0100")
    indebted.stage({"old.py": "import requests, celery\n"})
    for options, ending in ((["--amend"], "and amend again."), ([], "and commit again.")):
        stopped = indebted.commit(*options)
        assert blocked(stopped) == ["old.py:1 celery"]
        assert ending in stopped.out + stopped.err


@pytest.mark.parametrize("arguments", [pytest.param(["-a"], id="-a"), pytest.param(["clean.py"], id="PATH")])
def test_temporary_index(indebted: Repo, arguments: list[str]) -> None:
    indebted.write({"clean.py": "import celery\n"})
    assert blocked(indebted.commit(*arguments)) == ["clean.py:1 celery"]
    indebted.write({"clean.py": "import sys\n"})
    assert blocked(indebted.commit(*arguments)) is None


def test_worktree(indebted: Repo) -> None:
    indebted.git("worktree", "add", "-q", "../other", "-b", "other")
    other = Repo.__new__(Repo)
    other.path, other.environment = indebted.path.parent / "other", indebted.environment
    other.stage({"clean.py": "import celery\n", "old.py": "import requests\nx = 1\n"})
    assert blocked(other.commit()) == ["clean.py:1 celery"]


def branch(repo: Repo, name: str, files: dict[str, str]) -> None:
    """A branch from here with one commit that no hook looked at."""
    repo.git("checkout", "-q", "-b", name)
    repo.stage(files)
    repo.commit("--no-verify")
    repo.git("checkout", "-q", "main")


def test_merge_without_conflict(indebted: Repo) -> None:
    branch(indebted, "side", {"clean.py": "import celery\n"})
    indebted.stage({"other.py": "import os\n"})
    indebted.commit()
    assert blocked(indebted.run("git", "merge", "-q", "--no-edit", "side")) is None


@one_manager
def test_conflicted_merge(indebted: Repo) -> None:
    branch(indebted, "side", {"clean.py": "import celery\nx = 1\n"})
    indebted.stage({"clean.py": "import os\nx = 2\n"})
    assert blocked(indebted.commit()) is None
    assert indebted.run("git", "merge", "-q", "side").status == 1
    indebted.stage({"clean.py": "import celery\nx = 3\n"})
    assert blocked(indebted.commit()) is None, "a parent already had it"


@one_manager
def test_conflicted_merge_adds_its_own(indebted: Repo) -> None:
    branch(indebted, "side", {"clean.py": "import celery\nx = 1\n"})
    indebted.stage({"clean.py": "import os\nx = 2\n"})
    indebted.commit()
    assert indebted.run("git", "merge", "-q", "side").status == 1
    indebted.stage({"clean.py": "import celery, boto3\nx = 3\n"})
    assert blocked(indebted.commit()) == ["clean.py:1 boto3"]


def test_conflict_resolved_to_ours(indebted: Repo, tool: str) -> None:
    """The file does not differ from HEAD, and the hook managers pass its name all the same."""
    branch(indebted, "side", {"old.py": "import requests\nx = 2\n"})
    ours = {"old.py": "import requests\nx = 3\n"}
    indebted.stage(ours)
    assert blocked(indebted.commit()) is None
    assert indebted.run("git", "merge", "-q", "side").status == 1
    indebted.stage(ours)
    assert blocked(indebted.run(tool, "run")) is None, "before the commit"
    assert blocked(indebted.run(tool, "run", "--all-files")) == ["old.py:1 requests"]
    assert blocked(indebted.commit()) is None


@one_manager
@pytest.mark.parametrize(
    ("resolved", "expected"),
    [
        pytest.param(project("flask", "requests"), ["b.py:1 django"], id="ours: what came needs what was left out"),
        pytest.param(project("flask", "django"), ["old.py:1 requests"], id="theirs: what was here needs it"),
        pytest.param(project("flask", "django", "requests"), None, id="both"),
    ],
)
def test_conflict_among_declarations(hooked: Repo, resolved: dict[str, str], expected: list[str] | None) -> None:
    hooked.stage(project("flask"))
    assert hooked.commit().status == 0
    branch(hooked, "side", project("flask", "django") | {"b.py": "import django\n"})
    hooked.stage(project("flask", "requests") | {"old.py": "import requests\n"})
    assert blocked(hooked.commit()) is None
    assert hooked.run("git", "merge", "-q", "side").status == 1
    hooked.stage(resolved)
    assert blocked(hooked.commit()) == expected


@one_manager
def test_rebase_in_progress(indebted: Repo) -> None:
    branch(indebted, "side", {"clean.py": "import os\nx = 1\n"})
    indebted.stage({"clean.py": "import os\nx = 2\n"})
    indebted.commit()
    indebted.git("checkout", "-q", "side")
    assert indebted.run("git", "rebase", "-q", "main").status == 1
    indebted.stage({"clean.py": "import celery\nx = 3\n"})
    assert blocked(indebted.commit()) == ["clean.py:1 celery"]
    indebted.stage({"clean.py": "import os\nx = 3\n"})
    assert blocked(indebted.commit()) is None


def test_cherry_pick_in_progress(indebted: Repo) -> None:
    branch(indebted, "side", {"clean.py": "import celery\nx = 1\n"})
    indebted.stage({"clean.py": "import os\nx = 2\n"})
    indebted.commit()
    assert indebted.run("git", "cherry-pick", "side").status == 1
    indebted.stage({"clean.py": "import celery\nx = 3\n"})
    ran = indebted.run("git", "cherry-pick", "--continue", GIT_EDITOR="true")
    assert blocked(ran) == ["clean.py:1 celery"]


@pytest.fixture
def remote(indebted: Repo, tmp_path: Path) -> Repo:
    """A bare repository to push to, which has what is old."""
    path = tmp_path / "remote.git"
    indebted.git("init", "-q", "--bare", str(path))
    indebted.git("remote", "add", "origin", str(path))
    indebted.git("push", "-q", "--no-verify", "-u", "origin", "main")
    return indebted


def test_push(remote: Repo) -> None:
    remote.stage({"clean.py": "import celery\n", "old.py": "import requests\nx = 1\n"})
    remote.commit("--no-verify")
    remote.write({"clean.py": "import os\n"})
    assert blocked(remote.run("git", "push", "-q")) == ["clean.py:1 celery"]
    remote.stage(project("celery"))
    remote.git("checkout", "-q", "clean.py")
    remote.commit("--no-verify")
    assert blocked(remote.run("git", "push", "-q")) is None


@one_manager
def test_push_of_a_branch_that_is_not_checked_out(remote: Repo) -> None:
    branch(remote, "side", {"clean.py": "import celery\n"})
    assert blocked(remote.run("git", "push", "-q", "origin", "side")) == ["clean.py:1 celery"]


def test_first_push_to_an_empty_remote(indebted: Repo, tmp_path: Path) -> None:
    indebted.git("init", "-q", "--bare", str(tmp_path / "empty.git"))
    indebted.git("remote", "add", "origin", str(tmp_path / "empty.git"))
    indebted.write({"clean.py": "import celery\n"})
    assert blocked(indebted.run("git", "push", "-q", "-u", "origin", "main")) == ["old.py:1 requests"]
    indebted.git("stash", "-q")
    branch(indebted, "side", {"clean.py": "import boto3\n"} | project("requests"))
    assert blocked(indebted.run("git", "push", "-q", "origin", "side")) == ["clean.py:1 boto3"], "not what lies here"


def test_push_of_a_new_branch(remote: Repo) -> None:
    branch(remote, "side", {"clean.py": "import celery\n"})
    branch(remote, "other", {"x.py": "import os\n"})
    assert blocked(remote.run("git", "push", "-q", "origin", "other:fresh")) is None
    assert blocked(remote.run("git", "push", "-q", "origin", "side:again")) == ["clean.py:1 celery"]


def test_push_that_deletes(remote: Repo) -> None:
    remote.git("push", "-q", "--no-verify", "origin", "main:gone")
    assert blocked(remote.run("git", "push", "-q", "origin", ":gone")) is None


@one_manager
def test_squash_merge_is_new(indebted: Repo) -> None:
    branch(indebted, "side", {"clean.py": "import celery\n"})
    indebted.git("merge", "-q", "--squash", "side")
    assert blocked(indebted.commit()) == ["clean.py:1 celery"]


@one_manager
def test_revert_brings_back(indebted: Repo) -> None:
    indebted.stage({"clean.py": "import celery\n"})
    indebted.commit("--no-verify")
    indebted.stage({"clean.py": "import os\n"})
    assert blocked(indebted.commit()) is None
    indebted.git("revert", "--no-commit", "HEAD")
    assert blocked(indebted.commit()) == ["clean.py:1 celery"]


@one_manager
def test_merge_without_conflict_that_breaks(declared: Repo) -> None:
    """Each side is right by itself: one removes a declaration, the other imports what it gave."""
    branch(declared, "side", {"new.py": "import yaml\n"})
    declared.stage(project("requests") | {"b/c.py": "import requests\n"})
    declared.git("rm", "-q", "d.py")
    assert blocked(declared.commit()) is None
    assert blocked(declared.run("git", "merge", "-q", "--no-edit", "side")) == ["new.py:1 yaml"]


def test_intent_to_add_is_no_part_of_the_commit(indebted: Repo) -> None:
    indebted.write({"later.py": "import celery\n"})
    indebted.git("add", "-N", "later.py")
    indebted.stage({"clean.py": "import os\nx = 1\n"})
    assert blocked(indebted.commit()) is None


SUB = {"sub/pyproject.toml": PROJECT.format('"celery"').replace("demo", "sub")}


@one_manager
@pytest.mark.parametrize("announced", [pytest.param(False, id="untracked"), pytest.param(True, id="intent to add")])
@pytest.mark.parametrize(
    ("staged", "lacking", "module"),
    [
        pytest.param({"clean.py": "import own_zz\n"}, {"own_zz.py": "x = 1\n"}, "own_zz", id="a module"),
        pytest.param({"sub/a.py": "import celery\n"}, SUB, "celery", id="a declaration"),
    ],
)
def test_what_is_not_committed_does_not_count(
    indebted: Repo, staged: dict[str, str], lacking: dict[str, str], module: str, *, announced: bool
) -> None:
    (name,), (place,) = lacking, staged
    indebted.stage(staged)
    indebted.write(lacking)
    if announced:
        indebted.git("add", "-N", name)
    ran = indebted.commit()
    assert blocked(ran) == [f"{place}:1 {module}"]
    assert f"    `git add {name}`\n" in ran.out + ran.err
    indebted.git("add", name)
    assert blocked(indebted.commit()) is None


def test_submodule(indebted: Repo, tmp_path: Path) -> None:
    inner = Repo(tmp_path / "inner")
    inner.stage({"x.py": "import celery\n"})
    inner.commit()
    indebted.git("-c", "protocol.file.allow=always", "submodule", "--quiet", "add", str(inner.path), "inner")
    assert blocked(indebted.commit()) is None
    (indebted.path / "inner" / "x.py").write_text("import boto3\n")
    indebted.git("-C", "inner", "commit", "-q", "-a", "-m", "x")
    indebted.git("add", "inner")
    assert blocked(indebted.commit()) is None, "its files are another repository's"


def test_names(indebted: Repo) -> None:
    names = ["a b.py", "new\nline.py", "-x.py", "\N{SNOWMAN}.py", "sub/-y.py"]
    indebted.stage(dict.fromkeys(names, "import celery\n"))
    ran = indebted.commit()
    assert (ran.status, "in 5 files: 5 findings of 1 package" in ran.out + ran.err) == (1, True)


def test_from_ref_to_ref(indebted: Repo, tool: str) -> None:
    indebted.stage({"clean.py": "import celery\n"})
    indebted.commit("--no-verify")
    indebted.stage({"old.py": "import requests\nx = 1\n"})
    indebted.commit("--no-verify")
    assert blocked(indebted.run(tool, "run", "--from-ref", "HEAD~2", "--to-ref", "HEAD")) == ["clean.py:1 celery"]
    assert blocked(indebted.run(tool, "run", "--from-ref", "HEAD~1", "--to-ref", "HEAD")) is None


def test_all_files(indebted: Repo, tool: str) -> None:
    assert blocked(indebted.run(tool, "run", "--all-files")) == ["old.py:1 requests"]


def test_files(indebted: Repo, tool: str) -> None:
    assert blocked(indebted.run(tool, "run", "--files", "old.py")) == ["old.py:1 requests"]
    assert blocked(indebted.run(tool, "run", "--files", "clean.py")) is None


@one_manager
def test_an_excluded_file_stays_excluded(indebted: Repo) -> None:
    config = indebted.path / ".pre-commit-config.yaml"
    config.write_text(config.read_text() + "        exclude: ^vendored/\n")
    indebted.stage({".pre-commit-config.yaml": config.read_text(), "vendored/a.py": "import celery\n"})
    assert blocked(indebted.commit()) is None


@one_manager
def test_sparse_checkout(indebted: Repo) -> None:
    indebted.stage({"libs/helpers/h.py": "import requests\n", "app/a.py": "import os\n"} | project("requests"))
    assert blocked(indebted.commit()) is None
    indebted.git("sparse-checkout", "set", "app")
    indebted.stage({"app/a.py": "import libs.helpers.h\n"})
    assert blocked(indebted.commit()) is None, "first-party, though not on disk"
    indebted.stage(project())
    assert blocked(indebted.commit()) == ["libs/helpers/h.py:1 requests", "old.py:1 requests"]
