"""Read a requirement. Source: PEP 508, as `packaging` reads it."""

from __future__ import annotations

from import_customs.model.later import re
from import_customs.model.value import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import NewType

    Name = NewType("Name", str)  # a distribution's name, normalized
else:
    Name = str

# The usual form: a name, extras, version clauses or a URL, and a marker of comparisons joined by and/or. Every other
# form is left to packaging, whose import costs 41 ms. A test holds the two together.
_NAME = r"[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?"
_RELEASE = r"[0-9]+(?:\.[0-9]+)*"
_CLAUSE = (
    rf"(?:[=!]=[ \t]*{_RELEASE}\.\*|(?:[=!<>]=|<|>|~=(?=[ \t]*[0-9]+\.[0-9]))[ \t]*"
    rf"{_RELEASE}(?:(?:a|b|rc)[0-9]+)?(?:\.post[0-9]+)?(?:\.dev[0-9]+)?)"
)
_VARIABLE = (
    r"(?:python_version|python_full_version|sys_platform|platform_system|platform_machine|os_name"
    r"|platform_python_implementation|implementation_name)"
)
_COMPARISON = rf"""{_VARIABLE}[ \t]*(?:==|!=|<=|>=|<|>)[ \t]*(?:"[\w.]+"|'[\w.]+')"""
_PLAIN = (
    rf"[ \t]*({_NAME})[ \t]*+(?:\[[ \t]*({_NAME}(?:[ \t]*,[ \t]*{_NAME})*)[ \t]*\])?[ \t]*+"
    rf"(?:@[ \t]*[!-:<-~]+[ \t]*\Z|(?:{_CLAUSE}[ \t]*(?:,[ \t]*(?=[=!<>~])|\Z))*)"  # the clause once: saves 0.3 ms
)
_JOINED_BY = (
    r"(?<![ \t])[ \t]++(?:and|or)[ \t]+"  # `re` compiles it when it is first used: many projects have no marker
)
_LEADING = rf"[ \t]*({_NAME})(?:[ \t]*\[[ \t]*({_NAME}(?:[ \t]*,[ \t]*{_NAME})*)[ \t]*\])?"
_LONGEST = 10_000  # characters of a requirement
_OPERATORS = ("==", "!=", ">=", "<=", "~=", "<", ">")
_IN_MARKERS = frozenset(_VARIABLE[3:-1].split("|"))


class Requirement(NamedTuple):
    """One requirement, without its versions."""

    name: Name
    extras: tuple[Name, ...]  # sorted
    marker: str  # "" if there is none


def normalized(name: str) -> Name:
    """The name as every index compares it, as packaging.utils.canonicalize_name gives it (41 ms to import)."""
    found = name.lower().replace("_", "-").replace(".", "-")
    while "--" in found:
        found = found.replace("--", "-")
    return Name(found)


def is_name(text: str) -> bool:
    """True if a distribution can have this name. Other text may be a command for a shell. Source: core metadata."""
    letters = text.replace("-", "").replace("_", "").replace(".", "")
    return letters.isalnum() and text.isascii() and text[0].isalnum() and text[-1].isalnum()


def parse(text: str) -> Requirement | None:
    """The requirement; None if the text is not one."""
    return _plainly(text) or _by_packaging(text)


def _plainly(text: str) -> Requirement | None:
    """A requirement of the usual form; None for every other text."""
    head, semicolon, tail = text.partition(";")
    marker = tail.strip(" \t")
    if (simple := _simply(head)) and (not semicolon or _is_simple_marker(marker)):
        return Requirement(normalized(simple[0]), _extras(simple[1]), marker)
    plain = re.fullmatch(_PLAIN, head, re.ASCII)
    if plain is None or (semicolon and ("@" in head or not _is_plain_marker(marker))):  # a URL may hold a semicolon
        return None
    return Requirement(normalized(plain[1]), _extras((plain[2] or "").split(",")), marker)


def _simply(head: str) -> tuple[str, list[str]] | None:
    """Name and extras of a requirement such as `uvicorn[standard]>=0.20,<1`, by the methods of `str`; else None."""
    name = text = head.strip(" \t")
    for sign in "[<>=!~ \t":
        name = name.partition(sign)[0]
    rest, extras = text[len(name) :].lstrip(" \t"), []
    if rest.startswith("["):
        listed, closing, rest = rest[1:].partition("]")
        extras = [extra.strip(" \t") for extra in listed.split(",")]
        rest = rest.lstrip(" \t") if closing else "?"
    if not all(map(is_name, (name, *extras))) or (rest and not all(map(_is_simple_clause, rest.split(",")))):
        return None
    return name, extras


def _is_simple_clause(clause: str) -> bool:
    clause = clause.strip(" \t")
    operator = next(filter(clause.startswith, _OPERATORS), "")
    *numbers, last = clause[len(operator) :].lstrip(" \t").split(".")
    parts = next((last.split(mark, 1) for mark in ("a", "b", "rc") if mark in last), [last])  # 1.0rc1
    if last == "*" and numbers and operator in ("==", "!="):
        parts = []
    return (
        all(map(str.isdigit, (*numbers, *parts)))
        and clause.isascii()
        and operator != ""
        and len(numbers) >= (operator == "~=")
    )


def _is_simple_marker(marker: str) -> bool:
    """Whether it is of comparisons such as `python_version < "3.11"`."""
    return marker.isascii() and all(map(_is_simple_comparison, marker.replace(" or ", " and ").split(" and ")))


def _is_simple_comparison(text: str) -> bool:
    operator = next((one for one in _OPERATORS if one in text), "~=")
    variable, _, literal = text.partition(operator)
    literal = literal.strip(" \t")
    is_plain = literal[1:-1].replace("_", "a").replace(".", "a").isalnum()
    is_string = literal[:1] in ("'", '"') and literal[-1] == literal[0]
    return operator != "~=" and variable.strip(" \t") in _IN_MARKERS and is_string and is_plain


def _by_packaging(text: str) -> Requirement | None:
    if len(text) > _LONGEST:
        return None
    from packaging.requirements import Requirement as Parsed  # 41 ms; only an unusual form gets here

    try:
        parsed = Parsed(text)
    except (ValueError, RecursionError):  # InvalidRequirement is one; numbers of more than 4,300 digits are another
        return None
    return Requirement(normalized(parsed.name), _extras(parsed.extras), str(parsed.marker or ""))


def _is_plain_marker(marker: str) -> bool:
    return all(re.fullmatch(_COMPARISON, part, re.ASCII) for part in re.split(_JOINED_BY, marker))


def leading(text: str) -> Requirement | None:
    """The name and extras at the beginning of an invalid requirement, such as `mcp-types[cli]=={{ version }}`."""
    begins = re.match(_LEADING, text)
    return Requirement(normalized(begins[1]), _extras((begins[2] or "").split(",")), "") if begins else None


def _extras(listed: Iterable[str]) -> tuple[Name, ...]:
    return tuple(sorted({normalized(extra.strip()) for extra in listed if extra.strip()}))
