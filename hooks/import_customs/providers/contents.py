"""Tell which modules a distribution installs, as far as the bundled index knows."""

from import_customs.model.names import top
from import_customs.providers.index import popular_fields, umbrella_parts


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
