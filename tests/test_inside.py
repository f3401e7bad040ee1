"""Nothing outside the repository is read, nothing is waited for, and what leads back to itself ends."""

import os
from pathlib import Path

import pytest

from conftest import Repo, spent_in_all_s
from test_security import audited

STATED = '[project]\nname = "demo"\ndependencies = []\n'
DYNAMIC = '[project]\nname = "demo"\ndynamic = ["dependencies"]\n'
SITE = "lib/python3.11/site-packages"
# What would declare celery, or be it, were it read. {out} is its absolute path.
OUTSIDE = {
    "pyproject.toml": '[project]\nname = "celery"\ndependencies = ["celery"]\n',
    "requirements.txt": "celery\n",
    "setup.cfg": "[options]\ninstall_requires = celery\n",
    "setup.py": "from setuptools import setup\nsetup(install_requires=['celery'])\n",
    "hatch.toml": '[envs.default]\ndependencies = ["celery"]\n',
    "uv.lock": 'version = 1\n\n[[package]]\nname = "celery"\nversion = "1"\n',
    "pytest.ini": "[pytest]\npythonpath = .\n",
    "celery/__init__.py": "",
    "src/celery/__init__.py": "",
}


def requirements(*paths: str) -> str:
    return f"{STATED}[tool.import-customs]\nrequirements-files = {list(paths)}\n"


def table(text: str) -> dict[str, str]:
    return {"pyproject.toml": f"{STATED}{text}\n"}


PLACES = {
    "requirements-files, above": ({"pyproject.toml": requirements("../outside/requirements.txt")}, {}),
    "requirements-files, absolute": ({"pyproject.toml": requirements("{out}/requirements.txt")}, {}),
    "requirements-files, a link": ({"pyproject.toml": requirements("r.txt")}, {"r.txt": "../outside/requirements.txt"}),
    "requirements-files, in a link": ({"pyproject.toml": requirements("d/requirements.txt")}, {"d": "../outside"}),
    "requirements-files, links to links": (
        {"pyproject.toml": requirements("a/b/requirements.txt"), "c/x": ""},
        {"a": "c", "c/b": "../../outside"},
    ),
    "requirements-files of git's": ({"pyproject.toml": requirements(".git/config", "g/config")}, {"g": ".git"}),
    "requirements-files of a nested clone's git": (
        {"pyproject.toml": requirements("r.txt", "g/config"), "n/.git/config": "celery\n"},
        {"r.txt": "n/.git/config", "g": "n/.git"},
    ),
    "-r": (
        {
            "pyproject.toml": requirements("r.txt"),
            "r.txt": "-r ../outside/requirements.txt\n-r {out}/requirements.txt\n-r file://{out}/requirements.txt\n",
        },
        {},
    ),
    "-e": (
        {
            "pyproject.toml": requirements("r.txt"),
            "r.txt": "-e ../outside\n-e {out}\n-e ./d\n./d\n-c d/requirements.txt\n",
        },
        {"d": "../outside"},
    ),
    "file of setuptools": (
        {
            "pyproject.toml": DYNAMIC
            + '[tool.setuptools.dynamic.dependencies]\nfile = ["../outside/requirements.txt", "r.txt", '
            '"{out}/requirements.txt"]\n'
        },
        {"r.txt": "../outside/requirements.txt"},
    ),
    "file: of setup.cfg": (
        {"pyproject.toml": DYNAMIC, "setup.cfg": "[options]\ninstall_requires = file: ../outside/requirements.txt\n"},
        {},
    ),
    "setup.cfg": ({"pyproject.toml": DYNAMIC}, {"setup.cfg": "../outside/setup.cfg"}),
    "setup.py": ({"pyproject.toml": DYNAMIC}, {"setup.py": "../outside/setup.py"}),
    "hatch.toml": (table(""), {"hatch.toml": "../outside/hatch.toml"}),
    "uv.lock": (table(""), {"uv.lock": "../outside/uv.lock"}),
    "pytest.ini": (table(""), {"pytest.ini": "../outside/pytest.ini"}),
    "pyproject.toml": ({}, {"pyproject.toml": "../outside/pyproject.toml"}),
    ".pdm-python": (table(""), {".pdm-python": "../outside/requirements.txt"}),
    ".venv, a file": (table(""), {".venv": "../outside/requirements.txt"}),
    "files of Hatch's hook": (
        {
            "pyproject.toml": DYNAMIC
            + '[tool.hatch.metadata.hooks.requirements_txt]\nfiles = ["../outside/requirements.txt"]\n'
        },
        {},
    ),
    "members of a workspace": (
        table('[tool.uv.workspace]\nmembers = ["../outside", "../*", "d", "{out}", "*", "../outside/.."]'),
        {"d": "../outside"},
    ),
    "sources of uv": (
        table('[tool.uv.sources]\na = {{ path = "../outside" }}\nb = {{ path = "{out}" }}\nc = {{ path = "d" }}'),
        {"d": "../outside"},
    ),
    "path of Poetry's": (
        {"pyproject.toml": '[tool.poetry.dependencies]\nother = {{ path = "../outside" }}\nmore = {{ path = "d" }}\n'},
        {"d": "../outside"},
    ),
    "path of a URL": (
        {
            "pyproject.toml": '[project]\nname = "demo"\ndependencies = ["x @ file:///${{PROJECT_ROOT}}/../outside", '
            '"y @ file://{out}", "z @ {{root:uri}}/d"]\n'
        },
        {"d": "../outside"},
    ),
    "source-roots": (
        table('[tool.import-customs]\nsource-roots = ["../outside", "{out}", "d", "d/src"]'),
        {"d": "../outside"},
    ),
    "folders of tools": (
        table(
            '[tool.setuptools]\npackage-dir = {{ "" = "../outside", "celery" = "d/celery" }}\n'
            '[tool.pytest.ini_options]\npythonpath = ["{out}", "d"]\n'
            '[tool.mypy]\nmypy_path = "../outside:{out}:d"\n'
            '[tool.hatch.build]\nsources = ["../outside"]\npackages = ["d/other", "../outside/other"]'
        ),
        {"d": "../outside"},
    ),
    "sys.path": (
        table("") | {"a.py": "import sys\nsys.path.insert(0, '../outside')\nsys.path.append('{out}')\nimport celery\n"},
        {},
    ),
    "a folder of the module's name": (table(""), {"celery": "../outside/celery", "src": "../outside/src"}),
    "a script's own metadata": (
        table("")
        | {
            "a.py": "# /// script\n# dependencies = []\n# [tool.import-customs]\n"
            "# requirements-files = ['../outside/requirements.txt', 'd/requirements.txt']\n# ///\nimport celery\n"
        },
        {"d": "../outside"},
    ),
}


