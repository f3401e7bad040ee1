"""Repositories in which no pyproject.toml states dependencies: what their requirements files declare."""

import pytest

from conftest import Repo

TOOLS = "[tool.ruff]\nline-length = 100\n"
CONFIG = {"pyproject.toml": TOOLS, "setup.cfg": "# no [options]\n[flake8]\nmax-line-length = 99\n"}
BUILD = '[build-system]\nrequires = ["setuptools"]\n'
NAMING = '[tool.import-customs]\nrequirements-files = ["a.txt"]\n'
PIPFILE = '[packages]\nredis = "*"\n'
POETRY = '[tool.poetry]\nname = "a"\n'
DYNAMIC = '[project]\nname = "a"\ndynamic = ["dependencies"]\n'
READING = "from setuptools import setup\nsetup(name='a', install_requires=open('deps.txt').readlines())\n"
FILE = "[metadata]\nname = a\n[options]\ninstall_requires = file: all.txt\n"
DYNAMIC_FILE = '[tool.setuptools.dynamic]\ndependencies = { file = ["all.txt"] }\n'
NAMED = '[project]\nname = "{{ a }}"\n'
SETUP = "from setuptools import setup\nsetup(name='a', install_requires=['six'])\n"


@pytest.mark.parametrize(
    ("files", "status"),
    [
        pytest.param({"requirements.txt": "redis\n"}, 0, id="one file"),
        pytest.param({"pyproject.toml": TOOLS, "requirements.txt": "redis\n"}, 0, id="beside tables of tools"),
        pytest.param({"pyproject.toml": TOOLS, "requirements/base.txt": "redis\n"}, 0, id="in a folder of its own"),
        pytest.param({"requirements-dev.in": "redis\n"}, 0, id="what pip-compile reads"),
        pytest.param({"app/requirements.txt": "redis\n"}, 0, id="in the file's folder"),
        pytest.param({"app/requirements.txt": "six\n", "requirements.txt": "redis\n"}, 0, id="all of it together"),
        pytest.param({"Pipfile": PIPFILE}, 0, id="a Pipfile"),
        pytest.param({"Pipfile": PIPFILE.replace("packages", "dev-packages")}, 0, id="a Pipfile, for development"),
        pytest.param({"Pipfile": '[packages]\nsix = "*"\n', "requirements.txt": "redis\n"}, 0, id="a Pipfile and more"),
        pytest.param({"setup.py": SETUP, "requirements-dev.txt": "redis\n"}, 0, id="beside a setup.py"),
        pytest.param({"setup.py": SETUP, "pyproject.toml": TOOLS, "Pipfile": PIPFILE}, 0, id="setup.py and tools"),
        pytest.param({"setup.py": SETUP, "pyproject.toml": BUILD, "dev-requirements.txt": "redis\n"}, 0, id="a build"),
        pytest.param({"setup.py": READING, "deps.txt": "redis\n"}, 0, id="a file that setup.py reads"),
        pytest.param(
            {"app/setup.py": READING.replace("deps", "../deps"), "deps.txt": "redis\n"}, 0, id="one above that it reads"
        ),
        pytest.param(
            {"app/setup.py": READING.replace("deps", "../deps"), "deps.txt": "six\n"}, 1, id="without what is missing"
        ),
        pytest.param({"app/setup.py": READING.replace("deps", "../../deps")}, 2, id="one outside the repository"),
        pytest.param({"setup.py": READING, "deps.txt": "six\n"}, 1, id="the same, without it"),
        pytest.param({"setup.py": READING, "pyproject.toml": DYNAMIC, "deps.txt": "redis\n"}, 0, id="dynamic, too"),
        pytest.param({"requirements.txt": "six\n"}, 1, id="declared in none"),
        pytest.param({**CONFIG, "requirements.txt": "redis\n"}, 0, id="beside a setup.cfg of tools"),
        pytest.param({**CONFIG, "requirements.txt": "six\n"}, 1, id="the same, declared in none"),
        pytest.param({**CONFIG, "app/requirements.txt": "redis\n"}, 0, id="a setup.cfg of tools further up"),
        pytest.param(
            {**CONFIG, "pyproject.toml": BUILD, "requirements.txt": "six\n"}, 1, id="a setup.cfg of tools and a build"
        ),
        pytest.param(
            {**CONFIG, "setup.cfg": "[metadata]\nname = a\n", "requirements.txt": "six\n"},
            1,
            id="a setup.cfg of a build",
        ),
        pytest.param(
            {"setup.py": SETUP, "pyproject.toml": POETRY, "requirements.txt": "redis\n"}, 1, id="Poetry states"
        ),
        pytest.param(
            {"setup.py": SETUP, "pyproject.toml": NAMING, "requirements.txt": "redis\n", "a.txt": "six\n"},
            1,
            id="the user says which file counts",
        ),
        pytest.param(
            {"pyproject.toml": '[project]\nname = "a"\n', "Pipfile": PIPFILE}, 1, id="a Pipfile beside a project"
        ),
        pytest.param({"Pipfile": "[packages\n"}, 2, id="a Pipfile that is no TOML"),
        pytest.param({"requirements.txt": "redis\n", "requirements.in": "six\n"}, 1, id="a compiled file"),
        pytest.param({"other/requirements.txt": "redis\n"}, 2, id="in another folder: nothing declares here"),
        pytest.param({"pyproject.toml": TOOLS}, 2, id="nothing at all declares"),
        pytest.param(
            {"pyproject.toml": '[project]\nname = "a"\n', "requirements.txt": "redis\n"}, 1, id="a project states"
        ),
    ],
)
def test_declared(repo: Repo, files: dict[str, str], status: int) -> None:
    repo.stage({"app/a.py": "import redis\n", **files})
    assert repo.customs("--scope", "all").status == status


