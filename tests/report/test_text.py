"""What a person reads: a result in, text out."""

import re
from collections.abc import Mapping
from types import MappingProxyType

import pytest

from import_customs.model import Finding, Place, Result, Scope, WritablePlace
from import_customs.model.outcome import MissingDeclaration
from import_customs.model.span import CellPlace
from import_customs.project.edit.places import add_command
from import_customs.report import printable, text

from .conftest import PLAIN

RUNTIME = WritablePlace(Place("runtime"), ("project", "dependencies"), "list")
EVERYTHING = Scope("all", "worktree", (), None, [])


def finding(**changed: object) -> Finding:
    return PLAIN._replace(**{"column": 8, "end_column": 14, "excerpt": "import celery", **changed})


def missing(one: Finding, tool: str | None, slots: Mapping[str, WritablePlace]) -> MissingDeclaration:
    """Of a pyproject.toml what goes into the runtime list, or into the slot for it; of a script its metadata."""
    name = one.providers[0]
    if not one.project.endswith(".toml"):
        return MissingDeclaration(
            one.project, name, None, name, name, "the dependencies of its script metadata", f'#   "{name}",'
        )
    slot = slots.get(name, RUNTIME)
    line = f'"{name}",' if slot.form == "list" else f'{name} = "*"'
    command = add_command(tool, slot)
    return MissingDeclaration(one.project, name, slot, name, name, slot.title, line, (command, command and name))


def rendered(
    *findings: Finding,
    tool: str | None = None,
    scope: Scope = EVERYTHING,
    color: bool = False,
    slots: Mapping[str, WritablePlace] = MappingProxyType({}),
) -> list[str]:
    lacking = {missing(one, tool, slots) for one in findings if one.settled_by == "declaration"}
    ordered = sorted(lacking, key=lambda one: (one.project, one.name))
    return text.render(Result(list(findings), [], 2, scope, ordered), color=color).splitlines()


@pytest.mark.parametrize(
    ("excerpt", "columns", "shown", "marked"),
    [
        pytest.param("from celery import x", (6, 12), "from celery import x", "     ^^^^^^", id="plain"),
        pytest.param("\t  import celery", (11, 17), "import celery", "       ^^^^^^", id="indentation is left out"),
        pytest.param("s = '日本'; import b", (18, 19), "s = '日本'; import b", " " * 19 + "^", id="wide characters"),
        pytest.param("from a . b import c", (6, 11), "from a . b import c", "     ^^^^^", id="blanks within"),
        pytest.param("import a", (8, 0), "import a", None, id="nobody knows where it ends"),
        pytest.param("", (1, 7), "", None, id="nothing is known of the line"),
    ],
)
def test_excerpt(excerpt: str, columns: tuple[int, int], shown: str, marked: str | None) -> None:
    lines = rendered(finding(excerpt=excerpt, column=columns[0], end_column=columns[1]))
    assert lines[1] == (f"  3 | {shown}" if excerpt else "")
    assert lines[2:3] == ([f"    | {marked}"] if marked else lines[2:3])


def test_a_long_line_is_shown_around_its_module() -> None:
    lines = rendered(finding(excerpt="x = 1; " * 50_000 + "import celery", column=350_008, end_column=350_014))
    assert len(lines[1]) <= 110
    start = lines[2].index("^")
    assert lines[1][start : start + 6] == "celery"


