"""Projects of one repository that no workspace joins. Tracked files in, findings and why an import passes out."""

import pytest

from conftest import written
from import_customs.check import judge
from import_customs.check.state import State

KIT = """\
from setuptools import setup, find_packages
setup(name="kit", packages=find_packages(), install_requires=["PyYAML"], extras_require={"f": ["jq"]})
"""


def project(name: str, *declared: str, more: str = "") -> str:
    return f'[project]\nname = "{name}"\nrequires-python = ">=3.11"\ndependencies = {list(declared)}\n{more}'


def judged(folder, files, path):
    """The findings of one file, each as its module and the local project that provides it."""
    state = State(written(folder, files), tracked=lambda: dict.fromkeys(files, ""))
    return [(one.module, one.local) for one in judge.findings(state, path, files[path].encode())]


@pytest.mark.parametrize(("files", "source", "found"), [
    pytest.param({"kit/setup.py": KIT}, "import yaml, jq\nfrom kit import utils\nimport redis", ["redis"],
                 id="what setup.py states, and not what the root declares"),
    pytest.param({"kit/setup.cfg": "[metadata]\nname = kit\n[options]\ninstall_requires =\n  PyYAML\n"},
                 "import yaml, kit, redis", ["redis"], id="what setup.cfg states"),
    pytest.param({"kit/setup.py": "import setuptools\nsetuptools.setup()",
                  "kit/setup.cfg": "[options]\ninstall_requires =\n  PyYAML\n"},
                 "import yaml, redis", ["redis"], id="setup.py leaves it to setup.cfg"),
    pytest.param({"kit/setup.py": "setup(name='kit', install_requires=[])"}, "import redis", ["redis"],
                 id="that there are none is a statement too"),
    pytest.param({"kit/setup.py": "setup(name='kit', packages=['kit'])"}, "import redis, yaml", ["yaml"],
                 id="without a statement the folder is the root's"),
    pytest.param({"kit/setup.py": "setup(name='mykit', ext_modules=[Extension('kit_ext', ['m.c'])])"},
                 "import redis, yaml, kit_ext", ["yaml"], id="and what it compiles is its own files'"),
    pytest.param({"kit/setup.cfg": "[flake8]\nmax-line-length = 100\n"}, "import redis, yaml", ["yaml"],
                 id="settings of tools"),
    pytest.param({"kit/setup.py": "setup(setup_requires=['pbr'], pbr=True)", "kit/requirements.txt": "pyyaml\n"},
                 "import redis, yaml", ["redis"], id="pbr reads its file"),
])  # fmt: skip
def test_setuptools_alone(tmp_path, files, source, found):
    there = {"pyproject.toml": project("demo", "redis"), "kit/kit/__init__.py": "", "kit/kit/cli.py": source}
    assert [module for module, _ in judged(tmp_path, there | files, "kit/kit/cli.py")] == found


@pytest.mark.parametrize(("name", "also"), [
    pytest.param("cmarkgfm-pyodide", "; the package `cmarkgfm` has a module of that name as well", id="another name"),
    pytest.param("cmarkgfm", "", id="the module's own name"),
])  # fmt: skip
def test_a_popular_package_of_the_modules_name_is_named_too(tmp_path, name, also):
    files = {
        "pyproject.toml": project("demo"),
        "lib/pyproject.toml": project(name),
        "lib/src/cmarkgfm/__init__.py": "",
        "app/a.py": "import cmarkgfm",
    }
    state = State(written(tmp_path, files), tracked=lambda: dict.fromkeys(files, ""))
    (found,) = judge.findings(state, "app/a.py", files["app/a.py"].encode())
    assert found.message == f"`cmarkgfm` of this repository's lib is not declared in pyproject.toml{also}"
    assert (found.local, found.providers) == ("lib", (name,))


def test_what_a_nested_setup_py_computes_is_said(repo):
    files = {
        "pyproject.toml": project("demo"),
        "kit/setup.py": "setup(install_requires=read())",
        "kit/a.py": "import redis",
    }
    repo.stage(files)
    assert "kit/setup.py:1:1: error: its dependencies cannot be read" in repo.customs().err


