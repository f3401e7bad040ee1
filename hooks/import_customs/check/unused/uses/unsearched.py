"""Uses that no text is searched for: by an import, by a file that is there for the distribution, by a `.pth` file."""

from collections.abc import Iterator

from import_customs.check.unused.here import Here, Kind, no_words
from import_customs.check.unused.subject import Subject, stubbed
from import_customs.model.unused import Use


def _imports(here: Here, subject: Subject) -> Iterator[Use]:
    """The imports that it may meet; of a stub distribution, those of what it holds the types of."""
    found = here.imported.get(subject.name, ())
    yield from (one._replace(kind="stub") for one in found) if stubbed(subject.name) else found


def _files(here: Here, subject: Subject) -> Iterator[Use]:
    """The first file of its own, such as `ruff.toml`, and the first of each form that it runs, such as `test_x.py`."""
    facts = subject.facts
    if facts.is_tool or facts.has_commands or facts.commands:
        own = (here.files_of_tools.get(name) for name in dict.fromkeys((subject.name, *facts.commands)))
        yield from (Use("command", path, 1, path.rpartition("/")[2]) for path in own if path)
    for form in facts.files:
        if path := here.first_file(form):
            yield Use("command", path, 1, form)


def _starting(_: Here, subject: Subject) -> Iterator[Use]:
    """One, of what the table says starts itself."""
    if subject.facts.starts_itself:
        yield Use("path", "", 0, "a .pth file runs it with every Python")


IMPORTS = Kind(no_words, _imports)
FILES = Kind(no_words, _files)
STARTING = Kind(no_words, _starting)
