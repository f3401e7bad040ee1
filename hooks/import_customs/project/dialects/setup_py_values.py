"""Follow the literals of a setup.py: what its names are given, wherever in the file, and what is added to them later.

All that a name may hold counts, whichever branch gives it. What a function of the file returns is followed too.
"""

import ast
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple, TypeVar

from import_customs.model.later import pattern
from import_customs.model.syntax_tree import last_name
from import_customs.project.dialects.setup_py_names import Names, Pair

_MOST_STEPS = 100_000  # names that are followed, and elements: a few lines of sums of sums could take for ever
_GATHERING = frozenset({"list", "tuple", "set", "frozenset", "sorted", "sum", "chain", "from_iterable", "union"})
_DICTS = frozenset({"dict", "OrderedDict", "defaultdict"})
_LINES = frozenset({"split", "splitlines", "strip", "rstrip", "lstrip"})
_NAME_AND_MORE = pattern(r"\s*([A-Za-z0-9][A-Za-z0-9._-]*\s*(?:\[[^\]]*\])?)\s*[<>=!~;@(\[]")
_HOLE = pattern(r"%[^%]|\{")  # where % or .format() put something in

_T = TypeVar("_T")


class Literal(NamedTuple):
    """One text that the file holds, or the place of something that is computed."""

    text: str  # "" where it is computed
    line: int  # from 1
    node: ast.expr | None = None  # what computes it


