"""Gather what the names of a setup.py are given: by assignments, calls that add to them, `with` and `for`."""

import ast
import sys

from import_customs.model.syntax_tree import last_name

_ADDING_ONE = frozenset({"append", "add", "insert"})

Pair = tuple[ast.expr | None, ast.expr]  # of a dict; the key is None for what stands for pairs that cannot be read


class Names:
    """What the names are given, and what the functions are."""

    def __init__(self, module: ast.Module) -> None:
        """All assignments of the module are gathered, those in functions and under conditions too."""
        self.values: dict[str, list[ast.expr]] = {}
        self.entries: dict[str, list[Pair]] = {}  # what is put into a dict by its key
        self.returned: dict[str, list[ast.expr]] = {}  # by function
        self.functions: dict[str, list[ast.FunctionDef]] = {}
        self.calls: dict[str, list[ast.Call]] = {}  # by function
        self.taking: dict[str, list[ast.FunctionDef]] = {}  # by parameter: the functions that have it
        self.blocks: dict[str, list[tuple[ast.With | ast.For, ast.expr]]] = {}  # `with` and `for` give it to a name
        self.scopes: list[tuple[int, int, frozenset[str]]] = []  # of the functions: their lines, and their parameters
        self._taken: dict[tuple[int, str], list[ast.expr]] = {}  # by function and parameter: what it is given
        for node in ast.walk(module):
            self._gather(node)

    def given(self, name: ast.Name) -> list[ast.expr]:
        """What a name is given; a parameter in its function, and by the calls of that, instead of another name."""
        values, line = self.values.get(name.id, []), name.lineno
        taking = [one for one in self.taking.get(name.id, ()) if one.lineno <= line <= (one.end_lineno or line)]
        if not taking:
            return values
        function = taking[-1]  # the innermost: it is gathered last
        if (key := (id(function), name.id)) not in self._taken:
            inside = [one for one in values if function.lineno <= one.lineno <= (function.end_lineno or line)]
            self._taken[key] = [*inside, *self._passed(function, name.id)]
        return self._taken[key]

    def _passed(self, function: ast.FunctionDef, parameter: str) -> list[ast.expr]:
        """What the calls of a function give to a parameter, and its default."""
        taken = function.args
        names = [one.arg for one in (*taken.posonlyargs, *taken.args)]
        defaults = dict(zip(names[::-1], taken.defaults[::-1], strict=False))
        defaults |= {
            one.arg: default for one, default in zip(taken.kwonlyargs, taken.kw_defaults, strict=True) if default
        }
        found = [defaults[parameter]] if parameter in defaults else []
        for call in self.calls.get(function.name, ()):
            given = dict(zip(names, call.args, strict=False)) | {one.arg: one.value for one in call.keywords if one.arg}
            found += [given[parameter]] if parameter in given else []
        return found

    def behind(self, name: str, line: int) -> list[ast.AST]:
        """All that a name may come from on a line: what it is given, the body of the function that is called so."""
        first, last = self._scope(name, line)
        values = [value for value in self.values.get(name, ()) if first <= value.lineno <= last]
        bodies = (statement for function in self.functions.get(name, ()) for statement in function.body)
        return [*values, *self.given_by_blocks(name, line), *bodies]

    def given_by_blocks(self, name: str, line: int) -> list[ast.expr]:
        """What `with` and `for` give to a name on a line: the innermost around it, else all of its function."""
        if name not in self.blocks:
            return []
        first, last = self._scope(name, line)
        blocks = [(block, given) for block, given in self.blocks[name] if first <= block.lineno <= last]
        around = [given for block, given in blocks if block.lineno <= line <= (block.end_lineno or line)]
        return around[-1:] or [given for _, given in blocks]

    def _scope(self, name: str, line: int) -> tuple[int, int]:
        """The lines of the function whose own the name is on a line; those of the file where it is no function's."""
        bound = [value.lineno for value in self.values.get(name, ())]
        bound += [block.lineno for block, _ in self.blocks.get(name, ())]
        around = [one for one in self.scopes if one[0] <= line <= one[1]]
        own = [
            (first, last)
            for first, last, taken in around
            if name in taken or any(first <= one <= last for one in bound)
        ]
        return max(own, default=(1, sys.maxsize))  # the innermost

    def _gather(self, node: ast.AST) -> None:
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            self.calls.setdefault(node.func.id, []).append(node)
        if isinstance(node, ast.Assign):
            for target in node.targets:
                self._assign(target, node.value)
        elif isinstance(node, ast.AnnAssign | ast.AugAssign) and node.value is not None:
            self._assign(node.target, node.value)
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.args:
            if node.func.attr in _ADDING_ONE:
                self._assign(node.func.value, ast.copy_location(ast.List([node.args[-1]]), node))
            elif node.func.attr in ("extend", "update"):
                self._assign(node.func.value, node.args[0])
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "update":
            self._assign(node.func.value, ast.copy_location(ast.Call(ast.Name("dict"), [], node.keywords), node))
        elif isinstance(node, ast.FunctionDef):
            returned = (one.value for one in ast.walk(node) if isinstance(one, ast.Return))
            self.returned.setdefault(node.name, []).extend(value for value in returned if value)
            self.functions.setdefault(node.name, []).append(node)
            taken = frozenset(one.arg for one in ast.walk(node.args) if isinstance(one, ast.arg))
            self.scopes.append((node.lineno, node.end_lineno or node.lineno, taken))
            for parameter in taken:
                self.taking.setdefault(parameter, []).append(node)
        elif isinstance(node, ast.With):
            for item in node.items:
                if isinstance(item.optional_vars, ast.Name):
                    self.blocks.setdefault(item.optional_vars.id, []).append((node, item.context_expr))
        elif isinstance(node, ast.For) and isinstance(node.target, ast.Name):
            self.blocks.setdefault(node.target.id, []).append((node, node.iter))

    def _assign(self, target: ast.expr, value: ast.expr) -> None:
        if isinstance(target, ast.Name):
            self.values.setdefault(target.id, []).append(value)
        elif isinstance(target, ast.Tuple | ast.List):
            parts = value.elts if isinstance(value, ast.Tuple | ast.List) else []
            for one, part in zip(target.elts, parts, strict=False):
                self._assign(one, part)
        elif isinstance(target, ast.Subscript) and isinstance(target.value, ast.Name):
            self.entries.setdefault(target.value.id, []).append((target.slice, value))
        elif isinstance(target, ast.Call) and last_name(target.func) == "setdefault" and target.args:
            owner = target.func.value if isinstance(target.func, ast.Attribute) else target
            if isinstance(owner, ast.Name):
                self.entries.setdefault(owner.id, []).append((target.args[0], value))
