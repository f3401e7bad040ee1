"""The command as it is typed: arguments and a repository in, text and status out."""

import json
import os
import sys

import pytest

from conftest import Ran, Repo

PROJECT = '[project]\nname = "demo"\ndependencies = ["pyyaml"]\n'
CLEAN = {"pyproject.toml": PROJECT, "a.py": "import os, yaml\n"}
FOUND = {"pyproject.toml": PROJECT, "a.py": "import os, celery\n"}


def test_nothing_to_declare(repo: Repo) -> None:
    repo.stage(CLEAN)
    assert repo.customs() == Ran(0, "checked everything in 1 file: nothing to declare\n", "")


def test_report(repo: Repo) -> None:
    repo.stage(FOUND)
    assert repo.customs() == Ran(
        1,
        """\
a.py:1:12: undeclared: `celery` is not declared in pyproject.toml
  1 | import os, celery
    |            ^^^^^^

checked everything in 1 file: 1 finding

1 package is imported and not declared in pyproject.toml.
Write [project] dependencies as:

    dependencies = [
        "pyyaml",
        "celery",
    ]

The versions are left out: without `requires-python` no release is known to run
on all your Pythons.

Or have it written for you:

    import-customs --fix
""",
        "",
    )


def test_json_report(repo: Repo) -> None:
    repo.stage(FOUND)
    ran = repo.customs("--format", "json")
    assert (ran.status, ran.err) == (1, "")
    assert json.loads(ran.out) == {
        "version": 1,
        "findings": [
            {
                "path": "a.py",
                "line": 1,
                "column": 12,
                "end_column": 18,
                "module": "celery",
                "rule": "undeclared",
                "providers": ["celery"],
                "project": "pyproject.toml",
                "local": None,
                "cell": None,
                "guard": None,
                "via": [],
                "message": "`celery` is not declared in pyproject.toml",
                "remedy": 'add `"celery"` to [project] dependencies',
                "declare": {"file": "pyproject.toml", "requirement": "celery", "place": "runtime"},
            }
        ],
        "errors": [],
        "summary": {"files": 1, "findings": 1, "scope": "all", "base": None},
    }


@pytest.mark.parametrize(
    ("files", "arguments", "err"),
    [
        pytest.param(
            {"a.py": "import celery"},
            (),
            "a.py:1:8: error: no pyproject.toml states a project for it; it imports `celery`\n"
            "    create requirements.txt with these lines:\n\n        celery\n\n"
            "    or state them in a pyproject.toml with a [project] table,\n"
            "    or name the file that states them: `--requirements-file FILE`\n",
            id="no pyproject.toml",
        ),
        pytest.param(
            {"pyproject.toml": "[project]\nname = \n", "a.py": "import os"},
            (),
            "pyproject.toml:2:8: error: invalid TOML: Invalid value\n    correct it, then run again\n",
            id="invalid TOML",
        ),
        pytest.param(
            {"pyproject.toml": "[project]\nname = 'a'\ndependencies = 'x'\n", "a.py": "import os"},
            (),
            "pyproject.toml:3:1: error: project.dependencies must be an array, not a string\n"
            "    correct it, then run again\n",
            id="wrong type in a known table",
        ),
        pytest.param(CLEAN, ("b.py",), "b.py: error: no such file\n    check the spelling\n", id="no such file"),
        pytest.param(
            CLEAN,
            ("/dev/null",),
            "/dev/null: error: is outside the repository {root}\n    run it in that file's repository\n",
            id="outside",
        ),
        pytest.param(
            CLEAN,
            ("--scope", "all", "--since", "HEAD"),
            "error: --scope all and --since exclude each other\n"
            "    --since counts what is new: leave out one of the two\n",
            id="conflicting options",
        ),
        pytest.param(
            CLEAN,
            ("--since", "nowhere"),
            "error: --since nowhere: there is no such commit\n"
            "    see `git log --all`, or `git fetch` what is missing\n",
            id="unknown revision",
        ),
    ],
)
def test_what_cannot_be_checked(repo: Repo, files: dict[str, str], arguments: tuple[str, ...], err: str) -> None:
    repo.stage(files)
    ran = repo.customs(*arguments)
    assert (ran.status, ran.err) == (2, err.format(root=repo.path))
    checked = ran.out.removeprefix("checked everything in 0 files").removeprefix("checked everything in 1 file")
    assert checked in ("", "; 1 could not be checked: see above\n")


