"""Random changes of real repositories: what is blocked is what an oracle, slow and straightforward, says is new.

Each example is two states of the files. The oracle knows of every file where it came from, because it moved it there;
the check has to find out from git.
"""

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from conftest import clean_environment, examples, new_repository, remove
from import_customs.check import pipeline
from import_customs.check.scope import Request, ScopeRequest

MODULES = ("requests", "celery", "boto3", "tenacity")
FOLDERS = ("", "lib", "sub", "sub/deep")
PATHS = tuple(f"{folder}/{name}".lstrip("/") for folder in FOLDERS for name in ("a.py", "b.py"))


class File(NamedTuple):
    """A Python file. Files that come from the same one share its `kind`, and the lines by which git knows it again."""

    kind: int
    imports: frozenset[str]
    at_end: bool  # where the imports stand

    def text(self) -> str:
        lines = "".join(f"import {name}\n" for name in sorted(self.imports))
        body = "".join(f"value_{self.kind}_{line} = {self.kind * line}\n" for line in range(40))
        return body + lines if self.at_end else lines + body


class Stated(NamedTuple):
    """A pyproject.toml."""

    names: frozenset[str]
    is_valid: bool = True

    def text(self) -> str:
        names = ", ".join(f'"{name}"' for name in sorted(self.names))
        return f'[project]\nname = "demo"\ndependencies = [{names}]\n' + ("" if self.is_valid else "= broken")


class State:
    """All files: Python by path, pyproject.toml by folder."""

    def __init__(self, before: "State | None" = None) -> None:
        self.files: dict[str, File] = dict(before.files) if before else {}
        self.projects: dict[str, Stated] = dict(before.projects) if before else {}
        self.kinds = before.kinds if before else 0

    def __repr__(self) -> str:
        return f"{self.files} {self.projects}"

    def texts(self) -> dict[str, str]:
        stated = {f"{folder}/pyproject.toml".lstrip("/"): project.text() for folder, project in self.projects.items()}
        return stated | {path: file.text() for path, file in self.files.items()}

    def new(self, path: str, names: frozenset[str], at_end: bool) -> None:
        self.kinds += 1
        self.files[path] = File(self.kinds, names, at_end)


class Step(NamedTuple):
    """One edit; what it is done to is counted out among what there is."""

    kind: str
    which: int
    other: int


def edit(state: State, step: Step) -> None:
    module, folder = MODULES[step.other % len(MODULES)], FOLDERS[step.which % len(FOLDERS)]
    target = PATHS[step.other % len(PATHS)]
    path = sorted(state.files)[step.which % len(state.files)] if state.files else ""
    if step.kind == "create" and target not in state.files:
        state.new(target, frozenset(MODULES[: step.which % 4]), step.which % 2 == 0)
    elif step.kind == "state":
        state.projects.setdefault(folder, Stated(frozenset({module})))
    elif step.kind == "unstate":
        state.projects.pop(folder, None)
    elif step.kind == "declare" and folder in state.projects:
        names = state.projects[folder].names ^ {module}
        state.projects[folder] = state.projects[folder]._replace(names=names)
    elif path:
        edit_file(state, step.kind, path, target, module)


def edit_file(state: State, kind: str, path: str, target: str, module: str) -> None:
    file = state.files[path]
    if kind == "import":
        state.files[path] = file._replace(imports=file.imports ^ {module})
    elif kind == "move":
        state.files[path] = file._replace(at_end=not file.at_end)
    elif kind == "delete":
        del state.files[path]
    elif kind in ("rename", "copy") and target not in state.files:
        state.files[target] = file
        if kind == "rename":
            del state.files[path]


EDITS = ("import", "import", "declare", "declare", "move", "rename", "copy", "delete", "create", "state", "unstate")
NUMBERS = st.integers(0, 11)
STEPS = st.builds(Step, st.sampled_from(EDITS), NUMBERS, NUMBERS)
NAMES = st.frozensets(st.sampled_from(MODULES))
FILES = st.dictionaries(st.sampled_from(PATHS), NAMES, min_size=2)
STATED = st.builds(Stated, NAMES, st.sampled_from((True, True, True, False)))
PROJECTS = st.dictionaries(st.sampled_from(FOLDERS), STATED)


