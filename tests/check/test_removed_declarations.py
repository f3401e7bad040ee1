"""A change that takes a declaration away says so at each import that needs it, however old that import is."""

import pytest

from conftest import Repo

PROJECT = '[project]\nname = "a"\nversion = "1"\ndependencies = [{}]\n'
REMEDY = "    keep the declaration, or remove the import\n"


@pytest.mark.parametrize(
    ("file", "before", "after", "source", "message"),
    [
        pytest.param(
            "pyproject.toml",
            PROJECT.format('"pyyaml"'),
            PROJECT.format(""),
            "import os, yaml\n",
            "1:12: undeclared: `yaml` is imported here, and this change removes `pyyaml` from pyproject.toml",
            id="the file was not touched",
        ),
        pytest.param(
            "requirements.txt",
            "celery\nsix\n",
            "six\n",
            "import celery\n",
            "1:8: undeclared: `celery` is imported here, and this change removes it from requirements.txt",
            id="called like the module",
        ),
        pytest.param(
            "pyproject.toml",
            PROJECT.format('"ourcorp-billing"'),
            PROJECT.format(""),
            "import ourcorp.billing\n",
            "1:8: unknown: `ourcorp` is imported here, and this change removes `ourcorp-billing` from pyproject.toml",
            id="private: nothing else is known to provide it",
        ),
        pytest.param(
            "pyproject.toml",
            PROJECT.format('"acme-sdk"') + '[tool.import-customs]\nprovides = { acme-sdk = ["prices"] }\n',
            PROJECT.format("") + '[tool.import-customs]\nprovides = { acme-sdk = ["prices"] }\n',
            "import prices\n",
            "1:8: undeclared: `prices` is imported here, and this change removes `acme-sdk` from pyproject.toml",
            id="what the project says provides it",
        ),
    ],
)
def test_a_removed_declaration_is_named(
    repo: Repo, file: str, before: str, after: str, source: str, message: str
) -> None:
    repo.stage({file: before, "w.py": source})
    repo.commit()
    repo.stage({file: after})
    ran = repo.customs(PRE_COMMIT="1")
    assert (ran.status, ran.out.split("\n")[0]) == (1, f"w.py:{message}")
    assert REMEDY in ran.out
    assert "No known package" not in ran.out


@pytest.mark.parametrize(
    "change",
    [
        pytest.param({"pyproject.toml": PROJECT.format("")}, id="the file that states it counts no more"),
        pytest.param({"b.py": "import celery\n"}, id="never declared"),
    ],
)
def test_what_is_not_removed_is_not_said_to_be(repo: Repo, change: dict[str, str]) -> None:
    repo.stage({"requirements.txt": "pyyaml\n", "w.py": "import yaml\n"})
    repo.commit()
    repo.stage(change)
    ran = repo.customs(*change, PRE_COMMIT="1")
    assert ran.status == 1
    assert "removes" not in ran.out
