"""What an importer of another project of the repository is told to do, for each tool and kind of file."""

import json

import pytest

from conftest import Repo

COMMON = {
    "libs/common/pyproject.toml": '[project]\nname = "acme-common"\nversion = "1"\n',
    "libs/common/src/acme_common/__init__.py": "",
}
PROJECT = '[project]\nname = "web"\nversion = "1"\ndependencies = [\n    "six",\n]\n'
HATCH = '[build-system]\nrequires = ["hatchling"]\nbuild-backend = "hatchling.build"\n'
ALLOWED = "[tool.hatch.metadata]\nallow-direct-references = true\n"
REQUIREMENT = "acme-common @ {root:uri}/../../libs/common"
BY_PIP = (
    "list `-e ./libs/common` in a requirements file that `requirements-files`, under [tool.import-customs], names; "
    "or declare `acme-common` itself if you publish it: without a path it is taken from an index"
)
NAMING = '[tool.import-customs]\nrequirements-files = ["../../local.txt"]\n'
SENTENCE = ("`acme-common` is this repository's libs/common: {}.", "")


@pytest.mark.parametrize(
    ("files", "action", "shown"),
    [
        pytest.param(
            {"pyproject.toml": PROJECT, "uv.lock": "version = 1\n"},
            "run `uv add ../../libs/common` in apps/web/",
            ("Declare it, in apps/web/:", "uv add ../../libs/common"),
            id="uv",
        ),
        pytest.param(
            {"pyproject.toml": "[tool.poetry]\nname = 'web'\n[tool.poetry.dependencies]\n"},
            "run `poetry add ../../libs/common` in apps/web/",
            ("Declare it, in apps/web/:", "poetry add ../../libs/common"),
            id="Poetry",
        ),
        pytest.param(
            {"pyproject.toml": PROJECT + '[build-system]\nrequires = []\nbuild-backend = "pdm.backend"\n'},
            "run `pdm add ../../libs/common` in apps/web/",
            ("Declare it, in apps/web/:", "pdm add ../../libs/common"),
            id="PDM, by its backend",
        ),
        pytest.param(
            {"pyproject.toml": PROJECT + HATCH + ALLOWED},
            f"add `{REQUIREMENT}` to [project] dependencies",
            ("Add to [project] dependencies:", f'"{REQUIREMENT}",'),
            id="Hatch",
        ),
        pytest.param(
            {"pyproject.toml": PROJECT + HATCH},
            f"add `{REQUIREMENT}` to [project] dependencies, and `allow-direct-references = true` to "
            "[tool.hatch.metadata]",
            ("Add to [project] dependencies:", f'"{REQUIREMENT}",'),
            id="Hatch, which refuses it so far",
        ),
        pytest.param({"pyproject.toml": PROJECT}, BY_PIP, SENTENCE, id="no tool: no relative path can be stated"),
        pytest.param(
            {"setup.py": "from setuptools import setup\nsetup(install_requires=['six'])\n"},
            BY_PIP,
            SENTENCE,
            id="setup.py",
        ),
        pytest.param(
            {"requirements.txt": "six\n"},
            "add `-e ../../libs/common` to apps/web/requirements.txt",
            ("Add to apps/web/requirements.txt:", "-e ../../libs/common"),
            id="requirements.txt",
        ),
        pytest.param(
            {"Pipfile": "[packages]\nsix = '*'\n"},
            'add `acme-common = { path = "../../libs/common", editable = true }` to [packages] of apps/web/Pipfile',
            (
                "Add to [packages] of apps/web/Pipfile:",
                'acme-common = { path = "../../libs/common", editable = true }',
            ),
            id="Pipfile",
        ),
    ],
)
def test_what_declares_it(repo: Repo, files: dict[str, str], action: str, shown: tuple[str, str]) -> None:
    stated = {f"apps/web/{name}": text for name, text in files.items()}
    repo.stage(COMMON | stated | {"apps/web/a.py": "import acme_common\n"})
    (found,) = json.loads(repo.customs("--format", "json").out)["findings"]
    message = f"`acme_common` of this repository's libs/common is not declared in apps/web/{next(iter(files))}"
    assert (found["message"], found["remedy"]) == (message, action)
    intro, line = shown
    report = repo.customs()
    assert f"{intro}\n\n    {line}\n" in report.out if line else intro.format(action) in report.prose
    note = "Hatch takes a path with `allow-direct-references = true` under [tool.hatch.metadata]."
    assert (note in report.prose) == ("and `allow-direct" in action)
    fixed = repo.customs("--fix")
    assert (fixed.status, f": {action}\n" in fixed.out, repo.git("diff", "--name-only")) == (1, True, "")


