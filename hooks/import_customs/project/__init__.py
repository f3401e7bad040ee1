"""Find the project that governs a file, and read what it declares and where its own modules stand."""

from __future__ import annotations

import posixpath
from itertools import takewhile

from import_customs.model import BUILD, PYPROJECT, CheckError, Project, upwards
from import_customs.model.requirement import normalized
from import_customs.model.source_text import is_file
from import_customs.model.toml import Document, is_template, parse
from import_customs.project import dialects
from import_customs.project.config import NO_REQUIREMENTS, OTHER_FORMATS, read_config
from import_customs.project.dialects.dialect import ProjectFiles, backend_of, is_member
from import_customs.project.dialects.standard_tables import import_names
from import_customs.project.source_roots import SETTINGS, find_source_roots

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from import_customs.model import Place, Tree
    from import_customs.project.dialects.dialect import Dialect

DECLARING = (PYPROJECT, *dialects.BESIDE)  # names of files that carry declarations
_OF_SETUPTOOLS = frozenset({"", "pbr.build", "setuptools.build_meta", "setuptools.build_meta:__legacy__"})
_OTHERS = frozenset(
    {
        "flit_core.buildapi",
        "flit_scm:buildapi",
        "hatchling.build",
        "pdm.backend",
        "pdm.pep517.api",
        "poetry.core.masonry.api",
        "poetry.masonry.api",
        "poetry_dynamic_versioning.backend",
        "uv_build",
    }
)
# The build backends that take Python files as they are, save what `check.uncovered.itself` looks for.
_PACKING = _OF_SETUPTOOLS | _OTHERS
_WITHOUT_SETUP_PY = _OTHERS | {"maturin", "mesonpy", "scikit_build_core.build"}  # those that never run one
# What a backend has installed that `requires` need not name, for the setup.py that it runs.
_BROUGHT = {"pbr.build": {normalized("setuptools")}}
# Further files that name folders of modules: of Meson, Pants and editors. Those of Docker, which may do so too, change
# often: what goes from them is not missed.
_SETTING = ("meson.build", "pants.toml", ".vscode/settings.json", ".env", ".envrc")
# What marks templates: names of folders; the settings of Cookiecutter and Copier, by their documentation.
_TEMPLATES, _GENERATORS = frozenset({"template", "templates"}), ("cookiecutter.json", "copier.yml", "copier.yaml")
# Kinds of files that no project reads requirements from; what it names may have any other name.
_OTHER = tuple(
    (
        ".py .pyi .pyw .ipynb .md .rst .json .yaml .yml .xml .lock .sh .sql .csv .html .css .scss .js .jsx .ts .tsx "
        ".vue .svg .png .jpg .gif .ico .webp .pdf .woff .woff2 .ttf .zip .gz .c .h .cpp .go .rs .java"
    ).split()
)
_LISTS = (".list", ".lst", ".pip", ".req", ".reqs", ".deps", ".conf", ".cfg", ".ini", ".toml")
_OF_PROJECTS = (b"\n[project]", b"\n[tool.poetry", b"\n[dependency-groups]")
_TO_FILL_IN = tuple(f"{PYPROJECT}{suffix}" for suffix in (".jinja", ".jinja2", ".j2", ".tmpl"))
_STATING = (PYPROJECT, "setup.py", "setup.cfg", *_TO_FILL_IN)
_BEGINNING, _FIRST = 4096, 10  # bytes and lines of it
_OF_NAMES = b"-._0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"


def nearest(tree: Tree, folder: str, cache: dict[str, Project | CheckError | None]) -> Project | None:
    """The project that governs the files of `folder`: that of the nearest folder above them which states one.

    A member of a workspace has the groups of the workspace's root too. `cache` keeps the answer by folder.
    Raises CheckError if that pyproject.toml cannot be read; one further up that cannot does not matter.
    """
    if folder not in cache:
        for one in reversed(list(takewhile(lambda one: one not in cache, upwards(folder)))):
            above = cache[one.rpartition("/")[0]] if one else None
            beside = tree.listing(one)
            try:
                if ("{" in one and _is_placeholder(one)) or _is_inherited(tree, one):
                    cache[one] = None
                elif beside.keys().isdisjoint(_STATING):  # of most folders
                    cache[one] = above
                elif PYPROJECT in beside:
                    cache[one] = _stated_in(tree, one, above)
                elif "setup.py" in beside or "setup.cfg" in beside:
                    cache[one] = load_setuptools(tree, one) or above
                else:
                    cache[one] = None if _to_fill_in(tree, one) else above
            except CheckError as error:
                cache[one] = error
    found = cache[folder]
    if isinstance(found, CheckError):
        raise found
    return found


