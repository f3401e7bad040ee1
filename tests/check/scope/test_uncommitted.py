"""What lies on the disk and is no part of the commit neither declares nor provides, however the check is started."""

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from conftest import Repo, examples, remove

PROJECT = '[project]\nname = "demo"\nversion = "1"\nrequires-python = ">=3.11"\ndependencies = [{}]\n'
LOCK = """\
version = 1
[[package]]
name = "other-sdk"
version = "1"
dependencies = [{ name = "redis" }]
[[package]]
name = "redis"
version = "5"
"""
WAYS = {
    "pre-commit": (["a.py"], {"PRE_COMMIT": "1", "GIT_INDEX_FILE": ".git/index"}),
    "files given by hand": (["a.py"], {}),
    "lefthook": (["--staged", "a.py"], {}),
    "by hand, --staged": (["--staged"], {}),
    "by hand, --scope new": (["--scope", "new"], {}),
}


@pytest.fixture(params=WAYS)
def check(request: pytest.FixtureRequest, repo: Repo):
    """The check of a.py in each way: its status, the modules found, and what each of them says to do."""
    arguments, environment = WAYS[request.param]

    def run() -> tuple[int, dict[str, str]]:
        ran = repo.customs(*arguments, "--format", "gitlab", **environment)
        told = [one["description"] for one in json.loads(ran.out or "[]") if "error" not in one["check_name"]]
        return ran.status, {one.split("`")[1]: one.rpartition("; ")[2] for one in told}

    return run


def begin(repo: Repo, files: dict[str, str]) -> None:
    """A first commit with a project that declares nothing, unless the files do."""
    repo.stage({"pyproject.toml": PROJECT.format(""), "a.py": "x = 1\n"} | files)
    assert repo.commit().status == 0


HELPERS = {
    "a_module": "a_module.py",
    "a_package": "a_package/__init__.py",
    "a_folder_without_init": "a_folder_without_init/inner.py",
    "compiled_and_not_ignored": "compiled_and_not_ignored.cpython-313-x86_64-linux-gnu.so",
    "under_a_source_root": "src/under_a_source_root.py",
    "where_sys_path_leads": "na me/where_sys_path_leads.py",
}


def test_untracked_helper(repo: Repo, check) -> None:
    begin(repo, {"helper_of_others.py": ""})
    repo.write(dict.fromkeys(HELPERS.values(), ""))
    imports = "".join(f"import {module}\n" for module in [*HELPERS, "helper_of_others"])
    imports = imports.replace("import a_folder_without_init", "from a_folder_without_init import inner")
    repo.stage({"a.py": f'import sys\nsys.path.insert(0, "na me")\n{imports}'})
    add = {module: f"`git add '{path}'`" if " " in path else f"`git add {path}`" for module, path in HELPERS.items()}
    assert check() == (1, add)
    repo.git("add", "-N", *HELPERS.values())
    assert check() == (1, add)
    repo.git("add", *HELPERS.values())
    assert check() == (0, {})
    repo.git("rm", "-q", "--cached", *HELPERS.values())
    repo.write({".gitignore": "".join(f"{path}\n" for path in HELPERS.values())})
    assert check() == (0, {}), "an ignored module is generated or compiled"


def test_a_helper_of_a_popular_name_suggests_nothing(repo: Repo, check) -> None:
    begin(repo, {})
    repo.write({"celery.py": ""})
    repo.stage({"a.py": "import celery\n"})
    assert check() == (1, {"celery": "`git add celery.py`"})
    assert "celery>=" not in repo.customs("--staged").out


@pytest.mark.parametrize("state", ["untracked", "intended", "ignored"])
@pytest.mark.parametrize(
    ("files", "declaring", "text", "blocked"),
    [
        pytest.param(
            {"sub/b.py": "import httpx\n"},
            {"sub/pyproject.toml": PROJECT.format('"httpx"')},
            "import sub.b\n",
            set(),
            id="of a file that the change leaves as it is",
        ),
        pytest.param(
            {"pyproject.toml": PROJECT.format("") + '[tool.import-customs]\nrequirements-files = ["r.in"]\n'},
            {"r.in": "redis\n"},
            "import redis\n",
            {"redis"},
            id="a requirements file that the project names",
        ),
        pytest.param(
            {"pyproject.toml": PROJECT.format('"other-sdk"')},
            {"uv.lock": LOCK},
            "import redis\n",
            {"redis"},
            id="a lock file",
        ),
        pytest.param(
            {"pyproject.toml": PROJECT.format("")},
            {"pytest.ini": "[pytest]\npythonpath = lib\n", "lib/helper_x.py": ""},
            "import helper_x\n",
            {"helper_x"},
            id="a setting",
        ),
    ],
)  # fmt: skip
def test_uncommitted_declarations(repo: Repo, check, state, files, declaring, text, blocked) -> None:
    begin(repo, files)
    repo.write(declaring)
    if state == "intended":
        repo.git("add", "-N", *declaring)
    if state == "ignored":
        repo.write({".gitignore": "".join(f"/{path}\n" for path in declaring if not path.endswith(".py"))})
    repo.stage({"a.py": text})
    status, found = check()
    assert (status in (1, 2)) == bool(blocked)
    assert set(found) <= blocked


