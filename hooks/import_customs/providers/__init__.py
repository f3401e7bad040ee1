"""Which distribution installs a module, and whether what is declared gives it."""

from import_customs.providers.index import (
    brings,
    installs,
    installs_some_part,
    is_known,
    is_namespace,
    is_part,
    is_shared,
    own_names,
    providers,
    rank,
    umbrellas,
    verify,
)
from import_customs.providers.index_lines import IndexDamagedError

TYPE_CHECKING = False  # typing and collections.abc cost 5 ms
if TYPE_CHECKING:
    from collections.abc import Collection

__all__ = [
    "IndexDamagedError",
    "installs",
    "is_known",
    "is_namespace",
    "is_of",
    "likely_private",
    "met_by",
    "own_names",
    "providers",
    "rank",
    "verify",
]


def met_by(module: str, declared: "Collection[str]") -> str | None:
    """The declared distribution that gives the module, or None. Names are normalized.

    A provider that the index knows comes first, then the module's own name where nothing speaks against it, then an
    umbrella. What no known part of a namespace is (`import google` too) is met by any that installs some part of it.
    """
    known = providers(module)
    for name in known:
        if name in declared:
            return name
    for name in own_names(module):
        if name in declared and installs(name, module) is not False:
            return name
    if known:
        return next((name for name in sorted(umbrellas().intersection(declared)) if brings(name, known)), None)
    if is_shared(module):
        holds = is_part if is_namespace(module) else installs_some_part
        return next((name for name in sorted(declared) if holds(name, module)), None)
    return None


def is_of(module: str, distribution: str) -> bool:
    """Whether it is the distribution's own module: none is known better for it, or it is called after the module.

    Of the latter it must be known that it installs the module, or nothing of that module at all. It goes by the index;
    of a project that is built cover.is_called_like says more, by its name.
    """
    known = providers(module)
    if known[:1] == [distribution]:
        return True
    if distribution not in own_names(module):
        return False
    installing = installs(distribution, module)
    return installing or (installing is None and not known)


def likely_private(module: str, declared: "Collection[str]") -> str | None:
    """A declared distribution of which nothing is known and that is called after the module: acme-platform-sdk."""
    top = module.partition(".")[0].lower().replace("_", "-")
    return next((name for name in sorted(declared) if name.startswith(f"{top}-") and not is_known(name)), None)
