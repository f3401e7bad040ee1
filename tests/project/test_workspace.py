"""Projects beside projects: workspaces, local sources, scripts with metadata. Files in, blocked modules out."""

from pathlib import Path

import pytest

from conftest import written
from import_customs.check import judge
from import_customs.check.state import State
from import_customs.project import workspace
from import_customs.project.dialects.dialect import is_member
from import_customs.repository.tree import Worktree

ROOT = """\
[project]
name = "root"
dependencies = ["six"]
[dependency-groups]
dev = ["pytest"]
[tool.uv.workspace]
members = ["packages/*"]
exclude = ["packages/odd"]
"""
A = '[project]\nname = "pkg-a"\ndependencies = ["company-b", "pkg-e"]\n'
WORKSPACE = {
    "pyproject.toml": ROOT,
    "packages/a/pyproject.toml": A,
    "packages/a/src/pkg_a/__init__.py": "",
    "packages/b/pyproject.toml": '[project]\nname = "company-b"\n',
    "packages/b/src/other_name/__init__.py": "",
    "packages/b/src/company/b/__init__.py": "",
    "packages/e/pyproject.toml": '[project]\nname = "pkg-e"\n',
    "packages/e/src/corp/out/to/file/__init__.py": "",
    "packages/e/src/corp/one.py": "",
    "packages/c/pyproject.toml": '[project]\nname = "pkg-c"\nimport-names = ["stated_c"]\n',
    "packages/pkg_d/pyproject.toml": '[project]\nname = "pkg-d"\n',
    "packages/pkg_d/src/pkg_d/__init__.py": "",
    "packages/odd/pyproject.toml": '[project]\nname = "odd"\n',
    "packages/odd/src/made_oddly/__init__.py": "",
}


def judged(folder: Path, files: dict[str, str], path: str, source: str) -> list[tuple[str, tuple[str, ...]]]:
    state = State(written(folder, {**files, path: source}))
    return [(one.module, one.providers) for one in judge.findings(state, path, source.encode())]


@pytest.mark.parametrize(
    ("path", "source", "found"),
    [
        pytest.param("packages/a/t.py", "import pytest", [], id="a member has the root's groups"),
        pytest.param("packages/a/t.py", "import six", [("six", ("six",))], id="not the root's dependencies"),
        pytest.param(
            "packages/odd/t.py", "import pytest", [("pytest", ("pytest",))], id="what is excluded has neither"
        ),
        pytest.param("packages/a/t.py", "import made_oddly", [("made_oddly", ())], id="and is no sibling"),
        pytest.param("packages/a/t.py", "import other_name", [], id="a declared sibling, by what it holds"),
        pytest.param("packages/a/t.py", "import company.b.x", [], id="its part of a namespace"),
        pytest.param("packages/a/t.py", "import corp.out.to.file.x", [], id="its part further down"),
        pytest.param("packages/a/t.py", "import corp.one", [], id="its one file in a namespace"),
        pytest.param("packages/a/t.py", "from corp import one", [], id="that, by its name"),
        pytest.param("packages/a/t.py", "import corp.out.of", [("corp", ())], id="not what it does not hold"),
        pytest.param("packages/a/t.py", "from corp import two", [("corp", ())], id="nor that, by its name"),
        pytest.param("packages/a/t.py", "import stated_c", [("stated_c", ("pkg-c",))], id="a sibling must be declared"),
        pytest.param("packages/a/t.py", "import pkg_a", [], id="itself"),
        pytest.param("packages/a/t.py", "import pkg_d", [("pkg_d", ("pkg-d",))], id="a sibling's folder is no package"),
    ],
)
def test_workspace(tmp_path: Path, path: str, source: str, found: list[tuple[str, tuple[str, ...]]]) -> None:
    assert judged(tmp_path, WORKSPACE, path, source) == found


