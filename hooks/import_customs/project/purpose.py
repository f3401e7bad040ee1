"""Decide what a file of a project is for: runtime, tests, docs, types or other development.

The same decides which declarations cover it (the rule `misplaced`) and where --fix writes.
"""

from __future__ import annotations

import posixpath

from import_customs.model import BUILD, PYPROJECT, RUNTIME, Place, relative
from import_customs.model.later import re
from import_customs.model.requirement import normalized
from import_customs.model.source_text import what_can_be_read
from import_customs.model.value import NamedTuple
from import_customs.project.config import matches
from import_customs.project.dialects.pixi import MANIFEST
from import_customs.project.runners import is_collected
from import_customs.project.wheel import is_outside, wheel_folders

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from import_customs.model import Finding, PlaceKind, Project, Tree
    from import_customs.model.outcome import Purpose

# Names of extras and of folders by which projects keep development apart from what they ship.
_DEVELOPMENT = frozenset(
    "dev develop development test tests testing doc docs documentation lint linting typing type-checking types ci "
    "benchmark benchmarks bench example examples script scripts tool tools notebooks".split()
)
_ROOT_SCRIPTS = frozenset(
    "setup.py noxfile.py toxfile.py tasks.py fabfile.py dodo.py manage.py locustfile.py conanfile.py".split()
)
# At any depth, as are those of a kind of tests: `smoke_tests`, `_smoke_tests`, `ui-tests`; `lab_tests` may be anything.
_TEST_FOLDERS = frozenset({"test", "tests", "_tests", "testsuite", "unittests", "e2e"})
_KINDS_OF_TESTS = frozenset(
    "acceptance browser e2e end_to_end functional integration load performance regression smoke system ui unit".split()
)
_TEST_FILES = frozenset({"conftest.py", "tests.py", "runtests.py", "run_tests.py"})  # pytest's, Django's, their runners
_DOCS_FOLDERS = frozenset({"doc", "docs", "documentation"})
_EXAMPLES = frozenset({"example", "examples"})
_APPLICATION = "apps.py"  # in each application of Django: its documentation, "Configuring applications"
_PLAIN = frozenset("requirements base main common core prod production runtime".split())  # in names of files
_LOCKED = frozenset("lock locked frozen freeze pinned compiled".split())  # likewise
_SETUPTOOLS = ("setup.py", "setup.cfg")
_DEV = ("dev", "develop", "development")
_ANY = "default"  # an environment of Hatch's, whose name says nothing of its purpose
# The extras and groups that are meant for each purpose, the likeliest name first.
GROUP_NAMES: dict[Purpose, tuple[str, ...]] = {
    "test": ("test", "tests", "testing", "hatch-test", *_DEV),
    "docs": ("docs", "doc", "documentation", *_DEV),
    "types": ("typing", "types", "type-checking", "typecheck", "mypy", *_DEV),
    "dev": (*_DEV, _ANY),
}
# What a group is for is shown by these, too, whatever it is called: what runs tests, builds docs, checks types.
TOOLS: dict[Purpose, frozenset[str]] = {
    "test": frozenset({"pytest"}),
    "docs": frozenset({"mkdocs", "sphinx"}),
    "types": frozenset({"basedpyright", "mypy", "pyrefly", "pyright", "ty"}),
}
NEW_GROUP: dict[Purpose, str] = {"test": "test", "docs": "docs", "types": "dev", "dev": "dev"}


def is_for_another(group: str, purpose: Purpose) -> bool:
    """Whether the name of a group or extra says that it is for another purpose, whatever tools are in it."""
    named = (names for other, names in GROUP_NAMES.items() if other != purpose)
    return group not in (*GROUP_NAMES.get(purpose, ()), _ANY) and any(group in names for names in named)


def shared_purpose(tree: Tree, project: Project, findings: Sequence[Finding]) -> Purpose:
    """What the importing files are for, together: any runtime code makes it runtime, different purposes make it dev."""
    purposes = {_purpose(tree, project, finding) for finding in findings}
    if "runtime" in purposes:
        return "runtime"
    return purposes.pop() if len(purposes) == 1 else "dev"


