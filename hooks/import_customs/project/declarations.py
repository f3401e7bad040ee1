"""What one declaration is, and how a list of requirements becomes some."""

from __future__ import annotations

from import_customs.model import Declaration, Place
from import_customs.model.requirement import Name, leading, normalized, parse
from import_customs.model.value import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from import_customs.model.toml import Document

INVALID = "not a valid requirement"


class Declared(NamedTuple):
    """What one part of a file declares, and what is odd about it."""

    declarations: list[Declaration]
    warnings: list[str]


def declared(document: Document, keys: str, requirements: Sequence[object], place: Place) -> Declared:
    """The declarations of a list of requirements that stands at `keys` of the document.

    Raises CheckError where an entry is no string. What packaging rejects declares its leading name, with a warning.
    """
    found = Declared([], [])
    for text in requirements:
        if not isinstance(text, str):
            raise document.wrong(keys, "an array of strings", text)
        add(found, text, place, document.path, document.line_of(text, keys.rpartition(".")[0]))
    return found


def extras(document: Document, keys: str, told: dict[str, Any]) -> tuple[Name, ...]:
    """The extras of a requirement that is a table at `keys`. Raises CheckError where they are no array of strings."""
    listed = told.get("extras", [])
    if not isinstance(listed, list) or not all(isinstance(extra, str) for extra in listed):
        raise document.wrong(f"{keys}.extras", "an array of strings", listed)
    return tuple(sorted(map(normalized, listed)))


def add(found: Declared, text: str, place: Place, path: str, line: int, folder: str | None = None) -> None:
    """Add to `found` what the requirement declares that stands on a line (from 1) of a file."""
    requirement = parse(text)
    if requirement is None:
        requirement = leading(text)
        outcome = f"read as `{requirement.name}`" if requirement else "passed over"
        found.warnings.append(f"{path}:{line}:1: {INVALID}: {text!r}; {outcome}")
    if requirement:
        name, extras, marker = requirement
        found.declarations.append(Declaration(name, extras, marker, place, path, line, folder))
