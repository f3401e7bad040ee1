"""The README shows what really happens."""

import re

import pytest

from conftest import ROOT, Repo
from end_to_end import seed
from import_customs.check.rules import RULES
from import_customs.project import config

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


def test_every_rule_and_key_is_told() -> None:
    rules = README.partition("## What it finds")[2].partition("\n## ")[0]
    keys = README.partition("## Configuration")[2].partition("\n## ")[0]
    assert re.findall(r"^\| `([a-z-]+)`", rules, re.MULTILINE) == list(RULES)
    assert re.findall(r"^\| `([a-z-]+)`", keys, re.MULTILINE) == list(config.KEYS)


def test_every_option_is_told(repo: Repo) -> None:
    told = README.partition("## Options")[2].partition("\n## ")[0]
    options = re.findall(r"(?<![\w-])--[a-z-]+", repo.customs("--help", COLUMNS="200").out)
    assert set(re.findall(r"`(--[a-z-]+)", told)) == set(options)
