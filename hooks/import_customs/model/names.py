"""Read the text of a dotted name as a module. Every step does it here, so that all agree."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

DYNAMIC = ("import_module", "__import__", "importorskip")  # calls whose literal argument is a module
PARTS = 100  # of one dotted name; `ast` takes memory with the square of them
LENGTH = 1_000  # characters of one module that is reported; no file system takes as many in one part


def top(module: str) -> str:
    """The top-level module: the first part of the dotted name."""
    return module.partition(".")[0]


def prefixes(module: str) -> Iterator[str]:
    """The dotted name and each module above it, the longest first: `a.b.c`, `a.b`, `a`."""
    while module:
        yield module
        module = module.rpartition(".")[0]


def capped(module: str) -> str:
    """`module`, cut where no real name reaches: it still has its first part, by which it is judged."""
    return module[:LENGTH] if module.count(".") < PARTS else ".".join(module.split(".", PARTS)[:PARTS])[:LENGTH]


def normalized(text: str) -> str:
    """The dotted name as the parser sees it: NFKC (PEP 3131), capped."""
    if not text.isascii():
        from unicodedata import normalize  # 0.4 ms, and rarely needed

        text = normalize("NFKC", text)
    return capped(text)


def from_literal(value: object) -> str | None:
    """The module that a call's literal argument names; None for a relative name or what is no dotted name."""
    if not isinstance(value, str) or not all(part.isidentifier() for part in value.split(".")):
        return None
    return normalized(value)
