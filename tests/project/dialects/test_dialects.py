"""Where each tool lets a project declare, from the tool's own documentation: files in, declarations out.

Poetry: "The pyproject.toml file", "Managing dependencies". PDM: "Manage dependencies". uv: "Managing dependencies".
Hatch: "Environment configuration", "Metadata hooks". Rye: "pyproject.toml". Pixi: "pyproject.toml". Flit: "old style
metadata". setuptools: "pyproject.toml files", "setup.cfg files".
"""

from pathlib import Path

import pytest

from conftest import written
from import_customs.model import Project
from import_customs.project import load

GROUPS = "[dependency-groups]\ntest = ['pytest']\n"  # never what runs: PEP 735
DYNAMIC = '[project]\nname = "demo"\ndynamic = ["dependencies"]\n'


def project(folder: Path, files: dict[str, str], where: str = "") -> Project:
    found = load(written(folder, files), where)
    assert found is not None
    return found


def read(folder: Path, files: dict[str, str]) -> list[tuple[str, str, int]]:
    return [(one.name, str(one.place), one.line) for one in project(folder, files).declarations]


POETRY = """\
[tool.poetry.dependencies]
python = "^3.9"
Requests = "^2.28"
celery = { version = "^5", extras = ["redis"], optional = true }
local = { path = "../local", develop = true }
numpy = [{ version = "<2", python = "<3.10" }, { version = ">=2", python = ">=3.10" }]
[tool.poetry.extras]
queue = ["celery"]
[tool.poetry.group.test.dependencies]
pytest = "*"
[tool.poetry.group.dev]
optional = true
include-groups = ["test"]
[tool.poetry.dev-dependencies]
ruff = "*"
[[tool.poetry.source]]
name = "private"
url = "https://example.invalid"
"""

UV_SOURCES = """
[project]
dependencies = ["a", "b @ git+https://example.invalid/b", "c", "d", "e", "f[x]@ https://example.invalid/f.whl"]
[tool.uv.sources]
a = { index = "corp" }
c = [{ git = "https://example.invalid/c", marker = "os_name == 'nt'" }, { url = "https://example.invalid/c.whl" }]
d = { workspace = true }
"""
PDM_SOURCES = """
[project]
dependencies = ["a", "b"]
[tool.pdm]
[[tool.pdm.source]]
name = "private"
url = "https://example.invalid"
include_packages = ["A"]
"""
PIXI_SOURCES = """
[project]
name = "demo"
[tool.pixi.pypi-dependencies]
a = { git = "https://example.invalid/a" }
b = "*"
"""
REQUIREMENTS_SOURCES = """\
git+https://example.invalid/a.git#egg=a
-e git+https://example.invalid/b.git
c @ https://example.invalid/c.whl
https://example.invalid/d-1.0-py3-none-any.whl
e>=1
"""
POETRY_2 = """\
[project]
dependencies = ["requests"]
[tool.poetry.dependencies]
requests = { source = "private" }
celery = "^5"
"""

HATCH = """\
[project]
name = "demo"
[tool.hatch.envs.default]
dependencies = ["pytest"]
extra-dependencies = ["coverage[toml]"]
[[tool.hatch.envs.default.matrix]]
django = ["4", "5"]
[tool.hatch.envs.default.overrides]
matrix.django.dependencies = [{ value = "django~=4.2", if = ["4"] }, "django-x"]
name."x.*".extra-dependencies = "flask=={matrix:flask}.*"
[tool.hatch.envs.docs]
template = "default"
dependencies = ["sphinx~={env:SPHINX:7}.0"]
[tool.hatch.build.hooks.vcs]
dependencies = ["hatch-vcs"]
[tool.hatch.build.targets.wheel.hooks.mypyc]
dependencies = ["hatch-mypyc"]
"""

PIXI = """\
[tool.pixi.project]
channels = ["conda-forge"]
[tool.pixi.dependencies]
python = ">=3.11"
numpy = "*"
pytorch = "*"
[tool.pixi.pypi-dependencies]
requests = { version = "*", extras = ["socks"] }
[tool.pixi.feature.test.dependencies]
pytest = "*"
[tool.pixi.feature.test.pypi-dependencies]
hypothesis = "*"
[tool.pixi.target.win-64.dependencies]
pywin32 = "*"
"""

