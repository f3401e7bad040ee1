"""What a commit makes unused: a row is the state before, the change, and the declarations that block or are told."""

# ruff: noqa: E501  a row is one line

import json
import sys
import tomllib

import jsonschema
import pytest

from conftest import ROOT

SCHEMA = ROOT / "hooks/import_customs/report/schema.json"

PYPROJECT = '[project]\nname = "demo"\nversion = "1"\ndependencies = [\n    {},\n]\n'
USING = "import requests\n\nprint(requests)\n"


def declaring(*requirements: str, more: str = "") -> str:
    return PYPROJECT.format(",\n    ".join(f'"{one}"' for one in requirements)) + more


def judged(repo, *arguments, **environment):
    """The names that block, and those that are told with the reason."""
    ran = repo.customs("--unused", "--format", "json", *arguments, **{"PRE_COMMIT": "1"} | environment)
    said = json.loads(ran.out)
    assert said.get("errors") == [], said
    assert ran.status == (1 if said["findings"] else 0)
    return [one["distribution"] for one in said["findings"]], {one["distribution"]: one["why"] for one in said["told"]}


def committed(repo, files):
    repo.stage(files)
    assert repo.commit().status == 0


BLOCKED = [
    pytest.param({"app.py": USING}, {"app.py": "print(1)\n"}, id="the last import is removed"),
    pytest.param({"app.py": USING}, {"app.py": None}, id="the file with the last import is deleted"),
    pytest.param({"app.py": USING}, {"app.py": "# import requests\n"}, id="only a comment is left"),
    pytest.param({"app.py": USING}, {"app.py": '"""We import requests."""\n'}, id="only a text is left"),
    pytest.param({"a.py": USING}, {"a.py": None, "b.py": "print(requests)\n"}, id="renamed, and without the import"),
    pytest.param(
        {"n.ipynb": '{"cells": [{"cell_type": "code", "source": ["import requests"]}]}'},
        {"n.ipynb": None},
        id="notebook",
    ),
    pytest.param(
        {"app.py": "def f():\n    import requests.adapters\n"}, {"app.py": "\n"}, id="a submodule, in a function"
    ),
    pytest.param({"app.py": USING, "x.lock": "requests"}, {"app.py": "\n"}, id="a lock file names it"),
    pytest.param({"app.py": USING, "README.md": "We had requests once.\n"}, {"app.py": "\n"}, id="a document names it"),
    pytest.param(
        {"app.py": USING, "ci.yml": "run: pip install requests\n"}, {"app.py": "\n"}, id="a command installs it"
    ),
    pytest.param(
        {"app.py": USING, "ci.yml": "# requests\n"}, {"app.py": "\n"}, id="a comment of a settings file names it"
    ),
    pytest.param(
        {"app.py": USING, "k.yml": "resources:\n  requests:\n    cpu: 1\n"}, {"app.py": "\n"}, id="a key is called so"
    ),
]
NOT_BLOCKED = [
    pytest.param({"app.py": USING, "b.py": USING}, {"app.py": "\n"}, id="another file imports it"),
    pytest.param({"app.py": USING}, {"app.py": "\n", "b.py": USING}, id="the import moves to a new file"),
    pytest.param({"app.py": USING}, {"app.py": None, "b.py": USING}, id="renamed"),
    pytest.param(
        {"app.py": USING, "run": "#!/usr/bin/env python\nimport requests\n"},
        {"app.py": "\n"},
        id="a script without suffix",
    ),
    pytest.param({"app.py": USING}, {"app.py": "from requests import get\n"}, id="it is imported in another way"),
    pytest.param(
        {"app.py": USING}, {"app.py": 'import importlib\nimportlib.import_module("requests")\n'}, id="by a call"
    ),
    pytest.param({"app.py": USING}, {"app.py": 'BACKEND = "requests.adapters"\n'}, id="by a string"),
    pytest.param(
        {"app.py": USING}, {"app.py": "try:\n    import requests\nexcept ImportError:\n    pass\n"}, id="under try"
    ),
    pytest.param({"app.py": USING, "Procfile": "web: python -m requests\n"}, {"app.py": "\n"}, id="by a command"),
    pytest.param(
        {"app.py": USING, "a.ipynb": '{"cells": [{"cell_type": "code", "source": ["import requests"]}]}'},
        {"app.py": "\n"},
        id="a notebook stays",
    ),
    pytest.param({"app.py": USING, "apps.yml": "apps:\n  - requests\n"}, {"app.py": "\n"}, id="in a list of settings"),
    pytest.param({"app.py": USING, "x.pyx": "cimport requests\n"}, {"app.py": "\n"}, id="in Cython"),
    pytest.param({"app.py": USING, "README.md": "```\nimport requests\n```\n"}, {"app.py": "\n"}, id="in a document"),
    pytest.param({"app.py": "print(1)\n"}, {"app.py": "print(2)\n"}, id="nothing imported it before either"),
    pytest.param({"app.py": USING}, {"other.py": "print(2)\n"}, id="no import is removed"),
]


