"""The hook declare-imports in real commits: it writes, the commit is blocked, and once that is staged it passes."""

import tomllib

import pytest

from conftest import Repo
from end_to_end import seed

EIGHT = "".join(f'    "{name}",\n' for name in seed.MISSING)
DECLARED = seed.PYPROJECT.replace('    "python-dateutil",\n', f'    "python-dateutil",\n{EIGHT}')
CONFIG = """\
repos:
  - repo: {url}
    rev: {rev}
    hooks:
      - id: declare-imports
      - id: undeclared-imports
"""


@pytest.fixture
def declaring(hooked: Repo, published: tuple[str, str]) -> Repo:
    url, rev = published
    hooked.stage({".pre-commit-config.yaml": CONFIG.format(url=url, rev=rev)})
    hooked.commit()
    return hooked


def test_seed_story(declaring: Repo, tool: str) -> None:
    pyproject = declaring.path / "pyproject.toml"
    declaring.stage({"pyproject.toml": seed.PYPROJECT, **seed.files(packages=True)})
    blocked = declaring.commit()
    assert blocked.status == 1
    assert "pyproject.toml: wrote 8 lines to [project] dependencies" in blocked.out + blocked.err
    assert pyproject.read_text() == DECLARED
    declaring.git("add", "pyproject.toml")
    assert declaring.commit().status == 0
    again = declaring.run(tool, "run", "--all-files")
    assert (again.status, "wrote" in again.out) == (0, False)
    assert pyproject.read_text() == DECLARED


def test_unstaged_work_is_neither_lost_nor_judged(declaring: Repo) -> None:
    declaring.stage({"pyproject.toml": '[project]\nname = "a"\ndependencies = []\n', "a.py": "import os\n"})
    assert declaring.commit().status == 0
    declaring.stage({"a.py": "import celery\n"})
    declaring.write({"a.py": "import celery, boto3\n"})
    assert declaring.commit().status == 1
    assert tomllib.loads((declaring.path / "pyproject.toml").read_text())["project"]["dependencies"] == ["celery"]
    assert (declaring.path / "a.py").read_text() == "import celery, boto3\n"
