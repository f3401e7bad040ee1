"""Where a project declares besides its pyproject.toml: the declarations in, the place that a report names out."""

import pytest

from import_customs.model import BUILD, RUNTIME, Declaration, Place, Project
from import_customs.model.requirement import Name
from import_customs.project.purpose import declaring_file

NAMED = Place("group", "requirements")


@pytest.mark.parametrize(
    ("stated", "runtime", "test"),
    [
        pytest.param({"requirements.txt": NAMED}, "requirements.txt", "", id="one file"),
        pytest.param(
            {"requirements/base.txt": NAMED, "requirements/test.txt": NAMED},
            "requirements/base.txt",
            "requirements/test.txt",
            id="a file for tests",
        ),
        pytest.param(
            {"requirements-dev.txt": NAMED, "requirements.txt": NAMED},
            "requirements.txt",
            "requirements-dev.txt",
            id="a file for development, which stands first",
        ),
        pytest.param(
            {"requirements-api.txt": NAMED, "requirements-gpu.txt": NAMED, "requirements.txt": NAMED},
            "requirements.txt",
            "",
            id="files for something else stand first",
        ),
        pytest.param({"requirements-lock.txt": NAMED, "requirements.in": NAMED}, "requirements.in", "", id="a lock"),
        pytest.param(
            {
                "requirements/aws.txt": NAMED,
                "requirements/base.txt": NAMED,
                "requirements/dev.frozen.txt": NAMED,
                "requirements/dev.txt": NAMED,
            },
            "requirements/base.txt",
            "requirements/dev.txt",
            id="in a folder",
        ),
        pytest.param({"setup.py": RUNTIME}, "install_requires of setup.py", "", id="setup.py"),
        pytest.param({"setup.cfg": Place("extra", "tests")}, "", "the extra tests of setup.cfg", id="an extra"),
        pytest.param({"setup.py": Place("extra", "redis")}, "", "", id="an extra for something else"),
        pytest.param({"setup.py": BUILD}, "", "", id="what the build needs"),
        pytest.param({"pyproject.toml": RUNTIME}, "", "", id="its own tables"),
    ],
)
def test_declaring_file(stated: dict[str, Place], runtime: str, test: str) -> None:
    declarations = tuple(Declaration(Name("six"), (), "", place, path, 1) for path, place in stated.items())
    project = Project("pyproject.toml", declarations=declarations)
    assert (declaring_file(project, "runtime").title, declaring_file(project, "test").title) == (runtime, test)


@pytest.mark.parametrize(
    ("stated", "test"),
    [
        pytest.param({"requirements.txt": NAMED, "requirements-ci.txt": NAMED}, "requirements-ci.txt", id="any name"),
        pytest.param({"reqs/base.txt": NAMED, "reqs/qa.txt": NAMED}, "reqs/qa.txt", id="in a folder"),
        pytest.param({"Pipfile": RUNTIME, "./Pipfile": Place("group", "ci")}, "[ci] of ./Pipfile", id="a category"),
        pytest.param({"requirements.txt": NAMED}, "", id="the one for runtime code"),
        pytest.param({"requirements.txt": NAMED, "setup.py": Place("extra", "plugin")}, "", id="an extra is for users"),
        pytest.param({"requirements.txt": NAMED, "setup.py": BUILD}, "", id="what the build needs"),
        pytest.param({"pyproject.toml": Place("group", "ci")}, "", id="the project's own tables"),
    ],
)  # fmt: skip
def test_the_file_that_has_pytest(stated: dict[str, Place], test: str) -> None:
    """What no name shows to be for tests is shown by that; all other files have something else here."""
    *others, last = stated.items()
    named = [*((path, place, Name("six")) for path, place in others), (*last, Name("pytest"))]
    declarations = tuple(Declaration(name, (), "", place, path, 1) for path, place, name in named)
    assert declaring_file(Project("pyproject.toml", declarations=declarations), "test").title == test
