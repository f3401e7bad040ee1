"""The rules of guards, by the names in the header of a statement; the readers of this folder share them.

The innermost guard wins. Only "platform" never replaces another one: it says where code runs, while the others say that
a module may be missing. Both branches of a version or platform test are guarded, and so is a function in them.
"""

import re
from collections.abc import Iterable

_CAUGHT = frozenset({"ImportError", "ModuleNotFoundError", "Exception", "BaseException"})
_VERSION_NAMES = re.compile(r"version_info|hexversion|PY\d+\w*|PY_\d\w*|IS_PY\d\w*|python_version\w*")


def nested(outer: str | None, inner: str | None) -> str | None:
    """The guard of what stands under `inner`, which stands under `outer`."""
    return outer if inner is None or (inner == "platform" and outer is not None) else inner


def catches_import_error(names: Iterable[str]) -> bool:
    """True if a handler of these exceptions catches a failed import, as a bare one, of none, does."""
    names = list(names)
    return not names or not _CAUGHT.isdisjoint(names)


def guard_of_test(names: Iterable[str]) -> str | None:
    """The guard that a test with these dotted names is: "type-checking", "version", "platform" or None."""
    found = {_guard_of_name(name) for name in names}
    return next((guard for guard in ("type-checking", "version", "platform") if guard in found), None)


def _guard_of_name(name: str) -> str | None:
    parts = name.split(".")
    if parts[-1] == "TYPE_CHECKING":
        return "type-checking"
    if any(_VERSION_NAMES.fullmatch(part) for part in parts) or parts[:2] == ["sys", "version"]:
        return "version"
    if parts[0] == "platform" or parts[:2] in (["sys", "platform"], ["sys", "implementation"], ["os", "name"]):
        return "platform"
    return None