@pytest.mark.parametrize(
    ("findings", "tool", "closing"),
    [
        pytest.param(
            [finding(), finding(path="b.py"), finding(providers=("boto3", "other"), module="boto3")],
            None,
            [
                "2 packages are imported and not declared in pyproject.toml.",
                "Add to [project] dependencies:",
                "",
                '    "boto3",',
                '    "celery",',
            ],
            id="each once, sorted, the best provider",
        ),
        pytest.param(
            [finding(), finding(providers=("boto3",))],
            "uv",
            [
                "2 packages are imported and not declared in pyproject.toml.",
                "Declare them:",
                "",
                "    uv add boto3 celery",
            ],
            id="the project's tool",
        ),
        pytest.param(
            [finding(project="run.py")],
            "uv",
            [
                "1 package is imported and not declared in run.py.",
                "Add to the dependencies of its script metadata:",
                "",
                '    #   "celery",',
            ],
            id="a script that is a project to itself",
        ),
        pytest.param(
            [finding(project="sub/pyproject.toml")],
            "poetry",
            [
                "1 package is imported and not declared in sub/pyproject.toml.",
                "Declare it, in sub/:",
                "",
                "    poetry add celery",
            ],
            id="a project below the root",
        ),
        pytest.param(
            [finding(rule="unknown", settled_by="provides", module="clery", providers=())],
            "uv",
            [
                "No known package provides `clery`. Check the spelling.",
                "A package called `clery` counts once it is declared, however new it is.",
                "If a package of another name installs it, declare that, and say so in",
                "pyproject.toml, under [tool.import-customs]:",
                "",
                '    provides = { "<package>" = ["clery"] }',
                "",
                'If no package does, as for what is made at run time: `ignore = ["clery"]` there.',
            ],
            id="unknown: no command for it",
        ),
        pytest.param(
            [finding(rule="unknown", settled_by="provides", module="_clery", providers=())],
            None,
            [
                "No known package provides `_clery`. Check the spelling.",
                "If a package of another name installs it, declare that, and say so in",
                "pyproject.toml, under [tool.import-customs]:",
                "",
                '    provides = { "<package>" = ["_clery"] }',
                "",
                'If no package does, as for what is made at run time: `ignore = ["_clery"]`',
                "there.",
            ],
            id="unknown: no package can be called so",
        ),
        pytest.param(
            [finding(rule="unknown", settled_by="provides", module="clery", providers=(), project="libs/a/setup.py")],
            None,
            [
                "If a package of another name installs it, declare that, and say so in",
                "libs/a/pyproject.toml, under [tool.import-customs]:",
                "",
                '    provides = { "<package>" = ["clery"] }',
                "",
                'If no package does, as for what is made at run time: `ignore = ["clery"]` there.',
            ],
            id="unknown: setup.py has no table for settings",
        ),
        pytest.param(
            [finding(rule="unknown", settled_by="provides", module="clery", providers=(), project="run.py")],
            None,
            [
                "If a package of another name installs it, declare that, and say so in the",
                "metadata of run.py, under `# [tool.import-customs]`:",
                "",
                '    # provides = { "<package>" = ["clery"] }',
                "",
                'If no package does, as for what is made at run time: `# ignore = ["clery"]`',
                "there.",
            ],
            id="unknown: a script has its settings in comments",
        ),
        pytest.param(
            [
                finding(
                    rule="unknown",
                    settled_by="provides",
                    module="acme",
                    providers=(),
                    candidates=("our-sdk", "their-sdk"),
                ),
                finding(
                    rule="unknown",
                    settled_by="provides",
                    module="billing",
                    providers=(),
                    candidates=("our-sdk", "their-sdk"),
                ),
            ],
            None,
            [
                "No known package provides `acme` or `billing`. Check the spelling.",
                "A package called `acme` or `billing` counts once it is declared, however new it",
                "is.",
                "`our-sdk` and `their-sdk` are declared, and what they install is not known",
                "either.",
                "If one of them installs it, say so in pyproject.toml, under",
                "[tool.import-customs]:",
                "",
                '    provides = { our-sdk = ["acme", "billing"] }',
                "",
                "If no package does, as for what is made at run time:",
                '`ignore = ["acme", "billing"]` there.',
            ],
            id="unknown: private packages are candidates",
        ),
        pytest.param(
            [
                finding(
                    rule="unknown",
                    settled_by="provides",
                    module="clery",
                    providers=(),
                    has_provides=True,
                    has_ignore=True,
                )
            ],
            None,
            [
                "If a package of another name installs it, declare that, and add to `provides` in",
                "pyproject.toml, under [tool.import-customs]:",
                "",
                '    "<package>" = ["clery"]',
                "",
                'If no package does, as for what is made at run time: add `"clery"` to `ignore`.',
            ],
            id="unknown: a second `provides` or `ignore` would be no TOML",
        ),
        pytest.param(
            [
                finding(rule="unknown", settled_by="provides", module="acme", providers=()),
                finding(rule="unknown", settled_by="provides", module="clery", providers=(), remedy="correct it"),
            ],
            None,
            [
                "No known package provides `acme` or `clery`. Check the spelling.",
                "A package called `acme` counts once it is declared, however new it is.",
                "If a package of another name installs it, declare that, and say so in",
                "pyproject.toml, under [tool.import-customs]:",
                "",
                '    provides = { "<package>" = ["acme", "clery"] }',
                "",
                'If no package does, as for what is made at run time: `ignore = ["acme"]` there.',
            ],
            id="unknown: what is to be spelled otherwise is not exempted",
        ),
        pytest.param(
            [finding(rule="unknown", settled_by="provides", module="clery", providers=(), remedy="correct it")],
            None,
            ['    provides = { "<package>" = ["clery"] }'],
            id="unknown: only what is to be spelled otherwise",
        ),
        pytest.param(
            [finding(rule="unknown", settled_by="provides", module=f"m{n}", providers=()) for n in range(9)],
            None,
            [
                '    provides = { "<package>" = ["m0"] }',
                "",
                'If no package does, as for what is made at run time: `ignore = ["m0"]` there.',
            ],
            id="unknown: of many the first",
        ),
    ],
)
def test_closing(findings: list[Finding], tool: str | None, closing: list[str]) -> None:
    lines = without_fixing(rendered(*findings, tool=tool))
    assert lines[-len(closing) :] == closing


