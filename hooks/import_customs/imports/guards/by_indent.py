"""Find the guards in a text without an `ast`, by the indentation of its lines and their first words."""

from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise

from import_customs.imports import guards
from import_customs.model.later import pattern

_AFTER_BLOCK = pattern(
    r"\n(?<!\\\n)(?!e(?:lse|lif|xcept)\b|finally\b)[A-Za-z@_]"
)  # at the first column, so it ends all blocks
HEADERS = {"try", "except", "else", "elif", "finally", "if", "with", "async"}
# First words of statements that are read to their end: they may guard what follows, or leave their block.
READ_WHOLE = guards.LEAVING | {"assert", "pytestmark", "@"} | {call.partition(".")[0] for call in guards.LEAVING_CALLS}
Branches = tuple[str | None, str | None]  # the guard of what runs if a test holds, and of what runs if it does not
_DEFINING = {"def", "class", "async"}
_COMPOUND = HEADERS - {"if"} | _DEFINING | {"for", "while", "match", "case"}


def end_of_block(text: str, at: int) -> int:
    """Where the statement at the first column ends that holds the place, unless a string or a bracket is open there."""
    after = _AFTER_BLOCK.search(text, at)
    return after.start() + 1 if after else len(text)


class Block:
    """A header and what is indented below it."""

    __slots__ = ("after", "failed", "first", "guards", "indent", "leaves", "outer", "tried")  # dataclasses costs 17 ms

    def __init__(self, outer: "Block | None", indent: float, guards: tuple[str, ...] = ()) -> None:
        self.outer = outer
        self.indent = indent
        self.guards = guards  # of a `try`, set by the `except` that follows
        self.after: tuple[str, ...] = ()  # the guards of an `else` that follows
        self.failed: tuple[str, ...] = ()  # of an `if`: the guards of what follows it if it leaves the block around it
        self.first: int | None = None  # the indent of its statements
        self.leaves = False  # whether its last statement leaves the block around it
        self.tried: Block | None = None  # of a `try` and its handlers: the block of the `try`

    def guards_within(self) -> list[str]:
        """The guards of a statement in this block, the outermost first; known once the whole text is read."""
        blocks = [self]
        while blocks[-1].outer is not None:
            blocks.append(blocks[-1].outer)
        return [guard for block in reversed(blocks) for guard in block.guards]