def changed(repo, before, change):
    """Commit what was before, and stage the change; None deletes."""
    repo.write({"pyproject.toml": declaring("requests>=2")} | before)
    repo.git("add", "--all")
    for path in before:
        (repo.path / path).chmod(0o755 if "." not in path else 0o644)
    repo.git("add", "--all")
    assert repo.commit().status == 0
    for path in [path for path, text in change.items() if text is None]:
        repo.git("rm", "-q", path)
    repo.stage(
        {path: text for path, text in change.items() if text is not None}
        or {"pyproject.toml": declaring("requests>=2")}
    )


@pytest.mark.parametrize(("before", "change"), BLOCKED)
def test_blocks(repo, before, change):
    changed(repo, before, change)
    assert judged(repo) == (["requests"], {})


@pytest.mark.parametrize(("before", "change"), NOT_BLOCKED)
def test_does_not_block(repo, before, change):
    changed(repo, before, change)
    assert judged(repo) == ([], {})


@pytest.mark.parametrize(
    ("requirements", "more", "before", "blocked", "told"),
    [
        pytest.param(
            ["httpx", "starlette"],
            "",
            "import httpx",
            [],
            {"httpx": "last import removed; starlette can use it"},
            id="companion",
        ),
        pytest.param(
            ["itsdangerous", "starlette"],
            "",
            "import itsdangerous",
            [],
            {"itsdangerous": "last import removed; starlette can use it"},
            id="extra",
        ),
        pytest.param(
            ["numpy<2", "pandas"],
            "",
            "import numpy",
            [],
            {"numpy": "last import removed; its bound may be for what another distribution requires"},
            id="a bound, and no lock file that could say for what",
        ),
        pytest.param(
            ["google-cloud-storage", "google-cloud-bigquery"],
            "",
            "from google.cloud import storage",
            ["google-cloud-storage"],
            {},
            id="one part of a namespace",
        ),
        pytest.param(
            ["tomlkit==0.13.0", "requests", "flask"],
            "",
            "import tomlkit",
            [],
            {"tomlkit": "last import removed; its bound may be for what another distribution requires"},
            id="a version alone, where others have none",
        ),
        pytest.param(["tomlkit==0.13.0", "requests==2"], "", "import tomlkit", ["tomlkit"], {}, id="all are pinned"),
        pytest.param(
            ["pyyaml", "types-pyyaml"], "", "import yaml", ["pyyaml", "types-pyyaml"], {}, id="a stub goes with it"
        ),
        pytest.param(["acme-billing"], "", "import acme_billing", [], {}, id="of which nothing is known"),
        pytest.param(
            ["acme-billing"],
            '[tool.import-customs]\nprovides = { acme-billing = ["acme_billing"] }\n',
            "import acme_billing",
            ["acme-billing"],
            {},
            id="that provides names",
        ),
        pytest.param(
            ["requests @ https://example.invalid/requests.tar.gz"], "", "import requests", [], {}, id="from a URL"
        ),
        pytest.param(
            ["requests"],
            '[tool.import-customs]\nunused-ignore = ["req*"]\n',
            "import requests",
            [],
            {},
            id="unused-ignore",
        ),
        pytest.param(["gunicorn"], "", "import gunicorn", ["gunicorn"], {}, id="a server that nothing runs"),
        pytest.param(
            ["psycopg2-binary"], "", "import psycopg2", ["psycopg2-binary"], {}, id="a driver without its scheme"
        ),
    ],
)
def test_of_other_kinds(repo, requirements, more, before, blocked, told):
    committed(repo, {"pyproject.toml": declaring(*requirements, more=more), "app.py": f"{before}\n"})
    repo.stage({"app.py": "print(1)\n"})
    assert judged(repo) == (blocked, told)


