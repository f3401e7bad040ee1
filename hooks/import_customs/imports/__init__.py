"""Tell which modules a file imports: a superset quickly, or exactly, with line, column and guard."""

from import_customs.imports.source_file import SourceFile


def read_source(path: str, source: bytes) -> SourceFile:
    """The file at a path, with its bytes; a notebook if its name ends so."""
    if not path.endswith(".ipynb"):
        return SourceFile(path, source)
    from import_customs.imports.notebook import Notebook  # 8 ms, for json

    return Notebook(path, source)
