"""The declarations of [tool.poetry], of Poetry 1 and 2. Source: Poetry's documentation, "The pyproject.toml file"."""

import re
from typing import Any

from import_customs.project.declaration import RUNTIME, Declaration, Declared
from import_customs.project.document import Document
from import_customs.project.requirement import normalized

_CARET = re.compile(r"\^\s*(\d+)((?:\.\d+)*)")
_TILDE = re.compile(r"~\s*(\d+)(?:\.(\d+))?(?:\.\d+)*")
_EXACT = re.compile(r"=?=?\s*(\d+\.\d+)(?:\.\d+|\.\*)*")


def read(document: Document) -> Declared:
    """All declarations of the table. Raises CheckError where it is not of Poetry's form.

    Where `[project] dependencies` is static, a name that stands only in the table's dependencies is not installed and
    declares nothing.
    """
    found = Declared([], [])
    project = document.get("project", dict)
    if "dependencies" not in project:
        _table(document, "tool.poetry.dependencies", RUNTIME, found)
    _table(document, "tool.poetry.dev-dependencies", "group dev", found)
    for group in document.get("tool.poetry.group", dict):
        keys = f"tool.poetry.group.{group}.dependencies"
        _table(document, keys, f"group {normalized(group)}", found, group)
    return found


def requires_python(document: Document) -> str:
    """The `python` key as PEP 440 writes it; "" where there is none, and for alternatives, which it cannot write."""
    wanted = document.get("tool.poetry.dependencies", dict).get("python", "")
    if not isinstance(wanted, str) or "|" in wanted or wanted.strip() in ("", "*"):
        return ""
    return ",".join(_clause(clause.strip()) for clause in wanted.split(",") if clause.strip())


def _clause(clause: str) -> str:
    if caret := _CARET.fullmatch(clause):
        return f">={caret[1]}{caret[2]},<{int(caret[1]) + 1}"
    if tilde := _TILDE.fullmatch(clause):
        lowest = clause.lstrip("~ ")
        upper = f"{tilde[1]}.{int(tilde[2]) + 1}" if tilde[2] else str(int(tilde[1]) + 1)
        return f">={lowest},<{upper}"
    if exact := _EXACT.fullmatch(clause):
        return f"=={exact[1]}.*"
    return clause


def _table(document: Document, keys: str, place: str, found: Declared, group: str = "") -> None:
    parts = ("tool.poetry.group", dict, group, "dependencies") if group else (keys, dict)
    for name, wanted in document.get(*parts).items():
        if normalized(name) == "python":
            continue
        for one in wanted if isinstance(wanted, list) else [wanted]:
            if not isinstance(one, str | dict):
                raise document.wrong(f"{keys}.{name}", "a string, a table or an array of tables", one)
            found.declarations.append(_declaration(document, keys, name, one, place))


def _declaration(document: Document, keys: str, name: str, wanted: str | dict[str, Any], place: str) -> Declaration:
    told: dict[str, Any] = wanted if isinstance(wanted, dict) else {}
    extras, marker = told.get("extras", []), told.get("markers", "")
    return Declaration(
        name=normalized(name),
        extras=tuple(sorted(normalized(extra) for extra in extras if isinstance(extra, str))),
        marker=marker if isinstance(marker, str) else "",
        place=place,
        path=document.path,
        line=document.line_of_key(name, keys),
    )
