"""A lock file and an environment beside a project in, what they change about its findings out."""

from pathlib import Path

import pytest

from conftest import Repo, written
from import_customs.check import judge
from import_customs.check.state import State
from import_customs.model import Finding, Locations

UV = """\
version = 1

[[package]]
name = "fastapi"
version = "0.115.0"
dependencies = [{ name = "starlette" }]

[[package]]
name = "starlette"
version = "0.41.0"
dependencies = [{ name = "anyio" }]

[[package]]
name = "anyio"
version = "4.0.0"

[[package]]
name = "acme-sdk"
version = "1.0.0"
dependencies = [{ name = "python-jose" }]

[package.optional-dependencies]
redis = [{ name = "redis" }]

[[package]]
name = "acme-jose"
version = "1.0.0"
dependencies = [{ name = "python-jose" }]

[[package]]
name = "python-jose"
version = "3.0.0"

[[package]]
name = "opencv-python-headless"
version = "4.0.0"
"""
USERS = """\
version = 1

[[package]]
name = "fastapi-users"
version = "14"

[package.optional-dependencies]
sqlalchemy = [{ name = "fastapi-users-db-sqlalchemy" }]

[[package]]
name = "fastapi-users-db-sqlalchemy"
version = "7"
dependencies = [{ name = "sqlalchemy", extra = ["asyncio"] }]

[[package]]
name = "sqlalchemy"
version = "2"

[package.optional-dependencies]
asyncio = [{ name = "greenlet" }]

[[package]]
name = "greenlet"
version = "3"
"""
CV2 = (
    "opencv-python-headless opencv-python opencv-contrib-python opencv-contrib-python-headless"  # the locked one first
)
SITE = ".venv/lib/python3.13/site-packages"
ENVIRONMENT = {
    ".venv/pyvenv.cfg": "",
    f"{SITE}/our_platform-1.0.dist-info/METADATA": "Name: our-platform\nVersion: 1.0\nRequires-Dist: idna\n",
    f"{SITE}/our_platform-1.0.dist-info/RECORD": "house/__init__.py,,\nbureau/billing/__init__.py,,\n",
    f"{SITE}/our_tools-1.0.dist-info/METADATA": (
        'Name: our-tools\nVersion: 1.0\nProvides-Extra: x\nRequires-Dist: idna; extra == "x"\n'
    ),
    f"{SITE}/our_tools-1.0.dist-info/RECORD": "bureau/tax.py,,\n",
    f"{SITE}/idna-3.0.dist-info/METADATA": "Name: idna\nVersion: 3.0\n",
    f"{SITE}/idna-3.0.dist-info/RECORD": "idna/__init__.py,,\n",
}

OURS = (
    '[[package]]\nname = "acme-sdk"\nversion = "1"\n[package.optional-dependencies]\nours = [{ name = "our-cache" }]\n'
)
CORP = {
    "pyproject.toml": '[project]\nname = "demo"\ndependencies = ["corp-b"]\n[tool.uv.workspace]\nmembers = ["c"]\n',
    "uv.lock": 'version = 1\n[[package]]\nname = "corp-b"\ndependencies = [{ name = "corp-c" }]\n',
    "c/pyproject.toml": '[project]\nname = "corp-c"\n',
    "c/corp_c.py": "",
}
BROKEN_KIT = {
    "pyproject.toml": '[project]\nname = "d"\ndependencies = ["kit[x]"]\n[tool.uv.sources]\nkit = { path = "kit" }\n',
    "kit/pyproject.toml": "[project",
}

ITSELF = {
    f"{SITE}/demo-1.0.dist-info/METADATA": "Name: demo\nVersion: 1.0\n",
    f"{SITE}/demo-1.0.dist-info/RECORD": "oddly_placed/__init__.py,,\nalembic/env.py,,\n",
}


def stated(folder: Path, declared: str, files: dict[str, str]) -> State:
    requirements = ", ".join(f'"{name}"' for name in declared.split())
    pyproject = f'[project]\nname = "demo"\nrequires-python = ">=3.11"\ndependencies = [{requirements}]\n'
    return State(written(folder, {"pyproject.toml": pyproject, **files}), Locations(str(folder), {}))


