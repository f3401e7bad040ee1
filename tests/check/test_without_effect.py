"""Options and settings that have no effect: each is said, and none that has one."""

import pytest

from conftest import Repo

PROJECT = '[project]\nname = "demo"\ndependencies = ["redis", "zzacme"]\n'
FILES = {"a.py": "import redis, platform_x\n", "lib/own.py": "", "libs/one/__init__.py": "", "libs/two/three/x.py": ""}
NO_FOLDER = "source-roots: `{}` has no effect, because the repository has no such folder".format
PROVIDES = 'provides = { zzacme = ["platform_x"] }\n'


@pytest.mark.parametrize(
    ("table", "noted"),
    [
        pytest.param('source-roots = ["lib", "lib/", "./lib", "."]', "", id="folders"),
        pytest.param('source-roots = ["libb"]', NO_FOLDER("libb"), id="no such folder"),
        pytest.param('source-roots = ["a.py"]', NO_FOLDER("a.py"), id="a file"),
        pytest.param('source-roots = ["../other"]', NO_FOLDER("../other"), id="outside the repository"),
        pytest.param('source-roots = ["/lib"]', NO_FOLDER("/lib"), id="an absolute path"),
        pytest.param('source-roots = ["lib*", "libs/two/*"]', "", id="what globs stand for"),
        pytest.param('source-roots = ["packages/*"]', NO_FOLDER("packages/*"), id="no folder for a glob"),
        pytest.param('source-roots = ["libs/o*"]', NO_FOLDER("libs/o*"), id="a package alone for a glob"),
        pytest.param('source-roots = ["lib/**"]', NO_FOLDER("lib/**"), id="what may be everything"),
        pytest.param(
            'misplaced-paths = ["a.py"]',
            'misplaced-paths only says where --fix writes, because the rule is not on: rules = ["misplaced"]',
            id="paths of a rule that is not on",
        ),
        pytest.param('rules = ["misplaced"]\nmisplaced-paths = ["lib/*"]', "", id="paths of a rule that is on"),
        pytest.param(
            'rules = ["misplaced"]\nmisplaced-paths = ["src/*"]',
            "misplaced-paths: `src/*` has no effect, because it matches no file",
            id="paths of no file",
        ),
        pytest.param(
            'per-file-ignores = { "a.py" = [] }',
            "per-file-ignores: `a.py` has no effect, because it lists no module",
            id="ignores of nothing",
        ),
        pytest.param(
            'provides = { other = ["platform_y"], zzacme = ["platform_x"] }',
            "provides: `other` covers nothing, because it is not declared",
            id="modules of what is not declared",
        ),
        pytest.param(
            'provides = { redis = ["platform_y"], zzacme = ["platform_x"] }',
            "provides: `platform_y` is no longer needed, because nothing imports it",
            id="modules that nothing imports",
        ),
        pytest.param('provides = { zzacme = ["platform_x"], redis = ["platform_x"] }', "", id="a module of two"),
        pytest.param('ignore = ["celery"]', "ignore: `celery` is no longer needed, remove it", id="an ignore"),
        pytest.param('guarded = "declare"\ndeclare-in = "group new"\nunused = "block"', "", id="what is always read"),
    ],
)
def test_settings(repo: Repo, table: str, noted: str) -> None:
    more = "" if "platform_x" in table else PROVIDES
    repo.stage({**FILES, "pyproject.toml": f"{PROJECT}[tool.import-customs]\n{more}{table}\n"})
    ran = repo.customs()
    assert (ran.status, ran.err) == (0, f"note: pyproject.toml: {noted}\n" if noted else "")


@pytest.mark.parametrize(
    ("source", "lines"),
    [
        pytest.param("import celery  # import-customs: ignore", [], id="what is not declared"),
        pytest.param("import os\nimport redis  # import-customs: ignore", [2], id="what is declared"),
        pytest.param("import os  # import-customs: ignore\nimport redis", [1], id="the standard library"),
        pytest.param("import os, celery  # import-customs: ignore", [], id="one of two"),
        pytest.param("import os, \\\n  celery  # import-customs: ignore", [], id="one of two on several lines"),
        pytest.param(
            "import celery  # import-customs: ignore\nimport celery.x  # import-customs: ignore\n"
            "from redis import (  # import-customs: ignore\n  a,\n)",
            [3],
            id="each for itself",
        ),
        pytest.param("from redis import (\n  a,\n)  # import-customs: ignore", [1], id="after the bracket"),
        pytest.param("s = '# import-customs: ignore'\nimport redis", [], id="in a string"),
        pytest.param("try:\n  import tomllib  # import-customs: ignore\nexcept ImportError: pass", [2], id="guarded"),
    ],
)
@pytest.mark.parametrize("given", [(), ("--scope", "all", "a.py")], ids=["all", "one"])
def test_comments(repo: Repo, source: str, lines: list[int], given: tuple[str, ...]) -> None:
    repo.stage({"a.py": source, "b.py": "import redis", "pyproject.toml": PROJECT})
    noted = "".join(f"note: a.py:{line}: ignore: the comment is no longer needed, remove it\n" for line in lines)
    ran = repo.customs(*given)
    assert (ran.status, ran.err) == (0, noted)


def test_of_some_files_only_what_holds_for_all_is_said(repo: Repo) -> None:
    table = 'source-roots = ["libb"]\nignore = ["celery"]\nrules = ["misplaced"]\nmisplaced-paths = ["src/*"]\n'
    repo.stage({**FILES, "pyproject.toml": f"{PROJECT}[tool.import-customs]\n{table}{PROVIDES}"})
    noted = f"note: pyproject.toml: {NO_FOLDER('libb')}\n"
    assert repo.customs("--scope", "all", "lib/own.py").err == noted
    assert repo.customs("lib/own.py", CI="1").err == noted  # a commit
    assert repo.customs("lib/own.py").err == ""


@pytest.mark.parametrize("asked", [(), ("--staged",), ("--unused",), ("--unused", "--staged"), ("--explain", "redis")])
@pytest.mark.parametrize("option", [("--requirements-file", "no.txt"), ("--python", "no")], ids=" ".join)
def test_a_value_that_is_not_there(repo: Repo, asked: tuple[str, ...], option: tuple[str, str]) -> None:
    repo.stage({"a.py": "", "pyproject.toml": PROJECT})
    repo.commit()
    ran = repo.customs(*asked, *option)
    assert (ran.status, "error: no such " in ran.err) == (2, True)


@pytest.mark.parametrize("asked", [(), ("--unused",)], ids=str)
def test_requirements_files_where_a_project_governs_all(repo: Repo, asked: tuple[str, ...]) -> None:
    repo.stage({"a.py": "import redis\n", "r.txt": "", "pyproject.toml": PROJECT.replace(', "zzacme"', "")})
    ran = repo.customs(*asked, "--requirements-file", "r.txt")
    assert (ran.status, ran.err[:46]) == (0, "note: --requirements-file has no effect, becau")
