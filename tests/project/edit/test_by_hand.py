"""What is printed to paste, pasted as the report says: the file stays valid, and the package is declared."""

import re
import tomllib

import pytest

from conftest import Repo

HEAD = '[project]\nname = "demo"\nversion = "1"\n'
GROUP = '[dependency-groups]\ntest = [\n    "pytest",\n]\n'


def pasted(text: str, report: str, prefix: str = "") -> str:
    """The text, once a person did with each block of the report what its sentence says."""
    for intro, block in re.findall(r"^((?:Add to|Write) .*):\n\n((?:    .*\n)+)", report, re.MULTILINE):
        lines = re.sub("^    ", "", block, flags=re.MULTILINE)
        added = re.fullmatch(
            r"Add to (\[[^\]]+\]|\S+)(?: (\S+))?(, and a comma behind `(.*)`|, within the brackets)?", intro
        )
        if intro.startswith("Write "):
            key = lines.removeprefix(prefix).partition(" =")[0]
            text = re.sub(rf"^{prefix}{key} = \[[^\]]*\]\n", lambda _, new=lines: new, text, flags=re.MULTILINE)
        elif added is None:  # a script's metadata
            text = text.replace("# ///\n", lines + "# ///\n", 1)
        elif added[1].endswith("pyproject.toml"):
            text += lines
        elif added[2] is None:
            text = text.replace(f"{added[1]}\n", f"{added[1]}\n{lines}")
        elif (added[3] or "").endswith("brackets"):
            text = re.sub(
                rf"^({added[2]} = \[.*?),?\]", lambda at, new=lines: f"{at[1]},\n{new}]", text, flags=re.MULTILINE
            )
        else:
            if added[3]:
                text = text.replace(added[4], f"{added[4]},")
            text = re.sub(
                rf"(^{added[2]} = \[\n(?:[ \t].*\n)*?)(?=\s*\])",
                lambda at, new=lines: at[1] + new,
                text,
                flags=re.MULTILINE,
            )
    return text


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(HEAD + 'dependencies = [\n    "six",\n]\n', id="a line each"),
        pytest.param(HEAD + 'dependencies = [\n    "six"\n]\n', id="the last without a comma, as Poetry writes it"),
        pytest.param(HEAD + 'dependencies = [\n    "six" # old, and in use\n    # nothing more\n]\n', id="comments"),
        pytest.param(HEAD + 'dependencies = [\n    "six"]\n', id="the bracket behind the last"),
        pytest.param(HEAD + 'dependencies = ["six"]\n', id="on one line"),
        pytest.param(HEAD + "dependencies = ['six ; python_version < \"4\"']\n", id="on one line, quotes"),
        pytest.param(HEAD + "dependencies = []\n", id="empty"),
        pytest.param(HEAD, id="no such key"),
        pytest.param(HEAD + "[tool.other]\n", id="no such key, another table"),
        pytest.param(HEAD + "dependencies = []\n" + GROUP, id="a group"),
        pytest.param(HEAD + "[dependency-groups]\ndocs = []\n", id="the table of groups alone"),
        pytest.param(
            HEAD + 'dependencies = []\n[dependency-groups]\nlint = ["ruff"]\ntest = [{ include-group = "lint" }]\n',
            id="an included group",
        ),
        pytest.param(HEAD + "[project.optional-dependencies]\ntest = []\n", id="an extra"),
        pytest.param(
            HEAD + 'dependencies = []\noptional-dependencies.test = [\n    "pytest",\n]\n',
            id="an extra by a dotted key",
        ),
        pytest.param(
            HEAD + 'optional-dependencies.testing = []\noptional-dependencies.test = [ "pytest" ]\n',
            id="such an extra on one line",
        ),
        pytest.param(
            HEAD + 'optional-dependencies.docs = ["six"]\n[tool.import-customs]\ndeclare-in = "extra web"\n',
            id="a new extra where the others have dotted keys",
        ),
        pytest.param(
            HEAD + "dependencies = [" + ", ".join(f'"six{n}"' for n in range(30)) + "]\n", id="thirty on one line"
        ),
    ],
)
def test_what_is_printed_can_be_pasted(repo: Repo, text: str) -> None:
    repo.stage({"pyproject.toml": text, "a.py": "import yaml, celery\n", "tests/test_a.py": "import pytest, httpx\n"})
    report = repo.customs().out
    after = pasted(text, report)
    tomllib.loads(after)
    repo.stage({"pyproject.toml": after})
    assert repo.customs().status == 0, f"{report}\n{after}"


@pytest.mark.parametrize(
    "lines",
    [
        pytest.param("# dependencies = [\n#   'six',\n# ]\n", id="a line each"),
        pytest.param("# dependencies = ['six']\n", id="on one line"),
        pytest.param("# requires-python = '>=3.11'\n", id="no such key"),
    ],
)
def test_the_metadata_of_a_script(repo: Repo, lines: str) -> None:
    script = f"# /// script\n{lines}# ///\nimport yaml\nimport celery\n"
    repo.stage({"run.py": script})
    report = repo.customs().out
    if "#   'six',\n" in lines:  # the usual form: below the last line
        after = script.replace("# ]\n", "".join(re.findall(r"^    (#   .*\n)", report, re.MULTILINE)) + "# ]\n", 1)
    else:
        after = pasted(script, report, "# ")
    repo.stage({"run.py": after})
    assert repo.customs().status == 0, f"{report}\n{after}"


@pytest.mark.parametrize(
    ("listed", "written"),
    [
        pytest.param('"attrs >=25", "six"', '"tenacity >=', id="a blank before"),
        pytest.param('"attrs[dev] >= 25, < 27"', '"tenacity >= ', id="blanks around"),
        pytest.param('"attrs >= 25", "six>=1"', '"tenacity>=', id="not all"),
        pytest.param('"attrs", "six"', '"tenacity>=', id="no version"),
        pytest.param("\"attrs; python_version >= '3.9'\"", '"tenacity>=', id="blanks in a marker"),
    ],
)
def test_a_version_is_written_as_the_others_are(repo: Repo, listed: str, written: str) -> None:
    text = HEAD + f'requires-python = ">=3.10"\ndependencies = [{listed}]\n'
    repo.stage({"pyproject.toml": text, "a.py": "import tenacity\n"})
    assert written in repo.customs().out
    repo.customs("--fix")
    assert written in (repo.path / "pyproject.toml").read_text()


@pytest.mark.parametrize("before", ["celery>=5\nsix\n", "six\n"], ids=["put back", "new"])
def test_a_requirements_file_of_another_suffix_holds_it_as_it_is(repo: Repo, before: str) -> None:
    text = f'{HEAD}dynamic = ["dependencies"]\n[tool.setuptools.dynamic]\ndependencies = {{ file = "deps.list" }}\n'
    repo.stage({"pyproject.toml": text, "deps.list": before})
    repo.commit()
    repo.stage({"deps.list": "six\n", "a.py": "import celery\n"})
    ran = repo.customs("--staged").out
    assert re.search(r"^Add to deps.list:\n\n    celery(>=5)?\n\n", ran, re.MULTILINE)