def test_what_was_read_is_noted_once_and_where_to_add_is_said(repo: Repo) -> None:
    repo.stage({"requirements/base.txt": "six\n", "requirements/dev.txt": "pytest\n"})
    repo.stage({"a.py": "import redis\n", "b.py": "import six\n"})
    ran = repo.customs("--scope", "all")
    assert ran.err.count("taken from requirements/base.txt, requirements/dev.txt") == 1
    assert "Add to requirements/base.txt:\n\n    redis\n" in ran.out


@pytest.mark.parametrize(
    ("folder", "files", "template"),
    [
        pytest.param(
            "{{ a }}",
            {"pyproject.toml": '[project]\nname = "{{ a }}"\n'},
            "{{ a }}/pyproject.toml",
            id="pyproject.toml",
        ),
        pytest.param(
            "new", {"pyproject.toml": '[project]\nname = "{{ a }}"\n'}, "new/pyproject.toml", id="by its name"
        ),
        pytest.param("{{ cookiecutter.a }}", {}, "{{ cookiecutter.a }}", id="a folder"),
        pytest.param("{% if a %}b{% endif %}", {}, "{% if a %}b{% endif %}", id="a folder on a condition"),
        pytest.param("{{ a }}", {"setup.py": SETUP}, "{{ a }}", id="with a setup.py"),
        pytest.param("{{ a }}", {"pyproject.toml": BUILD}, "{{ a }}", id="with a build"),
        pytest.param("{{ a }}", {"Pipfile": "[packages\n"}, "{{ a }}", id="with a Pipfile that is yet no TOML"),
    ],
)
@pytest.mark.parametrize("beside", [{}, {"pyproject.toml": '[project]\nname = "a"\n'}, {"requirements.txt": "six\n"}])
def test_a_template_states_nothing_and_is_not_checked(
    repo: Repo, beside: dict[str, str], folder: str, files: dict[str, str], template: str
) -> None:
    repo.stage({"setup.cfg": "[flake8]\n", **beside})
    repo.stage({f"{folder}/requirements.txt": "six\n", **{f"{folder}/{name}": text for name, text in files.items()}})
    repo.stage({f"{folder}/src/a.py": "import redis\n", f"{folder}/b.py": "import six\nimport redis\n"})
    ran = repo.customs("--scope", "all")
    note = f"note: not checked, for {template} is a template: {folder}/b.py, {folder}/src/a.py\n"
    assert (ran.status, ran.err) == (0, note)


