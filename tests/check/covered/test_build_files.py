"""What only the build has installed covers imports of the files that the build runs, and of no others."""

import pytest

from conftest import written
from import_customs.check import judge
from import_customs.check.state import State

BUILD = '[project]\nname = "demo"\n[build-system]\nrequires = ["setuptools", "numpy", "hatchling"]\n'
BACKEND = f'{BUILD}build-backend = "own.hooks"\nbackend-path = ["_build"]\n'
BOTH = BUILD.replace("[build", "dependencies = ['numpy']\n[build")
PYTHONS = BUILD.replace('"demo"', '"demo"\nrequires-python = ">=3.11"')
PBR = '[project]\nname = "demo"\n[build-system]\nrequires = ["pbr"]\nbuild-backend = "pbr.build"\n'
GETTER = "[tool.pdm.version]\nsource = 'call'\ngetter = 'scripts.ver:get'\n"
HATCH_CODE = "[tool.hatch.version]\nsource = 'code'\npath = 'ver.py'\n"
ATTR = "[tool.setuptools.dynamic]\nversion = { attr = 'ver.get' }\n"
COMMAND = "[tool.setuptools.cmdclass]\nx = 'tools.cmd.X'\n"
MESON = "py.install_sources(['a.py'])\ncustom_target('x', command: [py, files('tools/gen.py'), '@OUTPUT@'])\n"
CMAKE = "set(GEN ${CMAKE_CURRENT_SOURCE_DIR}/gen.py)\nadd_custom_command(OUTPUT x.c COMMAND python ${GEN})\n"