NAMESPACE = {
    "b/pyproject.toml": project("corp-b"),
    "b/src/corp/b/__init__.py": "",
    "c/pyproject.toml": project("corp-c"),
    "c/src/corp/c/__init__.py": "",
    "flat/pyproject.toml": project("flat-lib"),
    "flat/flat_lib/__init__.py": "",
    "old/setup.py": 'setup(name="old-lib", packages=["oldlib"])',
    "old/oldlib/__init__.py": "",
    "odd/pyproject.toml": project("odd", more="[tool.poetry]\npackages = [{ include = 'strange', from = 'lib' }]\n"),
    "odd/lib/strange/__init__.py": "",
    "app/pyproject.toml": project("app"),
    "app/redis/__init__.py": "",
    "app/common/__init__.py": "",
    "api/pyproject.toml": project("api"),
    "api/common/__init__.py": "",
    "deep/pyproject.toml": project("deep-parts"),
    "deep/src/flat_lib/inner/__init__.py": "",
    "template/pyproject.toml": '[project]\nname = "<REPLACE ME>"\n[build-system]\n[tool.hatch.build.targets.wheel]\n'
    'packages = ["src/placeholder"]\n',
    "sdk/pyproject.toml": project("sdk", more="[tool.hatch.build.targets.wheel]\npackages = ['src/opentelemetry']\n"),
    "core/pyproject.toml": project("langgraph"),
    "core/langgraph/channels/__init__.py": "",
    "transformers/pyproject.toml": project("transformers-ours"),
    "transformers/src/ours/__init__.py": "",
    "tests/fixtures/lib/pyproject.toml": project("fixture-lib"),
    "tests/fixtures/lib/fixture_lib/__init__.py": "",
    "tests/fixtures/broken/pyproject.toml": "[project\n",
    "pyproject.toml": "[project\n",
    "parts/pyproject.toml": "[project\n",
    "parts/x.py": "",
    "flat/inner/pyproject.toml": project("inner-lib"),
    "flat/inner/mod.py": "",
    "web/pyproject.toml": project("web", "corp-b"),
}


@pytest.mark.parametrize(("path", "source", "found"), [
    pytest.param("web/a.py", "import corp.b\nimport corp.c", [("corp.c", "c")], id="a namespace, exactly"),
    pytest.param("web/a.py", "from corp import b, c", [("corp.c", "c")], id="a namespace, by names"),
    pytest.param("c/src/corp/c/a.py", "from corp import b, c", [("corp.b", "b")],
                 id="a namespace of which the project itself holds a part, by names"),
    pytest.param("web/a.py", "import corp", [], id="a bare namespace, of which a part is declared"),
    pytest.param("api/a.py", "import corp.b.x", [("corp.b", "b")], id="a part that is declared elsewhere only"),
    pytest.param("web/a.py", "import flat_lib.x", [("flat_lib", "flat")], id="flat"),
    pytest.param("web/a.py", "import flat_lib.inner.x", [("flat_lib.inner", "deep")], id="more of the name says more"),
    pytest.param("web/a.py", "import placeholder", [("placeholder", None)], id="a template has no name"),
    pytest.param("web/a.py", "import opentelemetry.sdk", [("opentelemetry.sdk", None)],
                 id="a namespace of others that is not there before it is built"),
    pytest.param("web/a.py", "import langgraph.channels.delta\nimport langgraph.store",
                 [("langgraph.channels", "core"), ("langgraph.store", None)],
                 id="a namespace of others, exactly: what is seen there"),
    pytest.param("web/a.py", "import transformers", [("transformers", None)],
                 id="a project's folder that is called like a popular package"),
    pytest.param("web/a.py", "import oldlib", [("oldlib", "old")], id="by setup.py alone"),
    pytest.param("web/a.py", "import strange", [("strange", "odd")], id="where its build looks"),
    pytest.param("web/a.py", "import redis", [("redis", None)],
                 id="a folder that no build names is not what a popular package is taken for"),
    pytest.param("web/a.py", "import common", [("common", "app")], id="several, none of them called so"),
    pytest.param("web/a.py", "import parts.x", [("parts", "parts")], id="the folder of one that cannot be read"),
    pytest.param("web/a.py", "import inner.mod", [("inner", None)], id="not of one around it"),
    pytest.param("web/a.py", "import fixture_lib", [("fixture_lib", None)], id="a fixture, from elsewhere"),
    pytest.param("tests/fixtures/a.py", "import fixture_lib", [("fixture_lib", "tests/fixtures/lib")],
                 id="a fixture, from the same folder"),
    pytest.param("web/a.py", "from flat.flat_lib import x", [("flat", "flat")], id="by its folder"),
    pytest.param("web/a.py", "from app.redis import x", [("app", "app")], id="by its folder, a popular name inside"),
    pytest.param("web/a.py", "from tests.fixtures.lib.fixture_lib import x", [], id="a fixture's folder is plain"),
    pytest.param("web/a.py", "import sys\nsys.path.insert(0, '../flat')\nimport flat_lib", [("flat_lib", "flat")],
                 id="put on sys.path"),
])  # fmt: skip
def test_outside_of_a_workspace(tmp_path, path, source, found):
    there = {"tests/fixtures/pyproject.toml": project("fixtures")} | NAMESPACE
    assert judged(tmp_path, there | {path: source}, path) == found


