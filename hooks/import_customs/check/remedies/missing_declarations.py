"""Turn findings into the declarations that are missing: each distribution once, with its place and its version."""

from __future__ import annotations

import posixpath
from collections.abc import Sequence

from import_customs.check.remedies import declared_by_path
from import_customs.check.remedies.doubts import as_likely, doubt_of, instead_of_first, is_ours, notes_of, platforms_of
from import_customs.check.remedies.removed import Removals, put_back, without_members
from import_customs.check.remedies.versions import Bound, bound_below, known_version, newest_release, where_dropped
from import_customs.check.remedies.workspaces import Workspace, sources_of
from import_customs.check.state import State, project_if_readable, project_of, readable_project_of, text_of
from import_customs.check.uncovered.project_evidence import evidence_of
from import_customs.model import (
    NO_PROJECT,
    PYPROJECT,
    RUNTIME,
    SCRIPT,
    Finding,
    Place,
    Project,
    Tree,
    WritablePlace,
    upwards,
)
from import_customs.model.outcome import Frame, MissingDeclaration
from import_customs.model.requirement import Name
from import_customs.model.source_text import is_file, what_can_be_read
from import_customs.model.toml import Document, parse
from import_customs.model.value import NamedTuple
from import_customs.project import files_beside
from import_customs.project.dialects import script, setuptools, uv
from import_customs.project.dialects.dialect import ProjectFiles, table_at
from import_customs.project.dialects.requirements_file import NamedFile, read_requirements_files
from import_customs.project.edit import places
from import_customs.project.edit.by_hand import as_written, frame_of, frame_of_new, in_style, line_to_add, list_frame
from import_customs.project.edit.places import Nowhere
from import_customs.project.purpose import (
    GROUP_NAMES,
    DeclaringFile,
    declaring_file,
    group_of_file,
    new_place,
    plainness,
    shared_purpose,
)
from import_customs.project.requirements_kept import OF_TOOLS, is_compiled, is_kept
from import_customs.providers.evidence import Evidence


class Around(NamedTuple):
    """A project that lacks declarations, and what is known around it."""

    tree: Tree
    project: Project
    document: Document  # its pyproject.toml
    nowhere: Nowhere  # what to say if it has no place for a declaration
    evidence: Evidence
    workspaces: tuple[Workspace, ...]  # those whose root is this project or one above it, the nearest first
    beside: Sequence[tuple[str, Place]]  # files that declare for it too, or may


def missing_declarations(state: State, findings: Sequence[Finding], removals: Removals) -> list[MissingDeclaration]:
    """What is missing, by project, place and name, runtime first. Raises CheckError if a project cannot be read."""
    grouped: dict[str, dict[str, list[Finding]]] = {}
    for finding in findings:
        if finding.settled_by == "declaration":
            grouped.setdefault(finding.project, {}).setdefault(finding.providers[0], []).append(finding)
    workspaces: dict[str, Workspace] = {}
    found: list[MissingDeclaration] = []
    for path, importers in grouped.items():
        around = _gather(state, path, workspaces)
        for name, some in importers.items():
            one = missing_from(around, Name(name), some) if around else _by_hand(state, path, name, some)
            found.append(_with_compiled(state, put_back(state, one, removals, around and around.document, some)))
    found = without_members(found, removals)
    return sorted(found, key=lambda one: (one.project, one.place != str(RUNTIME), one.place, one.name))


def _gather(state: State, path: str, workspaces: dict[str, Workspace]) -> Around | None:
    """What is known around a project; None if no pyproject.toml states it. `workspaces` keeps those made, by root."""
    source = state.tree.read(path) if posixpath.basename(path) == PYPROJECT else None
    if source is None:
        return None
    folder = posixpath.dirname(path)
    project = project_of(state, folder) or NO_PROJECT._replace(path=path)
    document = parse(source, path)
    above = filter(None, (project_if_readable(state, one) for one in upwards(project.folder)))
    roots = {one.path: one for one in above if one.members}
    files = ProjectFiles(state.tree, folder, document)
    beside = files_beside(files, project)
    is_left = not files.has_project_table and bool(beside or setuptools.stated_by_files(files))
    return Around(
        state.tree,
        project,
        document,
        nowhere=places.nowhere(document.table, project.config.declare_in, is_left=is_left),
        evidence=evidence_of(state, project).evidence,
        workspaces=tuple(workspaces.setdefault(path, Workspace(state.tree, one)) for path, one in roots.items()),
        beside=beside,
    )