@pytest.mark.parametrize(
    ("glob", "members"),
    [
        pytest.param("**/api", ["api", "services/api", "services/team/api"], id="at any depth, none among them"),
        pytest.param("services/**", ["services", "services/api", "services/team", "services/team/api"], id="all below"),
        pytest.param("**/team/**/api", ["services/team/api"], id="two"),
        pytest.param("./services/*/", ["services/api", "services/team"], id="a dot and a slash around"),
        pytest.param(".", [""], id="the root"),
        pytest.param("services/t*", ["services/team"], id="part of a name"),
        pytest.param("**/x", [], id="what is hidden is not walked through"),
    ],
)
def test_globs(tmp_path: Path, glob: str, members: list[str]) -> None:
    for folder in ("services/team/api", "services/api", "api", ".hidden/x"):
        (tmp_path / folder).mkdir(parents=True)
    assert sorted(workspace.expanded(Worktree(str(tmp_path)), "", (glob,))) == members
    assert all(is_member((glob,), member) for member in members)


@pytest.mark.parametrize(
    "table",
    [
        pytest.param(
            '[project]\nname = "m"\ndependencies = ["lib-x"]\n[tool.uv.sources]\nlib-x = { path = "../lib" }\n', id="uv"
        ),
        pytest.param(
            '[project]\nname = "m"\ndependencies = ["lib-x"]\n[tool.uv.sources]\nlib-x = { path = "..\\\\lib" }\n',
            id="uv, written on Windows",
        ),
        pytest.param(
            "[tool.poetry]\nname = 'm'\n[tool.poetry.dependencies]\nlib-x = { path = 'C:\\repo\\lib' }\n",
            id="a path on a drive",
        ),
        pytest.param(
            '[project]\nname = "m"\ndependencies = ["lib-x @ file:///C:/of/someone/repo/lib"]\n', id="a URL of a drive"
        ),
        pytest.param(
            '[tool.poetry]\nname = "m"\n[tool.poetry.dependencies]\nlib-x = { path = "../lib" }\n', id="Poetry"
        ),
        pytest.param(
            '[tool.poetry]\nname = "m"\n[tool.poetry.group.x.dependencies]\nlib-x = { path = "../lib" }\n',
            id="Poetry group",
        ),
        pytest.param(
            '[project]\nname = "m"\ndependencies = ["lib-x @ file:///home/of/someone/repo/lib"]\n', id="an absolute URL"
        ),
        pytest.param('[project]\nname = "m"\ndependencies = ["lib-x @ file:///${PROJECT_ROOT}/../lib"]\n', id="PDM"),
        pytest.param(
            '[tool.pdm.dev-dependencies]\nx = ["-e file:///${PROJECT_ROOT}/../lib#egg=lib-x"]\n', id="PDM, editable"
        ),
        pytest.param('[project]\nname = "m"\ndependencies = ["lib-x @ {root:uri}/../lib"]\n', id="Hatch"),
    ],
)
def test_local_source(tmp_path: Path, table: str) -> None:
    files = {
        "main/pyproject.toml": table,
        "lib/pyproject.toml": '[project]\nname = "lib-x"\n',
        "lib/inner/__init__.py": "",
    }
    assert judged(tmp_path, files, "main/a.py", "import inner") == []


LEGACY = {"libs/legacy/pyproject.toml": '[project]\nname = "legacy-lib"\n', "libs/legacy/oldthing.py": ""}
DECLARED = '[project]\nname = "m"\ndependencies = ["legacy-lib"]\n'
REQUIREMENTS = '[project]\nname = "m"\n[tool.import-customs]\nrequirements-files = ["r.txt"]\n'


