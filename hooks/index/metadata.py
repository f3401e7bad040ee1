"""The metadata of a release in, what each of its extras brings out, and what it always requires."""

import re
from collections.abc import Iterable, Iterator

from packaging.markers import Marker, UndefinedComparison, UndefinedEnvironmentName
from packaging.metadata import parse_email
from packaging.requirements import InvalidRequirement, Requirement
from packaging.utils import canonicalize_name

# Extras for who develops the distribution itself: nobody declares them to import what they bring.
_OF_ITS_DEVELOPERS = frozenset(
    """
    dev develop development devel test tests testing doc docs documentation lint linting typing types type mypy ci qa
    style check checks checkers format formatting build release publish benchmark benchmarks bench coverage cover
    pre-commit precommit tox nox contributing contrib-dev enabler maintainer developer code-style rtd readthedocs sphinx
    unittest unittests tests-lite test-lite docs-build quality
    """.split()
)
_EXTRA = re.compile(r'extra == "([^"]+)"')
# A requirement counts that one of these gets: an extra is known by what it brings somewhere.
_PLACES = (
    {"sys_platform": "linux", "platform_system": "Linux", "os_name": "posix", "python_version": "3.13"},
    {"sys_platform": "linux", "platform_system": "Linux", "os_name": "posix", "python_version": "3.9"},
    {"sys_platform": "win32", "platform_system": "Windows", "os_name": "nt", "python_version": "3.11"},
    {"sys_platform": "darwin", "platform_system": "Darwin", "os_name": "posix", "python_version": "3.11"},
)


def brought(metadata: str, *, of_all: bool) -> dict[str, tuple[str, ...]]:
    """By extra what it brings besides, as `name` or `name[extra,extra]`; by "" what is required without a marker.

    The latter only where it is asked for. Source: core metadata, Requires-Dist and Provides-Extra.
    """
    raw, _ = parse_email(metadata)
    requirements = list(_parsed(raw.get("requires_dist", [])))
    found = {"": [one for one in requirements if one.marker is None] if of_all else []}
    for extra in sorted({canonicalize_name(extra) for extra in raw.get("provides_extra", [])} - _OF_ITS_DEVELOPERS):
        found[extra] = [one for one in requirements if one.marker and _is_of(one.marker, extra)]
    return {extra: tuple(sorted({_word(one) for one in listed})) for extra, listed in found.items() if listed}


def _parsed(listed: Iterable[str]) -> Iterator[Requirement]:
    for text in listed:
        try:
            yield Requirement(text)
        except InvalidRequirement:
            continue


def _is_of(marker: Marker, extra: str) -> bool:
    """Whether the extra, and nothing less, asks for it."""
    named = {canonicalize_name(name) for name in _EXTRA.findall(str(marker))}  # spares nearly all of the evaluation
    return extra in named and _holds(marker, extra) and not _holds(marker, "")


def _holds(marker: Marker, extra: str) -> bool:
    try:
        return any(marker.evaluate({**place, "extra": extra}) for place in _PLACES)
    except (UndefinedComparison, UndefinedEnvironmentName):
        return False


def _word(requirement: Requirement) -> str:
    extras = ",".join(sorted(canonicalize_name(extra) for extra in requirement.extras))
    return canonicalize_name(requirement.name) + (f"[{extras}]" if extras else "")
