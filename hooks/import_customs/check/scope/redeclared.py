"""Tell what the change of a declaring file concerns: the projects that read it, and findings of what it takes away."""

import posixpath
from collections.abc import Collection, Iterable, Mapping

from import_customs import providers
from import_customs.check.state import State, path_of, project_of, readable_project_of, text_of
from import_customs.model import NO_PROJECT, RUNTIME, Finding, Project
from import_customs.model.later import pattern
from import_customs.model.requirement import Name
from import_customs.project import DECLARING, may_be_named, may_declare
from import_customs.project.dialects.requirements_file import NamedFile, read_requirements_files
from import_customs.project.editor_settings import EDITOR_FILES, editor_roots
from import_customs.repository import git

_NAMING = pattern(rb"(?m)\A(?:\xff\xfe|\xfe\xff)|^[ \t]*-(?:r|-req)")  # others; UTF-16 hides it


def folders_reading(before: State, tracked: Collection[str], paths: Collection[str]) -> list[str]:
    """The folders of a base's projects that read one of the requirements files among these paths."""
    requirements = {path for path in paths if posixpath.basename(path) not in DECLARING}
    if not requirements:
        return []
    stating = requirements | _named_by(before, requirements)
    return [folder for folder, project in _projects(before, tracked) if stating & _paths(project)]


def _named_by(before: State, requirements: Collection[str]) -> set[str]:
    """The files that state something for whoever reads one of these: it names them by `-r`, and may state nothing.

    Any text may be one of these, and a table of data is long: its lines are read only if one of them is such an option.
    """
    try:
        may_name = (path for path in requirements if may_declare(path) or may_be_named(path))
        named = [NamedFile(path, RUNTIME) for path in may_name if _NAMING.search(text_of(before, path))]
        return {one.path for one in read_requirements_files(before.tree, named).declarations}
    except git.ObjectMissing:  # in a partial clone
        return set()


def folders_with_links(entries: Mapping[str, git.Entry]) -> set[str]:
    """The folders with a link in place of a declaring file or a folder: it may lead to any of the changed files."""
    links = (path for path, entry in entries.items() if git.symlink_blob(entry) is not None)
    return {posixpath.dirname(path) for path in links if may_declare(path) or "." not in posixpath.basename(path)}


def folders_of_editors(before: State, now: State, paths: Iterable[str]) -> list[str]:
    """The folders of projects for which settings of an editor, among these paths, name fewer source roots than before.

    What stands in the root is for every project.
    """
    there = ((one, folder) for one in paths if (folder := _folder_of_editor(one)) is not None)
    losing = [folder for path, folder in there if _names_fewer(before, now, path, folder)]
    others = (posixpath.dirname(path) for path in before.tracked() if may_declare(path)) if "" in losing else ()
    return list(dict.fromkeys((*losing, *others)))


def _folder_of_editor(path: str) -> str | None:
    """The folder that the settings of an editor, or of an environment, at the path are for; None for other files."""
    name = next((name for name in EDITOR_FILES if f"/{path}".endswith(f"/{name}")), None)
    return None if name is None else path.removesuffix(name).rstrip("/")


def _names_fewer(before: State, now: State, path: str, folder: str) -> bool:
    left = editor_roots(now.tree, folder, path) if path in now.tracked() else ()
    try:
        return not set(left).issuperset(editor_roots(before.tree, folder, path))
    except git.ObjectMissing:  # in a partial clone
        return True


def folders_left(before: State, lost: Iterable[tuple[Project | None, Project | None]]) -> list[str]:
    """The folders that projects of a base governed which are no longer there, each given with what is in its place."""
    left = {old.path for old, new in lost if old and old.path and (new is None or new.path != old.path)}
    folders = {posixpath.dirname(path) for path in before.tracked()} if left else ()
    return sorted(folder for folder in folders if path_of(readable_project_of(before, folder)) in left)


def folders_asking(before: State, tracked: Collection[str], losing: Iterable[Project]) -> set[str]:
    """The folders of a base's projects that ask for an extra of one of those, or of one that does."""
    left = {one.name for one in losing if one.name and any(each.place.kind == "extra" for each in one.declarations)}
    found: set[str] = set()
    every = _projects(before, tracked) if left else []
    while left:
        asking = [(folder, one) for folder, one in every if folder not in found and left & _with_extras(one)]
        found.update(folder for folder, _ in asking)
        left = {one.name for _, one in asking if one.name}
    return found


def _projects(state: State, tracked: Collection[str]) -> list[tuple[str, Project]]:
    """The project of each folder that may declare something, as far as it is there."""
    found = []
    for folder in sorted({posixpath.dirname(path) for path in tracked if may_declare(path)}):
        try:
            found.append((folder, project_of(state, folder) or NO_PROJECT))
        except git.ObjectMissing:
            continue
    return found


def _paths(project: Project) -> set[str]:
    return {one.path for one in project.declarations}


def _with_extras(project: Project) -> set[Name]:
    return {one.name for one in project.declarations if one.extras}


def loses(before: Project, now: Project) -> bool:
    """Whether a declaration is gone, or anything else differs that an import's judgement may depend on."""
    if not before.path:  # nothing declared: what was exempt or first-party by its settings may be neither
        roots = {*before.source_roots} - {*NO_PROJECT.source_roots, *now.source_roots}
        return bool(roots) or before.config not in (now.config, NO_PROJECT.config)
    kept = {one._replace(line=0) for one in now.declarations}
    fewer = any(one._replace(line=0) not in kept for one in before.declarations)
    return fewer or without_declarations(before) != without_declarations(now)


def without_declarations(project: Project) -> Project:
    """What a project says besides its declarations."""
    return project._replace(path="", declarations=(), declared=frozenset(), tool=None, warnings=(), lacking=())


def provider_among(names: Collection[Name], finding: Finding, before: Project) -> str | None:
    """The one of these distributions by which the module was covered before."""
    module, own = finding.module, dict(before.config.provides).get(finding.module, ())
    local = finding.providers if finding.local is not None else ()
    return (
        next((name for name in (*own, *local) if name in names), None)
        or providers.declared_provider(module, names)
        or providers.private_provider(module, names, before.elsewhere)
        or (None if finding.providers else providers.likely_private_provider(module, names))
    )


def of_removed(finding: Finding, name: str, stating: str, *, is_known: bool) -> Finding:
    """The finding that says so; `is_known` if the old requirement is, which then settles it."""
    is_other = name not in finding.providers[:1]
    is_put_back = is_known and (finding.local is None or is_other)
    removed = "it" if name == finding.module else f"`{name}`"
    return finding._replace(
        message=f"`{finding.module}` is imported here, and this change removes {removed} from {stating}",
        remedy="keep the declaration, or remove the import",
        providers=(name, *(one for one in finding.providers if one != name)) if is_put_back else finding.providers,
        local=None if is_put_back else finding.local,
        settled_by="declaration" if is_put_back or finding.settled_by == "declaration" else "",
    )
