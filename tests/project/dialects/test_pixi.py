"""What a pixi.toml declares: its text in, declarations out. Source: Pixi's documentation, "Pixi Manifest"."""

from pathlib import Path

import pytest

from conftest import Repo, written
from import_customs.project.dialects.pixi import read_pixi, requires_python

MANIFEST = """\
[workspace]
channels = ["conda-forge"]
[dependencies]
python = ">=3.11"
pytorch = "*"
[pypi-dependencies]
requests = { version = "*", extras = ["socks"] }
[feature.test.dependencies]
pytest = "*"
[feature.test.pypi-dependencies]
hypothesis = "*"
[target.win-64.dependencies]
pywin32 = "*"
[package.host-dependencies]
hatchling = "*"
[package.run-dependencies]
numpy = "*"
"""


def test_declarations(tmp_path: Path) -> None:
    found = read_pixi(written(tmp_path, {"a/pixi.toml": MANIFEST}), "a/pixi.toml")
    assert [(one.name, str(one.place), one.line) for one in found.declarations] == [
        ("torch", "runtime", 5),
        ("requests", "runtime", 7),
        ("numpy", "runtime", 17),
        ("pywin32", "runtime", 13),
        ("pytest", "group test", 9),
        ("hypothesis", "group test", 11),
    ]


@pytest.mark.parametrize(
    ("entry", "folder", "is_elsewhere"),
    [
        pytest.param('"*"', None, False, id="a version"),
        pytest.param('{ path = "." }', "a", True, id="the folder itself"),
        pytest.param('{ path = "../libs/x", editable = true }', "libs/x", True, id="another folder"),
        pytest.param('{ git = "https://example.invalid/x.git" }', None, True, id="a repository"),
    ],
)
def test_an_entry(tmp_path: Path, entry: str, folder: str | None, *, is_elsewhere: bool) -> None:
    tree = written(tmp_path, {"a/pixi.toml": f"[pypi-dependencies]\nx = {entry}\n"})
    (one,) = read_pixi(tree, "a/pixi.toml").declarations
    assert (one.folder, one.is_elsewhere) == (folder, is_elsewhere)


def test_a_marker(tmp_path: Path) -> None:
    entry = '{ version = "*", env-markers = "os_name == \'nt\'" }'
    tree = written(tmp_path, {"pixi.toml": f"[pypi-dependencies]\nx = {entry}\ny = {{ env-markers = 1 }}\n"})
    assert [one.marker for one in read_pixi(tree, "pixi.toml").declarations] == ["os_name == 'nt'", ""]


@pytest.mark.parametrize(
    ("python", "specifier"),
    [
        pytest.param('">=3.11,<3.14"', ">=3.11,<3.14", id="bounds"),
        pytest.param('"3.12.*"', "==3.12.*", id="a minor"),
        pytest.param('"=3.12"', "==3.12.*", id="a minor in conda's form"),
        pytest.param('"3.11|3.12"', "", id="a choice"),
        pytest.param('"*"', "", id="any"),
        pytest.param('{ version = "3.12.*" }', "", id="a table"),
    ],
)
def test_pythons(tmp_path: Path, python: str, specifier: str) -> None:
    tree = written(tmp_path, {"pixi.toml": f"[dependencies]\npython = {python}\n"})
    assert requires_python(tree, "pixi.toml") == specifier


