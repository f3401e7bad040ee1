"""The declarations of the standard tables: [project], [dependency-groups], [build-system].

Sources: the pyproject.toml specification, PEP 735 (dependency groups), PEP 518 (build-system).
"""

from import_customs.model import BUILD, RUNTIME, Declaration, Place
from import_customs.model.requirement import normalized
from import_customs.model.toml import Document
from import_customs.project.declarations import Declared, declared


def read(document: Document) -> Declared:
    """All declarations of the standard tables. Raises CheckError where a table is not of the standard's form."""
    parts = [
        declared(document, "project.dependencies", document.get("project.dependencies", list), RUNTIME),
        *_extras(document),
        *_groups(document),
        declared(document, "build-system.requires", document.get("build-system.requires", list), BUILD),
    ]
    itself = normalized(document.get("project.name", str))
    return Declared(
        [found for part in parts for found in part.declarations if not _self_reference(found, itself)],
        [warning for part in parts for warning in part.warnings],
    )


def _self_reference(declaration: Declaration, itself: str) -> bool:
    """Whether it names the project's own extras, which declare what they list and not the project."""
    return declaration.name == itself and bool(declaration.extras)


def _extras(document: Document) -> list[Declared]:
    found = []
    for extra in document.get("project.optional-dependencies", dict):
        keys = f"project.optional-dependencies.{extra}"
        found.append(
            declared(
                document,
                keys,
                document.get("project.optional-dependencies", list, extra),
                Place("extra", normalized(extra)),
            )
        )
    return found


def _groups(document: Document) -> list[Declared]:
    groups = document.get("dependency-groups", dict)
    names = {normalized(group) for group in groups}
    found = []
    for group in groups:
        keys = f"dependency-groups.{group}"
        entries = document.get("dependency-groups", list, group)
        included = [entry["include-group"] for entry in entries if _is_include(entry)]
        listed = [entry for entry in entries if not _is_include(entry)]
        part = declared(document, keys, listed, Place("group", normalized(group)))
        line = document.line_of(group, "dependency-groups")
        part.warnings.extend(
            f"{document.path}:{line}:1: group `{group}` includes `{name}`, which is no group here"
            for name in included
            if normalized(name) not in names
        )
        found.append(part)
    return found


def _is_include(entry: object) -> bool:
    return isinstance(entry, dict) and list(entry) == ["include-group"] and isinstance(entry["include-group"], str)
