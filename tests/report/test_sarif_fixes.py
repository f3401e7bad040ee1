"""The fixes of SARIF: each, applied to the file alone, declares what its finding lacks."""

import json
import tomllib
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from conftest import Repo

SCHEMA = json.loads(Path(__file__).with_name("sarif-schema-2.1.0.json").read_text())  # as OASIS publishes it
NAMED = '[project]\nname = "démo"\nversion = "1"\n'
LISTS = {
    "one line": f'{NAMED}dependencies = ["six"]\n',
    "empty": f"{NAMED}dependencies = []  # é\n",
    "none": NAMED,
    "a line each": f'{NAMED}dependencies = [\n    "attrs",\n    "six",  # why\n]\n',
    "other line ends": f'{NAMED}dependencies = [\n  "six",\n]\n[tool.x]\ny = 1\n'.replace("\n", "\r\n"),
}


def results(repo: Repo) -> list[dict[str, Any]]:
    log = json.loads(repo.customs("--scope", "all", "--format", "sarif").out)
    jsonschema.Draft4Validator(SCHEMA).validate(log)
    found: list[dict[str, Any]] = log["runs"][0]["results"]
    return found


def applied(text: str, replacement: dict[str, Any]) -> str:
    lines = text.split("\n")
    starts = [sum(len(line) + 1 for line in lines[:number]) for number in range(len(lines))]
    region = replacement["deletedRegion"]
    start, end = (starts[region[f"{at}Line"] - 1] + region[f"{at}Column"] - 1 for at in ("start", "end"))
    return text[:start] + str(replacement["insertedContent"]["text"]) + text[end:]


@pytest.mark.parametrize("text", LISTS.values(), ids=LISTS)
def test_each_declares_what_its_finding_lacks(repo: Repo, text: str) -> None:
    repo.stage({"a.py": "import redis, celery\n"})
    (repo.path / "pyproject.toml").write_bytes(text.encode())
    repo.git("add", ".")
    found = results(repo)
    assert len(found) == 2
    for result in found:
        ((change,),) = [fix["artifactChanges"] for fix in result["fixes"]]
        (replacement,) = change["replacements"]
        made = tomllib.loads(applied(text, replacement).replace("\r\n", "\n"))
        before = tomllib.loads(text.replace("\r\n", "\n"))["project"].get("dependencies", [])
        assert set(made["project"]["dependencies"]) == {*before, *result["properties"]["providers"]}
        assert change["artifactLocation"]["uri"] == "pyproject.toml"


@pytest.mark.parametrize(
    "source",
    [
        pytest.param("import cv2\n", id="several may be meant"),
        pytest.param("import zz_made_up\n", id="nothing is known"),
    ],
)
def test_there_is_none_where_a_person_has_to_choose(repo: Repo, source: str) -> None:
    repo.stage({"pyproject.toml": NAMED, "a.py": source})
    (found,) = results(repo)
    assert "fixes" not in found
