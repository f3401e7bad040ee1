"""Find the known module, or the known distribution, that an unknown name is likely a misspelling of."""

import sys
from collections.abc import Callable, Iterable, Iterator
from functools import cache

from import_customs.model.names import top
from import_customs.providers.distributions import top_level_modules
from import_customs.providers.index import (
    BEYOND_DOUBT,
    WELL_KNOWN,
    is_namespace,
    own_names,
    providers,
    rank,
)
from import_customs.providers.index_lines import SortedLines, rank_in
from import_customs.providers.stdlib import in_stdlib

OfLength = Callable[[int], list[tuple[str, int, int]]]  # the known names of a length, with their ranks and letters
_well_known = SortedLines("spellings.txt")
_SHORTEST = 4  # letters; anything is near a shorter name, and two of five names of that length that are installed
_BITS = [1 << letter % 29 for letter in range(256)]  # an integer of up to 30 bits is the quickest
_LONG = 8  # letters of a name in which two may be wrong
# What Python 3 calls modules of Python 2 (PEP 3108); none that one's own may be called like (commands, exceptions).
_SINCE_PYTHON_3 = dict(
    pair.split("=")
    for pair in """
    BaseHTTPServer=http.server CGIHTTPServer=http.server SimpleHTTPServer=http.server ConfigParser=configparser
    cookielib=http.cookiejar DocXMLRPCServer=xmlrpc.server SimpleXMLRPCServer=xmlrpc.server xmlrpclib=xmlrpc.client
    HTMLParser=html.parser htmlentitydefs=html.entities httplib=http.client urllib2=urllib.request
    urlparse=urllib.parse robotparser=urllib.robotparser Queue=queue SocketServer=socketserver StringIO=io
    cStringIO=io cPickle=pickle copy_reg=copyreg popen2=subprocess md5=hashlib anydbm=dbm whichdb=dbm gdbm=dbm.gnu
    __builtin__=builtins UserDict=collections UserList=collections UserString=collections dummy_thread=_thread
    _winreg=winreg Tkinter=tkinter Tix=tkinter.tix ttk=tkinter.ttk ScrolledText=tkinter.scrolledtext
    tkFont=tkinter.font tkColorChooser=tkinter.colorchooser tkCommonDialog=tkinter.commondialog
    tkFileDialog=tkinter.filedialog tkMessageBox=tkinter.messagebox tkSimpleDialog=tkinter.simpledialog
    """.split()
)


def likely_meant(module: str, ours: Iterable[str]) -> str | None:
    """The nearest top-level module: of `ours`, of Python, or of a well-known distribution; the best ranked first.

    None if none is near, or the module itself is one of them or in a namespace; of what Python 2 had it is what Python
    3 calls it, if that is plain. What somebody installs is only a misspelling of one of the best known. By the name of
    a popular distribution its own module is meant, however near another is: PIL by `pillow`. The first name of a length
    takes 4 ms, each other 0.3.
    """
    name = top(module)
    if is_namespace(name) or (in_stdlib(name, "") != "never" and name not in sys.stdlib_module_names):
        return _SINCE_PYTHON_3.get(name)
    called = next((one for one in own_names(name) if rank(one) is not None), "")
    if called:
        return _module_of(called, name)
    mine = [(one, 0) for one in ours]
    found = _nearest(name, mine, _modules)
    if found and found.strip("_") == name.strip("_") and providers(name):
        return None  # `__briefcase` of one's own is what adds to `briefcase`
    if found is None or (found, 0) in mine:
        return found
    if not (providers(found) or is_namespace(found)) and in_stdlib(found, "") == "never":
        return None  # several install it, none of which is named: `services`
    if not providers(name):
        return found
    is_plain = len(name) > _SHORTEST or sorted(found.lower()) == sorted(name.lower())
    best = min(filter(None, map(rank, providers(found))), default=0)  # of what people install without a thought
    return found if is_plain and best <= BEYOND_DOUBT else None


