"""The rules of guards, by the names in the header of a statement; the readers of this folder share them.

Guards add up. The innermost is the one that is reported; only "platform" never replaces another: it says where code
runs, while the others say that a module may be missing. Both branches of a version or platform test are guarded, and so
is a function in them. An `assert` of a test guards what follows it in its block, and so does an `if` without an `else`
that ends in leaving it; a mark of pytest or unittest that skips guards what it marks. A name that a text gives a test
of the version or the platform at the first column (`HAS = sys.version_info >= (3, 11)`) stands for that test wherever
it is used, and so does a name for a mark (`needs311 = pytest.mark.skipif(…)`).
"""

from collections.abc import Iterable

from import_customs.model import Import
from import_customs.model.later import pattern

_CAUGHT = frozenset({"ImportError", "ModuleNotFoundError", "Exception", "BaseException"})
SKIPPING = {"skipif": False, "skipIf": False, "skipUnless": True}  # marks, and whether what is marked runs if it holds
LEAVING = frozenset({"raise", "return", "continue", "break"})  # statements after which nothing in their block runs
LEAVING_CALLS = frozenset({"sys.exit", "exit", "quit", "os._exit", "os.abort", "pytest.skip", "pytest.exit"})
VERSION, PLATFORM = "version_info", "platform"
_TEST_KEPT = pattern(
    r"(?ma)^([A-Za-z_]\w*+)[ \t]*+(?::[ \t]*+\w++[ \t]*+)?=[ \t(]*+"
    r"(?:(?:\w++\.)*+skip(?:if|If|Unless)\(\s*+(?:condition[ \t]*+=[ \t]*+)?)?(?:not[ \t(]++)?"
    r"(?:(?:sys[ \t]*+\.[ \t]*+)?(?:version_info|hexversion)\b"
    r"|(sys[ \t]*+\.[ \t]*+platform\b|os[ \t]*+\.[ \t]*+name\b"
    r"|platform[ \t]*+(?:\.[ \t]*+s(?:ystem|tartswith)\b|[!=]=)))"
)
_TESTS = (VERSION, "hexversion", "os.name")
_OF_PLATFORM = ("sys.platform", *map(PLATFORM.__add__, (".s", "=", "!", " =", " !")))
_VERSION_NAMES = pattern(r"version_info|hexversion|PY\d+\w*|PY_\d\w*|IS_PY\d\w*|python_version\w*")


def guarded_by(imported: Import, guards: Iterable[str]) -> Import:
    """The import under these guards, the outermost first."""
    reported = None
    for guard in guards:
        reported = reported if guard == "platform" and reported is not None else guard
    return imported._replace(guard=reported, guards=frozenset(guards)) if reported else imported


def catches_import_error(names: Iterable[str]) -> bool:
    """True if a handler of these exceptions catches a failed import, as a bare one, of none, does."""
    names = list(names)
    return not names or not _CAUGHT.isdisjoint(names)


def names_of_tests(text: str) -> dict[str, str]:
    """The names that the text gives a test, or a mark by one, at the first column of a line: each with what it tests.

    That is `version_info` or `platform`, a name which is a test of the same kind.
    """
    has_platform = PLATFORM in text and any(test in text for test in _OF_PLATFORM)
    if not has_platform and not any(test in text for test in _TESTS):  # as nearly always; to search it takes 1 ms
        return {}
    return {name: PLATFORM if of_platform else VERSION for name, of_platform in _TEST_KEPT.findall(text)}


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
