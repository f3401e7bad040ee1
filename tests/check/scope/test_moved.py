"""A change that moves or removes a module of the repository says so at each import that needs it, however old."""

import pytest

from conftest import Repo

PROJECT = '[project]\nname = "a"\nversion = "1"\ndependencies = ["six"]\n'
FILES = {
    "pyproject.toml": PROJECT,
    "a/__init__.py": "",
    "a/w.py": "import a.part, helper\n",
    "a/part.py": "",
    "helper.py": "X = 1\n",
    "scripts/tabulate.py": "Y = 1\n",
    "scripts/run.py": "from tabulate import Y\n",
    "tools/__init__.py": "",
    "tools/Deep.py": "Z = 1\n",
    "run.py": "import tools.Deep\n",
    "tests/test_base.py": "class Base: ...\n",
    "tests/unit/test_b.py": "from test_base import Base\n",
    "other/w.py": "helper = 1  # import\n",
    "jobs/first/common_jobs.py": "V = 1\n",
    "jobs/second/common_jobs.py": "W = 22\n",
    "jobs/second/run.py": "import common_jobs\n",
    "plain/sub/x.py": "U = 1\n",
    "plain/sub/y.py": "T = 22\n",
    "plain/z.py": "S = 333\n",
    "use.py": "from plain.sub import x\n",
    "holding/deep/only.py": "N = 4444\n",
    "holding/deep/inner/more.py": "",
    "uses.py": "import holding.deep.only\n",
}
MOVED = "undeclared: `{}` is imported here, and this change moves {} to {}"
UNKNOWN = MOVED.replace("undeclared", "unknown")


@pytest.mark.parametrize(
    ("moves", "told"),
    [
        pytest.param(
            {"helper.py": "a/other.py"},
            ["a/w.py:1:16: " + MOVED.format("helper", "helper.py", "a/other.py")],
            id="file",
        ),
        pytest.param(
            {"scripts/tabulate.py": "scripts/table.py"},
            ["scripts/run.py:1:6: " + MOVED.format("tabulate", "scripts/tabulate.py", "scripts/table.py")],
            id="called like a package: it is not to be declared",
        ),
        pytest.param(
            {"tools": "a/inner"},
            ["run.py:1:8: " + MOVED.format("tools", "tools/__init__.py", "a/inner/__init__.py")],
            id="a package",
        ),
        pytest.param(
            {"tests/test_base.py": "tests/test_core.py"},
            ["tests/unit/test_b.py:1:6: " + UNKNOWN.format("test_base", "tests/test_base.py", "tests/test_core.py")],
            id="a test's, which another one imports",
        ),
        pytest.param(
            {"jobs/first/common_jobs.py": "jobs/first/a.py", "jobs/second/common_jobs.py": "jobs/second/b.py"},
            [
                "jobs/second/run.py:1:8: "
                + UNKNOWN.format("common_jobs", "jobs/second/common_jobs.py", "jobs/second/b.py")
            ],
            id="one of several of a name",
        ),
        pytest.param(
            {"plain": "fancy"},
            ["use.py:1:6: " + MOVED.format("plain", "plain/sub/x.py", "fancy/sub/x.py")],
            id="a folder that is no package",
        ),
        pytest.param(
            {"holding/deep/only.py": "holding/once.py"},
            ["uses.py:1:8: " + MOVED.format("holding", "holding/deep/only.py", "holding/once.py")],
            id="all that such a folder holds itself",
        ),
        pytest.param({"plain/z.py": "z.py"}, [], id="part of such a folder"),
        pytest.param({"plain": "src/plain"}, [], id="such a folder, to another source root"),
        pytest.param({"a/part.py": "a/piece.py"}, [], id="part of a package that stays"),
        pytest.param({"helper.py": "src/helper.py"}, [], id="to another source root"),
        pytest.param({"helper.py": "a/helper.py", "a/w.py": "a/x.py"}, [], id="where the importing file is"),
        pytest.param({"helper.py": "other/z.py", "a/w.py": None}, [], id="the importing file goes too"),
    ],
)
def test_what_a_module_leaves_behind(repo: Repo, moves: dict[str, str | None], told: list[str]) -> None:
    repo.stage(FILES)
    repo.commit()
    for old, new in moves.items():
        if new:
            (repo.path / new).parent.mkdir(exist_ok=True)
            repo.git("mv", old, new)
        else:
            repo.git("rm", "-q", old)
    ran = repo.customs("--staged")
    assert [line for line in ran.out.splitlines() if "undeclared" in line or "unknown" in line] == told
    assert "Add to" not in ran.out
    assert told == [] or "    import it from where it is now\n" in ran.out


