"""Find the local projects that a project is joined with: the members of its workspace, and those it names by a path.

Sources: uv's documentation, "Using workspaces" and "Dependency sources"; Poetry's, "path dependencies"; Rye's,
"Workspaces"; Pixi's, "pypi-dependencies".
"""

import posixpath

from import_customs.model import PYPROJECT, CheckError, Project, Tree
from import_customs.model.later import pattern
from import_customs.model.requirement import Name
from import_customs.project.dialects.dialect import PROJECT_FILES, folders_meant, glob_parts

_LARGEST = 8 * 1024**2  # bytes of a pyproject.toml in which a name is looked for
_NAME = pattern(rb"""(?m)^name[ \t]*=[ \t]*["']([A-Za-z0-9._-]+)["']""")


def named_by_path(tree: Tree, project: Project) -> dict[str, Name]:
    """The folders of the local projects that the project names by their paths, with the names it requires them by."""
    found = ((_folder_of(tree, path), name) for path, name in project.locals)
    return {folder: name for folder, name in found if folder is not None}


def members_of(tree: Tree, project: Project) -> list[str]:
    """The folders of a workspace's members; none where the project is no workspace's root."""
    return expanded(tree, project.folder, project.members)


def name_written(tree: Tree, folder: str) -> str:
    """The first name that the folder's pyproject.toml has, be it valid or not; "" where it has none."""
    path = posixpath.join(folder, PYPROJECT)
    try:
        source = None if path.startswith(("../", "/")) else tree.read(path)
    except CheckError:
        return ""
    name = _NAME.search(source) if source and len(source) <= _LARGEST else None
    return name[1].decode() if name else ""


def _folder_of(tree: Tree, path: str) -> str | None:
    """The folder, from the repository's root, of a local project; an absolute path is met by its end.

    None where no project is there.
    """
    parts = path.strip("/").split("/")
    ends = ("/".join(parts[start:]) for start in range(len(parts)))
    found = (end for end in ends if not PROJECT_FILES.isdisjoint(tree.listing(end)))
    return next(found, None) if path.startswith("/") else path


def expanded(tree: Tree, root: str, globs: tuple[str, ...]) -> list[str]:
    """The folders, from the repository's root, that the globs of the workspace at `root` mean, each once."""
    once = dict.fromkeys(globs)
    excluded = {path for glob in once if glob[:1] == "!" for path in folders_meant(tree, root, glob_parts(glob[1:]))}
    found = (path for glob in once if glob[:1] != "!" for path in folders_meant(tree, root, glob_parts(glob)))
    return [path for path in dict.fromkeys(found) if path not in excluded]