@pytest.mark.parametrize(
    "files",
    [
        pytest.param({"pyproject.toml": REQUIREMENTS, "r.txt": "-e ./libs/legacy\n"}, id="requirements, editable"),
        pytest.param({"pyproject.toml": REQUIREMENTS, "r.txt": "./libs/legacy[x]\n"}, id="requirements, a folder"),
        pytest.param(
            {"pyproject.toml": REQUIREMENTS.replace("r.txt", "r/a.txt"), "r/a.txt": "-e libs/legacy\n"},
            id="requirements, seen from where pip runs",
        ),
        pytest.param(
            {"pyproject.toml": REQUIREMENTS.replace("r.txt", "r/a.txt"), "r/a.txt": "-e ../libs/legacy\n"},
            id="requirements, seen from the file",
        ),
        pytest.param(
            {
                "pyproject.toml": DECLARED + "[tool.uv.sources]\nlegacy-lib = [{ path = 'libs/legacy', marker = "
                "\"sys_platform == 'linux'\" }, { git = 'https://x.invalid' }]\n"
            },
            id="uv, a list of sources",
        ),
        pytest.param(
            {
                "pyproject.toml": "[tool.poetry.dependencies]\n"
                "legacy-lib = [{ path = 'libs/legacy', platform = 'linux' }, { version = '1', platform = 'win32' }]\n"
            },
            id="Poetry, a list",
        ),
        pytest.param(
            {"pyproject.toml": "[tool.poetry.dev-dependencies]\nlegacy-lib = { path = 'libs/legacy' }\n"},
            id="Poetry, dev-dependencies",
        ),
        pytest.param(
            {"pyproject.toml": "[tool.pixi.pypi-dependencies]\nlegacy-lib = { path = 'libs/legacy' }\n"}, id="Pixi"
        ),
        pytest.param(
            {"pyproject.toml": "[tool.pixi.feature.x.target.y.pypi-dependencies]\nlegacy-lib.path = 'libs/legacy'"},
            id="Pixi, a target of a feature",
        ),
        pytest.param(
            {"pyproject.toml": DECLARED + "[tool.hatch.envs.x]\nworkspace.members = ['libs/*']\n"}, id="Hatch"
        ),
        pytest.param(
            {"pyproject.toml": DECLARED + "[tool.hatch.envs.x]\nworkspace.members = [{ path = 'libs/legacy' }]\n"},
            id="Hatch, a table",
        ),
        pytest.param(
            {"pyproject.toml": DECLARED, "hatch.toml": "[envs.x]\nworkspace.members = ['libs/legacy']\n"},
            id="Hatch's own file",
        ),
        pytest.param({"pyproject.toml": DECLARED + "[tool.rye.workspace]\nmembers = ['libs/*']\n"}, id="Rye"),
        pytest.param({"pyproject.toml": DECLARED + "[tool.rye.workspace]\n"}, id="Rye, all below"),
    ],
)
def test_local_project(tmp_path: Path, files: dict[str, str]) -> None:
    assert judged(tmp_path, LEGACY | files, "a.py", "import oldthing") == []
    assert judged(tmp_path, LEGACY | files, "a.py", "import oldthin") == [("oldthin", ())]


@pytest.mark.parametrize(
    "files",
    [
        pytest.param(
            {"pyproject.toml": DECLARED + "[tool.uv.sources]\nlegacy-lib = { path = 'libs/legacy' }\n"}, id="a source"
        ),
        pytest.param({"pyproject.toml": REQUIREMENTS, "r.txt": "-e ./libs/legacy\n"}, id="requirements, editable"),
    ],
)
def test_local_project_without_pyproject(tmp_path: Path, files: dict[str, str]) -> None:
    there = {"libs/legacy/setup.py": "", "libs/legacy/oldthing.py": ""}
    assert judged(tmp_path, there | files, "a.py", "import oldthing") == []


@pytest.mark.parametrize(("path", "found"), [
    pytest.param("tests/test_a.py", [], id="installed in the environment by its listing"),
    pytest.param("libs/other/a.py", [("oldthing", ("legacy-lib",))], id="no member declares another by it"),
])  # fmt: skip
def test_members_of_an_environment(tmp_path: Path, path: str, found: list[tuple[str, tuple[str, ...]]]) -> None:
    hatch = '[project]\nname = "m"\ndependencies = []\n[tool.hatch.envs.x]\nworkspace.members = ["libs/*"]\n'
    files = {"pyproject.toml": hatch, "libs/other/pyproject.toml": '[project]\nname = "other"\ndependencies = []\n'}
    assert judged(tmp_path, LEGACY | files, path, "import oldthing") == found


