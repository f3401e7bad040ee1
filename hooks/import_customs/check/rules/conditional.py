"""The rule `conditional`: the import runs where the markers of its declarations do not hold. Source: PEP 508."""

from collections.abc import Sequence

from import_customs.check.rules.rule import Rule
from import_customs.model import Declaration, Finding, Import, Site
from import_customs.providers import stdlib

PAGE = """\
Opt-in: the import runs where the marker of its declaration does not hold.

## What it finds

An import without a guard of a distribution that is declared only under markers (`tomli; python_version < "3.11"`), if
these together leave out a supported Python, or one of Linux, macOS and Windows.

## Why it matters

Where no marker holds, the distribution is not installed, and the import fails there.

## What settles it

Guard the import by the same test as the marker's, or declare the distribution without a marker.

## Options

- `rules = ["conditional"]` switches it on.
- `# import-customs: ignore` on the import's line exempts that import.
"""

_PLATFORMS = (("linux", "Linux", "posix"), ("darwin", "Darwin", "posix"), ("win32", "Windows", "nt"))


def judgement(site: Site, module: str, imported: Import, declarations: Sequence[Declaration]) -> Finding | None:
    """A finding if an import without a guard runs on a Python or a platform that every declaration leaves out."""
    markers = [one.marker for one in declarations]
    if imported.guard is not None or not all(markers) or _hold_everywhere(markers, site.project.requires_python):
        return None
    listed = " or ".join(sorted(set(markers)))
    message = f"`{module}` is imported everywhere; {site.project.path} declares it only where {listed}"
    found = RULE.finding(site, module, imported, message, [declarations[0].name])
    return found._replace(remedy="guard the import by the same test, or declare it without the marker")


def _hold_everywhere(markers: Sequence[str], requires_python: str) -> bool:
    """True if on each supported Python and platform at least one of the markers holds, or one cannot be read."""
    from packaging.markers import InvalidMarker, Marker  # 41 ms; most findings have nothing to do with markers

    try:
        conditions = [Marker(text) for text in markers]
    except InvalidMarker:
        return True
    environments = [
        {
            "python_version": version,
            "python_full_version": f"{version}.0",
            "sys_platform": platform,
            "platform_system": system,
            "os_name": name,
            "extra": "",
        }
        for version in stdlib.supported(requires_python)
        for platform, system, name in _PLATFORMS
    ]
    return all(any(one.evaluate(environment) for one in conditions) for environment in environments)


RULE = Rule("conditional", PAGE, judgement=judgement)