def test_a_lock_file_tells_what_still_requires_it(repo):
    lock = 'version = 1\n[[package]]\nname = "python-dateutil"\nversion = "2"\ndependencies = [{ name = "six" }]\n[[package]]\nname = "six"\nversion = "1"\n'
    committed(
        repo,
        {"pyproject.toml": declaring("python-dateutil", "six"), "uv.lock": lock, "app.py": "import six, dateutil\n"},
    )
    repo.stage({"app.py": "import dateutil\n"})
    assert judged(repo) == ([], {"six": "last import removed; it still arrives through python-dateutil"})


@pytest.mark.parametrize(
    ("line", "blocks"),
    [
        pytest.param(
            '    "requests",  # import-customs: keep, it is for a script elsewhere\n', False, id="on its line"
        ),
        pytest.param('    # import-customs: keep, for later\n    "requests",\n', False, id="above"),
        pytest.param(
            '    "rich",  # import-customs: keep, for later\n    "requests",\n', True, id="that of the line above"
        ),
        pytest.param('    "requests",  # keep\n', True, id="another comment"),
    ],
)
def test_keep(repo, line, blocks):
    committed(repo, {"pyproject.toml": f'[project]\nname = "demo"\ndependencies = [\n{line}]\n', "app.py": USING})
    repo.stage({"app.py": "\n"})
    assert judged(repo) == (["requests"] if blocks else [], {})


def test_nothing_stands_above_the_first_line(repo):
    committed(repo, {"requirements.txt": "requests\nrich\n# import-customs: keep", "app.py": f"import rich\n{USING}"})
    repo.stage({"app.py": "import rich\n"})
    assert judged(repo) == (["requests"], {})


def test_a_member_that_rests_on_the_roots_declaration(repo):
    """A member's own declaration is its own; without one it has the root's."""
    files = {"pyproject.toml": declaring("requests"), "app.py": USING, "libs/a/a.py": USING}
    committed(repo, files | {"libs/a/pyproject.toml": declaring("rich")})
    repo.stage({"app.py": "\n"})
    assert judged(repo) == ([], {})
    repo.stage({"libs/a/pyproject.toml": declaring("requests")})
    assert judged(repo)[0] == ["requests"]


def test_an_added_declaration_is_told(repo):
    committed(repo, {"pyproject.toml": declaring("requests"), "app.py": USING})
    repo.stage({"pyproject.toml": declaring("requests", "rich")})
    assert judged(repo) == ([], {"rich": "declared newly, and nothing uses it yet"})
    repo.stage({"pyproject.toml": declaring("requests", "rich", more='[tool.import-customs]\nadded = "block"\n')})
    assert judged(repo) == (["rich"], {})


def test_one_in_a_file_of_another_folder_is_told(repo):
    dynamic = '[tool.setuptools.dynamic]\ndependencies = { file = ["../shared/base.txt"] }\n'
    project = f'[project]\nname = "demo"\nrequires-python = ">=3.11"\ndynamic = ["version", "dependencies"]\n{dynamic}'
    committed(repo, {"a/pyproject.toml": project, "shared/base.txt": "requests\n", "a/app.py": USING})
    repo.stage({"shared/base.txt": "requests\nrich\ntomli; python_version < '3'\n"})
    ran = repo.customs("--unused", PRE_COMMIT="1")
    assert "shared/base.txt:2  rich   declared newly, and nothing uses it yet" in ran.out + ran.err
    assert "shared/base.txt:3:1: never-installed: `tomli` is installed nowhere" in ran.out


def test_what_a_file_imports_that_was_never_added_is_told(repo):
    committed(repo, {"pyproject.toml": declaring("requests"), "app.py": USING})
    repo.stage({"app.py": "\n"})
    repo.write({"new.py": USING})
    assert judged(repo) == (
        [],
        {"requests": "last import removed; new.py imports it, and is not staged: `git add new.py`"},
    )


def test_stubs_go_with_what_they_hold_the_types_of(repo):
    committed(repo, {"pyproject.toml": declaring("requests", "types-requests"), "app.py": USING})
    repo.stage({"app.py": "\n"})
    assert judged(repo) == (["requests", "types-requests"], {})