@pytest.mark.parametrize("ignored", ["", "r.txt\n"], ids=["untracked", "ignored"])
def test_a_file_of_dynamic_dependencies_is_to_be_added(repo: Repo, check, ignored: str) -> None:
    dynamic = '[project]\nname = "demo"\ndynamic = ["dependencies"]\n[tool.setuptools.dynamic]\n'
    begin(repo, {"pyproject.toml": dynamic + 'dependencies = { file = "r.txt" }\n', ".gitignore": ignored})
    repo.write({"r.txt": "celery\n"})
    repo.stage({"a.py": "import celery\n"})
    assert check() == (1, {"celery": f"`git add {'-f ' * bool(ignored)}r.txt`"})


@pytest.mark.parametrize("option", ["assume-unchanged", "skip-worktree"])
def test_what_git_does_not_look_at(repo: Repo, check, option: str) -> None:
    begin(repo, {"known.py": ""})
    repo.git("update-index", f"--{option}", "pyproject.toml")
    repo.write({"pyproject.toml": PROJECT.format('"celery"')})
    repo.stage({"a.py": "import celery\nimport known\n"})
    add = f"`git update-index --no-{option} pyproject.toml`, then `git add pyproject.toml`"
    assert check() == (1, {"celery": add})
    repo.stage({"a.py": "import known\n"})
    assert check() == (0, {})


def test_a_lock_file_that_is_not_committed_is_no_evidence(repo: Repo) -> None:
    begin(repo, {"pyproject.toml": PROJECT.format('"other-sdk"')})
    repo.write({"uv.lock": LOCK})
    repo.stage({"a.py": "import redis\n"})
    rules = [rule_of(repo)]
    repo.git("add", "uv.lock")
    assert [*rules, rule_of(repo)] == ["undeclared", "transitive"]


def rule_of(repo: Repo) -> str:
    ran = repo.customs("a.py", "--format", "json", PRE_COMMIT="1")
    return str(json.loads(ran.out)["findings"][0]["rule"])


def test_a_broken_file_that_is_not_committed_hinders_nobody(repo: Repo, check) -> None:
    begin(repo, {})
    repo.write({"sub/pyproject.toml": "= broken\n"})
    repo.stage({"sub/b.py": "import os\n", "a.py": "import sub.b\n"})
    assert check() == (0, {})


def test_everything_on_disk_counts_where_all_files_are_checked(repo: Repo) -> None:
    begin(repo, {})
    repo.write({"helper.py": ""})
    repo.stage({"a.py": "import helper\n"})
    assert repo.customs("--scope", "all").status == 0


def test_a_module_of_a_submodule_is_committed(repo: Repo, check, tmp_path: Path) -> None:
    inner = Repo(tmp_path / "inner")
    inner.stage({"helper.py": ""})
    inner.commit()
    begin(repo, {})
    repo.git("-c", "protocol.file.allow=always", "submodule", "add", "-q", str(inner.path), "lib")
    repo.stage({"a.py": "import lib.helper\n"})
    assert check() == (0, {})


def test_a_symlink_is_committed_with_what_it_leads_to(repo: Repo, check) -> None:
    begin(repo, {"code/__init__.py": "", "real.py": ""})
    (repo.path / "helper.py").symlink_to("real.py")
    (repo.path / "tools").symlink_to("code")
    repo.stage({"a.py": "import helper\nimport tools\n"})
    status, found = check()
    assert (status, set(found)) == (1, {"helper", "tools"})
    repo.git("add", "helper.py", "tools")
    assert check() == (0, {})