def _module_of(distribution: str, name: str) -> str | None:
    """The module that is meant by the name of a popular distribution: the one in another case, else the only one.

    None if that is not clear, or the distribution is not well-known (pytorch), or the name is the module's.
    """
    modules = top_level_modules(distribution) if (rank(distribution) or WELL_KNOWN) < WELL_KNOWN else []
    public = [one.removesuffix("-stubs") for one in modules if one[:1] != "_"]
    alike = [one for one in modules if one.lower() == name.lower()] or (public if len(public) == 1 else [])
    return alike[0] if alike and name not in alike else None


def likely_distribution(name: str) -> str | None:
    """The nearest well-known distribution; None if none is near, or it is one itself. As quick as `likely_meant`."""
    return _nearest(name, [], _distributions)


def near(name: str, names: Iterable[str]) -> list[str]:
    """Those of the names that are so few letters away that one may be meant by the other."""
    limit = _limit(name)
    return [one for one in names if _may_be_near(one, name, limit) and edits(one, name) <= limit]


def _limit(name: str) -> int:
    """How many letters may be wrong; none where anything is near, but for their case."""
    return 0 if len(name) < _SHORTEST else 2 if len(name) >= _LONG else 1


def _limit_beside(name: str, other: str) -> int:
    """How many letters may be wrong behind the words that both begin with: `pytest_anki` is not pytest_anyio."""
    words, others = (one.lower().replace("-", "_").split("_") for one in (name, other))
    while words and words[:1] == others[:1]:
        del words[0], others[0]
    return _limit("_".join(words) or name)


def _nearest(name: str, ours: Iterable[tuple[str, int]], known: OfLength) -> str | None:
    limit, first = _limit(name), name[:1].lower()
    letters, lengths = _letters(name.lower()), range(len(name) - limit, len(name) + limit + 1)
    likely = (
        (other, rank)
        for length in lengths
        for other, rank, others in known(length)
        if (letters ^ others).bit_count() <= 2 * limit
        and (len(name) >= _LONG or length != len(name) or other[:1].lower() == first)  # left out, not another
    )
    found = [
        (distance, rank, other)
        for other, rank in (*ours, *likely)
        if _may_be_near(other, name, limit)
        and (distance := edits(other, name)) <= min(limit, _limit_beside(name, other))
    ]
    best = min(found, default=None)
    return best[2] if best and best[2] != name else None


def _letters(name: str) -> int:
    """A bit for each of its letters; two may share one, so that names differ in as many bits or in fewer."""
    bits = 0
    for letter in name.encode():
        bits |= _BITS[letter]
    return bits


@cache
def _modules(length: int) -> list[tuple[str, int, int]]:
    """The top-level modules of well-known distributions, each with the best rank of one; Python's have rank 0."""
    of_python = ((name, 0) for name in sys.stdlib_module_names if len(name) == length and name[0] != "_")
    alike = ((name.replace("-", "_"), rank) for name, rank in _of_length("both", length))
    return _with_letters((*of_python, *_of_length("module", length), *alike))


@cache
def _distributions(length: int) -> list[tuple[str, int, int]]:
    return _with_letters((*_of_length("distribution", length), *_of_length("both", length)))


def _of_length(kind: str, length: int) -> Iterator[tuple[str, int]]:
    words = (_well_known.value(f"{kind} {length}") or "").split()
    return zip(words[::2], (rank_in(word, _well_known.name) for word in words[1::2]), strict=False)


def _with_letters(names: Iterable[tuple[str, int]]) -> list[tuple[str, int, int]]:
    return [(name, rank, _letters(name.lower())) for name, rank in names]


def _may_be_near(name: str, other: str, limit: int) -> bool:
    """False for nearly every name, in half a microsecond."""
    return (
        abs(len(name) - len(other)) <= limit
        and (len(name) >= _SHORTEST or not limit)
        and len(set(name.lower()).symmetric_difference(other.lower())) <= 2 * limit
    )


def edits(one: str, other: str) -> int:
    """How many letters to insert, delete, change or swap with the next one. Case, and `-` for `_`, make no difference.

    Source: the optimal string alignment distance.
    """
    one, other = one.lower().replace("-", "_"), other.lower().replace("-", "_")
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        before, last, row = row, before, [i]
        for j, wanted in enumerate(other, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != wanted))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == wanted:
                cost = min(cost, last[j - 2] + 1)
            row.append(cost)
    return row[-1]