def test_what_a_submodule_may_use_is_told(repo):
    committed(repo, {"pyproject.toml": declaring("requests"), "app.py": USING})
    commit = repo.git("rev-parse", "HEAD").strip()
    repo.git("update-index", "--add", "--cacheinfo", f"160000,{commit},libs/other")
    repo.stage({"app.py": "\n"})
    assert judged(repo) == ([], {"requests": "last import removed; the submodule libs/other may use it"})


def test_no_comment_is_offered_where_it_would_be_part_of_a_text(repo):
    setup = 'from setuptools import setup\nR = """\nrequests\nrich\n""".split()\nsetup(install_requires=R)\n'
    committed(repo, {"setup.py": setup, "app.py": USING + "import rich\n"})
    repo.stage({"app.py": "import rich\n"})
    ran = repo.customs("--unused", "app.py", PRE_COMMIT="1")
    assert ran.status == 1
    assert 'take it out, or keep it: unused-ignore = ["requests"]' in ran.prose


def test_a_file_that_does_not_exist(repo):
    committed(repo, {"pyproject.toml": declaring("requests"), "app.py": USING})
    ran = repo.customs("--unused", "nosuch.py")
    assert (ran.status, ran.out) == (2, "")


def test_a_push(repo):
    committed(repo, {"pyproject.toml": declaring("requests"), "app.py": USING})
    committed(repo, {"app.py": "\n"})
    committed(repo, {"other.py": "\n"})
    assert judged(repo, PRE_COMMIT_FROM_REF="HEAD~1", PRE_COMMIT_TO_REF="HEAD") == ([], {})
    assert judged(repo, PRE_COMMIT_FROM_REF="HEAD~2", PRE_COMMIT_TO_REF="HEAD") == (["requests"], {})


def test_in_a_merge_it_is_told(repo):
    committed(repo, {"pyproject.toml": declaring("requests"), "app.py": USING, "x.py": "1\n"})
    repo.git("checkout", "-q", "-b", "side")
    committed(repo, {"x.py": "2\n"})
    repo.git("checkout", "-q", "main")
    committed(repo, {"x.py": "3\n"})
    assert repo.run("git", "merge", "side").status == 1
    repo.stage({"x.py": "4\n", "app.py": "\n"})
    assert judged(repo) == ([], {"requests": "last import removed; in a merge either side may have removed it"})


def test_before_the_first_commit(repo):
    repo.stage({"pyproject.toml": declaring("requests"), "app.py": "\n"})
    assert judged(repo) == ([], {})


def test_the_report(repo):
    committed(
        repo, {"pyproject.toml": declaring("requests>=2", "httpx", "starlette"), "app.py": f"import httpx\n{USING}"}
    )
    repo.stage({"app.py": "\n"})
    ran = repo.customs("--unused", "app.py", PRE_COMMIT="1", HOME="/")
    assert ran.status == 1
    assert ran.out == (
        "pyproject.toml:5:6: unused: `requests` is declared, and this commit removed its last import (app.py:2)\n"
        '  5 | "requests>=2",\n'
        "    |  ^^^^^^^^\n"
        "    take it out, or keep it: # import-customs: keep, REASON\n"
        "\n"
        "checked what this commit introduces in 1 file: 1 finding\n"
        "\n"
        "Or have it taken out for you:\n"
        "\n"
        f"    {sys.executable} -I -m import_customs --unused --fix --staged\n"
        "\n"
        "Then `git add pyproject.toml` and commit again.\n"
    )
    assert ran.err == "told, not blocked:\n  pyproject.toml:6  httpx  last import removed; starlette can use it\n"


@pytest.mark.parametrize("form", ["json", "github", "gitlab", "sarif", "junit"])
def test_every_format_has_it(repo, form):
    committed(repo, {"pyproject.toml": declaring("requests", "httpx", "starlette"), "app.py": f"import httpx\n{USING}"})
    repo.stage({"app.py": "\n"})
    ran = repo.customs("--unused", "--format", form, PRE_COMMIT="1")
    assert (ran.status, ran.err) == (1, "")
    assert "`requests` is declared, and this commit removed its last import" in ran.out
    assert ("httpx" in ran.out) == (form in ("json", "sarif"))
    if form == "json":
        jsonschema.Draft7Validator(json.loads(SCHEMA.read_text())).validate(json.loads(ran.out))
    if form == "sarif":
        levels = [one["level"] for one in json.loads(ran.out)["runs"][0]["results"]]
        assert levels == ["error", "note"]


