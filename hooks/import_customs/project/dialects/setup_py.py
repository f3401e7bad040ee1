"""Read what the call of setup() in a setup.py states: by its syntax, and it is never run.

Only literals count: texts, lists, tuples and dicts of them, names given to such at module level, and sums of them.
Source: setuptools' documentation, "Keywords".
"""

import ast  # 9 ms; only where pyproject.toml leaves the dependencies to a setup.py
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from import_customs.model import BUILD, RUNTIME, Place
from import_customs.model.requirement import normalized
from import_customs.model.source_text import decode
from import_customs.model.syntax_tree import parsed

_LARGEST = 256 * 1024  # bytes that are parsed; in their tree each may take 600
_MOST_STEPS = 100_000  # names that are followed, and elements: a few lines of sums of sums could take for ever
_ERRORS = (SyntaxError, ValueError, RecursionError, MemoryError)
_PYTHON = "python_requires"
_LISTS = {"install_requires": RUNTIME, "setup_requires": BUILD, "tests_require": Place("extra", "test")}
_AT_RUN_TIME = ("install_requires", "extras_require")

_CHANGING = frozenset({"append", "extend", "insert", "update", "setdefault"})


class StatedRequirement(NamedTuple):
    """One requirement that the call states."""

    text: str
    place: Place
    line: int  # from 1


class _Assigned(dict[str, ast.expr | None]):
    """The values that the module assigns, once and whole, by name; None for a name that is changed later."""

    followed = 0

    def value_of(self, value: ast.expr) -> ast.expr:
        """The value of a name, or the name where that is computed. Raises RecursionError where there is no end."""
        if not isinstance(value, ast.Name):
            return value
        self.step(1)
        return self.get(value.id) or value

    def step(self, steps: int) -> None:
        """Count what is done. Raises RecursionError where it is too much."""
        self.followed += steps
        if self.followed > _MOST_STEPS:
            raise RecursionError


class Setup(NamedTuple):
    """What the call states of dependencies."""

    requirements: list[StatedRequirement]
    states: bool  # whether it says what is needed at run time, and not only by the build and the tests
    computed: bool  # whether some of it cannot be read
    name: str = ""  # "" where it does not say, or computes it
    requires_python: str = ""  # "" where it does not say, or computes it
    pbr: bool = False  # whether it leaves the rest to pbr (its documentation, "Using pbr")
    where: tuple[str, ...] = ()  # folders in which it looks for packages
    extensions: tuple[str, ...] = ()  # modules that are compiled
    package_dirs: tuple[tuple[str, str], ...] = ()  # packages and their folders; "" is the root of all


@lru_cache(maxsize=1)  # asked for the dependencies, then for the Pythons and the folders
def read_setup_py(source: bytes) -> Setup:
    """The requirements of the call, and of what cannot be parsed none, as of what is computed."""
    try:
        return _setup_of(parsed(decode(source[: _LARGEST + 1])[0], _LARGEST))
    except _ERRORS:
        return Setup([], states=False, computed=True)


def _setup_of(module: ast.Module) -> Setup:
    assigned = _assigned_in(module)
    calls = [node for node in ast.walk(module) if isinstance(node, ast.Call)]
    setups = [call for call in calls if _name_called(call) == "setup"]
    arguments = [argument for call in setups for argument in _arguments(call, assigned)]
    listed: list[StatedRequirement | None] = []
    for argument, value in arguments:
        if argument in _LISTS:
            listed.extend(_requirements_in(value, _LISTS[argument], assigned))
        elif argument == "extras_require":
            listed.extend(_extras_in(value, assigned))
    finding = [call for call in calls if _name_called(call) in ("find_packages", "find_namespace_packages")]
    compiled = [call for call in calls if _name_called(call).endswith("Extension")]
    texts = {name: _text(assigned.value_of(value)) for name, value in reversed(arguments) if name in ("name", _PYTHON)}
    return Setup(
        requirements=[requirement for requirement in listed if requirement is not None],
        states=any(argument in _AT_RUN_TIME for argument, _ in arguments),
        computed=None in listed,
        name=texts.get("name", ""),
        requires_python=texts.get(_PYTHON, ""),
        pbr=any(argument == "pbr" and getattr(value, "value", None) is True for argument, value in arguments),
        where=_first_arguments(finding, "where", assigned),
        extensions=_first_arguments(compiled, "name", assigned),
        package_dirs=tuple(
            pair for argument, value in arguments if argument == "package_dir" for pair in _text_pairs(value, assigned)
        ),
    )


