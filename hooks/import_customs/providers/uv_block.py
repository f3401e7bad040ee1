r"""Read a block of uv.lock, written as uv writes it, by patterns: a tenth of the time that a reader of TOML takes.

Who requires whom is asked of a whole lock file. What does not match is left to that reader; a test holds the two
together. Source: uv's crates/uv-resolver/src/lock, `Lock::to_toml`.
"""

from __future__ import annotations

from import_customs.model.later import pattern
from import_customs.model.requirement import Name, normalized
from import_customs.providers.requirement_graph import Need, Package

_WHEELS, _END = "\nwheels = [", "\n]\n"
_TEXT = r'"[^"\\\n]*+"'
_ITEMS = r"(?:    \{ name = [^\n]*\},\n)*+"
_EXTRA = r"[a-z0-9-]++ = \[\n"
_BLOCK = pattern(
    rf"\]\]\nname = ({_TEXT})\n(?:version = ({_TEXT})\n)?(?:source = \{{[^\n]*\}}\n)?"
    rf"(?:resolution-markers = \[\n(?:    {_TEXT},\n)*+\]\n)?(?:dependencies = \[\n({_ITEMS})\]\n)?"
    r"(?:sdist = \{[^\n]*\}\n)?"
    rf"(?:\n\[package\.optional-dependencies\]\n((?:{_EXTRA}{_ITEMS}\]\n)*+))?\n*+"
)
_ITEM = pattern(
    rf"    \{{ name = ({_TEXT})(?:, version = {_TEXT})?(?:, source = \{{ [a-z]++ = {_TEXT} \}})?"
    rf"(?:, extra = \[({_TEXT}(?:, {_TEXT})*+)\])?(?:, marker = {_TEXT})? \}},\n"
)


def read_uv_block(block: bytes) -> Package | None:
    """The distribution of a block, which begins behind `[[package`; None if it is not all as uv writes it."""
    head, wheels, rest = f"{block.decode()}\n".partition(_WHEELS)
    first, end, after = rest.partition(_END)
    read = _BLOCK.fullmatch(f"{head}\n{after}" if wheels else head)
    if read is None or (wheels and (not end or first[:1] not in ("", "\n"))):
        return None
    name, version, dependencies, optional = read.groups("")
    extras = [one.split(" = [\n", 1) for one in optional.split("]\n")[:-1]]
    needs = _needs(dependencies)
    found = {extra: _needs(items) for extra, items in extras}
    if needs is None or None in found.values() or len(found) < len(extras):
        return None
    brought = {normalized(extra): listed for extra, listed in found.items() if listed is not None}
    return Package(normalized(name[1:-1]), version[1:-1], needs, brought)


def _needs(items: str) -> tuple[Need, ...] | None:
    """What the lines of a list name; None if one is of another form."""
    found = _ITEM.findall(items)
    if len(found) < items.count("\n"):
        return None
    return tuple(Need(normalized(name[1:-1]), _names(extras)) for name, extras in found)


def _names(listed: str) -> tuple[Name, ...]:
    return tuple(map(normalized, listed[1:-1].split('", "'))) if listed else ()