def without_fixing(lines: list[str]) -> list[str]:
    """The lines before the command that has it written."""
    at = next((at for at, line in enumerate(lines) if line.startswith("Or have ")), len(lines) + 1)
    return lines[: at - 1]


TEST_GROUP = WritablePlace(Place("group", "test"), ("dependency-groups", "test"), "list")
DEV_GROUP = WritablePlace(Place("group", "dev"), ("tool", "poetry", "group", "dev", "dependencies"), "table")
DEV_EXTRA = WritablePlace(Place("extra", "dev"), ("project", "optional-dependencies", "dev"), "list")
HATCH = WritablePlace(Place("group", "default"), ("tool", "hatch", "envs", "default", "dependencies"), "list")


@pytest.mark.parametrize(
    ("slot", "tool", "closing"),
    [
        pytest.param(
            TEST_GROUP,
            None,
            [
                "Add to [project] dependencies:",
                "",
                '    "celery",',
                "",
                "Add to [dependency-groups] test:",
                "",
                '    "pytest",',
            ],
            id="lines for each place",
        ),
        pytest.param(
            DEV_GROUP,
            None,
            [
                "Add to [project] dependencies:",
                "",
                '    "celery",',
                "",
                "Add to [tool.poetry.group.dev.dependencies]:",
                "",
                '    pytest = "*"',
            ],
            id="a table",
        ),
        pytest.param(TEST_GROUP, "uv", ["    uv add celery", "    uv add --group test pytest"], id="uv, a group"),
        pytest.param(DEV_GROUP, "uv", ["    uv add celery", "    uv add --dev pytest"], id="uv, dev"),
        pytest.param(DEV_EXTRA, "uv", ["    uv add celery", "    uv add --optional dev pytest"], id="uv, an extra"),
        pytest.param(
            TEST_GROUP, "poetry", ["    poetry add celery", "    poetry add --group test pytest"], id="Poetry, a group"
        ),
        pytest.param(
            DEV_EXTRA,
            "poetry",
            ["    poetry add celery", "    poetry add --optional dev pytest"],
            id="Poetry, an extra",
        ),
        pytest.param(TEST_GROUP, "pdm", ["    pdm add celery", "    pdm add -dG test pytest"], id="PDM, a group"),
        pytest.param(DEV_EXTRA, "pdm", ["    pdm add celery", "    pdm add -G dev pytest"], id="PDM, an extra"),
        pytest.param(
            HATCH,
            "uv",
            [
                "Add to [project] dependencies:",
                "",
                '    "celery",',
                "",
                "Add to [tool.hatch.envs.default] dependencies:",
                "",
                '    "pytest",',
            ],
            id="a place that the tool has no command for",
        ),
    ],
)
def test_closing_by_place(slot: WritablePlace, tool: str | None, closing: list[str]) -> None:
    findings = [finding(), finding(providers=("pytest",), module="pytest")]
    lines = without_fixing(rendered(*findings, tool=tool, slots={"pytest": slot}))
    assert lines[-len(closing) :] == closing


def places(count: int, name: str = "celery", path: str = "pkg/m{}.py") -> list[Finding]:
    return [finding(path=path.format(n), module=name, providers=(name,)) for n in range(count)]


