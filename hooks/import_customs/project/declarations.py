"""Make declarations of the requirements that a project's files list."""

from __future__ import annotations

from import_customs.model import Declaration, Place, Unread
from import_customs.model.later import re
from import_customs.model.requirement import Name, leading, normalized, parse
from import_customs.model.value import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import Any

    from import_customs.model import PlaceKind
    from import_customs.model.toml import Document

INVALID = "not a valid requirement"
_EGG = r"[#&]egg=([A-Za-z0-9][A-Za-z0-9._-]*(?:\[[^\]]*\])?)"
_EDITABLE = r"\s*+-e\s++(.+)"


class DeclaredList(NamedTuple):
    """What one list of requirements declares, and what is odd about it."""

    declarations: list[Declaration]
    warnings: list[str]
    lacking: list[Unread]  # what cannot be read


def declare_list(document: Document, keys: str, requirements: Sequence[object], place: Place) -> DeclaredList:
    """The declarations of a list of requirements that stands at `keys` of the document.

    Raises CheckError where an entry is no string. What packaging rejects declares its leading name, with a warning.
    """
    found = DeclaredList([], [], [])
    start = document.start_of(keys)
    for text in requirements:
        if not isinstance(text, str):
            raise document.wrong(keys, "an array of strings", text)
        declare(found, text, place, document.path, document.line_after(start, text))
    return found


def declare_table(document: Document, keys: str, kind: PlaceKind) -> Iterator[DeclaredList]:
    """The declarations of each list in the table that stands at `keys`; its name is that of the place."""
    for name in document.get(keys, dict):
        listed = document.get(keys, list, name)
        yield declare_list(document, f"{keys}.{name}", listed, Place(kind, normalized(name)))


def declare(
    found: DeclaredList,
    text: str,
    place: Place,
    path: str,
    line: int,
    folder: str | None = None,
    *,
    is_location: bool = False,
) -> None:
    """Add to `found` what the requirement declares that stands on a line (from 1) of a file.

    `folder` is that of the local project which the requirement names by its path. `is_location` says that it stands
    for a URL or a path, as one with `@` does anyhow.
    """
    requirement = parse(text)
    if requirement is None:
        requirement = leading(text)
        odd = Unread(path, line, f"{INVALID}: {text!r}")
        if requirement:
            found.warnings.append(f"{placed(odd)}; read as `{requirement.name}`")
        else:
            found.lacking.append(odd)
    if requirement:
        name, extras, marker = requirement
        is_elsewhere = is_location or "@" in text
        found.declarations.append(Declaration(name, extras, marker, place, path, line, folder, is_elsewhere))


def placed(unread: Unread) -> str:
    """What cannot be read as a note says it, with its place."""
    place = f"{unread.path}:{unread.line}:1" if unread.line else unread.path
    return f"{place}: {unread.why}"


def extras_of(document: Document, keys: str, requirement: dict[str, Any]) -> tuple[Name, ...]:
    """The extras of a requirement that is a table at `keys`. Raises CheckError where they are no array of strings."""
    listed = requirement.get("extras", [])
    if not isinstance(listed, list) or not all(isinstance(extra, str) for extra in listed):
        raise document.wrong(f"{keys}.extras", "an array of strings", listed)
    return tuple(sorted(map(normalized, listed)))


def egg_in(location: str) -> str | None:
    """The requirement that `#egg=` in a URL or path names. Source: pip's documentation, "VCS Support"."""
    egg = re.search(_EGG, location) if "egg=" in location else None
    return egg[1] if egg else None


def without_editable(line: object) -> object:
    """A requirement; an editable line (`-e ./path`) as the requirement of its egg, else of its last folder."""
    editable = re.fullmatch(_EDITABLE, line, re.DOTALL) if isinstance(line, str) else None
    if editable is None:
        return line
    return egg_in(editable[1]) or editable[1].rstrip().rstrip("/").rpartition("/")[2] or line
