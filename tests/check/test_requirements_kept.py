"""Repositories in which no pyproject.toml states dependencies: what their requirements files declare."""

import pytest

from conftest import Repo

TOOLS = "[tool.ruff]\nline-length = 100\n"


@pytest.mark.parametrize(
    ("files", "status"),
    [
        pytest.param({"requirements.txt": "redis\n"}, 0, id="one file"),
        pytest.param({"pyproject.toml": TOOLS, "requirements.txt": "redis\n"}, 0, id="beside tables of tools"),
        pytest.param({"pyproject.toml": TOOLS, "requirements/base.txt": "redis\n"}, 0, id="in a folder of its own"),
        pytest.param({"requirements-dev.in": "redis\n"}, 0, id="what pip-compile reads"),
        pytest.param({"app/requirements.txt": "redis\n"}, 0, id="in the file's folder"),
        pytest.param({"app/requirements.txt": "six\n", "requirements.txt": "redis\n"}, 0, id="all of it together"),
        pytest.param({"requirements.txt": "six\n"}, 1, id="declared in none"),
        pytest.param({"requirements.txt": "redis\n", "requirements.in": "six\n"}, 1, id="a compiled file"),
        pytest.param({"other/requirements.txt": "redis\n"}, 2, id="in another folder: nothing declares here"),
        pytest.param({"pyproject.toml": TOOLS}, 2, id="nothing at all declares"),
        pytest.param(
            {"pyproject.toml": '[project]\nname = "a"\n', "requirements.txt": "redis\n"}, 1, id="a project states"
        ),
    ],
)
def test_declared(repo: Repo, files: dict[str, str], status: int) -> None:
    repo.stage({"app/a.py": "import redis\n", **files})
    assert repo.customs("--scope", "all").status == status


def test_what_was_read_is_noted_once_and_where_to_add_is_said(repo: Repo) -> None:
    repo.stage({"requirements/base.txt": "six\n", "requirements/dev.txt": "pytest\n"})
    repo.stage({"a.py": "import redis\n", "b.py": "import six\n"})
    ran = repo.customs("--scope", "all")
    assert ran.err.count("read requirements/base.txt, requirements/dev.txt") == 1
    assert "Add to requirements/base.txt:\n\n    redis\n" in ran.out


def test_a_template_states_nothing(repo: Repo) -> None:
    repo.stage({"pyproject.toml": '[project]\nname = "a"\n', "{{ a }}/pyproject.toml": 'name = "{{ a }}"\n'})
    repo.stage({"{{ a }}/requirements.txt": "six\n", "{{ a }}/a.py": "import redis\n"})
    assert "requirements.txt" not in repo.customs("--scope", "all").out
