"""The rule `unknown-distribution`: a commit of declarations in, finding or note out."""

import json

import pytest

from conftest import Repo

BEFORE = '[project]\nname = "demo"\nversion = "1"\nrequires-python = ">=3.11"\ndependencies = ["requests", "flaks"]\n'
RULE = '[tool.import-customs]\nrules = ["unknown-distribution"]\n'
ASKED = "did you mean `requests`?"


def declaring(text: str, config: str = RULE) -> dict[str, str]:
    return {"pyproject.toml": BEFORE.replace('"flaks"', f'"flaks",\n  {text}') + config}


@pytest.fixture
def repo_before(repo: Repo) -> Repo:
    beside = '[project]\nname = "beside"\nversion = "1"\ndependencies = []\n' + RULE
    beside += 'requirements-files = ["../outside/r.txt"]\n'
    repo.stage({"pyproject.toml": BEFORE + RULE, "beside/pyproject.toml": beside, "outside/r.txt": "six\n"})
    repo.commit()
    return repo


@pytest.mark.parametrize(
    ("files", "found"),
    [
        pytest.param(declaring('"reqeusts>=2"'), [("pyproject.toml", 6, 4, "reqeusts")], id="two letters swapped"),
        pytest.param(declaring('"Reqeusts"'), [("pyproject.toml", 6, 4, "reqeusts")], id="in capitals"),
        pytest.param(declaring('"redis"'), [], id="one that is known"),
        pytest.param(declaring('"acme-billing-core"'), [], id="unknown, and near none"),
        pytest.param(declaring('"reqeusts @ git+https://example.invalid/reqeusts"'), [], id="by URL"),
        pytest.param(declaring('"flask"'), [], id="what was declared before is not added"),
        pytest.param(
            declaring('"reqeusts"', RULE + 'provides = { reqeusts = ["r"] }\n'), [], id="the user says it is theirs"
        ),
        pytest.param(
            declaring('"reqeusts"')
            | {"libs/r/pyproject.toml": '[project]\nname = "reqeusts"\nversion = "1"\n', "libs/r/reqeusts.py": ""},
            [],
            id="the repository holds it",
        ),
        pytest.param(
            {
                "pyproject.toml": f'{BEFORE}{RULE}requirements-files = ["r/dev.txt"]\n',
                "r/dev.txt": "six\nreqeusts==2 # x\n",
            },
            [("r/dev.txt", 2, 1, "reqeusts")],
            id="in a requirements file",
        ),
        pytest.param(
            {"outside/r.txt": "six\nreqeusts\n"}, [("outside/r.txt", 2, 1, "reqeusts")], id="in one of another folder"
        ),
        pytest.param(
            {"sub/pyproject.toml": BEFORE.replace("flaks", "reqeusts") + RULE},
            [("sub/pyproject.toml", 5, 30, "reqeusts")],
            id="a project that is new",
        ),
    ],
)
def test_added(repo_before: Repo, files: dict[str, str], found: list[tuple[str, int, int, str]]) -> None:
    repo_before.stage(files)
    ran = repo_before.customs("--format", "json", PRE_COMMIT="1")
    told = json.loads(ran.out)["findings"]
    assert [(one["path"], one["line"], one["column"], one["distribution"]) for one in told] == found
    assert [(one["module"], one["providers"], one["rule"]) for one in told] == [("", [], "unknown-distribution")] * len(
        found
    )
    assert ran.status == bool(found)


def test_what_is_printed(repo_before: Repo) -> None:
    repo_before.stage(declaring('"reqeusts>=2"'))
    ran = repo_before.customs(PRE_COMMIT="1")
    head, *rest = ran.out.splitlines()
    assert head.startswith("pyproject.toml:6:4: unknown-distribution: no package `reqeusts` is known (index of ")
    assert head.endswith(ASKED)
    assert rest[:3] == [
        '  6 | "reqeusts>=2"]',
        "    |  ^^^^^^^^",
        "    correct the spelling; a package of your own is known once `provides` says what it installs",
    ]
    assert "requests>=" not in ran.out, "no line to paste"


def test_without_the_rule_it_is_a_note(repo_before: Repo) -> None:
    repo_before.stage(declaring('"reqeusts"', ""))
    silent, verbose = repo_before.customs(PRE_COMMIT="1"), repo_before.customs("--verbose", PRE_COMMIT="1")
    assert (silent.status, silent.err) == (0, "")
    assert verbose.status == 0
    assert "note: pyproject.toml:6: no package `reqeusts` is known (index of " in verbose.err
    assert ASKED in verbose.err


def test_nothing_is_added_where_all_files_are_looked_at(repo_before: Repo) -> None:
    assert repo_before.customs("--scope", "all").status == 0


def test_a_fix_leaves_it(repo_before: Repo) -> None:
    repo_before.stage(declaring('"reqeusts"'))
    ran = repo_before.customs("--fix", PRE_COMMIT="1")
    assert (ran.status, ASKED in ran.out) == (1, True)
    assert "reqeusts" in (repo_before.path / "pyproject.toml").read_text()