@pytest.mark.parametrize(
    ("findings", "others"),
    [
        pytest.param(places(3), [], id="three are shown"),
        pytest.param(places(4), ["    1 more place: pkg/m3.py:3"], id="a fourth"),
        pytest.param(places(5), ["    2 more places: pkg/m3.py:3, pkg/m4.py:3"], id="as many as fit"),
        pytest.param(
            places(9),
            ["    6 more places: pkg/m3.py:3, pkg/m4.py:3, pkg/m5.py:3, pkg/m6.py:3, ..."],
            id="more than fit: at most 80 columns",
        ),
        pytest.param(
            places(5, path="a" * 90 + "{}.py"),
            [f"    2 more places: {'a' * 90}3.py:3, ..."],
            id="one is named however long it is",
        ),
        pytest.param([*places(3), *places(3, "redis")], [], id="each package has three of its own"),
        pytest.param(
            [*places(3), finding(project="sub/pyproject.toml")], [], id="what another project lacks is another matter"
        ),
        pytest.param(
            [one._replace(cell=CellPlace(2, 4, 8)) for one in places(4, path="n{}.ipynb")],
            ["    1 more place: n3.ipynb:cell 2:4:8"],
            id="in a notebook",
        ),
    ],
)
def test_further_places_of_a_package_take_one_line(findings: list[Finding], others: list[str]) -> None:
    assert [line for line in rendered(*findings) if " more place" in line] == others


def test_a_report_of_ten_thousand_findings_is_short() -> None:
    lines = rendered(*places(5_000), *places(5_000, "redis"))
    assert len(lines) < 60
    counts = next(at for at, line in enumerate(lines) if line.startswith("checked"))
    assert lines[counts : counts + 2] == [
        "checked everything in 2 files: 10000 findings of 2 packages",
        "`--quiet` names every place",
    ]


@pytest.mark.parametrize(
    ("command", "option"),
    [
        pytest.param("import-customs", "`--quiet`", id="by hand"),
        pytest.param("python -m import_customs", "`args: [--quiet]` at the hook", id="in a hook"),
    ],
)
def test_an_option_is_named_where_it_can_be_set(command: str, option: str) -> None:
    result = Result(places(4), [], 1, EVERYTHING)
    assert f"{option} names every place\n" in text.render(result, color=False, command=command)


@pytest.mark.parametrize(
    ("scope", "last"),
    [
        (EVERYTHING, "checked everything in 2 files: nothing to declare"),
        (Scope("new", "index", (), "HEAD", []), "checked what this commit introduces in 2 files: nothing to declare"),
        (
            Scope("new", "worktree", (), "main", []),
            "checked what was introduced since main in 2 files: nothing to declare",
        ),
        pytest.param(
            Scope("new", "worktree", (), "0123456789abcdef" * 2 + "01234567", []),
            "checked what was introduced since 0123456789 in 2 files: nothing to declare",
            id="a push names commits by their ids",
        ),
    ],
)
def test_last_line_says_what_was_checked(scope: Scope, last: str) -> None:
    assert rendered(scope=scope) == [last]


def test_color_changes_nothing_else() -> None:

    plain, colored = rendered(finding()), rendered(finding(), color=True)
    assert plain != colored
    assert [re.sub(r"\033\[[\d;]*m", "", line) for line in colored] == plain


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("plain ä 日", "plain ä 日"),
        ("a\x1b[31mb", "a\\x1b[31mb"),
        ("new\nline\ttab\r", "new\\x0aline\\x09tab\\x0d"),
        ("\u202eabc\u2066", "\\u202eabc\\u2066"),
        ("\udcff", "\\udcff"),
        ("\x9b31m", "\\x9b31m"),
        ("a\U000e0041\u200b\u115f", "a\\U000e0041\\u200b\\u115f"),
        (" ::error::a", "\\ ::error::a"),
        ("a ##[error]##vso[b]", "a \\x23#[error]\\x23#vso[b]"),
        ("## heading, a::b", "## heading, a::b"),
    ],
)
def test_printable(given: str, shown: str) -> None:
    assert printable(given) == shown


def test_a_place_in_a_notebook_is_that_of_its_cell() -> None:
    lines = rendered(
        finding(path="n.ipynb", line=21, column=10, cell=CellPlace(2, 4, 15, 21), excerpt="if x:  import celery")
    )
    assert lines[0].startswith("n.ipynb:cell 2:4:15: undeclared: ")
    assert lines[1:3] == ["  4 | if x:  import celery", "    |               ^^^^^^"]
