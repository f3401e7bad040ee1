"""The opt-in rules: a project and an import in, finding out."""

from pathlib import Path

import pytest

from import_customs.check import judge
from import_customs.check.state import State
from import_customs.repository.tree import Worktree

PROJECT = """\
[project]
name = "demo"
requires-python = ">=3.9"
dependencies = ["requests", "tomli; python_version < '3.11'", "six; python_version >= '3.8'",
    "colorama; sys_platform == 'win32'", "attrs; python_version < '3.11'", "attrs; python_version >= '3.11'",
    "dataclasses; python_version < '3.7'", "legacy-cgi; python_version >= '3.13'",
    "audioop-lts; python_version >= '3.14'", "backports.zoneinfo; python_version < '3.9'"]
[project.optional-dependencies]
redis = ["redis"]
test = ["pytest", "requests"]
[dependency-groups]
dev = ["ruff", "celery"]
[tool.import-customs]
rules = ["misplaced", "conditional"]
"""


def judged(folder: Path, path: str, source: str, project: str = PROJECT) -> list[tuple[str, str, str]]:
    (folder / path).parent.mkdir(parents=True, exist_ok=True)
    (folder / "pyproject.toml").write_text(project)
    (folder / path).write_text(source)
    found = judge.findings(State(Worktree(str(folder))), path, source.encode())
    return [(one.rule, one.module, one.remedy) for one in found]


MISPLACED = "move `{}` to the runtime dependencies".format
CONDITIONAL = "guard the import by the same test, or declare it without the marker"


@pytest.mark.parametrize(
    ("path", "source", "found"),
    [
        pytest.param("demo/a.py", "import requests", [], id="runtime and test"),
        pytest.param("demo/a.py", "import redis", [], id="an extra of the users"),
        pytest.param(
            "demo/a.py", "import pytest", [("misplaced", "pytest", MISPLACED("pytest"))], id="an extra for tests"
        ),
        pytest.param("src/demo/a.py", "import celery", [("misplaced", "celery", MISPLACED("celery"))], id="a group"),
        pytest.param("tests/a.py", "import pytest", [], id="test code"),
        pytest.param("noxfile.py", "import celery", [], id="a script of the developers"),
        pytest.param("runtests.py", "import celery", [], id="what runs the tests"),
        pytest.param("src/demo/test_a.py", "import pytest", [], id="a test beside the code"),
        pytest.param("demo/conftest.py", "import pytest", [], id="a conftest beside the code"),
        pytest.param("integration_tests/u.py", "import pytest", [], id="a folder of tests"),
        pytest.param("src/demo/_smoke_tests/u.py", "import pytest", [], id="a folder of some kind of tests"),
        pytest.param("src/demo/_tests/u.py", "import pytest", [], id="a private folder of tests"),
        pytest.param("src/demo/testsuite/u.py", "import pytest", [], id="a test suite"),
        pytest.param("unittests/u.py", "import pytest", [], id="unit tests in one word"),
        pytest.param("ui-tests/u.py", "import pytest", [], id="the same, with a hyphen"),
        pytest.param(
            "src/demo/lab_tests/u.py",
            "import celery",
            [("misplaced", "celery", MISPLACED("celery"))],
            id="what else may be called tests",
        ),
        pytest.param("locustfile.py", "import celery", [], id="a script of load tests"),
        pytest.param("tools/a.py", "import celery", [], id="tools of the developers"),
        pytest.param(
            "demo/tools/a.py",
            "import celery",
            [("misplaced", "celery", MISPLACED("celery"))],
            id="shipped, called tools",
        ),
        pytest.param("demo/a.py", "import typing\nif typing.TYPE_CHECKING:\n  import celery", [], id="for types only"),
        pytest.param("demo/a.py", "import tomli", [("conditional", "tomli", CONDITIONAL)], id="not on all Pythons"),
        pytest.param("demo/a.py", "try:\n  import tomli\nexcept ImportError:\n  pass", [], id="guarded"),
        pytest.param("demo/a.py", "if sys.platform == 'win32':\n  import colorama", [], id="under the marker's test"),
        pytest.param("demo/a.py", "assert os.name == 'nt'\nimport colorama", [], id="after the marker's test"),
        pytest.param(
            "demo/a.py", "if sys.platform != 'win32':\n  raise X\nimport colorama", [], id="after an exit by it"
        ),
        pytest.param(
            "demo/a.py", "if sys.version_info < (3, 11) and x:\n  import tomli", [], id="a test that cannot be judged"
        ),
        pytest.param(
            "demo/a.py",
            "if sys.platform == 'linux':\n  import colorama",
            [("conditional", "colorama", CONDITIONAL)],
            id="under another test",
        ),
        pytest.param(
            "demo/a.py",
            "if sys.version_info < (3, 11):\n  pass\nelse:\n  import tomli",
            [("conditional", "tomli", CONDITIONAL)],
            id="in the other branch",
        ),
        pytest.param("demo/a.py", "import six", [], id="a marker that always holds"),
        pytest.param(
            "demo/a.py", "import colorama", [("conditional", "colorama", CONDITIONAL)], id="not on all platforms"
        ),
        pytest.param("demo/a.py", "import attr", [], id="two markers that hold together"),
        pytest.param("demo/a.py", "import dataclasses", [], id="standard library, whatever is declared as well"),
        pytest.param("demo/a.py", "import cgi, zoneinfo", [], id="declared where the standard library has it not"),
        pytest.param(
            "demo/a.py",
            "import audioop",
            [("conditional", "audioop", CONDITIONAL)],
            id="declared for not all of these Pythons",
        ),
    ],
)
def test_opted_in(tmp_path: Path, path: str, source: str, found: list[tuple[str, str, str]]) -> None:
    assert judged(tmp_path, path, source) == found


def test_what_the_wheel_does_not_hold_is_no_runtime_code(tmp_path: Path) -> None:
    build = (
        "[build-system]\nbuild-backend = 'poetry.core.masonry.api'\n[tool.poetry]\npackages = [{ include = 'demo' }]\n"
    )
    project = f"{build}{PROJECT}"
    (tmp_path / "demo").mkdir()
    (tmp_path / "demo/__init__.py").touch()
    assert judged(tmp_path, "worker/a.py", "import celery", project) == []
    assert judged(tmp_path, "worker/a.py", "import celery") == [("misplaced", "celery", MISPLACED("celery"))]
    assert judged(tmp_path, "demo/a.py", "import celery", project) == [("misplaced", "celery", MISPLACED("celery"))]


def test_misplaced_paths_say_what_is_runtime(tmp_path: Path) -> None:
    project = PROJECT + 'misplaced-paths = ["tests/helpers/*"]\n'
    assert judged(tmp_path, "demo/a.py", "import pytest", project) == []
    assert judged(tmp_path, "tests/helpers/a.py", "import pytest", project) == [
        ("misplaced", "pytest", MISPLACED("pytest"))
    ]


def test_not_opted_in(tmp_path: Path) -> None:
    assert judged(tmp_path, "demo/a.py", "import pytest, tomli", PROJECT.replace("rules =", "ignore =")) == []


def test_a_marker_that_is_none_restricts_nothing(tmp_path: Path) -> None:
    poetry = "[tool.poetry.dependencies]\nredis = { version = '*', markers = 'os_name =' }\n"
    assert judged(tmp_path, "a.py", "import redis", f"{poetry}[tool.import-customs]\nrules = ['conditional']\n") == []