class DeclaringFile(NamedTuple):
    """Where a project declares besides its pyproject.toml."""

    title: str  # as reports name it; "" where there is none
    path: str = ""
    place: Place = RUNTIME
    new: str = ""  # the extra or group that it gets first


def declaring_file(project: Project, purpose: Purpose, beside: Sequence[tuple[str, Place]] = ()) -> DeclaringFile:
    """The file besides the pyproject.toml where the project declares for that purpose.

    A requirements file is one for tests or docs if it is called so, else for runtime code; an
    extra of setup.py is for the purpose that it is called after. One of those `beside`, which may hold nothing yet, is
    taken where no other is.
    """
    read = {path for path, _ in beside}

    def order(path: str) -> tuple[bool, bool, tuple[bool, int, bool]]:
        is_outside = bool(project.folder) and not path.startswith(f"{project.folder}/")
        return is_outside, path not in read, plainness(path)

    wanted: dict[str, DeclaringFile] = {}  # by what it declares for
    itself = [(project.path, RUNTIME)]
    is_last = posixpath.basename(project.path) in _SETUPTOOLS  # it may leave all to other files
    stated = [(one.path, one.place) for one in project.declarations if one.place != BUILD]
    for path, place in stated if is_last else [*itself, *stated]:
        if posixpath.basename(path) != PYPROJECT:
            group = _group(path, place)
            if group not in wanted or order(path) < order(wanted[group].path):
                wanted[group] = _declaring(path, group)
    for path, place in [*beside, *itself] if is_last else beside:
        wanted.setdefault(group := _group(path, place), _declaring(path, group))
    names = GROUP_NAMES.get(purpose, ("",))
    named = next((wanted[name] for name in names if name in wanted), None)
    return named or _with_tool(project, purpose, wanted.get("", DeclaringFile("")).path)


def _with_tool(project: Project, purpose: Purpose, of_runtime: str) -> DeclaringFile:
    """The file that has what the purpose needs, such as pytest, apart from the one for runtime code."""
    tools = TOOLS.get(purpose, frozenset())
    for one in project.declarations:
        group = _group(one.path, one.place)
        is_apart = posixpath.basename(one.path) != PYPROJECT and one.place.kind != "extra"  # users may ask for that
        is_apart = is_apart and one.place != BUILD and bool(group or one.path != of_runtime)
        if one.name in tools and is_apart and not is_for_another(group, purpose):
            return _declaring(one.path, group)
    return DeclaringFile("")


def _group(path: str, place: Place) -> str:
    """The group or extra that a file is for, which declares for that place; "" where it is for runtime code."""
    is_of_requirements = path.endswith((".txt", ".in"))
    group = group_of_file(path) if is_of_requirements else ""
    return group or ("" if is_of_requirements and place.kind == "group" else place.name)


def _declaring(path: str, group: str) -> DeclaringFile:
    kind: PlaceKind = "extra" if posixpath.basename(path) in _SETUPTOOLS else "group"
    return DeclaringFile(declaring_place(path, group), path, Place(kind, group) if group else RUNTIME)


def new_place(path: str, purpose: Purpose) -> DeclaringFile:
    """The place that a file gets where it has none for the purpose; a new feature of Pixi would install nothing."""
    group = "" if purpose == "runtime" or posixpath.basename(path) == MANIFEST else "dev"
    place = Place("group", group) if group else RUNTIME
    return DeclaringFile(declaring_place(path, group, is_new=True), path, place, group)


def declaring_place(path: str, group: str, *, is_new: bool = False) -> str:
    """The place in a file where it declares for a group, there or to be made, as reports name it; "" is runtime's."""
    name = posixpath.basename(path)
    if name in _SETUPTOOLS:
        if is_new and group:
            return f"extras_require of {path}, as a new extra {group}"
        return f"the extra {group} of {path}" if group else f"install_requires of {path}"
    if name == "Pipfile":
        return f"[{'dev-packages' if group == 'dev' else group or 'packages'}] of {path}"
    if name == "hatch.toml":
        return f"the dependencies in [envs.{group or 'default'}] of {path}"
    if name == MANIFEST:
        return f"[{f'feature.{group}.' if group else ''}pypi-dependencies] of {path}"
    return path


