"""The kinds of use, each by a table: a declared distribution that nothing imports, the files beside, the verdict."""

# ruff: noqa: E501  a row is one line

import json

import pytest

HEAD = '[project]\nname = "demo"\nversion = "1"\nrequires-python = ">=3.11"\n'
USED, UNUSED = "used", "unused"


def verdict_of(repo, requirement, files, *, others=(), more=""):
    """What `--scope all` says of the requirement: used, unused, or why it is unsure."""
    listed = "\n".join(f'    "{one}",' for one in (requirement, *others))
    repo.stage({"pyproject.toml": f"{HEAD}dependencies = [\n{listed}\n]\n{more}", "app.py": "print(1)\n"} | files)
    ran = repo.customs("--unused", "--scope", "all", "--format", "json")
    said = json.loads(ran.out)
    assert (ran.status, said["findings"], said["errors"]) == (0, [], [])
    name = requirement.partition(">")[0].partition("[")[0].partition("<")[0]
    told = {one["distribution"]: one for one in said["told"]}
    if name not in told:
        return USED
    return UNUSED if told[name]["verdict"] == "unused" else told[name]["why"]


def rows(*ones):
    return pytest.mark.parametrize(
        ("requirement", "files", "verdict"), [pytest.param(*one[:-1], id=one[-1]) for one in ones]
    )


@rows(
    ("requests", {"app.py": "import requests"}, USED, "an import"),
    ("pyyaml", {"app.py": "import yaml"}, USED, "of another name"),
    (
        "requests",
        {"n.ipynb": '{"cells": [{"cell_type": "code", "source": ["import requests"]}]}'},
        USED,
        "in a notebook",
    ),
    ("requests", {"app.py": "# import requests"}, UNUSED, "in a comment"),
    ("requests", {"app.py": "import requests_mock"}, UNUSED, "of another whose name begins so"),
    ("google-cloud-storage", {"app.py": "from google.cloud import storage"}, USED, "in a namespace"),
    (
        "google-cloud-storage",
        {"app.py": "from google.cloud import bigquery"},
        UNUSED,
        "of another part of the namespace",
    ),
    ("requests", {"app.py": "def f(:\n    import requests"}, USED, "in a file that is broken"),
    (
        "requests",
        {"libs/a/x.py": "import requests", "libs/a/pyproject.toml": f"{HEAD}dependencies = []"},
        USED,
        "in another project, which does not declare it",
    ),
    (
        "requests",
        {"libs/a/x.py": "import requests", "libs/a/pyproject.toml": f'{HEAD}dependencies = ["requests"]'},
        UNUSED,
        "in another project, which declares it itself",
    ),
)
def test_imports(repo, requirement, files, verdict):
    assert verdict_of(repo, requirement, files) == verdict


