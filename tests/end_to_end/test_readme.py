"""The README shows what really happens."""

import re

import pytest

from conftest import ROOT, Repo
from end_to_end import seed

README = (ROOT / "README.md").read_text()
SHOWN = ("backend/schedulers/trace_worker.py", "backend/app/notifications/web_push.py")


@pytest.mark.parametrize("tool", ["pre-commit"], indirect=True)
def test_blocked_commit_is_a_real_one(hooked: Repo) -> None:
    everything = {"pyproject.toml": seed.PYPROJECT, **seed.files(packages=True)}
    hooked.stage({path: text for path, text in everything.items() if path not in SHOWN})
    assert hooked.commit("--no-verify").status == 0
    hooked.stage({path: everything[path] for path in SHOWN})
    ran = hooked.run("git", "commit", "-m", "Send traces from a worker")
    assert ran.status == 1
    shown = README.partition("```console\n$ git commit")[2].partition("```")[0].partition("\n")[2]
    printed = re.sub(r"^\[INFO\].*\n", "", ran.out + ran.err, flags=re.MULTILINE)
    printed = re.sub(r"^    \S+(?=/bin/python -I)", "    ~/.cache/pre-commit/…", printed, flags=re.MULTILINE)
    assert printed.rstrip() == shown.rstrip()
