"""Judge one file of a state: which of its imports are findings, and why the others pass. No git, no printing."""

from __future__ import annotations

import posixpath

from import_customs import providers
from import_customs.check.covered import covered_alike, covered_or_exempt, is_covered_everywhere, stem_of
from import_customs.check.covered.first_party import may_lack_parts
from import_customs.check.state import project_of, project_of_script, projects_read
from import_customs.imports import NOTEBOOK, read_source
from import_customs.imports.screen import screen_line
from import_customs.imports.statement_starts import usual_starts
from import_customs.model import NO_PROJECT, SCRIPT_MARK, CheckError, Config, Finding, Project, Site, Unread
from import_customs.project.declarations import placed
from import_customs.project.source_roots import configured_roots

TYPE_CHECKING = False
if TYPE_CHECKING:
    from import_customs.check.state import State
    from import_customs.imports.source_file import SourceFile

_SLASH = 0x2F
_OURS = b"import-customs:"  # begins what a comment says
_NONE: frozenset[str] = frozenset()
_MOST, _LONG = 50_000, 500  # starts of statements that are remembered; bytes of one that is not


def findings(state: State, path: str, source: bytes) -> list[Finding]:
    """The findings of one file, by line; if it belongs to no project they are kept as `state.outside`.

    Raises CheckError if it cannot be read, nor its project.
    """
    starts = _starts_left(state, path, source)
    if starts == set():  # of most files
        return []
    if _OURS in source:
        state.commented.append(path)
    file = read_source(path, source)
    if not state.lenient:
        file.refuse_unreadable()
    if file.is_pointer:
        state.warnings[f"{path} is a pointer of Git LFS: what it stands for is not checked"] = None
    governing = governing_project(state, file)
    project = governing if governing and governing.path else state.of_none
    if project.warnings:
        state.warnings.update(dict.fromkeys(project.warnings))
    modules, unclear = file.screened(starts)
    site = Site(project, path)
    is_built = project.has_build_system and path in project.build_scripts  # where not every declaration counts
    left = None if unclear or is_built or project.config.rules else _not_settled_by_screen(state, site, modules, file)
    if starts:
        _keep_passing(state, project, starts)
    found: list[Finding] = []
    if left != set():
        from import_customs.check.judge import exactly  # 2 ms; only what the screen leaves open gets here

        found = exactly.findings(state, site, file, left)
    if governing is None:
        state.outside.extend(found)
        return []
    return found


def governing_project(state: State, file: SourceFile) -> Project | None:
    """The project of a file, which a script may be itself. Raises CheckError if the project cannot be read."""
    return _of_script(state, file) or project_of(state, file.path.rpartition("/")[0])


def lacking_declarations(state: State, findings: list[Finding]) -> list[CheckError]:
    """An error for each project with findings of which some declarations cannot be read; without any, a note each."""
    blocked = {finding.project for finding in findings if not finding.uncommitted}
    known = {project.path: project for project in projects_read(state) if project.lacking}
    for project in known.values():
        if project.path not in blocked:
            state.warnings.update(dict.fromkeys(map(placed, project.lacking)))
    return [_lacking(*known[path].lacking) for path in sorted(blocked & known.keys())]


def _lacking(first: Unread, *others: Unread) -> CheckError:
    """The error at the first of what cannot be read."""
    more = f" (and {len(others)} more)" if others else ""
    hint = "correct it: what is missing may be declared there"
    return CheckError(f"{first.why}{more}", hint=hint, path=first.path, line=first.line, column=min(first.line, 1))


def _starts_left(state: State, path: str, source: bytes) -> set[bytes] | None:
    """The beginnings of the file's import statements that may be findings; None if only the whole file can tell.

    Raises CheckError if its project cannot be read.
    """
    starts = None if path.endswith(NOTEBOOK) else usual_starts(source)
    if starts is None:
        return None
    folder, _, name = path.rpartition("/")
    passing = state.passing[folder] if folder in state.passing else _begin_passing(state, folder)
    if passing is None:
        return None
    left = starts - passing
    stem = name.partition(".")[0].encode(errors="surrogateescape")  # a file is not what it imports
    if stem in b"\n".join(starts):
        left.update(start for start in starts if stem in start)
    return left


