"""First words of lines in, in order; what guards the statements that follow out, by indentation.

The rules are those of `guards`, for text that has no `ast`.
"""

import tokenize
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from import_customs.imports import guards
from import_customs.imports.tokens import Token

HEADERS = {"try", "except", "else", "elif", "finally", "if", "with", "async"}


@dataclass(eq=False, slots=True)
class Block:
    """A header and what is indented below it."""

    outer: "Block | None"
    indent: int
    guard: str | None = None  # of a `try`, set by the `except` that follows
    after: str | None = None  # the guard of an `else` that follows
    tried: "Block | None" = None  # of a `try` and its handlers: the block of the `try`

    def guarded_by(self) -> str | None:
        """The guard of a statement in this block, once the whole text is read."""
        blocks = [self]
        while blocks[-1].outer is not None:
            blocks.append(blocks[-1].outer)
        guard = None
        for block in reversed(blocks):
            guard = guards.within(guard, block.guard)
        return guard


class Outline:
    """The block that the reader of a text has come to."""

    def __init__(self) -> None:
        self.block: Block | None = None

    def enter(self, statement: Sequence[Token]) -> None:
        """Go on to a statement that stands first on its line."""
        indent, word = statement[0].indent, statement[0].text
        before = None
        while self.block is not None and self.block.indent >= indent:
            before = self.block if self.block.indent == indent else None
            self.block = self.block.outer
        if word in HEADERS:
            self.block = Block(self.block, indent)
            _OPENED[word](self.block, before, statement)


def _open_if(block: Block, before: Block | None, statement: Sequence[Token]) -> None:
    guard = guards.of_names(_dotted_names(statement))
    earlier = before.after if before is not None and statement[0].text == "elif" else None
    if guard != "type-checking":
        block.guard = block.after = guards.within(earlier, guard)
    elif len(statement) > 1 and statement[1].text == "not":
        block.guard, block.after = earlier, guard
    else:
        block.guard, block.after = guard, earlier


def _open_else(block: Block, before: Block | None, _: Sequence[Token]) -> None:
    block.guard = before.after if before is not None else None


def _open_try(block: Block, _before: Block | None, _: Sequence[Token]) -> None:
    block.tried = block


def _open_except(block: Block, before: Block | None, statement: Sequence[Token]) -> None:
    block.tried = before.tried if before is not None else None
    if guards.catches(_last_parts(statement)):
        block.guard = "try"
        if block.tried is not None:
            block.tried.guard = "try"


def _open_with(block: Block, _before: Block | None, statement: Sequence[Token]) -> None:
    names = set(_last_parts(statement))
    if "suppress" in names and guards.catches(names):
        block.guard = "try"


_OPENED = {
    "if": _open_if,
    "elif": _open_if,
    "else": _open_else,
    "finally": _open_else,
    "try": _open_try,
    "except": _open_except,
    "with": _open_with,
    "async": _open_with,
}


def _last_parts(statement: Sequence[Token]) -> list[str]:
    return [name.rpartition(".")[2] for name in _dotted_names(statement)]


def _dotted_names(statement: Sequence[Token]) -> list[str]:
    """The names in a header after its first word: `sys.version_info` is one."""
    names: list[str] = []
    for before, token in pairwise(statement):
        if token.kind == tokenize.NAME:
            if before.text == "." and names:
                names[-1] += f".{token.text}"
            else:
                names.append(token.text)
    return names