def missing_from(around: Around, name: Name, importers: Sequence[Finding]) -> MissingDeclaration:
    """The declaration of a distribution that the project of these importers lacks."""
    project, local, (slot, likely, declaring) = around.project, importers[0].local, _place(around, importers)
    source = _local_source(around, name, local)
    left, choice = _unwritten(around, slot, declaring.title, f"{name} = {source}" if source else "")
    is_named = is_ours(project, name, local)
    bound = _bound(around, name, importers, is_public=not is_named) if local is None else Bound()
    marker, platforms = platforms_of(name, importers, bound.marker, is_named=is_named)
    others, doubt = ([], platforms) if is_named or around.evidence.package(name) else doubt_of(importers[0], platforms)
    specifier = in_style(bound.specifier, around.document.table, likely)
    by_path = _by_path(around, name, local, slot, declaring) if local is not None and source is None else None
    return MissingDeclaration(
        project.path,
        name,
        slot,
        requirement=as_written(None, name, bound.specifier, marker),
        value=as_written(likely, name, specifier, marker),
        title=likely.title if likely else declaring.title or around.nowhere.title,
        line=by_path.line if by_path else line_to_add(likely, name, specifier, marker, declaring.path),
        command=by_path.command if by_path else _command(project, slot, name, bound, marker),
        doubt=(by_path.sentence if by_path else doubt) or left,
        notes=by_path.notes if by_path else (*notes_of(name, bound, others, platforms, project.tool), *choice),
        source=source or "",
        lock=lock_of(project, around.evidence),
        is_local=by_path is not None,
        file=project.path if likely else declaring.path,
        place=str(likely.place if likely else declaring.place),
        frame=frame_of(around.document, likely) if likely else _frame(around.tree, declaring),
        others=tuple(others),
        needs=bound.needs,
    )


def _place(
    around: Around, importers: Sequence[Finding]
) -> tuple[WritablePlace | None, WritablePlace | None, DeclaringFile]:
    """Where the declaration is written; where it belongs, if in this file; or the file that it is left to.

    It is left to that rather than to a group that is not there.
    """
    project, tables = around.project, around.document.table
    purpose = shared_purpose(around.tree, project, importers)
    slot = places.writable_place(tables, purpose, project.config.declare_in, project.tool)
    is_asked_for = slot and (slot.place.kind != "group" or project.config.declare_in or places.is_there(tables, slot))
    declaring = DeclaringFile("") if is_asked_for else declaring_file(project, purpose, around.beside)
    if not (is_asked_for or declaring.title) and (kept := _kept(around)):
        declaring = new_place(min(kept, key=_of_development_first), purpose)
    return (None, None, declaring) if declaring.title else (slot, slot or around.nowhere.likely, declaring)


def _kept(around: Around) -> set[str]:
    """The files that declare because no table states dependencies: a new group would state them, and end that."""
    if "project" in around.document.table or around.project.config.requirements_files:
        return set()
    named = {path for path, _ in around.beside}
    stating = {one.path for one in around.project.declarations} - named
    return {path for path in stating if is_kept(path) or posixpath.basename(path) in OF_TOOLS}


def _of_development_first(path: str) -> tuple[bool, bool, tuple[bool, int, bool], str]:
    """Sorts files that people keep: those for tests and development, for runtime code, for anything else."""
    group = group_of_file(path)
    return group not in GROUP_NAMES["test"], group != "", plainness(path), path


def _unwritten(around: Around, slot: WritablePlace | None, elsewhere: str, source: str) -> tuple[str, tuple[str, ...]]:
    """Why nothing is written, and what to do instead; and sentences: which setting has it written, what uv needs."""
    if slot:
        return "", ()
    reason = f"{around.project.path} {f'leaves it to {elsewhere}' if elsewhere else around.nowhere.reason}"
    needed = (f"uv needs `{source}` under [tool.uv.sources], too.",) if source else ()
    return reason, (*needed, f"{reason}.") if around.nowhere.is_choice and not elsewhere else needed


def _by_hand(state: State, path: str, name: str, importers: Sequence[Finding]) -> MissingDeclaration:
    """The declaration that another file than a pyproject.toml lacks: setup.py, requirements, a script's metadata."""
    project, local = readable_project_of(state, posixpath.dirname(importers[0].path)), importers[0].local
    bound, frame = bound_below(Name(name), {one.module for one in importers}) or Bound(), Frame()
    marker, _ = platforms_of(Name(name), importers, "", is_named=is_ours(project or NO_PROJECT, name, local))
    wanted = as_written(None, Name(name), bound.specifier, marker)
    if posixpath.basename(path) == PYPROJECT:
        title, line, file, place = "", f'"{wanted}",', path, str(RUNTIME)
    elif project and project.path == path:
        purpose = shared_purpose(state.tree, project, importers)
        files = ProjectFiles(state.tree, project.folder, Document(path, "", {}))
        declaring = declaring_file(project, purpose, files_beside(files, project))
        declaring = declaring if declaring.title else new_place(path, purpose)
        title, file, place = declaring.title, declaring.path, str(declaring.place)
        line = line_to_add(None, Name(name), bound.specifier, marker, file)
        frame = _frame(state.tree, declaring)
    else:
        title, line, file = "the dependencies of its script metadata", f'#   "{wanted}",', path
        document = script.metadata(path, text_of(state, path))
        made = list_frame(document, (), "dependencies", title) if document else frame
        before, after = (tuple(map(script.in_comment, lines)) for lines in (made.before, made.after))
        place, frame = str(SCRIPT), made._replace(before=before, after=after)
    found = MissingDeclaration(path, name, None, wanted, wanted, title, line, file=file, place=place, frame=frame)
    if local is None:
        others = tuple(as_likely(importers[0]))
        notes = (f"`{name}` {bound.why}." if bound.specifier else "", instead_of_first(name, others) if others else "")
        doubt = f"only {PYPROJECT} is written; add it by hand"
        return found._replace(doubt=doubt, notes=tuple(filter(None, notes)), others=others)
    by_path = declared_by_path.in_file(file, title, place, local, name)
    return found._replace(doubt=by_path.sentence, line=by_path.line, is_local=True)