BUILT = {
    "one/pyproject.toml": project("one-lib", more="[build-system]\nrequires = ['hatchling']\n"
    "build-backend = 'hatchling.build'\n[tool.hatch.build.targets.wheel]\npackages = ['ours_in_one']\n"),
    "two/setup.py": 'setup(name="two-lib", package_dir={"": "lib"}, packages=find_packages("lib"))',
    "three/setup.py": 'setup(name="three-lib", packages=["ours_in_three"], py_modules=["single_of_three"])',
    "app/pyproject.toml": project("app"),
}  # fmt: skip


@pytest.mark.parametrize(("there", "source", "found"), [
    pytest.param(["one/left_out.py", "one/ours_in_one/__init__.py"], "import left_out", [("left_out", None)],
                 id="a module beside the package"),
    pytest.param(["one/left_out/__init__.py", "one/ours_in_one/a.py"], "import left_out", [("left_out", None)],
                 id="a package beside it"),
    pytest.param(["one/ours_in_one/__init__.py"], "import ours_in_one", [("ours_in_one", "one")], id="the package"),
    pytest.param(["two/left_out.py", "two/lib/x/__init__.py"], "import left_out.x", [("left_out", None)],
                 id="setup.py: beside the root of its packages"),
    pytest.param(["two/lib/ours_in_two/__init__.py"], "import ours_in_two", [("ours_in_two", "two")],
                 id="setup.py: what is found there"),
    pytest.param(["three/left_out.py", "three/ours_in_three/__init__.py"], "import left_out", [("left_out", None)],
                 id="setup.py: beside what it lists"),
    pytest.param(["three/single_of_three.py"], "import single_of_three", [("single_of_three", "three")],
                 id="setup.py: a module that it lists"),
    pytest.param(["three/redis/__init__.py", "three/ours_in_three/__init__.py"], "import redis", [("redis", None)],
                 id="setup.py: a popular name beside what it lists"),
    pytest.param(["two/left_out.py", "two/lib/__init__.py"], "import left_out", [("left_out", None)],
                 id="setup.py: nothing is found there"),
    pytest.param(["app/left_in.py"], "import left_in", [("left_in", "app")], id="nothing says what is built"),
    pytest.param(["app/left_in.py"], "import left_in.x", [("left_in", None)], id="one file has no submodules"),
])  # fmt: skip
def test_what_its_build_leaves_out_is_no_projects(tmp_path, there, source, found):
    files = {**BUILT, **dict.fromkeys(there, ""), "web/pyproject.toml": project("web"), "web/a.py": source}
    assert judged(tmp_path, files, "web/a.py") == found


def joined(name, *members, more=""):
    return project(name, more=f"{more}[tool.uv.workspace]\nmembers = {list(members)}\n")