@pytest.mark.parametrize(("files", "links"), PLACES.values(), ids=PLACES)
def test_nothing_outside_is_read(repo: Repo, files: dict[str, str], links: dict[str, str]) -> None:
    """The import stays a finding, or it is said that the project cannot be read."""
    outside = repo.path.parent / "outside"
    Repo(outside).write(OUTSIDE)
    repo.write(
        {"a.py": "import celery\n"} | {name: text.replace("{out}", str(outside)) for name, text in files.items()}
    )
    repo.write({name: (repo.path / name).read_text().replace("{{", "{").replace("}}", "}") for name in files})
    for name, target in links.items():
        (repo.path / name).symlink_to(target)
    repo.git("add", "--all")
    for arguments in ((), ("--explain", "celery"), ("--diff",), ("--staged",)):
        status, events = audited(repo, *arguments, run=repo.python)
        assert status in (1, 2) or "--explain" in arguments, arguments
        # never through a link
        own = {str(repo.path / ".git" / name) for name in ("HEAD", "MERGE_HEAD", "config", "index")}
        places = [place.replace(os.sep, "/") for place in set(touched(events)) - own]
        assert not [place for place in places if place.startswith(outside.as_posix()) or "/.git/" in place], arguments


REFUSED = "error: leads through a symlink out of the repository\n    take the link away, or name the file itself\n"