class Values:
    """What the names of one setup.py may hold."""

    def __init__(self, module: ast.Module) -> None:
        """All assignments of the module are gathered, those in functions and under conditions too."""
        self._names = Names(module)
        self._followed: set[int] = set()  # the expressions on the way, which may lead back to themselves
        self._steps = 0

    def texts(self, node: ast.expr) -> list[Literal]:
        """The texts of a list, or the lines of a text. Raises RecursionError where there is no end."""
        return self._guarded(node, self._texts)

    def pairs(self, node: ast.expr) -> list[Pair]:
        """The keys and values of a dict; without a key what stands for pairs that are computed."""
        return self._guarded(node, self._pairs)

    def text(self, node: ast.expr | None) -> str:
        """The text of an expression; "" where some of it is computed."""
        text, is_whole = self._beginning(node) if node is not None else ("", False)
        return text if is_whole else ""

    def behind(self, name: str, line: int) -> list[ast.AST]:
        """All that a name may come from on a line: what it is given, the body of the function that is called so."""
        self.step(len(self._names.blocks.get(name, ())) + len(self._names.scopes))
        return self._names.behind(name, line)

    def defaults(self, call: ast.Call) -> list[ast.expr]:
        """What the parameters of a function of the file are where it is given nothing."""
        return [
            one for function in self._names.functions.get(last_name(call.func), ()) for one in function.args.defaults
        ]

    def step(self, count: int = 1) -> None:
        """Count what is followed, or looked at. Raises RecursionError where that is too much."""
        self._steps += count
        if self._steps > _MOST_STEPS:
            raise RecursionError

    def is_of_file(self, node: ast.AST) -> bool:
        """Whether it calls a function that the file itself defines."""
        return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in self._names.functions

    def _guarded(self, node: ast.expr, follow: Callable[[ast.expr], Iterable[_T]]) -> list[_T]:
        """What an expression comes to; nothing more where it leads back to itself."""
        self.step()
        if id(node) in self._followed:
            return []
        self._followed.add(id(node))
        found = list(follow(node))
        self._followed.discard(id(node))
        return found

    # What is followed.

    def _texts(self, node: ast.expr) -> Iterator[Literal]:
        if isinstance(node, ast.List | ast.Tuple | ast.Set):
            for one in node.elts:
                yield from self.texts(one.value if isinstance(one, ast.Starred) else one)
        elif isinstance(node, ast.Name) and (given := self._given(node)):
            for value in given:
                yield from self.texts(value)
        elif isinstance(node, ast.Name) and (elements := self._elements(node)):
            yield from elements
        elif isinstance(node, ast.ListComp | ast.SetComp | ast.GeneratorExp):
            yield from self._comprehended(node)
        elif isinstance(node, ast.Subscript):
            yield from self._looked_up(node)
        elif (text := self._text_of(node)) is not None:
            lines = (line.partition(" #")[0].strip() for line in text.split("\n"))  # comments, as setuptools drops them
            yield from (Literal(line, node.lineno) for line in lines if line and not line.startswith("#"))
        elif parts := self._parts(node):
            found = [literal for part in parts for literal in self.texts(part)]
            computed = [literal for literal in found if not literal.text]
            if self.is_of_file(node):  # whose arguments say what the function reads
                computed = [literal._replace(node=node) for literal in computed[:1]]
            yield from [*(literal for literal in found if literal.text), *computed]
        elif not (isinstance(node, ast.Constant) and not node.value):  # None, where there is none
            yield Literal("", getattr(node, "lineno", 1), node)

    def _given(self, name: ast.Name) -> list[ast.expr]:
        """What a name is given; where that may be its own (`x = x.strip()`), also what `for` takes it from."""
        values = self._values(name)
        return [*values, *self._names.given_by_blocks(name.id, name.lineno)] if values else []

    def _values(self, name: ast.Name) -> list[ast.expr]:
        self.step(len(self._names.taking.get(name.id, ())))
        return self._names.given(name)

    def _elements(self, name: ast.Name) -> list[Literal]:
        """The literals that `for` takes a name from; none where some are computed, which may be lines of a file."""
        blocks = self._names.given_by_blocks(name.id, name.lineno)
        found = [one for given in blocks for one in self.texts(given)]
        return found if all(one.text for one in found) else []

    def _pairs(self, node: ast.expr) -> Iterator[Pair]:
        if isinstance(node, ast.Dict):
            for key, value in zip(node.keys, node.values, strict=True):
                yield from [(key, value)] if key is not None else self.pairs(value)
        elif isinstance(node, ast.Name) and (node.id in self._names.values or node.id in self._names.entries):
            yield from self._names.entries.get(node.id, ())
            for value in self._values(node):
                yield from self.pairs(value)
        elif isinstance(node, ast.Call) and last_name(node.func) in _DICTS:
            for argument in node.args:
                is_factory = isinstance(argument, ast.Name) and argument.id in _GATHERING
                yield from () if is_factory else self.pairs(argument)
            for keyword in node.keywords:
                yield from [(ast.Constant(keyword.arg), keyword.value)] if keyword.arg else self.pairs(keyword.value)
        elif parts := self._parts(node):
            for part in parts:
                yield from self.pairs(part)
        else:
            yield None, node

    def _parts(self, node: ast.expr) -> list[ast.expr]:
        """What an expression may come to, or is gathered from; none where that is not known."""
        if isinstance(node, ast.IfExp):
            return [node.body, node.orelse]
        if isinstance(node, ast.BoolOp):
            return node.values
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add | ast.BitOr):
            return [node.left, node.right]
        if not isinstance(node, ast.Call):
            return []
        called = last_name(node.func)
        if called in _GATHERING or called == "copy":
            owner = [node.func.value] if called in ("union", "copy") and isinstance(node.func, ast.Attribute) else []
            return [*owner, *(one.value if isinstance(one, ast.Starred) else one for one in node.args)]
        if called in ("values", "items") and isinstance(node.func, ast.Attribute):
            return [value for _, value in self.pairs(node.func.value)]
        if called in _LINES and isinstance(node.func, ast.Attribute):
            return [node.func.value]
        if not isinstance(node.func, ast.Name):
            return []
        return self._looking_up(node) or self._names.returned.get(called, [])

    def _comprehended(self, node: ast.ListComp | ast.SetComp | ast.GeneratorExp) -> Iterator[Literal]:
        """What the lists hold from which a comprehension takes its elements as they are, or with more behind them."""
        bound = {_name_of(_element_of(one)) for one in node.generators} - {""}
        if _begun_with(node.elt) not in bound:
            yield Literal("", node.lineno, node)
            return
        for one in node.generators:
            if not (isinstance(one.iter, ast.Name) and one.iter.id in bound):
                yield from self.texts(one.iter)

    def _looked_up(self, node: ast.Subscript) -> Iterator[Literal]:
        key, pairs = self.text(node.slice), self.pairs(node.value)
        named = [value for one, value in pairs if one is None or self.text(one) == key]
        for value in named if key else ():
            if isinstance(value, ast.DictComp):
                yield from self._called_like(key, value.generators)
            else:
                yield from self.texts(value)
        if not (key and named):
            yield Literal("", node.lineno, node)

    def _called_like(self, key: str, generators: list[ast.comprehension]) -> Iterator[Literal]:
        """Of the requirements that a dict is made from, by the names that they begin with, those of one name."""
        waiting = [one.iter for one in generators]
        while waiting:
            node = waiting.pop()
            if isinstance(node, ast.ListComp | ast.GeneratorExp):
                waiting += [one.iter for one in node.generators]
                continue
            listed = self.texts(node)
            found = [one for one in listed if one.text == key or _is_of(one.text, key)]
            is_plain = bool(found) and all(one.text for one in listed)
            yield from found if is_plain else [Literal("", node.lineno, node)]

    def _looking_up(self, call: ast.Call) -> list[ast.expr]:
        """What a function of the file comes to that returns, of a table, what it is asked for by name."""
        called = last_name(call.func)
        functions, returned = self._names.functions.get(called, []), self._names.returned.get(called, [])
        names = functions[0].args.vararg if len(functions) == len(returned) == 1 else None
        found = returned[0] if names else None
        if not (names and isinstance(found, ast.ListComp) and isinstance(found.elt, ast.Subscript)):
            return []
        one, looked_up = found.generators[0], found.elt
        is_by_name = _name_of(one.iter) == names.arg and _name_of(looked_up.slice) == _name_of(one.target) != ""
        return [ast.copy_location(ast.Subscript(looked_up.value, one), call) for one in call.args if is_by_name]

    # Texts.

    def _text_of(self, node: ast.expr) -> str | None:
        """What is known of a text: all of it, or the name and extras that it begins with; None where not even those."""
        text, is_whole = self._beginning(node)
        if is_whole:
            return text
        begins = _NAME_AND_MORE.match(text)
        return begins[1] if begins else None

    def _beginning(self, node: ast.expr) -> tuple[str, bool]:
        """As much of a text as is literal, from its beginning, and whether that is all."""
        self.step()
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            return node.value, True
        if isinstance(node, ast.FormattedValue) and node.format_spec is None:
            return self._beginning(node.value)
        if isinstance(node, ast.JoinedStr):
            return self._joined(node.values)
        if isinstance(node, ast.Name) and len(values := self._values(node)) == 1:
            return self._of_name(values[0])
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
            return self._joined([node.left, node.right])
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mod):
            return _HOLE.split(self._beginning(node.left)[0])[0], False
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            text, is_whole = self._beginning(node.func.value)
            if node.func.attr == "format":
                return _HOLE.split(text)[0], False
            if node.func.attr == "split" and (not node.args or self.text(node.args[0])):
                return "\n".join(text.split(self.text(node.args[0]) if node.args else None)), is_whole
        return "", False

    def _of_name(self, value: ast.expr) -> tuple[str, bool]:
        """The beginning of what a name is given; none where that leads back to the name: `line = line.strip()`."""
        if isinstance(value, ast.BinOp) or id(value) in self._followed:
            return "", False
        self._followed.add(id(value))
        found = self._beginning(value)
        self._followed.discard(id(value))
        return found

    def _joined(self, parts: list[ast.expr]) -> tuple[str, bool]:
        text = ""
        for part in parts:
            more, is_whole = self._beginning(part)
            text += more
            if not is_whole:
                return text, False
        return text, True