def judged(
    folder: Path, declared: str, source: str, files: dict[str, str], path: str = "a.py"
) -> tuple[list[Finding], list[str]]:
    state = stated(folder, declared, {path: source, **files})
    return judge.findings(state, path, source.encode()), list(state.warnings)


@pytest.mark.parametrize(("declared", "source", "files", "found"), [
    pytest.param("fastapi", "import starlette", {"uv.lock": UV},
                 [("starlette", "transitive", "starlette", "fastapi")], id="lock: arrives through a declared one"),
    pytest.param("fastapi", "import anyio.abc", {"uv.lock": UV},
                 [("anyio", "transitive", "anyio", "fastapi")], id="lock: two steps"),
    pytest.param("fastapi starlette", "import anyio.abc", {"uv.lock": UV},
                 [("anyio", "transitive", "anyio", "starlette")], id="lock: the declared one on the way"),
    pytest.param("corp-b", "import corp_c", CORP,
                 [("corp_c", "transitive", "corp-c", "corp-b")], id="lock: a local project arrives"),
    pytest.param("", "import redis", BROKEN_KIT, [("redis", "undeclared", "redis", "")], id="a broken project"),
    pytest.param("unsloth pybars3", "import studio, pybars", {}, [], id="its newest release holds the module"),
    pytest.param("fastapi", "import starlette", {}, [("starlette", "undeclared", "starlette", "")], id="no lock"),
    pytest.param("fastapi", "import jose", {"uv.lock": UV},
                 [("jose", "undeclared", "python-jose jose", "")], id="lock: there for another reason"),
    pytest.param("fastapi", "import cv2", {"uv.lock": UV},
                 [("cv2", "undeclared", CV2, "")], id="lock: which of several providers is used"),
    pytest.param("acme-sdk[redis]", "import redis", {"uv.lock": UV}, [], id="lock: an extra brings it"),
    pytest.param("acme-sdk", "import redis", {"uv.lock": UV},
                 [("redis", "undeclared", "redis", "")], id="lock: an extra that is not in use"),
    pytest.param("acme-sdk[ours]", "import our_cache", {"uv.lock": UV + OURS}, [], id="lock: of an extra"),
    pytest.param("celery[redis]", "import redis", {}, [], id="table: an extra brings it"),
    pytest.param("celery", "import redis", {}, [("redis", "undeclared", "redis", "")], id="table: extra not in use"),
    pytest.param("boto3-stubs[ec2]", "import mypy_boto3_ec2", {}, [], id="table: one line for all extras"),
    pytest.param("fastapi[standard]", "import uvloop", {}, [("uvloop", "undeclared", "uvloop", "")],
                 id="table: not what an extra of what the extra requires brings"),
    pytest.param("fastapi-users[sqlalchemy]", "import sqlalchemy", {"uv.lock": USERS}, [],
                 id="lock: what arrives through the extra and is called like it"),
    pytest.param("fastapi-users[sqlalchemy]", "import greenlet", {"uv.lock": USERS},
                 [("greenlet", "transitive", "greenlet", "fastapi-users")],
                 id="lock: nothing else that arrives through it"),
    pytest.param("acme-tools[holoviews]", "import holoviews.util", {}, [], id="unknown: called like the module"),
    pytest.param("acme-tools[beautifulsoup4]", "import bs4", {}, [], id="unknown: called like its distribution"),
    pytest.param("acme-tools[holo]", "import holoviews", {}, [("holoviews", "undeclared", "holoviews", "")],
                 id="unknown: called otherwise"),
    pytest.param("acme-sdk[holoviews]", "import redis", {}, [("redis", "undeclared", "redis", "")],
                 id="unknown: called like another module"),
    pytest.param("our-tools[x]", "import idna", ENVIRONMENT, [], id="environment: an extra brings it"),
    pytest.param("our-platform", "import idna", ENVIRONMENT,
                 [("idna", "transitive", "idna", "our-platform")], id="environment: arrives through a declared one"),
    pytest.param("our-platform", "import house", ENVIRONMENT, [], id="environment: a declared one installs it"),
    pytest.param("fastapi", "import house.x", ENVIRONMENT,
                 [("house", "undeclared", "our-platform", "")], id="environment: a private one is named"),
    pytest.param("our-platform", "from bureau import tax", ENVIRONMENT,
                 [("bureau.tax", "undeclared", "our-tools", "")], id="environment: a part of a private namespace"),
    pytest.param("our-platform", "from bureau import billing", ENVIRONMENT, [], id="environment: the declared part"),
    pytest.param("fastapi", "import oddly_placed", {**ENVIRONMENT, **ITSELF}, [],
                 id="environment: the project itself, installed editable"),
    pytest.param("fastapi", "import alembic", {**ENVIRONMENT, **ITSELF},
                 [("alembic", "undeclared", "alembic", "")], id="environment: its folder hides no popular one"),
    pytest.param("fastapi", "import bureau", ENVIRONMENT,
                 [("bureau", "undeclared", "our-platform", "")], id="environment: a bare private namespace"),
    pytest.param("our-platform", "from bureau import nothing", ENVIRONMENT,
                 [("bureau", "undeclared", "bureau", "")], id="environment: a part that is not there"),
])  # fmt: skip
def test_findings(tmp_path, declared, source, files, found):
    findings, _ = judged(tmp_path, declared, source, files)
    assert [(one.module, one.rule, " ".join(one.providers), " ".join(one.via)) for one in findings] == found


