r"""Read TOML of the usual form by the methods of `str` alone; everything unusual is left to `tomllib`.

tomllib takes 16 ms to import, with `typing`, `re` and `datetime`; this file 0.3, and it reads in half of the time.
What it reads is what tomllib reads: a test holds the two together, over real files and random ones. It knows no dates,
no numbers but plain ones, no `\u` and no error: for all of that, and for a table that is spread over several places in
a way that may be an error, `read` gives None. Source: toml.io, version 1.0.0.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    Table = dict[str, Any]
else:
    Table = dict

_BLANK = " \t"
_GAP = " \t\n"
_DEEPEST = 20  # values in one another; no real file has more than five
_ESCAPED = {'"': '"', "\\": "\\", "b": "\b", "t": "\t", "n": "\n", "f": "\f", "r": "\r"}
_LONG = 40  # characters of a key
_ENDS = frozenset(",]}# \t\n")  # what may follow a number or a word


class _UnusualError(Exception):
    """What is left to tomllib: it may be an error or not."""


def read(text: str) -> Table | None:
    """The table that the text holds; None if it is not all of the usual form."""
    text = text.replace("\r\n", "\n")
    if not text.replace("\n", "").replace("\t", "").isprintable():
        return None
    try:
        return _Reading(f"{text}\n").table
    except (_UnusualError, IndexError):  # IndexError: the text ends in the middle of something
        return None


class _Reading:
    """One text that is read: the table so far, and which of its tables may still get more keys from where."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.table: Table = {}
        self.current = self.table  # what the last header names
        self.open = {id(self.table)}  # the tables that a further header may name, or lead through
        self.implied: set[int] = set()  # those of them that headers only lead through: one may name it once
        self.listed: set[int] = set()  # the arrays that `[[…]]` makes
        self.dotted: set[int] = set()  # the tables that dotted keys made below the last header
        at, end = 0, len(text)
        while at < end:
            at = self._line(at)

    def _line(self, at: int) -> int:
        """Read what begins there: a header, a key with its value, or nothing. Gives where the next line begins."""
        text = self.text
        while text[at] in _BLANK:
            at += 1
        if text[at] == "[":
            at = self._header(at)
        elif text[at] not in "#\n":
            keys, at = _keys_and_sign(text, at)
            value, at = _value(text, at, _DEEPEST)
            self._keep(keys, value)
        return _rest(text, at)

    def _header(self, at: int) -> int:
        is_listed = self.text.startswith("[[", at)
        keys, at = _keys(self.text, at + 1 + is_listed)
        at = _after(self.text, at, "]]" if is_listed else "]")
        self.open |= self.dotted
        table = self.table
        for key in keys[:-1]:
            table = self._entered(table, key)
        self.current, self.dotted = {}, set()
        self.open.add(id(self.current))
        if not is_listed:
            found = table.setdefault(keys[-1], self.current)
            if found is not self.current and id(found) not in self.implied:
                raise _UnusualError
            self.current = found
            self.implied.discard(id(found))
            return at
        if keys[-1] not in table:
            table[keys[-1]] = []
            self.listed.add(id(table[keys[-1]]))
        if id(table[keys[-1]]) not in self.listed:
            raise _UnusualError
        table[keys[-1]].append(self.current)
        return at

    def _entered(self, table: Table, key: str) -> Table:
        """The table of that key, which a header leads through; made where there is none."""
        if key not in table:
            table[key] = {}
            self.open.add(id(table[key]))
            self.implied.add(id(table[key]))
        inner: Any = table[key]
        if id(inner) in self.listed:
            inner = inner[-1]
        if id(inner) not in self.open:
            raise _UnusualError
        return inner  # type: ignore[no-any-return]

    def _keep(self, keys: list[str], value: object) -> None:
        table = self.current
        for key in keys[:-1]:
            if key not in table:
                table[key] = {}
                self.dotted.add(id(table[key]))
            table = table[key]
            if id(table) not in self.dotted:
                raise _UnusualError
        if keys[-1] in table:
            raise _UnusualError
        table[keys[-1]] = value


def _keys_and_sign(text: str, at: int) -> tuple[list[str], int]:
    """The parts of a dotted key, and where the value begins behind the sign that follows."""
    end = text.find(" = ", at, at + _LONG)
    if end > 0 and text[at:end].isidentifier() and text[at:end].isascii():  # as nearly all are: half of the time
        return [text[at:end]], _after(text, end + 3, "")
    keys, at = _keys(text, at)
    return keys, _after(text, at, "=")


def _keys(text: str, at: int) -> tuple[list[str], int]:
    """The parts of a dotted key, and where it ends."""
    keys = []
    while True:
        at = _after(text, at, "")
        if text[at] in "\"'":
            key, at = _line_of_text(text, at)
        else:
            begin = at
            while text[at].isalnum() or text[at] in "-_":
                at += 1
            key = text[begin:at]
            if not key or not key.isascii():
                raise _UnusualError
        keys.append(key)
        at = _after(text, at, "")
        if text[at] != ".":
            return keys, at
        at += 1


