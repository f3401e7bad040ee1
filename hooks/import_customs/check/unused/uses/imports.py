"""Uses by an import; of a stub distribution, by an import of what it holds the types of."""

from __future__ import annotations

from import_customs.check.unused.here import Here, Kind, no_words
from import_customs.check.unused.subject import Subject, stubbed

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from import_customs.model.unused import Use


def uses(here: Here, subject: Subject) -> Iterator[Use]:
    """The imports that it may meet."""
    found = here.imported.get(subject.name, ())
    yield from (one._replace(kind="stub") for one in found) if stubbed(subject.name) else found


KIND = Kind(no_words, uses)
