"""Uses by a command: in build, CI, container and settings files, and where Python starts a process."""

from __future__ import annotations

import re

from import_customs.check.unused.here import Here, Kind
from import_customs.check.unused.uses.settings_text import read_for_uses
from import_customs.model.unused import Use

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from import_customs.check.unused.subject import Subject

# After a command: no more of a name, no version as a requirement has one, no value or block as a key has.
_AFTER = r"(?![\w-]|\.\w|\s*(?:[<>!~=]=|\[|[:=](?:\s|$)))"


def words(subject: Subject) -> list[str]:
    """Its commands; each distribution may have one of its own name."""
    return [subject.name, *subject.facts.commands]


def uses(here: Here, subject: Subject) -> Iterator[Use]:
    """The commands, and the tables `[tool.NAME]` that it is set up by."""
    listed = "|".join(map(re.escape, words(subject)))
    command = re.compile(rf"(?<![\w.@-])(?:{listed}){_AFTER}", re.MULTILINE)
    table = re.compile(rf"^[ \t]*\[{{1,2}}(?:tool[.:])?(?:{listed})(?:[.:][^\[\]\n]*)?\]", re.MULTILINE)
    for text, own_lines in here.files_holding(words(subject), "settings"):
        code = read_for_uses(text, own_lines)
        found = table.search(text.code) or command.search(code)
        if found:
            yield Use("command", text.path, text.line_of(found.start()), found[0].strip())
    started = re.compile(rf"[!%]*(?:{listed})(?:\s+\S|$)")
    known = [subject.name] if subject.facts.is_tool else []
    inside = re.compile(rf"(?<![\w.@/-])(?:{'|'.join(map(re.escape, [*known, *subject.facts.commands]))})(?=\s)")
    for text, own_lines in here.files_holding(words(subject), "python", "notebook"):
        for place, string in here.texts.strings(text.path):
            is_inside = (known or subject.facts.commands) and "\n" not in string and inside.search(string)
            if (started.match(string) or is_inside) and text.line_of(place) not in own_lines:
                yield Use("command", text.path, text.line_of(place), string.split("\n")[0][:80])
                break


KIND = Kind(words, uses)
