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
        pytest.param(
            "setup.py requirements.txt", "not declared in setup.py or requirements.txt", id="a file that setup.py reads"
        ),
    ],
)
def test_not_declared(repo: Repo, files: str, message: str) -> None:
    text = {"pyproject.toml": '[project]\nname = "a"\ndependencies = []\n', "Pipfile": '[packages]\nsix = "*"\n'}
    text["setup.py"] = "import setuptools\nsetuptools.setup(install_requires=open('requirements.txt').readlines())\n"
    repo.stage({"a.py": "import yaml\n"} | {name: text.get(name, "six\n") for name in files.split()})
    assert repo.customs("--scope", "all").out.split("\n")[0] == SETTLED + message


@pytest.mark.parametrize(
    ("table", "message"),
    [
        pytest.param(
            'dynamic = ["dependencies"]\n[tool.setuptools.dynamic]\ndependencies = { file = ["requirements.txt"] }\n',
            "not declared in pyproject.toml or requirements.txt",
            id="dynamic",
        ),
        pytest.param(
            'dependencies = ["attrs"]\n[tool.import-customs]\nrequirements-files = ["requirements.txt"]\n',
            "not declared in pyproject.toml or requirements.txt",
            id="a file of the key",
        ),
        pytest.param('dependencies = ["attrs"]\n', "not declared in pyproject.toml", id="a file that is not read"),
    ],
)
def test_the_file_that_is_to_be_added_to_is_named(repo: Repo, table: str, message: str) -> None:
    project = f'[project]\nname = "a"\nversion = "1"\n{table}'
    repo.stage({"pyproject.toml": project, "requirements.txt": "six\n", "a.py": "import yaml\n"})
    ran = repo.customs("--scope", "all").out
    assert ran.split("\n")[0] == SETTLED + message


def test_what_goes_to_several_files_is_not_said_to_be_of_one(repo: Repo) -> None:
    table = 'dependencies = []\n[tool.import-customs]\nrequirements-files = ["requirements-dev.txt"]\n'
    repo.stage({"pyproject.toml": f'[project]\nname = "a"\n{table}', "requirements-dev.txt": "six\n"})
    repo.stage({"a/w.py": "import yaml\n", "tests/test_w.py": "import pytest\n"})
    assert "2 packages are imported and not declared.\n" in repo.customs("--scope", "all").out
