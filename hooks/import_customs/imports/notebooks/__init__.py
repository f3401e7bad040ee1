"""Read notebooks, of Jupyter and of Databricks: their cells, magics and languages, as the Python that they run."""

from import_customs.imports.notebooks.databricks import DatabricksSource
from import_customs.imports.notebooks.jupyter import Notebook
from import_customs.imports.source_file import SourceFile


def read_notebook(path: str, source: bytes) -> SourceFile:
    """The notebook at a path: the JSON of Jupyter, or what Databricks keeps as a file of Python."""
    return Notebook(path, source) if path.endswith(".ipynb") else DatabricksSource(path, source)