@pytest.mark.parametrize("module", ["fast_lib", "_fastcore"])
@pytest.mark.parametrize("declared", [True, False])
def test_a_sibling_that_is_built(tmp_path: Path, module: str, *, declared: bool) -> None:
    needed = ["fast-lib"] if declared else []
    files = {
        "pyproject.toml": f'[project]\nname = "m"\ndependencies = {needed}\n'
        '[tool.uv.workspace]\nmembers = ["libs/*"]\n',
        "libs/fast/pyproject.toml": '[build-system]\nrequires = ["maturin"]\n[project]\nname = "fast-lib"\n'
        '[tool.maturin]\nmodule-name = "_fastcore"\n',
    }
    found = judged(tmp_path, files, "a.py", f"import {module}")
    assert found == ([] if declared else [(module, ("fast-lib",))])


SCRIPT = """\
#!/usr/bin/env python3
# /// script
# requires-python = ">=3.9"
# dependencies = [
#   "requests<3",
# ]
# ///
"""


@pytest.mark.parametrize(
    ("source", "found"),
    [
        pytest.param(SCRIPT + "import requests\n", [], id="declared by itself"),
        pytest.param(SCRIPT + "import six\n", [("six", ("six",))], id="the project's do not count"),
        pytest.param(SCRIPT + "import tomllib\n", [("tomllib", ())], id="its own requires-python"),
        pytest.param("import six\n# /// script is no metadata\n", [], id="no block"),
        pytest.param(
            "# /// script\n# [tool.x]\n# y = 1\n# ///\nimport six\n", [], id="a block that states no dependencies"
        ),
        pytest.param(f"import six\nTEXT = '''\n{SCRIPT}'''\n", [], id="a block in a string"),
        pytest.param(SCRIPT + "import ours\n", [], id="what the project around it ignores"),
    ],
)
def test_script_is_a_project_to_itself(tmp_path: Path, source: str, found: list[tuple[str, tuple[str, ...]]]) -> None:
    files = {"pyproject.toml": f"{ROOT}[tool.import-customs]\nper-file-ignores = {{ 'tools/*' = ['ours'] }}\n"}
    assert judged(tmp_path, files, "tools/run.py", source) == found


@pytest.mark.parametrize(
    ("declared", "found"),
    [
        pytest.param("", [("thing", ("acme-thing",))], id="it has not the project around it installed"),
        pytest.param('"acme-thing"', [], id="but where it declares it, by whatever that installs"),
    ],
)
def test_script_declares_the_project_around_it(
    tmp_path: Path, declared: str, found: list[tuple[str, tuple[str, ...]]]
) -> None:
    stated = '[project]\nname = "acme-thing"\n[tool.uv.workspace]\nmembers = ["libs/*"]\n'
    files = {"pyproject.toml": stated, "src/thing/__init__.py": ""}
    script = f"# /// script\n# dependencies = [{declared}]\n# ///\nimport thing\n"
    assert judged(tmp_path, files, "tools/run.py", script) == found


def test_a_member_without_a_name(tmp_path: Path) -> None:
    nameless = {"packages/n/pyproject.toml": "[dependency-groups]\ndev = []\n", "packages/n/thing_n/__init__.py": ""}
    state = State(written(tmp_path, WORKSPACE | nameless | {"packages/a/t.py": ""}))
    (found,) = judge.findings(state, "packages/a/t.py", b"import thing_n")
    assert (found.local, found.remedy) == ("packages/n", "give that project a name, and declare it by its path")


def test_broken_script_metadata_is_said(tmp_path: Path) -> None:
    from import_customs.model import CheckError

    source = SCRIPT.replace("[", "= [") + "import requests\n"
    with pytest.raises(CheckError) as caught:
        judged(tmp_path, {"pyproject.toml": ROOT}, "run.py", source)
    assert (caught.value.path, caught.value.line) == ("run.py", 4)
    found = judge.findings(State(Worktree(str(tmp_path)), lenient=True), "run.py", source.encode())
    assert [one.module for one in found] == ["requests"], "where the base is judged"
