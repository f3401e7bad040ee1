"""The folders that a project's own modules are imported from, by each tool's documentation: files in, folders out."""

import subprocess
import sys
from pathlib import Path

import pytest

from conftest import written
from import_customs.model.toml import parse
from import_customs.project.dialects import dialects_for
from import_customs.project.dialects.dialect import ProjectFiles
from import_customs.project.source_roots import find_source_roots
from import_customs.repository.tree import Worktree


def read(folder: Path, table: str, where: str = "", **files: str) -> list[str]:
    for name, text in files.items():
        (folder / where).mkdir(exist_ok=True)
        (folder / where / name).write_text(text)
    files = ProjectFiles(Worktree(str(folder)), where, parse(table.encode(), "pyproject.toml"))
    roots = find_source_roots(files, dialects_for(files), ("lib",))
    return [root for root in roots if root not in ("", "src", "lib")]


def built_modules(folder: Path, table: str) -> list[str]:
    files = ProjectFiles(Worktree(str(folder)), "", parse(table.encode(), "pyproject.toml"))
    return [module for dialect in dialects_for(files) for module in dialect.built_modules(files)]


@pytest.mark.parametrize(
    ("table", "roots"),
    [
        pytest.param("", [], id="always: the project, src and what is configured"),
        pytest.param('[tool.setuptools.packages.find]\nwhere = ["python"]', ["python"], id="setuptools find"),
        pytest.param('[tool.setuptools.package-dir]\n"" = "code"', ["code"], id="setuptools, all packages"),
        pytest.param('[tool.setuptools.package-dir]\n"a.b" = "x/a/b"', ["x"], id="setuptools, one package"),
        pytest.param('[tool.setuptools.package-dir]\nmade = "code"', [], id="setuptools, a folder of another name"),
        pytest.param('[tool.hatch.build.targets.wheel]\npackages = ["code/app"]', ["code"], id="hatch packages"),
        pytest.param('[tool.hatch.build]\nsources = ["code"]', ["code"], id="hatch sources"),
        pytest.param('[tool.hatch.build.targets.wheel.sources]\n"code" = ""', ["code"], id="hatch sources, a table"),
        pytest.param('[tool.poetry]\npackages = [{ include = "a", from = "code" }]', ["code"], id="Poetry"),
        pytest.param('[tool.pdm.build]\npackage-dir = "code"', ["code"], id="PDM"),
        pytest.param('[tool.maturin]\npython-source = "python"', ["python"], id="maturin"),
        pytest.param('[tool.scikit-build.wheel]\npackages = ["code/demo"]', ["code"], id="scikit-build-core"),
        pytest.param('[tool.scikit-build.wheel.packages]\n"a/b" = "x/a/b"', ["x"], id="scikit-build-core, a table"),
        pytest.param('[tool.scikit-build.wheel.packages]\nx = "code/demo"', [], id="scikit-build-core, another name"),
        pytest.param("[tool.scikit-build]", ["python"], id="scikit-build-core, by default"),
        pytest.param(
            '[build-system]\nbuild-backend = "scikit_build_core.build"', ["python"], id="scikit-build-core, no table"
        ),
        pytest.param('[tool.uv.build-backend]\nmodule-root = "code"', ["code"], id="uv"),
        pytest.param('[tool.pytest.ini_options]\npythonpath = ["t", "."]', ["t"], id="pytest"),
        pytest.param('[tool.pytest.ini_options]\npythonpath = ". t src"', ["t"], id="pytest, several in a text"),
        pytest.param('[tool.pytest]\npythonpath = "t"', ["t"], id="pytest 9"),
        pytest.param('[tool.poetry]\npackages = [{ include = "code/app" }]', ["code"], id="Poetry, a package below"),
        pytest.param('[tool.poetry]\npackages = [{ include = "code/**/*.py" }]', [], id="Poetry, files by a glob"),
        pytest.param('[tool.hatch.build]\ndev-mode-dirs = ["code", "."]', ["code"], id="hatch, in development"),
        pytest.param('[tool.pyright]\nextraPaths = ["x"]', ["x"], id="pyright"),
        pytest.param('[tool.basedpyright]\nextraPaths = ["x"]', ["x"], id="basedpyright"),
        pytest.param('[tool.pyright]\nstubPath = "typings"', ["typings"], id="pyright's stubs"),
        pytest.param(
            '[[tool.pyright.executionEnvironments]]\nroot = "a"\nextraPaths = ["b"]\n'
            '[[tool.pyright.executionEnvironments]]\nroot = "c"',
            ["a", "b", "c"],
            id="pyright, environments",
        ),
        pytest.param('[tool.mypy]\nmypy_path = "$MYPY_CONFIG_FILE_DIR/x:y, z"', ["x", "y", "z"], id="mypy"),
        pytest.param("[tool.mypy]\nmypy_path = 'x\\y;z'", ["x/y", "z"], id="mypy, as on Windows"),
        pytest.param('[tool.ruff]\nsrc = ["code"]', ["code"], id="ruff"),
        pytest.param("[tool.pytest.ini_options]\npythonpath = ['.\\code']", ["code"], id="pytest, as on Windows"),
        pytest.param('[tool.ty.environment]\nroot = ["code"]', ["code"], id="ty"),
        pytest.param('[tool.ty.environment]\nextra-paths = ["code"]', ["code"], id="ty, further folders"),
        pytest.param('[tool.isort]\nsrc_paths = ["code"]', ["code"], id="isort"),
        pytest.param('[tool.isort]\nsrc_paths = "code"', ["code"], id="isort, one"),
        pytest.param('[tool.pylint.main]\nsource-roots = ["code"]', ["code"], id="Pylint"),
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
    ("table", "roots"),
    [
        pytest.param('[tool.ruff]\nsrc = ["libs/*"]', ["sub/libs/a", "sub/libs/b"], id="each folder there"),
        pytest.param('[tool.ruff]\nsrc = ["*/b/src", "x/*"]', ["sub/libs/b/src"], id="those that are there"),
        pytest.param('[tool.ruff]\nsrc = ["**/src"]', [], id="not the whole repository"),
    ],
)
def test_a_star_stands_for_folders(tmp_path: Path, table: str, roots: list[str]) -> None:
    for folder in ("a", "b/src"):
        (tmp_path / "sub/libs" / folder).mkdir(parents=True)
    found = read(tmp_path, table, "sub")
    assert sorted(root for root in found if root.startswith("sub/libs/")) == roots


@pytest.mark.parametrize(
    ("table", "files"),
    [
        pytest.param('[tool.ruff]\nsrc = ["app", "t"]', {}, id="ruff"),
        pytest.param('[tool.ruff]\nsrc = ["a*", "t"]', {}, id="among those that a star stands for"),
        pytest.param('[tool.isort]\nsrc_paths = ["app", "t"]', {}, id="isort"),
        pytest.param("", {"ruff.toml": 'src = ["app", "t"]'}, id="in a file of its own"),
        pytest.param("", {".ruff.toml": 'src = ["app", "t"]'}, id="in a hidden one"),
        pytest.param("", {".isort.cfg": "[settings]\nsrc_paths = app, t"}, id="in one of isort"),
    ],
)
def test_a_package_is_no_root_of_a_linter(tmp_path: Path, table: str, files: dict[str, str]) -> None:
    """`src = ["app"]` is a usual mistake for the folder above: `app/redis.py` is not redis."""
    (tmp_path / "app").mkdir()
    (tmp_path / "app/__init__.py").touch()
    assert read(tmp_path, table, **files) == ["t"]


@pytest.mark.parametrize(
    ("table", "files", "roots"),
    [
        pytest.param('[tool.ruff]\nsrc = ["libs/*/src"]', {}, ["libs/c/src"], id="a glob of ruff"),
        pytest.param('[tool.isort]\nsrc_paths = ["libs/a/src", "libs/c"]', {}, ["libs/c"], id="isort"),
        pytest.param("", {"ruff.toml": 'src = ["libs/b"]'}, [], id="Poetry's project, in a file of ruff"),
        pytest.param('[tool.pytest]\npythonpath = ["libs/a/src"]', {}, ["libs/a/src"], id="pytest puts it there"),
    ],
)
def test_a_linter_names_no_root_in_another_project(
    tmp_path: Path, table: str, files: dict[str, str], roots: list[str]
) -> None:
    """A workspace's root names its members' `src` for isort's rules; its own files are to declare them all the same."""
    for name, said in (("a", "[project]"), ("b", "[tool.poetry]"), ("c", "[tool.ruff]")):
        (tmp_path / f"libs/{name}/src").mkdir(parents=True)
        (tmp_path / f"libs/{name}/pyproject.toml").write_text(said)
    assert read(tmp_path, table, **files) == roots


def test_a_star_in_ones_own_setting_may_name_projects(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / f"libs/{name}").mkdir(parents=True)
        (tmp_path / f"libs/{name}/pyproject.toml").write_text("[project]")
    (tmp_path / "libs/b/__init__.py").touch()
    files = ProjectFiles(Worktree(str(tmp_path)), "", parse(b"", "pyproject.toml"))
    assert find_source_roots(files, (), ("libs/*",)) == ("", "src", "libs/a")


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
        ("ty.toml", "[environment]\nextra-paths = ['a']\n", ["a"]),
        (".isort.cfg", "[settings]\nsrc_paths = a,b/c\n", ["a", "b/c"]),
        ("setup.cfg", "[isort]\nsrc_paths =\n  a\n  b\n", ["a", "b"]),
        ("pyrefly.toml", "search-path = ['a']\n", ["a"]),
        ("hatch.toml", "[build]\ndev-mode-dirs = ['a']\n[build.targets.wheel]\npackages = ['b/c']\n", ["a", "b"]),
        ("pyrightconfig.json", '{"extraPaths": ["a"], "executionEnvironments": [{"root": "b"}]}', ["a", "b"]),
        ("pyrightconfig.json", '{\n  // "extraPaths"\n  "extraPaths": ["a//b", /* c */ "c",],\n}', ["a/b", "c"]),
        ("pyrightconfig.json", '{"stubPath": "typings"}', ["typings"]),
        ("pyrightconfig.json", '["extraPaths"', []),
        ("pyrightconfig.json", '["extraPaths"]', []),
        ("setup.py", "setup(packages=find_packages('a'))", ["a"]),
        ("setup.py", "setup(packages=setuptools.find_namespace_packages(where='a', exclude=['b']))", ["a"]),
        ("setup.py", "A = 'a'\nsetup(packages=find_packages(where=A))", ["a"]),
        ("setup.py", "setup(packages=find_packages(where=f()))", []),
        ("setup.py", "setup(packages=find_packages())", []),
        ("setup.py", "find_packages('src')\nfind_packages('a')", ["a"]),
        ("setup.py", "find_packages(exclude=['b'], where='a')", ["a"]),
        ("setup.py", "find_packages('src/a')", ["src/a"]),
        ("setup.cfg", "[options.packages.find]\nwhere =\n  src\n  a\n", ["a"]),
        ("setup.cfg", "[options.packages.find]\nwhere = src\n[tool:pytest]\npythonpath = a\n", ["a"]),
        ("pytest.ini", "[pytest]\npythonpath = src/a\n", ["src/a"]),
    ],
)
def test_files_of_tools(tmp_path: Path, name: str, text: str, roots: list[str]) -> None:
    assert read(tmp_path, "", **{name: text}) == roots


