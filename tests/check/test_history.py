"""`--history N`: a history of commits, and what the hook is said to have blocked in it."""

import os
import re
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence

import pytest

from conftest import ROOT, Ran, Repo

PROJECT = '[project]\nname = "demo"\nversion = "1"\ndependencies = [{}]\n'
EMPTY = {"pyproject.toml": PROJECT.format(""), "README": ""}
CELERY = {"pyproject.toml": PROJECT.format('"celery"')}


def committed(repo: Repo, days: Sequence[Mapping[str, str | None]]) -> None:
    """Commit these files, one commit ten days after the other; None removes one."""
    for number, files in enumerate(days):
        repo.stage({path: text for path, text in files.items() if text is not None})
        gone = [path for path, text in files.items() if text is None]
        if gone:
            repo.git("rm", "-q", "--", *gone)
        repo.commit("--allow-empty", GIT_COMMITTER_DATE=f"{1_767_225_600 + number * 864_000} +0000")


@pytest.mark.parametrize(
    ("days", "blocked"),
    [
        pytest.param([{"a.py": "import os\n"}], [], id="nothing blocked"),
        pytest.param([{"a.py": "import celery\n"}], ["celery: not declared since; 1"], id="never declared"),
        pytest.param([{"a.py": "import celery\n"}, {}, CELERY], ["celery: declared 20 days later; 1"], id="declared"),
        pytest.param([{"a.py": "import celery\n"} | CELERY], [], id="declared by the same commit"),
        pytest.param(
            [{"a.py": "import celery\n"}, {"b.py": "import celery\n"}, CELERY],
            ["celery: declared 20 days later; 2"],
            id="two commits until then",
        ),
        pytest.param(
            [{"a.py": "import celery\n"}, CELERY, EMPTY],
            ["celery: declared 10 days later; 1", "celery: not declared since; 1"],
            id="its declaration removed again",
        ),
        pytest.param(
            [{"a.py": "import yaml\n"}, {"pyproject.toml": PROJECT.format('"PyYAML"')}],
            ["pyyaml: declared 10 days later; 1"],
            id="by the distribution's name",
        ),
        pytest.param(
            [{"a.py": "import zz_made_up\n"}, {"pyproject.toml": PROJECT.format('"zz-made-up"')}],
            ["zz_made_up: declared 10 days later; 1"],
            id="of no known distribution",
        ),
        pytest.param(
            [{"a.py": "import store, celery\n"}],
            ["celery: not declared since; 1", "store: not declared since; 1"],
            id="of a little known one, which may not be meant",
        ),
        pytest.param(
            [{"a.py": "import mozaggregator\n"}],
            ["mozaggregator: not declared since; 1"],
            id="of a distribution of another name that is little known",
        ),
        pytest.param(
            [{"a.py": "import celery\n"}, {"a.py": None}], ["celery: not declared since; 1"], id="import removed"
        ),
        pytest.param(
            [{"sub/pyproject.toml": PROJECT.format(""), "sub/a.py": "import celery\n"}, CELERY],
            ["celery: not declared since; 1"],
            id="another project declares it",
        ),
    ],
)
def test_what_would_have_been_blocked(repo: Repo, days: list[Mapping[str, str | None]], blocked: list[str]) -> None:
    committed(repo, [EMPTY, *days])
    ran = repo.customs("--history", "100")
    assert (ran.status, ran.err) == (0, "")
    assert [line.partition(" commit")[0] for line in ran.out.splitlines() if " blocked, " in line] == blocked


def test_the_whole_report(repo: Repo) -> None:
    committed(repo, [EMPTY, {"a.py": "import celery, reqeusts\n"}, {"b.py": "import celery\n"}, CELERY])
    first = repo.git("rev-parse", "HEAD~2")[:10]
    assert repo.customs("--history", "9") == Ran(
        0,
        f"""\
replayed 3 commits, 2026-01-11 to 2026-01-31: 2 would have been blocked

celery: declared 20 days later; 2 commits blocked, the first {first} (2026-01-11, a.py:1)
reqeusts: not declared since; 1 commit blocked, {first} (2026-01-11, a.py:1)

declared later: 1 of 2 packages, after a median of 20 days
""",
        "",
    )
    shown = (ROOT / "docs/adopting.md").read_text().partition("$ import-customs --history 500\n")[2].partition("```")[0]
    assert repo.customs("--history", "500").out == re.sub(r"\b[0-9a-f]{10}\b", first, shown)


def test_only_the_last_commits(repo: Repo) -> None:
    committed(repo, [EMPTY, {"a.py": "import celery\n"}, {"b.py": "import os\n"}])
    assert repo.customs("--history", "1").out.startswith("replayed 1 commit, 2026-01-21 to 2026-01-21: 0 would")


def test_a_merge_is_one_step(repo: Repo) -> None:
    committed(repo, [EMPTY])
    repo.git("checkout", "-q", "-b", "side")
    committed(repo, [{"a.py": "import celery\n"}, CELERY])
    repo.git("checkout", "-q", "-")
    repo.git("merge", "-q", "--no-ff", "-m", "merge", "side")
    assert "replayed 1 commit, " in repo.customs("--history", "9").out
    assert ": 0 would have been blocked" in repo.customs("--history", "9").out


def test_history_alone_counts(repo: Repo) -> None:
    committed(repo, [EMPTY, {"a.py": "import celery\n"}])
    before = repo.git("status", "--porcelain=v2", "--branch")
    repo.write({"celery.py": "", ".venv/pyvenv.cfg": "", "pyproject.toml": PROJECT.format('"celery"')})
    lines = repo.customs("--history", "9").out.splitlines()
    assert lines[2].startswith("celery: not declared since")
    repo.git("checkout", "-q", "pyproject.toml")
    assert [line for line in repo.git("status", "--porcelain=v2", "--branch").splitlines() if line[0] != "?"] == (
        before.splitlines()
    )