@pytest.mark.parametrize("form", ["4", "split", "sparse"])
def test_other_forms_of_the_index(repo: Repo, check, form: str) -> None:
    """What their file does not tell, git does."""
    begin(repo, {"known.py": "", "pkg/__init__.py": "", "far/b.py": ""})
    if form == "4":
        repo.git("update-index", "--index-version=4")
    elif form == "split":
        repo.git("update-index", "--split-index")
    else:
        repo.git("sparse-checkout", "set", "--cone", "--sparse-index", "pkg")
    repo.write({"helper.py": "", "later.py": ""})
    repo.git("add", "-N", "later.py")
    repo.stage({"a.py": "import known\nimport pkg\nimport helper\nimport later\nimport far.b\n"})
    assert check() == (1, {"helper": "`git add helper.py`", "later": "`git add later.py`"})


NAMED_ELSEWHERE = """[project]
name = "demo"
version = "1"
dependencies = []
[tool.import-customs]
requirements-files = ["{}"]
"""


@pytest.mark.parametrize("named", ["req/base.txt", "req/*.txt"])
@pytest.mark.parametrize("arguments", [("app/a.py",), ("--scope=all",)], ids=["commit", "all files"])
def test_a_declaring_file_that_a_sparse_checkout_leaves_out(repo: Repo, named: str, arguments: tuple[str, ...]) -> None:
    begin(repo, {"pyproject.toml": NAMED_ELSEWHERE.format(named), "req/base.txt": "redis\n", "app/a.py": ""})
    repo.git("sparse-checkout", "set", "app")
    repo.stage({"app/a.py": "import redis\nimport celery\n"})
    report = json.loads(repo.customs(*arguments, "--format=json").out)
    assert ([one["module"] for one in report["findings"]], report["errors"]) == (["celery"], [])


def links_as_text(repo: Repo, links: dict[str, str]) -> None:
    """Add symlinks as git does it where the file system has none."""
    repo.git("config", "core.symlinks", "false")
    for path, target in links.items():
        repo.write({path: target})
        blob = repo.git("hash-object", "-w", path).strip()
        repo.git("update-index", "--add", "--cacheinfo", f"120000,{blob},{path}")


@pytest.mark.parametrize("links", [{"tools": "libs/tools"}, {"tools/k.py": "../libs/tools/k.py"}], ids=str)
def test_a_symlink_that_is_text_on_disk(repo: Repo, check, links: dict[str, str]) -> None:
    begin(repo, {"libs/tools/__init__.py": "", "libs/tools/k.py": ""})
    links_as_text(repo, links)
    repo.commit()
    repo.stage({"a.py": "import tools.k\nimport tools.celery\nimport redis\n"})
    status, found = check()
    assert (status, found.keys() - {"tools.celery", "tools"}) == (1, {"redis"})


@pytest.mark.parametrize("arguments", [("sub/b.py",), ("--scope=all",), ("--staged",)], ids=str)
def test_what_a_symlink_states_that_is_text_on_disk(repo: Repo, arguments: tuple[str, ...]) -> None:
    begin(repo, {"pyproject.toml": PROJECT.format('"redis"'), "sub/b.py": ""})
    links_as_text(repo, {"sub/pyproject.toml": "../pyproject.toml"})
    repo.commit()
    repo.stage({"sub/b.py": "import redis\nimport celery\n"})
    report = json.loads(repo.customs(*arguments, "--format=json").out)
    assert ([one["module"] for one in report["findings"]], report["errors"]) == (["celery"], [])


@pytest.mark.parametrize(
    ("option", "added"),
    [
        pytest.param("--fix", "celery", id="what is missing"),
        pytest.param("--ignore-existing", '"/b.py" = ["celery"]', id="what is exempted"),
    ],
)
def test_what_is_written_goes_to_where_a_symlink_leads_that_is_text(repo: Repo, option: str, added: str) -> None:
    begin(repo, {"shared/pyproject.toml": PROJECT.format(""), "sub/b.py": ""})
    links_as_text(repo, {"sub/pyproject.toml": "../shared/pyproject.toml"})
    repo.commit()
    repo.stage({"sub/b.py": "import celery\n"})
    ran = repo.customs(option, "sub/b.py", "--scope=all")
    assert (ran.err, ran.out.partition(":")[0]) == ("", "shared/pyproject.toml")
    assert added in (repo.path / "shared/pyproject.toml").read_text()
    assert (repo.path / "sub/pyproject.toml").read_text() == "../shared/pyproject.toml"
    assert repo.customs("sub/b.py", "--scope=all").status == 0, "though it is not staged"


