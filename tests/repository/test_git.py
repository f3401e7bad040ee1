"""git's answers as values: names of any bytes, and one process for all objects."""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from conftest import Repo
from import_customs.model import WORKTREE, CheckError, Difference
from import_customs.repository import git, revisions

ODD = ["a b", "new\nline", "tab\there", 'quo"te', "-dash", "\N{SNOWMAN}", "\udcff"]


@pytest.fixture
def root(repo: Repo, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    for key in os.environ:
        if key.startswith("GIT_"):
            monkeypatch.delenv(key)
    return str(repo.path)


@pytest.mark.parametrize("name", ODD)
def test_names(repo: Repo, root: str, name: str) -> None:
    repo.stage({name: "1"})
    assert list(git.index_entries(root)) == [name]
    assert [one[:3] for one in git.staged_differences(root)] == [("A", name, name)]
    repo.commit()
    assert list(git.revision_entries(root, "HEAD")) == [name]
    repo.git("mv", "--", name, "z")
    blob = git.revision_entries(root, "HEAD")[name].replace(" blob", "")
    assert git.staged_differences(root) == [Difference("R", name, "z", blob, "100644")]
    assert git.staged_differences(root, "HEAD") == git.staged_differences(root)


def _changed(repo: Repo) -> None:
    repo.git("mv", "renamed.py", "new-name.py")
    repo.git("mv", "a.py", "x.py")
    repo.git("mv", "b.py", "a.py")
    repo.git("rm", "-q", "gone.py")
    repo.stage({"sub/more.py": "1", "kept.py": "other", "copy.py": "copied\n" * 9, "copied.py": "copied\n" * 9 + "1"})
    repo.git("update-index", "--chmod=+x", "mode.py")
    blob = repo.git("hash-object", "-w", "kept.py").strip()
    repo.git("update-index", "--add", "--cacheinfo", f"120000,{blob},link.py", "--cacheinfo", f"120000,{blob},typed.py")


# What may change the order, the form or the length of what git prints. A value that git does not know is an error of
# its own, whatever it is asked.
SETTINGS = """
[diff] algorithm=patience colorMoved=zebra colorMovedWS=ignore-all-space context=0 dirstat=files ignoreSubmodules=none
    indentHeuristic=false interHunkContext=9 mnemonicPrefix=true noprefix=true orderFile=/missing
    orderFile={order} relative=true renameLimit=1 renames=copies renames=false statGraphWidth=1 submodule=log
    suppressBlankEmpty=true wordRegex=. wsErrorHighlight=all autoRefreshIndex=false tool=none
    external=none srcPrefix=x dstPrefix=y
[diff.x] binary=true command=none textconv=none xfuncname=^x wordRegex=. cachetextconv=true
[color] ui=always diff=always status=always pager=true
[core] abbrev=4 quotePath=true quotePath=false ignoreCase=true trustctime=false checkStat=minimal preloadIndex=false
    untrackedCache=true splitIndex=true fileMode=false symlinks=false autocrlf=true eol=crlf safecrlf=true pager=none
    precomposeUnicode=false warnAmbiguousRefs=false commitGraph=false multiPackIndex=false whitespace=cr-at-eol
    bigFileThreshold=1 protectNTFS=true hideDotFiles=true editor=none ignoreStat=true
[index] version=4 sparse=true threads=4
[status] relativePaths=true showUntrackedFiles=no renames=false short=true
[submodule] recurse=true
[log] decorate=full showSignature=true follow=true date=iso abbrevCommit=true
[feature] manyFiles=true experimental=true
[pager] diff=none ls-files=none
[alias] diff=none ls-files=none
[column] ui=always
[merge] renames=false
[i18n] logOutputEncoding=UTF-16
"""


def _asked(root: str) -> list[object]:
    ids = [revisions.commit_id(root, "HEAD"), revisions.merge_base(root, "HEAD~", "HEAD", "HEAD~")]
    listed = [git.index_entries(root), git.index_entries(root, intended=False), git.revision_entries(root, "HEAD")]
    others = [git.untracked_paths(root), git.ignored_paths(root), git.unmerged_paths(root), git.conflicted_paths(root)]
    changed = [
        git.staged_differences(root),
        git.staged_differences(root, "HEAD~"),
        git.differences(root, "HEAD~", "HEAD"),
    ]
    notes = [
        list(git.noted(root)),
        revisions.first_parents(root, 9),
        revisions.is_partial(root),
        revisions.is_shallow(root),
    ]
    return [ids, listed, others, changed, notes, revisions.is_amend(root, {"GIT_AUTHOR_DATE": "1700000000 +0000"})]


def test_no_setting_changes_what_git_says(
    repo: Repo, root: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = {name: f"{name!a}\n" * 9 for name in "renamed.py a.py b.py gone.py kept.py mode.py typed.py".split()}
    repo.stage({**files, ".gitattributes": "*.py diff=x\n", ".gitignore": "*.log\n", "copied.py": "copied\n" * 9})
    repo.git("commit", "-qm", "x", GIT_AUTHOR_DATE="1700000000 +0000")
    repo.stage({"sub/one.py": "1", "sub/\N{SNOWMAN}.py": "2"})
    repo.commit()
    _changed(repo)
    repo.write({"other.py": "", "a.log": "", "built/b.log": "", "kept.py": "not staged"})
    order, configuration = tmp_path / "order", tmp_path / "configuration"
    order.write_text("*more.py\n*kept.py\n")
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(configuration))
    configuration.write_text("")
    plainly, changing = _asked(root), []
    for lines in SETTINGS.format(order=order).strip().split("\n["):
        section, *settings = lines.removeprefix("[").replace("]", "", 1).split()
        header = '[{} "{}"]'.format(*section.split(".")) if "." in section else f"[{section}]"
        for setting in settings:
            key, _, value = setting.partition("=")
            configuration.write_text(f'{header}\n{key} = "{value}"\n')
            try:
                is_same = _asked(root) == plainly
            except CheckError:
                is_same = False
            changing += [] if is_same else [f"{section}.{setting}"]
    assert changing == []


def _committed_before(repo: Repo) -> None:
    repo.stage({".gitmodules": ""})
    repo.commit()
    repo.stage({"sub/new.py": ""})


@pytest.mark.parametrize(("change", "is_known"), [
    pytest.param(_changed, True, id="each kind of change"),
    pytest.param(lambda repo: repo.stage({"sub/new.py": ""}), True, id="a new file"),
    pytest.param(lambda repo: repo.git("rm", "-qr", "--cached", "."), True, id="nothing is left"),
    pytest.param(lambda repo: repo.stage({".gitmodules": ""}), False, id="submodules, of which nothing is said"),
    pytest.param(_committed_before, False, id="submodules that are there already"),
    pytest.param(lambda repo: repo.git("update-index", "--split-index"), False, id="a split index"),
    pytest.param(lambda repo: (repo.write({"n.py": ""}), repo.git("add", "-N", "n.py")), False, id="git add -N"),
])  # fmt: skip
def test_the_files_of_head(repo: Repo, root: str, change: Callable[[Repo], object], is_known: bool) -> None:
    files = "renamed.py a.py b.py gone.py kept.py mode.py typed.py sub/one.py sub-two.py"
    names = [*files.split(), *ODD]
    repo.stage({name: f"{name!a}\n" * 9 for name in names} | {"copied.py": "copied\n" * 9})
    repo.commit()
    change(repo)
    found = revisions.entries_of_head(root, git.index_entries(root), git.staged_differences(root))
    exact = {path: entry.replace(" blob", "") for path, entry in git.revision_entries(root, "HEAD").items()}
    assert (found is None) if not is_known else (list(found.items()) == list(exact.items()))


def test_objects_are_read_by_one_process_however_many(repo: Repo, root: str) -> None:
    texts = {f"{number}.py": os.urandom(number * 997) for number in range(60)} | {"lines.py": b"\n\n\0 missing\n"}
    repo.stage(texts)
    with git.Objects(root) as objects:
        read = {path: objects.read(str(git.regular_blob(entry))) for path, entry in git.index_entries(root).items()}
        assert read == texts
        for absent in ("0" * 40, "not an id"):
            with pytest.raises(git.ObjectMissing):
                objects.read(absent)
        assert objects.read(str(git.regular_blob(git.index_entries(root)["lines.py"]))) == texts["lines.py"], (
            "it goes on after that"
        )


@pytest.mark.parametrize("is_asked", [pytest.param(True, id="asked"), pytest.param(False, id="not asked")])
@pytest.mark.parametrize("fails", [pytest.param(True, id="an error"), pytest.param(False, id="no error")])
def test_what_was_begun_is_ended(
    repo: Repo, root: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, is_asked: bool, fails: bool
) -> None:
    (tmp_path / "git").write_text(f'#!/bin/sh\necho $$ >> {tmp_path}/pids\nexec {shutil.which("git")} "$@"\n')
    (tmp_path / "git").chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    repo.stage({f"{'long' * 50}{number}": "1" for number in range(2_000)})  # more than a pipe holds
    with suppress(ZeroDivisionError), git.Objects(root):
        for _ in range(2):
            git.begin_entries(root, WORKTREE)
        assert not is_asked or len(git.entries(root, WORKTREE)) == 2_000
        assert not fails or 1 / 0
    (process,) = map(int, (tmp_path / "pids").read_text().split())
    with pytest.raises(ProcessLookupError):  # it has ended, and was waited for
        os.kill(process, 0)


def test_the_process_of_objects_knows_what_head_is(repo: Repo, root: str) -> None:
    with git.Objects(root) as objects:
        assert objects.commit_id("HEAD") is None
        repo.stage({"a.py": "1"})
        repo.commit()
        assert objects.commit_id("HEAD") == revisions.commit_id(root, "HEAD") == repo.git("rev-parse", "HEAD").strip()
        assert revisions.commit_id(root, "HEAD\nHEAD") is None
        assert objects.commit_id("HEAD:a.py") is None
        assert objects.read("HEAD:a.py") == b"1"


ONE, TWO = "0a" * 20, "b1" * 32


@pytest.mark.parametrize(
    ("content", "heads"),
    [
        pytest.param(None, [], id="no merge"),
        pytest.param(f"{ONE}\n".encode(), [ONE], id="one"),
        pytest.param(f"{ONE}\n{TWO}\n".encode(), [ONE, TWO], id="an octopus, and SHA-256"),
        pytest.param(b"--output=x\n", None, id="an option"),
        pytest.param(b"main\n", None, id="a branch"),
        pytest.param("ä\n".encode(), None, id="not ASCII"),
        pytest.param(f"{ONE}\n".encode() * 1_598 + b"\n" * 100, None, id="too large, though it begins well"),
    ],
)
def test_merge_heads(repo: Repo, root: str, content: bytes | None, heads: list[str] | None) -> None:
    if content is not None:
        repo.write({".git/MERGE_HEAD": content})
    if heads is not None:
        assert git.merge_heads(root) == heads
        return
    with pytest.raises(CheckError, match="does not name the commits that a merge brings") as caught:
        git.merge_heads(root)
    assert caught.value.path == ".git/MERGE_HEAD"


@pytest.mark.parametrize("size", ["sha1", "sha256"])
def test_every_object_format(repo: Repo, root: str, size: str) -> None:
    (repo.path / ".git").rename(repo.path / "old")
    repo.git("init", "-q", f"--object-format={size}")
    repo.stage({"a.py": "x"})
    repo.commit()
    with git.Objects(root) as objects:
        assert objects.read(str(git.regular_blob(git.revision_entries(root, "HEAD")["a.py"]))) == b"x"


def test_where_there_is_no_git(root: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", f"relative{os.pathsep}{root}")
    with pytest.raises(git.GitFailed, match="git is not installed"):
        git.index_entries(root)


@pytest.mark.skipif(os.name == "nt", reason="a file's name says there whether it is a program")
def test_a_git_that_cannot_be_run(root: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "git").write_text("#!/no/such/shell\n")
    (tmp_path / "git").chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(git.GitFailed, match="git cannot be run: No such file"):
        git.index_entries(root)


def test_git_says_why(root: str) -> None:
    with pytest.raises(git.GitFailed, match=r"git ls-tree failed: fatal: Not a valid object name nowhere"):
        git.revision_entries(root, "nowhere")
    assert revisions.commit_id(root, "HEAD") is None, "before the first commit"
    assert git.merge_heads(root) == []
    assert not git.is_sparse(root)
    assert not revisions.is_partial(root)
    assert not revisions.is_shallow(root)


def test_a_worktree_is_sparse_by_itself(repo: Repo) -> None:
    repo.stage({"app/a.py": "", "libs/b.py": ""})
    repo.commit()
    linked = repo.path.parent / "linked"
    repo.git("worktree", "add", "-q", str(linked))
    repo.git("-C", str(linked), "sparse-checkout", "set", "app")
    assert [git.is_sparse(str(one)) for one in (repo.path, linked)] == [False, True]
    repo.git("-C", str(linked), "sparse-checkout", "disable")
    assert not git.is_sparse(str(linked))


@pytest.mark.parametrize(
    ("path", "content"),
    [
        pytest.param(".git/HEAD", "garbage\n", id="its HEAD"),
        pytest.param(".git/config", "[core\n", id="its configuration"),
    ],
)
@pytest.mark.parametrize("options", [["--staged"], ["--scope", "all"]])
def test_a_damaged_repository(repo: Repo, path: str, content: str, options: list[str]) -> None:
    repo.write({path: content})
    ran = repo.customs(*options)
    assert (ran.status, "usage:" in ran.err, "Traceback" in ran.err) == (2, False, False)
    assert ("does not take this for a repository" in ran.err) == path.endswith("HEAD")


@pytest.mark.parametrize("options", [["--staged"], ["--scope", "all"]])
def test_the_repository_of_another_user(repo: Repo, options: list[str]) -> None:
    ran = repo.customs(*options, GIT_TEST_ASSUME_DIFFERENT_OWNER="1")
    assert (ran.status, ran.out) == (2, "")
    assert ran.err == (
        f"error: detected dubious ownership in repository at '{repo.path}'\n"
        f"    it belongs to another user; if you trust it, run `git config --global --add safe.directory {repo.path}`\n"
    )


REFS, OBJECTS, HEAD = {".git/refs/x": ""}, {".git/objects/x": ""}, {".git/HEAD": "ref: refs/heads/main\n"}


@pytest.mark.parametrize(
    "files",
    [
        pytest.param({".git/x": ""}, id="no HEAD"),
        pytest.param({".git/HEAD": "garbage\n"} | OBJECTS | REFS, id="a damaged HEAD"),
        pytest.param({".git/HEAD": ""} | OBJECTS | REFS, id="an empty HEAD"),
        pytest.param(HEAD | REFS, id="no objects"),
        pytest.param(HEAD | OBJECTS, id="no refs"),
    ],
)
@pytest.mark.parametrize("options", [(), ("--staged",), ("--scope", "all", "a.py")], ids=" ".join)
def test_a_damaged_repository_in_another(repo: Repo, files: dict[str, str], options: tuple[str, ...]) -> None:
    """Git takes the outer one for what is meant, and so does the command: nothing passes for another's names."""
    project = '[project]\nname = "demo"\ndependencies = []\n'
    repo.stage({"pyproject.toml": project, "inner/a.py": "import redis\n"})
    repo.write({f"inner/{name}": text for name, text in files.items()})
    ran = repo.customs(*options, "--quiet", cwd="inner")
    assert (ran.status, ran.out[:10], ran.err) == (1, "a.py:1:8: ", "")


@pytest.mark.parametrize("comment", ["#", ";", "auto"])
@pytest.mark.parametrize("linked", [pytest.param(False, id="in the repository"), pytest.param(True, id="linked")])
def test_a_merge_in_progress(repo: Repo, root: str, comment: str, *, linked: bool) -> None:
    repo.git("config", "core.commentChar", comment)
    for branch in ("base", "side", "main"):
        repo.git("checkout", "-q", "-B", branch, *(["base"] if branch == "main" else []))
        repo.stage({"a b.py": branch, "c.py": branch if branch == "side" else ""})
        repo.commit()
    if linked:
        repo.git("worktree", "add", "-q", "--detach", f"{root}-linked", "main")
        root += "-linked"
    assert (git.merge_heads(root), git.conflicted_paths(root)) == ([], [])
    assert repo.run("git", "-C", root, "merge", "-q", "side").status == 1
    assert (git.merge_heads(root), git.conflicted_paths(root)) == ([repo.git("rev-parse", "side").strip()], ["a b.py"])
