"""What is asked and what is staged in, the decision out: one row for each way in which the command is started."""

import os

import pytest

from conftest import Repo
from import_customs.check.scope import ScopeRequest, decide
from import_customs.model import INDEX, WORKTREE

UNDER = {"PRE_COMMIT": "1"}
TO = UNDER | {"PRE_COMMIT_TO_REF": "main"}
BRANCH = UNDER | {"PRE_COMMIT_LOCAL_BRANCH": "main"}
PUSH = TO | {"PRE_COMMIT_FROM_REF": "main~1"}


@pytest.mark.parametrize(
    ("given", "asked", "kind", "text", "base"),
    [
        pytest.param(["s.py"], ScopeRequest(environment=UNDER), "new", WORKTREE, "HEAD", id="commit under pre-commit"),
        pytest.param([], ScopeRequest(environment=UNDER), "new", WORKTREE, "HEAD", id="commit without a Python file"),
        pytest.param(["s.py", "t.py"], ScopeRequest(environment=UNDER), "all", WORKTREE, None, id="--all-files"),
        pytest.param(["t.py"], ScopeRequest(environment=UNDER), "all", WORKTREE, None, id="--files"),
        pytest.param(["s.py"], ScopeRequest(), "new", INDEX, "HEAD", id="another hook manager"),
        pytest.param(["s.py", "t.py"], ScopeRequest(), "all", WORKTREE, None, id="files by hand"),
        pytest.param([], ScopeRequest(), "all", WORKTREE, None, id="nothing by hand"),
        pytest.param([], ScopeRequest(staged=True), "new", INDEX, "HEAD", id="--staged"),
        pytest.param(
            ["s.py"], ScopeRequest(staged=True, environment=UNDER), "new", INDEX, "HEAD", id="--staged in a hook"
        ),
        pytest.param(
            ["t.py"], ScopeRequest(staged=True, environment=PUSH), "new", INDEX, "HEAD", id="--staged on a push"
        ),
        pytest.param([], ScopeRequest(staged=True, scope="all"), "all", INDEX, None, id="--staged --scope all"),
        pytest.param([], ScopeRequest(staged=True, since="main~1"), "new", INDEX, "main~1", id="--staged --since"),
        pytest.param(["s.py"], ScopeRequest(scope="all", environment=UNDER), "all", WORKTREE, None, id="--scope all"),
        pytest.param([], ScopeRequest(scope="new"), "new", WORKTREE, "HEAD", id="--scope new by hand"),
        pytest.param(["s.py"], ScopeRequest(scope="new", environment=UNDER), "new", WORKTREE, "HEAD", id="new, commit"),
        pytest.param(["t.py"], ScopeRequest(scope="new", environment=UNDER), "new", WORKTREE, "HEAD", id="new, files"),
        pytest.param([], ScopeRequest(since="main~1"), "new", WORKTREE, "main~1", id="--since"),
        pytest.param(["t.py"], ScopeRequest(environment=PUSH), "new", "main", "main~1", id="push"),
        pytest.param(["t.py"], ScopeRequest(environment=PUSH, since="main"), "new", "main", "main", id="push, --since"),
        pytest.param(
            ["t.py"], ScopeRequest(environment=PUSH, scope="all"), "all", "main", None, id="push, --scope all"
        ),
        pytest.param(["t.py"], ScopeRequest(environment=TO), "all", "main", None, id="first push, prek"),
        pytest.param(["t.py"], ScopeRequest(environment=BRANCH), "all", "main", None, id="first push, pre-commit"),
    ],
)
def test_decide(
    repo: Repo,
    monkeypatch: pytest.MonkeyPatch,
    given: list[str],
    asked: ScopeRequest,
    kind: str,
    text: str,
    base: str | None,
) -> None:
    for key in os.environ:
        if key.startswith("GIT_"):
            monkeypatch.delenv(key)
    for source in ("1", "2"):
        repo.stage({"t.py": source})
        repo.commit()
    repo.stage({"s.py": ""})
    scope = decide(str(repo.path), given, asked)
    tip = repo.git("rev-parse", "main").strip()
    assert (scope.kind, scope.text, scope.base) == (kind, tip if text == "main" else text, base)


HOOK = """repos:
  - repo: https://example.invalid/import-customs
    rev: v1
    hooks:
      - id: {}
        {}
      - id: other
        {}
"""
WIDE = (
    "repos:\n-   repo: local\n    hooks:\n    -   id: undeclared-imports\n        {}\n    -   id: other\n        {}\n"
)
LOCAL = "x\n        entry: python -I -m import_customs"
WITHHELD = "pass_filenames: false"


@pytest.mark.parametrize(
    ("settings", "file", "status"),
    [
        pytest.param(HOOK.format("undeclared-imports", WITHHELD, ""), "a.py", 2, id="the hook gets no names"),
        pytest.param(HOOK.format("undeclared-imports", WITHHELD, ""), None, 2, id="nor does a run of all files"),
        pytest.param(HOOK.format(LOCAL, f"{WITHHELD}  # why", ""), "a.py", 2, id="a local one"),
        pytest.param(HOOK.format("undeclared-imports", WITHHELD, ""), "a.md", 0, id="no Python file is committed"),
        pytest.param(HOOK.format("undeclared-imports", "", WITHHELD), "a.py", 0, id="another hook gets none"),
        pytest.param(HOOK.format(f"{LOCAL} --unused", WITHHELD, ""), "a.py", 0, id="what is unused needs none"),
        pytest.param(HOOK.format("undeclared-imports", "exclude: a.py", ""), "a.py", 0, id="none is left"),
        pytest.param(None, "a.py", 0, id="without settings"),
        pytest.param(
            HOOK.format("undeclared-imports", "exclude: a.py", "") + f"      - id: {LOCAL}\n        {WITHHELD}\n",
            "a.py",
            0,
            id="one of two gets names, of which none is left",
        ),
        pytest.param(WIDE.format(WITHHELD, ""), "a.py", 2, id="in the form of a sample"),
        pytest.param(WIDE.format("", WITHHELD), "a.py", 0, id="another hook in that form"),
    ],
)
def test_names_that_are_withheld(repo: Repo, settings: str | None, file: str | None, status: int) -> None:
    stated = {".pre-commit-config.yaml": settings} if settings else {}
    repo.stage({"pyproject.toml": '[project]\nname = "a"\n', **stated})
    repo.commit("--no-verify")
    repo.stage({file: "import celery\n"} if file else {})
    ran = repo.customs(PRE_COMMIT="1")
    assert ran.status == status
    told = "`pass_filenames: false` leaves the hook without names, so that it looks at no file"
    assert (told in ran.err) is (status == 2)


def test_names_that_are_withheld_from_a_check_of_everything(repo: Repo) -> None:
    settings = HOOK.format(f"{LOCAL} --scope all", WITHHELD, "")
    repo.stage(
        {"pyproject.toml": "[project]\nname = 'a'\n", ".pre-commit-config.yaml": settings, "a.py": "import celery\n"}
    )
    assert repo.customs("--scope", "all", PRE_COMMIT="1").status == 1


def test_names_that_are_withheld_where_no_file_is_left(repo: Repo) -> None:
    settings = HOOK.format("undeclared-imports", WITHHELD, "")
    repo.stage({"pyproject.toml": "[project]\nname = 'a'\n", ".pre-commit-config.yaml": settings, "a.py": ""})
    repo.commit("--no-verify")
    repo.git("rm", "-q", "a.py")
    assert repo.customs(PRE_COMMIT="1").status == 0