SETUP_CFG = """\
[metadata]
name = demo
[options]
install_requires =
    requests>=2
    # a comment
    tomli; python_version < "3.11"  # old Pythons
[options.extras_require]
test = pytest; hypothesis
docs =
    file:
    docs.txt
"""

SETUP_CFG_THAT_NAMES_OPTIONS = """\
[options]
base =
    requests>=2
    flask
install_requires =
    %(base)s
    six
[options.extras_require]
web = flask
all = %(web)s
two = %(all)s
"""

SETUP_PY = """\
from setuptools import setup
raise SystemExit("it was run")
TESTS = ["pytest"]
setup(name="demo", install_requires=["requests"], extras_require={"test": TESTS}, tests_require=TESTS)
"""


@pytest.mark.parametrize(
    ("files", "declared"),
    [
        pytest.param(
            {"pyproject.toml": POETRY},
            [
                ("requests", "runtime", 3),
                ("celery", "runtime", 4),
                ("local", "runtime", 5),
                ("numpy", "runtime", 6),
                ("numpy", "runtime", 6),
                ("ruff", "group dev", 15),
                ("pytest", "group test", 10),
            ],
            id="Poetry 1",
        ),
        pytest.param(
            {"pyproject.toml": POETRY_2}, [("requests", "runtime", 2)], id="Poetry 2: the table only enriches"
        ),
        pytest.param(
            {"pyproject.toml": '[project]\ndependencies = []\n[tool.poetry.dependencies]\ncelery = "*"\n'},
            [("celery", "runtime", 4)],
            id="Poetry 2: the table counts where [project] lists nothing",
        ),
        pytest.param(
            {"pyproject.toml": DYNAMIC + '[tool.poetry.dependencies]\ncelery = "*"\n'},
            [("celery", "runtime", 5)],
            id="Poetry 2, dynamic",
        ),
        pytest.param(
            {
                "pyproject.toml": '[tool.pdm.dev-dependencies]\ntest = ["pytest>=8", "-e file:///${PROJECT_ROOT}/sub#egg=sub"]\n'
            },
            [("pytest", "group test", 2), ("sub", "group test", 2)],
            id="PDM",
        ),
        pytest.param(
            {
                "pyproject.toml": '[project]\nname = "a"\n[tool.uv]\ndev-dependencies = ["pytest"]\n'
                'constraint-dependencies = ["x"]\noverride-dependencies = ["y"]\n[tool.uv.sources]\nz = { git = "z" }\n'
            },
            [("pytest", "group dev", 4)],
            id="uv: constraints, overrides and sources declare nothing",
        ),
        pytest.param(
            {
                "pyproject.toml": DYNAMIC
                + "[tool.setuptools_dynamic_dependencies]\ndependencies = [\n  'demo-core == {version}',\n  'six',\n]\n"
                + "optional-dependencies.x = ['demo-x=={version}']\n"
            },
            [("six", "runtime", 7), ("demo-core", "runtime", 6), ("demo-x", "extra x", 9)],
            id="setuptools-dynamic-dependencies",
        ),
        pytest.param(
            {
                "pyproject.toml": '[project]\nname = "demo"\n[tool.setuptools_dynamic_dependencies]\n'
                "dependencies = ['six']\noptional-dependencies.x = ['idna']\n"
            },
            [("idna", "extra x", 5)],
            id="setuptools-dynamic-dependencies, of which [project] calls none dynamic",
        ),
        pytest.param(
            {"pyproject.toml": '[tool.rye]\ndev-dependencies = ["pytest", "-e ./lib/other"]\n'},
            [("pytest", "group dev", 2), ("other", "group dev", 2)],
            id="Rye",
        ),
        pytest.param(
            {"pyproject.toml": HATCH},
            [
                ("pytest", "group default", 4),
                ("coverage", "group default", 5),
                ("django", "group default", 9),
                ("django-x", "group default", 9),
                ("flask", "group default", 10),
                ("sphinx", "group docs", 13),
                ("hatch-vcs", "build", 15),
                ("hatch-mypyc", "build", 17),
            ],
            id="Hatch",
        ),
        pytest.param(
            {"pyproject.toml": '[project]\nname = "a"\n', "hatch.toml": '[envs.test]\ndependencies = ["pytest"]\n'},
            [("pytest", "group test", 2)],
            id="hatch.toml",
        ),
        pytest.param(
            {
                "pyproject.toml": '[project]\nname = "a"\n',
                "hatch.toml": '[envs.hatch-test]\nextra-dependencies = ["x"]\n',
            },
            [
                (name, "group hatch-test", line)
                for name, line in [
                    ("coverage-enable-subprocess", 1),
                    ("coverage", 1),
                    ("pytest", 1),
                    ("pytest-mock", 1),
                    ("pytest-randomly", 1),
                    ("pytest-rerunfailures", 1),
                    ("pytest-xdist", 1),
                    ("x", 2),
                ]
            ],
            id="what Hatch's own test environment holds",
        ),
        pytest.param(
            {
                "pyproject.toml": DYNAMIC
                + "[tool.hatch.metadata.hooks.versions]\ndependencies = ['a=={{ version }}']\n"
                "[tool.hatch.metadata.hooks.versions.optional-dependencies]\nall = ['b']\n"
            },
            [("a", "runtime", 5), ("b", "extra all", 7)],
            id="a metadata hook's lists",
        ),
        pytest.param(
            {
                "pyproject.toml": DYNAMIC + "[tool.hatch.metadata.hooks.requirements_txt]\nfiles = ['r.txt']\n"
                "optional-dependencies.test = ['t.txt']\n",
                "r.txt": "requests\n",
                "t.txt": "pytest\n",
            },
            [("requests", "runtime", 1), ("pytest", "extra test", 1)],
            id="hatch-requirements-txt",
        ),
        pytest.param(
            {
                "pyproject.toml": DYNAMIC,
                "hatch.toml": "[metadata.hooks.requirements_txt]\n",
                "requirements.txt": "requests\n",
            },
            [("requests", "runtime", 1)],
            id="hatch-requirements-txt in hatch.toml, of its default file",
        ),
        pytest.param(
            {"pyproject.toml": '[tool.hatch.envs.default]\ndependencies = ["six"]'},
            [("six", "group default", 2)],
            id="environments make a project",
        ),
        pytest.param(
            {"pyproject.toml": '[tool.import-customs]\nrequirements-files = ["r.txt"]', "r.txt": "six"},
            [("six", "group requirements", 1)],
            id="requirements files make a project",
        ),
        pytest.param(
            {"pyproject.toml": PIXI},
            [
                ("numpy", "runtime", 5),
                ("torch", "runtime", 6),
                ("requests", "runtime", 8),
                ("pywin32", "runtime", 14),
                ("pytest", "group test", 10),
                ("hypothesis", "group test", 12),
            ],
            id="Pixi",
        ),
        pytest.param(
            {
                "pyproject.toml": '[tool.flit.metadata]\nrequires = ["requests"]\n'
                '[tool.flit.metadata.requires-extra]\ndoc = ["sphinx"]\n'
            },
            [("requests", "runtime", 2), ("sphinx", "extra doc", 4)],
            id="Flit, old style",
        ),
        pytest.param(
            {
                "pyproject.toml": DYNAMIC + "[tool.setuptools.dynamic]\ndependencies = { file = ['r.txt'] }\n"
                "optional-dependencies.test = { file = 't.txt' }\n",
                "r.txt": "requests\n",
                "t.txt": "pytest\n",
            },
            [("requests", "runtime", 1), ("pytest", "extra test", 1)],
            id="setuptools, dynamic files",
        ),
        pytest.param(
            {
                "pyproject.toml": '[project]\nname = "demo"\ndynamic = ["version"]\n[tool.setuptools.dynamic]\n'
                "dependencies = { file = 'r.txt' }\noptional-dependencies.test = { file = 't.txt' }\n",
                "r.txt": "requests\n",
                "t.txt": "pytest\n",
            },
            [("pytest", "extra test", 1)],
            id="setuptools, files of what [project] does not call dynamic",
        ),
        pytest.param(
            {"pyproject.toml": "[tool.black]\n", "setup.cfg": SETUP_CFG, "docs.txt": "sphinx"},
            [
                ("requests", "runtime", 5),
                ("tomli", "runtime", 7),
                ("pytest", "extra test", 9),
                ("hypothesis", "extra test", 9),
                ("sphinx", "extra docs", 1),
            ],
            id="setup.cfg",
        ),
        pytest.param(
            {"pyproject.toml": '[project]\nname = "a"\ndependencies = ["six"]\n', "setup.cfg": SETUP_CFG},
            [("six", "runtime", 3)],
            id="setup.cfg counts only where pyproject.toml leaves it to",
        ),
        pytest.param(
            {"pyproject.toml": "[tool.black]\n", "setup.cfg": SETUP_CFG_THAT_NAMES_OPTIONS},
            [
                ("requests", "runtime", 3),
                ("flask", "runtime", 4),
                ("six", "runtime", 7),
                ("flask", "extra web", 9),
                ("flask", "extra all", 9),
            ],
            id="setup.cfg: %(name)s stands for another option",
        ),
        pytest.param(
            {
                "pyproject.toml": "[tool.black]\n",
                "setup.cfg": "[options.extras_require]\nx = six\n[options]\ninstall_requires = idna\n",
            },
            [("idna", "runtime", 4), ("six", "extra x", 2)],
            id="setup.cfg: extras first",
        ),
        pytest.param(
            {"pyproject.toml": "[build-system]\nrequires = ['setuptools']\n", "setup.py": SETUP_PY},
            [
                ("setuptools", "build", 2),
                ("requests", "runtime", 4),
                ("pytest", "extra test", 3),
                ("pytest", "extra test", 3),
            ],
            id="setup.py: literal lists, and it is not run",
        ),
        pytest.param(
            {"pyproject.toml": GROUPS, "setup.cfg": "[options]\ninstall_requires = file: r.txt", "r.txt": "flask\n"},
            [("pytest", "group test", 2), ("flask", "runtime", 1)],
            id="setup.cfg beside [dependency-groups] alone",
        ),
        pytest.param(
            {"pyproject.toml": GROUPS, "setup.py": "setup(install_requires=['flask'])"},
            [("pytest", "group test", 2), ("flask", "runtime", 1)],
            id="setup.py beside [dependency-groups] alone",
        ),
        pytest.param(
            {
                "pyproject.toml": "[build-system]\nrequires = ['PBR>=6']\n",
                "setup.cfg": "[metadata]\nname = demo\n",
                "requirements.txt": "oslo.config\n",
                "test-requirements.txt": "\nstestr\n",
            },
            [("pbr", "build", 2), ("oslo-config", "runtime", 1), ("stestr", "extra test", 2)],
            id="pbr in the build's requirements",
        ),
        pytest.param(
            {
                "pyproject.toml": "[tool.black]\n",
                "setup.py": "import setuptools\nsetuptools.setup(setup_requires=['pbr>=2.0.0'], pbr=True)\n",
                "requirements.txt": "oslo.config\n",
            },
            [("pbr", "build", 2), ("oslo-config", "runtime", 1)],
            id="pbr asked for by setup.py",
        ),
        pytest.param(
            {
                "pyproject.toml": DYNAMIC,
                "setup.py": "setup(install_requires=['six'])\n",
                "requirements.txt": "oslo.config\n",
            },
            [("six", "runtime", 1)],
            id="without pbr requirements.txt declares nothing",
        ),
        pytest.param(
            {
                "pyproject.toml": '[project]\nname="a"\n[tool.import-customs]\nrequirements-files = ["r.txt"]\n',
                "r.txt": "six\n",
            },
            [("six", "group requirements", 1)],
            id="requirements files that the configuration names",
        ),
    ],
)
def test_declared(tmp_path: Path, files: dict[str, str], declared: list[tuple[str, str, int]]) -> None:
    assert read(tmp_path, files) == declared