# Source: setuptools' documentation, "Package Discovery and Namespace Packages" (package_dir) and "setup.cfg files".
PACKAGE_DIRS = [
    pytest.param("setup.py", "setup(package_dir={'': 'code'})", ["code"], [], id="all packages"),
    pytest.param("setup.py", "setup(package_dir={'a.b': 'x/a/b'})", ["x"], [], id="a folder of the package's name"),
    pytest.param("setup.py", "setup(package_dir={'made': 'code'})", [], ["made"], id="a folder of another name"),
    pytest.param("setup.py", "D = dict(made='code')\nsetup(package_dir=D)", [], ["made"], id="a name, dict()"),
    pytest.param("setup.py", "setup(**{'package_dir': {'made': 'code'}})", [], ["made"], id="arguments in a table"),
    pytest.param("setup.py", "setup(package_dir={f(): 'code', 'made': g(), **h()})", [], [], id="computed"),
    pytest.param("setup.py", "setup(package_dir=f())", [], [], id="computed whole"),
    pytest.param("setup.py", "package_dir = (", [], [], id="does not parse"),
    pytest.param("setup.cfg", "[options]\npackage_dir =\n  = code\n  made = x/y", ["code"], ["made"], id="setup.cfg"),
    pytest.param(
        "setup.cfg",
        "[options]\nroot = code\npackage_dir = =%(root)s, made=x\n",
        ["code"],
        ["made"],
        id="by another option",
    ),
    pytest.param("setup.cfg", "[options]\npackage_dir = =code, made=x\n", ["code"], ["made"], id="in one line"),
    pytest.param("setup.py", "setup(package_dir={'': 'src', 'made': 'x'})", [], ["made"], id="src and another"),
    pytest.param("setup.cfg", "[options]\npackage_dir =\n  =src\n  made = x\n", [], ["made"], id="in setup.cfg"),
    pytest.param(
        "setup.cfg", "[options]\npackage_dir =\n  =src\n\n# more\n  made = x\n", [], ["made"], id="further on"
    ),
    pytest.param("setup.cfg", "[options]\npackage_dir =\n  = src/x\n", ["src/x"], [], id="in src"),
    pytest.param("setup.cfg", "[options]\npackage_dir = code\n", [], [], id="no pair"),
    pytest.param("setup.cfg", "package_dir = code\n", [], [], id="without a section"),
    pytest.param("setup.cfg", "[metadata]\npackage_dir = =code\n", [], [], id="another section"),
]