def _first_arguments(calls: list[ast.Call], name: str, assigned: _Assigned) -> tuple[str, ...]:
    """The literals that are the calls' first argument, which has a name."""
    values = [
        value
        for call in calls
        for value in [*call.args[:1], *(word.value for word in call.keywords if word.arg == name)]
    ]
    return tuple(text for value in values if (text := _text(assigned.value_of(value))))


def _name_called(call: ast.Call) -> str:
    """The last part of the name of what is called."""
    return str(getattr(call.func, "attr", getattr(call.func, "id", "")))


def _assigned_in(module: ast.Module) -> _Assigned:
    found = _Assigned()
    at_module_level = set(map(id, module.body))
    for node in ast.walk(module):
        if isinstance(node, ast.Assign):
            for target in node.targets:
                name = _name_changed(target)
                is_whole = isinstance(target, ast.Name) and name not in found and id(node) in at_module_level
                found[name] = node.value if is_whole else None
        elif isinstance(node, ast.AugAssign):
            found[_name_changed(node.target)] = None
        elif isinstance(node, ast.Attribute) and node.attr in _CHANGING:
            found[_name_changed(node.value)] = None
    return found


def _name_changed(target: ast.expr) -> str:
    """The name that an assignment to `a`, `a["x"]` or `a.x` changes."""
    while isinstance(target, ast.Subscript | ast.Attribute):
        target = target.value
    return target.id if isinstance(target, ast.Name) else ""


def _arguments(call: ast.Call, assigned: _Assigned) -> Iterator[tuple[str, ast.expr]]:
    """The arguments, those of `**table` too; what `**` adds and is computed may be requirements."""
    for keyword in call.keywords:
        if keyword.arg is not None:
            yield keyword.arg, keyword.value
            continue
        for key, value in _pairs(keyword.value, assigned) or [(None, keyword.value)]:
            name = _text(key)
            yield (name, value) if name else ("install_requires", keyword.value)


def _requirements_in(value: ast.expr, place: Place, assigned: _Assigned) -> list[StatedRequirement | None]:
    """The requirements of a list, None for each that is computed."""
    value = assigned.value_of(value)
    if isinstance(value, ast.BinOp) and isinstance(value.op, ast.Add):
        return [*_requirements_in(value.left, place, assigned), *_requirements_in(value.right, place, assigned)]
    if isinstance(value, ast.Constant) and isinstance(value.value, str):
        assigned.step(value.value.count("\n"))
        return [
            StatedRequirement(line.strip(), place, value.lineno) for line in value.value.split("\n") if line.strip()
        ]
    if not isinstance(value, ast.List | ast.Tuple | ast.Set):
        return [None]
    assigned.step(len(value.elts))
    found: list[StatedRequirement | None] = []
    for element in value.elts:
        inner = element.value if isinstance(element, ast.Starred) else element
        is_text = isinstance(element, ast.Constant) and isinstance(element.value, str)
        found.extend(
            _requirements_in(inner, place, assigned) if is_text or isinstance(element, ast.Starred) else [None]
        )
    return found


def _extras_in(value: ast.expr, assigned: _Assigned) -> list[StatedRequirement | None]:
    pairs = _pairs(value, assigned)
    if pairs is None:
        return [None]
    places = ((Place("extra", normalized(_text(key) or "all")), listed) for key, listed in pairs)
    return [found for place, listed in places for found in _requirements_in(listed, place, assigned)]


def _text_pairs(value: ast.expr, assigned: _Assigned) -> Iterator[tuple[str, str]]:
    """The keys and values of a dict, those that are texts."""
    for key, named in _pairs(value, assigned) or ():
        text = _text(assigned.value_of(named))
        if text and isinstance(key, ast.Constant) and isinstance(key.value, str):
            yield key.value, text


def _pairs(value: ast.expr, assigned: _Assigned) -> list[tuple[ast.expr | None, ast.expr]] | None:
    """The keys and values of a dict, also of `dict(a=…)`; None where it is computed."""
    value = assigned.value_of(value)
    if isinstance(value, ast.Dict):
        return list(zip(value.keys, value.values, strict=True))
    if isinstance(value, ast.Call) and getattr(value.func, "id", "") == "dict" and not value.args:
        return [(ast.Constant(keyword.arg), keyword.value) for keyword in value.keywords]
    return None


def _text(key: ast.expr | None) -> str:
    return key.value if isinstance(key, ast.Constant) and isinstance(key.value, str) else ""
