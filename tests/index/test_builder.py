"""The builder's rules on small sources: installed modules and ranks in, lines of modules.txt out."""

import sqlite3
from base64 import b64encode
from zlib import crc32

import pytest

from index.corrections import CorrectionError, parse_corrections
from index.files import shipped_files
from index.other_uses import requires_by_rank
from index.releases import Release
from index.sources import read_installed
from index.spellings import spelling_lines

RANKS = {"popular": 1, "own": 2, "near": 20, "nearly": 21, "skinny": 1_000, "bundle": 5}


def modules(installed: dict[str, str], corrections: str = "") -> list[str]:
    sets = {name: frozenset(value.split()) for name, value in installed.items()}
    return shipped_files(sets, RANKS, parse_corrections(corrections))["modules.txt"].decode().splitlines()


MANY = {f"d{n}": "word" for n in range(40)}
COPIES = {"popular": "x", **{f"x{n}": "x" for n in range(100, 220)}}
PARTS = {f"space-p{n}": "space" for n in range(9)}


@pytest.mark.parametrize(("installed", "corrections", "lines"), [
    pytest.param({"popular": "other"}, "", ["other\tpopular"], id="another name"),
    pytest.param({"long-tail": "long_tail"}, "", [], id="own name alone: told by the names' hashes"),
    pytest.param({"own": "x", "popular": "x"}, "", ["x\tpopular own"], id="downloads decide"),
    pytest.param({"nearly": "nearly", "near": "nearly"}, "", ["nearly\tnearly near"], id="own name nearly as popular"),
    pytest.param({"skinny": "skinny", "near": "skinny"}, "", ["skinny\tnear skinny"], id="own name far less popular"),
    pytest.param({"tail": "tail", "atail": "tail"}, "", ["tail\ttail atail"], id="long tail: own name first"),
    pytest.param(COPIES, "", [f"x\tpopular {' '.join(list(COPIES)[1:6])}"], id="long tail: the best five"),
    pytest.param({"b": "x", "a": "x y z"}, "", ["x\tb a", "y\ta", "z\ta"], id="long tail: vendored copies last"),
    pytest.param({"popular": "tests", "a": "tests"}, "", ["tests"], id="leftover: nobody"),
    pytest.param({"near": "", "near2": "tests"}, "", ["tests"], id="leftover: an unpopular namesake with a number"),
    pytest.param(MANY, "", ["word"], id="common word: nobody"),
    pytest.param({**MANY, "own": "word"}, "", ["word"], id="common word: a popular accident is not meant"),
    pytest.param({"popular": "csv-1.6 __main__ class x-stubs"}, "", [], id="what no import names"),
    pytest.param(PARTS, "", ["space\t*"], id="namespace by rule"),
    pytest.param({**PARTS, "other": "space"}, "", ["space\t* other"], id="namespace: a part called otherwise"),
    pytest.param({**PARTS, "space": "space"}, "", [" ".join(["space\tspace", *PARTS][:5])], id="a main package: none"),
    pytest.param({"a": "x", "x-part": "x"}, "parts x = x # why", ["x\t+ a"], id="parts leave the package"),
    pytest.param({"a": "x"}, "parts x.y = a-y # why", ["x\t+ a", "x.y\t=a-y"], id="parts called otherwise"),
    pytest.param({"a": "x", "b": "x"}, "first x = b # why", ["x\tb a"], id="first: before the data's"),
    pytest.param({"a": "x", "b": "x"}, "only x = c # why", ["x\tc"], id="only: instead of the data's"),
    pytest.param({"own": ""}, "", [], id="popular without known modules: own name"),
    pytest.param({"own": "", "copy": "own"}, "", ["own\town copy"], id="popular without known modules: before copies"),
])  # fmt: skip
def test_modules(installed, corrections, lines):
    taken = {name: "" for name in RANKS if name not in installed} | installed
    assert modules(taken, corrections) == lines


def test_a_leftover_is_meant_by_a_popular_namesake_with_a_number():
    ranks = {"static3": 1}
    built = shipped_files({"static3": frozenset({"static"})}, ranks, parse_corrections(""))
    assert built["modules.txt"] == b"static\tstatic3\n"


