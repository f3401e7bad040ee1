"""A pyproject.toml in, the same with additions out: whole texts, for every byte counts."""

# ruff: noqa: E501  a text of a file stands as it is

import pytest

from import_customs.model import CheckError
from import_customs.project.edit.document import Addition, edited

RUNTIME = ("project", "dependencies")
POETRY = ("tool", "poetry", "dependencies")
GROUPS = ("dependency-groups",)


def strings(*keys: str, of: str = "celery") -> Addition:
    return Addition(keys, strings=(of,))


def pairs(*keys: str, of: str = "celery") -> Addition:
    return Addition(keys, pairs=((of, '"*"'),))


@pytest.mark.parametrize(
    ("before", "additions", "after"),
    [
        pytest.param(
            '[project]\nname = "a"\ndependencies = ["b"] # all\n\n[tool.x]\n',
            [strings(*RUNTIME)],
            '[project]\nname = "a"\ndependencies = ["b", "celery"] # all\n\n[tool.x]\n',
            id="a list",
        ),
        pytest.param(
            '[project]\nname = "a" # its name\n\n[project.scripts]\nx = "y"\n',
            [strings(*RUNTIME)],
            '[project]\nname = "a" # its name\ndependencies = ["celery"]\n\n[project.scripts]\nx = "y"\n',
            id="a list that is missing",
        ),
        pytest.param(
            '[project]\nname = "a"',
            [strings(*RUNTIME)],
            '[project]\nname = "a"\ndependencies = ["celery"]',
            id="no final newline",
        ),
        pytest.param(
            '\ufeff[project]\r\nname = "a"\r\ndependencies = [\r\n\t"b",\r\n]\r\n',
            [strings(*RUNTIME)],
            '\ufeff[project]\r\nname = "a"\r\ndependencies = [\r\n\t"b",\r\n\t"celery",\r\n]\r\n',
            id="BOM, CRLF, tabs",
        ),
        pytest.param(
            'project.name = "a"\nproject.dependencies = []\n',
            [strings(*RUNTIME)],
            'project.name = "a"\nproject.dependencies = ["celery"]\n',
            id="dotted keys",
        ),
        pytest.param(
            'project.name = "a"\n\n[tool.x]\ny = 1\n',
            [strings(*RUNTIME)],
            'project.name = "a"\nproject.dependencies = ["celery"]\n\n[tool.x]\ny = 1\n',
            id="dotted keys, a list that is missing",
        ),
        pytest.param(
            'project = { name = "a", dependencies = ["b"] }\n',
            [strings(*RUNTIME)],
            'project = { name = "a", dependencies = ["b", "celery"] }\n',
            id="an inline table",
        ),
        pytest.param(
            '[tool.x]\ny = 1\n\n[project]\nname = "a"\ndependencies = ["b"]\n\n[tool.z]\n\n[project.urls]\nhome = "h"\n',
            [strings(*RUNTIME)],
            '[tool.x]\ny = 1\n\n[project]\nname = "a"\ndependencies = ["b", "celery"]\n\n[tool.z]\n\n'
            '[project.urls]\nhome = "h"\n',
            id="tables out of order",
        ),
        pytest.param(
            '[project]\nname = "a"\n',
            [strings(*GROUPS, "test", of="pytest"), strings(*GROUPS, "docs", of="sphinx")],
            '[project]\nname = "a"\n\n[dependency-groups]\ndocs = ["sphinx"]\ntest = ["pytest"]\n',
            id="groups that are missing, with their table",
        ),
        pytest.param(
            '[dependency-groups]\ndev = ["x"]\n\n\n# the end',
            [strings(*GROUPS, "test", of="pytest")],
            '[dependency-groups]\ndev = ["x"]\ntest = ["pytest"]\n\n\n# the end',
            id="a group beside others",
        ),
        pytest.param(
            '[dependency-groups] # none\n\n[tool.x]\n',
            [strings(*GROUPS, "test", of="pytest")],
            '[dependency-groups] # none\ntest = ["pytest"]\n\n[tool.x]\n',
            id="an empty table",
        ),
        pytest.param(
            '[tool.poetry.dependencies]\npython = "^3.11"  # as we run it\nabc = "1"\nzope = { version = "1" }\n\n[x]\n',
            [pairs(*POETRY)],
            '[tool.poetry.dependencies]\npython = "^3.11"  # as we run it\nabc = "1"\ncelery = "*"\n'
            'zope = { version = "1" }\n\n[x]\n',
            id="Poetry's table, sorted",
        ),
        pytest.param(
            '[tool.poetry.dependencies]\npython = "^3.11"\nzope = "1"\n',
            [pairs(*POETRY)],
            '[tool.poetry.dependencies]\npython = "^3.11"\ncelery = "*"\nzope = "1"\n',
            id="Poetry's table, behind python",
        ),
        pytest.param(
            '[tool.poetry.dependencies]\npython = "^3.11"\nzope = "1"\nabc = "1"\n\n[tool.poetry.group.t.dependencies]\n',
            [pairs(*POETRY)],
            '[tool.poetry.dependencies]\npython = "^3.11"\nzope = "1"\nabc = "1"\ncelery = "*"\n\n'
            '[tool.poetry.group.t.dependencies]\n',
            id="Poetry's table, not sorted",
        ),
        pytest.param(
            '[tool.poetry.dependencies]\npython = "^3.11"\n',
            [pairs("tool", "poetry", "group", "test", "dependencies", of="pytest")],
            '[tool.poetry.dependencies]\npython = "^3.11"\n\n[tool.poetry.group.test.dependencies]\npytest = "*"\n',
            id="a group of Poetry's that is missing",
        ),
        pytest.param(
            '[tool.poetry]\ndependencies = { python = "^3.11" }\n',
            [pairs(*POETRY)],
            '[tool.poetry]\ndependencies = { python = "^3.11", celery = "*" }\n',
            id="Poetry's table, inline",
        ),
        pytest.param(
            '[project]\ndependencies = ["b"]\n[dependency-groups]\ntest = [\n  "c",\n]\n',
            [strings(*RUNTIME), strings(*GROUPS, "test", of="pytest"), strings(*GROUPS, "docs", of="sphinx")],
            '[project]\ndependencies = ["b", "celery"]\n[dependency-groups]\ndocs = ["sphinx"]\ntest = [\n  "c",\n  "pytest",\n]\n',
            id="several places at once",
        ),
        pytest.param(
            "[project]\nname = 'a'\n\n[tool.x.y]\n\n[[tool.many]]\na = 1\n\n[[tool.many]]\n\n[tool.x.z]\n",
            [strings(*RUNTIME), strings(*GROUPS, "test", of="pytest")],
            "[project]\nname = 'a'\ndependencies = [\"celery\"]\n\n[tool.x.y]\n\n[[tool.many]]\na = 1\n\n[[tool.many]]\n\n[tool.x.z]\n"
            '\n[dependency-groups]\ntest = ["pytest"]\n',
            id="arrays of tables among tables out of order",
        ),
        pytest.param(
            "dependency-groups.test = ['a']\n[project]\n",
            [Addition(("dependency-groups", "docs"), ("sphinx",))],
            "dependency-groups.test = ['a']\ndependency-groups.docs = [\"sphinx\"]\n[project]\n",
            id="dotted keys, before the first",
        ),
        pytest.param(
            "[project]\ndescription = \"\"\"\n[project]\n\"\"\"\ndependencies = ['a']\n",
            [Addition(("project", "dependencies"), ("b",))],
            "[project]\ndescription = \"\"\"\n[project]\n\"\"\"\ndependencies = ['a', 'b']\n",
            id="a string with a line like a header",
        ),
        pytest.param(
            '[project]\r\nname = "a"\r\n\n[dependency-groups]\ntest = [\n  "a",\n]\n[tool.x]\r\ny = 1\r\n',
            [strings(*GROUPS, "test"), strings(*GROUPS, "docs")],
            '[project]\r\nname = "a"\r\n\n[dependency-groups]\ndocs = ["celery"]\ntest = [\n  "a",\n  "celery",\n]\n'
            '[tool.x]\r\ny = 1\r\n',
            id="line ends as they are where it is written, LF",
        ),
        pytest.param(
            '[tool.poetry.dependencies]\npython = "*"\nabc = "1"\r\nzope = "1"\n[x]\n',
            [pairs(*POETRY)],
            '[tool.poetry.dependencies]\npython = "*"\nabc = "1"\r\ncelery = "*"\r\nzope = "1"\n[x]\n',
            id="line ends as the line before has",
        ),
        pytest.param(
            '[tool.poetry.dependencies]\r\n\n[x]\ny = 1\n',
            [strings(*GROUPS, "test")],
            '[tool.poetry.dependencies]\r\n\n[x]\ny = 1\n\n[dependency-groups]\ntest = ["celery"]\n',
            id="line ends as at the end of the file",
        ),
        pytest.param(
            '[project]\r\nname = "a"\r\ndependencies = []\n[x]\n',
            [Addition(RUNTIME, ("a", "b", "c"))],
            '[project]\r\nname = "a"\r\ndependencies = [\n    "a",\n    "b",\n    "c",\n]\n[x]\n',
            id="line ends as its line has",
        ),
        pytest.param(
            "[project]\ndependencies = []\n[tool.x]\ny = nan\nz = [-nan, inf, 1e3]\n",
            [strings(*RUNTIME)],
            "[project]\ndependencies = [\"celery\"]\n[tool.x]\ny = nan\nz = [-nan, inf, 1e3]\n",
            id="what is not equal to itself",
        ),
        pytest.param(
            "[tool.poetry]\ndependencies.python = '^3.11'\ndependencies.abc.version = '1'\n\n[x]\n",
            [pairs(*POETRY)],
            "[tool.poetry]\ndependencies.python = '^3.11'\ndependencies.celery = \"*\"\ndependencies.abc.version = '1'\n\n[x]\n",
            id="dotted keys below a header",
        ),
    ],
)  # fmt: skip
def test_edited(before: str, additions: list[Addition], after: str) -> None:
    assert edited(before.encode(), "pyproject.toml", additions).decode() == after


@pytest.mark.parametrize(
    ("before", "says"),
    [
        pytest.param("[project]\ndependencies = 'x'\n", "is laid out so that nothing can be added", id="no list"),
        pytest.param("project = 1\n", "is laid out so that nothing can be added", id="no table"),
        pytest.param("[project]\nname = \n", "invalid TOML", id="no TOML"),
        pytest.param("[project]\ndependencies = ['celery']\n[project]\n", "invalid TOML", id="a table twice"),
    ],
)
def test_what_cannot_be_edited_is_said(before: str, says: str) -> None:
    with pytest.raises(CheckError, match=says):
        edited(before.encode(), "pyproject.toml", [strings(*RUNTIME)])
