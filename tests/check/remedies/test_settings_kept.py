"""The table [tool.import-customs] where no pyproject.toml states a project: its folder's is that of the project."""

import json

import pytest

from conftest import Repo

TABLE = "[tool.import-customs]\n"
IGNORE = f'{TABLE}ignore = ["zz_own"]\n'
PIPFILE = '[packages]\nsix = "*"\n'
SETUP = "from setuptools import setup\nsetup(name='a', install_requires=['six'])\n"
CONFIG = "[options]\ninstall_requires =\n    six\n"


@pytest.mark.parametrize(
    "kept",
    [
        pytest.param({"requirements.txt": "six\n"}, id="a requirements file"),
        pytest.param({"requirements/base.txt": "six\n"}, id="requirements files in a folder of their own"),
        pytest.param({"Pipfile": PIPFILE}, id="a Pipfile"),
        pytest.param({"setup.py": SETUP}, id="setup.py"),
        pytest.param({"setup.cfg": CONFIG}, id="setup.cfg"),
        pytest.param({"setup.cfg": "[flake8]\n", "requirements.txt": "six\n"}, id="beside a setup.cfg of tools"),
        pytest.param({}, id="nothing at all"),
    ],
)
@pytest.mark.parametrize(
    ("settings", "status"),
    [
        pytest.param(IGNORE, 0, id="ignore"),
        pytest.param(f"[tool.black]\nline-length = 99\n{IGNORE}", 0, id="beside another tool's table"),
        pytest.param(f'{TABLE}per-file-ignores = {{ "app/*" = ["*"] }}\n', 0, id="per-file-ignores"),
        pytest.param(f'{TABLE}source-roots = ["lib"]\n', 0, id="source-roots"),
        pytest.param('[tool.pytest.ini_options]\npythonpath = ["lib"]\n', 0, id="a source root of another tool"),
        pytest.param(f"{TABLE}nonsense = 1\n", 2, id="an unknown key"),
        pytest.param(f'{TABLE}guarded = "never"\n', 2, id="a wrong value"),
    ],
)
def test_they_count(repo: Repo, kept: dict[str, str], settings: str, status: int) -> None:
    repo.stage({"app/a.py": "import zz_own.part\n", "lib/zz_own/part.py": "", "pyproject.toml": settings, **kept})
    ran = repo.customs("--scope", "all")
    assert (ran.status, "pyproject.toml:2:1: error: " in ran.err) == (status, status == 2), ran.err


@pytest.mark.parametrize(
    ("settings", "status"),
    [
        pytest.param({"pyproject.toml": f'{TABLE}provides = {{ six = ["zz_own"] }}\n'}, 0, id="provides"),
        pytest.param({"pyproject.toml": f'{TABLE}guarded = "ignore"\n'}, 0, id="guarded"),
        pytest.param({"app/pyproject.toml": IGNORE}, 1, id="in another folder than the requirements file"),
    ],
)
def test_what_needs_declarations(repo: Repo, settings: dict[str, str], status: int) -> None:
    repo.stage({"app/a.py": "try:\n    import zz_own\nexcept ImportError:\n    pass\n", "requirements.txt": "six\n"})
    repo.stage(settings)
    assert repo.customs("--scope", "all").status == status


def test_those_of_a_nested_one(repo: Repo) -> None:
    repo.stage({"app/a.py": "import zz_own\n", "app/requirements.txt": "six\n", "pyproject.toml": "[tool.black]\n"})
    assert "say so in\napp/pyproject.toml, under [tool.import-customs]" in repo.customs("--scope", "all").out
    repo.stage({"app/pyproject.toml": IGNORE})
    assert repo.customs("--scope", "all").status == 0


def test_those_beside_a_file_in_a_folder_of_nearly_that_name(repo: Repo) -> None:
    repo.stage({"dev-requirements/a.py": "import zz_own\n", "dev-requirements/requirements.txt": "six\n"})
    repo.stage({"dev-requirements/lib/x/zz_own.py": ""})
    remedy = json.loads(repo.customs("--scope", "all", "--format", "json").out)["findings"][0]["remedy"]
    assert '`source-roots = ["lib/x"]` under [tool.import-customs] in dev-requirements/pyproject.toml' in remedy
    repo.stage({"dev-requirements/pyproject.toml": IGNORE})
    assert repo.customs("--scope", "all").status == 0