@pytest.mark.parametrize(("named", "declared"), [(20, 20), (21, 20)])
def test_a_setup_cfg_names_only_so_many_options(tmp_path: Path, named: int, declared: int) -> None:
    """Each may be as long as the file."""
    value = "".join("    %(base)s\n" for _ in range(named))
    files = {"pyproject.toml": "", "setup.cfg": f"[options]\nbase = six\ninstall_requires =\n{value}"}
    assert len(read(tmp_path, files)) == declared


def test_a_setup_cfg_names_its_name(tmp_path: Path) -> None:
    files = {"pyproject.toml": "", "setup.cfg": "[metadata]\nit = Demo\nname = %(it)s\n[options]\npackages = a\n"}
    assert project(tmp_path, files).name == "demo"


OPTIONS = "[options]\npython_requires = >=3.9\n"


def test_extras_of_tables(tmp_path: Path) -> None:
    """What an extra brings is declared: `uvicorn[standard]` brings uvloop."""
    table = 'uvicorn = { version = "*", extras = ["Standard"] }\n'
    for keys in ("tool.pixi.pypi-dependencies", "tool.pixi.feature.x.pypi-dependencies", "tool.poetry.dependencies"):
        (declaration,) = project(tmp_path, {"pyproject.toml": f"[{keys}]\n{table}"}).declarations
        assert (declaration.name, declaration.extras) == ("uvicorn", ("standard",))


