"""The tables of a pyproject.toml in, out where a requirement of importers of one kind is written."""

# ruff: noqa: E501  a row stands on a line

import tomllib

import pytest

from import_customs.model import Place, WritablePlace
from import_customs.model.outcome import Purpose
from import_customs.project.edit.places import writable_place

PROJECT = '[project]\nname = "a"\ndependencies = []\n'
POETRY = '[tool.poetry]\nname = "a"\n[tool.poetry.dependencies]\npython = "^3.11"\n'


def titled(tables: str, kind: Purpose, declare_in: Place | None = None) -> str | None:
    slot = writable_place(tomllib.loads(tables), kind, declare_in)
    return f"{slot.place}: {slot.title}" if slot else None


@pytest.mark.parametrize(
    ("tables", "kind", "found"),
    [
        pytest.param(PROJECT, "runtime", "runtime: [project] dependencies", id="the standard's list"),
        pytest.param('[project]\nname = "a"\n', "runtime", "runtime: [project] dependencies", id="not there yet"),
        pytest.param(POETRY, "runtime", "runtime: [tool.poetry.dependencies]", id="Poetry 1"),
        pytest.param('[tool.poetry]\nname = "a"\n', "runtime", "runtime: [tool.poetry.dependencies]", id="Poetry, no list yet"),
        pytest.param("[tool.poetry]\npackage-mode = false\n", "runtime", None, id="Poetry, nothing that is installed"),
        pytest.param(PROJECT + POETRY, "runtime", "runtime: [project] dependencies", id="Poetry 2, static"),
        pytest.param(
            '[project]\nname = "a"\ndynamic = ["dependencies"]\n' + POETRY,
            "runtime",
            "runtime: [tool.poetry.dependencies]",
            id="Poetry 2, dynamic",
        ),
        pytest.param('[project]\nname = "a"\ndynamic = ["dependencies"]\n', "runtime", None, id="left to the backend"),
        pytest.param(
            '[project]\nname = "a"\ndynamic = ["dependencies"]\n[tool.hatch.metadata.hooks.uv-dynamic-versioning]\ndependencies = ["b=={{ version }}"]\n',
            "runtime",
            "runtime: [tool.hatch.metadata.hooks.uv-dynamic-versioning] dependencies",
            id="a metadata hook's list, where it takes the place of the standard's",
        ),
        pytest.param(
            PROJECT + '[tool.hatch.metadata.hooks.x]\ndependencies = []\n',
            "runtime",
            "runtime: [project] dependencies",
            id="a metadata hook's list beside the standard's",
        ),
        pytest.param('[dependency-groups]\ndev = []\n', "runtime", None, id="no project"),
        pytest.param('[tool.flit.metadata]\nrequires = []\n', "runtime", "runtime: [tool.flit.metadata] requires", id="Flit"),
        pytest.param(PROJECT + '[tool.flit.metadata]\nrequires = []\n', "runtime", "runtime: [project] dependencies", id="Flit, no longer old style"),
        pytest.param(
            '[project]\nname = "a"\ndynamic = ["dependencies"]\n[tool.setuptools_dynamic_dependencies]\ndependencies = []\n',
            "runtime",
            "runtime: [tool.setuptools_dynamic_dependencies] dependencies",
            id="setuptools-dynamic-dependencies",
        ),
        pytest.param('[tool.pixi.pypi-dependencies]\n', "runtime", "runtime: [tool.pixi.pypi-dependencies]", id="Pixi"),
        pytest.param(PROJECT, "test", "group test: [dependency-groups] test", id="a group is made"),
        pytest.param(
            PROJECT + '[dependency-groups]\ntyping = ["mypy", "sphinx", "pytest"]\n',
            "docs",
            "group docs: [dependency-groups] docs",
            id="a group called after types that holds what builds docs, for its types",
        ),
        pytest.param(
            PROJECT + '[dependency-groups]\nci = ["mypy", "pytest"]\n',
            "test",
            "group ci: [dependency-groups] ci",
            id="a group of several purposes",
        ),
        pytest.param(PROJECT, "docs", "group docs: [dependency-groups] docs", id="for docs"),
        pytest.param(PROJECT, "types", "group dev: [dependency-groups] dev", id="for type checkers: dev"),
        pytest.param(POETRY, "test", "group test: [tool.poetry.group.test.dependencies]", id="a group of Poetry's is made"),
        pytest.param(POETRY + "[dependency-groups]\nlint = []\n", "test", "group test: [dependency-groups] test", id="Poetry, where there are standard groups"),
        pytest.param(PROJECT + "[tool.rye]\ndev-dependencies = []\n", "test", "group dev: [tool.rye] dev-dependencies", id="Rye's"),
        pytest.param(
            PROJECT + "[tool.pdm.dev-dependencies]\nlint = []\n",
            "test",
            "group test: [tool.pdm.dev-dependencies] test",
            id="a group of PDM's is made",
        ),
        pytest.param(
            PROJECT + '[tool.hatch.envs.docs]\ndependencies = ["x"]\n',
            "dev",
            "group default: [tool.hatch.envs.default] dependencies",
            id="an environment of Hatch's is made",
        ),
        pytest.param(
            PROJECT + '[project.optional-dependencies]\nTests = []\n[dependency-groups]\ndev = []\n',
            "test",
            "extra tests: [project.optional-dependencies] Tests",
            id="the name says more than the table",
        ),
        pytest.param(
            PROJECT + '[project.optional-dependencies]\ntest = []\n[dependency-groups]\ntest = []\n',
            "test",
            "group test: [dependency-groups] test",
            id="a group goes before an extra",
        ),
        pytest.param(
            PROJECT + '[project.optional-dependencies]\nweb = []\ndevelop = []\n',
            "docs",
            "extra develop: [project.optional-dependencies] develop",
            id="what is for all development serves",
        ),
        pytest.param(
            PROJECT + "[tool.uv]\ndev-dependencies = []\n", "test", "group dev: [tool.uv] dev-dependencies", id="uv's own"
        ),
        pytest.param(
            POETRY + '[tool.poetry.dev-dependencies]\n', "test", "group dev: [tool.poetry.dev-dependencies]", id="Poetry's old"
        ),
        pytest.param(
            POETRY + '[tool.poetry.group.types.dependencies]\nmypy = "*"\n',
            "types",
            "group types: [tool.poetry.group.types.dependencies]",
            id="for type checkers",
        ),
        pytest.param(
            PROJECT + "[tool.hatch.envs.hatch-test]\nextra-dependencies = []\n",
            "test",
            "group hatch-test: [tool.hatch.envs.hatch-test] extra-dependencies",
            id="Hatch's own test environment",
        ),
        pytest.param(
            PROJECT + '[tool.hatch.envs.default]\ndependencies = ["pytest"]\n',
            "test",
            "group default: [tool.hatch.envs.default] dependencies",
            id="Hatch's environment for everything, which has pytest",
        ),
        pytest.param(
            PROJECT + '[dependency-groups]\nlint = ["ruff"]\nci = ["pytest-cov", "Pytest>=8"]\n',
            "test",
            "group ci: [dependency-groups] ci",
            id="the group that has pytest is for tests",
        ),
        pytest.param(
            POETRY + '[tool.poetry.group.rtd.dependencies]\nSphinx = "*"\n',
            "docs",
            "group rtd: [tool.poetry.group.rtd.dependencies]",
            id="the one that builds them is for docs",
        ),
        pytest.param(
            PROJECT + '[dependency-groups]\nlint = ["ruff", "mypy"]\n',
            "types",
            "group lint: [dependency-groups] lint",
            id="the one that checks them is for types",
        ),
        pytest.param(
            PROJECT + '[dependency-groups]\ndev = ["ruff"]\nci = ["pytest"]\n',
            "test",
            "group dev: [dependency-groups] dev",
            id="a name that fits says more than what is in it",
        ),
        pytest.param(
            PROJECT + '[project.optional-dependencies]\nplugin = ["pytest"]\n',
            "test",
            "group test: [dependency-groups] test",
            id="an extra that brings pytest is for users",
        ),
    ],
)  # fmt: skip
def test_slot_for(tables: str, kind: Purpose, found: str | None) -> None:
    assert titled(tables, kind) == found


