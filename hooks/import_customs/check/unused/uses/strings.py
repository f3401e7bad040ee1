"""Uses by a module's name in a string: INSTALLED_APPS, `backend = "django_redis.cache"`, `uvicorn app:main`."""

import re
from collections.abc import Iterator

from import_customs.check.unused.here import Here, Kind, named_modules
from import_customs.check.unused.places import search
from import_customs.check.unused.subject import Subject
from import_customs.check.unused.texts import Text
from import_customs.model.unused import Use

_OF_ROBOT = r"^Library(?:\t|[ \t]{2})[ \t]*"  # Robot Framework's User Guide, "Taking libraries into use"
_TOP_LEVEL_DOMAINS = r"(?!\.(?:com|org|io|net|dev|readthedocs|github|pypa|py|md|rst|txt|html|ya?ml|toml|json)\b)"

# Where a statement may begin in a string: code for `-c`, a template, a doctest, a cell of a notebook.
_BEFORE_IMPORT = r"(?:^|[;\"']|\\n|>>>|\.\.\.)[ \t]*"


def words(subject: Subject) -> list[str]:
    """Its modules, dotted ones in a namespace."""
    return named_modules(subject)


def uses(here: Here, subject: Subject) -> Iterator[Use]:
    """The strings of Python and of settings that name a module: whole, or before `.` or `:`. In documents dotted."""
    modules = words(subject)
    if not modules:
        return
    listed = "|".join(map(re.escape, sorted(modules, key=len, reverse=True)))
    leading = rf"(?:{listed})(?:[.:][\w*{{%]|$)"
    for text, own_lines in here.files_holding(modules, "python", "notebook"):
        for place, string in here.texts.strings(text.path).beginning(modules):
            if re.match(leading, string) and text.line_of(place) not in own_lines:
                yield Use("string", text.path, text.line_of(place), string.split("\n")[0][:80])
                break
        else:
            yield from _imported_in_strings(
                here, text, modules, rf"{_BEFORE_IMPORT}((?:import|from|%load_ext|%reload_ext)[ \t]+(?:{listed})\b)"
            )
    dotted = rf"(?<![\w.@/-])(?:{listed}){_TOP_LEVEL_DOMAINS}[.:][A-Za-z_]\w*"
    quoted = rf"(?<=[\"'])(?:{listed})(?=[\"'])|(?:-[mp][ \t]*|{_OF_ROBOT})(?:{listed})\b"
    imported = rf"^[ \t]*(?:>>>[ \t]*)?(?:import|from)[ \t]+(?:{listed})\b"
    # a change shows what the declaration was for: there a word of its own is enough, as in a list of YAML
    plain = rf"|(?<![\w.@/-])(?:{listed})(?![\w-]|\.\w|\s*[:=])" if here.is_change else ""
    for text, code in here.code_holding(modules, "settings", "document"):
        pattern = f"{dotted}|{imported}" if text.kind == "document" else f"{dotted}|{quoted}{plain}"
        if found := search(pattern, code, modules):
            yield Use("string", text.path, text.line_of(found.start()), found[0])


def _imported_in_strings(here: Here, text: Text, modules: list[str], pattern: str) -> Iterator[Use]:
    """The first import that a string of Python holds."""
    if search(pattern, text.source, modules):
        strings = here.texts.strings(text.path)
        for place, string in sorted((*strings.holding(modules), *strings.of_several_lines)):
            if found := search(pattern, string, modules):
                yield Use("string", text.path, text.line_of(place + found.start(1)), found[1])
                return


KIND = Kind(words, uses)