def _element_of(loop: ast.comprehension) -> ast.expr:
    """What takes an element of a list, or the value of a key: `listed` of `for extra, listed in extras.items()`."""
    is_of_items = isinstance(loop.iter, ast.Call) and last_name(loop.iter.func) == "items"
    return [loop.target, *getattr(loop.target, "elts", ())][-1] if is_of_items else loop.target


def _begun_with(node: ast.expr) -> str:
    """The name that an expression is, or that a requirement begins with: f"{name}; marker", name + "==" + version."""
    parts: list[ast.expr] = []
    if isinstance(node, ast.JoinedStr):
        parts = [one.value if isinstance(one, ast.FormattedValue) else one for one in node.values]
    elif isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        parts = [node.left, node.right]
    elif isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mod):
        form = node.left.value if isinstance(node.left, ast.Constant) else None
        first = [*getattr(node.right, "elts", ()), node.right][0]
        is_first = isinstance(form, str) and form.startswith("%s")
        parts = [first if is_first else node.left, ast.Constant(str(form).removeprefix("%s"))]
    if len(parts) < 2 or isinstance(parts[0], ast.BinOp):
        return _begun_with(parts[0]) if parts else _name_of(node)
    behind = parts[1].value if isinstance(parts[1], ast.Constant) else None
    return _name_of(parts[0]) if isinstance(behind, str) and behind[:1] in tuple(" ;<>=!~@[") else ""


def _name_of(node: ast.expr) -> str:
    return node.id if isinstance(node, ast.Name) else ""


def _is_of(requirement: str, name: str) -> bool:
    """Whether a requirement is that of the name, with a version or more behind it."""
    return requirement.startswith(name) and requirement[len(name)] in " <>=!~;@["
