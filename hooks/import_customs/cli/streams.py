"""Write to standard output and standard error: the only file of the package that prints.

Here alone the package knows how the systems write to consoles and pipes.
"""

from __future__ import annotations

import os
import sys
import time

from import_customs.model import CheckError
from import_customs.report import printable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from typing import TextIO

_PATIENCE_S = 1.0
_MOST_NOTES = 100  # that are printed
_WIDEST = 80  # columns of an error's first line, which else goes on below
_LONGEST = 1_000  # characters of a note, or of a line of an error
_ESCAPES = 4  # ENABLE_VIRTUAL_TERMINAL_PROCESSING
_PLAIN = str.maketrans({"←": "<-", "…": "..."})  # for the package's own characters, where an encoding lacks them


def hold_closed_streams() -> None:
    """Keep the numbers of standard streams that the caller closed, so that no file opened later gets one of them."""
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if stream is None:
            os.open(os.devnull, os.O_RDWR)


def say(stream: TextIO | None, text: str) -> None:
    """Print for people: in the stream's encoding and with its line ends; characters that it lacks are escaped.

    A reader that has gone (`| head`) is no error. Raises CheckError if the text cannot be written for any other reason.
    """
    # on Windows hook managers hand on what hooks print as UTF-8, not in the code page
    is_read_as_utf8 = os.name == "nt" and os.environ.get("PRE_COMMIT") == "1"
    if stream is None or (is_read_as_utf8 and not stream.isatty()):
        say_exactly(stream, text)
        return
    encoding = stream.encoding or "utf-8"
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        text = text.translate(_PLAIN)
    shown = text.encode(encoding, "backslashreplace").decode(encoding)
    _write(stream, lambda: stream.write(shown))


def say_exactly(stream: TextIO | None, text: str) -> None:
    r"""Print for programs: UTF-8 and lines that end in `\n`, whatever the console has; otherwise as `say`."""
    if stream is None:
        if text:
            raise CheckError("cannot write the report: standard output is closed", hint="check where it goes")
        return
    shown = text.encode("utf-8", "backslashreplace")
    _write(stream, lambda: stream.buffer.write(shown))


def _write(stream: TextIO, write: Callable[[], object]) -> None:
    try:
        stream.flush()
        write()
        stream.flush()
    except OSError as error:
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())  # or Python tries again at its end, and says so
        from errno import EINVAL  # 0.4 ms; only where writing fails

        # a pipe whose reader has closed it is none; Windows calls that an invalid argument
        if not isinstance(error, BrokenPipeError) and not (os.name == "nt" and error.errno == EINVAL):
            hint = "check where standard output goes"
            raise CheckError(f"cannot write the report: {error.strerror}", hint=hint) from None


def tell(text: str) -> None:
    """Print on standard error. If that cannot be written to, the exit status alone must say it."""
    from contextlib import suppress

    with suppress(CheckError):
        say(sys.stderr, text)


def tell_error(error: CheckError) -> None:
    """Print an error: its place, what is wrong, and what to do. What does not fit in a line goes below it."""
    at = f":{error.cell or f'{error.line}:{error.column or 1}'}" if error.line else ""
    place = f"{printable(error.path)}{at}: " if error.path else ""
    first, rest = error.message, ""
    if len(place) + len("error: ") + len(first) > _WIDEST:
        first, _, rest = first.partition("; ")
    lines = [error.hint, *error.below]
    if rest:
        from textwrap import wrap  # 2 ms; only what is long gets here

        lines[:0] = wrap(rest, _WIDEST - 4, break_long_words=False, break_on_hyphens=False)
    told = [f"{place}error: {printable(_cut(first))}", *(f"    {printable(_cut(line))}".rstrip() for line in lines)]
    tell("".join(f"{line}\n" for line in told))


def tell_decisions(decisions: Sequence[str]) -> None:
    """Print what was decided, a line each."""
    if decisions:
        tell("".join(f"{printable(_cut(line))}\n" for line in decisions))


def tell_notes(notes: Sequence[str]) -> None:
    """Print the first hundred notes, and how many more there are."""
    more = len(notes) - _MOST_NOTES
    lines = [f"note: {printable(_cut(note))}\n" for note in notes[:_MOST_NOTES]]
    tell("".join([*lines, f"note: and {more} more notes\n"] if more > 0 else lines))


def progress(*, quiet: bool, what: str = "files") -> Callable[[int, int], None] | None:
    """A function that shows on a terminal how much is checked, once a run takes more than a second.

    It clears the line at its end. None where nothing is to be shown.
    """
    if quiet or sys.stderr is None or not sys.stderr.isatty() or os.environ.get("TERM") == "dumb":
        return None
    due = begun = time.monotonic() + _PATIENCE_S

    def show(done: int, total: int) -> None:
        nonlocal due
        if done < total and time.monotonic() >= due:
            due = time.monotonic() + _PATIENCE_S / 10
            tell(f"checked {done:,} of {total:,} {what}\r")
        elif done == total and due > begun:
            tell(f"{' ' * len(f'checked {total:,} of {total:,} {what}')}\r")

    return show


def wants_color(chosen: str, environment: Mapping[str, str], stream: TextIO | None) -> bool:
    """Sources: no-color.org, force-color.org; pre-commit gives its hooks a terminal where its own `color` is on."""
    # a console of Windows has to be told that escapes are no text
    shows = stream is not None and stream.isatty() and (os.name != "nt" or _takes_escapes(stream))
    if chosen != "auto":
        return chosen == "always"
    if environment.get("NO_COLOR"):
        return False
    return bool(environment.get("FORCE_COLOR")) or (shows and environment.get("TERM") != "dumb")


def _takes_escapes(stream: TextIO) -> bool:
    """Have the console read escapes; False if it cannot. Source: Microsoft's documentation, SetConsoleMode."""
    import ctypes
    import msvcrt

    system, mode = ctypes.WinDLL("kernel32"), ctypes.c_uint32()  # type: ignore[attr-defined]  # only Windows has it
    handle = ctypes.c_void_p(msvcrt.get_osfhandle(stream.fileno()))  # type: ignore[attr-defined]
    if not system.GetConsoleMode(handle, ctypes.byref(mode)):
        return False
    return bool(system.SetConsoleMode(handle, mode.value | _ESCAPES))


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]} [...]"