@pytest.mark.parametrize(
    ("file", "before", "after"),
    [
        pytest.param("pyproject.toml", PROJECT, PROJECT.replace("six", REQUIREMENT), id="Hatch"),
        pytest.param("pyproject.toml", PROJECT, PROJECT + NAMING, id="no tool"),
        pytest.param("requirements.txt", "six\n", "six\n-e ../../libs/common\n", id="requirements.txt"),
        pytest.param(
            "Pipfile", "[packages]\n", "[packages]\nacme-common = { path = '../../libs/common' }\n", id="Pipfile"
        ),
    ],
)
def test_what_is_told_settles_it(repo: Repo, file: str, before: str, after: str) -> None:
    repo.stage(COMMON | {f"apps/web/{file}": before, "apps/web/a.py": "import acme_common\n"})
    repo.stage({"local.txt": "-e ./libs/common\n"})
    assert repo.customs().status == 1
    repo.stage({f"apps/web/{file}": after})
    assert repo.customs().status == 0


@pytest.mark.parametrize(
    ("cwd", "remedy"),
    [
        pytest.param(".", "run `uv add ../../libs/common` in apps/web/", id="from the root"),
        pytest.param("apps", "run `uv add ../../libs/common` in web/", id="from a folder above"),
        pytest.param("apps/web", "run `uv add ../../libs/common`", id="in the project's folder"),
    ],
)
def test_it_is_told_as_seen_from_the_working_folder(repo: Repo, cwd: str, remedy: str) -> None:
    repo.stage(COMMON | {"apps/web/pyproject.toml": PROJECT, "apps/web/uv.lock": "version = 1\n"})
    repo.stage({"apps/web/a.py": "import acme_common\n"})
    assert repo.customs("--quiet", cwd=cwd).out.endswith(f" is not declared: {remedy}\n")


def test_a_script_declares_the_project_around_it(repo: Repo) -> None:
    """What its metadata do not state it has not installed, wherever it lies."""
    script = "# /// script\n# dependencies = [{}]\n{}# ///\nimport acme_common\n"
    repo.stage(COMMON | {"libs/common/tools/run.py": script.format("", "")})
    source = 'acme-common = { path = "..", editable = true }'
    said = f"add it to the dependencies of its script metadata, by its path; for uv, `{source}` under [tool.uv.sources]"
    assert f"`acme-common` is this repository's libs/common: {said} there." in repo.customs().prose
    declared = script.format('"acme-common"', f"# [tool.uv.sources]\n# {source}\n")
    repo.stage({"libs/common/tools/run.py": declared})
    assert repo.customs().status == 0


def test_of_what_no_line_declares_no_file_is_to_be_staged(repo: Repo) -> None:
    """It is the requirements file and the settings that change, not setup.py."""
    repo.stage(COMMON | {"setup.py": "from setuptools import setup\nsetup(install_requires=['six'])\n"})
    repo.commit()
    repo.stage({"a.py": "import acme_common\n"})
    told = repo.customs("a.py", PRE_COMMIT="1").out
    assert told.endswith("\n\nThen `git add` what you changed and commit again.\n")
    repo.stage({"b.py": "import celery\n"})
    told = repo.customs("a.py", "b.py", PRE_COMMIT="1").out
    assert told.endswith("\n\nThen `git add setup.py` and what you changed, and commit again.\n")