OWN_EXTRA = (
    "[project]\nname = 'celery'\n[project.optional-dependencies]\n{}\n"
    "[tool.pixi.feature.tests.pypi-dependencies]\ncelery = {{ path = '.', editable = true, extras = ['redis'] }}\n"
)
MADE_BY_MATURIN = '[build-system]\nrequires = []\nbuild-backend = "maturin"\n[project]\nname = "{}"\n'


@pytest.mark.parametrize(("name", "source", "found"), [
    pytest.param("celery", "import celery.app", [], id="the only well-known one"),
    pytest.param("PyYAML", "import yaml", [], id="the best, under another name"),
    pytest.param("pillow", "import PIL._imaging", [], id="a compiled part"),
    pytest.param("google-cloud-storage", "from google.cloud import storage", [], id="a part of a namespace"),
    pytest.param("psycopg2", "import psycopg2", [], id="called after it, though another is more downloaded"),
    pytest.param("acmecorp-core", "import acmecorp_core", [], id="called after it, and nothing is known"),
    pytest.param("acmecorp-core", "import acmecorp", ["acmecorp"], id="called after another"),
    pytest.param("lazyaml", "import yaml", ["yaml"], id="a later candidate"),
    pytest.param("openssl", "import OpenSSL", ["OpenSSL"], id="called after it, and a popular one installs it"),
    pytest.param("azure-storage", "import azure.storage.blob", ["azure.storage.blob"], id="only a part's beginning"),
])  # fmt: skip
def test_a_project_is_no_dependency_of_itself(tmp_path, name, source, found):
    """Its module may be compiled or generated: it is in no folder."""
    findings, _ = judged(tmp_path, "", source, {"pyproject.toml": MADE_BY_MATURIN.format(name)})
    assert [one.module for one in findings] == found


@pytest.mark.parametrize(("extra", "found"), [
    pytest.param("redis = ['redis']", [], id="it has it"),
    pytest.param("redis = []", ["redis"], id="it has it no more"),
    pytest.param("", ["redis"], id="the extra is gone"),
])  # fmt: skip
def test_what_an_own_extra_brings_is_what_the_project_says(tmp_path, extra, found):
    """The index knows what the newest release's brings, and the lock file what it brought before."""
    findings, _ = judged(tmp_path, "", "import redis", {"pyproject.toml": OWN_EXTRA.format(extra)})
    assert [one.module for one in findings] == found


