"""The folders that a project's own modules are imported from, by each tool's documentation: files in, folders out."""

from pathlib import Path

import pytest

from import_customs.project import source_roots
from import_customs.project.document import parse
from import_customs.tree import Worktree


def read(folder: Path, table: str, where: str = "", **files: str) -> list[str]:
    for name, text in files.items():
        (folder / where).mkdir(exist_ok=True)
        (folder / where / name).write_text(text)
    roots = source_roots.read(parse(table.encode(), "pyproject.toml"), Worktree(str(folder)), where, ("lib",))
    return [root for root in roots if root not in ("", "src", "lib")]


@pytest.mark.parametrize(
    ("table", "roots"),
    [
        pytest.param("", [], id="always: the project, src and what is configured"),
        pytest.param('[tool.setuptools.packages.find]\nwhere = ["python"]', ["python"], id="setuptools find"),
        pytest.param('[tool.setuptools.package-dir]\n"" = "code"', ["code"], id="setuptools, all packages"),
        pytest.param('[tool.setuptools.package-dir]\n"a.b" = "x/a/b"', ["x"], id="setuptools, one package"),
        pytest.param('[tool.hatch.build.targets.wheel]\npackages = ["code/app"]', ["code"], id="hatch packages"),
        pytest.param('[tool.hatch.build]\nsources = ["code"]', ["code"], id="hatch sources"),
        pytest.param('[tool.hatch.build.targets.wheel.sources]\n"code" = ""', ["code"], id="hatch sources, a table"),
        pytest.param('[tool.poetry]\npackages = [{ include = "a", from = "code" }]', ["code"], id="Poetry"),
        pytest.param('[tool.pdm.build]\npackage-dir = "code"', ["code"], id="PDM"),
        pytest.param('[tool.maturin]\npython-source = "python"', ["python"], id="maturin"),
        pytest.param('[tool.scikit-build.wheel]\npackages = ["code/demo"]', ["code"], id="scikit-build-core"),
        pytest.param('[tool.scikit-build.wheel.packages]\nx = "code/demo"', ["code"], id="scikit-build-core, a table"),
        pytest.param("[tool.scikit-build]", ["python"], id="scikit-build-core, by default"),
        pytest.param(
            '[build-system]\nbuild-backend = "scikit_build_core.build"', ["python"], id="scikit-build-core, no table"
        ),
        pytest.param('[tool.uv.build-backend]\nmodule-root = "code"', ["code"], id="uv"),
        pytest.param('[tool.pytest.ini_options]\npythonpath = ["t", "."]', ["t"], id="pytest"),
        pytest.param('[tool.pytest]\npythonpath = "t"', ["t"], id="pytest 9"),
        pytest.param('[tool.poetry]\npackages = [{ include = "code/app" }]', ["code"], id="Poetry, a package below"),
        pytest.param('[tool.poetry]\npackages = [{ include = "code/**/*.py" }]', [], id="Poetry, files by a glob"),
        pytest.param('[tool.hatch.build]\ndev-mode-dirs = ["code", "."]', ["code"], id="hatch, in development"),
        pytest.param('[tool.pyright]\nextraPaths = ["x"]', ["x"], id="pyright"),
        pytest.param('[tool.basedpyright]\nextraPaths = ["x"]', ["x"], id="basedpyright"),
        pytest.param(
            '[[tool.pyright.executionEnvironments]]\nroot = "a"\nextraPaths = ["b"]\n'
            '[[tool.pyright.executionEnvironments]]\nroot = "c"',
            ["a", "b", "c"],
            id="pyright, environments",
        ),
        pytest.param('[tool.mypy]\nmypy_path = "$MYPY_CONFIG_FILE_DIR/x:y, z"', ["x", "y", "z"], id="mypy"),
        pytest.param('[tool.ruff]\nsrc = ["code"]', ["code"], id="ruff"),
        pytest.param('[tool.ty.environment]\nroot = ["code"]', ["code"], id="ty"),
        pytest.param('[tool.pyrefly]\nsearch-path = ["code"]', ["code"], id="pyrefly"),
        pytest.param('[tool.ruff]\nsrc = ["../out", "/abs"]', [], id="outside the repository"),
        pytest.param(
            '[tool.ruff]\nsrc = 3\n[tool.mypy]\nmypy_path = 3\n[tool.poetry]\npackages = "a"', [], id="odd types"
        ),
    ],
)
def test_read(tmp_path: Path, table: str, roots: list[str]) -> None:
    assert read(tmp_path, table) == roots