@rows(
    ("gunicorn", {"Procfile": "web: gunicorn app:app\n"}, USED, "Procfile"),
    ("gunicorn", {"Dockerfile": 'FROM python\nCMD ["gunicorn", "app"]\n'}, USED, "Dockerfile"),
    ("gunicorn", {"Dockerfile": "FROM python\nRUN pip install \\\n    gunicorn\n"}, UNUSED, "installed there"),
    ("gunicorn", {"Dockerfile": "FROM python\nRUN pip install gunicorn && gunicorn app\n"}, USED, "installed, then run"),
    ("gunicorn", {"Makefile": "run:\n\tpython -m gunicorn app\n"}, USED, "with -m"),
    ("gunicorn", {"run.sh": "# gunicorn app\n"}, UNUSED, "in a comment"),
    ("twine", {"bin/release": "#!/bin/sh\ntwine upload\n"}, USED, "in a script without a suffix"),
    ("twine", {".github/workflows/release.yml": "- run: twine upload\n"}, USED, "in a workflow called release"),
    ("twine", {"CHANGELOG.md": "twine upload\n"}, UNUSED, "in a changelog"),
    ("twine", {"Makefile": "x:\n\t-@twine upload\n"}, USED, "in a recipe that is not shown"),
    ("twine", {"a.yml": "to: me@twine x\n"}, UNUSED, "in an address"),
    ("setuptools-scm", {"setup.cfg": "[tool.setuptools_scm]\n"}, USED, "a table of the module's name"),
    *(
        ("gunicorn", {f"data.{ending}": "gunicorn app\n"}, UNUSED, f"in .{ending}: data, or text in another language")
        for ending in ("har", "xlf", "eml", "jsonl", "svg")
    ),
    ("gunicorn", {"ci.yml": "steps:\n  - run: .venv/bin/gunicorn app\n"}, USED, "by its path"),
    ("gunicorn", {"requirements.txt": "gunicorn==1\n"}, UNUSED, "in a list of requirements"),
    ("gunicorn", {"x.cfg": "gunicorn-extra\n"}, UNUSED, "in a longer name"),
    ("gunicorn", {"x.lock": "gunicorn\n"}, UNUSED, "in a lock file"),
    ("gunicorn", {"app.py": 'run(["gunicorn", "app"])'}, USED, "started by Python"),
    ("gunicorn", {"app.py": 'run("cd x; gunicorn app", shell=True)'}, USED, "started by a shell of Python"),
    ("gunicorn", {"app.py": 'print("started by gunicorn")'}, UNUSED, "in a sentence"),
    ("python-dotenv", {"app.py": 'x = "python-dotenv must be installed to load a file."'}, UNUSED, "it begins a sentence"),
    ("itsdangerous", {"app.py": 'run("itsdangerous serve")'}, USED, "of one word, with what looks like a sub-command"),
    ("itsdangerous", {"app.py": 'run(["itsdangerous", "serve", "now"])'}, USED, "a word of its own"),
    ("itsdangerous", {"app.py": 'run("itsdangerous serve the app --port 80")'}, USED, "with an option"),
    ("itsdangerous", {"x.yml": "see: https://example.org/itsdangerous\n"}, UNUSED, "the end of an address"),
    ("itsdangerous", {"x.yml": "see: https://example.org/itsdangerous/x\n"}, UNUSED, "within an address"),
    ("poethepoet", {"Makefile": "all:\n\tpoe build\n"}, USED, "a command of another name"),
    ("chardet", {"run.sh": "chardetect x\n"}, USED, "of a library"),
    ("requests", {"k8s.yml": "resources:\n  requests:\n    cpu: 1\n"}, UNUSED, "a key"),
)  # fmt: skip
def test_commands(repo, requirement, files, verdict):
    assert verdict_of(repo, requirement, files) == verdict


@pytest.mark.parametrize(
    ("requirement", "more", "verdict"),
    [
        pytest.param("bumpver", "[tool.bumpver]\ncurrent_version = '1'\n", USED, id="its table"),
        pytest.param("poethepoet", "[tool.poe.tasks]\nx = 'y'\n", USED, id="a table of another name"),
        pytest.param(
            "requests", "[[tool.mypy.overrides]]\nmodule = ['requests.*']\n", UNUSED, id="how a checker takes it"
        ),
        pytest.param(
            "requests", "[tool.isort]\nknown_third_party = ['requests']\n", UNUSED, id="how a formatter sorts it"
        ),
        pytest.param("requests", "[dependency-groups]\ndev = ['requests']\n", UNUSED, id="declared twice"),
        pytest.param("requests", "[tool.x]\nbackend = 'requests.adapters'\n", USED, id="a string of a table"),
        pytest.param("requests", "[project.entry-points.x]\ny = 'requests:get'\n", USED, id="an entry point"),
        pytest.param(
            "django-stubs", "[tool.mypy]\nplugins = ['mypy_django_plugin.main']\n", USED, id="a plugin of a checker"
        ),
    ],
)
def test_tables_of_pyproject(repo, requirement, more, verdict):
    assert verdict_of(repo, requirement, {}, more=more) == verdict


