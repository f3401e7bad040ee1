"""How a report on unused declarations ends: the command that takes them out, and the next step."""

import re
import shlex

import pytest

from conftest import Repo

HEAD = '[project]\nname = "demo"\nversion = "1"\nrequires-python = ">=3.11"\n'
DECLARED = f'{HEAD}dependencies = ["requests", "ipdb"]\n'
BLOCKS = '[tool.import-customs]\nunused = "block"\n'
PIXI = f"{HEAD}dependencies = []\n[tool.pixi.pypi-dependencies]\nrequests = '*'\n"
UV_LOCK = 'version = 1\n[[package]]\nname = "requests"\nversion = "2"\n'
KEEP = "or keep it: # import-customs: keep, REASON"


def dropping(repo: Repo, files: dict[str, str]) -> None:
    """A commit in which app.py imports requests, and a staged change that removes that."""
    repo.stage({"app.py": "import requests\n"} | files)
    assert repo.commit().status == 0
    repo.stage({"app.py": "print(1)\n"})


def ending(out: str) -> str:
    """What follows the count."""
    return re.split(r"^checked .*\n", out, flags=re.MULTILINE)[1]


@pytest.mark.parametrize(
    ("more", "arguments", "options"),
    [
        pytest.param("", (), "--staged", id="a commit"),
        pytest.param("", ("--staged",), "--staged", id="by hand"),
        pytest.param("", ("--since", "main"), "--since main", id="since a revision"),
        pytest.param(BLOCKS, ("--scope", "all"), "", id="a whole tree"),
    ],
)
def test_the_command_takes_it_out(repo: Repo, more: str, arguments: tuple[str, ...], options: str) -> None:
    dropping(repo, {"pyproject.toml": DECLARED + more})
    ran = repo.hook("--unused", "app.py", *arguments, PRE_COMMIT="" if arguments else "1", HOME="/")
    found = re.search(r"^Or have it taken out for you:\n\n    (.+)\n", ran.out.replace("\r\n", "\n"), re.MULTILINE)
    assert found is not None, ran
    assert found[1].partition(" -m import_customs ")[2] == f"--unused --fix {options}".strip()
    assert repo.run(*shlex.split(found[1]), PRE_COMMIT="").status == 1
    assert (repo.path / "pyproject.toml").read_text() == (DECLARED + more).replace('"requests", ', "")


@pytest.mark.parametrize(
    ("files", "remedy", "end"),
    [
        pytest.param(
            {"pyproject.toml": DECLARED},
            f"take it out, {KEEP}",
            "\nOr have it taken out for you:\n\n    import-customs --unused --fix --staged\n\n"
            "Then `git add pyproject.toml` and commit again.\n",
            id="a list of pyproject.toml",
        ),
        pytest.param(
            {"pyproject.toml": DECLARED, "uv.lock": UV_LOCK},
            f"take it out (`uv remove requests`), {KEEP}",
            "\nOr have it taken out for you:\n\n    import-customs --unused --fix --staged\n\n"
            "Then `uv lock`, then `git add pyproject.toml uv.lock` and commit again.\n",
            id="a tool that has a command and a lock file",
        ),
        pytest.param(
            {"pyproject.toml": PIXI},
            f"take it out, {KEEP}",
            "\nThen `git add pyproject.toml` and commit again.\n",
            id="a table that is not written to",
        ),
        pytest.param(
            {"Pipfile": '[packages]\nrequests = "*"\n'},
            f"take it out, {KEEP}",
            "\nThen `git add Pipfile` and commit again.\n",
            id="Pipfile",
        ),
    ],
)
def test_the_end(repo: Repo, files: dict[str, str], remedy: str, end: str) -> None:
    dropping(repo, files)
    ran = repo.customs("--unused", "--staged")
    assert f"    {remedy}\n" in ran.out
    assert ending(ran.out) == end


def test_what_it_leaves_is_named(repo: Repo) -> None:
    files = {"pyproject.toml": DECLARED + "[tool.pixi.pypi-dependencies]\nrich = '*'\n"}
    dropping(repo, files | {"b.py": "import rich\n"})
    repo.stage({"b.py": "print(1)\n"})
    assert "Or have all but `rich` taken out for you:\n" in repo.customs("--unused", "--staged").out


def test_seen_from_a_folder(repo: Repo) -> None:
    dropping(repo, {"pyproject.toml": DECLARED, "uv.lock": UV_LOCK, "src/x.py": "\n"})
    ran = repo.customs("--unused", "--staged", cwd="src")
    assert ran.out.endswith("Then `uv lock` in ../, then `git add ../pyproject.toml ../uv.lock` and commit again.\n")


@pytest.mark.parametrize(
    ("files", "why"),
    [
        pytest.param({"pyproject.toml": PIXI}, "--fix does not write to that table", id="pixi, beside [project]"),
        pytest.param(
            {"Pipfile": '[packages]\nrequests = "*"\n'}, "--fix writes to a pyproject.toml alone", id="Pipfile"
        ),
    ],
)
def test_what_fix_leaves_says_why(repo: Repo, files: dict[str, str], why: str) -> None:
    dropping(repo, files)
    ran = repo.customs("--unused", "--fix", "--staged")
    assert (ran.status, ran.out.startswith("left: "), ran.out.endswith(f"{KEEP}\n    {why}\n")) == (1, True, True), ran
