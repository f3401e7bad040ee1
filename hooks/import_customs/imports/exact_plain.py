"""Find imports that are plainly statements of one line at the first column, as most new ones are.

It takes no pattern, so `re` is not loaded for them, nor are any compiled: 7 ms. Whatever may be something else is left
to `exact_usual`; tests/imports/test_exact_plain.py holds the two together.
"""

from collections.abc import Collection
from keyword import iskeyword

from import_customs.model import Import
from import_customs.model.names import DYNAMIC, LENGTH, PARTS, top
from import_customs.model.span import Span

JOINED = "\0"  # in place of a newline within a logical line
_ENDING = ('"""', "'''")
_FROM_AFAR = ("skip", "assert")  # words of what may guard what it does not enclose
_LEAVING = ("raise", "exit", "quit", "abort")  # with `if`, so may these
_WORDS = {ord(sign): " " for sign in "!\"#$%&'()*+,-./:;<=>?@[\\]^`{|}~"}  # what stands between the words of a line
_BRACKETS = (("(", ")"), ("[", "]"), ("{", "}"))


def find_imports(text: str, modules: Collection[str]) -> list[Import] | None:
    r"""The absolute imports of these modules, by line; None if `exact_usual` has to tell.

    The lines of the text end in `\n`, and no call in it that a screen could not read imports more.
    """
    if "\0" in text or "\f" in text:
        return None
    tops = {top(module) for module in modules}
    found: list[Import] = []
    number, counted, last = 1, 0, 0  # of the line, where it begins, and where the last import's line begins
    at = text.find("import")
    while at >= 0:  # to split the text into its lines takes three times as long
        start, end = text.rfind("\n", 0, at) + 1, text.find("\n", at)
        line = text[start : end if end >= 0 else len(text)]
        is_continued = text.endswith("\\\n", 0, start)
        if is_continued or not _is_comment(line):
            if is_continued or line.endswith("\\") or not line.isascii() or any(one in line for one in DYNAMIC):
                return None
            if not tops.isdisjoint(line.translate(_WORDS).split()):
                number, counted = number + text.count("\n", counted, start), start
                imports = _imports_of(line, number)
                if imports is None:
                    return None
                found += imports
                last = start if imports else last
        at = text.find("import", end) if end >= 0 else end
    return found if _ends_in_statement(text[: max(last - 1, 0)]) else None


def _is_comment(line: str) -> bool:
    """Whether the line, which continues none, holds nothing but a comment, and is no end of a string."""
    return line.lstrip().startswith("#") and not any(quotes in line for quotes in _ENDING)


def _ends_in_statement(text: str) -> bool:
    """Whether a line at the first column after the text is a statement, which nothing before it guards.

    Each string over lines has three double quotes and begins a line, so no comment and no other string holds these.
    """
    parts = text.split('"""')
    code, strings = "\n" + '""'.join(parts[::2]), parts[1::2]
    if len(parts) % 2 == 0 or any(one.rpartition("\n")[2].strip() for one in parts[:-1:2]):
        return False
    if "'''" in text or "\\\n" in code or any("\\" in one or "\nimport " in one or "\nfrom " in one for one in strings):
        return False
    if any(code.count(opening) != code.count(closing) for opening, closing in _BRACKETS):
        return False
    is_left = "\nif" in code and any(word in code for word in _LEAVING)
    return not is_left and not any(word in code for word in _FROM_AFAR)


def _imports_of(line: str, number: int) -> list[Import] | None:
    """The absolute imports of a line; None if it is no statement of the usual form at the first column."""
    statement = line.partition("#")[0]
    if statement.startswith("import "):
        listed = names_listed(statement[7:], 7)
        if not listed or not all(is_plain_name(name) for name, _ in listed):
            return None
        return [_import(number, [one]) for one in listed if one[0] != "__future__"]
    head, _, names = statement.partition(" import ")
    word, _, module = head.partition(" ")
    taken = names_listed(names, len(head) + 8)
    if word != "from" or not is_plain_name(module) or not taken:
        return None
    if not all(is_plain_name(name) and "." not in name for name, _ in taken):
        return None
    return [_import(number, [(module, 5), *taken])] if module != "__future__" else []


def _import(line: int, names: list[tuple[str, int]]) -> Import:
    """The import of the first name, with the others taken from it."""
    spans = tuple(Span(line, at + 1, at + 1 + len(name)) for name, at in names)
    return Import(names[0][0], tuple(name for name, _ in names[1:]), line, 1, None, spans=spans)


def names_listed(listed: str, start: int, *, may_end_in_comma: bool = False) -> list[tuple[str, int]] | None:
    """The names of a list that stands at `start`, each with where it stands, without their aliases."""
    found: list[tuple[str, int]] = []
    items = listed.split(",") if listed else []
    for number, item in enumerate(items):
        words = item.replace(JOINED, " ").split()
        if not words and may_end_in_comma and 0 < number == len(items) - 1:
            break
        if len(words) != 1 and not (len(words) == 3 and words[1] == "as" and is_plain_name(words[2])):
            return None
        found.append((words[0], start + item.index(words[0])))
        start += len(item) + 1
    return found


def is_plain_name(name: str) -> bool:
    """True for a dotted name that the parser takes as it is."""
    if name.count(".") >= PARTS or len(name) >= LENGTH:
        return False
    return all(part.isidentifier() and not iskeyword(part) for part in name.split("."))
