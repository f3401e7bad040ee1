"""Find the guards in a text without an `ast`, by the indentation of its lines and their first words."""

from collections.abc import Sequence
from itertools import pairwise

from import_customs.imports import guards

_LONGEST = 1000  # characters of a test of type checking that is judged
HEADERS = {"try", "except", "else", "elif", "finally", "if", "with", "async"}


class Block:
    """A header and what is indented below it."""

    __slots__ = ("after", "guard", "indent", "outer", "tried")  # by hand: dataclasses costs 17 ms

    def __init__(self, outer: "Block | None", indent: int) -> None:
        self.outer = outer
        self.indent = indent
        self.guard: str | None = None  # of a `try`, set by the `except` that follows
        self.after: str | None = None  # the guard of an `else` that follows
        self.tried: Block | None = None  # of a `try` and its handlers: the block of the `try`

    def guard_within(self) -> str | None:
        """The guard of a statement in this block; known once the whole text is read."""
        blocks = [self]
        while blocks[-1].outer is not None:
            blocks.append(blocks[-1].outer)
        guard = None
        for block in reversed(blocks):
            guard = guards.nested(guard, block.guard)
        return guard


class Outline:
    """Follows the blocks of a text while it is read."""

    def __init__(self) -> None:
        self.block: Block | None = None

    def enter(self, indent: int, statement: Sequence[str]) -> None:
        """Go on to the next statement that starts a line: its first word, and all words of it if it is a header."""
        word = statement[0]
        before = None
        while self.block is not None and self.block.indent >= indent:
            before = self.block if self.block.indent == indent else None
            self.block = self.block.outer
        if word in HEADERS:
            self.block = Block(self.block, indent)
            _OPENED[word](self.block, before, statement)


def _open_if(block: Block, before: Block | None, statement: Sequence[str]) -> None:
    held, failed = _guards_of_branches(statement)
    earlier = before.after if before is not None and statement[0] == "elif" else None
    block.guard, block.after = guards.nested(earlier, held), guards.nested(earlier, failed)


def _guards_of_branches(statement: Sequence[str]) -> tuple[str | None, str | None]:
    """The guard of what runs if the test of an `if` holds, and of what runs if it does not."""
    names = _dotted_names(statement)
    guard = guards.guard_of_test(names)
    if guard != "type-checking":
        return guard, guard
    words = statement[1:-1] if statement[-1] == ":" else statement[1:]
    if "".join(words) == names[-1]:
        return guard, None
    if words[0] == "not" and "".join(words[1:]) == names[-1]:
        return None, guard
    return _guards_by_ast(" ".join(words))


def _guards_by_ast(test: str) -> tuple[str | None, str | None]:
    import ast  # 9 ms; only an unusual test in a text that cannot be parsed gets here

    from import_customs.imports.guards import in_ast

    if len(test) >= _LONGEST:
        return None, None
    try:
        return in_ast.guards_of_branches(ast.parse(f"({test})", mode="eval").body)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None, None


def _open_else(block: Block, before: Block | None, _: Sequence[str]) -> None:
    block.guard = before.after if before is not None else None


def _open_try(block: Block, _before: Block | None, _: Sequence[str]) -> None:
    block.tried = block


def _open_except(block: Block, before: Block | None, statement: Sequence[str]) -> None:
    block.tried = before.tried if before is not None else None
    unnamed = [] if statement[1:] in ([], [":"]) else [""]  # `except ():` catches nothing, and is not bare
    if guards.catches_import_error(_last_parts(statement) or unnamed):
        block.guard = "try"
        if block.tried is not None:
            block.tried.guard = "try"


def _open_with(block: Block, _before: Block | None, statement: Sequence[str]) -> None:
    names = set(_last_parts(statement))
    if "suppress" in names and guards.catches_import_error(names):
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


def _last_parts(statement: Sequence[str]) -> list[str]:
    return [name.rpartition(".")[2] for name in _dotted_names(statement)]


def _dotted_names(statement: Sequence[str]) -> list[str]:
    """The names in a header after its first word: `sys.version_info` is one."""
    names: list[str] = []
    for before, word in pairwise(statement):
        if word.isidentifier():
            if before == "." and names:
                names[-1] += f".{word}"
            else:
                names.append(word)
    return names