def _begin_passing(state: State, folder: str) -> set[bytes] | None:
    """The beginnings known to pass in all files of a project; None if each file of this folder is to be judged."""
    project = project_of(state, folder)
    passing = None
    if project and project.path and not project.config.rules:
        state.warnings.update(dict.fromkeys(project.warnings))
        if folder not in map(posixpath.dirname, project.build_scripts):  # not all that is declared counts there
            passing = state.starts_covered.setdefault(project.path, set())
    state.passing[folder] = passing
    return passing


def _keep_passing(state: State, project: Project, starts: set[bytes]) -> None:
    """Remember the beginnings that import only what is covered everywhere in the project."""
    everywhere, passing = state.covered_everywhere.get(project.path, _NONE), state.starts_covered[project.path]
    for start in starts:
        modules, has_call = screen_line(start)
        is_covered = everywhere.issuperset(modules) or (
            (start.startswith(b"import ") and b"from" not in start)  # of a namespace it takes no names
            and all(is_covered_everywhere(state, project, module) for module in modules)
        )
        is_usual = not has_call and _OURS not in start and start.isascii() and len(start) < _LONG
        if is_covered and is_usual and len(passing) < _MOST:
            passing.add(start)


def _of_script(state: State, file: SourceFile) -> Project | None:
    """The project that a script with metadata is to itself, checked as the project around it asks for."""
    if _SLASH not in file.source or SCRIPT_MARK not in file.source:  # most files have no `/`: a tenth of the time
        return None
    try:
        script = project_of_script(state, file.path, file.script)
        asks = script and script.config == Config()
        around = project_of(state, posixpath.dirname(file.path)) if asks else None
    except CheckError:
        if state.lenient:
            return NO_PROJECT
        raise
    if around is None or around is NO_PROJECT:
        around = state.of_none
    if not script or not asks or not (around.path or around.config != Config()):
        return script
    roots = (*script.source_roots, *configured_roots(around.folder, around.config.source_roots))
    return script._replace(config=around.config, folder=around.folder, source_roots=roots)


def _not_settled_by_screen(state: State, site: Site, modules: set[str], file: SourceFile) -> set[str]:
    """Those of the modules of which an import may be a finding, depending on its form or its guard."""
    everywhere = state.covered_everywhere.setdefault(site.project.path, set())
    stem = stem_of(site.file)
    left = set()
    asked = {
        module for module in modules if module not in everywhere or stem in module
    }  # a file is not what it imports
    for module in asked - _imported_before(state, site, file, asked):
        is_plain = is_covered_everywhere(state, site.project, module)
        is_namespace = providers.is_namespace(module) or (not is_plain and may_lack_parts(state, site, module))
        names = file.screened_names(module) if is_namespace else ()  # None: only an exact reading can tell
        parts = [module, *(f"{module}.{name}" for name in names or ())]
        if names is None or not all(_passes_anyhow(state, site, part) for part in parts):
            left.add(module)
        elif not is_namespace and is_plain:
            everywhere.add(module)
    return left


def _imported_before(state: State, site: Site, file: SourceFile, modules: set[str]) -> set[str]:
    """Those of the modules that the change does not introduce, whatever is known of them."""
    if state.change is None or not site.project.path:  # nothing governs the file
        return set()
    left = {module for module in modules if not is_covered_everywhere(state, site.project, module)}
    if not left:
        return left
    from import_customs.check import imported_before  # 0.4 ms; most files hold only what is plainly covered

    return imported_before.imported_before(state, site, file, left)


def _passes_anyhow(state: State, site: Site, module: str) -> bool:
    """Whether any import of the module in this file passes, however it is guarded."""
    return covered_or_exempt(state, site, module, covered_alike(state, site, module)) is not None
