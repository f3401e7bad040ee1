"""Add strings to the text of a TOML array; no other byte changes.

If the strings of the array are sorted, the new ones take their place among them; if not, they come last. They look like
those that are there: indentation, quotes, line ends, and whether a comma ends the last one.
"""

import re
from collections.abc import Collection, Sequence
from itertools import pairwise
from typing import NamedTuple

from import_customs.model.later import pattern
from import_customs.model.requirement import leading

_TOKEN = pattern(
    r'"""(?:[^\\]|\\.)*?"{3,5}|\'\'\'.*?\'{3,5}|"(?:[^"\\]|\\.)*"|\'[^\']*\'|\#[^\n]*|[\[\]{},]|\s+|[^\s\[\]{},"\'\#]+',
    re.DOTALL,
)
_INDENT = "    "
_WIDEST = 88  # columns up to which a list that was empty is kept on one line


class _Element(NamedTuple):
    """One value of the array: where its text stands, and the comma after it."""

    start: int
    end: int
    comma: int  # -1 where there is none
    text: str


def with_strings(array: str, strings: Sequence[str], newline: str) -> str:
    """The array's text with each of the strings, which need no escapes. `newline` is for an array on one line."""
    elements = _elements(array)
    if not elements:
        return _filled(array, sorted(strings, key=_by_name), newline_of(array) or newline)
    for string in sorted(strings, key=_by_name):
        array = _inserted(array, string)
    return array


def without_strings(array: str, names: Collection[str]) -> str:
    """The array's text without the requirements of these distributions.

    What comments on one alone goes with it: on its line, and above it where no further element follows directly.
    """
    for at in range(len(_elements(array)) - 1, -1, -1):
        element = _elements(array)[at]
        if element.text[0] in "\"'" and _by_name(element.text.strip("\"'")) in names:
            array = _removed(array, at)
    return array if array[1:-1].strip() else "[]"


def _removed(array: str, at: int) -> str:
    elements = _elements(array)
    element = elements[at]
    start, end = element.start, max(element.comma + 1, element.end)
    line = array.rfind("\n", 0, start) + 1
    rest = re.compile(r"[ \t]*(?:#[^\r\n]*)?\r?\n").match(array, end)
    if rest and line and not array[line:start].strip(" \t"):
        return array[: _above(array, line, rest.end())] + array[rest.end() :]
    if at + 1 < len(elements):  # up to the next one; a comment after it is the line's
        following = elements[at + 1].start
        gap = array[end:following]
        return array[:start] + (array[following:] if not gap.strip() else gap.lstrip(" \t") + array[following:])
    before = elements[at - 1] if at else None
    if before and rest and before.end < (line := array.rfind("\n", 0, before.comma) + 1):  # its comma leads this line
        return array[:line] + array[rest.end() :]
    return (array[: before.end] if before else array[:start].rstrip(" \t")) + array[end:]


def _above(array: str, line: int, after: int) -> int:
    """Where the comment begins that stands above a line, if it belongs to that line alone; else the line's start."""
    following = array[after:].split("\n", 1)[0].strip()
    if following and following[0] not in "#]":
        return line
    while (above := array.rfind("\n", 0, line - 1) + 1) and array[above : line - 1].lstrip().startswith("#"):
        line = above
    return line


def newline_of(text: str) -> str:
    """The line end of the last line that has one; "" if none has."""
    at = text.rfind("\n")
    return "" if at < 0 else "\r\n" if text[at - 1 : at] == "\r" else "\n"


def _elements(array: str) -> list[_Element]:
    found: list[_Element] = []
    depth, start, end = 0, -1, -1
    for token in _TOKEN.finditer(array):
        text = token[0]
        if depth == 1 and text in (",", "]"):
            if start >= 0:
                found.append(_Element(start, end, token.start() if text == "," else -1, array[start:end]))
            start = -1
        elif depth >= 1 and not text.isspace() and text[0] != "#":
            start, end = (token.start() if start < 0 else start), token.end()
        depth += (text in "[{") - (text in "]}") if len(text) == 1 else 0
    return found


def _inserted(array: str, string: str) -> str:
    elements = _elements(array)
    strings = [element for element in elements if element.text[0] in "\"'"]
    quote = strings[-1].text[0] if strings and strings[-1].text[0] not in string else '"'
    value = f"{quote}{string}{quote}"
    before = _predecessor(strings, string)
    if before is None and strings and elements[0] != strings[0]:  # tables stand first
        before = elements[elements.index(strings[0]) - 1]
    if before is None:
        return _first(array, elements, value) if strings else _after(array, elements, -1, value)
    return _after(array, elements, elements.index(before), value)