def test_paths_are_seen_from_the_working_folder(repo):
    committed(
        repo, {"pyproject.toml": declaring("requests", "httpx", "starlette"), "src/app.py": f"import httpx\n{USING}"}
    )
    repo.stage({"src/app.py": "\n"})
    ran = repo.customs("--unused", "--staged", cwd="src")
    assert ran.out.startswith("../pyproject.toml:5:6: unused: ")
    assert "  ../pyproject.toml:6  httpx  " in ran.err


def test_fix_takes_it_out(repo):
    lock = 'version = 1\n[[package]]\nname = "requests"\nversion = "2"\n'
    committed(
        repo, {"pyproject.toml": declaring("requests", "rich"), "app.py": f"import rich\n{USING}", "uv.lock": lock}
    )
    repo.stage({"app.py": "import rich\n"})
    shown = repo.customs("--unused", "--diff", PRE_COMMIT="1")
    assert shown.status == 1
    assert '-    "requests",\n' in shown.out
    ran = repo.customs("--unused", "--fix", PRE_COMMIT="1")
    assert ran.status == 1
    assert ran.out == (
        "pyproject.toml: taken out of [project] dependencies\n\n    requests\n\n"
        "see `git diff`, then `uv lock`, then `git add pyproject.toml uv.lock`\n"
    )
    assert (repo.path / "pyproject.toml").read_text() == declaring("rich")
    repo.git("add", "pyproject.toml")
    assert judged(repo) == ([], {})


def test_fix_leaves_other_files_to_a_person(repo):
    files = {"setup.py": 'from setuptools import setup\nsetup(install_requires=["requests"])\n', "app.py": USING}
    committed(repo, files)
    repo.stage({"app.py": "\n"})
    ran = repo.customs("--unused", "--fix", PRE_COMMIT="1")
    assert ran.status == 1
    assert ran.out.endswith("keep, REASON\n    --fix writes to a pyproject.toml alone\n")


@pytest.mark.parametrize(
    ("table", "written"),
    [
        pytest.param('[tool.deptry.per_rule_ignores]\nDEP002 = ["Rich", "gone"]\n', ["rich"], id="deptry"),
        pytest.param('[tool.fawltydeps]\nignore_unused = ["rich"]\n', ["rich"], id="FawltyDeps"),
        pytest.param('[tool.import-customs]\nunused = "block"\n', ["requests", "rich"], id="what blocks today"),
        pytest.param(
            '[tool.import-customs]\nunused = "block"\nunused-ignore = ["rich"]\n', ["requests", "rich"], id="more"
        ),
    ],
)
def test_ignore_existing_starts_with_what_others_ignore(repo, table, written):
    repo.stage({"pyproject.toml": declaring("requests", "rich", more=table), "app.py": "\n"})
    repo.customs("--unused", "--scope", "all", "--ignore-existing")
    after = tomllib.loads((repo.path / "pyproject.toml").read_text())
    assert sorted(after["tool"]["import-customs"]["unused-ignore"]) == written
    repo.git("add", "pyproject.toml")
    assert repo.customs("--unused", "--scope", "all").status == 0
    again = repo.customs("--unused", "--scope", "all", "--ignore-existing")
    assert (again.status, again.out) == (0, "nothing to exempt: no finding is left\n")


def test_explain_lists_the_uses(repo):
    settings = "web: gunicorn app\n"
    repo.stage(
        {"pyproject.toml": declaring("gunicorn", "setproctitle"), "a.py": "import gunicorn\n", "Procfile": settings}
    )
    assert (
        "used by            import gunicorn (a.py:1), command gunicorn (Procfile:1)\n"
        in repo.customs("--explain", "gunicorn").out
    )
    assert "used by            optional gunicorn\n" in repo.customs("--explain", "setproctitle").out
    (said,) = json.loads(repo.customs("--explain", "gunicorn", "--format", "json").out)["modules"]
    assert said["uses"][1] == {"kind": "command", "path": "Procfile", "line": 1, "what": "gunicorn"}


def test_explain_names_one_string_of_a_file(repo):
    files = {
        "a.py": 'A = "gunicorn app"\nB = "gunicorn other"\n',
        "b.py": 'A = "gunicorn.app"\nB = "gunicorn.other"\n',
        "c.py": 'A = """\nimport gunicorn\n"""\nB = """\nimport gunicorn.app\n"""\n',
    }
    repo.stage({"pyproject.toml": declaring("gunicorn")} | files)
    (line,) = [one for one in repo.customs("--explain", "gunicorn").out.splitlines() if "used by" in one]
    places = "command gunicorn app (a.py:1), string gunicorn.app (b.py:1), string import gunicorn (c.py:2)"
    assert line == f"  used by            {places}"