@pytest.mark.parametrize(("files", "found"), [
    pytest.param({"setup.py": "import numpy"}, [], id="setup.py"),
    pytest.param({"setup.py": "from distutils.core import setup", "pyproject.toml": PYTHONS}, [],
                 id="setup.py: setuptools brings distutils"),
    pytest.param({"setup.py": "import setuptools, redis", "pyproject.toml": PBR}, ["redis"], id="setup.py, by pbr"),
    pytest.param({"src/demo/a.py": "import setuptools", "pyproject.toml": PBR}, ["setuptools"],
                 id="setuptools at run time, by pbr"),
    pytest.param({"src/demo/a.py": "import distutils", "pyproject.toml": PYTHONS}, ["distutils"],
                 id="distutils at run time"),
    pytest.param({"setup.py": "import numpy, redis"}, ["redis"], id="another module in setup.py"),
    pytest.param({"src/demo/__init__.py": "import numpy"}, ["numpy"], id="runtime code"),
    pytest.param({"tests/test_a.py": "import numpy"}, ["numpy"], id="a test"),
    pytest.param({"src/demo/a.py": "import pkg_resources"}, ["pkg_resources"], id="setuptools at run time"),
    pytest.param({"sub/setup.py": "import numpy"}, ["numpy"], id="a setup.py that the build does not run"),
    pytest.param({"tools/flags.py": "import numpy", "setup.py": "from tools.flags import x"}, [],
                 id="what setup.py imports"),
    pytest.param({"tools/flags.py": "import numpy", "setup.py": "from tools import flags"}, [],
                 id="what it imports from a package"),
    pytest.param({"tools/b.py": "import numpy", "tools/flags.py": "import b", "setup.py": "import tools.flags"}, [],
                 id="and what that imports"),
    pytest.param({"tools/flags.py": "import numpy", "setup.py": "import tools.others"}, ["numpy"],
                 id="another file beside it"),
    pytest.param({"hatch_build.py": "import hatchling.x", "pyproject.toml": BUILD + "[tool.hatch.build]"}, [],
                 id="Hatch: its hook"),
    pytest.param({"x/hook.py": "import hatchling",
                  "pyproject.toml": BUILD + "[tool.hatch.build.hooks.custom]\npath = 'x/hook.py'"}, [],
                 id="Hatch: a hook elsewhere"),
    pytest.param({"hatch_build.py": "import hatchling"}, ["hatchling"], id="no hook of another backend"),
    pytest.param({"tools/api.py": "import hatch_jupyter_builder, redis", "pyproject.toml": BUILD + "[tool.hatch.build."
                  "hooks.jupyter-builder]\nbuild-function = 'tools.api.run'\ndependencies = ['hatch-jupyter-builder']"},
                 ["redis"], id="a function that a hook calls"),
    pytest.param({"tools/api.py": "import numpy", "pyproject.toml": BUILD + "[tool.hatch.build.targets.wheel."
                  "hooks.jupyter-builder]\nbuild-function = 'tools.api.run'"}, [], id="a function for one target"),
    pytest.param({"demo/api.py": "import numpy", "pyproject.toml": BUILD + "[tool.hatch.build."
                  "hooks.jupyter-builder]\nbuild-function = 'demo.api.run'"},
                 ["numpy"], id="a function of a package, which has to run without"),
    pytest.param({"pdm_build.py": "import numpy", "pyproject.toml": BUILD + "[tool.pdm]"}, [], id="PDM"),
    pytest.param({"pdm_build.py": "import numpy", "pyproject.toml": f'{BUILD}build-backend = "pdm.backend"'}, [],
                 id="PDM: without a table of its own"),
    pytest.param({"pdm_build.py": "import numpy"}, ["numpy"], id="no hook of another backend, of PDM's name"),
    pytest.param({"build.py": "import numpy", "pyproject.toml": BUILD + "[tool.poetry.build]\nscript = 'build.py'"},
                 [], id="Poetry"),
    pytest.param({"_build/own/hooks.py": "import setuptools", "pyproject.toml": BACKEND}, [], id="an own backend"),
    pytest.param({"scripts/ver.py": "import numpy", "pyproject.toml": BUILD + GETTER}, [], id="PDM: a getter"),
    pytest.param({"scripts/b.py": "import numpy", "scripts/ver.py": "from . import b\nimport scripts.b",
                  "pyproject.toml": BUILD + GETTER}, [], id="PDM: what the getter imports"),
    pytest.param({"scripts/ver.py": "import numpy", "pyproject.toml": BUILD + GETTER.replace("call", "file")},
                 ["numpy"], id="PDM: another source"),
    pytest.param({"ver.py": "import numpy", "pyproject.toml": BUILD + HATCH_CODE}, [], id="Hatch: code"),
    pytest.param({"ver.py": "import numpy", "pyproject.toml": BUILD + HATCH_CODE.replace("code", "regex")}, ["numpy"],
                 id="Hatch: read as text"),
    pytest.param({"ver.py": "import numpy\nget = numpy.x()", "pyproject.toml": BUILD + ATTR}, [],
                 id="setuptools: attr"),
    pytest.param({"ver.py": "import numpy\nget: str = '1.0'", "pyproject.toml": BUILD + ATTR}, ["numpy"],
                 id="setuptools: attr, a literal, which is read as text"),
    pytest.param({"demo/ver.py": "import numpy\nget = numpy.x()",
                  "pyproject.toml": BUILD + ATTR.replace("'v", "'demo.v")}, ["numpy"],
                 id="setuptools: attr in a package, which has to run without"),
    pytest.param({"tools/cmd.py": "import numpy", "pyproject.toml": BUILD + COMMAND}, [], id="setuptools: cmdclass"),
    pytest.param({"ver.py": "import numpy\nget = numpy.x()", "setup.cfg": "[metadata]\nversion = attr: ver.get\n"}, [],
                 id="setup.cfg: attr"),
    pytest.param({"tools/cmd.py": "import numpy", "setup.cfg": "[options]\ncmdclass =\n  x = tools.cmd.X\n"}, [],
                 id="setup.cfg: cmdclass"),
    pytest.param({"tools/gen.py": "import numpy", "meson.build": MESON}, [], id="Meson runs it"),
    pytest.param({"a.py": "import numpy", "meson.build": MESON}, ["numpy"], id="Meson installs it"),
    pytest.param({"native/gen.py": "import numpy", "native/CMakeLists.txt": CMAKE}, [], id="CMake runs it"),
    pytest.param({"src/demo/a.py": "import numpy", "pyproject.toml": BOTH}, [], id="declared for both"),
])  # fmt: skip
def test_findings(tmp_path, files, found):
    path = next(iter(files))
    findings = judge.findings(State(written(tmp_path, {"pyproject.toml": BUILD, **files})), path, files[path].encode())
    assert [one.module for one in findings] == found
    assert all("[build-system]" in one.message for one in findings if one.module == "numpy")


@pytest.mark.parametrize(("files", "says"), [
    pytest.param({"pyproject.toml": BUILD}, "[build-system] requires names it, which only the build", id="a table"),
    pytest.param({"setup.py": "setup(setup_requires=['numpy'], install_requires=[])"},
                 "setup_requires names it, which only the build", id="setup.py"),
    pytest.param({"setup.cfg": "[options]\nsetup_requires = numpy\ninstall_requires = redis\n"},
                 "setup_requires names it, which only the build", id="setup.cfg"),
])  # fmt: skip
def test_what_names_it_for_the_build_is_said(tmp_path, files, says):
    [found] = judge.findings(State(written(tmp_path, files)), "demo/a.py", b"import numpy")
    assert says in found.message


def test_so_is_what_the_build_brings_without_naming_it(tmp_path):
    [found] = judge.findings(State(written(tmp_path, {"pyproject.toml": PBR})), "demo/a.py", b"import setuptools")
    assert "the build brings it, and nothing else has that installed" in found.message