@pytest.mark.parametrize(("name", "text", "roots", "modules"), PACKAGE_DIRS)
def test_setuptools_own_files(tmp_path: Path, name: str, text: str, roots: list[str], modules: list[str]) -> None:
    assert read(tmp_path, "", **{name: text}) == roots
    assert built_modules(tmp_path, "") == modules


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
        pytest.param(
            '[tool.setuptools.package-dir]\nmade = "code"\n"a.b" = "x"\n"" = "y"\nthere = "src/there"',
            ["made", "a.b"],
            id="a folder of another name",
        ),
        pytest.param(
            '[tool.hatch.build]\ntargets.wheel.packages = ["src/made", "src/there"]',
            ["made"],
            id="a package copied in to build",
        ),
        pytest.param(
            '[tool.hatch.build]\ntargets.wheel.force-include = { "../a" = "made", "b" = "made/b.txt" }',
            ["made"],
            id="included",
        ),
        pytest.param(
            '[tool.hatch.build.force-include]\n"t.py" = "made.py"\nx = "a/b/"\ny = "c/__init__.py"\nz = "d.json"',
            ["made", "a.b", "c"],
            id="files and folders",
        ),
        pytest.param(
            '[tool.scikit-build.wheel.packages]\n"other/sub" = "code/sub"\nx = "code/x"\ny = 3',
            ["other.sub"],
            id="scikit-build-core",
        ),
        pytest.param('[tool.hatch.build]\ntargets.wheel.packages = "a"', ["a"], id="a text"),
        pytest.param("[tool.hatch.build]\ntargets.wheel.packages = 3", [], id="odd types"),
        pytest.param('[tool.hatch.build]\nsources = { "src" = "made" }', ["made"], id="a folder under another name"),
        pytest.param(
            '[tool.hatch.build]\ntargets.wheel.sources = { "src" = "", "a" = "made/of/it" }',
            ["made.of.it"],
            id="in a namespace",
        ),
    ],
)
def test_shipped_modules_that_are_not_there(tmp_path: Path, table: str, modules: list[str]) -> None:
    (tmp_path / "src" / "there").mkdir(parents=True)
    (tmp_path / "src" / "there" / "__init__.py").touch()
    assert built_modules(tmp_path, table) == modules