@pytest.mark.parametrize(
    ("kept", "told"),
    [
        pytest.param(
            {"requirements.txt": "redis\n"}, "Add to requirements.txt:\n\n    celery\n", id="for runtime code"
        ),
        pytest.param(
            {"requirements.txt": "redis\n", "requirements-docs.txt": "furo\n"},
            "Add to requirements.txt:\n\n    celery\n",
            id="for the docs, too",
        ),
        pytest.param(
            {"requirements.txt": "redis\n", "requirements-test.txt": "six\n", "docs/b.py": "import celery\n"},
            "Add to requirements-test.txt:\n\n    celery\n",
            id="for other development",
        ),
        pytest.param({"Pipfile": PIPFILE}, "Add to Pipfile:\n\n    [dev-packages]\n    celery", id="a Pipfile"),
    ],
)
def test_no_group_is_made_where_it_would_end_what_is_kept(repo: Repo, kept: dict[str, str], told: str) -> None:
    repo.stage({"setup.py": SETUP, "pyproject.toml": TOOLS, "a.py": "import redis\n", "tests/b.py": "import celery\n"})
    repo.stage(kept)
    ran = repo.customs("--scope", "all")
    assert told in ran.out
    assert "--fix" not in ran.out


def test_a_placeholder_in_settings_of_tools_is_no_template(repo: Repo) -> None:
    repo.stage({"pyproject.toml": "[tool.black]\nexclude = '{{ cookiecutter.a }}'\n", "requirements.txt": "six\n"})
    repo.stage({"app/pyproject.toml": "[tool.black]\nexclude = '{{ b }}'\n", "app/a.py": "import six\n"})
    assert repo.customs("--scope", "all").status == 0


