"""Uses of what starts with every Python: a `.pth` file of the distribution runs it."""

from __future__ import annotations

from import_customs.check.unused.here import Here, Kind, no_words
from import_customs.model.unused import Use

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from import_customs.check.unused.subject import Subject


def uses(_: Here, subject: Subject) -> Iterator[Use]:
    """One, of what the table says starts itself."""
    if subject.facts.starts_itself:
        yield Use("path", "", 0, "a .pth file runs it with every Python")


KIND = Kind(no_words, uses)
