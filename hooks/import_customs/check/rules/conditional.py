"""The rule `conditional`: the import runs where the markers of its declarations do not hold. Source: PEP 508."""

from collections.abc import Collection, Sequence

from import_customs.check.rules.rule import Rule
from import_customs.model import Declaration, Finding, Import, Site, Tree
from import_customs.model.names import top
from import_customs.providers import stdlib

PAGE = """\
Opt-in: it is declared for some platforms or Pythons only, but imported on all.

## What it finds

An import of a distribution that is declared only under markers (`tomli; python_version < "3.11"`), if these together
leave out a supported Python, or one of Linux, macOS and Windows, where the import runs. It may stand under tests of the
version and the platform that can be judged; under any other guard nothing is found. Where the standard library has the
module, no declaration is needed.

## Why it matters

Where no marker holds, the distribution is not installed, and the import fails there.

## What settles it

Guard the import by the same test as the marker's, or declare the distribution without a marker.

## Options

- `rules = ["conditional"]` switches it on.
- `# import-customs: ignore` in the import's statement exempts that import.
"""

_SYSTEMS = {"linux": ("Linux", "posix"), "darwin": ("Darwin", "posix"), "win32": ("Windows", "nt")}


def judgement(
    _: Tree, site: Site, module: str, imported: Import, declarations: Sequence[Declaration]
) -> Finding | None:
    """A finding if an import runs on a Python or a platform that every declaration leaves out."""
    markers = [one.marker for one in declarations]
    if site.runs_on is None or not all(markers):
        return None
    having = stdlib.versions_with(top(module))[0]  # there the standard library has the module
    if _hold_everywhere(markers, [(version, platform) for version, platform in site.runs_on if version not in having]):
        return None
    listed = " or ".join(sorted(set(markers)))
    where = "everywhere" if imported.guard is None else "where that is not so"
    message = f"`{module}` is imported {where}; {site.project.path} declares it only where {listed}"
    found = RULE.finding(site, module, imported, message, [declarations[0].name])
    return found._replace(remedy="guard the import by the same test, or declare it without the marker")


def _hold_everywhere(markers: Sequence[str], wheres: Collection[tuple[str, str]]) -> bool:
    """True if on each of the Pythons and platforms at least one of the markers holds, or one cannot be read."""
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
        for version, platform in wheres
        for system, name in [_SYSTEMS[platform]]
    ]
    return all(any(one.evaluate(environment) for one in conditions) for environment in environments)


RULE = Rule("conditional", PAGE, is_opt_in=True, judgement=judgement)
