"""What differs on Windows, simulated here: the same findings, and bytes that programs and consoles can read.

`tests/windows/` runs all tests under a real Python for Windows, where there is one.
"""

import ast
import os
import sys
from xml.etree import ElementTree

import pytest

from conftest import ROOT, Ran, Repo
from import_customs.__main__ import trusted
from import_customs.cli import streams
from import_customs.model import CheckError
from import_customs.repository.windows import batch_line
from simulated import folder_with_git_exe

ONLY_THERE = pytest.mark.skipif(os.name != "nt", reason="elsewhere a name may hold a backslash")
PROJECT = '[project]\nname = "demo"\ndependencies = []\n'
LOCK = """\
version = 1
requires-python = ">=3.11"
[[package]]
name = "demo"
version = "1"
source = { virtual = "." }
dependencies = [{ name = "fastapi" }]
[[package]]
name = "fastapi"
version = "1"
source = { registry = "https://pkgs.invalid/simple" }
dependencies = [{ name = "starlette" }]
[[package]]
name = "starlette"
version = "1"
source = { registry = "https://pkgs.invalid/simple" }
"""


def paths_found(ran: Ran) -> list[str]:
    """The paths in a quiet report."""
    return [line.partition(":")[0] for line in ran.out.splitlines()]


# What lies on the disk.

SUBMODULE = "160000,1111111111111111111111111111111111111111,vendor"
CHANGED = SUBMODULE.replace("1,vendor", "2,vendor")


@pytest.mark.parametrize(
    "arguments",
    [
        pytest.param(("--scope", "new"), id="beyond HEAD"),
        pytest.param(("--since", "HEAD"), id="since HEAD"),
        pytest.param((), id="all files"),
        pytest.param(("--staged",), id="staged"),
    ],
)
def test_a_submodule_is_passed_over(repo: Repo, arguments: tuple[str, ...]) -> None:
    repo.stage({"pyproject.toml": PROJECT, "a.py": "x = 1\n"})
    repo.write({"vendor/thing.py": "import redis\n"})
    repo.git("update-index", "--add", "--cacheinfo", SUBMODULE)
    repo.commit()
    repo.stage({"a.py": "import redis\n"})
    repo.git("update-index", "--cacheinfo", CHANGED)
    ran = repo.windows(*arguments, "--quiet")
    assert (ran.status, paths_found(ran), ran.err) == (1, ["a.py"], "")


@pytest.mark.parametrize("name", ["tool", "pyproject.toml", "a.py", "requirements.txt", ".env"])
def test_a_folder_in_a_file_s_place(repo: Repo, name: str) -> None:
    repo.stage({"pyproject.toml": PROJECT, "b.py": "import redis\n", "c.py": "import httpx\n", "setup.py": "setup()\n"})
    repo.commit()
    (repo.path / name).unlink(missing_ok=True)
    repo.write({f"{name}/inside.txt": ""})
    assert repo.windows("b.py", "c.py", "--quiet", CONSOLE="utf-8") == _as_here(repo, "b.py", "c.py", "--quiet")


def _as_here(repo: Repo, *arguments: str) -> Ran:
    ran = repo.customs(*arguments)
    return Ran(ran.status, ran.out.replace("\n", "\r\n"), ran.err.replace("\n", "\r\n"))


# Takes names of at most 259 characters, but for those with the mark, which `realpath` gives back then.
SHORT = """
def plain(path):
    if isinstance(path, str) and path.startswith("\\\\\\\\?\\\\"):
        return path[4:]
    if isinstance(path, str) and len(path) > 259:
        raise FileNotFoundError(2, "No such file or directory", path)
    return path
def shortened(function):
    return lambda path=".", *rest, **named: function(plain(path), *rest, **named)
def realpath(path, real=os.path.realpath, **named):
    return "\\\\\\\\?\\\\" + real(path[4:], **named) if path.startswith("\\\\\\\\?\\\\") else real(path, **named)
for name in ("open", "stat", "lstat", "scandir", "listdir", "readlink", "access"):
    setattr(os, name, shortened(getattr(os, name)))
os.path.realpath = realpath
"""


@pytest.mark.parametrize("where", [(), ("--staged",)], ids=["worktree", "index"])
@pytest.mark.parametrize("declared", [False, True])
def test_a_long_path(repo: Repo, where: tuple[str, ...], *, declared: bool) -> None:
    long = "/".join(["a_folder_with_a_long_name"] * 12)
    stated = PROJECT.replace("[]", '["redis"]' if declared else "[]")
    repo.stage({"pyproject.toml": PROJECT, f"{long}/pyproject.toml": stated, f"{long}/a.py": "import redis\n"})
    ran = repo.windows(*where, "--quiet", before="" if os.name == "nt" else SHORT)
    assert (ran.status, paths_found(ran), ran.err) == (0 if declared else 1, [] if declared else [f"{long}/a.py"], "")