def test_requirements_file_instead_of_a_pyproject(repo: Repo) -> None:
    repo.stage({"a.py": "import yaml\nimport celery\n", "r/all.txt": "-r more.txt\n", "r/more.txt": "pyyaml\n"})
    ran = repo.customs("--requirements-file", "r/all.txt")
    assert ran.out.startswith("a.py:2:8: undeclared: `celery` is declared in none of r/*.txt\n")
    assert "Add to r/all.txt:\n\n    celery\n" in ran.out


@pytest.mark.parametrize("options", [(), ("--staged",), ("--fix",)], ids=str)
@pytest.mark.parametrize("files", [{"a.py": "import yaml\n"}, CLEAN], ids=["no pyproject.toml", "a pyproject.toml"])
def test_requirements_file_that_is_missing(repo: Repo, files: dict[str, str], options: tuple[str, ...]) -> None:
    repo.stage(files | {"r.txt": ""})
    ran = repo.customs(*options, "--requirements-file", "r.txt", "--requirements-file", "none.txt")
    assert ran == Ran(2, "", "none.txt: error: no such requirements file\n    check the spelling\n")


def test_requirements_file_that_is_none(repo: Repo) -> None:
    repo.stage({"a.py": "import yaml\n", "environment.yml": "dependencies:\n  - pyyaml\n"})
    hint = "state what it lists in a requirements file, and name that"
    says = f"environment.yml: error: this is no requirements file\n    {hint}\n"
    assert repo.customs("--requirements-file", "environment.yml") == Ran(2, "", says)


@pytest.mark.parametrize(
    ("arguments", "which"),
    [
        pytest.param(("--stdin-filename", ""), "--stdin-filename", id="where to read"),
        pytest.param(("--stdin-filename=", "--fix"), "--stdin-filename", id="where to read, and it writes"),
        pytest.param(("--python", ""), "--python", id="environment"),
        pytest.param(("--since", ""), "--since", id="revision"),
        pytest.param(("--output", ""), "--output", id="where to write"),
        pytest.param(
            ("--requirements-file", "r.txt", "--requirements-file", ""), "--requirements-file", id="one of two"
        ),
        pytest.param(("",), "FILE", id="a file"),
        pytest.param(("a.py", "", "--fix"), "FILE", id="one of two files"),
    ],
)
def test_an_empty_value_is_not_taken_for_none(repo: Repo, arguments: tuple[str, ...], which: str) -> None:
    """A variable that is not set gives one: everything would be checked, or written, that was not meant."""
    repo.stage(FOUND)
    assert repo.customs(*arguments) == Ran(2, "", f"error: {which} is empty\n    name one, or leave it out\n")


def test_outside_a_repository(repo: Repo) -> None:
    (repo.path / ".git").rename(repo.path / "no-git")
    ran = repo.customs(GIT_CEILING_DIRECTORIES=str(repo.path.parent))
    assert ran == Ran(2, "", "error: this is not a git repository\n    run it inside one, or `git init` first\n")


@pytest.mark.parametrize("arguments", [(), ("--staged",), ("--explain", "os")], ids=str)
@pytest.mark.parametrize("where", [".git", ".git/objects", "bare"])
def test_where_there_is_no_worktree(repo: Repo, where: str, arguments: tuple[str, ...]) -> None:
    repo.git("init", "-q", "--bare", "bare")
    says = "error: this is a bare repository, or git's own folder\n    run it in a checkout, where files are\n"
    assert repo.customs(*arguments, cwd=where) == Ran(2, "", says)


def test_unreadable_file(repo: Repo) -> None:
    repo.stage({"a.py": "import celery"})
    (repo.path / "pyproject.toml").symlink_to("pyproject.toml")
    ran = repo.customs()
    says = (
        "pyproject.toml: error: cannot be read: Too many levels of symbolic links\n"
        "    check that it can be opened here\n"
    )
    assert ran == Ran(2, "checked everything in 0 files; 1 could not be checked: see above\n", says)


@pytest.mark.parametrize(
    ("source", "warning"),
    [
        pytest.param(b"import celery; x = (\n", "does not parse", id="does not parse"),
        pytest.param(b"s = '\xe9'\nimport celery\n", "Latin-1", id="does not decode"),
    ],
)
def test_broken_python_is_judged_with_a_note(repo: Repo, source: bytes, warning: str) -> None:
    repo.stage({"pyproject.toml": PROJECT, "a.py": source})
    ran = repo.customs()
    assert ran.status == 1
    assert "`celery` is not declared" in ran.out
    assert ran.err.startswith("note: a.py ")
    assert warning in ran.err


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        pytest.param("-x.py", ("-x.py",), id="looks like an option"),
        pytest.param("-x.py", ("--format", "text", "-x.py"), id="looks like an option, among options"),
        pytest.param("a b\nc.py", ("a b\nc.py",), id="space and newline"),
        pytest.param("sub/a.py", ("sub",), id="a folder"),
        pytest.param("sub/a.py", (".",), id="everything below"),
        pytest.param("sub/a.py", ("./sub/../sub/a.py",), id="a roundabout path"),
        pytest.param("tool", ("tool",), id="a script without a suffix"),
    ],
)
def test_names(repo: Repo, name: str, arguments: tuple[str, ...]) -> None:
    repo.stage({"pyproject.toml": PROJECT})
    repo.commit()
    repo.write({name: "#!/usr/bin/env python3\nimport celery\n"})
    repo.git("add", ".")
    ran = repo.customs(*arguments)
    assert (ran.status, ran.out.count("`celery` is not declared")) == (1, 1)


