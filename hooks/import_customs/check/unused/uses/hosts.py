"""Possible uses by a host: one that loads what is installed, and one whose settings are not in the repository."""

from collections.abc import Iterator

from import_customs import providers
from import_customs.check.unused.here import Here, Kind, no_words
from import_customs.check.unused.subject import Subject, stubbed
from import_customs.model.unused import Use
from import_customs.providers import distributions


def uses(here: Here, subject: Subject) -> Iterator[Use]:
    """One for each host of the table that may load it, and for what stands for others."""
    facts = subject.facts
    if facts.loaded_by and not facts.words:
        yield Use("plugin", "", 0, f"{facts.loaded_by[0]} loads it by itself")
    named = set(facts.named_in)
    if named and named.isdisjoint(here.names_of_files):
        yield Use("plugin", "", 0, f"only a {facts.named_in[0]} would name it, and none is tracked")
    elif named and not facts.words and not facts.entry_points and not any(name.endswith(".py") for name in named):
        yield Use("plugin", "", 0, f"by which name {facts.named_in[0]} would take it is not known")
    if subject.name in here.of_the_build:
        yield Use("required", "", 0, "the build requires it, which may run where the project is installed")
    if facts.is_data:
        yield Use("optional", "", 0, "others read its data")
    if providers.umbrella_parts(subject.name) or _is_umbrella(here, subject):
        yield Use("required", "", 0, "it stands for what it requires")
    if stubbed(subject.name) and not _is_exact_stub(subject.name):
        yield Use("stub", "", 0, "what it holds the types of is not known exactly")


def _is_umbrella(here: Here, subject: Subject) -> bool:
    """Whether it requires a distribution that is called after it: tox-uv requires tox-uv-bare."""
    package = here.evidence.package(subject.name)
    return package is not None and any(need.name.startswith(f"{subject.name}-") for need in package.needs)


def _is_exact_stub(name: str) -> bool:
    own = distributions.exact_modules(name) or ()
    return any(module.endswith("-stubs") for module in own) or distributions.exact_modules(stubbed(name)) is not None


KIND = Kind(no_words, uses)