@pytest.mark.parametrize(("root", "files", "source", "found"), [
    pytest.param(joined("shop-bot", "tools/*"), {"shop_bot/words.py": ""}, "import shop_bot.words",
                 [("shop_bot", "")], id="the root's package, flat"),
    pytest.param(joined("shop-bot", "tools/*"), {"src/shop_bot/words.py": ""}, "import shop_bot.words",
                 [("shop_bot", "")], id="the root's package, src"),
    pytest.param(project("shop-bot"), {"shop_bot/words.py": ""}, "import shop_bot.words",
                 [("shop_bot", "")], id="the root's package, without a workspace"),
    pytest.param(project("shop-bot"), {"scripts/words.py": ""}, "import scripts.words", [], id="its other folders"),
    pytest.param("[tool.uv.workspace]\nmembers = ['tools/*']\n", {"shop_bot/words.py": ""}, "import shop_bot.words",
                 [], id="a root that builds nothing"),
    pytest.param(project("x", more="[tool.hatch.build.targets.wheel]\npackages = ['shop_bot']\n"),
                 {"shop_bot/words.py": ""}, "import shop_bot.words", [], id="a flat root of another name"),
    pytest.param(project("x", more="[project.optional-dependencies]\n"), {"tools/words.py": ""}, "import tools.words",
                 [], id="a folder that holds the project"),
    pytest.param(joined("x", "tools/*"), {"tools/ok/pyproject.toml": project("ok"), "tools/ok/src/ok/__init__.py": ""},
                 "import ok", [("ok", "tools/ok")], id="a member beside it"),
    pytest.param(joined("x", "tools/*"), {"tools/ok/pyproject.toml": project("ok"), "tools/ok/ok.py": ""},
                 "import ok", [("ok", "tools/ok")], id="a member beside it, flat and a file"),
])  # fmt: skip
def test_of_a_member(tmp_path, root, files, source, found):
    there = {"pyproject.toml": root, "tools/mb/pyproject.toml": project("mb"), "tools/mb/src/mb/a.py": source}
    assert judged(tmp_path, there | files, "tools/mb/src/mb/a.py") == found


SCRIPT = "# /// script\n# dependencies = [{}]\n# ///\nimport sys\n"


@pytest.mark.parametrize(("path", "source", "found"), [
    pytest.param("tools/a.py", SCRIPT.format(""), [("shop_bot", "")], id="below it"),
    pytest.param("a.py", SCRIPT.format(""), [], id="beside its package"),
    pytest.param("tools/a.py", SCRIPT.format("'shop-bot'"), [], id="declared"),
    pytest.param("tools/a.py", SCRIPT.format("") + "sys.path.insert(0, '..')\n", [], id="put on sys.path"),
    pytest.param("tools/a.py", SCRIPT.format("") + "sys.path.append('.')\n", [], id="put there from the root"),
])  # fmt: skip
def test_of_a_script(tmp_path, path, source, found):
    files = {"pyproject.toml": project("shop-bot"), "shop_bot/words.py": "", path: f"{source}import shop_bot.words\n"}
    assert judged(tmp_path, files, path) == found


INFRA = """\
[project.optional-dependencies]
docker = ["docker"]
queue = ["celery"]
all = ["agx-infra[docker,queue]"]
"""


@pytest.mark.parametrize(("declared", "files", "found"), [
    pytest.param("agx-infra[docker]", {"infra/pyproject.toml": project("agx-infra", more=INFRA)}, ["celery"],
                 id="one extra"),
    pytest.param("agx-infra[all]", {"infra/pyproject.toml": project("agx-infra", more=INFRA)}, [],
                 id="an extra that names others of the same project"),
    pytest.param("agx-infra[docker]",
                 {"infra/setup.py": "setup(name='agx-infra', extras_require={'docker': ['docker']})"},
                 ["celery"], id="of a setup.py"),
    pytest.param("agx-infra[docker]", {"infra/pyproject.toml": "[tool.poetry]\nname = 'agx-infra'\n"
                                       "[tool.poetry.extras]\ndocker = ['docker']\n"}, ["celery"], id="of Poetry"),
    pytest.param("agx-infra[none]", {"infra/pyproject.toml": project("agx-infra", more=INFRA)}, ["docker", "celery"],
                 id="one that the project has not"),
])  # fmt: skip
def test_extras(tmp_path, declared, files, found):
    there = {"main/pyproject.toml": project("agx", declared), "main/a.py": "import docker\nimport celery\n"}
    assert [module for module, _ in judged(tmp_path, there | files, "main/a.py")] == found


