"""Uses by a command: in build, CI, container and settings files, and where Python starts a process."""

import re
from collections.abc import Iterator
from functools import lru_cache

from import_customs.check.unused.here import Here, Kind
from import_customs.check.unused.places import search
from import_customs.check.unused.settings_text import tables_of
from import_customs.check.unused.subject import Subject
from import_customs.model.later import pattern
from import_customs.model.unused import Use

# After a command: no more of a name, no version as a requirement has one, no value or block as a key has.
_AFTER = r"(?![\w-]|\.\w|\s*(?:[<>!~=]=|\[|[:=](?:\s|$)))"

_ADDRESS = pattern(r"(?<=://)[^\s\"'`<>]+")
# What no command is followed by, and no command line of words ends in.
_PROSE = pattern(
    r"\S+\s+(?:is|are|was|were|has|have|had|must|can|cannot|could|may|might|should|shall|will|would|does|needs|requires)\s"
    r"|\S+(?:\s+\S+)+[a-z)]\.$"
)


def words(subject: Subject) -> list[str]:
    """Its commands, also as the names of tables are written; each distribution may have one of its own name."""
    commands = _commands(subject)
    return list(dict.fromkeys([*commands, *(one.replace("-", "_") for one in commands)]))


def _commands(subject: Subject) -> list[str]:
    return list(dict.fromkeys([subject.name, *subject.facts.commands]))


def uses(here: Here, subject: Subject) -> Iterator[Use]:
    """The commands, and the tables `[tool.NAME]` that it is set up by."""
    yield from _tables(here, subject)
    listed = "|".join(map(re.escape, _commands(subject)))
    run = rf"(?:(?<![\w.@-])|^[ \t]*[@-]{{1,2}})(?:{listed}){_AFTER}"  # `@` and `-` as make and just have them
    for text, code in here.code_holding(_commands(subject), "settings"):
        if found := search(run, _without_addresses(code), _commands(subject)):
            yield Use("command", text.path, text.line_of(found.end()), found[0].strip(" \t@-"))
    yield from _started(here, subject, listed)


@lru_cache(maxsize=32)
def _without_addresses(code: str) -> str:
    """The code, in which addresses are blank: a repository is called like what it holds."""
    return _ADDRESS.sub(lambda found: " " * len(found[0]), code) if "://" in code else code


def _tables(here: Here, subject: Subject) -> Iterator[Use]:
    for text, _ in here.files_holding(words(subject), "settings"):
        place = next((tables_of(text)[one] for one in _commands(subject) if one in tables_of(text)), None)
        if place is not None:
            line = text.line_of(place)
            yield Use("command", text.path, line, text.source.split("\n", line)[line - 1].strip())


def _started(here: Here, subject: Subject, listed: str) -> Iterator[Use]:
    """The strings of Python that are a command, or begin with one; of a known command also those that hold it."""
    is_command = subject.facts.is_tool or subject.facts.has_commands
    known = dict.fromkeys([*([subject.name] if is_command else []), *subject.facts.commands])
    leading = rf"[!%]*(?:{listed})(?:\s+\S|$)"
    inside = rf"(?<![\w.@/-])(?:{'|'.join(map(re.escape, known))})(?=\s)"
    for text, own_lines in here.files_holding(_commands(subject), "python", "notebook"):
        strings = here.texts.strings(text.path)
        found = [one for one in strings.beginning(_commands(subject)) if re.match(leading, one[1])]
        found = [one for one in found if not _PROSE.match(one[1])]
        found += [one for one in strings.holding(known) if re.search(inside, one[1])]
        for place, string in sorted(found):
            if text.line_of(place) not in own_lines:
                yield Use("command", text.path, text.line_of(place), string.split("\n")[0][:80])
                break


KIND = Kind(words, uses)
