"""Tell what the build imports to ask it for the version.

Only findings get here. Sources: the documentation of PDM ("Dynamic project version"), Hatch ("Code version source") and
setuptools ("Configuring setuptools using pyproject.toml files").
"""

from __future__ import annotations

import posixpath

from import_customs.model import PYPROJECT
from import_customs.model.later import re
from import_customs.model.source_text import is_file
from import_customs.model.toml import at, parse, strings
from import_customs.project.dialects.dialect import paths_of_module, table_at

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from import_customs.model import Tree

_LITERAL = r"""^{}[ \t]*(?::[^=\n]+)?=[ \t]*["'(\d]"""  # setuptools reads this as text, and imports nothing


def files_asked(tree: Tree, path: str, source_roots: Sequence[str]) -> Iterator[str]:
    """The files of the repository that the build imports for what they say; `path` states the project."""
    folder, _, name = path.rpartition("/")
    source = tree.read(path) if name == PYPROJECT else None
    tables = parse(source, path).table if source is not None else {}
    version = table_at(tables, "tool", "hatch", "version")
    if version.get("source") == "code":
        yield from (posixpath.join(folder, one) for one in strings(version.get("path")))
    roots = dict.fromkeys((folder, *source_roots))
    for module, attribute in _asked(tables):
        for file in (posixpath.join(root, one) for root in roots for one in paths_of_module(module)):
            if is_file(tree, file):
                if not attribute or not _is_literal(tree.read(file) or b"", attribute):
                    yield file
                break


def _asked(tables: dict[str, object]) -> Iterator[tuple[str, str]]:
    """Modules, each with the attribute that is read as text if it is a literal; "" where the module is run anyhow."""
    version = table_at(tables, "tool", "pdm", "version")
    if version.get("source") == "call":
        yield from ((one.partition(":")[0], "") for one in strings(version.get("getter")))
    for stated in strings(at(tables, "tool.setuptools.dynamic.version.attr")):
        module, _, name = stated.rpartition(".")
        if module:
            yield module, name


def _is_literal(source: bytes, attribute: str) -> bool:
    return re.search(_LITERAL.format(re.escape(attribute)).encode(), source, re.MULTILINE) is not None
