"""Tell which folders a project puts on sys.path by its own files, and which its editors' settings name for that.

Only an import that nothing else covers gets here. What a project puts there is read once.
"""

import posixpath
from collections.abc import Iterator

from import_customs.check.covered.first_party import folders_of_django
from import_customs.check.learnt import FoldersOnPath
from import_customs.check.state import State, project_if_readable, text_of
from import_customs.imports import read_source
from import_customs.model import Project, Site, upwards
from import_customs.model.later import pattern
from import_customs.project import sys_path
from import_customs.project.editor_settings import EDITOR_FILES, editor_roots
from import_customs.project.module_files import stems
from import_customs.project.purpose import is_run_by_pytest_in

_SIGNS = b"!\"#$%&'()*+,-./:;<=>?@[\\]^`{|}~"  # but "_"
_HERE = b"_here"  # stands for the file's own folder
_RELATIVE, _OF_FOLDER = pattern(rb"\bfrom[ ]\.(?=\w)"), pattern(rb"\bfrom[ ]\.[ ]*+(?=import\b)")
_BETWEEN_WORDS = bytes.maketrans(bytes(range(0x21)) + _SIGNS, b" " * (0x21 + len(_SIGNS)))
_RUN_BEFORE = ("conftest.py", "__init__.py")  # of the same folder, or one above


def leads_to_path(state: State, project: Project, folder: str) -> bool:
    """Whether the folder, which may not be there, or one in it is a source root or on sys.path, as far as is said."""
    ends = [f"{end}/" for end in _ends(folder)]
    roots = (*project.source_roots, *roots_of_editors(state, project))
    return any(f"{root}/".startswith(f"{folder}/") for root in roots) or any(
        f"{one}/".startswith(end) for one in _folders_on_path(state, project).staying for end in ends
    )


def is_put_on_path(state: State, project: Project, folder: str) -> bool:
    """Whether a file of the project puts the folder on sys.path, as far as its calls spell that."""
    named = _folders_on_path(state, project)
    return folder in named.folders or not named.ends.isdisjoint(_ends(folder))


def _ends(folder: str) -> list[str]:
    """What the path of the folder may end in, all of it first."""
    parts = folder.split("/")
    return ["/".join(parts[start:]) for start in range(len(parts))]


def _folders_on_path(state: State, project: Project) -> FoldersOnPath:
    if project.path not in state.on_path:
        state.on_path[project.path] = _read_folders_on_path(state, project)
    return state.on_path[project.path]


def _read_folders_on_path(state: State, project: Project) -> FoldersOnPath:
    folders: set[str] = set()
    ends: set[str] = set()
    staying: set[str] = set()
    inside = f"{project.folder}/" if project.folder else ""
    tracked = state.tracked_python()
    within = [folder for folder in tracked if f"{folder}/".startswith(inside)]
    if state.change is None:  # all files are judged, by their projects; elsewhere those need not be read
        within = [folder for folder in within if _is_of(state, project, folder)]
    for path in (path for folder in within for path in tracked[folder]):
        source = text_of(state, path) if state.may_add.get(path, True) else b""
        if sys_path.may_add_folders(source) and _is_of(state, project, posixpath.dirname(path)):
            text = read_source(path, source).python
            folders.update(sys_path.folders_added(state.tree, path, text, from_file_only=True))
            ends.update(found := frozenset(sys_path.ends_of_folders(text)))
            staying.update(() if posixpath.basename(path) == "setup.py" else found)
    return FoldersOnPath(frozenset(folders), frozenset(ends), frozenset(staying))


def _is_of(state: State, project: Project, folder: str) -> bool:
    governing = project_if_readable(state, folder)
    return governing is not None and governing.path == project.path


def folders_added_before(state: State, site: Site) -> list[str]:
    """The folders that a file which runs before this one puts on sys.path, as it spells them from its own."""
    if (known := f"{site.file}/") not in state.added_before:  # no folder is called so
        state.added_before[known] = tuple(_added_before(state, site))
    return [*state.added_before[known]]


def _added_before(state: State, site: Site) -> Iterator[str]:
    for folder in upwards(site.file.rpartition("/")[0]):
        names = _RUN_BEFORE if is_run_by_pytest_in(site.project, site.file, folder) else _RUN_BEFORE[1:]
        for path in (posixpath.join(folder, name) for name in names if name in state.tree.listing(folder)):
            yield from _added_by(state, path)
    yield from _added_beside(state, site.file)