def _predecessor(strings: Sequence[_Element], string: str) -> _Element | None:
    """The element that the string comes after; None where it comes first, or where there is none."""
    for key in (_by_name, str.lower, str):
        keys = [key(element.text.strip("\"'")) for element in strings]
        if keys == sorted(keys):
            return next(
                (one for one, its in reversed(list(zip(strings, keys, strict=True))) if its <= key(string)), None
            )
    return strings[-1]


def _by_name(text: str) -> str:
    requirement = leading(text)
    return requirement.name if requirement else text


def _after(array: str, elements: Sequence[_Element], at: int, value: str) -> str:
    """The array with the value after its element number `at`, and after what comments on that on its line."""
    element, lead, comma = elements[at], _lead(array, elements, at), ","
    if element.comma < 0:
        array, comma = f"{array[: element.end]},{array[element.end :]}", ""
    place = max(element.comma, element.end) + 1
    line_end = _line_end(array, place)
    newline, is_apart = _newline_at(array, line_end), "\n" in lead
    if newline and (is_apart or "#" in array[place:line_end]):
        return f"{array[:line_end]}{newline}{_indent(array, elements, at)}{value}{comma}{array[line_end:]}"
    if is_apart and not comma:
        return f"{array[:place]}{newline_of(lead)}{_indent(array, elements, at)}{value}{array[place:]}"
    return f"{array[:place]}{_blank(array, elements)}{value}{comma}{array[place:]}"


def _indent(array: str, elements: Sequence[_Element], at: int) -> str:
    """The indentation of a line below an element: that of the element, or of the first one that begins a line."""
    leads = [_lead(array, elements, at), *(_lead(array, elements, one) for one in range(len(elements)))]
    return next((lead.rpartition("\n")[2] for lead in leads if "\n" in lead), _INDENT)


def _first(array: str, elements: Sequence[_Element], value: str) -> str:
    """The array with the value before its first element; above what comments on that."""
    first = elements[0].start
    lead = array[1:first]
    if "\n" not in lead:
        return f"{array[:first]}{value},{_blank(array, elements)}{array[first:]}"
    place, indent = _line_end(array, 1), lead.rpartition("\n")[2]
    return f"{array[:place]}{_newline_at(array, place)}{indent}{value},{array[place:]}"


def _blank(array: str, elements: Sequence[_Element]) -> str:
    """The blanks between two values on one line, as the array has them."""
    gaps = [array[one.comma + 1 : after.start] for one, after in pairwise(elements)]
    return next((gap for gap in gaps if not gap.strip(" \t")), " ")


def _lead(array: str, elements: Sequence[_Element], at: int) -> str:
    """The text between an element and the one before it; for the first of a hanging list, that of the second."""
    at %= len(elements)
    start = 1 if at == 0 else elements[at - 1].comma + 1
    lead = array[start : elements[at].start]
    if at == 0 and "\n" not in lead and len(elements) > 1:
        return array[elements[0].comma + 1 : elements[1].start]
    return lead


def _line_end(array: str, place: int) -> int:
    """Where the line ends whose rest, from `place`, is blank or a comment; `place` itself where more stands there."""
    rest = re.compile(r"[ \t]*(?:#[^\r\n]*)?(?=\r?\n)").match(array, place)
    return rest.end() if rest else place


def _newline_at(array: str, place: int) -> str:
    """The line end at that place; a line that is put before it gets the same one."""
    return next((newline for newline in ("\r\n", "\n") if array.startswith(newline, place)), "")


def _filled(array: str, strings: Sequence[str], newline: str) -> str:
    """The strings in an array that has no values, but perhaps comments."""
    values = [f'"{string}"' for string in strings]
    line = f"[{', '.join(values)}]"
    if "\n" not in array and (len(values) == 1 or len(line) <= _WIDEST) and len(values) < 3:
        return line
    indents = re.findall(r"\n([ \t]+)#", array)
    indent = indents[-1] if indents else _INDENT
    body = array[1:-1].rstrip(" \t\r\n")
    _, line_end, closing = array[:-1].rpartition("\n")
    closing = closing if line_end and not closing.strip() else ""
    return f"[{body}{''.join(f'{newline}{indent}{value},' for value in values)}{newline}{closing}]"
