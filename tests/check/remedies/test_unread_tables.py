"""A table of pyproject.toml that names what is missing, and declares nothing, is told beside the finding."""

import pytest

from conftest import Repo

PROJECT = '[project]\nname = "a"\nversion = "1"\ndependencies = []\n'
POETRY = '[tool.poetry]\nname = "a"\n[tool.poetry.dependencies]\npython = "^3.11"\n'


@pytest.mark.parametrize(
    ("text", "told"),
    [
        pytest.param(
            PROJECT + '[dependency_groups]\ndev = ["Celery>=5"]\n',
            "pyproject.toml:6 names `celery` in [dependency_groups] dev (it is spelled `dependency-groups`)",
            id="a misspelt table",
        ),
        pytest.param(
            PROJECT + '[project.optional_dependencies]\ncelery = ["celery"]\n',
            "pyproject.toml:6 names `celery` in [project.optional_dependencies] celery"
            " (it is spelled `project.optional-dependencies`)",
            id="misspelt extras",
        ),
        pytest.param(
            POETRY + '[tool.poetry.dev_dependencies]\ncelery = "^5"\n',
            "pyproject.toml:6 names `celery` in [tool.poetry.dev_dependencies]"
            " (it is spelled `tool.poetry.dev-dependencies`)",
            id="misspelt, with keys",
        ),
        pytest.param(
            PROJECT + '[optional-dependencies]\ndev = ["celery"]\n',
            "pyproject.toml:6 names `celery` in [optional-dependencies] dev",
            id="at the wrong place",
        ),
        pytest.param(
            PROJECT + '[tool.uv]\noverride-dependencies = ["celery>=5"]\n',
            "pyproject.toml:6 names `celery` in [tool.uv] override-dependencies",
            id="for another purpose",
        ),
        pytest.param(PROJECT + '[tool.isort]\nknown_third_party = ["celery"]\n', "", id="no dependencies"),
        pytest.param(
            PROJECT + '[project.optional-dependencies]\ncelery = ["kombu"]\n', "", id="an extra is called like it"
        ),
        pytest.param(
            PROJECT + '[[tool.uv.dependency-metadata]]\nname = "a"\nrequires-dist = ["celery"]\n',
            "pyproject.toml:7 names `celery` in [tool.uv.dependency-metadata] requires-dist",
            id="of another package",
        ),
        pytest.param(PROJECT + '[[tool.a.dependencies]]\ncelery = "5"\n', "", id="a key of an entry"),
        pytest.param(PROJECT + '[tool.poe.tasks.all]\ndeps = ["celery"]\n', "", id="a task of Poe's"),
        pytest.param(PROJECT + '[tool.pixi.tasks]\na = { depends-on = ["celery"] }\n', "", id="a task of Pixi's"),
        pytest.param(PROJECT + '[tool.pdm.scripts.deps]\ncomposite = ["celery"]\n', "", id="a script"),
        pytest.param(PROJECT + '[[tool.tach.modules]]\ndepends_on = ["celery"]\n', "", id="a module's modules"),
        pytest.param(PROJECT + '[tool.fawltydeps]\nignore_undeclared = ["celery"]\n', "", id="within a tool's name"),
        pytest.param(PROJECT + '[tool.deps-audit]\nallowed = ["celery"]\n', "", id="a tool is called after them"),
        pytest.param(PROJECT + '[tool.creosote]\nexclude-deps = ["celery"]\n', "", id="left out"),
        pytest.param(PROJECT + '[tool.deptry]\npep621_dev_dependency_groups = ["celery"]\n', "", id="list of groups"),
        pytest.param(
            PROJECT + '[tool.uv.dependency-groups]\ncelery = { requires-python = ">=3.9" }\n',
            "",
            id="a group's",
        ),
        pytest.param(PROJECT + '[tool.a.independence]\nmodules = ["celery"]\n', "", id="within another word"),
        pytest.param(PROJECT + '[build-system]\nrequires = ["celery"]\n', "", id="of the build"),
    ],
)
def test_what_an_unread_table_names_is_told(repo: Repo, text: str, told: str) -> None:
    repo.stage({"pyproject.toml": text, "a.py": "import celery\n"})
    ran = repo.customs("--scope", "all")
    assert ran.status == 1
    said = " ".join(ran.out.split())
    assert (f"{told}; that does not count for pyproject.toml." in said) if told else ("does not count" not in said)


def test_what_a_table_declares_is_not_said_not_to_count(repo: Repo) -> None:
    repo.stage({"pyproject.toml": PROJECT.replace("[]", '["pillow"]'), "a.py": "import pillow\n"})
    ran = repo.customs("--scope", "all")
    assert ran.status == 1
    assert "did you mean `PIL`?" in ran.out
    assert "does not count" not in ran.out
