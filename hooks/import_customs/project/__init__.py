"""The state of the files in, out what a project declares and where its own modules stand."""

from itertools import takewhile

from import_customs.model import NO_PROJECT, PYPROJECT, RUNTIME, SCRIPT, CheckError, Listing, Project, Tree, upwards
from import_customs.model.requirement import Name, normalized
from import_customs.model.toml import Document, is_template, parse
from import_customs.project import config, dialects, source_roots, workspace
from import_customs.project.declarations import declared

DECLARING = (PYPROJECT, *dialects.BESIDE)  # names of files that carry declarations
# Kinds of files that no project reads requirements from; what it names may have any other name.
_OTHER = tuple(
    ".py .pyi .pyw .ipynb .md .rst .json .yaml .yml .lock .sh .sql .csv .html .css .js .ts .tsx .svg .png .jpg".split()
)
_TOOLS = ("uv", "poetry", "pdm")


def nearest(tree: Tree, folder: str, cache: dict[str, Project | None]) -> Project | None:
    """The project that governs the files of `folder`: the nearest pyproject.toml above them that states one.

    A member of a workspace has the groups of the workspace's root too. `cache` keeps the answer by folder.
    Raises CheckError where a pyproject.toml cannot be read.
    """
    if folder not in cache:
        for one in reversed(list(takewhile(lambda one: one not in cache, upwards(folder)))):
            above = cache[one.rpartition("/")[0]] if one else None
            cache[one] = _stated_in(tree, one, above) if PYPROJECT in tree.listing(one) else above
    return cache[folder]


def _stated_in(tree: Tree, folder: str, above: Project | None) -> Project | None:
    """The project of a folder with a pyproject.toml; none below a template, which nobody can install yet."""
    source = tree.read(f"{folder}/{PYPROJECT}") if folder else None  # the repository's own is never one
    if source and (b"{{" in source or b"{%" in source) and is_template(source, folder):
        return None
    found = load(tree, folder)
    return _joined(found, above) if found else above


def load(tree: Tree, folder: str) -> Project | None:
    """The project that the folder's pyproject.toml states; None where it states none."""
    path = f"{folder}/{PYPROJECT}" if folder else PYPROJECT
    source = tree.read(path)
    if source is None:
        return None
    document = parse(source, path)
    return of_document(document, tree, folder) if dialects.states_project(document, tree, folder) else None


def of_document(document: Document, tree: Tree, folder: str) -> Project:
    """The project that a document states, which stands in the folder."""
    settings = config.read(document)
    stated = dialects.read(document, tree, folder, settings)
    return Project(
        path=document.path,
        name=normalized(document.get("project.name", str) or document.get("tool.poetry.name", str)),
        folder=folder,
        requires_python=_requires_python(document, tree, folder),
        declarations=stated.declarations,
        declared=frozenset(declaration.name for declaration in stated.declarations),
        source_roots=source_roots.read(document, tree, folder, settings.source_roots),
        import_names=(*workspace.stated(document), *source_roots.shipped(document, tree, folder)),
        has_build_system="build-system" in document.table,
        config=settings,
        members=(*workspace.members(document), *stated.members),
        locals=(*workspace.local(document, folder), *stated.locals),
        tool=_tool(document, tree.listing(folder)),
        unread=stated.unread,
        warnings=stated.warnings,
    )


def of_script(tree: Tree, path: str, source: bytes) -> Project | None:
    """The project that a script is to itself, by its PEP 723 metadata; None where it has none.

    None also where that only configures tools: such a file is one of the project's. Raises CheckError where it cannot
    be read.
    """
    from import_customs.project.dialects import script

    document = script.metadata(path, source)
    if document is None or document.table.keys().isdisjoint(("dependencies", "requires-python")):
        return None
    folder = path.rpartition("/")[0]
    found = of_document(document, tree, folder)
    top = declared(document, "dependencies", document.get("dependencies", list), SCRIPT)
    return found._replace(
        requires_python=document.get("requires-python", str),
        declarations=tuple(top.declarations),
        declared=frozenset(declaration.name for declaration in top.declarations),
        unread="",
        warnings=tuple(top.warnings),
    )


