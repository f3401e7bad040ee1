"""Tell whether people mean a well known distribution by a module, whatever the repository has of that name."""

from __future__ import annotations

from import_customs import providers

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from import_customs.model import Project


def is_well_known(module: str, project: Project) -> bool:
    """Whether people mean one of the most downloaded distributions by the module, and not the project itself."""
    return any(map(is_among_well_known, _meant_by(module, project)))


def is_provided_by_popular(module: str, project: Project) -> bool:
    """Whether people mean a distribution that has a rank at all by the module, and not the project itself."""
    return any(providers.rank(name) is not None for name in _meant_by(module, project))


def has_popular_provider(module: str, project: Project) -> bool:
    """Whether such a distribution installs the module at all: no folder without `__init__` hides that."""
    return any(providers.rank(name) is not None for name in providers.providers(module) if name != project.name)


def is_meant_beyond_doubt(module: str) -> bool:
    """Whether so well known a distribution provides the module that no file of one's own is meant by its name."""
    rank = providers.rank(next(iter(providers.providers(module)), ""))
    return rank is not None and rank <= providers.BEYOND_DOUBT


def is_among_well_known(name: str) -> bool:
    """Whether the distribution is one of the most downloaded."""
    rank = providers.rank(name)
    return rank is not None and rank <= providers.WELL_KNOWN


def _meant_by(module: str, project: Project) -> Iterator[str]:
    """The distributions that provide the module, without the project's own and those that only bring it along."""
    names = (name for name in providers.providers(module) if name != project.name)
    return (name for name in names if not providers.is_brought_along(module, name))
