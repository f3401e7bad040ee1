"""Where a finding says that a package is not declared: with several requirements files, in none of them."""

import pytest

from conftest import Repo

SETTLED = "a.py:1:8: undeclared: `yaml` (of `pyyaml`) is "


@pytest.mark.parametrize(
    ("files", "message"),
    [
        pytest.param("pyproject.toml", "not declared in pyproject.toml", id="a pyproject.toml"),
        pytest.param("requirements.txt", "not declared in requirements.txt", id="one file"),
        pytest.param(
            "requirements.txt requirements-dev.txt",
            "not declared in requirements-dev.txt or requirements.txt",
            id="two files",
        ),
        pytest.param(
            "requirements.txt requirements-a.txt requirements-b.txt requirements-c.txt requirements-d.txt",
            "not declared in requirements-a.txt, requirements-b.txt, requirements-c.txt or 2 more",
            id="many files",
        ),
        pytest.param(
            "requirements/base.txt requirements/dev.txt",
            "declared in none of requirements/*.txt",
            id="a folder",
        ),
        pytest.param("Pipfile", "not declared in Pipfile", id="a Pipfile"),
    ],
)
def test_not_declared(repo: Repo, files: str, message: str) -> None:
    text = {"pyproject.toml": '[project]\nname = "a"\ndependencies = []\n', "Pipfile": '[packages]\nsix = "*"\n'}
    repo.stage({"a.py": "import yaml\n"} | {name: text.get(name, "six\n") for name in files.split()})
    assert repo.customs("--scope", "all").out.split("\n")[0] == SETTLED + message
