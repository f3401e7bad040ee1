"""Each manager adds a package to a fresh project by itself, and what it wrote is read as a declaration.

The package is a local one: nothing has to be resolved over a network.
"""

from pathlib import Path

import pytest

from conftest import Repo

LIBRARY = {
    "lib/pyproject.toml": '[project]\nname = "lib-x"\nversion = "1"\n[build-system]\nrequires = ["hatchling"]\n'
    'build-backend = "hatchling.build"\n',
    "lib/src/inside/__init__.py": "",
}
STANDARD = '[project]\nname = "demo"\nversion = "1"\nrequires-python = ">=3.11"\ndependencies = []\n'
POETRY = (
    '[tool.poetry]\nname = "demo"\nversion = "1"\ndescription = ""\nauthors = []\n'
    '[tool.poetry.dependencies]\npython = "^3.11"\n'
)


@pytest.mark.parametrize(
    ("start", "command"),
    [
        pytest.param(STANDARD, "uv add --frozen ../lib", id="uv"),
        pytest.param(STANDARD, "uv add --frozen --group test ../lib", id="uv, a group"),
        pytest.param(STANDARD, "uv add --frozen --optional web ../lib", id="uv, an extra"),
        pytest.param(STANDARD, "poetry add --lock ../lib", id="Poetry 2"),
        pytest.param(POETRY, "poetry add --lock --group test ../lib", id="Poetry's own tables, a group"),
        pytest.param(STANDARD, "pdm add --no-sync --frozen-lockfile ../lib", id="PDM"),
        pytest.param(STANDARD, "pdm add --no-sync --frozen-lockfile -dG test -e ../lib", id="PDM, a group, editable"),
    ],
)
def test_added_by_the_manager_it_is_declared(repo: Repo, managers: Path, start: str, command: str) -> None:
    repo.stage(LIBRARY | {"app/pyproject.toml": start, "app/a.py": "import inside\n"})
    assert "app/a.py:1:8: un" in repo.customs("app/a.py", "--scope", "all").out
    tool, *arguments = command.split()
    added = repo.run(str(managers / tool), *arguments, cwd="app", HOME=str(repo.path.parent))
    assert added.status == 0, added
    assert repo.customs("app/a.py", "--scope", "all").out == "checked everything in 1 file: nothing to declare\n"