@pytest.mark.parametrize(("declared", "source", "message"), [
    pytest.param(
        "fastapi", "import starlette",
        "`starlette` is not declared in pyproject.toml; only `fastapi` requires it",
        id="transitive",
    ),
    pytest.param(
        "acme-sdk", "import jose.jwt",
        "`jose` (of `python-jose`) is not declared in pyproject.toml; only `acme-sdk` requires it",
        id="transitive, another name",
    ),
    pytest.param(
        "acme-jose acme-sdk", "import jose",
        "`jose` (of `python-jose`) is not declared in pyproject.toml; only `acme-jose` and 1 more require it",
        id="transitive, by several",
    ),
    pytest.param(
        "google", "import google", "`google` is a namespace, which several packages fill", id="a bare namespace",
    ),
    pytest.param(
        "acme-sdk[all] fastapi[other]", "import kafka",
        "`kafka` (of `kafka-python`) is not declared in pyproject.toml; "
        "`acme-sdk[all]` may bring it, of which nothing is known here",
        id="an unknown extra is the likely source",
    ),
    pytest.param(
        "pyyaml", "import reqeusts",
        "`reqeusts` is provided by no known package",
        id="a near miss",
    ),
    pytest.param(
        "pyyaml", "import web3_proxy_providers",
        "`web3_proxy_providers` is not declared in pyproject.toml",
        id="an obscure provider",
    ),
    pytest.param(
        "gdal", "import gdal", "`gdal` is imported; the declared `gdal` installs `osgeo` and `osgeo_utils`",
        id="a declared package is called like it, and has others",
    ),
    pytest.param(
        "pyyaml", "import pyyaml", "`pyyaml` is imported; the declared `pyyaml` installs `yaml`",
        id="a declared package is called like it, and has another",
    ),
])  # fmt: skip
def test_message(tmp_path, declared, source, message):
    findings, _ = judged(tmp_path, declared, source, {"uv.lock": UV})
    assert [one.message for one in findings] == [message]


def test_a_bare_namespace_is_exempt_by_its_line(tmp_path):
    """No declaration settles that a file looks for plug-ins in it, and `ignore` would exempt all that is in it."""
    findings, _ = judged(tmp_path, "", "try:\n    import google\nexcept ImportError:\n    pass", {})
    use, exempt = findings[0].remedy.split("; ")
    assert (use, exempt[-43:]) == (
        "import the module in it that you use",
        "say `# import-customs: ignore` in that line",
    )


@pytest.mark.parametrize(
    ("source", "remedy"),
    [
        pytest.param("import yamll", "did you mean `yaml`?", id="declared"),
        pytest.param(
            "import reqeusts",
            "did you mean `requests`? That needs `requests`, which is not declared",
            id="not declared",
        ),
        pytest.param("import datetiem", "did you mean `datetime`?", id="of the standard library"),
    ],
)
def test_a_near_miss_is_to_be_corrected(tmp_path, source, remedy):
    (found,), _ = judged(tmp_path, "pyyaml", source, {})
    assert (found.remedy, found.settled_by, found.providers) == (remedy, "", ())


def test_no_near_miss_is_what_a_declared_package_is_called_by(tmp_path):
    """That of `pyln.proto` is another package of the same people, not pycln."""
    findings, _ = judged(tmp_path, "pyln-client", "import pyln.client\nimport pyln.proto", {})
    assert [(one.module, one.line, "pycln" in one.remedy) for one in findings] == [("pyln", 2, False)]


OWN = {
    "billing/__init__.py": "",
    "src/store/__init__.py": "",
    "celeri.py": "",
    "invoices.csv": "",
    "tools/prices.py": "",
}