def release(name: str, modules: str, platform: str = "", **requires: str) -> Release:
    brought = {extra.strip("_"): tuple(words.split()) for extra, words in requires.items()}
    return Release(name, "1.2", ">=3.9", tuple(modules.split()), brought, platform)


def files(installed: dict[str, str], releases: list[Release], corrections: str = "") -> dict[str, list[str]]:
    sets = {name: frozenset(value.split()) for name, value in {**dict.fromkeys(RANKS, ""), **installed}.items()}
    by_name = {one.name: one for one in releases}
    built = shipped_files(sets, RANKS, parse_corrections(corrections), {"own[e]": "by-hand"}, by_name)
    return {name: data.decode().splitlines() for name, data in built.items() if name.endswith(".txt")}


@pytest.mark.parametrize(("installed", "modules", "line"), [
    pytest.param({"popular": "one"}, "two", "popular\t1\tone two\t1.2\t>=3.9\t\tone", id="both sources"),
    pytest.param({}, "popular", "popular\t1\t\t1.2\t>=3.9", id="the module of its own name"),
    pytest.param({}, "popular tests a-b __main__", "popular\t1\t\t1.2\t>=3.9", id="what no import means"),
    pytest.param(PARTS, "space.a space.b.c", "popular\t1\tspace space.a space.b.c\t1.2\t>=3.9", id="parts"),
    pytest.param({}, "x.a x.b", "popular\t1\tx\t1.2\t>=3.9", id="parts of what is no namespace"),
    pytest.param({"popular": "old x"}, "x", "popular\t1\told x\t1.2\t>=3.9\t\told", id="no longer"),
    pytest.param({"popular": "popular"}, "", "popular\t1\t\t1.2\t>=3.9\t\tpopular", id="no longer its own name"),
])  # fmt: skip
def test_what_a_release_holds(installed, modules, line):
    assert line in files(installed, [release("popular", modules)])["distributions.txt"]


def test_until_when_a_release_held_a_module():
    built = files({}, [release("popular", "popular", "win32")], "until gone = Popular 2 # why")
    assert "popular\t1\t\t1.2\t>=3.9\twin32\tgone<2" in built["distributions.txt"]


@pytest.mark.parametrize(("installed", "corrections", "modules", "lines"), [
    pytest.param({}, "", "x popular", ["x\tpopular"], id="nothing else installs it"),
    pytest.param({"a": "x"}, "", "x", ["x\tpopular a"], id="a few do that nobody knows"),
    pytest.param({"a": "x"}, "", "x tests", ["x\ta"], id="a few do, and the release is not tidy"),
    pytest.param({"x-tools": "x"}, "", "x", ["x\tx-tools"], id="one does that is called after it"),
    pytest.param({"own": "x"}, "", "x", ["x\town"], id="a popular one does"),
    pytest.param({"a": "popul"}, "", "popul", ["popul\tpopular a"], id="it is called so"),
    pytest.param(
        {f"d{n}": "popul" for n in range(8)}, "", "popul", [f"popul\t{' '.join(f'd{n}' for n in range(5))}"],
        id="it is called so, as many are",
    ),
    pytest.param({}, "", "_x tests", [], id="private, a leftover"),
    pytest.param(PARTS, "", "space.p1.y space.a", ["space\t*", "space.a\tpopular"], id="a part that is not told"),
    pytest.param({"a": "x", "x-y": ""}, "parts x = x # why", "x.y.z", ["x\t+ a"], id="a part that is told"),
    pytest.param(
        {"a": "x", "popular": "x"}, "parts x = x # why", "x.sip", ["x\t+ a", "x.sip\tpopular"],
        id="a part alone, though the data has the whole",
    ),
])  # fmt: skip
def test_what_a_release_provides(installed, corrections, modules, lines):
    assert files(installed, [release("popular", modules)], corrections)["modules.txt"] == lines


