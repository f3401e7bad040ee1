"""The declarations of [tool.poetry], of Poetry 1 and 2. Source: Poetry's documentation, "The pyproject.toml file"."""

from typing import Any

from import_customs.model import RUNTIME, Declaration, Place
from import_customs.model.requirement import normalized
from import_customs.model.toml import Document
from import_customs.project.declarations import Declared, extras
from import_customs.project.dialects.poetry_constraint import marker, specifier

_CONDITIONS = ("markers", "python", "platform")
_PLATFORM = 'sys_platform == "{}"'  # what the key `platform` stands for


def read(document: Document) -> Declared:
    """All declarations of the table. Raises CheckError where it is not of Poetry's form.

    Where `[project] dependencies` lists any, a name that stands only in the table's dependencies is not installed and
    declares nothing. Source: poetry-core, DependencyGroup.
    """
    found = Declared([], [])
    if not document.get("project.dependencies", list):
        _table(document, "tool.poetry.dependencies", RUNTIME, found)
    _table(document, "tool.poetry.dev-dependencies", Place("group", "dev"), found)
    for group in document.get("tool.poetry.group", dict):
        keys = f"tool.poetry.group.{group}.dependencies"
        _table(document, keys, Place("group", normalized(group)), found, group)
    return found


def requires_python(document: Document) -> str:
    """The `python` key as PEP 440 writes it; "" where there is none."""
    wanted = document.get("tool.poetry.dependencies", dict).get("python", "")
    told = wanted.get("version", "") if isinstance(wanted, dict) else wanted
    return specifier(told) if isinstance(told, str) else ""


def _table(document: Document, keys: str, place: Place, found: Declared, group: str = "") -> None:
    parts = ("tool.poetry.group", dict, group, "dependencies") if group else (keys, dict)
    for name, wanted in document.get(*parts).items():
        if normalized(name) == "python":
            continue
        for one in wanted if isinstance(wanted, list) else [wanted]:
            if not isinstance(one, str | dict):
                raise document.wrong(f"{keys}.{name}", "a string, a table or an array of tables", one)
            found.declarations.append(_declaration(document, keys, name, one, place))


def _declaration(document: Document, keys: str, name: str, wanted: str | dict[str, Any], place: Place) -> Declaration:
    told: dict[str, Any] = wanted if isinstance(wanted, dict) else {}
    return Declaration(
        name=normalized(name),
        extras=extras(document, f"{keys}.{name}", told),
        marker=_marker(told),
        place=place,
        path=document.path,
        line=document.line_of_key(name, keys),
    )


def _marker(told: dict[str, Any]) -> str:
    """What the keys `markers`, `python` and `platform` ask for together."""
    markers, python, platform = (one if isinstance(one, str) else "" for one in map(told.get, _CONDITIONS))
    parts = [f"({markers})" if markers and (python or platform) else markers]
    parts.extend([marker(python), _PLATFORM.format(platform) if platform.isalnum() else ""])
    return " and ".join(part for part in parts if part)