@pytest.mark.parametrize(
    ("asked", "environment"),
    [pytest.param(["--staged"], {}, id="by hand"), pytest.param(["a.py"], {"PRE_COMMIT": "1"}, id="by pre-commit")],
)
def test_in_a_commit_where_nothing_declares(repo: Repo, asked: list[str], environment: dict[str, str]) -> None:
    repo.stage({"a.py": "import zz_own\nimport zz_other\n", "pyproject.toml": IGNORE})
    ran = repo.customs(*asked, **environment)
    assert ran.err.startswith("a.py:2:8: error: "), ran.err
    assert "zz_own" not in ran.err
    repo.stage({"a.py": "import zz_own\n"})
    assert repo.customs(*asked, **environment).status == 0


def test_with_a_requirements_file_of_the_command_line(repo: Repo) -> None:
    repo.stage({"app/a.py": "import zz_own\n", "deps.txt": "six\n", "pyproject.toml": IGNORE})
    assert repo.customs("--scope", "all", "--requirements-file", "deps.txt").status == 0


def test_an_unused_ignore_is_told(repo: Repo) -> None:
    repo.stage({"app/a.py": "import six\n", "requirements/base.txt": "six\n", "pyproject.toml": IGNORE})
    assert "pyproject.toml: ignore: `zz_own` is no longer needed" in repo.customs("--scope", "all").err


def test_an_ignore_that_goes_brings_its_findings_back(repo: Repo) -> None:
    repo.stage({"app/a.py": "import zz_own\n", "requirements.txt": "six\n", "pyproject.toml": IGNORE})
    repo.git("commit", "-qm", "one")
    repo.stage({"pyproject.toml": "[tool.black]\n"})
    assert "app/a.py:1:8: unknown: `zz_own`" in repo.customs(PRE_COMMIT="1").out


def test_an_ignore_that_goes_where_nothing_declares(repo: Repo) -> None:
    repo.stage({"a.py": "import zz_own\n", "pyproject.toml": IGNORE})
    repo.git("commit", "-qm", "one")
    repo.stage({"a.py": "import zz_own\nprint()\n", "pyproject.toml": "[tool.black]\n"})
    assert "it imports `zz_own`" in repo.customs("a.py", PRE_COMMIT="1").err


@pytest.mark.parametrize(
    ("files", "told"),
    [
        pytest.param({"a.py": "import zz_own\n"}, "`provides`", id="own"),
        pytest.param({"a.py": "import bpy\n"}, "`ignore`", id="a host's"),
        pytest.param(
            {"a.py": "import zz_own\n", "lib/x/zz_own.py": ""},
            '`source-roots = ["lib/x"]`',
            id="a source root",
        ),
    ],
)
def test_a_remedy_names_the_file(repo: Repo, files: dict[str, str], told: str) -> None:
    repo.stage({"requirements/base.txt": "six\n", **files})
    found = json.loads(repo.customs("--scope", "all", "--format", "json").out)["findings"]
    assert "under [tool.import-customs] in pyproject.toml" in found[0]["remedy"]
    assert told in found[0]["remedy"]


@pytest.mark.parametrize(
    ("kept", "importing"),
    [
        pytest.param({"requirements.txt": "six\n"}, "a.py", id="a requirements file"),
        pytest.param({"requirements/base.txt": "six\n"}, "app/a.py", id="in a folder of their own"),
        pytest.param({"setup.py": SETUP}, "app/a.py", id="setup.py"),
    ],
)
def test_existing_findings_are_exempted_there(repo: Repo, kept: dict[str, str], importing: str) -> None:
    repo.stage({importing: "import redis, zz_own\n", **kept})
    ran = repo.customs("--ignore-existing")
    assert (ran.status, ran.out.count("left: ")) == (1, 2)  # no file is made
    repo.stage({"pyproject.toml": "[tool.black]\n"})
    assert repo.customs("--ignore-existing").status == 0
    assert repo.customs("--scope", "all").status == 0
    assert (repo.path / "pyproject.toml").read_text().startswith("[tool.black]\n\n[tool.import-customs")