@rows(
    ("django-extensions", {"settings.py": 'INSTALLED_APPS = ["django_extensions"]'}, USED, "whole"),
    ("django-redis", {"settings.py": 'BACKEND = "django_redis.cache.RedisCache"'}, USED, "before a dot"),
    ("requests", {"settings.py": 'X = "see requests.get"'}, UNUSED, "inside a text"),
    ("requests", {"settings.py": '"""requests.get"""'}, USED, "a long string may be code"),
    ("requests", {"settings.py": '# X = "requests.get"'}, UNUSED, "in a comment"),
    ("pyyaml", {"x.yml": "class: yaml.SafeLoader\n"}, USED, "in settings"),
    ("pyyaml", {"x.yml": "file: x.yaml\n"}, UNUSED, "the suffix of a file"),
    ("django-redis", {"README.md": "Set BACKEND to django_redis.cache.RedisCache.\n"}, USED, "in a document"),
    ("requests", {"README.md": "See https://requests.readthedocs.io.\n"}, UNUSED, "an address in a document"),
    ("uvicorn", {"run.sh": "python -m uvicorn app:main\n"}, USED, "with -m"),
    ("robotframework-seleniumlibrary", {"a.robot": "*** Settings ***\nLibrary    SeleniumLibrary\n"}, USED, "of Robot"),
    ("robotframework-seleniumlibrary", {"a.robot": "X\n    Library SeleniumLibrary\n"}, UNUSED, "a keyword of Robot"),
    ("django-stubs", {"tox.ini": "commands = pytest -p mypy_django_plugin\n"}, USED, "with -p"),
    ("requests", {"README.md": "```python\nimport requests\n```\n"}, USED, "imported in a document"),
    ("requests", {"docs/x.rst": "    >>> from requests import get\n"}, USED, "in an example of a document"),
)
def test_strings(repo, requirement, files, verdict):
    assert verdict_of(repo, requirement, files) == verdict


@rows(
    ("pytest-mock", {"test_a.py": "def test(mocker): ..."}, USED, "a fixture"),
    ("pytest-mock", {"test_a.py": "def test(): ...  # mocker"}, UNUSED, "in a comment"),
    ("pytest-mock", {"test_a.py": "def test(mockers): ..."}, UNUSED, "a longer name"),
    ("pytest-cov", {"tox.ini": "[testenv]\ncommands = pytest --cov=x\n"}, USED, "an option"),
    ("pytest-asyncio", {"test_a.py": "@pytest.mark.asyncio\nasync def test(): ..."}, USED, "a mark"),
    ("mkdocs-material", {"mkdocs.yml": "theme:\n  name: material\n"}, USED, "a theme"),
    ("mkdocs-git-revision-date-localized-plugin", {"mkdocs.yml": "plugins:\n  - git-revision-date-localized\n"}, USED, "an entry point of another name"),
    ("pytest-made-up-sugar", {}, USED, "nothing is known of it: never judged"),
    ("pytest-sugar", {}, "pytest loads it by itself", "its host loads it"),
    ("furo", {}, "only a conf.py would name it, and none is tracked", "no settings that could name it"),
    ("furo", {"docs/conf.py": 'html_theme = "furo"'}, USED, "named there"),
    ("furo", {"docs/conf.py": 'html_theme = "alabaster"'}, UNUSED, "not named there"),
    ("mkdocs-material", {"mkdocs.yml": "plugins:\n  - material/blog\n"}, USED, "a name of the index"),
    ("furo", {"docs/conf.py": "furo = 1"}, UNUSED, "a variable of that name"),
)  # fmt: skip
def test_plugins(repo, requirement, files, verdict):
    assert verdict_of(repo, requirement, files) == verdict


@rows(
    ("types-requests", {"app.py": "import requests"}, USED, "types-NAME"),
    ("sqlalchemy-stubs", {"mypy.ini": "[mypy]\nplugins = sqlmypy, own\n"}, USED, "the plugin that comes with it"),
    ("types-pyyaml", {"app.py": "import yaml"}, USED, "of another name"),
    ("types-pyyaml", {}, UNUSED, "of what nothing imports"),
    ("django-stubs", {"app.py": "import django"}, USED, "NAME-stubs"),
    ("pandas-stubs", {"app.py": "import numpy"}, UNUSED, "of another"),
)
def test_stubs(repo, requirement, files, verdict):
    assert verdict_of(repo, requirement, files) == verdict


@rows(
    ("psycopg2-binary", {".env": "URL=postgresql://x\n"}, USED, "a scheme"),
    ("psycopg2-binary", {"settings.py": 'ENGINE = "django.db.backends.postgresql"'}, USED, "an engine"),
    ("psycopg2-binary", {"settings.py": 'ENGINE = "django.db.backends.sqlite3"'}, UNUSED, "another"),
    ("pywin32", {}, USED, "started by a .pth file"),
)
def test_drivers_and_path(repo, requirement, files, verdict):
    assert verdict_of(repo, requirement, files) == verdict


