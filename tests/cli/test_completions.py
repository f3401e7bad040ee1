"""The shells' completions: they are those of the options, and real shells offer what they should."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from conftest import ROOT, Repo, clean_environment

FOLDER = ROOT / "hooks" / "completions"
FORMATS = ["github", "gitlab", "json", "junit", "sarif", "text"]
HOSTILE = "$(touch${IFS}ran)`touch${IFS}ran`;touch${IFS}ran"
# What is typed up to the cursor, and some of what is offered; None where a shell offers names of files.
OFFERED = [
    pytest.param("--form", ["--format"], id="an option"),
    pytest.param("--ignore-e", ["--ignore-existing"], id="an option with two words"),
    pytest.param("--format ", FORMATS, id="all values"),
    pytest.param("--format j", ["json", "junit"], id="values"),
    pytest.param("-f j", ["json", "junit"], id="values of a short option"),
    pytest.param("--staged --scope a", ["all", "auto"], id="values behind another option"),
    pytest.param("--since b", ["branch"], id="a branch"),
    pytest.param("--explain mis", ["misplaced"], id="a rule"),
    pytest.param("--output so", None, id="a file as a value"),
    pytest.param("so", None, id="a file"),
]
A_HOSTILE_BRANCH = pytest.param("--since '$", None, id="a hostile branch")


def test_they_are_what_the_options_make(tmp_path: Path) -> None:
    """`sh .ci/completions` writes them."""
    shutil.copy(FOLDER / "generate.py", tmp_path)
    command = [sys.executable, str(tmp_path / "generate.py")]
    subprocess.run(command, check=True, env=clean_environment() | {"PYTHONPATH": str(ROOT / "hooks")})
    made = {path.name: path.read_text() for path in tmp_path.iterdir() if path.suffix != ".py"}
    assert made == {path.name: path.read_text() for path in FOLDER.iterdir() if path.is_file() and path.suffix != ".py"}


@pytest.fixture
def branched(repo: Repo) -> Repo:
    repo.stage({"some file.py": ""})
    repo.commit()
    repo.git("branch", "branch")
    repo.git("branch", HOSTILE)
    return repo


def needs(shell: str) -> pytest.MarkDecorator:
    return pytest.mark.skipif(shutil.which(shell) is None, reason=f"{shell} is not installed")


BASH = """\
source "$1"
words=$2
eval "COMP_WORDS=(import-customs ${words//=/ = })"
[[ $words == *" " ]] && COMP_WORDS+=("")
COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
_import_customs
[[ ${#COMPREPLY[@]} == 0 ]] || printf '%s\\n' "${COMPREPLY[@]}"
"""


@needs("bash")
@pytest.mark.parametrize(("typed", "offered"), [*OFFERED, pytest.param("--format=j", ["json", "junit"], id="after =")])
def test_bash(branched: Repo, typed: str, offered: list[str] | None) -> None:
    ran = branched.run("bash", "--norc", "-c", BASH, "bash", str(FOLDER / "import-customs"), typed)
    assert (ran.status in (0, 1), ran.err) == (True, "")
    assert sorted(ran.out.split()) == (offered or [])


@needs("bash")
def test_bash_quotes_what_a_branch_is_called(branched: Repo) -> None:
    ran = branched.run("bash", "--norc", "-c", BASH, "bash", str(FOLDER / "import-customs"), "--since ")
    named = next(line for line in ran.out.splitlines() if "touch" in line)
    assert branched.run("bash", "-c", f"printf %s {named}").out == HOSTILE
    assert not (branched.path / "ran").exists()


@needs("fish")
@pytest.mark.parametrize(
    ("typed", "offered"), [*OFFERED, A_HOSTILE_BRANCH, pytest.param("--color=n", ["--color=never"], id="after =")]
)
def test_fish(branched: Repo, typed: str, offered: list[str] | None) -> None:
    script = f"source {FOLDER / 'import-customs.fish'}; complete -C $argv[1]"
    ran = branched.run("fish", "--no-config", "-c", script, f"import-customs {typed}", HOME=str(branched.path.parent))
    assert (ran.status, ran.err) == (0, "")
    words = [line.partition("\t")[0] for line in ran.out.splitlines()]
    assert sorted(words) == offered if offered else words in (["some file.py"], [HOSTILE])
    assert not (branched.path / "ran").exists()


ZSH = """\
[[ -z $ZSH_MODULES ]] || module_path=($ZSH_MODULES)
[[ -z $ZSH_FUNCTIONS ]] || fpath=(${(s.:.)ZSH_FUNCTIONS})
zmodload zsh/zpty
zpty shell zsh -f -i
zpty -w shell "module_path=($module_path); fpath=($2 $fpath); PS1=READY; unsetopt zle_bracketed_paste"
zpty -w shell "autoload -Uz compinit && compinit -u -D; zstyle ':completion:*' verbose no; LISTMAX=0; echo LOA''DED"
zpty -r shell out '*LOADED*'
zpty -w -n shell "import-customs $1"$'\\t\\t'
sleep 1
zpty -w -n shell $'\\x03'
zpty -w shell "echo; echo EN''DED"
zpty -r shell out '*ENDED*'
print -r -- "$out"
"""


@needs("zsh")
@pytest.mark.parametrize(("typed", "offered"), [*OFFERED, A_HOSTILE_BRANCH])
def test_zsh(branched: Repo, typed: str, offered: list[str] | None) -> None:
    paths = {name: os.environ.get(name, "") for name in ("ZSH_MODULES", "ZSH_FUNCTIONS")}
    home = {"HOME": str(branched.path.parent), "TERM": "dumb"}
    ran = branched.run("zsh", "-f", "-c", ZSH, "zsh", typed, str(FOLDER), **paths, **home)
    assert ran.err == ""
    wanted = offered or (["some\\ file.py"] if "so" in typed else ["touch"])
    assert [one for one in wanted if one not in ran.out] == []
    assert not (branched.path / "ran").exists()