@pytest.mark.parametrize(
    ("settings", "status"),
    [
        pytest.param(IGNORE, 2, id="ignore"),
        pytest.param(f'{TABLE}per-file-ignores = {{ "app/*" = ["*"] }}\n', 2, id="per-file-ignores"),
        pytest.param(f'{TABLE}source-roots = ["lib"]\n', 2, id="source-roots"),
        pytest.param('[tool.pytest.ini_options]\npythonpath = ["lib"]\n', 2, id="a source root of another tool"),
        pytest.param("[tool.isort]\n", 0, id="nothing that an import rests on"),
    ],
)
@pytest.mark.parametrize("left", [pytest.param("[tool.black]\n", id="changed"), pytest.param(None, id="removed")])
def test_settings_that_go_alone_where_nothing_declares(
    repo: Repo, settings: str, status: int, left: str | None
) -> None:
    repo.stage({"app/a.py": "import zz_own.part\n", "lib/zz_own/part.py": "", "pyproject.toml": settings})
    repo.commit()
    if left is None:
        repo.git("rm", "-q", "pyproject.toml")
    else:
        repo.stage({"pyproject.toml": left})
    ran = repo.customs(PRE_COMMIT="1")
    assert (ran.status, "it imports `zz_own" in ran.err) == (status, status == 2), ran.err


def test_a_first_project_brings_no_old_findings(repo: Repo) -> None:
    repo.stage({"a.py": "import zz_own\nimport zz_other\n", "pyproject.toml": "[tool.black]\n"})
    repo.commit()
    repo.stage({"pyproject.toml": '[project]\nname = "a"\nversion = "1"\n'})
    assert repo.customs(PRE_COMMIT="1").status == 0


@pytest.mark.parametrize("left", [pytest.param("\n", id="emptied"), pytest.param(None, id="removed")])
@pytest.mark.parametrize(
    ("name", "text"),
    [
        pytest.param("pytest.ini", "[pytest]\npythonpath = lib\n", id="pytest"),
        pytest.param(".mypy.ini", "[mypy]\nmypy_path = lib\n", id="mypy"),
        pytest.param("setup.cfg", "[tool:pytest]\npythonpath = lib\n", id="setup.cfg"),
        pytest.param("ruff.toml", 'src = ["lib"]\n', id="ruff"),
        pytest.param("pyrightconfig.json", '{"extraPaths": ["lib"]}\n', id="pyright"),
        pytest.param(".vscode/settings.json", '{"python.analysis.extraPaths": ["lib"]}\n', id="an editor"),
        pytest.param(".env", "PYTHONPATH=lib\n", id="an editor's environment"),
        pytest.param(".envrc", "export PYTHONPATH=lib\n", id="direnv's environment"),
        pytest.param("app/.env", "PYTHONPATH=../lib\n", id="that of a folder"),
        pytest.param("pants.toml", '[source]\nroot_patterns = ["/lib"]\n', id="Pants"),
    ],
)
def test_a_file_of_a_tool_that_goes(repo: Repo, name: str, text: str, left: str | None) -> None:
    repo.stage({"app/a.py": "import zz_own.part\n", "lib/zz_own/part.py": "", name: text})
    project = '[project]\nname = "a"\nversion = "1"\n'
    repo.stage(
        {
            "pyproject.toml": project,
            **({"app/pyproject.toml": project} if name.startswith(("app", ".vscode", ".env")) else {}),
        }
    )
    assert repo.customs("--scope", "all").status == 0
    repo.commit()
    if left is None:
        repo.git("rm", "-q", name)
    else:
        repo.stage({name: left})
    assert "app/a.py:1:8: unknown: `zz_own" in repo.customs(PRE_COMMIT="1").out


def test_those_that_go_are_missed_in_a_script(repo: Repo) -> None:
    script = "# /// script\n# dependencies = []\n# ///\nimport zz_own\n"
    repo.stage({"tools/a.py": script, "pyproject.toml": IGNORE})
    assert repo.customs("--scope", "all").status == 0
    repo.commit()
    repo.stage({"pyproject.toml": "[tool.black]\n"})
    assert "tools/a.py:4:8: unknown: `zz_own`" in repo.customs(PRE_COMMIT="1").out