@pytest.mark.parametrize(
    ("kept", "imported_by", "where"),
    [
        pytest.param({"Pipfile": PIPFILE}, "a.py", '[packages] of Pipfile:\n\n    celery = "*"\n', id="Pipfile"),
        pytest.param(
            {"Pipfile": PIPFILE + "[dev-packages]\n"},
            "tests/a.py",
            '[dev-packages] of Pipfile:\n\n    celery = "*"\n',
            id="Pipfile, a test",
        ),
        pytest.param(
            {"setup.py": READING, "deps.txt": "six\n", "pyproject.toml": TOOLS, "Pipfile": PIPFILE},
            "a.py",
            "deps.txt:\n\n    celery\n",
            id="the file that setup.py reads, with a Pipfile beside it",
        ),
        pytest.param(
            {"Pipfile": PIPFILE, "docs/requirements.txt": "sphinx\n"},
            "docs/a.py",
            "docs/requirements.txt:\n\n    celery\n",
            id="the file beside the importing one, with a Pipfile above",
        ),
        pytest.param(
            {"Pipfile": PIPFILE},
            "tests/a.py",
            'Pipfile:\n\n    [dev-packages]\n    celery = "*"\n',
            id="Pipfile, a test, without that table",
        ),
        pytest.param(
            {"pixi.toml": '[dependencies]\nsix = "*"\n'},
            "a.py",
            'pixi.toml:\n\n    [pypi-dependencies]\n    celery = "*"\n',
            id="pixi.toml with packages of conda alone",
        ),
        pytest.param(
            {"setup.py": READING, "deps.txt": "six\n"}, "a.py", "deps.txt:\n\n    celery\n", id="what it reads"
        ),
        pytest.param({"setup.py": SETUP}, "a.py", 'install_requires of setup.py:\n\n    "celery",\n', id="setup.py"),
        pytest.param(
            {"setup.py": READING, "deps.txt": ""}, "a.py", "deps.txt:\n\n    celery\n", id="it reads an empty one"
        ),
        pytest.param(
            {"setup.cfg": FILE, "all.txt": "# none yet\n"},
            "a.py",
            "all.txt:\n\n    celery\n",
            id="setup.cfg names an empty one",
        ),
        pytest.param(
            {
                "setup.cfg": "[options.extras_require]\nweb = file: requirements-web.txt\n",
                "requirements-web.txt": "six\n",
            },
            "a.py",
            "setup.cfg:\n\n    [options]\n    install_requires =\n        celery\n",
            id="the file of an extra",
        ),
        pytest.param(
            {"pyproject.toml": DYNAMIC + DYNAMIC_FILE, "all.txt": ""},
            "a.py",
            "all.txt:\n\n    celery\n",
            id="pyproject.toml names an empty one",
        ),
        pytest.param(
            {"pyproject.toml": DYNAMIC + DYNAMIC_FILE, "all.txt": "-r core.txt\n", "core.txt": "six\n"},
            "a.py",
            "core.txt:\n\n    celery\n",
            id="what it names holds only a further file's name",
        ),
        pytest.param(
            {"pyproject.toml": TOOLS, "setup.cfg": "[options]\ninstall_requires =\n"},
            "a.py",
            "install_requires of setup.cfg:\n\n    celery\n",
            id="an empty list in setup.cfg",
        ),
        pytest.param(
            {"setup.py": SETUP},
            "tests/a.py",
            'the arguments of setup() in setup.py:\n\n    extras_require={"dev": [\n        "celery",\n    ]},\n',
            id="setup.py, a test",
        ),
        pytest.param(
            {"setup.py": SETUP.replace(")\n", ", extras_require={'web': ['six']})\n")},
            "tests/a.py",
            'extras_require of setup.py, as a new extra dev:\n\n    "dev": [\n        "celery",\n    ],\n',
            id="setup.py with an extra, a test",
        ),
        pytest.param(
            {"setup.cfg": "[options]\n[options.extras_require]\nweb =\n    six\n"},
            "a.py",
            "[options] of setup.cfg:\n\n    install_requires =\n        celery\n",
            id="no list in setup.cfg",
        ),
        pytest.param(
            {"setup.py": "from setuptools import setup\nsetup(extras_require={'web': ['six']})\n"},
            "a.py",
            'the arguments of setup() in setup.py:\n\n    install_requires=[\n        "celery",\n    ],\n',
            id="no list in setup.py",
        ),
        pytest.param(
            {"setup.cfg": "[metadata]\nname = a\n[options]\ninstall_requires =\n    six\n"},
            "tests/a.py",
            "setup.cfg:\n\n    [options.extras_require]\n    dev =\n        celery\n",
            id="setup.cfg, a test",
        ),
        pytest.param(
            {"setup.py": SETUP, "requirements-dev.txt": "six\n"},
            "tests/a.py",
            "requirements-dev.txt:\n\n    celery\n",
            id="the file for development beside setup.py",
        ),
        pytest.param(
            {"requirements/base.txt": "six\n", "requirements/dev.txt": "-r base.txt\npytest\n"},
            "orders/tests.py",
            "requirements/dev.txt:\n\n    celery\n",
            id="Django's tests.py",
        ),
        pytest.param(
            {
                "pyproject.toml": '[project]\nname = "a"\n',
                "hatch.toml": '[envs.hatch-test]\nextra-dependencies = ["x"]\n',
            },
            "tests/a.py",
            'the dependencies in [envs.hatch-test] of hatch.toml:\n\n    "celery",\n',
            id="hatch.toml has environments",
        ),
        pytest.param(
            {"requirements.txt": "six\n", "requirements-test.txt": "pytest\n"},
            "tests/a.py",
            "requirements-test.txt:\n\n    celery\n",
            id="the file for tests",
        ),
        pytest.param(
            {"requirements-gpu.txt": "torch\n", "requirements-lock.txt": "six\n", "requirements.in": "six\n"},
            "a.py",
            "requirements.in:\n\n    celery\n",
            id="the file that people write",
        ),
        pytest.param(
            {
                "requirements.txt": "-r requirements/production.txt\n",
                "requirements/base.txt": "six\n",
                "requirements/production.txt": "-r base.txt\nuwsgi\n",
            },
            "a.py",
            "requirements/base.txt:\n\n    celery\n",
            id="not the one that only names another",
        ),
        pytest.param(
            {
                "requirements.txt": "-r requirements/pip.txt\n",
                "requirements/deploy.in": "-r pip.txt\nuwsgi\n",
                "requirements/pip.in": "six\nattrs\n",
                "requirements/pip.txt": "six==1.17.0\nattrs==26.1.0\n",
            },
            "a.py",
            "requirements/pip.in:\n\n    celery\n",
            id="of files that are as plain, the one that states the most",
        ),
    ],
)
def test_where_to_add_it(repo: Repo, kept: dict[str, str], imported_by: str, where: str) -> None:
    repo.stage({imported_by: "import celery\n", **kept})
    assert f"Add to {where}" in repo.customs().out


