"""Names in a header in, what guards the statements under it out.

The innermost guard wins, save that "platform" never replaces another: it says where code runs, while the others say
that a module may be missing. Both branches of a version or platform test are guarded; so is what a function holds.
"""

import re
from collections.abc import Iterable

_CAUGHT = frozenset({"ImportError", "ModuleNotFoundError", "Exception", "BaseException"})
_VERSION_NAMES = re.compile(r"version_info|hexversion|PY\d+\w*|PY_\d\w*|IS_PY\d\w*|python_version\w*")


def within(outer: str | None, inner: str | None) -> str | None:
    """The guard of a part guarded by `inner` in a statement guarded by `outer`."""
    return outer if inner is None or (inner == "platform" and outer is not None) else inner


def catches(names: Iterable[str]) -> bool:
    """Whether a handler of these exceptions takes a failed import; a bare one, of none, does."""
    names = list(names)
    return not names or not _CAUGHT.isdisjoint(names)


def of_names(names: Iterable[str]) -> str | None:
    """The guard that a test gives which holds these dotted names: "type-checking", "version", "platform" or None."""
    found = {_of_name(name) for name in names}
    return next((guard for guard in ("type-checking", "version", "platform") if guard in found), None)


def _of_name(name: str) -> str | None:
    parts = name.split(".")
    if parts[-1] == "TYPE_CHECKING":
        return "type-checking"
    if any(_VERSION_NAMES.fullmatch(part) for part in parts) or parts[:2] == ["sys", "version"]:
        return "version"
    if parts[0] == "platform" or parts[:2] in (["sys", "platform"], ["sys", "implementation"], ["os", "name"]):
        return "platform"
    return None