@pytest.mark.parametrize(
    ("requirement", "others", "lock", "verdict"),
    [
        pytest.param("itsdangerous", ["starlette"], "", "starlette can use it", id="a companion"),
        pytest.param("python-multipart", ["fastapi"], "", "fastapi can use it", id="through one that requires the host"),
        pytest.param("jinja2", ["starlette"], "", "starlette can use it (starlette[full])", id="an extra"),
        pytest.param("itsdangerous", ["rich"], "", UNUSED, id="no host"),
        pytest.param("six", ["python-dateutil"], '[[package]]\nname = "python-dateutil"\nversion = "1"\ndependencies = [{ name = "six" }]\n[[package]]\nname = "six"\nversion = "1"\n', "it still arrives through python-dateutil", id="required, by the lock file"),
        pytest.param("six", ["a", "b"], '[[package]]\nname = "b"\nversion = "1"\ndependencies = [{ name = "c" }]\n[[package]]\nname = "c"\nversion = "1"\ndependencies = [{ name = "six" }]\n', "it still arrives through b", id="at any depth"),
        pytest.param("numpy<2", [], "", "its bound may be for what another distribution requires", id="a bound, without a lock file"),
        pytest.param("numpy<2", [], '[[package]]\nname = "numpy"\nversion = "1"\n', UNUSED, id="a bound, and a lock file that knows of none"),
        pytest.param("pluggy", ["pytest-cov"], "", "it still arrives through pytest-cov", id="required, by the index"),
        pytest.param("pluggy", ["pytest-cov"], '[[package]]\nname = "pytest-cov"\nversion = "1"\n', UNUSED, id="a lock file knows it better"),
        pytest.param("types-ujson", ["sanic"], "", UNUSED, id="an extra has it, but no host needs stubs"),
        pytest.param("dbt-snowflake", ["dbt-core"], "", "dbt-core can use it", id="an adapter of a host"),
        pytest.param("requests[socks]", [], "", "its extras may bring what is used", id="an extra of it, without a lock file"),
        pytest.param("fastapi-mail[httpx]", [], '[[package]]\nname = "fastapi-mail"\nversion = "1"\n', "its extras may bring what is used", id="an extra of it, with a lock file"),
        pytest.param("black", [], "", UNUSED, id="a tool where the project runs"),
        pytest.param("ipdb", [], "", "it may be used by hand", id="a debugger"),
        pytest.param("tzdata", [], "", "others read its data", id="data"),
    ],
)  # fmt: skip
def test_what_leaves_it_unsure(repo, requirement, others, lock, verdict):
    files = {"uv.lock": f"version = 1\n{lock}"} if lock else {}
    assert verdict_of(repo, requirement, files, others=others) == verdict


@rows(
    ("cffi", {"app.py": "from pyarrow.cffi import ffi"}, "pyarrow.cffi can use it", "an import of a part called so"),
    ("cffi", {"app.py": "from pyarrow import cffi"}, "pyarrow.cffi can use it", "in another form"),
    ("cffi", {"app.py": "from .pyarrow.cffi import ffi"}, UNUSED, "of a module of one's own"),
    ("cffi", {"app.py": "from acme.cffi import ffi"}, UNUSED, "of what is not declared"),
    (
        "playwright",
        {"app.py": "x = browser.playwright()"},
        "what `.playwright()` calls may need it",
        "a method called so",
    ),
    ("playwright", {"app.py": "x = browser.playwright"}, UNUSED, "no call"),
)
def test_parts_of_others(repo, requirement, files, verdict):
    assert verdict_of(repo, requirement, files, others=["pyarrow"]) == verdict


OTHER = {
    "libs/a/x.py": "import requests",
    "libs/a/pyproject.toml": f'{HEAD.replace("demo", "a")}dependencies = ["requests"]',
}
BUILT = '[build-system]\nrequires = ["hatchling", "jinja2"]\n'


@pytest.mark.parametrize(
    ("others", "more", "files", "verdict"),
    [
        pytest.param(["a"], "", {}, USED, id="a project that is declared imports it"),
        pytest.param([], BUILT, {}, USED, id="it is built, and has no package: of another's files"),
        pytest.param([], BUILT, {"demo/__init__.py": ""}, UNUSED, id="it has a package"),
        pytest.param([], "", {}, UNUSED, id="it is not built"),
    ],
)
def test_imports_of_another_project_that_declares_it_itself(repo, others, more, files, verdict):
    assert verdict_of(repo, "requests", OTHER | files, others=others, more=more) == verdict


