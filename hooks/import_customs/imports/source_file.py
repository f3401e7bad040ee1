"""Source of a file in, the modules that it imports out.

Two steps: `screen_file` is fast and names too many rather than too few; only for a file in which it leaves something
open, `imports_of` tells exactly: by `plain` where its imports are of the usual form, else by `syntax`. What only the
second needs is imported by it: ast alone costs 10 ms.
"""

from collections.abc import Collection
from functools import lru_cache

from import_customs.model import Import


def screen_file(path: str, source: bytes) -> tuple[set[str], bool]:
    """A superset of the absolute modules that a file imports, and whether a call may import more (see `screen`)."""
    from import_customs.imports.screen import screen  # 7 ms, for re

    if path.endswith(".ipynb"):
        from import_customs.imports import notebook  # 9 ms, for json

        source = notebook.python_source(source)
    return screen(source)


def names_taken(path: str, source: bytes, module: str) -> set[str] | None:
    """At least the names that the file takes `from module import …`; None where only `imports_of` can tell."""
    from import_customs.imports import screen_names  # 0.3 ms; only a namespace gets here

    return None if path.endswith(".ipynb") else screen_names.names_taken(source, module)


@lru_cache(maxsize=1)  # asked for by who shows a line of it, and for each import under a test of the version
def text_of(source: bytes) -> str:
    r"""The text of a file, with lines that end in `\n`."""
    return source.replace(b"\r\n", b"\n").replace(b"\r", b"\n").decode("utf-8", "replace")


def python_of(path: str, source: bytes) -> str:
    """The Python that a file holds: its text, or that of a notebook's cells."""
    if path.endswith(".ipynb"):
        from import_customs.imports import notebook  # 9 ms, for json

        source = notebook.python_source(source)
    return text_of(source)


def python_around(path: str, source: bytes, imported: Import) -> list[tuple[str, int]]:
    """The Python around an import of the file, and the import's line in it; several where a notebook holds it so."""
    if path.endswith(".ipynb"):
        from import_customs.imports import notebook  # 9 ms, for json

        return notebook.cells_around(source, imported)
    return [(python_of(path, source), imported.line)]


def imports_of(path: str, source: bytes, modules: Collection[str] | None = None) -> tuple[list[Import], list[str]]:
    """The absolute imports of a file, by line and column, and warnings, each the end of a sentence about the file.

    Where `modules` are given, as `screen_file` named them, those of others may be missing.
    In a notebook a line is one of the .ipynb file, and so is the column where the file holds a cell line by line.
    """
    if path.endswith(".ipynb"):
        from import_customs.imports import notebook  # 9 ms, for json

        return notebook.find_imports(source)
    from import_customs.imports import exact_usual  # 3 ms; only what may be a finding gets here
    from import_customs.model import source_text

    text, undecodable = source_text.decode(source)
    imports, broken = exact_usual.find_imports(text, modules), None
    if imports is None:
        from import_customs.imports import exact_ast  # 10 ms, for ast

        imports, broken = exact_ast.imports_of_text(text)
    return imports, [warning for warning in (undecodable or broken,) if warning is not None]