def test_a_removed_copy_may_be_replaced_by_the_package(repo: Repo) -> None:
    repo.stage(FILES)
    repo.commit()
    repo.git("rm", "-q", "scripts/tabulate.py", "helper.py")
    ran = repo.customs("--staged").out
    message = "`tabulate` is imported here, and this change removes scripts/tabulate.py: `tabulate` is not declared\n"
    assert f"scripts/run.py:1:6: undeclared: {message}" in ran
    assert '"tabulate' in ran.partition("not declared in pyproject.toml.")[2]
    gone = "undeclared: `helper` is imported here, and this change removes helper.py\n"
    assert gone in ran
    assert "    keep the file, or remove the import\n" in ran


def test_a_folder_of_which_only_a_cache_is_left(repo: Repo) -> None:
    repo.stage(FILES)
    repo.commit()
    repo.git("rm", "-qr", "plain")
    (repo.path / "plain/sub/__pycache__").mkdir(parents=True)
    ran = repo.customs(PRE_COMMIT="1")
    assert "use.py:1:6: undeclared: `plain` is imported here, and this change removes plain/sub/x.py" in ran.out


def test_an_importing_file_that_the_change_holds_is_judged_once(repo: Repo) -> None:
    repo.stage(FILES)
    repo.commit()
    repo.git("rm", "-q", "helper.py")
    repo.stage({"a/w.py": "import a.part, helper\n\n"})
    assert repo.customs("--staged").out.count("a/w.py:1:16: ") == 1


def test_from_a_source_root_it_is_missed_in_all_of_the_project(repo: Repo) -> None:
    repo.stage(FILES | {"src/engine_room.py": "R = 1\n", "tests/test_c.py": "import engine_room\n"})
    repo.commit()
    repo.git("mv", "src/engine_room.py", "src/heart.py")
    message = UNKNOWN.format("engine_room", "src/engine_room.py", "src/heart.py")
    assert f"tests/test_c.py:1:8: {message}" in repo.customs("--staged").out


@pytest.mark.parametrize("folder", ["", "src/"])
def test_a_source_root_with_an_init_is_one(repo: Repo, folder: str) -> None:
    repo.stage(
        FILES
        | {f"{folder}engine_room.py": "R = 1\n", f"{folder}__init__.py": "", "tests/test_c.py": "import engine_room\n"}
    )
    repo.commit()
    repo.git("rm", "-q", f"{folder}engine_room.py")
    assert "tests/test_c.py:1:8: unknown: `engine_room` is imported here" in repo.customs("--staged").out


def test_a_part_of_a_package_is_not_meant_by_its_bare_name(repo: Repo) -> None:
    repo.stage(FILES)
    repo.commit()
    repo.git("mv", "a/part.py", "a/piece.py")
    repo.stage({"a/new.py": "import part\n"})
    assert "this change moves" not in repo.customs("--staged").out


def test_another_part_of_the_folder_is_not_what_moves(repo: Repo) -> None:
    repo.stage(FILES)
    repo.commit()
    repo.git("mv", "holding/deep/only.py", "holding/once.py")
    repo.stage({"new.py": "import holding.deep.absent\n"})
    told = [line for line in repo.customs("--staged").out.splitlines() if line.startswith(("new.py:", "uses.py:"))]
    assert ["this change moves" in line for line in told] == [False, True]