@st.composite
def changes(draw: st.DrawFn) -> tuple[State, State]:
    """The base, in which there may be no project or a broken one, and what becomes of it."""
    base = State()
    for path, names in sorted(draw(FILES).items()):
        base.new(path, names, at_end=True)
    base.projects = {"": draw(STATED)} | draw(PROJECTS) if draw(st.booleans()) else draw(PROJECTS)
    now = State(base)
    for step in draw(st.lists(STEPS, min_size=1, max_size=6)):
        edit(now, step)
    now.projects = {folder: project._replace(is_valid=True) for folder, project in now.projects.items()}
    now.projects.setdefault("", Stated(frozenset()))
    return base, now


def governing(state: State, path: str) -> Stated | None:
    """The nearest project that can be read; none where the nearest is broken."""
    above = [folder for folder in state.projects if not folder or path.startswith(f"{folder}/")]
    nearest = state.projects[max(above, key=len)] if above else None
    return nearest if nearest and nearest.is_valid else None


def undeclared(state: State) -> set[tuple[str, str]]:
    found = set()
    for path, file in state.files.items():
        project = governing(state, path)
        found |= {(path, module) for module in file.imports - (project.names if project else frozenset())}
    return found


def old_path(base: State, now: State, path: str) -> str | None:
    """What the file was called. Of a copy that is known only where the copied file changed as well: so git has it."""
    if path in base.files:
        return path
    return next(
        (old for old, file in base.files.items() if file.kind == now.files[path].kind and now.files.get(old) != file),
        None,
    )


def checked_as(base: State, now: State, path: str) -> str | None:
    """Its old path; none where it comes from where nothing was checked to where something was."""
    old = old_path(base, now, path)
    came_in = old not in (None, path) and not governing(base, str(old)) and governing(base, path)
    return None if came_in else old


def introduced(base: State, now: State) -> set[tuple[str, str]]:
    had = undeclared(base)
    return {(path, module) for path, module in undeclared(now) if (checked_as(base, now, path), module) not in had}


class Working:
    """A repository that is made anew for each example."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.environment = clean_environment()

    def git(self, *arguments: str) -> None:
        subprocess.run(["git", *arguments], cwd=self.path, env=self.environment, check=True, capture_output=True)

    def clear(self) -> None:
        remove(self.path)
        shutil.copytree(new_repository(), self.path / ".git", copy_function=shutil.copyfile)

    def put(self, texts: dict[str, str]) -> None:
        """Make the worktree hold these files and no others."""
        for entry in self.path.iterdir():
            if entry.name != ".git":
                remove(entry) if entry.is_dir() else entry.unlink()
        for name, text in texts.items():
            (self.path / name).parent.mkdir(parents=True, exist_ok=True)
            (self.path / name).write_text(text)

    def commit(self) -> None:
        self.git("add", "-A")
        self.git("commit", "-q", "--allow-empty", "-m", "x")

    def scramble(self, now: State) -> None:
        """Other text on disk than in git: nothing of it may be looked at."""
        self.put(dict.fromkeys(now.texts(), "import made_up\n") | {"pyproject.toml": "= broken\n"})


@pytest.fixture(scope="module")
def working(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Working]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "environ", clean_environment())
        yield Working(tmp_path_factory.mktemp("change") / "repo")


def blocked(working: Working, files: list[str], asked: ScopeRequest) -> set[tuple[str, str]]:
    result = pipeline.run(Request(str(working.path), files, asked))
    return {(finding.path, finding.module) for finding in result.findings}


@pytest.mark.parametrize("way", ["commit", "staged", "push"])
@settings(max_examples=examples(60), derandomize=True, suppress_health_check=list(HealthCheck))
@given(changes())
def test_blocked_is_what_is_new(working: Working, way: str, change: tuple[State, State]) -> None:
    base, now = change
    working.clear()
    working.put(base.texts())
    working.commit()
    working.put(now.texts())
    texts = base.texts()
    differing = sorted(path for path, file in now.files.items() if texts.get(path) != file.text())
    if way == "commit":
        working.git("add", "-A")
        found = blocked(working, differing, ScopeRequest(environment={"PRE_COMMIT": "1"}))
    elif way == "staged":
        working.git("add", "-A")
        working.scramble(now)
        found = blocked(working, [], ScopeRequest(staged=True))
    else:
        working.commit()
        working.scramble(now)
        refs = {"PRE_COMMIT": "1", "PRE_COMMIT_FROM_REF": "HEAD~1", "PRE_COMMIT_TO_REF": "HEAD"}
        found = blocked(working, differing, ScopeRequest(environment=refs))
    assert found == introduced(base, now)