@pytest.mark.parametrize(("held", "line"), [
    pytest.param({"popular": "y", "own": "x"}, "x\town popular tail", id="it went over to another"),
    pytest.param({"popular": "y", "own": "z"}, "x\tpopular own tail", id="to none that is known"),
    pytest.param({"popular": "", "own": "x"}, "x\tpopular own tail", id="it holds no modules: it may bring the other"),
    pytest.param({"popular": "x", "own": "x"}, "x\tpopular own tail", id="both hold it"),
])  # fmt: skip
def test_who_holds_it_no_longer_comes_behind_those_who_do(held, line):
    made = files(dict.fromkeys(("popular", "own", "tail"), "x"), [release(*one) for one in held.items()])
    assert line in made["modules.txt"]


@pytest.mark.parametrize(("held", "lines"), [
    pytest.param({"own": "x.store.base"}, ["x.store.sqlite\tpopular"], id="it does not hold that part"),
    pytest.param({"own": "x.store"}, [], id="it holds the folder"),
    pytest.param({"own": "x.store.sqlite.one"}, [], id="it holds some of that part"),
    pytest.param({"own": ""}, [], id="it has no modules: it may hold any folder"),
    pytest.param({}, [], id="nothing is known of it"),
])  # fmt: skip
def test_a_part_of_what_another_is_said_to_provide(held, lines):
    """Like langgraph.store, of which langgraph-checkpoint-sqlite holds a part."""
    releases = [release("popular", "x.store.sqlite"), *(release(*one) for one in held.items())]
    made = files({"own": "x"}, releases, "first x = own # why\nfirst x.store = own # why\nparts x = x # why")
    assert [line for line in made["modules.txt"] if line.startswith("x.store.")] == lines


@pytest.mark.parametrize(("held", "lines"), [
    pytest.param({"own": "x.a", "popular": "x.b"}, ["x\t* popular own", "x.a\town", "x.b\tpopular"], id="each its own"),
    pytest.param({"own": "x.a x.c", "popular": "x.b x.c"}, ["x\tpopular own"], id="copies: both hold a part"),
    pytest.param({"own": "x", "popular": "x.b"}, ["x\tpopular own"], id="one holds the whole"),
    pytest.param({"own": "x.a", "tail": "x.b"}, ["x\town tail"], id="one popular"),
    pytest.param({"own": "near.a", "popular": "near.b"}, ["near\tpopular own near"], id="a popular namesake"),
    pytest.param({"own": "docs.a", "popular": "docs.b"}, ["docs"], id="leftovers"),
])  # fmt: skip
def test_popular_releases_that_hold_parts_alone_make_a_namespace(held, lines):
    installed = {name: modules.partition(".")[0] for name, modules in held.items()}
    assert files(installed, [release(*one) for one in held.items()])["modules.txt"] == lines


def test_what_a_release_brings():
    listed = [release("popular", "", _="a b"), release("own", "own", e="c", f="d[e]"), release("near", "n", _="a")]
    built = files({}, listed)
    assert built["umbrellas.txt"] == ["popular\ta b"]
    assert built["extras.txt"] == ["own[e]\tby-hand c", "own[f]\td[e]"]


@pytest.mark.parametrize(("installed", "requires", "umbrella"), [
    pytest.param("", "a b", "a b", id="the data has no modules"),
    pytest.param("popular", "a", "a", id="modules of an older release, it requires one thing"),
    pytest.param("popular", "a popular-core", "a popular-core", id="it requires a part called after it"),
    pytest.param("popular", "a b", None, id="modules that its files do not show"),
    pytest.param("popular", "near[x]", "near own", id="an umbrella that brings another"),
])  # fmt: skip
def test_umbrellas(installed, requires, umbrella):
    built = files({"popular": installed}, [release("popular", "", _=requires), release("near", "", _="own")])
    assert ["popular", umbrella] in [[*line.split("\t"), None][:2] for line in [*built["umbrellas.txt"], "popular"]]
    assert sum(line.startswith("popular\t") for line in built["umbrellas.txt"]) == (umbrella is not None)


LONG = tuple(f"name-{n:03}" for n in range(200))