OPTIONS = ("--staged", "--fix", "--format", "--format=json", "--quiet", "-h", "--", "json")


@pytest.mark.parametrize(
    "arguments",
    [
        pytest.param(("--staged",), id="of a hook"),
        pytest.param(("--staged", "a.py"), id="of a hook, and a file"),
        pytest.param(("--fix",), id="of the other hook"),
        pytest.param(("--format", "json"), id="with a value that is a file too"),
        pytest.param(("--format=json",), id="with its value in one"),
        pytest.param(("--staged", "--", "a.py"), id="ends of the options"),
        pytest.param(("-h",), id="short"),
    ],
)
def test_an_option_is_one_whatever_files_there_are(repo: Repo, arguments: tuple[str, ...]) -> None:
    repo.stage(FOUND)
    alone = repo.customs(*arguments)
    repo.stage(FOUND)
    repo.write(dict.fromkeys(OPTIONS, "#!/usr/bin/env python3\nimport boto3\n"))
    assert repo.customs(*arguments) == alone


@pytest.mark.parametrize("name", OPTIONS)
@pytest.mark.parametrize(("before", "manager"), [("./", ""), ("", "1")], ids=["by hand", "under pre-commit"])
def test_a_file_called_like_an_option(repo: Repo, name: str, before: str, manager: str) -> None:
    repo.stage({"pyproject.toml": PROJECT, name: "#!/usr/bin/env python3\nimport celery\n"})
    ran = repo.customs(f"{before}{name}", PRE_COMMIT=manager)
    assert ran.out.startswith(f"{name}:2:8: undeclared: `celery`")


def test_from_a_folder_inside(repo: Repo) -> None:
    repo.stage({"pyproject.toml": PROJECT, "sub/a.py": "import celery\n"})
    ran = repo.customs("a.py", cwd="sub")
    assert ran.out.startswith("a.py:1:8: undeclared: `celery` is not declared in ../pyproject.toml\n")


def test_symlinks_and_folders_named_like_modules_are_passed_over(repo: Repo) -> None:
    repo.stage({"pyproject.toml": PROJECT, "folder.py/x.txt": ""})
    (repo.path / "target.txt").write_text("import celery\n")
    (repo.path / "link.py").symlink_to("target.txt")
    repo.git("add", ".")
    assert repo.customs("link.py", "folder.py").status == 0
    assert repo.customs().status == 0


LINK = "{}: error: is a symlink to a folder, and not followed\n    name that folder\n"


@pytest.mark.parametrize(
    ("argument", "files", "error"),
    [
        pytest.param("empty", 0, "", id="nothing in it"),
        pytest.param("untracked", 0, "", id="nothing tracked in it"),
        pytest.param("nested", 0, "", id="a submodule"),
        pytest.param("link", 0, LINK.format("link"), id="a symlink to a folder"),
        pytest.param("sub/../link/", 0, LINK.format("link"), id="a symlink to a folder, with its slash"),
        pytest.param("out", 0, LINK.format("out"), id="a symlink to a folder outside"),
        pytest.param("sub", 1, "", id="a tracked file in it"),
    ],
)
@pytest.mark.parametrize("options", [(), ("--staged", "--scope", "all"), ("--fix",)], ids=str)
def test_a_folder_is_what_git_tracks_in_it(
    repo: Repo, options: tuple[str, ...], argument: str, files: int, error: str
) -> None:
    Repo(repo.path / "nested").commit("--allow-empty")
    repo.write({"pyproject.toml": PROJECT, "a.py": "import celery\n", "sub/a.py": "import tenacity\n"})
    (repo.path / "empty").mkdir()
    (repo.path / "link").symlink_to("sub")
    (repo.path / "out").symlink_to("..")
    repo.git("add", ".")
    repo.commit()
    repo.write({"untracked/x.py": "import celery\n"})
    ran = repo.customs(*options, argument)
    assert (ran.status, ran.err) == (2 if error else files, error)
    assert ("celery" in ran.out, "tenacity" in ran.out) == (False, files == 1)
    assert "--fix" in options or f" in {files} file" in ran.out


