"""Tell which modules a file imports: a superset quickly, or exactly, with line, column and guard."""

from import_customs.imports.source_file import SourceFile

NOTEBOOK = ".ipynb"  # what a notebook's name ends in
_DATABRICKS = b"# Databricks notebook source"


def read_source(path: str, source: bytes) -> SourceFile:
    """The file at a path, with its bytes; a notebook if its name ends so, or if its first line says so."""
    if not path.endswith(NOTEBOOK) and not source.startswith(_DATABRICKS):
        return SourceFile(path, source)
    from import_customs.imports.notebooks import read_notebook  # 4 ms, with re; few files are notebooks

    return read_notebook(path, source)
