"""Tell which modules a file imports: a superset quickly, or exactly, with line, column and guard."""

from import_customs.imports.source_file import SourceFile

_DATABRICKS = b"# Databricks notebook source"


def read_source(path: str, source: bytes) -> SourceFile:
    """The file at a path, with its bytes; a notebook if its name ends so, or if its first line says so."""
    if source.startswith(_DATABRICKS):
        from import_customs.imports.databricks import DatabricksSource  # 3 ms; few projects have such files

        return DatabricksSource(path, source)
    if not path.endswith(".ipynb"):
        return SourceFile(path, source)
    from import_customs.imports.notebook import Notebook  # 8 ms, for json

    return Notebook(path, source)