NOWHERE = """
def realpath(path, real=os.path.realpath, **named):
    if "deep" in path:
        raise OSError(22, "More data available")
    return real(path, **named)
os.path.realpath = realpath
"""


IN_DEEP = {"deep/a.py": "import httpx\n", "deep/tool": "#!/usr/bin/env python\nimport httpx\n"}


@pytest.mark.parametrize(
    "files",
    [
        pytest.param({}, id="a folder"),
        pytest.param({"deep/pyproject.toml": PROJECT}, id="a project"),
        pytest.param({"setup.py": "import deep.a\n", "b.py": "from deep import a\n"}, id="a package"),
        pytest.param({"pyproject.toml": f'{PROJECT}[tool.uv.workspace]\nmembers = ["*"]\n'}, id="a member's"),
    ],
)
@pytest.mark.parametrize(
    "arguments",
    [
        pytest.param((), id="all files"),
        pytest.param(("--scope", "new"), id="new"),
        pytest.param(("--staged",), id="staged"),
        pytest.param(("--scope", "all", "./a.py", "./deep/a.py", "./deep/tool"), id="by name"),
        pytest.param(("--since", "HEAD"), id="since HEAD"),
        pytest.param(("--diff",), id="a diff"),
    ],
)
def test_a_folder_of_which_the_system_cannot_say_where_it_is(
    repo: Repo, arguments: tuple[str, ...], files: dict[str, str]
) -> None:
    repo.stage({"pyproject.toml": PROJECT})
    repo.commit()
    repo.stage({"pyproject.toml": PROJECT, "a.py": "import redis\n"} | IN_DEEP | files)
    repo.git("update-index", "--chmod=+x", "deep/tool")
    ran = repo.windows(*arguments, before=NOWHERE)
    assert "redis" in ran.out
    if arguments == ("--staged",):  # nothing there is read from disk
        assert (ran.status, "httpx" in ran.out, ran.err) == (1, True, "")
        return
    assert ran.status == 2, ran
    assert ran.err.startswith("deep: error: the system does not say where it is: More data"), ran
    assert "deep: " not in ran.err[1:], "it is told once"


@pytest.mark.parametrize("options", [(), ("--python", ".venv")], ids=["found", "named"])
def test_an_environment_of_which_the_system_cannot_say_where_it_is(repo: Repo, options: tuple[str, ...]) -> None:
    installed = ".venv/lib/python3.13/site-packages/redis-5.dist-info/"
    repo.stage({"pyproject.toml": PROJECT, "a.py": "import redis\n"})
    repo.write({".venv/pyvenv.cfg": "", f"{installed}METADATA": "Name: redis\nVersion: 5\n"})
    ran = repo.windows("--scope", "all", *options, before=NOWHERE.replace("deep", "venv"))
    assert (ran.status, '"redis>=5"' in ran.out, ran.err) == (1, True, "")


def test_a_repository_of_which_the_system_cannot_say_where_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    def realpath(path: str) -> str:
        raise OSError(22, "More data available", path)

    monkeypatch.setattr(os.path, "realpath", realpath)
    repository, beside = str(ROOT), str(ROOT.parent / "beside")
    assert trusted([repository, os.path.join(repository, "hooks"), sys.prefix, beside], repository) == [
        sys.prefix,
        beside,
    ]


def test_names_that_are_no_utf_8(repo: Repo) -> None:
    repo.stage({"pyproject.toml": PROJECT, "a.py": "import redis\n", "\udcff.py": "import redis\n"})
    repo.commit()
    strict = 'os.fsdecode = lambda name: name if isinstance(name, str) else name.decode("utf-8", "surrogatepass")'
    ran = repo.windows("--staged", "--scope", "all", "--quiet", before=strict)
    assert (ran.status, paths_found(ran), ran.err) == (1, ["a.py", "\\udcff.py"], "")


def test_a_module_that_is_not_staged(repo: Repo) -> None:
    """It is looked for to the end of the index file; what follows the entries is more than the system's modes hold."""
    repo.stage({"pyproject.toml": PROJECT})
    repo.commit()
    repo.write({"zz.py": "x = 1\n"})
    repo.stage({"a.py": "import zz\n"})
    repo.git("write-tree")  # which notes the trees in the index, as a commit does
    ran = repo.windows("a.py", PRE_COMMIT="1")
    assert (ran.status, paths_found(ran)[:1], "git add zz.py" in ran.out, ran.err) == (1, ["a.py"], True, "")


