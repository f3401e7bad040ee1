"""Tell which distributions install a module: by the bundled index, a lock file, an environment, the standard library.

This is the room's public face: what the bundled index knows is asked here, never of the files `index*`. `stdlib`,
`common_names`, `distributions`, `evidence`, `misspelling` and `requirement_graph` each answer a question of
their own.
"""

from __future__ import annotations

from import_customs.model.names import top
from import_customs.providers.index import (
    BEYOND_DOUBT,
    WELL_KNOWN,
    dotted_names,
    extra_requirements,
    extras_of,
    installs,
    installs_some_part,
    is_known,
    is_module_among,
    is_namespace,
    is_part,
    is_second,
    is_shared,
    joined_letters,
    namespace_of,
    own_names,
    providers,
    rank,
    stands_for,
    umbrella_parts,
    umbrellas,
)
from import_customs.providers.index_lines import IndexDamagedError, index_day, verify_used

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection

__all__ = [
    "BEYOND_DOUBT",
    "WELL_KNOWN",
    "IndexDamagedError",
    "declared_provider",
    "dotted_names",
    "extra_requirements",
    "extras_of",
    "index_day",
    "installs",
    "is_brought_along",
    "is_known",
    "is_module_among",
    "is_namespace",
    "is_own_module",
    "is_part",
    "is_shared",
    "likely_private_provider",
    "namespace_of",
    "own_names",
    "private_provider",
    "providers",
    "rank",
    "stands_for",
    "umbrella_parts",
    "verify_used",
]


def is_brought_along(module: str, distribution: str) -> bool:
    """Whether people hardly mean a popular distribution by the module, as they do by `speedtest`, of speedtest-cli.

    It has another one of its name, and this is called like no part of that: `typings`, of bokeh.
    """
    return joined_letters(top(module)) not in joined_letters(distribution) and is_second(module, distribution)


def declared_provider(module: str, declared: Collection[str]) -> str | None:
    """The declared distribution that installs the module, or None. Names are normalized.

    A provider that the index knows comes first, then the module's own name where nothing speaks against it, then an
    umbrella. For a bare namespace (`import google`), and for a part of one that is not known, any distribution that
    installs some part of it will do.
    """
    known = providers(module)
    for name in known:
        if name in declared:
            return name
    for name in own_names(module):
        if name in declared and installs(name, module) is not False:
            return name
    if known:
        return next((name for name in sorted(umbrellas().intersection(declared)) if stands_for(name, known)), None)
    if is_shared(module):
        holds = is_part if is_namespace(module) else installs_some_part
        return next((name for name in sorted(declared) if holds(name, module)), None)
    return None


def is_own_module(module: str, distribution: str) -> bool:
    """True if the distribution is the best known provider of the module, or is called after it.

    One that is called after it must also be known to install it, unless the index knows nothing of the module at all.
    This goes by the index alone; for a project that is built, `check.covered` goes by its name as well.
    """
    known = providers(module)
    if known[:1] == [distribution]:
        return True
    if distribution not in own_names(module):
        return False
    installing = installs(distribution, module)
    return installing or (installing is None and not known)


def private_provider(module: str, declared: Collection[str], elsewhere: Collection[str]) -> str | None:
    """The declared distribution that is called like the module, or like one above it, and whose files no index knows.

    That is one from `elsewhere`, which installs what is called like it, and one that is not popular and has the whole
    dotted name: acme-billing for `acme.billing`, and, as nothing else is known to install that, pyln-client for
    `pyln.client`. `acme` is for `declared_provider`.
    """
    for prefix, name in dotted_names(module):
        if name in declared and (name in elsewhere or ("." in prefix and _may_install(name, module))):
            return name
    return None


def _may_install(distribution: str, module: str) -> bool:
    """Whether nothing speaks against it that a distribution installs the module that it is called after."""
    return not is_known(distribution) or (rank(distribution) is None and not providers(module))


def likely_private_provider(module: str, declared: Collection[str]) -> str | None:
    """A declared distribution that is not known and called after the module: acme-platform-sdk for `acme`."""
    beginning = top(module).lower().replace("_", "-") + "-"
    return next((name for name in sorted(declared) if name.startswith(beginning) and not is_known(name)), None)