@pytest.mark.parametrize(
    ("environment", "arguments", "colored"),
    [
        pytest.param({}, (), False, id="no terminal"),
        pytest.param({"FORCE_COLOR": "1"}, (), True, id="FORCE_COLOR"),
        pytest.param({"FORCE_COLOR": "1", "NO_COLOR": "1"}, (), False, id="NO_COLOR goes first"),
        pytest.param({"NO_COLOR": "1"}, ("--color", "always"), True, id="the option goes before both"),
        pytest.param({"FORCE_COLOR": "1"}, ("--color", "never"), False, id="never"),
    ],
)
def test_color(repo: Repo, environment: dict[str, str], arguments: tuple[str, ...], *, colored: bool) -> None:
    repo.stage(FOUND)
    assert ("\033[" in repo.customs(*arguments, **environment).out) == colored


def test_output_is_safe(repo: Repo) -> None:
    repo.stage({"pyproject.toml": PROJECT, "a\033[31m.py": "import celery  # \033[2J\u202e\n"})
    ran = repo.customs()
    assert "\033" not in ran.out
    assert "\u202e" not in ran.out
    assert ran.out.startswith("a\\x1b[31m.py:1:8: ")


def test_any_locale(repo: Repo) -> None:
    repo.stage({"pyproject.toml": PROJECT, "ä.py": "import celery, модуль\n"})
    ran = repo.hook(LC_ALL="C", PYTHONIOENCODING="ascii", PYTHONUTF8="0")
    assert (ran.status, ran.err) == (1, "")


def test_python_m_and_the_console_command_are_one(repo: Repo) -> None:
    repo.stage(FOUND)
    script = os.path.join(os.path.dirname(sys.executable), "import-customs")
    by_python = repo.hook("--quiet")
    assert repo.run(script, "--quiet") == by_python == repo.customs("--quiet")
    assert by_python.status == 1


def test_closed_output(repo: Repo) -> None:
    repo.stage(FOUND)
    ran = repo.run("sh", "-c", f"{sys.executable} -I -m import_customs | true; exit 0")
    assert ran == Ran(0, "", "")


def test_quiet_is_a_line_for_each_finding(repo: Repo) -> None:
    repo.stage(FOUND)
    line = 'a.py:1:12: undeclared: `celery`: add `"celery"` to pyproject.toml\n'
    assert repo.customs("--quiet") == Ran(1, line, "")
    repo.stage(CLEAN)
    assert repo.customs("--quiet") == Ran(0, "", "")


def test_statistics_follow_the_report(repo: Repo) -> None:
    repo.stage(FOUND)
    counts = "\nimports  rule\n      1  undeclared\n\nimports  package\n      1  celery\n"
    assert repo.customs("--statistics").out == f"{repo.customs().out}{counts}"


@pytest.mark.parametrize("form", ["text", "json", "github", "gitlab", "sarif", "junit"])
def test_output_goes_to_a_file_without_color(repo: Repo, form: str) -> None:
    repo.stage(FOUND)
    printed = repo.customs("--format", form)
    written = repo.customs("--format", form, "--output", "report", FORCE_COLOR="1")
    assert (written, (repo.path / "report").read_text()) == (Ran(1, "", ""), printed.out)


def test_color_in_a_file_where_it_is_asked_for(repo: Repo) -> None:
    repo.stage(FOUND)
    repo.customs("--output", "report", "--color", "always")
    assert (repo.path / "report").read_text() == repo.customs("--color", "always").out


@pytest.mark.parametrize("way", ["{}", "{} | cat", "{} > ../report; code=$?; cat ../report; exit $code"])
def test_output_to_where_standard_output_goes(repo: Repo, way: str) -> None:
    repo.stage(FOUND)
    command = f"{sys.executable} -I -m import_customs --quiet --output /dev/stdout"
    assert repo.run("sh", "-c", way.format(command)).out == repo.customs("--quiet").out


def test_output_that_cannot_be_written(repo: Repo) -> None:
    repo.stage(FOUND)
    (repo.path / "loop").symlink_to("loop")
    assert "loop: error: cannot be written: Too many levels of symbolic links\n" in repo.customs("--output", "loop").err
    assert (repo.path / "loop").is_symlink()