@pytest.mark.parametrize(
    ("requirement", "place", "why"),
    [
        pytest.param("jinja2", "[dependency-groups]\ndev", "the build requires it, which may run where the project is installed", id="of the build"),
        pytest.param("meson-python", "[project.optional-dependencies]\nbuild", "pip loads it by itself", id="what builds others"),
        pytest.param("bottle", "[dependency-groups]\ndev", "which commands and plugins it brings is not known", id="not read"),
        pytest.param("bottle", "[project.optional-dependencies]\ndocs", "which commands and plugins it brings is not known", id="not read, in an extra for developers"),
        pytest.param("bottle", "[project.optional-dependencies]\nweb", "nothing uses it", id="in an extra for users"),
        pytest.param("myst-parser", "[dependency-groups]\ndev", "only a conf.py would name it, and none is tracked", id="named in one file"),
    ],
)  # fmt: skip
def test_in_places_for_developers(repo, requirement, place, why):
    repo.stage({"pyproject.toml": f'{HEAD}{place} = ["{requirement}"]\n{BUILT}', "app.py": "print(1)\n"})
    (said,) = json.loads(repo.customs("--unused", "--scope", "all", "--format", "json").out)["told"]
    assert said["why"] == why


@pytest.mark.parametrize(
    ("used", "unused", "verdict"),
    [
        pytest.param(0, 40, "unsure", id="nothing uses any"),
        pytest.param(60, 40, "unsure", id="nothing uses a fourth"),
        pytest.param(0, 15, "unused", id="few"),
        pytest.param(300, 40, "unused", id="few of many"),
    ],
)
def test_a_list_of_all_that_arrives(repo, used, unused, verdict):
    """A frozen one: what others require stands there too, and nobody can tell it from what is left over."""
    from import_customs.providers import distributions, rank
    from import_customs.providers.index_lines import SortedLines

    known = [name for name, _ in SortedLines("distributions.txt").items() if rank(name) <= 3000]
    names = [name for name in known if distributions.exact_modules(name) == [name]]
    listed = [name for name in names if not name.startswith("py")][: used + unused + 20]
    imports = "".join(f"import {name}\n" for name in listed[:used])
    requirements = ", ".join(f'"{name}"' for name in listed[: used + unused])
    repo.stage({"pyproject.toml": f"{HEAD}dependencies = [{requirements}]\n", "app.py": imports or "print(1)\n"})
    told = json.loads(repo.customs("--unused", "--scope", "all", "--format", "json").out)["told"]
    assert {one["verdict"] for one in told if "the list seems" in one["why"] or one["verdict"] == "unused"} == {verdict}


def test_a_tool_for_development_is_run_by_hand(repo):
    assert verdict_of(repo, "black", {}, more='[dependency-groups]\ndev = ["black"]\n') == UNUSED
    repo.stage({"pyproject.toml": f'{HEAD}[dependency-groups]\ndev = ["black"]\n'})
    said = json.loads(repo.customs("--unused", "--scope", "all", "--format", "json").out)
    assert [(one["verdict"], one["why"], one["place"]) for one in said["told"]] == [
        ("unsure", "it may be used by hand", "group dev")
    ]


@pytest.mark.parametrize(
    "files",
    [
        pytest.param({"pyproject.toml": '[build-system]\nrequires = ["requests"]\n[project]\nname = "x"\nversion = "1"\n'}, id="of the build"),
        pytest.param({"pyproject.toml": f'{HEAD}dependencies = ["a"]\n[tool.uv.sources]\na = {{ path = "a" }}\n', "a/pyproject.toml": HEAD}, id="a local project"),
        pytest.param({"pyproject.toml": "[tool.pixi.dependencies]\nnodejs = '*'\nrequests = '*'\n"}, id="conda packages"),
        pytest.param({"pyproject.toml": f'{HEAD}dynamic = ["dependencies"]\n[tool.setuptools.dynamic]\ndependencies = {{ file = ["r.txt"] }}\n', "r.txt": "# This file was autogenerated by uv\nrequests==1\n"}, id="compiled"),
        pytest.param({"setup.py": 'from setuptools import setup\nsetup(install_requires=["requests", *more()])\n'}, id="not all can be read"),
        pytest.param({"tests/x/pyproject.toml": f'{HEAD}dependencies = ["requests"]\n', "tests/x/a.py": ""}, id="a fixture"),
    ],
)  # fmt: skip
def test_never_judged(repo, files):
    repo.stage(
        {"app.py": "print(1)\n", "pyproject.toml": HEAD} | files if "setup.py" not in files else files | {"app.py": ""}
    )
    said = json.loads(repo.customs("--unused", "--scope", "all", "--format", "json").out)
    assert said["told"] == []