@pytest.mark.parametrize(
    ("name", "links", "written"),
    [
        pytest.param("report", {"report": "../outside/x"}, None, id="a link to a file"),
        pytest.param("report", {"report": "../outside/none"}, None, id="a link to no file yet"),
        pytest.param("report", {"report": "a", "a": "b/x", "b": "../outside"}, None, id="links to links"),
        pytest.param("d/x", {"d": "../outside"}, None, id="a folder that is a link"),
        pytest.param("d/../x", {"d": "../outside/sub"}, None, id="above a folder that is a link"),
        pytest.param("{repo}/report", {"report": "{out}/x"}, None, id="absolute"),
        pytest.param("../outside/back/report", {"report": "../outside/x"}, None, id="in and out"),
        pytest.param("report", {"report": ".git/config"}, None, id="git's own"),
        pytest.param("d/config", {"d": "n/.git"}, None, id="a nested clone's own"),
        pytest.param("report", {}, "repo/report", id="no link"),
        pytest.param("report", {"report": "n/x"}, "repo/n/x", id="a link inside"),
        pytest.param("../outside/x", {}, "outside/x", id="outside"),
        pytest.param("{out}/link", {}, "outside/sub/x", id="a link outside"),
        pytest.param("/dev/null", {}, "", id="a device"),
    ],
)
def test_a_report_goes_where_its_path_says(repo: Repo, name: str, links: dict[str, str], written: str | None) -> None:
    top = repo.path.parent
    paths = {"out": str(top / "outside"), "repo": str(repo.path)}
    repo.stage({"pyproject.toml": STATED, "a.py": "import celery\n"})
    repo.write({"n/.git/config": "", "../outside/sub/y": "", "../outside/x": ""})
    (top / "outside" / "back").symlink_to(repo.path)
    (top / "outside" / "link").symlink_to("sub/x")
    for link, target in links.items():
        (repo.path / link).symlink_to(target.format(**paths))
    before = contents(top)
    ran = repo.customs("--quiet", "--output", name.format(**paths))
    changed = {path for path, text in contents(top).items() if text != before.get(path)}
    assert changed == ({written} if written else set())
    assert (ran.status, ran.err.endswith(REFUSED)) == ((2, True) if written is None else (1, False))


def contents(folder: Path) -> dict[str, bytes]:
    files = (path for path in folder.rglob("*") if path.is_file() and not path.is_symlink())
    return {str(path.relative_to(folder)): path.read_bytes() for path in files}


def touched(events: list[tuple[str, list[str]]]) -> set[str]:
    """The files and folders that were opened, through links; a link that was opened as such leads nowhere."""
    opened = [given for event, given in events if event in ("open", "os.scandir", "os.listdir")]
    as_such = {name for name, *more in opened if more[:1] == ["None"] and int(more[1]) & getattr(os, "O_NOFOLLOW", 0)}
    found = {os.path.realpath(name) for name, *_ in opened if name not in as_such and not name.isdigit()}
    return found | {os.path.join(os.path.realpath(os.path.dirname(name)), os.path.basename(name)) for name in as_such}


WAITED_FOR = {
    "pyproject.toml": {},
    "sub/pyproject.toml": {"sub/a.py": "import celery\n"},
    "a.py": {},
    "b.ipynb": {},
    "script": {},
    "r.txt": {"pyproject.toml": requirements("r.txt")},
    "setup.cfg": {"pyproject.toml": DYNAMIC},
    "setup.py": {"pyproject.toml": DYNAMIC},
    "hatch.toml": {},
    "pytest.ini": {},
    "uv.lock": {},
    "poetry.lock": {},
    "pylock.toml": {},
    "Pipfile.lock": {},
    ".git/MERGE_HEAD": {},
    ".venv": {},
    ".pdm-python": {},
    ".venv/pyvenv.cfg": {},
    f".venv/{SITE}/x-1.dist-info/METADATA": {".venv/pyvenv.cfg": ""},
    f".venv/{SITE}/x-1.dist-info/RECORD": {".venv/pyvenv.cfg": "", f".venv/{SITE}/x-1.dist-info/METADATA": "Name: x\n"},
    f".venv/{SITE}/x-1.dist-info/direct_url.json": {
        ".venv/pyvenv.cfg": "",
        f".venv/{SITE}/x-1.dist-info/METADATA": "Name: x\n",
    },
    f".venv/{SITE}/x.egg-link": {".venv/pyvenv.cfg": ""},
    f".venv/{SITE}/x.pth": {
        ".venv/pyvenv.cfg": "",
        f".venv/{SITE}/x-1.dist-info/METADATA": "Name: x\n",
        f".venv/{SITE}/x-1.dist-info/RECORD": "x.pth,,\n__editable___x_finder.py,,\n",
    },
}


READING = ("--scope=all", "--staged", "--explain celery")
WRITING = ("--fix", "--fix --staged", "--ignore-existing")  # these read what a check reads, and replace what they edit
EDITED = ("pyproject.toml", "sub/pyproject.toml", "a.py", "r.txt", "setup.cfg", "setup.py", "hatch.toml", "script")


