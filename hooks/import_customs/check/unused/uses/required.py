"""Possible uses by what is required anyhow: it arrives through another one, and the declaration may bound it."""

from collections.abc import Iterator

from import_customs import providers
from import_customs.check.unused.here import Here, Kind, no_words
from import_customs.check.unused.subject import Subject
from import_customs.model import Declaration
from import_customs.model.later import pattern
from import_customs.model.unused import Use

_BOUND = pattern(r"<|!=|~=")


def uses(here: Here, subject: Subject) -> Iterator[Use]:
    """The declared distributions that require it, at any depth; without a lock file, a bound that may be for one.

    The lock file and the environment know it exactly; the index, of the newest releases.
    """
    through: list[str] = [path[-1] for path in here.graph.paths_to(subject.name)]
    through += here.umbrellas_of(subject.name)
    if not here.evidence.lock and not here.evidence.installed:
        through += here.required_by_index.get(providers.rank(subject.name) or 0, ())
    names = [name for name in dict.fromkeys(through) if name != subject.name]
    yield from (Use("required", "", 0, name) for name in names)
    if any(one.extras for one in subject.declarations):
        yield Use("required", "", 0, "its extras may bring what is used")
    if names or here.evidence.lock or here.evidence.installed:
        return
    for one in subject.declarations:
        if _is_bound(here, one):
            yield Use("required", one.path, one.line, "")


def _is_bound(here: Here, declaration: Declaration) -> bool:
    """Whether it has a bound above; one version alone counts only if the project does not pin everything."""
    if _BOUND.search(here.stated(declaration)):
        return True
    return here.is_pinned(declaration) and not here.pins_everything


KIND = Kind(no_words, uses)
