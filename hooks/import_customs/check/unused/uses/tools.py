"""Possible uses by a person: a command-line tool that is declared for development needs no file that names it.

Where a change removed its last import, that is no excuse, but for a debugger: people put it into code for a while.
"""

from collections.abc import Iterator

from import_customs.check.unused.here import FOR_DEVELOPERS, Here, Kind, no_words
from import_customs.check.unused.subject import Subject, stubbed
from import_customs.model import Place
from import_customs.model.unused import Use
from import_customs.providers.requires import is_read
from import_customs.providers.uses import Facts


def uses(here: Here, subject: Subject) -> Iterator[Use]:
    """One, for a tool."""
    facts = subject.facts
    is_ours = not here.is_change and all(_is_for_developers(one.place) for one in subject.declarations)
    is_tool = (facts.is_tool and subject.is_for_development and not here.is_change) or (facts.has_commands and is_ours)
    if facts.is_interactive or is_tool:
        yield Use("command", "", 0, "it may be used by hand")
    elif is_ours and facts == Facts() and not stubbed(subject.name) and not is_read(subject.name):
        yield Use("command", "", 0, "which commands and plugins it brings is not known")


def _is_for_developers(place: Place) -> bool:
    return place.kind == "group" or (place.kind == "extra" and place.name in FOR_DEVELOPERS)


KIND = Kind(no_words, uses)