@pytest.mark.parametrize(("entry_points", "lines"), [
    pytest.param({"": ("own", "other")}, ["own\t= other"], id="commands, one of its own name"),
    pytest.param({"pytest11": ("a", "b")}, ["own\t\tpytest11=a b"], id="a group, no command"),
    pytest.param({"": ("c",), "g": ("x",), ".pth": ()}, ["own\tc\t.pth=\tg=x"], id="groups by name"),
    pytest.param({"g": LONG, "h": ("x",)}, ["own\t\tg=\th=x"], id="too many names in a group: the group alone"),
    pytest.param({}, [], id="nothing"),
])  # fmt: skip
def test_entry_points(entry_points, lines):
    assert files({}, [release("own", "own")._replace(entry_points=entry_points)])["entry-points.txt"] == lines


@pytest.mark.parametrize(("lines", "spellings"), [
    pytest.param({"abc": "1", "a-b": "2"}, {"both 3": "abc 1 a-b 2"}, id="modules of their own names"),
    pytest.param({"abc": "1\tx.y x.z"}, {"distribution 3": "abc 1", "module 1": "x 1"}, id="modules of others"),
    pytest.param({"abc": "7\tabc de", "de": "9"}, {
        "both 3": "abc 7", "distribution 2": "de 9", "module 2": "de 7",
    }, id="the better rank counts"),
    pytest.param({"abc": "3\t?\t1.0"}, {"distribution 3": "abc 3"}, id="no module is known"),
    pytest.param({"abc": "8000", "abd": "8001"}, {"both 3": "abc 8000"}, id="well known"),
])  # fmt: skip
def test_what_a_misspelt_name_may_mean(lines, spellings):
    assert dict(spelling_lines(lines)) == spellings


def test_what_is_required_stands_there_by_rank():
    ranks = {"a": 1, "b": 2, "c": 3}
    requires = {"": ("c", "b[x]", "unknown"), "e": ("a",)}
    releases = {"a": Release("a", "1", "", ("a",), requires), "c": Release("c", "1", "", ("c",), {"": ("a",)})}
    not_known = 255
    assert requires_by_rank(releases, ranks) == bytes([3, 0, 2, not_known, 1, 2, 0, 3, 0, 1, 0])


def test_who_else_installs_a_module():
    """By hashes: those of a common word, and of many providers those after the best five. The popular have lines."""
    built = files({**MANY, "own": "word", **COPIES, "a": "tests"}, [])
    left_out = dict(line.split("\t") for line in built["left-out.txt"])
    assert {module: len(hashes) // 4 for module, hashes in left_out.items()} == {"word": 40, "x": 115}
    assert left_out["word"][:4] == min(b64encode((crc32(name.encode()) >> 8).to_bytes(3)).decode() for name in MANY)


def test_order_of_the_source_does_not_matter():
    installed = {**MANY, **PARTS, "popular": "a b c", "own": "c b a"}
    assert modules(installed) == modules(dict(reversed(installed.items())))


def test_database_is_read_by_normalized_name_and_first_part(tmp_path):
    connection = sqlite3.connect(tmp_path / "db")
    connection.executescript("""
        CREATE TABLE distributions (id INTEGER PRIMARY KEY, name VARCHAR, version VARCHAR);
        CREATE TABLE top_level_module_names (id INTEGER PRIMARY KEY, distribution_id INTEGER, name VARCHAR);
        INSERT INTO distributions VALUES (3, 'Foo_Bar', ''), (1, 'foo.bar', ''), (2, 'empty', '');
        INSERT INTO top_level_module_names VALUES (1, 3, 'foo.aio'), (2, 1, 'bar'), (3, 1, '');
    """)
    connection.close()
    assert read_installed(tmp_path / "db") == {"foo-bar": frozenset({"foo", "bar"}), "empty": frozenset()}


@pytest.mark.parametrize("line", [
    pytest.param("first x = y", id="no reason"),
    pytest.param("frist x = y # why", id="unknown kind"),
    pytest.param("first x = y # why\nonly x = z # why", id="said twice"),
    pytest.param("parts x # why", id="no prefix"),
    pytest.param("first x y = z # why", id="two modules"),
    pytest.param("until x = y # why", id="no version"),
    pytest.param("until x = y 1 # why\nuntil x = y 2 # why", id="two versions"),
])  # fmt: skip
def test_bad_correction_names_its_line(line):
    with pytest.raises(CorrectionError, match=r"^corrections\.txt:\d: "):
        parse_corrections(line)