@pytest.mark.parametrize(
    ("name", "text", "found"),
    [
        pytest.param("a.py", "import celery\n", "a.py:1:8: undeclared: `celery`", id="not what lies on disk"),
        pytest.param("a.py", "import yaml\n", "", id="clean"),
        pytest.param("new/b.py", "import celery\n", "new/b.py:1:8: undeclared: `celery`", id="not saved yet"),
        pytest.param(
            "new/b_of_x.py",
            "import a, b_of_x\n",
            "new/b_of_x.py:1:11: unknown: `b_of_x`",
            id="it is not what it imports",
        ),
        pytest.param("notes.txt", "import celery\n", "", id="no Python"),
    ],
)
def test_text_from_standard_input(repo: Repo, name: str, text: str, found: str) -> None:
    repo.stage(CLEAN)
    ran = repo.run(
        "sh", "-c", f"printf %s '{text}' | {sys.executable} -I -m import_customs --quiet --stdin-filename {name}"
    )
    assert ran.out.startswith(found)
    assert (ran.status, ran.out.count("\n"), ran.err) == ((1, 1, "") if found else (0, 0, ""))


def test_other_packages_that_may_be_meant_are_named(repo: Repo) -> None:
    repo.stage(CLEAN | {"tests/t.py": "import celery\n", "a.py": "import cv2, tenacity\n"})
    assert repo.customs().out.endswith(
        """
3 packages are imported and not declared in pyproject.toml.
Write [project] dependencies as:

    dependencies = [
        "pyyaml",
        "opencv-python",
        "tenacity",
    ]

Add to pyproject.toml:

    [dependency-groups]
    test = [
        "celery",
    ]

Instead of `opencv-python` you may want `opencv-python-headless` or
`opencv-contrib-python`.
The versions are left out: without `requires-python` no release is known to run
on all your Pythons.

Or have all but `opencv-python` written for you:

    import-customs --fix
"""
    )


def test_what_is_neither_pasted_nor_configured_is_listed_at_the_end(repo: Repo) -> None:
    repo.stage({"pyproject.toml": PROJECT, "a.py": "import celery\nimport reqeusts\n"})
    prose = repo.customs().prose
    assert "To be settled by hand, too: a.py:2: did you mean `requests`?" in prose
    repo.stage({"a.py": "import reqeusts\n"})
    assert "settled by hand" not in repo.customs().prose, "it stands right above"


@pytest.mark.parametrize(
    ("source", "step"),
    [
        pytest.param("import celery\n", "`git add pyproject.toml` and commit again", id="only what is declared"),
        pytest.param(
            "import celery\nimport reqeusts\n",
            "`git add pyproject.toml` and what you changed, and commit again",
            id="a name that is corrected, too",
        ),
        pytest.param(
            "import celery\nimport zz_made_up\n",
            "`git add pyproject.toml` and what you changed, and commit again",
            id="an unknown name, too",
        ),
        pytest.param("import reqeusts\n", "`git add` what you changed and commit again", id="only a name"),
        pytest.param("import helper\n", "commit again", id="only what the findings say to stage"),
    ],
)
def test_the_last_line_has_all_that_is_to_be_staged(repo: Repo, source: str, step: str) -> None:
    repo.write({"helper.py": ""})
    repo.stage({"pyproject.toml": PROJECT, "a.py": source})
    assert repo.customs("--staged").out.endswith(f"\nThen {step}.\n")


@pytest.mark.parametrize(
    ("source", "counts"),
    [
        pytest.param("import tomllib\nimport celery\n", "1 package and 1 other module", id="standard library"),
        pytest.param("import helper\nimport celery\n", "1 package and 1 other module", id="a file that is not staged"),
        pytest.param("import tomllib\n", "1 module", id="no package"),
    ],
)
def test_the_summary_calls_no_module_unknown_that_is_known(repo: Repo, source: str, counts: str) -> None:
    project = PROJECT.replace("[project]", '[project]\nrequires-python = ">=3.9"')
    repo.write({"helper.py": ""})
    repo.stage({"pyproject.toml": project, "a.py": source + source})
    assert f" of {counts}" in repo.customs("--staged").prose


def test_many_unknown_modules_are_counted_and_one_is_the_example(repo: Repo) -> None:
    names = [f"zz_made_up_{number}" for number in range(12)]
    repo.stage({"pyproject.toml": PROJECT, "a.py": f"import celery, {', '.join(names)}\nimport celery as again\n"})
    ran = repo.customs()
    assert ": 14 findings of 1 package and 12 other modules" in ran.prose
    assert "12 of these modules, such as `zz_made_up_0` and `zz_made_up_1`." in ran.prose
    assert 'provides = { "<package>" = ["zz_made_up_0"] }' in ran.out
