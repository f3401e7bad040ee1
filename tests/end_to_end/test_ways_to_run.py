"""The ways in which a team gets the hook: from its repository, as a local hook, and once by try-repo."""

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


def test_try_repo(equipped: Repo, tool: str, published: tuple[str, str]) -> None:
    equipped.stage(PROJECT)
    ran = equipped.run(tool, "try-repo", published[0], "undeclared-imports", "--all-files")
    assert ran.status == 1
    assert FOUND in ran.out


def test_color_of_the_hook_manager(hooked: Repo, tool: str) -> None:
    hooked.stage(PROJECT)
    assert "\033[1;31mundeclared\033[0m" in hooked.run(tool, "run", "--color", "always").out
    assert "\033[" not in hooked.run(tool, "run", "--color", "never").out