SETUP_CFG = "[metadata]\nname = demo\n[options]\ninstall_requires = file: missing.txt\n"


@pytest.mark.parametrize(
    ("files", "says"),
    [
        pytest.param(
            {"requirements.txt": "-r missing.txt\nsix\n"},
            "requirements.txt:1:1: error: names missing.txt: there is no such file\n",
            id="named by a requirements file",
        ),
        pytest.param(
            {"requirements.txt": "-r reqs/b:1.txt\n", "reqs/b:1.txt": "six\n-r missing.txt\n"},
            "reqs/b:1.txt:2:1: error: names reqs/missing.txt: there is no such file\n",
            id="by one that it names, with a colon in its name",
        ),
        pytest.param(
            {"setup.cfg": SETUP_CFG},
            "setup.cfg:4:1: error: names missing.txt: there is no such file\n",
            id="by a setup.cfg",
        ),
        pytest.param(
            {"setup.cfg": SETUP_CFG, "pyproject.toml": '[build-system]\nrequires = ["setuptools"]\n'},
            "setup.cfg:4:1: error: names missing.txt: there is no such file\n",
            id="by a setup.cfg beside a pyproject.toml",
        ),
        pytest.param(
            {"setup.cfg": "[metadata]\nname = demo\n[options\n", "requirements.txt": "???\n???\n"},
            "requirements.txt:1:1: error: not a valid requirement: '???' (and 1 more)\n",
            id="by nothing",
        ),
        pytest.param(
            {"requirements.txt": "six\n" + "#" * 9 * 1024**2},
            "requirements.txt: error: is larger than 8 MiB\n",
            id="itself",
        ),
    ],
)
def test_what_cannot_be_read_is_an_error_at_its_line(repo: Repo, files: dict[str, str], says: str) -> None:
    repo.stage({"a.py": "import celery\n", **files})
    ran = repo.customs("--staged")
    assert (ran.status, says in ran.err) == (2, True)
    repo.stage({"a.py": "import os\n"})
    assert repo.customs("--staged").status == 0


def test_every_file_to_add_to_is_to_be_staged(repo: Repo) -> None:
    repo.stage({"requirements/base.txt": "six\n", "requirements/dev.txt": "pytest\n"})
    repo.commit()
    repo.stage({"a.py": "import redis\n", "tests/a.py": "import celery\n"})
    ran = repo.customs("a.py", "tests/a.py", PRE_COMMIT="1")
    assert "Then `git add requirements/base.txt requirements/dev.txt` and commit again." in ran.out


