"""Follow the literals of a setup.py: what its names are given, wherever in the file, and what is added to them later.

All that a name may hold counts, whichever branch gives it. What a function of the file returns is followed too.
"""

import ast
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple, TypeVar

from import_customs.model.later import pattern
from import_customs.model.syntax_tree import last_name

_MOST_STEPS = 100_000  # names that are followed, and elements: a few lines of sums of sums could take for ever
_GATHERING = frozenset({"list", "tuple", "set", "frozenset", "sorted", "sum", "chain", "from_iterable", "union"})
_DICTS = frozenset({"dict", "OrderedDict", "defaultdict"})
_ADDING_ONE = frozenset({"append", "add", "insert"})
_LINES = frozenset({"split", "splitlines", "strip", "rstrip", "lstrip"})
_NAME_AND_MORE = pattern(r"\s*([A-Za-z0-9][A-Za-z0-9._-]*\s*(?:\[[^\]]*\])?)\s*[<>=!~;@(\[]")
_HOLE = pattern(r"%[^%]|\{")  # where % or .format() put something in

_T = TypeVar("_T")
Pair = tuple[ast.expr | None, ast.expr]  # of a dict; the key is None for what stands for pairs that cannot be read


class Literal(NamedTuple):
    """One text that the file holds, or the place of something that is computed."""

    text: str  # "" where it is computed
    line: int  # from 1
    node: ast.expr | None = None  # what computes it