def _after(text: str, at: int, expected: str) -> int:
    """Where the blanks end that follow what is expected there."""
    while text[at] in _BLANK:
        at += 1
    if expected:
        if text[at : at + len(expected)] != expected:
            raise _UnusualError
        at += len(expected)
        while text[at] in _BLANK:
            at += 1
    return at


def _rest(text: str, at: int) -> int:
    """Where the next line begins, if nothing but a comment is left of this one."""
    if text[at] == "\n":
        return at + 1
    at = _after(text, at, "")
    if text[at] not in "#\n":
        raise _UnusualError
    return text.index("\n", at) + 1


def _value(text: str, at: int, depth: int) -> tuple[object, int]:
    first = text[at]
    if first in "\"'":
        if text.startswith(first * 3, at):
            return _lines_of_text(text, at)
        return _line_of_text(text, at)
    if depth == 0:
        raise _UnusualError
    if first == "[":
        return _array(text, at + 1, depth - 1)
    if first == "{":
        return _inline_table(text, at + 1, depth - 1)
    end = at
    while text[end] not in _ENDS:
        end += 1
    return _word(text[at:end]), end


def _word(word: str) -> object:
    """A number of the plain form, true or false."""
    if word in ("true", "false"):
        return word == "true"
    digits = word.removeprefix("-")
    whole, dot, rest = digits.partition(".")
    if not (digits.isascii() and whole.isdigit() and (whole == "0" or whole[0] != "0") and len(digits) < 16):
        raise _UnusualError
    if dot:
        if not rest.isdigit():
            raise _UnusualError
        return float(word)
    return int(word)


def _array(text: str, at: int, depth: int) -> tuple[list[object], int]:
    found: list[object] = []
    while True:
        at = _gap(text, at)
        if text[at] == "]":
            return found, at + 1
        value, at = _value(text, at, depth)
        found.append(value)
        at = _gap(text, at)
        if text[at] == ",":
            at += 1
        elif text[at] != "]":
            raise _UnusualError


def _gap(text: str, at: int) -> int:
    """Where the blanks, line ends and comments of an array end."""
    while True:
        while text[at] in _GAP:
            at += 1
        if text[at] != "#":
            return at
        at = text.index("\n", at)


def _inline_table(text: str, at: int, depth: int) -> tuple[Table, int]:
    found: Table = {}
    at = _after(text, at, "")
    if text[at] == "}":
        return found, at + 1
    while True:
        keys, at = _keys_and_sign(text, at)
        if len(keys) > 1 or keys[0] in found:
            raise _UnusualError
        found[keys[0]], at = _value(text, at, depth)
        at = _after(text, at, "")
        if text[at] == "}":
            return found, at + 1
        at = _after(text, at, ",")


def _line_of_text(text: str, at: int) -> tuple[str, int]:
    """The string that begins there and ends on the same line."""
    quote = text[at]
    end = text.find(quote, at + 1)
    while quote == '"' and text[end - 1] == "\\" and end >= 0 and _is_escaped(text, end):
        end = text.find(quote, end + 1)
    found = text[at + 1 : end]
    if end < 0 or "\n" in found:
        raise _UnusualError
    return _unescaped(found) if quote == '"' and "\\" in found else found, end + 1


def _lines_of_text(text: str, at: int) -> tuple[str, int]:
    """The string that begins there with three quotes."""
    quotes = text[at : at + 3]
    begin = at + 4 if text[at + 3] == "\n" else at + 3
    end = text.find(quotes, begin)
    if end < 0 or text[end + 3] == quotes[0] or (quotes == '"""' and text[end - 1] == "\\"):
        raise _UnusualError  # a quote that belongs to the text, or an error
    found = text[begin:end]
    return _unescaped(found) if quotes == '"""' and "\\" in found else found, end + 3


def _is_escaped(text: str, end: int) -> bool:
    """Whether an odd number of backslashes stands before the place."""
    begin = end
    while text[begin - 1] == "\\":
        begin -= 1
    return (end - begin) % 2 == 1


def _unescaped(text: str) -> str:
    """The text with what its backslashes stand for; one at the end of a line takes the blanks and line ends after."""
    parts = []
    at = 0
    text += "\0"  # so that a place at the end is none behind it
    while (backslash := text.find("\\", at)) >= 0:
        parts.append(text[at:backslash])
        at = backslash + 2
        if (letter := text[backslash + 1]) in _ESCAPED:
            parts.append(_ESCAPED[letter])
            continue
        at = _after(text, backslash + 1, "")
        if text[at] != "\n":
            raise _UnusualError
        while text[at] in _GAP:
            at += 1
    return "".join((*parts, text[at:-1]))
