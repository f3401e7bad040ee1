"""Tell whether the standard library has a module, on the Pythons that a project supports.

stdlib-list knows which version had what. Source of the later changes: What's New in Python 3.15.
"""

from __future__ import annotations

import sys

from import_customs.model.later import cache

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Literal

    from packaging.specifiers import SpecifierSet

    InStdlib = Literal["always", "sometimes", "never"]
    Clause = tuple[str, tuple[int, ...], bool]  # operator, numbers, and whether they are a prefix (`.*`)

# In stdlib-list for every version from 3.8 on, and never dropped since: no need to load that library (13 ms).
# A test holds the two together.
_SINCE = 8
_CORE = frozenset(
    """
    __future__ __main__ abc antigravity argparse array ast asyncio atexit base64 bdb binascii bisect builtins bz2
    cProfile calendar cmath cmd code codecs codeop collections colorsys compileall concurrent configparser contextlib
    contextvars copy copyreg csv ctypes curses dataclasses datetime dbm decimal difflib dis doctest email encodings
    ensurepip enum errno faulthandler fcntl filecmp fileinput fnmatch fractions ftplib functools gc genericpath getopt
    getpass gettext glob grp gzip hashlib heapq hmac html http idlelib imaplib importlib inspect io ipaddress
    itertools json keyword linecache locale logging lzma mailbox marshal math mimetypes mmap modulefinder msvcrt
    multiprocessing netrc ntpath nturl2path numbers opcode operator optparse os pathlib pdb pickle pickletools pkgutil
    platform plistlib poplib posix posixpath pprint profile pstats pty pwd py_compile pyclbr pydoc pydoc_data queue
    quopri random re readline reprlib resource rlcompleter runpy sched secrets select selectors shelve shlex shutil
    signal site smtplib socket socketserver sqlite3 ssl stat statistics string stringprep struct subprocess symtable
    sys sysconfig syslog tabnanny tarfile tempfile termios textwrap this threading time timeit tkinter token tokenize
    trace traceback tracemalloc tty turtle turtledemo types typing unicodedata unittest urllib uuid venv warnings wave
    weakref webbrowser winreg winsound wsgiref xml xmlrpc zipapp zipfile zipimport zlib
    """.split()
)
# What else some version had: the library need not be asked of any other.
_IN_SOME = frozenset(
    """
    AL BaseHTTPServer Bastion CGIHTTPServer Canvas ColorPicker ConfigParser Cookie DEVICE Dialog DocXMLRPCServer
    EasyDialogs FL FileDialog FixTk FrameWork GL HTMLParser MacOS MimeWriter MiniAEFrame Nav PixMapWrapper Queue
    SUNAUDIODEV ScrolledText SimpleDialog SimpleHTTPServer SimpleXMLRPCServer SocketServer StringIO Tix Tkconstants
    Tkdnd Tkinter UserDict UserList UserString W _LWPCookieJar _MozillaCookieJar __builtin__ _abc _abcoll
    _aix_support _android_support _apple_support _ast _ast_unparse _asyncio _bisect _blake2 _bootlocale
    _bootsubprocess _bsddb _bz2 _codecs _codecs_cn _codecs_hk _codecs_iso2022 _codecs_jp _codecs_kr _codecs_tw
    _collections _collections_abc _colorize _compat_pickle _compression _contextvars _crypt _csv _ctypes
    _ctypes_test _curses _curses_panel _datetime _dbm _decimal _dummy_thread _elementtree _frozen_importlib
    _frozen_importlib_external _functools _gdbm _hashlib _heapq _hmac _hotshot _imp _interpchannels _interpqueues
    _interpreters _io _ios_support _json _locale _lsprof _lzma _markupbase _math_integer _md5 _msi _multibytecodec
    _multiprocessing _opcode _opcode_metadata _operator _osx_support _overlapped _peg_parser _pickle _posixshmem
    _posixsubprocess _py_abc _py_warnings _pydatetime _pydecimal _pyio _pylong _pyrepl _queue _random
    _remote_debugging _scproxy _sha _sha1 _sha2 _sha256 _sha3 _sha512 _signal _sitebuiltins _socket _sqlite3 _sre
    _ssl _stat _statistics _string _strptime _struct _suggestions _symtable _sysconfig _sysconfigdata
    _sysconfigdata_x86_64_conda_cos6_linux_gnu _sysconfigdata_x86_64_conda_linux_gnu _testbuffer _testcapi
    _testimportmultiple _testinternalcapi _testmultiphase _thread _threading_local _tkinter _tokenize _tracemalloc
    _types _typing _uuid _warnings _weakref _weakrefset _winapi _winreg _wmi _xxsubinterpreters _xxtestfuzz
    _zoneinfo _zstd aepack aetools aetypes aifc al annotationlib anydbm applesingle asynchat asyncore audiodev
    audioop autoGIL binhex bsddb buildtools cPickle cStringIO cd cfmfile cgi cgitb chunk commands compiler
    compression cookielib copy_reg crypt dbhash dircache distutils dl dumbdbm dummy_thread dummy_threading
    exceptions findertools fl flp fm formatter fpectl fpformat future_builtins gdbm gensuitemodule gl graphlib
    hotshot htmlentitydefs htmllib httplib ic icopen ihooks imageop imgfile imghdr imp imputil jpeg lib2to3
    linuxaudiodev macerrors macostools macpath macresource macurl2path mailcap markupbase md5 mhlib mimetools mimify
    msilib multifile mutex new nis nntplib nt os2emxpath ossaudiodev parser pipes popen2 posixfile profiling pyexpat
    repr rexec rfc822 robotparser sets sgmllib sha smtpd sndhdr spwd sre sre_compile sre_constants sre_parse statvfs
    stringold strop sunau sunaudio sunaudiodev symbol telnetlib test thread tkColorChooser tkCommonDialog
    tkFileDialog tkFont tkMessageBox tkSimpleDialog toaiff tomllib ttk urllib2 urlparse user uu videoreader whichdb
    xdrlib xmllib xmlrpclib xxlimited xxsubtype zoneinfo
    """.split()
)
_LONGEST = 1_000  # characters of Requires-Python
_OPERATORS = (">=", "<=", "!=", "==", "~=", "<")  # of clauses that are read here: no pre-release matters to them
_MATCHING = ("!=", "==")
_MICROS = range(40)
_ADDED = {15: frozenset({"profiling", "_math_integer"})}
_DROPPED = {15: frozenset({"sre_compile", "sre_constants", "sre_parse"})}
_IN_ALL = frozenset({"test", "nt", "pyexpat"})  # missing in some lists, though never in Python
# Distributions with a module for Pythons that lack it: under the module's name, or under the distribution's.
_SAME_NAME = {
    "asynchat": "pyasynchat",
    "asyncore": "pyasyncore",
    "cgi": "legacy-cgi",
    "cgitb": "legacy-cgi",
    "contextvars": "contextvars",
    "dataclasses": "dataclasses",
    "distutils": "setuptools",
    "graphlib": "graphlib-backport",
}
_OTHER_NAME = {"tomllib": "tomli", "zoneinfo": "backports.zoneinfo"}


