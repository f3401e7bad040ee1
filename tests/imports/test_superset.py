"""The properties that the quick steps stand on.

The screen holds every module that `exact_ast` finds; `exact_usual` finds the same imports as that, or none.
"""

import sysconfig
from itertools import product
from pathlib import Path
from zlib import crc32

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conftest import IN_CI, ROOT, examples
from fuzz.targets import screened
from import_customs.imports import exact_ast, tolerant
from import_customs.model.source_text import decode

SOME_GAPS = [" ", "\t", "  ", " \\\n ", "\\\n", "\f", " \\\r\n\t"]
GAPS, OPTIONAL_GAPS = st.sampled_from(SOME_GAPS), st.sampled_from(["", *SOME_GAPS])
NAMES = ["a", "b1", "_c", "fromage", "importer", "lazy", "match", "é", "ﬁ", "Д"]
DOTS = [f"{before}.{behind}" for before in ["", *SOME_GAPS] for behind in ["", *SOME_GAPS]]
DOTTED = st.one_of(  # made beforehand: to draw each part of it takes hypothesis a multiple of the time
    st.sampled_from(NAMES),
    st.sampled_from([dot.join(names) for names in product(NAMES, repeat=2) for dot in DOTS]),
    st.sampled_from([dot.join(names) for names in product(NAMES, repeat=3) for dot in DOTS]),
    st.sampled_from([f"a{dot}b1{other}_c" for dot, other in product(DOTS, repeat=2)]),
)


@st.composite
def _import(draw):
    gap, words = draw(GAPS), draw(st.lists(DOTTED, min_size=1, max_size=3))
    if draw(st.booleans()):
        names = draw(st.sampled_from(["*", " x", "(x)", "(x, # y;\n z)"]))
        return f"from{gap}{words[0]}{draw(GAPS)}import{names}"
    return f"import{gap}" + f"{draw(OPTIONAL_GAPS)},{draw(OPTIONAL_GAPS)}".join(
        word + draw(st.sampled_from(["", f"{gap}as{gap}x"])) for word in words
    )


@st.composite
def _call(draw):
    function = draw(st.sampled_from(["import_module", "importlib . import_module", "__import__", "p.importorskip"]))
    literal = draw(
        st.sampled_from(["'a'", '"a.b"', "'a' 'b'", "r'a'", "'''a'''", "'\\x61'", "'.a'", "x", "f'a'", "'a'+x"])
    )
    gap = draw(st.sampled_from(["", " ", "\n", " # c\n", "\\\n"]))
    keyword = draw(st.sampled_from(["", "name=", "modname="]))
    return f"({function}{gap}({gap}{keyword}{literal}{gap}))"


OTHERS = st.sampled_from(
    [
        "pass",
        "x = 1",
        "x = '''\nimport s\n'''",
        "x = 'import s'",
        "x = '\\\nimport s'",
        "# c \\",
        "x = {1: 2}[1:]",
        "f'{x:>3}'",
    ]
)
FOR_TYPES = ["TYPE_CHECKING", "not t.TYPE_CHECKING", "TYPE_CHECKING or x", "not TYPE_CHECKING and x"]
TESTS = [f"if {test}:" for test in ["x", "TYPE_CHECKING == False", *FOR_TYPES]]
SIMPLE = st.one_of(_import(), _call(), OTHERS)


@st.composite
def _programs(draw, depth=2):
    lines = []
    for _ in range(draw(st.integers(1, 4))):
        simple = draw(st.lists(SIMPLE, min_size=1, max_size=3))
        kept = [one for one in simple[:-1] if not one.startswith("#")]
        line = f"{draw(OPTIONAL_GAPS)};".join([*kept, simple[-1]])
        if depth and draw(st.booleans()):
            head = draw(st.sampled_from(["def f():", "class C:", "while x :", "with x as y:", *TESTS]))
            block = draw(_programs(depth - 1)).replace("\n", "\n\t")
            line = draw(st.sampled_from([f"{head} {line}", f"{head}\n\t{line}\n\tpass", f"{head}\n\t{block}"]))
        lines.append(line)
    newline = draw(st.sampled_from(["\n", "\r\n", "\r", "\n\n"]))
    return newline.join(lines) + draw(st.sampled_from(["", newline]))


@settings(max_examples=examples(400))
@given(_programs())
def test_no_generated_program_hides_an_import(program):
    screened(program.encode())


WORDS = (
    """import from lazy import_module ( ) ' " ''' # \\ ; : , . * a é as { } [ $ if try else f' {{ = name 1 !""".split()
)
BLANKS = [" ", "\n", "\r", "\t", "\f", "\x0b", "\0"]
PIECES = st.sampled_from([*WORDS, '"""', *BLANKS])


@settings(max_examples=examples(1_500))
@given(st.lists(PIECES, max_size=25).map("".join))
def test_no_broken_text_hides_an_import(text):
    """What no Python parses is scanned: the screen holds what the scan finds as well."""
    screened(text.encode())


@settings(max_examples=examples(300))
@given(st.binary(max_size=60), st.sampled_from([b"", b"# coding: utf-7\n", b"# coding: gbk\n", b"# coding: cp037\n"]))
def test_no_bytes_hide_an_import(junk, cookie):
    screened(cookie + b"import a\n" + junk + b"\nfrom b import c\n" + junk)


LIBRARY = Path(sysconfig.get_path("stdlib"))
PACKAGES = Path(pytest.__path__[0]).parent  # some Pythons have packages anywhere
# Each slice is a test of its own, for pytest-xdist. Four of them are read in continuous integration, elsewhere one: the
# state of the code picks which, so that each change reads others.
SLICES = 16
READING = sorted((ROOT / "hooks" / "import_customs" / "imports").rglob("*.py"))
PICKED = crc32(b"".join(path.read_bytes() for path in READING)) % SLICES
NUMBERS = [(PICKED + step) % SLICES for step in (range(0, SLICES, 4) if IN_CI else [0])]


def of_slice(number, folder):
    paths = [path for path in sorted(folder.rglob("*.py")) if crc32(path.name.encode()) % SLICES == number]
    return [path for path in paths if folder != LIBRARY or "site-packages" not in path.parts]  # which may stand in it


@pytest.mark.parametrize("number", NUMBERS)
def test_no_installed_file_hides_an_import(number):
    read_as_usual = [screened(path.read_bytes()) for path in of_slice(number, LIBRARY) + of_slice(number, PACKAGES)]
    assert sum(read_as_usual) > 0.75 * len(read_as_usual)  # or `exact_usual` would be of no use


@pytest.mark.parametrize("number", NUMBERS)
def test_scan_finds_what_ast_finds(number):
    """On every seventh file of the standard library: modules, names, lines, columns and guards."""
    for path in of_slice(number, LIBRARY)[::7]:
        if path.name != "test_relative_imports.py":  # `__import__` with a level: the scan does not know
            text, _ = decode(path.read_bytes())
            imports, warning = exact_ast.find_imports(text)
            if warning is None:
                assert (path, sorted(tolerant.find_imports(text))) == (path, sorted(imports))