class Outline:
    """Follows the blocks of a text while it is read."""

    def __init__(
        self, branches_of: Callable[[str], Branches] = lambda _: (None, None), tests: Mapping[str, str] | None = None
    ) -> None:
        """`branches_of` judges a test of type checking of an unusual form; `tests` are those that names stand for."""
        self._tests = tests or {}
        self.block: Block | None = None
        self._branches_of = branches_of
        self._heading = ""  # the first word of the line
        self._pending: tuple[str, ...] = ()  # the guards that decorators are, of what they decorate
        self._marks: tuple[str, ...] = ()  # those of `pytestmark`, of all functions and classes that follow

    def enter(self, indent: int, statement: Sequence[str]) -> None:
        """Go on to the next statement that starts a line: its first word, and all words of it if it is a header."""
        word = self._heading = statement[0]
        before = self._leave_blocks(indent)
        if before is not None and before.leaves and before.failed and word not in ("else", "elif"):
            self._guard_what_follows(indent, before.failed)
        self._note(indent, leaves=False)
        if word in _DEFINING:
            marks = (*(self._marks if indent == 0 else ()), *self._pending)
            self.block = Block(self.block, indent, marks) if marks else self.block
        if word != "@":
            self._pending = ()
        if word in HEADERS:
            self.block = Block(self.block, indent)
            if word in ("if", "elif"):
                self._open_if(self.block, before, statement)
            else:
                _OPENED[word](self.block, before, statement)

    def go_on(self) -> None:
        """Go on to a statement that is not the first of its line."""
        if self._heading not in _COMPOUND:
            self._note(None, leaves=False)

    def end(self, indent: int | None, statement: Sequence[str]) -> None:
        """Read a statement of READ_WHOLE to its end; `indent` is None if it is not the first of its line."""
        word = statement[0]
        if word in guards.LEAVING or _dotted_names(["", *statement])[:1] in _LEAVING_CALLS:
            if indent is not None or self._heading not in _COMPOUND:
                self._note(indent, leaves=True)
        elif indent is None:
            return
        elif word == "assert":
            self._guard_what_follows(indent, _tuple(self._guards_of_branches(statement)[0]))
        elif word == "@":
            self._pending += self._guards_of_marks(statement)
        elif word == "pytestmark" and indent == 0:
            self._marks += self._guards_of_marks(statement)

    def _leave_blocks(self, indent: int) -> Block | None:
        """Go out to what stands around a statement with this indent; the block of its own indent that ends there."""
        before = None
        while self.block is not None and self.block.indent >= indent:
            before = self.block if self.block.indent == indent else None
            self.block = self.block.outer
        return before

    def _guard_what_follows(self, indent: int, found: tuple[str, ...]) -> None:
        """Open a block without a header, which ends with what is around it."""
        if found:
            self.block = Block(self.block, indent - 0.5, found)

    def _open_if(self, block: Block, before: Block | None, statement: Sequence[str]) -> None:
        held, failed = map(_tuple, self._guards_of_branches(statement))
        earlier = before.after if before is not None and statement[0] == "elif" else ()
        block.guards, block.after = (*earlier, *held), (*earlier, *failed)
        block.failed = failed if statement[0] == "if" else ()

    def _guards_of_branches(self, statement: Sequence[str]) -> Branches:
        statement = self._with_tests_in_place(statement) if self._tests else statement
        names = _dotted_names(statement)
        guard = guards.guard_of_test(names)
        if guard != "type-checking":
            return guard, guard
        words = statement[1:-1] if statement[-1] == ":" else statement[1:]
        if "".join(words) == names[-1]:
            return guard, None
        if words[0] == "not" and "".join(words[1:]) == names[-1]:
            return None, guard
        return self._branches_of(" ".join(words))

    def _with_tests_in_place(self, statement: Sequence[str]) -> list[str]:
        """The words with what it tests for each name of a test that is used, and no attribute or keyword."""
        around = zip(("", *statement), statement, (*statement[1:], ""), strict=False)
        return [
            self._tests[word] if word in self._tests and before != "." and after not in ("=", ":=") else word
            for before, word, after in around
        ]

    def _guards_of_marks(self, statement: Sequence[str]) -> tuple[str, ...]:
        """The guards by the marks in a statement that skip by a test."""
        named = statement[1:] if statement[0] == "@" else statement[2:]  # `@needs311`, `pytestmark = needs311`
        kept = self._tests.get(named[0]) if len(named) == 1 else None
        found = [guards.guard_of_test([kept])] if kept else []
        for at, word in enumerate(statement):
            if word in guards.SKIPPING and statement[at + 1 : at + 2] == ["("]:
                held, failed = self._guards_of_branches(["if", *_first_argument(statement[at + 2 :])])
                found.append(held if guards.SKIPPING[word] else failed)
        return tuple(guard for guard in found if guard)

    def _note(self, indent: int | None, *, leaves: bool) -> None:
        """Note whether a statement leaves the block around it; without an indent it is not the first of its line."""
        block = self.block
        while block is not None and block.indent % 1:
            block = block.outer
        if block is None:
            return
        if block.first is None and indent is not None:
            block.first = indent
        if indent is None or block.first == indent:
            block.leaves = leaves


def _tuple(guard: str | None) -> tuple[str, ...]:
    return (guard,) if guard else ()


def _first_argument(words: Sequence[str]) -> list[str]:
    """The words up to the comma or bracket that ends the argument, without `condition=`."""
    depth, found = 0, list[str]()
    for word in words:
        if depth == 0 and word in (",", ")"):
            break
        depth += {"(": 1, "[": 1, "{": 1, ")": -1, "]": -1, "}": -1}.get(word, 0)
        found.append(word)
    return found[2:] if found[:2] == ["condition", "="] else found


def _open_else(block: Block, before: Block | None, _: Sequence[str]) -> None:
    block.guards = before.after if before is not None else ()


def _open_try(block: Block, _before: Block | None, _: Sequence[str]) -> None:
    block.tried = block


def _open_except(block: Block, before: Block | None, statement: Sequence[str]) -> None:
    block.tried = before.tried if before is not None else None
    unnamed = [] if statement[1:] in ([], [":"]) else [""]  # `except ():` catches nothing, and is not bare
    if guards.catches_import_error(_last_parts(statement) or unnamed):
        block.guards = ("try",)
        if block.tried is not None:
            block.tried.guards = ("try",)


def _open_with(block: Block, _before: Block | None, statement: Sequence[str]) -> None:
    names = set(_last_parts(statement))
    if "suppress" in names and guards.catches_import_error(names):
        block.guards = ("try",)


_LEAVING_CALLS = [[call] for call in guards.LEAVING_CALLS]
_OPENED = {
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
