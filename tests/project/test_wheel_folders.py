"""Which folders the wheel of a project holds, where its tables plainly say so: a tree in, the folders out."""

# ruff: noqa: E501  a row is one line

import pytest

from conftest import written
from import_customs.project.wheel import is_outside, wheel_folders

HATCH = '[build-system]\nbuild-backend = "hatchling.build"\n[project]\nname = "My-App"\n'
SETUPTOOLS = HATCH.replace("hatchling.build", "setuptools.build_meta")
POETRY = HATCH.replace("hatchling.build", "poetry.core.masonry.api")
PDM = HATCH.replace("hatchling.build", "pdm.backend")
UV = HATCH.replace("hatchling.build", "uv_build")
FLIT = HATCH.replace("hatchling.build", "flit_core.buildapi")
SCIKIT = HATCH.replace("hatchling.build", "scikit_build_core.build")
UV_BUILD = "[tool.uv.build-backend]\n"
WHEEL, BUILD = "[tool.hatch.build.targets.wheel]\n", "[tool.hatch.build]\n"
FIND = "[tool.setuptools.packages.find]\n"
FLAT = {"my_app/__init__.py": "", "helpers/__init__.py": "", "tests/a.py": ""}
SRC = {"src/my_app/__init__.py": "", "helpers/__init__.py": ""}
CFG = "[options]\npackages = find:\n"