# Each names acme in the folder sub, by the sources that the file of its dialect names, and something that is there.
NAMED_IN_A_FOLDER = [
    pytest.param('[tool.poetry]\npackages = [{ include = "acme", from = "sub" }, { include = "there", from = "src" }]',
                 "", id="Poetry"),
    pytest.param('[tool.poetry]\npackages = [{ include = "acme/**/*.py", from = "sub" }, { include = "b*" }]',
                 "", id="Poetry, globs"),
    pytest.param('[tool.setuptools]\npackages = ["acme"]\npackage-dir = { "" = "sub" }', "", id="setuptools"),
    pytest.param('[tool.setuptools]\npy-modules = ["acme"]\npackage-dir = { "" = "sub" }', "", id="a module"),
    pytest.param('[tool.setuptools]\npackage-dir = { acme = "sub/acme", there = "src/there" }', "", id="its folder"),
    pytest.param('[tool.setuptools.packages.find]\nwhere = ["sub"]\ninclude = ["acme*"]', "", id="setuptools finds it"),
    pytest.param('[tool.setuptools.packages.find]\nwhere = ["sub"]\ninclude = ["acme.*", "*"]', "", id="by globs"),
    pytest.param("", "setup(packages=['acme'], package_dir={'': 'sub'})", id="setup.py"),
    pytest.param("", "[options]\npackages = acme\npackage_dir =\n  = sub\n", id="setup.cfg"),
    pytest.param("", "[options]\npackages = find:\npy_modules =\n  acme\npackage_dir =\n  = sub\n", id="its modules"),
    pytest.param('[tool.hatch.build]\nonly-include = ["sub/acme", "src/x.py"]\nsources = ["sub"]', "", id="Hatch"),
    pytest.param('[tool.hatch.build.targets.wheel]\npackages = ["sub/acme", "src/there"]', "", id="Hatch, packages"),
    pytest.param('[tool.pdm.build]\npackage-dir = "sub"\nincludes = ["sub/acme", "a.md", "sub/*.txt"]', "", id="PDM"),
    pytest.param('[tool.uv.build-backend]\nmodule-root = "sub"\nmodule-name = "acme"', "", id="uv"),
    pytest.param('[project]\nname = "Acme"\n[tool.uv.build-backend]\nmodule-root = "sub"', "", id="uv, by default"),
    pytest.param('[tool.maturin]\npython-source = "sub"\npython-packages = ["acme"]', "", id="maturin"),
    pytest.param('[tool.scikit-build.wheel]\npackages = ["sub/acme", "src/there"]', "", id="scikit-build-core"),
    pytest.param('[tool.scikit-build.wheel.packages]\nacme = "sub/acme"\nthere = "src/there"', "", id="by a table"),
]  # fmt: skip


