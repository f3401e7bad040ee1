"""The hook declare-imports in real commits: it writes, the commit is blocked, and once that is staged it passes."""

# ruff: noqa: E501  a row stands on a line

import json
import re
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import Repo
from end_to_end import seed
from import_customs.providers import distributions

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
    assert "pyproject.toml: added to [project] dependencies" in blocked.out + blocked.err
    written = pyproject.read_text()
    assert re.sub(f'"({"|".join(seed.MISSING)})>=[^"]+"', r'"\1"', written) == DECLARED
    assert f'"celery>={distributions.newest_release("celery")[0]}"' in written
    declaring.git("add", "pyproject.toml")
    assert declaring.commit().status == 0
    again = declaring.run(tool, "run", "--all-files")
    assert (again.status, "added" in again.out) == (0, False)
    assert pyproject.read_text() == written


def test_unstaged_work_is_neither_lost_nor_judged(declaring: Repo) -> None:
    declaring.stage({"pyproject.toml": '[project]\nname = "a"\ndependencies = []\n', "a.py": "import os\n"})
    assert declaring.commit().status == 0
    declaring.stage({"a.py": "import celery\n"})
    declaring.write({"a.py": "import celery, boto3\n"})
    assert declaring.commit().status == 1
    assert tomllib.loads((declaring.path / "pyproject.toml").read_text())["project"]["dependencies"] == ["celery"]
    assert (declaring.path / "a.py").read_text() == "import celery, boto3\n"


STANDARD = '[project]\nname = "demo"\nversion = "1"\nrequires-python = ">=3.11"\ndependencies = []\n'
POETRY = '[tool.poetry]\nname = "demo"\nversion = "1"\npackage-mode = false\n\n[tool.poetry.dependencies]\npython = "^3.11"\n'
BACKEND = '[build-system]\nrequires = ["hatchling"]\nbuild-backend = "hatchling.build"\n'
LOCAL = """\
[tool.import-customs.provides]
lib-a = ["inside_a"]
lib-b = ["inside_b"]
"""
SOURCES = '[tool.uv.sources]\nlib-a = { path = "../a" }\nlib-b = { path = "../b" }\n'
LIBRARY = '[project]\nname = "lib-{}"\nversion = "1"\nrequires-python = ">=3.11"\n'
IMPORTS = {"app/a.py": "import inside_a\n", "app/tests/t.py": "import inside_b\n"}

# What the tool itself says that a project needs: by place, the distributions. Nothing is resolved over a network.
_POETRY = """
from pathlib import Path
from poetry.factory import Factory
package = Factory().create_poetry(Path()).package
groups = sorted(package.dependency_group_names())
print("\\n".join(f"{group} {one.name}" for group in groups for one in package.dependency_group(group).dependencies))
"""
_PDM = """
from pdm.core import Core
project = Core().create_project(".")
print("\\n".join(f"{group} {one.name}" for group in project.iter_groups() for one in project.get_dependencies(group)))
"""
Ask = Callable[..., str]


def by_uv(ask: Ask) -> list[str]:
    ask("uv", "lock", "--offline", "-q")
    told = ask("uv", "tree", "--frozen", "--all-groups", "-q")
    return [
        f"{group or 'main'} {name}" for name, group in re.findall(r"(lib-\w) v1(?: \((?:group|extra): (\w+)\))?", told)
    ]


def by_poetry(ask: Ask) -> list[str]:
    return ask("python", "-c", _POETRY).splitlines()


def by_pdm(ask: Ask) -> list[str]:
    return ask("python", "-c", _PDM).replace("default ", "main ").splitlines()


def by_hatch(ask: Ask) -> list[str]:
    environments = json.loads(ask("hatch", "env", "show", "--json"))
    runtime = ask("hatch", "dep", "show", "requirements", "-p").split()
    return [f"main {name}" for name in runtime] + [f"test {name}" for name in environments["test"]["dependencies"]]


@pytest.mark.parametrize(
    ("start", "told", "group"),
    [
        pytest.param(STANDARD + SOURCES, by_uv, "dev", id="uv, a group"),
        pytest.param(STANDARD + "[project.optional-dependencies]\ntest = []\n" + SOURCES, by_uv, "test", id="uv, an extra"),
        pytest.param(STANDARD + "[tool.uv]\ndev-dependencies = []\n" + SOURCES, by_uv, "dev", id="uv's own table"),
        pytest.param(POETRY, by_poetry, "test", id="Poetry 1"),
        pytest.param(STANDARD + "[tool.poetry]\npackage-mode = false\n", by_poetry, "test", id="Poetry 2"),
        pytest.param(STANDARD + "[tool.pdm]\ndistribution = false\n", by_pdm, "test", id="PDM, a group"),
        pytest.param(STANDARD + "[tool.pdm.dev-dependencies]\nlint = []\n", by_pdm, "test", id="PDM's own table"),
        pytest.param(STANDARD + BACKEND + "[tool.hatch.envs.test]\ndependencies = []\n", by_hatch, "test", id="Hatch"),
        pytest.param(STANDARD + BACKEND + "[tool.hatch.envs.lint]\ndependencies = []\n", by_hatch, "test", id="Hatch, a new environment"),
    ],
)  # fmt: skip
def test_the_tool_reads_what_was_written(
    repo: Repo, managers: Path, start: str, told: Callable[[Ask], list[str]], group: str
) -> None:
    libraries = {f"{name}/pyproject.toml": LIBRARY.format(name) for name in "ab"}
    repo.stage(libraries | IMPORTS | {"app/pyproject.toml": start + LOCAL})
    assert repo.customs("--fix").status == 1

    def ask(tool: str, *arguments: str) -> str:
        ran = repo.run(str(managers / tool), *arguments, cwd="app", HOME=str(repo.path.parent), NO_COLOR="1")
        assert ran.status == 0, ran
        return ran.out

    assert sorted(told(ask)) == sorted(["main lib-a", f"{group} lib-b"])