def in_stdlib(module: str, requires_python: str) -> InStdlib:
    """Whether the standard library has the top-level `module` on the Pythons that `requires_python` admits.

    "always": on each of them, or, for no requirement (""), on any Python back to 2.7.
    "sometimes": on some Python, but not on each that is admitted. "never": on none.
    An invalid set of specifiers requires nothing. Source: core metadata, Requires-Python.
    """
    if is_core(module, requires_python):
        return "always"
    if not _is_in_some(module):
        return "never"
    if not requires_python or module.startswith("_") or module in _IN_ALL or not is_valid(requires_python):
        return "always"
    return "always" if all(module in _names(version) for version in supported(requires_python)) else "sometimes"


def is_core(module: str, requires_python: str) -> bool:
    """True if the module is "always" in the standard library and no table has to be loaded to see it."""
    return module in _CORE and (not requires_python or _begins_late_enough(requires_python))


def _is_in_some(module: str) -> bool:
    """Whether some version has it; only what is new in this interpreter takes a list to tell."""
    is_listed = module in _IN_SOME or module in _CORE
    return is_listed or (module in sys.stdlib_module_names and module in _names(_beyond()))


@cache
def _begins_late_enough(requires_python: str) -> bool:
    """True if it is of a plain form, such as `>=3.9` or `>=3.9,<4`, and admits no Python before 3.`_SINCE`."""
    least = [numbers for operator, numbers, _ in _plain_clauses(requires_python) if operator == ">="]
    return any(numbers[0] == 3 and numbers[1:2] >= (_SINCE,) for numbers in least)


def _least_minor(requires_python: str) -> int | None:
    """N of `>=3.N`; None if it is of another form."""
    clauses = _plain_clauses(requires_python)
    operator, numbers, _ = clauses[0] if len(clauses) == 1 else ("", (), False)
    return numbers[1] if operator == ">=" and len(numbers) == 2 and numbers[0] == 3 else None


@cache
def _plain_clauses(requires_python: str) -> tuple[Clause, ...]:
    """The clauses of `>=3.9, <4, !=3.10.*`; none where one is of another form, which is left to packaging."""
    clauses = [_plain_clause(text.strip(" ")) for text in requires_python.split(",")]
    return tuple(one for one in clauses if one) if all(clauses) else ()