def test_a_commit_that_cannot_be_read_is_blocked_and_hides_no_other(repo: Repo) -> None:
    broken = {"pyproject.toml": "[", "b.py": "import redis\n"}
    committed(repo, [EMPTY, {"a.py": "import celery\n"}, broken, CELERY])
    ran = repo.customs("--history", "9")
    assert (ran.status, ran.err) == (0, "")
    assert ran.out.startswith("replayed 3 commits, 2026-01-11 to 2026-01-31: 2 would have been blocked\n")
    assert "celery: declared 20 days later; " in ran.out
    id_of_broken = repo.git("rev-parse", "HEAD~1")[:10]
    *_, empty, header, reason = ran.out.splitlines()
    assert (empty, header) == ("", "blocked because they cannot be checked in full (exit status 2): 1 commit")
    assert re.fullmatch(rf"invalid TOML: .+; {id_of_broken} \(2026-01-21, pyproject\.toml:1\)", reason)


DAYS = [f"2026-01-{day}, setup.py:2" for day in (11, 21, 31)]
COMPUTED_HERE = "its dependencies cannot be read: they are computed here"
COMPUTED = {"pyproject.toml": "", "setup.py": "from setuptools import setup\nsetup(install_requires=read())\n"}


@pytest.mark.parametrize(
    ("days", "count", "reasons"),
    [
        pytest.param(
            [COMPUTED | {"a.py": "import celery\n"}, {"b.py": "import redis\n"}],
            2,
            [f"{COMPUTED_HERE}; {{1}} ({DAYS[0]}), {{0}} ({DAYS[1]})"],
            id="one reason, two commits",
        ),
        pytest.param(
            [COMPUTED | {"a.py": "import celery\n"}, *[{f"b{n}.py": "import redis\n"} for n in range(4)]],
            5,
            [f"{COMPUTED_HERE}; {{4}} ({DAYS[0]}), {{3}} ({DAYS[1]}), {{2}} ({DAYS[2]}) and 2 more"],
            id="few lines for many commits",
        ),
        pytest.param(
            [{"a.py": "import celery\n"}, {"b.py": "import celery\n", "c.ipynb": "{"}],
            2,
            ["is not a notebook: its JSON cannot be read; {0} (2026-01-21, c.ipynb:1)"],
            id="once, with findings too",
        ),
        pytest.param(
            [
                {"pyproject.toml": "", "a.py": "import celery\n"},
                {"b.py": "import redis\n", "c.py": "import redis\n"},
            ],
            2,
            ["no pyproject.toml states a project for it; {1} (2026-01-11, a.py:1), {0} (2026-01-21, b.py:1)"],
            id="of one file and of two",
        ),
    ],
)
def test_what_cannot_be_checked_is_blocked(
    repo: Repo, days: list[Mapping[str, str]], count: int, reasons: list[str]
) -> None:
    committed(repo, [EMPTY, *days])
    ids = [repo.git("rev-parse", f"HEAD~{back}")[:10] for back in range(len(days))]
    lines = repo.customs("--history", "9").out.splitlines()
    assert lines[0].endswith(f": {count} would have been blocked")
    assert lines[-len(reasons) :] == [reason.format(*ids) for reason in reasons]


def test_a_shallow_clone_says_so(repo: Repo, tmp_path) -> None:
    committed(repo, [EMPTY, {"a.py": "import celery\n"}, {"b.py": "import redis\n"}])
    clone = Repo(tmp_path / "clone" / "of")
    clone.git("fetch", "-q", "--depth", "2", repo.path.as_uri(), "HEAD")
    clone.git("checkout", "-q", "FETCH_HEAD")
    ran = clone.customs("--history", "9")
    assert ran.out.startswith("replayed 1 commit, ")
    assert ran.out.endswith("the clone is shallow and holds no more: `git fetch --unshallow` brings the rest\n")


@pytest.mark.parametrize(
    ("commits", "count", "says"),
    [
        pytest.param(2, "0", "--history cannot be 0", id="none"),
        pytest.param(2, "-5", "--history lacks its value", id="negative"),
        pytest.param(2, "many", "--history cannot be many", id="no number"),
        pytest.param(0, "5", "there is no commit to replay", id="no commit"),
        pytest.param(1, "5", "there is no commit to replay", id="only the first"),
    ],
)
def test_nothing_to_replay(repo: Repo, commits: int, count: str, says: str) -> None:
    committed(repo, [EMPTY] * commits)
    ran = repo.customs("--history", count)
    assert (ran.status, ran.out) == (2, "")
    assert ran.err.startswith(f"error: {says}")


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGINT to send")
def test_ctrl_c_ends_it_with_what_there_is(repo: Repo) -> None:
    committed(repo, [EMPTY, {"a.py": "import celery\n"}, *[{"b.py": f"x = {n}\n"} for n in range(60)]])
    interrupt = (
        "import signal, os\nfrom import_customs.check import history\nreal = history.replay\n"
        "def replay(*given):\n    for at, known in enumerate(real(*given), 1):\n"
        "        if at == 3: os.kill(os.getpid(), signal.SIGINT)\n        yield known\n"
        "history.replay = replay\nfrom import_customs.cli import main\nimport sys\nsys.exit(main())\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", interrupt, "--history", "100"],
        cwd=repo.path,
        env=repo.environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("replayed 2 commits, ")
    assert "celery: not declared since" in done.stdout
    assert done.stdout.endswith("interrupted: the commits after these were not replayed\n")
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler
