"""What a finding is, and what each rule says of an import that it blocks."""

from collections.abc import Sequence
from typing import NamedTuple

from import_customs import providers, stdlib
from import_customs.imports import Import
from import_customs.project import Project
from import_customs.project.declaration import Declaration


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
    "misplaced": "Opt-in: runtime code imports what is declared for development only.",
    "conditional": "Opt-in: the import runs where the marker of its declaration does not hold.",
}


class Site(NamedTuple):
    """Where an import stands: what its judgement depends on besides its module."""

    project: Project
    file: str
    for_types: bool  # under TYPE_CHECKING or in a stub file: a stub distribution meets it too
    guarded: bool  # by `try` or by a version test


def undeclared(site: Site, module: str, imported: Import, known: Sequence[str], excerpt: str) -> Finding:
    """A module of which providers are known (best first), or none is: the rule is `undeclared` or `unknown`.

    For an unknown one no name is suggested: an invented one is how a hostile distribution gets installed.
    """
    shown = _named(module, list(known))
    where = site.project.path
    if known:
        named = "" if known[0] == shown else f", which `{known[0]}` provides"
        message = f"`{shown}` is imported{named}; {where} declares it nowhere"
        return _finding(site, shown, "undeclared", imported, excerpt, message, _worth_naming(known))
    message = f"`{shown}` is imported; nothing is known to provide it, and {where} declares nothing of that name"
    return _finding(site, shown, "unknown", imported, excerpt, message, ())


def stdlib_version(site: Site, top: str, imported: Import, excerpt: str) -> Finding:
    """A module of the standard library of some supported Pythons only."""
    brought, backport = stdlib.substitute(top), stdlib.backport(top)
    remedy = f"declare `{backport}`, guard the import" if backport else "guard the import"
    message = (
        f"`{top}` is in the standard library of some Pythons only, not of all that "
        f"requires-python ({site.project.requires_python}) admits; {remedy}, or narrow requires-python"
    )
    return _finding(site, top, "stdlib-version", imported, excerpt, message, (brought,) if brought else ())


def misplaced(site: Site, module: str, imported: Import, giving: Sequence[Declaration], excerpt: str) -> Finding:
    """An import of runtime code that only declarations for development give."""
    places = ", ".join(sorted({one.place for one in giving}))
    message = f"`{module}` is imported by runtime code; {site.project.path} declares it for development only ({places})"
    found = _finding(site, module, "misplaced", imported, excerpt, message, (giving[0].name,))
    return found._replace(remedy=f"move `{giving[0].name}` to the runtime dependencies")


def conditional(site: Site, module: str, imported: Import, giving: Sequence[Declaration], excerpt: str) -> Finding:
    """An import that runs where no marker of its declarations holds."""
    markers = " or ".join(sorted({one.marker for one in giving}))
    message = f"`{module}` is imported everywhere; {site.project.path} declares it only where {markers}"
    found = _finding(site, module, "conditional", imported, excerpt, message, (giving[0].name,))
    return found._replace(remedy="guard the import by the same test, or declare it without the marker")


def _named(module: str, known: list[str]) -> str:
    """As much of the dotted name as it takes to tell the provider; where none is known, the part that names one."""
    if not known:
        return module if providers.is_namespace(module.partition(".")[0]) else module.partition(".")[0]
    parts = module.split(".")
    prefixes = (".".join(parts[:end]) for end in range(1, len(parts)))
    return next((prefix for prefix in prefixes if providers.providers(prefix) == known), module)


def _worth_naming(known: Sequence[str]) -> list[str]:
    """The best provider, and the popular ones after it: the long tail of forks helps nobody."""
    return [*known[:1], *(name for name in known[1:] if providers.rank(name) is not None)]


def _finding(
    site: Site, module: str, rule: str, imported: Import, excerpt: str, message: str, named: Sequence[str]
) -> Finding:
    return Finding(
        path=site.file,
        line=imported.line,
        column=imported.column,
        module=module,
        rule=rule,
        providers=tuple(named),
        project=site.project.path,
        guard=imported.guard,
        via=(),
        message=message,
        excerpt=excerpt,
    )
