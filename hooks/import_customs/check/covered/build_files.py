"""Tell whether the build of a project runs a file: only there what `[build-system] requires` names is installed.

Those are setup.py, the hooks of the build backend, what it asks for the version, what these import from the repository,
and the scripts that a meson.build or a CMakeLists.txt above them runs.
"""

import posixpath
from collections import deque
from collections.abc import Iterator

from import_customs import providers
from import_customs.check.state import State, text_of
from import_customs.imports import read_source
from import_customs.model import BUILD, RUNTIME, Project, Reason, Site, relative, upwards
from import_customs.model.later import re
from import_customs.model.names import prefixes, top
from import_customs.model.source_text import is_file
from import_customs.project.build_getters import files_asked
from import_customs.project.purpose import is_runtime, is_test
from import_customs.providers import stdlib

_MOST = 200  # files that are followed
_BUILD_FILES = ("meson.build", "CMakeLists.txt")
# A call or an assignment in which a script stands that is run. Sources: Meson's reference manual; CMake's commands.
_RUNNING = (
    r"(?:\b(?:run_command|custom_target|generator|find_program|configure_file|vcs_tag|add_\w+_script|test"
    r"|execute_process|add_custom_command|add_custom_target|add_test|set)[ \t]*\(|=\s*files[ \t]*\()[^)]{0,2000}?"
)


def built_with(state: State, site: Site, module: str) -> Reason | None:
    """The build requirement that covers the module, where the build runs the file: nothing else has it installed."""
    project = site.project
    name = providers.declared_provider(module, project.built_with) if project.built_with else None
    name = name or stdlib.substitute(top(module))  # setuptools brings distutils
    if name not in project.built_with:
        return None
    return Reason("build requirement", name) if _is_run(state, site) else None


def is_for_build_alone(state: State, site: Site) -> bool:
    """Whether the build runs the file, and nothing else does: what it imports has to be installed for the build."""
    if _runs_no_script(state, site.project):
        return _is_for_build(state, site) and _is_script_of_build_file(state, site)
    if site.file in site.project.build_scripts:
        return True
    return _is_for_build(state, site) and _is_run(state, site)


def _is_for_build(state: State, site: Site) -> bool:
    path = relative(site.file, site.project.folder)  # a build file that names a test installs or runs it
    return not is_test(site.project, path) and not is_runtime(state.tree, site.project, path)


def is_left_over(state: State, site: Site) -> bool:
    """Whether it is a setup.py that only people run: the project has gone on to another build backend."""
    return site.file in site.project.build_scripts and _runs_no_script(state, site.project)


def _runs_no_script(state: State, project: Project) -> bool:
    """Whether the build backend runs nothing of the repository: it knows no setup.py, and no hook of it is there."""
    if project.runs_setup_py:
        return False
    _, *hooks = project.build_scripts
    return not any(is_file(state.tree, path) for path in hooks)


def reaches_build(state: State, site: Site, covering: Reason) -> bool:
    """False for a script of an isolated build, where groups and extras alone declare what covers its import.

    Runtime dependencies pass: who builds without isolation (torch's extensions) has them installed.
    """
    project = site.project
    if covering.kind not in ("declared", "provides") or site.file not in project.build_scripts:
        return True
    if _runs_no_script(state, project):
        return True
    places = {one.place for one in project.declarations if one.name == covering.name}
    return not project.has_build_system or not places or not places.isdisjoint((RUNTIME, BUILD))


def _is_run(state: State, site: Site) -> bool:
    project = site.project
    if project.path not in state.run_by_build:
        state.run_by_build[project.path] = frozenset(_followed(state, project))
    return site.file in state.run_by_build[project.path] or _is_script_of_build_file(state, site)


def _followed(state: State, project: Project) -> Iterator[str]:
    """The scripts of the build that are there, and what they import from the repository."""
    waiting = deque((*project.build_scripts, *_asked(state, project)))
    seen: set[str] = set()
    while waiting and len(seen) < _MOST:
        path = waiting.popleft()
        source = state.tree.read(path) if path not in seen else None
        if source is None:
            continue
        seen.add(path)
        yield path
        for imported in read_source(path, source).imports()[0]:
            modules = [imported.module, *(f"{imported.module}.{name}" for name in imported.names)]
            for folder in dict.fromkeys((posixpath.dirname(path), project.folder)):
                waiting.extend(file for module in modules for file in _files_of(state, folder, module))


def _asked(state: State, project: Project) -> Iterator[str]:
    """The files that the build asks, such as for the version; not those of a package, which has to run without it."""
    for path in files_asked(state.tree, project.path, project.source_roots):
        below = relative(path, project.folder)
        if "/" not in below or not is_runtime(state.tree, project, below):
            yield path


def _files_of(state: State, folder: str, module: str) -> Iterator[str]:
    """The files that run when the module is imported from the folder."""
    for prefix in prefixes(module):
        inside = posixpath.join(folder, prefix.replace(".", "/"))
        yield from (path for path in (f"{inside}.py", f"{inside}/__init__.py") if is_file(state.tree, path))


def _is_script_of_build_file(state: State, site: Site) -> bool:
    """Whether a meson.build or CMakeLists.txt beside the file or above it, within the project, runs the file."""
    folder, name = posixpath.split(site.file)
    return any(_runs(text_of(state, path), name) for path in _build_files_above(state, site.project, folder))


def _build_files_above(state: State, project: Project, folder: str) -> Iterator[str]:
    for above in upwards(folder):
        listing = state.tree.listing(above)
        yield from (posixpath.join(above, name) for name in _BUILD_FILES if listing.get(name) is False)
        if above == project.folder:
            return


def _runs(build_file: bytes, name: str) -> bool:
    running = rf"{_RUNNING}(?<![\w.-]){re.escape(name)}(?![\w.-])"  # of each name: 0.3 ms to compile
    return re.search(running.encode(), build_file) is not None
