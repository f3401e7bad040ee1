"""Whether a project's dependencies can all be read: files in, where and why not out."""

from pathlib import Path

import pytest

from conftest import written
from import_customs.model import Project
from import_customs.project import load

GROUPS = "[dependency-groups]\ntest = ['pytest']\n"
NO_PROJECT = "pyproject.toml:0: are left to the build backend, without a [project] table"
DYNAMIC_IS_LEFT = "pyproject.toml:3: are left to the build backend: `dynamic` names dependencies"
DYNAMIC = '[project]\nname = "demo"\ndynamic = ["dependencies"]\n'
READS_FILE = "setup(install_requires=open('deps.txt').readlines())"
BELOW = "D = join(dirname(__file__), 'sub')\nsetup(install_requires=open(join(D, 'deps.txt')).readlines())"
IN_FOLDER = (
    "def f(n):\n  with open(ROOT / 'sub' / n) as file:\n    return list(file)\nsetup(install_requires=f('deps.txt'))"
)
WORKSPACE = "[tool.uv.workspace]\nmembers = ['a']\n"
BUILT_BY = "[build-system]\nrequires = []\nbuild-backend = '{}'\n"
PBR = "[build-system]\nrequires = ['pbr>=6', 'setuptools>=64']\n"


def test_a_link_is_not_read_for_a_setup_py(tmp_path: Path) -> None:
    files = {"pyproject.toml": DYNAMIC, "setup.py": READS_FILE, "other.txt": "a"}
    (tmp_path / "deps.txt").symlink_to("other.txt")
    assert project(tmp_path, files).unread


