"""Tell whether the marker of a declaration holds on no supported Python and no platform: then nothing installs it.

Only what is known whole is judged: a marker with the machine, a version of the system or an extra is left alone.
Sources: PEP 508, "Environment Markers"; the documentation of `sys.platform`, `platform.system` and `os.name`.
"""

from collections.abc import Iterator
from itertools import product

from import_customs.model.later import pattern
from import_customs.providers import stdlib

_VALUES = {
    "sys_platform": "linux linux2 darwin win32 cygwin msys emscripten wasi android ios aix sunos5 freebsd freebsd13 "
    "freebsd14 openbsd7 netbsd10 dragonfly haiku1 java",
    "platform_system": "Linux Darwin Windows Java FreeBSD OpenBSD NetBSD DragonFly SunOS AIX Haiku iOS iPadOS Android "
    "Emscripten WASI CYGWIN_NT-10.0 MSYS_NT-10.0",
    "os_name": "posix nt java",
    "platform_python_implementation": "CPython PyPy GraalVM Jython IronPython RustPython",
    "implementation_name": "cpython pypy graalpy jython ironpython rustpython micropython",
}
_PYTHON = ("python_version", "python_full_version")
_WORD = pattern(r"\"[^\"]*\"|'[^']*'|[a-z_]+")
_OPERATORS = frozenset({"and", "or", "in", "not"})
_PATCHES = 40  # further ones of a minor version do not come
_MINORS = ("2.7", *(f"3.{minor}" for minor in range(40)), "4.0")  # with those that nobody knows yet
_MOST = 60_000  # environments that are tried: 5 µs each


def never_holds(marker: str, requires_python: str) -> bool:
    """True if no environment that the project supports meets it."""
    used = {word for word in _WORD.findall(marker) if word[0] not in "\"'"} - _OPERATORS
    if not used or not used <= {*_VALUES, *_PYTHON}:
        return False
    from packaging.markers import InvalidMarker, Marker, UndefinedComparison  # 41 ms; few markers come here

    try:
        condition = Marker(marker)
        tried = list(_environments(used, requires_python))
        return bool(tried) and not any(condition.evaluate(environment) for environment in tried)
    except (InvalidMarker, UndefinedComparison):
        return False


def _environments(used: set[str], requires_python: str) -> Iterator[dict[str, str]]:
    """All that the variables in use can be, more rather than less; nothing where that is too much to try."""
    pythons = list(_pythons(requires_python, whole="python_full_version" in used)) if used & {*_PYTHON} else [{}]
    choices = [[(name, value) for value in _VALUES[name].split()] for name in sorted(used & _VALUES.keys())]
    size = len(pythons)
    for choice in choices:
        size *= len(choice)
    if size <= _MOST:
        yield from ({"extra": "", **python, **dict(chosen)} for python in pythons for chosen in product(*choices))


def _pythons(requires_python: str, *, whole: bool) -> Iterator[dict[str, str]]:
    for minor in (one for one in _MINORS if stdlib.admits(requires_python, one)):
        for patch in range(_PATCHES) if whole else (0,):
            yield {"python_version": minor, "python_full_version": f"{minor}.{patch}"}
