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


NEEDED = "import zz_made  # import-customs: ignore\nimport zz_built\n"
NEEDING = f"{PROJECT.replace('zzacme', 'platform-x')}[tool.import-customs]\n"
IGNORES = 'ignore = ["zz_built"]\n'


@pytest.mark.parametrize(
    ("ignored", "made"),
    [
        pytest.param("zz_*.py\n", ["zz_made.py", "zz_built.py"], id="what git ignores has the modules"),
        pytest.param("", ["zz_made.py", "zz_built.py"], id="what git does not track has them"),
    ],
)
def test_what_a_fresh_checkout_needs_is_not_said_to_be_needless(repo: Repo, ignored: str, made: list[str]) -> None:
    repo.stage({"a.py": NEEDED, ".gitignore": ignored, "pyproject.toml": NEEDING + IGNORES})
    repo.write(dict.fromkeys(made, ""))
    assert repo.customs().err == ""
    repo.stage({"zz_made.py": "", "zz_built.py": "", ".gitignore": ""})
    assert repo.customs().err == (
        "note: a.py:1: ignore: the comment is no longer needed, remove it\n"
        "note: pyproject.toml: ignore: `zz_built` is no longer needed, remove it\n"
    )


def test_an_environment_makes_no_comment_needless(repo: Repo) -> None:
    repo.stage({"a.py": "import zz_made  # import-customs: ignore\n", "pyproject.toml": NEEDING})
    folder = ".venv/lib/python3.11/site-packages"
    about = {"METADATA": "Metadata-Version: 2.1\nName: platform-x\nVersion: 1\n", "RECORD": "zz_made.py,,\n"}
    repo.write({f"{folder}/platform_x-1.dist-info/{name}": text for name, text in about.items()})
    repo.write({".venv/pyvenv.cfg": "version = 3.11\n", f"{folder}/zz_made.py": ""})
    assert repo.customs().err == ""


def test_what_a_sparse_checkout_leaves_out_needs_settings(repo: Repo) -> None:
    table = 'source-roots = ["lib"]\nignore = ["zz_built"]\n'
    repo.stage({"a.py": "", "lib/b.py": "import zz_built\n", "pyproject.toml": NEEDING + table})
    repo.commit()
    repo.git("sparse-checkout", "set", "--no-cone", "/*", "!/lib/")
    assert repo.customs().err == ""


def test_of_a_file_that_cannot_be_judged_nothing_is_said_to_be_needless(repo: Repo) -> None:
    repo.stage({"a.py": "", "b.py": b"\xff\xfei\0m\0", "pyproject.toml": NEEDING + IGNORES})
    ran = repo.customs()
    assert (ran.status, "no longer needed" in ran.err) == (2, False)


@pytest.mark.parametrize(
    ("ignored", "noted"),
    [
        pytest.param("gen/\n", "", id="which git ignores"),
        pytest.param("/gen\n", "", id="by its name"),
        pytest.param("gen/*.pyc\n", NO_FOLDER("gen/src"), id="of which git ignores a part"),
    ],
)
def test_a_source_root_that_is_yet_to_be_made(repo: Repo, ignored: str, noted: str) -> None:
    repo.stage({"a.py": "", ".gitignore": ignored, "pyproject.toml": f'{NEEDING}source-roots = ["gen/src"]\n'})
    assert repo.customs().err == (f"note: pyproject.toml: {noted}\n" if noted else "")


def test_a_source_root_in_a_submodule_that_is_not_checked_out(repo: Repo) -> None:
    repo.stage({"a.py": "", "pyproject.toml": f'{NEEDING}source-roots = ["lib/src", "lib", "libs"]\n'})
    repo.git("update-index", "--add", "--cacheinfo", f"160000,{'1' * 40},lib")
    assert repo.customs().err == f"note: pyproject.toml: {NO_FOLDER('libs')}\n"


def test_what_only_a_script_declares_may_provide(repo: Repo) -> None:
    table = 'provides = { zz_own = ["zz_built"], zz_other = ["zz_x"] }\n'
    script = '# /// script\n# dependencies = ["zz-own"]\n# ///\nimport zz_built\n'
    repo.stage({"a.py": script, "pyproject.toml": NEEDING + table})
    ran = repo.customs()
    noted = "note: pyproject.toml: provides: `zz-other` covers nothing, because it is not declared\n"
    assert (ran.status, ran.err) == (0, noted)