PLUGINS = {
    "pyproject.toml": project("shopkit"),
    "plugins/colours/pyproject.toml": project("shopkit-colours", "shopkit"),
    "plugins/colours/shopkit_plugins/colours/__init__.py": "",
}
GUARDED = "try:\n    import {0}\nexcept ImportError:\n    {0} = None\n"


@pytest.mark.parametrize(("source", "found"), [
    pytest.param(GUARDED.format("shopkit_plugins"), [], id="to discover them"),
    pytest.param(GUARDED.format("other_plugins"), [("other_plugins", None)], id="nothing holds it"),
    pytest.param("import shopkit_plugins", [("shopkit_plugins", "plugins/colours")], id="without a guard"),
    pytest.param(GUARDED.format("shopkit_plugins.colours"), [("shopkit_plugins.colours", "plugins/colours")],
                 id="a module inside it is its project's"),
    pytest.param("try:\n    from shopkit_plugins import colours\nexcept ImportError:\n    pass\n",
                 [("shopkit_plugins.colours", "plugins/colours")], id="a module inside it, by its name"),
])  # fmt: skip
def test_namespace_of_plugins(tmp_path, source, found):
    assert judged(tmp_path, PLUGINS | {"shopkit/load.py": source}, "shopkit/load.py") == found


@pytest.mark.parametrize("stated", [
    pytest.param({"libs/a/setup.py": 'NAME = "liba"\nsetup(name=NAME, packages=["acmeutil"])'}, id="setup.py"),
    pytest.param({"libs/a/setup.cfg": "[metadata]\nname = liba\n", "libs/a/setup.py": "setup()"}, id="setup.cfg"),
    pytest.param({"libs/a/pyproject.toml": "[build-system]\n", "libs/a/setup.py": 'setup(name="liba")'},
                 id="a pyproject.toml that leaves the name to setup.py"),
    pytest.param({"libs/a/setup.py": "setup(name=read())"}, id="a name that is computed"),
])  # fmt: skip
@pytest.mark.parametrize("line", [
    "-e libs/a", "./libs/a", "libs/a", "--editable=libs/a", '-e "libs/a"', "file:libs/a", "-e file:./libs/a",
    "-e libs/a[x]",
])  # fmt: skip
@pytest.mark.parametrize("reading", [
    pytest.param({"requirements.txt": "{}\n"}, id="kept"),
    pytest.param({"requirements/base.txt": "-r ../pip.txt\n", "pip.txt": "{}\n"}, id="named by another"),
    pytest.param({"pyproject.toml": "[project]\nname='x'\ndynamic = ['dependencies']\n[tool.setuptools.dynamic]\n"
                  "dependencies = {{file = ['r.txt']}}\n", "r.txt": "{}\n"}, id="dynamic"),
])  # fmt: skip
def test_named_by_its_path_in_a_requirements_file(tmp_path, stated, line, reading):
    files = {name: text.format(line) for name, text in reading.items()}
    files |= {"libs/a/acmeutil/__init__.py": "", "app.py": "import acmeutil\nimport other"}
    assert judged(tmp_path, files | stated, "app.py") == [("other", None)]


def test_a_path_in_a_requirements_file_declares_what_stands_there_and_its_extras(tmp_path):
    setup = 'setup(name="acme-redis", extras_require={"fast": ["orjson"]})'
    files = {
        "requirements.txt": "-e libs/redis[fast]\n",
        "libs/redis/setup.py": setup,
        "app.py": "import redis, orjson",
    }
    assert judged(tmp_path, files, "app.py") == [("redis", None)]


