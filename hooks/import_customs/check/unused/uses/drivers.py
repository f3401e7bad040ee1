"""Uses of a driver, by its scheme or engine: `postgresql://…`, `django.db.backends.postgresql`."""

import re
from collections.abc import Iterator

from import_customs.check.unused.here import Here, Kind
from import_customs.check.unused.places import search
from import_customs.check.unused.settings_text import read_for_uses
from import_customs.check.unused.subject import Subject
from import_customs.model.unused import Use


def words(subject: Subject) -> tuple[str, ...]:
    """The schemes of the table."""
    return subject.facts.schemes


def uses(here: Here, subject: Subject) -> Iterator[Use]:
    """The first place of each file."""
    if not words(subject):
        return
    listed = "|".join(map(re.escape, words(subject)))
    pattern = rf"(?<![a-zA-Z])(?:{listed})(?![a-zA-Z])"
    for text, lines in here.files_holding(words(subject), "python", "notebook", "settings", "document"):
        is_likely = search(pattern, text.source, words(subject))
        found = is_likely and search(pattern, read_for_uses(text, lines), words(subject))
        if found:
            yield Use("driver", text.path, text.line_of(found.start()), found[0])


KIND = Kind(words, uses)
