"""The hooks unused-declarations and remove-unused in real commits, under each hook manager."""

import pytest

from conftest import Repo

CONFIG = """\
repos:
  - repo: {url}
    rev: {rev}
    hooks:
      - id: {hook}
"""
HEAD = '[project]\nname = "demo"\nversion = "1"\ndependencies = [\n'
DECLARED = HEAD + '    "requests",\n    "rich",\n]\n'
USING = "import requests\n"
NOTEBOOK = '{"cells": [{"cell_type": "code", "source": ["import requests"]}]}'
FOUND = "`requests` is declared, and this commit removed its last import"


def with_hook(hooked: Repo, published: tuple[str, str], hook: str, files: dict[str, str]) -> None:
    config = CONFIG.format(url=published[0], rev=published[1], hook=hook)
    hooked.stage({".pre-commit-config.yaml": config, "pyproject.toml": DECLARED, "rich.py": "import rich\n"} | files)
    assert hooked.commit("--no-verify").status == 0


@pytest.mark.parametrize("tool", ["prek"], indirect=True)  # pre-commit gives its hook the same: the next test
def test_commits(hooked: Repo, published: tuple[str, str]) -> None:
    """The import moves, then goes: with a deleted file, a file renamed without it, a notebook."""
    with_hook(hooked, published, "unused-declarations", {"a.py": USING + "a = 1\nb = 2\nc = 3\n"})
    hooked.stage({"a.py": "a = 1\nb = 2\nc = 3\n", "b.py": USING})
    assert hooked.commit().status == 0, "it moved"
    hooked.git("rm", "-q", "b.py")
    blocked = hooked.commit()
    assert (blocked.status, FOUND in blocked.out + blocked.err) == (1, True), blocked
    hooked.git("reset", "-q", "--hard")
    hooked.git("mv", "b.py", "c.py")
    hooked.stage({"c.py": "print(1)\n"})
    renamed = hooked.commit()
    assert (renamed.status, "(b.py:1)" in renamed.out + renamed.err) == (1, True), renamed
    hooked.git("rm", "-q", "-f", "c.py")
    hooked.stage({"n.ipynb": NOTEBOOK})
    assert hooked.commit().status == 0, "a notebook has it now"
    hooked.git("rm", "-q", "n.ipynb")
    assert hooked.commit().status == 1
    kept = DECLARED.replace('"requests",', '"requests",  # import-customs: keep, for the next commit')
    hooked.stage({"pyproject.toml": kept})
    assert hooked.commit().status == 0, "it is kept"


def test_a_member_that_has_it_from_the_root(hooked: Repo, published: tuple[str, str]) -> None:
    member = {
        "libs/m/pyproject.toml": '[project]\nname = "m"\nversion = "1"\ndependencies = []\n',
        "libs/m/m.py": USING,
    }
    with_hook(hooked, published, "unused-declarations", {"a.py": USING} | member)
    hooked.stage({"a.py": "\n"})
    assert hooked.commit().status == 0, "the member still imports it"
    hooked.stage({"libs/m/m.py": "\n", "a.py": USING})
    assert hooked.commit().status == 0
    hooked.stage({"a.py": "\n"})
    assert hooked.commit().status == 1


def test_remove_unused_takes_it_out(hooked: Repo, published: tuple[str, str]) -> None:
    with_hook(hooked, published, "remove-unused", {"a.py": USING})
    hooked.stage({"a.py": "\n"})
    assert hooked.commit().status == 1
    assert (hooked.path / "pyproject.toml").read_text() == HEAD + '    "rich",\n]\n'
    hooked.git("add", "pyproject.toml")
    assert hooked.commit().status == 0