def test_a_declaration_that_a_pipfile_loses(repo: Repo) -> None:
    repo.stage({"Pipfile": PIPFILE, "a.py": "import redis\n"})
    repo.commit()
    repo.stage({"Pipfile": "[packages]\n"})
    ran = repo.customs(PRE_COMMIT="1")
    assert (ran.status, "a.py:1:8: undeclared" in ran.out) == (1, True)
    assert 'Add to [packages] of Pipfile:\n\n    redis = "*"\n' in ran.out


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_what_a_tool_compiled_declares_nothing_in_any_encoding(repo: Repo, encoding: str) -> None:
    compiled = "#\n# This file is autogenerated by pip-compile\r\n#\nredis==5\n"
    repo.stage({"requirements.in": "six\n", "requirements-dev.txt": compiled.encode(encoding), "a.py": "import redis"})
    assert repo.customs("--scope", "all").status == 1


COMPILED = (
    "# This file was autogenerated by uv via the following command:\n#    uv pip compile requirements.in\nsix==1\n"
)
NAMING = DYNAMIC + "[tool.setuptools.dynamic]\ndependencies = { file = 'requirements.txt' }\n"


@pytest.mark.parametrize(("files", "told"), [
    pytest.param({"requirements.in": "six\n", "requirements.txt": "six==1\n"}, "requirements.txt", id="beside it"),
    pytest.param({"requirements.in": "six\n"}, "", id="not compiled"),
    pytest.param({"requirements.in": "six\n", "requirements.txt": COMPILED, "pyproject.toml": NAMING},
                 "requirements.txt", id="a table names what is compiled"),
    pytest.param({"requirements.in": "six\n", "dev-requirements.txt": "pytest\n"}, "", id="another file"),
])  # fmt: skip
def test_what_is_compiled_is_to_be_compiled_again(repo: Repo, files: dict[str, str], told: str) -> None:
    repo.stage(files)
    repo.commit()
    repo.stage({"a.py": "import redis\n"})
    ran = repo.customs("a.py", PRE_COMMIT="1")
    assert ran.out.endswith(f"Then `git add requirements.in{f' {told}' if told else ''}` and commit again.\n")
    assert (f"`{told}` is compiled from `requirements.in`: compile it again." in ran.out) == bool(told)


def test_what_is_stated_and_not_compiled_yet_is_not_to_be_stated_again(repo: Repo) -> None:
    repo.stage({"requirements.in": "redis\n", "requirements.txt": COMPILED, "pyproject.toml": NAMING})
    repo.commit()
    repo.stage({"a.py": "import redis\n"})
    ran = " ".join(repo.customs("a.py", PRE_COMMIT="1").out.split())
    assert "Add to requirements.txt: redis" in ran
    assert "`requirements.txt` is compiled from `requirements.in`, which states `redis`: compile it again." in ran


@pytest.mark.parametrize(
    ("files", "named"),
    [
        pytest.param({"pyproject.toml": TOOLS, "setup.py": SETUP}, "setup.py", id="beside tables of tools"),
        pytest.param(
            {"pyproject.toml": BUILD, "setup.cfg": "[options]\ninstall_requires = six\n"}, "setup.cfg", id="a setup.cfg"
        ),
        pytest.param({"pyproject.toml": DYNAMIC, "setup.py": SETUP}, "setup.py", id="left to it"),
        pytest.param({"pyproject.toml": POETRY, "setup.py": "setup()"}, "pyproject.toml", id="a table states"),
    ],
)  # fmt: skip
def test_the_file_is_named_that_states_what_is_declared(repo: Repo, files: dict[str, str], named: str) -> None:
    repo.stage({"app/a.py": "import redis\n", **files})
    told = repo.customs("--scope", "all").out
    assert f"`redis` is not declared in {named}\n" in told
    assert f"1 package is imported and not declared in {named}.\n" in told