GROUP = BUILD.replace("[build", "[dependency-groups]\ndev = ['redis']\n[build").replace('"numpy", ', "")
NOTHING_ELSE = "the build has what that names, and what it brings"
TO_ADD = f'add "{{}}" to [build-system] requires of pyproject.toml: {NOTHING_ELSE}'.format
HATCH = f"{GROUP}build-backend = 'hatchling.build'\n"
PDM = "build-backend = 'pdm.backend'\n[tool.pdm.build]\nsetup-script = 'setup.py'\n"
LEFT_OVER = 'nothing of the build runs setup.py: remove it, or declare "numpy" for development'
TO_WRITE = TO_ADD("redis").replace(": the", ', a new table, which has to list "setuptools" too: the')


@pytest.mark.parametrize(("files", "remedies"), [
    pytest.param({"setup.py": "import numpy"}, [TO_ADD("numpy")], id="setup.py"),
    pytest.param({"setup.py": "from skbuild import setup"}, [TO_ADD("scikit-build")], id="called otherwise"),
    pytest.param({"setup.py": "import redis"}, [TO_ADD("redis")], id="a group is not installed for the build"),
    pytest.param({"setup.py": "import redis", "pyproject.toml": GROUP.replace("[dependency-groups]\ndev",
                                                                              "dependencies")},
                 [], id="who builds without isolation has runtime dependencies"),
    pytest.param({"hatch_build.py": "import jinja2", "pyproject.toml": GROUP + "[tool.hatch.build.hooks.custom]"},
                 [TO_ADD("jinja2")], id="a hook"),
    pytest.param({"_build/own/hooks.py": "import redis",
                  "pyproject.toml": GROUP + "build-backend = 'own.hooks'\nbackend-path = ['_build']\n"},
                 [TO_ADD("redis")], id="an own backend"),
    pytest.param({"tools/flags.py": "import numpy", "setup.py": "import tools.flags"}, [TO_ADD("numpy")],
                 id="what setup.py imports"),
    pytest.param({"src/demo/a.py": "import numpy", "setup.py": "import src.demo.a"}, [""],
                 id="what it imports, and runs later too"),
    pytest.param({"tools/gen.py": "import numpy", "meson.build": MESON}, [TO_ADD("numpy")], id="Meson runs it"),
    pytest.param({"tests/a.py": "import numpy", "meson.build": "x = files('a.py')\npy.install_sources(x)\n"}, [""],
                 id="Meson names a test"),
    pytest.param({"tools/other.py": "import numpy", "setup.py": ""}, [""], id="a file that the build does not run"),
    pytest.param({"setup.py": "import redis", "pyproject.toml": "[project]\nname = 'demo'\n"}, [TO_WRITE],
                 id="without a build system"),
    pytest.param({"setup.py": "import redis", "pyproject.toml": GROUP.partition("[build")[0]}, [],
                 id="without a build system that isolates it a group may count"),
    *(pytest.param({"setup.py": "import numpy", "pyproject.toml": f"{GROUP}build-backend = '{backend}'\n"}, [LEFT_OVER],
                   id=f"{backend} runs no setup.py") for backend in (
                       "flit_core.buildapi", "hatchling.build", "maturin", "mesonpy", "pdm.backend",
                       "poetry.core.masonry.api", "scikit_build_core.build", "uv_build")),
    *(pytest.param({"setup.py": "import numpy", "pyproject.toml": f"{GROUP}build-backend = '{backend}'\n"},
                   [TO_ADD("numpy")], id=f"{backend} may run it") for backend in (
                       "setuptools.build_meta", "pbr.build", "scikit_build_core.setuptools.build_meta", "own.hooks")),
    pytest.param({"setup.py": "import redis", "pyproject.toml": HATCH}, [],
                 id="no build runs it: what is declared for development counts"),
    pytest.param({"tools/flags.py": "import numpy", "setup.py": "import tools.flags", "pyproject.toml": HATCH}, [""],
                 id="nor what it imports"),
    pytest.param({"setup.py": "import kit_a", "pyproject.toml": f"{HATCH}[tool.uv.workspace]\nmembers = ['kit']\n",
                  "kit/pyproject.toml": "[project]\nname = 'kit-a'\n", "kit/kit_a/__init__.py": ""}, [""],
                 id="a local project"),
    pytest.param({"setup.py": "import numpy", "pyproject.toml": f"{HATCH}[tool.hatch.build.hooks.custom]\n",
                  "hatch_build.py": "import setup"},
                 [TO_ADD("numpy")], id="a hook may run it"),
    pytest.param({"setup.py": "import numpy", "pyproject.toml": GROUP + PDM}, [TO_ADD("numpy")],
                 id="PDM: the script that takes its part"),
])  # fmt: skip
def test_what_settles_it(tmp_path, files, remedies):
    path = next(iter(files))
    findings = judge.findings(State(written(tmp_path, {"pyproject.toml": GROUP, **files})), path, files[path].encode())
    assert [one.remedy for one in findings] == remedies
    assert all(one.settled_by == ("" if one.remedy else "declaration") for one in findings)