# What the command is given.

FOLDING = """
def folded(path):
    done = "/" if os.path.isabs(path) else ""
    if path.startswith(f"{top}/"):
        done, path = top, path[len(top):]
    for part in [part for part in path.split("/") if part]:
        try:
            names = _listdir(done or ".")
        except OSError:
            names = ()
        there = part if part in names else next((name for name in names if name.lower() == part.lower()), part)
        done = os.path.join(done, there)
    return done or path
def folds(function):
    return lambda path=".", *rest, **named: function(folded(path) if isinstance(path, str) else path, *rest, **named)
_listdir, top = os.listdir, os.getcwd()
for name in ("open", "stat", "lstat", "scandir", "listdir"):
    setattr(os, name, folds(getattr(os, name)))
"""


@pytest.mark.parametrize("scope", ["new", "all"])
@pytest.mark.parametrize(
    ("typed", "found"),
    [
        pytest.param("SRC/Main.py", ["src/main.py"], id="a file in other letters"),
        pytest.param("SRC", ["src/main.py", "src/sub/b.py"], id="a folder"),
        pytest.param("src/SUB", ["src/sub/b.py"], id="a folder in a folder"),
        pytest.param("src/main.py", ["src/main.py"], id="as git has it"),
        pytest.param("Src/NEW.py", [], id="what git does not track"),
        pytest.param("caf\u00c9.py", ["caf\u00e9.py"], id="a capital with an accent"),
        pytest.param("cafe\u0301.py", ["caf\u00e9.py"], id="a letter and an accent"),
    ],
)
def test_a_name_in_other_letters(repo: Repo, typed: str, found: list[str], scope: str) -> None:
    """Where the disk takes those letters too: on Windows and macOS."""
    repo.stage({"pyproject.toml": PROJECT})
    repo.commit()
    redis = "import redis\n"
    repo.stage({"src/main.py": redis, "src/sub/b.py": redis, "caf\u00e9.py": redis})
    if "NEW" in typed:
        repo.write({"src/new.py": ""})
    if "\u0301" in typed:
        repo.write({typed: redis})  # what the disk takes for the same file
    ran = repo.windows(typed, "--scope", scope, "--quiet", before=FOLDING, CONSOLE="utf-8")
    assert (ran.status, paths_found(ran), ran.err) == (1 if found else 0, found, "")


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        pytest.param("src/*.py", ["src/a.py", "src/b.py"], id="files"),
        pytest.param("**/*.py", ["src/a.py", "src/b.py", "src/sub/c.py"], id="at any depth"),
        pytest.param("src\\*.py", ["src/a.py", "src/b.py"], id="as cmd.exe completes them", marks=ONLY_THERE),
        pytest.param("src/[ab].py", ["src/a.py", "src/b.py"], id="a choice"),
        pytest.param("s*", ["src/a.py", "src/b.py", "src/sub/c.py"], id="a folder"),
        pytest.param("none/*.py", None, id="none"),
    ],
)
def test_globs_that_no_shell_expands(repo: Repo, typed: str, found: list[str] | None) -> None:
    repo.stage({"pyproject.toml": PROJECT} | dict.fromkeys(["src/a.py", "src/b.py", "src/sub/c.py"], "import redis\n"))
    ran = repo.windows(typed, "--scope", "all", "--quiet")
    if found is None:
        assert (ran.status, ran.out) == (2, "")
        assert ran.err.startswith("none/*.py: error: no such file\r\n")
    else:
        assert (ran.status, paths_found(ran), ran.err) == (1, found, "")


# git.


@pytest.mark.parametrize(
    ("path", "status"),
    [
        pytest.param(["{bad}", "{good}"], 1, id="a script for other systems comes first"),
        pytest.param(['"{good}"'], 1, id="in quotes"),
        pytest.param(['"{odd}"', "{bad}"], 1, id="in quotes, with the separator in it"),
        pytest.param(["{bad}"], 2, id="only the script"),
        pytest.param(["relative", "."], 2, id="none that is trusted"),
        pytest.param(['"'], 2, id="a quote that is not closed"),
    ],
)
def test_where_git_is_found(repo: Repo, path: list[str], status: int) -> None:
    repo.stage({"pyproject.toml": PROJECT, "a.py": "import redis\n"})
    folders = {name: repo.path.parent / name for name in ("bad", "good", f"o{os.pathsep}dd")}
    for name, folder in folders.items():
        folder.mkdir()
        if name == "bad":
            (folder / "git").write_text("#!/bin/sh\nexit 3\n")
            (folder / "git").chmod(0o755)
        else:
            folder_with_git_exe(folder)
    names = {"bad": folders["bad"], "good": folders["good"], "odd": folders[f"o{os.pathsep}dd"]}
    ran = repo.windows("--staged", "--quiet", PATH=os.pathsep.join(path).format_map(names))
    assert ran.status == status, ran
    assert status == 1 or "git is not installed" in ran.err


