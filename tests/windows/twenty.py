"""Twenty runs each of `--staged`, of a commit with the hook, of `--fix`: each ends as it should, or this says how not.

For `run.py`: `python tests/windows/run.py FOLDER tests/windows/twenty.py`. It is no test of pytest: short reads show in
one run of many, if at all, so these runs are large, each in a repository and a process of its own.
"""

import os
import re
import sys
import tempfile
from pathlib import Path

from conftest import Ran, Repo

TIMES = 20
PROJECT = '[project]\nname = "demo"\nrequires-python = ">=3.11"\ndependencies = [\n    "requests",\n]\n'
FILLER = "".join(
    f"value_{number} = {number}  # so that the text is longer than a pipe holds\n" for number in range(3_000)
)
DECLARED, UNDECLARED = f"{FILLER}import requests\n", f"{FILLER}import celery\n"
FOUND = r"app\.py:3001:8: undeclared: `celery`: add `\"celery>=[\d.]+\"` to pyproject\.toml\s*"
# Where git is this machine's and Python is Wine's, the hook starts one from the other.
PYTHON = f"wine {sys.executable[2:]}".replace("\\", "/") if "SHIM_PORT" in os.environ else f"'{sys.executable}'"
SCRIPT = f"""\
#!/bin/sh
said=$({PYTHON} -I -m import_customs --staged --quiet 2>&1 </dev/null)
status=$?
printf %s "$said"
exit $status
"""


def staged(repo: Repo, source: str) -> bool:
    """What is staged differs from what is on the disk, and git is asked for it."""
    repo.stage({"pyproject.toml": PROJECT, "app.py": source})
    repo.write({"app.py": "import nothing_of_this\n"})
    return is_right(repo.hook("--staged", "--quiet"), source)


def committed(repo: Repo, source: str) -> bool:
    """By git's own hook; the commit is made if that ends with 0."""
    repo.stage({"pyproject.toml": PROJECT})
    repo.commit()
    hook = repo.path / ".git" / "hooks" / "pre-commit"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text(SCRIPT)
    repo.git("-c", "alias.allow=!chmod +x", "allow", ".git/hooks/pre-commit")  # by git's own shell
    repo.stage({"app.py": source})
    ran = repo.commit()
    is_made = repo.git("rev-list", "--count", "HEAD").strip() == "2"
    said = Ran(ran.status, ran.out + ran.err, "")  # git shows what a hook prints on its own standard error
    return is_right(said, source) and is_made == (source is DECLARED)


def fixed(repo: Repo, source: str) -> bool:
    repo.stage({"pyproject.toml": PROJECT, "app.py": source})
    repo.hook("--fix")
    text = (repo.path / "pyproject.toml").read_text()
    return ("celery" in text) == (source is UNDECLARED) and repo.hook("--quiet").status == 0


def is_right(ran: Ran, source: str) -> bool:
    if source is DECLARED:
        right = ran == Ran(0, "", "")
    else:
        right = ran.status == 1 and bool(re.fullmatch(FOUND, ran.out)) and not ran.err
    if not right:
        print(ran, flush=True)
    return right


def main() -> int:
    wrong = 0
    for run in (staged, committed, fixed):
        sources = (DECLARED, UNDECLARED) * (TIMES // 2)
        right = sum(run(Repo(Path(tempfile.mkdtemp()) / "repo"), source) for source in sources)
        print(f"{run.__name__}: {right} of {TIMES} right", flush=True)
        wrong += TIMES - right
    return min(wrong, 1)


if __name__ == "__main__":
    sys.exit(main())
