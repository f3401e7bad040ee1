"""Make projects without a pyproject.toml: of a script by itself, and of files that people keep or name."""

import posixpath
from collections.abc import Sequence

from import_customs.model import NO_PROJECT, PYPROJECT, RUNTIME, Declaration, LocalProject, Project, Tree, upwards
from import_customs.model.toml import Document, parse
from import_customs.project import dialects, make_project, must_be_there, template_above
from import_customs.project.config import read_config
from import_customs.project.declarations import DeclaredList, placed
from import_customs.project.dialects import pixi, script
from import_customs.project.dialects.dialect import ProjectFiles
from import_customs.project.dialects.requirements_file import NamedFile, read_requirements_files
from import_customs.project.purpose import plainness
from import_customs.project.requirements_kept import (
    OF_TOOLS,
    extend,
    folder_of,
    keeps_any,
    note_of,
    place_of,
    read_kept,
)
from import_customs.project.source_roots import find_source_roots


def of_script(tree: Tree, path: str, source: bytes) -> Project | None:
    """The project that a script is to itself, by its PEP 723 metadata; None where it has none.

    None also where that only configures tools: such a file is one of the project's. Raises CheckError where it cannot
    be read.
    """
    document = script.metadata(path, source)
    if document is None or not script.states_project(document):
        return None
    files = ProjectFiles(tree, path.rpartition("/")[0], document)
    listed = script.declared_list(document)
    return _declaring(make_project(files, dialects.dialects_for(files)), listed.declarations)._replace(
        requires_python=document.get("requires-python", str),
        unread=None,
        warnings=(*listed.warnings, *map(placed, listed.lacking)),
        lacking=(),
    )


def of_requirements(tree: Tree, paths: tuple[str, ...]) -> Project:
    """The project of a repository without pyproject.toml: what the requirements files of the command line declare.

    Raises CheckError where there is no such file, and where the settings cannot be read.
    """
    must_be_there(tree, paths)
    found = read_requirements_files(tree, [NamedFile(path, RUNTIME) for path in paths])
    return _declaring(without_declarations(tree), found.declarations)._replace(
        path=paths[0],
        warnings=tuple(found.warnings),
        lacking=tuple(found.lacking),
    )


def project_of_kept(tree: Tree, folder: str, known: dict[str, Project | None]) -> Project | None:
    """The project of a folder that no other governs, by such files in it and in those above it.

    None where there are none, and in a template. Those of the folders are kept in `known`: where a folder has no such
    files, it is that of the one above. Raises CheckError where a tool's file or the settings cannot be read.
    """
    if folder not in known:
        keeping = next((above for above in upwards(folder) if keeps_any(tree, above)), "")
        if template_above(tree, folder):
            known[folder] = None
        else:
            if keeping not in known:
                known[keeping] = _read_kept_above(tree, keeping)
            known[folder] = known[keeping]
    return known[folder]


def _read_kept_above(tree: Tree, folder: str) -> Project | None:
    found, paths = DeclaredList([], [], []), []
    for above in upwards(folder):
        here, there = read_kept(tree, above)
        extend(found, here)
        paths += there
    return _made_by(tree, found, paths) if paths else None


def _made_by(tree: Tree, found: DeclaredList, paths: list[str]) -> Project:
    """The project of these files, the nearest first, which is called after one of those in its folder."""
    folder = folder_of(paths[0])
    nearest = [path for path in paths if folder_of(path) == folder]
    of_tools = ((path, OF_TOOLS[name]) for path in paths if (name := posixpath.basename(path)) in OF_TOOLS)
    pythons = (requires_python(tree, path) for path, (_, requires_python) in of_tools)
    stating = [one.path for one in found.declarations]  # others only name these, as Heroku's does; the base states most
    return _declaring(_with_settings(tree, folder), found.declarations)._replace(
        path=min(
            nearest,
            key=lambda path: (place_of(path) != RUNTIME, path not in stating, plainness(path), -stating.count(path)),
        ),
        requires_python=next(filter(None, pythons), ""),
        unread=next((pixi.unreadable(tree, path) for path in paths if posixpath.basename(path) == pixi.MANIFEST), None),
        locals=tuple(LocalProject(one.folder, one.name) for one in found.declarations if one.folder is not None),
        warnings=(note_of(paths), *found.warnings),
        lacking=tuple(found.lacking),
    )


def _declaring(project: Project, declarations: Sequence[Declaration]) -> Project:
    """The project with these declarations, and no others."""
    return project._replace(
        declarations=tuple(declarations),
        declared=frozenset(one.name for one in declarations),
        elsewhere=frozenset(one.name for one in declarations if one.is_elsewhere),
    )


def without_declarations(tree: Tree) -> Project:
    """What stands for a project where nothing declares: the settings of the repository's own pyproject.toml.

    Raises CheckError where they cannot be read.
    """
    return _with_settings(tree, "")


def _with_settings(tree: Tree, folder: str) -> Project:
    """No project yet, in the folder, with what its pyproject.toml sets, which states none."""
    path = posixpath.join(folder, PYPROJECT)
    source = tree.read(path)
    document = Document(path, "", {}) if source is None else parse(source, path)
    files, config = ProjectFiles(tree, folder, document), read_config(document)
    roots = find_source_roots(files, dialects.dialects_for(files), config.source_roots)
    return NO_PROJECT._replace(folder=folder, source_roots=roots, config=config)