def group_of_file(path: str) -> str:
    """The group that a requirements file is by its name; "" where it is for runtime code."""
    words = re.split(r"[^a-z]+", posixpath.basename(path).lower().rpartition(".")[0])
    return next((word for word in words if word in _DEVELOPMENT or word == "local"), "")


def plainness(path: str) -> tuple[bool, int, bool]:
    """What sorts the files that declare for one purpose: first what people write, last what a tool made of it."""
    name, _, kind = posixpath.basename(path).lower().rpartition(".")
    if kind not in ("txt", "in"):
        return False, 0, False
    words = set(re.findall(r"[a-z]+", name))
    return not words.isdisjoint(_LOCKED), len(words - _DEVELOPMENT - _PLAIN), kind != "in"


def _purpose(tree: Tree, project: Project, finding: Finding) -> Purpose:
    path = relative(finding.path, project.folder)
    top = path.partition("/")[0]
    if is_test(project, path) or top == "testing":
        return "test"
    if top in _DOCS_FOLDERS and not _is_application(tree, project, top):
        return "docs"
    if finding.guard == "type-checking" or path.endswith(".pyi"):
        return "types"
    return "runtime" if is_runtime(tree, project, path) else "dev"


def is_test(project: Project, path: str) -> bool:
    """Whether it is a test, wherever it stands: beside the code too. A project of tests has a package of its name."""
    folders = [one for one in posixpath.dirname(path).split("/") if normalized(one) != project.name]
    kinds = (one.replace("-", "_").strip("_").removesuffix("_tests") for one in folders if one.endswith("tests"))
    is_below = not (_TEST_FOLDERS.isdisjoint(folders) and _KINDS_OF_TESTS.isdisjoint(kinds))
    return is_below or is_collected(path) or posixpath.basename(path) in _TEST_FILES


def is_run_by_pytest_in(project: Project, file: str, folder: str) -> bool:
    """Whether what pytest puts on sys.path in a folder may concern the file: outside its project, only a test's."""
    is_inside = f"{folder}/".startswith(f"{project.folder}/") or not project.folder
    return is_inside or is_test(project, relative(file, project.folder))


def is_runtime(tree: Tree, project: Project, path: str) -> bool:
    """Whether the built distribution would hold the file, tests apart: by `misplaced-paths`, else by the usual layouts.

    `path` is seen from the project's folder. Only the folder right in the project's own says that a file is for
    development, as `scripts` does and what begins with a dot (`.github`): what is below a package is shipped with it,
    whatever its folder is called; an application of Django is runtime. Nor is runtime what the tables of the build
    plainly leave out of the wheel.
    """
    if project.config.misplaced_paths:
        return any(matches(path, glob) for glob in project.config.misplaced_paths)
    top, slash, _ = path.partition("/")
    of_developers = _is_of_developers(top) if slash else top in _ROOT_SCRIPTS
    of_developers = of_developers and not (slash and _is_application(tree, project, top))
    return not of_developers and not is_test(project, path) and not is_outside(wheel_folders(tree, project.path), path)


def _is_of_developers(folder: str) -> bool:
    """Whether a folder right in the project's own is for development by its name; `extra-scripts` can be no package."""
    first, hyphen, _ = folder.partition("-")
    is_called_so = folder.rpartition("-")[2] in _DEVELOPMENT or (hyphen and first in _DEV)
    return bool(is_called_so) or folder.startswith(".")


def _is_application(tree: Tree, project: Project, folder: str) -> bool:
    """Whether a folder is an application of Django that is served, which `docs` or `tools` may be called too."""
    path = posixpath.join(project.folder, folder, _APPLICATION)
    return folder not in _EXAMPLES and b"AppConfig" in what_can_be_read(tree, path)


def is_of_development(name: str) -> bool:
    """Whether a group or an extra of that name is for development."""
    return name in _DEVELOPMENT


def is_for_users(place: Place) -> bool:
    """Whether users of the project get what is declared there, or ask for it, rather than its developers alone."""
    return place.kind in ("runtime", "script") or (place.kind == "extra" and not is_of_development(place.name))
