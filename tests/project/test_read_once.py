"""A clean check opens each file of a project once, however many questions are asked about it."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from conftest import written
from import_customs.check import judge
from import_customs.check.state import State, project_of
from import_customs.check.uncovered import generated
from import_customs.imports import read_source
from import_customs.model import Listing, Site
from import_customs.project import nearest
from import_customs.repository.tree import Worktree


class Counting(Worktree):
    """A worktree that counts what is read."""

    def __init__(self, root: str) -> None:
        super().__init__(root)
        self.read_of: Counter[str] = Counter()
        self.listed: Counter[str] = Counter()

    def listing(self, path: str) -> Listing:
        self.listed[path] += 1
        return super().listing(path)

    def read(self, path: str) -> bytes | None:
        self.read_of[path] += 1
        return super().read(path)


def test_the_files_of_setuptools_are_read_once(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text('[build-system]\nrequires = ["setuptools"]\n[tool.setuptools]\n')
    (tmp_path / "setup.cfg").write_text("[metadata]\nname = a\n[options]\ninstall_requires =\n  six\n")
    (tmp_path / "setup.py").write_text("from setuptools import setup\nsetup()\n")
    tree = Counting(str(tmp_path))
    found = nearest(tree, "", {})
    assert found is not None
    assert found.declared == {"six"}
    assert (tree.read_of["setup.cfg"], tree.read_of["setup.py"]) == (1, 1)


def test_folders_without_requirements_files_have_one_project(tmp_path: Path) -> None:
    """A repository of 300 folders took a second to make one for each, of the same 90 lines."""
    tree = written(tmp_path, {"requirements.txt": "six\n", "b/requirements.txt": "attrs\n"})
    state = State(tree)
    assert project_of(state, "a/deep") is project_of(state, "c") is project_of(state, "")
    below = project_of(state, "b/deep")
    assert below is project_of(state, "b")
    assert below is not None
    assert below.declared == {"six", "attrs"}


def test_the_roots_of_pants_are_looked_for_once(tmp_path: Path) -> None:
    """Each project of a repository asked for them: with 130 of them a third of the time went there."""
    files = {"pants.toml": "[source]\nroot_patterns = ['src']\n", "src/a.py": "", "other/a.py": ""}
    files |= {f"{name}/setup.py": "from setuptools import setup\nsetup(install_requires=['six'])\n" for name in "bc"}
    written(tmp_path, files)
    tree = Counting(str(tmp_path))
    roots = [project.source_roots for name in "bc" if (project := nearest(tree, name, {}))]
    assert ["src" in one for one in roots] == [True, True]
    assert tree.listed["other"] == 2  # for its __init__.py, then for what is in it


def test_so_are_the_files_that_may_show_a_host(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text('[project]\nname = "demo"\n')
    (tmp_path / "demo.desktop").write_text("[Desktop Entry]\n")
    tree = Counting(str(tmp_path))
    state = State(tree)
    found = [one for path in ("a.py", "b.py") for one in judge.findings(state, path, b"import krita\n")]
    assert [one.module for one in found] == ["krita", "krita"]
    assert tree.read_of["demo.desktop"] == 1


def test_what_git_tracks_is_searched_once_for_what_makes_modules(tmp_path: Path) -> None:
    class Paths(dict[str, str]):
        searched = 0

        def __iter__(self) -> Iterator[str]:
            self.searched += 1
            return super().__iter__()

    paths = Paths({"b/zz/micropython.mk": ""})
    tree = written(tmp_path, {f"{folder}/pyproject.toml": '[project]\nname = "demo"\n' for folder in "abc"})
    state = State(tree, tracked=lambda: paths)
    (imported,) = read_source("x.py", b"import zz").imports()[0]
    found = []
    for folder in "abc":
        project = nearest(tree, folder, {})
        assert project is not None
        site = Site(project, f"{folder}/x.py", for_types=False, guarded=False)
        found.append(generated.is_generated(state, site, "zz", imported))
    assert (found, paths.searched) == ([False, True, False], 1)
