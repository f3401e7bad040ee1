"""What a finding is, and the rules: an import that the declarations do not cover in, the message that says so out."""

from collections.abc import Sequence
from typing import NamedTuple


class Finding(NamedTuple):
    """One import that the declarations do not cover, under one rule."""

    path: str  # from the repository's root
    line: int  # from 1
    column: int  # from 1, in characters
    module: str  # dotted as far as it takes to tell the provider
    rule: str  # a key of RULES
    providers: tuple[str, ...]  # normalized names, best first
    project: str  # the path of its pyproject.toml
    guard: str | None
    via: tuple[str, ...]  # the declared distributions that a transitive one arrives through
    message: str
    excerpt: str  # the source line
    remedy: str = ""  # what settles it where it is no declaration that is missing


RULES = {
    "undeclared": "A distribution that provides the module is known, and declared nowhere.",
    "unknown": "Nothing is known to provide the module, and no declaration is of its name.",
    "stdlib-version": "The standard library has the module, but not on every Python that the project supports.",
}


def undeclared(module: str, providers: Sequence[str], project: str) -> str:
    """The message of `undeclared`."""
    best = providers[0]
    named = "" if best == module else f", which `{best}` provides"
    return f"`{module}` is imported{named}; {project} declares it nowhere"


def unknown(module: str, project: str) -> str:
    """The message of `unknown`. It suggests no name: an invented one is how a hostile distribution gets installed."""
    return f"`{module}` is imported; nothing is known to provide it, and {project} declares nothing of that name"


def stdlib_version(module: str, requires_python: str, backport: str | None) -> str:
    """The message of `stdlib-version`."""
    remedy = f"declare `{backport}`, guard the import" if backport else "guard the import"
    return (
        f"`{module}` is in the standard library of some Pythons only, not of all that "
        f"requires-python ({requires_python}) admits; {remedy}, or narrow requires-python"
    )
