"""Uses by a part of another distribution called alike: pyarrow.cffi needs cffi, `x.cffi()` may need it."""

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

from import_customs import providers
from import_customs.check.unused.here import Here, Kind, named_modules, no_words
from import_customs.check.unused.subject import Subject
from import_customs.check.unused.texts import Text
from import_customs.model.later import pattern
from import_customs.model.unused import Use

_IMPORT = pattern(
    r"^[ \t]*(?:from[ \t]+(\w[\w.]*)[ \t]+import[ \t]+([\w, \t]+)|import[ \t]+(\w[\w.]*\.\w+))", re.MULTILINE
)
_CALL = pattern(r"(?<=[\w)\]])\.(\w+)\(")


def uses(here: Here, subject: Subject) -> Iterator[Use]:
    """The imports of such parts of declared distributions, and the calls of methods of that name."""
    modules = named_modules(subject)
    for text, _ in here.files_holding(modules, "python"):
        for module in modules:
            for part, place in _parts(text).get(module, ()):
                host = providers.declared_provider(part, here.project.declared)
                if host is not None and host != subject.name:
                    yield Use("optional", text.path, text.line_of(place), part)
            if module in _calls(text):
                what = f"what `.{module}()` calls may need it"
                yield Use("optional", text.path, text.line_of(_calls(text)[module]), what)


@lru_cache(maxsize=256)
def _parts(text: Text) -> Mapping[str, list[tuple[str, int]]]:
    """By name: the dotted modules that are imported and end in it, each with its place."""
    found: dict[str, list[tuple[str, int]]] = {}
    for one in _IMPORT.finditer(text.code):
        module = one[1] or one[3]
        names = module.split(".")
        dotted = [".".join(names[: end + 1]) for end in range(1, len(names[:20]))]
        dotted += [f"{module}.{name.split()[0]}" for name in (one[2] or "").split(",") if name.strip()]
        for part in dotted:
            found.setdefault(part.rpartition(".")[2], []).append((part, one.start()))
    return found


@lru_cache(maxsize=256)
def _calls(text: Text) -> Mapping[str, int]:
    """The names of the methods that are called, each with its first place."""
    return {one[1]: one.start() for one in reversed(list(_CALL.finditer(text.code)))}


KIND = Kind(no_words, uses)