def test_a_path_that_leads_upwards(tmp_path):
    setup = 'setup(name="liba", packages=["acmeutil"])'
    files = {"svc/requirements.txt": "../libs/a\n", "svc/app.py": "import acmeutil", "libs/a/setup.py": setup}
    assert judged(tmp_path, {"libs/a/acmeutil/__init__.py": "", **files}, "svc/app.py") == []


def test_a_part_of_a_package_that_others_add_to_is_that_of_a_local_project(tmp_path):
    """So is each file that makes it such a package, as `pkgutil` has it."""
    init = "__path__ = __import__('pkgutil').extend_path(__path__, __name__)"
    there = {f"{root}corp/__init__.py": init for root in ("", "c/")}
    files = {"pyproject.toml": project("corp-a"), "c/pyproject.toml": project("corp-c"), "c/corp/c.py": ""}
    source = "import corp.a, corp.c\nfrom corp.c import x"
    assert judged(tmp_path, {**there, **files, "corp/a.py": "", "app.py": source}, "app.py") == [("corp.c", "c")] * 2


@pytest.mark.parametrize(("source", "found"), [
    pytest.param("import corp.cc", [("corp.cc", "cc")], id="a part"),
    pytest.param("from corp import a, cc", [("corp.cc", "cc")], id="by names"),
    pytest.param("from corp import VERSION, gone", [("corp", None)], id="a part that nothing has"),
    pytest.param("import corp\nfrom corp import *", [], id="the package, which is the project's too"),
])  # fmt: skip
def test_a_part_of_a_package_that_several_setup_py_share(tmp_path, source, found):
    setup = "setup(name='corp-{0}', packages=['corp', 'corp.{0}'], namespace_packages=['corp'], install_requires=[])"
    init = "__import__('pkg_resources').declare_namespace(__name__)\nVERSION = 1\n"
    files = {"a/corp/a/m.py": source}
    for name in ("a", "b", "cc"):
        files |= {f"{name}/setup.py": setup.format(name), f"{name}/corp/__init__.py": init}
        files |= {f"{name}/corp/{name}/__init__.py": ""}
    assert judged(tmp_path, files, "a/corp/a/m.py") == found


@pytest.mark.parametrize("place", ["b/b/__init__.py", "b/src/b/__init__.py"])
@pytest.mark.parametrize(("broken", "declared", "found"), [
    pytest.param("[project", [], [("b", "b")], id="no TOML"),
    pytest.param('[project\nname = "acme-b"', [], [("b", "b")], id="no TOML, with a name"),
    pytest.param('[project\nname = "acme-b"', ["acme-b"], [], id="declared by the name that it has"),
    pytest.param("[project]\nname = ['b']", [], [("b", "b")], id="a name that is none"),
])  # fmt: skip
def test_a_project_that_cannot_be_read_is_the_repositorys(tmp_path, place, broken, declared, found):
    files = {"pyproject.toml": project("web", *declared), "b/pyproject.toml": broken, place: "", "app.py": "import b"}
    assert judged(tmp_path, files, "app.py") == found


@pytest.mark.parametrize(("declared", "source", "found"), [
    pytest.param([], "from corpq import base", [("corpq", "core")], id="a module of the package"),
    pytest.param([], "from corpq import plug, VERSION", [("corpq", "core")], id="what its __init__ holds"),
    pytest.param([], "from corpq import plug\nfrom corpq.plug import own\nimport corpq.plug", [], id="what is here"),
    pytest.param(["corpq"], "from corpq import base, VERSION", [], id="it is declared"),
    pytest.param([], "from corpq import *", [], id="all that is here"),
])  # fmt: skip
def test_an_open_folder_hides_no_package_of_another_project(tmp_path, declared, source, found):
    files = {
        "core/pyproject.toml": project("corpq"),
        "core/src/corpq/__init__.py": "VERSION = 1\n",
        "core/src/corpq/base.py": "",
        "plug/pyproject.toml": project("corp-plug", *declared),
        "plug/corpq/plug/__init__.py": source,
        "plug/corpq/plug/own.py": "",
    }
    assert judged(tmp_path, files, "plug/corpq/plug/__init__.py") == found
