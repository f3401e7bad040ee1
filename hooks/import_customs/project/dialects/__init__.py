"""Read what a project declares: by the standard tables, and by each tool whose table or file is there."""

from __future__ import annotations

import posixpath

from import_customs.model import LONGEST_PATH, PYPROJECT, RUNTIME, Config, Declaration, LocalProject, Place, Unread
from import_customs.model.toml import at
from import_customs.model.value import NamedTuple
from import_customs.project.declarations import INVALID
from import_customs.project.dialects import standard_tables
from import_customs.project.dialects.dialect import (
    PROJECT_FILES,
    SETUPTOOLS_FILES,
    Dialect,
    ProjectFiles,
    backend_of,
    joined,
    slashed,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence
    from types import ModuleType

# What may stand beside a pyproject.toml and declare for it.
BESIDE = ("setup.cfg", "setup.py", "hatch.toml", "Pipfile", "pixi.toml")
# The tools with commands that declare. A lock file of its name shows a tool before any table does.
MANAGERS = ("uv", "poetry", "pdm")
MANAGER_BY_BACKEND = {"uv_build": "uv", "poetry.core.masonry.api": "poetry", "pdm.backend": "pdm"}
# What shows the tools of the table in `rarer`: their tables and files, and the build backend.
_RARER = frozenset(
    "pdm pdm_build.py rye flit pixi maturin scikit-build setuptools_dynamic_dependencies meson.build pants.toml".split()
)
_RARER_BACKENDS = ("scikit_build_core", "pdm.backend")  # without a table of theirs, too
_OF_SETUPTOOLS = frozenset({"setuptools", "setuptools-rust"})  # tables
_CONFIGURED = Place("group", "requirements")  # the place of what [tool.import-customs] requirements-files declare


def dialects_of(
    tools: Collection[str], beside: Collection[str] = (), backend: str = "", pythons: str = ""
) -> Iterator[Dialect]:
    """The table of the tools, in the order in which they are asked: gives those that speak for a project.

    They are those with a table `[tool.…]`, with a file `beside` the pyproject.toml, or with the build backend; Poetry's
    way of stating `pythons` too. A tool's own file is loaded only then: it takes 0.2 to 0.5 ms, and a project speaks
    one or two of these dialects.
    """
    if "poetry" in tools or standard_tables.is_of_poetry(pythons):
        from import_customs.project.dialects import poetry  # 0.3 ms

        yield poetry.DIALECT if "poetry" in tools else poetry.PYTHONS
    few = _rarer(tools, beside, backend)
    if "pdm" in few:
        yield few.pop("pdm")
    if "uv" in tools:
        from import_customs.project.dialects import uv  # 0.2 ms

        yield uv.DIALECT
    if "hatch" in tools or "hatch.toml" in beside:
        from import_customs.project.dialects import hatch  # 0.3 ms

        yield hatch.DIALECT
    yield from few.values()
    if not _OF_SETUPTOOLS.isdisjoint(tools) or not SETUPTOOLS_FILES.isdisjoint(beside):
        from import_customs.project.dialects import setuptools  # 0.5 ms

        yield setuptools.DIALECT


def _rarer(tools: Collection[str], beside: Collection[str], backend: str) -> dict[str, Dialect]:
    if _RARER.isdisjoint((*tools, *beside)) and not backend.startswith(_RARER_BACKENDS):
        return {}
    from import_customs.project.dialects import rarer  # 1 ms; few projects use one of these tools

    return rarer.dialects_of(tools, beside, backend)


def dialects_for(files: ProjectFiles) -> list[Dialect]:
    """What speaks for a project: the standard tables, then the tools. Raises CheckError where `tool` is no table."""
    tools = files.document.get("tool", dict)
    beside = files.beside
    if files.folder and "pants.toml" in files.tree.listing(""):  # it is the whole repository's
        beside = {**beside, "pants.toml": False}
    table = files.document.table
    pythons = at(table, "project.requires-python")
    stated = pythons if isinstance(pythons, str) else ""
    return [standard_tables.DIALECT, *dialects_of(tools, beside, backend_of(table), stated)]


def states_project(files: ProjectFiles, dialects: Sequence[Dialect]) -> bool:
    """Whether the pyproject.toml states a project, rather than settings of tools only."""
    if "requirements-files" in files.document.get("tool", dict, "import-customs"):
        return True
    return any(dialect.states_project(files) for dialect in dialects)


def name_of(files: ProjectFiles, dialects: Sequence[Dialect]) -> str:
    """The name of the distribution that the project builds, as it is spelled; "" where none is stated."""
    return next(filter(None, (dialect.distribution_name(files) for dialect in dialects)), "")


class Stated(NamedTuple):
    """All that a project declares, and the projects around it that it names."""

    declarations: tuple[Declaration, ...]
    members: tuple[str, ...]  # globs of the members of its workspace, those that are none with a leading "!"
    locals: tuple[LocalProject, ...]  # the projects that its sources and requirements name by their paths
    unread: Unread | None  # None where all can be read
    warnings: tuple[str, ...]
    lacking: tuple[Unread, ...]  # what is there, and cannot be read


def read_declarations(files: ProjectFiles, dialects: Sequence[Dialect], config: Config) -> Stated:
    """The declarations of a project. Raises CheckError where a table is not of its tool's form."""
    lists = [one for dialect in dialects for one in dialect.declared_lists(files)]
    left = files.keys_left
    if left:
        left = left.difference(*(dialect.stated_keys(files) for dialect in dialects))
    named, by_script = _named(files, dialects, config)
    is_left_to_people = _is_left_to_people(files, dialects, config)
    if named or by_script or is_left_to_people:
        more, keys = _requirements_kept().read_beside(
            files, named, by_script, optional=_CONFIGURED, unnamed_too=is_left_to_people
        )
        lists.extend(more)
        left = left.difference(keys)
    declarations = tuple(declaration for one in lists for declaration in one.declarations)
    by_path = (LocalProject(one.folder, one.name) for one in declarations if one.folder is not None)
    return Stated(
        declarations,
        tuple(dict.fromkeys(glob for dialect in dialects for glob in dialect.members(files))),
        (*_path_sources(files, dialects), *by_path),
        _unread(files, dialects, left),
        _condensed([warning for one in lists for warning in one.warnings]),
        tuple(lacking for one in lists for lacking in one.lacking),
    )


def files_beside(files: ProjectFiles, dialects: Sequence[Dialect], config: Config) -> list[tuple[str, Place]]:
    """The files besides its pyproject.toml where the project declares, or may though they hold nothing yet.

    First those that it names or reads, then the setup.cfg or setup.py that states its dependencies. With each what it
    declares for.
    """
    named, by_script = _named(files, dialects, config)
    found = _requirements_kept().files_there(files, [*named, *by_script]) if named or by_script else []
    stating = (dialect.stating_file(files) for dialect in dialects) if "dependencies" in files.keys_left else ()
    return [*found, *((path, RUNTIME) for path in stating if path)]


def _named(
    files: ProjectFiles, dialects: Sequence[Dialect], config: Config
) -> tuple[list[tuple[str, Place]], list[tuple[str, Place]]]:
    """The requirements files, or globs of them, that the project's tables name, and those that a script reads."""
    named = [(file, _CONFIGURED) for file in config.requirements_files]
    named.extend(one for dialect in dialects for one in dialect.requirements_files(files))
    return named, [one for dialect in dialects for one in dialect.read_by_script(files)]


def _requirements_kept() -> ModuleType:
    from import_customs.project import requirements_kept  # 5 ms, with re; few projects keep such files

    return requirements_kept


def _is_left_to_people(files: ProjectFiles, dialects: Sequence[Dialect], config: Config) -> bool:
    """Whether only a setup.py or setup.cfg states dependencies: then what stands beside it counts as well."""
    if files.has_project_table or config.requirements_files or SETUPTOOLS_FILES.isdisjoint(files.beside):
        return False
    by_table = dialects[:-1]  # setuptools is the last that is asked
    return posixpath.basename(files.document.path) in PROJECT_FILES and not any(
        dialect.states_project(files) for dialect in by_table
    )


def _path_sources(files: ProjectFiles, dialects: Sequence[Dialect]) -> Iterator[LocalProject]:
    """The local projects that sources and requirements name, seen from the repository's root, as far as they are in it.

    An absolute path stays as it is.
    """
    for one in (one for dialect in dialects for one in dialect.path_sources(files)):
        if len(one.path) > LONGEST_PATH:
            continue
        stated = slashed(one.path)
        path = stated if stated.startswith("/") else joined(files.folder, stated)
        if not path.startswith("../"):
            yield one._replace(path=path)


def _unread(files: ProjectFiles, dialects: Sequence[Dialect], left: Collection[str]) -> Unread | None:
    """Where the keys that are left are not to be read; None where none is left."""
    if not left:
        return None
    if computing := next(filter(None, (dialect.unread(files) for dialect in dialects)), None):
        return computing
    path = files.document.path
    if not files.has_project_table:
        why = "are left to the build backend, without a [project] table" if path.endswith(PYPROJECT) else "are computed"
        return Unread(path, 0, why)
    why = f"are left to the build backend: `dynamic` names {' and '.join(sorted(left))}"
    return Unread(path, files.document.line_of("dynamic", "project"), why)


def _condensed(warnings: list[str]) -> tuple[str, ...]:
    """The warnings; of several invalid requirements the first, and how many there are."""
    invalid = [warning for warning in warnings if INVALID in warning]
    others = [warning for warning in warnings if INVALID not in warning]
    more = f" (and {len(invalid) - 1} more)" if len(invalid) > 1 else ""
    return (*(f"{warning}{more}" for warning in invalid[:1]), *others)