@pytest.mark.parametrize(
    ("pyproject", "files", "pythons"),
    [
        pytest.param("[tool.x]", {"setup.cfg": OPTIONS}, ">=3.9", id="setup.cfg"),
        pytest.param(
            "[tool.x]",
            {"setup.cfg": OPTIONS.replace(">=3.9", "%(least)s\nleast = >=3.9")},
            ">=3.9",
            id="setup.cfg, by another option",
        ),
        pytest.param("[tool.x]", {"setup.py": "setup(python_requires='>=3.8')"}, ">=3.8", id="setup.py"),
        pytest.param("[tool.x]", {"setup.py": "P = '>=3.8'\nsetup(python_requires=P)"}, ">=3.8", id="a name"),
        pytest.param("[tool.x]", {"setup.py": "setup(python_requires=f())"}, "", id="computed"),
        pytest.param("[tool.x]", {"setup.cfg": OPTIONS, "setup.py": "setup()"}, ">=3.9", id="both"),
        pytest.param(
            '[project]\nrequires-python = ">=3.12"', {"setup.cfg": OPTIONS}, ">=3.12", id="pyproject.toml goes before"
        ),
        pytest.param(
            "[dependency-groups]", {"setup.cfg": "[flake8]\nmax = 1\n# python_requires"}, "", id="settings of a tool"
        ),
        pytest.param('[tool.flit.metadata]\nrequires-python = ">=3.9"', {}, ">=3.9", id="Flit's own"),
        pytest.param('[tool.pixi.dependencies]\npython = "3.9.*"', {}, "==3.9.*", id="Pixi's own"),
    ],
)
def test_pythons(tmp_path: Path, pyproject: str, files: dict[str, str], pythons: str) -> None:
    assert project(tmp_path, {"pyproject.toml": pyproject, **files}).requires_python == pythons


