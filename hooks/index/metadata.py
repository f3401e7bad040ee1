"""Tell by the metadata of a release what each of its extras brings, and what it always requires."""

import re
from collections.abc import Iterable, Iterator, Mapping

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
# What an extra brings on one of these counts: it is known by what it brings somewhere. What a distribution always
# requires it requires on all of them, or on those of the one platform that it is for.
_PLACES = (
    {"sys_platform": "linux", "platform_system": "Linux", "os_name": "posix", "python_version": "3.13"},
    {"sys_platform": "linux", "platform_system": "Linux", "os_name": "posix", "python_version": "3.9"},
    {"sys_platform": "win32", "platform_system": "Windows", "os_name": "nt", "python_version": "3.11"},
    {"sys_platform": "darwin", "platform_system": "Darwin", "os_name": "posix", "python_version": "3.11"},
)
_MACHINES = {"linux": "x86_64", "win32": "AMD64", "darwin": "arm64"}


def brought(metadata: str, *, platform: str = "") -> dict[str, tuple[str, ...]]:
    """By extra what it brings besides, as `name` or `name[extra,extra]`; by "" what is always required, be it nothing.

    Of no metadata nothing is known. `platform` is the one `sys_platform` that the distribution is for, if it is for one
    alone. Source: core metadata, Requires-Dist and Provides-Extra.
    """
    if not metadata:
        return {}
    raw, _ = parse_email(metadata)
    requirements = list(_parsed(raw.get("requires_dist", [])))
    found = {"": _always_required(requirements, platform)}
    for extra in sorted({canonicalize_name(extra) for extra in raw.get("provides_extra", [])} - _OF_ITS_DEVELOPERS):
        found[extra] = {_word(one) for one in requirements if one.marker and _is_of(one.marker, extra)}
    return {extra: tuple(sorted(words)) for extra, words in found.items() if words or not extra}


def _parsed(listed: Iterable[str]) -> Iterator[Requirement]:
    for text in listed:
        try:
            yield Requirement(text)
        except InvalidRequirement:
            continue


def _always_required(requirements: Iterable[Requirement], platform: str) -> set[str]:
    """What is required in every place, be it by one line for each: `numpy==1.2; python_version == "3.9"`."""
    places = [place for place in _PLACES if platform == place["sys_platform"]] or _PLACES
    by_place = [
        {_word(one) for one in requirements if one.marker is None or _holds(one.marker, "", place)} for place in places
    ]
    return set.intersection(*by_place)


def _is_of(marker: Marker, extra: str) -> bool:
    """Whether the extra, and nothing less, asks for it."""
    named = {canonicalize_name(name) for name in _EXTRA.findall(str(marker))}  # spares nearly all of the evaluation
    if extra not in named or any(_holds(marker, "", place) for place in _PLACES):
        return False
    return any(_holds(marker, extra, place) for place in _PLACES)


def _holds(marker: Marker, extra: str, place: Mapping[str, str]) -> bool:
    python = {
        "python_full_version": f"{place['python_version']}.0",
        "platform_machine": _MACHINES[place["sys_platform"]],
    }
    try:
        return marker.evaluate({**place, **python, "extra": extra})
    except (UndefinedComparison, UndefinedEnvironmentName):
        return False


def _word(requirement: Requirement) -> str:
    extras = ",".join(sorted(canonicalize_name(extra) for extra in requirement.extras))
    return canonicalize_name(requirement.name) + (f"[{extras}]" if extras else "")