def _added_beside(state: State, file: str) -> Iterator[str]:
    """The same of the files beside this one that it imports: `import _init_paths`, `from .context import x`."""
    folder, source = posixpath.dirname(file), text_of(state, file)
    words = _of_imports(source).translate(_BETWEEN_WORDS).decode("utf-8", "replace").split()
    beside = {stem: posixpath.join(folder, f"{stem}.py") for stem in stems(state.tree, folder).intersection(words)}
    adding = {stem: added for stem, path in beside.items() if path != file and (added := _added_by(state, path))}
    imported = _imported_beside(file, source) if adding else ()
    yield from (one for stem in sorted(adding) if stem in imported for one in adding[stem])


def _of_imports(source: bytes) -> bytes:
    """The parts of a file that may name what its import statements import; all of one with continued lines."""
    if b"\\\n" in source or b"\r" in source:
        return source
    before, *pieces = source.split(b"import")
    named: list[bytes] = []
    for piece in pieces:
        line, _, after = piece.partition(b"\n")
        named.append(b"%bimport%b" % (before.rpartition(b"\n")[2], line))
        if b"(" in line and b"from" in named[-1]:
            named.append(after.partition(b"\n)")[0])
        before = piece
    return b"\n".join(named)


def _imported_beside(file: str, source: bytes) -> set[str]:
    """What the file may import of its own folder: what is relative is read as if it stood in a package."""
    absolute = _OF_FOLDER.sub(b"from %b " % _HERE, _RELATIVE.sub(b"from %b." % _HERE, source))
    own = ("", _HERE.decode(), posixpath.basename(posixpath.dirname(file)))  # from within tools/: `tools.context`
    imports = read_source(file, absolute).imports()[0]
    named = (name for one in imports for name in (one.module, *(f"{one.module}.{each}" for each in one.names)))
    return {name for above, _, name in (one.rpartition(".") for one in named) if above.rpartition(".")[2] in own}


def folders_added_by_django(state: State, site: Site) -> list[str]:
    """The folders that manage.py or Django's settings put on sys.path: all that Django runs has them.

    Of several sites the file's own counts.
    """
    roots = dict.fromkeys(folders_of_django(state, site))
    own = [one for one in roots if one and site.file.startswith(f"{one}/")]
    for root in own or roots:
        if f"{root}/" not in state.added_before:
            state.added_before[f"{root}/"] = tuple(dict.fromkeys(_added_by_site(state, root)))
    return [folder for root in own or roots for folder in state.added_before[f"{root}/"]]


def _added_by_site(state: State, root: str) -> Iterator[str]:
    """The same of one folder with a manage.py; a path that does not begin at `__file__` is looked for there."""
    inside = [posixpath.join(root, name) for name, is_folder in state.tree.listing(root).items() if is_folder]
    kept = [posixpath.join(folder, "settings") for folder in (root, *inside)]
    paths = [posixpath.join(root, "manage.py"), *(f"{one}.py" for one in kept)]
    paths += [posixpath.join(one, name) for one in kept for name in state.tree.listing(one) if name.endswith(".py")]
    for path in paths:
        yield from _added_by(state, path)
        if sys_path.may_add_folders(source := text_of(state, path)):
            ends = sys_path.ends_of_folders(read_source(path, source).python)
            yield from (folder for end in ends if state.tree.listing(folder := posixpath.join(root, end)))


def _added_by(state: State, path: str) -> tuple[str, ...]:
    """The folders that a file puts on sys.path, as it spells them from its own."""
    if path not in state.added_before:
        source = text_of(state, path)
        text = read_source(path, source).python if sys_path.may_add_folders(source) else ""
        text = text if posixpath.basename(path) == "manage.py" else sys_path.without_main(text)
        added = sys_path.folders_added(state.tree, path, text, from_file_only=True) if text else ()
        state.added_before[path] = added
    return state.added_before[path]


def roots_of_editors(state: State, project: Project) -> tuple[str, ...]:
    """The folders that the editors' settings of the project, and of the whole repository, name for its modules."""
    if project.path not in state.editor_roots:
        found = (
            root
            for folder in dict.fromkeys((project.folder, ""))
            for name in EDITOR_FILES
            if (path := posixpath.join(folder, name)) in state.tracked()  # asked first: most lie there untracked
            for root in editor_roots(state.tree, folder, path)
        )
        state.editor_roots[project.path] = tuple(dict.fromkeys(found))
    return state.editor_roots[project.path]
