"""The table [tool.import-customs]: what it may say, and what is refused."""

import json

import pytest

from conftest import ROOT
from import_customs.model import OPT_IN_RULES, RUNTIME, CheckError, Config, Place
from import_customs.model.toml import parse
from import_customs.project import config


def read(table: str) -> Config:
    return config.read_config(parse(f"[tool.import-customs]\n{table}\n".encode(), "pyproject.toml"))


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        pytest.param("", Config(), id="empty"),
        pytest.param('ignore = ["a", "b.c"]', Config(ignore=("a", "b.c")), id="ignore"),
        pytest.param(
            'per-file-ignores = { "tests/*.py" = ["a"] }',
            Config(per_file_ignores=(("tests/*.py", ("a",)),)),
            id="globs",
        ),
        pytest.param(
            "provides = { Acme_SDK = ['acme', 'acme_x'] }",
            Config(provides=(("acme", ("acme-sdk",)), ("acme_x", ("acme-sdk",)))),
            id="provides, by module, normalized",
        ),
        pytest.param('source-roots = ["lib"]', Config(source_roots=("lib",)), id="source roots"),
        pytest.param('requirements-files = ["r.txt"]', Config(requirements_files=("r.txt",)), id="requirements files"),
        pytest.param('guarded = "ignore"', Config(guarded="ignore"), id="guarded"),
        pytest.param('rules = ["misplaced"]', Config(rules=("misplaced",)), id="rules"),
        pytest.param('misplaced-paths = ["src/*"]', Config(misplaced_paths=("src/*",)), id="runtime code"),
        pytest.param('declare-in = "group dev"', Config(declare_in=Place("group", "dev")), id="a place"),
        pytest.param('declare-in = "runtime"', Config(declare_in=RUNTIME), id="the place of what runs"),
    ],
)
def test_read(table: str, expected: Config) -> None:
    assert read(table) == expected


@pytest.mark.parametrize(
    ("table", "line", "says"),
    [
        pytest.param(
            "\nguardd = 1", 3, "unknown key in [tool.import-customs]: `guardd` (did you mean `guarded`?)", id="near"
        ),
        pytest.param(
            "known_first_party = []",
            2,
            "unknown key in [tool.import-customs]: `known_first_party` (did you mean `source-roots`?)",
            id="as others call it",
        ),
        pytest.param("xyz = 1", 2, "unknown key in [tool.import-customs]: `xyz`", id="near to nothing"),
        pytest.param(
            "ignor = 1\nrule = 2",
            2,
            "unknown keys in [tool.import-customs]: `ignor` (did you mean `ignore`?), `rule` (did you mean `rules`?)",
            id="all at once",
        ),
        pytest.param("ignore = 'a'", 2, "tool.import-customs.ignore must be an array, not a string", id="no array"),
        pytest.param("ignore = [1]", 2, "tool.import-customs.ignore must be an array of strings, not 1", id="a number"),
        pytest.param(
            "provides = ['a']", 2, "tool.import-customs.provides must be a table, not an array", id="no table"
        ),
        pytest.param(
            "per-file-ignores = {'a.py' = 'b'}",
            2,
            "tool.import-customs.per-file-ignores.a.py must be an array, not a string",
            id="a key with a dot",
        ),
        pytest.param(
            "guarded = 'no'",
            2,
            'tool.import-customs.guarded must be "declare" or "ignore", not "no"',
            id="no such choice",
        ),
        pytest.param(
            "rules = ['all']",
            2,
            f'tool.import-customs.rules must be {" or ".join(map(json.dumps, OPT_IN_RULES))}, not "all"',
            id="no such rule",
        ),
        pytest.param(
            "declare-in = 'dev'",
            2,
            'tool.import-customs.declare-in must be "runtime" or "group NAME" or "extra NAME", not "dev"',
            id="no place",
        ),
        pytest.param(
            "requirements-files = [\n'r.txt', 'environment.yml']",
            3,
            '"environment.yml" in tool.import-customs.requirements-files is no requirements file',
            id="no requirements file",
        ),
        pytest.param("ignore = [\n'a', 'b.*']", 3, '"b.*" in tool.import-customs.ignore is no module', id="no module"),
        pytest.param(
            "per-file-ignores = {'a.py' = ['*', 'a-b']}",
            2,
            '"a-b" in tool.import-customs.per-file-ignores.a.py is no module',
            id="the name of a package",
        ),
        pytest.param(
            "provides = {a = ['']}", 2, '"" in tool.import-customs.provides.a is no module', id="an empty name"
        ),
        pytest.param("provides = {a = []}", 2, "tool.import-customs.provides.a names no module", id="nothing"),
        pytest.param(
            "unused-ignore = ['tzdata', 'types-*', '[a-c]x?',\n'redis>=5']",
            3,
            '"redis>=5" in tool.import-customs.unused-ignore is no name of a package, nor a glob',
            id="a version",
        ),
        pytest.param(
            "unused-ignore = ['']",
            2,
            '"" in tool.import-customs.unused-ignore is no name of a package, nor a glob',
            id="no distribution",
        ),
        pytest.param("provides = {'a.*' = ['a']}", 2, '"a.*" is not the name of a package', id="no package"),
        pytest.param(
            "unused = 'no'\nignore = [1]\nrules = 'misplaced'",
            2,
            'tool.import-customs.unused must be "tell" or "block", not "no"; '
            "line 3: tool.import-customs.ignore must be an array of strings, not 1; "
            "line 4: tool.import-customs.rules must be an array, not a string",
            id="several values",
        ),
        pytest.param(
            "guarded = 1\nxyz = 2",
            2,
            "tool.import-customs.guarded must be a string, not 1; line 3: unknown key in [tool.import-customs]: `xyz`",
            id="a value and a key",
        ),
    ],
)
def test_refused(table: str, line: int, says: str) -> None:
    with pytest.raises(CheckError) as caught:
        read(table)
    assert (caught.value.message, caught.value.line) == (says, line)