@pytest.mark.parametrize("is_there", [False, True], ids=["not there", "there"])
@pytest.mark.parametrize(("table", "beside"), NAMED_IN_A_FOLDER)
def test_a_package_that_a_table_names_counts_where_it_is_not_checked_out(tmp_path, table, beside, is_there) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / ".gitmodules").write_text('[submodule "s"]\n\tpath = sub\n\turl = ../s\n')
    for folder in ("src/there", *(["sub/acme"] if is_there else [])):
        (tmp_path / folder).mkdir(parents=True)
        (tmp_path / folder / "__init__.py").touch()
    if beside:
        (tmp_path / ("setup.py" if beside.startswith("setup(") else "setup.cfg")).write_text(beside)
    assert "sub" in read(tmp_path, table)
    assert built_modules(tmp_path, table) == ([] if is_there else ["acme"])


def test_a_package_that_a_table_names_and_that_is_nowhere_is_not_the_project_s(tmp_path) -> None:
    for folder in ("src", "empty"):  # a folder that is empty is no submodule
        (tmp_path / folder).mkdir()
    (tmp_path / ".gitmodules").write_text('[submodule "s"]\n\tpath = sub\n')
    (tmp_path / "src" / "there.py").touch()
    named = ((place, root) for place in ("requests", "acme/x") for root in (".", "src", "gone", "../up", "/abs"))
    packages = ", ".join(f'{{ include = "{place}", from = "{root}" }}' for place, root in named)
    empty = '{ include = "empty" }, { include = "redis", from = "empty" }'
    assert built_modules(tmp_path, f"[tool.poetry]\npackages = [{packages}, {empty}, 3]\n") == []


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
        pytest.param(
            '[[tool.setuptools-rust.ext-modules]]\ntarget = "pkg._fast"\n[[tool.setuptools-rust.bins]]\ntarget = "x"',
            "",
            ["pkg._fast"],
            id="setuptools-rust",
        ),
        pytest.param("", "setup(cffi_modules=['make.py:ffi'])", ["pkg._fast"], id="cffi"),
        pytest.param("", "x = ['make.py:ffi']", [], id="no call of cffi"),
        pytest.param("", "setup(cffi_modules=['gone.py:ffi'])", [], id="no script of cffi"),
    ],
)
def test_modules_that_are_built(tmp_path: Path, table: str, setup_py: str, modules: list[str]) -> None:
    (tmp_path / "setup.py").write_text(setup_py)
    (tmp_path / "make.py").write_text("ffi = FFI()\nffi.set_source(\n    'pkg._fast', '')\n")
    assert built_modules(tmp_path, table) == modules