def test_templates_of_hatch_are_no_fault(tmp_path: Path) -> None:
    assert project(tmp_path, {"pyproject.toml": HATCH}).warnings == ()


@pytest.mark.parametrize(
    "table",
    [
        "[tool.poetry]\ndependencies = 1",
        "[tool.poetry.dependencies]\na = 1",
        "[tool.pdm]\ndev-dependencies = []",
        "[tool.uv]\ndev-dependencies = 'a'",
        "[tool.hatch.envs.a]\ndependencies = 'a'",
        "[tool.hatch.envs.a]\noverrides = 'a'",
        "[tool.hatch.metadata.hooks.requirements_txt]\nfiles = 'a'",
        "[tool.pixi]\ndependencies = []",
        "[tool.flit.metadata]\nrequires = 'a'",
        "[tool.setuptools]\ndynamic = 'a'",
    ],
)
def test_wrong_types_are_said(tmp_path: Path, table: str) -> None:
    from import_customs.model import CheckError

    with pytest.raises(CheckError, match=" must be "):
        project(tmp_path, {"pyproject.toml": f"[project]\nname = 'a'\ndynamic = ['dependencies']\n{table}\n"})


@pytest.mark.parametrize(("files", "elsewhere"), [
    pytest.param({"pyproject.toml": UV_SOURCES}, "a b c f", id="uv, and URLs in requirements"),
    pytest.param({"pyproject.toml": POETRY}, "local", id="Poetry, a path"),
    pytest.param({"pyproject.toml": "[tool.poetry.dependencies]\nrequests = { source = 'private' }\nb = '*'"},
                 "requests", id="Poetry, a source of its own"),
    pytest.param({"pyproject.toml": PDM_SOURCES}, "a", id="PDM"),
    pytest.param({"pyproject.toml": PIXI_SOURCES}, "a", id="Pixi"),
    pytest.param({"pyproject.toml": DYNAMIC + "[tool.setuptools.dynamic]\ndependencies = {file = ['r.txt']}",
                  "r.txt": REQUIREMENTS_SOURCES}, "a b c d", id="requirements files"),
])  # fmt: skip
def test_what_does_not_come_from_the_public_index(tmp_path, files, elsewhere):
    assert sorted(project(tmp_path, files).elsewhere) == elsewhere.split()
