"""Which tests cannot hold on Windows, and why: a name here is the beginning of the names that are skipped there."""

import os

NOT_ON_WINDOWS: dict[str, tuple[str, ...]] = {}


def not_on_windows(name: str) -> str:
    """Why the test of that name is skipped on this system; "" where it is not."""
    reasons = (reason for reason, names in NOT_ON_WINDOWS.items() if name.startswith(names))
    return next(reasons, "") if os.name == "nt" else ""
