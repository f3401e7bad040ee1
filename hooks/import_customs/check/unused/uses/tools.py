"""Possible uses by a person: a command-line tool that is declared for development needs no file that names it.

Where a change removed its last import, that is no excuse, but for a debugger: people put it into code for a while.
"""

from __future__ import annotations

from import_customs.check.unused.here import Here, Kind, no_words
from import_customs.model.unused import Use

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from import_customs.check.unused.subject import Subject


def uses(here: Here, subject: Subject) -> Iterator[Use]:
    """One, for a tool."""
    facts = subject.facts
    is_tool = facts.is_tool or (facts.has_commands and all(one.place.kind == "group" for one in subject.declarations))
    if facts.is_interactive or (is_tool and subject.is_for_development and not here.is_change):
        yield Use("command", "", 0, "it may be used by hand")


KIND = Kind(no_words, uses)