@pytest.mark.parametrize(
    ("entry", "says"),
    [
        pytest.param("b.*", "`b` stands for what is below it, too", id="what is below it"),
        pytest.param("b*", "say what an import says: `a` or `a.b`", id="what begins so"),
        pytest.param("*", "say what an import says: `a` or `a.b`", id="all"),
        pytest.param("a-b", "say what an import says: `a` or `a.b`", id="a package"),
    ],
)
def test_what_to_say_instead_of_no_module(entry: str, says: str) -> None:
    with pytest.raises(CheckError) as caught:
        read(f"ignore = ['{entry}']")
    assert caught.value.hint == says


@pytest.mark.parametrize(
    ("glob", "path", "found"),
    [
        pytest.param("tests/", "tests/a/b.py", True, id="a folder"),
        pytest.param("tests/", "src/tests/a.py", False, id="not further down"),
        pytest.param("./tests/*", "tests/a.py", True, id="from here"),
        pytest.param("./a.py", "a.py", True, id="a file, from here"),
    ],
)
def test_globs_as_shells_have_them(glob: str, path: str, found: bool) -> None:
    ignoring = Config(per_file_ignores=((glob, ("*",)),))
    assert (config.exempted_by(ignoring, path, "x") is not None) == found


@pytest.mark.parametrize("more", ["", "[tool.import-customs]\nignore = []\n"])
@pytest.mark.parametrize("name", ["tool.import_customs", "tool.importcustoms", "import-customs", "import_customs"])
def test_a_table_of_another_name_is_refused(more: str, name: str) -> None:
    with pytest.raises(CheckError) as caught:
        config.read_config(parse(f"{more}[{name}]\nignore = ['a']\n".encode(), "pyproject.toml"))
    assert caught.value.message == f"unknown table [{name}] (did you mean [tool.import-customs]?)"
    assert caught.value.line == more.count("\n") + 1


def test_schema_has_the_same_keys_and_defaults() -> None:
    schema = json.loads((ROOT / "hooks/import_customs/project/schema.json").read_text())
    assert tuple(schema["properties"]) == config.KEYS
    defaults = Config()._asdict()
    for key, told in schema["properties"].items():
        value = defaults[key.replace("-", "_")] or type(told["default"])()
        assert told["default"] == (value if isinstance(value, str) else type(told["default"])(value)), key


def test_each_key_is_read() -> None:
    assert tuple(config._READ) == config.KEYS


def test_schema_has_the_same_choices() -> None:
    properties = json.loads((ROOT / "hooks/import_customs/project/schema.json").read_text())["properties"]
    assert properties["rules"]["items"]["enum"] == list(OPT_IN_RULES)
    assert properties["guarded"]["enum"] == list(config.GUARDED)


def test_each_wrong_setting_has_its_next_step() -> None:
    with pytest.raises(CheckError) as raised:
        read('ignore = ["a.*"]\nrequirements-files = ["environment.yml"]')
    assert raised.value.hint.startswith("line 2: `a` stands for what is below it, too; line 3: state what it lists")
    with pytest.raises(CheckError) as raised:
        read('ignore = ["a-b"]\nper-file-ignores = { x = ["a-b"] }')
    assert raised.value.hint == "say what an import says: `a` or `a.b`"
