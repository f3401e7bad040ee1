"""Find the folders that a project's own modules are imported from."""

from __future__ import annotations

import posixpath

from import_customs.model import relative
from import_customs.model.requirement import normalized
from import_customs.model.toml import at, strings
from import_customs.project.dialects.dialect import joined, slashed
from import_customs.project.module_files import but_packages

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from import_customs.project.dialects.dialect import Dialect, ProjectFiles

# Dotted keys of tools that build nothing; their value is a folder or an array of folders. Sources: the documentation of
# pytest (pythonpath), pyrefly, ty, ruff, isort and Pylint.
_FOLDERS = (
    "tool.pytest.ini_options.pythonpath",
    "tool.pytest.pythonpath",
    "tool.pyrefly.search-path",
    "tool.ty.environment.root",
    "tool.ty.environment.extra-paths",
)
_OF_LINTERS = ("tool.ruff.src", "tool.isort.src_paths", "tool.pylint.main.source-roots")
_IN_OTHER_FORMS = ("tool.mypy.mypy_path", "tool.pyright", "tool.basedpyright")  # what `tool_settings` reads
SETTINGS = frozenset(  # names of files
    "pytest.ini .pytest.ini pytest.toml .pytest.toml tox.ini setup.cfg mypy.ini .mypy.ini ruff.toml .ruff.toml ty.toml "
    "pyrefly.toml pyrightconfig.json .isort.cfg".split()
)


def find_source_roots(
    files: ProjectFiles, dialects: Sequence[Dialect], configured: tuple[str, ...] = ()
) -> tuple[str, ...]:
    """Folders from the repository's root, each once: the project's own, its `src`, and what its tools name.

    `configured` are those that [tool.import-customs] names, from the project's folder. A `*` stands for each folder
    there, as in ruff's `src`. What lies outside the repository is left out.
    """
    of_tools = (root for dialect in dialects for root in dialect.source_roots(files))
    named = (".", "src", *configured, *of_tools, *_named_plainly(files))
    is_more = any(at(files.document.table, keys) for keys in _IN_OTHER_FORMS) or any("*" in name for name in named)
    if is_more or not SETTINGS.isdisjoint(files.beside):
        from import_customs.project.tool_settings import with_settings  # 0.2 ms; few projects have more than these

        named = tuple(with_settings(files, named, configured))
    return configured_roots(files.folder, named)


def configured_roots(folder: str, named: tuple[str, ...]) -> tuple[str, ...]:
    """The folders that a project in `folder` names, from the repository's root, each once."""
    paths = (joined(folder, slashed(name)) for name in named)
    return tuple(dict.fromkeys(path for path in paths if not path.startswith(("../", "/"))))


def _named_plainly(files: ProjectFiles) -> Iterator[str]:
    """What tools that build nothing name plainly, such as pytest and type checkers."""
    table = files.document.table
    for keys in _FOLDERS:
        yield from strings(at(table, keys))
    for keys in _OF_LINTERS:
        yield from but_packages(files.tree, files.folder, strings(at(table, keys)))


def top_of_namespace(name: str, folder: str, file: str) -> str:
    """The folder of the namespace after which a project is called: acme/, for acme-billing with acme/billing/.

    That is one whose part of the project's name holds the file; "" for none. `folder` is the project's, `name` its
    normalized name.
    """
    parts = relative(file, folder).split("/")[:-1]
    for start in range(len(parts)):
        for end in range(start + 2, len(parts) + 1):
            if normalized("-".join(parts[start:end])) == name:
                return posixpath.join(folder, *parts[: start + 1])
    return ""