@pytest.mark.parametrize(
    ("text", "modules"),
    [
        pytest.param("py.install_sources(['lib/a/__init__.py'], subdir: 'a')", ["a"], id="a package"),
        pytest.param(
            "py.install_sources(\n  files('x.py'),\n  pure: false,\n  subdir: 'a/b',\n)", ["a.b"], id="in another"
        ),
        pytest.param("py.install_sources(['lib/one.py', 'two.py', 'x.h'])", ["one", "two"], id="modules"),
        pytest.param("py.install_sources(sources)", [], id="a name"),
        pytest.param(
            "py.extension_module('_c', 'c.c', install: true, subdir: 'a')", ["a._c"], id="compiled in a package"
        ),
        pytest.param("py.extension_module('_c', 'c.c')", ["_c"], id="compiled"),
        pytest.param("install_subdir('a', install_dir: py.get_install_dir())", ["a"], id="a folder"),
        pytest.param("install_subdir('lib/a/', install_dir: py.get_install_dir())", ["a"], id="a folder in another"),
        pytest.param("install_subdir('a', install_dir: get_option('datadir'))", [], id="a folder of data"),
        pytest.param("# py.install_sources([], subdir: 'a')", [], id="commented out"),
        pytest.param(
            "subdir(name)\nsubdir('inner')\nsubdir('..')\nsubdir('gone')", ["inner_pkg"], id="in a folder below"
        ),
        pytest.param("py.install_sources([", [], id="broken"),
    ],
)
def test_what_meson_installs(tmp_path: Path, text: str, modules: list[str]) -> None:
    (tmp_path / "meson.build").write_text(text)
    (tmp_path / "inner").mkdir()
    (tmp_path / "inner" / "meson.build").write_text("subdir('.')\npy.install_sources([], subdir: 'inner_pkg')")
    assert built_modules(tmp_path, "") == modules


PANTS = '[source]\nroot_patterns = ["src/python", "/tools", "gen/*"]\n'