NAMES = st.sampled_from(["m", "n", "celery"])
FOLDERS = st.sampled_from(["", "pkg/", "src/", "pkg/sub/"])
FILES = st.builds(
    "{}{}{}".format, FOLDERS, NAMES, st.sampled_from([".py", "/__init__.py", "/x.py", ".pyi"])
) | st.builds(
    "{}{}".format, FOLDERS, st.sampled_from(["__init__.py", "conftest.py", "manage.py", "setup.py", "pytest.ini"])
)
IMPORTS = st.sampled_from(["m", "n", "celery", "m.x", "pkg.m", "pkg.sub.n", "pkg.celery.x", "x", "conftest"])


@settings(max_examples=examples(30), suppress_health_check=list(HealthCheck), derandomize=True)
@given(
    tracked=st.frozensets(FILES, max_size=5),
    untracked=st.frozensets(FILES, min_size=1, max_size=5),
    where=st.sampled_from(["a.py", "pkg/a.py", "pkg/sub/test_a.py", "src/a.py"]),
    modules=st.frozensets(IMPORTS, min_size=1, max_size=4),
)
def test_the_same_is_found_without_what_is_untracked(tmp_path: Path, tracked, untracked, where, modules) -> None:
    remove(tmp_path / "repo")
    repo = Repo(tmp_path / "repo")
    begin(repo, dict.fromkeys(tracked, ""))
    repo.stage({where: "".join(f"import {module}\n" for module in sorted(modules))})
    without = found_in(repo, where)
    repo.write(dict.fromkeys(untracked - tracked, ""))
    assert found_in(repo, where) == without
    assert found_in(repo, "--staged", where) == without


def found_in(repo: Repo, *arguments: str) -> set[tuple[str, int]]:
    ran = repo.customs(*arguments, "--format", "json", PRE_COMMIT="1")
    return {(one["path"], one["line"]) for one in json.loads(ran.out)["findings"]}


def test_git_is_asked_once_for_all_that_a_file_on_disk_would_settle(repo: Repo, tmp_path: Path) -> None:
    names = [f"a{number}.py" for number in range(9)]
    begin(repo, dict.fromkeys(names, "x = 1\n"))
    repo.stage(dict.fromkeys(names, "import redis, six\n"))
    repo.write({"pyproject.toml": PROJECT.format('"redis", "six"')})
    calls = tmp_path / "calls"
    assert repo.customs("--staged", GIT_TRACE=str(calls)).status == 1
    asked = [line.partition("git ")[2] for line in calls.read_text().splitlines() if "built-in: git " in line]
    assert len(asked) < len(names), asked
    assert len(set(asked)) == len(asked), "none twice"


def test_a_project_that_is_not_staged_is_named(check, repo: Repo) -> None:
    """Its module is nobody else's, though git does not know it yet."""
    begin(repo, {})
    repo.write(
        {"libs/zz/pyproject.toml": PROJECT.format("").replace("demo", "zz-own"), "libs/zz/zz_own/__init__.py": ""}
    )
    repo.write({"data/b/pyproject.toml": PROJECT.format("")})
    repo.write({"libs/r/pyproject.toml": PROJECT.format("").replace("demo", "redis"), "libs/r/redis/__init__.py": ""})
    repo.stage({"a.py": "import zz_own, zz_other, redis\n"})
    status, told = check()
    assert "libs" not in told["redis"]  # a package is known to install it
    assert (status, told["zz_own"]) == (1, "`git add libs/zz`: the next report says how to declare it")
    assert "libs" not in told["zz_other"]
    repo.stage(
        {"libs/zz/zz_own/__init__.py": "", "libs/zz/pyproject.toml": PROJECT.format("").replace("demo", "zz-own")}
    )
    assert "git add" not in check()[1]["zz_own"]


def test_what_a_symlink_leads_to_is_what_is_added(repo: Repo, check) -> None:
    """Git sees no change in the link."""
    begin(repo, {"all/project.toml": '[project]\nname = "a"\n', "b.py": ""})
    (repo.path / "pyproject.toml").unlink()
    (repo.path / "pyproject.toml").symlink_to("all/project.toml")
    repo.git("add", "-A")
    repo.commit()
    repo.stage({"b.py": "import celery\n"})
    assert "`git add all/project.toml` and commit again" in repo.customs("--staged").out
    fixed = repo.customs("--fix", "--staged").out
    assert (fixed[:39], fixed.splitlines()[-1]) == (
        "all/project.toml: added to [project] de",
        "see `git diff`, then `git add all/project.toml`",
    )
    assert "git add all/project.toml" in repo.customs("--staged").out
    repo.git("add", "all/project.toml")
    assert repo.customs("--staged").status == 0
