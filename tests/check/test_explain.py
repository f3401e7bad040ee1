"""What --explain prints: a repository and a module in, one screen out."""

import json

import pytest

from conftest import ROOT, Ran, Repo
from import_customs.check.rules import RULES

LOCK = 'version = 1\n\n[[package]]\nname = "pyyaml"\nversion = "6.0.2"\n\n[[package]]\nname = "web"\nversion = "1.0"\n'
LOCK += 'dependencies = [{ name = "pyyaml" }]\n'
SITE = ".venv/lib/python3.13/site-packages"
FILES = {
    "pyproject.toml": """\
[project]
name = "demo"
requires-python = ">=3.9"
dependencies = [
  "attrs>=23",
  "web",
  "celery[redis]",
  "our-sdk",
]

[tool.import-customs]
provides = { attrs = ["acme", "acme.part"], web = ["acme.part"], zz-sdk = ["zz_prices"] }

[build-system]
requires = []
""",
    "app/__init__.py": "",
    "demo.c": "",
    "setup.cfg": "[options]\npackage_dir =\n  psycopg2 = lib\n",
    "uv.lock": LOCK,
    ".venv/pyvenv.cfg": "",
    f"{SITE}/our_sdk-2.1.dist-info/METADATA": "Name: our-sdk\nVersion: 2.1\n",
    f"{SITE}/our_sdk-2.1.dist-info/RECORD": "house/__init__.py,,\n",
}

YAML = """\
yaml
  standard library   no
  in the repository  no
  provided by        pyyaml (15th most downloaded), 5 rarely used ones (the index)
  installed by       nothing (.venv)
  locked             pyyaml 6.0.2 (uv.lock)
  declared           nowhere in pyproject.toml

blocked (transitive): `yaml` (of `pyyaml`) is not declared in pyproject.toml; only `web` requires it
"""
PYYAML = """\
pyyaml, a package
  downloads          15th most downloaded (the index)
  installs           _yaml, yaml (the index)
  locked             pyyaml 6.0.2
  declared           nowhere in pyproject.toml

`yaml` is blocked (transitive): `yaml` (of `pyyaml`) is not declared in pyproject.toml; only `web` requires it
"""
HOUSE = """\
house.x
  standard library   no
  in the repository  no
  provided by        house, not among the most downloaded (the index)
  installed by       our-sdk 2.1 (.venv)
  locked             nothing (uv.lock)
  declared           our-sdk (runtime, pyproject.toml:8)

passes: `our-sdk` is declared, and installs it in the environment
"""


@pytest.mark.parametrize(("module", "screen"), [
    pytest.param("yaml", YAML, id="blocked"),
    pytest.param("house.x", HOUSE, id="a private package, by the environment"),
    pytest.param("PyYAML", PYYAML, id="a package that no module is called like"),
    pytest.param("pyyaml", PYYAML, id="as indexes write it"),
])  # fmt: skip
def test_screen(repo, module, screen):
    repo.stage(FILES)
    ran = repo.customs("--explain", module)
    assert (ran.status, ran.out, ran.err) == (0, screen, "")


@pytest.mark.parametrize(("module", "last"), [
    pytest.param("attr", "passes: `attrs` is declared, and installs it", id="declared under another name"),
    pytest.param("acme.x", "passes: `attrs` is declared, and `provides` says that it installs it", id="provided"),
    pytest.param("redis", "passes: an extra that is declared brings `redis`", id="an extra"),
    pytest.param("app.x", "passes: it is first-party", id="first-party"),
    pytest.param("demo", "passes: it is the project itself", id="the project itself, compiled"),
    pytest.param("psycopg2", "passes: it is first-party", id="first-party, under another name"),
    pytest.param("json", "passes: it is standard library on every Python that the project supports", id="library"),
    pytest.param("tomllib", "blocked (stdlib-version): `tomllib` is in the standard library since 3.11, "
                 "and requires-python is >=3.9; declare and import `tomli` where it is missing (`try`), "
                 "or require Python 3.11 or newer", id="library of some Pythons"),
])  # fmt: skip
def test_verdict(repo, module, last):
    repo.stage(FILES)
    assert repo.customs("--explain", module).out.splitlines()[-1] == last


