"""Uses by a command: in build, CI, container and settings files, and where Python starts a process."""

from __future__ import annotations

import re

from import_customs.check.unused.here import Here, Kind
from import_customs.check.unused.settings_text import headers_of
from import_customs.model.unused import Use

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from import_customs.check.unused.subject import Subject

# After a command: no more of a name, no version as a requirement has one, no value or block as a key has.
_AFTER = r"(?![\w-]|\.\w|\s*(?:[<>!~=]=|\[|[:=](?:\s|$)))"


def words(subject: Subject) -> list[str]:
    """Its commands; each distribution may have one of its own name."""
    return list(dict.fromkeys([subject.name, *subject.facts.commands]))


def uses(here: Here, subject: Subject) -> Iterator[Use]:
    """The commands, and the tables `[tool.NAME]` that it is set up by."""
    yield from _tables(here, subject)
    listed = "|".join(map(re.escape, words(subject)))
    for text, code in here.code_holding(words(subject), "settings"):
        if found := re.search(rf"(?<![\w.@-])(?:{listed}){_AFTER}", code, re.MULTILINE):
            yield Use("command", text.path, text.line_of(found.start()), found[0].strip())
    yield from _started(here, subject, listed)


def _tables(here: Here, subject: Subject) -> Iterator[Use]:
    listed = "|".join(map(re.escape, words(subject)))
    pattern = rf"^[ \t]*\[{{1,2}}(?:tool[.:])?(?:{listed})(?:[.:][^\[\]\n]*)?\]"
    for text, _ in here.files_holding(words(subject), "settings"):
        is_likely = any(word in headers_of(text) for word in words(subject))
        if is_likely and (found := re.search(pattern, text.code, re.MULTILINE)):
            yield Use("command", text.path, text.line_of(found.start()), found[0].strip())


def _started(here: Here, subject: Subject, listed: str) -> Iterator[Use]:
    """The strings of Python that are a command, or begin with one; of a known command also those that hold it."""
    files = list(here.files_holding(words(subject), "python", "notebook"))
    if not files:
        return
    leading = re.compile(rf"[!%]*(?:{listed})(?:\s+\S|$)")
    known = [*([subject.name] if subject.facts.is_tool else []), *subject.facts.commands]
    inside = re.compile(rf"(?<![\w.@/-])(?:{'|'.join(map(re.escape, known))})(?=\s)") if known else None
    begins = re.compile(rf"[\"'][!%]*(?:{listed})")
    for text, own_lines in files:
        if not (begins.search(text.source) or (inside is not None and inside.search(text.source))):
            continue  # most files: to find the strings of one takes 20 times as long
        for place, string in here.texts.strings(text.path):
            is_inside = inside is not None and "\n" not in string and inside.search(string)
            if (leading.match(string) or is_inside) and text.line_of(place) not in own_lines:
                yield Use("command", text.path, text.line_of(place), string.split("\n")[0][:80])
                break


KIND = Kind(words, uses)
