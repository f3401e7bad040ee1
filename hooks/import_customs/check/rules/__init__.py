"""What a finding is, and what each rule says of an import that it blocks."""

from __future__ import annotations

from import_customs import providers
from import_customs.model import Declaration, Finding, Import, Project, Site
from import_customs.model.requirement import normalized
from import_customs.model.value import NamedTuple
from import_customs.providers import stdlib

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

RULES = {
    "undeclared": "A distribution that provides the module is known, and declared nowhere.",
    "transitive": "Declared nowhere; it is installed only because a declared distribution requires it.",
    "unknown": "Nothing is known to provide the module, and no declaration is of its name.",
    "stdlib-version": "The standard library has the module, but not on every Python that the project supports.",
    "misplaced": "Opt-in: runtime code imports what is declared for development only.",
    "conditional": "Opt-in: the import runs where the marker of its declaration does not hold.",
}


class Known(NamedTuple):
    """What is known of a module that nothing covers, beyond its providers."""

    shown: str = ""  # as much of the dotted name as it takes; "" where the index tells
    near: str | None = None  # the module that it may be a misspelling of
    extra: str = ""  # a declared extra that may bring it
    obscure: bool = False  # its provider is neither installed here nor among the most downloaded
    candidates: tuple[str, ...] = ()  # declared distributions of which nothing is known


def undeclared(
    site: Site, module: str, imported: Import, providing: Sequence[str], excerpt: str, known: Known
) -> Finding:
    """A module of which providers are known (best first), or none is: the rule is `undeclared` or `unknown`.

    For an unknown one no name is suggested: an invented one is how a hostile distribution gets installed.
    """
    shown = known.shown or _named(module, providers.providers(module) or list(providing))
    message = f"`{shown}` is imported{_by_whom(shown, providing)}; "
    if not providing:
        message += f"nothing is known to provide it, and {site.project.path} declares nothing of that name"
        message += f"; did you mean `{known.near}`?" if known.near else _by_extra(known.extra)
        found = _finding(site, shown, "unknown", imported, excerpt, message, ())
        return found._replace(candidates=known.candidates)
    message += f"{site.project.path} declares it nowhere{_by_extra(known.extra)}"
    if known.obscure:
        message += f"; `{providing[0]}` is not among the most downloaded"
    found = _finding(site, shown, "undeclared", imported, excerpt, message, _worth_naming(providing))
    spelling = f"did you mean `{known.near}`? If not, see that `{providing[0]}` is what you want before you declare it"
    return found._replace(remedy=spelling) if known.obscure and known.near else found


def transitive(
    site: Site, module: str, imported: Import, ways: Sequence[Sequence[str]], excerpt: str, known: Known
) -> Finding:
    """A module whose provider arrives by these ways, the shortest first: each from the provider to a declared one."""
    provider = ways[0][0]
    shown = known.shown or _named(module, providers.providers(module))
    others = len(ways) - 1
    more = f" and {others} more" if others else ""
    message = (
        f"`{shown}` is imported{_by_whom(shown, [provider])}; {site.project.path} declares it nowhere, "
        f"and it arrives only through {' ← '.join(ways[0])}{more}"
    )
    found = _finding(site, shown, "transitive", imported, excerpt, message, (provider,))
    return found._replace(via=tuple(way[-1] for way in ways))


def _by_whom(shown: str, providing: Sequence[str]) -> str:
    return f", which `{providing[0]}` provides" if providing and providing[0] != shown else ""


def _by_extra(extra: str) -> str:
    return f"; `{extra}` may bring it, of which nothing is known here" if extra else ""


def stdlib_version(site: Site, top: str, imported: Import, excerpt: str) -> Finding:
    """A module of the standard library of some supported Pythons only."""
    brought = stdlib.substitute(top)
    message = (
        f"`{top}` is in the standard library of some Pythons only, not of all that requires-python "
        f"({site.project.requires_python}) admits; {_settling(site.project, top)}, or narrow requires-python"
    )
    return _finding(site, top, "stdlib-version", imported, excerpt, message, (brought,) if brought else ())


def _settling(project: Project, top: str) -> str:
    """What lets the project import the module on Pythons that lack it."""
    brought, other = stdlib.substitute(top), stdlib.backport(top)
    if other:
        declare = "" if normalized(other) in project.declared else "declare and "
        return f"guard the import (`try`, `sys.version_info`), and {declare}import `{other}` where it is missing"
    return f"declare `{brought}`, guard the import" if brought else "guard the import"


def misplaced(site: Site, module: str, imported: Import, giving: Sequence[Declaration], excerpt: str) -> Finding:
    """An import of runtime code that only declarations for development give."""
    places = ", ".join(sorted({str(one.place) for one in giving}))
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
