"""Read which packages and modules the call of setup() installs, and from which folders, where all of it is literal.

Source: setuptools' documentation, "Keywords", "Package Discovery and Namespace Packages".
"""

import ast
from typing import NamedTuple

from import_customs.model.syntax_tree import last_name
from import_customs.project.dialects.setup_py_values import Values

COMPUTED = ""  # in place of the name of arguments that `**` adds and that are computed
_FINDING = {"find_packages": True, "find_namespace_packages": False}  # whether a package needs an __init__.py
_PARAMETERS = ("where", "exclude", "include")  # of both, in their order
_MORE = {COMPUTED, "data_files", "scripts"}  # by which the wheel holds what no package does


class Found(NamedTuple):
    """One call that looks for packages."""

    where: str
    include: tuple[str, ...]
    exclude: tuple[str, ...]
    needs_init: bool


class Contents(NamedTuple):
    """All that the call installs."""

    packages: tuple[str, ...]  # dotted, named one by one
    modules: tuple[str, ...]  # dotted
    found: tuple[Found, ...]
    folders: dict[str, str]  # of packages, and so of those below them; "" is the root of all

    def path(self, module: str) -> str:
        """Where a package or a module is, from the project's folder."""
        parts = module.split(".")
        for number in range(len(parts), -1, -1):
            above = ".".join(parts[:number])
            if above in self.folders:
                return "/".join([self.folders[above].rstrip("/"), *parts[number:]])
        return "/".join(parts)


def contents(arguments: list[tuple[str, ast.expr]], values: Values) -> Contents | None:
    """What these arguments install; None where they do not say, or some of it is computed or of another kind."""
    named = {argument for argument, _ in arguments}
    if named.isdisjoint(("packages", "py_modules")) or not named.isdisjoint(_MORE):
        return None
    packages, modules = (
        [one for argument, value in arguments if argument == wanted for one in values.texts(value)]
        for wanted in ("packages", "py_modules")
    )
    found = [_found(one.node, values) for one in (*packages, *modules) if not one.text]
    pairs = [pair for argument, value in arguments if argument == "package_dir" for pair in values.pairs(value)]
    folders = {_literal(key): values.text(value) for key, value in pairs}
    calls = tuple(one for one in found if one is not None)
    if len(calls) < len(found) or None in folders or not all(folders.values()):
        return None
    return Contents(
        tuple(one.text for one in packages if one.text),
        tuple(one.text for one in modules if one.text),
        calls,
        {key: folder for key, folder in folders.items() if key is not None},
    )


def _literal(key: ast.expr | None) -> str | None:
    return key.value if isinstance(key, ast.Constant) and isinstance(key.value, str) else None


def _found(node: ast.expr | None, values: Values) -> Found | None:
    """The call that looks for packages, if it is one and its arguments are literals."""
    if not isinstance(node, ast.Call) or last_name(node.func) not in _FINDING:
        return None
    given = {
        **dict(zip(_PARAMETERS, node.args, strict=False)),
        **{word.arg or "": word.value for word in node.keywords},
    }
    read = {name: [one.text for one in values.texts(value)] for name, value in given.items()}
    if not read.keys() <= {*_PARAMETERS} or not all(all(texts) for texts in read.values()):
        return None
    where, exclude, include = (read.get(name, []) for name in _PARAMETERS)
    return Found(where[0] if where else ".", tuple(include), tuple(exclude), _FINDING[last_name(node.func)])
