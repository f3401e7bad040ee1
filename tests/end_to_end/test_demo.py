"""The demo shows each commit once: what Repo echoes for a test that fails is no part of the story."""

import pytest

from conftest import Repo
from end_to_end.demo import commit


def test_what_a_commit_prints_is_shown_once(repo: Repo, capsys: pytest.CaptureFixture[str]) -> None:
    hook = repo.path / ".git" / "hooks" / "pre-commit"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text("#!/bin/sh\necho blocked\nexit 1\n", encoding="utf-8", newline="\n")
    hook.chmod(0o755)
    repo.stage({"a.py": ""})
    capsys.readouterr()
    assert commit(repo, "Trade") == 1
    assert capsys.readouterr() == ('$ git commit -m "Trade"\nblocked\n\n', "")
