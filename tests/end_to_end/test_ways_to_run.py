"""The ways in which a team gets the hook: from its repository, as a local hook, and once by try-repo."""

import re

import pytest

from conftest import Repo

PROJECT = {"pyproject.toml": '[project]\nname = "demo"\ndependencies = []\n', "a.py": "import celery\n"}
FOUND = "a.py:1:8: undeclared: `celery` is not declared in pyproject.toml"

LOCAL = """\
repos:
  - repo: local
    hooks:
      - id: undeclared-imports
        name: undeclared imports
        entry: python -I -m import_customs
        language: python
        additional_dependencies: ["import-customs @ git+{url}"]
        types_or: [python, pyi, jupyter, toml]
        require_serial: true
        always_run: true
"""


def test_local_hook(equipped: Repo, tool: str, published: tuple[str, str]) -> None:
    equipped.stage(PROJECT | {".pre-commit-config.yaml": LOCAL.format(url=published[0])})
    ran = equipped.run(tool, "run")
    assert ran.status == 1
    assert FOUND in ran.out
    equipped.stage({"pyproject.toml": PROJECT["pyproject.toml"].replace("[]", '["celery"]')})
    assert equipped.run(tool, "run").status == 0


@pytest.mark.parametrize("tool", ["prek"], indirect=True)  # with pre-commit `.ci/run` does it, on this repository
def test_try_repo(equipped: Repo, tool: str, published: tuple[str, str]) -> None:
    equipped.stage(PROJECT)
    ran = equipped.run(tool, "try-repo", published[0], "undeclared-imports", "--all-files")
    assert ran.status == 1
    assert FOUND in ran.out


CONFIG = """\
repos:
  - repo: {url}
    rev: {rev}
    hooks:
      - id: undeclared-imports
      - id: ignore-existing-imports
"""


def test_old_debt_is_exempted_by_a_manual_hook(hooked: Repo, tool: str, published: tuple[str, str]) -> None:
    url, rev = published
    hooked.stage({".pre-commit-config.yaml": CONFIG.format(url=url, rev=rev)} | PROJECT)
    assert hooked.commit("--no-verify").status == 0
    asked = ("run", "ignore-existing-imports", "--hook-stage", "manual", "--all-files")
    ran = hooked.run(tool, *asked)
    assert ran.status == 1, "the hook managers call a hook that writes failed"
    assert "pyproject.toml: added to [tool.import-customs.per-file-ignores]" in ran.out
    assert hooked.run(tool, "run", "--all-files").status == 0
    again = hooked.run(tool, *asked)
    assert (again.status, "nothing to exempt: no finding is left" in again.out) == (0, True)
    hooked.git("add", "pyproject.toml")
    hooked.stage({"b.py": "import celery\n"})
    blocked = hooked.commit()
    assert (blocked.status, "a.py" in blocked.out + blocked.err) == (1, False), "what is new is not exempt"


def test_a_blocked_commit_names_a_command_that_works(hooked: Repo) -> None:
    hooked.stage(PROJECT | {"old.py": "import redis\n"})
    assert hooked.commit("--no-verify").status == 0
    hooked.stage({"b.py": "import celery\n"})
    blocked = hooked.commit()
    assert blocked.status == 1
    command = re.search(r"^ *Or have it written for you:\n\n +(.+)$", blocked.out + blocked.err, re.MULTILINE)
    assert command
    assert "added to [project] dependencies" in hooked.run("sh", "-c", command[1]).out
    assert re.findall("celery|redis", (hooked.path / "pyproject.toml").read_text()) == ["celery"], "what is staged"
    hooked.git("add", "pyproject.toml")
    assert hooked.commit().status == 0


def test_color_of_the_hook_manager(hooked: Repo, tool: str) -> None:
    hooked.stage(PROJECT)
    assert "\033[1;31mundeclared\033[0m" in hooked.run(tool, "run", "--color", "always").out
    assert "\033[" not in hooked.run(tool, "run", "--color", "never").out
