"""One commit names all eight missing packages and nothing else; declared, the same commit passes."""

import re

import pytest

from conftest import Repo
from end_to_end import seed


@pytest.mark.parametrize(
    ("tool", "packages"),
    [
        pytest.param("pre-commit", True, id="pre-commit, packages"),
        pytest.param("prek", True, id="prek, packages"),
        pytest.param("prek", False, id="prek, plain folders"),
    ],
    indirect=["tool"],
)
def test_seed_story(hooked: Repo, tool: str, *, packages: bool) -> None:
    hooked.stage({"pyproject.toml": seed.PYPROJECT, **seed.files(packages=packages)})
    blocked = hooked.commit()
    assert blocked.status == 1
    report = blocked.out + blocked.err
    assert re.findall(r'^ {4,6}"([a-z0-9-]+)(?:>=.+)?",$', report, re.MULTILINE) == seed.MISSING
    places = re.findall(r"^ *(\S+:\d+):\d+: (\S+): `(\w+)`", report, re.MULTILINE)
    assert places == [(place, "undeclared", module) for place, module in seed.FOUND]

    hooked.stage({"pyproject.toml": seed.WITH_EIGHT})
    assert hooked.commit().status == 0
    assert hooked.run(tool, "run", "--all-files").status == 0