def template_above(tree: Tree, folder: str) -> str:
    """The folder or the pyproject.toml, at or above a folder, that is yet to be filled in; "" where none is."""
    for one in upwards(folder):
        if _is_template(tree, one):
            return f"{one}/{PYPROJECT}"
        if _is_placeholder(posixpath.basename(one)) or _is_inherited(tree, one):
            return one
        if PYPROJECT not in tree.listing(one) and (name := _to_fill_in(tree, one)):
            return f"{one}/{name}"
    return ""


def _is_placeholder(path: str) -> bool:
    return "{{" in path or "{%" in path


def _is_inherited(tree: Tree, folder: str) -> bool:
    """Whether Cookiecutter takes what it fills in from this folder, too. Source: its documentation, "Templates"."""
    above, _, name = folder.rpartition("/")
    return name == "templates" and _GENERATORS[0] in tree.listing(above)


def _is_template(tree: Tree, folder: str) -> bool:
    """Whether its pyproject.toml is yet to be filled in, so that nobody can install it; never the repository's own."""
    source = tree.read(f"{folder}/{PYPROJECT}") if folder else None
    if source is None or not (b"{{" in source or b"{%" in source):
        return False
    return is_template(source, folder, is_marked=_is_of_templates(tree, folder))


def _to_fill_in(tree: Tree, folder: str) -> str:
    """The file in a folder of templates from which a generator makes its pyproject.toml; "" where none is."""
    beside = tree.listing(folder)
    name = next((one for one in _TO_FILL_IN if one in beside), "")
    return name if name and folder and _is_of_templates(tree, folder) else ""


def _is_of_templates(tree: Tree, folder: str) -> bool:
    """Whether a folder at or above it is one of templates, by its name or by the settings of a generator in it."""
    is_called_so = not _TEMPLATES.isdisjoint(folder.split("/"))
    return is_called_so or any(name in tree.listing(one) for one in upwards(folder) for name in _GENERATORS)


def _stated_in(tree: Tree, folder: str, above: Project | CheckError | None) -> Project | CheckError | None:
    """The project of a folder with a pyproject.toml; none below a template."""
    if _is_template(tree, folder):
        return None
    found = load(tree, folder)
    return _joined(found, None if isinstance(above, CheckError) else above) if found else above


def load(tree: Tree, folder: str) -> Project | None:
    """The project that the folder's pyproject.toml states; None where it states none."""
    path = f"{folder}/{PYPROJECT}" if folder else PYPROJECT
    source = tree.read(path)
    if source is None:
        return None
    files = ProjectFiles(tree, folder, parse(source, path))
    speaking = dialects.dialects_for(files)
    return make_project(files, speaking) if dialects.states_project(files, speaking) else None


def load_setuptools(tree: Tree, folder: str) -> Project | None:
    """The project of a folder without pyproject.toml; None where neither setup.py nor setup.cfg states dependencies."""
    files = ProjectFiles(tree, folder, Document("", "", {}))
    speaking = dialects.dialects_for(files)
    path = next(filter(None, (dialect.stating_file(files) for dialect in speaking)), "")
    return make_project(files._replace(document=Document(path, "", {})), speaking) if path else None


def make_project(files: ProjectFiles, speaking: Sequence[Dialect]) -> Project:
    """The project that the files state, by the dialects that speak for it."""
    document = files.document
    config, backend = read_config(document), backend_of(document.table)
    stated = dialects.read_declarations(files, speaking, config)
    built = (module for dialect in speaking for module in dialect.built_modules(files))
    return Project(
        path=document.path,
        name=normalized(dialects.name_of(files, speaking)),
        folder=files.folder,
        requires_python=next(filter(None, (dialect.requires_python(files) for dialect in speaking)), ""),
        declarations=stated.declarations,
        declared=frozenset(one.name for one in stated.declarations if one.place != BUILD),
        built_with=frozenset(one.name for one in stated.declarations if one.place == BUILD)
        | _BROUGHT.get(backend, set()),
        elsewhere=frozenset(name for one in speaking for name in one.elsewhere(files))
        | {one.name for one in stated.declarations if one.is_elsewhere},
        source_roots=find_source_roots(files, speaking, config.source_roots),
        import_names=(*import_names(document), *built),
        has_build_system="build-system" in document.table,
        compiles=backend not in _PACKING,
        runs_setup_py=backend not in _WITHOUT_SETUP_PY,
        build_scripts=tuple(files.path(name) for dialect in speaking for name in dialect.build_scripts(files)),
        config=config,
        members=stated.members,
        locals=stated.locals,
        tool=_managing_tool(files),
        unread=stated.unread,
        warnings=stated.warnings,
        lacking=stated.lacking,
    )