def test_it_blocks_where_that_is_asked_for(repo):
    settings = '[tool.import-customs]\nunused = "block"\n'
    repo.stage({"pyproject.toml": f'{HEAD}dependencies = ["requests", "ipdb"]\n{settings}', "app.py": ""})
    ran = repo.customs("--unused", "--scope", "all", "--quiet")
    assert (ran.status, ran.err) == (1, "")
    assert ran.out == (
        "pyproject.toml:5:18: unused: `requests` is declared, and nothing uses it; "
        "take it out, or keep it: # import-customs: keep, REASON\n"
    )


def test_what_keeps_nothing_is_noted(repo):
    kept = '    "requests",  # import-customs: keep, why not\n    "rich",  # import-customs: keep\n'
    settings = '[tool.import-customs]\nunused-ignore = ["nothing", "rich"]\n'
    repo.stage({"pyproject.toml": f"{HEAD}dependencies = [\n{kept}]\n{settings}", "app.py": "import requests\n"})
    ran = repo.customs("--unused", "--scope", "all")
    assert ran.status == 0
    assert ran.err.split("\n")[:-1] == [
        "note: pyproject.toml:7: `keep` without a reason: say why, `keep, REASON`",
        "note: pyproject.toml: unused ignore: nothing needs `nothing` of unused-ignore",
        "note: pyproject.toml:6: unused ignore: the comment keeps what is used, or nothing",
    ]


def test_its_own_extras_are_no_use(repo):
    """A lock file has the project itself, with its extras; and what two extras declare is told at each."""
    lock = 'version = 1\n[[package]]\nname = "demo"\nversion = "1"\nsource = { virtual = "." }\n[package.optional-dependencies]\na = [{ name = "requests" }]\nb = [{ name = "requests" }]\n[[package]]\nname = "requests"\nversion = "2"\n'
    extras = '[project.optional-dependencies]\na = ["requests"]\nb = ["requests"]\n'
    repo.stage({"pyproject.toml": f"{HEAD}dependencies = []\n{extras}", "uv.lock": lock, "app.py": ""})
    said = json.loads(repo.customs("--unused", "--scope", "all", "--format", "json").out)
    assert [(one["line"], one["place"], one["why"]) for one in said["told"]] == [
        (7, "extra a", "nothing uses it"),
        (8, "extra b", "nothing uses it"),
    ]


@rows(
    ("gunicorn", {"deploy/gunicorn.conf.py": "workers = 2\n"}, USED, "its settings"),
    ("streamlit", {".streamlit/config.toml": "x = 1\n"}, USED, "a folder of its settings"),
    ("coverage", {".coveragerc": "\n"}, USED, "a file without a suffix"),
    ("pytest", {"tests/test_a.py": "def test_a(): ...\n"}, USED, "a file that it runs"),
    ("jupyterlab", {"a.ipynb": '{"cells": [], "nbformat": 4}'}, USED, "a notebook"),
    ("redis", {"k8s/redis.yaml": "kind: Pod\n"}, UNUSED, "a file called like what has no command"),
    ("gunicorn", {"gunicorn/text.json": "{}\n"}, UNUSED, "a folder called like it"),
)
def test_files(repo, requirement, files, verdict):
    assert verdict_of(repo, requirement, files) == verdict


@rows(
    ("requests", {"a.py": 'run(["python", "-c", "import requests; requests.get()"])'}, USED, "for -c"),
    ("requests", {"a.py": 'def f():\n    """Do.\n\n    >>> import requests\n    """\n'}, USED, "a doctest"),
    ("requests", {"a.py": 'import_module(f"requests.{name}")'}, USED, "a module whose end is computed"),
    ("requests", {"a.py": 'x = "then import requests"'}, UNUSED, "in a sentence"),
    (
        "memory-profiler",
        {"n.ipynb": '{"cells": [{"cell_type": "code", "source": ["%load_ext memory_profiler"]}]}'},
        USED,
        "a magic",
    ),
)
def test_code_in_strings(repo, requirement, files, verdict):
    assert verdict_of(repo, requirement, files) == verdict
