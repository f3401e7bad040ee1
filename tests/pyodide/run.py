"""Run the tests that start no process on a Python that is not here: `python tests/pyodide/run.py 314.0.7 FOLDER tests`.

Pyodide is CPython for node: 314.x is CPython 3.14, 315.x is 3.15. The folder gets it, by npm, and the test's
dependencies, by pip; a call sets up what is missing there. Further arguments go to pytest.
"""

import shutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
NEEDED = ("node", "npm")
NOT_FETCHED = 75  # the status where what is missing cannot be set up, as without a network
STACK_KIB = 64_000  # of node: Python's own limit on recursion has to be met first


def main(version: str, folder: str, *arguments: str) -> int:
    """The status of pytest with these arguments."""
    if missing := [command for command in NEEDED if shutil.which(command) is None]:
        print(f"not here: {', '.join(missing)}", file=sys.stderr)
        return 2
    there = Path(folder).resolve()
    try:
        set_up(there, version)
    except subprocess.CalledProcessError as error:
        print(f"no test was run in Pyodide {version}: {' '.join(map(str, error.cmd[:3]))} failed")
        return NOT_FETCHED
    module, site = there / "node_modules" / "pyodide" / "pyodide.mjs", there / "site"
    node = ["node", f"--stack-size={STACK_KIB}", HERE / "python.mjs", module, ROOT, site]
    pytest = ["-p", "no:cacheprovider", "-p", "no:faulthandler", *arguments]
    return subprocess.run([*node, *pytest], check=False, preexec_fn=unlimited_stack).returncode


def unlimited_stack() -> None:
    import resource  # not on Windows

    resource.setrlimit(resource.RLIMIT_STACK, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))


def set_up(there: Path, version: str) -> None:
    """Make what is missing in the folder. What is made last says that all is there."""
    if (there / "site").exists():
        return
    there.mkdir(parents=True, exist_ok=True)
    npm = ["npm", "install", "--silent", "--no-audit", "--no-fund", "--ignore-scripts", f"pyodide@{version}"]
    subprocess.run([*npm, "--prefix", there], check=True)
    pip = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check", "install", "--no-deps"]
    made = there / "site-unfinished"
    subprocess.run([*pip, "--target", made, "-r", ROOT / "tests" / "pure-requirements.txt"], check=True)
    made.rename(there / "site")


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