@pytest.mark.parametrize(("module", "row"), [
    pytest.param("tomllib", "  standard library   since 3.11", id="added"),
    pytest.param("asyncore", "  standard library   up to 3.11", id="dropped"),
    pytest.param("json", "  standard library   yes", id="always"),
    pytest.param("os.path", "  provided by        nothing that is known (the index)", id="no stranger of its name"),
    pytest.param("scikit-learn", "  installs           sklearn (the index)", id="a package, no module's name"),
    pytest.param("app", "  in the repository  under the source root ./", id="own"),
    pytest.param("psycopg2", "  in the repository  the project says that it provides it", id="under another name"),
    pytest.param("google.cloud", "  provided by        its parts (a namespace) (the index)", id="namespace"),
    pytest.param("attr", "  declared           attrs (runtime, pyproject.toml:5)", id="where it is declared"),
    pytest.param("acme", "  by your `provides` attrs", id="provided"),
    pytest.param("acme.x", "  by your `provides` attrs", id="provided with what is above it"),
    pytest.param("acme.x", "  declared           attrs (runtime, pyproject.toml:5)", id="provided and declared"),
    pytest.param("acme.part.x", "  by your `provides` attrs, web", id="provided in two ways"),
])  # fmt: skip
def test_row(repo, module, row):
    repo.stage(FILES)
    assert row in repo.customs("--explain", module).out.splitlines()


@pytest.mark.parametrize(("files", "arguments", "says"), [
    pytest.param(FILES, ("--explain", "a b"), "'a b' is not the name of a module", id="no name"),
    pytest.param(FILES, ("--explain", "celery[redis]>=5"), "and a package by its name alone", id="a requirement"),
    pytest.param(FILES, ("--explain", "class"), "`class` is a keyword of Python", id="a keyword"),
    pytest.param(FILES, ("--explain", "a.None.b"), "`None` is a keyword of Python", id="a keyword within"),
    pytest.param(FILES, ("--explain", ""), "--explain is empty", id="empty"),
    pytest.param({"a.py": ""}, ("--explain", "yaml"), "above this folder states a project", id="no project"),
    pytest.param(FILES, ("--explain", "yaml", "--python", "none"), "no such interpreter or env", id="no environment"),
])  # fmt: skip
def test_what_cannot_be_explained(repo, files, arguments, says):
    repo.stage(files)
    ran = repo.customs(*arguments)
    assert (ran.status, ran.out) == (2, "")
    assert says in ran.err


@pytest.mark.parametrize(("written", "meant"), [
    pytest.param("ﬁle", "file", id="a ligature"),
    pytest.param("\uff59\uff41\uff4d\uff4c", "yaml", id="full width"),
    pytest.param("match.type", "match.type", id="soft keywords"),
])  # fmt: skip
def test_the_module_is_named_as_the_parser_names_it(repo, written, meant):
    repo.stage(FILES)
    asked, plain = (repo.customs("--explain", module, PYTHONUTF8="1") for module in (written, meant))
    assert asked == plain
    assert (plain.status, plain.out.splitlines()[0]) == (0, meant)


def test_several_are_explained_in_the_order_they_are_asked_for(repo):
    repo.stage(FILES)
    alone = [repo.customs("--explain", name).out for name in ("house.x", "PyYAML", "yaml")]
    asked = repo.customs("-e", "house.x", "PyYAML", "--explain", "yaml", "house.x")
    assert asked == Ran(0, "\n".join(alone), "")


@pytest.mark.parametrize("rule", RULES)
def test_a_rule_is_its_page(repo, rule):
    ran = repo.customs("--explain", rule)
    assert ran == Ran(0, f"# {rule}\n\n{RULES[rule].page}", "")


UNDECLARED = "`sklearn` is blocked (undeclared): `sklearn` (of `scikit-learn`) is not declared in pyproject.toml"


PROVIDED = "`zz_prices` is blocked (undeclared): `zz_prices` (of `zz-sdk`) is not declared in pyproject.toml"


