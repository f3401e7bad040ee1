"""Find the code cells in the JSON of a notebook. Source: nbformat 4, and 3, its older form."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any


class PlacedText(str):
    """A string of the JSON that knows where it stands."""

    at: int  # of its first character in the file's text, from 0


_DATABRICKS = "application/vnd.databricks.v1+notebook"


def in_databricks(notebook: object) -> bool:
    """True for a notebook of Databricks, where a magic of one sign may be the language of its cell."""
    return isinstance(notebook, dict) and _DATABRICKS in _table(notebook, "metadata")


def code_cells(notebook: object) -> Iterator[tuple[int, list[str]]]:
    """The number of each cell of Python, and the strings that it consists of.

    A cell is in the notebook's language, which is that of its kernel, unless it states another.
    """
    if not isinstance(notebook, dict):
        return
    metadata = _table(notebook, "metadata")
    of_kernel = [_table(metadata, "kernelspec").get("language"), _table(metadata, "language_info").get("name")]
    of_databricks = _table(metadata, _DATABRICKS).get("language")
    is_python = _has_python([of_databricks] if of_databricks else of_kernel)
    worksheets = [sheet for sheet in _list(notebook, "worksheets") if isinstance(sheet, dict)]
    cells = (cell for holder in [notebook, *worksheets] for cell in _list(holder, "cells"))
    for number, cell in enumerate(cells, 1):
        if not isinstance(cell, dict) or cell.get("cell_type") != "code":
            continue
        source = cell.get("source", cell.get("input"))
        parts = [source] if isinstance(source, str) else source if isinstance(source, list) else []
        texts = [part for part in parts if isinstance(part, str)]
        in_python = _DATABRICKS in metadata and "".join(texts).split(None, 1)[:1] == ["%python"]
        stated = ["python"] if in_python else _languages_of_cell(cell)
        if _has_python(stated) if any(stated) else is_python:
            yield number, [_with_newlines(text) for text in texts]


def _languages_of_cell(cell: dict[str, Any]) -> list[Any]:
    """What a cell states: in nbformat 3, in VS Code, in Polyglot Notebooks, in SoS."""
    metadata = _table(cell, "metadata")
    tables = (("vscode", "languageId"), ("dotnet_interactive", "language"), ("polyglot_notebook", "kernelName"))
    of_tools = (_table(metadata, table).get(key) for table, key in tables)
    stated = [cell.get("language"), metadata.get("kernel"), *of_tools]
    return [one for one in stated if isinstance(one, str) and one]


def _with_newlines(part: str) -> str:
    if "\r" not in part:
        return part
    replaced = PlacedText(part.replace("\r\n", "\n").replace("\r", "\n"))
    replaced.at = getattr(part, "at", 0)
    return replaced


def without_surrogates(text: str) -> str:
    """The text with "?" for each half of a surrogate pair, which an escape may be, and which fails any parser."""
    return text.encode("utf-8", "replace").decode()


def _has_python(stated: list[Any]) -> bool:
    """True if one of the languages that are stated is Python, or if none is."""
    languages = [language for language in stated if isinstance(language, str) and language]
    return not languages or any("python" in language.lower() for language in languages)


def _table(holder: dict[str, Any], key: str) -> dict[str, Any]:
    value = holder.get(key)
    return value if isinstance(value, dict) else {}


def _list(holder: dict[str, Any], key: str) -> list[Any]:
    value = holder.get(key)
    return value if isinstance(value, list) else []