@pytest.mark.parametrize(
    ("name", "text", "roots"),
    [
        ("pytest.ini", "[pytest]\npythonpath = a b/c\n", ["a", "b/c"]),
        ("tox.ini", "[tox]\n[pytest]\npythonpath =\n  a\n", ["a"]),
        ("setup.cfg", "[tool:pytest]\npythonpath = a\n", ["a"]),
        ("setup.cfg", "[pytest]\npythonpath = a\n", []),
        ("pytest.ini", "pythonpath without a section\n", []),
        ("pytest.toml", "[pytest]\npythonpath = ['a']\n", ["a"]),
        (".pytest.toml", "[pytest]\npythonpath = 'a'\n", ["a"]),
        ("pytest.toml", "pythonpath = [\n", []),
        ("mypy.ini", "[mypy]\nmypy_path = $MYPY_CONFIG_FILE_DIR/a:b\n", ["a", "b"]),
        (".mypy.ini", "[mypy]\nmypy_path = a, b\n", ["a", "b"]),
        ("setup.cfg", "[mypy]\nmypy_path = a\n", ["a"]),
        ("setup.cfg", "[options.packages.find]\nwhere = a\n", ["a"]),
        ("ruff.toml", "src = ['a']\n", ["a"]),
        (".ruff.toml", "src = ['a', 3]\n", ["a"]),
        ("ty.toml", "[environment]\nroot = ['a']\n", ["a"]),
        ("pyrefly.toml", "search-path = ['a']\n", ["a"]),
        ("hatch.toml", "[build]\ndev-mode-dirs = ['a']\n[build.targets.wheel]\npackages = ['b/c']\n", ["a", "b"]),
        ("pyrightconfig.json", '{"extraPaths": ["a"], "executionEnvironments": [{"root": "b"}]}', ["a", "b"]),
        ("pyrightconfig.json", '{\n  // "extraPaths"\n  "extraPaths": ["a//b", /* c */ "c",],\n}', ["a/b", "c"]),
        ("pyrightconfig.json", '["extraPaths"', []),
        ("pyrightconfig.json", '["extraPaths"]', []),
        ("setup.py", "setup(packages=find_packages('a'))", ["a"]),
        ("setup.py", "setup(packages=setuptools.find_namespace_packages(where='a', exclude=['b']))", ["a"]),
        ("setup.py", "A = 'a'\nsetup(packages=find_packages(where=A))", ["a"]),
        ("setup.py", "setup(packages=find_packages(where=f()))", []),
        ("setup.py", "setup(packages=find_packages())", []),
    ],
)
def test_files_of_tools(tmp_path: Path, name: str, text: str, roots: list[str]) -> None:
    assert read(tmp_path, "", **{name: text}) == roots


def test_seen_from_the_repository(tmp_path: Path) -> None:
    assert read(tmp_path, '[tool.ruff]\nsrc = ["code", "../up"]', "sub") == [
        "sub",
        "sub/src",
        "sub/lib",
        "sub/code",
        "up",
    ]


@pytest.mark.parametrize(
    ("table", "modules"),
    [
        pytest.param('targets.wheel.packages = ["src/made", "src/there"]', ["made"], id="a package copied in to build"),
        pytest.param('targets.wheel.force-include = { "../a" = "made", "b" = "made/b.txt" }', ["made"], id="included"),
        pytest.param('targets.wheel.packages = "a"', ["a"], id="a text"),
        pytest.param("targets.wheel.packages = 3", [], id="odd types"),
        pytest.param('sources = { "src" = "made" }', ["made"], id="a folder under another name"),
        pytest.param('targets.wheel.sources = { "src" = "", "a" = "made/of/it" }', ["made.of.it"], id="in a namespace"),
    ],
)
def test_shipped_modules_that_are_not_there(tmp_path: Path, table: str, modules: list[str]) -> None:
    (tmp_path / "src" / "there").mkdir(parents=True)
    (tmp_path / "src" / "there" / "__init__.py").touch()
    document = parse(f"[tool.hatch.build]\n{table}\n".encode(), "pyproject.toml")
    assert list(source_roots.shipped(document, Worktree(str(tmp_path)), "")) == modules


@pytest.mark.parametrize(
    ("table", "setup_py", "modules"),
    [
        pytest.param('[tool.maturin]\nmodule-name = "_fast"', "", ["_fast"], id="maturin"),
        pytest.param(
            '[tool.maturin]\nmodule-name = "pkg._fast"', "", ["pkg"], id="maturin makes the package around it"
        ),
        pytest.param("[tool.maturin]\nmodule-name = 3", "", [], id="odd type"),
        pytest.param('[[tool.setuptools.ext-modules]]\nname = "_fast"', "", ["_fast"], id="setuptools"),
        pytest.param('[[tool.setuptools.ext-modules]]\nname = "pkg._fast"', "", ["pkg._fast"], id="in a package"),
        pytest.param("", "setup(ext_modules=[Extension('_fast', ['a.c'])])", ["_fast"], id="setup.py"),
        pytest.param(
            "", "E = [Pybind11Extension(name='_fast')]\nsetup(ext_modules=E)", ["_fast"], id="of another kind"
        ),
        pytest.param("", "setup(ext_modules=[Extension(f(), [])])", [], id="setup.py computes"),
    ],
)
def test_modules_that_are_built(tmp_path: Path, table: str, setup_py: str, modules: list[str]) -> None:
    (tmp_path / "setup.py").write_text(setup_py)
    assert list(source_roots.shipped(parse(table.encode(), "a"), Worktree(str(tmp_path)), "")) == modules


def test_a_folder_that_poetry_ships_in_another(tmp_path: Path) -> None:
    document = parse(b'[tool.poetry]\npackages = [{ include = "lib", to = "demo" }]\n', "pyproject.toml")
    assert list(source_roots.shipped(document, Worktree(str(tmp_path)), "")) == ["demo"]