def _plain_clause(text: str) -> Clause | None:
    operator = next((one for one in _OPERATORS if text.startswith(one)), "")
    stated = text.removeprefix(operator).strip(" ")
    version = stated.removesuffix(".*") if operator in _MATCHING else stated
    numbers = version.split(".")
    if (
        not operator
        or not (operator == "~=") < len(numbers) < 4
        or not all(one.isdigit() and one.isascii() and len(one) < 4 for one in numbers)
    ):
        return None
    return operator, tuple(map(int, numbers)), version != stated


def substitute(module: str) -> str | None:
    """The distribution that installs a standard library module, under its own name, on Pythons without it."""
    return _SAME_NAME.get(module)


def backport(module: str) -> str | None:
    """The distribution whose module, of the distribution's name, does what a standard library module does."""
    return _OTHER_NAME.get(module)


@cache
def _known() -> tuple[str, ...]:
    import stdlib_list  # 13 ms; only a module that is not in _CORE gets here

    return tuple(version for version in stdlib_list.short_versions if version != "2.6")


def _newest() -> int:
    return max(int(version[2:]) for version in _known() if version.startswith("3."))


def _beyond() -> str:
    """A Python later than stdlib-list knows."""
    return f"3.{max(_newest() + 1, *_ADDED)}"


@cache
def _names(version: str) -> frozenset[str]:
    """The modules of one version; beyond the newest known one, the newest one's with what changed since."""
    import stdlib_list

    if version in _known():
        return frozenset(stdlib_list.stdlib_list(version))
    minor, newest = int(version[2:]), _newest()
    names = _names(f"3.{newest}")
    for later in range(newest + 1, minor + 1):
        names = (names | _ADDED.get(later, frozenset())) - _DROPPED.get(later, frozenset())
    return names | sys.stdlib_module_names if minor <= sys.version_info.minor else names


def versions_with(module: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The versions whose standard library has the top-level module, and all that are known, oldest first."""
    known = tuple(sorted({*_known(), _beyond()}, key=lambda version: tuple(map(int, version.split(".")))))
    return tuple(one for one in known if _is_in_some(module) and module in _names(one)), known


@cache
def supported(requires_python: str) -> tuple[str, ...]:
    """The versions of which `requires_python` admits some micro release; never empty.

    All known ones if it is "" or not valid.
    """
    if not requires_python or not is_valid(requires_python):
        return _known()
    minors = [version for version in _known() if _admits(requires_python, version)]
    later = (f"3.{minor}" for minor in range(_newest() + 1, _newest() + 20))
    return tuple(minors) or tuple(one for one in later if _admits(requires_python, one))[:1] or (_beyond(),)


@cache
def admits_all(requires_python: str, narrower: str) -> bool:
    """True if `requires_python` admits each Python that `narrower` admits, both as in core metadata."""
    wide, narrow = _least_minor(requires_python), _least_minor(narrower)
    if wide is not None and narrow is not None:
        return wide <= narrow
    if not requires_python or not is_valid(requires_python):
        return not requires_python
    return all(_admits(requires_python, version) for version in supported(narrower))


@cache
def is_valid(requires_python: str) -> bool:
    """True for a set of version specifiers. Source: core metadata, Requires-Python."""
    if len(requires_python) > _LONGEST:
        return False
    try:
        return bool(_plain_clauses(requires_python)) or _specifiers(requires_python).contains("3.0") in (True, False)
    except ValueError:  # InvalidSpecifier is one; numbers of more than 4,300 digits are another
        return False


def admits(requires_python: str, version: str) -> bool:
    """True if it admits some micro release of that version ("3.11"), and if it says nothing that is valid."""
    return not requires_python or not is_valid(requires_python) or _admits(requires_python, version)


def _admits(requires_python: str, version: str) -> bool:
    """As `admits`, of one that is valid."""
    clauses = _plain_clauses(requires_python)
    if not clauses:
        return any(_specifiers(requires_python).contains(f"{version}.{micro}") for micro in _MICROS)
    major, minor = map(int, version.split("."))
    micros = _MICROS if any(len(numbers) > 2 for _, numbers, _ in clauses) else _MICROS[:2]
    return any(all(_meets((major, minor, micro), clause) for clause in clauses) for micro in micros)


def _meets(release: tuple[int, ...], clause: Clause) -> bool:
    operator, numbers, is_prefix = clause
    if operator in _MATCHING:
        wanted = numbers if is_prefix else (*numbers, 0, 0)[:3]
        return (release[: len(wanted)] == wanted) == (operator == "==")
    if operator == "~=":
        return release >= numbers and release[: len(numbers) - 1] == numbers[:-1]
    if operator == "<":
        return release < numbers
    return release >= numbers if operator == ">=" else release <= (*numbers, 0, 0)[:3]


@cache
def _specifiers(requires_python: str) -> SpecifierSet:
    from packaging.specifiers import SpecifierSet  # part of the 41 ms of packaging; most state a plain form

    return SpecifierSet(requires_python)