class Values:
    """What the names of one setup.py may hold."""

    def __init__(self, module: ast.Module) -> None:
        """All assignments of the module are gathered, those in functions and under conditions too."""
        self._values: dict[str, list[ast.expr]] = {}
        self._entries: dict[str, list[Pair]] = {}  # what is put into a dict by its key
        self._returned: dict[str, list[ast.expr]] = {}  # by function
        self._functions: dict[str, list[ast.FunctionDef]] = {}
        self._blocks: dict[str, list[tuple[ast.With | ast.For, ast.expr]]] = {}  # `with` and `for` give it to a name
        self._followed: set[int] = set()  # the expressions on the way, which may lead back to themselves
        self._steps = 0
        for node in ast.walk(module):
            self._gather(node)

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
        blocks = self._blocks.get(name, [])
        self.step(len(blocks))
        around = [given for block, given in blocks if block.lineno <= line <= (block.end_lineno or line)]
        given = around[-1:] or [given for _, given in blocks]
        bodies = (statement for function in self._functions.get(name, ()) for statement in function.body)
        return [*self._values.get(name, ()), *given, *bodies]

    def defaults(self, call: ast.Call) -> list[ast.expr]:
        """What the parameters of a function of the file are where it is given nothing."""
        return [one for function in self._functions.get(last_name(call.func), ()) for one in function.args.defaults]

    def step(self, count: int = 1) -> None:
        """Count what is followed, or looked at. Raises RecursionError where that is too much."""
        self._steps += count
        if self._steps > _MOST_STEPS:
            raise RecursionError

    def is_of_file(self, node: ast.AST) -> bool:
        """Whether it calls a function that the file itself defines."""
        return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in self._functions

    def _guarded(self, node: ast.expr, follow: Callable[[ast.expr], Iterable[_T]]) -> list[_T]:
        """What an expression comes to; nothing more where it leads back to itself."""
        self.step()
        if id(node) in self._followed:
            return []
        self._followed.add(id(node))
        found = list(follow(node))
        self._followed.discard(id(node))
        return found

    # What is gathered.

    def _gather(self, node: ast.AST) -> None:
        if isinstance(node, ast.Assign):
            for target in node.targets:
                self._assign(target, node.value)
        elif isinstance(node, ast.AnnAssign | ast.AugAssign) and node.value is not None:
            self._assign(node.target, node.value)
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.args:
            if node.func.attr in _ADDING_ONE:
                self._assign(node.func.value, ast.List([node.args[-1]]))
            elif node.func.attr in ("extend", "update"):
                self._assign(node.func.value, node.args[0])
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "update":
            self._assign(node.func.value, ast.Call(ast.Name("dict"), [], node.keywords))
        elif isinstance(node, ast.FunctionDef):
            returned = (one.value for one in ast.walk(node) if isinstance(one, ast.Return))
            self._returned.setdefault(node.name, []).extend(value for value in returned if value)
            self._functions.setdefault(node.name, []).append(node)
        elif isinstance(node, ast.With):
            for item in node.items:
                if isinstance(item.optional_vars, ast.Name):
                    self._blocks.setdefault(item.optional_vars.id, []).append((node, item.context_expr))
        elif isinstance(node, ast.For) and isinstance(node.target, ast.Name):
            self._blocks.setdefault(node.target.id, []).append((node, node.iter))

    def _assign(self, target: ast.expr, value: ast.expr) -> None:
        if isinstance(target, ast.Name):
            self._values.setdefault(target.id, []).append(value)
        elif isinstance(target, ast.Tuple | ast.List):
            parts = value.elts if isinstance(value, ast.Tuple | ast.List) else []
            for one, part in zip(target.elts, parts, strict=False):
                self._assign(one, part)
        elif isinstance(target, ast.Subscript) and isinstance(target.value, ast.Name):
            self._entries.setdefault(target.value.id, []).append((target.slice, value))
        elif isinstance(target, ast.Call) and last_name(target.func) == "setdefault" and target.args:
            owner = target.func.value if isinstance(target.func, ast.Attribute) else target
            if isinstance(owner, ast.Name):
                self._entries.setdefault(owner.id, []).append((target.args[0], value))

    # What is followed.

    def _texts(self, node: ast.expr) -> Iterator[Literal]:
        if isinstance(node, ast.List | ast.Tuple | ast.Set):
            for one in node.elts:
                yield from self.texts(one.value if isinstance(one, ast.Starred) else one)
        elif isinstance(node, ast.Name) and node.id in self._values:
            for value in self._values[node.id]:
                yield from self.texts(value)
        elif isinstance(node, ast.ListComp | ast.SetComp | ast.GeneratorExp):
            yield from self._comprehended(node)
        elif isinstance(node, ast.Subscript):
            yield from self._looked_up(node)
        elif (text := self._text_of(node)) is not None:
            lines = (line.partition(" #")[0].strip() for line in text.split("\n"))  # comments, as setuptools drops them
            yield from (Literal(line, node.lineno) for line in lines if line and not line.startswith("#"))
        elif parts := self._parts(node):
            is_of_file = self.is_of_file(node)  # whose arguments say what the function reads
            for literal in (literal for part in parts for literal in self.texts(part)):
                yield literal._replace(node=node) if is_of_file and not literal.text else literal
        elif not (isinstance(node, ast.Constant) and not node.value):  # None, where there is none
            yield Literal("", getattr(node, "lineno", 1), node)

    def _pairs(self, node: ast.expr) -> Iterator[Pair]:
        if isinstance(node, ast.Dict):
            for key, value in zip(node.keys, node.values, strict=True):
                yield from [(key, value)] if key is not None else self.pairs(value)
        elif isinstance(node, ast.Name) and (node.id in self._values or node.id in self._entries):
            yield from self._entries.get(node.id, ())
            for value in self._values.get(node.id, ()):
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
        return self._looking_up(node) or self._returned.get(called, [])

    def _comprehended(self, node: ast.ListComp | ast.SetComp | ast.GeneratorExp) -> Iterator[Literal]:
        """What the lists hold from which a comprehension takes its elements as they are."""
        bound = {_name_of(_element_of(one)) for one in node.generators} - {""}
        if not (isinstance(node.elt, ast.Name) and node.elt.id in bound):
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
        functions, returned = self._functions.get(called, []), self._returned.get(called, [])
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
        if isinstance(node, ast.Name) and len(values := self._values.get(node.id, [])) == 1:
            return self._beginning(values[0]) if not isinstance(values[0], ast.BinOp) else ("", False)
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


def _name_of(node: ast.expr) -> str:
    return node.id if isinstance(node, ast.Name) else ""


def _is_of(requirement: str, name: str) -> bool:
    """Whether a requirement is that of the name, with a version or more behind it."""
    return requirement.startswith(name) and requirement[len(name)] in " <>=!~;@["
