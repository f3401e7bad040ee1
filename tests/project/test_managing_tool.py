"""Which tool visibly manages a project: its commands are the ones that a report names."""

from pathlib import Path

import pytest

from conftest import written
from import_customs.project import nearest

PROJECT = '[project]\nname = "a"\nversion = "1"\n'
BACKEND = '[build-system]\nrequires = []\nbuild-backend = "{}"\n'


@pytest.mark.parametrize(
    ("files", "tool"),
    [
        pytest.param({"pyproject.toml": PROJECT}, None, id="nothing shows one"),
        pytest.param({"pyproject.toml": PROJECT + BACKEND.format("poetry.core.masonry.api")}, "poetry", id="backend"),
        pytest.param({"pyproject.toml": PROJECT + BACKEND.format("uv_build")}, "uv", id="backend of uv"),
        pytest.param({"pyproject.toml": PROJECT + BACKEND.format("pdm.backend")}, "pdm", id="backend of PDM"),
        pytest.param({"pyproject.toml": PROJECT + BACKEND.format("hatchling.build")}, None, id="any tool's backend"),
        pytest.param(
            {"pyproject.toml": PROJECT + BACKEND.format("pdm.backend") + "[tool.uv]\n"}, "uv", id="a table says more"
        ),
        pytest.param(
            {"pyproject.toml": PROJECT + BACKEND.format("uv_build") + "[tool.uv]\n", "pdm.lock": ""},
            "pdm",
            id="a lock file says most",
        ),
    ],
)
def test_managing_tool(tmp_path: Path, files: dict[str, str], tool: str | None) -> None:
    project = nearest(written(tmp_path, files), "", {})
    assert project
    assert project.tool == tool