def test_where_it_moves_to_another_project_that_is_to_be_declared(repo: Repo) -> None:
    repo.stage(FILES | {"libs/b/pyproject.toml": PROJECT.replace('"a"', '"b"')})
    repo.commit()
    repo.git("mv", "helper.py", "libs/b/helper.py")
    ran = repo.customs("--staged").out
    assert "a/w.py:1:16: undeclared: `helper` of this repository's libs/b is not declared in pyproject.toml\n" in ran


def test_where_another_of_its_name_lies_elsewhere_that_is_said(repo: Repo) -> None:
    repo.stage(FILES | {"jobs/third/helper.py": "Q = 1\n"})
    repo.commit()
    repo.git("rm", "-q", "helper.py")
    assert "`jobs/third/helper.py` lies here" in repo.customs("--staged").prose


def test_the_package_that_the_project_itself_is_called_after_is_not_to_be_declared(repo: Repo) -> None:
    repo.stage(
        {"pyproject.toml": PROJECT.replace('"a"', '"tabulate"'), "tabulate.py": "", "run.py": "import tabulate\n"}
    )
    repo.commit()
    repo.git("rm", "-q", "tabulate.py")
    ran = repo.customs("--staged").out
    assert "`tabulate` is imported here, and this change removes tabulate.py\n" in ran
    assert "Add to" not in ran


def test_files_that_no_project_governs_are_left_alone(repo: Repo) -> None:
    repo.stage({"helper.py": "X = 1\n", "w.py": "import helper\n"})
    repo.commit()
    repo.git("mv", "helper.py", "other.py")
    assert repo.customs("--staged").status == 0


def test_a_file_that_cannot_be_read_imports_nothing(repo: Repo) -> None:
    repo.stage(FILES | {"a/w.py": "", "tests/broken.ipynb": '{"cells": ["import helper", ]}'})
    repo.commit()
    repo.git("mv", "helper.py", "a/other.py")
    assert repo.customs("--staged").status == 0


def test_old_debt_beside_it_is_not_told(repo: Repo) -> None:
    repo.stage(FILES | {"a/w.py": "import helper, celery\n"})
    repo.commit()
    repo.git("mv", "helper.py", "a/other.py")
    assert "`celery`" not in repo.customs("--staged").out


def test_beside_a_removed_declaration(repo: Repo) -> None:
    repo.stage(FILES)
    repo.commit()
    repo.git("mv", "helper.py", "a/other.py")
    repo.stage({"pyproject.toml": PROJECT.replace('"six"', "")})
    ran = repo.customs("--staged")
    assert "a/w.py:1:16: " + MOVED.format("helper", "helper.py", "a/other.py") in ran.out


def test_a_file_of_that_name_that_lay_elsewhere_is_not_meant(repo: Repo) -> None:
    repo.stage(FILES)
    repo.commit()
    repo.git("mv", "scripts/tabulate.py", "scripts/table.py")
    repo.stage({"a/part.py": "import tabulate\n"})
    assert "a/part.py:1:8: undeclared: `tabulate` is not declared in pyproject.toml\n" in repo.customs("--staged").out


def test_importers_that_a_sparse_checkout_leaves_out(repo: Repo) -> None:
    repo.stage(FILES | {"far/w.py": "import helper\n", "tools/x.py": ""})
    repo.commit()
    repo.git("sparse-checkout", "set", "--no-cone", "/*", "!/far", "!/tools/__init__.py")
    repo.git("rm", "-q", "helper.py", "tools/Deep.py")
    ran = repo.customs(PRE_COMMIT="1")
    assert "far/w.py:1:8: undeclared: `helper` is imported here, and this change removes helper.py" in ran.out
    assert "`tools" not in ran.out


def test_what_another_rule_finds_is_said_by_that(repo: Repo) -> None:
    repo.stage(FILES | {"pyproject.toml": f'{PROJECT}requires-python = ">=3.9"\n', "distutils.py": "O = 1\n"})
    repo.stage({"use.py": "import distutils\n"})
    repo.commit()
    repo.git("mv", "distutils.py", "other.py")
    assert "use.py:1:8: stdlib-version: `distutils` is in the standard library" in repo.customs("--staged").out
