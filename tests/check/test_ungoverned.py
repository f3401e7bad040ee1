"""Files that no project governs: one run names all that they import, and what to put into a requirements.txt."""

import pytest

from conftest import Repo

LAST = (
    "    or state them in a pyproject.toml with a [project] table,\n"
    "    or name the file that states them: `--requirements-file FILE`\n"
)
COMMON = {
    "libs/common/pyproject.toml": '[project]\nname = "acme-common"\nversion = "1"\n',
    "libs/common/src/acme_common/__init__.py": "",
}


@pytest.mark.parametrize(
    ("files", "told"),
    [
        pytest.param(
            {"scripts/up.py": "import os\nimport boto3\nimport click, yaml\nimport click.core\n"},
            "scripts/up.py:2:8: error: no pyproject.toml with a project governs it\n"
            "    it imports `boto3`, `click` and `yaml`\n"
            "    create scripts/requirements.txt with these lines:\n\n        boto3\n        click\n        pyyaml\n\n",
            id="all that a file imports",
        ),
        pytest.param(
            {"scripts/a.py": "import redis\n", "scripts/b/c.py": "import six\n"},
            "scripts/a.py:1:8: error: no pyproject.toml with a project governs 2 files\n"
            "    they import `redis` and `six`\n"
            "    create scripts/requirements.txt with these lines:\n\n        redis\n        six\n\n",
            id="one file for the folder of all",
        ),
        pytest.param(
            {"a.py": "import zz_own\n"},
            "a.py:1:8: error: no pyproject.toml with a project governs it\n"
            "    it imports `zz_own`\n"
            "    list what provides it in requirements.txt\n"
            "    no known package provides `zz_own`\n",
            id="nobody else's package",
        ),
        pytest.param(
            COMMON | {"scripts/a.py": "import acme_common\n"},
            "scripts/a.py:1:8: error: no pyproject.toml with a project governs it\n"
            "    it imports `acme_common`\n"
            "    create scripts/requirements.txt with these lines:\n\n        -e ../libs/common\n\n",
            id="a local project by its path",
        ),
        pytest.param(
            {"a.py": "import cv2\n"},
            "a.py:1:8: error: no pyproject.toml with a project governs it; it imports `cv2`\n"
            "    create requirements.txt with these lines:\n\n        opencv-python\n\n"
            "    Instead of `opencv-python` you may want `opencv-python-headless` or `opencv-contrib-python`.\n",
            id="a choice",
        ),
    ],
)
def test_what_is_told(repo: Repo, files: dict[str, str], told: str) -> None:
    repo.stage(files)
    ran = repo.customs("--scope", "all")
    assert (ran.status, ran.err) == (2, told + LAST)


def test_what_is_told_settles_it(repo: Repo) -> None:
    repo.stage(COMMON | {"scripts/a.py": "import acme_common, yaml\n"})
    lines = [line.strip() for line in repo.customs().err.splitlines() if line.startswith("        ")]
    repo.stage({"scripts/requirements.txt": "\n".join(lines)})
    assert repo.customs().status == 0