@pytest.mark.parametrize(
    ("file", "source", "remedy"),
    [
        pytest.param("a.py", "import biling", "did you mean `billing`?", id="a package, called as a little known one"),
        pytest.param("a.py", "import stoer.x", "did you mean `store`?", id="under src"),
        pytest.param("a.py", "import celerie", "did you mean `celeri`?", id="nearer than a popular one"),
        pytest.param("tools/a.py", "import pricse", "did you mean `prices`?", id="beside the file"),
        pytest.param("tools/sub/a.py", "import pricse", "did you mean `prices`?", id="above it"),
        pytest.param("a.py", "import pricse", "", id="not beside the file"),
        pytest.param("a.py", "import invoces", "", id="no module"),
    ],
)
def test_a_near_miss_of_ones_own_needs_no_declaration(tmp_path, file, source, remedy):
    findings, _ = judged(tmp_path, "", source, OWN, file)
    assert [(one.rule, one.remedy) for one in findings] == [("unknown", remedy)]


def test_a_near_miss_is_told_only_where_it_is_near(tmp_path):
    state = stated(tmp_path, "", OWN)
    found = [judge.findings(state, path, b"import pricse\n")[0].remedy for path in ("a.py", "tools/a.py", "a/b.py")]
    assert found == ["", "did you mean `prices`?", ""]


def test_private_packages_are_candidates_for_what_is_unknown(tmp_path):
    findings, _ = judged(tmp_path, "acme-zz-sdk our-tools requests", "import nobody_knows", ENVIRONMENT)
    assert [(one.rule, one.candidates) for one in findings] == [("unknown", ("acme-zz-sdk",))]


def test_projects_of_the_repository_are_no_candidates(repo: Repo) -> None:
    """What they install is read from it."""
    named = '[project]\nname = "{}"\ndependencies = ["acme-shared", "acme-zz-sdk", "demo[web]"]\n'
    shared = {"libs/shared/pyproject.toml": named.format("acme-shared"), "libs/shared/acme_shared/__init__.py": ""}
    repo.stage({"pyproject.toml": named.format("demo"), "a.py": "import nobody_knows\n", **shared})
    assert "\n`acme-zz-sdk` is declared, and what it installs is not known either.\n" in repo.customs("a.py").out


def test_what_provides_says_is_known(tmp_path):
    own = '[project]\nname = "demo"\ndependencies = ["acme-zz-sdk", "acme-yy-sdk"]\n[tool.import-customs]\n'
    state = State(
        written(tmp_path, {"pyproject.toml": own + 'ignore = ["zz"]\nprovides = { acme-yy-sdk = ["zzq"] }\n'})
    )
    (found,) = judge.findings(state, "a.py", b"import nobody_knows, zzq")
    assert (found.candidates, found.has_provides, found.has_ignore) == (("acme-zz-sdk",), True, True)
    script = b"# /// script\n# dependencies = []\n# ///\nimport nobody_knows"  # its own table would be a new one
    assert [one.has_provides or one.has_ignore for one in judge.findings(state, "b.py", script)] == [False]


@pytest.mark.parametrize(("files", "warning"), [
    pytest.param({"uv.lock": "version = 9\n"}, "uv.lock: is of version 9 of its format, which is not known here; "
                 "the check goes on without it", id="lock file of an unknown version"),
    pytest.param({"uv.lock": ""}, "uv.lock: does not say the version of its format; the check goes on without it",
                 id="no lock file"),
    pytest.param({**ENVIRONMENT, f"{SITE}/idna-3.0.dist-info/METADATA": ""},
                 "the environment {here}/.venv: the metadata in idna-3.0.dist-info cannot be read; "
                 "the check goes on without", id="environment with broken metadata"),
])  # fmt: skip
def test_what_cannot_be_read_is_a_warning_and_the_check_goes_on(tmp_path, files, warning):
    findings, warnings = judged(tmp_path, "fastapi", "import requests", files)
    assert [one.rule for one in findings] == ["undeclared"]
    assert warnings == [warning.replace("{here}/.venv", str(tmp_path / ".venv"))]


