"""Possible uses by another distribution of the project, which has it in an extra or is known to load it."""

from collections.abc import Iterator

from import_customs import providers
from import_customs.check.unused.here import Here, Kind, no_words
from import_customs.check.unused.subject import Subject, stubbed
from import_customs.model.unused import Use


def uses(here: Here, subject: Subject) -> Iterator[Use]:
    """One for each distribution that may load it."""
    extras = here.optional.get(subject.name, ())
    hosts = (host for host in subject.facts.hosts if host in here.known or _is_required(here, host))
    first = {one.partition("[")[0]: one for one in reversed((*hosts, *extras))}
    for host, one in first.items():
        if host != subject.name and (stubbed(host) or not stubbed(subject.name)):  # nothing but stubs needs stubs
            yield Use("optional", "", 0, one)


def _is_required(here: Here, host: str) -> bool:
    """Whether a declared distribution always requires it, as the index says."""
    return not here.evidence.lock and (providers.rank(host) or 0) in here.required_by_index


KIND = Kind(no_words, uses)
