"""What is printed, in every format and whatever it is made of: no terminal is misled, no CI is commanded."""

import json
import re
import unicodedata
from xml.etree import ElementTree as Xml

import pytest

from conftest import Ran, Repo

HOSTILE = {
    "clear the screen": "\x1b[2J",
    "C1 control": "\x9b31m",
    "override": "\u202eabc\u2066",
    "unseen": "\u200b\ufeff\u00ad\u115f",
    "tags": "a\U000e0041\U000e0100",
    "new line and command": "a\n::error::x",
    "carriage return and command": "a\r::error::x",
    "other line ends": "a\u2028::error::x\u2029\x0b\x0c\x85::error::y",
    "command": "::set-output name=a::b",
    "indented command": "  ::error::x",
    "old command": "##[set-output name=a]b",
    "old command behind more": "###[error]",
    "Azure's command": "##vso[task.setvariable variable=a]b",
    "TeamCity's command": "##teamcity[message text='x']",
    "escaped command": "%0A::error::x%0D",
    "XML": "]]><b a=\"1\" c='2'>&amp;",
    "shell": "$(id);`id`|id",
    "not UTF-8": "a\udcff",
    "not a character": "\ufffe\uffff\x7f\x08",
}
COMMANDS = [
    *((f"--format={name}",) for name in ("json", "github", "gitlab", "sarif", "junit")),
    ("--statistics",),
    ("--quiet", "--scope=all"),
    ("--explain", "celery"),
    ("--explain", "of_the_venv"),
    ("--diff",),
    ("--ignore-existing",),
    ("--fix",),
]
SITE = ".venv/lib/python3.11/site-packages"


def toml(text: str) -> str:
    return json.dumps(text.encode("utf-8", "replace").decode(), ensure_ascii=False).replace("\x7f", "\\u007f")


def project(value: str) -> dict[str, str]:
    """A repository that says the value wherever a file can hold it."""
    quoted, line = toml(value), re.sub(r"[\n\r\x0b\x0c\x85\u2028\u2029]", " ", value)
    told = line.encode("utf-8", "replace").decode()
    return {
        f"{value}.py": f"import celery, of_the_venv, nobody_has_it  # {told}\n",
        "bad.py": f"import celery = {told}\n",
        "pyproject.toml": f'[project]\nname = "demo"\ndependencies = ["web", {quoted}]\n'
        f'[dependency-groups]\n{quoted} = ["six", {{include-group = {toml(value + "x")}}}]\ndev = ["pytest"]\n'
        f"[project.optional-dependencies]\n{quoted} = [{quoted}]\n"
        f"[tool.import-customs]\nrequirements-files = [{quoted}, 'r.txt']\nignore = ['a']\n"
        f"[tool.import-customs.per-file-ignores]\n{quoted} = ['a']\n",
        "r.txt": f"-r {told}\n{told}\n-e {told}\nsix #{told}\n",
        "uv.lock": f'version = 1\n\n[[package]]\nname = "celery"\nversion = {quoted}\n\n'
        f'[[package]]\nname = "web"\nversion = "1"\ndependencies = [{{ name = {quoted} }}, {{ name = "celery" }}]\n\n'
        f'[[package]]\nname = {quoted}\nversion = {quoted}\ndependencies = [{{ name = "celery" }}]\n',
        ".venv/pyvenv.cfg": "",
        f"{SITE}/x-1.dist-info/METADATA": f"Name: {told}\nVersion: {told}\n",
        f"{SITE}/x-1.dist-info/RECORD": "of_the_venv.py,,\n",
        f"{SITE}/y-1.dist-info/METADATA": f"Name: y\nVersion: {told}\nRequires-Dist: {told}\n",
        f"{SITE}/y-1.dist-info/RECORD": "of_the_venv.py,,\n",
    }


def is_safe(printed: str, commands: int = 0) -> bool:
    """Whether it holds nothing but characters that are seen, spaces and line ends, and that many commands."""
    odd = {letter for letter in printed if unicodedata.category(letter) in ("Cc", "Cf", "Cs", "Zl", "Zp")} - {"\n"}
    odd |= set(re.findall("[\u115f\u1160\u3164\uffa0\ufe00-\ufe0f\U000e0100-\U000e01ef]", printed))
    assert not odd, (odd, printed)
    assert not re.search(r"##\w*\[", printed), printed
    assert len(re.findall(r"^\s*::", printed, re.MULTILINE)) == commands, printed
    return True


def is_whole(arguments: tuple[str, ...], ran: Ran) -> bool:
    form = arguments[0].removeprefix("--format=")
    if form in ("json", "gitlab", "sarif"):
        assert json.loads(ran.out)
    elif form == "junit":
        assert Xml.fromstring(ran.out)[0].get("failures") == "4"  # noqa: S314 - it is what we wrote
    commands = ran.out.count("\n") if form == "github" else 0  # each line is one, of a finding or an error
    return is_safe(ran.out.replace("\r\n", "\n"), commands) and is_safe(ran.err)


@pytest.mark.parametrize("value", HOSTILE.values(), ids=HOSTILE)
def test_nothing_printed_misleads(repo: Repo, value: str) -> None:
    repo.write(project(value))
    repo.git("add", "--", ":!.venv")
    for arguments in COMMANDS:
        ran = repo.customs(*arguments)
        assert ran.status in (0, 1, 2), ran  # 2: a requirement that is passed over may be what is missing
        assert is_whole(arguments, ran), arguments


ERRORS = {
    "unknown key": "[tool.import-customs]\n{0} = 1\n",
    "wrong choice": "[tool.import-customs]\nguarded = {0}\n",
    "name of no module": "[tool.import-customs]\nignore = [{0}]\nper-file-ignores = {{ {0} = [{0}] }}\n",
    "name of no package": "[tool.import-customs.provides]\n{0} = ['celery']\n",
    "place": "[tool.import-customs]\ndeclare-in = {0}\n",
    "wrong type": "[dependency-groups]\n{0} = {0}\n",
    "computed": '[project]\nname = {0}\ndynamic = ["dependencies", {0}]\n',
    "invalid TOML": "{0}\n",
}


@pytest.mark.parametrize("value", HOSTILE.values(), ids=HOSTILE)
@pytest.mark.parametrize("text", ERRORS.values(), ids=ERRORS)
def test_no_error_misleads(repo: Repo, text: str, value: str) -> None:
    folder = value.replace("/", "")
    repo.write({f"{folder}/pyproject.toml": text.format(toml(value)), f"{folder}/a.py": "import celery\n"})
    repo.git("add", "--all")
    ran = repo.customs()
    assert ran.status == 2
    checked = ran.out.removeprefix("checked everything in 0 files").removeprefix("checked everything in 1 file")
    assert checked in ("", "; 1 could not be checked: see above\n")
    assert is_safe(ran.err)
    assert all(line.startswith("    ") or not line for line in ran.err.splitlines()[1:]), "it is one error"


def test_what_is_told_is_not_endless(repo: Repo) -> None:
    listed = "".join(f"-r {number}.txt\n" for number in range(1_000))
    long = "x" * 100_000
    files = {"a.py": "import six\n", "r.txt": listed, "pyproject.toml": f'[project]\ndependencies = ["{long} x"]\n'}
    files["pyproject.toml"] += '[tool.import-customs]\nrequirements-files = ["r.txt"]\n'
    repo.stage(files)
    ran = repo.customs()
    assert ran.status == 2
    lines = ran.err.splitlines()
    assert (len(lines) <= 101, max(map(len, lines)) < 1_100) == (True, True)