@pytest.mark.parametrize(
    ("tables", "place", "found"),
    [
        pytest.param(PROJECT, "runtime", "runtime: [project] dependencies", id="runtime"),
        pytest.param(PROJECT, "group lint", "group lint: [dependency-groups] lint", id="a group that is made"),
        pytest.param(
            PROJECT + "[dependency-groups]\nMy_Lint = []\n",
            "group my-lint",
            "group my-lint: [dependency-groups] My_Lint",
            id="one that is there",
        ),
        pytest.param(PROJECT, "extra web", "extra web: [project.optional-dependencies] web", id="an extra that is made"),
        pytest.param(POETRY, "extra web", None, id="no [project] to have an extra"),
        pytest.param(
            '[project]\ndynamic = ["optional-dependencies"]\n', "extra web", None, id="extras are left to the backend"
        ),
        pytest.param(
            '[project]\ndynamic = ["optional-dependencies"]\noptional-dependencies.web = []\n',
            "extra web",
            None,
            id="extras are left to the backend, though one is there",
        ),
    ],
)  # fmt: skip
@pytest.mark.parametrize("kind", ["runtime", "test"])
def test_declare_in_goes_first(tables: str, place: str, found: str | None, kind: Purpose) -> None:
    assert titled(tables, kind, Place(*place.split())) == found


def test_odd_tables_are_passed_over() -> None:
    odd = "dependency-groups = 1\nproject = { optional-dependencies = { test = 1 } }\n[tool]\nuv = { dev-dependencies = 1 }\nhatch = { envs = { test = 1 } }\n"
    assert writable_place(tomllib.loads(odd), "test", None) == WritablePlace(
        Place("group", "test"), ("dependency-groups", "test"), "list"
    )
