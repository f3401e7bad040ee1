"""Uses of a plugin by what it brings: fixtures, marks and options of pytest's, the names that a settings file takes."""

from __future__ import annotations

import re

from import_customs.check.unused.here import Here, Kind
from import_customs.check.unused.settings_text import read_for_uses
from import_customs.model.unused import Use

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from import_customs.check.unused.subject import Subject


def words(subject: Subject) -> tuple[str, ...]:
    """What the table says it brings."""
    return subject.facts.words


def uses(here: Here, subject: Subject) -> Iterator[Use]:
    """The first place of each file, outside of comments."""
    if not words(subject):
        return
    listed = "|".join(map(re.escape, words(subject)))
    pattern = re.compile(rf"(?<![\w-])(?:{listed})(?![\w-])")
    for text, lines in here.files_holding(words(subject), "python", "notebook", "settings"):
        found = pattern.search(text.source) and pattern.search(read_for_uses(text, lines))
        if found:
            yield Use("plugin", text.path, text.line_of(found.start()), found[0])


KIND = Kind(words, uses)
