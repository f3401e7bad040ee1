"""The opt-in rules: an import that some declaration gives in, whether it stands in the wrong place out.

`misplaced`: runtime code needs it, and it is declared for development only. `conditional`: it is declared only under
markers that leave out a Python or a platform on which the import runs. Source of the markers: PEP 508.
"""

import posixpath
from collections.abc import Collection, Iterator, Sequence

from import_customs.check import rules
from import_customs.model import Declaration, Finding, Import, Project, Site
from import_customs.project.purpose import is_for_runtime, is_runtime
from import_customs.providers import stdlib

_PLATFORMS = (("linux", "Linux", "posix"), ("darwin", "Darwin", "posix"), ("win32", "Windows", "nt"))


def broken(site: Site, module: str, imported: Import, known: Collection[str], excerpt: str) -> Iterator[Finding]:
    """The findings of the rules that the project opted in to, for an import that one of the `known` providers gives."""
    chosen = site.project.config.rules
    giving = [one for one in site.project.declarations if one.name in known]
    path = posixpath.relpath(site.file, site.project.folder or ".")
    if "misplaced" in chosen and not site.for_types and is_misplaced(site.project, path, giving):
        yield rules.misplaced(site, module, imported, giving, excerpt)
    if "conditional" in chosen and imported.guard is None and is_conditional(site.project, giving):
        yield rules.conditional(site, module, imported, giving, excerpt)


def is_misplaced(project: Project, path: str, giving: Sequence[Declaration]) -> bool:
    """Whether the file is runtime code and all that gives the import is for development. `path` is the project's."""
    return is_runtime(project, path) and not any(is_for_runtime(one.place) for one in giving)


def is_conditional(project: Project, giving: Sequence[Declaration]) -> bool:
    """Whether every declaration has a marker, and together they leave out a Python or a platform that is supported."""
    markers = [one.marker for one in giving]
    if not markers or not all(markers):
        return False
    from packaging.markers import InvalidMarker, Marker  # 50 ms; only what has a marker gets here

    try:
        conditions = [Marker(text) for text in markers]
    except InvalidMarker:
        return False
    environments = [
        {
            "python_version": version,
            "python_full_version": f"{version}.0",
            "sys_platform": platform,
            "platform_system": system,
            "os_name": name,
            "extra": "",
        }
        for version in stdlib.supported(project.requires_python)
        for platform, system, name in _PLATFORMS
    ]
    return not all(any(one.evaluate(environment) for one in conditions) for environment in environments)
