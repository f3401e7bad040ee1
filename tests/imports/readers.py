"""The readers of imports, each as a function of a file's bytes."""

from import_customs.imports import exact_ast, read_source
from import_customs.model.source_text import decode


def screen(source: bytes):
    """What the screen says of a Python file."""
    return read_source("x.py", source).screened()


def screen_names(source: bytes, module: str):
    """What the screen says of the names that a Python file takes from the module."""
    return read_source("x.py", source).screened_names(module)


def find_imports(source: bytes):
    """The imports of a Python file by `ast`, or where that fails by a scan, and a warning."""
    text, undecodable = decode(source)
    imports, warning = exact_ast.find_imports(text)
    return imports, undecodable or warning
