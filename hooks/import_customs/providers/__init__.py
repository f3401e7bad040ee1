"""Which distribution installs a module, and whether what is declared gives it."""

from .index import brings, installs, is_known, is_namespace, is_part, own_names, providers, rank, verify
from .lines import IndexDamagedError

TYPE_CHECKING = False  # typing and collections.abc cost 5 ms
if TYPE_CHECKING:
    from collections.abc import Collection

__all__ = [
    "IndexDamagedError",
    "installs",
    "is_known",
    "is_namespace",
    "likely_private",
    "met_by",
    "providers",
    "rank",
    "verify",
]


def met_by(module: str, declared: "Collection[str]") -> str | None:
    """The declared distribution that gives the module, or None. Names are normalized.

    A provider that the index knows comes first, then the module's own name where nothing speaks against it, then an
    umbrella. A bare namespace (`import google`) is there with any of its parts.
    """
    known = providers(module)
    for name in known:
        if name in declared:
            return name
    for name in own_names(module):
        if name in declared and installs(name, module) is not False:
            return name
    if not known and is_namespace(module):
        return next((name for name in sorted(declared) if is_part(name, module)), None)
    return next((name for name in sorted(declared) if brings(name, known)), None)


def likely_private(module: str, declared: "Collection[str]") -> str | None:
    """A declared distribution of which nothing is known and that is called after the module: acme-platform-sdk."""
    top = module.partition(".")[0].lower().replace("_", "-")
    return next((name for name in sorted(declared) if name.startswith(f"{top}-") and not is_known(name)), None)
