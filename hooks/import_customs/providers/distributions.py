"""Tell which modules a popular distribution installs, and what its newest release is for and no longer holds.

By distributions.txt of the bundled index: "newest" is as of the day when it was built. Distributions are normalized
names. Every function raises IndexDamagedError where a file of the index is missing or not what was installed.
"""

from import_customs.model.names import top
from import_customs.providers.index import is_module_among, popular_fields, umbrella_parts


def top_level_modules(distribution: str) -> list[str]:
    """The top-level modules of a distribution as far as they are known, else the module of its own name."""
    kept = popular_fields(distribution)
    if kept is None or kept[1] in ("", "?"):
        return [distribution.replace("-", "_")]
    return list(dict.fromkeys(top(module) for module in kept[1].split()))


def exact_modules(distribution: str) -> list[str] | None:
    """All modules that a popular distribution installs; None where that is not known exactly."""
    kept = popular_fields(distribution)
    if kept is None or "?" in kept[1].split():
        return None
    return kept[1].split() or ([] if umbrella_parts(distribution) else [distribution.replace("-", "_")])


def known_modules(distribution: str) -> list[str]:
    """The modules that a popular distribution was seen to install: top-level ones, and dotted ones in a namespace."""
    kept = popular_fields(distribution)
    return kept[1].split() if kept else []


def newest_release(distribution: str) -> tuple[str, str] | None:
    """The newest release when the index was built, and the Pythons that it requires; None if it is not known."""
    kept = popular_fields(distribution)
    return (kept[2], kept[3]) if kept and kept[2] else None


def platform_marker(distribution: str) -> str:
    """The marker of the one platform that it has wheels for; "" if they are for several, or if it can be built.

    Of pywin32 `sys_platform == 'win32'`. Source: PEP 508; the tags of the wheels, PEP 425.
    """
    fields = popular_fields(distribution)
    return f"sys_platform == '{fields[4]}'" if fields and fields[4] else ""


def newest_installs(distribution: str, module: str) -> bool | None:
    """Whether the newest release installs the module, or always brings what does; None if that is not known.

    Of a source distribution only what its own list of modules says is known.
    """
    fields = popular_fields(distribution)
    if fields is None or not fields[2]:
        return None
    if is_module_among(module, _lacking(fields)):
        return any(newest_installs(part, module) for part in umbrella_parts(distribution))
    own = distribution.replace("-", "_")
    return True if is_module_among(module, known_modules(distribution) or [own]) else None


def bound_for(distribution: str, module: str) -> str:
    """The specifier below which it installs a module that its newest release lacks: `<82` for pkg_resources.

    "" if the newest release installs the module, and if the version is not known: `newest_installs` tells which.
    """
    lacking = _lacking(popular_fields(distribution) or [""] * 6)
    bounds = (version for name, version in lacking.items() if version and is_module_among(module, [name]))
    return next((f"<{version}" for version in bounds), "")


def _lacking(fields: list[str]) -> dict[str, str]:
    """The modules that the newest release does not hold, each with the first release without it; "" if not known."""
    return {name: version for name, _, version in (word.partition("<") for word in fields[5].split())}