@pytest.mark.parametrize(
    ("files", "status", "told"),
    [
        pytest.param({}, 0, "", id="it declares"),
        pytest.param({"pyproject.toml": "[tool.ruff]\n"}, 0, "", id="beside tables of tools"),
        pytest.param({"requirements.txt": "redis\n"}, 0, "", id="beside requirements files"),
        pytest.param(
            {"app/a.py": "import redis"}, 1, '[pypi-dependencies] of pixi.toml:\n\n    redis = "*"\n', id="not that"
        ),
        pytest.param(
            {"tests/test_a.py": "import redis"},
            1,
            '[feature.test.pypi-dependencies] of pixi.toml:\n\n    redis = "*"\n',
            id="for tests",
        ),
        pytest.param(
            {
                "libs/x/setup.py": "setup(name='acme-x', packages=['acme_x'])",
                "libs/x/acme_x.py": "",
                "a.py": "import acme_x",
            },
            1,
            'acme-x = { path = "./libs/x", editable = true }',
            id="a local project",
        ),
        pytest.param(
            {"pyproject.toml": '[project]\nname = "a"\n'}, 1, "pixi.toml:7 names `requests`", id="beside a project"
        ),
        pytest.param({"pixi.toml": "[dependencies\n"}, 2, "", id="no TOML"),
        pytest.param({"pixi.toml": "dependencies = 1\n"}, 2, "", id="not of its form"),
    ],
)
def test_it_declares_where_no_table_does(repo: Repo, files: dict[str, str], status: int, told: str) -> None:
    repo.stage({"pixi.toml": MANIFEST, "app/b.py": "import torch, requests", **files})
    ran = repo.customs("--scope", "all")
    assert (ran.status, told in ran.out) == (status, True)


def test_the_note_asks_for_nothing(repo: Repo) -> None:
    repo.stage({"pixi.toml": MANIFEST, "app/b.py": "import torch"})
    assert repo.customs("--scope", "all").err == "note: dependencies were taken from pixi.toml\n"


def test_a_declaration_that_it_loses(repo: Repo) -> None:
    repo.stage({"pixi.toml": MANIFEST, "a.py": "import requests\n"})
    repo.git("commit", "-qm", "one")
    repo.stage({"pixi.toml": MANIFEST.replace("requests =", "redis =")})
    ran = repo.customs(PRE_COMMIT="1")
    assert (ran.status, "and this change removes it from pixi.toml" in ran.out) == (1, True)
    assert '[pypi-dependencies] of pixi.toml:\n\n    requests = { version = "*", extras = ["socks"] }\n' in ran.out


def test_conda_packages_are_not_judged_as_unused(repo: Repo) -> None:
    repo.stage({"pixi.toml": MANIFEST, "a.py": "import os\n"})
    assert repo.customs("--unused", "--scope", "all").status == 0


@pytest.mark.parametrize(
    ("table", "package", "names"),
    [
        pytest.param("dependencies", "redis-py", ["redis"], id="a conda package of another name"),
        pytest.param("dependencies", "pytorch_geometric", ["torch-geometric"], id="with an underscore"),
        pytest.param("dependencies", "snakemake-minimal", ["snakemake"], id="a part of it"),
        pytest.param("dependencies", "graphviz", [], id="a program"),
        pytest.param("dependencies", "git", [], id="a program that a module is called like"),
        pytest.param("dependencies", "yaml", [], id="a library in C"),
        pytest.param("pypi-dependencies", "graphviz", ["graphviz"], id="the distribution called so"),
        pytest.param("dependencies", "requests", ["requests"], id="of the same name"),
    ],
)
def test_a_name(tmp_path: Path, table: str, package: str, names: list[str]) -> None:
    tree = written(tmp_path, {"pixi.toml": f'[{table}]\n{package} = "*"\n'})
    assert [one.name for one in read_pixi(tree, "pixi.toml").declarations] == names


def test_a_file_of_a_newer_toml_hides_no_clean_commit(repo: Repo) -> None:
    """Pixi takes an inline table over several lines, as TOML 1.1 has it."""
    repo.stage({"pixi.toml": '[dependencies]\nsix = "*"\n[tasks]\nd = {\n  cmd = "x",\n}\n', "a.py": "import six\n"})
    repo.commit()
    repo.stage({"a.py": "import os, six\n"})
    assert repo.customs("a.py", PRE_COMMIT="1").status == 0
    repo.stage({"a.py": "import redis\n"})
    ran = repo.customs("a.py", PRE_COMMIT="1")
    said = "pixi.toml:4:1: error: its dependencies cannot be read: they stand in a file that is no TOML 1.0"
    assert (ran.status, said in ran.err, "redis" in ran.out) == (2, True, False)