def test_a_file_that_no_python_can_read_may_import_anything(repo):
    committed(
        repo, {"pyproject.toml": declaring("requests"), "app.py": USING, "b.py": "import requests".encode("utf-16")}
    )
    repo.stage({"app.py": "\n"})
    assert judged(repo) == ([], {"requests": "last import removed; b.py cannot be read"})


def test_broken_settings_are_an_error(repo):
    committed(repo, {"pyproject.toml": declaring("requests"), "app.py": USING})
    repo.stage({"app.py": "\n", "pyproject.toml": "[project\n"})
    ran = repo.customs("--unused", PRE_COMMIT="1")
    assert (ran.status, ran.out) == (
        2,
        "checked what this commit introduces in 2 files; 1 could not be checked: see above\n",
    )
    assert ran.err.startswith("pyproject.toml:1:9: error: invalid TOML")


ODD = {
    "binary.bin": b"\0\xff" * 1000,
    "latin.cfg": b"[x]\ny = \xe4 requestsx\n",
    "large.txt": b"requests.get requests:x 'requests' " * 200_000,
    "utf16.ini": "requests.get".encode("utf-16"),
    "half.yml": b"x: \xff\xfe requestsx \xc3\n",
    "names.toml": '[project.entry-points."\\u001b[31m"]\n"\\u202e" = "x:\\u0007"\n["requestsx\\n"]\n',
    "names.cfg": b"[options.entry_points]\nconsole_scripts =\n  $(rm) = x:y\n  \x1b[2J = x:y\n  requests\x00 = x:y\n",
    "deep.toml": b"[" * 5000,
    "long.sh": b"\\\n" * 5000,
}


def test_odd_files_are_no_use_and_no_trouble(repo):
    committed(repo, {"pyproject.toml": declaring("requests"), "app.py": USING} | ODD)
    repo.stage({"app.py": "\n"})
    assert judged(repo) == (["requests"], {})


DEAD = "tomli; python_version < '3.8'"


def test_a_marker_that_never_holds(repo):
    """It blocks where the change brings it, and is told where it stands; --fix leaves it to a person."""
    head = '[project]\nname = "demo"\nversion = "1"\nrequires-python = ">=3.11"\n'
    committed(repo, {"pyproject.toml": f"{head}dependencies = []\n", "app.py": "import tomli\n"})
    repo.stage({"pyproject.toml": f'{head}dependencies = ["{DEAD}"]\n'})
    ran = repo.customs("--unused", "--quiet", PRE_COMMIT="1")
    assert ran.status == 1
    assert ran.out == (
        "pyproject.toml:5:18: never-installed: `tomli` is installed nowhere: no supported Python and no platform meets "
        "`python_version < '3.8'`; correct the marker, or take it out\n"
    )
    assert repo.customs("--unused", "--fix", PRE_COMMIT="1").out.startswith(
        "left: pyproject.toml:5:18: never-installed: "
    )
    ignoring = repo.customs("--unused", "--ignore-existing", PRE_COMMIT="1")
    assert ignoring.out.startswith("left: pyproject.toml:5:18: never-installed: ")
    assert repo.commit().status == 0
    repo.stage({"app.py": "import tomli, os\n"})
    assert judged(repo) == ([], {})
    assert list(judged(repo, "--scope", "all")[1]) == ["tomli"]
    repo.stage({"pyproject.toml": f'{head}dependencies = [\n"{DEAD}",  # import-customs: keep\n]\n'})
    assert judged(repo, "--scope", "all") == ([], {})


@pytest.mark.parametrize("rule", ["unused", "never-installed"])
def test_explain_has_the_pages_of_its_rules(repo, rule):
    assert repo.customs("--explain", rule).out.startswith(f"# {rule}\n\nA declaration ")


def test_a_part_of_a_namespace_is_dropped_where_another_stays(repo):
    table = declaring("google-cloud-storage", "google-cloud-bigquery")
    committed(repo, {"pyproject.toml": table, "app.py": "from google.cloud import bigquery, storage\n"})
    repo.stage({"app.py": "from google.cloud import bigquery\n"})
    assert judged(repo) == (["google-cloud-storage"], {})