@pytest.mark.parametrize(("name", "rows"), [
    pytest.param("our-sdk", ["our-sdk, a package", "  installs here      house (.venv)",
                             "`house` passes: `our-sdk` is declared, and installs it in the environment"], id="own"),
    pytest.param("zz-nobody-has-it", ["  installs           nothing that is known (the index)",
                                      "  locked             nothing",
                                      "  declared           nowhere in pyproject.toml"], id="unknown"),
    pytest.param("azure-identity", ["  installs           azure.identity (the index)"], id="a part of a namespace"),
    pytest.param("google-auth", ["  installs           google.auth, google.oauth2 (the index)"], id="several parts"),
    pytest.param("protobuf", ["  installs           google.protobuf (the index)"], id="what a newest release lacks"),
    pytest.param("pypiwin32", ["  installs           nothing (the index)",
                               "  always brings      pywin32 (the index)"], id="an umbrella"),
    pytest.param("pandas-stubs", ["  installs           nothing that is known (the index)"], id="stubs alone"),
    pytest.param("attrs", ["attrs"], id="a module of its name"),
    pytest.param("zz-sdk", ["  by your `provides` zz_prices", PROVIDED], id="by `provides`"),
    pytest.param("scikit-learn", [UNDECLARED], id="not declared"),
])  # fmt: skip
def test_a_distribution(repo, name, rows):
    repo.stage(FILES)
    shown = repo.customs("--explain", name).out.splitlines()
    assert [row for row in rows if row not in shown] == []


DECLARED = {"name": "our-sdk", "extras": [], "place": "runtime", "file": "pyproject.toml", "line": 8}
SDK = {"name": "our-sdk", "version": "2.1"}
LOCKED = [{"name": "pyyaml", "version": "6.0.2"}]
OF_HOUSE = {
    "module": "house",
    "providers": ["our-sdk", "house"],
    "installed": [SDK],
    "locked": [],
    "declared": [DECLARED],
    "reason": {
        "kind": "environment",
        "distribution": "our-sdk",
        "message": "`our-sdk` is declared, and installs it in the environment",
    },
    "finding": None,
}


def test_json(repo):
    repo.stage(FILES)
    ran = repo.customs("--explain", "yaml", "--explain", "house", "--format", "json")
    assert (ran.status, ran.err) == (0, "")
    told = json.loads(ran.out)
    yaml, house = told.pop("modules")
    assert (told, house) == ({"version": 1}, OF_HOUSE)
    finding = yaml.pop("finding")
    assert yaml.pop("providers")[0] == "pyyaml"
    assert yaml == {"module": "yaml", "reason": None, "installed": [], "locked": LOCKED, "declared": []}
    assert (finding["rule"], finding["module"], finding["providers"][0], finding["via"]) == (
        *("transitive", "yaml", "pyyaml", ["web"]),
    )
    assert not {"path", "line", "column"} & finding.keys(), "there is no such import"


def test_json_of_a_distribution_and_a_rule(repo):
    repo.stage(FILES)
    told = json.loads(repo.customs("--explain", "our-sdk", "unknown", "--format", "json").out)
    sdk = {"distribution": "our-sdk", "rank": None, "installs": ["house"], "installed": [SDK], "locked": []}
    rule = {"rule": "unknown", "summary": RULES["unknown"].summary, "page": RULES["unknown"].page}
    assert told == {
        "version": 1,
        "modules": [OF_HOUSE],
        "distributions": [sdk | {"declared": [DECLARED]}],
        "rules": [rule],
    }


def test_json_where_it_cannot_be_judged(repo):
    """The dependencies cannot be read, and may declare it."""
    table = '[project]\nname = "demo"\ndynamic = ["dependencies"]\n[build-system]\nrequires = ["zz-backend"]\n'
    repo.stage({"pyproject.toml": table + 'build-backend = "zz_backend.api"\n'})
    (told,) = json.loads(repo.customs("--explain", "yaml", "--format", "json").out)["modules"]
    assert (told["reason"], told["finding"]) == (None, None)
    assert told["error"].startswith("not judged: its dependencies cannot be read: ")


def test_requirements_files_declare_for_an_explanation_too(repo):
    repo.stage({"r.txt": "pyyaml\n"})
    ran = repo.customs("--explain", "yaml", "--requirements-file", "r.txt")
    assert ran.out.endswith("passes: `pyyaml` is declared, and installs it\n")


def test_the_readme_shows_a_real_screen():
    assert f"$ import-customs --explain yaml\n{YAML}```" in (ROOT / "docs/explain.md").read_text()


def test_what_type_checkers_bring(repo: Repo) -> None:
    repo.stage({"pyproject.toml": '[project]\nname = "x"\ndependencies = []\n'})
    assert repo.customs("--explain", "_typeshed").out.endswith(
        "\npasses: type checkers, other Pythons or who installs Python bring it\n"
    )


def test_what_is_called_like_the_project(repo: Repo) -> None:
    repo.stage({"pyproject.toml": '[build-system]\nbuild-backend = "maturin"\n[project]\nname = "string-sum"\n'})
    out = repo.customs("--explain", "string_sum").out
    assert "  in the repository  called like the project, which is built\n" in out
    assert out.endswith("\npasses: it is first-party\n")