@pytest.mark.parametrize(("module", "distribution", "remedy"), [
    pytest.param("Numpy", "numpy", "did you mean `numpy`?", id="a capital"),
    pytest.param("FPDF", "fpdf2", "did you mean `fpdf`?", id="capitals"),
    pytest.param("Bs4.element", "bs4", "did you mean `bs4`?", id="a short one, of an umbrella"),
    pytest.param("pypdf2", "pypdf2", "did you mean `PyPDF2`?", id="called as its distribution is"),
    pytest.param("ipython", "ipython", "did you mean `IPython`?", id="another such"),
    pytest.param("xlib", "python-xlib", "did you mean `Xlib`?", id="as another distribution is"),
    pytest.param("pillow", "pillow", "did you mean `PIL`?", id="a distribution's name"),
    pytest.param("PyTorch", "pytorch", "correct the spelling (`pytorch` installs no such module)", id="none is"),
])  # fmt: skip
@pytest.mark.parametrize("is_declared", [False, True], ids=["not declared", "declared"])
def test_a_module_in_another_case(tmp_path, module, distribution, remedy, *, is_declared):
    """Python compares modules by their case on every system, and distributions by none."""
    findings, _ = judged(tmp_path, distribution if is_declared else "", f"import {module}\n", {})
    assert [(one.rule, one.providers) for one in findings] == [("unknown", ())]
    assert findings[0].remedy.startswith(remedy)


def test_no_package_near_in_name_is_suggested_for_a_file_of_ones_own(tmp_path):
    findings, _ = judged(tmp_path, "", "import views\n", {})
    assert [(one.providers, one.settled_by) for one in findings] == [(("views", "views-py"), "")]
    assert judged(tmp_path, "rest-framework-simplejwt", "import views\n", {})[0] == []


@pytest.mark.parametrize(("declared", "module", "asked"), [
    pytest.param("django-notifications-community", "notifications.models", "notifications", id="a fork"),
    pytest.param("bw-file-resubmit", "file_resubmit", "file_resubmit", id="a fork of what is hardly known"),
    pytest.param("django-notifications-hq", "file_resubmit", "", id="another name"),
    pytest.param("zz-redis-of-ours", "redis", "", id="one of the best known is meant"),
    pytest.param("celery-singleton", "singleton", "", id="the index knows its module"),
    pytest.param("our-google-tools", "google.auth", "", id="in a namespace"),
    pytest.param("localstack-twisted", "twisted", "twisted", id="the same name with a word before it"),
    pytest.param("types-zz-singleton", "singleton", "", id="stubs"),
    pytest.param("django-ansible-base", "ansible", "", id="no fork of ansible-core by its name"),
])  # fmt: skip
def test_a_declared_package_called_after_the_module_is_asked_for(tmp_path, declared, module, asked):
    (found,), _ = judged(tmp_path, declared, f"import {module}\n", {})
    remedy = (
        f"`{declared}` is declared: if it installs `{asked}`, say so in `provides`, under [tool.import-customs]; if"
    )
    assert found.remedy.startswith(remedy) == bool(asked)
    assert not (asked and found.settled_by)


def test_of_a_declared_project_of_the_repository_it_is_known(repo: Repo) -> None:
    """Its name is a fork's, and its files tell that it has another module."""
    repo.stage({
        "pyproject.toml": "[project]\nname = 'demo'\ndependencies = ['zz-environ']\n",
        "libs/x/pyproject.toml": "[project]\nname = 'zz-environ'\n",
        "libs/x/src/zz_environ/__init__.py": "",
        "a.py": "import environ\n",
    })  # fmt: skip
    assert "`environ` (of `django-environ`) is not declared" in repo.customs("a.py").out


@pytest.mark.parametrize(("module", "distribution"), [
    ("PIL", "pillow"), ("OpenSSL", "pyopenssl"), ("yaml", "PyYAML"), ("flask", "Flask"), ("PyQt5.QtCore", "pyqt5"),
    ("MonthDelta", "monthdelta"), ("monthdelta", "MonthDelta"), ("SomeThingOfOurs", "somethingofours"),
])  # fmt: skip
def test_a_distribution_in_another_case_covers(tmp_path, module, distribution):
    assert judged(tmp_path, distribution, f"import {module}\n", {})[0] == []
