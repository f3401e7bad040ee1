"""Folders that a file of theirs says to be installed under a dotted name: what is imported by that is first-party."""

import json

import pytest

from conftest import Repo

GALAXY = "---\nnamespace: acme\nname: tools\nversion: 1.0.0\n"
HELPER = "from ansible_collections.acme.tools.plugins.module_utils.helper import f\n"


def found(repo: Repo, *arguments: str) -> list[str]:
    """The modules of the findings, and where no project governs the file those of the error."""
    said = json.loads(repo.customs("--format=json", *arguments).out)
    return [one["module"] for one in said["findings"]] + [one["message"].rpartition("; ")[2] for one in said["errors"]]


@pytest.mark.parametrize(("files", "source", "left"), [
    pytest.param({"galaxy.yml": GALAXY}, HELPER, [], id="its own"),
    pytest.param({}, HELPER, ["ansible_collections"], id="no such file"),
    pytest.param({"galaxy.yml": 'namespace : "acme"\nname: \'tools\'  # ours\n'}, HELPER, [], id="quotes, a comment"),
    pytest.param({"galaxy.yml": GALAXY.replace("acme", "other")}, HELPER, ["ansible_collections"], id="another one"),
    pytest.param({"galaxy.yml": GALAXY.replace("tools", "tool")}, HELPER, ["ansible_collections"], id="a part of it"),
    pytest.param({"galaxy.yml": "namespace: acme\n"}, HELPER, ["ansible_collections"], id="a name alone"),
    pytest.param({"galaxy.yml": "x:\n  namespace: acme\n  name: tools\n"}, HELPER, ["ansible_collections"],
                 id="keys of something else"),
    pytest.param({"galaxy.yml": "namespace: {{ a }}\nname: tools\n"}, HELPER, ["ansible_collections"], id="a template"),
    pytest.param({"galaxy.yml": b"\xff\xfe"}, HELPER, ["ansible_collections"], id="no text"),
    pytest.param({"galaxy.yml": GALAXY}, "import ansible_collections.acme.tools", [], id="the collection itself"),
    pytest.param({"galaxy.yml": GALAXY}, "from ansible_collections.acme import tools", [], id="by its last name"),
    pytest.param({"galaxy.yml": GALAXY}, "from ansible_collections.acme import tools, more", ["ansible_collections"],
                 id="beside another one"),
    pytest.param({"plugins/galaxy.yml": GALAXY}, HELPER, [], id="nearer to the file"),
    pytest.param({"other/galaxy.yml": GALAXY}, HELPER, [], id="another collection of the repository"),
    pytest.param({"tests/other/galaxy.yml": GALAXY}, HELPER, ["ansible_collections"], id="one that is there for tests"),
    pytest.param({"galaxy.yml": GALAXY}, "import requests", ["requests"], id="any other module"),
])  # fmt: skip
@pytest.mark.parametrize("declaring", ["ansible-core\n", ""], ids=["requirements", "ungoverned"])
def test_an_ansible_collection(repo: Repo, files, source, left, declaring):
    repo.stage({"plugins/modules/thing.py": source, **files, **({"requirements.txt": declaring} if declaring else {})})
    wanted = left if declaring else [f"it imports `{module}`" for module in left]
    for arguments in (("--scope=all",), ("--staged",)):
        assert found(repo, *arguments) == wanted


def test_a_statement_that_is_not_staged_does_not_count(repo: Repo):
    repo.stage({"requirements.txt": "ansible-core\n", "plugins/modules/thing.py": HELPER})
    (repo.path / "galaxy.yml").write_text(GALAXY)
    (one,) = json.loads(repo.customs("--staged", "--format=json").out)["findings"]
    assert (one["remedy"], one["providers"]) == ("`git add galaxy.yml`", [])
    repo.git("add", "galaxy.yml")
    assert found(repo, "--staged") == []