@pytest.mark.parametrize("kind", ["FIFO", "device", "folder", "link to itself", "link to nothing"])
@pytest.mark.parametrize("name", WAITED_FOR)
def test_nothing_is_waited_for(repo: Repo, name: str, kind: str) -> None:
    files = {"pyproject.toml": STATED, "a.py": "import celery\n", "script": "#!python\nimport celery\n"}
    repo.stage(files | {"b.ipynb": "{}", "sub/a.py": ""})
    (repo.path / "script").chmod(0o755)
    repo.write(WAITED_FOR[name])
    place = repo.path / name
    place.parent.mkdir(parents=True, exist_ok=True)
    place.unlink(missing_ok=True)
    if kind == "FIFO":
        os.mkfifo(place)
    elif kind == "folder":
        place.mkdir()
    else:
        place.symlink_to({"device": "/dev/zero", "link to itself": place.name}.get(kind, "nothing"))
    commands = READING + (WRITING if name in EDITED else WRITING[:1])
    for arguments in commands if kind in ("FIFO", "device") else ("--scope=all", "--fix"):  # which opens nothing else
        ran = repo.customs(*arguments.split())  # which is killed, should it wait
        assert ran.status in (0, 1, 2), arguments
        assert "Traceback" not in ran.err, arguments


def linked(folder: Path) -> None:
    """Twelve ways back into the folder from within it: eight steps down are 400 million paths."""
    folder.mkdir()
    for number in range(12):
        (folder / f"back{number}").symlink_to(".")


def mutual(folder: Path) -> None:
    folder.mkdir()
    for number in range(12):
        (folder / f"f{number}").mkdir()
        for other in range(12):
            (folder / f"f{number}" / f"to{other}").symlink_to(f"../f{other}")


@pytest.mark.parametrize("lay", [linked, mutual])
@pytest.mark.parametrize(
    "files",
    [
        pytest.param(table("") | {"a.py": "import loop, celery\n"}, id="an import of the folder"),
        pytest.param(
            table(f'[tool.uv.workspace]\nmembers = ["{"/".join("*" * 12)}", ".", "loop", "loop/back1/back2", "*/.."]'),
            id="members of a workspace",
        ),
        pytest.param(
            table('[tool.uv.sources]\ndemo = {path = "."}\nb = {path = "loop/back1"}'), id="a source of itself"
        ),
        pytest.param(
            table('[tool.import-customs]\nsource-roots = ["loop", "loop/back1/back2", "."]'), id="source roots"
        ),
        pytest.param(
            {
                "pyproject.toml": requirements("r.txt"),
                "r.txt": "-r r.txt\n-r loop/back1/../../s.txt\n-e .\n",
                "s.txt": "-r r.txt\n",
            },
            id="requirements files of each other",
        ),
        pytest.param(
            table(
                '[dependency-groups]\na = [{include-group = "b"}]\nb = [{include-group = "a"}, {include-group = "b"}]\n'
                '[project.optional-dependencies]\nx = ["demo[y]"]\ny = ["demo[x]", "demo[y]"]'
            ),
            id="groups and extras of each other",
        ),
        pytest.param(
            table("")
            | {
                "uv.lock": 'version = 1\n\n[[package]]\nname = "a"\nversion = "1"\ndependencies = [{ name = "a" }, '
                '{ name = "b", extra = ["x"] }]\n\n[[package]]\nname = "b"\nversion = "1"\n'
                'dependencies = [{ name = "a" }, { name = "celery" }]\n[package.optional-dependencies]\n'
                'x = [{ name = "b", extra = ["x"] }]\n'
            },
            id="a lock file",
        ),
        pytest.param(
            table("")
            | {
                ".venv/pyvenv.cfg": "",
                f".venv/{SITE}/x-1.dist-info/METADATA": "Name: x\nRequires-Dist: x[x]\nProvides-Extra: x\n",
                f".venv/{SITE}/x-1.dist-info/RECORD": "x.pth,,\n",
                f".venv/{SITE}/x.pth": "{repo}/loop\n{repo}\n/\n",
            },
            id="an editable distribution",
        ),
    ],
)
def test_what_leads_back_to_itself_ends(repo: Repo, lay: object, files: dict[str, str]) -> None:
    repo.write(
        {"a.py": "import celery\n"} | {name: text.replace("{repo}", str(repo.path)) for name, text in files.items()}
    )
    lay(repo.path / "loop")  # type: ignore[operator]
    repo.git("add", "--all")
    before_s = spent_in_all_s()
    for arguments in ((), ("--explain", "celery"), ("--staged",)):
        ran = repo.customs(*arguments)
        assert (ran.status in (0, 1), "Traceback" in ran.err) == (True, False), ran
        assert arguments == ("--staged",) or "celery" in ran.out
    assert spent_in_all_s() - before_s < 10