def files_beside(files: ProjectFiles, project: Project) -> list[tuple[str, Place]]:
    """The files besides its pyproject.toml where a project declares, or may though they hold nothing yet."""
    return dialects.files_beside(files, dialects.dialects_for(files), project.config)


def must_be_there(tree: Tree, requirements: tuple[str, ...]) -> None:
    """Raises CheckError for a requirements file that is missing, and for one that is none."""
    for path in requirements:
        if not is_file(tree, path):
            raise CheckError("no such requirements file", hint="check the spelling", path=path)
        if path.endswith(OTHER_FORMATS):
            raise CheckError("this is no requirements file", hint=NO_REQUIREMENTS, path=path)


def may_state_project(path: str) -> bool:
    """Whether a file of that name may state the project of its folder, or that there is none."""
    return path.endswith(_STATING)


def may_declare(path: str) -> bool:
    """Whether a file of that name may carry declarations; a requirements file may be any `.txt`."""
    name = path.rpartition("/")[2]
    return name in DECLARING or name.endswith((".txt", ".in"))


def may_set(path: str) -> bool:
    """Whether a file of that name may say where a project's own modules are."""
    return path.rpartition("/")[2] in SETTINGS or path.endswith(_SETTING)


def may_be_named(path: str) -> bool:
    """Whether a file may carry declarations because a project names it, which only the project can tell."""
    name = path.rpartition("/")[2]
    return not may_declare(path) and not name.startswith(".") and not name.endswith(_OTHER)


def may_be_list(path: str) -> bool:
    """Whether people may keep requirements in a file of that name: the content of data is not looked at."""
    name = path.rpartition("/")[2]
    return "." not in name or name.endswith(_LISTS)


def may_hold_requirements(source: bytes) -> bool:
    """Whether what a file begins with may be requirements, or options of pip: hardly any other text looks so.

    Or a table of a project: what is called pyproject.toml may be a link to it.
    """
    if any(table in b"\n" + source for table in _OF_PROJECTS):
        return True
    lines = [line.strip() for line in source[:_BEGINNING].split(b"\n")[:_FIRST]]
    stated = [line for line in lines if line and line[:1] != b"#"]
    return bool(stated) and all(map(_may_be_requirement, stated))


def _may_be_requirement(line: bytes) -> bool:
    behind = line.lstrip(_OF_NAMES).lstrip()
    is_named = line[:1].isalnum() and (not behind or behind[:1] in b"[<>!~;@#\\" or behind[:2] == b"==")
    is_elsewhere = b"://" in line.partition(b" ")[0] or line[:2] == b"${"
    return is_named or is_elsewhere or (line[:1] == b"-" and line[1:2] != b" ")


def _joined(project: Project, above: Project | None) -> Project:
    """The project with the groups of the workspace that it is a member of, without what these name by its path."""
    if above is None or not above.members:
        return project
    if not is_member(above.members, project.folder[len(above.folder) :].lstrip("/")):
        return project
    groups = [one for one in above.declarations if one.place.kind == "group" and one.folder is None]
    return project._replace(
        declarations=(*project.declarations, *groups),
        declared=project.declared | {one.name for one in groups},
        elsewhere=project.elsewhere | above.elsewhere,
        tool=project.tool or above.tool,
    )


def _managing_tool(files: ProjectFiles) -> str | None:
    """The tool that visibly manages the project: by its lock file, else by its table, else by its build backend."""
    tables, beside = files.document.get("tool", dict), set(files.beside)  # of a lock file that is not committed too
    locked = (tool for tool in dialects.MANAGERS if f"{tool}.lock" in beside)
    in_tables = (tool for tool in dialects.MANAGERS if tool in tables)
    by_backend = dialects.MANAGER_BY_BACKEND.get(backend_of(files.document.table))
    return next(locked, None) or next(in_tables, None) or by_backend