@pytest.mark.parametrize(
    ("text", "roots"),
    [
        pytest.param(PANTS, ["a/src/python", "gen/x", "gen/y", "tools"], id="patterns"),
        pytest.param('[source]\nmarker_filenames = ["ROOT"]\nroot_patterns = []', ["b/marked"], id="marker files"),
        pytest.param("", ["a/src", "a/src/python"], id="what it looks for by itself"),
        pytest.param('[source]\nroot_patterns = ["/"]', [], id="the root"),
        pytest.param("[source", [], id="broken"),
        pytest.param("[source]\nroot_patterns = 3", [], id="odd type"),
    ],
)
@pytest.mark.parametrize("where", ["", "a"])
def test_source_roots_of_pants(tmp_path: Path, where: str, text: str, roots: list[str]) -> None:
    for (
        folder
    ) in "a/src/python a/src/pkg/src b/tools b/marked tools gen/x gen/y .hidden/src/python node_modules/src".split():
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "a" / "src" / "pkg" / "__init__.py").touch()
    (tmp_path / "b" / "marked" / "ROOT").touch()
    (tmp_path / "pants.toml").write_text(text)
    found = read(tmp_path, "", where)
    assert sorted({*found} - {"a", "a/lib"} - ({"a/src"} - {*roots})) == roots


@pytest.mark.parametrize("include", ["app/py.typed", "app/part", "app/part/more"])
def test_what_poetry_ships_of_a_package_is_no_module_of_its_own(tmp_path: Path, include: str) -> None:
    written(tmp_path, "app/__init__.py app/part/more.py")
    assert read(tmp_path, f'[tool.poetry]\npackages = [{{ include = "{include}" }}]') == []


def test_a_folder_that_poetry_ships_in_another(tmp_path: Path) -> None:
    assert built_modules(tmp_path, '[tool.poetry]\npackages = [{ include = "lib", to = "demo" }]\n') == ["demo"]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("setup.py", 'setup(package_dir={"": "src"})'),
        ("setup.py", "setup(package_dir = {\n  '': 'src',\n})"),
        ("setup.cfg", "[options]\npackage_dir =\n    = src\ninstall_requires =\n    a\n"),
        ("setup.cfg", "[options]\npackage_dir = =src\n"),
        ("setup.cfg", "[options]\npackage_dir=\n    =src"),
        ("setup.cfg", "[options]\r\npackage_dir=\r\n    =src\r\n\r\n[options.packages.find]\r\nwhere = src\r\n"),
        ("setup.cfg", "[options.packages.find]\nwhere =\n    src\nexclude =\n    tests\n[mypy]\nmypy_path = src\n"),
        ("setup.cfg", "[flake8]\nmax-line-length = 120\n"),
        ("pytest.ini", "[pytest]\npythonpath = src\n"),
        ("setup.py", "from setuptools import find_packages, setup\nsetup(packages=find_packages())"),
        ("setup.py", "setup(packages=find_packages('src'), package_dir={'': 'src'})"),
        ("setup.py", 'setup(packages=find_namespace_packages(where="src", exclude=["tests", "docs"]))'),
        ("setup.py", "setup(packages=find_packages(\n    exclude=('tests',),\n))"),
    ],
)
def test_the_usual_needs_no_parser(tmp_path: Path, name: str, text: str) -> None:
    """They cost 10 ms, which a clean commit would pay."""
    script = (
        "import sys; from import_customs.project.dialects import dialects_for\n"
        "from import_customs.project.dialects.dialect import ProjectFiles\n"
        "from import_customs.project.source_roots import find_source_roots\n"
        "from import_customs.repository.tree import Worktree\n"
        "from import_customs.model.toml import parse\n"
        f"files = ProjectFiles(Worktree({str(tmp_path)!r}), '', parse(b'', 'p'))\n"
        "roots = find_source_roots(files, dialects_for(files))\n"
        "[list(dialect.built_modules(files)) for dialect in dialects_for(files)]\n"
        "print(roots, 'ast' in sys.modules or 'configparser' in sys.modules)"
    )
    (tmp_path / name).write_text(text)
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, check=True, text=True)
    assert ran.stdout == "('', 'src') False\n"
