"""Uses by a file that is there for the distribution: settings of its own, `ruff.toml`, or what it runs, `test_x.py`."""

from __future__ import annotations

from import_customs.check.unused.here import Here, Kind, no_words
from import_customs.model.unused import Use

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from import_customs.check.unused.subject import Subject


def uses(here: Here, subject: Subject) -> Iterator[Use]:
    """The first file of its own, and the first of each form that it runs."""
    facts = subject.facts
    if facts.is_tool or facts.has_commands or facts.commands:
        own = (here.files_of_tools.get(name) for name in dict.fromkeys((subject.name, *facts.commands)))
        yield from (Use("command", path, 1, path.rpartition("/")[2]) for path in own if path)
    for form in facts.files:
        if path := here.first_file(form):
            yield Use("command", path, 1, form)


KIND = Kind(no_words, uses)
