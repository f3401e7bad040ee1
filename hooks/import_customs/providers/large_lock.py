"""Tell by a search that a large uv.lock lacks a distribution: what most findings ask for is not there.

Of 6 MB this takes 2 ms; to keep them in memory takes 6, and to list their blocks 12 more. uv writes each name in its
normalized form between double quotes, and nobody writes so much by hand. Whatever does not look like that, and a file
that is asked for many names, is read whole (`lock`).
Source: uv's crates/uv-resolver/src/lock, `Lock::to_toml`.
"""

from __future__ import annotations

from io import BytesIO

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import IO

    Opened = Callable[[], IO[bytes] | None]

_BEGINNING = b"version = 1\n"  # of the file
_BY_HAND = 256 * 1024  # bytes
_PART = 64 * 1024  # bytes that are read at once: more would come from fresh memory each time
_FEW = 6  # names that are searched for; to list all blocks takes no longer


class LargeLock:
    """A uv.lock of which a few names are asked for."""

    def __init__(self, opened: Opened) -> None:
        self._opened = opened
        self._known: dict[str, bool] = {}

    def lacks(self, name: str) -> bool:
        """Whether the file plainly has nothing of that name."""
        if name not in self._known and len(self._known) < _FEW:
            self._known[name] = self._is_searched_in_vain(name)
        return self._known.get(name, False)

    def _is_searched_in_vain(self, name: str) -> bool:
        wanted, before = f'name = "{name}"'.encode(), b""  # the longer, the quicker it is
        with self._opened() or BytesIO() as file:
            while part := file.read(_PART):
                if wanted in part or wanted in before + part[: len(wanted)]:
                    return False
                before = part[-len(wanted) :]
        return True


def large_lock(path: str, opened: Opened) -> LargeLock | None:
    """The lock file at that path if it is one that uv alone writes; None for another."""
    if path.rpartition("/")[2] != "uv.lock":
        return None
    with opened() or BytesIO() as file:
        if file.seek(0, 2) <= _BY_HAND or file.seek(0) or file.read(len(_BEGINNING)) != _BEGINNING:
            return None
    return LargeLock(opened)