# What is printed.

ODD = {"pyproject.toml": PROJECT, "m\u00fc/\u00e4.py": "import redis\n"}


@pytest.mark.parametrize("encoding", ["cp1252", "cp437", "cp932", "utf-8"])
@pytest.mark.parametrize("format_", ["json", "github", "gitlab", "sarif", "junit"])
def test_machine_formats_are_utf_8(repo: Repo, format_: str, encoding: str) -> None:
    repo.stage(ODD)
    arguments = ("--scope", "all", "--format", format_)
    ran = repo.windows(*arguments, CONSOLE=encoding)
    assert ran == repo.customs(*arguments)
    assert "\r" not in ran.out
    if format_ == "junit":
        report = ElementTree.fromstring(ran.out)  # noqa: S314 - it is ours
        assert "m\u00fc/\u00e4.py" in ElementTree.tostring(report, encoding="unicode")


@pytest.mark.parametrize("encoding", ["cp1252", "cp437", "utf-8"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"], ids=["unix", "dos"])
def test_a_diff_can_be_applied(repo: Repo, encoding: str, newline: str) -> None:
    stated = '[project]\nname = "demo"\ndescription = "\u2190 \u00e4"\ndependencies = ["flask"]\n'
    repo.stage({"pyproject.toml": stated.replace("\n", newline), "a.py": "import redis\n"})
    ran = repo.windows("--diff", CONSOLE=encoding)
    assert ran.status == 1
    repo.write({"x.patch": ran.out})
    repo.git("apply", "x.patch")
    written = (repo.path / "pyproject.toml").read_bytes().decode()
    assert "redis" in written
    assert written.replace(newline, "") == written.replace("\r", "").replace("\n", "")


@pytest.mark.parametrize("encoding", ["cp1252", "cp437", "cp850", "cp932", "ascii", "utf-8"])
def test_no_character_of_ours_is_escaped(repo: Repo, encoding: str) -> None:
    repo.stage({"pyproject.toml": PROJECT.replace("[]", '["fastapi"]'), "uv.lock": LOCK, "a.py": "import starlette\n"})
    ran = repo.windows("--scope", "all", "--quiet", CONSOLE=encoding)
    assert ran.status == 1
    assert "\\" not in ran.out
    assert "only `fastapi` requires it" in ran.out


def test_every_character_of_ours_has_a_plain_form() -> None:
    """Those in texts of the package, but for docstrings."""
    for path in (ROOT / "hooks" / "import_customs").rglob("*.py"):
        source = path.read_text(encoding="utf-8")
        if source.isascii():
            continue
        nodes = list(ast.walk(ast.parse(source)))
        docstrings = {id(node.value) for node in nodes if isinstance(node, ast.Expr)}
        for node in nodes:
            is_text = isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings
            if is_text and not node.value.isascii():
                written = ast.get_source_segment(source, node) or ""
                assert written.translate(streams._PLAIN).isascii(), f"{path}:{node.lineno}"


@pytest.mark.parametrize(
    ("environment", "shown"),
    [
        pytest.param({}, "m\u00fc".encode("cp1252"), id="in the console's own"),
        pytest.param({"PRE_COMMIT": "1"}, "m\u00fc".encode(), id="under a hook manager, which takes it for UTF-8"),
    ],
)
def test_the_encoding_of_the_text(repo: Repo, environment: dict[str, str], shown: bytes) -> None:
    repo.stage(ODD)
    ran = repo.windows("m\u00fc/\u00e4.py", "--quiet", CONSOLE="cp1252", **environment)
    assert shown in ran.out.encode(errors="surrogateescape")


# Stands for a pipe of which nobody reads the other end, and for a disk that is full.
REFUSING = """
class Refusing(io.RawIOBase):
    def writable(self): return True
    def fileno(self): return 1
    def write(self, text): raise OSError({error}, os.strerror({error}))
os.name = {system!r}
sys.stdout = io.TextIOWrapper(io.BufferedWriter(Refusing()), encoding="utf-8")
"""


@pytest.mark.parametrize(
    ("error", "system", "status"),
    [
        pytest.param("22", "nt", 1, id="Windows' closed pipe"),
        pytest.param("32", "nt", 1, id="a closed pipe"),
        pytest.param("28", "nt", 2, id="a full disk"),
        pytest.param("22", "posix", 2, id="an invalid argument elsewhere"),
    ],
)
@pytest.mark.parametrize("arguments", [(), ("--format", "json"), ("--diff",)], ids=" ".join)
def test_nobody_reads(repo: Repo, error: str, system: str, status: int, arguments: tuple[str, ...]) -> None:
    repo.stage({"pyproject.toml": PROJECT, "a.py": "import redis\n"})
    ran = repo.windows(*arguments, before=REFUSING.format(error=error, system=system))
    assert (ran.status, "cannot write the report" in ran.err) == (status, status == 2)


CONSOLE = """
import msvcrt
class Terminal(io.TextIOWrapper):
    def isatty(self): return True
class Console(Kernel):
    @staticmethod
    def GetConsoleMode(handle, mode): return {is_console}
    @staticmethod
    def SetConsoleMode(handle, mode):
        print("set", mode, file=sys.stderr)
        return {takes}
ctypes.WinDLL, msvcrt.get_osfhandle = Console, lambda number: number
sys.stdout = Terminal(open(1, "wb", closefd=False), encoding="utf-8")
"""


@pytest.mark.parametrize(
    ("is_console", "takes", "chosen", "colored"),
    [
        pytest.param(1, 1, "auto", True, id="a console of today"),
        pytest.param(1, 0, "auto", False, id="an old one"),
        pytest.param(0, 0, "auto", False, id="none"),
        pytest.param(1, 0, "always", True, id="asked for"),
        pytest.param(1, 1, "never", False, id="not wanted"),
    ],
)
def test_colors_of_a_console(repo: Repo, is_console: int, takes: int, chosen: str, *, colored: bool) -> None:
    repo.stage({"pyproject.toml": PROJECT, "a.py": "import redis\n"})
    before = 'sys.modules["msvcrt"] = type(sys)("msvcrt")' + CONSOLE.format(is_console=is_console, takes=takes)
    ran = repo.windows("--color", chosen, before=before)
    assert (ran.status, "\x1b[" in ran.out) == (1, colored)
    assert ran.err in ("", "set 4\r\n")


# What is written.

BUSY = """
real, left = os.replace, {times}
def busy(old, new):
    global left
    left -= 1
    if left >= 0:
        {meanwhile}
        raise PermissionError(13, "Access is denied", new)
    return real(old, new)
os.replace = busy
"""


@pytest.mark.parametrize(
    ("times", "meanwhile", "status", "err"),
    [
        pytest.param(3, "pass", 1, "", id="for a moment"),
        pytest.param(10**9, "pass", 2, "Access is denied", id="for long"),
        pytest.param(1, "open('pyproject.toml', 'a').write('# saved')", 2, "has been changed", id="while it is saved"),
    ],
)
def test_a_file_that_is_open_elsewhere(repo: Repo, times: int, meanwhile: str, status: int, err: str) -> None:
    repo.stage({"pyproject.toml": PROJECT, "a.py": "import redis\n"})
    ran = repo.windows("--fix", before=BUSY.format(times=times, meanwhile=meanwhile))
    assert ran.status == status, ran
    assert err in ran.err
    assert ("redis" in (repo.path / "pyproject.toml").read_text()) is (status == 1)
    assert sorted(os.listdir(repo.path)) == [".git", "a.py", "pyproject.toml"]


@pytest.mark.parametrize(
    ("words", "line"),
    [
        pytest.param(
            ["C:\\g\\git.cmd", "-C", "C:\\a b&c"], '"C:\\g\\git.cmd" "-C" "C:\\a b&c"', id="a space and a command"
        ),
        pytest.param(["git.bat", "HEAD^{commit}"], '"git.bat" "HEAD^{commit}"', id="its own escape"),
        pytest.param(["git.bat", "C:\\"], '"git.bat" "C:\\\\"', id="a backslash before a quote"),
        pytest.param(["git.bat", 'a"b'], None, id="a quote"),
        pytest.param(["git.bat", "%PATH%"], None, id="a variable"),
        pytest.param(["git.bat", "a\nb"], None, id="a line end"),
    ],
)
def test_a_batch_file_is_given_what_is_meant(
    words: list[str], line: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SYSTEMROOT", "W")
    shell = os.path.join("W", "System32", "cmd.exe")
    if line:
        assert batch_line(words) == f'"{shell}" /d /e:on /v:off /s /c "{line}"'
    else:
        with pytest.raises(CheckError, match="cannot be given"):
            batch_line(words)