def _frame(tree: Tree, declaring: DeclaringFile) -> Frame:
    return frame_of_new(declaring.path, declaring.title, declaring.new, what_can_be_read(tree, declaring.path))


def _with_compiled(state: State, one: MissingDeclaration) -> MissingDeclaration:
    """The same; where a requirements file is compiled from one beside it, the latter is to be changed, then compiled.

    Not where that states it already, which would leave nothing to add. Pipenv and Pixi lock what their file states.
    """
    command, locked = places.lock_beside(one.file)
    if locked and not one.lock[0] and is_file(state.tree, locked):
        return one._replace(lock=(command, locked))
    stem, _, kind = one.file.rpartition(".")
    source, path = f"{stem}.in", f"{stem}.txt"
    if kind == "txt" and one.title == path and text_of(state, source) and is_compiled(state.tree, path):
        stated = read_requirements_files(state.tree, [NamedFile(source, RUNTIME)]).declarations
        if any(declaration.name == one.name for declaration in stated):
            note = f"`{path}` is compiled from `{source}`, which states `{one.name}`: compile it again."
            return one._replace(notes=(*one.notes, note))
        one = one._replace(title=source, file=source)
    if one.file != source or not text_of(state, path):
        return one
    note = f"`{path}` is compiled from `{one.file}`: compile it again."
    return one._replace(notes=(*one.notes, note), lock=("", path))


def _local_source(around: Around, name: Name, local: str | None) -> str | None:
    """The entry that `sources` must gain for the local project in that folder; None if it is declared by its path.

    "" where it is no local project, or the entry is there. Only a member of the same uv workspace is written by name.
    """
    project = around.project
    workspace = next((one for one in around.workspaces if project.folder in one.folders), None)
    if local is None or name in sources_of(around.document) or (workspace and name in workspace.sources):
        return ""
    is_member = workspace and project.tool == "uv" and local in workspace.folders
    return uv.MEMBER_SOURCE if is_member else None


def _by_path(
    around: Around, name: Name, local: str, slot: WritablePlace | None, declaring: DeclaringFile
) -> declared_by_path.ByPath:
    """How the project declares the local project that stands in that folder."""
    folder, tables = around.project.folder, around.document.table
    if add := places.add_command(around.project.tool, slot):
        return declared_by_path.by_command(add, folder, local, name)
    if slot:
        return declared_by_path.in_list(tables, slot, folder, local, name)
    if table_at(tables, "tool", "setuptools", "dynamic"):  # the files that it names may hold no `-e`
        return declared_by_path.in_no_form(local, name)
    return declared_by_path.in_file(declaring.path, declaring.title, str(declaring.place), local, name)


def _bound(around: Around, name: Name, importers: Sequence[Finding], *, is_public: bool) -> Bound:
    """The version to ask for: of the lock file or the environment, of another project of the workspace, of the index.

    An empty bound if none of them knows a version. The index knows only public distributions.
    """
    if known := known_version(name, around.evidence):
        return Bound(known)
    above = next((one for one in around.workspaces if one.root.folder != around.project.folder), None)
    if above and (specifier := above.specifier(name)):
        return Bound(specifier)
    found = newest_release(name, around.project, {one.module for one in importers}) if is_public else Bound()
    return (where_dropped(name, importers) if found.needs else None) or found


def _command(project: Project, slot: WritablePlace | None, name: Name, bound: Bound, marker: str) -> tuple[str, str]:
    """The command of the project's tool that declares it there, and its argument; "" and "" if there is none.

    The tool finds the version itself, unless the newest release will not do. Poetry's command takes no marker there.
    """
    command = places.add_command(project.tool, slot)
    if not command or (marker and slot and slot.form == "table"):
        return "", ""
    wanted = bound.specifier if bound.why else ""
    return command, f'"{name}{wanted}{f"; {marker}" if marker else ""}"' if wanted or marker else name


def lock_of(project: Project, evidence: Evidence) -> tuple[str, str]:
    """The command that renews the project's lock file, and that file; "" and "" if no tool of ours keeps it."""
    tool, lock = project.tool, evidence.lock
    is_its_own = lock is not None and posixpath.basename(lock.path) == f"{tool}.lock"
    command = places.lock_command(tool) if is_its_own else ""
    return (command, lock.path) if command and lock else ("", "")