def of_requirements(tree: Tree, paths: tuple[str, ...]) -> Project:
    """The project of a repository without pyproject.toml: what these requirements files declare.

    Raises CheckError where there is no such file.
    """
    from import_customs.project.dialects.requirements_file import Named, read

    must_be_there(tree, paths)
    found = read(tree, [Named(path, RUNTIME, "--requirements-file") for path in paths])
    return NO_PROJECT._replace(
        path=paths[0],
        declarations=tuple(found.declarations),
        declared=frozenset(declaration.name for declaration in found.declarations),
        warnings=tuple(found.warnings),
    )


def must_be_there(tree: Tree, requirements: tuple[str, ...]) -> None:
    """Raises CheckError for a requirements file that is missing."""
    for path in requirements:
        folder, _, name = path.rpartition("/")
        if tree.listing(folder).get(name) is not False:
            raise CheckError("no such requirements file", hint="see the spelling of the name", path=path)


def siblings(tree: Tree, project: Project, cache: dict[str, Project | None]) -> dict[str, Name]:
    """The modules that the local projects around this one install: its sources, and the members of its workspace."""
    roots = [found for folder, found in cache.items() if found and found.members and found.folder == folder]
    members = (path for root in roots for path in (root.folder, *members_of(tree, root)))
    called = dict.fromkeys(members, Name(""))  # by folder: what it is called where it is named
    for path, name in project.locals:
        if (folder := workspace.located(tree, path)) is not None:
            called[folder] = name
    found: dict[str, Name] = {}
    for folder, name in called.items():
        document = workspace.document_in(tree, folder) if folder != project.folder else None
        if document:
            roots_there = source_roots.read(document, tree, folder, ())
            shipped = source_roots.shipped(document, tree, folder)
            found |= workspace.provided(tree, document, roots_there, shipped, name)
    return found


def members_of(tree: Tree, project: Project) -> list[str]:
    """The folders of a workspace's members; none where the project is no workspace's root."""
    return workspace.expanded(tree, project.folder, project.members)


def may_declare(path: str) -> bool:
    """Whether a file may carry declarations: by its name, and that of a requirements file may be any `.txt`."""
    name = path.rpartition("/")[2]
    return name in DECLARING or name.endswith((".txt", ".in"))


def may_be_named(path: str) -> bool:
    """Whether a file may carry declarations because a project names it, which only the project can tell."""
    name = path.rpartition("/")[2]
    return not may_declare(path) and not name.startswith(".") and not name.endswith(_OTHER)


def _joined(project: Project, above: Project | None) -> Project:
    """The project with the groups of the workspace that it is a member of."""
    if above is None or not above.members or not workspace.is_member(above.members, _within(project, above)):
        return project
    groups = [one for one in above.declarations if one.place.kind == "group"]
    return project._replace(
        declarations=(*project.declarations, *groups),
        declared=project.declared | {one.name for one in groups},
        tool=project.tool or above.tool,
    )


def _within(project: Project, above: Project) -> str:
    return project.folder[len(above.folder) :].lstrip("/")


def _requires_python(document: Document, tree: Tree, folder: str) -> str:
    stated = str(document.get("project.requires-python", str))
    if stated:
        return stated
    if "poetry" in document.get("tool", dict):
        from import_customs.project.dialects import poetry

        return poetry.requires_python(document)
    if {"setup.cfg", "setup.py"}.isdisjoint(tree.listing(folder)):
        return ""
    from import_customs.project.dialects import setuptools

    return setuptools.requires_python(tree, folder)


def _tool(document: Document, beside: Listing) -> str | None:
    """The tool that visibly manages the project: by its lock file, else by its table."""
    tables = document.get("tool", dict)
    locked = [tool for tool in _TOOLS if f"{tool}.lock" in beside]
    return next(iter([*locked, *(tool for tool in _TOOLS if tool in tables)]), None)