def project(folder: Path, files: dict[str, str], where: str = "") -> Project:
    found = load(written(folder, files), where)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("files", "unread"),
    [
        pytest.param({"pyproject.toml": DYNAMIC}, DYNAMIC_IS_LEFT, id="dynamic, nowhere"),
        pytest.param(
            {"pyproject.toml": "[tool.black]", "setup.py": "setup(install_requires=f())"},
            "setup.py:1: are computed here",
            id="computed",
        ),
        pytest.param(
            {"pyproject.toml": "[tool.black]", "setup.py": "setup(install_requires=f(), tests_require=['a'])"},
            "setup.py:1: are computed here",
            id="one of two is computed",
        ),
        pytest.param(
            {"pyproject.toml": DYNAMIC, "setup.py": 'setup(install_requires=["a"])'}, "", id="dynamic, in setup.py"
        ),
        pytest.param(
            {
                "pyproject.toml": DYNAMIC
                + "[tool.hatch.metadata.hooks.uv-dynamic-versioning]\ndependencies = ['a=={{ version }}']\n"
            },
            "",
            id="a metadata hook's list",
        ),
        pytest.param(
            {"pyproject.toml": DYNAMIC + "[tool.import-customs]\nrequirements-files = ['r.txt']\n", "r.txt": "a"},
            "",
            id="settled by the configuration",
        ),
        pytest.param(
            {
                "pyproject.toml": DYNAMIC.replace('"]', '", "optional-dependencies"]')
                + "[tool.hatch.metadata.hooks.x]\ndependencies = ['a']\n"
            },
            DYNAMIC_IS_LEFT.replace("dep", "optional-dep"),
            id="a metadata hook's list of one of the two",
        ),
        pytest.param(
            {"pyproject.toml": DYNAMIC + "[tool.pdm]\n[tool.pixi.dependencies]\n"},
            DYNAMIC_IS_LEFT,
            id="PDM's and Pixi's tables are not what the backend reads",
        ),
        pytest.param(
            {"pyproject.toml": DYNAMIC + "[tool.setuptools.dynamic]\ndependencies = { file = 'made.txt' }\n"},
            DYNAMIC_IS_LEFT,
            id="the file that is named is missing",
        ),
        pytest.param(
            {
                "pyproject.toml": DYNAMIC + "[tool.setuptools.dynamic]\noptional-dependencies.x = { file = 'x.txt' }\n",
                "x.txt": "six",
            },
            DYNAMIC_IS_LEFT,
            id="a file for an extra states no dependencies",
        ),
        pytest.param(
            {"pyproject.toml": "[tool.black]", "setup.py": "setup(setup_requires=['a'], tests_require=['b'])"},
            "",
            id="setup.py lists only what the build and the tests need",
        ),
        pytest.param(
            {"pyproject.toml": "[tool.black]", "setup.cfg": "[options]\nsetup_requires = a\ntests_require = b\n"},
            "",
            id="setup.cfg states what the build and the tests need",
        ),
        pytest.param(
            {"pyproject.toml": BUILT_BY.format("setuptools.build_meta"), "setup.cfg": "[options]\npackages = a\n"},
            "",
            id="setup.cfg, and by leaving them out that there are no dependencies",
        ),
        pytest.param(
            {"pyproject.toml": BUILT_BY.format("ours"), "setup.cfg": "[options]\npackages = a\n"},
            NO_PROJECT,
            id="setup.cfg, of which another backend builds nothing",
        ),
        pytest.param(
            {"pyproject.toml": "[tool.black]", "setup.py": "setup(extras_require={'a': ['b']})"},
            "",
            id="setup.py states extras, and by leaving them out that there are no dependencies",
        ),
        pytest.param(
            {"pyproject.toml": PBR, "setup.cfg": "[metadata]\nname = a\n"}, NO_PROJECT, id="pbr without its file"
        ),
        pytest.param({"pyproject.toml": "[tool.uv]\ndev-dependencies = ['a']\n"}, "", id="uv's groups are stated"),
        pytest.param({"pyproject.toml": "[tool.hatch.envs.x]\n"}, "", id="Hatch's environments are stated"),
        pytest.param(
            {"pyproject.toml": "[tool.hatch.envs.x]\n", "setup.py": "setup(install_requires=f())"},
            "setup.py:1: are computed here",
            id="but setup.py computes",
        ),
        pytest.param({"pyproject.toml": WORKSPACE}, "", id="a workspace's root, of which nothing is built"),
        pytest.param(
            {"pyproject.toml": WORKSPACE, "setup.py": "setup(install_requires=f())"},
            "setup.py:1: are computed here",
            id="such a root with a setup.py",
        ),
        pytest.param({"pyproject.toml": GROUPS}, "", id="an application of groups alone"),
        pytest.param(
            {"pyproject.toml": GROUPS, "setup.cfg": "[flake8]\n", "setup.py": "setup()"},
            "",
            id="groups, and nothing of dependencies beside them",
        ),
        pytest.param({"pyproject.toml": GROUPS, "setup.cfg": "[flake8]\n"}, "", id="groups, and settings of tools"),
        pytest.param(
            {"pyproject.toml": GROUPS, "setup.py": "setup(install_requires=f())"},
            "setup.py:1: are computed here",
            id="groups, and computed",
        ),
        pytest.param({"pyproject.toml": GROUPS, "setup.py": "setup(install_requires=['a'])"}, "", id="groups, read"),
        pytest.param(
            {"pyproject.toml": DYNAMIC, "setup.py": READS_FILE, "deps.txt": "a"}, "", id="a file that setup.py reads"
        ),
        pytest.param(
            {"pyproject.toml": DYNAMIC, "setup.py": READS_FILE.replace("()", "() + more()"), "deps.txt": "a"},
            "setup.py:1: are computed here",
            id="a file, and more that is computed",
        ),
        pytest.param(
            {
                "pyproject.toml": DYNAMIC,
                "setup.py": READS_FILE.replace("()", "() + open('req.txt').read()"),
                "deps.txt": "",
            },
            "setup.py:1: are computed here",
            id="a file, and one that is not there",
        ),
        pytest.param(
            {"pyproject.toml": DYNAMIC, "setup.py": BELOW, "deps.txt": "a", "sub/deps.txt": "b"},
            "setup.py:2: are computed here",
            id="a file in a folder that a name holds",
        ),
        pytest.param(
            {"pyproject.toml": DYNAMIC, "setup.py": BELOW, "sub/deps.txt": "b"},
            "",
            id="the same, there alone",
        ),
        pytest.param(
            {"pyproject.toml": DYNAMIC, "setup.py": IN_FOLDER, "sub/deps.txt": "b"},
            "",
            id="a file that is given to what joins it to its folder",
        ),
        pytest.param(
            {
                "pyproject.toml": DYNAMIC,
                "setup.py": IN_FOLDER.replace("'sub'", "('sub' if OURS else 'two')"),
                "sub/deps.txt": "b",
                "two/deps.txt": "c",
            },
            "setup.py:3: are computed here",
            id="a file that is in two such folders",
        ),
        pytest.param(
            {"pyproject.toml": DYNAMIC, "setup.py": IN_FOLDER, "sub/a.txt": "b"},
            "setup.py:3: are computed here",
            id="a file that is not in that folder",
        ),
        pytest.param(
            {"pyproject.toml": DYNAMIC, "setup.py": READS_FILE},
            "setup.py:1: are computed here",
            id="a file that is not there",
        ),
        pytest.param(
            {"pyproject.toml": GROUPS, "setup.py": "import os\nprint 'x'\nsetup(install_requires=['a'])"},
            "setup.py:2: stand in a file that is no valid Python 3",
            id="Python 2",
        ),
        pytest.param(
            {"pyproject.toml": "[tool.black]\n", "setup.cfg": "\ufeff[options]\ninstall_requires = a\n"},
            "setup.cfg:0: stand in a file that cannot be read (it begins with a byte-order mark)",
            id="setup.cfg with a byte-order mark, at which setuptools stops",
        ),
        pytest.param(
            {"pyproject.toml": "[tool.black]\n", "setup.cfg": "[options]\ninstall_requires = a\n#" + "x" * 2**18},
            "setup.cfg:0: stand in a file that cannot be read (it is larger than 256 KiB)",
            id="a setup.cfg that takes too long",
        ),
        pytest.param({"pyproject.toml": "[tool.poetry]\n"}, "", id="Poetry without dependencies"),
        pytest.param(
            {"pyproject.toml": DYNAMIC + "[tool.setuptools_dynamic_dependencies]\ndependencies = ['a=={version}']\n"},
            "",
            id="lists that name the project's version",
        ),
        pytest.param(
            {"pyproject.toml": DYNAMIC + "[tool.setuptools_dynamic_dependencies]\noptional-dependencies.x = ['a']\n"},
            DYNAMIC_IS_LEFT,
            id="such lists of extras alone",
        ),
    ],
)
def test_unread(tmp_path: Path, files: dict[str, str], unread: str) -> None:
    found = project(tmp_path, files).unread
    assert (f"{found.path}:{found.line}: {found.why}" if found else "") == unread
