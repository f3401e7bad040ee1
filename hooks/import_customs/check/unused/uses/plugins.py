"""Uses of a plugin by what it brings: fixtures, marks and options of pytest's, the names that a settings file takes."""

import re
from collections.abc import Iterable, Iterator

from import_customs.check.unused.here import Here, Kind
from import_customs.check.unused.places import search
from import_customs.check.unused.settings_text import read_for_uses
from import_customs.check.unused.subject import Subject
from import_customs.model.unused import Use


def words(subject: Subject) -> tuple[str, ...]:
    """What the table says it brings, and the names of its entry points."""
    return (*subject.facts.words, *subject.facts.entry_points)


def uses(here: Here, subject: Subject) -> Iterator[Use]:
    """The first place of each file, outside of comments; in Python the name of an entry point is a whole string."""
    if not words(subject):
        return
    in_settings = rf"(?<![\w-])(?:{_any(words(subject))})(?![\w-])"
    quoted = rf"(?<=[\"'])(?:{_any(subject.facts.entry_points)})(?=[\"'])" if subject.facts.entry_points else ""
    plain = rf"(?<![\w-])(?:{_any(subject.facts.words)})(?![\w-])" if subject.facts.words else ""
    in_python = "|".join(filter(None, (plain, quoted)))
    for text, lines in here.files_holding(words(subject), "python", "notebook", "settings"):
        pattern = in_settings if text.kind == "settings" else in_python
        is_likely = search(pattern, text.source, words(subject))
        found = is_likely and search(pattern, read_for_uses(text, lines), words(subject))
        if found:
            yield Use("plugin", text.path, text.line_of(found.start()), found[0])


def _any(listed: Iterable[str]) -> str:
    return "|".join(map(re.escape, listed))


KIND = Kind(words, uses)