SOME_WARNING = '[project]\nname = "demo"\nrequires-python = ">=3.9"\ndependencies = ["{declared}", "x=={{{{ v }}}}"]\n'
WORKSPACE = {
    "pyproject.toml": '[tool.uv.workspace]\nmembers = ["a", "b"]\n',
    "a/pyproject.toml": '[project]\nname = "a"\ndependencies = ["b-dist-zz"]\n',
    "b/pyproject.toml": '[project]\nname = "b-dist-zz"\n',
    "b/src/bcorelib/__init__.py": "",
}


def demo(declared: str, table: str = "") -> dict[str, str]:
    """A project whose configuration is warned of, whatever is asked."""
    return {"pyproject.toml": SOME_WARNING.format(declared=declared) + f"[tool.import-customs]\n{table}\n"}


@pytest.mark.parametrize(
    ("files", "module", "last"),
    [
        pytest.param(
            demo("attrs", 'ignore = ["zzz_nothing"]'),
            "zzz_nothing",
            "`ignore` exempts it",
            id="ignore, beside a warning",
        ),
        pytest.param(
            demo("attrs", 'per-file-ignores = { "*.py" = ["zzz_nothing"] }'),
            "zzz_nothing",
            "`per-file-ignores` exempts it",
            id="per-file-ignores, beside a warning",
        ),
        pytest.param(
            demo("setuptools"),
            "distutils",
            "`setuptools` is declared, and brings it to Pythons without it",
            id="gone from the standard library, beside a warning",
        ),
        pytest.param(
            demo("zzcorp-platform-sdk"),
            "zzcorp.x",
            "it is taken for a module of `zzcorp-platform-sdk`, of which nothing is known",
            id="likely private, beside a warning",
        ),
        pytest.param(
            WORKSPACE,
            "bcorelib",
            "`b-dist-zz` is declared, and is another project of this repository",
            id="local project of another name",
        ),
        pytest.param(
            demo("jupyter"),
            "nbconvert",
            "`jupyter` is declared, and always brings what installs it",
            id="what a package without modules stands for",
        ),
        pytest.param(demo("zzcorp"), "zzcorp", "`zzcorp` is declared, and is called after it", id="of an unknown one"),
    ],
)
def test_why_it_passes(repo: Repo, files: dict[str, str], module: str, last: str) -> None:
    repo.stage(files)
    folder = "a" if "a/pyproject.toml" in files else "."
    assert repo.customs("--explain", module, cwd=folder).out.splitlines()[-1] == f"passes: {last}"


def test_a_module_that_only_files_beside_it_reach(repo: Repo) -> None:
    repo.stage(
        {"pyproject.toml": "[project]\nname = 'a'\n", "tests/helper_t.py": "", "tests/test_zz.py": "import helper_t\n"}
        | {"docs/setup.py": "setup(install_requires=['six'])", "docs/helper_t.py": ""}
        | {"lib/__init__.py": "", "lib/sub/__init__.py": "", "lib/sub/helper_t.py": ""}
    )
    shown = repo.customs("--explain", "helper_t").out.splitlines()
    assert "  in the repository  docs/helper_t.py" in shown
    assert shown[-2].startswith("blocked (unknown): ")
    assert shown[-1] == "passes in tests/: it is first-party"
    (told,) = json.loads(repo.customs("--explain", "helper_t", "--format", "json").out)["modules"]
    assert told["passes_in"] == {"folder": "tests", "message": "it is first-party"}
    assert "passes: it is first-party" in repo.customs("--explain", "helper_t", cwd="tests").out


@pytest.mark.parametrize(
    ("files", "module", "rows"),
    [
        pytest.param(
            demo("setuptools"),
            "distutils",
            ["  declared           setuptools (runtime, pyproject.toml:4)"],
            id="what brings it back to the standard library",
        ),
        pytest.param(
            WORKSPACE,
            "bcorelib",
            [
                "  in the repository  in another project, b-dist-zz",
                "  declared           b-dist-zz (runtime, a/pyproject.toml:3)",
            ],
            id="local project",
        ),
    ],
)
def test_row_of_what_covers_it(repo: Repo, files: dict[str, str], module: str, rows: list[str]) -> None:
    repo.stage(files)
    folder = "a" if "a/pyproject.toml" in files else "."
    shown = repo.customs("--explain", module, cwd=folder).out.splitlines()
    assert [row for row in rows if row not in shown] == []