@pytest.mark.parametrize(
    ("pyproject", "files", "folders"),
    [
        pytest.param(f"{SCIKIT}[tool.scikit-build]\nwheel.packages = ['my_app/']", FLAT, ["my_app"], id="scikit-build-core: packages"),
        pytest.param(f"{SCIKIT}[tool.scikit-build.wheel.packages]\n'x/y' = 'helpers'", FLAT, ["helpers"], id="scikit-build-core: a table of packages"),
        pytest.param(f"{SCIKIT}[tool.scikit-build]\nwheel.packages = []", FLAT, [], id="scikit-build-core: CMake installs all"),
        pytest.param(SCIKIT, {"python/my_app/__init__.py": "", "helpers/__init__.py": ""}, ["python/my_app"], id="scikit-build-core: by itself"),
        pytest.param(f"{HATCH}{WHEEL}packages = ['my_app']", FLAT, ["my_app"], id="Hatch: packages"),
        pytest.param(f"{HATCH}{WHEEL}packages = ['src/my_app']", SRC, ["src/my_app"], id="Hatch: in src"),
        pytest.param(f"{HATCH}{BUILD}only-include = ['/my_app/', 'x.py']", FLAT, ["my_app", "x.py"], id="Hatch: of all targets"),
        pytest.param(f"{HATCH}[tool.hatch.build.targets.sdist]\nonly-include = ['helpers']", FLAT, ["my_app"], id="Hatch: of the sdist alone"),
        pytest.param(f"{HATCH}{WHEEL}packages = ['my_app']\nforce-include = {{ 'helpers' = 'my_app/h' }}", FLAT, ["my_app", "helpers"], id="Hatch: put beside it"),
        pytest.param(f"{HATCH}{WHEEL}include = ['/my_app', '/README.md']", FLAT, ["my_app"], id="Hatch: patterns"),
        pytest.param(f"{HATCH}{WHEEL}include = ['my_app/**/*.py', '!my_app/x.py', '*.json']", FLAT, ["my_app"], id="Hatch: patterns of modules and of data"),
        pytest.param(f"{HATCH}{WHEEL}include = ['helpers/*.*']", SRC, ["helpers"], id="Hatch: a pattern of all files"),
        pytest.param(f"{HATCH}{WHEEL}include = ['my_app', '*.py']", FLAT, [], id="Hatch: a pattern that is not plain"),
        pytest.param(f"{HATCH}{WHEEL}include = ['helpers/*']", SRC, ["helpers"], id="Hatch: patterns, and a package in src"),
        pytest.param(f"{HATCH}{WHEEL}packages = ['my_app']\n[tool.hatch.build.hooks.custom]", FLAT, [], id="Hatch: a hook may add"),
        pytest.param(f"{HATCH}{WHEEL}packages = ['.']", FLAT, [], id="Hatch: everything"),
        pytest.param(f"{HATCH}{WHEEL}packages = ['other']", FLAT, [], id="Hatch: what is not there"),
        pytest.param(HATCH, SRC, ["src/my_app"], id="Hatch: src by itself"),
        pytest.param(HATCH.replace("My-App", "other"), SRC, [], id="Hatch: src without the package"),
        pytest.param(HATCH, FLAT, ["my_app"], id="Hatch: flat by itself"),
        pytest.param(HATCH, {"My_App/__init__.py": "", "demo/a.py": ""}, ["My_App"], id="Hatch: in the name's own letters"),
        pytest.param(HATCH, {"my_app.py": "", "demo/a.py": ""}, ["my_app.py"], id="Hatch: a module"),
        pytest.param(HATCH, {"my_app.py": "", **SRC}, ["src/my_app"], id="Hatch: a package before a module"),
        pytest.param(HATCH, {"other/__init__.py": "", "demo/a.py": ""}, [], id="Hatch: nothing is called so"),
        pytest.param(f"{SETUPTOOLS}[tool.setuptools]\npackages = ['my_app', 'my_app.b']", FLAT, ["my_app", "my_app/b"], id="setuptools: packages"),
        pytest.param(f"{SETUPTOOLS}[tool.setuptools]\npackages = ['x']\npackage-dir = {{ x = 'helpers' }}", FLAT, [], id="setuptools: elsewhere"),
        pytest.param(f"{SETUPTOOLS}[tool.setuptools]\npackages = ['my_app']\npy-modules = ['x', 'y.z']", FLAT, ["my_app", "x.py", "y/z.py"], id="setuptools: packages and modules"),
        pytest.param(f"{SETUPTOOLS}[tool.setuptools]\npy-modules = ['x']", {**FLAT, "x.py": ""}, ["x.py"], id="setuptools: modules alone"),
        pytest.param(f"{SETUPTOOLS}[tool.setuptools]\npy-modules = ['x']\npackage-dir = {{ '' = 'lib' }}", {**FLAT, "lib/x.py": ""}, [], id="setuptools: modules elsewhere"),
        pytest.param(f"{SETUPTOOLS}[tool.setuptools]\npy-modules = ['x']\n{FIND}include = ['my_app*']", FLAT, ["my_app", "x.py"], id="setuptools: found, and modules"),
        pytest.param(f"{SETUPTOOLS}{FIND}include = ['my_app*']", FLAT, ["my_app"], id="setuptools: found, those alone"),
        pytest.param(f"{SETUPTOOLS}{FIND}include = ['my_app.*']", FLAT, ["my_app"], id="setuptools: found below"),
        pytest.param(f"{SETUPTOOLS}{FIND}exclude = ['tests*', 'helpers']", FLAT, ["helpers", "my_app"], id="setuptools: what is excluded, but not below"),
        pytest.param(f"{SETUPTOOLS}{FIND}where = ['src']", SRC, ["src"], id="setuptools: found in src"),
        pytest.param(f"{SETUPTOOLS}{FIND}namespaces = false", FLAT, ["helpers", "my_app"], id="setuptools: packages with __init__ alone"),
        pytest.param(f"{SETUPTOOLS}{FIND}", FLAT, [], id="setuptools: everything"),
        pytest.param(SETUPTOOLS, SRC, ["src"], id="setuptools: src by itself"),
        pytest.param(SETUPTOOLS, {"app/__init__.py": "", "demo/a.py": ""}, [], id="setuptools: several, which it refuses"),
        pytest.param(SETUPTOOLS, {"app/a.py": "", "examples/a.py": ""}, [], id="setuptools: a folder without __init__"),
        pytest.param(f"{SETUPTOOLS}[tool.setuptools]\npackage-dir = {{ '' = 'lib' }}", {"lib/a/b.py": ""}, ["lib"], id="setuptools: found in the root of packages"),
        pytest.param(SETUPTOOLS, {**FLAT, "setup.cfg": "[options]\npackage_dir =\n  my_app = my_app\n", "setup.py": "setup()"}, ["my_app"], id="setup.cfg: where packages are"),
        pytest.param(SETUPTOOLS, {**SRC, "setup.py": "setup(packages=x)"}, [], id="setuptools: setup.py computes it"),
        pytest.param(f"{SETUPTOOLS}[tool.setuptools]\npackages = ['my_app']\ndata-files = {{ x = ['helpers/a.py'] }}", FLAT, [], id="setuptools: data"),
        pytest.param(SETUPTOOLS, {**FLAT, "setup.cfg": f"{CFG}[options.packages.find]\nexclude =\n  tests*\n  helpers*\n"}, ["my_app"], id="setup.cfg"),
        pytest.param(None, {**FLAT, "setup.cfg": f"{CFG}py_modules =\n  x\n  y\n"}, ["helpers", "my_app", "x.py", "y.py"], id="setup.cfg: modules too"),
        pytest.param(None, {**FLAT, "setup.cfg": CFG}, ["helpers", "my_app"], id="setup.cfg alone: packages with __init__"),
        pytest.param(None, {**FLAT, "setup.cfg": CFG.replace("find:", "\n  my_app")}, ["my_app"], id="setup.cfg: a list"),
        pytest.param(None, {**FLAT, "setup.cfg": CFG.replace("find:", "\n  my_app\npackage_dir =\n  my_app = helpers")}, [], id="setup.cfg: a list, elsewhere"),
        pytest.param(SETUPTOOLS, {**FLAT, "setup.cfg": f"{CFG}broken\n"}, [], id="setup.cfg that cannot be read"),
        pytest.param(f"{POETRY}[tool.poetry]\npackages = [{{ include = 'my_app/**/*.py' }}, {{ include = 'b', from = 'src' }}]", FLAT, ["my_app", "src/b"], id="Poetry"),
        pytest.param(f"{POETRY}[tool.poetry]\npackages = [{{ include = 'my_app' }}, {{ include = 'helpers', format = 'sdist' }}]", FLAT, ["my_app"], id="Poetry: of the sdist alone"),
        pytest.param(f"{POETRY}[tool.poetry]\npackages = [{{ include = 'my_app' }}]\ninclude = ['helpers/*.py']", FLAT, ["my_app", "helpers"], id="Poetry: included too"),
        pytest.param(f"{POETRY}[tool.poetry]\npackage-mode = false\npackages = [{{ include = 'my_app' }}]", FLAT, [], id="Poetry: nothing is built"),
        pytest.param(POETRY, SRC, ["src/my_app"], id="Poetry: src by itself"),
        pytest.param(POETRY, FLAT, ["my_app"], id="Poetry: flat by itself"),
        pytest.param(PDM, SRC, ["src"], id="PDM"),
        pytest.param(f"{PDM}[tool.pdm.build]\nincludes = ['helpers']", SRC, ["helpers"], id="PDM: patterns"),
        pytest.param(f"{PDM}[tool.pdm.build]\nincludes = ['helpers/**/*.py', 'x.md']", SRC, ["helpers"], id="PDM: patterns of modules and of data"),
        pytest.param(f"{PDM}[tool.pdm.build]\nincludes = ['helpers']\npackage-dir = 'src'", SRC, [], id="PDM: another folder"),
        pytest.param(UV, SRC, ["src/my_app"], id="uv"),
        pytest.param(f"{UV}{UV_BUILD}module-root = ''", SRC, [], id="uv: elsewhere"),
        pytest.param(f"{UV}{UV_BUILD}module-root = ''", FLAT, ["my_app"], id="uv: flat"),
        pytest.param(f"{UV}{UV_BUILD}module-name = ['a.b', 'c']", {"src/a/b/__init__.py": ""}, ["src/a/b", "src/c"], id="uv: named"),
        pytest.param(f"{UV}{UV_BUILD}namespace = true", SRC, ["src"], id="uv: a namespace"),
        pytest.param(f"{UV}{UV_BUILD}data = {{ scripts = 'bin' }}", SRC, ["src/my_app", "bin"], id="uv: with data"),
        pytest.param(FLIT, FLAT, ["my_app"], id="Flit"),
        pytest.param(f"{FLIT}[tool.flit.module]\nname = 'x'", FLAT, [], id="Flit: another, which is not there"),
        pytest.param(f"{FLIT}[tool.flit.module]\nname = 'helpers'", FLAT, ["helpers"], id="Flit: another"),
        pytest.param(f"{FLIT}[tool.flit.module]\nname = 'a.b'", {"src/a/b.py": ""}, ["src/a/b.py"], id="Flit: a part of a namespace"),
        pytest.param(HATCH.replace("hatchling.build", "mesonpy"), SRC, [], id="another backend"),
        pytest.param("[project]\nname = 'my-app'\n", SRC, [], id="nothing is built"),
        pytest.param(None, {**FLAT, "setup.py": "setup(packages=['my_app', 'my_app.b'], py_modules=['x'])"}, ["my_app", "my_app/b", "x.py"], id="setup.py: lists"),
        pytest.param(None, {**FLAT, "setup.py": "setup(packages=find_packages(exclude=['tests', 'helpers*']))"}, ["my_app"], id="setup.py: found"),
        pytest.param(None, {**FLAT, "setup.py": "setup(packages=find_packages() + ['b'])"}, ["b", "helpers", "my_app"], id="setup.py: found and listed"),
        pytest.param(None, {**FLAT, "setup.py": "setup(packages=find_namespace_packages(include=['my_app*']))"}, ["my_app"], id="setup.py: namespaces"),
        pytest.param(None, {**SRC, "setup.py": "setup(packages=find_packages('src'), package_dir={'': 'src'}, py_modules=['x'])"}, ["src/my_app", "src/x.py"], id="setup.py: below a root"),
        pytest.param(None, {"lib/a/b.py": "", "setup.py": "setup(packages=['my_app', 'my_app.c'], package_dir={'my_app': 'lib/a'})"}, ["lib/a", "lib/a/c"], id="setup.py: a folder of another name"),
        pytest.param(None, {**SRC, "setup.py": "setup(packages=find_packages(where=read()))"}, [], id="setup.py: computed"),
        pytest.param(None, {**SRC, "setup.py": "setup(packages=['src'], **more())"}, [], id="setup.py: more is computed"),
        pytest.param(None, {**FLAT, "setup.py": "setup(packages=['my_app'], data_files=[('x', ['helpers/a.py'])])"}, [], id="setup.py: data"),
        pytest.param(None, {**FLAT, "setup.py": "setup(packages=['my_app'], package_dir={'my_app': here()})"}, [], id="setup.py: a computed folder"),
        pytest.param(None, {**FLAT, "setup.py": "setup(packages=['my_app'])", "setup.cfg": CFG}, [], id="setup.py and setup.cfg"),
        pytest.param(None, {**FLAT, "setup.py": "setup(packages=['my_app'])", "setup.cfg": "[options]\n# packages\nzip_safe = false\n"}, ["my_app"], id="setup.py, and a setup.cfg of something else"),
        pytest.param("[project]\nname = 'my-app'\n", {**FLAT, "setup.py": "setup(packages=['my_app'])"}, ["my_app"], id="setup.py beside a table"),
    ],
)  # fmt: skip
def test_what_the_wheel_holds(tmp_path, pyproject, files, folders):
    stating = {} if pyproject is None else {"pyproject.toml": pyproject}
    tree = written(tmp_path, {**files, **stating})
    stated_by = next(iter(stating), "setup.cfg" if "setup.py" not in files else "setup.py")
    assert sorted(wheel_folders(tree, stated_by)) == sorted(folders)


@pytest.mark.parametrize(
    ("path", "is_out"),
    [
        pytest.param("helpers/a.py", True, id="another folder"),
        pytest.param("app/a.py", False, id="in it"),
        pytest.param("app/b/a.py", False, id="below it"),
        pytest.param("application/a.py", True, id="a name that begins so"),
        pytest.param("a.py", False, id="in no folder"),
        pytest.param("a.ipynb", True, id="a notebook in no folder"),
        pytest.param("app/a.ipynb", False, id="a notebook in it"),
    ],
)
def test_what_is_outside(path, is_out):
    assert is_outside(["app"], path) is is_out
    assert not is_outside([], path)
